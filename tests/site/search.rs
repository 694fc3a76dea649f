//! The search: which pages ordinary words find in the library, which questions get a fixed answer, and what is never changed.

use crate::support::Silent;
use crate::support::queries::{Quality, Query, queries};
use std::path::{Path, PathBuf};
use stepdown::build::{self, Options};
use stepdown::disk::RealDisk;
use stepdown::load::Starter;
use stepdown::search::Shown;

fn library() -> Options {
    Options {
        root: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
        out: PathBuf::from("unused"),
        editions: Vec::new(),
        drafts: false,
        today: crate::support::TODAY.parse().unwrap(),
        force: false,
        starter: Starter::Whole,
    }
}

/// Searches a language of the library.
fn search(language: &str, questions: &[String]) -> Vec<Shown> {
    build::search(
        &RealDisk,
        &library(),
        Some(language),
        questions,
        10,
        &Silent,
    )
    .unwrap()
}

/// Searches for all graded questions.
fn all() -> Vec<(Query, Shown)> {
    let mut all = Vec::new();
    for language in ["en", "es"] {
        let of_language: Vec<Query> = queries()
            .into_iter()
            .filter(|query| query.language == language)
            .collect();
        let words: Vec<String> = of_language
            .iter()
            .map(|query| query.words.clone())
            .collect();
        all.extend(of_language.into_iter().zip(search(language, &words)));
    }
    all
}

#[test]
fn ordinary_words_find_the_pages_that_help() {
    let all = all();
    let mut kinds: Vec<&str> = all.iter().map(|(query, _)| query.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind = all.iter().filter(|(query, _)| query.kind == kind);
        let quality = Quality::of(of_kind.map(|(query, shown)| (query, shown)));
        println!(
            "{kind:14} nDCG@10 {:.3}  MRR {:.3}  answered {:.3}  of {}",
            quality.ndcg, quality.mrr, quality.answered, quality.count
        );
    }
    for language in ["en", "es"] {
        let of_language = all.iter().filter(|(query, _)| query.language == language);
        let quality = Quality::of(of_language.map(|(query, shown)| (query, shown)));
        println!(
            "{language:14} nDCG@10 {:.3}  MRR {:.3}  answered {:.3}  of {}",
            quality.ndcg, quality.mrr, quality.answered, quality.count
        );
    }
    for (query, shown) in &all {
        let one = Quality::of(std::iter::once((query, shown)));
        let got = shown.answers.first().map(|answer| answer.id.as_str());
        if one.count > 0 && one.ndcg < 0.5
            || got.filter(|id| *id != "nothing") != query.answer.as_deref()
        {
            println!(
                "LOW {:.2} {:?} want {:?} got {:?} corrected {:?} missing {:?}",
                one.ndcg,
                query.words,
                query.answer,
                got,
                shown
                    .corrections
                    .iter()
                    .map(|c| (&c.from, &c.to, c.applied))
                    .collect::<Vec<_>>(),
                shown.missing
            );
            for page in shown.results.iter().take(4) {
                println!(
                    "      {} {} {}",
                    query.grade(&page.url),
                    page.score,
                    page.url
                );
            }
        }
    }
}
