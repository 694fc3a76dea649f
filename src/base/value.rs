//! A tree of values with places: what YAML front matter and TOML files are read into.

use crate::base::place::Place;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// The value's own bytes, quotes included.
    pub place: Place,
    /// What it is.
    pub kind: ValueKind,
}

/// The kinds of values that YAML and TOML share.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ValueKind {
    /// Nothing was written (`key:`).
    Empty,
    /// An unquoted YAML scalar: its meaning depends on the key, so `010` and `yes` stay as they were written.
    Plain(String),
    /// Quoted or block text.
    Text(String),
    /// A whole number of TOML.
    Integer(i64),
    /// A number of TOML with a fraction, as it was written.
    Float(String),
    /// A truth value of TOML.
    Boolean(bool),
    /// A date or time of TOML, as it was written.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A table of keys.
    Table(Table),
}

/// Keys with values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    /// The entries.
    pub entries: Vec<(Key, Value)>,
}

/// A key and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    /// The name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// Something in a file that its format does not allow.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SyntaxFault {
    /// Where.
    pub place: Place,
    /// What is wrong, in one plain sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A read file: what could be understood, and what could not.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileValues {
    /// The keys that could be read.
    pub table: Table,
    /// All faults found.
    pub faults: Vec<SyntaxFault>,
    /// Whether a fault took more away than a value, so that a key that seems to be missing may be written after all.
    pub has_gaps: bool,
}

impl Value {
    /// Gives the value as JSON, for keys that belong to the site and not to us.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            ValueKind::Empty => serde_json::Value::Null,
            ValueKind::Plain(text) => match text.as_str() {
                "true" => true.into(),
                "false" => false.into(),
                other => other
                    .parse::<i64>()
                    .map_or_else(|_| other.into(), Into::into),
            },
            ValueKind::Text(text) | ValueKind::Float(text) | ValueKind::Date(text) => {
                text.as_str().into()
            }
            ValueKind::Integer(number) => (*number).into(),
            ValueKind::Boolean(truth) => (*truth).into(),
            ValueKind::List(items) => items.iter().map(Self::to_json).collect(),
            ValueKind::Table(table) => table.to_json(),
        }
    }
}

impl Table {
    /// Gives the table as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let entries = self.entries.iter();
        serde_json::Value::Object(
            entries
                .map(|(key, value)| (key.name.clone(), value.to_json()))
                .collect(),
        )
    }
}
