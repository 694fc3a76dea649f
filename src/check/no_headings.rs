//! Long articles without a heading.

use crate::base::words::words;
use crate::finding::out::Sources;
use crate::finding::rules::NO_HEADINGS;
use crate::finding::{Finding, Findings};
use crate::model::{Page, Site};
use crate::parse::Document;
use crate::parse::tree::{Kind, Tree};

/// The most words that can stand without a heading.
const MOST: usize = 300;

/// Finds an article that has many words and no heading, neither its own nor one of a shared text that it puts in.
pub(super) fn no_headings(site: &Site, page: &Page, article: &Document, findings: &mut Findings) {
    if site.has_heading(page) {
        return;
    }
    let count = words(&text(article, &*site.snapshot));
    if count <= MOST {
        return;
    }
    let first = article.tree.first_child(Tree::ROOT);
    let place = first.map_or(article.start, |first| article.tree.node(first).place);
    let message = format!("the text has {count} words and no heading");
    findings.push(
        Finding::new(&NO_HEADINGS, place.start_only(), message).help(
            "begin each part with a line such as `## What you can do`, so that readers find what they need",
        ),
    );
}

/// Gives the words of an article, with a space between its blocks.
fn text(article: &Document, sources: &dyn Sources) -> String {
    let tree = &article.tree;
    let mut text = String::new();
    tree.walk(Tree::ROOT, &mut |id, node| match node.kind {
        Kind::Placeholder(name) => text.push_str(tree.kept(name)),
        Kind::Paragraph
        | Kind::Item { .. }
        | Kind::DefinitionTerm(_)
        | Kind::Definition
        | Kind::CalloutTitle { .. }
        | Kind::Cell { .. }
        | Kind::Caption
        | Kind::FootnoteText(_)
        | Kind::Element(_) => text.push(' '),
        Kind::CodeBlock(_) => {
            text.push(' ');
            text.push_str(tree.words(id, sources));
        }
        _ => text.push_str(tree.words(id, sources)),
    });
    text
}
