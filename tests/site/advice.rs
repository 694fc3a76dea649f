//! Advice: what the help of a finding says to write, written in place of the fault, makes the finding go away.

use crate::support::program::run;
use crate::support::{Found, HELPLINES, Site, article, write_files};

/// A site in two languages, of which only English has articles about tapering.
fn site() -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
        )
        .article(
            "en/tapering/how-tapering-works.md",
            "## What a taper is\n\nText.\n\n## How long it takes\n\nText.\n\n## When to call\n\nText.\n",
        )
        .article("en/tapering/getting-ready.md", "Text.\n")
        .article("en/twice/same.md", "Text.\n")
        .article("en/other/same.md", "Text.\n")
        .page("es/index.md", article("translation:\n  checked_by: nora", "Inicio.\n"))
        .file(
            "content/_data/people.toml",
            "[[person]]\nid = \"nora\"\nname = \"Nora Kim\"\nclinician = true\n",
        )
}

/// Gives what stands in the first backticks of a help.
fn advised(help: &str) -> &str {
    help.split('`')
        .nth(1)
        .unwrap_or_else(|| panic!("nothing to write in {help:?}"))
}

/// Gives a text with other words in place of what a finding marks.
fn pasted(text: &str, found: &Found, words: &str) -> String {
    let at = |line: u64, column: u64| {
        let before: usize = text
            .split_inclusive('\n')
            .take(usize::try_from(line).unwrap() - 1)
            .map(str::len)
            .sum();
        let columns = text[before..]
            .char_indices()
            .map(|(at, _)| before + at)
            .chain([text.len()]);
        columns
            .take(usize::try_from(column).unwrap())
            .last()
            .unwrap()
    };
    let start = at(found.line, found.column);
    let end = at(found.end.0, found.end.1);
    format!("{}{words}{}", &text[..start], &text[end..])
}

/// Does what the only finding of a rule in a page says, and gives what it advised and what is found then.
fn mended(site: impl Fn() -> Site, path: &str, text: &str, rule: &str) -> (Found, Vec<String>) {
    let found: Vec<Found> = site()
        .page(path, text)
        .findings()
        .into_iter()
        .filter(|found| found.path == format!("content/{path}"))
        .collect();
    let [only] = found.as_slice() else {
        panic!("not one finding in {text:?}: {found:#?}")
    };
    assert_eq!(only.rule, rule, "{only:#?}");
    let text = pasted(text, only, advised(&only.help));
    let after = site().page(path, &text).findings().into_iter();
    let after = after.filter(|found| found.path == format!("content/{path}"));
    let after =
        after.map(|found| format!("{text}: {} {} {}", found.place(), found.message, found.help));
    (only.clone(), after.collect())
}

#[test]
fn a_broken_link_offers_the_link_that_works() {
    let works = "[x](../tapering/how-tapering-works.md)";
    for (written, help) in [
        ("[x](how-tapering-works.html)", works),
        ("[x](how-tapering-works)", works),
        ("[x](how-tapering-works.md)", works),
        ("[x](tapering/how-tapering-works.md)", works),
        ("[x](../tapering/how-tapering-works.html)", works),
        ("[x](../tapering/How-Tapering-Works.md)", works),
        ("[x](../Tapering/how-tapering-works.md)", works),
        ("[x](<../tapering/How tapering works.md>)", works),
        ("[x](../start/how-tapering-works.md)", works),
        ("[x](../../../../tapering/how-tapering-works.md)", works),
        ("[x](/en/tapering/how-tapering-works.html)", works),
        ("[x](/tapering/how-tapering-works)", works),
        (
            "[x](http://127.0.0.1:8000/en/tapering/how-tapering-works.html)",
            works,
        ),
        (
            "[x](http://localhost:8000/es/tapering/how-tapering-works.html?a=b)",
            works,
        ),
        (
            "<http://127.0.0.1:8000/en/tapering/how-tapering-works.html>",
            "[[how-tapering-works]]",
        ),
        ("[x](http://127.0.0.1:8000/)", "[x](../index.md)"),
        (
            "[x](http://127.0.0.1:8000/en/glossary.html)",
            "[x](../glossary.md)",
        ),
        ("[x](how-taperng-works.md)", works),
        (
            "[*two* words](how-tapering-works.html)",
            "[*two* words](../tapering/how-tapering-works.md)",
        ),
        (
            "[x](how-tapering-works.html#when-to-call)",
            "[x](../tapering/how-tapering-works.md#when-to-call)",
        ),
        ("[x][a]\n\n[a]: how-tapering-works.html", works),
        ("[[how-taperng-works]]", "[[how-tapering-works]]"),
        (
            "[[tapering/How tapering works.md]]",
            "[[how-tapering-works]]",
        ),
        (
            "[[how-taperng-works|two words]]",
            "[[how-tapering-works|two words]]",
        ),
        (
            "[[how-tapering-works.html#when-to-call]]",
            "[[how-tapering-works#when-to-call]]",
        ),
        ("[x](/other/same.html)", "[x](../other/same.md)"),
        ("[[other/sam]]", "[[other/same]]"),
    ] {
        for (path, keys) in [
            ("en/start/first.md", ""),
            ("es/start/first.md", "translation:\n  checked_by: nora"),
        ] {
            let source = || site().article("en/start/first.md", "Text.\n");
            let text = article(keys, &format!("See {written}\n"));
            let (found, after) = mended(source, path, &text, "broken-link");
            assert_eq!(
                advised(&found.help),
                help,
                "{written} in {path}: {found:#?}"
            );
            assert!(after.is_empty(), "{written} in {path}: {after:#?}");
        }
    }
}

#[test]
fn a_broken_link_in_a_shared_text_or_in_front_matter_offers_what_works_there() {
    let with_embed = || site().article("en/start/first.md", "![[two]]\n");
    let (found, after) = mended(
        with_embed,
        "_shared/en/two.md",
        "See [x](how-tapering-works.html).\n",
        "broken-link",
    );
    assert_eq!(
        advised(&found.help),
        "[x](../../en/tapering/how-tapering-works.md)"
    );
    assert!(after.is_empty(), "{after:#?}");
    for written in [
        "how-tapering-works.html",
        "tapering/How-tapering-works",
        "how-taperng-works",
    ] {
        let text = article(&format!("related:\n  - {written}"), "Text.\n");
        let (found, after) = mended(site, "en/start/first.md", &text, "broken-link");
        assert_eq!(
            advised(&found.help),
            "tapering/how-tapering-works",
            "{written}"
        );
        assert!(after.is_empty(), "{after:#?}");
    }
}

#[test]
fn a_relative_link_leads_to_the_page_in_the_readers_language_even_where_only_the_source_has_it() {
    let built = site()
        .article("en/start/first.md", "Text.\n")
        .article_with(
            "es/start/first.md",
            "translation:\n  checked_by: nora",
            "Vea [una](../tapering/how-tapering-works.md), [dos](../tapering/getting-ready.md#no), [tres](../tapering) y [más](../helplines.md).\n",
        )
        .build();
    let here: Vec<String> = built
        .findings
        .iter()
        .filter(|found| found.path == "content/es/start/first.md")
        .map(Found::place)
        .collect();
    assert_eq!(here, ["content/es/start/first.md:9:47: broken-anchor"]);
}

#[test]
fn a_dead_anchor_offers_the_nearest_headings_and_a_link_that_works() {
    let page = "[x](../tapering/how-tapering-works.md#how-long-it-taks)";
    let text = article("", &format!("See {page}\n"));
    let (found, after) = mended(site, "en/start/first.md", &text, "broken-anchor");
    assert_eq!(
        found.help,
        "did you mean `[x](../tapering/how-tapering-works.md#how-long-it-takes)`? The nearest headings are `#how-long-it-takes`, `#what-a-taper-is`, `#when-to-call`"
    );
    assert!(after.is_empty(), "{after:#?}");
    let found = site()
        .article("en/start/first.md", "See [[how-tapering-works#call]].\n")
        .findings();
    assert_eq!(
        found[0].help,
        "write one of the headings of that page: `#when-to-call`, `#how-long-it-takes`, `#what-a-taper-is`"
    );
    let many: Vec<String> = (0..9)
        .map(|number| {
            format!(
                "## Part {number}

Text.

"
            )
        })
        .collect();
    let many = many.concat();
    let found = site()
        .article(
            "en/start/first.md",
            &format!("See [x](#part-of-it).\n\n{many}"),
        )
        .findings();
    assert_eq!(found[0].help.matches('#').count(), 5, "{found:#?}");
}

#[test]
fn a_date_in_another_form_offers_the_one_that_works() {
    for (written, help) in [
        ("11/20/2026", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("3.2.2026", "2026-02-03"),
        ("11-20-2026", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("2026-1-5", "2026-01-05"),
        ("20261120", "2026-11-20"),
        ("2026-11-20T08:30:00Z", "2026-11-20"),
        ("Nov 20, 2026", "2026-11-20"),
        ("Sept. 3rd, 2026", "2026-09-03"),
        ("20 November 2026", "2026-11-20"),
        ("\"20 de noviembre de 2026\"", "2026-11-20"),
        ("05/05/2026", "2026-05-05"),
    ] {
        let text = article(&format!("updated: {written}"), "Text.\n");
        let (found, after) = mended(site, "en/start/first.md", &text, "wrong-value");
        assert_eq!(found.help, format!("write `{help}`"), "{written}");
        assert!(after.is_empty(), "{after:#?}");
    }
    for (written, help) in [
        (
            "03/04/2026",
            "write `2026-03-04` or `2026-04-03`, whichever day is meant",
        ),
        (
            "20 de noviembre",
            "write year, month and day, such as `2026-11-22`",
        ),
        (
            "13/14/2026",
            "write year, month and day, such as `2026-11-22`",
        ),
        ("soon", "write year, month and day, such as `2026-11-22`"),
    ] {
        let found = site()
            .article_with(
                "en/start/first.md",
                &format!("updated: {written}"),
                "Text.\n",
            )
            .findings();
        assert_eq!(found[0].help, help, "{written}");
    }
}

#[test]
fn a_box_of_another_program_offers_the_fitting_one_of_ours() {
    for (written, kind) in [
        ("warning", "important"),
        ("WARNING", "important"),
        ("danger", "important"),
        ("caution", "important"),
        ("attention", "important"),
        ("tip", "note"),
        ("info", "note"),
        ("hint", "note"),
        ("importent", "important"),
    ] {
        let text = article("", &format!("> [!{written}]\n> Text.\n"));
        let (found, after) = mended(site, "en/start/first.md", &text, "unknown-callout");
        assert_eq!(advised(&found.help), kind, "{written}");
        assert!(after.is_empty(), "{after:#?}");
    }
    let found = site()
        .article("en/start/first.md", "> [!danger]\n> Text.\n")
        .findings();
    assert_eq!(
        found[0].help,
        "write `important`; where readers must call for help at once, write `emergency`"
    );
}

#[test]
fn front_matter_that_cannot_be_read_is_told_once_with_the_line_to_write() {
    let rest = "summary: One short sentence.\nkey_points: [One, Two, Three]\n";
    let points = "title: A title\nsummary: One short sentence.\n";
    for (keys, message, help) in [
        (
            format!("title:A title\n{rest}"),
            "a space is missing behind `title:`",
            "title: A title",
        ),
        (
            format!("{points}key_points: [One, Two, Three]\norder:3\nkind: topic\n"),
            "a space is missing behind `order:`",
            "order: 3",
        ),
        (
            format!("{points}key_points: [One, Two, Three]\nupdated:2026-11-20\n"),
            "a space is missing behind `updated:`",
            "updated: 2026-11-20",
        ),
        (
            format!("title:Why: a guide\n{rest}"),
            "a space is missing behind `title:`",
            "title: \"Why: a guide\"",
        ),
        (
            format!("title: \"Your first step\n{rest}"),
            "the quote that begins here does not end",
            "\"Your first step\"",
        ),
        (
            format!("title: 'Your first step\n{rest}"),
            "the quote that begins here does not end",
            "\"Your first step\"",
        ),
        (
            format!("title: \"Your\" first step\n{rest}"),
            "words stand behind the closing quote",
            "\"\\\"Your\\\" first step\"",
        ),
        (
            format!("{points}key_points:\n  - \"One\n  - Two\n  - Three\n  - Four\n"),
            "the quote that begins here does not end",
            "\"One\"",
        ),
        (
            format!("{points}key_points:\n  - One\n  - Two\n  - Three\n  - \"Four\n"),
            "the quote that begins here does not end",
            "\"Four\"",
        ),
        (
            format!("{points}key_points: [One, Two, Three\nkind: topic\n"),
            "the list that begins here does not end",
            "[One, Two, Three]",
        ),
        (
            format!("{points}key_points:\n\t- One\n  - Two\n  - Three\n  - Four\n"),
            "a tab stands at the start of this line",
            "  - One",
        ),
    ] {
        let text = format!("---\n{keys}---\n\nText.\n");
        let (found, after) = mended(site, "en/start/first.md", &text, "wrong-syntax");
        assert_eq!(found.message, message, "{keys}");
        assert_eq!(advised(&found.help), help, "{keys}");
        assert!(after.is_empty(), "{after:#?}");
    }
    let tabs = format!("---\n{points}key_points:\n\t- One\n\t- Two\n\t- Three\n---\n\nText.\n");
    let found = site().page("en/start/first.md", tabs).findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].place(),
        "content/en/start/first.md:5:1: wrong-syntax"
    );
    for jargon in [
        "title: [\n",
        "title: {a\n",
        "? x\n: y\n",
        "title: %\n",
        "a: &a b\nc: *a\n",
        "- a\n- b\n",
    ] {
        let text = format!("---\n{jargon}---\n\nText.\n");
        for found in site().page("en/start/first.md", text).findings() {
            let words = format!("{} {}", found.message, found.help);
            for word in [
                "YAML",
                "mapping",
                "block",
                "token",
                "scalar",
                "indent",
                "flow",
                "simple key",
            ] {
                assert!(!words.contains(word), "{word} in {words}");
            }
        }
    }
}

/// Gives what is found in a site as `path: message → help`, one a line.
fn told(site: &Site) -> String {
    let found = site.findings();
    found.iter().fold(String::new(), |out, found| {
        format!("{out}{}: {} → {}\n", found.path, found.message, found.help)
    })
}

const REVIEW: &str = "[[review]]\nby = [\"nora\"]\non = 2026-06-01\n";

/// A page that was reviewed and translated; both say so under the path that is given.
fn renamed(now: &str) -> Site {
    site()
        .article(&format!("en/{now}.md"), "Text.\n")
        .article_with(
            "es/start/old-name.md",
            "translation:\n  checked_by: nora",
            "Texto.\n",
        )
        .file("content/_records/en/start/old-name.toml", REVIEW)
        .file(
            "content/_records/en/tapering/how-tapering-works.toml",
            REVIEW,
        )
}

#[test]
fn a_renamed_article_loses_neither_its_review_nor_its_translation_in_silence() {
    assert_eq!(told(&renamed("start/old-name")), "");
    for now in [
        "start/new-name",
        "tapering/old-name",
        "start/something-else",
    ] {
        assert_eq!(
            told(&renamed(now)),
            format!(
                "content/_records/en/start/old-name.toml: there is no page `en/start/old-name`, so no review in this record counts → \
                 if the page is now `{now}`, rename this file to `content/_records/en/{now}.toml`, and write `redirect_from: [start/old-name]` \
                 into the front matter of `content/en/{now}.md`, so that the old address works; if the page is gone, remove this file\n\
                 content/es/start/old-name.md: this is a translation, but there is no source page `start/old-name` → \
                 if its source page is now `{now}`, rename this file to `content/es/{now}.md`, and write `redirect_from: [start/old-name]` \
                 into its front matter, so that the old address works\n"
            )
        );
        let done = site()
            .article_with(
                &format!("en/{now}.md"),
                "redirect_from: [start/old-name]",
                "Text.\n",
            )
            .article_with(
                &format!("es/{now}.md"),
                "redirect_from: [start/old-name]\ntranslation:\n  checked_by: nora",
                "Texto.\n",
            )
            .file(&format!("content/_records/en/{now}.toml"), REVIEW);
        assert_eq!(told(&done), "");
        let built = done.build();
        assert!(built.web.contains_key("en/start/old-name.html"));
        assert!(built.web.contains_key("es/start/old-name.html"));
    }
}

#[test]
fn a_record_with_a_wrong_name_or_folder_and_a_reviewer_who_is_no_clinician_are_told() {
    for (path, help) in [
        (
            "en/tapering/getting-ready.toml.txt",
            "rename it to `getting-ready.toml`",
        ),
        (
            "en/tapering/getting-ready.TOML",
            "rename it to `getting-ready.toml`",
        ),
        (
            "tapering/getting-ready.toml",
            "move it to `content/_records/en/tapering/getting-ready.toml`",
        ),
        (
            "en/tapering/getting-ready.md.toml",
            "rename this file to `content/_records/en/tapering/getting-ready.toml`",
        ),
        (
            "en/tapering/geting-ready.toml",
            "rename this file to `content/_records/en/tapering/getting-ready.toml`",
        ),
        (
            "es/tapering/getting-ready.toml",
            "rename this file to `content/_records/en/tapering/getting-ready.toml`; if the translation is gone, remove this file",
        ),
    ] {
        let found = site()
            .file(&format!("content/_records/{path}"), REVIEW)
            .findings();
        assert_eq!(found.len(), 1, "{path}: {found:#?}");
        assert_eq!(
            found[0].place(),
            format!("content/_records/{path}:1:1: misplaced-file")
        );
        assert!(found[0].help.contains(help), "{path}: {found:#?}");
    }
    for path in [
        "en/index.toml",
        "en/helplines.toml",
        "en/tapering/getting-ready.toml",
        "README.md",
    ] {
        assert_eq!(
            told(&site().file(&format!("content/_records/{path}"), REVIEW)),
            ""
        );
    }
    let own_path = site()
        .article_with(
            "es/reducir/como.md",
            "translation:\n  of: tapering/how-tapering-works\n  checked_by: nora",
            "Texto.\n",
        )
        .file("content/_records/es/reducir/como.toml", REVIEW);
    assert!(
        told(&own_path)
            .contains("rename this file to `content/_records/es/tapering/how-tapering-works.toml`"),
        "{}",
        told(&own_path)
    );
    let people = "[[person]]\nid = \"nora\"\nname = \"Nora Kim\"\n";
    let record = |by: &str| {
        site()
            .file(
                "content/_data/people.toml",
                people.to_owned()
                    + "\n[[person]]\nid = \"ada\"\nname = \"Ada Day\"\nclinician = true\n",
            )
            .file(
                "content/_records/en/tapering/getting-ready.toml",
                format!("[[review]]\nby = [{by}]\non = 2026-06-01\n"),
            )
    };
    assert_eq!(
        told(&record("\"nora\"")),
        "content/_records/en/tapering/getting-ready.toml: this review does not count, since `nora` is no clinician → \
         add the clinician who read the page, or write `clinician = true` for `nora` in `content/_data/people.toml` if that is true\n"
    );
    assert_eq!(told(&record("\"nora\", \"ada\"")), "");
}

#[test]
fn a_new_translation_has_links_and_pictures_that_work() {
    let folder = tempfile::tempdir().unwrap();
    let body = "![A stair](steps.svg)\n\nSee [one](b.md), [two](b.md#more), [three](../other/c.md), [a form](<a form.pdf>), [web](https://example.org/) and [four][ref].\n\n## More\n\n[ref]: ./b.md\n";
    write_files(
        folder.path(),
        &[
            (
                "stepdown.toml",
                "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
            ),
            ("content/_data/helplines.toml", HELPLINES),
            ("content/en/index.md", &article("", "Home.\n")),
            ("content/en/part/a.md", &article("", body)),
            ("content/en/part/b.md", &article("", "## More\n\nText.\n")),
            ("content/en/other/c.md", &article("", "Text.\n")),
            (
                "content/en/part/steps.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
            ),
            ("content/en/part/a form.pdf", "%PDF-1.4\n"),
        ],
    );
    run(folder.path(), &["check"]).ends_with(0);
    run(folder.path(), &["new", "part/a", "--language", "es"])
        .ends_with(2)
        .says(&["content/en/part/a.md is there", "--from part/a"]);
    assert!(!folder.path().join("content/es").exists());
    for page in ["part/a", "parte/uno"] {
        run(
            folder.path(),
            &["new", page, "--language", "es", "--from", "part/a"],
        )
        .ends_with(0)
        .says(&["take out the line `draft: true`"]);
        let path = folder.path().join(format!("content/es/{page}.md"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("](../../en/part/steps.svg)"), "{text}");
        assert!(text.contains("(https://example.org/)"), "{text}");
        std::fs::write(&path, text.replace("draft: true\n", "")).unwrap();
        let check = run(folder.path(), &["check"]);
        for rule in ["broken-link", "missing-image", "broken-anchor"] {
            assert!(
                !check.err.contains(rule) && !check.out.contains(rule),
                "{check:?}"
            );
        }
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn what_new_says_about_publishing_is_true() {
    for (publish, says, lacks) in [
        (
            "unreviewed = \"label\"",
            "take out the line `draft: true`.",
            "clinician",
        ),
        (
            "unreviewed = \"hide\"",
            "once a clinician has reviewed it",
            "publishes it",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!("languages = [\"en\"]\ncountry = \"US\"\n[publish]\n{publish}\n");
        write_files(folder.path(), &[("stepdown.toml", &settings)]);
        let new = run(folder.path(), &["new", "part/a"]);
        assert!(
            new.err.contains(says) && !new.err.contains(lacks),
            "{new:?}"
        );
    }
}

#[test]
fn keys_of_other_programs_are_told_with_ours_or_with_the_place_for_own_keys() {
    for (written, ours) in [
        ("date: 2026-11-20", "updated"),
        ("author: nora", "authors"),
        ("weight: 3", "order"),
    ] {
        let text = article(written, "Text.\n");
        let (found, after) = mended(site, "en/start/first.md", &text, "unknown-key");
        assert_eq!(found.help, format!("write `{ours}`"));
        assert!(after.is_empty(), "{after:#?}");
    }
    let found = site()
        .article_with("en/start/first.md", "description: One more.", "Text.\n")
        .findings();
    assert_eq!(
        found[0].help,
        "`summary` says it already, so take this line out"
    );
    for key in ["tags", "categories"] {
        let found = site()
            .article_with("en/start/first.md", &format!("{key}: [a, b]"), "Text.\n")
            .findings();
        assert_eq!(
            found[0].help,
            format!(
                "put your own keys under `extra`: write a line `extra:` and below it `  {key}:`, two spaces further in"
            )
        );
        let done = site().article_with(
            "en/start/first.md",
            &format!("extra:\n  {key}: [a, b]"),
            "Text.\n",
        );
        assert_eq!(told(&done), "");
    }
}

#[test]
fn a_picture_pasted_as_an_embed_says_how_pictures_are_written() {
    let found = site()
        .article("en/start/first.md", "![[Pasted image.png]]\n")
        .findings();
    assert_eq!(
        found[0].help,
        "put the picture beside the article and write `![what the picture shows](Pasted%20image.png)`"
    );
}
