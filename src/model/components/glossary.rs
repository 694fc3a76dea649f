//! The glossary: each term with what it means, in alphabetical order; and the words of one page.

use super::Options;
use super::a_to_z::by_letter;
use crate::base::place::Place;
use crate::model::LanguageSite;
use crate::model::data::{Row, Term};
use crate::model::lookup::{term_anchor, word_anchor};
use crate::model::page_tree::Composer;
use crate::parse::tree::{Kind, NodeId, Part};

/// Adds the glossary.
pub(super) fn glossary(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let rows = shown(composer.language());
    by_letter(
        composer,
        parent,
        rows,
        |row| row.value.name.value.clone(),
        |composer, parent, rows| {
            for row in rows {
                let anchor = composer.anchor(&term_anchor(&row.id));
                let id = composer.out.keep(&anchor);
                let entry =
                    composer
                        .out
                        .add(parent, Kind::Part(Part::GlossaryEntry, Some(id)), row.place);
                let heading = composer.out.add(
                    entry,
                    Kind::Heading { level: 3, id: None },
                    row.value.name.place,
                );
                composer.add_owned(heading, &row.value.name.value, row.value.name.place);
                let definition = &row.value.definition;
                let is_translated = definition.place.file != row.place.file;
                composer.in_language_of(
                    entry,
                    is_translated,
                    definition.place,
                    |composer, body| {
                        composer.paragraph(body, &definition.value, definition.place);
                    },
                );
            }
        },
    );
}

/// Gives the anchors of the terms, in the order in which the glossary has them.
pub(super) fn anchors(language: &LanguageSite) -> Vec<String> {
    let rows = shown(language).into_iter();
    rows.map(|row| term_anchor(&row.id)).collect()
}

/// Gives the terms that the glossary has, in alphabetical order.
fn shown(language: &LanguageSite) -> Vec<&Row<Term>> {
    let rows = language.data.terms.iter();
    let mut rows: Vec<&Row<Term>> = rows.filter(|row| row.value.is_printed).collect();
    rows.sort_by(|left, right| {
        language
            .collation
            .compare(&left.value.name.value, &right.value.name.value)
    });
    rows
}

/// Adds the words of the glossary that the text of the page uses: so they can be read without the glossary, and on paper.
pub(in crate::model) fn words_of_page(composer: &mut Composer<'_, '_>, parent: NodeId) {
    let language = composer.text_language();
    let mut rows: Vec<&Row<Term>> = composer
        .terms
        .iter()
        .map(|row| &language.data.terms[*row as usize])
        .collect();
    rows.sort_by(|left, right| {
        language
            .collation
            .compare(&left.value.name.value, &right.value.name.value)
    });
    let list = composer.add(parent, Kind::DefinitionList);
    for row in rows {
        let (name, definition) = (&row.value.name, &row.value.definition);
        let anchor = composer.out.keep(&word_anchor(&row.id));
        let term = composer
            .out
            .add(list, Kind::DefinitionTerm(Some(anchor)), name.place);
        composer.add_owned(term, &name.value, name.place);
        let meaning = composer.out.add(list, Kind::Definition, definition.place);
        let is_translated = definition.place.file != row.place.file;
        composer.words_in_language_of(
            meaning,
            is_translated,
            definition.place,
            |composer, words| composer.message(words, &definition.value, definition.place),
        );
    }
}
