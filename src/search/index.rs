//! The index of one language: for each word the pages where it matters, the best section of each, and how much.
//!
//! All forms of a word share what is known of their stem (Snowball). The only file that names `snowball_stemmers_rs`.

use super::aliases::{self, Group};
use super::phrases::Phrases;
use super::sections::{Counts, Field, PageText, Section};
use super::weights::{Weights, count, keep_best};
use crate::base::place::PageId;
use crate::base::tokens::tokens;
use crate::model::{Role, Site};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many levels the weight of a word has.
pub(super) const LEVELS: u8 = 32;
/// How many sections one slot holds; a page with more has several slots.
pub(super) const SECTIONS_OF_SLOT: usize = 16;
/// A word in more than this share of the sections says little; it is kept apart. Where the site names its little words, only those are, and
/// words that are nearly everywhere.
const COMMON: f64 = 0.4;
const NEARLY_EVERYWHERE: f64 = 0.8;
/// A language with fewer sections has no common words.
const FEWEST_FOR_COMMON: usize = 25;
/// A common word keeps so many pages: it is looked for only where a question has no other word.
const PAGES_OF_COMMON: usize = 20;
/// The most forms of a phrase.
const MOST_FORMS: usize = 8;

/// What a word counts on pages that only lead to others: on the first page of a language, and of a section.
const OF_HOME: f64 = 0.5;
const OF_SECTION: f64 = 0.85;

/// A page where a word matters: its slot, its best section there, and how much, from 1 to [`LEVELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub slot: u32,
    pub section: u8,
    pub impact: u8,
}

/// Forms that share their postings: forms of a word, or of a phrase with a space between its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub forms: Vec<String>,
    pub postings: Vec<Posting>,
    /// Whether it is a word in a title or heading, or one that has words that mean the same: then people search for it.
    pub is_key: bool,
}

/// A page, or sixteen sections of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub page: PageId,
    pub sections: Vec<Section>,
}

/// The index of one language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub slots: Vec<Slot>,
    /// How many pages there are.
    pub pages: usize,
    /// Words and phrases.
    pub lines: Vec<Line>,
    /// Words that are nearly everywhere.
    pub common: Vec<Line>,
    /// Common words with which phrases begin.
    pub openers: BTreeSet<String>,
    /// Words that are written with other signs than the search sees: the word, and in small letters as it is written.
    pub written: BTreeMap<String, String>,
    /// Words that no page has, but that phrases have or that are little words.
    pub spoken: BTreeSet<String>,
}

/// Words with the same stem: the class of each word, and the words of each class.
#[derive(Default)]
pub(super) struct Classes {
    pub of: Vec<u32>,
    pub words: Vec<Vec<u32>>,
}

/// Gathers the pages of a language.
pub(super) struct Gathering {
    pub(super) groups: Vec<Group>,
    pub(super) phrases: Phrases,
    /// Words that say nothing of what is looked for.
    little: BTreeSet<String>,
    stemmer: Option<Stemmer>,
    pub(super) numbers: FxHashMap<String, u32>,
    words: Vec<String>,
    written: HashMap<u32, String>,
    pub(super) counts: Vec<Vec<(u32, Counts)>>,
    pub(super) phrase_counts: Vec<Vec<(u32, Counts)>>,
    pub(super) sections: Vec<Section>,
    /// What words count in each section.
    pub(super) worth: Vec<f64>,
    /// Each page, and its first section.
    pub(super) pages: Vec<(PageId, usize)>,
}

impl Gathering {
    /// Prepares a language.
    pub(super) fn new(site: &Site, language: usize) -> Self {
        let groups = aliases::groups(site, language);
        let phrases: BTreeSet<Vec<String>> = groups
            .iter()
            .flatten()
            .filter(|words| words.len() > 1)
            .cloned()
            .collect();
        let phrases = Phrases::new(phrases.into_iter().collect());
        Self {
            groups,
            phrase_counts: vec![Vec::new(); phrases.all().len()],
            phrases,
            little: site.languages[language]
                .data
                .search
                .little_words
                .iter()
                .flat_map(|word| tokens(word))
                .collect(),
            stemmer: algorithm(site.languages[language].language.code()).map(Stemmer::create),
            numbers: FxHashMap::default(),
            words: Vec::new(),
            written: HashMap::new(),
            counts: Vec::new(),
            sections: Vec::new(),
            worth: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// Gives the phrases that pages are searched for.
    pub(super) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// Adds a page; pages are added in the order of their addresses.
    pub(super) fn add(&mut self, text: PageText, role: Role) {
        let worth = match role {
            Role::Home => OF_HOME,
            Role::Section => OF_SECTION,
            Role::Article | Role::Listing(_) => 1.0,
        };
        self.worth.extend(text.sections.iter().map(|_| worth));
        let first = self.sections.len();
        let section_of = |section: u16| {
            u32::try_from(first).expect("a site has fewer than four billion sections")
                + u32::from(section)
        };
        let own: Vec<u32> = (0..text.words.len())
            .map(|word| self.number(text.words.get(word)))
            .collect();
        for (word, written) in text.written {
            self.written.entry(own[word as usize]).or_insert(written);
        }
        for (word, section, counts) in text.counts {
            self.counts[own[word as usize] as usize].push((section_of(section), counts));
        }
        for (phrase, section, counts) in text.phrases {
            self.phrase_counts[phrase as usize].push((section_of(section), counts));
        }
        self.pages.push((text.page, first));
        self.sections.extend(text.sections);
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number =
            u32::try_from(self.words.len()).expect("a site has fewer than four billion words");
        self.words.push(word.to_owned());
        self.counts.push(Vec::new());
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// Makes the index.
    pub(super) fn finish(mut self) -> Index {
        let names: Vec<String> = self
            .groups
            .iter()
            .flatten()
            .filter(|words| words.len() == 1)
            .flatten()
            .cloned()
            .collect();
        for name in &names {
            self.number(name);
        }
        let classes = self.classes();
        let weights = Weights::new(&self, &classes, &self.places());
        let mut index = Index {
            pages: self.pages.len(),
            ..Index::default()
        };
        let is_common = self.common_classes(&classes, &weights);
        let keys: HashSet<u32> = names
            .iter()
            .map(|name| classes.of[self.numbers[name] as usize])
            .collect();
        self.add_words(&classes, &weights, &is_common, &keys, &mut index);
        self.add_phrases(&classes, &weights, &is_common, &mut index);
        index
            .lines
            .sort_by(|left, right| left.forms.cmp(&right.forms));
        index
            .common
            .sort_by(|left, right| left.forms.cmp(&right.forms));
        let is_silent = |word: &&String| {
            self.numbers.get(*word).is_none_or(|number| {
                weights.classes[classes.of[*number as usize] as usize].is_empty()
            })
        };
        let spoken = self.phrases.all().iter().flatten().chain(&self.little);
        index.spoken = spoken.filter(is_silent).cloned().collect();
        index.slots = self.slots();
        index
    }

    /// Tells of each class whether it says little: little words, and words that are nearly everywhere.
    fn common_classes(&self, classes: &Classes, weights: &Weights) -> Vec<bool> {
        let share = if self.little.is_empty() {
            COMMON
        } else {
            NEARLY_EVERYWHERE
        };
        let limit = if self.sections.len() < FEWEST_FOR_COMMON {
            f64::INFINITY
        } else {
            share * count(self.sections.len())
        };
        let is_little = |word: &u32| self.little.contains(&self.words[*word as usize]);
        let each = classes.words.iter().zip(&weights.sections);
        each.map(|(words, sections)| words.iter().any(is_little) || count(*sections) > limit)
            .collect()
    }

    fn add_words(
        &self,
        classes: &Classes,
        weights: &Weights,
        is_common: &[bool],
        keys: &HashSet<u32>,
        index: &mut Index,
    ) {
        for ((class, words), postings) in (0..).zip(&classes.words).zip(&weights.classes) {
            if postings.is_empty() {
                continue;
            }
            let mut forms: Vec<String> = words
                .iter()
                .map(|word| self.words[*word as usize].clone())
                .collect();
            forms.sort_unstable();
            let is_key =
                keys.contains(&class) || words.iter().any(|word| self.is_in_heading(*word));
            let mut line = Line {
                forms,
                postings: postings.clone(),
                is_key,
            };
            if is_common[class as usize] {
                keep_best(&mut line.postings, PAGES_OF_COMMON);
                index.common.push(line);
                continue;
            }
            let written = words.iter().filter_map(|word| {
                Some((
                    self.words[*word as usize].clone(),
                    self.written.get(word)?.clone(),
                ))
            });
            index.written.extend(written);
            index.lines.push(line);
        }
    }

    fn add_phrases(
        &self,
        classes: &Classes,
        weights: &Weights,
        is_common: &[bool],
        index: &mut Index,
    ) {
        let mut taken: HashSet<String> = HashSet::new();
        for (phrase, postings) in self.phrases.all().iter().zip(&weights.phrases) {
            let mut forms = self.forms(phrase, classes);
            forms.retain(|form| taken.insert(form.clone()));
            if postings.is_empty() || forms.is_empty() {
                continue;
            }
            let first = self
                .numbers
                .get(&phrase[0])
                .map(|word| classes.of[*word as usize]);
            if first.is_some_and(|class| is_common[class as usize]) {
                let openers = forms.iter().filter_map(|form| form.split(' ').next());
                index.openers.extend(openers.map(ToOwned::to_owned));
            }
            index.lines.push(Line {
                forms,
                postings: postings.clone(),
                is_key: false,
            });
        }
    }

    /// Puts words with the same stem together.
    fn classes(&self) -> Classes {
        let stems: Vec<String> = self
            .words
            .par_iter()
            .zip(0_u32..u32::try_from(self.words.len()).unwrap_or(u32::MAX))
            .map(|(word, number)| {
                let written = self.written.get(&number).unwrap_or(word);
                match &self.stemmer {
                    Some(stemmer) if !word.bytes().any(|byte| byte.is_ascii_digit()) => {
                        let stem = tokens(&stemmer.stem(written)).concat();
                        if stem.is_empty() { word.clone() } else { stem }
                    }
                    _ => word.clone(),
                }
            })
            .collect();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut classes = Classes::default();
        for (word, stem) in (0..).zip(&stems) {
            let class = *numbers.entry(stem).or_insert_with(|| {
                classes.words.push(Vec::new());
                u32::try_from(classes.words.len() - 1)
                    .expect("there are no more classes than words")
            });
            classes.words[class as usize].push(word);
            classes.of.push(class);
        }
        classes
    }

    fn is_in_heading(&self, word: u32) -> bool {
        let fields = [Field::Title, Field::Heading];
        self.counts[word as usize]
            .iter()
            .any(|(_, counts)| fields.iter().any(|field| counts[*field as usize] > 0))
    }

    /// Gives the slot and place there of each section.
    fn places(&self) -> Vec<(u32, u8)> {
        let mut places = Vec::with_capacity(self.sections.len());
        let mut slot = 0;
        for (_, sections) in self.pages_with_sections() {
            for sections in self.sections[sections].chunks(SECTIONS_OF_SLOT) {
                places.extend((0..).zip(sections).map(|(place, _)| (slot, place)));
                slot += 1;
            }
        }
        places
    }

    fn pages_with_sections(&self) -> impl Iterator<Item = (PageId, std::ops::Range<usize>)> {
        let ends = self
            .pages
            .iter()
            .skip(1)
            .map(|(_, first)| *first)
            .chain([self.sections.len()]);
        self.pages
            .iter()
            .zip(ends)
            .map(|((page, first), end)| (*page, *first..end))
    }

    /// Gives the slots with their sections.
    fn slots(mut self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        let pages: Vec<_> = self.pages_with_sections().collect();
        for (page, sections) in pages {
            for sections in self.sections[sections].chunks_mut(SECTIONS_OF_SLOT) {
                let sections = sections.iter_mut().map(std::mem::take).collect();
                slots.push(Slot { page, sections });
            }
        }
        slots
    }

    /// Gives a phrase with all forms of its words that the site has.
    fn forms(&self, phrase: &[String], classes: &Classes) -> Vec<String> {
        let mut forms: Vec<String> = vec![String::new()];
        for word in phrase {
            let mut of_word = vec![word.as_str()];
            if let Some(number) = self.numbers.get(word) {
                let others = classes.words[classes.of[*number as usize] as usize]
                    .iter()
                    .map(|word| self.words[*word as usize].as_str());
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

/// Gives the stemmer of a language, if there is one.
fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code.split('-').next().unwrap_or(code) {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}
