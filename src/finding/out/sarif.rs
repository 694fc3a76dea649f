//! Findings as SARIF 2.1.0, which code hosts show beside the changed lines.

use crate::base::path::percent_encode;
use crate::base::place::{Place, position};
use crate::finding::out::Sources;
use crate::finding::rules::RULES;
use crate::finding::{Finding, Findings, Severity};
use serde_json::{Value, json};

/// Writes findings as one SARIF log.
pub fn sarif(findings: &Findings, sources: &dyn Sources) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": {"text": rule.explain.lines().next().unwrap_or_default()},
                "help": {"text": rule.explain, "markdown": rule.explain},
                "defaultConfiguration": {"level": level(rule.severity)},
                "properties": {"group": rule.group.words()},
            })
        })
        .collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, sources))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "stepdown", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn result(finding: &Finding, sources: &dyn Sources) -> Value {
    let message = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => finding.message.clone(),
    };
    let at = finding.at.iter();
    let locations: Vec<Value> = at
        .map(|place| json!({"physicalLocation": location(*place, sources)}))
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "level": level(finding.severity),
        "message": {"text": message},
        "locations": locations,
    });
    if !finding.also.is_empty() {
        let related = finding.also.iter().enumerate().map(|(id, (place, label))| {
            json!({"id": id, "message": {"text": label}, "physicalLocation": location(*place, sources)})
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(reason) = &finding.allowed {
        result["suppressions"] = json!([{"kind": "external", "justification": reason}]);
    }
    result
}

fn location(place: Place, sources: &dyn Sources) -> Value {
    let text = sources.text(place.file);
    let start = position(text, place.start as usize);
    let end = position(text, place.end as usize);
    json!({
        "artifactLocation": {"uri": uri(sources.path(place.file)), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column},
    })
}

/// Writes a path as a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(percent_encode).collect();
    parts.join("/")
}
