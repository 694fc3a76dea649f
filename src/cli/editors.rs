//! What `init` writes so that an editor helps: JSON Schemas of settings, articles and data, and files that tie them to the files of the
//! site, for Visual Studio Code with its extensions Even Better TOML and Front Matter CMS.

use crate::edition::{EDITIONS, names};
use crate::model::data::schemas;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Where the schemas lie in a site.
const SCHEMAS: &str = ".stepdown/schemas";

/// Gives all these files: their paths from the root of the site, and their texts.
pub(super) fn files() -> Vec<(String, String)> {
    let article = crate::parse::front_matter::schema();
    let mut files = vec![
        (
            schema_path("stepdown"),
            crate::settings::schema(&names(EDITIONS)),
        ),
        (schema_path("article"), article.clone()),
    ];
    let mut ties = tie("stepdown.toml", "stepdown");
    for schema in schemas() {
        ties.push_str(&tie(&schema.files, &schema.name));
        files.push((schema_path(&schema.name), schema.text));
    }
    files.push((
        ".taplo.toml".to_owned(),
        format!(
            "# Which schema explains which file. For editors that check TOML with Taplo, such as Visual Studio Code with Even Better TOML.\n{ties}"
        ),
    ));
    let article: Value = serde_json::from_str(&article).unwrap_or_default();
    files.push((
        ".vscode/settings.json".to_owned(),
        written(&settings(&article)),
    ));
    files.push((
        ".vscode/extensions.json".to_owned(),
        written(&json!({"recommendations": ["tamasfe.even-better-toml", "eliostruyf.vscode-front-matter"]})),
    ));
    files
}

fn schema_path(name: &str) -> String {
    format!("{SCHEMAS}/{name}.schema.json")
}

/// Says in the words of Taplo that some files follow a schema.
fn tie(files: &str, schema: &str) -> String {
    let mut rule = String::new();
    let _ = write!(
        rule,
        "\n[[rule]]\ninclude = [\"{files}\"]\nschema = {{ path = \"{}\", enabled = true }}\n",
        schema_path(schema)
    );
    rule
}

fn written(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Gives the settings of Visual Studio Code for the folder of a site: what keeps files as they should be, and the form for front matter.
fn settings(article: &Value) -> Value {
    json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "search.exclude": {"dist": true},
        "[markdown]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"other": false}},
        "frontMatter.content.pageFolders": [{"title": "Articles", "path": "[[workspace]]/content"}],
        "frontMatter.taxonomy.contentTypes": [{"name": "default", "pageBundle": false, "fields": fields(article)}],
    })
}

/// Makes the fields of a form from the schema of front matter, those that an article must have first. A key with keys below it has none: it
/// is written in the text.
fn fields(article: &Value) -> Vec<Value> {
    let required = article["required"].as_array().cloned().unwrap_or_default();
    let is_required = |key: &str| required.iter().any(|name| name == key);
    let properties = article["properties"].as_object().cloned();
    let mut fields: Vec<Map<String, Value>> = Vec::new();
    for (key, schema) in properties.unwrap_or_default() {
        let Some(mut field) = field(&schema) else {
            continue;
        };
        field.insert("name".to_owned(), key.as_str().into());
        field.insert("title".to_owned(), title(&key).into());
        field.insert("description".to_owned(), schema["description"].clone());
        field.insert("required".to_owned(), is_required(&key).into());
        fields.push(field);
    }
    fields.sort_by_key(|field| field["required"] == false);
    fields.into_iter().map(Value::Object).collect()
}

/// Gives the kind of field that fits a schema, with its choices.
fn field(schema: &Value) -> Option<Map<String, Value>> {
    let is_list = schema["type"] == "array";
    let one = if is_list { &schema["items"] } else { schema };
    let words = words_of(one);
    let field = if !words.is_empty() {
        json!({"type": "choice", "choices": words, "multiple": is_list})
    } else if is_list {
        json!({"type": "list"})
    } else if has_type(one, "boolean") {
        json!({"type": "boolean"})
    } else if has_type(one, "integer") {
        json!({"type": "number"})
    } else if one["format"] == "date" || one["anyOf"][0]["format"] == "date" {
        json!({"type": "datetime", "dateFormat": "yyyy-MM-dd"})
    } else if has_type(one, "string") {
        json!({"type": "string"})
    } else {
        return None;
    };
    field.as_object().cloned()
}

/// Tells whether values of a type may stand there, alone or beside nothing.
fn has_type(schema: &Value, name: &str) -> bool {
    let of = &schema["type"];
    of == name
        || of
            .as_array()
            .is_some_and(|types| types.iter().any(|of| of == name))
}

/// Gives the words of which one must stand there, if it is so.
fn words_of(schema: &Value) -> Vec<Value> {
    let alone = schema["oneOf"].as_array();
    let beside_nothing = || schema["anyOf"][0]["oneOf"].as_array();
    let words = alone.or_else(beside_nothing).into_iter().flatten();
    words.map(|word| word["const"].clone()).collect()
}

/// Gives the words of a key: "Key points" of `key_points`.
fn title(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::place::FileId;
    use crate::base::value::Table;
    use crate::load::{Starter, starter_files};
    use std::collections::BTreeMap;

    fn read_toml(text: &str) -> Table {
        crate::base::toml::read(FileId(0), text).table
    }

    fn front_matter(text: &str) -> Table {
        let (range, _) = crate::parse::front_matter::split(text);
        crate::base::yaml::read(FileId(0), 0, &text[range.expect("front matter")]).table
    }

    /// Says why a table does not follow a schema.
    fn faults(schema: &str, table: Table) -> Vec<String> {
        let files: BTreeMap<String, String> = files().into_iter().collect();
        let schema: Value = serde_json::from_str(&files[&schema_path(schema)]).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let value = crate::base::value::ValueKind::Table(table);
        let value = crate::base::value::Value {
            place: crate::base::place::Place::new(FileId(0), 0..0),
            kind: value,
        };
        validator
            .iter_errors(&value.to_json())
            .map(|fault| fault.to_string())
            .collect()
    }

    /// Tells whether a path follows a pattern, in which `*` is one part of it and `**` any number.
    fn follows(path: &[&str], pattern: &[&str]) -> bool {
        match (path, pattern) {
            ([], []) => true,
            (path, ["**", rest @ ..]) => (0..=path.len()).any(|at| follows(&path[at..], rest)),
            ([first, path @ ..], [name, pattern @ ..]) => {
                (*name == "*"
                    || name == first
                    || name
                        .strip_prefix('*')
                        .is_some_and(|end| first.ends_with(end)))
                    && follows(path, pattern)
            }
            _ => false,
        }
    }

    /// Gives the schema to which `.taplo.toml` ties a file.
    fn tied(path: &str) -> Vec<String> {
        let parts: Vec<&str> = path.split('/').collect();
        schemas()
            .into_iter()
            .filter(|schema| follows(&parts, &schema.files.split('/').collect::<Vec<_>>()))
            .map(|schema| schema.name)
            .collect()
    }

    #[test]
    fn each_built_in_file_follows_the_schema_that_it_is_tied_to() {
        let mut seen = 0;
        for (path, bytes) in starter_files(Starter::Whole) {
            let Ok(text) = std::str::from_utf8(bytes) else {
                continue;
            };
            let is_inside = path.starts_with("content/_");
            let site_path = crate::base::path::SitePath::new(path);
            let extension = site_path.ending();
            let (schema, table) = if is_inside && extension == "toml" {
                let [schema] = tied(path).try_into().expect(path);
                (schema, read_toml(text))
            } else if !is_inside && extension == "md" {
                ("article".to_owned(), front_matter(text))
            } else {
                continue;
            };
            assert_eq!(faults(&schema, table), [""; 0], "{path}");
            seen += 1;
        }
        assert!(seen > 40, "{seen}");
    }

    #[test]
    fn slips_are_marked_while_they_are_typed() {
        for (schema, text) in [
            ("helplines", "[[helpline]]\nid = \"a\"\n"),
            ("helplines", "[[helplin]]\nid = \"a\"\n"),
            (
                "helplines-translated",
                "[[helpline]]\nid = \"a\"\ndial = \"911\"\n",
            ),
            (
                "symptoms",
                "[[symptom]]\nid = \"a\"\nname = \"A\"\nwhat_to_do = \"B\"\nurgency = \"now\"\n",
            ),
            ("center", "line = \"clinic\"\n"),
            ("center", "phon = \"1\"\n"),
            (
                "people",
                "[[person]]\nid = \"a\"\nname = \"A\"\nclinician = \"yes\"\n",
            ),
            (
                "sources",
                "[[source]]\nid = \"a\"\ntitle = \"A\"\nyear = \"last\"\n",
            ),
            ("record", "[[review]]\nby = [\"a\"]\non = \"yesterday\"\n"),
            ("stepdown", "editions = [\"pdf\"]\n"),
            (
                "article",
                "title = \"A\"\nsummary = \"B\"\nsumary = \"C\"\n",
            ),
            ("article", "title = \"A\"\n"),
        ] {
            assert_ne!(faults(schema, read_toml(text)), [""; 0], "{schema}: {text}");
        }
        let good = "[[person]]\nid = \"a\"\nname = \"A\"\nrole = \"\"\nclinician = true\n";
        assert_eq!(faults("people", read_toml(good)), [""; 0]);
    }

    #[test]
    fn the_form_for_articles_has_a_field_for_each_key_that_fits_one() {
        let article: Value =
            serde_json::from_str(&crate::parse::front_matter::schema()).expect("JSON");
        let known: BTreeMap<String, String> = fields(&article)
            .iter()
            .map(|field| (field["name"].to_string(), field["type"].to_string()))
            .collect();
        let keys = article["properties"].as_object().expect("keys");
        let left: Vec<&String> = keys
            .keys()
            .filter(|key| !known.contains_key(&format!("\"{key}\"")))
            .collect();
        assert_eq!(left, ["allow", "extra", "translation"]);
        for (key, kind) in [
            ("audience", "choice"),
            ("draft", "boolean"),
            ("key_points", "list"),
            ("kind", "choice"),
            ("order", "number"),
            ("title", "string"),
            ("updated", "datetime"),
        ] {
            assert_eq!(known[&format!("\"{key}\"")], format!("\"{kind}\""));
        }
    }
}
