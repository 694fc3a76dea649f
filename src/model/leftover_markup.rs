//! Signs of Markdown that are left over in finished text: readers would see them, and lose the box, number or link they were meant for.
//!
//! In goes the text of a block, whoever wrote it; out come findings, each with the line as it should be written where that is known. Code
//! shows signs on purpose and is left alone. Reads each block once, from left to right.

use crate::base::nearest::nearest;
use crate::base::place::Place;
use crate::finding::out::Sources;
use crate::finding::rules::LEFTOVER_MARKUP;
use crate::finding::{Finding, Findings, Severity};
use crate::model::block_text::BlockText;
use crate::model::data::Data;
use crate::model::placeholders;
use crate::parse::footnote_label;
use crate::parse::tree::CalloutKind;
use std::collections::BTreeSet;
use std::ops::Range;

/// No name, address or placeholder in brackets has more bytes than this, so no more text is read for one sign.
pub(crate) const LONGEST: usize = 160;
/// How many signs are reported in one paragraph, cell or title: a text that is no Markdown at all has one in every word.
const MOST: usize = 20;
/// The beginnings of addresses, by which a link is told from a remark in round brackets.
const ADDRESSES: [&str; 9] = [
    "http://", "https://", "mailto:", "tel:", "sms:", "./", "../", "/", "#",
];
/// The ends of the names of files that links lead to.
const FILES: [&str; 8] = [
    ".md", ".html", ".pdf", ".svg", ".png", ".jpg", ".jpeg", ".webp",
];
/// What word processors and web pages put before the items of a list; the last is the bullet of Word's own font.
const BULLETS: [char; 5] = ['•', '◦', '▪', '‣', '\u{f0b7}'];

/// Reports what is left over in a block. `told` has the places of placeholders that another rule has already reported.
pub(crate) fn check(
    block: &BlockText,
    data: &Data,
    sources: &dyn Sources,
    told: &BTreeSet<Place>,
    findings: &mut Findings,
) {
    let unescaped = block.without_backslashes();
    let block = unescaped.as_ref().unwrap_or(block);
    let mut reader = Reader {
        block,
        text: &block.text,
        data,
        sources,
        told,
        findings,
        open: Vec::new(),
        reported: 0,
        stars: None,
        tildes: None,
    };
    if reader
        .text
        .contains(['[', ']', '{', '}', '*', '~', '_', '@', '<'])
    {
        reader.signs();
    }
    reader.line_starts();
}

/// Reports what is left over in a text that stands in no page's tree.
pub(crate) fn check_text(
    text: &str,
    place: Place,
    data: &Data,
    sources: &dyn Sources,
    findings: &mut Findings,
) {
    let block = BlockText::of_value(text, place, sources);
    check(&block, data, sources, &BTreeSet::new(), findings);
}

/// A sign that is left over.
struct Leftover {
    range: Range<usize>,
    /// What readers lose by it, as it stands in the sentence "`…` is no link".
    loss: String,
    help: String,
    severity: Severity,
}

impl Leftover {
    fn error(range: Range<usize>, loss: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            range,
            loss: loss.into(),
            help: help.into(),
            severity: Severity::Error,
        }
    }

    fn warning(range: Range<usize>, loss: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(range, loss, help)
        }
    }
}

struct Reader<'a, 'f> {
    block: &'a BlockText,
    text: &'a str,
    /// Whose sources have names that may be left over.
    data: &'a Data,
    sources: &'a dyn Sources,
    told: &'a BTreeSet<Place>,
    findings: &'f mut Findings,
    /// Where brackets were opened that are not closed yet.
    open: Vec<usize>,
    /// How many signs were reported.
    reported: usize,
    /// The first of two signs of strong text.
    stars: Option<Range<usize>>,
    /// The first of two signs of struck text.
    tildes: Option<Range<usize>>,
}

impl Reader<'_, '_> {
    fn signs(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        if let Some(leftover) = self.callout_without_sign() {
            at = leftover.range.end;
            self.report(leftover);
        }
        while at < bytes.len() {
            let sign = &self.text.as_bytes()[at];
            if !b"![]{}*~_@<".contains(sign) || self.block.is_code(&(at..at + 1)) {
                at += 1;
                continue;
            }
            let (found, next) = match sign {
                b'!' | b'[' => (self.opened(at), at + 1),
                b']' => (self.closed(at), at + 1),
                b'{' => (self.brace(at), at + 1),
                b'}' => (self.closing_brace(at), at + 1),
                b'@' => (self.bare_citation(at), at + 1),
                b'<' => (self.remark(at), at + 1),
                _ => self.pair(at),
            };
            let Some(leftover) = found else {
                if *sign == b'[' {
                    self.open.push(at);
                }
                at = next;
                continue;
            };
            at = leftover.range.end.max(next);
            self.report(leftover);
        }
        for (rest, words) in [
            (self.stars.take(), "strong"),
            (self.tildes.take(), "struck"),
        ] {
            if let Some(range) = rest {
                self.report(stress(range, words, None));
            }
        }
    }

    /// Reads what begins with `[` or `![`.
    fn opened(&mut self, at: usize) -> Option<Leftover> {
        let rest = &self.text[at..];
        // A sign of an exclamation follows a word, and `#![…]` is a line of a program.
        let is_apart =
            !self.text[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '#');
        let (before, inner) = match rest.strip_prefix('!') {
            Some(rest) => ("!", rest.strip_prefix('[')?),
            None => ("", &rest[1..]),
        };
        let start = at + rest.len() - inner.len();
        if let Some(name) = inner.strip_prefix('[') {
            return self.double_bracket(at, before, start + 1, name);
        }
        if before == "!" {
            let (words, is_closed) = bracketed(inner)?;
            let is_picture = is_closed && is_apart && words.contains(char::is_alphabetic);
            let end = start + words.len();
            let is_embed = self.text[end..].starts_with("]]");
            return match (is_picture, is_embed) {
                (true, true) => Some(Leftover::error(
                    at..end + 2,
                    "puts no text in",
                    format!("write `![[{words}]]` on a line of its own"),
                )),
                (true, false) if !self.text[end + 1..].starts_with(['[', '(']) => {
                    Some(Leftover::error(
                        at..end + 1,
                        "shows no picture",
                        format!(
                            "write `![{words}](picture.svg)` with the name of the picture's file, or take the signs out"
                        ),
                    ))
                }
                _ => None,
            };
        }
        let sign = inner.trim_start_matches(' ');
        let after = start + inner.len() - sign.len() + 1;
        match sign.chars().next()? {
            '!' => self.callout(at, after),
            '@' => self.citation(at, after),
            '^' => self.footnote(at, after),
            _ => None,
        }
    }

    /// Reads what stands behind `[[` or `![[`.
    fn double_bracket(
        &self,
        at: usize,
        before: &str,
        start: usize,
        name: &str,
    ) -> Option<Leftover> {
        if name.starts_with([':', '"', '\'', '<', '{', '(', '[', ']']) {
            return None;
        }
        let (name, is_closed) = match bracketed(name) {
            Some((inner, true)) if !inner.contains('\n') => (inner, true),
            _ => (first_word(name), false),
        };
        if is_list_of_values(name) {
            return None;
        }
        let mut end = start + name.len();
        if is_closed {
            end += if self.text[end..].starts_with("]]") {
                2
            } else {
                1
            };
            if self.text[end..].starts_with('[') {
                // A reference link without its line is another finding.
                return None;
            }
        }
        if let Some(words) = self.cut_off(&(at..end)).filter(|_| !is_closed) {
            let name = name.trim();
            let help = format!(
                "write `{before}[[{name}\\|{words}]]`: in a table, a bar without a backslash begins a new cell"
            );
            return Some(Leftover::error(
                at..end,
                "is cut off by the bar behind it",
                help,
            ));
        }
        let target = if name.trim().is_empty() {
            "name-of-the-page"
        } else {
            name.trim()
        };
        Some(if before == "!" {
            let help = format!("write `![[{target}]]` on a line of its own");
            Leftover::error(at..end, "puts no text in", help)
        } else {
            Leftover::error(at..end, "is no link", format!("write `[[{target}]]`"))
        })
    }

    /// Gives the words behind the bar of a link at the end of a cell, where the bar began the next cell.
    fn cut_off(&self, range: &Range<usize>) -> Option<&str> {
        if !self.text[range.end..].trim().is_empty() {
            return None;
        }
        let place = self.block.place(range)?;
        let behind = self.sources.text(place.file).get(place.end as usize..)?;
        let (words, is_closed) = bracketed(behind.trim_start_matches(' ').strip_prefix('|')?)?;
        (is_closed && !words.contains(['\n', '|'])).then_some(words)
    }

    fn callout(&self, at: usize, after: usize) -> Option<Leftover> {
        let rest = self.text[after..].trim_start_matches(' ');
        let length = rest
            .find(|letter: char| !(letter.is_ascii_alphabetic() || letter == '-'))
            .unwrap_or(rest.len());
        let word = &rest[..length];
        let start = self.text.len() - rest.len();
        let is_closed = rest[length..].trim_start_matches(' ').starts_with(']');
        let kind = nearest(word, CalloutKind::words());
        let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(is_closed && is_word || kind.is_some() && word.len() > 1) {
            return None;
        }
        let end = if is_closed {
            self.text.len() - rest[length..].trim_start_matches(' ').len() + 1
        } else {
            start + length
        };
        Some(no_callout(at..end, kind))
    }

    fn citation(&self, at: usize, after: usize) -> Option<Leftover> {
        let rest = &self.text[after..];
        if !rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let (ids, end) = if let Some((ids, true)) = bracketed(rest) {
            (ids.trim_end(), after + ids.len() + 1)
        } else {
            let id = first_word(rest);
            (id, after + id.len())
        };
        let help = format!("write `[@{ids}]`");
        Some(Leftover::error(at..end, "names no source", help))
    }

    /// Reads `@id` without brackets around it.
    fn bare_citation(&self, at: usize) -> Option<Leftover> {
        let rest = &self.text[at + 1..];
        let is_part = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
        let id = &rest[..rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())];
        // In double brackets it is a link to no page, which is another finding.
        let is_written = self.block.place(&(at..at + 1)).is_some_and(|place| {
            let text = self.sources.text(place.file);
            text.get(place.range())
                .is_some_and(|written| written.starts_with('@'))
        });
        let is_apart = !self.text[..at].ends_with(is_part) && is_written;
        (is_apart && id.len() < LONGEST && self.data.source(id).is_some()).then(|| {
            let help = format!("write `[@{id}]`");
            Leftover::error(at..at + 1 + id.len(), "names no source", help)
        })
    }

    /// Reads `<!--` where no remark can stand.
    fn remark(&self, at: usize) -> Option<Leftover> {
        let rest = self.text[at..].strip_prefix("<!--")?;
        let end = near(rest)
            .find("-->")
            .map_or(at + 4, |end| at + 4 + end + 3);
        let help = "take it out; a remark for editors can stand in the text of an article only";
        (!self.is_escaped(&(at..at + 1)) && !self.behind(at, "\\"))
            .then(|| Leftover::error(at..end, "is no remark here", help))
    }

    /// Tells whether a sign stands straight behind other signs in its file.
    fn behind(&self, at: usize, signs: &str) -> bool {
        let before = |place: Place| {
            let text = self.sources.text(place.file).get(..place.start as usize)?;
            Some(text.ends_with(signs))
        };
        self.block.place(&(at..at + 1)).and_then(before) == Some(true)
    }

    fn footnote(&self, at: usize, after: usize) -> Option<Leftover> {
        let label = footnote_label(&self.text[at..]);
        let range = at..label.map_or(after, |label| at + label.len());
        let is_written_so = |place: Place| {
            let text = self.sources.text(place.file);
            let is_escaped = text.get(..place.start as usize)?.ends_with('\\');
            Some(!is_escaped && text.get(place.range())? == &self.text[range.clone()])
        };
        if label.is_some() && self.block.place(&range).and_then(is_written_so) == Some(true) {
            // A mark whose text is missing was found where the file was read.
            return None;
        }
        let rest = &self.text[after..];
        if label.is_none() && !rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let name = match label {
            Some(label) => label.to_owned(),
            None => {
                format!("[^{}]", first_word(rest))
            }
        };
        let end = label.map_or(after + name.len() - 3, |_| range.end);
        let help = format!("write `{name}`, and its text on a line of its own, as `{name}: text`");
        Some(Leftover::error(at..end, "leads to no footnote", help))
    }

    /// Reads what stands behind a closing bracket: an address that did not become a link, or a second bracket.
    fn closed(&mut self, at: usize) -> Option<Leftover> {
        let rest = &self.text[at + 1..];
        let Some(start) = self.open.pop() else {
            let help = "write the link as `[words](address)`";
            return rest
                .starts_with('(')
                .then(|| Leftover::error(at..at + 2, "is no link", help));
        };
        let words = &self.text[start + 1..at];
        let start = match self.open[..] {
            [first] if rest.starts_with(']') && self.text[first + 1..start].trim().is_empty() => {
                self.open.clear();
                first
            }
            _ => start,
        };
        if rest.starts_with(']') && self.open.is_empty() {
            let is_name = words.len() < LONGEST && !is_list_of_values(words);
            return (is_name && words.contains(char::is_alphabetic)).then(|| {
                Leftover::error(start..at + 2, "is no link", format!("write `[[{words}]]`"))
            });
        }
        if placeholders::NAMES.contains(&words) && !rest.starts_with('(') {
            return Some(not_filled(start..at + 1, words));
        }
        if self.text[..start].ends_with(')') && is_address(words) {
            let near = self.text.ceil_char_boundary(start.saturating_sub(LONGEST));
            let open = self.text[near..start - 1].rfind(['(', ')', '\n']);
            let open = open
                .map(|open| near + open)
                .filter(|open| self.text[*open..].starts_with('('));
            let inner = open.map_or("words", |open| &self.text[open + 1..start - 1]);
            let help = format!("write `[{inner}]({words})`");
            return Some(Leftover::error(
                open.unwrap_or(start)..at + 1,
                "is no link",
                help,
            ));
        }
        if self.names_sources(words) && !rest.starts_with('(') {
            return Some(Leftover::error(
                start..at + 1,
                "is the name of a source without its sign",
                format!(
                    "write `[@{}]` in an article; elsewhere take it out",
                    words.trim()
                ),
            ));
        }
        let Some(address) = rest.trim_start_matches(' ').strip_prefix('(') else {
            // The bracket before the address is missing: `[words]page.md)`.
            let address = first_word(rest);
            let address = &address[..address.find(')')?];
            let end = at + 1 + address.len() + 1;
            let help = format!("write `[{words}]({address})`");
            return (words.len() < LONGEST && is_address(address))
                .then(|| Leftover::error(start..end, "is no link", help));
        };
        let is_apart = rest.starts_with(' ');
        let behind = self.text.len() - address.len();
        let near = near(address).split('\n').next().unwrap_or_default();
        let (address, end) = if let Some(end) = near.find(')') {
            (near[..end].trim(), behind + end + 1)
        } else {
            let end = near.find(' ').unwrap_or(near.len());
            (&near[..end], behind + end)
        };
        if is_apart && !is_address(address) {
            return None;
        }
        let start = if words.len() < LONGEST { start } else { at };
        let help = if address.contains(' ') {
            "write the address straight behind the words, in round brackets and without spaces: `[words](address)`".to_owned()
        } else if words.len() < LONGEST && !address.is_empty() {
            format!("write `[{words}]({address})`")
        } else {
            "write the link as `[words](address)`".to_owned()
        };
        Some(Leftover::error(start..end, "is no link", help))
    }

    /// Tells whether brackets hold nothing but the ids of sources.
    fn names_sources(&self, inner: &str) -> bool {
        inner.len() < LONGEST
            && inner
                .split([';', ','])
                .all(|id| self.data.source(id.trim()).is_some())
    }

    fn brace(&self, at: usize) -> Option<Leftover> {
        let place = self.block.place(&(at..at + 1))?;
        let source = self.sources.text(place.file);
        let written = source.get(place.start as usize..).unwrap_or_default();
        if written.starts_with("{{") {
            return self.double_brace(at, place, written);
        }
        let rest = &self.text[at + 1..];
        let near = near(rest).split(['\n', '{']).next().unwrap_or_default();
        let Some(close) = near.find('}') else {
            let end = near
                .find(|letter: char| !(letter.is_alphanumeric() || "._- ".contains(letter)))
                .unwrap_or(near.len());
            let name = placeholder_at_start(&near[..end])?;
            let length = near[..end].len() - near[..end].trim_start().len() + name.len();
            return Some(not_filled(at..at + 1 + length, name));
        };
        let range = at..at + 1 + close + 1;
        if self.is_told(&range) {
            return None;
        }
        let inner = near[..close].trim();
        let known = near_placeholder(inner);
        let is_known_word =
            placeholders::NAMES.contains(&&near[..close]) && !self.is_escaped(&range);
        if is_known_word {
            let help = "a title, a summary, a caption and HTML are printed as they are written: say it there in words";
            return Some(Leftover::error(range, "is not filled in here", help));
        }
        match known {
            Some(name) => Some(not_filled(range, name)),
            None if is_word_in_braces(inner) => Some(Leftover::error(
                range,
                "means nothing here",
                "write a placeholder such as `{crisis}` without spaces, or take the braces out",
            )),
            None => None,
        }
    }

    /// Reads `emergency}`, whose first brace is missing.
    fn closing_brace(&self, at: usize) -> Option<Leftover> {
        let start = self.text.ceil_char_boundary(at.saturating_sub(LONGEST));
        let before = &self.text[start..at];
        let is_part = |letter: char| letter.is_alphanumeric() || "._-{".contains(letter);
        let word = &before[before.trim_end_matches(is_part).len()..];
        let name = placeholders::NAMES.into_iter().find(|name| *name == word)?;
        Some(not_filled(at - word.len()..at + 1, name))
    }

    /// Reads `{{emergency}}`: the inner braces were filled in, so the outer ones are left.
    fn double_brace(&self, at: usize, place: Place, written: &str) -> Option<Leftover> {
        let near = near(written);
        let inner = near.trim_start_matches('{');
        let open = near.len() - inner.len();
        let name = inner[..inner.find(['}', '\n'])?].trim();
        let start = place.start as usize;
        let from = Place::new(place.file, start..start);
        let to = Place::new(place.file, start + open..start + open);
        if self.told.range(from..to).next().is_some() {
            return None;
        }
        let is_filled = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte));
        let known = near_placeholder(name).filter(|_| is_filled || is_word_in_braces(name));
        if known.is_none() && (is_filled || !is_word_in_braces(name)) {
            return None;
        }
        let help = known.map_or_else(
            || "write a placeholder such as `{crisis}`, or take the braces out".to_owned(),
            |name| format!("write `{{{name}}}`"),
        );
        // Where the words were filled in, they stand between the braces; else the braces are one run.
        let end = self.text[at..]
            .find(|letter| letter != '{')
            .map_or(at + 1, |length| at + length);
        Some(Leftover::error(at..end, "is one brace too many", help))
    }

    fn is_told(&self, range: &Range<usize>) -> bool {
        let place = self.block.place(range);
        place.is_some_and(|place| self.told.contains(&place))
    }

    fn is_escaped(&self, range: &Range<usize>) -> bool {
        let Some(place) = self.block.place(range) else {
            return false;
        };
        let text = self.sources.text(place.file);
        let before = text.get(..place.start as usize);
        let written = text.get(place.range()).unwrap_or_default();
        before.is_some_and(|before| before.ends_with('\\')) || written.contains('\\')
    }

    /// Reads `**`, `~~` and `__`; two of them with words between are one fault.
    fn pair(&mut self, at: usize) -> (Option<Leftover>, usize) {
        let sign = char::from(self.text.as_bytes()[at]);
        let rest = self.text[at..].trim_start_matches(sign);
        let run = self.text.len() - rest.len() - at;
        let next = at + run;
        let before = self.text[..at].chars().next_back();
        let after = rest.chars().next();
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let touches = is_letter(before)
            || is_letter(after)
            || [before, after]
                .into_iter()
                .flatten()
                .any(|sign| !sign.is_whitespace() && sign != '/');
        let is_path = [before, after].contains(&Some('/'));
        let is_within_word = is_letter(before) && is_letter(after);
        let is_sign = match sign {
            '*' => run == 2 || run == 3,
            _ => run == 2,
        };
        if !is_sign || is_path || is_within_word {
            return (None, next);
        }
        if sign == '_' {
            let end = rest.find("__").filter(|end| *end < LONGEST && *end > 0);
            let is_word = end.is_some_and(|end| {
                !rest[..end].contains('\n') && !rest[end + 2..].starts_with(char::is_alphanumeric)
            });
            let found = end.filter(|_| is_word && is_letter(after) && !is_letter(before));
            return (
                found.map(|end| stress(at..next + end + 2, "strong", Some(&rest[..end]))),
                next,
            );
        }
        let first = if sign == '*' {
            &mut self.stars
        } else {
            &mut self.tildes
        };
        let words = if sign == '*' { "strong" } else { "struck" };
        match first.take() {
            None if touches || after.is_some() => {
                *first = Some(at..next);
                (None, next)
            }
            None => (None, next),
            Some(first) => {
                let inner = &self.text[first.end..at];
                let inner = (inner.len() < LONGEST).then_some(inner);
                let range = if inner.is_some() {
                    first.start..next
                } else {
                    first
                };
                (Some(stress(range, words, inner)), next)
            }
        }
    }

    /// Reads the head of a block: `[emergency] ` was meant for a callout.
    fn callout_without_sign(&self) -> Option<Leftover> {
        let lead = self.text.len() - self.text.trim_start().len();
        let (word, is_closed) = bracketed(self.text[lead..].strip_prefix(['[', '!'])?)?;
        let end = lead + word.len() + 2;
        let follows = self.text.get(end..).unwrap_or_default();
        let is_apart = follows.is_empty() || follows.starts_with([' ', ':', '\n']);
        let kind = CalloutKind::named(word.trim())?;
        (is_closed && is_apart && !self.block.is_code(&(lead..end)))
            .then(|| no_callout(lead..end, Some(kind.word())))
    }

    fn line_starts(&mut self) {
        let mut has_bullet = false;
        for start in self.block.line_starts() {
            let line = self.text[start..].trim_start_matches([' ', '\t', '\u{a0}']);
            let at = self.text.len() - line.len();
            let Some(sign) = line.chars().next() else {
                continue;
            };
            if let Some(range) = self.cut_from_its_line(at, line) {
                let help = "put the remark before it on a line of its own, so that this line begins with its sign";
                self.report(Leftover::warning(
                    range,
                    "means nothing behind a remark",
                    help,
                ));
            } else if sign == '#' {
                let words = line.trim_start_matches('#');
                let level = line.len() - words.len();
                let words = words.trim_start_matches([' ', '\t']);
                if (2..=6).contains(&level) && words.starts_with(char::is_alphanumeric) {
                    let signs = &line[..level];
                    let help = format!(
                        "write `{signs} ` with a space behind it and an empty line before it"
                    );
                    self.report(Leftover::warning(
                        at..at + level,
                        "makes no heading here",
                        help,
                    ));
                }
            } else if sign == '|' && start == 0 && is_row(line) {
                let help = "write the line below the head as `| --- | --- |`, with as many parts as the head has, and an empty line before the table";
                self.report(Leftover::warning(at..at + 1, "makes no table here", help));
            } else if BULLETS.contains(&sign) && !has_bullet {
                let end = at + sign.len_utf8();
                let words = self.text[end..].trim_start_matches([' ', '\t', '\u{a0}']);
                if !words.is_empty() && !words.starts_with('\n') {
                    has_bullet = true;
                    let help = format!(
                        "begin each line of the list with `- ` in place of `{sign}`, with an empty line before the first"
                    );
                    self.report(Leftover::warning(at..end, "makes no list", help));
                }
            }
        }
    }

    /// Gives the sign of a list, heading, table or quotation that lost its meaning, since a remark stands before it on its line. A callout there
    /// is found by its brackets.
    fn cut_from_its_line(&self, at: usize, line: &str) -> Option<Range<usize>> {
        let number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let (sign, words) = number.split_once(' ')?;
        let is_sign = match line.len() - number.len() {
            0 => match sign {
                "-" | "+" | "*" | "|" => true,
                ">" => !words.starts_with("[!"),
                _ => (1..=6).contains(&sign.len()) && sign.bytes().all(|byte| byte == b'#'),
            },
            1..=9 => matches!(sign, "." | ")"),
            _ => false,
        };
        let end = at + line.len() - number.len() + sign.len();
        (is_sign && (self.behind(at, "--> ") || self.behind(at, "-->"))).then_some(at..end)
    }

    fn report(&mut self, leftover: Leftover) {
        let Leftover {
            range,
            loss,
            help,
            severity,
        } = leftover;
        if self.reported == MOST || self.block.is_code(&(range.start..range.start + 1)) {
            return;
        }
        let Some(mut at) = self.block.place(&range) else {
            return;
        };
        let source = self.sources.text(at.file);
        let written = source.get(at.range()).unwrap_or_default();
        let shown = &self.text[range];
        if written.is_empty() || is_filling(written, shown) {
            // An interface text, or a text of the data that fills a placeholder: each is read where it was written.
            return;
        }
        let before = source.get(..at.start as usize).unwrap_or_default();
        let is_escaped = before.ends_with('\\') && !before.ends_with("\\\\");
        if is_escaped {
            at.start -= 1;
        }
        let help = if is_escaped || written.contains('\\') {
            format!("take out the backslashes, which an editor put in: {help}")
        } else {
            help
        };
        self.reported += 1;
        let message = format!("`{shown}` {loss}, so readers see these signs");
        let finding = Finding::new(&LEFTOVER_MARKUP, at, message).help(help);
        self.findings.push(match severity {
            Severity::Error => finding,
            _ => finding.severity(severity).only_broken(),
        });
    }
}

fn no_callout(range: Range<usize>, kind: Option<&str>) -> Leftover {
    let help = match kind {
        Some(kind) => format!("write `> [!{kind}]`, and begin each line of the box with `> `"),
        None => format!(
            "write the kind of the box as `> [!note]`; known kinds are {}",
            CalloutKind::words().join(", ")
        ),
    };
    Leftover::error(range, "makes no box", help)
}

fn not_filled(range: Range<usize>, name: &str) -> Leftover {
    Leftover::error(range, "is not filled in", format!("write `{{{name}}}`"))
}

fn stress(range: Range<usize>, words: &str, inner: Option<&str>) -> Leftover {
    let sign = if words == "strong" { "**" } else { "~~" };
    let help = match inner.map(str::trim).filter(|inner| !inner.is_empty()) {
        Some(inner) => {
            format!("write `{sign}{inner}{sign}`, with no space inside the signs, or take them out")
        }
        None => format!(
            "put `{sign}` before and behind the words, with no space inside, or take it out"
        ),
    };
    let loss = if words == "strong" {
        "makes no bold words"
    } else {
        "strikes no words out"
    };
    Leftover::warning(range, loss, help)
}

/// Gives the beginning of a text, no longer than what one sign can be about.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Gives the word that a text begins with, without brackets.
fn first_word(text: &str) -> &str {
    let near = near(text);
    let end = near.find(|letter: char| letter.is_whitespace() || "[]".contains(letter));
    &near[..end.unwrap_or(near.len())]
}

/// Gives what stands before the next closing bracket, and whether there is one before the text ends, another bracket opens or it gets long.
fn bracketed(text: &str) -> Option<(&str, bool)> {
    let near = near(text);
    let end = near.find(['[', ']'])?;
    Some((&near[..end], near[end..].starts_with(']')))
}

/// Tells whether brackets hold values of a program and no name: `1, 2`.
fn is_list_of_values(inner: &str) -> bool {
    let name = inner.split('|').next().unwrap_or_default();
    name.contains([',', '"', '='])
        || name.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty()
}

fn is_address(text: &str) -> bool {
    let file = text.split('#').next().unwrap_or_default();
    !text.contains(char::is_whitespace)
        && (ADDRESSES.iter().any(|start| text.starts_with(start))
            || FILES.iter().any(|end| file.ends_with(end)))
}

/// Tells whether a line looks like the row of a table: at least two cells between bars.
fn is_row(line: &str) -> bool {
    let line = line.split('\n').next().unwrap_or_default().trim_end();
    line.matches('|').count() > 2 && line.ends_with('|')
}

/// Gives a name without what hands get wrong: capitals, and which sign stands between its words.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.replace(['.', '-', ' ', '/'], "_")
}

fn near_placeholder(inner: &str) -> Option<&'static str> {
    let names = placeholders::NAMES.map(plain);
    let near = nearest(&plain(inner), names.iter().map(String::as_str))?;
    placeholders::NAMES
        .into_iter()
        .find(|name| plain(name) == near)
}

/// Gives the placeholder that a text begins with whose brace was never closed.
fn placeholder_at_start(text: &str) -> Option<&'static str> {
    let first = text.trim_start().chars().next()?;
    let is_first = |name: &&str| name.starts_with(first.to_ascii_lowercase());
    if !placeholders::NAMES.iter().any(is_first) {
        return None;
    }
    let text = plain(text);
    let mut names = placeholders::NAMES.to_vec();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.into_iter().find(|name| {
        text.strip_prefix(plain(name).as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

/// Tells whether braces hold one bare word, a value such as `part=benefits`, or an anchor such as `#signs`.
fn is_word_in_braces(inner: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
    let is_word = |word: &str| word.starts_with(char::is_alphabetic) && word.chars().all(is_part);
    let word = inner.strip_prefix('#').unwrap_or(inner);
    is_word(word)
        || inner.split_once('=').is_some_and(|(key, value)| {
            let value = value.trim_matches('"');
            is_word(key) && !value.is_empty() && value.chars().all(is_part)
        })
}

/// Tells whether a text came in the place of a placeholder.
fn is_filling(written: &str, shown: &str) -> bool {
    let name = written
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    written != shown && name.is_some_and(|name| placeholders::NAMES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::cost::assert_even;
    use crate::base::place::FileId;

    struct File(String);

    impl Sources for File {
        fn path(&self, _: FileId) -> &'static str {
            ""
        }

        fn text(&self, _: FileId) -> &str {
            &self.0
        }
    }

    fn found(text: &str) -> Findings {
        let file = File(text.to_owned());
        let mut findings = Findings::default();
        let place = Place::new(FileId(0), 0..text.len());
        check_text(text, place, &Data::default(), &file, &mut findings);
        findings
    }

    #[test]
    fn words_that_only_look_like_signs_are_left_alone() {
        for text in [
            "[sic] and [1] (see page 2), [a, b] and [[1, 2], [3]]",
            "{x, y}, { \"json\": 1 }, {0} and a smile :-{",
            "2**3, 5 * 4, src/**/*.rs, a__b, ~5 and a ~~~ line",
            "#1 and C# and #![no_std], vec![] and Wow![1]",
            "the [note] in the margin, a [steps] b",
            "• ",
        ] {
            let found: Vec<String> = found(text)
                .iter()
                .map(|found| found.message.clone())
                .collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_cost_grows_no_faster_than_the_signs() {
        for part in [
            "[",
            "[[",
            "[[a ",
            "]",
            "](",
            "[a](",
            "[@a",
            "[^a",
            "[!a",
            "![",
            "{",
            "{{",
            "{a",
            "{{a}} ",
            "*",
            "** ",
            "**a ",
            "__a ",
            "~~",
            "\\[",
            "\\*\\*a ",
            "\n##a",
            "\n\u{2022} a",
            "[      ",
            "]] ",
        ] {
            assert_even(part, |count| {
                found(&part.repeat(count));
            });
        }
    }
}
