//! The explanation of a rule as HTML, for the report of findings, the preview's own pages and its panel.

use crate::finding::{Findings, Rule};
use crate::parse::tree::{Kind, NodeId, Tree};
use crate::parse::{OneText, read_alone};
use crate::render::html::escape;
use std::fmt::Write as _;

/// How many levels the headings of an explanation stand lower on a page than in its own text.
const LOWERED: u8 = 2;

/// Gives what a rule means, why it matters, how to decide and how to mend. Its headings are `h4`.
pub(crate) fn explanation(rule: &Rule) -> String {
    let tree = read_alone(rule.explain, &mut Findings::default());
    let mut writer = Writer {
        tree: &tree,
        text: OneText(rule.explain),
        out: String::with_capacity(2 * rule.explain.len()),
    };
    writer.children(Tree::ROOT);
    writer.out
}

struct Writer<'a> {
    tree: &'a Tree,
    text: OneText<'a>,
    out: String,
}

impl Writer<'_> {
    fn children(&mut self, id: NodeId) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child);
        }
    }

    fn node(&mut self, id: NodeId) {
        match self.tree.node(id).kind {
            Kind::Paragraph => self.element(id, "p", "\n"),
            Kind::Heading { level, .. } => self.element(id, &format!("h{}", level + LOWERED), "\n"),
            Kind::List { start: None } => self.element(id, "ul", "\n"),
            Kind::List { start: Some(_) } => self.element(id, "ol", "\n"),
            Kind::Item { ticked: None } => self.element(id, "li", "\n"),
            Kind::Strong => self.element(id, "strong", ""),
            Kind::Emphasis => self.element(id, "em", ""),
            Kind::CodeBlock(_) => {
                self.out.push_str("<pre><code>");
                self.words(id);
                self.out.push_str("</code></pre>\n");
            }
            Kind::Code(_) => {
                self.out.push_str("<code>");
                self.words(id);
                self.out.push_str("</code>");
            }
            Kind::Text(_) | Kind::SoftBreak => self.words(id),
            kind => unreachable!("no explanation has {kind:?}; a test looks at all of them"),
        }
    }

    fn element(&mut self, id: NodeId, tag: &str, end: &str) {
        let _ = write!(self.out, "<{tag}>");
        self.children(id);
        let _ = write!(self.out, "</{tag}>{end}");
    }

    fn words(&mut self, id: NodeId) {
        escape(&mut self.out, self.tree.words(id, &self.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::rules::RULES;

    #[test]
    fn each_explanation_is_faultless_markdown_and_becomes_paragraphs_headings_and_code() {
        for rule in RULES {
            let mut findings = Findings::default();
            read_alone(rule.explain, &mut findings);
            let faults: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
            assert!(faults.is_empty(), "{}: {faults:?}", rule.name);
            let html = explanation(rule);
            assert!(html.starts_with("<p>"), "{}: {html}", rule.name);
            for title in ["Why it matters", "How to decide", "How to mend"] {
                let heading = format!("<h4>{title}</h4>\n");
                assert!(html.contains(&heading), "{}: {html}", rule.name);
            }
            for sign in ["```", "\n- ", "\n#"] {
                let outside = html.split("<pre>").enumerate().map(|(at, part)| match at {
                    0 => part,
                    _ => part.split_once("</pre>").map_or("", |(_, after)| after),
                });
                let outside: String = outside.collect();
                assert!(!outside.contains(sign), "{}: {sign} in {html}", rule.name);
            }
        }
    }

    #[test]
    fn examples_are_kept_as_they_are_and_no_sign_of_html_is_open() {
        let rule = Rule {
            explain: "Words `<b>` & **more**.\n\n- one\n- two\n\n```\n<script>\n  {x} [[y|z]]\n```\n",
            ..*RULES[0]
        };
        let written = "<p>Words <code>&lt;b&gt;</code> &amp; <strong>more</strong>.</p>\n\
            <ul><li>one</li>\n<li>two</li>\n</ul>\n\
            <pre><code>&lt;script&gt;\n  {x} [[y|z]]\n</code></pre>\n";
        let html = explanation(&rule);
        assert_eq!(html, written);
    }
}
