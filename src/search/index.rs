//! The index of one language: for each word the pages where it matters, the best section of each, and how much.

use super::gathering::{Classes, Gathering, Slot, TermLine};
use super::page_text::Field;
use super::weights::{Weights, count, keep_best};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A word in more than this share of the sections says little; it is kept apart. Where the site names its stop words, only those are, and
/// words that are in nearly all sections.
const COMMON: f64 = 0.4;
const NEARLY_EVERYWHERE: f64 = 0.8;
/// A language with fewer sections has no common words.
const FEWEST_FOR_COMMON: usize = 25;
/// A common word keeps at most 20 slots: it is looked for only where a question has no other word.
const SLOTS_OF_COMMON: usize = 20;
/// The most forms of a phrase.
const MOST_FORMS: usize = 8;

/// The index of one language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub slots: Vec<Slot>,
    /// How many pages there are.
    pub pages: usize,
    /// Words and phrases.
    pub lines: Vec<TermLine>,
    /// Words that say little.
    pub common: Vec<TermLine>,
    /// Common words with which phrases begin.
    pub openers: BTreeSet<String>,
    /// Words that are written with other characters than the search sees: the word, and in small letters as it is written.
    pub written: BTreeMap<String, String>,
    /// Words that no page has, but that phrases have or that are stop words.
    pub spoken: BTreeSet<String>,
}

impl Index {
    /// Makes the index of all pages that were gathered.
    pub(super) fn new(mut gathering: Gathering) -> Self {
        let names: Vec<String> = gathering.names().cloned().collect();
        for name in &names {
            gathering.number(name);
        }
        let classes = gathering.classes();
        let weights = Weights::new(&gathering, &classes, &gathering.places());
        let indexer = Indexer {
            is_common: common_classes(&gathering, &classes, &weights),
            gathering: &gathering,
            classes,
            weights,
        };
        let mut index = Self {
            pages: gathering.pages.len(),
            ..Self::default()
        };
        indexer.add_words(&names, &mut index);
        indexer.add_phrases(&mut index);
        for lines in [&mut index.lines, &mut index.common] {
            lines.sort_by(|left, right| left.forms.cmp(&right.forms));
        }
        index.spoken = indexer.spoken();
        index.slots = gathering.into_slots();
        index
    }
}

/// Tells of each class whether it says little: stop words, and words that are in most sections.
fn common_classes(gathering: &Gathering, classes: &Classes, weights: &Weights) -> Vec<bool> {
    let share = if gathering.stop_words.is_empty() {
        COMMON
    } else {
        NEARLY_EVERYWHERE
    };
    let limit = if gathering.sections.len() < FEWEST_FOR_COMMON {
        f64::INFINITY
    } else {
        share * count(gathering.sections.len())
    };
    let is_stop_word = |word: &u32| gathering.stop_words.contains(gathering.word(*word));
    let each = classes.words.iter().zip(&weights.sections);
    each.map(|(words, sections)| words.iter().any(is_stop_word) || count(*sections) > limit)
        .collect()
}

/// Writes what was gathered and weighed into an index.
struct Indexer<'g> {
    gathering: &'g Gathering,
    classes: Classes,
    weights: Weights,
    /// By the number of the class.
    is_common: Vec<bool>,
}

impl Indexer<'_> {
    /// Adds all words that some page has; people search for `names`.
    fn add_words(&self, names: &[String], index: &mut Index) {
        let gathering = self.gathering;
        let class_of = |name: &String| self.classes.of[gathering.numbers[name] as usize];
        let keys: HashSet<u32> = names.iter().map(class_of).collect();
        let classes = (0..).zip(&self.classes.words);
        for ((class, words), postings) in classes.zip(&self.weights.classes) {
            if postings.is_empty() {
                continue;
            }
            let forms = words.iter().map(|word| gathering.word(*word).to_owned());
            let mut forms: Vec<String> = forms.collect();
            forms.sort_unstable();
            let is_key =
                keys.contains(&class) || words.iter().any(|word| self.is_in_heading(*word));
            let mut line = TermLine {
                forms,
                postings: postings.clone(),
                is_key,
            };
            if self.is_common[class as usize] {
                keep_best(&mut line.postings, SLOTS_OF_COMMON);
                index.common.push(line);
                continue;
            }
            let written = words.iter().filter_map(|word| {
                let written = gathering.written.get(word)?;
                Some((gathering.word(*word).to_owned(), written.clone()))
            });
            index.written.extend(written);
            index.lines.push(line);
        }
    }

    /// Adds all phrases that some page has, each form once.
    fn add_phrases(&self, index: &mut Index) {
        let mut taken: HashSet<String> = HashSet::new();
        let phrases = self.gathering.phrases.all().iter();
        for (phrase, postings) in phrases.zip(&self.weights.phrases) {
            let mut forms = self.forms(phrase);
            forms.retain(|form| taken.insert(form.clone()));
            if postings.is_empty() || forms.is_empty() {
                continue;
            }
            if self
                .class_of(&phrase[0])
                .is_some_and(|class| self.is_common[class as usize])
            {
                let openers = forms.iter().filter_map(|form| form.split(' ').next());
                index.openers.extend(openers.map(ToOwned::to_owned));
            }
            index.lines.push(TermLine {
                forms,
                postings: postings.clone(),
                is_key: false,
            });
        }
    }

    /// Gives the words of phrases and the stop words that no page has.
    fn spoken(&self) -> BTreeSet<String> {
        let is_silent = |word: &&String| {
            self.class_of(word)
                .is_none_or(|class| self.weights.classes[class as usize].is_empty())
        };
        let phrases = self.gathering.phrases.all().iter().flatten();
        let spoken = phrases.chain(&self.gathering.stop_words);
        spoken.filter(is_silent).cloned().collect()
    }

    /// Gives the class of a word that was gathered.
    fn class_of(&self, word: &str) -> Option<u32> {
        let number = self.gathering.numbers.get(word)?;
        Some(self.classes.of[*number as usize])
    }

    fn is_in_heading(&self, word: u32) -> bool {
        let fields = [Field::Title, Field::Heading];
        self.gathering.counts[word as usize]
            .iter()
            .any(|(_, counts)| fields.iter().any(|field| counts[*field as usize] > 0))
    }

    /// Gives a phrase with all forms of its words that the site has.
    fn forms(&self, phrase: &[String]) -> Vec<String> {
        let mut forms: Vec<String> = vec![String::new()];
        for word in phrase {
            let mut of_word = vec![word.as_str()];
            if let Some(class) = self.class_of(word) {
                let others = self.classes.words[class as usize].iter();
                let others = others.map(|word| self.gathering.word(*word));
                of_word.extend(others.filter(|other| other != word));
            }
            let longer = forms.iter().flat_map(|form| {
                of_word.iter().map(move |word| {
                    if form.is_empty() {
                        (*word).to_owned()
                    } else {
                        format!("{form} {word}")
                    }
                })
            });
            forms = longer.take(MOST_FORMS).collect();
        }
        forms.sort_unstable();
        forms
    }
}
