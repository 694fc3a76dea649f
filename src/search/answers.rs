//! Finds which of the site's fixed answers a question gets.

use super::aliases;
use super::numbers::{GAP, SHORTEST_SLIP, errors_allowed};
use crate::base::nearest::distance;
use crate::base::place::{PageId, Spot};
use crate::finding::Findings;
use crate::load::Origin;
use crate::model::answers::{self, AnswerKind, Choice, Element, Pattern};
use crate::model::data::Row;
use crate::model::{Site, message_tree};
use crate::parse::tree::{Kind, NodeId, Target, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// A run of words of an answer, with where they lead: a telephone number, or an address from the site's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub words: String,
    pub address: Option<String>,
}

/// An answer, ready to be shown.
#[derive(Clone, Debug)]
pub(super) struct FixedAnswer {
    pub id: String,
    pub kind: AnswerKind,
    /// The language of its words where that is not the page's.
    pub language: Option<String>,
    pub title: Vec<Run>,
    pub text: Vec<Vec<Run>>,
    /// The pages that stand first among the results.
    pub pages: Vec<PageId>,
    pub questions: Questions,
    /// The same in the other languages of the site; they are looked at where a question has words that the site does not know.
    pub foreign: Questions,
}

/// The questions that an answer is given to.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions {
    pub when: Vec<Pattern>,
    pub unless: Vec<Pattern>,
}

/// The answers of one language, the most important first, and the sets that their patterns use.
#[derive(Clone, Debug, Default)]
pub(super) struct FixedAnswers {
    pub answers: Vec<FixedAnswer>,
    pub sets: BTreeMap<String, Vec<Choice>>,
}

/// Gives the answers of a language. Words of danger are known in all languages of the site. Only texts that the site wrote itself have findings.
pub(super) fn answers(site: &Site, language: usize, findings: &mut Findings) -> FixedAnswers {
    let data = &site.languages[language].data.search;
    let mut all = FixedAnswers::default();
    let Some(home) = site.by_key(language, "index") else {
        return all;
    };
    for (index, other) in site.languages.iter().enumerate() {
        for (name, words) in &other.data.search.sets {
            let mut choices = answers::set(words);
            add_spellings(&mut choices);
            all.sets.insert(set_name(index, name), choices);
        }
    }
    let spellings = aliases::spellings(site).into_iter();
    let spellings = spellings.map(|word| Choice::Words(vec![word])).collect();
    all.sets.insert(SPELLINGS.to_owned(), spellings);
    for row in &data.answers {
        let voice = if row.is_translated { language } else { 0 };
        let is_own = site.snapshot.file(row.place.file).origin == Origin::Site;
        let mut runs = |text: &Spot<String>| {
            let mut found = Findings::default();
            let tree = message_tree(site, home, voice, &text.value, text.place, &mut found);
            if is_own {
                findings.append(found);
            }
            runs(site, &tree)
        };
        let title = runs(&row.value.title);
        let text = row.value.text.iter().map(runs).collect();
        let named = row.value.pages.iter();
        let mut pages: Vec<PageId> = Vec::new();
        for page in named.filter_map(|name| site.page_named(language, &name.value)) {
            if !pages.contains(&page.id) {
                pages.push(page.id);
            }
        }
        let mut answer = FixedAnswer {
            id: row.id.clone(),
            kind: row.value.kind,
            language: (voice != language).then(|| site.languages[voice].language.code().to_owned()),
            title,
            text,
            pages,
            questions: Questions {
                when: renamed(&row.value.when, voice),
                unless: renamed(&row.value.unless, voice),
            },
            foreign: Questions::default(),
        };
        if row.value.kind == AnswerKind::Crisis {
            for (index, other) in site
                .languages
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != voice)
            {
                let same = |other: &&Row<answers::Answer>| {
                    other.id == row.id && (other.is_translated || index == 0)
                };
                if let Some(other) = other.data.search.answers.iter().find(same) {
                    answer
                        .foreign
                        .when
                        .extend(renamed(&other.value.when, index));
                    answer
                        .foreign
                        .unless
                        .extend(renamed(&other.value.unless, index));
                }
            }
        }
        all.answers.push(answer);
    }
    all
}

/// The set of other spellings of medicines.
const SPELLINGS: &str = "spelling";

/// Where the name of a medicine may stand, it may be spelled otherwise.
fn add_spellings(choices: &mut Vec<Choice>) {
    if choices.contains(&Choice::Medicine) {
        choices.push(Choice::Set(SPELLINGS.to_owned()));
    }
}

/// Sets of several languages stand side by side, so their names say the language.
fn set_name(language: usize, name: &str) -> String {
    format!("{language}{name}")
}

fn renamed(patterns: &[Pattern], language: usize) -> Vec<Pattern> {
    let mut patterns = patterns.to_vec();
    for element in patterns.iter_mut().flatten().flatten() {
        let Element::OneOf(choices) = element else {
            continue;
        };
        for choice in choices.iter_mut() {
            if let Choice::Set(name) = choice {
                *name = set_name(language, name);
            }
        }
        add_spellings(choices);
    }
    patterns
}

/// Gives the text of a tree with its links.
fn runs(site: &Site, tree: &Tree) -> Vec<Run> {
    let mut runs = Vec::new();
    collect(site, tree, Tree::ROOT, None, &mut runs);
    runs
}

fn collect(site: &Site, tree: &Tree, id: NodeId, address: Option<&str>, runs: &mut Vec<Run>) {
    if let Kind::Link(link) = tree.node(id).kind {
        let address = match &tree.links[link as usize].target {
            Target::Page(page, _) => Some(site.page(*page).address.clone()),
            Target::Outside(address) => Some(address.clone()),
            _ => None,
        };
        for child in tree.children(id) {
            collect(site, tree, child, address.as_deref(), runs);
        }
        return;
    }
    let words = tree.words(id, &*site.snapshot);
    if !words.is_empty() {
        match runs.last_mut() {
            Some(last) if last.address.as_deref() == address => last.words.push_str(words),
            _ => runs.push(Run {
                words: words.to_owned(),
                address: address.map(ToOwned::to_owned),
            }),
        }
    }
    for child in tree.children(id) {
        collect(site, tree, child, address, runs);
    }
}

/// A word of a question, as patterns see it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// As it was typed.
    pub word: String,
    /// What it was corrected to.
    pub corrected: Option<String>,
    /// Whether it is such a word or the name of a medicine; another may be a mistyped word of a pattern.
    pub is_known: bool,
    /// Whether it is the name of a medicine, or one mistyped.
    pub is_medicine: bool,
}

impl FixedAnswers {
    /// Gives the answers that a question gets, by their numbers. A question in another language of the site gets them too, also where its
    /// words stand on pages: somebody in danger writes in the language that comes first.
    pub(super) fn find(&self, words: &[Asked]) -> Vec<usize> {
        let fits = |patterns: &[Pattern]| {
            patterns.iter().any(|pattern| {
                pattern
                    .iter()
                    .all(|part| (0..words.len()).any(|at| self.fits(part, words, at)))
            })
        };
        let gets = |questions: &Questions| fits(&questions.when) && !fits(&questions.unless);
        let found = self.answers.iter().enumerate();
        found
            .filter(|(_, answer)| gets(&answer.questions) || gets(&answer.foreign))
            .map(|(number, _)| number)
            .collect()
    }

    fn fits(&self, part: &[Element], words: &[Asked], at: usize) -> bool {
        match part.split_first() {
            None => true,
            Some((Element::Gap, rest)) => {
                (at..=words.len().min(at + GAP)).any(|at| self.fits(rest, words, at))
            }
            Some((Element::OneOf(choices), rest)) => self
                .ends(choices, words, at)
                .into_iter()
                .any(|end| self.fits(rest, words, end)),
        }
    }

    /// Gives where the choices end that stand at a place.
    fn ends(&self, choices: &[Choice], words: &[Asked], at: usize) -> BTreeSet<usize> {
        let mut ends = BTreeSet::new();
        let Some(word) = words.get(at) else {
            return ends;
        };
        for choice in choices {
            let is_here = match choice {
                Choice::Words(sequence) => {
                    let fits = sequence.len() <= words.len() - at
                        && sequence
                            .iter()
                            .zip(&words[at..])
                            .all(|(expected, word)| word.is(expected));
                    if fits {
                        ends.insert(at + sequence.len());
                    }
                    false
                }
                Choice::Beginning(start) => word.begins(start),
                Choice::Set(name) => {
                    if let Some(choices) = self.sets.get(name) {
                        ends.extend(self.ends(choices, words, at));
                    }
                    false
                }
                Choice::Medicine => word.is_medicine,
                Choice::Number => word.word.starts_with(|first: char| first.is_ascii_digit()),
            };
            if is_here {
                ends.insert(at + 1);
            }
        }
        ends
    }
}

impl Asked {
    fn is(&self, expected: &str) -> bool {
        self.word == expected
            || self.corrected.as_deref() == Some(expected)
            || !self.is_known && is_slip(&self.word, expected)
    }

    fn begins(&self, start: &str) -> bool {
        if self.word.starts_with(start)
            || self
                .corrected
                .as_deref()
                .is_some_and(|word| word.starts_with(start))
        {
            return true;
        }
        let length = start.chars().count();
        !self.is_known
            && (length - 1..=length + 1).any(|length| {
                let prefix: String = self.word.chars().take(length).collect();
                is_slip(&prefix, start)
            })
    }
}

/// Tells whether a word is another with so few typing errors that a pattern forgives them; the first letter is right.
fn is_slip(word: &str, expected: &str) -> bool {
    let is_long = |word: &str| word.chars().count() >= SHORTEST_SLIP;
    is_long(word)
        && is_long(expected)
        && word.chars().next() == expected.chars().next()
        && distance(word, expected) <= errors_allowed(expected)
}
