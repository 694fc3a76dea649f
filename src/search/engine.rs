//! The search itself: what a question finds, in which order, and what stands above it.
//!
//! A question is its words: none must be on a page, each adds what it says of it. `static/assets/search-engine.js` does the same in the
//! page, step by step, with the same whole numbers; a browser test holds both together.

use super::answers::Asked;
use super::correction::{Correction, Inquiry, Match};
use super::gathering::{Posting, TermLine};
use super::numbers::{
    CORRECTED, LONGER, LONGEST_PHRASE, MOST_ANSWERS, MOST_ERRORS, MOST_TERMS, MOST_WORDS,
    UNFINISHED, WHOLE, WORTH,
};
use super::shards::Shards;
use crate::base::nearest::distance;
use crate::base::tokens::{each_token, tokens};
use crate::model::answers::AnswerKind;
use std::collections::{BTreeMap, HashSet};

/// What a question gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SearchOutcome {
    /// The fixed answers, by their numbers; the most important first.
    pub answers: Vec<usize>,
    /// What was read as something else.
    pub corrections: Vec<Correction>,
    /// Names of medicines that no page has.
    pub missing: Vec<String>,
    /// How many pages fit.
    pub total: usize,
    /// The best pages.
    pub hits: Vec<Hit>,
}

/// A page that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub slot: u32,
    pub section: u8,
    pub score: u32,
}

/// A word or phrase that is looked for: lists of postings with what they count in hundredths. Of several lists, the best counts on each page.
type SoughtTerm<'a> = Vec<(&'a [Posting], u32)>;

/// Searches; gives at most `limit` pages.
pub(crate) fn search(shards: &Shards, question: &str, limit: usize) -> SearchOutcome {
    let words: Vec<String> = tokens(question).into_iter().take(MOST_WORDS).collect();
    let is_open = ends_within_word(question);
    let mut inquiry = Inquiry::new(shards);
    let asked: Vec<Asked> = words
        .iter()
        .enumerate()
        .map(|(at, word)| inquiry.ask(word, is_open && at + 1 == words.len()))
        .collect();
    let mut terms: Vec<SoughtTerm<'_>> = Vec::new();
    let mut commons: Vec<SoughtTerm<'_>> = Vec::new();
    let mut at = 0;
    while at < asked.len() && terms.len() < MOST_TERMS {
        if let Some((length, line)) = inquiry.phrase(&asked[at..]) {
            terms.push(vec![(&line.postings, WHOLE)]);
            at += length;
            continue;
        }
        let is_last = is_open && at + 1 == asked.len();
        inquiry.terms(&asked[at], is_last, &mut terms, &mut commons);
        at += 1;
    }
    if terms.is_empty() {
        commons.truncate(MOST_TERMS);
        terms = commons;
    }
    let mut answers = shards.answers.find(&asked);
    answers.truncate(MOST_ANSWERS);
    let mut hits = score(&terms);
    pin(shards, &answers, &mut hits);
    let best = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
    hits.retain(|hit| hit.score * WORTH >= best);
    join_long_pages(shards, &mut hits);
    if hits.is_empty() && answers.is_empty() && !words.is_empty() {
        let nothing = shards
            .answers
            .answers
            .iter()
            .position(|answer| answer.kind == AnswerKind::Nothing);
        answers.extend(nothing);
    }
    let total = hits.len();
    hits.truncate(limit);
    SearchOutcome {
        answers,
        corrections: inquiry.corrections,
        missing: inquiry.missing,
        total,
        hits,
    }
}

/// Tells whether the last word may still be written on.
fn ends_within_word(question: &str) -> bool {
    let mut end = 0;
    each_token(question, |_, written| {
        end = written.as_ptr().addr() + written.len() - question.as_ptr().addr();
    });
    end == question.len() && end > 0
}

impl<'a> Inquiry<'a> {
    /// Finds the longest phrase that the words begin with.
    fn phrase(&self, asked: &[Asked]) -> Option<(usize, &'a TermLine)> {
        let words: Vec<&str> = asked
            .iter()
            .take(LONGEST_PHRASE)
            .map(|word| word.corrected.as_deref().unwrap_or(&word.word))
            .collect();
        let first = words.first()?;
        if matches!(self.find(first), Match::Common(_)) && !self.shards.openers.contains(*first) {
            return None;
        }
        (2..=words.len())
            .rev()
            .find_map(|length| match self.find(&words[..length].join(" ")) {
                Match::Line(line) => Some((length, line)),
                _ => None,
            })
    }

    /// Adds what is looked for because of one word.
    fn terms(
        &self,
        asked: &Asked,
        is_last: bool,
        terms: &mut Vec<SoughtTerm<'a>>,
        commons: &mut Vec<SoughtTerm<'a>>,
    ) {
        if let Some(corrected) = &asked.corrected {
            let errors = distance(&asked.word, corrected).min(MOST_ERRORS);
            match self.find(corrected) {
                Match::Line(line) => terms.push(vec![(&line.postings, CORRECTED[errors])]),
                Match::Common(line) => commons.push(vec![(&line.postings, CORRECTED[errors])]),
                Match::Nothing => {}
            }
            return;
        }
        let own = match self.find(&asked.word) {
            Match::Common(line) => {
                commons.push(vec![(&line.postings, WHOLE)]);
                return;
            }
            Match::Line(line) => Some(line),
            Match::Nothing => None,
        };
        let mut term: SoughtTerm<'a> = own
            .iter()
            .map(|line| (line.postings.as_slice(), WHOLE))
            .collect();
        if is_last {
            let weight = if own.is_some() { LONGER } else { UNFINISHED };
            let longer = self.longer(&asked.word).into_iter();
            let others = longer.filter(|line| own.is_none_or(|own| !std::ptr::eq(*line, own)));
            term.extend(others.map(|line| (line.postings.as_slice(), weight)));
        }
        if !term.is_empty() {
            terms.push(term);
        }
    }
}

/// Adds up what the terms say of each slot, and finds its best section.
fn score(terms: &[SoughtTerm<'_>]) -> Vec<Hit> {
    let mut slots: BTreeMap<u32, u32> = BTreeMap::new();
    let mut sections: BTreeMap<(u32, u8), u32> = BTreeMap::new();
    for term in terms {
        let mut best: BTreeMap<u32, (u32, u8)> = BTreeMap::new();
        for (postings, weight) in term {
            for posting in *postings {
                let score = u32::from(posting.impact) * weight;
                let entry = best.entry(posting.slot).or_insert((score, posting.section));
                if score > entry.0 {
                    *entry = (score, posting.section);
                }
            }
        }
        for (slot, (score, section)) in best {
            *slots.entry(slot).or_default() += score;
            *sections.entry((slot, section)).or_default() += score;
        }
    }
    let mut best: BTreeMap<u32, (u32, u8)> = BTreeMap::new();
    for ((slot, section), score) in sections {
        let entry = best.entry(slot).or_insert((score, section));
        if score > entry.0 {
            *entry = (score, section);
        }
    }
    let mut hits: Vec<Hit> = slots
        .into_iter()
        .map(|(slot, score)| Hit {
            slot,
            section: best[&slot].1,
            score,
        })
        .collect();
    hits.sort_by(|left, right| {
        right
            .score
            .cmp(&left.score)
            .then(left.slot.cmp(&right.slot))
    });
    hits
}

/// Puts the pages of the answers first, in their order.
fn pin(shards: &Shards, answers: &[usize], hits: &mut Vec<Hit>) {
    let mut pinned: Vec<u32> = Vec::new();
    for answer in answers {
        for slot in shards.pinned(&shards.answers.answers[*answer]) {
            if !pinned.contains(&slot) {
                pinned.push(slot);
            }
        }
    }
    let best = hits.first().map_or(1, |hit| hit.score);
    hits.retain(|hit| !pinned.contains(&hit.slot));
    let first = pinned.into_iter().map(|slot| Hit {
        slot,
        section: 0,
        score: best,
    });
    hits.splice(0..0, first);
}

/// Keeps the best slot of each page.
fn join_long_pages(shards: &Shards, hits: &mut Vec<Hit>) {
    let mut seen: HashSet<u32> = HashSet::new();
    hits.retain(|hit| {
        let long = shards
            .long
            .iter()
            .find(|(first, count)| (*first..first + count).contains(&hit.slot));
        seen.insert(long.map_or(hit.slot, |(first, _)| *first))
    });
}
