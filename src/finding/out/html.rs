//! Findings as one HTML page without scripts, for people who would rather not read a terminal.

use crate::base::place::position;
use crate::finding::out::Sources;
use crate::finding::{Finding, Findings, Group};
use std::fmt::Write as _;

/// Writes findings as a page.
pub fn html(findings: &Findings, sources: &dyn Sources) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Findings</title>\n</head>\n<body>\n<main>\n<h1>Findings</h1>\n",
    );
    for group in [Group::CouldHurt, Group::Broken, Group::CouldBeClearer] {
        let members: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.rule.group == group && finding.allowed.is_none())
            .collect();
        section(&mut out, &capitalized(group.words()), &members, sources);
    }
    let allowed: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.allowed.is_some())
        .collect();
    section(&mut out, "Allowed", &allowed, sources);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, title: &str, findings: &[&Finding], sources: &dyn Sources) {
    let _ = writeln!(out, "<h2>{} ({})</h2>", escape(title), findings.len());
    if findings.is_empty() {
        return;
    }
    out.push_str("<ol>\n");
    for finding in findings {
        let _ = write!(
            out,
            "<li><p><strong>{}: {}</strong> <code>{}</code></p>",
            finding.severity.name(),
            escape(&finding.message),
            finding.rule.name
        );
        if let Some(place) = finding.at {
            let text = sources.text(place.file);
            let start = position(text, place.start as usize);
            let _ = write!(
                out,
                "<p>{}, line {}, column {}</p>",
                escape(sources.path(place.file)),
                start.line,
                start.column
            );
            let line = text.lines().nth(start.line - 1).unwrap_or_default();
            let shown: String = line.chars().take(300).collect();
            let _ = write!(out, "<pre>{}</pre>", escape(&shown));
        }
        for line in finding
            .help
            .iter()
            .map(|help| format!("What to do: {help}"))
            .chain(
                finding
                    .allowed
                    .iter()
                    .map(|reason| format!("Allowed because: {reason}")),
            )
        {
            let _ = write!(out, "<p>{}</p>", escape(&line));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
