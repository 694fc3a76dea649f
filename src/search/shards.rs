//! The parts of an index that a page loads one by one, as the search reads them.

use super::answers::{FixedAnswer, FixedAnswers};
use super::cut::{KnownWord, cut, cut_known, known, part_of};
use super::gathering::{Slot, TermLine};
use super::index::Index;
use super::page_text::Section;
use crate::base::place::PageId;
use crate::model::{Role, Site};
use std::collections::BTreeSet;

/// Languages with at most 100 pages have one file.
const ONE_FILE: usize = 100;
/// The parts of one language, as the search reads them.
pub(crate) struct Shards {
    pub(super) language: String,
    /// How many pages there are.
    pub(super) pages: usize,
    pub(super) slots: Vec<Doc>,
    /// Pages with several slots: the first, and how many.
    pub(super) long: Vec<(u32, u32)>,
    /// Words and phrases: the first of each part, and its lines.
    pub(super) terms: Vec<(String, Vec<TermLine>)>,
    pub(super) common: Vec<TermLine>,
    pub(super) openers: BTreeSet<String>,
    /// Words that can stand in for mistyped ones: the first letter of each part, and its words.
    pub(super) known: Vec<(String, Vec<KnownWord>)>,
    /// Words that no page has, but that are no typing errors either.
    pub(super) spoken: BTreeSet<String>,
    pub(super) medicines: BTreeSet<String>,
    pub(super) answers: FixedAnswers,
}

/// What results show of a slot.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub page: PageId,
    pub address: String,
    pub title: String,
    /// The title of the page's section; empty where it lies in none.
    pub path: String,
    pub sections: Vec<Section>,
}

impl Shards {
    /// Cuts an index into parts.
    pub(super) fn new(
        site: &Site,
        language: usize,
        index: Index,
        medicines: BTreeSet<String>,
        answers: FixedAnswers,
    ) -> Self {
        let is_small = index.pages <= ONE_FILE;
        let mut long: Vec<(u32, u32)> = Vec::new();
        for (number, pair) in (0..).zip(index.slots.windows(2)) {
            if pair[0].page != pair[1].page {
                continue;
            }
            match long.last_mut() {
                Some((first, count)) if *first + *count == number + 1 => *count += 1,
                _ => long.push((number, 2)),
            }
        }
        let mut known = known(&index.lines, &index.written);
        let (terms, known) = if is_small {
            let whole = String::new;
            (vec![(whole(), index.lines)], vec![(whole(), known)])
        } else {
            known.retain(|known| known.is_key || known.share > 1);
            (cut(index.lines), cut_known(known))
        };
        Self {
            language: site.languages[language].language.code().to_owned(),
            pages: index.pages,
            slots: index
                .slots
                .into_iter()
                .map(|slot| doc(site, slot, is_small))
                .collect(),
            long,
            terms,
            common: index.common,
            openers: index.openers,
            known,
            spoken: index.spoken,
            medicines,
            answers,
        }
    }

    /// Gives the slots of the pages that an answer puts first.
    pub(super) fn pinned(&self, answer: &FixedAnswer) -> Vec<u32> {
        let slot = |page| {
            (0..)
                .zip(&self.slots)
                .find(|(_, slot)| slot.page == page)
                .map(|(number, _)| number)
        };
        answer.pages.iter().filter_map(|page| slot(*page)).collect()
    }

    /// Tells whether all parts stand in the first file.
    pub(super) fn is_one_file(&self) -> bool {
        self.pages <= ONE_FILE
    }

    /// Gives what is shown of a slot.
    pub(super) fn doc(&self, slot: u32) -> &Doc {
        &self.slots[slot as usize]
    }

    /// Finds the part that would hold a word or phrase.
    pub(super) fn part_of(&self, form: &str) -> usize {
        part_of(&self.terms, form)
    }
}

/// Gives what results show of a slot. On a large site, sections have no first sentences of their own: the summary of the page stands for it.
fn doc(site: &Site, slot: Slot, is_small: bool) -> Doc {
    let mut sections = slot.sections;
    for section in &mut sections {
        if !is_small && section.anchor.is_some() {
            section.lead.clear();
        }
    }
    let page = site.page(slot.page);
    let section = (page.role == Role::Article)
        .then(|| site.by_key(page.language, &format!("{}/index", page.section())))
        .flatten();
    Doc {
        page: page.id,
        address: page.address.clone(),
        title: page.title.clone(),
        path: section
            .map(|section| section.title.clone())
            .unwrap_or_default(),
        sections,
    }
}
