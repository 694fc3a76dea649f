//! Checks of the whole site, and what is allowed. Faults of one file are found where it is read, faults of one page where it is resolved.

mod address_clash;
mod allow;
mod heavy_picture;
mod long_name;
mod long_title;
mod low_contrast;
mod no_headings;
mod overdue_review;
mod settings_names;
mod wide_table;

use crate::finding::Findings;
use crate::model::{Page, Site};
use crate::parse::Document;
use crate::parse::tree::{Node, NodeId, Tree};

/// Runs the checks that need the whole site.
pub(crate) fn check_site(site: &Site, findings: &mut Findings) {
    address_clash::address_clash(site, findings);
    allow::allow_without_reason(site, findings);
    settings_names::settings_names(site, findings);
    low_contrast::low_contrast(site, findings);
    long_name::long_name(site, findings);
    overdue_review::overdue_review(site, findings);
    for (_, article) in articles(site) {
        long_title::long_title(site, article, findings);
    }
    for (page, article) in articles(site) {
        no_headings::no_headings(site, page, article, findings);
    }
    for (_, document) in documents(site) {
        wide_table::wide_table(document, findings);
    }
    heavy_picture::heavy_picture(site, findings);
}

/// Marks the findings that the site or a page allows.
pub(crate) fn apply_allowances(site: &Site, findings: &mut Findings) {
    allow::apply(site, findings);
}

/// Goes through the articles, each once: a page whose translation is missing shows the article of another page.
fn articles(site: &Site) -> impl Iterator<Item = (&Page, &Document)> {
    site.pages
        .iter()
        .filter(|page| !page.is_fallback())
        .filter_map(|page| Some((page, page.document.as_deref()?)))
}

/// Goes through the articles and then the shared texts, each with a page of its language, in the order of their files.
fn documents(site: &Site) -> impl Iterator<Item = (&Page, &Document)> {
    let mut shared: Vec<(usize, &Document)> = site
        .shared
        .iter()
        .map(|((language, _), document)| (*language, &**document))
        .collect();
    shared.sort_by_key(|(_, document)| document.file);
    let shared = shared.into_iter().filter_map(|(language, document)| {
        let page = site.pages.iter().find(|page| page.language == language)?;
        Some((page, document))
    });
    articles(site).chain(shared)
}

/// Goes through all nodes of a tree in the order in which they were read.
fn nodes(tree: &Tree) -> impl Iterator<Item = (NodeId, &Node)> {
    (0..u32::try_from(tree.len()).unwrap_or(u32::MAX)).map(|number| {
        let id = NodeId(number);
        (id, tree.node(id))
    })
}
