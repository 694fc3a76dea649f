//! The glossary: each term with what it means, in alphabetical order.

use super::Options;
use super::a_to_z::by_letter;
use crate::base::place::Place;
use crate::model::data::{Row, Term};
use crate::model::lookup::term_anchor;
use crate::model::page_tree::Composer;
use crate::parse::tree::{Kind, NodeId, Part};

/// Adds the glossary.
pub(super) fn glossary(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let language = composer.language();
    let mut rows: Vec<&Row<Term>> = language.data.terms.iter().collect();
    rows.sort_by(|left, right| {
        language
            .collation
            .compare(&left.value.name.value, &right.value.name.value)
    });
    by_letter(
        composer,
        parent,
        rows,
        |row| row.value.name.value.clone(),
        |composer, parent, rows| {
            for row in rows {
                let id = composer.out.keep(&term_anchor(&row.id));
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
                let is_translated =
                    composer.page.language == 0 || definition.place.file != row.place.file;
                let body = composer.in_language_of(entry, is_translated, definition.place);
                composer.paragraph(body, &definition.value, definition.place);
            }
        },
    );
}
