//! All pages and their other names, in the alphabetical order of the language.

use crate::base::place::Place;
use crate::model::page_tree::Composer;
use crate::model::{Page, Role};
use crate::parse::tree::{Kind, NodeId, Part, Target, Tree};

/// Stands for the other name of a page in the text that says which page it is.
const NAME: &str = "\u{1}";

/// One line of the list: a title, or another name of a page.
pub(super) struct Entry<'s> {
    pub words: String,
    pub place: Place,
    pub page: &'s Page,
    pub is_title: bool,
}

/// Gives the pages that the list has.
pub(super) fn pages<'s>(composer: &Composer<'s, '_>) -> Vec<&'s Page> {
    let pages = composer.site.published_in(composer.page.language);
    pages
        .filter(|page| page.role == Role::Article && page.is_listed())
        .collect()
}

/// Adds the list.
pub(super) fn a_to_z(composer: &mut Composer<'_, '_>) {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for page in pages(composer) {
        let Some(document) = &page.document else {
            continue;
        };
        let place = page.title_place().unwrap_or(document.start);
        entries.push(Entry {
            words: page.title.clone(),
            place,
            page,
            is_title: true,
        });
        let aliases = document.front.aliases.iter();
        entries.extend(aliases.map(|alias| Entry {
            words: alias.value.clone(),
            place: alias.place,
            page,
            is_title: false,
        }));
    }
    let collation = &composer.language().collation;
    entries.sort_by(|left, right| {
        collation
            .compare(&left.words, &right.words)
            .then_with(|| left.page.key.cmp(&right.page.key))
    });
    by_letter(
        composer,
        Tree::ROOT,
        entries,
        |entry| entry.words.clone(),
        |composer, parent, entries| {
            let list = composer.add(parent, Kind::List { start: None });
            for entry in entries {
                let item = composer
                    .out
                    .add(list, Kind::Item { ticked: None }, entry.place);
                if entry.is_title {
                    composer.link_page(item, entry.page, None, entry.place);
                } else {
                    // The other name is added for itself, so that its place is exact.
                    let see = composer.language().texts.with("see", &[("name", NAME)]);
                    let (before, after) = see.split_once(NAME).unwrap_or(("", &see));
                    composer.add_owned(item, before, entry.place);
                    composer.add_owned(item, &entry.words, entry.place);
                    composer.add_owned(item, &format!("{after} "), entry.place);
                    composer.link_page(item, entry.page, None, entry.place);
                }
            }
        },
    );
}

/// Groups sorted entries by their letter, with links to the letters above them.
pub(super) fn by_letter<E>(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    entries: Vec<E>,
    words: impl Fn(&E) -> String,
    mut fill: impl FnMut(&mut Composer<'_, '_>, NodeId, Vec<E>),
) {
    let mut letters: Vec<(String, Vec<E>)> = Vec::new();
    for entry in entries {
        let letter = composer.language().collation.letter(&words(&entry));
        match letters.iter_mut().find(|(known, _)| *known == letter) {
            Some((_, members)) => members.push(entry),
            None => letters.push((letter, vec![entry])),
        }
    }
    let place = composer.place;
    let jump = composer.add(parent, Kind::Part(Part::Letters, None));
    let list = composer.add(jump, Kind::List { start: None });
    let anchors: Vec<String> = (0..letters.len())
        .map(|number| composer.anchor(&format!("sd-letter-{number}")))
        .collect();
    for ((letter, _), anchor) in letters.iter().zip(&anchors) {
        let item = composer.add(list, Kind::Item { ticked: None });
        composer.link(item, Target::Here(anchor.clone()), letter, place);
    }
    for ((letter, members), anchor) in letters.into_iter().zip(anchors) {
        let part = composer.add(parent, Kind::Part(Part::Letter, None));
        composer.heading(part, 2, &letter, &anchor);
        fill(composer, part, members);
    }
}
