//! Splits text into words as the search sees them: without case, accents and apostrophes; in scripts without spaces, pairs of letters.
//!
//! `static/assets/search-engine.js` splits queries in the same way. `tests/fixtures/tokens.json` holds both together: a change here needs the same
//! change there. The only file that names `icu_properties`.

use crate::base::words::is_written_without_spaces;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use unicode_normalization::UnicodeNormalization;

/// The most letters of a word that count.
pub(crate) const MAX_LETTERS: usize = 40;
/// Characters that people type as an apostrophe.
const APOSTROPHES: [char; 7] = ['\'', '’', '‘', 'ʼ', '´', '`', '＇'];

/// What a character is for the splitting of text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter, a digit or a mark that makes a letter: \p{L}, \p{N} or \p{M}.
    Word,
    /// An unseen character within a word: soft hyphens, joiners and marks of direction.
    Within,
    /// Anything else.
    Between,
}

fn class(character: char) -> Class {
    if let Ok(byte) = u8::try_from(character)
        && byte.is_ascii()
    {
        return class_of_ascii(byte);
    }
    if matches!(character, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    {
        return Class::Within;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    let of_words = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Number)
        .union(GeneralCategoryGroup::Mark);
    if of_words.contains(category) {
        Class::Word
    } else {
        Class::Between
    }
}

/// Tells whether a character only says how a letter sounds, so that people leave it out: accents, and the points of Hebrew and Arabic. The vowel
/// signs of Indian scripts and of Thai are letters to their readers and stay.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

fn class_of_ascii(byte: u8) -> Class {
    if byte.is_ascii_alphanumeric() {
        Class::Word
    } else {
        Class::Between
    }
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || !character.is_ascii()
            && GeneralCategoryGroup::Letter
                .contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

/// Gives the value of a decimal digit of any script. Unicode keeps the ten digits of a script in one row, from zero.
pub(crate) fn digit(character: char) -> Option<u32> {
    if character.is_ascii() {
        return character.to_digit(10);
    }
    let categories = CodePointMapData::<GeneralCategory>::new();
    let is_digit = |code: u32| categories.get32(code) == GeneralCategory::DecimalNumber;
    let code = u32::from(character);
    if !is_digit(code) {
        return None;
    }
    // Rows can follow each other, as those of the mathematical digits do.
    let before = (1..=64).take_while(|back| is_digit(code - back));
    u32::try_from(before.count() % 10).ok()
}

/// Gives each word of a text as it is written there, with an apostrophe and one or two letters behind it, as in "can't".
fn each_written<'t>(text: &'t str, mut give: impl FnMut(&'t str)) {
    let mut rest = text;
    while let Some(start) = find(rest, |class| class == Class::Word) {
        rest = &rest[start..];
        let mut end = find(rest, |class| class == Class::Between).unwrap_or(rest.len());
        end += contraction(&rest[end..]);
        give(&rest[..end]);
        rest = &rest[end..];
    }
}

/// Finds the first character of a class.
fn find(text: &str, is_wanted: impl Fn(Class) -> bool) -> Option<usize> {
    let is_plain = [Class::Word, Class::Between].map(|class| !is_wanted(class));
    let stops =
        |byte: &u8| !byte.is_ascii() || !is_plain[usize::from(!IS_WORD[usize::from(*byte)])];
    let at = text.as_bytes().iter().position(stops)?;
    if text.as_bytes()[at].is_ascii() {
        return Some(at);
    }
    let rest = text[at..].find(|character| is_wanted(class(character)))?;
    Some(at + rest)
}

/// Which bytes are ASCII letters and digits.
const IS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_usize;
    while byte < 128 {
        table[byte] = byte.to_le_bytes()[0].is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Gives how many bytes of a text continue the word before it: an apostrophe, one or two letters, and then no more of a word.
fn contraction(text: &str) -> usize {
    let mut characters = text.char_indices();
    if !characters
        .next()
        .is_some_and(|(_, character)| APOSTROPHES.contains(&character))
    {
        return 0;
    }
    let mut letters = 0;
    for (at, character) in characters {
        if letters < 2 && is_letter(character) {
            letters += 1;
        } else if class(character) != Class::Between {
            return 0;
        } else {
            return if letters > 0 { at } else { 0 };
        }
    }
    if letters > 0 { text.len() } else { 0 }
}

/// Gives each word of a text: as the search sees it, and as it is written.
pub(crate) fn each_token<'t>(text: &'t str, mut give: impl FnMut(&str, &'t str)) {
    let mut folded = String::new();
    each_written(text, |written| {
        folded.clear();
        if written.is_ascii() {
            folded.push_str(written);
            folded.make_ascii_lowercase();
            if written.contains(['\'', '`']) {
                folded.retain(|letter| letter.is_ascii_alphanumeric());
            }
            folded.truncate(MAX_LETTERS);
            give(&folded, written);
            return;
        }
        let plain: String = written
            .chars()
            .filter(|character| !APOSTROPHES.contains(character))
            .nfkd()
            .filter(|character| !is_accent(*character) && class(*character) != Class::Within)
            .collect();
        for character in plain.to_lowercase().chars() {
            match fold(character) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(character),
            }
        }
        for piece in folded
            .split(|character| class(character) == Class::Between)
            .filter(|piece| !piece.is_empty())
        {
            each_run(piece, |token| give(token, written));
        }
    });
}

/// Gives the tokens of a text.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    each_token(text, |token, _| tokens.push(token.to_owned()));
    tokens
}

/// Gives the letters that stand for one that people type in several ways.
fn fold(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ς' => "σ",
        'ة' => "ه",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ـ' => "",
        _ => return None,
    })
}

/// Gives the words of a piece: runs with spaces between words as they are, others as pairs of letters.
fn each_run(piece: &str, mut give: impl FnMut(&str)) {
    let letters: Vec<char> = piece.chars().collect();
    for run in letters.chunk_by(|left, right| {
        is_written_without_spaces(*left) == is_written_without_spaces(*right)
    }) {
        if run.len() > 1 && is_written_without_spaces(run[0]) {
            for pair in run.windows(2) {
                give(&String::from_iter(pair));
            }
        } else {
            give(&run.iter().take(MAX_LETTERS).collect::<String>());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_split_as_the_shared_examples_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tokens.json");
        let text = crate::disk::Disk::read(&crate::disk::RealDisk, path.as_ref())
            .expect("the file is there");
        let examples: Vec<(String, Vec<String>)> =
            serde_json::from_slice(&text).expect("texts with their words");
        assert!(examples.len() > 30);
        for (text, words) in examples {
            assert_eq!(tokens(&text), words, "{text:?}");
        }
    }

    #[test]
    fn digits_of_all_scripts_have_their_values() {
        for zero in [
            '0',
            '٠',
            '۰',
            '०',
            '０',
            '၀',
            '๐',
            '𝟎',
            '𝟘',
            '𝟶',
            '\u{116da}',
        ] {
            for value in 0..10 {
                let character = char::from_u32(u32::from(zero) + value).expect("a digit");
                assert_eq!(digit(character), Some(value), "{character}");
            }
        }
        for other in ['a', '²', '½', '①', '十', '-', 'é'] {
            assert_eq!(digit(other), None, "{other}");
        }
    }

    #[test]
    fn a_word_is_given_with_its_written_form() {
        let mut pairs = Vec::new();
        each_token("La Depresión, don’t", |token, written| {
            pairs.push((token.to_owned(), written));
        });
        let expected = [("la", "La"), ("depresion", "Depresión"), ("dont", "don’t")];
        assert_eq!(
            pairs,
            expected.map(|(token, written)| (token.to_owned(), written))
        );
    }
}
