//! YAML front matter to values with places. The only file that names saphyr-parser.
//!
//! Scalars keep the text they were written with. Aliases are refused, so that no small file can grow large; nesting is limited.
//! After a fault the faulty line is passed over and the rest is read again, so that one run shows all faults.

mod slips;

use crate::base::origin::Origin;
use crate::base::place::{FileId, Place};
use crate::base::value::{FileValues, Key, SyntaxFault, Table, Value, ValueKind};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use std::ops::Range;

/// How deep lists and tables may lie in each other.
const MAX_DEPTH: usize = 16;
/// How many faulty lines are passed over before the rest of the front matter is given up.
const MAX_FAULTS: usize = 20;

/// Reads front matter that stands at `offset` in its file.
pub(crate) fn read(file: FileId, offset: usize, text: &str) -> FileValues {
    let mut text = text.to_owned();
    let mut reading = FileValues::default();
    loop {
        let source = YamlSource::new(file, offset, &text);
        let problem = match source.read() {
            Ok(table) => {
                reading.table = table;
                break;
            }
            Err(problem) => problem,
        };
        let mut line = line_around(&text, problem.at);
        let mut blank = None;
        if let Some(slip) = slips::first(&text, line.end) {
            reading.faults.push(SyntaxFault {
                place: source.place(slip.wrong),
                message: slip.message,
                help: Some(slip.help),
            });
            reading.has_gaps |= slip.loses_lines;
            (line, blank) = (slip.line, slip.mended);
        } else if let Some(place) = problem.no_table {
            reading.faults.push(not_a_table(place));
            reading.has_gaps = true;
            break;
        } else {
            reading.faults.push(source.fault(&problem, line.clone()));
        }
        if reading.faults.len() >= MAX_FAULTS {
            reading.has_gaps = true;
            break;
        }
        let blank = blank.or_else(|| mended(&text[line.clone()]));
        reading.has_gaps |= blank.is_none();
        if text[line.clone()].trim().is_empty() {
            text.truncate(line.start);
        } else {
            let blank = blank.unwrap_or_else(|| " ".repeat(line.len()));
            text.replace_range(line, &blank);
        }
    }
    reading.faults.sort_by_key(|fault| fault.place);
    reading
}

/// Finds out where the bytes of a text value stand in its file, whatever the way in which YAML writes it: plain, in quotes with escapes, folded
/// over lines or as a block. `written` is the value's range in `file`. `None` where the two do not fit together.
pub(crate) fn origin(file: &str, written: Range<usize>, value: &str) -> Option<Origin> {
    let text = file.get(written.clone())?;
    let quoted = |quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        aligned(inner, written.start + 1, value, Some(quote))
    };
    quoted('"')
        .or_else(|| quoted('\''))
        .or_else(|| aligned(text, written.start, value, None))
}

/// Goes through a value and what was written for it, side by side.
fn aligned(written: &str, offset: usize, value: &str, quote: Option<char>) -> Option<Origin> {
    let mut origin = Origin::default();
    let mut at = 0;
    for character in value.chars() {
        let mut rest = &written[at..];
        if !character.is_whitespace() {
            // Line breaks that were folded away, and the indentation of the next line.
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            at += rest.len() - trimmed.len();
            rest = trimmed;
        }
        let length = match (quote, character) {
            (Some('"'), _) if rest.starts_with('\\') => {
                let (passed, length) = escape(rest);
                at += passed;
                length
            }
            (Some('\''), '\'') if rest.starts_with("''") => 2,
            _ if rest.starts_with(character) && character != '\n' => character.len_utf8(),
            (_, ' ' | '\n') => line_break(rest),
            _ => return None,
        };
        origin.push(character.len_utf8(), offset + at..offset + at + length);
        at += length;
    }
    written[at..].trim().is_empty().then_some(origin)
}

/// Measures an escape within double quotes: the line breaks without meaning before it, and itself.
fn escape(text: &str) -> (usize, usize) {
    let mut at = 0;
    while let Some(rest) = text[at..]
        .strip_prefix("\\\n")
        .or_else(|| text[at..].strip_prefix("\\\r\n"))
    {
        at = text.len() - rest.trim_start_matches([' ', '\t']).len();
    }
    let rest = &text[at..];
    let digits = |count: usize| {
        rest.char_indices()
            .nth(count + 2)
            .map_or(rest.len(), |(end, _)| end)
    };
    let length = match rest.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
        None => rest.chars().next().map_or(0, char::len_utf8),
        Some('x') => digits(2),
        Some('u') => digits(4),
        Some('U') => digits(8),
        Some(other) => 1 + other.len_utf8(),
    };
    (at, length)
}

/// Measures a folded line break: the spaces before it, the break itself and the indentation of the next line.
fn line_break(text: &str) -> usize {
    let spaces = text.len() - text.trim_start_matches([' ', '\t']).len();
    let rest = text[spaces..].trim_start_matches('\r');
    match rest.strip_prefix('\n') {
        Some(next) => text.len() - next.trim_start_matches([' ', '\t']).len(),
        None => 0,
    }
}

fn not_a_table(place: Place) -> SyntaxFault {
    SyntaxFault {
        place,
        message: "the front matter is not a list of keys".to_owned(),
        help: Some("write one key a line, such as `title: What is a taper?`".to_owned()),
    }
}

/// Keeps `key:` of a faulty line and makes the rest a quoted text of the same length, so that the key is not missed as well.
fn mended(line: &str) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let inner = value.len().checked_sub(2)?;
    let is_key = key
        .trim_start()
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let quoted = format!("{key}: \"{}\"", ".".repeat(inner));
    (is_key && quoted != line).then_some(quoted)
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..]
        .find(['\n', '\r'])
        .map_or(text.len(), |end| at + end);
    start..end.max(start)
}

struct YamlProblem {
    at: usize,
    /// What is wrong, if it is one of our limits; the words of the parser help nobody.
    message: Option<String>,
    /// Where something else stands, if all can be read but is no table.
    no_table: Option<Place>,
}

struct YamlSource<'a> {
    file: FileId,
    offset: usize,
    text: &'a str,
    /// The byte offset of each character, since the parser counts characters; empty where both are the same.
    bytes: Vec<usize>,
}

impl<'a> YamlSource<'a> {
    fn new(file: FileId, offset: usize, text: &'a str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect()
        };
        Self {
            file,
            offset,
            text,
            bytes,
        }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            return character.min(self.text.len());
        }
        self.bytes
            .get(character)
            .copied()
            .unwrap_or(self.text.len())
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(
            self.file,
            range.start + self.offset..range.end + self.offset,
        )
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let written = &self.text[start..end];
        start..start + written.trim_end().len()
    }

    fn read(&self) -> Result<Table, YamlProblem> {
        let mut reader = YamlReader {
            source: self,
            events: Parser::new_from_str(self.text),
        };
        loop {
            let (event, span) = reader.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(Table::default()),
                event => {
                    let value = reader.value(event, span, 0)?;
                    return match value.kind {
                        ValueKind::Table(table) => match self.key_without_space(&table) {
                            None => Ok(table),
                            Some(at) => Err(YamlProblem {
                                at,
                                message: None,
                                no_table: None,
                            }),
                        },
                        ValueKind::Empty => Ok(Table::default()),
                        _ => Err(YamlProblem {
                            at: self.text.len(),
                            message: None,
                            no_table: Some(value.place),
                        }),
                    };
                }
            }
        }
    }

    /// Finds a key such as `title:Why`, which a parser takes from `title:Why: a guide`.
    fn key_without_space(&self, table: &Table) -> Option<usize> {
        let starts = table.entries.iter().map(|(key, _)| {
            let range = key.place.range();
            (key, range.start - self.offset, range.end - self.offset)
        });
        let mut stuck = starts.filter(|(key, start, end)| {
            self.text[*start..*end] == key.name && slips::has_no_space(&key.name)
        });
        stuck.next().map(|(_, start, _)| start)
    }

    fn fault(&self, problem: &YamlProblem, line: Range<usize>) -> SyntaxFault {
        let text = &self.text[line.clone()];
        let indent = text.len() - text.trim_start().len();
        let value = text
            .split_once(": ")
            .map(|(key, value)| (key, value.trim()));
        if let Some((key, value)) = value
            && let Some(quoted) = quote(value)
        {
            let start = line.start + key.len() + 2;
            return SyntaxFault {
                place: self.place(start..start + value.len()),
                message: format!(
                    "the text after `{}:` has signs in it that mean something else here",
                    key.trim()
                ),
                help: Some(format!("write `{quoted}`, with quotes around it")),
            };
        }
        let at = problem.at.clamp(line.start + indent, line.end);
        let hint = "write `key: value`, and start the lines of a list with `  - `";
        SyntaxFault {
            place: self.place(at..line.end),
            message: match &problem.message {
                Some(message) => {
                    format!("this line of the front matter cannot be read: {message}")
                }
                None => "this line of the front matter cannot be read".to_owned(),
            },
            help: Some(hint.to_owned()),
        }
    }
}

/// Puts a text into straight quotes, if it needs and allows them.
fn quote(value: &str) -> Option<String> {
    let inner = value.trim_matches(['“', '”', '„']);
    let needs_quotes = inner.contains(": ")
        || inner.ends_with(':')
        || value != inner
        || value.starts_with(['[', '{', '@', '`', '%', '&', '*', '!', '|', '>']);
    let is_quoted = value.len() > 1
        && (value.starts_with('"') && value.ends_with('"')
            || value.starts_with('\'') && value.ends_with('\''));
    (needs_quotes && !is_quoted)
        .then(|| format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\"")))
}

struct YamlReader<'a> {
    source: &'a YamlSource<'a>,
    events: Parser<'a, StrInput<'a>>,
}

impl<'a> YamlReader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), YamlProblem> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(YamlProblem {
                at: self.source.byte(error.marker().index()),
                message: None,
                no_table: None,
            }),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, YamlProblem> {
        let range = self.source.range(span);
        let problem = |message: &str| YamlProblem {
            at: range.start,
            message: Some(message.to_owned()),
            no_table: None,
        };
        if depth > MAX_DEPTH {
            return Err(problem("lists and tables lie too deep in each other"));
        }
        let mut end = range.end;
        let kind = match event {
            Event::Scalar(text, style, ..) => match style {
                ScalarStyle::Plain if text.is_empty() || text == "~" || text == "null" => {
                    ValueKind::Empty
                }
                ScalarStyle::Plain => ValueKind::Plain(text.into_owned()),
                _ => ValueKind::Text(text.into_owned()),
            },
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                        if self.source.text[range.start..].starts_with('[') {
                            end = self.source.range(span).end;
                        }
                        break;
                    }
                    let item = self.value(event, span, depth + 1)?;
                    end = item.place.end as usize - self.source.offset;
                    items.push(item);
                }
                ValueKind::List(items)
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                        break;
                    }
                    let place = self.source.place(self.source.range(span));
                    let Event::Scalar(name, ..) = event else {
                        return Err(YamlProblem {
                            at: self.source.range(span).start,
                            message: Some("a key must be a plain word".to_owned()),
                            no_table: None,
                        });
                    };
                    let (event, span) = self.next()?;
                    let value = self.value(event, span, depth + 1)?;
                    end = end.max(value.place.end as usize - self.source.offset);
                    let key = Key {
                        name: name.into_owned(),
                        place,
                    };
                    entries.push((key, value));
                }
                ValueKind::Table(Table { entries })
            }
            Event::Alias(_) => {
                return Err(problem(
                    "references to other values (`*name`) are not used here",
                ));
            }
            _ => ValueKind::Empty,
        };
        Ok(Value {
            place: self.source.place(range.start..end.max(range.start)),
            kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> FileValues {
        read(FileId(0), 0, text)
    }

    #[test]
    fn scalars_keep_what_was_written() {
        let reading = read_text("a: 010\nb: yes\nc: \"é: x\"\nd:\n");
        let kinds: Vec<&ValueKind> = reading
            .table
            .entries
            .iter()
            .map(|(_, value)| &value.kind)
            .collect();
        assert_eq!(
            kinds,
            [
                &ValueKind::Plain("010".into()),
                &ValueKind::Plain("yes".into()),
                &ValueKind::Text("é: x".into()),
                &ValueKind::Empty
            ]
        );
    }

    #[test]
    fn places_count_bytes() {
        let text = "é: ñandú\nb: [x, ßy]\n";
        let reading = read_text(text);
        let written: Vec<&str> = reading
            .table
            .entries
            .iter()
            .map(|(_, value)| &text[value.place.range()])
            .collect();
        assert_eq!(written[0], "ñandú");
        let ValueKind::List(items) = &reading.table.entries[1].1.kind else {
            panic!("a list")
        };
        assert_eq!(&text[items[1].place.range()], "ßy");
    }

    #[test]
    fn an_unquoted_colon_is_explained_with_the_mended_line() {
        let text = "title: Anxiety: what helps\nsummary: One: two\norder: 1\n";
        let reading = read_text(text);
        assert_eq!(reading.faults.len(), 2, "{:?}", reading.faults);
        let fault = &reading.faults[0];
        assert_eq!(&text[fault.place.range()], "Anxiety: what helps");
        assert_eq!(
            fault.help.as_deref(),
            Some("write `\"Anxiety: what helps\"`, with quotes around it")
        );
        let names: Vec<&str> = reading
            .table
            .entries
            .iter()
            .map(|(key, _)| key.name.as_str())
            .collect();
        assert_eq!(names, ["title", "summary", "order"]);
    }

    #[test]
    fn a_bomb_of_aliases_is_a_fault() {
        let text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert!(!read_text(text).faults.is_empty());
    }

    #[test]
    fn any_depth_and_any_bytes_come_to_an_end() {
        for text in [
            "[".repeat(60_000),
            "{a: ".repeat(20_000),
            "- ".repeat(30_000),
            "\"".to_owned(),
            "a: |\n".to_owned(),
            "\t- :".to_owned(),
            "? x\n: y\n".to_owned(),
        ] {
            let _ = read_text(&text);
        }
    }
}
