//! TOML to values with places. Only this file and its folder name the toml crate.
//!
//! What a parser cannot read is looked at once more, line by line, for the slips of authors. A slip is mended in the text that the parser
//! gets, so that it is told once, and all else in the file is read.

mod slips;

use crate::base::place::{FileId, Place};
use crate::base::value::{FileValues, Key, SyntaxFault, Table, Value, ValueKind};
use slips::{Edit, Slip};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How the parser says that a key stands twice.
const TWICE: &str = "duplicate key";
/// How the parser says that a text stands without quotes.
const NO_QUOTES: &str = "string values must be quoted";
/// How many slips are mended before the rest is left to the parser.
const MAX_SLIPS: usize = 20;

/// Reads a TOML file; what can be read is kept, all faults are reported.
pub(crate) fn read(file: FileId, text: &str) -> FileValues {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    read_mended(file, text.len() - body.len(), body, Vec::new(), Vec::new())
}

/// Reads a TOML file whose rows begin with `[[row]]`; rows that begin in another way are one fault, and are read all the same.
pub(crate) fn read_rows(file: FileId, text: &str, row: &str) -> FileValues {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (slips, edits) =
        slips::rows(body, row).map_or_else(Default::default, |(slip, edits)| (vec![slip], edits));
    read_mended(file, text.len() - body.len(), body, slips, edits)
}

fn read_mended(
    file: FileId,
    offset: usize,
    body: &str,
    mut slips: Vec<Slip>,
    mut edits: Vec<Edit>,
) -> FileValues {
    loop {
        let source = TomlSource::new(file, offset, body, &edits);
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        let first = errors
            .iter()
            .map(|error| source.fault_range(error))
            .min_by_key(|range| range.start);
        let is_mended = |line: &Range<usize>| {
            let mut ranges = edits.iter().map(|edit| &edit.range);
            ranges.any(|range| range.start < line.end && line.start < range.end)
        };
        let slip = first
            .filter(|_| slips.len() < MAX_SLIPS)
            .and_then(|range| slips::first(body, range.end, is_mended));
        if let Some(slip) = slip {
            edits.push(Edit {
                range: slip.wrong.clone(),
                text: slip.mended.clone(),
            });
            edits.sort_by_key(|edit| edit.range.start);
            slips.push(slip);
            continue;
        }
        let mut faults: Vec<SyntaxFault> = errors.iter().map(|error| source.fault(error)).collect();
        let has_gaps = !faults.is_empty();
        faults.extend(slips.into_iter().map(|slip| SyntaxFault {
            place: Place::new(file, slip.wrong.start + offset..slip.wrong.end + offset),
            message: slip.message,
            help: Some(slip.help),
        }));
        faults.sort_by_key(|fault| fault.place);
        return FileValues {
            table: source.table(table.get_ref()),
            has_gaps,
            faults,
        };
    }
}

/// A file as the parser gets it.
struct TomlSource<'e> {
    file: FileId,
    offset: usize,
    text: String,
    edits: &'e [Edit],
}

impl<'e> TomlSource<'e> {
    /// Makes the text of a file in which some parts are mended; these come sorted and apart from each other.
    fn new(file: FileId, offset: usize, body: &str, edits: &'e [Edit]) -> Self {
        let mut text = String::with_capacity(body.len());
        let mut at = 0;
        for edit in edits {
            text.push_str(&body[at..edit.range.start]);
            text.push_str(&edit.text);
            at = edit.range.end;
        }
        text.push_str(&body[at..]);
        Self {
            file,
            offset,
            text,
            edits,
        }
    }

    /// Gives where a byte of the mended text stands in the file; what was mended stands where its part begins.
    fn written(&self, at: usize) -> usize {
        let mut before = 0;
        let mut behind = 0;
        for edit in self.edits {
            let start = edit.range.start - before + behind;
            if at < start {
                break;
            }
            if at < start + edit.text.len() {
                return edit.range.start + (at - start).min(edit.range.len());
            }
            before = edit.range.end;
            behind = start + edit.text.len();
        }
        before + (at - behind)
    }

    fn place(&self, range: Range<usize>) -> Place {
        let start = self.written(range.start);
        let end = self.written(range.end).max(start);
        Place::new(self.file, start + self.offset..end + self.offset)
    }

    /// Gives where in the file the parser found a fault.
    fn fault_range(&self, error: &toml::de::Error) -> Range<usize> {
        let range = error.span().unwrap_or(self.text.len()..self.text.len());
        self.written(range.start)..self.written(range.end)
    }

    fn fault(&self, error: &toml::de::Error) -> SyntaxFault {
        let range = error.span().unwrap_or(self.text.len()..self.text.len());
        let part = self.text.get(range.clone()).unwrap_or_default();
        let said = error.message();
        let mut message = "this line cannot be read".to_owned();
        let help = if said.starts_with(TWICE) {
            message = format!("`{part}` stands here a second time, and only the first one is read");
            "keep one of the two lines and take out the other"
        } else if said.starts_with(NO_QUOTES) {
            "this text has no quotes around it, so it cannot be read".clone_into(&mut message);
            "put all words behind `=` in straight quotes: `key = \"text\"`"
        } else {
            "write each line as `key = \"text\"`, a list as `key = [\"one\", \"two\"]`, and put `#` before a remark"
        };
        SyntaxFault {
            place: self.place(range),
            message,
            help: Some(help.to_owned()),
        }
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            let key = Key {
                name: name.to_string(),
                place: self.place(key.span()),
            };
            (key, self.value(value))
        };
        Table {
            entries: table.iter().map(entry).collect(),
        }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let kind = match value.get_ref() {
            DeValue::String(text) => ValueKind::Text(text.to_string()),
            DeValue::Integer(number) => {
                let digits = number.as_str();
                i64::from_str_radix(digits, number.radix())
                    .map_or_else(|_| ValueKind::Float(digits.to_owned()), ValueKind::Integer)
            }
            DeValue::Float(number) => ValueKind::Float(number.as_str().to_owned()),
            DeValue::Boolean(truth) => ValueKind::Boolean(*truth),
            DeValue::Datetime(date) => ValueKind::Date(date.to_string()),
            DeValue::Array(items) => {
                ValueKind::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => ValueKind::Table(self.table(table)),
        };
        Value {
            place: self.place(value.span()),
            kind,
        }
    }
}

/// Tells whether a value can be read as it is.
fn is_value(value: &str) -> bool {
    DeTable::parse(&format!("a = {value}")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_faults_are_found_at_once_and_the_rest_is_kept() {
        let text = "\u{feff}a = 1\nb = \nc = \"x\"\nd = [1,\n";
        let reading = read(FileId(0), text);
        assert!(reading.faults.len() >= 2, "{:?}", reading.faults);
        let (key, value) = &reading.table.entries[0];
        assert_eq!(
            (key.name.as_str(), &value.kind),
            ("a", &ValueKind::Integer(1))
        );
        assert_eq!(&text[key.place.range()], "a");
    }

    #[test]
    fn a_key_that_stands_twice_and_a_text_without_quotes_are_said_in_plain_words() {
        let says = |text: &str| {
            let fault = read(FileId(0), text).faults.remove(0);
            let place = text[fault.place.range()].to_owned();
            (place, fault.message, fault.help.unwrap_or_default())
        };
        let (place, message, help) = says("line = \"\"\nline = \"clinical\"\n");
        assert_eq!(place, "line");
        assert_eq!(
            message,
            "`line` stands here a second time, and only the first one is read"
        );
        assert_eq!(help, "keep one of the two lines and take out the other");
        let (_, message, _) = says("[publish]\na = 1\n[look]\n[publish]\nb = 2\n");
        assert!(
            message.starts_with("`publish` stands here a second time"),
            "{message}"
        );
        let (place, message, help) = says("name = Hope\n");
        assert_eq!(place, "Hope");
        assert_eq!(message, "this text has no quotes around it");
        assert_eq!(help, "write `\"Hope\"`");
    }

    #[test]
    fn deep_nesting_is_a_fault_and_not_a_crash() {
        let text = format!("a = {}", "[".repeat(50_000));
        assert!(!read(FileId(0), &text).faults.is_empty());
    }
}
