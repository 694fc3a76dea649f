//! The marks that Git leaves in a file when two people changed the same lines: both versions and the marks would be published.

use crate::base::place::{FileId, Place};
use crate::finding::rules::LEFTOVER_MARKUP;
use crate::finding::{Finding, Findings};
use crate::parse::tree::{Kind, Tree};
use std::ops::Range;

/// The first mark, behind which the name of a version follows, and the last.
const EDGES: [&str; 2] = ["<<<<<<<", ">>>>>>>"];
/// What stands between the versions; outside of a conflict such a line underlines a heading.
const MIDDLE: [&str; 2] = ["=======", "|||||||"];

/// Reports each mark in the text of a file, unless it stands in a block of code.
pub(crate) fn find_conflicts(
    file: FileId,
    text: &str,
    body: Range<usize>,
    tree: &Tree,
    findings: &mut Findings,
) {
    if !EDGES.iter().any(|mark| text.contains(mark)) {
        return;
    }
    let mut code = Vec::new();
    tree.walk(Tree::ROOT, &mut |_, node| {
        if matches!(node.kind, Kind::CodeBlock(_)) {
            code.push(node.place.range());
        }
    });
    let mut code = code.into_iter().peekable();
    let mut is_open = false;
    let mut start = body.start;
    for line in text[body].split_inclusive('\n') {
        let at = start;
        start += line.len();
        while code.next_if(|block| block.end <= at).is_some() {}
        if code.peek().is_some_and(|block| block.contains(&at)) {
            continue;
        }
        let line = line.trim_end();
        let is_mark = |mark: &&&str| {
            let rest = line.strip_prefix(**mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let edge = EDGES.iter().position(|mark| is_mark(&mark));
        let is_middle = is_open && MIDDLE.iter().any(|mark| is_mark(&mark));
        if edge.is_none() && !is_middle {
            continue;
        }
        is_open = edge.map_or(is_open, |edge| edge == 0);
        let mark = Place::new(file, at..at + EDGES[0].len());
        let message = format!(
            "`{}` is a mark that Git leaves where two people changed the same lines, so both versions are published",
            &line[..EDGES[0].len()]
        );
        let help = "keep one of the two versions, and take out the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
        findings.push(Finding::new(&LEFTOVER_MARKUP, mark, message).help(help));
    }
}
