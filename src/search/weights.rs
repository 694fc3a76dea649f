//! How much each word matters in each place, by BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, CIKM
//! 2004) over sections; then what words that mean the same tell of each other; then rounded to levels, so that the search only adds whole numbers.

use super::gathering::{Classes, Gathering, Posting};
use super::numbers::LEVELS;
use super::page_text::{Counts, Field, Section};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// BM25F: how soon more of the same word stops mattering.
const K1: f64 = 2.0;
/// BM25F: what a word counts in each field.
const WEIGHTS: [f64; Field::COUNT] = [3.0, 2.0, 1.5, 1.0];
/// BM25F: how much the length of each field matters.
const LENGTHS: [f64; Field::COUNT] = [0.5, 0.5, 0.75, 0.75];

/// Sections that are shorter than this share of the average count as that long: a line of the glossary is not better than an article.
const SHORTEST: f64 = 0.5;
/// How much a word tells of another that means the same.
const ALIAS_WEIGHT: f32 = 0.8;
/// Each word keeps its best slots: at least 12 of them, at most 500. Where a word is on more pages, the others say little.
const FEWEST_SLOTS: usize = 12;
const MOST_SLOTS: usize = 500;

/// Where a word or phrase stands, and how much it matters there.
type Scores = Vec<(u32, f32)>;

/// Where each word and phrase matters.
pub(super) struct Weights {
    /// By the number of the class.
    pub classes: Vec<Vec<Posting>>,
    /// By the number of the phrase.
    pub phrases: Vec<Vec<Posting>>,
    /// In how many sections each class stands.
    pub sections: Vec<usize>,
}

impl Weights {
    /// Weighs all words and phrases; `place_of` gives the slot and place there of each section.
    pub(super) fn new(gathering: &Gathering, classes: &Classes, place_of: &[(u32, u8)]) -> Self {
        let norms = norms(gathering);
        let most = slots_of_word(gathering.pages.len());
        let of_class = |words: &Vec<u32>| {
            let lists: Vec<&[(u32, Counts)]> = words
                .iter()
                .map(|word| &*gathering.counts[*word as usize])
                .collect();
            scores(gathering, &lists, &norms)
        };
        let in_groups = classes_in_groups(gathering, classes);
        let weigh = |(class, words): (u32, &Vec<u32>)| {
            let scores = of_class(words);
            let sections = scores.len();
            let is_shared = in_groups.contains(&class);
            let best = if is_shared {
                Vec::new()
            } else {
                best(&scores, place_of, most)
            };
            (
                sections,
                best,
                if is_shared { scores } else { Scores::new() },
            )
        };
        let numbered = classes
            .words
            .par_iter()
            .enumerate()
            .map(|(class, words)| (u32::try_from(class).unwrap_or(u32::MAX), words));
        let weighed: Vec<(usize, Vec<Best>, Scores)> = numbered.map(weigh).collect();
        let sections = weighed.iter().map(|(sections, ..)| *sections).collect();
        let (mut of_classes, mut shared): (Vec<Vec<Best>>, Vec<Scores>) = weighed
            .into_iter()
            .map(|(_, best, scores)| (best, scores))
            .unzip();
        let mut of_phrases: Vec<Scores> = gathering
            .phrase_counts
            .par_iter()
            .map(|list| scores(gathering, &[list], &norms))
            .collect();
        share(gathering, classes, &mut shared, &mut of_phrases);
        for class in in_groups {
            of_classes[class as usize] = best(&shared[class as usize], place_of, most);
        }
        let of_phrases: Vec<Vec<Best>> = of_phrases
            .iter()
            .map(|scores| best(scores, place_of, most))
            .collect();
        let all = of_classes.iter().chain(&of_phrases).flatten();
        let highest = all.fold(0.0, |highest: f32, best| highest.max(best.score));
        let round = |all: &[Vec<Best>]| all.iter().map(|best| postings(best, highest)).collect();
        Self {
            classes: round(&of_classes),
            phrases: round(&of_phrases),
            sections,
        }
    }
}

/// Gives how many slots a word keeps: a quarter as many as there are pages, but at most 60; on large sites a tenth.
fn slots_of_word(pages: usize) -> usize {
    (pages / 4)
        .min(60)
        .max(pages / 10)
        .clamp(FEWEST_SLOTS, MOST_SLOTS)
}

/// Gives the classes of words that mean the same as others.
fn classes_in_groups(gathering: &Gathering, classes: &Classes) -> BTreeSet<u32> {
    let words = gathering
        .groups
        .iter()
        .flatten()
        .filter(|words| words.len() == 1);
    words
        .filter_map(|words| Some(classes.of[*gathering.numbers.get(&words[0])? as usize]))
        .collect()
}

/// The best section of a slot.
struct Best {
    slot: u32,
    section: u8,
    score: f32,
}

/// Gives the average length of each field, over the sections that have it.
fn averages(sections: &[Section]) -> [f64; Field::COUNT] {
    std::array::from_fn(|field| {
        let lengths = sections
            .iter()
            .map(|section| section.lengths[field])
            .filter(|length| *length > 0);
        let (total, number) = lengths.fold((0.0, 0.0), |(total, number), length| {
            (total + f64::from(length), number + 1.0)
        });
        if number > 0.0 { total / number } else { 1.0 }
    })
}

/// Gives what one word counts in each field of each section: less in long fields, and less on pages that only lead to others.
fn norms(gathering: &Gathering) -> Vec<[f64; Field::COUNT]> {
    let averages = averages(&gathering.sections);
    let norm = |section: &Section| {
        std::array::from_fn(|field| {
            let length = (f64::from(section.lengths[field]) / averages[field]).max(SHORTEST);
            WEIGHTS[field] / (1.0 - LENGTHS[field] + LENGTHS[field] * length)
        })
    };
    gathering.sections.iter().map(norm).collect()
}

/// Weighs a word in each section where one of its forms stands.
fn scores(
    gathering: &Gathering,
    lists: &[&[(u32, Counts)]],
    norms: &[[f64; Field::COUNT]],
) -> Scores {
    let frequency = |(section, counts): &(u32, Counts)| {
        let fields = counts.iter().zip(&norms[*section as usize]);
        (
            *section,
            fields
                .map(|(count, norm)| f64::from(*count) * norm)
                .sum::<f64>(),
        )
    };
    let mut all: Vec<(u32, f64)> = lists.iter().copied().flatten().map(frequency).collect();
    if lists.len() > 1 {
        all.sort_by_key(|(section, _)| *section);
        all.dedup_by(|(section, more), (kept, frequency)| {
            let is_same = section == kept;
            if is_same {
                *frequency += *more;
            }
            is_same
        });
    }
    let (sections, with_word) = (count(gathering.sections.len()), count(all.len()));
    let rarity = libm::log(1.0 + (sections - with_word + 0.5) / (with_word + 0.5));
    let weigh = |(section, frequency): (u32, f64)| {
        let score =
            gathering.worth[section as usize] * rarity * frequency * (K1 + 1.0) / (K1 + frequency);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is rounded to 32 levels in the end"
        )]
        let score = score as f32;
        (section, score)
    };
    all.into_iter().map(weigh).collect()
}

/// Lets words that mean the same share what is known of each other, group by group: medicines, then terms, then other words.
fn share(
    gathering: &Gathering,
    classes: &Classes,
    scores: &mut [Scores],
    phrase_scores: &mut [Scores],
) {
    let phrase_numbers: HashMap<&[String], usize> = gathering
        .phrases
        .all()
        .iter()
        .enumerate()
        .map(|(number, phrase)| (phrase.as_slice(), number))
        .collect();
    for group in &gathering.groups {
        let mut members: BTreeSet<u32> = BTreeSet::new();
        let mut phrases: BTreeSet<usize> = BTreeSet::new();
        for words in group {
            match words.as_slice() {
                [word] => members.extend(
                    gathering
                        .numbers
                        .get(word)
                        .map(|word| classes.of[*word as usize]),
                ),
                phrase => phrases.extend(phrase_numbers.get(phrase)),
            }
        }
        let mut concept: BTreeMap<u32, f32> = BTreeMap::new();
        let of_words = members.iter().map(|class| &scores[*class as usize]);
        for (section, score) in of_words
            .chain(phrases.iter().map(|phrase| &phrase_scores[*phrase]))
            .flatten()
        {
            let most = concept.entry(*section).or_default();
            *most = most.max(score * ALIAS_WEIGHT);
        }
        for class in members {
            merge(&mut scores[class as usize], &concept);
        }
        for phrase in phrases {
            merge(&mut phrase_scores[phrase], &concept);
        }
    }
}

fn merge(scores: &mut Scores, concept: &BTreeMap<u32, f32>) {
    let mut merged = concept.clone();
    for (section, score) in scores.iter() {
        let most = merged.entry(*section).or_default();
        *most = most.max(*score);
    }
    *scores = merged.into_iter().collect();
}

/// Keeps the best section of each slot, and the best slots, at most `most`.
fn best(scores: &Scores, place_of: &[(u32, u8)], most: usize) -> Vec<Best> {
    let mut kept: Vec<Best> = Vec::new();
    for (section, score) in scores {
        let (slot, place) = place_of[*section as usize];
        let one = Best {
            slot,
            section: place,
            score: *score,
        };
        match kept.last_mut() {
            Some(last) if last.slot == slot => {
                if one.score > last.score {
                    *last = one;
                }
            }
            _ => kept.push(one),
        }
    }
    if kept.len() > most {
        kept.select_nth_unstable_by(most, |left, right| {
            right
                .score
                .total_cmp(&left.score)
                .then(left.slot.cmp(&right.slot))
        });
        kept.truncate(most);
        kept.sort_unstable_by_key(|best| best.slot);
        kept.shrink_to_fit();
    }
    kept
}

/// Rounds scores to levels.
fn postings(best: &[Best], highest: f32) -> Vec<Posting> {
    let level = |score: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between 0 and the number of levels"
        )]
        let level = (score / highest * f32::from(LEVELS)).ceil() as u8;
        level.clamp(1, LEVELS)
    };
    let posting = |best: &Best| Posting {
        slot: best.slot,
        section: best.section,
        impact: level(best.score),
    };
    best.iter().map(posting).collect()
}

/// Keeps at most `most` postings: those with the highest impact, and of equal ones the first.
pub(super) fn keep_best(postings: &mut Vec<Posting>, most: usize) {
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

#[expect(
    clippy::cast_precision_loss,
    reason = "no site has more than 2^52 sections"
)]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}
