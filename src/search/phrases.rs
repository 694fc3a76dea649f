//! Phrases that are looked for as one: what stands in the texts, word by word.

use super::page_text::{Field, PageWords};
use rustc_hash::FxHashMap;

/// Phrases of two and more words, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    phrases: Vec<Vec<String>>,
    by_first: FxHashMap<String, Vec<u32>>,
}

impl Phrases {
    /// Prepares phrases; each has two or more words.
    pub(super) fn new(phrases: Vec<Vec<String>>) -> Self {
        let mut by_first: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (number, phrase) in (0..).zip(&phrases) {
            by_first.entry(phrase[0].clone()).or_default().push(number);
        }
        Self { phrases, by_first }
    }

    /// Gives the phrases.
    pub(super) fn all(&self) -> &[Vec<String>] {
        &self.phrases
    }

    /// Finds all phrases in the words of a page: `words` are the different words, `order` names them one behind the other with where they stand.
    pub(super) fn find(
        &self,
        words: &PageWords,
        order: &[(u32, u16, Field)],
    ) -> Vec<(u32, u16, Field)> {
        let candidates: Vec<Option<&Vec<u32>>> = (0..words.len())
            .map(|word| self.by_first.get(words.get(word)))
            .collect();
        let mut found = Vec::new();
        for (at, (word, section, field)) in order.iter().enumerate() {
            for phrase in candidates[*word as usize].into_iter().flatten() {
                let rest = &self.phrases[*phrase as usize];
                let fits = rest.iter().enumerate().all(|(step, expected)| {
                    order.get(at + step).is_some_and(|(word, other, of)| {
                        words.get(*word as usize) == expected && other == section && of == field
                    })
                });
                if fits {
                    found.push((*phrase, *section, *field));
                }
            }
        }
        found
    }
}
