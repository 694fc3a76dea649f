//! Advice: what the help of a finding says to write, written in place of the fault, makes the finding go away.

use crate::support::{Found, Site};

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
        .page("es/index.md", crate::support::article("translation:\n  checked_by: nora", "Inicio.\n"))
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
            let text = crate::support::article(keys, &format!("See {written}\n"));
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
        let text = crate::support::article(&format!("related:\n  - {written}"), "Text.\n");
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
    let text = crate::support::article("", &format!("See {page}\n"));
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
    let many: String = (0..9)
        .map(|number| format!("## Part {number}\n\nText.\n\n"))
        .collect();
    let found = site()
        .article(
            "en/start/first.md",
            &format!("See [x](#part-of-it).\n\n{many}"),
        )
        .findings();
    assert_eq!(found[0].help.matches('#').count(), 5, "{found:#?}");
}
