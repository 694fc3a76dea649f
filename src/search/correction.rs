//! What is done with words that the site does not know: the reader sees what was searched for instead, or is asked.

use super::answers::Asked;
use super::cut::{KnownWord, part_of};
use super::gathering::TermLine;
use super::numbers::{
    MOST_ERRORS, MOST_KNOWN_PARTS, MOST_LINES, OTHER_LETTERS, SHARED_LETTERS, SHORTEST_CORRECTED,
    SHORTEST_FOR_ANY, SHORTEST_PREFIX, SHORTEST_SLIP, SHORTEST_WITH_MOST_ERRORS, errors_allowed,
};
use super::shards::Shards;
use crate::base::nearest::distance;
use crate::base::tokens::tokens;
use crate::base::words::is_written_without_spaces;
use std::cmp::Reverse;
use std::collections::BTreeSet;

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

/// A question while its words are looked up.
pub(super) struct Inquiry<'a> {
    pub shards: &'a Shards,
    /// What was read as something else.
    pub corrections: Vec<Correction>,
    /// Names of medicines that no page has.
    pub missing: Vec<String>,
}

/// What the site knows of a word.
#[derive(Clone, Copy)]
pub(super) enum Match<'a> {
    Line(&'a TermLine),
    Common(&'a TermLine),
    Nothing,
}

impl<'a> Inquiry<'a> {
    /// Begins a question.
    pub(super) fn new(shards: &'a Shards) -> Self {
        Self {
            shards,
            corrections: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Looks a word or phrase up.
    pub(super) fn find(&self, word: &str) -> Match<'a> {
        let has = |line: &&TermLine| line.forms.iter().any(|form| form == word);
        if let Some(line) = self.shards.common.iter().find(has) {
            return Match::Common(line);
        }
        let (_, lines) = &self.shards.terms[self.shards.part_of(word)];
        lines.iter().find(has).map_or(Match::Nothing, Match::Line)
    }

    /// Says of a word whether the site knows it, and else what may have been meant.
    pub(super) fn ask(&mut self, word: &str, may_go_on: bool) -> Asked {
        let is_listed = self.shards.medicines.contains(word);
        let mut asked = Asked {
            word: word.to_owned(),
            corrected: None,
            is_known: true,
            is_medicine: is_listed,
        };
        if !matches!(self.find(word), Match::Nothing) || self.shards.spoken.contains(word) {
            return asked;
        }
        if is_listed {
            if !self.missing.contains(&asked.word) {
                self.missing.push(asked.word.clone());
            }
            return asked;
        }
        asked.is_known = false;
        asked.is_medicine = self.shards.medicines.iter().any(|name| is_near(word, name));
        if may_go_on && !self.longer(word).is_empty() {
            return asked;
        }
        if word.chars().count() < SHORTEST_CORRECTED
            || word.bytes().any(|byte| byte.is_ascii_digit())
        {
            return asked;
        }
        let is_same = |done: &&Correction| done.from == word;
        if self.corrections.iter().find(is_same).is_none() {
            let found = self.correct(word);
            self.corrections.extend(found);
        }
        let done = self.corrections.iter().find(is_same);
        let to = done
            .filter(|done| done.is_applied)
            .and_then(|done| done.to.first());
        asked.corrected = to.map(|to| tokens(to).concat());
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
            .filter(|(errors, _)| *errors <= MOST_ERRORS)
            .collect();
        let nearest_name = names
            .iter()
            .map(|(errors, _)| *errors)
            .min()
            .filter(|errors| *errors <= errors_allowed(word));
        let (to, errors) = match self.candidate(word) {
            Some((written, errors)) => (written, errors),
            None => (self.other_form(word)?, MOST_ERRORS),
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
                .filter(|name| !matches!(self.find(name), Match::Nothing));
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
        let rank = |form: &'a String| {
            let other: Vec<char> = form.chars().collect();
            let same = letters.iter().zip(&other);
            let shared = same.take_while(|(left, right)| left == right).count();
            let is_form = shared >= SHARED_LETTERS
                && letters.len() - shared <= OTHER_LETTERS
                && other.len() - shared <= OTHER_LETTERS
                && !form.contains(' ')
                && !self.shards.medicines.contains(form);
            is_form.then_some((Reverse(shared), other.len(), form))
        };
        let forms = lines.iter().flat_map(|line| &line.forms);
        let (.., form) = forms.filter_map(rank).min()?;
        Some(form.clone())
    }

    /// Gives the lines with words or phrases that a word is a prefix of.
    pub(super) fn longer(&self, word: &str) -> Vec<&'a TermLine> {
        let letters = word.chars().count();
        let is_whole = word.chars().all(is_written_without_spaces);
        if letters < SHORTEST_PREFIX && !(is_whole && letters == 1) {
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
}

/// Tells whether a word is the name of a medicine with typing errors.
fn is_near(word: &str, name: &str) -> bool {
    let letters = word.chars().count();
    letters >= SHORTEST_SLIP && distance(word, name) <= errors_allowed(word)
}

/// Tells whether a known word may stand in for a mistyped one. Short words have many neighbors, so only words that people
/// search for may stand in for them; "wife" is not "wide".
fn is_likely(is_key: bool, has_first: bool, letters: usize) -> bool {
    is_key || letters >= SHORTEST_WITH_MOST_ERRORS || has_first && letters >= SHORTEST_FOR_ANY
}

/// Finds the word with the fewest errors; of several, the one that is in more sections, then the first of the alphabet.
fn best<'k>(word: &str, known: impl IntoIterator<Item = &'k KnownWord>) -> Option<(String, usize)> {
    let first = word.chars().next();
    let length = word.chars().count();
    let candidates = known.into_iter().filter_map(|known| {
        let token = known.word.as_str();
        let letters = token.chars().count();
        let has_first = token.chars().next() == first;
        let may_be = length.max(letters) != SHORTEST_CORRECTED
            && letters.abs_diff(length) <= errors_allowed(word)
            && is_likely(known.is_key, has_first, length);
        let errors = may_be.then(|| distance(word, token))?;
        let rank = (errors, !has_first, Reverse(known.share), token);
        (errors <= errors_allowed(word)).then_some((rank, known))
    });
    let ((errors, ..), known) = candidates.min_by_key(|(rank, _)| *rank)?;
    Some((known.written.clone(), errors))
}
