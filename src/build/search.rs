//! Searches a site as its pages do: the same index, the same order.

use super::make::BATCH;
use super::{Prepared, Progress, ReadOptions, prepare};
use crate::disk::Disk;
use crate::edition::EDITIONS;
use crate::finding::{Failure, Findings};
use crate::load::load;
use crate::model::{Page, Site, page_tree};
use crate::search::{Searching, Shards, Shown};
use rayon::prelude::*;
use std::sync::Arc;

/// Searches a language of a site, the first if none is named; gives at most so many pages. Findings of the site are not told.
pub fn search(
    disk: &dyn Disk,
    options: &ReadOptions,
    language: Option<&str>,
    questions: &[String],
    limit: usize,
    progress: &dyn Progress,
) -> Result<Vec<Shown>, Failure> {
    let mut findings = Findings::default();
    progress.stage("Reading", None);
    let snapshot = Arc::new(load(disk, &options.root, options.starter, &mut findings)?);
    let Prepared { site, .. } = prepare(&snapshot, options, EDITIONS, progress, &mut findings)?;
    let codes: Vec<&str> = site
        .languages
        .iter()
        .map(|language| language.language.code())
        .collect();
    let number = match language {
        None => 0,
        Some(code) => codes
            .iter()
            .position(|known| *known == code)
            .ok_or_else(|| {
                Failure::new(format!("the site has no language `{code}`"))
                    .help(format!("choose one of {}", codes.join(", ")))
            })?,
    };
    let shards = &index(&site, site.published_in(number).collect())[number];
    Ok(questions
        .iter()
        .map(|question| shards.show(question, limit))
        .collect())
}

/// Makes the index of each language from some pages.
pub(super) fn index(site: &Site, mut pages: Vec<&Page>) -> Vec<Shards> {
    let mut searching = Searching::prepare(site, &mut Findings::default());
    pages.sort_by(|left, right| left.address.cmp(&right.address));
    for batch in pages.chunks(BATCH) {
        let read = batch.par_iter().map(|page| {
            let tree = page_tree(site, page, &mut Findings::default());
            searching.read(page, &tree)
        });
        let texts: Vec<_> = read.collect();
        for text in texts.into_iter().flatten() {
            searching.add(text);
        }
    }
    searching.finish()
}
