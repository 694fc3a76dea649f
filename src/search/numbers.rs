//! The limits and weights of the search that the index and both engines share.
//!
//! Each stands here once. The first file of an index has them all, and `static/assets/search-engine.js` reads them there.

pub(super) use crate::base::tokens::MAX_LETTERS;
pub(super) use crate::model::answers::GAP;
use serde_json::{Value, json};

/// How many levels the weight of a word has: impacts go from 1 to this.
pub(super) const LEVELS: u8 = 32;
/// How many sections one slot holds; a page with more has several slots.
pub(super) const SECTIONS_OF_SLOT: usize = 16;
/// The digits of postings, from the lowest to the highest. The first half end a number, the others say that more digits follow: the
/// printable ASCII characters without the space, the quotation mark and the backslash, so that none needs an escape.
pub(super) const DIGITS: &str =
    "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
/// The base of the numbers that these digits write.
pub(super) const BASE: usize = DIGITS.len() / 2;

/// The most words of a question that are looked at.
pub(super) const MOST_WORDS: usize = 200;
/// The most words and phrases that are looked for.
pub(super) const MOST_TERMS: usize = 32;
/// The most words of a phrase.
pub(super) const LONGEST_PHRASE: usize = 6;
/// The most fixed answers that a question gets.
pub(super) const MOST_ANSWERS: usize = 2;

/// What a word counts that was typed in full, in hundredths.
pub(super) const WHOLE: u32 = 100;
/// What a word counts that begins as the last word does, if the last word is itself known.
pub(super) const LONGER: u32 = 30;
/// What a word counts that begins as the last word does, if the last word is not known.
pub(super) const UNFINISHED: u32 = 70;
/// What a corrected word counts, by the number of its errors.
pub(super) const CORRECTED: [u32; MOST_ERRORS + 1] = [80, 65, 50];
/// Pages whose score times this is less than the best score are not shown.
pub(super) const WORTH: u32 = 12;

/// The fewest letters of a prefix for which longer words are looked for.
pub(super) const SHORTEST_PREFIX: usize = 3;
/// The most lines that are looked for because of a prefix.
pub(super) const MOST_LINES: usize = 50;

/// The most errors that a word may have, if it is long.
pub(super) const MOST_ERRORS: usize = 2;
/// The fewest letters of a word that may have so many errors; shorter ones may have one.
pub(super) const SHORTEST_WITH_MOST_ERRORS: usize = 8;
/// The fewest letters of a word that is corrected, then only to a longer one, and of words that can stand in for mistyped ones.
pub(super) const SHORTEST_CORRECTED: usize = 4;
/// The fewest letters of a word for which any word of the site with the same first letter may stand in.
pub(super) const SHORTEST_FOR_ANY: usize = 6;
/// The fewest letters of words that patterns and names of medicines forgive an error.
pub(super) const SHORTEST_SLIP: usize = 5;
/// Where no words begin as a mistyped one does, all are looked through if they lie in at most 8 parts.
pub(super) const MOST_KNOWN_PARTS: usize = 8;
/// Another form of a word shares at least 5 letters with it, and both have at most 4 others.
pub(super) const SHARED_LETTERS: usize = 5;
pub(super) const OTHER_LETTERS: usize = 4;

/// Gives how many errors a word may have, by its length.
pub(super) fn errors_allowed(word: &str) -> usize {
    if word.chars().count() < SHORTEST_WITH_MOST_ERRORS {
        1
    } else {
        MOST_ERRORS
    }
}

/// Gives all of them under the names that the engine of the page uses.
pub(super) fn as_json() -> Value {
    json!({
        "answers": MOST_ANSWERS,
        "any": SHORTEST_FOR_ANY,
        "base": BASE,
        "corrected": CORRECTED,
        "short": SHORTEST_CORRECTED,
        "digits": DIGITS,
        "errors": MOST_ERRORS,
        "long": SHORTEST_WITH_MOST_ERRORS,
        "gap": GAP,
        "known": MOST_KNOWN_PARTS,
        "letters": MAX_LETTERS,
        "levels": LEVELS,
        "lines": MOST_LINES,
        "longer": LONGER,
        "others": OTHER_LETTERS,
        "phrase": LONGEST_PHRASE,
        "start": SHORTEST_PREFIX,
        "sections": SECTIONS_OF_SLOT,
        "shared": SHARED_LETTERS,
        "slip": SHORTEST_SLIP,
        "terms": MOST_TERMS,
        "open": UNFINISHED,
        "whole": WHOLE,
        "words": MOST_WORDS,
        "worth": WORTH,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn digits_are_printable_need_no_escape_and_stand_once() {
        assert_eq!(DIGITS.len(), 92);
        assert!(DIGITS.bytes().all(|byte| (0x21..0x7f).contains(&byte)));
        assert_eq!(DIGITS.bytes().collect::<BTreeSet<u8>>().len(), 92);
        assert_eq!(Value::from(DIGITS).to_string(), format!("\"{DIGITS}\""));
    }
}
