//! Finds what links lead to: pages by path or slug, anchors, files beside an article, addresses outside.

use crate::base::nearest::nearest;
use crate::base::path::{SitePath, join, percent_decode};
use crate::base::place::{FileId, PageId};
use crate::finding::did_you_mean;
use crate::load::Body;
use crate::model::link_advice::{Meant, meant};
use crate::model::{Page, Site};
use crate::parse::Document;
use crate::parse::tree::{Link, Target};
use rustc_hash::FxHashSet;
use std::collections::HashMap;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// A page, and an anchor in it.
    Page(PageId, Option<String>),
    /// An anchor of the same page.
    Here(String),
    /// A file of the site.
    Asset(FileId),
    /// An address outside.
    Outside(String),
    /// Nothing, with what is wrong, and the page that is meant.
    Meant(String, Meant),
    /// Nothing, with what is wrong and what to do.
    Nothing(String, String),
}

/// Addresses that links may have besides paths of the site.
const SCHEMES: [&str; 5] = ["https://", "http://", "mailto:", "tel:", "sms:"];

/// The names under which a computer calls itself, as in the addresses of the preview.
const THIS_COMPUTER: [&str; 4] = ["127.0.0.1", "localhost", "0.0.0.0", "[::1]"];

/// Numbers the anchors of a page, so that equal headings have different ids, as on GitHub.
#[derive(Clone, Default)]
pub(crate) struct Anchors {
    used: HashMap<String, u32>,
}

impl Anchors {
    /// Gives the id for a heading: the wished one, or with a number behind it where it is taken. Tells also whether it was free.
    pub(crate) fn take(&mut self, wished: &str) -> (String, bool) {
        let wished = if wished.is_empty() { "section" } else { wished };
        let is_free = !self.used.contains_key(wished);
        let mut id = wished.to_owned();
        while self.used.contains_key(&id) {
            let number = self.used.entry(wished.to_owned()).or_insert(0);
            *number += 1;
            id = format!("{wished}-{number}");
        }
        self.used.insert(id.clone(), 0);
        (id, is_free)
    }

    /// Gives all ids that were taken.
    pub(crate) fn all(self) -> FxHashSet<String> {
        self.used.into_keys().collect()
    }
}

/// Gives the anchor of a term on the glossary page.
pub(crate) fn term_anchor(id: &str) -> String {
    format!("term-{id}")
}

/// Gives the anchor of a term's meaning at the end of a page that uses it.
pub(crate) fn word_anchor(id: &str) -> String {
    format!("sd-word-{id}")
}

/// Finds what a link of a document leads to, where the document stands on a page.
pub(crate) fn target(site: &Site, page: &Page, document: &Document, link: &Link) -> Found {
    match &link.target {
        Target::Wiki(name) => by_name(site, page.language, name),
        Target::Written(address) => by_path(site, page, document, address),
        Target::Outside(address) => Found::Outside(address.clone()),
        _ => Found::Here(String::new()),
    }
}

/// Finds the page that `[[slug]]` or a page path of the front matter means.
pub(crate) fn by_name(site: &Site, language: usize, written: &str) -> Found {
    let (name, anchor) = match written.split_once('#') {
        Some((name, anchor)) => (name, Some(anchor.to_owned())),
        None => (written, None),
    };
    let name = name.trim().trim_matches('/');
    let name = name.strip_suffix(".md").unwrap_or(name);
    if name.is_empty()
        && let Some(anchor) = anchor
    {
        return Found::Here(anchor);
    }
    let code = site.languages[language].language.code();
    let name = name
        .strip_prefix(code)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(name);
    let by_key = site
        .by_key(language, name)
        .or_else(|| site.by_key(language, &format!("{name}/index")));
    if let Some(page) = by_key {
        return Found::Page(page.id, anchor);
    }
    match site.by_slug[language].get(name).map(super::Named::pages) {
        Some([only]) => Found::Page(*only, anchor),
        Some(several) => {
            let keys: Vec<String> = several
                .iter()
                .map(|id| format!("`{}`", site.page(*id).key))
                .collect();
            Found::Nothing(
                format!("`{name}` could mean several pages"),
                format!("write one of {}", keys.join(", ")),
            )
        }
        None => meant_or(
            site,
            language,
            name,
            anchor,
            format!("there is no page `{name}`"),
            "check the name of the page; a page is named by its file, without `.md`".to_owned(),
        ),
    }
}

/// Gives what a path means that leads nowhere; where it means no page, what to do.
fn meant_or(
    site: &Site,
    language: usize,
    path: &str,
    anchor: Option<String>,
    message: String,
    help: String,
) -> Found {
    match meant(site, language, path, anchor) {
        Some(meant) => Found::Meant(message, meant),
        None => Found::Nothing(message, help),
    }
}

/// Splits an address of the preview: what stands before its path, and the path.
fn split_preview(written: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = written.split_once("://")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let is_here = |name: &str| {
        let port = host.strip_prefix(name);
        port.is_some_and(|port| port.is_empty() || port.starts_with(':'))
    };
    (is_web && THIS_COMPUTER.into_iter().any(is_here))
        .then(|| written.split_at(scheme.len() + 3 + host.len()))
}

/// Finds what a written link means; `document` is the file it stands in.
pub(crate) fn by_path(site: &Site, page: &Page, document: &Document, written: &str) -> Found {
    if let Some(anchor) = written.strip_prefix('#') {
        return Found::Here(percent_decode(anchor));
    }
    let split = |written: &str| match written.split_once('#') {
        Some((path, anchor)) => (path.to_owned(), Some(percent_decode(anchor))),
        None => (written.to_owned(), None),
    };
    if let Some((preview, rest)) = split_preview(written) {
        let (path, anchor) = split(rest);
        return meant_or(
            site,
            page.language,
            &percent_decode(&path),
            anchor,
            format!("`{preview}` is the preview on your own computer, which readers cannot reach"),
            "link to a page of the site by the name of its file, such as `[[how-tapering-works]]`"
                .to_owned(),
        );
    }
    if SCHEMES.iter().any(|scheme| {
        written
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }) {
        return Found::Outside(written.to_owned());
    }
    if written.is_empty() {
        return Found::Nothing("the link has no address".to_owned(), "write the address in the round brackets, such as `(../tapering/how-tapering-works.md)`".to_owned());
    }
    let scheme = written.split_once(':').filter(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    });
    if let Some((scheme, _)) = scheme {
        let help = "link to a page of the site, or to an address that starts with `https://`, `mailto:`, `tel:` or `sms:`";
        return Found::Nothing(
            format!("addresses that start with `{scheme}:` do not work for readers"),
            help.to_owned(),
        );
    }
    if written.starts_with("www.") {
        return Found::Nothing(
            "a web address needs its beginning".to_owned(),
            format!("write `https://{written}`"),
        );
    }
    let (path, anchor) = split(written);
    let path = percent_decode(path.split('?').next().unwrap_or(&path));
    if path.starts_with('/') {
        return meant_or(
            site,
            page.language,
            &path,
            anchor,
            format!("`{path}` starts at the root of a website, which a copy of the site does not have"),
            "write the way from this file, such as `../tapering/how-tapering-works.md`, or `[[slug]]`".to_owned(),
        );
    }
    let Some(joined) = join(document.path.folder(), &path) else {
        return meant_or(
            site,
            page.language,
            &path,
            anchor,
            format!("`{path}` leads out of the site's folder"),
            "link only to files inside `content/`".to_owned(),
        );
    };
    if let Some(key) = site.by_file.get(&joined).or_else(|| {
        site.by_file
            .get(&SitePath::new(&format!("{joined}/index.md")))
    }) {
        return match site.by_key(page.language, key) {
            Some(target) => Found::Page(target.id, anchor),
            None => Found::Nothing(
                format!("`{path}` is a page that does not exist in this language"),
                "link to a page of the same language".to_owned(),
            ),
        };
    }
    if let Some(target) = fallback(site, page, &joined) {
        return Found::Page(target.id, anchor);
    }
    file(site, page, document, &path, anchor, &joined)
}

/// Finds a page whose file stands in no folder of the language that was written: one that only the source language has, or a listing.
fn fallback<'s>(site: &'s Site, page: &Page, joined: &SitePath) -> Option<&'s Page> {
    let path = joined.as_str().strip_prefix("content/")?;
    let (code, rest) = path.split_once('/')?;
    site.languages
        .iter()
        .find(|site| site.language.code() == code)?;
    let key = rest.strip_suffix(".md");
    key.map_or_else(
        || site.by_key(page.language, &format!("{rest}/index")),
        |key| site.by_key(page.language, key),
    )
}

fn file(
    site: &Site,
    page: &Page,
    document: &Document,
    path: &str,
    anchor: Option<String>,
    joined: &SitePath,
) -> Found {
    if let Some(file) = site.snapshot.find(joined) {
        if matches!(file.body, Body::Asset(_)) {
            return Found::Asset(file.id);
        }
        return Found::Nothing(
            format!("`{path}` is not a page and not a file for readers"),
            "link to an article, a picture or a document".to_owned(),
        );
    }
    if !joined.as_str().starts_with("content/") {
        return meant_or(
            site,
            page.language,
            path,
            anchor,
            format!("`{path}` leads out of `content/`"),
            "link only to files inside `content/`".to_owned(),
        );
    }
    let stem = joined.name().split('.').next().unwrap_or_default();
    if matches!(
        &*joined.ending().to_ascii_lowercase(),
        "md" | "html" | "htm" | ""
    ) {
        return match meant(site, page.language, path, anchor) {
            Some(meant) if meant.is_named => {
                Found::Meant(format!("`{path}` leads nowhere from this file"), meant)
            }
            Some(meant) => Found::Meant(format!("there is no page `{stem}`"), meant),
            None => Found::Nothing(
                format!("there is no page `{stem}`"),
                "check the name of the page; a page is named by its file, such as `../tapering/how-tapering-works.md`".to_owned(),
            ),
        };
    }
    let folder = document.path.folder();
    let below = format!("{folder}/");
    let neighbors = site
        .snapshot
        .below(&below)
        .filter(|file| matches!(file.body, Body::Asset(_)))
        .map(|file| file.path.name());
    let help = did_you_mean(nearest(joined.name(), neighbors), || {
        format!("put the file there, or mend the path; it is looked for from `{folder}`")
    });
    Found::Nothing(format!("there is no file `{path}`"), help)
}
