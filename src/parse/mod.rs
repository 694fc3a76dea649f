//! Reads one article or shared text into a document: its front matter, typed, and its Markdown as a tree with places.
//!
//! A document depends on its own file and on nothing else, so all files are read in parallel; whatever the bytes are, reading them cannot fail.

mod conflict;
pub(crate) mod drawing;
pub(crate) mod front_matter;
mod markdown;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

pub(crate) use markdown::footnote_label;

use crate::base::path::SitePath;
use crate::base::place::{FileId, Place, Spot};
use crate::base::slug::{heading_slug, is_address_slug};
use crate::base::yaml;
use crate::finding::Findings;
use crate::finding::out::Sources;
use crate::load::SourceFile;
use front_matter::FrontMatter;
use std::ops::Range;
use std::sync::Arc;
use tree::{Kind, NodeId, TextId, Tree, Words};

/// How many bytes of text a node has on average, for the first guess of a tree's size.
const NODE_TEXT: usize = 24;

/// What the settings say about reading articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// The HTML elements that articles may use.
    pub html_allow: Vec<String>,
}

/// A heading, which is an anchor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    node: NodeId,
    /// The id before numbers are added to equal ones; it is made of the heading's words, unless it was written.
    pub id: String,
    /// Whether the id was written with `{#id}`.
    pub is_written: bool,
}

/// One article or shared text.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its file.
    pub file: FileId,
    /// The file's path.
    pub path: SitePath,
    /// Its path without language and ending, such as `tapering/how-tapering-works`, if all of it can stand in an address as it is.
    pub plain_path: Option<Arc<str>>,
    /// Whether its text could be read; if not, another finding says why.
    pub is_whole: bool,
    /// Its keys.
    pub front: FrontMatter,
    /// Its text. The key points and the lines of `next` are loose nodes of the same tree.
    pub tree: Tree,
    /// The key points, each a node whose children are its words.
    pub key_points: Vec<NodeId>,
    /// The lines of `next`, likewise.
    pub next: Vec<NodeId>,
    /// Its headings, sorted by their nodes.
    headings: Vec<Heading>,
    /// The texts of its footnotes, sorted by their names; of equal names only the first.
    pub footnotes: Vec<(TextId, NodeId)>,
    /// Its tables in order.
    pub tables: Vec<NodeId>,
    /// Where the front matter begins.
    pub start: Place,
}

impl Document {
    /// Tells whether this is a text that articles share.
    pub(crate) fn is_shared(&self) -> bool {
        self.path.is_shared()
    }

    /// Gives what is known of the heading at a node.
    pub(crate) fn heading(&self, node: NodeId) -> Option<&Heading> {
        let index = self
            .headings
            .binary_search_by_key(&node, |known| known.node);
        Some(&self.headings[index.ok()?])
    }
}

/// Reads a file. Articles need a title and a summary; shared texts need no front matter.
pub(crate) fn parse(
    file: &SourceFile,
    is_article: bool,
    reading: &Reading,
    findings: &mut Findings,
) -> Document {
    let text = file.text();
    let (range, body) = front_matter::split(text);
    let start = Place::new(
        file.id,
        range
            .as_ref()
            .map_or(0..0, |range| range.start..range.start),
    );
    let is_whole = file.is_text() && range.as_ref().is_none_or(|range| range.end < text.len());
    let front = if file.is_text() {
        front_matter::read(file.id, text, range, is_article, findings)
    } else {
        FrontMatter::default()
    };
    let body = if file.is_text() {
        body..text.len()
    } else {
        0..0
    };
    let tree = Tree::new(Place::new(file.id, 0..text.len()), text.len() / NODE_TEXT);
    let mut builder = markdown::Builder::new(file.id, text, reading, tree, findings);
    builder.blocks(body.clone());
    let tree = builder.finish();
    let (tree, key_points) = lines(&front.key_points, text, reading, tree, findings);
    let (tree, next) = lines(&front.next, text, reading, tree, findings);
    conflict::find_conflicts(file.id, text, body, &tree, findings);
    Document {
        file: file.id,
        path: file.path.clone(),
        plain_path: plain_path(&file.path),
        is_whole,
        front,
        footnotes: footnotes(&tree),
        tables: tables(&tree),
        headings: headings(&tree, text),
        tree,
        key_points,
        next,
        start,
    }
}

/// Gives the path of an article without language and ending; `None` where it lies too deep, or where a name is no address.
fn plain_path(path: &SitePath) -> Option<Arc<str>> {
    let (_, below) = path.as_str().strip_prefix("content/")?.split_once('/')?;
    let below = below.strip_suffix(".md")?;
    let is_plain = below.split('/').count() <= 2 && below.split('/').all(is_address_slug);
    is_plain.then(|| below.into())
}

fn footnotes(tree: &Tree) -> Vec<(TextId, NodeId)> {
    let notes = tree.children(Tree::ROOT);
    let mut notes: Vec<(TextId, NodeId)> = notes
        .filter_map(|node| match tree.node(node).kind {
            Kind::FootnoteText(label) => Some((label, node)),
            _ => None,
        })
        .collect();
    notes.sort_by_key(|(label, _)| tree.kept(*label));
    notes.dedup_by_key(|(label, _)| tree.kept(*label));
    notes
}

fn tables(tree: &Tree) -> Vec<NodeId> {
    let nodes = tree.ids();
    nodes
        .filter(|id| tree.node(*id).kind == Kind::Table)
        .collect()
}

fn lines(
    lines: &[Spot<String>],
    text: &str,
    reading: &Reading,
    mut tree: Tree,
    findings: &mut Findings,
) -> (Tree, Vec<NodeId>) {
    let mut nodes = Vec::with_capacity(lines.len());
    for line in lines {
        let node;
        (tree, node) = line_of(line, text, reading, tree, findings);
        nodes.push(node);
    }
    (tree, nodes)
}

/// Reads a line of the front matter as Markdown into the tree, whatever the way in which YAML writes it. Gives the tree and a loose node whose
/// children are the words of the line.
fn line_of(
    line: &Spot<String>,
    text: &str,
    reading: &Reading,
    tree: Tree,
    findings: &mut Findings,
) -> (Tree, NodeId) {
    let counts = (tree.embeds.len(), tree.citations.len());
    let mut found = Findings::default();
    let file = line.place.file;
    let mut builder = markdown::Builder::new(file, &line.value, reading, tree, &mut found);
    let node = builder.line();
    let mut tree = builder.finish();
    // So far all places count from the start of the line's own text.
    let origin = yaml::origin(text, line.place.range(), &line.value);
    let move_place = |place: &mut Place| {
        *place = origin.as_ref().map_or(line.place, |origin| {
            Place::new(file, origin.source(&place.range()))
        });
    };
    for finding in &mut found {
        finding.at.iter_mut().for_each(move_place);
        finding
            .also
            .iter_mut()
            .for_each(|(place, _)| move_place(place));
    }
    findings.append(found);
    for embed in &mut tree.embeds[counts.0..] {
        move_place(&mut embed.name.place);
        for (key, value) in &mut embed.options {
            move_place(&mut key.place);
            move_place(&mut value.place);
        }
    }
    for id in tree.citations[counts.1..].iter_mut().flatten() {
        move_place(&mut id.place);
    }
    let mut nodes = Vec::new();
    tree.walk(node, &mut |id, _| nodes.push(id));
    for id in nodes.iter().copied() {
        let children: Vec<NodeId> = tree.children(id).collect();
        let mut moved = Vec::with_capacity(children.len());
        for child in children {
            if tree.node(child).kind == Kind::Text(Words::Written) {
                let range = tree.node(child).place.range();
                let parts: Vec<(Range<usize>, Range<usize>)> = match &origin {
                    Some(origin) => origin.parts(range).collect(),
                    None => vec![(range, line.place.range())],
                };
                for (part, source) in parts {
                    let words = &line.value[part];
                    let kind = if text[source.clone()] == *words {
                        Words::Written
                    } else {
                        Words::Owned(tree.keep(words))
                    };
                    moved.push(tree.add_loose(Kind::Text(kind), Place::new(file, source)));
                }
            } else {
                moved.push(child);
            }
        }
        tree.set_children(id, &moved);
    }
    for id in nodes {
        let mut place = tree.node(id).place;
        move_place(&mut place);
        tree.set_place(id, place);
    }
    (tree, node)
}

/// Reads Markdown that stands in no file, such as the explanation of a rule. The words of the tree are found with `OneText`.
pub(crate) fn read_alone(text: &str, findings: &mut Findings) -> Tree {
    let file = FileId(0);
    let reading = Reading::default();
    let tree = Tree::new(Place::new(file, 0..text.len()), text.len() / NODE_TEXT);
    let mut builder = markdown::Builder::new(file, text, &reading, tree, findings);
    builder.blocks(0..text.len());
    builder.finish()
}

/// A text that stands in no file, as the one source of a tree.
pub(crate) struct OneText<'a>(pub(crate) &'a str);

impl Sources for OneText<'_> {
    fn path(&self, _: FileId) -> &'static str {
        ""
    }

    fn text(&self, _: FileId) -> &str {
        self.0
    }
}

fn headings(tree: &Tree, text: &str) -> Vec<Heading> {
    let sources = OneText(text);
    let headings = tree.ids().filter_map(|node| match tree.node(node).kind {
        Kind::Heading { id, .. } => Some(Heading {
            node,
            id: id.map_or_else(
                || heading_slug(&tree.text_of(node, &sources)),
                |id| tree.kept(id).to_owned(),
            ),
            is_written: id.is_some(),
        }),
        _ => None,
    });
    headings.collect()
}
