//! Findings as JSON, one object a line, with the keys that the contract names.

use crate::base::place::{Place, position};
use crate::finding::out::Sources;
use crate::finding::{Finding, Findings};
use serde_json::{Value, json};

/// Writes findings as JSON lines.
pub fn json_lines(findings: &Findings, sources: &dyn Sources) -> String {
    let mut lines = String::new();
    for finding in findings {
        lines.push_str(&object(finding, sources).to_string());
        lines.push('\n');
    }
    lines
}

/// Gives a finding with the keys that the contract names.
pub(super) fn object(finding: &Finding, sources: &dyn Sources) -> Value {
    let also = finding.also.iter().map(|(place, label)| {
        let mut other = at(*place, sources);
        other["label"] = label.as_str().into();
        other
    });
    let place = finding.at.map_or_else(
        || json!({"path": null, "line": null, "column": null, "end_line": null, "end_column": null}),
        |place| at(place, sources),
    );
    let mut object = json!({
        "rule": finding.rule.name,
        "group": finding.group.words(),
        "severity": finding.severity.name(),
        "message": finding.message,
        "help": finding.help,
        "also": also.collect::<Vec<_>>(),
        "allowed": finding.allowed,
    });
    if let (Value::Object(object), Value::Object(place)) = (&mut object, place) {
        object.extend(place);
    }
    object
}

/// Gives a place for programs: path, line and column from 1 in Unicode scalars, the end exclusive.
fn at(place: Place, sources: &dyn Sources) -> Value {
    let text = sources.text(place.file);
    let start = position(text, place.start as usize);
    let end = position(text, place.end as usize);
    json!({
        "path": sources.path(place.file),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
