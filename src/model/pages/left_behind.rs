//! Finds what is left behind when an article is renamed, moved or removed: records of reviews and translations that belong to no page.

use super::{Listing, Placed};
use crate::base::nearest::nearest;
use crate::base::place::Place;
use crate::finding::rules::{BROKEN_LINK, MISPLACED_FILE};
use crate::finding::{Finding, Findings, Severity};
use crate::load::{Snapshot, SourceFile};
use crate::model::LanguageSite;
use std::collections::BTreeSet;

/// The folder of records.
const RECORDS: &str = "content/_records/";

/// Finds translations whose source page is gone, and records whose page is.
pub(super) fn check(
    snapshot: &Snapshot,
    languages: &[LanguageSite],
    placed: &[Vec<Placed>],
    findings: &mut Findings,
) {
    for (language, articles) in placed.iter().enumerate().skip(1) {
        check_translations(&placed[0], articles, &languages[language], findings);
    }
    let mut records: Vec<(usize, &str, &SourceFile)> = Vec::new();
    for file in snapshot.below(RECORDS) {
        records.extend(record(file, languages, findings));
    }
    for (language, articles) in placed.iter().enumerate() {
        let of_language = || records.iter().filter(|record| record.0 == language);
        let recorded: BTreeSet<&str> = of_language().map(|record| record.1).collect();
        for (_, name, file) in of_language() {
            let is_listing = Listing::ALL.iter().any(|listing| listing.name() == *name);
            if is_listing || find(articles, name).is_some() {
                continue;
            }
            let free = articles
                .iter()
                .filter(|page| !recorded.contains(&*page.key));
            let code = languages[language].language.code();
            findings.push(left_record(code, name, file, articles, &free));
        }
    }
}

fn find<'p>(articles: &'p [Placed], key: &str) -> Option<&'p Placed> {
    let at = articles
        .binary_search_by(|page| (*page.key).cmp(key))
        .ok()?;
    articles.get(at)
}

/// Gives the language and the name of a record, or a finding where it cannot be any.
fn record<'s>(
    file: &'s SourceFile,
    languages: &[LanguageSite],
    findings: &mut Findings,
) -> Option<(usize, &'s str, &'s SourceFile)> {
    let at = Place::new(file.id, 0..0);
    let path = file.path.as_str().strip_prefix(RECORDS)?;
    let mut report = |message: String, help: String| {
        findings.push(Finding::new(&MISPLACED_FILE, at, message).help(help));
    };
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

/// Makes the finding of a record that belongs to no page.
fn left_record<'p>(
    code: &str,
    name: &str,
    file: &SourceFile,
    articles: &'p [Placed],
    free: &(impl Iterator<Item = &'p Placed> + Clone),
) -> Finding {
    let finding = Finding::new(
        &MISPLACED_FILE,
        Place::new(file.id, 0..0),
        format!("there is no page `{code}/{name}`, so no review in this record counts"),
    )
    .severity(Severity::Warning);
    // The record of a translation with a path of its own has the path of the source page.
    let by_path = articles.iter().find(|page| *page.path == *name);
    let plain = name
        .strip_suffix(".md")
        .and_then(|name| find(articles, name));
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

/// Finds the page that a page is called now: one that says so, one of the same name elsewhere, or one with a name like it.
fn now_called<'p>(
    key: &str,
    pages: &(impl Iterator<Item = &'p Placed> + Clone),
) -> Option<&'p Placed> {
    let says_so = |page: &&Placed| {
        let mut earlier = page.document.front.redirect_from.iter();
        earlier.any(|from| super::normal_key(&from.value) == key)
    };
    let slug = |key: &'p str| key.rsplit('/').next().unwrap_or(key);
    let last = key.rsplit('/').next().unwrap_or(key);
    let section = key.split_once('/').map_or("", |(section, _)| section);
    let mut named = pages.clone().filter(|page| slug(&page.key) == last);
    let same_name = named.next().filter(|_| named.next().is_none());
    let like_it = || {
        let near = nearest(key, pages.clone().map(|page| &*page.key))?;
        pages.clone().find(|page| &*page.key == near)
    };
    let mut beside = pages
        .clone()
        .filter(|page| {
            page.key
                .split_once('/')
                .is_some_and(|(own, _)| own == section)
        })
        .filter(|page| !page.key.ends_with("/index"));
    let only_one = beside.next().filter(|_| beside.next().is_none());
    pages
        .clone()
        .find(says_so)
        .or(same_name)
        .or_else(like_it)
        .or(only_one)
}

/// Finds translations, by their own word, of pages that are not there.
fn check_translations(
    source: &[Placed],
    articles: &[Placed],
    language: &LanguageSite,
    findings: &mut Findings,
) {
    let translated: BTreeSet<&str> = articles.iter().map(|page| &*page.key).collect();
    for page in articles {
        let translation = page.document.front.translation.as_ref();
        let has_no_of = translation.is_some_and(|translation| translation.of.is_none());
        let is_section = page.key.ends_with("index");
        if !has_no_of || is_section || find(source, &page.key).is_some() {
            continue;
        }
        let free = source
            .iter()
            .filter(|page| !translated.contains(&*page.key));
        let help = match now_called(&page.key, &free) {
            Some(now) => format!(
                "if its source page is now `{key}`, rename this file to `content/{code}/{key}.md`, and write `redirect_from: [{old}]` into its front matter, so that the old address works",
                key = now.key,
                code = language.language.code(),
                old = page.key,
            ),
            None => "write the source page behind `of:` below `translation:`, or take out `translation:` if this page is no translation".to_owned(),
        };
        let finding = Finding::new(
            &BROKEN_LINK,
            page.document.start,
            format!(
                "this is a translation, but there is no source page `{}`",
                page.key
            ),
        );
        findings.push(finding.severity(Severity::Warning).help(help));
    }
}
