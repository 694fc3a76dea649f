//! Makes the pages of a site from its articles: one of each for every language, with addresses, fallbacks and what may be published.

use crate::base::nearest::nearest;
use crate::base::path::SitePath;
use crate::base::place::{PageId, Place};
use crate::base::slug::address_slug;
use crate::finding::rules::{
    ADDRESS_CLASH, BROKEN_LINK, MISPLACED_FILE, UNCHECKED_TRANSLATION, UNREVIEWED_PAGE, UNSAFE_NAME,
};
use crate::finding::{Finding, Findings, Severity};
use crate::load::Snapshot;
use crate::model::review::Review;
use crate::model::{Choices, LanguageSite};
use crate::parse::Document;
use crate::parse::front_matter::PageKind;
use crate::settings::{Publishing, Settings};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// It is.
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
    pub key: String,
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
    /// Its last review.
    pub review: Option<Review>,
    /// Its place among its neighbors.
    pub order: u32,
}

impl Page {
    /// Gives the last part of the key.
    pub(crate) fn slug(&self) -> &str {
        let key = if self.role == Role::Section {
            self.key.trim_end_matches("/index")
        } else {
            &self.key
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
    pub by_file: HashMap<SitePath, String>,
}

/// An article with its way into the site.
struct Placed {
    document: Arc<Document>,
    /// The path that its address is made of.
    path: String,
}

/// Makes all pages.
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
    let mut placed: Vec<BTreeMap<String, Placed>> =
        languages.iter().map(|_| BTreeMap::new()).collect();
    let mut by_file = HashMap::new();
    for document in articles {
        let Some((language, path)) = place_of(&document, languages, findings) else {
            continue;
        };
        let of = document
            .front
            .translation
            .as_ref()
            .and_then(|translation| translation.of.as_ref());
        let key = of.map_or_else(|| path.clone(), |of| normal_key(&of.value));
        by_file.insert(document.path.clone(), key.clone());
        if let Some(first) = placed[language].get(&key) {
            let finding = Finding::new(
                &ADDRESS_CLASH,
                document.start,
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
            continue;
        }
        placed[language].insert(key, Placed { document, path });
    }
    check_translations(&placed, findings);
    let mut maker = Maker {
        settings,
        languages,
        reviews,
        choices,
        findings,
        pages: Vec::new(),
        redirects: Vec::new(),
    };
    for language in 0..languages.len() {
        maker.language(language, &placed);
    }
    Made {
        pages: maker.pages,
        redirects: maker.redirects,
        by_file,
    }
}

/// Files that look like articles but cannot be any.
fn check_names(snapshot: &Snapshot, languages: &[LanguageSite], findings: &mut Findings) {
    for file in snapshot.below("content/") {
        let name = file.path.name();
        let at = Place::new(file.id, 0..0);
        let folder = file.path.as_str().split('/').nth(1).unwrap_or_default();
        let is_known =
            folder.starts_with('_') || languages.iter().any(|site| site.language.code() == folder);
        if file.path.ending() == "md" && !is_known {
            let places: Vec<String> = languages
                .iter()
                .map(|site| format!("`content/{}/`", site.language))
                .collect();
            let finding = Finding::new(
                &MISPLACED_FILE,
                at,
                format!(
                    "`{folder}` is not a language of this site, so no page is made of this file"
                ),
            )
            .severity(Severity::Warning);
            findings.push(finding.help(format!(
                "put articles into {}, or add the language to `languages` in `stepdown.toml`",
                places.join(" or ")
            )));
        }
        let lower = name.to_lowercase();
        let is_hidden_article = lower.contains(".md.")
            || matches!(
                lower.rsplit_once('.'),
                Some((_, "markdown" | "mdx" | "mdown"))
            )
            || file.path.ending() != "md" && file.path.ending().eq_ignore_ascii_case("md");
        if is_hidden_article {
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
}

/// Gives the language and the path of an article, or a finding where no page can be.
fn place_of(
    document: &Document,
    languages: &[LanguageSite],
    findings: &mut Findings,
) -> Option<(usize, String)> {
    let path = document.path.as_str().strip_prefix("content/")?;
    let parts: Vec<&str> = path.split('/').collect();
    let at = document.start;
    let language = languages
        .iter()
        .position(|site| Some(&site.language.code()) == parts.first())?;
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
    let mut slugs = Vec::new();
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
    Some((language, slugs.join("/")))
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

fn check_translations(placed: &[BTreeMap<String, Placed>], findings: &mut Findings) {
    let Some((source, others)) = placed.split_first() else {
        return;
    };
    for (key, article) in others.iter().flatten() {
        let of = article
            .document
            .front
            .translation
            .as_ref()
            .and_then(|translation| translation.of.as_ref());
        if let Some(of) = of
            && !source.contains_key(key)
        {
            let help = match nearest(key, source.keys().map(String::as_str)) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "write the path of the source page, such as `tapering/how-tapering-works`"
                    .to_owned(),
            };
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

struct Maker<'a, 'f> {
    settings: &'a Settings,
    languages: &'a [LanguageSite],
    reviews: &'a HashMap<String, Review>,
    choices: Choices,
    findings: &'f mut Findings,
    pages: Vec<Page>,
    redirects: Vec<Redirect>,
}

impl Maker<'_, '_> {
    /// Makes the pages of a language: home first, then by key.
    fn language(&mut self, language: usize, placed: &[BTreeMap<String, Placed>]) {
        let (source, own) = (&placed[0], &placed[language]);
        let mut keys: BTreeSet<String> = source.keys().chain(own.keys()).cloned().collect();
        keys.insert("index".to_owned());
        let sections: BTreeSet<String> = keys
            .iter()
            .filter_map(|key| Some(format!("{}/index", key.split_once('/')?.0)))
            .collect();
        keys.extend(sections);
        let listings = Listing::ALL
            .into_iter()
            .filter(|listing| !keys.contains(listing.name()))
            .collect::<Vec<_>>();
        keys.remove("index");
        for key in std::iter::once("index".to_owned()).chain(keys) {
            let translated = own
                .get(&key)
                .filter(|article| !self.hides(&article.document, language));
            let article = translated.or_else(|| source.get(&key));
            let text_language = if translated.is_some() { language } else { 0 };
            self.article(language, text_language, key, article);
        }
        for listing in listings {
            let title = self.languages[language]
                .texts
                .text(&format!("title-{}", listing.name()));
            self.add(
                language,
                language,
                listing.name().to_owned(),
                Role::Listing(listing),
                None,
                listing.name(),
                title,
            );
        }
    }

    /// Tells whether a translation is hidden, because it is a draft or because nobody has checked it.
    fn hides(&mut self, document: &Document, language: usize) -> bool {
        if language == 0 {
            return false;
        }
        if document.front.draft && !self.choices.drafts {
            return true;
        }
        if !is_unchecked(document) {
            return false;
        }
        match self.settings.publish.unchecked_translations {
            Publishing::Label => false,
            Publishing::Hide => true,
            Publishing::Refuse => {
                let finding = Finding::new(
                    &UNCHECKED_TRANSLATION,
                    document.start,
                    "nobody has checked this translation",
                );
                self.findings.push(finding.help("let somebody who speaks both languages check it and write `checked_by`, or set `unchecked_translations` to `hide` or `label`"));
                false
            }
        }
    }

    fn article(
        &mut self,
        language: usize,
        text_language: usize,
        key: String,
        article: Option<&Placed>,
    ) {
        let role = if key == "index" {
            Role::Home
        } else if key.ends_with("/index") {
            Role::Section
        } else {
            Role::Article
        };
        let document = article.map(|article| Arc::clone(&article.document));
        let path = article
            .filter(|_| text_language == language)
            .map_or_else(|| key.clone(), |article| article.path.clone());
        let written = document
            .as_ref()
            .and_then(|document| document.front.title.as_ref())
            .map(|title| title.value.trim().to_owned());
        let title = written
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| match role {
                Role::Home => self.settings.name.clone(),
                Role::Section => words_of(key.trim_end_matches("/index")),
                _ => words_of(key.rsplit('/').next().unwrap_or(&key)),
            });
        let id = self.add(language, text_language, key, role, document, &path, title);
        let page = &self.pages[id.0 as usize];
        let Some(document) = page.document.clone().filter(|_| text_language == language) else {
            return;
        };
        let state = page.state;
        for from in document
            .front
            .redirect_from
            .iter()
            .filter(|_| state.is_published())
        {
            let code = self.languages[language].language.code();
            let key = normal_key(&from.value);
            let key = key
                .strip_prefix(code)
                .and_then(|key| key.strip_prefix('/'))
                .unwrap_or(&key);
            let parts: Vec<String> = key.split('/').map(address_slug).collect();
            self.redirects.push(Redirect {
                from: format!("{code}/{}.html", parts.join("/")),
                to: id,
            });
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "these are the parts of a page that its maker knows; a struct of them would be the page itself"
    )]
    fn add(
        &mut self,
        language: usize,
        text_language: usize,
        key: String,
        role: Role,
        document: Option<Arc<Document>>,
        path: &str,
        title: String,
    ) -> PageId {
        let id = PageId(
            u32::try_from(self.pages.len()).expect("a site has fewer than four billion pages"),
        );
        let code = |language: usize| self.languages[language].language.code();
        let record = format!("{}/{key}", code(text_language));
        let mut page = Page {
            id,
            language,
            text_language,
            address: format!("{}/{path}.html", code(language)),
            key,
            role,
            order: document
                .as_ref()
                .and_then(|document| document.front.order.as_ref())
                .map_or(u32::MAX, |order| order.value),
            document,
            title,
            state: State::Published,
            review: self.reviews.get(&record).cloned(),
        };
        page.state = self.state(&page);
        self.pages.push(page);
        id
    }

    fn state(&mut self, page: &Page) -> State {
        let Some(document) = &page.document else {
            return State::Published;
        };
        if document.front.draft && page.role != Role::Home {
            return if self.choices.drafts {
                State::Published
            } else {
                State::Draft
            };
        }
        if !page.is_unreviewed() || matches!(page.role, Role::Home | Role::Section) {
            return State::Published;
        }
        match self.settings.publish.unreviewed {
            Publishing::Label => State::Published,
            Publishing::Hide => State::Unreviewed,
            Publishing::Refuse => {
                let finding = Finding::new(
                    &UNREVIEWED_PAGE,
                    document.start,
                    "no clinician has reviewed this page",
                );
                self.findings.push(finding.help("let a clinician review it, or set `unreviewed` to `hide` or `label` in `stepdown.toml` under `[publish]`"));
                State::Published
            }
        }
    }
}

/// Makes a title of a slug: `cbt-for-anxiety` is "Cbt for anxiety" until somebody writes a better one.
fn words_of(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
