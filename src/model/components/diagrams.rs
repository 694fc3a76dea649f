//! Diagrams as words: the path of care, the idea of half-life, the shape of a taper. No doses, no numbers that a reader could follow.

use super::Options;
use crate::base::place::Place;
use crate::model::page_tree::Composer;
use crate::parse::tree::{CellRole, Kind, NodeId, Part};

/// Adds the steps of the path of care.
pub(super) fn path_of_care(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    listed(composer, parent, "path-of-care", 5);
}

/// Adds the shape of a taper in words.
pub(super) fn taper_idea(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    listed(composer, parent, "taper-idea", 4);
}

/// Adds numbered lines with a caption.
fn listed(composer: &mut Composer<'_, '_>, parent: NodeId, name: &str, lines: usize) {
    let figure = composer.add(parent, Kind::Part(Part::Diagram, None));
    let place = composer.place;
    let title = composer.text(&format!("{name}-title"));
    let lead = composer.paragraph(figure, "", place);
    let strong = composer.add(lead, Kind::Strong);
    composer.add_words(strong, &title);
    let list = composer.add(figure, Kind::List { start: Some(1) });
    for line in 1..=lines {
        let item = composer.add(list, Kind::Item { ticked: None });
        let words = composer.text(&format!("{name}-{line}"));
        composer.message(item, &words, place);
    }
    let remark = composer.text(&format!("{name}-remark"));
    composer.paragraph(figure, &remark, place);
}

/// Adds what is left after each half-life, as shares of the start.
pub(super) fn half_life(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let figure = composer.add(parent, Kind::Part(Part::Diagram, None));
    let caption = composer.text("half-life-title");
    let heads = ["half-life-passed", "half-life-left"].map(|name| composer.text(name));
    let table = composer.table(figure, &caption, &heads);
    let place = composer.place;
    for (passed, left) in [(0, "100 %"), (1, "50 %"), (2, "25 %"), (3, "12 %")] {
        let row = composer.row(table, place);
        let cell = composer.cell(row, CellRole::RowHeader, place);
        composer.add_words(cell, &passed.to_string());
        let cell = composer.cell(row, CellRole::Value, place);
        composer.add_words(cell, left);
    }
    let remark = composer.text("half-life-remark");
    composer.paragraph(figure, &remark, place);
}
