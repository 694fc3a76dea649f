//! Findings and failures as text for a terminal, with excerpts. The only file that names annotate-snippets.

use crate::base::place::{Place, position};
use crate::finding::out::Sources;
use crate::finding::out::excerpt::Excerpt;
use crate::finding::{Failure, Finding, Findings, Group, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group as Report, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// How many findings of the third group are shown for one file unless all are asked for.
const CLARITY_LIMIT: usize = 10;

/// Whether the terminal takes color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    Plain,
    /// With color; every line makes sense without it.
    Color,
}

impl Paint {
    fn renderer(self) -> Renderer {
        let renderer = match self {
            Self::Plain => Renderer::plain(),
            Self::Color => Renderer::styled(),
        };
        renderer.decor_style(DecorStyle::Ascii)
    }
}

/// How much of what could be clearer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Ten findings of each file.
    Usual,
    /// Everything.
    All,
}

/// Writes findings by group, each with its excerpt, and a closing line that counts them.
pub fn terminal(
    findings: &Findings,
    sources: &dyn Sources,
    detail: Detail,
    paint: Paint,
) -> String {
    let renderer = paint.renderer();
    let mut out = String::new();
    for group in Group::ALL {
        let members: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.group == group && finding.allowed.is_none())
            .collect();
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(out, "== {} ({}) ==\n", group.words(), members.len());
        let mut shown_of_file = (None, 0);
        let mut left_out = 0;
        for finding in members {
            let file = finding.at.map(|place| place.file);
            shown_of_file = if shown_of_file.0 == file {
                (file, shown_of_file.1 + 1)
            } else {
                (file, 1)
            };
            let is_limited = detail == Detail::Usual && group == Group::CouldBeClearer;
            if is_limited && shown_of_file.1 > CLARITY_LIMIT {
                left_out += 1;
                continue;
            }
            let _ = writeln!(out, "{}\n", one(finding, sources, &renderer));
        }
        if left_out > 0 {
            let _ = writeln!(
                out,
                "{left_out} more of these are not shown here. To see them, run `stepdown check --all`.\n"
            );
        }
    }
    for finding in findings.iter().filter(|finding| finding.allowed.is_some()) {
        let place = finding
            .at
            .map(|place| format!("{}: ", at(place, sources)))
            .unwrap_or_default();
        let reason = finding.allowed.as_deref().unwrap_or_default();
        let _ = writeln!(
            out,
            "allowed: {place}{}: {} (because: {reason})",
            finding.rule.name, finding.message
        );
    }
    out.push_str(&closing_line(findings));
    out
}

/// Counts findings in one line.
pub(crate) fn closing_line(findings: &Findings) -> String {
    let count = |severity, one: &str, many: &str| {
        let number = findings.count(severity);
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let allowed = findings
        .iter()
        .filter(|finding| finding.allowed.is_some())
        .count();
    format!(
        "{}, {}, {}, {allowed} allowed.\n",
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Note, "note", "notes"),
    )
}

fn at(place: Place, sources: &dyn Sources) -> String {
    let start = position(sources.text(place.file), place.start as usize);
    format!(
        "{}:{}:{}",
        sources.path(place.file),
        start.line,
        start.column
    )
}

fn one(finding: &Finding, sources: &dyn Sources, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut report = Report::with_title(
        level
            .primary_title(finding.message.as_str())
            .id(finding.rule.name),
    );
    let places = finding
        .at
        .iter()
        .map(|place| (*place, AnnotationKind::Primary, None));
    let also = finding
        .also
        .iter()
        .map(|(place, label)| (*place, AnnotationKind::Context, Some(label.as_str())));
    for (place, kind, label) in places.chain(also) {
        let excerpt = Excerpt::around(place, sources.text(place.file));
        let annotation = kind.span(excerpt.span).label(label);
        report = report.element(
            Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .path(sources.path(place.file))
                .annotation(annotation),
        );
    }
    if let Some(help) = &finding.help {
        report = report.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[report])
}

/// Writes a failure and what to do about it.
pub fn failure(failure: &Failure, paint: Paint) -> String {
    let message = failure.to_string();
    let mut report = Report::with_title(Level::ERROR.primary_title(message.as_str()));
    if let Some(help) = failure.advice() {
        report = report.element(Level::HELP.message(help));
    }
    format!("{}\n", paint.renderer().render(&[report]))
}
