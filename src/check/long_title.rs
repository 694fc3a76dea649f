//! Titles that are too long, or that have a word too long for a phone.

use crate::base::place::{Place, Spot};
use crate::base::words::{letters, longest_word};
use crate::finding::out::Sources;
use crate::finding::rules::LONG_TITLE;
use crate::finding::{Finding, Findings};
use crate::model::Site;
use crate::parse::Document;

/// The most letters of a title.
const MOST: usize = 90;
/// The most letters of a word in it.
const MOST_OF_WORD: usize = 40;

/// Finds a title that is too long, and its longest word if that is.
pub(super) fn long_title(site: &Site, article: &Document, findings: &mut Findings) {
    let Some(title) = &article.front.title else {
        return;
    };
    // A letter has at least one byte, so most titles need no counting.
    if title.value.len() <= MOST
        && title
            .value
            .split(' ')
            .all(|word| word.len() <= MOST_OF_WORD)
    {
        return;
    }
    let count = letters(&title.value);
    if count > MOST {
        let message =
            format!("the title has {count} letters; more than {MOST} are hard to take in");
        findings.push(
            Finding::new(&LONG_TITLE, title.place, message)
                .help("say the main thing in a few words, and put the rest into the summary"),
        );
    }
    let word = longest_word(&title.value);
    let count = letters(word);
    if count > MOST_OF_WORD {
        let message = format!("the title has a word of {count} letters, too wide for a phone");
        findings.push(
            Finding::new(&LONG_TITLE, place_of(site, title, word), message)
                .help("write it as two words or with a hyphen, or choose a shorter word"),
        );
    }
}

/// Gives the place of a word within a value, or of the whole value where it is not written as it is read.
fn place_of(site: &Site, value: &Spot<String>, word: &str) -> Place {
    let written = site
        .snapshot
        .text(value.place.file)
        .get(value.place.range())
        .unwrap_or_default();
    match written.find(word) {
        Some(at) => {
            let start = value.place.range().start + at;
            Place::new(value.place.file, start..start + word.len())
        }
        None => value.place,
    }
}
