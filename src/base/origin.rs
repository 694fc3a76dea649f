//! Where the bytes of a text stand in the file from which it was put together: front matter with its quotes and line breaks taken out, or the
//! lines of an HTML block without the marks of the quotation around them.

use std::ops::Range;

/// What a text is made of, in order.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    parts: Vec<Part>,
}

/// A part of the text, and what stands for it in the file.
#[derive(Debug)]
struct Part {
    text: Range<usize>,
    source: Range<usize>,
}

impl Part {
    /// Tells whether the file has as many bytes here: then each stands for one of the text.
    fn is_written(&self) -> bool {
        self.text.len() == self.source.len()
    }
}

impl Origin {
    /// Says where the next `length` bytes of the text come from. Of an escape or a folded line break, the file has more bytes than the text.
    pub(crate) fn push(&mut self, length: usize, source: Range<usize>) {
        let start = self.parts.last().map_or(0, |last| last.text.end);
        let part = Part {
            text: start..start + length,
            source,
        };
        if let Some(last) = self.parts.last_mut()
            && last.is_written()
            && part.is_written()
            && last.source.end == part.source.start
        {
            last.text.end = part.text.end;
            last.source.end = part.source.end;
        } else {
            self.parts.push(part);
        }
    }

    /// Gives where a range of the text stands in the file. Of a part that the file writes otherwise, it is the whole part.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let Some(first) = self.part_at(range.start) else {
            return 0..0;
        };
        let start = if first.is_written() {
            first.source.start + (range.start - first.text.start).min(first.source.len())
        } else {
            first.source.start
        };
        if range.is_empty() {
            return start..start;
        }
        let last = self.part_at(range.end - 1).unwrap_or(first);
        let end = if last.is_written() {
            last.source.start + (range.end - last.text.start).min(last.source.len())
        } else {
            last.source.end
        };
        start..end.max(start)
    }

    /// Gives the parts of a range of the text, in order, each with where it stands in the file.
    pub(crate) fn parts(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        let first = self
            .parts
            .partition_point(|part| part.text.end <= range.start);
        let end = range.end;
        let touched = self.parts[first..]
            .iter()
            .take_while(move |part| part.text.start < end);
        touched.map(move |part| {
            let text = part.text.start.max(range.start)..part.text.end.min(range.end);
            let source = self.source(&text);
            (text, source)
        })
    }

    /// Gives the part in which a byte of the text lies; behind the end, the last one.
    fn part_at(&self, byte: usize) -> Option<&Part> {
        let next = self.parts.partition_point(|part| part.text.end <= byte);
        self.parts.get(next).or(self.parts.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_exact_where_the_file_has_the_same_bytes() {
        let mut origin = Origin::default();
        origin.push(2, 10..12);
        origin.push(1, 12..14);
        origin.push(3, 14..17);
        assert_eq!(origin.source(&(0..2)), 10..12);
        assert_eq!(origin.source(&(1..4)), 11..15);
        assert_eq!(origin.source(&(2..3)), 12..14);
        assert_eq!(origin.source(&(6..6)), 17..17);
        assert_eq!(
            origin.parts(1..4).collect::<Vec<_>>(),
            [(1..2, 11..12), (2..3, 12..14), (3..4, 14..15)]
        );
        assert_eq!(Origin::default().source(&(3..4)), 0..0);
    }
}
