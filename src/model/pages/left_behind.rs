//! Finds what is left behind when an article is renamed, moved or removed: records of reviews and translations that belong to no page.

use super::{Listing, Placed};
use crate::base::nearest::nearest;
use crate::base::place::Place;
use crate::base::slug::address_slug;
use crate::finding::rules::{BROKEN_LINK, MISPLACED_FILE};
use crate::finding::{Finding, Findings, Severity};
use crate::load::{Snapshot, SourceFile};
use crate::model::LanguageSite;
use crate::parse::Document;
use crate::parse::tree::{Kind, Tree};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem::{Discriminant, discriminant};

/// The folder of records.
const RECORDS: &str = "content/_records/";
/// The folders of `content` that hold no articles.
const FOLDERS: [&str; 3] = ["_data", "_records", "_shared"];
/// The fewest parts of an article that make it likely that another one with the same parts is its translation.
const MIN_PARTS: usize = 4;
/// How many pages without a source page are compared with all others by their names; what a site has beyond that was not renamed by hand.
const MAX_GUESSES: usize = 100;

/// Finds translations whose source page is gone, and records whose page is.
pub(super) fn check(
    snapshot: &Snapshot,
    languages: &[LanguageSite],
    placed: &[Vec<Placed>],
    findings: &mut Findings,
) {
    let mut records: Vec<(usize, &str, &SourceFile)> = Vec::new();
    check_folders(snapshot, languages, findings);
    for file in snapshot.below(RECORDS) {
        records.extend(record(file, languages, findings));
    }
    let is_left = |language: usize, name: &str| {
        let is_listing = Listing::ALL.iter().any(|listing| listing.name() == name);
        !is_listing && find(&placed[language], name).is_none()
    };
    let left_of_source: BTreeSet<&str> = records
        .iter()
        .filter(|(language, name, _)| *language == 0 && is_left(0, name))
        .map(|(_, name, _)| *name)
        .collect();
    check_source(&placed[0], languages, findings);
    let pages: HashSet<&str> = placed
        .iter()
        .flatten()
        .map(|page| page.document.path.as_str())
        .collect();
    let is_no_page = |path: &&str| !pages.contains(path) && !path.starts_with("content/_");
    let files = snapshot.below("content/").map(|file| file.path.as_str());
    let no_pages: HashMap<&str, &str> = files
        .filter(is_no_page)
        .map(|path| (stem_of(path), path))
        .collect();
    for (language, articles) in placed.iter().enumerate() {
        if language > 0 {
            let site = &languages[language];
            check_translations(&placed[0], articles, &left_of_source, site, findings);
        }
        let of_language = || records.iter().filter(|record| record.0 == language);
        let recorded: BTreeSet<&str> = of_language().map(|record| record.1).collect();
        let free = articles
            .iter()
            .filter(|page| !recorded.contains(&*page.key));
        let code = languages[language].language.code();
        for (_, name, file) in of_language().filter(|(_, name, _)| is_left(language, name)) {
            let elsewhere = no_pages.get(stem_of(name)).copied();
            let source = find(&placed[0], name).filter(|_| language > 0);
            let finding = match (elsewhere, source) {
                (Some(path), _) => at_no_page(code, name, file, path),
                (None, Some(_)) => of_source(code, name, file, languages),
                (None, None) => left_record(code, name, file, articles, &free),
            };
            findings.push(finding);
        }
    }
}

fn find<'p>(articles: &'p [Placed], key: &str) -> Option<&'p Placed> {
    let at = articles
        .binary_search_by(|page| (*page.key).cmp(key))
        .ok()?;
    articles.get(at)
}

/// Finds folders whose names are almost those of the folders that are read; each is told once, at its first file.
fn check_folders(snapshot: &Snapshot, languages: &[LanguageSite], findings: &mut Findings) {
    let mut last = "";
    for file in snapshot.below("content/") {
        let below = file.path.as_str().trim_start_matches("content/");
        let Some((folder, _)) = below.split_once('/') else {
            continue;
        };
        let is_known = FOLDERS.contains(&folder)
            || languages.iter().any(|site| site.language.code() == folder);
        if folder == last || is_known {
            continue;
        }
        last = folder;
        if let Some(meant) = nearest(folder, FOLDERS) {
            let message =
                format!("the folder `content/{folder}/` is not read, so nothing in it counts");
            let finding = Finding::new(&MISPLACED_FILE, Place::new(file.id, 0..0), message);
            findings.push(finding.help(format!("rename the folder to `content/{meant}/`")));
        }
    }
}

/// Gives the language and the name of a record, or a finding where it cannot be any.
fn record<'s>(
    file: &'s SourceFile,
    languages: &[LanguageSite],
    findings: &mut Findings,
) -> Option<(usize, &'s str, &'s SourceFile)> {
    let at = Place::new(file.id, 0..0);
    let mut report = |message: String, help: String| {
        findings.push(Finding::new(&MISPLACED_FILE, at, message).help(help));
    };
    let path = file.path.as_str().strip_prefix(RECORDS)?;
    let Some(name) = path.strip_suffix(".toml") else {
        let name = file.path.name();
        if let Some(end) = name.to_lowercase().find(".toml") {
            let stem = name.get(..end).unwrap_or(name);
            report(
                format!(
                    "`{name}` looks like a record of reviews, but its name does not end in `.toml`, so no review in it counts"
                ),
                format!("rename it to `{stem}.toml`; your computer may hide the last ending"),
            );
        } else if name != "README.md" {
            let stem = name.split('.').next().unwrap_or(name);
            report(
                format!(
                    "`{name}` lies among the records of reviews, but its name does not end in `.toml`, so no review in it counts"
                ),
                format!(
                    "if it is a record, rename it to `{stem}.toml`; else move it out of `content/_records/`"
                ),
            );
        }
        return None;
    };
    let found = name.split_once('/').and_then(|(code, name)| {
        let is_code = |site: &LanguageSite| site.language.code() == code;
        Some((languages.iter().position(is_code)?, name))
    });
    let Some((language, name)) = found else {
        let code = languages.first().map_or("en", |site| site.language.code());
        report(
            "this record lies in the folder of no language, so no review in it counts".to_owned(),
            format!(
                "move it to `{RECORDS}{code}/{}`",
                path.trim_start_matches('/')
            ),
        );
        return None;
    };
    Some((language, name, file))
}

/// Gives the name of a file without folders and endings.
fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

fn no_page(code: &str, name: &str, file: &SourceFile) -> Finding {
    let message = format!("there is no page `{code}/{name}`, so no review in this record counts");
    Finding::new(&MISPLACED_FILE, Place::new(file.id, 0..0), message).severity(Severity::Warning)
}

/// Makes the finding of a record whose article is a file of which no page is made.
fn at_no_page(code: &str, name: &str, file: &SourceFile, path: &str) -> Finding {
    no_page(code, name, file).help(format!(
        "if `{path}` is its article, rename that file to `content/{code}/{name}.md`"
    ))
}

/// Makes the finding of a record of a translation that is not there, though its source page is.
fn of_source(code: &str, name: &str, file: &SourceFile, languages: &[LanguageSite]) -> Finding {
    let source = languages.first().map_or("", |site| site.language.code());
    no_page(code, name, file).help(format!(
        "if it is the page in `{source}` that was reviewed, rename this file to `{RECORDS}{source}/{name}.toml`; if the translation is gone, remove this file"
    ))
}

/// Makes the finding of a record that belongs to no page.
fn left_record<'p>(
    code: &str,
    name: &str,
    file: &SourceFile,
    articles: &'p [Placed],
    free: &(impl Iterator<Item = &'p Placed> + Clone),
) -> Finding {
    let finding = no_page(code, name, file);
    // The record of a translation with a path of its own has the path of the source page.
    let by_path = articles.iter().find(|page| *page.path == *name);
    let parts: Vec<String> = name
        .trim_end_matches(".md")
        .split('/')
        .map(address_slug)
        .collect();
    let plain = find(articles, &parts.join("/"));
    if let Some(page) = without_copy_mark(name).and_then(|name| find(articles, name)) {
        return finding.help(format!(
            "this looks like a copy: put what is new in it into `{RECORDS}{code}/{}.toml`, and remove this file",
            page.key
        ));
    }
    if let Some(page) = by_path.or(plain) {
        return finding.help(format!(
            "rename this file to `{RECORDS}{code}/{}.toml`",
            page.key
        ));
    }
    match now_called(name, free) {
        Some(page) => finding.help(format!(
            "if the page is now `{key}`, rename this file to `{RECORDS}{code}/{key}.toml`, and write `redirect_from: [{name}]` into the front matter of `{}`, so that the old address works; if the page is gone, remove this file",
            page.document.path,
            key = page.key,
        )),
        None => finding.help(format!(
            "name this file after its page, such as `{RECORDS}{code}/tapering/getting-ready.toml`; if the page is gone, remove this file"
        )),
    }
}

/// Leaves out what file managers write behind the name of a copy, such as ` - Copy` or ` (1)`.
fn without_copy_mark(name: &str) -> Option<&str> {
    let at = name
        .find(" - ")
        .or_else(|| name.find(" ("))
        .or_else(|| name.find(" copy"))?;
    Some(&name[..at])
}

/// Finds the page that a page is called now: one of which a trace is left, or the only other page of its section.
fn now_called<'p>(
    key: &str,
    pages: &(impl Iterator<Item = &'p Placed> + Clone),
) -> Option<&'p Placed> {
    trace(key, pages).or_else(|| only_one(key, pages))
}

/// Finds the page that says that it was called so, the one of the same name elsewhere, or one with a name like it.
fn trace<'p>(key: &str, pages: &(impl Iterator<Item = &'p Placed> + Clone)) -> Option<&'p Placed> {
    let says_so = |page: &&Placed| {
        let mut earlier = page.document.front.redirect_from.iter();
        earlier.any(|from| super::normal_key(&from.value) == key)
    };
    let slug = |key: &'p str| key.rsplit('/').next().unwrap_or(key);
    let last = key.rsplit('/').next().unwrap_or(key);
    let mut named = pages.clone().filter(|page| slug(&page.key) == last);
    let same_name = named.next().filter(|_| named.next().is_none());
    let like_it = || {
        let near = nearest(key, pages.clone().map(|page| &*page.key))?;
        pages.clone().find(|page| &*page.key == near)
    };
    pages.clone().find(says_so).or(same_name).or_else(like_it)
}

/// Finds the only other page of the section.
fn only_one<'p>(
    key: &str,
    pages: &(impl Iterator<Item = &'p Placed> + Clone),
) -> Option<&'p Placed> {
    let section = key.split_once('/').map_or("", |(section, _)| section);
    let mut beside = pages.clone().filter(|page| {
        let own = page.key.split_once('/');
        own.is_some_and(|(own, _)| own == section) && !page.key.ends_with("/index")
    });
    beside.next().filter(|_| beside.next().is_none())
}

/// Finds pages of a translated language that have lost their source page.
///
/// A page says by `translation` that it is a translation. One that does not say so may exist only in its language on purpose: it is told only
/// where a trace of its source page is left, which is a record of reviews, an earlier address, or a source page that nobody has translated and
/// that has the same name, a name like it, or the same parts in the same order.
fn check_translations(
    source: &[Placed],
    articles: &[Placed],
    left_records: &BTreeSet<&str>,
    language: &LanguageSite,
    findings: &mut Findings,
) {
    let has_section = |key: &str| {
        let section = key.trim_end_matches("index");
        let at = source.partition_point(|page| &*page.key < section);
        source
            .get(at)
            .is_some_and(|page| page.key.starts_with(section))
    };
    let is_alone = |page: &&Placed| {
        let translation = page.document.front.translation.as_ref();
        let has_of = translation.is_some_and(|translation| translation.of.is_some());
        let is_section = page.key.ends_with("/index") && has_section(&page.key);
        !has_of && !is_section && find(source, &page.key).is_none()
    };
    let mut alone = articles.iter().filter(is_alone).peekable();
    if alone.peek().is_none() {
        return;
    }
    let translated: BTreeSet<&str> = articles.iter().map(|page| &*page.key).collect();
    let free = source
        .iter()
        .filter(|page| !translated.contains(&*page.key));
    let mut built_so: HashMap<Vec<(Discriminant<Kind>, usize)>, Vec<&Placed>> = HashMap::new();
    for page in free.clone() {
        built_so
            .entry(shape(&page.document))
            .or_default()
            .push(page);
    }
    for (page, is_guessed) in alone.zip(
        (0..MAX_GUESSES)
            .map(|_| true)
            .chain(std::iter::repeat(false)),
    ) {
        let is_translation = page.document.front.translation.is_some();
        let parts = shape(&page.document);
        let alike = built_so.get(&parts).filter(|_| parts.len() >= MIN_PARTS);
        let alike = match alike.map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        let trace = is_guessed
            .then(|| trace(&page.key, &free))
            .flatten()
            .or(alike);
        let now =
            trace.or_else(|| only_one(&page.key, &free).filter(|_| is_translation && is_guessed));
        if !is_translation && now.is_none() && !left_records.contains(&*page.key) {
            continue;
        }
        findings.push(left_translation(
            page,
            is_translation,
            now,
            language.language.code(),
        ));
    }
}

/// Makes the finding of a translation that has no source page.
fn left_translation(
    page: &Placed,
    is_translation: bool,
    now: Option<&Placed>,
    code: &str,
) -> Finding {
    let old = &page.key;
    if **old == *"index" {
        let message = "this is the first page of its language, but the source language has none";
        let finding = Finding::new(&MISPLACED_FILE, page.document.start, message);
        return finding.severity(Severity::Warning).help("name the article that should be the first page `index.md`, directly in the folder of the source language");
    }
    let renamed = now.map(|now| {
        format!(
            "rename this file to `content/{code}/{}.md`, and write `redirect_from: [{old}]` into its front matter, so that the old address works",
            now.key
        )
    });
    let at = page.document.start;
    if is_translation {
        let help = match (now, renamed) {
            (Some(now), Some(renamed)) => format!("if its source page is now `{}`, {renamed}", now.key),
            _ => "write the source page behind `of:` below `translation:`, or take out `translation:` if this page is no translation".to_owned(),
        };
        let message = format!("this is a translation, but there is no source page `{old}`");
        let finding = Finding::new(&BROKEN_LINK, at, message);
        return finding.severity(Severity::Warning).help(help);
    }
    let (message, renamed) = match (now, renamed) {
        (Some(now), Some(renamed)) => (
            format!("there is no source page `{old}`, and `{}` has no translation", now.key),
            format!("if this is its translation, {renamed}"),
        ),
        _ => (
            format!("there is no source page `{old}`, but a record of its reviews is left"),
            "if this is the translation of a page that has another name now, name this file after that page".to_owned(),
        ),
    };
    let help = format!(
        "{renamed}; if this page exists only in this language, write `allow: {{misplaced-file: \"exists only in this language\"}}` into its front matter"
    );
    let finding = Finding::new(&MISPLACED_FILE, at, message);
    finding.severity(Severity::Warning).help(help)
}

/// Gives the parts of an article in their order, which a translation shares: headings, paragraphs, boxes, and lists and tables with their lengths.
fn shape(document: &Document) -> Vec<(Discriminant<Kind>, usize)> {
    let tree = &document.tree;
    let part = |node| {
        let kind = &tree.node(node).kind;
        let length = match kind {
            Kind::List { .. } | Kind::Table => tree.children(node).count(),
            _ => 0,
        };
        (discriminant(kind), length)
    };
    tree.children(Tree::ROOT).map(part).collect()
}

/// Finds pages of the first language that say that they are translations, where the site has another language.
fn check_source(source: &[Placed], languages: &[LanguageSite], findings: &mut Findings) {
    if languages.len() < 2 {
        return;
    }
    for page in source {
        if page.document.front.translation.is_none() {
            continue;
        }
        let others: Vec<String> = languages
            .iter()
            .skip(1)
            .map(|site| format!("`content/{}/{}.md`", site.language, page.path))
            .collect();
        let first = languages.first().map_or("", |site| site.language.code());
        let help = format!(
            "move this file to {}, or take out `translation:`",
            others.join(" or ")
        );
        let message = format!(
            "this page says that it is a translation, but it lies in the folder of the first language, `content/{first}/`"
        );
        let finding = Finding::new(&MISPLACED_FILE, page.document.start, message);
        findings.push(finding.severity(Severity::Warning).help(help));
    }
}
