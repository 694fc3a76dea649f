//! Words that mean the same: names of medicines, terms of the glossary with their other names, and the site's synonyms, in all its languages.

use super::numbers::LONGEST_PHRASE;
use crate::base::tokens::tokens;
use crate::model::Site;
use crate::model::data::without_remark;
use std::collections::{BTreeMap, BTreeSet};

/// Words and phrases that mean the same, each as its tokens.
pub(super) type AliasGroup = Vec<Vec<String>>;

/// Gives the groups of a language, in the order in which they are to be put together: a misspelling of a brand finds the brand, and the brand
/// has found its medicine by then. Rows with the same id are one group in all languages, since people search in the language they think in.
pub(super) fn groups(site: &Site, language: usize) -> Vec<AliasGroup> {
    let mut medicines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut terms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut synonyms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let own_first = std::iter::once(language)
        .chain((0..site.languages.len()).filter(|other| *other != language));
    for data in own_first.map(|language| &site.languages[language].data) {
        for row in &data.medicines {
            let names = medicines.entry(&row.id).or_default();
            names.push(&row.value.generic.value);
            names.extend(
                row.value
                    .brands
                    .iter()
                    .map(|brand| without_remark(&brand.value)),
            );
        }
        for row in &data.terms {
            let names = terms.entry(&row.id).or_default();
            names.push(row.value.word());
            names.extend(
                row.value
                    .also_called
                    .iter()
                    .map(|name| without_remark(&name.value)),
            );
        }
        for row in &data.synonyms {
            synonyms
                .entry(&row.id)
                .or_default()
                .extend(row.value.words.iter().map(|word| word.value.as_str()));
        }
    }
    medicines
        .into_values()
        .chain(terms.into_values())
        .chain(synonyms.into_values())
        .map(|names| {
            let group: BTreeSet<Vec<String>> = names
                .into_iter()
                .map(tokens)
                .filter(|words| (1..=LONGEST_PHRASE).contains(&words.len()))
                .collect();
            group.into_iter().collect::<AliasGroup>()
        })
        .filter(|group| group.len() > 1)
        .collect()
}

/// Gives the names of medicines, one word each: search never takes one of them for another.
pub(super) fn medicine_names(site: &Site) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for data in site.languages.iter().map(|language| &language.data) {
        let medicines = data.medicines.iter();
        let own =
            medicines.flat_map(|row| std::iter::once(&row.value.generic).chain(&row.value.brands));
        let own = own.map(|name| without_remark(&name.value));
        let others = data.search.other_medicines.iter().map(String::as_str);
        names.extend(
            own.chain(others)
                .filter_map(|name| tokens(name).into_iter().next()),
        );
    }
    names.retain(|name| name.chars().count() > 3);
    names
}

/// Gives other spellings of the names of medicines: synonyms of a name, where all are single words.
pub(super) fn spellings(site: &Site) -> BTreeSet<String> {
    let names = medicine_names(site);
    let mut spellings = BTreeSet::new();
    for row in site
        .languages
        .iter()
        .flat_map(|language| &language.data.synonyms)
    {
        let words: Vec<Vec<String>> = row
            .value
            .words
            .iter()
            .map(|word| tokens(&word.value))
            .collect();
        let is_one = words.iter().all(|words| words.len() == 1);
        if is_one && words.iter().any(|words| names.contains(&words[0])) {
            spellings.extend(words.into_iter().flatten());
        }
    }
    spellings
}
