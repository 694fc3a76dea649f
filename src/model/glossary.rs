//! Finds the terms of the glossary in running text.

use crate::base::words::lower_first;
use crate::model::data::Data;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;

/// The terms of one language, ready to be looked for.
pub(crate) struct Glossary {
    matcher: Option<AhoCorasick>,
    /// The row of each pattern.
    rows: Vec<u32>,
    /// How many terms there are.
    count: usize,
}

impl Glossary {
    /// Prepares the terms that readers see.
    pub(crate) fn new(data: &Data) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut rows = Vec::new();
        for (index, row) in (0..).zip(&data.terms) {
            let term = row.value.word();
            if term.chars().count() < 3 || !row.value.is_printed {
                continue;
            }
            let mut forms = vec![term.to_owned(), lower_first(term)];
            let plurals: Vec<String> = forms.iter().map(|form| format!("{form}s")).collect();
            forms.extend(plurals);
            forms.dedup();
            rows.extend(std::iter::repeat_n(index, forms.len()));
            patterns.extend(forms);
        }
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .ok();
        Self {
            matcher,
            rows,
            count: data.terms.len(),
        }
    }

    /// Gives how many terms there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Finds the terms in a text that stand there as whole words: the bytes, and the row.
    pub(crate) fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, u32)> + 'a {
        let matches = self
            .matcher
            .iter()
            .flat_map(move |matcher| matcher.find_iter(text));
        matches
            .filter(|found| is_word(text, found.range()))
            .map(|found| (found.range(), self.rows[found.pattern().as_usize()]))
    }
}

fn is_word(text: &str, range: Range<usize>) -> bool {
    let inside = |character: char| character.is_alphanumeric() || character == '-';
    !text[..range.start].ends_with(inside) && !text[range.end..].starts_with(inside)
}
