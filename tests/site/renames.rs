//! Articles are renamed, moved, copied and removed with or without what belongs to them: a review, a translation or an old address that is lost is
//! always found, with the line to write, and doing what it says brings it back.

use crate::support::{Found, HELPLINES, Site, article};
use std::collections::BTreeMap;

/// One change of the folder `content`.
#[derive(Clone, Debug)]
enum Step {
    /// Renames a file, or all files below a folder.
    To(&'static str, &'static str),
    Copy(&'static str, &'static str),
    Gone(&'static str),
    /// Writes a line into the front matter of an article.
    Line(&'static str, &'static str),
    /// Changes words of a file.
    Words(&'static str, &'static str, &'static str),
}

use Step::{Copy, Gone, Line, To, Words};

const TRANSLATED: &str = "translation:\n  checked_by: nora";
const REVIEW: &str = "[[review]]\nby = [\"nora\"]\non = 2026-06-01\n";

type Files = BTreeMap<String, String>;

fn files() -> Files {
    let body = |words: &str| {
        format!(
            "## {words}\n\n{words}.\n\n- {words}\n- {words}\n\n> [!note]\n> {words}.\n\n## {words} again\n\n{words}.\n"
        )
    };
    [
        ("en/index.md", article("", "Home.\n")),
        ("es/index.md", article(TRANSLATED, "Inicio.\n")),
        (
            "en/start/old-name.md",
            article("", "Reviewed and translated.\n"),
        ),
        ("es/start/old-name.md", article(TRANSLATED, "Revisada.\n")),
        ("_records/en/start/old-name.toml", REVIEW.to_owned()),
        ("_records/es/start/old-name.toml", REVIEW.to_owned()),
        (
            "en/start/alone.md",
            article("", "Neither reviewed nor translated.\n"),
        ),
        ("en/tapering/plain.md", article("", &body("Plain"))),
        ("es/tapering/plain.md", article("", &body("Sencilla"))),
        ("en/tapering/steps.md", article("", "Reviewed.\n")),
        ("_records/en/tapering/steps.toml", REVIEW.to_owned()),
        ("en/help/night.md", article("", "Night.\n")),
        (
            "es/ayuda/noche.md",
            article(
                "translation:\n  of: help/night\n  checked_by: nora",
                "Noche.\n",
            ),
        ),
        // Pages that exist only in Spanish, on purpose.
        (
            "es/comunidad/grupos.md",
            article("", "Grupos en español.\n"),
        ),
        (
            "es/start/seguro.md",
            article("", "## Seguro\n\n- Uno\n- Dos\n- Tres\n\nTexto.\n"),
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

fn site(files: &Files) -> Site {
    let site = Site::new()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"es\"]\ncountry = \"US\"\n[publish]\nunreviewed = \"label\"\nunchecked_translations = \"label\"\n",
        )
        .file("content/_data/helplines.toml", HELPLINES)
        .file(
            "content/_data/people.toml",
            "[[person]]\nid = \"nora\"\nname = \"Nora Kim\"\nclinician = true\n",
        );
    files
        .iter()
        .fold(site, |site, (path, text)| site.page(path, text))
}

fn done(mut files: Files, steps: &[Step]) -> Files {
    for step in steps {
        match step {
            To(from, to) | Copy(from, to) => {
                let moved: Vec<(String, String)> = files
                    .iter()
                    .filter_map(|(path, text)| {
                        let rest = path.strip_prefix(from)?;
                        Some((format!("{to}{rest}"), text.clone()))
                    })
                    .collect();
                assert!(!moved.is_empty(), "nothing to move at {from}");
                if matches!(step, To(..)) {
                    files.retain(|path, _| !path.starts_with(from));
                }
                files.extend(moved);
            }
            Gone(path) => assert!(files.remove(*path).is_some(), "{path}"),
            Line(path, line) => {
                let text = files.get_mut(*path).unwrap_or_else(|| panic!("{path}"));
                *text = text.replacen("summary:", &format!("{line}\nsummary:"), 1);
            }
            Words(path, from, to) => {
                let text = files.get_mut(*path).unwrap_or_else(|| panic!("{path}"));
                assert!(text.contains(from), "{from} is not in {text}");
                *text = text.replacen(from, to, 1);
            }
        }
    }
    files
}

/// What readers have: texts at addresses, with their reviews.
#[derive(Debug, PartialEq)]
struct Kept {
    /// How many addresses of the first site still lead somewhere.
    lost_addresses: Vec<String>,
    /// How many articles show that the clinician reviewed them.
    reviewed: usize,
    /// How many pages in English have a page in Spanish with a text of its own.
    translated: usize,
}

fn kept(files: &Files) -> Kept {
    let first = site(&self::files()).build();
    let now = site(files).with(|options| options.force = true);
    let built = now.build();
    let is_page = |address: &&String| address.ends_with(".html");
    let pages: Vec<&String> = built.web.keys().filter(is_page).collect();
    let shows = |address: &str, words: &str| built.text(address).contains(words);
    let is_article = |address: &str| {
        !["people", "index", "a-to-z"]
            .iter()
            .any(|name| address.contains(name))
    };
    Kept {
        lost_addresses: first
            .web
            .keys()
            .filter(is_page)
            .filter(|address| !built.web.contains_key(*address))
            .cloned()
            .collect(),
        reviewed: pages
            .iter()
            .filter(|address| is_article(address) && shows(address, "Nora Kim"))
            .count(),
        translated: pages
            .iter()
            .filter(|address| address.starts_with("en/") && shows(address, "hreflang=\"es\""))
            .filter(|address| {
                let text = built.text(address);
                let link = text.split("hreflang=\"es\"").nth(1).map(|_| text);
                link.is_some()
            })
            .count(),
    }
}

fn told(files: &Files) -> String {
    let found = site(files).findings();
    let line = |found: &Found| {
        let path = found.path.trim_start_matches("content/");
        format!(
            "{path}: {}: {} → {}\n",
            found.rule, found.message, found.help
        )
    };
    found.iter().map(line).collect()
}
