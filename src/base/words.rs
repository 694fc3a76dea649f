//! Counts letters and words as readers meet them, in any script.

use unicode_normalization::char::is_combining_mark;

/// Scripts that write words without spaces between them: the first and the last character, and how many characters make about one word.
const WITHOUT_SPACES: [(char, char, usize); 9] = [
    // Thai and Lao
    ('\u{e00}', '\u{eff}', 4),
    // Myanmar
    ('\u{1000}', '\u{109f}', 4),
    // Khmer
    ('\u{1780}', '\u{17ff}', 4),
    // Hiragana, katakana and bopomofo
    ('\u{3041}', '\u{312f}', 2),
    ('\u{31a0}', '\u{31ff}', 2),
    // Han
    ('\u{3400}', '\u{4dbf}', 2),
    ('\u{4e00}', '\u{9fff}', 2),
    ('\u{f900}', '\u{faff}', 2),
    ('\u{20000}', '\u{3ffff}', 2),
];

/// Counts the characters of a text; marks above or below a letter count with it.
pub(crate) fn letters(text: &str) -> usize {
    text.chars()
        .filter(|character| !is_combining_mark(*character))
        .count()
}

/// Counts the words of a text. In scripts without spaces, a word is counted for every two or four letters.
pub(crate) fn words(text: &str) -> usize {
    let mut count = 0;
    for piece in text.split_whitespace() {
        let mut is_spaced = false;
        let mut quarters = 0;
        for character in piece
            .chars()
            .filter(|character| !is_combining_mark(*character))
        {
            match letters_for_a_word(character) {
                Some(letters) => quarters += 4 / letters,
                None => is_spaced |= character.is_alphanumeric(),
            }
        }
        count += usize::from(is_spaced) + quarters.div_ceil(4);
    }
    count
}

/// Gives the longest part of a text in which no line can break.
pub(crate) fn longest_word(text: &str) -> &str {
    let can_break = |character: char| {
        character.is_whitespace()
            || matches!(
                character,
                '-' | '\u{ad}' | '\u{200b}' | '\u{2010}' | '–' | '—'
            )
            || letters_for_a_word(character).is_some()
    };
    text.split(can_break)
        .max_by_key(|word| letters(word))
        .unwrap_or_default()
}

/// Tells whether a letter belongs to a script that writes words without spaces between them.
pub(crate) fn is_written_without_spaces(letter: char) -> bool {
    letters_for_a_word(letter).is_some()
}

/// Gives a text with a small first letter; a first word with other capitals stays, such as "NHS".
pub(crate) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !has_capitals(letters.as_str()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// Gives a text with a capital first letter; a first word with other capitals stays, such as "eGFR".
pub(crate) fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !has_capitals(letters.as_str()) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// Tells whether the word with which a text begins has a capital.
fn has_capitals(text: &str) -> bool {
    let mut letters = text.chars().take_while(|letter| letter.is_alphanumeric());
    letters.any(char::is_uppercase)
}

fn letters_for_a_word(character: char) -> Option<usize> {
    if character < WITHOUT_SPACES[0].0 {
        return None;
    }
    WITHOUT_SPACES
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&character))
        .map(|(_, _, letters)| *letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        for (text, count) in [
            ("", 0),
            ("  – … \n", 0),
            ("One, two –\u{a0}three", 3),
            ("¿Qué es?", 2),
            ("ما هي", 2),
            ("苯二氮卓类药物", 4),
            ("ベンゾ", 2),
            ("服用 diazepam 後", 3),
            ("ยานอนหลับ", 2),
            ("약을 끊다", 2),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn the_first_letter_changes_only_in_words_without_other_capitals() {
        for (text, lower, upper) in [
            ("", "", ""),
            ("One NHS", "one NHS", "One NHS"),
            ("NHS 111", "NHS 111", "NHS 111"),
            ("McKenzie", "McKenzie", "McKenzie"),
            ("eGFR", "eGFR", "eGFR"),
            ("A word", "a word", "A word"),
            ("élan Vital", "élan Vital", "Élan Vital"),
            ("X-ray", "x-ray", "X-ray"),
        ] {
            assert_eq!(lower_first(text), lower);
            assert_eq!(upper_first(text), upper);
        }
    }

    #[test]
    fn marks_count_with_their_letter() {
        assert_eq!(letters("n\u{303}a"), 2);
        assert_eq!(letters("مَا"), 2);
    }

    #[test]
    fn a_word_ends_where_a_line_can_break() {
        for (text, longest) in [
            ("", ""),
            ("a long-lasting one", "lasting"),
            ("over\u{ad}do", "over"),
            ("苯二氮卓类药物", ""),
            ("der Benzodiazepinentzug", "Benzodiazepinentzug"),
        ] {
            assert_eq!(longest_word(text), longest, "{text}");
        }
    }
}
