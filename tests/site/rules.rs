//! The table of rules: each rule is raised by some small site here, and what `stepdown explain` says that it looks at is true.

use crate::support::{Found, Site, article, repository};
use std::collections::{BTreeMap, BTreeSet};
use stepdown::finding::Scope;
use stepdown::finding::rules::RULES;

/// A small site, as its files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// What each scope lets a rule see, from the narrowest to the widest.
const SCOPES: [Scope; 4] = [Scope::Document, Scope::Page, Scope::Site, Scope::Output];

const SOURCES: &str = r#"
[[source]]
id = "old-1"
title = "An old guide"
cite_instead = ["new-2"]

[[source]]
id = "new-2"
title = "A new guide"
"#;

const PEOPLE: &str = r#"
[[person]]
id = "ada"
name = "Ada"

[[person]]
id = "eve"
name = "Eve"
clinician = true
"#;

const LOOKS: &str = r##"
name = "A name that nobody can keep in mind and that fills the top of each phone"
[look]
accent = "#1d5c63"
[publish]
unreviewed = "refuse"
"##;

/// An article with faults that other files of the site decide about.
const MIXED: &str = "\
![[text]] and [other](other.md#gone).

## Word {#word}

![[place]] ![[marks|country=USA]]
";

/// Gives small sites that raise all rules. Where a rule looks beyond one file, some site holds a fault that the file alone does not show, or
/// lacks one that the file alone would show.
fn examples() -> Vec<Files> {
    let with = |languages: &str, settings: &str| {
        let text = format!("languages = [{languages}]\ncountry = \"US\"\n{settings}");
        Site::started().file("stepdown.toml", text)
    };
    let site = |settings: &str| with("\"en\", \"es\"", settings);
    let record = |by: &str, on: &str| format!("[[review]]\nby = [\"{by}\"]\non = {on}\n");
    let term = |word: &str, meaning: &str| {
        format!("[[term]]\nid = \"word\"\nterm = \"{word}\"\ndefinition = \"{meaning}\"\n")
    };
    let framed = |added: &str| {
        format!(
            "{{% extends \"base.html\" %}}\n{{% block main %}}{{{{ content }}}}{added}{{% endblock main %}}\n"
        )
    };
    let table = format!(
        "{}\n{}\n{}\n",
        "|a".repeat(7),
        "|-".repeat(7),
        "|a".repeat(8)
    );
    let words = "word ".repeat(301);
    let sites = [
        Site::new()
            .folder(&repository().join("tests/fixtures/thirty-faults"))
            .file(
                "templates/texts/es.ftl",
                "print-hint = You can take this page with you on paper.\n",
            ),
        Site::started().file("stepdown.toml", "languages = [\"en\"]\n"),
        site("").article("en/table.md", &table),
        site("").article("en/large.md", &"Text.\n".repeat(400_000)),
        site("").article("en/open.md", "Text.\n\n<!-- to do\n"),
        site("").article_with("en/title.md", &format!("title: {words}"), "Text.\n"),
        site("")
            .article("en/first.md", "Text.\n\n![A room.](room.png)\n")
            .article("en/second.md", "Text.\n\n![A room.](room.png)\n")
            .file("content/en/room.png", vec![0; 201_000]),
        site(LOOKS)
            .file("static/assets/stepdown.css", ":root { --ground: #1d5c63 }")
            .file("content/_data/people.toml", PEOPLE)
            .file("content/_records/en/seen.toml", record("eve", "2026-11-01"))
            .file("content/_records/en/late.toml", record("eve", "2020-11-01"))
            .file("content/_records/en/lay.toml", record("ada", "2026-11-01"))
            .article("en/seen.md", "Text.\n")
            .article("en/late.md", "Text.\n")
            .article("en/lay.md", "Text.\n"),
        site("")
            .file("content/_data/sources.toml", SOURCES)
            .article("en/cited.md", "So it is [@old-1]. See [old-1].\n")
            .article("en/told.md", "So new-2 it is.\n")
            .file(
                "templates/page.html",
                framed(
                    "old-1 <img src=\"{{ 'https:' }}//{{ 'pictures' }}.example/a.png\" alt=\"\">",
                ),
            ),
        site("")
            .file("templates/page.html", framed("{% include \"part.html\" %}"))
            .file("templates/part.html", "{{ nothing.there }}\n"),
        site("")
            .article("en/mixed.md", MIXED)
            .article("en/long.md", &format!("![[place]]\n\n{words}\n"))
            .article("en/longer.md", &words)
            .article("en/other.md", "Call 800-555-0123, {center.phone}.\n")
            .article("en/Long Night.md", "Text.\n")
            .article("en/long-night.md", "Text.\n")
            .file("content/_shared/en/place.md", "## Word {#word}\n\nText.\n")
            .file(
                "content/_shared/en/marks.md",
                "![[place|country=USA]] {nothing}\n",
            )
            .file(
                "content/_data/center.toml",
                "name = \"Hope\"\nphone = \"800-555-0123\"\n",
            ),
        with("\"en\", \"fi\"", "").file("templates/texts/fi.ftl", "print-hint = Paperilla.\n"),
        site("[publish]\nunchecked_translations = \"refuse\"\n")
            .article("en/source.md", "![[text]]\n")
            .page("es/source.md", article("", "![[text]]\n"))
            .file("content/_shared/en/text.md", "Text.\n")
            .file(
                "content/_shared/es/text.md",
                "---\ntranslation: { machine: true }\n---\nTexto.\n",
            )
            .file("content/_data/glossary.toml", term("Word", "It is."))
            .file(
                "content/_data/es/glossary.toml",
                term("Palabra", "{nothing}"),
            ),
    ];
    sites.into_iter().map(Site::into_files).collect()
}

#[test]
fn each_rule_is_raised_by_a_small_site() {
    let found: BTreeSet<String> = examples()
        .iter()
        .flat_map(findings)
        .map(|found| found.rule)
        .collect();
    let silent: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !found.contains(*name))
        .collect();
    assert!(silent.is_empty(), "no small site raises {silent:?}");
}

#[test]
fn a_rule_is_decided_by_what_it_is_said_to_look_at_and_by_no_less() {
    let mut wrong = Vec::new();
    // How much each rule needs, by what the small sites show.
    let mut needed = vec![0; RULES.len()];
    for files in &examples() {
        // What was found in each part of the site that was looked at, by its files.
        let mut known: BTreeMap<Vec<&str>, Vec<Found>> = BTreeMap::new();
        let mut find = |path: &str, scope: Scope| {
            let part: Vec<&str> = seen(files, path, scope);
            let of_part = || {
                part.iter()
                    .map(|path| ((*path).to_owned(), files[*path].clone()))
                    .collect()
            };
            known
                .entry(part.clone())
                .or_insert_with(|| findings(&of_part()))
                .clone()
        };
        let all = find("", Scope::Output);
        for path in files.keys().map(String::as_str).chain([""]) {
            let worlds = SCOPES.map(|scope| find(path, scope));
            for (rule, needed) in RULES.iter().zip(&mut needed) {
                let full = at(&all, rule.name, path);
                let differs = |world: &Vec<Found>| at(world, rule.name, path) != full;
                let least = worlds
                    .iter()
                    .rposition(differs)
                    .map_or(0, |widest| widest + 1);
                if SCOPES[least..].contains(&rule.scope) {
                    *needed = least.max(*needed);
                } else {
                    let part = at(&worlds[least - 1], rule.name, path);
                    let difference = full.symmetric_difference(&part).next();
                    wrong.push(format!(
                        "{} looks at more than {}: {difference:?}",
                        rule.name,
                        rule.scope.name()
                    ));
                }
            }
        }
    }
    for (rule, needed) in RULES.iter().zip(needed) {
        if SCOPES[needed] != rule.scope {
            wrong.push(format!(
                "{} looks at no more than {}",
                rule.name,
                SCOPES[needed].name()
            ));
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn findings(files: &Files) -> Vec<Found> {
    let site = files
        .iter()
        .fold(Site::new(), |site, (path, bytes)| site.file(path, bytes));
    let is_empty = !files.keys().any(|path| is_article(path));
    let site = if is_empty {
        site.article("en/index.md", "Home.\n")
    } else {
        site
    };
    site.findings()
}

/// Gives the findings of a rule in a file, or without a file: where, and what they say.
fn at(found: &[Found], rule: &str, path: &str) -> BTreeSet<(String, String)> {
    let own = found
        .iter()
        .filter(|found| found.rule == rule && found.path == path);
    own.map(|found| (found.place(), found.message.clone()))
        .collect()
}

fn is_article(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && !path.starts_with("content/_")
}

/// Gives the files that a rule of a scope may look at to decide on one file; all may look at the settings.
///
/// A page has its data, shared texts, records and pictures, the pages that it names, and the page that it translates. A template, a style sheet or a text of the interface is on no page more
/// than on others, so a rule for it looks at the file alone or at the site.
fn seen<'f>(files: &'f Files, path: &str, scope: Scope) -> Vec<&'f str> {
    let text = files
        .get(path)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let name = |other: &str| {
        other
            .rsplit('/')
            .next()
            .unwrap_or(other)
            .trim_end_matches(".md")
            .to_owned()
    };
    let is_template = |path: &str| path.ends_with(".html");
    let is_of_page = |other: &str| match path {
        _ if !path.starts_with("content/") => false,
        _ if is_template(other) => false,
        _ if is_article(path) && is_article(other) => {
            text.contains(&name(other)) || name(path) == name(other)
        }
        _ => other.starts_with("content/"),
    };
    let is_seen = |other: &str| match scope {
        _ if other == path || other == "stepdown.toml" => true,
        Scope::Document => false,
        Scope::Page => is_of_page(other),
        Scope::Site => !is_template(other) || is_template(path),
        Scope::Output => true,
    };
    files
        .keys()
        .map(String::as_str)
        .filter(|path| is_seen(path))
        .collect()
}
