//! Sources: one entry as it stands under a page, and the list of all sources that pages rest on.

use super::Options;
use crate::base::date::DateWriter;
use crate::base::place::Place;
use crate::base::texts::Texts;
use crate::model::data::{Source, Symptom};
use crate::model::page_tree::Composer;
use crate::parse::tree::{Kind, NodeId, Target};
use std::collections::BTreeSet;

/// Adds title, publisher, year, link and check date of a source.
pub(crate) fn source(composer: &mut Composer<'_, '_>, parent: NodeId, id: &str) {
    let language = composer.language();
    let Some(row) = language.data.source(id) else {
        return;
    };
    let value = &row.value;
    let title = &value.title;
    composer.words_in_language_of(parent, row.is_translated, title.place, |composer, words| {
        match &value.url {
            Some(url) => composer.link(
                words,
                Target::Outside(url.value.clone()),
                &title.value,
                title.place,
            ),
            None => composer.add_owned(words, &title.value, title.place),
        }
    });
    let Some(facts) = language.source_facts.get(id) else {
        return;
    };
    // The publisher is somebody's words, and has a place of its own.
    let publisher = value.publisher.as_ref();
    match publisher.and_then(|words| Some((words, facts.split_once(&*words.value)?))) {
        Some((publisher, (before, behind))) => {
            composer.add_owned(parent, before, row.place);
            composer.add_owned(parent, &publisher.value, publisher.place);
            composer.add_owned(parent, behind, row.place);
        }
        None => composer.add_owned(parent, facts, row.place),
    }
}

/// Gives publisher, year and check date of a source as they stand behind its title.
pub(crate) fn facts(value: &Source, texts: &Texts, dates: &DateWriter) -> String {
    let mut facts: Vec<String> = value
        .publisher
        .iter()
        .map(|publisher| publisher.value.clone())
        .collect();
    facts.extend(value.year.map(|year| year.to_string()));
    if value.is_verified {
        let date = |date| texts.with("source-checked", &[("date", &dates.write(date))]);
        facts.extend(value.checked.map(date));
    } else {
        facts.push(texts.text("source-not-read"));
    }
    let comma = format!("{} ", texts.text("comma"));
    format!("{comma}{}.", facts.join(&comma))
}

/// Adds the list of all sources that published pages rest on.
pub(super) fn sources(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let site = composer.site;
    let language = composer.language();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let documents = site
        .published_in(composer.page.language)
        .filter_map(|page| page.document.as_ref());
    let mut has_symptoms = false;
    for document in documents.chain(site.shared.values()) {
        let embeds = &document.tree.embeds;
        has_symptoms |= embeds.iter().any(|embed| embed.name.value == "symptoms");
        used.extend(document.front.sources.iter().map(|id| id.value.as_str()));
        used.extend(
            document
                .tree
                .citations
                .iter()
                .flatten()
                .map(|id| id.value.as_str()),
        );
    }
    if has_symptoms {
        let rows = language.data.symptoms.iter().map(|row| &row.value);
        let shown = rows.filter(|symptom| symptom.is_printed);
        let course = language
            .data
            .course
            .iter()
            .flat_map(|row| &row.value.sources);
        let ids = shown.flat_map(Symptom::cited).chain(course);
        used.extend(ids.map(|id| id.value.as_str()));
    }
    let mut rows: Vec<_> = language
        .data
        .sources
        .iter()
        .filter(|row| used.contains(row.id.as_str()))
        .collect();
    rows.sort_by(|left, right| {
        language
            .collation
            .compare(&left.value.title.value, &right.value.title.value)
    });
    let list = composer.add(parent, Kind::List { start: None });
    for row in rows {
        let item = composer
            .out
            .add(list, Kind::Item { ticked: None }, row.place);
        source(composer, item, &row.id);
    }
}
