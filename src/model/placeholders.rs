//! Placeholders: what `{emergency}`, `{crisis}`, `{center.phone}` and the others stand for in one language of a site.

use crate::base::country::{UNION, is_in_european_union};
use crate::base::language::Language;
use crate::base::place::Spot;
use crate::base::texts::Texts;
use crate::base::words::lower_first;
use crate::model::data::{Data, Fills, Helpline, Line, Row};
use crate::settings::Settings;

/// All placeholders.
pub(crate) const NAMES: [&str; 9] = [
    "emergency",
    "crisis",
    "poison",
    "center.name",
    "center.phone",
    "center.after_hours",
    "center.address",
    "center.email",
    "center.website",
];

/// A piece of what a placeholder stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Words.
    Words(String),
    /// A number or address that can be tapped.
    Link {
        /// What is shown.
        words: String,
        /// Where it leads.
        address: String,
        /// Whether the words are in the site's source language, since nobody translated them.
        is_untranslated: bool,
    },
    /// Words that lead to the crisis page, where there is one.
    ToCrisisPage(String),
}

/// What a placeholder stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filling {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// Whether they only stand in for a value that the site lacks.
    pub is_stand_in: bool,
}

/// The placeholders of one language.
pub(crate) struct Placeholders(Vec<(&'static str, Filling)>);

impl Placeholders {
    /// Works out what each placeholder stands for.
    pub(crate) fn new(
        data: &Data,
        settings: &Settings,
        language: &Language,
        texts: &Texts,
    ) -> Self {
        let center = &data.center;
        let plain = |value: &Option<Spot<String>>| {
            value
                .as_ref()
                .map(|spot| vec![Piece::Words(spot.value.clone())])
        };
        let called = |show: &Option<Spot<String>>, dial: &Option<Spot<String>>| {
            let show = show
                .as_ref()
                .filter(|_| center.line == Some(Line::Clinical))?;
            let number = match dial {
                Some(dial) => Piece::Link {
                    words: show.value.clone(),
                    address: format!("tel:{}", dial.value),
                    is_untranslated: false,
                },
                None => Piece::Words(show.value.clone()),
            };
            let name = center.name.as_ref();
            let whose = name.map(|name| Piece::Words(format!(" ({})", name.value)));
            Some(std::iter::once(number).chain(whose).collect())
        };
        let values = NAMES.map(|name| {
            let value = match name {
                "emergency" => emergency(data, settings),
                "crisis" => crisis(data, settings, language, texts),
                "poison" => filled(data, settings, Fills::Poison).and_then(call),
                "center.name" => plain(&center.name),
                "center.phone" => called(&center.phone, &center.phone_dial),
                "center.after_hours" => called(&center.after_hours, &center.after_hours_dial),
                "center.address" => plain(&center.address),
                "center.email" => center
                    .email
                    .as_ref()
                    .map(|email| link(&email.value, format!("mailto:{}", email.value))),
                _ => center
                    .website
                    .as_ref()
                    .map(|website| link(&website.value, website.value.clone())),
            };
            let is_stand_in = value.is_none();
            let pieces = value.unwrap_or_else(|| {
                let words = texts.text(&format!("stand-in-{}", name.replace(['.', '_'], "-")));
                vec![if name == "crisis" {
                    Piece::ToCrisisPage(words)
                } else {
                    Piece::Words(words)
                }]
            });
            (
                name,
                Filling {
                    pieces,
                    is_stand_in,
                },
            )
        });
        Self(values.to_vec())
    }

    /// Gives what a placeholder stands for, if there is one of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Filling> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, filling)| filling)
    }
}

fn link(words: &str, address: String) -> Vec<Piece> {
    vec![Piece::Link {
        words: words.to_owned(),
        address,
        is_untranslated: false,
    }]
}

/// Gives a link to a service whose words may be in the source language. A bare number has no language.
fn link_to(row: &Row<Helpline>, words: String, address: String) -> Vec<Piece> {
    let has_words = words.chars().any(char::is_alphabetic);
    vec![Piece::Link {
        words,
        address,
        is_untranslated: has_words && !row.is_translated,
    }]
}

fn filled<'a>(data: &'a Data, settings: &Settings, fills: Fills) -> Option<&'a Row<Helpline>> {
    let country = settings.country.as_deref()?;
    let fits = |row: &&Row<Helpline>| row.value.is_published && row.value.fills == Some(fills);
    data.helplines
        .iter()
        .filter(fits)
        .find(|row| row.value.country == country)
}

fn call(row: &Row<Helpline>) -> Option<Vec<Piece>> {
    let address = row.value.call()?;
    Some(link_to(row, row.value.show.value.clone(), address))
}

/// The country's emergency number; a country of the European Union without a row of its own has the Union's.
fn emergency(data: &Data, settings: &Settings) -> Option<Vec<Piece>> {
    let country = settings.country.as_deref()?;
    let union = || {
        let is_member = is_in_european_union(country);
        let rows = data.helplines.iter().filter(|row| {
            is_member && row.value.is_published && row.value.fills == Some(Fills::Emergency)
        });
        rows.into_iter().find(|row| row.value.country == UNION)
    };
    filled(data, settings, Fills::Emergency)
        .or_else(union)
        .and_then(call)
}

/// The country's crisis line, to call and to text, in the reader's language where the service speaks it.
fn crisis(
    data: &Data,
    settings: &Settings,
    language: &Language,
    texts: &Texts,
) -> Option<Vec<Piece>> {
    let main = filled(data, settings, Fills::Crisis)?;
    let speaks = |row: &&Row<Helpline>| {
        row.value
            .languages
            .iter()
            .any(|spoken| spoken == language.code())
    };
    let rows: Vec<&Row<Helpline>> = data
        .helplines
        .iter()
        .filter(|row| row.value.is_published && row.value.service == main.value.service)
        .collect();
    let speaking: Vec<&Row<Helpline>> = rows.iter().copied().filter(speaks).collect();
    let rows = if speaking.is_empty() { rows } else { speaking };
    let called = rows.iter().find_map(|row| call(row));
    let written = rows.iter().find_map(|row| {
        let address = row.value.message()?;
        Some(link_to(row, lower_first(&row.value.show.value), address))
    });
    match (called, written) {
        (Some(called), Some(written)) => {
            let pattern = texts.with("call-or-text", &[("call", "\u{1}"), ("text", "\u{2}")]);
            Some(fill(&pattern, &called, &written))
        }
        (called, written) => called.or(written),
    }
}

/// Puts two groups of pieces into a sentence that has a mark for each.
fn fill(pattern: &str, first: &[Piece], second: &[Piece]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    for character in pattern.chars() {
        let group = match character {
            '\u{1}' => first,
            '\u{2}' => second,
            other => {
                words.push(other);
                continue;
            }
        };
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        pieces.extend_from_slice(group);
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}
