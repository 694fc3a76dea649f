//! TOML to values with places. The only file that names the toml crate.

use crate::base::place::{FileId, Place};
use crate::base::value::{FileValues, Key, SyntaxFault, Table, Value, ValueKind};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How the parser says that a key stands twice.
const TWICE: &str = "duplicate key";
/// How the parser says that a text stands without quotes.
const NO_QUOTES: &str = "string values must be quoted";

/// Reads a TOML file; what can be read is kept, all faults are reported.
pub(crate) fn read(file: FileId, text: &str) -> FileValues {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = TomlSource {
        file,
        offset: text.len() - body.len(),
    };
    let (table, errors) = DeTable::parse_recoverable(body);
    let faults: Vec<SyntaxFault> = errors
        .iter()
        .map(|error| source.fault(error, body))
        .collect();
    FileValues {
        table: source.table(table.get_ref()),
        has_gaps: !faults.is_empty(),
        faults,
    }
}

struct TomlSource {
    file: FileId,
    offset: usize,
}

impl TomlSource {
    fn place(&self, range: Range<usize>) -> Place {
        Place::new(
            self.file,
            range.start + self.offset..range.end + self.offset,
        )
    }

    fn fault(&self, error: &toml::de::Error, body: &str) -> SyntaxFault {
        let range = error.span().unwrap_or(body.len()..body.len());
        let part = body.get(range.clone()).unwrap_or_default();
        let said = error.message();
        let mut message = format!(
            "this line cannot be read as TOML: {}",
            said.replace('\n', ", ")
        );
        let help = if part.starts_with(['“', '”', '„', '‘', '’']) {
            "replace the curly quotes with straight ones: \"…\""
        } else if said.starts_with(TWICE) {
            message = format!("`{part}` stands here a second time, and only the first one is read");
            "keep one of the two lines and take out the other"
        } else if said.starts_with(NO_QUOTES) {
            "this text has no quotes around it, so it cannot be read".clone_into(&mut message);
            "put all words behind `=` in straight quotes: `key = \"text\"`"
        } else {
            "write each setting as `key = \"text\"`, on a line of its own"
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
        assert_eq!(
            message,
            "this text has no quotes around it, so it cannot be read"
        );
        assert_eq!(
            help,
            "put all words behind `=` in straight quotes: `key = \"text\"`"
        );
    }

    #[test]
    fn deep_nesting_is_a_fault_and_not_a_crash() {
        let text = format!("a = {}", "[".repeat(50_000));
        assert!(!read(FileId(0), &text).faults.is_empty());
    }
}
