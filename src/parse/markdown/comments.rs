//! Comments and the other marks that take text away, looked for before a text is read.
//!
//! In CommonMark an HTML comment that does not end takes all text behind it with it, and one that ends within a line takes the rest of that
//! line. So a text is given to the parser in another form of the same length: the marks of comments that do not end, and comments with words
//! beside them, are replaced by signs without a meaning, which are left out when the text becomes a tree.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Stands for the `<` of a mark that opens something that does not end.
pub(super) const UNCLOSED: char = '\u{1}';
/// Stands for a byte of a comment that has words beside it; a space follows the last one.
pub(super) const COMMENT: char = '\u{2}';
/// Stands for a `[` in such a mark.
const BRACKET: char = '\u{3}';
/// How often a text is looked through at most. Each time brings to light what a mark of another kind took away; there are four kinds.
const PASSES: usize = 8;

/// The marks that take away the text up to their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// `<!--`
    Comment,
    /// `<?`
    Instruction,
    /// `<![CDATA[`
    Data,
    /// `<!` before a letter
    Declaration,
}

impl Opening {
    /// Reads the mark with which a text begins.
    pub(super) fn at(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        if rest.starts_with('?') {
            return Some(Self::Instruction);
        }
        let rest = rest.strip_prefix('!')?;
        if rest.starts_with("--") {
            Some(Self::Comment)
        } else if rest.starts_with("[CDATA[") {
            Some(Self::Data)
        } else {
            let is_letter = rest.starts_with(|first: char| first.is_ascii_alphabetic());
            is_letter.then_some(Self::Declaration)
        }
    }

    /// Gives the mark.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Comment => "<!--",
            Self::Instruction => "<?",
            Self::Data => "<![CDATA[",
            Self::Declaration => "<!",
        }
    }

    /// Gives the mark that ends it.
    pub(super) fn end(self) -> &'static str {
        match self {
            Self::Comment => "-->",
            Self::Instruction => "?>",
            Self::Data => "]]>",
            Self::Declaration => ">",
        }
    }

    /// How many bytes behind its first one the end may begin: `<!-->` is a whole comment.
    fn shortest(self) -> usize {
        match self {
            Self::Comment => 2,
            other => other.mark().len(),
        }
    }
}

/// A text as the parser reads it.
#[derive(Debug)]
pub(super) struct Masked<'a> {
    /// The text; it has as many bytes as the one that was written.
    pub text: Cow<'a, str>,
    /// The marks without an end of which nothing is left in the text, since nothing but spaces stood behind them in their line.
    pub unclosed: Vec<Range<usize>>,
    /// What is HTML of another kind than comments, and had words beside it.
    pub refused: Vec<Range<usize>>,
}

/// Makes what takes text away harmless.
pub(super) fn mask(text: &str, options: Options) -> Masked<'_> {
    let mut masked = Masked {
        text: Cow::Borrowed(text),
        unclosed: Vec::new(),
        refused: Vec::new(),
    };
    if !text.contains("<!") && !text.contains("<?") {
        return masked;
    }
    for _ in 0..PASSES {
        let mut look = Look {
            text: &masked.text,
            edits: Vec::new(),
            unclosed: Vec::new(),
            refused: Vec::new(),
            brings_to_light: false,
        };
        look.through(options);
        if look.edits.is_empty() {
            break;
        }
        let is_last = !look.brings_to_light;
        masked.unclosed.append(&mut look.unclosed);
        masked.refused.append(&mut look.refused);
        masked.text = Cow::Owned(look.edited());
        if is_last {
            break;
        }
    }
    masked
}

/// Gives a piece of masked text as it was written; of comments nothing is left.
pub(super) fn unmasked(text: &str) -> Cow<'_, str> {
    if !text.contains([UNCLOSED, COMMENT, BRACKET]) {
        return Cow::Borrowed(text);
    }
    let written = text.chars().filter(|sign| *sign != COMMENT);
    let written = written.map(|sign| match sign {
        UNCLOSED => '<',
        BRACKET => '[',
        other => other,
    });
    Cow::Owned(written.collect())
}

/// What a range of the text becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    /// Spaces; line ends stay.
    Spaces,
    /// A mark that opens nothing.
    Unclosed,
    /// A comment with words beside it.
    Comment,
}

/// One look through a text.
struct Look<'a> {
    text: &'a str,
    edits: Vec<(Range<usize>, Edit)>,
    unclosed: Vec<Range<usize>>,
    refused: Vec<Range<usize>>,
    /// Whether the edits let the parser see text that it did not see so far.
    brings_to_light: bool,
}

impl Look<'_> {
    fn through(&mut self, options: Options) {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut is_code = false;
        for (event, range) in Parser::new_ext(self.text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) => lines.clear(),
                Event::Html(_) => lines.push(range),
                Event::End(TagEnd::HtmlBlock) => self.block(&lines),
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Text(_) if !is_code => {
                    for mark in self.openings(range) {
                        self.edits.push((mark, Edit::Unclosed));
                    }
                }
                Event::InlineHtml(_) => self.inline(range),
                _ => {}
            }
        }
    }

    /// Gives the marks of all kinds in a range that no backslash makes harmless.
    fn openings(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let signs = self.text[range.clone()].match_indices('<');
        let marks = signs.filter_map(|(at, _)| {
            let start = range.start + at;
            let opening = Opening::at(&self.text[start..])?;
            let before = &self.text[..start];
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            backslashes
                .is_multiple_of(2)
                .then(|| start..start + opening.mark().len())
        });
        marks.collect()
    }

    /// Looks at a block of HTML, line by line.
    fn block(&mut self, lines: &[Range<usize>]) {
        let Some(first) = lines
            .iter()
            .find(|line| !self.text[(*line).clone()].trim().is_empty())
        else {
            return;
        };
        let written = &self.text[first.clone()];
        let start = first.end - written.trim_start().len();
        let Some(opening) = Opening::at(&self.text[start..first.end]) else {
            self.within_elements(lines);
            return;
        };
        let mut marks = Vec::new();
        let mut end = None;
        for line in lines.iter().filter(|line| line.end > start) {
            let from = line.start.max(start + opening.shortest()).min(line.end);
            let found = self.text[from..line.end].find(opening.end());
            let limit = found.map_or(line.end, |found| from + found);
            let of_kind = self.openings(from..limit);
            marks.extend(
                of_kind
                    .into_iter()
                    .filter(|mark| Opening::at(&self.text[mark.start..]) == Some(opening)),
            );
            if found.is_some() {
                end = Some((line.clone(), limit + opening.end().len()));
                break;
            }
        }
        let Some((last, end)) = end else {
            self.open(start, opening, marks);
            return;
        };
        if opening == Opening::Comment && marks.pop().is_some() {
            self.open(start, opening, marks);
            return;
        }
        if self.is_beside_words(end) {
            let before = lines.iter().filter(|line| line.end <= last.start);
            self.edits
                .extend(before.map(|line| (line.clone(), Edit::Spaces)));
            self.edits.push((last.start.max(start)..end, Edit::Comment));
            if opening != Opening::Comment {
                self.refused.push(start..end);
            }
            self.brings_to_light = true;
        }
    }

    /// Takes the meaning of a mark that begins a block and does not end, and of more marks of its kind behind it.
    fn open(&mut self, start: usize, opening: Opening, more: Vec<Range<usize>>) {
        let mark = start..start + opening.mark().len();
        if self.rest_of_line(mark.end).trim().is_empty() {
            self.unclosed.push(mark.clone());
            self.edits.push((mark, Edit::Spaces));
        } else {
            self.edits.push((mark, Edit::Unclosed));
        }
        self.edits
            .extend(more.into_iter().map(|mark| (mark, Edit::Unclosed)));
        self.brings_to_light = true;
    }

    fn rest_of_line(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }

    /// Tells whether more than comments stands behind a comment in its line.
    fn is_beside_words(&self, end: usize) -> bool {
        let mut rest = self.rest_of_line(end).trim_start();
        while let Some(comment) = rest.strip_prefix("<!--")
            && let Some((_, behind)) = comment.split_once("-->")
        {
            rest = behind.trim_start();
        }
        !rest.trim().is_empty()
    }

    /// Looks for comments that do not end within a block of elements, which ends at an empty line.
    fn within_elements(&mut self, lines: &[Range<usize>]) {
        let mut open: Option<Range<usize>> = None;
        for line in lines {
            let bytes = &self.text.as_bytes()[line.clone()];
            let mut at = 0;
            while at < bytes.len() {
                if bytes[at..].starts_with(b"<!--") {
                    let mark = line.start + at..line.start + at + 4;
                    if let Some(before) = open.replace(mark) {
                        self.edits.push((before, Edit::Unclosed));
                    }
                    at += 4;
                } else {
                    if bytes[at..].starts_with(b"-->") {
                        open = None;
                    }
                    at += 1;
                }
            }
        }
        self.edits.extend(open.map(|mark| (mark, Edit::Unclosed)));
    }

    /// Looks for a comment within a line in which another one begins.
    fn inline(&mut self, range: Range<usize>) {
        if Opening::at(&self.text[range.clone()]) != Some(Opening::Comment) {
            return;
        }
        let starts = self.text[range.clone()].match_indices("<!--");
        let mut marks: Vec<Range<usize>> = starts
            .map(|(at, mark)| range.start + at..range.start + at + mark.len())
            .collect();
        marks.pop();
        self.brings_to_light |= !marks.is_empty();
        self.edits
            .extend(marks.into_iter().map(|mark| (mark, Edit::Unclosed)));
    }

    /// Gives the text with all edits.
    fn edited(mut self) -> String {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, edit) in self.edits {
            if range.start < at {
                continue;
            }
            out.push_str(&self.text[at..range.start]);
            at = range.end;
            let written = &self.text[range.clone()];
            match edit {
                Edit::Spaces => out.extend(written.bytes().map(|byte| match byte {
                    b'\n' | b'\r' => char::from(byte),
                    _ => ' ',
                })),
                Edit::Unclosed => out.extend(written.chars().map(|sign| match sign {
                    '<' => UNCLOSED,
                    '[' => BRACKET,
                    other => other,
                })),
                Edit::Comment => {
                    out.extend(std::iter::repeat_n(COMMENT, range.len().saturating_sub(1)));
                    out.push(' ');
                }
            }
        }
        out.push_str(&self.text[at..]);
        out
    }
}
