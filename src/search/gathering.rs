//! Gathers the words of all pages of a language, and puts the forms of a word together.
//!
//! All forms of a word share what is known of their stem (Snowball). The only file that names `snowball_stemmers_rs`.

use super::aliases::{self, AliasGroup};
use super::numbers::SECTIONS_OF_SLOT;
use super::page_text::{Counts, PageText, Section};
use super::phrases::Phrases;
use crate::base::place::PageId;
use crate::base::tokens::tokens;
use crate::model::{Role, Site};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use std::collections::{BTreeSet, HashMap};

/// What a word counts on pages that only lead to others: on the first page of a language, and of a section.
const OF_HOME: f64 = 0.5;
const OF_SECTION: f64 = 0.85;

/// A page where a word matters: its slot, its best section there, and how much, from 1 to the number of levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub slot: u32,
    pub section: u8,
    pub impact: u8,
}

/// Forms that share their postings: forms of a word, or of a phrase with a space between its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TermLine {
    pub forms: Vec<String>,
    pub postings: Vec<Posting>,
    /// Whether it is a word in a title or heading, or one that has words that mean the same: then people search for it.
    pub is_key: bool,
}

/// A page, or [`SECTIONS_OF_SLOT`] sections of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub page: PageId,
    pub sections: Vec<Section>,
}

/// Words with the same stem: the class of each word, and the words of each class.
#[derive(Default)]
pub(super) struct Classes {
    pub of: Vec<u32>,
    pub words: Vec<Vec<u32>>,
}

/// Gathers the pages of a language.
pub(super) struct Gathering {
    /// Words that mean the same.
    pub(super) groups: Vec<AliasGroup>,
    pub(super) phrases: Phrases,
    /// Words that say nothing of what is looked for.
    pub(super) stop_words: BTreeSet<String>,
    stemmer: Option<Stemmer>,
    /// The numbers of all words.
    pub(super) numbers: FxHashMap<String, u32>,
    words: Vec<String>,
    /// How words that differ from it by more than case are written, by their numbers.
    pub(super) written: HashMap<u32, String>,
    /// By the number of the word: in which sections it stands, how often.
    pub(super) counts: Vec<Vec<(u32, Counts)>>,
    /// The same by the number of the phrase.
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
            stop_words: site.languages[language]
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

    /// Gives the number of a word, which is known from then on.
    pub(super) fn number(&mut self, word: &str) -> u32 {
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

    /// Gives the words, one each, that have others which mean the same.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let words = self.groups.iter().flatten();
        words.filter(|words| words.len() == 1).flatten()
    }

    /// Gives a word by its number.
    pub(super) fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }

    /// Puts words with the same stem together.
    pub(super) fn classes(&self) -> Classes {
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

    /// Gives the slot and place there of each section.
    pub(super) fn places(&self) -> Vec<(u32, u8)> {
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
    pub(super) fn into_slots(mut self) -> Vec<Slot> {
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
