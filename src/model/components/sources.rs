//! Sources: one entry as it stands under a page, and the list of all sources that pages rest on.

use super::Options;
use crate::base::date::DateWriter;
use crate::base::place::Place;
use crate::base::texts::Texts;
use crate::model::data::Source;
use crate::model::page_tree::Composer;
use crate::parse::tree::{Kind, NodeId, Target};

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

/// Adds the list of all sources that published pages rest on, or says that there are none yet.
pub(super) fn sources(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let language = composer.language();
    let cited = composer.site.cited(composer.page.language);
    let rows = language.data.sources.iter();
    let mut rows: Vec<_> = rows.filter(|row| cited.contains(&row.id)).collect();
    if rows.is_empty() {
        let words = composer.text("sources-none");
        let place = composer.place;
        composer.paragraph(parent, &words, place);
        return;
    }
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
