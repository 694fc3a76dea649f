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
use crate::base::slug::is_address_slug;
use crate::finding::Findings;
use crate::finding::out::Sources;
use crate::load::SourceFile;
use front_matter::FrontMatter;
use std::sync::Arc;
use tree::{Kind, Link, NodeId, Target, Tree};

/// What the settings say about reading articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// The HTML elements that articles may use.
    pub html_allow: Vec<String>,
}

/// An anchor or a place where other text is put in, in the order of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outline {
    /// A heading; the id is made of its words, unless it was written.
    Heading {
        /// The node.
        node: NodeId,
        /// The id before numbers are added to equal ones.
        id: String,
        /// Whether the id was written with `{#id}`.
        is_written: bool,
    },
    /// A text or component that is put in.
    Embed(usize),
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
    /// Its keys.
    pub front: FrontMatter,
    /// Its text. The key points and the lines of `next` are loose nodes of the same tree.
    pub tree: Tree,
    /// The key points, each a node whose children are its words.
    pub key_points: Vec<NodeId>,
    /// The lines of `next`, likewise.
    pub next: Vec<NodeId>,
    /// Headings and embeds in order.
    pub outline: Vec<Outline>,
    /// Its tables in order.
    pub tables: Vec<NodeId>,
    /// Its pictures in order.
    pub pictures: Vec<NodeId>,
    /// The links and pictures that may lead to files beside it, as numbers of the tree's links.
    pub files: Vec<u32>,
    /// Where the front matter begins.
    pub start: Place,
}

impl Document {
    /// Tells whether this is a text that articles share.
    pub(crate) fn is_shared(&self) -> bool {
        self.path.as_str().starts_with("content/_shared/")
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
    let mut writer = markdown::Builder::new(file.id, text, reading, findings);
    writer.blocks(body.clone());
    let key_points = lines(&mut writer, &front.key_points, text);
    let next = lines(&mut writer, &front.next, text);
    let tree = writer.finish();
    conflict::find_conflicts(file.id, text, body, &tree, findings);
    let outline = outline(&tree, text);
    let nodes = |is_wanted: fn(&Kind) -> bool| {
        let all = (0..u32::try_from(tree.len()).unwrap_or(u32::MAX)).map(NodeId);
        all.filter(|id| is_wanted(&tree.node(*id).kind)).collect()
    };
    Document {
        file: file.id,
        path: file.path.clone(),
        plain_path: plain_path(&file.path),
        files: files(&tree),
        front,
        tables: nodes(|kind| *kind == Kind::Table),
        pictures: nodes(|kind| matches!(kind, Kind::Image(_))),
        tree,
        key_points,
        next,
        outline,
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

/// Gives the links that lead neither to another website nor to an article.
fn files(tree: &Tree) -> Vec<u32> {
    let may_be_file = |link: &Link| match &link.target {
        Target::Written(address) => !address.starts_with("http") && !address.contains(".md"),
        _ => false,
    };
    let numbered = (0..).zip(&tree.links);
    numbered
        .filter(|(_, link)| may_be_file(link))
        .map(|(number, _)| number)
        .collect()
}

/// Reads lines of the front matter as one-line Markdown, with exact places where the text stands as it was written.
fn lines(writer: &mut markdown::Builder<'_>, lines: &[Spot<String>], text: &str) -> Vec<NodeId> {
    let mut nodes = Vec::with_capacity(lines.len());
    for line in lines {
        let range = line.place.range();
        let written = text.get(range.clone()).unwrap_or_default();
        let is_plain = !line.value.contains('\n');
        let verbatim = [0, 1].into_iter().find(|skip| {
            is_plain
                && written
                    .get(*skip..)
                    .is_some_and(|rest| rest.starts_with(&line.value))
        });
        nodes.push(match verbatim {
            Some(skip) => writer.line(range.start + skip..range.start + skip + line.value.len()),
            None => writer.loose_line(line.place, &line.value),
        });
    }
    nodes
}

struct OneText<'a>(&'a str);

impl Sources for OneText<'_> {
    fn path(&self, _: FileId) -> &'static str {
        ""
    }

    fn text(&self, _: FileId) -> &str {
        self.0
    }
}

fn outline(tree: &Tree, text: &str) -> Vec<Outline> {
    use crate::base::slug::heading_slug;
    use tree::Kind;
    let sources = OneText(text);
    let mut outline = Vec::new();
    tree.walk(Tree::ROOT, &mut |node, content| match content.kind {
        Kind::Heading { id, .. } => outline.push(Outline::Heading {
            node,
            id: id.map_or_else(
                || heading_slug(&tree.text_of(node, &sources)),
                |id| tree.kept(id).to_owned(),
            ),
            is_written: id.is_some(),
        }),
        Kind::Embed(index) => outline.push(Outline::Embed(index as usize)),
        _ => {}
    });
    outline
}
