//! Findings as HTML: the report of `check --format html`, one file that needs no other, and the parts of it that the preview's own pages show.
//!
//! Findings stand below their rule, so that its explanation is there once. Whatever files hold is written as text.

use crate::base::date::{Date, DateWriter};
use crate::base::language::Language;
use crate::base::place::{Place, position};
use crate::base::words::upper_first;
use crate::finding::out::excerpt::Excerpt;
use crate::finding::out::{Sources, closing_line};
use crate::finding::{Finding, Findings, Group, Rule};
use crate::render::explanation::explanation;
use crate::render::html::escaped;
use crate::render::policy;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// The look of the report and of the preview's own pages.
pub(crate) const STYLE: &str = include_str!("report.css");

/// The id of the list at the top.
const CONTENTS: &str = "contents";

/// What a report says of its site.
pub(crate) struct Subject<'a> {
    /// The name of the site.
    pub(crate) site: &'a str,
    /// The day that counted as today.
    pub(crate) day: Date,
    /// How many pages are published.
    pub(crate) pages: usize,
    /// What is hidden, why, and what to do.
    pub(crate) hidden: &'a [String],
}

/// Findings below one heading, by rule: those with errors first, then by name.
pub(crate) struct Part<'a> {
    /// The id of the heading, and the beginning of those of its rules.
    id: &'static str,
    title: String,
    /// The group, if the part is one.
    group: Option<Group>,
    rules: Vec<(&'static Rule, Vec<&'a Finding>)>,
}

impl<'a> Part<'a> {
    /// Puts findings below their rules. The id may stand on no other part of a page.
    pub(crate) fn new(
        id: &'static str,
        title: impl Into<String>,
        findings: impl IntoIterator<Item = &'a Finding>,
    ) -> Self {
        let mut rules: Vec<(&'static Rule, Vec<&Finding>)> = Vec::new();
        for finding in findings {
            match rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                Some((_, members)) => members.push(finding),
                None => rules.push((finding.rule, vec![finding])),
            }
        }
        rules.sort_by_key(|(rule, members)| {
            let gravest = members.iter().map(|finding| finding.severity).max();
            (Reverse(gravest), rule.name)
        });
        Self {
            id,
            title: title.into(),
            group: None,
            rules,
        }
    }

    fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.rules
            .iter()
            .flat_map(|(_, members)| members.iter().copied())
    }
}

/// Writes the report.
pub(crate) fn report(subject: &Subject<'_>, findings: &Findings, sources: &dyn Sources) -> String {
    let site = escaped(subject.site);
    let english = Language::new("en").expect("this is a code");
    let day = DateWriter::new(&english).write(subject.day);
    let pages = match subject.pages {
        1 => "1 page is published.".to_owned(),
        number => format!("{number} pages are published."),
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>Findings in {site}, {day}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Findings in <bdi>{site}</bdi></h1>\n<p>Stepdown {} checked this site on <time datetime=\"{}\">{day}</time>. {pages}</p>\n",
        policy::of_lone_page(STYLE),
        env!("CARGO_PKG_VERSION"),
        subject.day,
    );
    verdict(&mut out, findings);
    hidden(&mut out, subject.hidden);
    found(&mut out, findings, sources, &|_| None);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Says in one sentence whether the site can be built.
fn verdict(out: &mut String, findings: &Findings) {
    let words = if findings.stop_the_build() {
        "This site cannot be built until its errors are mended."
    } else if findings.iter().any(|finding| finding.allowed.is_none()) {
        "This site can be built. Nothing below stops it."
    } else {
        "Nothing was found that needs mending."
    };
    let _ = writeln!(out, "<p><strong>{words}</strong></p>");
}

/// Writes what is hidden, if anything is.
pub(crate) fn hidden(out: &mut String, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    out.push_str("<h2>Hidden pages</h2>\n");
    for line in lines {
        let _ = writeln!(out, "<p>{}</p>", with_code(line));
    }
}

/// Writes all findings by group, below a list that leads to their rules and files. `open` gives the address that opens the file of a finding in
/// an editor, if there is one.
pub(crate) fn found(
    out: &mut String,
    findings: &Findings,
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    if findings.iter().next().is_none() {
        return;
    }
    let mut parts: Vec<Part<'_>> = Group::ALL
        .into_iter()
        .map(|group| {
            let members = findings
                .iter()
                .filter(|finding| finding.group == group && finding.allowed.is_none());
            Part {
                group: Some(group),
                ..Part::new(class(group), upper_first(group.words()), members)
            }
        })
        .collect();
    let allowed = findings.iter().filter(|finding| finding.allowed.is_some());
    let allowed = Part::new("allowed", "Allowed", allowed);
    parts.extend((!allowed.rules.is_empty()).then_some(allowed));
    contents(out, &parts, findings, sources);
    sections(out, &parts, sources, open);
}

/// Writes the list of kinds, and the list of files, which is folded.
fn contents(out: &mut String, parts: &[Part<'_>], findings: &Findings, sources: &dyn Sources) {
    let _ = write!(
        out,
        "<nav aria-labelledby=\"{CONTENTS}\">\n<h2 id=\"{CONTENTS}\">What was found</h2>\n<p>{}</p>\n<ul class=\"kinds\">\n",
        closing_line(findings).trim_end()
    );
    for part in parts {
        let mark = part.group.map(mark).unwrap_or_default();
        let (id, title) = (part.id, &part.title);
        if part.rules.is_empty() {
            let _ = writeln!(out, "<li>{mark}{title}: none</li>");
            continue;
        }
        let number = part.findings().count();
        let _ = writeln!(
            out,
            "<li>{mark}<a href=\"#{id}\">{title}</a> ({number})\n<ul>"
        );
        for (rule, members) in &part.rules {
            let (name, title, number) = (rule.name, rule.title(), members.len());
            let _ = writeln!(
                out,
                "<li><a href=\"#{id}-{name}\">{title}</a> ({number})</li>"
            );
        }
        out.push_str("</ul></li>\n");
    }
    out.push_str("</ul>\n");
    files(out, parts, sources);
    out.push_str("</nav>\n");
}

/// Writes which findings stand in which file; those that are allowed need no mending and are left out.
fn files(out: &mut String, parts: &[Part<'_>], sources: &dyn Sources) {
    let numbered = parts.iter().flat_map(Part::findings).zip(1..);
    let mut places: Vec<(&str, usize)> = numbered
        .filter(|(finding, _)| finding.allowed.is_none())
        .filter_map(|(finding, number)| Some((sources.path(finding.at?.file), number)))
        .collect();
    places.sort_unstable();
    let files: Vec<_> = places.chunk_by(|one, other| one.0 == other.0).collect();
    if files.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<details class=\"files\">\n<summary>The same by file ({})</summary>\n<ul>\n",
        files.len()
    );
    for file in files {
        let _ = write!(out, "<li><bdi>{}</bdi>:<br>", escaped(file[0].0));
        for (_, number) in file {
            let _ = write!(out, "<a href=\"#finding-{number}\">{number}</a> ");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</details>\n");
}

/// Writes parts, their findings numbered from 1. A part without findings is left out.
pub(crate) fn sections(
    out: &mut String,
    parts: &[Part<'_>],
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    let mut number = 0;
    for part in parts.iter().filter(|part| !part.rules.is_empty()) {
        let (id, title) = (part.id, &part.title);
        let mark = part.group.map(mark).unwrap_or_default();
        let _ = writeln!(
            out,
            "<h2 id=\"{id}\">{mark}{title} ({})</h2>",
            part.findings().count()
        );
        if let Some(group) = part.group {
            let _ = writeln!(out, "<p>{}</p>", group.meaning());
        }
        for (rule, members) in &part.rules {
            let (name, title) = (rule.name, rule.title());
            let _ = write!(
                out,
                "<h3 id=\"{id}-{name}\">{title} ({})</h3>\n<details class=\"explanation\">\n<summary>Why it matters and how to mend it</summary>\n{}<p class=\"place\">The name of this rule is <code>{name}</code>.</p>\n</details>\n<ul class=\"findings\">\n",
                members.len(),
                explanation(rule)
            );
            for finding in members {
                number += 1;
                one(out, number, finding, sources, open);
            }
            out.push_str("</ul>\n");
        }
    }
}

/// Writes a finding: what is wrong, what to do, and the line with the place marked.
fn one(
    out: &mut String,
    number: usize,
    finding: &Finding,
    sources: &dyn Sources,
    open: &dyn Fn(&Finding) -> Option<String>,
) {
    let _ = write!(
        out,
        "<li id=\"finding-{number}\">\n<p><strong>{number}. {}:</strong> {}</p>\n",
        upper_first(finding.severity.name()),
        with_code(&finding.message)
    );
    if let Some(help) = &finding.help {
        let _ = writeln!(
            out,
            "<p><strong>What to do:</strong> {}</p>",
            with_code(help)
        );
    }
    if let Some(reason) = &finding.allowed {
        let _ = writeln!(
            out,
            "<p><strong>Allowed because:</strong> {}</p>",
            escaped(reason)
        );
    }
    if let Some(place) = finding.at {
        excerpt(out, None, place, sources);
    }
    for (place, label) in &finding.also {
        excerpt(out, Some(label), *place, sources);
    }
    if let Some(address) = open(finding) {
        let address = escaped(&address);
        let _ = writeln!(
            out,
            "<p class=\"ways\"><a href=\"{address}\">Open in your editor</a></p>"
        );
    }
    out.push_str("</li>\n");
}

/// Writes a line of a file, which is in any language, with the place marked.
fn excerpt(out: &mut String, label: Option<&str>, place: Place, sources: &dyn Sources) {
    let text = sources.text(place.file);
    let start = position(text, place.start as usize);
    let excerpt = Excerpt::around(place, text);
    let (before, rest) = excerpt.text.split_at(excerpt.span.start);
    let (marked, after) = rest.split_at(excerpt.span.len());
    let label = label.map(|label| format!("{}: ", upper_first(label)));
    let _ = writeln!(
        out,
        "<figure>\n<figcaption>{}<bdi>{}, line {}, column {}</bdi></figcaption>\n<pre lang=\"\" dir=\"auto\">{}<mark>{}</mark>{}</pre>\n</figure>",
        escaped(&label.unwrap_or_default()),
        escaped(sources.path(place.file)),
        start.line,
        start.column,
        escaped(before),
        escaped(marked),
        escaped(after)
    );
}

/// Writes text as HTML, and what stands between backticks as code.
pub(crate) fn with_code(text: &str) -> String {
    let text = escaped(text);
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

fn class(group: Group) -> &'static str {
    match group {
        Group::CouldHurt => "hurt",
        Group::Broken => "broken",
        Group::CouldBeClearer => "clearer",
    }
}

/// Draws the mark of a group, the same as on the badge of the preview.
fn mark(group: Group) -> String {
    let shape = match group {
        Group::CouldHurt => "M8 1 15.5 15H.5Z",
        Group::Broken => "M2 2h12v12H2Z",
        Group::CouldBeClearer => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
    };
    format!(
        "<svg class=\"{}\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"{shape}\"/></svg>",
        class(group)
    )
}
