//! The text of a finished page, block by block, each with where its words were written: what the checks of finished text read.
//!
//! In goes the one tree of a page; out comes, for each paragraph, heading, cell, caption, title and line of a list, one string in which the
//! marks of emphasis, links and placeholders are gone, and which tells of every byte where its author wrote it. It changes nothing.

use crate::base::place::{Place, words_at, words_within};
use crate::base::yaml;
use crate::finding::out::Sources;
use crate::parse::tree::{Kind, NodeId, Tree, Words};
use std::ops::Range;

/// Stands in a block's text where a picture, a citation or the mark of a footnote stands, so that the words around it do not meet.
const OBJECT: char = '\u{fffc}';

/// The text of one block.
#[derive(Debug, Default)]
pub(crate) struct BlockText {
    /// The text; a line end within the block is a space.
    pub text: String,
    pieces: Vec<Piece>,
    /// Where a line begins behind a line end.
    breaks: Vec<usize>,
}

/// A part of the text that was written in one place.
#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    place: Place,
    /// Whether the bytes stand in the file as they stand here.
    is_written: bool,
    is_code: bool,
}

impl BlockText {
    /// Makes a block of a text that stands in no page's tree, such as a value of the front matter: with exact places if its file has it as
    /// it is.
    pub(crate) fn of_value(text: &str, place: Place, sources: &dyn Sources) -> Self {
        let mut block = Self::default();
        block.push_value(text, place, sources);
        block
    }

    /// Makes a block of one text: where it was written as it is, else the place around it.
    fn of(text: &str, around: Place, written: Option<Place>) -> Self {
        let mut block = Self::default();
        block.push(text, written.unwrap_or(around), written.is_some(), false);
        block
    }

    /// Gives where the lines of the block begin, in order: a list or heading could begin there.
    pub(crate) fn line_starts(&self) -> impl Iterator<Item = usize> {
        std::iter::once(0).chain(self.breaks.iter().copied())
    }

    /// Gives where a range of the text was written: exactly where the file has the same bytes, else the whole piece that it touches.
    /// `None` for a range that has no words.
    pub(crate) fn place(&self, range: &Range<usize>) -> Option<Place> {
        let mut touched = self.touched(range);
        let first = touched.next()?;
        let last = touched
            .take_while(|piece| piece.place.file == first.place.file)
            .last()
            .unwrap_or(first);
        let start = first.at(range.start.max(first.range.start)).start;
        let end = last.at(range.end.min(last.range.end)).end;
        Some(Place {
            start,
            end: end.max(start),
            ..first.place
        })
    }

    /// Tells whether a range lies in text that shows marks on purpose: code within a line, or a block of code.
    pub(crate) fn is_code(&self, range: &Range<usize>) -> bool {
        self.touched(range).any(|piece| piece.is_code)
    }

    /// Adds a value whose file may write it in another way: in quotation marks with escapes, or folded over lines.
    fn push_value(&mut self, words: &str, place: Place, sources: &dyn Sources) {
        let file = sources.text(place.file);
        if let Some(written) = words_at(file, place, words) {
            self.push(words, written, true, false);
        } else if let Some(origin) = yaml::origin(file, place.range(), words) {
            for (part, source) in origin.parts(0..words.len()) {
                let is_written = file.get(source.clone()) == Some(&words[part.clone()]);
                let place = Place::new(place.file, source);
                self.push(&words[part], place, is_written, false);
            }
        } else {
            self.push(words, place, false, false);
        }
    }

    /// Adds code, line by line, since its lines stand in the file as they are, but with marks of lists and quotes between them. Behind a
    /// line that stands otherwise, the place is that of the whole code.
    fn push_code(&mut self, words: &str, place: Place, sources: &dyn Sources) {
        let file = sources.text(place.file);
        let mut rest = Some(place);
        for line in words.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            let found = rest.and_then(|rest| {
                let at = rest.start as usize + file.get(rest.range())?.find(bare)?;
                Some(Place::new(place.file, at..at + bare.len()))
            });
            self.push(bare, found.unwrap_or(place), found.is_some(), true);
            rest = found.map(|found| Place {
                start: found.end,
                ..place
            });
            let end = rest.map_or(place, Place::start_only);
            self.push(&line[bare.len()..], end, false, true);
        }
    }

    /// Gives the pieces that a range touches; they lie one behind the other.
    fn touched(&self, range: &Range<usize>) -> impl Iterator<Item = &Piece> {
        let (start, end) = (range.start, range.end);
        let first = self
            .pieces
            .partition_point(|piece| piece.range.end <= start);
        self.pieces[first..]
            .iter()
            .take_while(move |piece| piece.range.start < end)
    }

    /// Gives the text without the backslashes that stand before signs and were not read as Markdown; `None` where there are none.
    pub(crate) fn without_backslashes(&self) -> Option<Self> {
        if !self.text.contains('\\') {
            return None;
        }
        let is_before_sign = |at: &usize| {
            let next = self.text.as_bytes().get(at + 1);
            next.is_some_and(u8::is_ascii_punctuation)
        };
        let backslashes = |piece: &Piece| {
            let start = piece.range.start;
            let words = &self.text[piece.range.clone()];
            let signs = words.match_indices('\\').map(move |(at, _)| start + at);
            signs.filter(|_| !piece.is_code).collect::<Vec<_>>()
        };
        let taken: Vec<usize> = self
            .pieces
            .iter()
            .flat_map(backslashes)
            .filter(is_before_sign)
            .collect();
        let moved = |at: usize| at - taken.partition_point(|cut| *cut < at);
        let mut out = Self {
            breaks: self.breaks.iter().map(|at| moved(*at)).collect(),
            ..Self::default()
        };
        let mut from = 0;
        for cut in &taken {
            out.text.push_str(&self.text[from..*cut]);
            from = cut + 1;
        }
        out.text.push_str(&self.text[from..]);
        for piece in &self.pieces {
            let first = taken.partition_point(|cut| *cut < piece.range.start);
            let cuts = taken[first..].iter().copied();
            let cuts = cuts.take_while(|cut| *cut < piece.range.end);
            let mut from = piece.range.start;
            for cut in cuts.chain([piece.range.end]) {
                let start = piece.place.start as usize + (from - piece.range.start);
                let place = if piece.is_written {
                    Place::new(piece.place.file, start..start + (cut - from))
                } else {
                    piece.place
                };
                out.pieces.push(Piece {
                    range: moved(from)..moved(cut),
                    place,
                    ..*piece
                });
                from = cut + 1;
            }
        }
        Some(out)
    }

    /// Adds words; those of several lines tell where each line begins.
    pub(crate) fn push(&mut self, words: &str, place: Place, is_written: bool, is_code: bool) {
        let start = self.text.len();
        let ends = words.match_indices('\n');
        self.breaks.extend(ends.map(|(at, _)| start + at + 1));
        self.text.push_str(words);
        self.pieces.push(Piece {
            range: start..self.text.len(),
            place,
            is_written,
            is_code,
        });
    }

    /// Adds the sign of something that is no words.
    pub(crate) fn push_object(&mut self) {
        self.text.push(OBJECT);
    }
}

impl Piece {
    /// Gives the place of a byte as an empty range where the bytes are the same, else the whole place.
    fn at(&self, byte: usize) -> Place {
        if !self.is_written {
            return self.place;
        }
        let at = self.place.start as usize + (byte - self.range.start);
        Place::new(self.place.file, at..at)
    }
}

/// Visits the text of each block of a tree, in reading order. The words of a picture, the title of an HTML element and words for ears only
/// are blocks of their own.
pub(crate) fn block_texts(tree: &Tree, sources: &dyn Sources, visit: &mut dyn FnMut(&BlockText)) {
    let mut walk = Walk {
        tree,
        sources,
        visit,
    };
    let mut block = BlockText::default();
    walk.children(Tree::ROOT, &mut block);
    walk.flush(&mut block);
}

struct Walk<'a, 'v> {
    tree: &'a Tree,
    sources: &'a dyn Sources,
    visit: &'v mut dyn FnMut(&BlockText),
}

impl Walk<'_, '_> {
    fn children(&mut self, id: NodeId, block: &mut BlockText) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child, block);
        }
    }

    fn node(&mut self, id: NodeId, block: &mut BlockText) {
        let node = *self.tree.node(id);
        let words = self.tree.words(id, self.sources);
        match node.kind {
            Kind::Text(Words::Written) => block.push(words, node.place, true, false),
            Kind::Text(_) => block.push_value(words, node.place, self.sources),
            Kind::Code(_) => block.push_code(words, node.place, self.sources),
            Kind::SoftBreak | Kind::HardBreak => {
                block.push(words, node.place, false, false);
                block.breaks.push(block.text.len());
            }
            Kind::Citation(_) | Kind::FootnoteMark(_) => block.push_object(),
            Kind::Image(_) => {
                block.push_object();
                self.apart(id);
            }
            Kind::Unseen => self.apart(id),
            Kind::CodeBlock(_) => {
                self.flush(block);
                let file = self.sources.text(node.place.file);
                block.push_code(words, behind_fence(node.place, file), self.sources);
                self.flush(block);
            }
            Kind::Emphasis
            | Kind::Strong
            | Kind::Strikethrough
            | Kind::Link(_)
            | Kind::Foreign(_)
            | Kind::Isolate
            | Kind::Mention
            | Kind::Term(_) => self.children(id, block),
            Kind::Element(element) => {
                let title = self.tree.elements[element as usize].attributes.iter();
                for (_, words) in title.filter(|(name, _)| name == "title") {
                    let file = self.sources.text(node.place.file);
                    let written = words_within(file, node.place, words);
                    let mut title = BlockText::of(words, node.place, written);
                    self.flush(&mut title);
                }
                self.children(id, block);
            }
            _ => {
                self.flush(block);
                self.children(id, block);
                self.flush(block);
            }
        }
    }

    /// Visits words that are read apart from those around them.
    fn apart(&mut self, id: NodeId) {
        let mut block = BlockText::default();
        self.children(id, &mut block);
        self.flush(&mut block);
    }

    fn flush(&mut self, block: &mut BlockText) {
        let block = std::mem::take(block);
        if !block.text.trim().is_empty() {
            (self.visit)(&block);
        }
    }
}

/// Gives the place of a block of code without the line of marks above it.
fn behind_fence(place: Place, file: &str) -> Place {
    let written = file.get(place.range()).unwrap_or_default();
    let is_fenced = written.starts_with("```") || written.starts_with("~~~");
    let start = written.find('\n').filter(|_| is_fenced).unwrap_or(0);
    Place::new(place.file, place.start as usize + start..place.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::FileId;

    struct File(&'static str);

    impl Sources for File {
        fn path(&self, _: FileId) -> &'static str {
            ""
        }

        fn text(&self, _: FileId) -> &str {
            self.0
        }
    }

    #[test]
    fn a_range_across_emphasis_is_where_it_was_written() {
        let source = "Call **1-800**-5 now";
        let place = |range: Range<usize>| Place::new(FileId(0), range);
        let mut tree = Tree::new(place(0..source.len()), 8);
        let paragraph = tree.add(Tree::ROOT, Kind::Paragraph, place(0..source.len()));
        tree.add(paragraph, Kind::Text(Words::Written), place(0..5));
        let strong = tree.add(paragraph, Kind::Strong, place(5..14));
        tree.add(strong, Kind::Text(Words::Written), place(7..12));
        tree.add(
            paragraph,
            Kind::Text(Words::Written),
            place(14..source.len()),
        );
        let mut seen = Vec::new();
        block_texts(&tree, &File(source), &mut |block| {
            let at = block.text.find("1-800-5").expect("the number is one run");
            seen.push((
                block.text.clone(),
                block.place(&(at..at + 7)).map(Place::range),
            ));
        });
        assert_eq!(seen, [("Call 1-800-5 now".to_owned(), Some(7..16))]);
    }
}
