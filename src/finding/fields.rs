//! Reads a table key by key into typed values: unknown keys, missing keys and wrong values become findings, each at its place.

use crate::base::date::{Date, readings};
use crate::base::language::Language;
use crate::base::nearest::nearest;
use crate::base::place::{FileId, Place, Spot};
use crate::base::value::{Key, Table, Value, ValueKind};
use crate::finding::rules::{MISSING_KEY, REPEATED_KEY, UNKNOWN_KEY, WRONG_VALUE};
use crate::finding::{Finding, Findings, Rule, Severity, did_you_mean, suggestion};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A type that a value of a file can be read as, and that a JSON Schema can describe.
pub(crate) trait FromValue: Sized + JsonSchema {
    /// What is expected, as it stands in a sentence: "a date such as 2026-11-22".
    const EXPECTED: &'static str;

    /// Reads the value, or says what is wrong with it.
    fn from_value(value: &Value) -> Result<Self, Wrong>;
}

/// Why a value could not be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    place: Place,
    message: String,
    help: Option<String>,
}

impl Wrong {
    /// Says that a value is not what was expected.
    pub(crate) fn expected(value: &Value, expected: &str) -> Self {
        Self {
            place: value.place,
            message: format!("this should be {expected}"),
            help: None,
        }
    }

    /// Says that a word is not one of a list, with the nearest one.
    pub(crate) fn not_in(value: &Value, written: &str, known: &[&str]) -> Self {
        let (message, help) = not_known(written, known);
        Self {
            place: value.place,
            message,
            help: Some(help),
        }
    }
}

/// Says that a word is not one of a list, and what to write; gives message and help.
pub(crate) fn not_known(written: &str, known: &[&str]) -> (String, String) {
    let choices = known
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let help = match nearest(written, known.iter().copied()) {
        Some(name) => format!("{} One of {choices} can stand here", suggestion(name)),
        None => format!("write one of {choices}"),
    };
    (format!("`{written}` is not known here"), help)
}

/// Gives the text of a scalar that may stand for text.
pub(crate) fn text_of(value: &Value) -> Option<&str> {
    match &value.kind {
        ValueKind::Plain(text) | ValueKind::Text(text) | ValueKind::Date(text) => Some(text),
        _ => None,
    }
}

impl FromValue for String {
    const EXPECTED: &'static str = "a text";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        text_of(value).map(ToOwned::to_owned).ok_or_else(|| Wrong {
            help: text_help(value),
            ..Wrong::expected(value, Self::EXPECTED)
        })
    }
}

/// Says how a text is written that was read as something else: a number, a key with a value, or a name in double brackets.
fn text_help(value: &Value) -> Option<String> {
    let quoted = |text: &str| {
        format!(
            "write `\"{}\"`, with quotes around it",
            text.replace('"', "\\\"")
        )
    };
    match &value.kind {
        ValueKind::Integer(number) => Some(quoted(&number.to_string())),
        ValueKind::Float(number) => Some(quoted(number)),
        ValueKind::Table(table) => match table.entries.as_slice() {
            [(key, value)] => Some(quoted(&format!("{}: {}", key.name, text_of(value)?))),
            _ => None,
        },
        ValueKind::List(items) => match items.as_slice() {
            [only] => Some(format!("write `{}`", text_of(only)?)),
            _ => None,
        },
        _ => None,
    }
}

impl FromValue for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        match &value.kind {
            ValueKind::Boolean(truth) => Ok(*truth),
            ValueKind::Plain(text) if text == "true" => Ok(true),
            ValueKind::Plain(text) if text == "false" => Ok(false),
            _ => {
                let written = text_of(value).unwrap_or_default().to_lowercase();
                let help = match written.as_str() {
                    "true" | "yes" | "on" | "y" => "write `true`",
                    "false" | "no" | "off" | "n" => "write `false`",
                    _ => "write `true` or `false`",
                };
                Err(Wrong {
                    help: Some(help.to_owned()),
                    ..Wrong::expected(value, Self::EXPECTED)
                })
            }
        }
    }
}

impl FromValue for u32 {
    const EXPECTED: &'static str = "a whole number, such as 3";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        let number = match &value.kind {
            ValueKind::Integer(number) => Self::try_from(*number).ok(),
            ValueKind::Plain(text) => text.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| Wrong::expected(value, Self::EXPECTED))
    }
}

impl FromValue for Date {
    const EXPECTED: &'static str = "a date such as 2026-11-22";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        let date = text_of(value).and_then(|text| text.parse().ok());
        date.ok_or_else(|| Wrong {
            help: Some(date_help(text_of(value).unwrap_or_default())),
            ..Wrong::expected(value, Self::EXPECTED)
        })
    }
}

/// Says how a date is written that was written in another form.
fn date_help(written: &str) -> String {
    match readings(written).as_slice() {
        [only] => format!("write `{only}`"),
        [first, second] => format!("write `{first}` or `{second}`, whichever day is meant"),
        _ => "write year, month and day, such as `2026-11-22`".to_owned(),
    }
}

impl FromValue for Language {
    const EXPECTED: &'static str = "a language code such as `en` or `es`";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        let language = text_of(value).and_then(Self::new);
        language.ok_or_else(|| Wrong::expected(value, Self::EXPECTED))
    }
}

/// Tells whether a key was written without a value.
fn is_empty(value: &Value) -> bool {
    matches!(&value.kind, ValueKind::Empty)
        || text_of(value).is_some_and(|text| text.trim().is_empty())
}

/// A key that a reader asked for, with what may stand there.
#[derive(Clone, Copy)]
struct Asked {
    key: &'static str,
    is_required: bool,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A value of any kind.
fn any_schema(_: &mut SchemaGenerator) -> Schema {
    Schema::default()
}

/// A table whose keys somebody else reads.
fn table_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "object"})
}

/// Tables in a list, or one.
fn tables_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [{"type": "array", "items": {"type": "object"}}, {"type": "object"}]})
}

/// A value, or an empty one, which counts as left out.
fn optional_schema<T: FromValue>(generator: &mut SchemaGenerator) -> Schema {
    let schema = generator.subschema_for::<T>();
    let takes_any_text =
        schema.get("type").is_some_and(|kind| kind == "string") && schema.get("pattern").is_none();
    if takes_any_text {
        return schema;
    }
    json_schema!({"anyOf": [schema, {"const": ""}]})
}

/// A list, or one value in its place.
fn list_schema<T: FromValue>(generator: &mut SchemaGenerator) -> Schema {
    let item = generator.subschema_for::<T>();
    json_schema!({"anyOf": [{"type": "array", "items": item}, item]})
}

/// A table that is being read.
pub(crate) struct Fields<'t, 'f> {
    table: &'t Table,
    /// Where a missing key would have to be written.
    place: Place,
    /// The rule for a value that cannot be used: `wrong-value`, or `wrong-row` in data files.
    wrong: &'static Rule,
    /// The table's name in messages, such as "the front matter".
    name: &'static str,
    asked: Vec<Asked>,
    /// Keys that are reported already.
    foreign: Vec<&'static str>,
    findings: &'f mut Findings,
}

impl<'t, 'f> Fields<'t, 'f> {
    /// Starts to read settings or front matter.
    pub(crate) fn new(
        table: &'t Table,
        place: Place,
        name: &'static str,
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            table,
            place: place.start_only(),
            wrong: &WRONG_VALUE,
            name,
            asked: Vec::new(),
            foreign: Vec::new(),
            findings,
        }
    }

    /// Starts to read one row of a data file.
    pub(crate) fn row(
        table: &'t Table,
        place: Place,
        name: &'static str,
        findings: &'f mut Findings,
    ) -> Self {
        let wrong = &crate::finding::rules::WRONG_ROW;
        Self {
            wrong,
            ..Self::new(table, place, name, findings)
        }
    }

    /// Gives the place where a missing key would have to be written.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Notes that a key was asked for. Whoever asks for it first says what it is.
    fn ask(
        &mut self,
        key: &'static str,
        is_required: bool,
        schema: fn(&mut SchemaGenerator) -> Schema,
    ) {
        if !self.asked.iter().any(|asked| asked.key == key) {
            self.asked.push(Asked {
                key,
                is_required,
                schema,
            });
        }
    }

    fn get(&mut self, key: &'static str) -> Option<(&'t Key, &'t Value)> {
        let mut found = self
            .table
            .entries
            .iter()
            .filter(|(name, _)| name.name == key);
        let first = found.next();
        if let (Some((first, _)), Some((second, _))) = (first, found.next()) {
            self.findings.push(
                Finding::new(
                    &REPEATED_KEY,
                    second.place,
                    format!("`{key}` is written twice in {}", self.name),
                )
                .also(first.place, "it is written here first")
                .help("keep one of the two"),
            );
        }
        first.map(|(key, value)| (key, value))
    }

    fn refuse(&mut self, key: &str, wrong: Wrong) {
        let mut finding = Finding::new(
            self.wrong,
            wrong.place,
            format!("`{key}` cannot be used: {}", wrong.message),
        );
        finding.help = wrong.help;
        self.findings.push(finding);
    }

    /// Reports a value that was read but cannot be used.
    pub(crate) fn reject(
        &mut self,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings
            .push(Finding::new(self.wrong, place, message).help(help));
    }

    /// Reports a value that does not fit its counterpart, which stands at another place.
    pub(crate) fn reject_beside(
        &mut self,
        place: Place,
        message: impl Into<String>,
        also: (Place, &str),
        help: impl Into<String>,
    ) {
        let finding = Finding::new(self.wrong, place, message).also(also.0, also.1);
        self.findings.push(finding.help(help));
    }

    /// Reports a value that can be used but looks like a slip.
    pub(crate) fn doubt(
        &mut self,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Finding::new(self.wrong, place, message).severity(Severity::Warning);
        self.findings.push(finding.help(help));
    }

    /// Takes over the findings of a group of keys below this table.
    pub(crate) fn adopt(&mut self, findings: Findings) {
        self.findings.append(findings);
    }

    /// Reads a key that may be left out; an empty value counts as left out.
    pub(crate) fn optional<T: FromValue>(&mut self, key: &'static str) -> Option<Spot<T>> {
        self.ask(key, false, optional_schema::<T>);
        let (_, value) = self.get(key)?;
        if is_empty(value) {
            return None;
        }
        match T::from_value(value) {
            Ok(read) => Some(Spot {
                value: read,
                place: value.place,
            }),
            Err(wrong) => {
                self.refuse(key, wrong);
                None
            }
        }
    }

    /// Tells whether a key has a value, be it one that can be used or not.
    pub(crate) fn is_given(&self, key: &str) -> bool {
        let mut entries = self.table.entries.iter();
        entries.any(|(name, value)| name.name == key && !is_empty(value))
    }

    /// Reads a key that must be there and must not be empty.
    pub(crate) fn required<T: FromValue>(&mut self, key: &'static str) -> Option<Spot<T>> {
        self.ask(key, true, SchemaGenerator::subschema_for::<T>);
        let (message, place) = match self.table.entries.iter().find(|(name, _)| name.name == key) {
            None => (self.has_no(key), self.place),
            Some((key_place, value)) if is_empty(value) => {
                (format!("`{key}` is empty"), key_place.place)
            }
            Some(_) => return self.optional(key),
        };
        self.report_missing(message, place, key, T::EXPECTED);
        None
    }

    /// Reports a key that is needed here because of what other keys say.
    pub(crate) fn miss(&mut self, key: &'static str, expected: &str) {
        self.report_missing(self.has_no(key), self.place, key, expected);
    }

    fn report_missing(&mut self, message: String, place: Place, key: &str, expected: &str) {
        let rule = if self.wrong.name == WRONG_VALUE.name {
            &MISSING_KEY
        } else {
            self.wrong
        };
        self.findings.push(
            Finding::new(rule, place, message).help(format!("add a line `{key}` with {expected}")),
        );
    }

    /// Reads a key that holds true or false, false where it is left out.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key).is_some_and(|spot| spot.value)
    }

    /// Reads a list; a single value counts as a list of one, and each item is read for itself.
    pub(crate) fn list<T: FromValue>(&mut self, key: &'static str) -> Vec<Spot<T>> {
        self.ask(key, false, list_schema::<T>);
        let Some((_, value)) = self.get(key) else {
            return Vec::new();
        };
        let items = match &value.kind {
            ValueKind::Empty => &[],
            ValueKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut read = Vec::with_capacity(items.len());
        for item in items.iter().filter(|item| !is_empty(item)) {
            match T::from_value(item) {
                Ok(value) => read.push(Spot {
                    value,
                    place: item.place,
                }),
                Err(wrong) => self.refuse(key, wrong),
            }
        }
        read
    }

    /// Gives a table below this one; anything else is a finding.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<(&'t Table, Place)> {
        self.ask(key, false, table_schema);
        let (_, value) = self.get(key)?;
        match &value.kind {
            ValueKind::Table(table) => Some((table, value.place)),
            ValueKind::Empty => None,
            _ => {
                self.refuse(key, Wrong::expected(value, "a group of keys"));
                None
            }
        }
    }

    /// Gives the tables of a list; anything else in it is a finding.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(&'t Table, Place)> {
        self.ask(key, false, tables_schema);
        let Some((_, value)) = self.get(key) else {
            return Vec::new();
        };
        let items = match &value.kind {
            ValueKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                ValueKind::Table(table) => tables.push((table, item.place)),
                _ => self.refuse(key, Wrong::expected(item, "a group of keys")),
            }
        }
        tables
    }

    /// Gives the value of a key that belongs to the site, as JSON.
    pub(crate) fn json(&mut self, key: &'static str) -> serde_json::Value {
        self.ask(key, false, any_schema);
        self.get(key)
            .map_or(serde_json::Value::Null, |(_, value)| value.to_json())
    }

    /// Takes back that a key is missing, since it is written under another name, which is told.
    pub(crate) fn found_elsewhere(&mut self, key: &str) {
        let message = self.has_no(key);
        let place = self.place;
        self.findings
            .retain(|finding| finding.at != Some(place) || finding.message != message);
    }

    fn has_no(&self, key: &str) -> String {
        format!("{} has no `{key}`", self.name)
    }

    /// Reports a key of other programs, with what to write instead.
    pub(crate) fn foreign(&mut self, key: &'static str, help: impl Into<String>) {
        let Some((place, _)) = self.table.entries.iter().find(|(name, _)| name.name == key) else {
            return;
        };
        let message = format!("`{key}` is not a key of {}", self.name);
        self.findings
            .push(Finding::new(&UNKNOWN_KEY, place.place, message).help(help));
        self.foreign.push(key);
    }

    /// Gives the keys that were asked for.
    fn known(&self) -> Vec<&'static str> {
        self.asked.iter().map(|asked| asked.key).collect()
    }

    /// Gives the keys that nobody asked for.
    fn unknown(&self) -> impl Iterator<Item = &'t (Key, Value)> {
        self.table.entries.iter().filter(|(key, _)| {
            let name = key.name.as_str();
            let is_asked = self.asked.iter().any(|asked| asked.key == name);
            !is_asked && !self.foreign.contains(&name)
        })
    }

    /// Ends the reading and gives the known keys and the others, for a reader that knows better than this table where they belong.
    pub(crate) fn leave(self) -> (Vec<&'static str>, Vec<&'t (Key, Value)>) {
        let unknown = self.unknown().collect();
        (self.known(), unknown)
    }

    /// Ends the reading: keys that nobody asked for are findings. Gives the known keys.
    pub(crate) fn finish(mut self) -> Vec<&'static str> {
        let known = self.known();
        for (key, _) in self.unknown().collect::<Vec<_>>() {
            let near = nearest(&key.name, known.iter().copied());
            if let Some(near) = near {
                self.found_elsewhere(near);
            }
            let help = did_you_mean(near, || format!("known keys are {}", known.join(", ")));
            let message = format!("`{}` is not a key of {}", key.name, self.name);
            self.findings
                .push(Finding::new(&UNKNOWN_KEY, key.place, message).help(help));
        }
        known
    }
}

/// Gives the JSON Schema of the tables that a reader reads: the keys it asks an empty table for, and no others. `describe` gives the words
/// that an editor shows for a key.
pub(crate) fn schema_of(
    generator: &mut SchemaGenerator,
    read: impl FnOnce(&mut Fields<'_, '_>),
    describe: impl Fn(&str) -> Option<String>,
) -> Schema {
    let (table, mut findings) = (Table::default(), Findings::default());
    let nowhere = Place::new(FileId(0), 0..0);
    let mut fields = Fields::row(&table, nowhere, "this row", &mut findings);
    read(&mut fields);
    let mut properties = serde_json::Map::new();
    for asked in &fields.asked {
        let mut schema = (asked.schema)(generator);
        if let Some(words) = describe(asked.key) {
            schema.insert("description".to_owned(), words.into());
        }
        properties.insert(asked.key.to_owned(), schema.to_value());
    }
    let required = fields.asked.iter().filter(|asked| asked.is_required);
    let required: Vec<&str> = required.map(|asked| asked.key).collect();
    json_schema!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Reads a word that must be one of a list.
macro_rules! words {
    ($(#[$meta:meta])* $visibility:vis enum $name:ident { $($(#[$item_meta:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
        $visibility enum $name { $($(#[$item_meta])* #[serde(rename = $word)] $item,)* }

        impl $name {
            /// Gives the word as it is written in files.
            #[allow(dead_code, reason = "not every list of words is written out again")]
            $visibility fn word(self) -> &'static str {
                match self { $(Self::$item => $word,)* }
            }
        }

        impl $crate::finding::fields::FromValue for $name {
            const EXPECTED: &'static str = concat!("one of " $(, "`", $word, "` ")*);

            fn from_value(value: &$crate::base::value::Value) -> Result<Self, $crate::finding::fields::Wrong> {
                let known = [$($word),*];
                let Some(written) = $crate::finding::fields::text_of(value) else {
                    return Err($crate::finding::fields::Wrong::expected(value, Self::EXPECTED));
                };
                match written {
                    $($word => Ok(Self::$item),)*
                    _ => Err($crate::finding::fields::Wrong::not_in(value, written, &known)),
                }
            }
        }
    };
}
pub(crate) use words;
