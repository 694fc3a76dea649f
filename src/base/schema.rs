//! How our own value types look in a JSON Schema, so that an editor can help with front matter and settings.

use crate::base::date::Date;
use crate::base::language::Language;
use crate::base::place::Spot;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;

impl<T: JsonSchema> JsonSchema for Spot<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
    }
}

impl JsonSchema for Language {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"})
    }
}

/// Gives what makes all our schemas: draft 7, which editors for YAML and TOML know, with each type where it is used.
pub(crate) fn generator() -> SchemaGenerator {
    SchemaSettings::draft07()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
}

/// Writes the JSON Schema of a type as indented text. Only the keys that are named are required; what a reader of a file does without is
/// decided there, and not by the types.
pub(crate) fn schema_text<T: JsonSchema>(required: &[&str]) -> String {
    let mut schema = generator().into_root_schema_for::<T>();
    forget_required(schema.ensure_object());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    text(schema)
}

/// Writes a schema as indented text, without the names of number types that only Rust knows.
pub(crate) fn text(mut schema: Schema) -> String {
    let forget = |schema: &mut Schema| {
        if schema
            .get("format")
            .is_some_and(|format| format == "uint32")
        {
            schema.remove("format");
        }
    };
    RecursiveTransform(forget).transform(&mut schema);
    format!("{:#}\n", schema.as_value())
}

fn forget_required(schema: &mut serde_json::Map<String, Value>) {
    schema.remove("required");
    for value in schema.values_mut() {
        match value {
            Value::Object(below) => forget_required(below),
            Value::Array(several) => several
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(forget_required),
            _ => {}
        }
    }
}

/// Gives the keys that the JSON Schema of a type names.
#[cfg(test)]
pub(crate) fn schema_keys<T: JsonSchema>() -> Vec<String> {
    let schema = schemars::schema_for!(T);
    let properties = schema.as_value()["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    properties.into_iter().map(|(key, _)| key).collect()
}
