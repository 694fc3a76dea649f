//! Cuts words into parts that a page can load one by one, by where they stand in the order of strings in JavaScript.

use super::gathering::TermLine;
use super::lines::write_lines;
use super::numbers::SHORTEST_CORRECTED;
use std::collections::BTreeMap;

/// Parts with words are filled up to this many bytes.
const FULL: usize = 4_000;
/// Words with the same prefix stay together up to this many bytes.
const MOST: usize = 8_000;
/// The letters of the shortest prefix whose words stay together.
const LETTERS: usize = 3;
/// The highest share of a known word.
const HIGHEST_SHARE: u8 = 25;

/// A word that can stand in for a mistyped one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownWord {
    pub word: String,
    /// In small letters as it is written.
    pub written: String,
    /// On how many pages it is: a number that grows by one where these double.
    pub share: u8,
    /// Whether people search for it.
    pub is_key: bool,
}

/// Finds the last part that does not begin after a word.
pub(super) fn part_of<T>(parts: &[(String, T)], form: &str) -> usize {
    parts
        .partition_point(|(start, _)| start.encode_utf16().le(form.encode_utf16()))
        .saturating_sub(1)
}

/// Cuts lines into parts: words with the same prefix stay together, as long as they are not too many.
pub(super) fn cut(lines: Vec<TermLine>) -> Vec<(String, Vec<TermLine>)> {
    let mut parts: Vec<(String, Vec<TermLine>)> = Vec::new();
    let mut size = FULL;
    for (start, lines, length) in grouped(lines, LETTERS) {
        if size >= FULL {
            let start = if parts.is_empty() {
                String::new()
            } else {
                start
            };
            parts.push((start, Vec::new()));
            size = 0;
        }
        size += length;
        if let Some((_, part)) = parts.last_mut() {
            part.extend(lines);
        }
    }
    if parts.is_empty() {
        parts.push((String::new(), Vec::new()));
    }
    parts
}

/// Groups lines by the prefix of their forms, in the order of strings in JavaScript; a line whose forms have several prefixes is in several groups.
fn grouped(lines: Vec<TermLine>, letters: usize) -> Vec<(String, Vec<TermLine>, usize)> {
    let mut groups: BTreeMap<Vec<u16>, Vec<TermLine>> = BTreeMap::new();
    for line in lines {
        let mut by_start: BTreeMap<Vec<u16>, Vec<String>> = BTreeMap::new();
        for form in line.forms {
            let start: String = form.chars().take(letters).collect();
            by_start
                .entry(start.encode_utf16().collect())
                .or_default()
                .push(form);
        }
        for (start, forms) in by_start {
            groups.entry(start).or_default().push(TermLine {
                forms,
                postings: line.postings.clone(),
                is_key: line.is_key,
            });
        }
    }
    let mut all = Vec::new();
    for (start, lines) in groups {
        let length = write_lines(&lines).len();
        let can_be_cut = lines
            .iter()
            .flat_map(|line| &line.forms)
            .any(|form| form.chars().count() > letters);
        if length > MOST && can_be_cut {
            all.extend(grouped(lines, letters + 1));
        } else {
            all.push((String::from_utf16_lossy(&start), lines, length));
        }
    }
    all
}

/// Gives the words that can stand in for mistyped ones: single words of some length, in scripts with spaces between words.
pub(super) fn known(lines: &[TermLine], written: &BTreeMap<String, String>) -> Vec<KnownWord> {
    let mut known = Vec::new();
    for line in lines {
        let share = usize::BITS - line.postings.len().leading_zeros();
        for form in &line.forms {
            let is_word = form.chars().count() >= SHORTEST_CORRECTED
                && !form.contains([' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            if is_word {
                known.push(KnownWord {
                    word: form.clone(),
                    written: written.get(form).unwrap_or(form).clone(),
                    share: u8::try_from(share).unwrap_or(u8::MAX).min(HIGHEST_SHARE),
                    is_key: line.is_key,
                });
            }
        }
    }
    known
}

/// Cuts the known words by their first letter.
pub(super) fn cut_known(known: Vec<KnownWord>) -> Vec<(String, Vec<KnownWord>)> {
    let mut by_letter: BTreeMap<Vec<u16>, Vec<KnownWord>> = BTreeMap::new();
    for known in known {
        let first: String = known.word.chars().take(1).collect();
        by_letter
            .entry(first.encode_utf16().collect())
            .or_default()
            .push(known);
    }
    let mut parts: Vec<(String, Vec<KnownWord>)> = Vec::new();
    let mut size = FULL;
    for (letter, mut words) in by_letter {
        words.sort_by(|left, right| left.word.cmp(&right.word));
        if size >= FULL {
            let start = if parts.is_empty() {
                String::new()
            } else {
                String::from_utf16_lossy(&letter)
            };
            parts.push((start, Vec::new()));
            size = 0;
        }
        size += words
            .iter()
            .map(|known| known.written.len() + 2)
            .sum::<usize>();
        if let Some((_, part)) = parts.last_mut() {
            part.extend(words);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::gathering::Posting;
    use super::*;

    #[test]
    fn words_that_begin_alike_stay_in_one_part_and_are_found_there() {
        let posting = |slot| Posting {
            slot,
            section: 0,
            impact: 1,
        };
        let lines: Vec<TermLine> = (0..2000_u32)
            .map(|number| TermLine {
                forms: vec![format!("word{number:04}"), format!("other{number:04}")],
                postings: (0..20).map(|step| posting(number + step)).collect(),
                is_key: false,
            })
            .collect();
        let parts = cut(lines);
        assert!(parts.len() > 10);
        for form in ["word0000", "word1999", "other0500"] {
            let (_, lines) = &parts[part_of(&parts, form)];
            assert!(
                lines
                    .iter()
                    .any(|line| line.forms.iter().any(|other| other == form)),
                "{form}"
            );
        }
    }
}
