//! The site as a whole: its pages, languages, data and texts, complete and unchanging once resolved.
//!
//! `resolve` makes the `Site` from all documents. `page_tree` then makes the one tree of a page, on demand and without memory of others,
//! so that ten thousand pages never have to be held as trees at once. Nothing here knows HTML or files.

pub(crate) mod answers;
pub(crate) mod block_text;
pub(crate) mod components;
pub(crate) mod data;
mod frame;
mod glossary;
mod languages;
pub(crate) mod leftover_markup;
mod link_advice;
pub(crate) mod look;
mod lookup;
mod page_texts;
mod page_tree;
mod pages;
mod phone;
mod placeholders;
pub(crate) mod provenance;
mod review;
mod used_files;

pub(crate) use languages::{LanguageSite, own_texts};
pub(crate) use link_advice::relative;
pub(crate) use lookup::word_anchor;
pub(crate) use page_tree::{message_tree, page_tree, strip_tree};
pub(crate) use pages::{Hidden, Listing, Page, Redirect, Role};
pub(crate) use used_files::UsedFiles;

use crate::base::date::Date;
use crate::base::path::SitePath;
use crate::base::place::{FileId, PageId, Place};
use crate::finding::Findings;
use crate::load::Snapshot;
use crate::parse::Document;
use crate::parse::front_matter::PageKind;
use crate::settings::Settings;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// A resolved site.
pub(crate) struct Site {
    /// The files it was made from.
    pub snapshot: Arc<Snapshot>,
    /// Its settings.
    pub settings: Settings,
    /// The day of the build.
    pub today: Date,
    /// Its languages, the source language first.
    pub languages: Arc<Vec<LanguageSite>>,
    /// All pages, by their numbers, hidden ones included.
    pub pages: Vec<Page>,
    /// Earlier addresses that lead to pages.
    pub redirects: Vec<Redirect>,
    /// The shared texts, by language and name.
    pub shared: HashMap<(usize, String), Arc<Document>>,
    by_key: Arc<Vec<FxHashMap<Arc<str>, PageId>>>,
    by_slug: Arc<Vec<FxHashMap<Box<str>, Named>>>,
    by_file: Arc<FxHashMap<SitePath, Arc<str>>>,
    /// The anchors of each page, made when somebody asks for them: most pages are never asked.
    anchors: Vec<OnceLock<FxHashSet<String>>>,
    /// The ids of the sources that the published pages of each language cite, made when somebody asks for them.
    cited: Vec<OnceLock<HashSet<String>>>,
}

/// The pages that have the same last part of their paths.
enum Named {
    One(PageId),
    Several(Vec<PageId>),
}

impl Named {
    fn pages(&self) -> &[PageId] {
        match self {
            Self::One(page) => std::slice::from_ref(page),
            Self::Several(pages) => pages,
        }
    }
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

    /// Gives the list of telephone numbers of a language, which is always published.
    pub(crate) fn helplines(&self, language: usize) -> Option<&Page> {
        self.by_key(language, Listing::Helplines.name())
    }

    /// Gives the page that readers find where a page is named: that page; the telephone numbers in the place of a page that would help in
    /// danger and is not published; nothing in the place of any other that is not.
    pub(crate) fn shown_for<'s>(&'s self, page: &'s Page) -> Option<&'s Page> {
        if page.state.is_published() {
            return Some(page);
        }
        self.helplines(page.language)
            .filter(|_| page.kind() == PageKind::Safety)
    }

    /// Finds the page that readers find where the data names a page: by its path, or its last part if no other page has the same.
    pub(crate) fn page_named(&self, language: usize, name: &str) -> Option<&Page> {
        let by_slug = || match self.by_slug.get(language)?.get(name)?.pages() {
            [only] => Some(self.page(*only)),
            _ => None,
        };
        let named = self.by_key(language, name).or_else(by_slug)?;
        self.shown_for(named)
    }

    /// Tells whether a page has an anchor.
    pub(crate) fn has_anchor(&self, page: PageId, anchor: &str) -> bool {
        self.anchors(page).contains(anchor)
    }

    /// Gives all anchors of a page.
    fn anchors(&self, page: PageId) -> &FxHashSet<String> {
        self.anchors[page.0 as usize].get_or_init(|| page_texts::anchors(self, self.page(page)))
    }

    /// Tells whether a heading stands in the text of a page.
    pub(crate) fn has_heading(&self, page: &Page) -> bool {
        page_texts::has_heading(self, page)
    }

    /// Gives the ids of the sources that the published pages of a language cite.
    pub(super) fn cited(&self, language: usize) -> &HashSet<String> {
        self.cited[language].get_or_init(|| page_texts::cited(self, language))
    }

    /// Gives the site as it is after some articles and shared texts were edited below their front matter, and nothing else changed:
    /// all that `resolve` makes of names, front matter and data stays as it is.
    pub(crate) fn with_texts(&self, edited: &[Arc<Document>], snapshot: Arc<Snapshot>) -> Self {
        let edited: FxHashMap<FileId, &Arc<Document>> = edited
            .iter()
            .map(|document| (document.file, document))
            .collect();
        let newest = |document: &Arc<Document>| {
            let edited = edited.get(&document.file).copied();
            Arc::clone(edited.unwrap_or(document))
        };
        let pages = self.pages.par_iter().map(|page| Page {
            document: page.document.as_ref().map(newest),
            ..page.clone()
        });
        let shared = self.shared.iter();
        Self {
            snapshot,
            settings: self.settings.clone(),
            today: self.today,
            languages: Arc::clone(&self.languages),
            pages: pages.collect(),
            redirects: self.redirects.clone(),
            shared: shared
                .map(|(name, document)| (name.clone(), newest(document)))
                .collect(),
            by_key: Arc::clone(&self.by_key),
            by_slug: Arc::clone(&self.by_slug),
            by_file: Arc::clone(&self.by_file),
            anchors: unknown(self.pages.len()),
            cited: unknown(self.languages.len()),
        }
    }

    /// Gives an interface text of a language that names the source language.
    pub(crate) fn text_about_source(&self, language: usize, name: &str) -> String {
        let source = self.languages[0].language.code();
        self.languages[language]
            .texts
            .with(name, &[("source", source)])
    }

    /// Gives a place for texts that no author wrote.
    pub(crate) fn nowhere(&self) -> Place {
        self.settings
            .place
            .unwrap_or_else(|| self.snapshot.nowhere())
    }
}

/// Makes the site from its documents, which are sorted by path.
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
        .partition(|document| document.is_shared());
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
    let (by_key, by_slug) = rayon::join(
        || by_key(&made.pages, languages.len()),
        || by_slug(&made.pages, languages.len()),
    );
    Site {
        snapshot,
        settings,
        today: choices.today,
        anchors: unknown(made.pages.len()),
        cited: unknown(languages.len()),
        languages: Arc::new(languages),
        pages: made.pages,
        redirects: made.redirects,
        shared,
        by_key: Arc::new(by_key),
        by_slug: Arc::new(by_slug),
        by_file: Arc::new(made.by_file),
    }
}

/// Gives places for facts that nobody has asked for yet.
fn unknown<T>(number: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(number).collect()
}

/// Gives the names of the placeholders that have no value in the first language of a site.
pub(crate) fn unfilled(snapshot: &Snapshot, settings: &Settings) -> Vec<&'static str> {
    let languages = languages::read(snapshot, settings, &mut Findings::default());
    let placeholders = languages.first().map(|language| &language.placeholders);
    let is_unfilled = |name: &&str| {
        let filling = placeholders.and_then(|placeholders| placeholders.get(name));
        filling.is_none_or(|filling| filling.is_stand_in)
    };
    placeholders::NAMES
        .into_iter()
        .filter(is_unfilled)
        .collect()
}

/// Gives the pages of each language by their keys.
fn by_key(pages: &[Page], languages: usize) -> Vec<FxHashMap<Arc<str>, PageId>> {
    let mut by_key = vec![FxHashMap::default(); languages];
    for page in pages {
        by_key[page.language].insert(Arc::clone(&page.key), page.id);
    }
    by_key
}

/// Gives the pages of each language by the last parts of their keys.
fn by_slug(pages: &[Page], languages: usize) -> Vec<FxHashMap<Box<str>, Named>> {
    let mut by_slug: Vec<FxHashMap<Box<str>, Named>> = Vec::new();
    by_slug.resize_with(languages, FxHashMap::default);
    for page in pages {
        match by_slug[page.language].entry(page.slug().into()) {
            Entry::Vacant(free) => {
                free.insert(Named::One(page.id));
            }
            Entry::Occupied(mut named) => {
                let mut pages = named.get().pages().to_vec();
                pages.push(page.id);
                named.insert(Named::Several(pages));
            }
        }
    }
    by_slug
}
