//! Search: an index of the site for each language, cut into scripts that pages load, and the search itself for the terminal.
//!
//! ```text
//! Site ─prepare→ Searching ─read (each page's tree, in parallel)→ PageText ─add→ ─finish→ Shards ─files→ scripts
//!                                                                                          └─search→ results
//! ```
//!
//! `static/assets/search-engine.js` does in the page what `engine.rs` does here, on the same parts and with the same whole numbers, so that
//! both give the same pages in the same order; it reads the limits and weights (`numbers.rs`) from the index. Nothing here knows HTML or files.

mod aliases;
mod answers;
mod correction;
mod cut;
mod engine;
mod gathering;
mod index;
mod lines;
mod numbers;
mod page_text;
mod phrases;
mod sections;
mod shards;
mod shown;
mod weights;
mod write;

pub(crate) use page_text::PageText;
pub(crate) use shards::Shards;
pub use shown::{Shown, ShownAnswer, ShownPage, ShownWord};

use crate::finding::Findings;
use crate::model::{Page, Site};
use crate::parse::tree::Tree;
use answers::FixedAnswers;
use gathering::Gathering;
use index::Index;
use rayon::prelude::*;

/// Gathers what the search needs to know while pages are made.
pub(crate) struct Searching<'s> {
    site: &'s Site,
    gatherings: Vec<Gathering>,
    answers: Vec<FixedAnswers>,
}

impl<'s> Searching<'s> {
    /// Prepares all languages; placeholders in answers that have no value become findings.
    pub(crate) fn prepare(site: &'s Site, findings: &mut Findings) -> Self {
        let languages = 0..site.languages.len();
        Self {
            site,
            gatherings: languages
                .clone()
                .map(|language| Gathering::new(site, language))
                .collect(),
            answers: languages
                .map(|language| answers::answers(site, language, findings))
                .collect(),
        }
    }

    /// Reads the tree of a page; pages that lists do not show are not searched.
    pub(crate) fn read(&self, page: &Page, tree: &Tree) -> Option<PageText> {
        let phrases = self.gatherings[page.language].phrases();
        page.is_listed()
            .then(|| sections::read(self.site, page, tree, phrases))
    }

    /// Adds a page; pages are added in the order of their addresses, so that equal sites give equal bytes.
    pub(crate) fn add(&mut self, text: PageText) {
        let page = self.site.page(text.page);
        self.gatherings[page.language].add(text, page.role);
    }

    /// Makes the index of each language.
    pub(crate) fn finish(self) -> Vec<Shards> {
        let (site, medicines) = (self.site, aliases::medicine_names(self.site));
        let languages: Vec<(usize, Gathering, FixedAnswers)> = (0..)
            .zip(self.gatherings)
            .zip(self.answers)
            .map(|((language, gathering), answers)| (language, gathering, answers))
            .collect();
        languages
            .into_par_iter()
            .map(|(language, gathering, answers)| {
                Shards::new(
                    site,
                    language,
                    Index::new(gathering),
                    medicines.clone(),
                    answers,
                )
            })
            .collect()
    }
}
