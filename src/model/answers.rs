//! What the search answers by itself: whom to call where words speak of danger, and why no doses are given.
//!
//! The answers are data, in `content/_data/search.toml`. Each has patterns of words; a question that fits one is answered above the results.

use crate::base::place::Spot;
use crate::base::tokens::tokens;
use crate::base::value::{Value, ValueKind};
use crate::finding::Finding;
use crate::finding::fields::{Fields, FromValue, words};
use crate::finding::rules::WRONG_ROW;
use crate::model::data::{ANSWERS, Reader, Row};
use std::collections::BTreeMap;

words! {
    /// What an answer is for.
    pub(crate) enum AnswerKind {
        /// Somebody may be in danger. Such answers are found in every language of the site.
        Crisis = "crisis",
        /// Somebody needs help soon.
        Care = "care",
        /// What the site does not tell.
        Refusal = "refusal",
        /// No page was found.
        Nothing = "nothing",
    }
}

/// What the search knows beside the pages.
#[derive(Debug, Default)]
pub(crate) struct SearchData {
    /// Names of medicines that the site does not write about, so that none is taken for another.
    pub other_medicines: Vec<String>,
    /// Words that say nothing of what is looked for, such as "the".
    pub little_words: Vec<String>,
    /// Words that stand together under a name, which patterns use.
    pub sets: BTreeMap<String, Vec<String>>,
    /// The answers, the most important first.
    pub answers: Vec<Row<Answer>>,
}

/// An answer of the search.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What it is for.
    pub kind: AnswerKind,
    /// Its heading; may hold placeholders.
    pub title: Spot<String>,
    /// Its paragraphs; may hold placeholders.
    pub text: Vec<Spot<String>>,
    /// The pages that stand first among the results, by their names.
    pub pages: Vec<Spot<String>>,
    /// The questions it answers.
    pub when: Vec<Pattern>,
    /// The questions that it does not answer though they fit.
    pub unless: Vec<Pattern>,
}

/// A pattern of words: its parts may stand anywhere and in any order, all must be there.
pub(crate) type Pattern = Vec<Part>;
/// A part: words that stand one behind the other.
pub(crate) type Part = Vec<Element>;

/// What stands in one place of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// Up to [`GAP`] words of any kind.
    Gap,
    /// One of these.
    OneOf(Vec<Choice>),
}

/// The most words that a gap stands for.
pub(crate) const GAP: usize = 4;

/// One of the words that may stand in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// These words, one behind the other; most often it is one.
    Words(Vec<String>),
    /// A word that begins so.
    Beginning(String),
    /// A word of a set, by the set's name.
    Set(String),
    /// The name of a medicine.
    Medicine,
    /// A word that begins with a digit.
    Number,
}

/// The fewest letters before a star: shorter beginnings fit too many words.
const SHORTEST_BEGINNING: usize = 3;

/// Reads the file and its translation.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> SearchData {
    let mut data = SearchData::default();
    let own = reader
        .translation("search", Some("answer"))
        .map(|table| table.entries);
    let (top, rows) = reader.rows(&ANSWERS, answer);
    for (key, value) in top.into_iter().chain(own.into_iter().flatten()) {
        match (key.name.as_str(), &value.kind) {
            ("other_medicines", _) => data.other_medicines.extend(words_of(&value)),
            ("little_words", _) => data.little_words = words_of(&value),
            ("sets", ValueKind::Table(sets)) => {
                let sets = sets.entries.iter();
                data.sets
                    .extend(sets.map(|(key, value)| (key.name.clone(), words_of(value))));
            }
            _ => {}
        }
    }
    data.answers = rows;
    let named = data
        .answers
        .iter()
        .flat_map(|row| row.value.when.iter().chain(&row.value.unless));
    let mut unknown: Vec<String> = Vec::new();
    for choice in named
        .flatten()
        .flatten()
        .filter_map(|element| match element {
            Element::OneOf(choices) => Some(choices),
            Element::Gap => None,
        })
        .flatten()
    {
        if let Choice::Set(name) = choice
            && !data.sets.contains_key(name)
            && !unknown.contains(name)
        {
            unknown.push(name.clone());
        }
    }
    for name in unknown {
        let place = data.answers.first().map(|row| row.place.start_only());
        let message =
            format!("the patterns of `search.toml` use `{{{name}}}`, and no set has that name");
        let finding = match place {
            Some(place) => Finding::new(&WRONG_ROW, place, message),
            None => Finding::of_site(&WRONG_ROW, message),
        };
        reader
            .findings
            .push(finding.help("add the set below `[sets]`, or use `{medicine}` or `{number}`"));
    }
    data
}

fn words_of(value: &Value) -> Vec<String> {
    match &value.kind {
        ValueKind::List(words) => words
            .iter()
            .filter_map(|word| String::from_value(word).ok())
            .collect(),
        _ => Vec::new(),
    }
}

pub(super) fn answer(fields: &mut Fields<'_, '_>) -> Option<Answer> {
    let kind = fields.required("kind");
    let title = fields.required("title");
    let text = fields.list("text");
    let pages = fields.list("pages");
    let when = patterns(fields, "when");
    let unless = patterns(fields, "unless");
    Some(Answer {
        kind: kind?.value,
        title: title?,
        text,
        pages,
        when,
        unless,
    })
}

fn patterns(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for written in fields.list::<String>(key) {
        match pattern(&written.value) {
            Ok(pattern) => patterns.push(pattern),
            Err((message, help)) => fields.reject(written.place, message, &help),
        }
    }
    patterns
}

/// Reads a pattern such as `how much|many + {take} … {medicine}`.
pub(crate) fn pattern(written: &str) -> Result<Pattern, (String, String)> {
    let mut pattern = Vec::new();
    for part in written.split(" + ") {
        let mut elements = Vec::new();
        for element in part.split_whitespace() {
            if element == "…" || element == "..." {
                elements.push(Element::Gap);
                continue;
            }
            let choices = element.split('|').filter(|choice| !choice.is_empty());
            elements.push(Element::OneOf(
                choices.map(choice).collect::<Result<_, _>>()?,
            ));
        }
        if !elements
            .iter()
            .any(|element| matches!(element, Element::OneOf(choices) if !choices.is_empty()))
        {
            let message = format!("a part of the pattern `{written}` has no word");
            return Err((message, "write words between the signs `+`".to_owned()));
        }
        pattern.push(elements);
    }
    Ok(pattern)
}

fn choice(written: &str) -> Result<Choice, (String, String)> {
    if let Some(name) = written
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'))
    {
        return Ok(match name {
            "medicine" => Choice::Medicine,
            "number" => Choice::Number,
            name => Choice::Set(name.to_owned()),
        });
    }
    let (start, is_beginning) = match written.strip_suffix('*') {
        Some(start) => (start, true),
        None => (written, false),
    };
    let mut words = tokens(start);
    if words.is_empty() {
        let message = format!("`{written}` has no letter or digit");
        return Err((message, "write words of letters and digits".to_owned()));
    }
    if !is_beginning {
        return Ok(Choice::Words(words));
    }
    if words.len() > 1 || words[0].chars().count() < SHORTEST_BEGINNING {
        let message = format!("`{written}` fits too many words");
        return Err((
            message,
            format!("write one word with at least {SHORTEST_BEGINNING} letters before the star"),
        ));
    }
    Ok(Choice::Beginning(words.remove(0)))
}

/// Writes a pattern so that the search in the page can read it: parts, places and words are kept apart by `+`, spaces and `|`.
pub(crate) fn write_pattern(pattern: &Pattern) -> String {
    let parts: Vec<String> = pattern
        .iter()
        .map(|part| {
            let elements: Vec<String> = part
                .iter()
                .map(|element| match element {
                    Element::Gap => "…".to_owned(),
                    Element::OneOf(choices) => write_choices(choices),
                })
                .collect();
            elements.join(" ")
        })
        .collect();
    parts.join("+")
}

/// Writes the words of one place.
pub(crate) fn write_choices(choices: &[Choice]) -> String {
    let choices: Vec<String> = choices
        .iter()
        .map(|choice| match choice {
            Choice::Words(words) => words.join("_"),
            Choice::Beginning(start) => format!("{start}*"),
            Choice::Set(name) => format!("{{{name}}}"),
            Choice::Medicine => "{medicine}".to_owned(),
            Choice::Number => "{number}".to_owned(),
        })
        .collect();
    choices.join("|")
}

/// Reads the words of a set; a word that cannot be read is left out, since patterns hold their own findings.
pub(crate) fn set(words: &[String]) -> Vec<Choice> {
    words.iter().filter_map(|word| choice(word).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_read_and_written_in_one_form() {
        for (written, form) in [
            (
                "how much|many + {take} … {medicine}",
                "how much|many+{take} … {medicine}",
            ),
            ("Can't  breathe", "cant breathe"),
            ("overdos* + e-mail", "overdos*+e_mail"),
            ("{number} ... días", "{number} … dias"),
        ] {
            let pattern = pattern(written).expect("a pattern");
            assert_eq!(write_pattern(&pattern), form);
        }
    }

    #[test]
    fn a_pattern_that_would_fit_anything_is_refused() {
        for written in ["", "…", "a + ", "to*", "+", "how + …", "?!"] {
            assert!(pattern(written).is_err(), "{written:?}");
        }
    }
}
