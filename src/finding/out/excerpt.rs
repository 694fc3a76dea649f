//! The line of a finding, for all forms that show it.

use crate::base::place::{Place, position};
use std::ops::Range;

/// How many bytes of a line are shown before and after the place.
const EXCERPT: usize = 160;

/// The line of a place, cut to a readable length.
pub(crate) struct Excerpt<'a> {
    /// The line, or the part of it around the place.
    pub(crate) text: &'a str,
    /// The number of the line, from 1.
    pub(crate) line: usize,
    /// Which bytes of `text` are the place.
    pub(crate) span: Range<usize>,
}

impl<'a> Excerpt<'a> {
    /// Cuts out the line on which a place begins.
    pub(crate) fn around(place: Place, text: &'a str) -> Self {
        let start = text.floor_char_boundary((place.start as usize).min(text.len()));
        let end = text.ceil_char_boundary((place.end as usize).clamp(start, text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| start + at);
        let from = text.floor_char_boundary(line_start.max(start.saturating_sub(EXCERPT)));
        let to = text
            .ceil_char_boundary(line_end.min(start + EXCERPT))
            .max(start);
        let from =
            from + (text.len().min(3) * usize::from(from == 0 && text.starts_with('\u{feff}')));
        Self {
            text: &text[from.min(start)..to],
            line: position(text, start).line,
            span: start - from.min(start)..end.min(to) - from.min(start),
        }
    }
}
