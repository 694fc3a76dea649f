//! Slips that a line of TOML shows by itself: a quote or list without an end, words without quotes, a colon for the equals sign, brackets
//! around the name of a row. A parser says of most of them what it expected, in its own words and often at a later line; here each is mended
//! in the text that the parser gets, so that it is told once and all else in the file is read.

use super::is_value;
use crate::base::date::readings;
use crate::base::nearest::nearest;
use std::ops::Range;

/// A slip of an author.
pub(super) struct Slip {
    /// What is wrong in the file.
    pub wrong: Range<usize>,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What the parser gets in place of what is wrong.
    pub mended: String,
}

/// Text in place of bytes of a file.
pub(super) struct Edit {
    /// The bytes.
    pub range: Range<usize>,
    /// The text.
    pub text: String,
}

/// One statement: a line, or several where a list or text goes on.
struct Statement<'t> {
    start: usize,
    /// The text without the last line end.
    text: &'t str,
    /// Whether it is a list that no line ends.
    is_open: bool,
}

/// Cuts a file into statements.
fn statements(text: &str) -> impl Iterator<Item = Statement<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, is_open) = statement(rest);
        let start = at;
        at += length;
        let text = rest[..length].trim_end_matches(['\n', '\r']);
        Some(Statement {
            start,
            text,
            is_open,
        })
    })
}

/// Measures the statement at the start of a text.
fn statement(text: &str) -> (usize, bool) {
    let first = text.find('\n').map_or(text.len(), |end| end + 1);
    let Some((_, value)) = key_and_value(&text[..first]) else {
        return (first, false);
    };
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inner) = value.strip_prefix(quotes) {
            let from = first - value.len() + quotes.len();
            let end = text[from..].find(quotes).map(|end| from + end + 3);
            let end = end.filter(|_| inner.find(quotes).is_none());
            return match end {
                Some(end) => (line_end(text, end), false),
                None => (first, false),
            };
        }
    }
    if !value.starts_with('[') {
        return (first, false);
    }
    let mut at = first;
    let mut open = depth(value);
    while open > 0 {
        let line = &text[at..line_end(text, at)];
        let is_other = key_and_value(line).is_some() || is_header(line);
        if line.is_empty() || is_other {
            return (first, true);
        }
        open += depth(line);
        at += line.len();
    }
    (at, false)
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..]
        .find('\n')
        .map_or(text.len(), |end| from + end + 1)
}

/// Tells whether a line is the name of a table or row, and no list within a list.
fn is_header(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_start_matches('[');
    line.starts_with('[')
        && inner.starts_with(|sign: char| sign.is_ascii_lowercase())
        && !line.ends_with(',')
}

/// Counts the brackets that open in a line and do not close, outside texts and remarks.
fn depth(line: &str) -> i32 {
    let mut depth = 0;
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        match sign {
            '#' => break,
            '[' => depth += 1,
            ']' => depth -= 1,
            '"' | '\'' => {
                let end = closing(&rest[1..], sign).map_or(rest.len(), |end| end + 2);
                rest = &rest[end..];
                continue;
            }
            _ => {}
        }
        rest = &rest[sign.len_utf8()..];
    }
    depth
}

/// Gives the key of a line and what stands behind its equals sign.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    is_key(key).then(|| (key, value.trim()))
}

fn is_key(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    !word.is_empty() && word.bytes().all(is_sign)
}

/// Finds where a text ends, behind its first quote.
fn closing(inner: &str, quote: char) -> Option<usize> {
    let mut signs = inner.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if quote == '"' => {
                signs.next();
            }
            '\n' => return None,
            sign if sign == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// Finds the lines that name rows in another form than `[[row]]`, as one slip at the first of them, and what mends all of them.
pub(super) fn rows(text: &str, row: &str) -> Option<(Slip, Vec<Edit>)> {
    let right = format!("[[{row}]]");
    let mut edits: Vec<Edit> = Vec::new();
    for statement in statements(text) {
        let line = statement.text.trim();
        let name = line.trim_matches(['[', ']', ' ', '\t']);
        let is_meant = || name == row || nearest(&name.replace(' ', "-"), [row]) == Some(row);
        if line.starts_with('[') && line != right && !line.contains('=') && is_meant() {
            let start = statement.start + statement.text.find('[').unwrap_or_default();
            edits.push(Edit {
                range: start..start + line.len(),
                text: right.clone(),
            });
        }
    }
    let first = edits.first()?;
    let written = &text[first.range.clone()];
    let more = match edits.len() - 1 {
        0 => String::new(),
        1 => ", and so in the other line that names a row".to_owned(),
        more => format!(", and so in the other {more} lines that name a row"),
    };
    let slip = Slip {
        wrong: first.range.clone(),
        message: format!(
            "each row of this file begins with a line `{right}`, and not with `{written}`"
        ),
        help: format!("write `{right}`{more}"),
        mended: right,
    };
    Some((slip, edits))
}

/// Finds the first slip in the lines that begin before `end`, behind those that are mended already.
pub(super) fn first(
    text: &str,
    end: usize,
    is_mended: impl Fn(&Range<usize>) -> bool,
) -> Option<Slip> {
    statements(text)
        .take_while(|statement| statement.start <= end)
        .filter(|statement| !is_mended(&(statement.start..statement.start + statement.text.len())))
        .find_map(|statement| slip(&statement))
}

fn slip(statement: &Statement<'_>) -> Option<Slip> {
    let text = statement.text;
    let words = text.trim();
    if words.is_empty() || words.starts_with('#') {
        return None;
    }
    let at = |part: &str| {
        let start = statement.start + (part.as_ptr().addr() - text.as_ptr().addr());
        start..start + part.len()
    };
    let whole = |message: String, mended: String| Slip {
        wrong: at(words),
        message,
        help: format!("write `{mended}`"),
        mended,
    };
    if words.starts_with('[') {
        let name = words.trim_matches(['[', ']', ' ', '\t']);
        let opening = words.len() - words.trim_start_matches('[').len();
        let closing = words.len() - words.trim_end_matches(']').len();
        if !is_key(name) || opening == closing {
            return None;
        }
        let (open, close) = if opening.max(closing) > 1 {
            ("[[", "]]")
        } else {
            ("[", "]")
        };
        return Some(whole(
            "a bracket is missing in this line".to_owned(),
            format!("{open}{name}{close}"),
        ));
    }
    let Some((key, value)) = key_and_value(text) else {
        let (key, value) = words.split_once([':', ' ', '\t'])?;
        let value = value.trim();
        let is_value = words.contains(':') || value.starts_with(['"', '\'', '[', '“']);
        if !is_key(key) || !is_value || value.is_empty() {
            return Some(whole(
                "this line is no key with a value".to_owned(),
                format!("# {words}"),
            ));
        }
        let value = mended(value, false).map_or_else(|| value.to_owned(), |mended| mended.value);
        return Some(whole(
            format!("an equals sign is missing behind `{key}`"),
            format!("{key} = {value}"),
        ));
    };
    if value.is_empty() {
        let mut slip = whole(
            format!("nothing stands behind `{key} =`"),
            format!("{key} = \"\""),
        );
        "take this line out, or write the value behind the equals sign".clone_into(&mut slip.help);
        return Some(slip);
    }
    let value = if statement.is_open {
        value
    } else {
        without_remark(value)
    };
    let mended = mended(value, statement.is_open)?;
    Some(Slip {
        wrong: at(value),
        message: mended.message.to_owned(),
        help: mended.help(),
        mended: mended.value,
    })
}

/// Leaves out a remark behind a value that does not begin with a quote.
fn without_remark(value: &str) -> &str {
    if value.starts_with(['"', '\'', '[', '“', '”', '„', '‘', '’']) {
        return value;
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

/// A value as it should be written.
struct Mended {
    value: String,
    /// Another way in which it can be meant.
    other: Option<String>,
    message: &'static str,
}

impl Mended {
    fn new(value: String, message: &'static str) -> Self {
        Self {
            value,
            other: None,
            message,
        }
    }

    fn help(&self) -> String {
        match &self.other {
            Some(other) => format!(
                "write `{}` or `{other}`, whichever day is meant",
                self.value
            ),
            None => format!("write `{}`", self.value),
        }
    }
}

/// Mends a value, unless it can be read as it is.
fn mended(value: &str, is_open: bool) -> Option<Mended> {
    if !is_open && is_value(value) {
        return None;
    }
    match value.chars().next()? {
        '"' | '\'' if value.starts_with("\"\"\"") || value.starts_with("'''") => None,
        quote @ ('"' | '\'') => text(value, quote),
        '“' | '”' | '„' | '‘' | '’' | '«' => {
            let inner = value.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"']);
            Some(Mended::new(
                in_quotes(inner),
                "the quotes around this text are those of a word processor",
            ))
        }
        '[' if is_open => {
            let value = value.trim_end_matches([',', ' ', '\t']);
            let list = list(value.trim_start_matches('[')).unwrap_or_else(|| format!("{value}]"));
            Some(Mended::new(list, "the list that begins here does not end"))
        }
        '[' => {
            let inner = value.strip_prefix('[')?.strip_suffix(']')?;
            Some(Mended::new(
                list(inner)?,
                "the words of this list are not in quotes, or a comma is missing",
            ))
        }
        '{' => None,
        _ => Some(bare(value)),
    }
}

/// Mends a value without quotes.
fn bare(value: &str) -> Mended {
    let truth = match value.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    };
    if let Some(truth) = truth {
        return Mended::new(truth.to_owned(), "this should be `true` or `false`");
    }
    match readings(value).as_slice() {
        [] => Mended::new(in_quotes(value), "this text has no quotes around it"),
        [first, rest @ ..] => Mended {
            value: first.to_string(),
            other: rest.first().map(ToString::to_string),
            message: "this date cannot be read",
        },
    }
}

/// Mends a text in quotes.
fn text(value: &str, quote: char) -> Option<Mended> {
    let inner = &value[1..];
    let Some(end) = closing(inner, quote) else {
        let inner = inner.trim_end_matches(['“', '”', '’', ',']);
        let message = "the quote that begins here does not end";
        return Some(Mended::new(in_quotes(inner), message));
    };
    let behind = inner[end + 1..].trim();
    if behind.starts_with(',') {
        let message = "several texts need square brackets around them";
        return Some(Mended::new(list(value)?, message));
    }
    if !behind.is_empty() && !behind.starts_with('#') {
        let inner = inner.strip_suffix(quote).unwrap_or(value);
        let message = "words stand behind the closing quote";
        return Some(Mended::new(in_quotes(inner), message));
    }
    if quote == '\'' {
        return None;
    }
    let doubled = inner[..end].replace('\\', "\\\\").replace("\\\\\"", "\\\"");
    Some(Mended::new(
        format!("\"{doubled}\""),
        "a backslash stands in this text, and it needs another one before it",
    ))
}

/// Writes a list in one line, with quotes around each text; `None` where it holds more than texts and plain words.
fn list(inner: &str) -> Option<String> {
    let mut items: Vec<String> = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let first = rest.chars().next()?;
        let length = match first {
            '"' | '\'' => {
                let end = closing(&rest[1..], first).map(|end| end + 2);
                end.unwrap_or_else(|| rest.find(',').unwrap_or(rest.len()))
            }
            '[' | '{' | '#' => return None,
            _ => rest.find([',', '\n']).unwrap_or(rest.len()),
        };
        let (item, behind) = rest.split_at(length);
        let item = item.trim();
        let is_whole = is_value(item);
        let words = item.trim_matches(['"', '\'', '“', '”', '„', '‘', '’', ']']);
        items.push(if is_whole {
            item.to_owned()
        } else {
            in_quotes(words)
        });
        rest = behind.trim_start_matches([',', ' ', '\t', '\n', '\r']);
    }
    Some(format!("[{}]", items.join(", ")))
}

/// Puts a text into straight quotes.
fn in_quotes(text: &str) -> String {
    format!(
        "\"{}\"",
        text.trim().replace('\\', "\\\\").replace('"', "\\\"")
    )
}
