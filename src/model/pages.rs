//! Makes the pages of a site from its articles: one of each for every language, with addresses, fallbacks and what may be published.

mod left_behind;

use crate::base::nearest::nearest;
use crate::base::path::SitePath;
use crate::base::place::{PageId, Place};
use crate::base::slug::{address_slug, words_of};
use crate::finding::rules::{
    ADDRESS_CLASH, BROKEN_LINK, MISPLACED_FILE, UNCHECKED_TRANSLATION, UNREVIEWED_PAGE, UNSAFE_NAME,
};
use crate::finding::{Finding, Findings, Severity, did_you_mean};
use crate::load::{Snapshot, SourceFile};
use crate::model::review::Review;
use crate::model::{Choices, LanguageSite};
use crate::parse::Document;
use crate::parse::front_matter::PageKind;
use crate::settings::{Publishing, Settings};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A page that Stepdown makes from data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listing {
    /// All pages and their other names.
    AToZ,
    /// The terms and what they mean.
    Glossary,
    /// The telephone numbers.
    Helplines,
    /// The sources that pages rest on.
    Sources,
    /// Who writes and reviews.
    People,
}

impl Listing {
    /// All listings, in the order of the footer.
    pub(crate) const ALL: [Self; 5] = [
        Self::AToZ,
        Self::Helplines,
        Self::Glossary,
        Self::Sources,
        Self::People,
    ];

    /// Gives the name in the address and in the interface texts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AToZ => "a-to-z",
            Self::Glossary => "glossary",
            Self::Helplines => "helplines",
            Self::Sources => "sources",
            Self::People => "people",
        }
    }
}

/// What a page is within the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The first page of a language.
    Home,
    /// The first page of a section.
    Section,
    /// An article.
    Article,
    /// A page made from data.
    Listing(Listing),
}

/// Whether a page is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Readers find it.
    Published,
    /// It is a draft, and drafts are not shown.
    Draft,
    /// No clinician has reviewed it, and the settings hide such pages.
    Unreviewed,
}

impl State {
    /// Tells whether the page is published.
    pub(crate) fn is_published(self) -> bool {
        self == Self::Published
    }
}

/// Why readers do not see a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// It is a draft.
    Draft,
    /// No clinician has reviewed it.
    Unreviewed,
    /// It is a translation that nobody has checked.
    Unchecked,
}

/// One page in one language.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Its number.
    pub id: PageId,
    /// The language it is published in, as the site's number of it.
    pub language: usize,
    /// The language of its text: the source language where the translation is missing.
    pub text_language: usize,
    /// Its path without language and ending, such as `tapering/how-tapering-works`; the same in all languages.
    pub key: Arc<str>,
    /// Its address from the site's root, such as `en/tapering/how-tapering-works.html`.
    pub address: String,
    /// What it is.
    pub role: Role,
    /// Its article; a listing, or a section nobody wrote a page for, has none.
    pub document: Option<Arc<Document>>,
    /// Its title.
    pub title: String,
    /// Whether it is published.
    pub state: State,
    /// Why its own translation is left out, if there is one and the source text stands in its place.
    pub held_back: Option<Hidden>,
    /// Its last review.
    pub review: Option<Review>,
    /// Its place among its neighbors.
    pub order: u32,
}

impl Page {
    /// Gives where the title was written, if an author wrote one.
    pub(crate) fn title_place(&self) -> Option<Place> {
        let title = self.document.as_ref()?.front.title.as_ref()?;
        (title.value.trim() == self.title).then_some(title.place)
    }

    /// Gives the last part of the key.
    pub(crate) fn slug(&self) -> &str {
        let key = if self.role == Role::Section {
            self.key.trim_end_matches("/index")
        } else {
            &*self.key
        };
        key.rsplit('/').next().unwrap_or(key)
    }

    /// Gives the name of the section, empty for pages that lie in none.
    pub(crate) fn section(&self) -> &str {
        self.key.split_once('/').map_or("", |(section, _)| section)
    }

    /// Gives what the article is.
    pub(crate) fn kind(&self) -> PageKind {
        let written = self
            .document
            .as_ref()
            .and_then(|document| document.front.kind.as_ref());
        written.map_or(
            if self.document.is_some() {
                PageKind::Topic
            } else {
                PageKind::Site
            },
            |kind| kind.value,
        )
    }

    /// Tells whether the text is in another language than the page.
    pub(crate) fn is_fallback(&self) -> bool {
        self.language != self.text_language
    }

    /// Tells whether the text is a translation that nobody has checked.
    pub(crate) fn is_unchecked_translation(&self) -> bool {
        self.text_language != 0
            && self
                .document
                .as_ref()
                .is_some_and(|document| is_unchecked(document))
    }

    /// Tells whether the page needs a clinician's review and has none.
    pub(crate) fn is_unreviewed(&self) -> bool {
        self.review.is_none() && self.kind() != PageKind::Site
    }

    /// Tells why readers do not see the page, or not its own translation.
    pub(crate) fn hidden(&self) -> Option<Hidden> {
        match self.state {
            State::Draft => Some(Hidden::Draft),
            State::Unreviewed => Some(Hidden::Unreviewed),
            State::Published => self.held_back,
        }
    }

    /// Tells whether search engines and feeds should show the page: only what somebody has checked.
    pub(crate) fn is_indexed(&self) -> bool {
        let is_draft = self
            .document
            .as_ref()
            .is_some_and(|document| document.front.draft);
        self.is_listed() && !self.is_unreviewed() && !self.is_unchecked_translation() && !is_draft
    }

    /// Tells whether lists should show the page.
    pub(crate) fn is_listed(&self) -> bool {
        let front = self.document.as_ref().map(|document| &document.front);
        let is_old = front.is_some_and(|front| front.archived || front.replaced_by.is_some());
        self.state.is_published() && !self.is_fallback() && !is_old
    }
}

fn is_unchecked(document: &Document) -> bool {
    let translation = document.front.translation.as_ref();
    translation.is_none_or(|translation| translation.checked_by.is_none())
}

/// An earlier address that leads to a page.
#[derive(Clone, Debug)]
pub(crate) struct Redirect {
    /// The earlier address.
    pub from: String,
    /// The page.
    pub to: PageId,
}

/// What `make` gives.
pub(super) struct Made {
    pub pages: Vec<Page>,
    pub redirects: Vec<Redirect>,
    /// The key of each article's file.
    pub by_file: FxHashMap<SitePath, Arc<str>>,
}

/// An article with its way into the site.
struct Placed {
    document: Arc<Document>,
    /// The key of its page.
    key: Arc<str>,
    /// The path that its address is made of.
    path: Arc<str>,
}

/// A page that is to be made: its key, and its articles in its own language and in the source language.
struct Wanted<'p> {
    key: Arc<str>,
    own: Option<&'p Placed>,
    source: Option<&'p Placed>,
}

/// Makes all pages; the articles come sorted by path.
pub(super) fn make(
    articles: Vec<Arc<Document>>,
    snapshot: &Snapshot,
    settings: &Settings,
    languages: &[LanguageSite],
    reviews: &HashMap<String, Review>,
    choices: Choices,
    findings: &mut Findings,
) -> Made {
    check_names(snapshot, languages, findings);
    let placed = place(articles, languages, findings);
    let mut by_file = FxHashMap::default();
    by_file.reserve(placed.iter().map(Vec::len).sum());
    for article in placed.iter().flatten() {
        by_file.insert(article.document.path.clone(), Arc::clone(&article.key));
    }
    let placed: Vec<Vec<Placed>> = placed
        .into_iter()
        .map(|articles| without_clashes(articles, findings))
        .collect();
    check_translations(&placed, findings);
    left_behind::check(snapshot, languages, &placed, findings);
    let maker = Maker {
        settings,
        languages,
        reviews,
        choices,
    };
    let mut made = Made {
        pages: Vec::new(),
        redirects: Vec::new(),
        by_file,
    };
    let mut inherited = Vec::new();
    for language in 0..languages.len() {
        inherited.extend(maker.language(language, &placed, &mut made, findings));
    }
    let mut taken: HashSet<&str> = made.pages.iter().map(|page| &*page.address).collect();
    taken.extend(made.redirects.iter().map(|redirect| &*redirect.from));
    inherited.retain(|redirect| !taken.contains(&*redirect.from));
    inherited.sort_by(|left, right| left.from.cmp(&right.from));
    inherited.dedup_by(|next, first| next.from == first.from);
    made.redirects.append(&mut inherited);
    made
}

/// Gives the articles of each language with their keys.
fn place(
    articles: Vec<Arc<Document>>,
    languages: &[LanguageSite],
    findings: &mut Findings,
) -> Vec<Vec<Placed>> {
    let found = articles.into_par_iter().map(|document| {
        let mut findings = Findings::default();
        let found = place_of(&document, languages, &mut findings);
        let placed = found.map(|(language, path)| {
            let of = document
                .front
                .translation
                .as_ref()
                .and_then(|translation| translation.of.as_ref());
            let key = of.map_or_else(|| Arc::clone(&path), |of| normal_key(&of.value).into());
            let placed = Placed {
                document,
                key,
                path,
            };
            (language, placed)
        });
        (placed, findings)
    });
    let mut placed: Vec<Vec<Placed>> = languages.iter().map(|_| Vec::new()).collect();
    for (found, findings_here) in found.collect::<Vec<_>>() {
        findings.append(findings_here);
        if let Some((language, article)) = found {
            placed[language].push(article);
        }
    }
    placed
}

/// Sorts the articles of a language by key. Of several with the same key, the first by path stays.
fn without_clashes(mut articles: Vec<Placed>, findings: &mut Findings) -> Vec<Placed> {
    articles.sort_by(|left, right| left.key.cmp(&right.key));
    articles.dedup_by(|article, first| {
        let is_same = article.key == first.key;
        if is_same {
            let finding = Finding::new(
                &ADDRESS_CLASH,
                article.document.start,
                format!(
                    "this page would have the same address as `{}`",
                    first.document.path
                ),
            );
            findings.push(
                finding
                    .also(first.document.start, "the other page")
                    .help("rename one of the two files"),
            );
        }
        is_same
    });
    articles
}

/// Files that look like articles but cannot be any.
fn check_names(snapshot: &Snapshot, languages: &[LanguageSite], findings: &mut Findings) {
    check_languages(snapshot, languages, findings);
    let found = snapshot.files.par_iter().map(|file| {
        let mut findings = Findings::default();
        if file.path.as_str().starts_with("content/") {
            check_name(file, &mut findings);
        }
        findings
    });
    for found in found.collect::<Vec<_>>() {
        findings.append(found);
    }
}

/// Finds articles that lie in the folder of no language: each folder is told once, at the first of them.
fn check_languages(snapshot: &Snapshot, languages: &[LanguageSite], findings: &mut Findings) {
    let folder_of = |file: &SourceFile| {
        let folder = file.path.as_str().split('/').nth(1);
        folder.unwrap_or_default().to_owned()
    };
    let is_lost = |file: &&SourceFile| {
        let folder = folder_of(file);
        let is_known =
            folder.starts_with('_') || languages.iter().any(|site| site.language.code() == folder);
        file.path.ending() == "md" && !is_known
    };
    let lost: Vec<&SourceFile> = snapshot.below("content/").filter(is_lost).collect();
    for files in lost.chunk_by(|left, right| folder_of(left) == folder_of(right)) {
        let folder = folder_of(files[0]);
        let what = match files.len() {
            1 => "this file".to_owned(),
            many => format!("the {many} articles in it"),
        };
        let message =
            format!("`{folder}` is not a language of this site, so no page is made of {what}");
        let places: Vec<String> = languages
            .iter()
            .map(|site| format!("`content/{}/`", site.language))
            .collect();
        let finding = Finding::new(&MISPLACED_FILE, Place::new(files[0].id, 0..0), message);
        findings.push(finding.severity(Severity::Warning).help(format!(
            "put articles into {}, or add the language to `languages` in `stepdown.toml`",
            places.join(" or ")
        )));
    }
}

fn check_name(file: &SourceFile, findings: &mut Findings) {
    let name = file.path.name();
    let at = Place::new(file.id, 0..0);
    let folder = file.path.as_str().split('/').nth(1).unwrap_or_default();
    let has_one_ending = name.bytes().filter(|byte| *byte == b'.').count() == 1;
    if file.path.ending() == "md" && has_one_ending {
        return;
    }
    let lower = name.to_lowercase();
    let is_hidden_article = lower.contains(".md.")
        || matches!(
            lower.rsplit_once('.'),
            Some((_, "markdown" | "mdx" | "mdown"))
        )
        || file.path.ending() != "md" && file.path.ending().eq_ignore_ascii_case("md");
    if is_hidden_article && folder != "_records" {
        let stem = name.split('.').next().unwrap_or(name);
        let finding = Finding::new(
            &MISPLACED_FILE,
            at,
            format!("`{name}` looks like an article, but its name does not end in `.md`"),
        );
        findings.push(finding.help(format!(
            "rename it to `{stem}.md`; your computer may hide the last ending"
        )));
    }
}

/// Gives the language and the path of an article, or a finding where no page can be.
fn place_of(
    document: &Document,
    languages: &[LanguageSite],
    findings: &mut Findings,
) -> Option<(usize, Arc<str>)> {
    let path = document.path.as_str().strip_prefix("content/")?;
    let code = path.split('/').next()?;
    let language = languages
        .iter()
        .position(|site| site.language.code() == code)?;
    if let Some(path) = &document.plain_path {
        return Some((language, Arc::clone(path)));
    }
    let parts: Vec<&str> = path.split('/').collect();
    let at = document.start;
    let below = &parts[1..];
    if below.len() > 2 || below.is_empty() {
        let finding = Finding::new(
            &MISPLACED_FILE,
            at,
            "this file lies too deep: an article lies in a section, and a section lies in its language",
        );
        findings.push(finding.help(format!(
            "move it to `content/{}/{}/{}`",
            parts[0],
            parts[1],
            document.path.name()
        )));
        return None;
    }
    let mut slugs = Vec::with_capacity(below.len());
    for part in below {
        let name = part.strip_suffix(".md").unwrap_or(part);
        let slug = address_slug(name);
        if slug.is_empty() {
            let finding = Finding::new(
                &UNSAFE_NAME,
                at,
                format!("no address can be made of the name `{name}`"),
            )
            .severity(Severity::Error);
            findings.push(
                finding.help("name files and folders with the letters a to z, digits and hyphens"),
            );
            return None;
        }
        if slug != name {
            let finding = Finding::new(
                &UNSAFE_NAME,
                at,
                format!(
                    "the name `{name}` cannot stand in an address as it is; the page gets the address `{slug}`"
                ),
            );
            findings.push(finding.help(format!(
                "rename it to `{slug}`, with small letters, digits and hyphens only"
            )));
        }
        slugs.push(slug);
    }
    Some((language, slugs.join("/").into()))
}

/// Gives the key of a page however it was written: with or without language, slash and ending.
fn normal_key(written: &str) -> String {
    let written = written.trim().trim_matches('/');
    written
        .strip_suffix(".md")
        .or_else(|| written.strip_suffix(".html"))
        .unwrap_or(written)
        .to_owned()
}

fn check_translations(placed: &[Vec<Placed>], findings: &mut Findings) {
    let Some((source, others)) = placed.split_first() else {
        return;
    };
    for article in others.iter().flatten() {
        let key = &article.key;
        let of = article
            .document
            .front
            .translation
            .as_ref()
            .and_then(|translation| translation.of.as_ref());
        if let Some(of) = of
            && source
                .binary_search_by(|article| article.key.cmp(key))
                .is_err()
        {
            let known = || source.iter().map(|article| &*article.key);
            let slug = |key: &str| key.rsplit('/').next().map(str::to_owned);
            let mut same_name = known().filter(|known| slug(known) == slug(key));
            let near = nearest(key, known()).or_else(|| same_name.next());
            let help = did_you_mean(near, || {
                "write the path of the source page, such as `tapering/how-tapering-works`"
                    .to_owned()
            });
            findings.push(
                Finding::new(
                    &BROKEN_LINK,
                    of.place,
                    format!("there is no source page `{}`", of.value),
                )
                .help(help),
            );
        }
    }
}

/// Goes through articles sorted by key, to find those of keys that are asked for in the same order.
struct Walk<'p>(&'p [Placed]);

impl<'p> Walk<'p> {
    fn find(&mut self, key: &str) -> Option<&'p Placed> {
        while let Some((first, rest)) = self.0.split_first()
            && *first.key <= *key
        {
            self.0 = rest;
            if *first.key == *key {
                return Some(first);
            }
        }
        None
    }
}

/// Gives the pages that a language has, sorted by key: those of its own articles, of all source articles, of their sections, and home.
fn wanted<'p>(source: &'p [Placed], own: &'p [Placed]) -> Vec<Wanted<'p>> {
    let mut keys: Vec<Arc<str>> = source
        .iter()
        .chain(own)
        .map(|article| Arc::clone(&article.key))
        .chain([Arc::from("index")])
        .collect();
    keys.sort();
    keys.dedup();
    let mut sections: Vec<Arc<str>> = Vec::new();
    let mut last = None;
    for key in &keys {
        let section = key.split_once('/').map(|(section, _)| section);
        if section != last {
            sections.extend(section.map(|section| Arc::from(format!("{section}/index"))));
            last = section;
        }
    }
    keys.append(&mut sections);
    keys.sort();
    keys.dedup();
    let (mut source, mut own) = (Walk(source), Walk(own));
    keys.into_iter()
        .map(|key| Wanted {
            own: own.find(&key),
            source: source.find(&key),
            key,
        })
        .collect()
}

/// What making a page gave.
struct MadePage {
    page: Page,
    redirects: Vec<Redirect>,
    inherited: Vec<Redirect>,
    findings: Findings,
}

struct Maker<'a> {
    settings: &'a Settings,
    languages: &'a [LanguageSite],
    reviews: &'a HashMap<String, Review>,
    choices: Choices,
}

impl Maker<'_> {
    /// Makes the pages of a language: home first, then by key, then the listings that nobody wrote an article for. Gives the redirects that
    /// translated pages have from their source pages: where these had an address, so had they.
    fn language(
        &self,
        language: usize,
        placed: &[Vec<Placed>],
        made: &mut Made,
        findings: &mut Findings,
    ) -> Vec<Redirect> {
        let mut inherited = Vec::new();
        let mut wanted = wanted(&placed[0], &placed[language]);
        // A draft does not take the place of a listing: nobody could read either.
        wanted.retain(|page| {
            let is_listing = Listing::ALL
                .iter()
                .any(|listing| listing.name() == &*page.key);
            let mut texts = page.own.into_iter().chain(page.source);
            !is_listing || !texts.all(|text| self.leaves_out_draft(&text.document))
        });
        let has = |name: &str| wanted.binary_search_by(|page| (*page.key).cmp(name));
        let listings: Vec<Listing> = Listing::ALL
            .into_iter()
            .filter(|listing| has(listing.name()).is_err())
            .collect();
        let home = has("index").expect("each language has a first page");
        wanted[..=home].rotate_right(1);
        let first = made.pages.len();
        let pages = wanted.par_iter().enumerate().map(|(index, wanted)| {
            let mut findings = Findings::default();
            let id = page_id(first + index);
            let (page, redirects) = self.article(id, language, wanted, &mut findings);
            let source = wanted
                .source
                .filter(|_| language > 0 && page.state.is_published());
            MadePage {
                inherited: source.map_or_else(Vec::new, |source| {
                    self.redirects(&source.document, language, id)
                }),
                page,
                redirects,
                findings,
            }
        });
        for page in pages.collect::<Vec<_>>() {
            made.pages.push(page.page);
            made.redirects.extend(page.redirects);
            inherited.extend(page.inherited);
            findings.append(page.findings);
        }
        for listing in listings {
            let title = self.languages[language]
                .texts
                .text(&format!("title-{}", listing.name()));
            let page = Page {
                id: page_id(made.pages.len()),
                language,
                text_language: language,
                key: listing.name().into(),
                address: self.address(language, listing.name()),
                role: Role::Listing(listing),
                document: None,
                title,
                state: State::Published,
                held_back: None,
                review: self.review(language, listing.name()),
                order: u32::MAX,
            };
            made.pages.push(page);
        }
        inherited
    }

    fn leaves_out_draft(&self, document: &Document) -> bool {
        document.front.draft && !self.choices.drafts
    }

    /// Tells why a translation is left out, if it is: it is a draft, or nobody has checked it.
    fn holds_back(
        &self,
        document: &Document,
        language: usize,
        findings: &mut Findings,
    ) -> Option<Hidden> {
        if language == 0 {
            return None;
        }
        if self.leaves_out_draft(document) {
            return Some(Hidden::Draft);
        }
        if !is_unchecked(document) {
            return None;
        }
        match self.settings.publish.unchecked_translations {
            Publishing::Label => None,
            Publishing::Hide => Some(Hidden::Unchecked),
            Publishing::Refuse => {
                let finding = Finding::new(
                    &UNCHECKED_TRANSLATION,
                    document.start,
                    "nobody has checked this translation",
                );
                findings.push(finding.help("let somebody who speaks both languages check it and write `checked_by`, or set `unchecked_translations` to `hide` or `label`"));
                None
            }
        }
    }

    /// Makes a page of an article, or of a section or home that nobody wrote an article for, and the redirects to it.
    fn article(
        &self,
        id: PageId,
        language: usize,
        wanted: &Wanted<'_>,
        findings: &mut Findings,
    ) -> (Page, Vec<Redirect>) {
        let held_back = wanted
            .own
            .and_then(|article| self.holds_back(&article.document, language, findings));
        let translated = wanted.own.filter(|_| held_back.is_none());
        let article = translated.or(wanted.source);
        let key = &wanted.key;
        let role = if **key == *"index" {
            Role::Home
        } else if key.ends_with("/index") {
            Role::Section
        } else {
            Role::Article
        };
        // A home that nobody wrote has the name of the site for its title, and the language of that name.
        let site_name = self
            .settings
            .name
            .shown_in(&self.languages[language].language);
        let is_named_home = role == Role::Home && article.is_none();
        let speaks_own = translated.is_some()
            || is_named_home && site_name.language == self.languages[language].language;
        let text_language = if speaks_own { language } else { 0 };
        let is_own = text_language == language;
        let path = article
            .filter(|_| is_own)
            .map_or(key, |article| &article.path);
        let document = article.map(|article| &article.document);
        let written = document
            .and_then(|document| document.front.title.as_ref())
            .map(|title| title.value.trim())
            .filter(|title| !title.is_empty());
        let title = written.map_or_else(
            || match role {
                Role::Home => site_name.text.clone(),
                Role::Section => words_of(key.trim_end_matches("/index")),
                _ => words_of(key.rsplit('/').next().unwrap_or(key)),
            },
            str::to_owned,
        );
        let mut page = Page {
            id,
            language,
            text_language,
            key: Arc::clone(key),
            address: self.address(language, path),
            role,
            document: document.cloned(),
            title,
            state: State::Published,
            held_back,
            review: self.review(text_language, key),
            order: document
                .and_then(|document| document.front.order.as_ref())
                .map_or(u32::MAX, |order| order.value),
        };
        page.state = self.state(&page, findings);
        let redirects = match document {
            Some(document) if is_own && page.state.is_published() => {
                self.redirects(document, language, id)
            }
            _ => Vec::new(),
        };
        (page, redirects)
    }

    /// Gives the earlier addresses that lead to an article.
    fn redirects(&self, document: &Document, language: usize, to: PageId) -> Vec<Redirect> {
        let code = self.languages[language].language.code();
        let source = self.languages[0].language.code();
        let addresses = document.front.redirect_from.iter().map(|from| {
            let key = normal_key(&from.value);
            let parts: Vec<&str> = key.split(['/', '\\']).collect();
            let is_whole = key.contains("://");
            let code_at = parts
                .iter()
                .position(|part| *part == code || *part == source);
            let behind = code_at
                .filter(|at| *at == 0 || is_whole)
                .map_or(0, |at| at + 1);
            let parts: Vec<String> = parts[behind..]
                .iter()
                .map(|part| address_slug(part))
                .collect();
            Redirect {
                from: format!("{code}/{}.html", parts.join("/")),
                to,
            }
        });
        addresses.collect()
    }

    fn address(&self, language: usize, path: &str) -> String {
        format!("{}/{path}.html", self.languages[language].language.code())
    }

    fn review(&self, language: usize, key: &str) -> Option<Review> {
        if self.reviews.is_empty() {
            return None;
        }
        let record = format!("{}/{key}", self.languages[language].language.code());
        self.reviews.get(&record).cloned()
    }

    fn state(&self, page: &Page, findings: &mut Findings) -> State {
        let Some(document) = &page.document else {
            return State::Published;
        };
        if document.front.draft && page.role != Role::Home {
            return if self.leaves_out_draft(document) {
                State::Draft
            } else {
                State::Published
            };
        }
        if !page.is_unreviewed() || matches!(page.role, Role::Home | Role::Section) {
            return State::Published;
        }
        match self.settings.publish.unreviewed {
            Publishing::Label => State::Published,
            // The telephone numbers are never hidden; links to hidden pages lead there.
            Publishing::Hide if *page.key == *Listing::Helplines.name() => State::Published,
            Publishing::Hide => State::Unreviewed,
            Publishing::Refuse => {
                let finding = Finding::new(
                    &UNREVIEWED_PAGE,
                    document.start,
                    "no clinician has reviewed this page",
                );
                findings.push(finding.help("let a clinician review it, or set `unreviewed` to `hide` or `label` in `stepdown.toml` under `[publish]`"));
                State::Published
            }
        }
    }
}

fn page_id(index: usize) -> PageId {
    PageId(u32::try_from(index).expect("a site has fewer than four billion pages"))
}
