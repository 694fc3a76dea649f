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

/// What readers have.
#[derive(Debug, PartialEq)]
struct Kept {
    /// Addresses of the first site that lead nowhere.
    dead: Vec<String>,
    /// How many articles show that the clinician reviewed them.
    reviewed: usize,
    /// How many pages there are in Spanish: a translation without its source page is one beside the page that it translates.
    in_spanish: usize,
}

fn kept(files: &Files, addresses: &[String]) -> Kept {
    let built = site(files).build();
    let is_page = |text: &str| !text.contains("http-equiv=\"refresh\"");
    let pages = || {
        let pages = built
            .web
            .keys()
            .filter(|address| address.ends_with(".html"));
        pages.filter(|address| is_page(built.text(address)))
    };
    Kept {
        dead: addresses
            .iter()
            .filter(|address| !built.web.contains_key(*address))
            .cloned()
            .collect(),
        reviewed: pages()
            .filter(|address| address.matches('/').count() == 2)
            .filter(|address| built.text(address).contains("Nora Kim"))
            .count(),
        in_spanish: pages()
            .filter(|address| address.starts_with("es/") && !address.ends_with("index.html"))
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
    let found = found.iter().filter(|found| found.allowed.is_none());
    found.map(line).collect()
}

/// Makes changes, sees that each line that mends is told, does what the lines say, and sees that nothing is lost.
fn renamed(steps: &[Step], mend: &[Step], addresses: &[String], first: &Kept) {
    let changed = done(files(), steps);
    let said = told(&changed);
    for step in mend {
        let words = match step {
            To(_, to) | Copy(_, to) => to.trim_end_matches('/'),
            Line(_, line) => line,
            Gone(_) => "remove this file",
            Words(_, _, to) => to.rsplit(' ').next().unwrap(),
        };
        assert!(
            said.contains(words),
            "{words:?} for {steps:?} is not in\n{said}"
        );
    }
    assert!(!said.is_empty(), "nothing is told of {steps:?}");
    let mended = done(changed, mend);
    assert_eq!(told(&mended), "", "{steps:?}, then {mend:?}, after\n{said}");
    assert_eq!(&kept(&mended, addresses), first, "{steps:?}, then {mend:?}");
}

const EN: &str = "en/start/old-name.md";
const ES: &str = "es/start/old-name.md";
const EN_RECORD: &str = "_records/en/start/old-name.toml";
const ES_RECORD: &str = "_records/es/start/old-name.toml";
const STEPS: &str = "en/tapering/steps.md";
const STEPS_RECORD: &str = "_records/en/tapering/steps.toml";
const OLD: &str = "redirect_from: [start/old-name]";

/// Runs rows of changes and of what mends them.
fn all(rows: &[(Vec<Step>, Vec<Step>)]) {
    let built = site(&files()).build();
    let addresses: Vec<String> = built
        .web
        .keys()
        .filter(|address| address.ends_with(".html"))
        .cloned()
        .collect();
    let first = kept(&files(), &addresses);
    assert_eq!(told(&files()), "");
    assert!(first.dead.is_empty() && first.reviewed >= 3, "{first:?}");
    for (steps, mend) in rows {
        renamed(steps, mend, &addresses, &first);
    }
}

#[test]
fn a_source_page_with_a_new_name_or_section_keeps_its_review_its_translation_and_its_address() {
    for now in [
        "start/new-name",
        "tapering/old-name",
        "help/old-name",
        "start/old-names",
        "begin/old-name",
    ] {
        let path = |folder: &str, ending: &str| -> &'static str {
            Box::leak(format!("{folder}/{now}.{ending}").into_boxed_str())
        };
        let (en, es) = (path("en", "md"), path("es", "md"));
        let (en_record, es_record) = (path("_records/en", "toml"), path("_records/es", "toml"));
        let redirects = [Line(en, OLD), Line(es, OLD)];
        let mend = [
            To(EN_RECORD, en_record),
            To(ES, es),
            redirects[0].clone(),
            redirects[1].clone(),
        ];
        // What is left of the Spanish page is told once the page has its place.
        let changed = done(done(files(), &[To(EN, en)]), &mend);
        let said = told(&changed);
        assert!(
            said.contains(&format!("rename this file to `content/{es_record}`")),
            "{said}"
        );
        all(&[(vec![To(EN, en), To(ES_RECORD, es_record)], mend.to_vec())]);
    }
}

#[test]
fn a_record_that_was_renamed_or_moved_is_told_with_its_right_path() {
    all(&[
        (
            vec![To(STEPS_RECORD, "_records/en/tapering/Steps.toml")],
            vec![To("_records/en/tapering/Steps.toml", STEPS_RECORD)],
        ),
        (
            vec![To(EN_RECORD, "_records/en/start/old name.toml")],
            vec![To("_records/en/start/old name.toml", EN_RECORD)],
        ),
        (
            vec![To(EN_RECORD, "_records/en/start/Old Name.toml")],
            vec![To("_records/en/start/Old Name.toml", EN_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/en/tapering/steps.md.toml")],
            vec![To("_records/en/tapering/steps.md.toml", STEPS_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/en/tapering/stepps.toml")],
            vec![To("_records/en/tapering/stepps.toml", STEPS_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/en/steps.toml")],
            vec![To("_records/en/steps.toml", STEPS_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/tapering/steps.toml")],
            vec![To("_records/tapering/steps.toml", STEPS_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/es/tapering/steps.toml")],
            vec![To("_records/es/tapering/steps.toml", STEPS_RECORD)],
        ),
        (
            vec![To(STEPS_RECORD, "_records/en/start/steps.toml")],
            vec![To("_records/en/start/steps.toml", STEPS_RECORD)],
        ),
        (
            vec![Copy(STEPS_RECORD, "_records/en/tapering/steps - Copy.toml")],
            vec![Gone("_records/en/tapering/steps - Copy.toml")],
        ),
        (
            vec![Copy(STEPS_RECORD, "_records/en/tapering/steps (1).toml")],
            vec![Gone("_records/en/tapering/steps (1).toml")],
        ),
        (
            vec![To("_records/", "_record/")],
            vec![To("_record/", "_records/")],
        ),
        (
            vec![To("_records/", "_Records/")],
            vec![To("_Records/", "_records/")],
        ),
        (
            vec![To("_records/", "records/")],
            vec![To("records/", "_records/")],
        ),
    ]);
    // These help texts name the file without its folders.
    for name in [
        "steps.toml.txt",
        "steps.TOML",
        "steps.yaml",
        "steps",
        "steps.md",
        "steps.toml.rtf",
    ] {
        let said = told(&done(
            files(),
            &[To(
                STEPS_RECORD,
                Box::leak(format!("_records/en/tapering/{name}").into_boxed_str()),
            )],
        ));
        assert!(
            said.contains("rename it to `steps.toml`") && said.lines().count() == 1,
            "{name}: {said}"
        );
    }
}

#[test]
fn a_translation_that_was_renamed_or_lost_its_source_page_is_told_though_it_does_not_say_that_it_is_one()
 {
    let plain = "es/tapering/plain.md";
    let was = "redirect_from: [tapering/plain]";
    all(&[
        (
            vec![
                To("en/tapering/plain.md", "en/tapering/plane.md"),
                Line("en/tapering/plane.md", was),
            ],
            vec![
                To(plain, "es/tapering/plane.md"),
                Line("es/tapering/plane.md", was),
            ],
        ),
        (
            vec![
                To("en/tapering/plain.md", "en/tapering/what-else.md"),
                Line("en/tapering/what-else.md", was),
            ],
            vec![
                To(plain, "es/tapering/what-else.md"),
                Line("es/tapering/what-else.md", was),
            ],
        ),
        (
            vec![
                To("en/tapering/plain.md", "en/start/plain.md"),
                Line("en/start/plain.md", was),
            ],
            vec![
                To(plain, "es/start/plain.md"),
                Line("es/start/plain.md", was),
            ],
        ),
        (
            vec![To(plain, "es/tapering/sencilla.md")],
            vec![To("es/tapering/sencilla.md", plain)],
        ),
        (
            vec![To(plain, "es/reducir/plain.md")],
            vec![To("es/reducir/plain.md", plain)],
        ),
        (
            vec![Words("es/ayuda/noche.md", "help/night", "help/nigt")],
            vec![Words("es/ayuda/noche.md", "help/nigt", "help/night")],
        ),
        (
            vec![Words("es/ayuda/noche.md", "help/night", "night")],
            vec![Words("es/ayuda/noche.md", "of: night", "of: help/night")],
        ),
        (
            vec![Words("es/ayuda/noche.md", "help/night", "en/help/night.md")],
            vec![Words("es/ayuda/noche.md", "en/help/night.md", "help/night")],
        ),
    ]);
    let own = "allow: {misplaced-file: \"exists only in this language\"}";
    let steps = [
        To(plain, "es/tapering/sencilla.md"),
        Line("es/tapering/sencilla.md", own),
    ];
    assert_eq!(
        told(&done(files(), &steps)),
        "",
        "a page that exists only in Spanish can say so"
    );
}

#[test]
fn an_article_of_which_no_page_is_made_any_more_is_told() {
    for (to, words) in [
        ("en/tapering/steps.MD", "rename it to `steps.md`"),
        ("en/tapering/steps.md.txt", "rename it to `steps.md`"),
        (
            "en/tapering/steps",
            "rename that file to `content/en/tapering/steps.md`",
        ),
        (
            "en/tapering/steps.txt",
            "rename that file to `content/en/tapering/steps.md`",
        ),
        (
            "en/tapering/steps.docx",
            "rename that file to `content/en/tapering/steps.md`",
        ),
        (
            "en/tapering/more/steps.md",
            "move it to `content/en/tapering/steps.md`",
        ),
        (
            "tapering/steps.md",
            "put articles into `content/en/` or `content/es/`",
        ),
        ("en/tapering/Steps.md", "rename it to `steps`"),
        ("es/tapering/steps.md", "a record of its reviews is left"),
    ] {
        let said = told(&done(files(), &[To(STEPS, to)]));
        assert!(said.contains(words), "{to}: {said}");
    }
    for (steps, words) in [
        (
            vec![To(ES, "en/start/old-name-es.md")],
            "move this file to `content/es/",
        ),
        (vec![To("es/", "ES/")], "the 6 articles in it"),
        (
            vec![To("es/", "spanish/")],
            "`spanish` is not a language of this site",
        ),
        (
            vec![Copy(EN, "en/start/Old Name.md")],
            "rename one of the two files",
        ),
        (
            vec![Copy("es/ayuda/noche.md", "es/ayuda/otra.md")],
            "rename one of the two files",
        ),
        (vec![Gone(EN)], "if the page is gone, remove this file"),
        (
            vec![Gone(ES)],
            "if the translation is gone, remove this file",
        ),
        (
            vec![Gone("en/help/night.md")],
            "there is no source page `help/night`",
        ),
        (vec![To("en/index.md", "en/home.md")], "the first page"),
        (
            vec![To("en/start/", "en/begin/")],
            "content/es/begin/old-name.md",
        ),
        (
            vec![To("es/start/", "es/begin/")],
            "content/es/start/old-name.md",
        ),
        (
            vec![Line(STEPS, "redirect_from: [start/alone]")],
            "the address `en/start/alone.html` is used twice",
        ),
    ] {
        let said = told(&done(files(), &steps));
        assert!(said.contains(words), "{steps:?}: {said}");
    }
}

#[test]
fn an_earlier_address_works_however_it_is_written_and_in_each_language() {
    for from in [
        "tapering/steps",
        "/tapering/steps.html",
        "en/tapering/steps",
        "https://www.example.org/education/en/tapering/steps.html",
    ] {
        let line: &'static str = Box::leak(format!("redirect_from: [\"{from}\"]").into_boxed_str());
        let now = "en/tapering/little-by-little.md";
        let files = done(
            files(),
            &[
                To(STEPS, now),
                To(STEPS_RECORD, "_records/en/tapering/little-by-little.toml"),
                Line(now, line),
            ],
        );
        assert_eq!(told(&files), "", "{from}");
        let built = site(&files).build();
        for address in ["en/tapering/steps.html", "es/tapering/steps.html"] {
            assert!(
                built.text(address).contains("little-by-little.html"),
                "{address} of {from}"
            );
        }
    }
}
