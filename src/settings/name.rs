//! The name of a site: one text, or one for each language. Comes from `name` in `stepdown.toml`; says which text a page shows, and in
//! which language that text is.

use crate::base::language::Language;
use crate::base::place::{Place, Spot};
use crate::base::value::{Value, ValueKind};
use crate::finding::fields::{Fields, FromValue, Wrong, text_of};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The name of a site that has none in its settings, and the language of that name.
const DEFAULT: (&str, &str) = ("Recovery library", "en");

/// The name of a site.
#[derive(Clone, Debug)]
pub(crate) struct SiteName {
    /// The names, that of the source language first. There is at least one.
    names: Vec<NameIn>,
}

/// A name in a language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NameIn {
    /// The language of the text.
    pub language: Language,
    /// The text.
    pub text: String,
    /// Where it is written; none for the name of a site that has no settings for it.
    pub place: Option<Place>,
}

/// The value of `name` as it is written.
#[derive(Debug, PartialEq)]
pub(super) enum WrittenName {
    /// One text.
    One(String),
    /// The codes of languages, each with its text.
    ByLanguage(Vec<(Spot<String>, Spot<String>)>),
}

impl FromValue for WrittenName {
    const EXPECTED: &'static str = "a text, or a text for each language, such as `{ en = \"Our library\", es = \"Nuestra biblioteca\" }`";

    fn from_value(value: &Value) -> Result<Self, Wrong> {
        let wrong = || Wrong::expected(value, Self::EXPECTED);
        let ValueKind::Table(table) = &value.kind else {
            let text = text_of(value).ok_or_else(wrong)?;
            return Ok(Self::One(text.to_owned()));
        };
        let entries = table.entries.iter().map(|(key, value)| {
            let text = String::from_value(value)?;
            let code = Spot {
                value: key.name.clone(),
                place: key.place,
            };
            let text = Spot {
                value: text,
                place: value.place,
            };
            Ok((code, text))
        });
        let entries: Vec<_> = entries.collect::<Result<_, _>>()?;
        if entries.is_empty() {
            return Err(wrong());
        }
        Ok(Self::ByLanguage(entries))
    }
}

impl SiteName {
    /// Makes the name of a site with these languages, the source language first. A name in a language that the site does not have, and
    /// a language without a name where others have one, are findings.
    pub(super) fn new(
        written: Option<Spot<WrittenName>>,
        languages: &[Language],
        fields: &mut Fields<'_, '_>,
    ) -> Self {
        let names = match written {
            None => Vec::new(),
            Some(Spot {
                value: WrittenName::One(text),
                place,
            }) => languages
                .first()
                .map(|language| NameIn::new(language, text, Some(place)))
                .into_iter()
                .collect(),
            Some(Spot {
                value: WrittenName::ByLanguage(entries),
                place,
            }) => by_language(entries, place, languages, fields),
        };
        if !names.is_empty() {
            return Self { names };
        }
        let default = Language::new(DEFAULT.1).expect("`en` is the code of a language");
        Self {
            names: vec![NameIn::new(&default, DEFAULT.0.to_owned(), None)],
        }
    }

    /// Gives the name in the source language, or in the first language that has one.
    pub(crate) fn source(&self) -> &NameIn {
        &self.names[0]
    }

    /// Gives the name that pages of a language show: their own, or that of the source language.
    pub(crate) fn shown_in(&self, language: &Language) -> &NameIn {
        let mut names = self.names.iter();
        let own = names.find(|name| name.language == *language);
        own.unwrap_or(self.source())
    }

    /// Gives all names.
    pub(crate) fn all(&self) -> &[NameIn] {
        &self.names
    }
}

impl NameIn {
    fn new(language: &Language, text: String, place: Option<Place>) -> Self {
        Self {
            language: language.clone(),
            text,
            place,
        }
    }
}

/// Gives the names of a table in the order of the site's languages.
fn by_language(
    entries: Vec<(Spot<String>, Spot<String>)>,
    place: Place,
    languages: &[Language],
    fields: &mut Fields<'_, '_>,
) -> Vec<NameIn> {
    let mut names: Vec<(usize, NameIn)> = Vec::new();
    for (code, text) in entries {
        let at = languages
            .iter()
            .position(|known| known.code() == code.value);
        match at {
            Some(_) if text.value.trim().is_empty() => {}
            Some(at) => names.push((
                at,
                NameIn::new(&languages[at], text.value, Some(text.place)),
            )),
            None => {
                let code_of = |language: &Language| format!("`{language}`");
                let known: Vec<String> = languages.iter().map(code_of).collect();
                fields.reject(
                    code.place,
                    format!(
                        "no page shows this name, because the site has no language `{}`",
                        code.value
                    ),
                    format!(
                        "the languages of the site are {}; write one of them here, or take this name out",
                        known.join(", ")
                    ),
                );
            }
        }
    }
    names.sort_by_key(|(at, _)| *at);
    for (at, language) in languages.iter().enumerate() {
        if let Some((_, shown)) = names.first()
            && names.iter().all(|(named, _)| *named != at)
        {
            fields.doubt(
                place,
                format!(
                    "the site has no name in `{language}`, so pages in that language show “{}”",
                    shown.text
                ),
                format!("add `{language} = \"…\"` to the names"),
            );
        }
    }
    names.into_iter().map(|(_, name)| name).collect()
}

impl JsonSchema for WrittenName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "WrittenName".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let language = Language::json_schema(generator);
        json_schema!({
            "anyOf": [
                {"type": "string"},
                {"type": "object", "propertyNames": language, "additionalProperties": {"type": "string"}}
            ]
        })
    }
}
