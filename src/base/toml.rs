//! TOML to values with places. The only file that names the toml crate.

use crate::base::place::{FileId, Place};
use crate::base::value::{Key, Kind, Reading, SyntaxFault, Table, Value};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML file; what can be read is kept, all faults are reported.
pub(crate) fn read(file: FileId, text: &str) -> Reading {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source {
        file,
        offset: text.len() - body.len(),
    };
    let (table, errors) = DeTable::parse_recoverable(body);
    let faults: Vec<SyntaxFault> = errors
        .iter()
        .map(|error| source.fault(error, body))
        .collect();
    Reading {
        table: source.table(table.get_ref()),
        has_gaps: !faults.is_empty(),
        faults,
    }
}

struct Source {
    file: FileId,
    offset: usize,
}

impl Source {
    fn place(&self, range: Range<usize>) -> Place {
        Place::new(
            self.file,
            range.start + self.offset..range.end + self.offset,
        )
    }

    fn fault(&self, error: &toml::de::Error, body: &str) -> SyntaxFault {
        let range = error.span().unwrap_or(body.len()..body.len());
        let is_word_quote = body
            .get(range.clone())
            .is_some_and(|part| part.starts_with(['“', '”', '„', '‘', '’']));
        let help = if is_word_quote {
            "replace the curly quotes with straight ones: \"…\""
        } else {
            "write each setting as `key = \"text\"`, on a line of its own"
        };
        SyntaxFault {
            place: self.place(range),
            message: format!(
                "this line cannot be read as TOML: {}",
                error.message().replace('\n', ", ")
            ),
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
            DeValue::String(text) => Kind::Text(text.to_string()),
            DeValue::Integer(number) => {
                let digits = number.as_str();
                i64::from_str_radix(digits, number.radix())
                    .map_or_else(|_| Kind::Float(digits.to_owned()), Kind::Integer)
            }
            DeValue::Float(number) => Kind::Float(number.as_str().to_owned()),
            DeValue::Boolean(truth) => Kind::Boolean(*truth),
            DeValue::Datetime(date) => Kind::Date(date.to_string()),
            DeValue::Array(items) => {
                Kind::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => Kind::Table(self.table(table)),
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
        assert_eq!((key.name.as_str(), &value.kind), ("a", &Kind::Integer(1)));
        assert_eq!(&text[key.place.range()], "a");
    }

    #[test]
    fn deep_nesting_is_a_fault_and_not_a_crash() {
        let text = format!("a = {}", "[".repeat(50_000));
        assert!(!read(FileId(0), &text).faults.is_empty());
    }
}
