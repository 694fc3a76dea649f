//! Signs of Markdown in texts that readers see, but that stand in no page's tree: summaries, the names of the site and the center, and the
//! interface texts that the site wrote itself, in which telephone numbers are looked for too. The answers of the search are read where they are made.

use crate::base::place::{Place, Spot};
use crate::base::texts::{WrittenPiece, written_messages};
use crate::finding::Findings;
use crate::model::block_text::BlockText;
use crate::model::leftover_markup::{LONGEST, check, check_text};
use crate::model::{LanguageSite, Site, own_texts};
use std::collections::BTreeSet;

/// Finds what is left over in these texts.
pub(super) fn leftover_markup(site: &Site, findings: &mut Findings) {
    let snapshot = &*site.snapshot;
    let data = &site.languages[0].data;
    for document in site.published().filter_map(|page| page.document.as_ref()) {
        if let Some(summary) = &document.front.summary {
            check_text(&summary.value, summary.place, data, snapshot, findings);
        }
    }
    for name in site.settings.name.all() {
        if let Some(place) = name.place {
            check_text(&name.text, place, data, snapshot, findings);
        }
    }
    for language in site.languages.iter() {
        let center = &language.data.center;
        let texts: [&Option<Spot<String>>; 6] = [
            &center.name,
            &center.phone,
            &center.after_hours,
            &center.address,
            &center.email,
            &center.website,
        ];
        for text in texts.into_iter().flatten() {
            check_text(&text.value, text.place, data, snapshot, findings);
        }
        interface_texts(site, language, findings);
    }
}

fn interface_texts(site: &Site, language: &LanguageSite, findings: &mut Findings) {
    let Some(file) = own_texts(&site.snapshot, language.language.code()) else {
        return;
    };
    for pieces in written_messages(file.text()) {
        let mut block = BlockText::default();
        // Placeholders are filled in, and the page itself fills in words such as `{count}`; what is neither is found where it is used.
        let mut told = BTreeSet::new();
        for piece in pieces {
            match piece {
                WrittenPiece::Value => block.push_object(),
                WrittenPiece::Words(range) => {
                    let words = &file.text()[range.clone()];
                    let place = Place::new(file.id, range);
                    block.push(words, place, true, false);
                    told.extend(braces(words, place));
                }
            }
        }
        language.numbers.check_block(&block, findings);
        check(&block, &language.data, &*site.snapshot, &told, findings);
    }
}

/// Gives where words in braces stand in a text.
fn braces(words: &str, place: Place) -> impl Iterator<Item = Place> {
    words.match_indices('{').filter_map(move |(open, _)| {
        let near = &words[open..words.floor_char_boundary(open + LONGEST)];
        let close = near.find('}')?;
        let start = place.start as usize + open;
        Some(Place::new(place.file, start..start + close + 1))
    })
}
