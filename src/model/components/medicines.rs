//! The medicines, how long they act, and which warning is meant for each: no dose, no strength, no comparison of amounts.

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
    let rows = composer.language().data.medicines.iter();
    for row in rows.filter(|row| row.value.is_printed) {
        let value = &row.value;
        let line = composer.row(table, row.place);
        let name = composer.cell(line, CellRole::RowHeader, value.generic.place);
        let generic = &value.generic;
        composer.words_in_language_of(name, row.is_translated, generic.place, |composer, words| {
            composer.add_owned(words, &generic.value, generic.place)
        });
        let warning = composer.text(&format!("warning-{}", value.warning.word()));
        composer.add_words(name, &format!(" ({warning})"));
        let acting = composer.cell(line, CellRole::Value, row.place);
        if let Some(word) = value.acting {
            let words = composer.text(&format!("acting-{}", word.word()));
            composer.add_words(acting, &words);
        }
        if let Some(also) = &value.also_classed_as {
            composer.add_words(acting, " (");
            let is_translated = also.place.file != row.place.file;
            composer.words_in_language_of(acting, is_translated, also.place, |composer, words| {
                composer.add_owned(words, &also.value, also.place)
            });
            composer.add_words(acting, ")");
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
