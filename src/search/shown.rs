//! What a search shows, as words: for the terminal, and for comparing it with the page.

use super::answers::Run;
use super::engine;
use super::shards::Shards;
use serde::Serialize;

/// What a question gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The fixed answers, the most important first.
    pub answers: Vec<ShownAnswer>,
    /// Words that the site does not know, and what they were taken for.
    pub corrections: Vec<ShownWord>,
    /// Names of medicines that no page has.
    pub missing: Vec<String>,
    /// How many pages fit.
    pub total: usize,
    /// The best pages, the best first.
    pub results: Vec<ShownPage>,
}

/// A fixed answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownAnswer {
    /// Its id in the data.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub text: Vec<String>,
}

/// A word that the site does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownWord {
    /// As the search read it.
    pub from: String,
    /// What may have been meant.
    pub to: Vec<String>,
    /// Whether the first of these was searched for instead.
    pub applied: bool,
}

/// A page that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownPage {
    /// The address from the site's root, with the anchor of the best section.
    pub url: String,
    /// The title of the page.
    pub title: String,
    /// The heading of the best section; empty for the part before the first section.
    pub heading: String,
    /// The title of the page's section; empty where it lies in none.
    pub path: String,
    /// The first sentences of the best section; on a large site the summary of the page.
    pub lead: String,
    /// How well the page fits; only the order means something.
    pub score: u32,
}

impl Shards {
    /// Searches, and gives words; at most `limit` pages.
    pub(crate) fn show(&self, question: &str, limit: usize) -> Shown {
        let outcome = engine::search(self, question, limit);
        let words = |runs: &Vec<Run>| runs.iter().map(|run| run.words.as_str()).collect();
        let answers = outcome.answers.iter().map(|number| {
            let answer = &self.answers.answers[*number];
            ShownAnswer {
                id: answer.id.clone(),
                title: words(&answer.title),
                text: answer.text.iter().map(words).collect(),
            }
        });
        let corrections = outcome.corrections.into_iter().map(|correction| ShownWord {
            from: correction.from,
            to: correction.to,
            applied: correction.is_applied,
        });
        let results = outcome.hits.iter().map(|hit| {
            let doc = self.doc(hit.slot);
            let section = &doc.sections[usize::from(hit.section)];
            let anchor = section.anchor.as_ref().map(|anchor| format!("#{anchor}"));
            ShownPage {
                url: format!("{}{}", doc.address, anchor.unwrap_or_default()),
                title: doc.title.clone(),
                heading: section.heading.clone(),
                path: doc.path.clone(),
                lead: if section.lead.is_empty() {
                    &doc.sections[0].lead
                } else {
                    &section.lead
                }
                .clone(),
                score: hit.score,
            }
        });
        Shown {
            answers: answers.collect(),
            corrections: corrections.collect(),
            missing: outcome.missing,
            total: outcome.total,
            results: results.collect(),
        }
    }
}
