//! The index of one language: for each word the pages where it matters, the best section of each, and how much.
//!
//! Words are weighed by BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM 2004) over sections, and
//! the weights are rounded to [`LEVELS`] levels here, so that the search itself only adds whole numbers. All forms of a word share what is
//! known of their stem (Snowball). Words that mean the same share what is known of each other.

use super::aliases::{self, Group};
use super::phrases::Phrases;
use super::sections::{Counts, Field, PageText, Section};
use crate::base::place::PageId;
use crate::base::tokens::tokens;
use crate::model::{Role, Site};
use rayon::prelude::*;
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
/// A word keeps a quarter of the pages, the best, but at least and at most so many: of a word that is on more pages, the others say little.
const SHARE_OF_PAGES: usize = 4;
const FEWEST_PAGES: usize = 12;
const MOST_PAGES: usize = 500;
/// A common word keeps so many pages: it is looked for only where a question has no other word.
const PAGES_OF_COMMON: usize = 20;
/// How much a word tells of another that means the same.
const ALIAS_WEIGHT: f32 = 0.8;
/// The most forms of a phrase.
const MOST_FORMS: usize = 8;

/// BM25F: how soon more of the same word stops to matter.
const K1: f64 = 2.0;
/// BM25F: what a word counts in each field.
const WEIGHTS: [f64; Field::COUNT] = [3.0, 2.0, 1.5, 1.0];
/// BM25F: how much the length of each field matters.
const LENGTHS: [f64; Field::COUNT] = [0.5, 0.5, 0.75, 0.75];

/// Sections that are shorter than this share of the average count as that long: a line of the glossary is not better than an article.
const SHORTEST: f64 = 0.5;
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
    pub openers: Vec<String>,
    /// Words that are written with other signs than the search sees: the word, and in small letters as it is written.
    pub written: BTreeMap<String, String>,
    /// Words that no page has, but that phrases have or that are little words.
    pub spoken: Vec<String>,
}

/// Where a word or phrase stands, and how much it matters there.
type Scores = Vec<(u32, f32)>;

/// Gathers the pages of a language.
pub(super) struct Gathering {
    groups: Vec<Group>,
    phrases: Phrases,
    /// Words that say nothing of what is looked for.
    little: HashSet<String>,
    stemmer: Option<Stemmer>,
    numbers: HashMap<String, u32>,
    words: Vec<String>,
    written: HashMap<u32, String>,
    counts: Vec<Vec<(u32, Counts)>>,
    phrase_counts: Vec<Vec<(u32, Counts)>>,
    sections: Vec<Section>,
    /// What words count in each section.
    worth: Vec<f64>,
    /// Each page, and its first section.
    pages: Vec<(PageId, usize)>,
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
            numbers: HashMap::new(),
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
        let own: Vec<u32> = text
            .words
            .into_iter()
            .map(|word| self.number(word))
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

    fn number(&mut self, word: String) -> u32 {
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number =
            u32::try_from(self.words.len()).expect("a site has fewer than four billion words");
        self.words.push(word.clone());
        self.counts.push(Vec::new());
        self.numbers.insert(word, number);
        number
    }

    /// Makes the index.
    pub(super) fn finish(mut self) -> Index {
        for group in self.groups.clone() {
            for words in group.into_iter().filter(|words| words.len() == 1) {
                words.into_iter().for_each(|word| {
                    self.number(word);
                });
            }
        }
        let (class_of, classes) = self.classes();
        let averages = self.averages();
        let counts: Vec<Vec<&[(u32, Counts)]>> = classes
            .iter()
            .map(|words| {
                words
                    .iter()
                    .map(|word| &*self.counts[*word as usize])
                    .collect()
            })
            .collect();
        let mut scores: Vec<Scores> = counts
            .par_iter()
            .map(|lists| self.scores(lists, &averages))
            .collect();
        let mut phrase_scores: Vec<Scores> = self
            .phrase_counts
            .iter()
            .map(|list| self.scores(&[list], &averages))
            .collect();
        let shares: Vec<usize> = scores.iter().map(Vec::len).collect();
        self.share(&class_of, &mut scores, &mut phrase_scores);
        let highest = scores
            .iter()
            .chain(&phrase_scores)
            .flatten()
            .fold(0.0, |highest: f32, (_, score)| highest.max(*score));
        let (slots, place_of) = self.slots();
        let most = (self.pages.len() / SHARE_OF_PAGES).clamp(FEWEST_PAGES, MOST_PAGES);
        let rounded: Vec<Vec<Posting>> = scores
            .par_iter()
            .chain(&phrase_scores)
            .map(|scores| postings(scores, highest, &place_of, most))
            .collect();
        let (of_classes, of_phrases) = rounded.split_at(classes.len());
        let keys: HashSet<u32> = self
            .groups
            .iter()
            .flatten()
            .filter(|words| words.len() == 1)
            .map(|words| class_of[self.numbers[&words[0]] as usize])
            .collect();
        let mut index = Index {
            slots,
            pages: self.pages.len(),
            ..Index::default()
        };
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
        let is_little = |class: u32| {
            classes[class as usize]
                .iter()
                .any(|word| self.little.contains(&self.words[*word as usize]))
        };
        let is_common = |class: u32| is_little(class) || count(shares[class as usize]) > limit;
        for ((class, words), postings) in (0..).zip(&classes).zip(of_classes) {
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
            if is_common(class) {
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
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut openers: BTreeSet<String> = BTreeSet::new();
        for (phrase, postings) in self.phrases.all().iter().zip(of_phrases) {
            if postings.is_empty() {
                continue;
            }
            let forms = self.forms(phrase, &class_of, &classes);
            let forms: Vec<String> = forms
                .into_iter()
                .filter(|form| taken.insert(form.clone()))
                .collect();
            let first = self
                .numbers
                .get(&phrase[0])
                .map(|word| class_of[*word as usize]);
            if first.is_some_and(is_common) {
                openers.extend(
                    forms
                        .iter()
                        .filter_map(|form| Some(form.split_once(' ')?.0.to_owned())),
                );
            }
            if !forms.is_empty() {
                index.lines.push(Line {
                    forms,
                    postings: postings.clone(),
                    is_key: false,
                });
            }
        }
        index.openers = openers.into_iter().collect();
        index
            .lines
            .sort_by(|left, right| left.forms.cmp(&right.forms));
        index
            .common
            .sort_by(|left, right| left.forms.cmp(&right.forms));
        let mut little: Vec<String> = self.little.into_iter().collect();
        little.sort_unstable();
        let spoken = self.phrases.all().iter().flatten().chain(&little);
        let is_silent = |word: &&String| {
            self.numbers
                .get(*word)
                .is_none_or(|number| rounded[class_of[*number as usize] as usize].is_empty())
        };
        index.spoken = spoken
            .filter(is_silent)
            .cloned()
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect();
        index
    }

    /// Puts words with the same stem together: the class of each word, and the words of each class.
    fn classes(&self) -> (Vec<u32>, Vec<Vec<u32>>) {
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
        let mut classes: Vec<Vec<u32>> = Vec::new();
        let mut class_of = Vec::with_capacity(stems.len());
        for (word, stem) in (0..).zip(&stems) {
            let class = *numbers.entry(stem).or_insert_with(|| {
                classes.push(Vec::new());
                u32::try_from(classes.len() - 1).expect("there are no more classes than words")
            });
            classes[class as usize].push(word);
            class_of.push(class);
        }
        (class_of, classes)
    }

    fn is_in_heading(&self, word: u32) -> bool {
        let fields = [Field::Title, Field::Heading];
        self.counts[word as usize]
            .iter()
            .any(|(_, counts)| fields.iter().any(|field| counts[*field as usize] > 0))
    }

    /// Gives the average length of each field, over the sections that have it.
    fn averages(&self) -> [f64; Field::COUNT] {
        std::array::from_fn(|field| {
            let lengths = self
                .sections
                .iter()
                .map(|section| section.lengths[field])
                .filter(|length| *length > 0);
            let (total, number) = lengths.fold((0.0, 0.0), |(total, number), length| {
                (total + f64::from(length), number + 1.0)
            });
            if number > 0.0 { total / number } else { 1.0 }
        })
    }

    /// Weighs a word in each section where one of its forms stands.
    fn scores(&self, lists: &[&[(u32, Counts)]], averages: &[f64; Field::COUNT]) -> Scores {
        let mut all: Vec<(u32, [u32; Field::COUNT])> = Vec::new();
        for (section, counts) in lists.iter().copied().flatten() {
            all.push((*section, counts.map(u32::from)));
        }
        all.sort_unstable_by_key(|(section, _)| *section);
        all.dedup_by(|(section, more), (kept, counts)| {
            let is_same = section == kept;
            if is_same {
                for (count, more) in counts.iter_mut().zip(more) {
                    *count += *more;
                }
            }
            is_same
        });
        let sections = count(self.sections.len());
        let with_word = count(all.len());
        let rarity = libm::log(1.0 + (sections - with_word + 0.5) / (with_word + 0.5));
        let weigh = |(section, counts): (u32, [u32; Field::COUNT])| {
            let lengths = &self.sections[section as usize].lengths;
            let mut frequency = 0.0;
            for field in 0..Field::COUNT {
                let length = (f64::from(lengths[field]) / averages[field]).max(SHORTEST);
                frequency += WEIGHTS[field] * f64::from(counts[field])
                    / (1.0 - LENGTHS[field] + LENGTHS[field] * length);
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is rounded to 32 levels in the end"
            )]
            let score = (self.worth[section as usize] * rarity * frequency * (K1 + 1.0)
                / (K1 + frequency)) as f32;
            (section, score)
        };
        all.into_iter().map(weigh).collect()
    }

    /// Lets words that mean the same share what is known of each other, group by group: medicines, then terms, then other words.
    fn share(&self, class_of: &[u32], scores: &mut [Scores], phrase_scores: &mut [Scores]) {
        let phrase_numbers: HashMap<&[String], usize> = self
            .phrases
            .all()
            .iter()
            .enumerate()
            .map(|(number, phrase)| (phrase.as_slice(), number))
            .collect();
        for group in &self.groups {
            let mut classes: BTreeSet<u32> = BTreeSet::new();
            let mut phrases: BTreeSet<usize> = BTreeSet::new();
            for words in group {
                match words.as_slice() {
                    [word] => {
                        classes.extend(self.numbers.get(word).map(|word| class_of[*word as usize]))
                    }
                    phrase => phrases.extend(phrase_numbers.get(phrase)),
                }
            }
            let mut concept: BTreeMap<u32, f32> = BTreeMap::new();
            let members = classes.iter().map(|class| &scores[*class as usize]);
            for (section, score) in members
                .chain(phrases.iter().map(|phrase| &phrase_scores[*phrase]))
                .flatten()
            {
                let most = concept.entry(*section).or_default();
                *most = most.max(score * ALIAS_WEIGHT);
            }
            for class in classes {
                merge(&mut scores[class as usize], &concept);
            }
            for phrase in phrases {
                merge(&mut phrase_scores[phrase], &concept);
            }
        }
    }

    /// Gives the slots, and the slot and place there of each section.
    fn slots(&self) -> (Vec<Slot>, Vec<(u32, u8)>) {
        let mut slots: Vec<Slot> = Vec::new();
        let mut place_of = Vec::with_capacity(self.sections.len());
        let ends = self
            .pages
            .iter()
            .skip(1)
            .map(|(_, first)| *first)
            .chain([self.sections.len()]);
        for ((page, first), end) in self.pages.iter().zip(ends) {
            for sections in self.sections[*first..end].chunks(SECTIONS_OF_SLOT) {
                let slot =
                    u32::try_from(slots.len()).expect("a site has fewer than four billion slots");
                place_of.extend((0..).zip(sections).map(|(place, _)| (slot, place)));
                slots.push(Slot {
                    page: *page,
                    sections: sections.to_vec(),
                });
            }
        }
        (slots, place_of)
    }

    /// Gives a phrase with all forms of its words that the site has.
    fn forms(&self, phrase: &[String], class_of: &[u32], classes: &[Vec<u32>]) -> Vec<String> {
        let mut forms: Vec<String> = vec![String::new()];
        for word in phrase {
            let mut of_word = vec![word.as_str()];
            if let Some(number) = self.numbers.get(word) {
                let others = classes[class_of[*number as usize] as usize]
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

#[expect(
    clippy::cast_precision_loss,
    reason = "no site has more than 2^52 sections"
)]
fn count(number: usize) -> f64 {
    number as f64
}

fn merge(scores: &mut Scores, concept: &BTreeMap<u32, f32>) {
    let mut merged = concept.clone();
    for (section, score) in scores.iter() {
        let most = merged.entry(*section).or_default();
        *most = most.max(*score);
    }
    *scores = merged.into_iter().collect();
}

/// Keeps the best section of each slot and the best slots, and rounds the scores to levels.
fn postings(scores: &Scores, highest: f32, place_of: &[(u32, u8)], most: usize) -> Vec<Posting> {
    let mut best: Vec<(u32, u8, f32)> = Vec::new();
    for (section, score) in scores {
        let (slot, place) = place_of[*section as usize];
        match best.last_mut() {
            Some(last) if last.0 == slot => {
                if *score > last.2 {
                    *last = (slot, place, *score);
                }
            }
            _ => best.push((slot, place, *score)),
        }
    }
    let level = |score: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and the number of levels"
        )]
        let level = (score / highest * f32::from(LEVELS)).ceil() as u8;
        level.clamp(1, LEVELS)
    };
    let mut postings = best
        .into_iter()
        .map(|(slot, section, score)| Posting {
            slot,
            section,
            impact: level(score),
        })
        .collect();
    keep_best(&mut postings, most);
    postings
}

/// Keeps so many postings, those with the highest impact, and of equal ones the first.
fn keep_best(postings: &mut Vec<Posting>, most: usize) {
    if postings.len() > most {
        postings.sort_by(|left, right| {
            right
                .impact
                .cmp(&left.impact)
                .then(left.slot.cmp(&right.slot))
        });
        postings.truncate(most);
        postings.sort_unstable();
    }
}
