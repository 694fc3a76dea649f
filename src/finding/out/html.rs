//! Findings as one HTML page without scripts, for people who would rather not read a terminal.

use crate::base::place::position;
use crate::base::words::upper_first;
use crate::finding::out::Sources;
use crate::finding::out::excerpt::Excerpt;
use crate::finding::{Finding, Findings, Group};
use std::fmt::Write as _;

/// Writes findings as a page, below lines that say what is hidden.
pub fn html(findings: &Findings, sources: &dyn Sources, hidden: &[String]) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Findings</title>\n</head>\n<body>\n<main>\n<h1>Findings</h1>\n",
    );
    lines(&mut out, hidden);
    sections(&mut out, findings, sources, &|_| None);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Writes lines as paragraphs.
pub(crate) fn lines(out: &mut String, lines: &[String]) {
    for line in lines {
        let _ = writeln!(out, "<p>{}</p>", with_code(line));
    }
}

/// Writes findings as one section for each group. `open` gives the address of a finding that opens its file in an editor, if there is one.
pub(crate) fn sections(
    out: &mut String,
    findings: &Findings,
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    for group in Group::ALL {
        let members: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.group == group && finding.allowed.is_none())
            .collect();
        section(out, &upper_first(group.words()), &members, sources, open);
    }
    let allowed: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.allowed.is_some())
        .collect();
    section(out, "Allowed", &allowed, sources, open);
}

fn section(
    out: &mut String,
    title: &str,
    findings: &[&Finding],
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    let _ = writeln!(out, "<h2>{} ({})</h2>", escape(title), findings.len());
    if findings.is_empty() {
        return;
    }
    list(out, findings, sources, open);
}

/// Writes findings as one list: what is wrong, what to do, the line with the place marked, and where it stands.
pub(crate) fn list(
    out: &mut String,
    findings: &[&Finding],
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    out.push_str("<ol>\n");
    for finding in findings {
        let _ = write!(
            out,
            "<li><p><strong>{}:</strong> {}</p>",
            upper_first(finding.severity.name()),
            with_code(&finding.message)
        );
        if let Some(help) = &finding.help {
            let _ = write!(out, "<p>What to do: {}</p>", with_code(help));
        }
        if let Some(reason) = &finding.allowed {
            let _ = write!(out, "<p>Allowed because: {}</p>", with_code(reason));
        }
        if let Some(place) = finding.at {
            let excerpt = Excerpt::around(place, sources.text(place.file));
            let (before, rest) = excerpt.text.split_at(excerpt.span.start);
            let (marked, after) = rest.split_at(excerpt.span.len());
            let _ = write!(
                out,
                "<pre>{}<mark>{}</mark>{}</pre>",
                escape(before),
                escape(marked),
                escape(after)
            );
        }
        out.push_str("<p class=\"place\">");
        if let Some(place) = finding.at {
            let start = position(sources.text(place.file), place.start as usize);
            let path = escape(sources.path(place.file));
            let (line, column) = (start.line, start.column);
            let _ = write!(out, "{path}, line {line}, column {column}<br>");
        }
        let _ = write!(out, "Rule: <code>{}</code>", finding.rule.name);
        if let Some(address) = open(finding) {
            let address = escape(&address);
            let _ = write!(out, "<br><a href=\"{address}\">Open in your editor</a>");
        }
        out.push_str("</p></li>\n");
    }
    out.push_str("</ol>\n");
}

/// Writes text as HTML, and what stands between backticks as code.
pub(crate) fn with_code(text: &str) -> String {
    let text = escape(text);
    if text.matches('`').count() % 2 == 1 {
        return text;
    }
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push_str(if index % 2 == 1 { "<code>" } else { "</code>" });
        }
        out.push_str(part);
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
