//! Places: where in which source file a piece of text stands, from the first byte read to the last finding.

use std::ops::Range;

/// The number of one file of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The number of one page of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A byte range in one source file, always counted from the start of that file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Place {
    /// Makes the place of a byte range; ranges beyond 4 GiB do not occur, since larger files are not read as text.
    pub(crate) fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            file,
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    /// Gives the place as a range for slicing the file's text.
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Gives the first byte only: where something is missing, there is nothing to underline.
    pub(crate) fn start_only(self) -> Self {
        Self {
            end: self.start,
            ..self
        }
    }
}

/// A value together with the place it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Gives the exact place of words that begin at a place, right there or behind quotation marks; `None` if the file has them in another form.
pub(crate) fn words_at(file: &str, place: Place, words: &str) -> Option<Place> {
    let written = file.get(place.range())?;
    let marks = [
        "",
        "\"",
        "'",
        "\"\"\"\r\n",
        "\"\"\"\n",
        "\"\"\"",
        "'''\n",
        "'''",
    ];
    let skip = marks.into_iter().find(|marks| {
        written
            .strip_prefix(marks)
            .is_some_and(|rest| rest.starts_with(words))
    })?;
    let start = place.start as usize + skip.len();
    Some(Place::new(place.file, start..start + words.len()))
}

/// Gives the exact place of words that stand somewhere within a place, the last if they stand there several times; `None` if the file has them
/// in another form.
pub(crate) fn words_within(file: &str, place: Place, words: &str) -> Option<Place> {
    let start = place.start as usize + file.get(place.range())?.rfind(words)?;
    Some(Place::new(place.file, start..start + words.len()))
}

/// A position for people: both numbers count from 1, the column in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Finds line and column of a byte offset; an offset beyond the text, or inside a character, counts as the nearest one before it.
///
/// A byte-order mark at the start takes no column, since no editor shows it.
///
/// ```
/// use stepdown::base::place::{Position, position};
///
/// assert_eq!(position("Sueño\ny calma", 9), Position { line: 2, column: 3 });
/// ```
pub fn position(text: &str, offset: usize) -> Position {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_ignore_the_byte_order_mark() {
        assert_eq!(
            position("\u{feff}añb\nc", 3),
            Position { line: 1, column: 1 }
        );
        assert_eq!(position("añb\nc", 3), Position { line: 1, column: 3 });
        assert_eq!(position("añb\nc", 5), Position { line: 2, column: 1 });
        assert_eq!(position("añ", 2), Position { line: 1, column: 2 });
        assert_eq!(position("a", 99), Position { line: 1, column: 2 });
    }
}
