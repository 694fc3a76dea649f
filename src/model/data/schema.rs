//! The JSON Schemas of the data files and of records, by which an editor offers keys, explains them and marks slips.
//!
//! What may stand in a file is asked of its reader, so no schema can differ from what the program reads. What an editor says about a key is
//! its row in the tables of `docs/data.md` and `docs/search.md`, so people read the same words in both places.

use super::reader::{
    ANSWERS, DataFile, EVERYWHERE, GLOSSARY, HELPLINES, MEDICINES, PEOPLE, SOURCES, SYMPTOMS,
    SYNONYMS, center, helpline, medicine, person, source_row, symptom, synonym, term,
};
use crate::base::schema::{generator, text};
use crate::finding::fields::{Fields, schema_of};
use crate::model::{answers, review};
use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

/// The pages that tell what each key means, and what no other page says.
const DATA: &str = include_str!("../../../docs/data.md");
const SEARCH: &str = include_str!("../../../docs/search.md");

/// The schema of some files of a site.
pub(crate) struct DataSchema {
    /// Its name, such as `helplines` or `helplines-translated`.
    pub name: String,
    /// The files it is for, as a glob pattern from the root of the site.
    pub files: String,
    /// The schema, as indented JSON.
    pub text: String,
}

/// Gives the schemas of all data files, of their translations, and of records.
pub(crate) fn schemas() -> Vec<DataSchema> {
    let mut schemas = Vec::new();
    let center = object_of(section(DATA, "`center.toml`"), |fields| {
        center(fields);
    });
    schemas.push(written("center", "content/_data/center.toml", &center));
    schemas.push(written(
        "center-translated",
        "content/_data/*/center.toml",
        &center,
    ));
    schemas.extend(both(&HELPLINES, |fields| drop(helpline(fields))));
    schemas.extend(both(&GLOSSARY, |fields| drop(term(fields))));
    schemas.extend(both(&MEDICINES, |fields| drop(medicine(fields))));
    schemas.extend(both(&SOURCES, |fields| drop(source_row(fields))));
    schemas.extend(both(&PEOPLE, |fields| drop(person(fields))));
    schemas.extend(both(&SYNONYMS, |fields| drop(synonym(fields))));
    schemas.extend(both(&SYMPTOMS, |fields| drop(symptom(fields))));
    schemas.extend(both(&ANSWERS, |fields| drop(answers::answer(fields))));
    let about = section(DATA, "Records of reviews");
    let row = object_of(about, |fields| drop(review::fields_of(fields)));
    let record = json_schema!({
        "type": "object",
        "properties": {
            "review": {"type": "array", "items": row},
            "translation": {"description": described(about, "translation")},
        },
        "additionalProperties": false,
    });
    schemas.push(written("record", "content/_records/**/*.toml", &record));
    schemas
}

/// Gives the schema of a file with rows, and that of its translations.
fn both(file: &DataFile, read: impl Fn(&mut Fields<'_, '_>)) -> [DataSchema; 2] {
    let about = section(
        if file.row == ANSWERS.row {
            SEARCH
        } else {
            DATA
        },
        &format!("{}.toml`", file.name),
    );
    let mut row = object_of(about, |fields| {
        fields.required::<String>("id");
        read(fields);
    });
    let top = file.top.iter().chain(&EVERYWHERE);
    let whole = with_rows(file, &row, top.copied(), about);
    let name = file.name;
    let whole = written(name, &format!("content/_data/{name}.toml"), &whole);
    let object = row.ensure_object();
    object.insert("required".to_owned(), vec!["id"].into());
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.retain(|key, _| key == "id" || file.texts.contains(&key.as_str()));
    }
    let translated = with_rows(file, &row, file.top_texts.iter().copied(), about);
    let translated = written(
        &format!("{name}-translated"),
        &format!("content/_data/*/{name}.toml"),
        &translated,
    );
    [whole, translated]
}

/// Gives the schema of a file: its rows, and the keys above them.
fn with_rows<'a>(
    file: &DataFile,
    row: &Schema,
    top: impl Iterator<Item = &'a str>,
    about: &str,
) -> Schema {
    let mut properties = Map::new();
    for key in top {
        let is_general = EVERYWHERE.contains(&key);
        let about = if is_general { rows() } else { about };
        let words = described(about, key);
        let schema = words.map_or(
            json_schema!({}),
            |words| json_schema!({"description": words}),
        );
        properties.insert(key.to_owned(), schema.to_value());
    }
    let rows = json_schema!({"type": "array", "items": row});
    properties.insert(file.row.to_owned(), rows.to_value());
    json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn object_of(about: &str, read: impl FnOnce(&mut Fields<'_, '_>)) -> Schema {
    schema_of(&mut generator(), read, |key| {
        described(about, key).or_else(|| described(rows(), key))
    })
}

/// Gives the part of the documentation about what all files with rows have in common.
fn rows() -> &'static str {
    section(DATA, "Rows")
}

fn written(name: &str, files: &str, schema: &Schema) -> DataSchema {
    let mut schema = schema.clone();
    let draft = generator().settings().meta_schema.clone();
    schema.insert("$schema".to_owned(), draft.into());
    DataSchema {
        name: name.to_owned(),
        files: files.to_owned(),
        text: text(schema),
    }
}

/// Gives the part of a page below the first heading that names something, up to the next heading.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let mut parts = page.split("\n#");
    parts
        .find(|part| part.lines().next().is_some_and(|line| line.contains(name)))
        .unwrap_or_default()
}

/// Gives what a table of a page says about a key: the cell beside its name, without the marks of Markdown.
fn described(about: &str, key: &str) -> Option<String> {
    let names = [format!("`{key}`"), format!("`[{key}]`")];
    about.lines().find_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let is_named = cells
            .next()?
            .split(", ")
            .any(|written| names.iter().any(|name| written == name));
        let meaning = cells.next()?;
        is_named.then(|| without_links(meaning))
    })
}

/// Leaves the words of links, without their addresses.
fn without_links(text: &str) -> String {
    let mut parts = text.split('[');
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let link = part.split_once("](").and_then(|(label, rest)| {
            let (_, behind) = rest.split_once(')')?;
            Some((label, behind))
        });
        if let Some((label, behind)) = link {
            words.push_str(label);
            words.push_str(behind);
        } else {
            words.push('[');
            words.push_str(part);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goes through all keys of a schema with what is said about them.
    fn keys(schema: &Value, found: &mut Vec<(String, bool)>) {
        let Some(properties) = schema["properties"].as_object() else {
            return;
        };
        for (key, value) in properties {
            let rows = &value["items"];
            if rows["properties"].is_object() {
                keys(rows, found);
            } else {
                found.push((key.clone(), value["description"].is_string()));
            }
        }
    }

    #[test]
    fn each_key_that_is_read_is_explained_in_the_documentation() {
        let mut silent = Vec::new();
        for schema in schemas() {
            let value: Value = serde_json::from_str(&schema.text).expect("JSON");
            let mut found = Vec::new();
            keys(&value, &mut found);
            assert!(!found.is_empty(), "{}", schema.name);
            let unexplained = found.into_iter().filter(|(_, is_told)| !is_told);
            silent.extend(unexplained.map(|(key, _)| format!("{}: {key}", schema.name)));
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }

    #[test]
    fn a_key_is_explained_in_plain_words() {
        let about =
            "rows\n| Key | Meaning |\n|---|---|\n| `a`, `b` | see [there](x.md#y), not [here |\n";
        assert_eq!(
            described(about, "b").as_deref(),
            Some("see there, not [here")
        );
        assert_eq!(described(about, "c"), None);
    }
}
