//! Slips that a line of front matter shows by itself: a missing space, a quote or list without an end, a tab. They are looked for once a
//! parser has given up, since what it says then is about a later line and in its own words.

use super::quote;
use std::ops::Range;

/// A slip of an author in one line.
pub(super) struct Slip {
    /// The line, or all lines that have the same slip.
    pub line: Range<usize>,
    /// What is wrong in it.
    pub wrong: Range<usize>,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What to write in its place.
    pub help: String,
    /// The line with a text in place of the value, of the same length, so that reading can go on; `None` where the line is passed over.
    pub mended: Option<String>,
    /// Whether `mended` lacks whole lines.
    pub loses_lines: bool,
}

/// Finds the first slip in the lines that begin before `end`.
pub(super) fn first(text: &str, end: usize) -> Option<Slip> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > end {
            break;
        }
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let found = tab(text, start, line)
            .or_else(|| no_space(start, line))
            .or_else(|| no_end(start, line, &text[at..]));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Tells whether tabs stand at the start of a line that has words.
fn begins_with_tab(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    rest.starts_with('\t') && !rest.trim().is_empty()
}

/// Finds a tab at the start of a line; all other lines that begin so are passed over with it.
fn tab(text: &str, start: usize, line: &str) -> Option<Slip> {
    if !begins_with_tab(line) {
        return None;
    }
    let blank: String = text[start..]
        .split_inclusive('\n')
        .map(|line| {
            let words = line.trim_end_matches(['\n', '\r']);
            if begins_with_tab(words) {
                " ".repeat(words.len()) + &line[words.len()..]
            } else {
                line.to_owned()
            }
        })
        .collect();
    Some(Slip {
        line: start..text.len(),
        wrong: start..start + line.trim_end().len(),
        message: "a tab stands at the start of this line".to_owned(),
        help: format!(
            "write `  {}`, with two spaces in place of the tab, and so in each line that begins with one",
            line.trim()
        ),
        mended: Some(blank),
        loses_lines: true,
    })
}

/// Tells whether a line begins with `key:value` without a space.
pub(super) fn has_no_space(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        is_key(key) && !value.is_empty() && !value.starts_with([' ', '\t', '/'])
    })
}

/// Finds `key:value` without a space.
fn no_space(start: usize, line: &str) -> Option<Slip> {
    let (key, value) = line.split_once(':').filter(|_| has_no_space(line))?;
    let value = value.trim_end();
    let is_list = value.starts_with('[') && value.ends_with(']');
    let quoted = quote(value).filter(|_| !is_list);
    let kept = format!("{key}: \"");
    let blank = match line.len().checked_sub(kept.len() + 1) {
        Some(rest) => format!("{kept}{}\"", ".".repeat(rest)),
        None => format!("{key}:{}", " ".repeat(line.len() - key.len() - 1)),
    };
    Some(Slip {
        line: start..start + line.len(),
        wrong: start..start + line.trim_end().len(),
        message: format!("a space is missing behind `{key}:`"),
        help: format!("write `{key}: {}`", quoted.as_deref().unwrap_or(value)),
        mended: Some(blank),
        loses_lines: false,
    })
}

/// Finds a quote or a list that does not end, and words behind the end of a quote.
fn no_end(start: usize, line: &str, rest: &str) -> Option<Slip> {
    let value = value_of(line)?;
    let (message, help) = match value.chars().next()? {
        character @ ('"' | '\'') => {
            let inner = &value[1..];
            match closing(inner, character) {
                Some(end) => {
                    let behind = inner[end + 1..].trim_start();
                    if behind.is_empty() || behind.starts_with(['#', ':']) {
                        return None;
                    }
                    ("words stand behind the closing quote", in_quotes(value))
                }
                None if goes_on(rest, character) => return None,
                None => (
                    "the quote that begins here does not end",
                    in_quotes(inner.trim_end()),
                ),
            }
        }
        '[' if !value.contains(']') && !value.contains('"') && !goes_on(rest, ']') => (
            "the list that begins here does not end",
            format!("{}]", value.trim_end_matches([',', ' '])),
        ),
        _ => return None,
    };
    let at = start + line.trim_end().len() - value.len();
    Some(Slip {
        line: start..start + line.len(),
        wrong: at..at + value.len(),
        message: message.to_owned(),
        help: format!("write `{help}`"),
        mended: None,
        loses_lines: false,
    })
}

/// Gives the value of a line `key: value` or `- value`.
fn value_of(line: &str) -> Option<&str> {
    let line = line.trim();
    if let Some(item) = line.strip_prefix("- ") {
        return Some(item.trim_start());
    }
    let (key, value) = line.split_once(": ")?;
    is_key(key).then(|| value.trim_start())
}

fn is_key(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    !word.is_empty() && word.bytes().all(is_sign)
}

/// Finds where a quote ends, behind its first character.
fn closing(inner: &str, character: char) -> Option<usize> {
    let mut characters = inner.char_indices();
    while let Some((at, found)) = characters.next() {
        if found == '\\' && character == '"' {
            characters.next();
        } else if found == character {
            if character == '\'' && inner[at + 1..].starts_with(character) {
                characters.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

/// Tells whether a value ends in one of the next lines, before another key or item begins.
fn goes_on(rest: &str, character: char) -> bool {
    rest.lines()
        .take_while(|line| {
            let words = line.trim_start();
            !words.starts_with("- ") && !words.split_once(':').is_some_and(|(key, _)| is_key(key))
        })
        .any(|line| line.contains(character))
}

/// Puts a text into straight quotes.
fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
