//! The site as a whole: its pages, languages, data and texts, complete and unchanging once resolved.
//!
//! `resolve` makes the `Site` from all documents. `page_tree` then makes the one tree of a page, on demand and without memory of others,
//! so that ten thousand pages never have to be held as trees at once. Nothing here knows HTML or files.

pub(crate) mod answers;
pub(crate) mod components;
pub(crate) mod data;
mod frame;
mod glossary;
mod languages;
pub(crate) mod look;
mod lookup;
mod page_tree;
mod pages;
mod phone;
mod placeholders;
mod review;

pub(crate) use languages::LanguageSite;
pub(crate) use lookup::{asset_at, word_anchor};
pub(crate) use page_tree::{message_tree, page_tree, strip_tree};
pub(crate) use pages::{Listing, Page, Redirect, Role, State};

use crate::base::date::Date;
use crate::base::path::SitePath;
use crate::base::place::{FileId, PageId, Place};
use crate::finding::Findings;
use crate::load::Snapshot;
use crate::parse::Document;
use crate::settings::Settings;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A resolved site.
pub(crate) struct Site {
    /// The files it was made from.
    pub snapshot: Arc<Snapshot>,
    /// Its settings.
    pub settings: Settings,
    /// The day of the build.
    pub today: Date,
    /// Its languages, the source language first.
    pub languages: Vec<LanguageSite>,
    /// All pages, by their numbers, hidden ones included.
    pub pages: Vec<Page>,
    /// Earlier addresses that lead to pages.
    pub redirects: Vec<Redirect>,
    /// The shared texts, by language and name.
    pub shared: HashMap<(usize, String), Arc<Document>>,
    by_key: Vec<HashMap<String, PageId>>,
    by_slug: Vec<HashMap<String, Vec<PageId>>>,
    by_file: HashMap<SitePath, String>,
    anchors: Vec<HashSet<String>>,
}

/// What a build was told beside the settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    /// The day that counts as today.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
}

impl Site {
    /// Gives a page.
    pub(crate) fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// Gives the language a page is published in.
    pub(crate) fn language_of(&self, page: &Page) -> &LanguageSite {
        &self.languages[page.language]
    }

    /// Gives the pages that are published.
    pub(crate) fn published(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| page.state.is_published())
    }

    /// Gives the published pages of a language.
    pub(crate) fn published_in(&self, language: usize) -> impl Iterator<Item = &Page> {
        self.published()
            .filter(move |page| page.language == language)
    }

    /// Finds a page of a language by its path without language and ending, such as `tapering/how-tapering-works`.
    pub(crate) fn by_key(&self, language: usize, key: &str) -> Option<&Page> {
        self.by_key.get(language)?.get(key).map(|id| self.page(*id))
    }

    /// Finds the published page that a name of the data means: its path, or its last part if no other page has the same.
    pub(crate) fn page_named(&self, language: usize, name: &str) -> Option<&Page> {
        let by_slug = || match self.by_slug.get(language)?.get(name)?.as_slice() {
            [only] => Some(self.page(*only)),
            _ => None,
        };
        self.by_key(language, name)
            .or_else(by_slug)
            .filter(|page| page.state.is_published())
    }

    /// Tells whether a page has an anchor.
    pub(crate) fn has_anchor(&self, page: PageId, anchor: &str) -> bool {
        self.anchors[page.0 as usize].contains(anchor)
    }

    /// Gives a place for texts that no author wrote.
    pub(crate) fn nowhere(&self) -> Place {
        self.settings
            .place
            .unwrap_or_else(|| Place::new(FileId(0), 0..0))
    }
}

/// Makes the site from its documents.
pub(crate) fn resolve(
    documents: Vec<Arc<Document>>,
    snapshot: Arc<Snapshot>,
    settings: Settings,
    choices: Choices,
    findings: &mut Findings,
) -> Site {
    let languages = languages::read(&snapshot, &settings, findings);
    let (shared, articles): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| document.path.as_str().starts_with("content/_shared/"));
    let shared = shared.into_iter().filter_map(|document| {
        let mut parts = document
            .path
            .as_str()
            .trim_start_matches("content/_shared/")
            .split('/');
        let code = parts.next()?;
        let name = parts.next()?.strip_suffix(".md")?.to_owned();
        let language = languages
            .iter()
            .position(|site| site.language.code() == code)?;
        Some(((language, name), document))
    });
    let shared = shared.collect();
    let reviews = review::read(&snapshot, &languages, choices.today, findings);
    let made = pages::make(
        articles, &snapshot, &settings, &languages, &reviews, choices, findings,
    );
    let mut site = Site {
        snapshot,
        settings,
        today: choices.today,
        languages,
        pages: made.pages,
        redirects: made.redirects,
        shared,
        by_key: Vec::new(),
        by_slug: Vec::new(),
        by_file: made.by_file,
        anchors: Vec::new(),
    };
    site.by_key.resize_with(site.languages.len(), HashMap::new);
    site.by_slug.resize_with(site.languages.len(), HashMap::new);
    for page in &site.pages {
        site.by_key[page.language].insert(page.key.clone(), page.id);
        site.by_slug[page.language]
            .entry(page.slug().to_owned())
            .or_default()
            .push(page.id);
    }
    site.anchors = site
        .pages
        .iter()
        .map(|page| lookup::anchors(&site, page))
        .collect();
    site
}
