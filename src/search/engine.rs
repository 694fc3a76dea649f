//! The search itself: what a question finds, in which order, and what stands above it.
//!
//! A question is its words: none must be on a page, each adds what it says of it. `static/assets/search-engine.js` does the same in the
//! page, step by step, with the same whole numbers; a browser test holds both together.

use super::aliases::LONGEST_PHRASE;
use super::answers::Asked;
use super::index::{Line, Posting};
use super::shards::{Doc, Known, Shards, part_of};
use crate::base::nearest::distance;
use crate::base::tokens::{each_token, tokens};
use crate::model::answers::AnswerKind;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The most words of a question that are looked at.
const MOST_WORDS: usize = 200;
/// The most words and phrases that are looked for.
const MOST_TERMS: usize = 32;
/// What a word counts that was typed in full, in hundredths.
const WHOLE: u32 = 100;
/// What a word counts that begins as the last word does, if the last word is itself known.
const LONGER: u32 = 30;
/// What a word counts that begins as the last word does, if the last word is not known.
const UNFINISHED: u32 = 70;
/// What a corrected word counts, by the number of its errors.
const CORRECTED: [u32; 3] = [80, 65, 50];
/// The fewest letters of a beginning.
const SHORTEST_BEGINNING: usize = 3;
/// The most lines that are looked for because of a beginning.
const MOST_LINES: usize = 50;
/// The fewest letters of a word that is corrected, then only to a longer one, and of one that may have two errors.
const SHORTEST_CORRECTED: usize = 4;
const SHORTEST_WITH_TWO_ERRORS: usize = 8;
/// The fewest letters of a word for which any word of the site may stand in.
const SHORTEST_FOR_ANY: usize = 6;
/// Where no words begin as a mistyped one does, all are looked through if they lie in so few parts.
const MOST_KNOWN_PARTS: usize = 8;
/// Another form of a word shares at least so many letters with it, and both have at most so many others.
const SHARED_LETTERS: usize = 5;
const OTHER_LETTERS: usize = 4;
/// Pages with less than this share of the best page's score are not shown.
const WORTH: u32 = 12;

/// What a question gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
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

/// A word that the site does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Correction {
    /// As it was typed.
    pub from: String,
    /// What may have been meant.
    pub to: Vec<String>,
    /// Whether it was searched for instead; if not, the reader is asked.
    pub is_applied: bool,
}

/// A page that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub slot: u32,
    pub section: u8,
    pub score: u32,
}

/// A word or phrase that is looked for: lists of postings with what they count in hundredths. Of several lists, the best counts on each page.
type Term<'a> = Vec<(&'a [Posting], u32)>;

/// Searches; gives at most so many pages.
pub(crate) fn search(shards: &Shards, question: &str, limit: usize) -> Outcome {
    let words: Vec<String> = tokens(question).into_iter().take(MOST_WORDS).collect();
    let is_open = ends_within_word(question);
    let mut reading = Reading {
        shards,
        corrections: Vec::new(),
        missing: Vec::new(),
    };
    let asked: Vec<Asked> = words
        .iter()
        .enumerate()
        .map(|(at, word)| reading.ask(word, is_open && at + 1 == words.len()))
        .collect();
    let mut terms: Vec<Term<'_>> = Vec::new();
    let mut commons: Vec<Term<'_>> = Vec::new();
    let mut at = 0;
    while at < asked.len() && terms.len() < MOST_TERMS {
        if let Some((length, line)) = reading.phrase(&asked[at..]) {
            terms.push(vec![(&line.postings, WHOLE)]);
            at += length;
            continue;
        }
        let is_last = is_open && at + 1 == asked.len();
        reading.terms(&asked[at], is_last, &mut terms, &mut commons);
        at += 1;
    }
    if terms.is_empty() {
        commons.truncate(MOST_TERMS);
        terms = commons;
    }
    let mut answers = shards
        .answers
        .find(&asked, asked.iter().any(|word| !word.is_ours));
    answers.truncate(2);
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
    Outcome {
        answers,
        corrections: reading.corrections,
        missing: reading.missing,
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

struct Reading<'a> {
    shards: &'a Shards,
    corrections: Vec<Correction>,
    missing: Vec<String>,
}

/// What the site knows of a word.
enum Found<'a> {
    Line(&'a Line),
    Common(&'a Line),
    Nothing,
}

impl<'a> Reading<'a> {
    fn find(&self, word: &str) -> Found<'a> {
        let has = |line: &&Line| line.forms.iter().any(|form| form == word);
        if let Some(line) = self.shards.common.iter().find(has) {
            return Found::Common(line);
        }
        let (_, lines) = &self.shards.terms[self.shards.part_of(word)];
        lines.iter().find(has).map_or(Found::Nothing, Found::Line)
    }

    /// Says of a word whether the site knows it, and else what may have been meant.
    fn ask(&mut self, word: &str, may_go_on: bool) -> Asked {
        let is_listed = self.shards.medicines.contains(word);
        let mut asked = Asked {
            word: word.to_owned(),
            corrected: None,
            is_ours: true,
            is_known: true,
            is_medicine: is_listed,
        };
        if !matches!(self.find(word), Found::Nothing) || self.shards.spoken.contains(word) {
            return asked;
        }
        asked.is_ours = false;
        if is_listed {
            if !self.missing.contains(&asked.word) {
                self.missing.push(asked.word.clone());
            }
            return asked;
        }
        asked.is_known = false;
        asked.is_medicine = self.shards.medicines.iter().any(|name| is_near(word, name));
        if may_go_on && !self.beginning(word).is_empty() {
            return asked;
        }
        if word.chars().count() < SHORTEST_CORRECTED
            || word.bytes().any(|byte| byte.is_ascii_digit())
        {
            return asked;
        }
        if let Some(done) = self.corrections.iter().find(|done| done.from == word) {
            asked.corrected = done
                .to
                .first()
                .filter(|_| done.is_applied)
                .map(|to| tokens(to).concat());
            return asked;
        }
        if let Some(correction) = self.correct(word) {
            asked.corrected = correction
                .to
                .first()
                .filter(|_| correction.is_applied)
                .map(|to| tokens(to).concat());
            self.corrections.push(correction);
        }
        asked
    }

    /// Finds what a mistyped word may mean. A medicine is never silently taken for another: a word that is near the name of one becomes
    /// that name only if it has one error and no other name is near; else the reader is asked.
    fn correct(&self, word: &str) -> Option<Correction> {
        let names: Vec<(usize, &String)> = self
            .shards
            .medicines
            .iter()
            .map(|name| (distance(word, name), name))
            .filter(|(errors, _)| *errors <= 2)
            .collect();
        let nearest_name = names
            .iter()
            .map(|(errors, _)| *errors)
            .min()
            .filter(|errors| *errors <= errors_allowed(word));
        let (to, errors) = match self.candidate(word) {
            Some((written, errors)) => (written, errors),
            None => (self.other_form(word)?, 2),
        };
        let token = tokens(&to).concat();
        let is_name = self.shards.medicines.contains(&token);
        let is_applied = if is_name {
            errors == 1 && names.iter().all(|(_, name)| **name == token)
        } else {
            nearest_name.is_none_or(|nearest| nearest > errors)
        };
        let mut to = vec![to];
        if !is_applied {
            let known = names
                .iter()
                .map(|(_, name)| *name)
                .filter(|name| !matches!(self.find(name), Found::Nothing));
            to.extend(known.cloned());
            let mut seen = BTreeSet::new();
            to.retain(|word| seen.insert(tokens(word).concat()));
        }
        Some(Correction {
            from: word.to_owned(),
            to,
            is_applied,
        })
    }

    /// Finds the known word with the fewest errors: among those that begin with the same letter, then in a site of some size among all.
    fn candidate(&self, word: &str) -> Option<(String, usize)> {
        let parts = &self.shards.known;
        let own = part_of(parts, word);
        let found = best(word, &parts.get(own)?.1);
        if found.is_some() || parts.len() > MOST_KNOWN_PARTS {
            return found;
        }
        let others = parts
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != own);
        best(word, others.flat_map(|(_, (_, known))| known))
    }

    /// Finds another form of a word: a known word that begins with the same letters.
    fn other_form(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        let (_, lines) = &self.shards.terms[self.shards.part_of(word)];
        let mut best: Option<(usize, usize, &String)> = None;
        for form in lines.iter().flat_map(|line| &line.forms) {
            let other: Vec<char> = form.chars().collect();
            let shared = letters
                .iter()
                .zip(&other)
                .take_while(|(left, right)| left == right)
                .count();
            let is_form = shared >= SHARED_LETTERS
                && letters.len() - shared <= OTHER_LETTERS
                && other.len() - shared <= OTHER_LETTERS
                && !form.contains(' ')
                && !self.shards.medicines.contains(form);
            if !is_form {
                continue;
            }
            let is_better = best.is_none_or(|(most, length, name)| {
                (std::cmp::Reverse(shared), other.len(), form)
                    < (std::cmp::Reverse(most), length, name)
            });
            if is_better {
                best = Some((shared, other.len(), form));
            }
        }
        best.map(|(.., form)| form.clone())
    }

    /// Gives the lines with words or phrases that begin so.
    fn beginning(&self, word: &str) -> Vec<&'a Line> {
        let letters = word.chars().count();
        let is_sign = word
            .chars()
            .all(crate::base::words::is_written_without_spaces);
        if letters < SHORTEST_BEGINNING && !(is_sign && letters == 1) {
            return Vec::new();
        }
        let (_, lines) = &self.shards.terms[self.shards.part_of(word)];
        lines
            .iter()
            .filter(|line| {
                line.forms
                    .iter()
                    .any(|form| form.starts_with(word) && form != word)
            })
            .take(MOST_LINES)
            .collect()
    }

    /// Finds the longest phrase that the words begin with.
    fn phrase(&self, asked: &[Asked]) -> Option<(usize, &'a Line)> {
        let words: Vec<&str> = asked
            .iter()
            .take(LONGEST_PHRASE)
            .map(|word| word.corrected.as_deref().unwrap_or(&word.word))
            .collect();
        let first = words.first()?;
        if matches!(self.find(first), Found::Common(_)) && !self.shards.openers.contains(*first) {
            return None;
        }
        (2..=words.len())
            .rev()
            .find_map(|length| match self.find(&words[..length].join(" ")) {
                Found::Line(line) => Some((length, line)),
                _ => None,
            })
    }

    /// Adds what is looked for because of one word.
    fn terms(
        &self,
        asked: &Asked,
        is_last: bool,
        terms: &mut Vec<Term<'a>>,
        commons: &mut Vec<Term<'a>>,
    ) {
        if let Some(corrected) = &asked.corrected {
            let errors = distance(&asked.word, corrected).min(2);
            match self.find(corrected) {
                Found::Line(line) => terms.push(vec![(&line.postings, CORRECTED[errors])]),
                Found::Common(line) => commons.push(vec![(&line.postings, CORRECTED[errors])]),
                Found::Nothing => {}
            }
            return;
        }
        let own = match self.find(&asked.word) {
            Found::Common(line) => {
                commons.push(vec![(&line.postings, WHOLE)]);
                return;
            }
            Found::Line(line) => Some(line),
            Found::Nothing => None,
        };
        let mut term: Term<'a> = own
            .iter()
            .map(|line| (line.postings.as_slice(), WHOLE))
            .collect();
        if is_last {
            let weight = if own.is_some() { LONGER } else { UNFINISHED };
            let longer = self.beginning(&asked.word).into_iter();
            let others = longer.filter(|line| own.is_none_or(|own| !std::ptr::eq(*line, own)));
            term.extend(others.map(|line| (line.postings.as_slice(), weight)));
        }
        if !term.is_empty() {
            terms.push(term);
        }
    }
}

/// Gives how many errors a word may have.
fn errors_allowed(word: &str) -> usize {
    if word.chars().count() < SHORTEST_WITH_TWO_ERRORS {
        1
    } else {
        2
    }
}

/// Tells whether a word is the name of a medicine with typing errors.
fn is_near(word: &str, name: &str) -> bool {
    let letters = word.chars().count();
    letters > SHORTEST_CORRECTED && distance(word, name) <= errors_allowed(word)
}

/// Tells whether a known word may stand in for a mistyped one of so many letters. Short words have many neighbors, so only words that people
/// search for may stand in for them; "wife" is not "wide".
fn is_likely(is_key: bool, has_first: bool, letters: usize) -> bool {
    is_key || letters >= SHORTEST_WITH_TWO_ERRORS || has_first && letters >= SHORTEST_FOR_ANY
}

/// Finds the word with the fewest errors; of several, the one that is in more sections, then the first of the alphabet.
fn best<'k>(word: &str, known: impl IntoIterator<Item = &'k Known>) -> Option<(String, usize)> {
    let first = word.chars().next();
    let length = word.chars().count();
    let mut best: Option<(usize, std::cmp::Reverse<u8>, &str, &str, usize)> = None;
    for known in known {
        let token = known.word.as_str();
        let has_first = token.chars().next() == first;
        if length.max(token.chars().count()) == SHORTEST_CORRECTED {
            continue;
        }
        if token.chars().count().abs_diff(length) > errors_allowed(word)
            || !is_likely(known.is_key, has_first, length)
        {
            continue;
        }
        let errors = distance(word, token);
        if errors > errors_allowed(word) {
            continue;
        }
        let rank = 2 * errors + usize::from(!has_first);
        let candidate = (
            rank,
            std::cmp::Reverse(known.share),
            token,
            known.written.as_str(),
            errors,
        );
        if best
            .is_none_or(|best| (candidate.0, candidate.1, candidate.2) < (best.0, best.1, best.2))
        {
            best = Some(candidate);
        }
    }
    best.map(|(.., written, errors)| (written.to_owned(), errors))
}

/// Adds up what the terms say of each slot, and finds its best section.
fn score(terms: &[Term<'_>]) -> Vec<Hit> {
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

impl Shards {
    /// Gives what is shown of a hit.
    pub(super) fn doc(&self, hit: &Hit) -> &Doc {
        &self.slots[hit.slot as usize]
    }
}
