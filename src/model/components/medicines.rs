//! The medicines and how long they act: no dose, no strength, no comparison of amounts.

use super::Options;
use crate::base::place::Place;
use crate::model::page_tree::Composer;
use crate::parse::tree::{CellRole, Kind, NodeId, Part};

/// Adds the table.
pub(super) fn medicines(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let heads = [
        "medicine",
        "medicine-acting",
        "medicine-half-life",
        "medicine-use",
    ]
    .map(|name| composer.text(name));
    let caption = composer.text("medicines-caption");
    let table = composer.table(parent, &caption, &heads);
    for row in &composer.language().data.medicines {
        let value = &row.value;
        let line = composer.row(table, row.place);
        let name = composer.cell(line, CellRole::RowHeader, value.generic.place);
        let generic = &value.generic;
        composer.words_in_language_of(name, row.is_translated, generic.place, |composer, words| {
            composer.add_owned(words, &generic.value, generic.place)
        });
        let acting = composer.cell(line, CellRole::Value, row.place);
        if let Some(word) = value.acting {
            let words = composer.text(&format!("acting-{}", word.word()));
            composer.add_words(acting, &words);
        }
        for text in [&value.half_life, &value.main_use] {
            let cell = composer.cell(line, CellRole::Value, row.place);
            if let Some(text) = text {
                composer.words_in_language_of(
                    cell,
                    row.is_translated,
                    text.place,
                    |composer, words| composer.add_owned(words, &text.value, text.place),
                );
            }
        }
    }
    let remark = composer.add(parent, Kind::Part(Part::Remark, None));
    let words = composer.text("medicines-remark");
    let place = composer.place;
    composer.paragraph(remark, &words, place);
}
