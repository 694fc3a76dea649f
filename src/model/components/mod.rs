//! Components: parts of a page made from data, as ordinary nodes, put in by `![[name]]` or shown as a page of their own.

mod a_to_z;
mod diagrams;
mod glossary;
mod helplines;
mod medicines;
mod people;
mod sources;
mod symptoms;

pub(super) use glossary::words_of_page;
pub(super) use sources::{facts as source_facts, source};

use crate::base::place::{Place, Spot};
use crate::model::LanguageSite;
use crate::model::page_tree::Composer;
use crate::model::pages::Listing;
use crate::parse::tree::{Alignment, CellRole, Kind, NodeId, TextId, Tree};

/// The options of an embed.
pub(super) type Options = [(Spot<String>, Spot<String>)];
/// A component: adds its nodes to a parent.
pub(super) type Component = for<'s, 'f> fn(&mut Composer<'s, 'f>, NodeId, &Options, Place);

/// All components: name, options, and what makes them.
const COMPONENTS: [(&str, &[&str], Component); 8] = [
    ("glossary", &[], glossary::glossary),
    ("half-life", &[], diagrams::half_life),
    ("helplines", &["country", "when"], helplines::helplines),
    ("medicines", &[], medicines::medicines),
    ("path-of-care", &[], diagrams::path_of_care),
    ("sources", &[], sources::sources),
    ("symptoms", &["urgency"], symptoms::symptoms),
    ("taper-idea", &[], diagrams::taper_idea),
];

/// Finds a component by its name.
pub(super) fn find(name: &str) -> Option<Component> {
    COMPONENTS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, _, component)| *component)
}

/// Gives the names of all components.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMPONENTS.iter().map(|(name, ..)| *name)
}

/// Gives the options a component knows.
pub(super) fn options(name: &str) -> &'static [&'static str] {
    COMPONENTS
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or(&[], |(_, options, _)| options)
}

/// Gives the anchors of a component that authors can link to.
pub(super) fn anchors(language: &LanguageSite, name: &str) -> Vec<String> {
    match name {
        "glossary" => glossary::anchors(language),
        _ => Vec::new(),
    }
}

/// Gives the ids of the sources that a component cites.
pub(super) fn cited<'s>(
    language: &'s LanguageSite,
    name: &str,
    options: &Options,
) -> Vec<&'s Spot<String>> {
    match name {
        "symptoms" => symptoms::cited(&language.data, options),
        _ => Vec::new(),
    }
}

/// Makes the page of a listing.
pub(super) fn listing(composer: &mut Composer<'_, '_>, listing: Listing) {
    let place = composer.place;
    if listing == Listing::AToZ && a_to_z::pages(composer).is_empty() {
        return composer.none_reviewed(Tree::ROOT);
    }
    let name = format!("lead-{}", listing.name());
    let lead = match listing {
        Listing::AToZ => composer
            .spoken()
            .texts
            .count(&name, a_to_z::pages(composer).len()),
        _ => composer.text(&name),
    };
    composer.paragraph(Tree::ROOT, &lead, place);
    match listing {
        Listing::AToZ => a_to_z::a_to_z(composer),
        Listing::Glossary => glossary::glossary(composer, Tree::ROOT, &[], place),
        Listing::Helplines => helplines::helplines(composer, Tree::ROOT, &[], place),
        Listing::Sources => sources::sources(composer, Tree::ROOT, &[], place),
        Listing::People => people::people(composer),
    }
}

impl Composer<'_, '_> {
    /// Adds a table with a caption and a head; gives the table for its rows.
    pub(super) fn table(&mut self, parent: NodeId, caption: &str, heads: &[String]) -> NodeId {
        let table = self.add(parent, Kind::Table);
        let node = self.add(table, Kind::Caption);
        let place = self.place;
        self.message(node, caption, place);
        let row = self.add(table, Kind::Row { is_head: true });
        for head in heads {
            let cell = self.add(
                row,
                Kind::Cell {
                    role: CellRole::ColumnHeader,
                    align: Alignment::Start,
                },
            );
            self.add_words(cell, head);
        }
        table
    }

    /// Adds a row to a table; gives the row for its cells.
    pub(super) fn row(&mut self, table: NodeId, place: Place) -> NodeId {
        self.out.add(table, Kind::Row { is_head: false }, place)
    }

    /// Adds a cell to a row.
    pub(super) fn cell(&mut self, row: NodeId, role: CellRole, place: Place) -> NodeId {
        self.out.add(
            row,
            Kind::Cell {
                role,
                align: Alignment::Start,
            },
            place,
        )
    }

    /// Adds blocks of a row of data: where its texts are not translated, in a part in the source language, which is spoken there.
    pub(super) fn in_language_of(
        &mut self,
        parent: NodeId,
        is_translated: bool,
        place: Place,
        add: impl FnOnce(&mut Self, NodeId),
    ) {
        self.in_source_language(parent, is_translated, place, Kind::ForeignBlock, add);
    }

    /// Likewise within a line.
    pub(super) fn words_in_language_of(
        &mut self,
        parent: NodeId,
        is_translated: bool,
        place: Place,
        add: impl FnOnce(&mut Self, NodeId),
    ) {
        self.in_source_language(parent, is_translated, place, Kind::Foreign, add);
    }

    fn in_source_language(
        &mut self,
        parent: NodeId,
        is_translated: bool,
        place: Place,
        kind: fn(TextId) -> Kind,
        add: impl FnOnce(&mut Self, NodeId),
    ) {
        if is_translated || self.voice == 0 {
            return add(self, parent);
        }
        let code = self.out.keep(self.site.languages[0].language.code());
        let foreign = self.out.add(parent, kind(code), place);
        let voice = std::mem::replace(&mut self.voice, 0);
        add(self, foreign);
        self.voice = voice;
    }
}
