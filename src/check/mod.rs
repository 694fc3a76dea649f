//! Checks of the whole site, and what is allowed. Faults of one file are found where it is read, faults of one page where it is resolved.

mod address_clash;
mod allow;
mod heavy_picture;
mod leftover_markup;
mod long_name;
mod long_title;
mod low_contrast;
mod no_headings;
mod overdue_review;
mod settings_names;
mod wide_table;

use crate::finding::Findings;
use crate::model::{Page, Site, UsedFiles};
use crate::parse::Document;
use rayon::prelude::*;

/// Runs the checks that need the whole site; `editions` are the names of those that can be made.
pub(crate) fn check_site(site: &Site, editions: &[&str], findings: &mut Findings) {
    address_clash::address_clash(site, findings);
    allow::allow_without_reason(site, findings);
    settings_names::settings_names(site, editions, findings);
    low_contrast::low_contrast(site, findings);
    leftover_markup::leftover_markup(site, findings);
    long_name::long_name(site, findings);
    overdue_review::overdue_review(site, findings);
    let of_articles = site.pages.par_iter().map(|page| {
        let mut findings = Findings::default();
        if let Some(article) = article(page) {
            long_title::long_title(site, article, &mut findings);
            no_headings::no_headings(site, page, article, &mut findings);
            wide_table::wide_table(article, &mut findings);
        }
        findings
    });
    for found in of_articles.collect::<Vec<_>>() {
        findings.append(found);
    }
    for document in shared(site) {
        wide_table::wide_table(document, findings);
    }
    heavy_picture::heavy_logo(site, findings);
}

/// Checks the files beside articles that pages use, which are known when all pages are made.
pub(crate) fn check_used_files(site: &Site, used: &UsedFiles, findings: &mut Findings) {
    heavy_picture::heavy_pictures(site, used, findings);
    address_clash::of_used_files(site, used, findings);
}

/// Marks the findings that the site or a page allows.
pub(crate) fn apply_allowances(site: &Site, findings: &mut Findings) {
    allow::apply(site, findings);
}

/// Gives the article of a page, each of them once: a page whose translation is missing shows the article of another page.
fn article(page: &Page) -> Option<&Document> {
    page.document.as_deref().filter(|_| !page.is_fallback())
}

/// Gives the shared texts, sorted by path.
fn shared(site: &Site) -> Vec<&Document> {
    let mut shared: Vec<&Document> = site.shared.values().map(|document| &**document).collect();
    shared.sort_by(|left, right| left.path.cmp(&right.path));
    shared
}
