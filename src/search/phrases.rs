//! Phrases that are looked for as one: what stands in the texts, word by word.

use super::sections::Field;
use std::collections::HashMap;

/// Phrases of two and more words, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    phrases: Vec<Vec<String>>,
    by_first: HashMap<String, Vec<u32>>,
}

impl Phrases {
    /// Prepares phrases; each has two or more words.
    pub(super) fn new(phrases: Vec<Vec<String>>) -> Self {
        let mut by_first: HashMap<String, Vec<u32>> = HashMap::new();
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
        words: &[String],
        order: &[(u32, u16, Field)],
    ) -> Vec<(u32, u16, Field)> {
        let beginnings: Vec<Option<&Vec<u32>>> =
            words.iter().map(|word| self.by_first.get(word)).collect();
        let mut found = Vec::new();
        for (at, (word, section, field)) in order.iter().enumerate() {
            for phrase in beginnings[*word as usize].into_iter().flatten() {
                let rest = &self.phrases[*phrase as usize];
                let fits = rest.iter().enumerate().all(|(step, expected)| {
                    order.get(at + step).is_some_and(|(word, other, of)| {
                        words[*word as usize] == *expected && other == section && of == field
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
