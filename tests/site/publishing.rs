//! What may be published: reviews, translations, drafts, replaced pages, figures of tapers, countries.

use crate::support::{BuiltSite, Site};

const ADA: &str = "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n\n[[person]]\nid = \"ben\"\nname = \"Ben Cook\"\nclinician = false\n";
const LABEL: &str = "No clinician has checked this page yet.";
const ASK: &str = "(ask your care team)";

fn review(by: &str, on: &str) -> String {
    format!("[[review]]\nby = [\"{by}\"]\non = {on}\n")
}

/// A site with a reviewed and an unreviewed page that name each other.
fn site(settings: &str) -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            format!("languages = [\"en\"]\ncountry = \"US\"\n{settings}"),
        )
        .file("content/_data/people.toml", ADA)
        .file(
            "content/_records/en/part/checked.toml",
            review("ada", "2026-11-01"),
        )
        .article_with("en/index.md", "kind: site", "Home.\n")
        .article_with(
            "en/part/checked.md",
            "title: Checked\nrelated: [part/unchecked]\nnext:\n  - Read [[unchecked]].",
            "See [[unchecked]] and [this page](unchecked.md), or [here](unchecked.md#more).\n",
        )
        .article_with(
            "en/part/unchecked.md",
            "title: Unchecked\naliases: [raw]",
            "## More\n\nText.\n",
        )
}

fn exists(built: &BuiltSite, address: &str) -> bool {
    built.web.contains_key(address)
}

/// Tells whether any page links to an address or names it.
fn is_named(built: &BuiltSite, name: &str) -> bool {
    built
        .web
        .iter()
        .filter(|(address, _)| address.ends_with(".html") || address.ends_with(".json"))
        .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(name))
}

#[test]
fn an_unreviewed_page_is_labelled_and_kept_out_of_search_engines_where_nothing_is_set() {
    for settings in ["", "[publish]\nunreviewed = \"label\"\n"] {
        let built = site(settings).build();
        assert!(built.findings.is_empty(), "{:#?}", built.findings);
        let page = built.page("en/part/unchecked.html");
        assert!(page.main().contains(LABEL), "{}", page.main());
        assert_eq!(
            page.main().matches(LABEL).count(),
            2,
            "above and at the end"
        );
        assert_eq!(page.meta("robots"), Some("noindex"));
        let page = built.page("en/part/checked.html");
        assert!(!page.main().contains(LABEL));
        assert_eq!(page.meta("robots"), None);
        assert!(!page.main().contains(ASK));
    }
}

#[test]
fn a_hidden_page_leaves_no_trace_but_its_title_and_whom_to_ask() {
    let built = site("[publish]\nunreviewed = \"hide\"\n").build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    assert!(!exists(&built, "en/part/unchecked.html"));
    assert!(
        !is_named(&built, "unchecked.html"),
        "something links to the hidden page"
    );
    let page = built.page("en/part/checked.html");
    let text = page.main();
    assert!(
        text.contains(&format!(
            "See Unchecked {ASK} and this page {ASK}, or here {ASK}."
        )),
        "{text}"
    );
    assert!(text.contains(&format!("Read Unchecked {ASK}.")), "{text}");
    assert!(!text.contains("Related pages"), "{text}");
    let list = built.page("en/a-to-z.html").main();
    assert!(
        !list.contains("Unchecked") && !list.contains("raw"),
        "{list}"
    );
    assert!(
        !built
            .page("en/part/index.html")
            .main()
            .contains("Unchecked")
    );
}

#[test]
fn a_site_may_refuse_to_be_built_with_an_unreviewed_page() {
    let site = site("[publish]\nunreviewed = \"refuse\"\n");
    let found = site.findings();
    let places: Vec<String> = found.iter().map(crate::support::Found::place).collect();
    assert_eq!(
        places,
        ["content/en/part/unchecked.md:2:1: unreviewed-page"],
        "{found:#?}"
    );
    assert!(site.build().web.is_empty());
}

#[test]
fn a_review_by_a_clinician_is_shown_with_its_dates() {
    let built = site("[review]\nevery = 6\n").build();
    let text = built.page("en/part/checked.html").main();
    assert!(
        text.contains("Last reviewed on November 1, 2026 by Ada Byron."),
        "{text}"
    );
    assert!(text.contains("Due for review on May 1, 2027."), "{text}");
}

#[test]
fn a_review_counts_only_if_a_clinician_that_the_data_knows_made_it() {
    let path = "content/_records/en/part/checked.toml";
    let built = site("").file(path, review("ben", "2026-11-01")).build();
    assert!(built.page("en/part/checked.html").main().contains(LABEL));
    let found = site("").file(path, review("eve", "2026-11-01")).findings();
    assert_eq!(found[0].place(), format!("{path}:2:7: unknown-person"));
    for (record, place) in [
        ("[[review]]\non = 2026-11-01\n", "1:1: wrong-row"),
        ("[[review]]\nby = [\"ada\"]\n", "1:1: wrong-row"),
        (
            "[[review]]\nby = [\"ada\"]\non = \"soon\"\n",
            "3:6: wrong-row",
        ),
    ] {
        let site = site("").file(path, record);
        let found = site.findings();
        assert!(
            found
                .iter()
                .any(|found| found.place() == format!("{path}:{place}")),
            "{record} {found:#?}"
        );
    }
}

#[test]
fn the_last_review_counts() {
    let both = format!(
        "{}\n{}",
        review("ada", "2026-11-01"),
        review("ada", "2025-12-01")
    );
    let built = site("")
        .file("content/_records/en/part/checked.toml", both)
        .build();
    assert!(
        built
            .page("en/part/checked.html")
            .main()
            .contains("November 1, 2026")
    );
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
}

#[test]
fn a_review_in_the_future_is_found_at_its_date() {
    let path = "content/_records/en/part/checked.toml";
    let found = site("").file(path, review("ada", "2026-11-23")).findings();
    let places: Vec<String> = found.iter().map(crate::support::Found::place).collect();
    assert_eq!(places, [format!("{path}:3:6: wrong-row")], "{found:#?}");
    let built = site("").file(path, review("ada", "2026-11-22")).build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
}

#[test]
fn an_overdue_review_is_found_when_the_days_of_grace_have_passed() {
    let site = |today: &str| {
        let today = today.parse().unwrap();
        site("[review]\nevery = 12\ngrace_days = 30\n")
            .with(|options| options.today = today)
            .findings()
    };
    assert!(site("2027-11-01").is_empty());
    assert!(site("2027-12-01").is_empty());
    let found = site("2027-12-02");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].place(),
        "content/en/part/checked.md:2:1: overdue-review"
    );
    assert_eq!(found[0].severity, "warning");
}

#[test]
fn pages_about_the_site_itself_need_no_review() {
    let built = site("[publish]\nunreviewed = \"refuse\"\n")
        .article_with(
            "en/part/unchecked.md",
            "kind: site\ntitle: Unchecked",
            "## More\n",
        )
        .build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let page = built.page("en/part/unchecked.html");
    assert!(!page.main().contains(LABEL) && page.meta("robots").is_none());
}

fn translated(settings: &str, keys: &str) -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            format!("languages = [\"en\", \"es\"]\ncountry = \"US\"\n{settings}"),
        )
        .file("content/_data/people.toml", ADA)
        .article_with("en/index.md", "kind: site", "Home.\n")
        .article_with("en/part/a.md", "title: English title", "English text.\n")
        .article_with(
            "es/part/a.md",
            &format!("title: Título español\n{keys}"),
            "Texto español.\n",
        )
}

const UNCHECKED: &str = "sin revisar por médicos ni traductores";

#[test]
fn an_unchecked_translation_is_labelled_hidden_or_refused() {
    let built = translated("", "").build();
    let text = built.page("es/part/a.html").main();
    assert!(
        text.contains(UNCHECKED) && text.contains("Texto español."),
        "{text}"
    );
    assert!(built.findings.is_empty(), "{:#?}", built.findings);

    let built = translated("[publish]\nunchecked_translations = \"hide\"\n", "").build();
    let page = built.page("es/part/a.html");
    let text = page.main();
    assert!(
        text.contains("English text.") && !text.contains("español"),
        "{text}"
    );
    assert!(
        !is_named(&built, "Título español"),
        "the hidden translation is named"
    );
    assert_eq!(page.meta("robots"), Some("noindex"));

    let found = translated("[publish]\nunchecked_translations = \"refuse\"\n", "").findings();
    let places: Vec<String> = found.iter().map(crate::support::Found::place).collect();
    assert_eq!(places, ["content/es/part/a.md:2:1: unchecked-translation"]);
}

#[test]
fn a_checked_translation_is_published_as_it_is() {
    for setting in ["label", "hide", "refuse"] {
        let settings = format!("[publish]\nunchecked_translations = \"{setting}\"\n");
        let built = translated(&settings, "translation:\n  by: ben\n  checked_by: ada").build();
        let text = built.page("es/part/a.html").main();
        assert!(
            text.contains("Texto español.") && !text.contains(UNCHECKED),
            "{text}"
        );
    }
}

#[test]
fn a_translation_checked_by_nobody_the_data_knows_is_found_and_a_machine_is_named() {
    let found = translated("", "translation:\n  checked_by: eve").findings();
    assert_eq!(
        found[0].place(),
        "content/es/part/a.md:6:15: unknown-person",
        "{found:#?}"
    );
    let built = translated("", "translation:\n  machine: true").build();
    let label = "Un programa informático tradujo esta página del inglés.";
    assert!(built.page("es/part/a.html").main().contains(label));
}

#[test]
fn a_translation_at_another_path_belongs_to_its_source() {
    let site = translated("", "")
        .article_with("en/part/b.md", "title: B", "English b, see [[a]].\n")
        .article_with(
            "es/parte/be.md",
            "title: Be\ntranslation:\n  of: part/b\n  checked_by: ada",
            "Be, mire [[part/b]] y [[a]].\n",
        );
    let built = site.build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    assert!(
        !exists(&built, "es/part/b.html"),
        "there are two pages of one article"
    );
    let page = built.page("es/parte/be.html");
    assert!(
        page.links().contains(&"../../en/part/b.html"),
        "{:?}",
        page.links()
    );
    assert!(
        built
            .page("en/part/b.html")
            .links()
            .contains(&"../../es/parte/be.html")
    );
    let found = translated("", "")
        .article_with("es/parte/be.md", "translation:\n  of: part/bb", "Be.\n")
        .findings();
    assert!(
        found
            .iter()
            .any(|found| found.place() == "content/es/parte/be.md:6:7: broken-link"),
        "{found:#?}"
    );
}

#[test]
fn drafts_are_left_out_unless_they_are_asked_for() {
    let site = |drafts| {
        site("")
            .article_with(
                "en/part/unchecked.md",
                "title: Unchecked\ndraft: true\nredirect_from: [old]",
                "## More\n\nText.\n",
            )
            .with(|options| options.drafts = drafts)
    };
    let built = site(false).build();
    assert!(!exists(&built, "en/part/unchecked.html") && !exists(&built, "en/old.html"));
    assert!(!is_named(&built, "unchecked.html"));
    assert!(
        built
            .page("en/part/checked.html")
            .main()
            .contains(&format!("See Unchecked {ASK}"))
    );
    let built = site(true).build();
    let page = built.page("en/part/unchecked.html");
    assert!(page.main().contains("This page is a draft."));
    assert_eq!(page.meta("robots"), Some("noindex"));
}

#[test]
fn a_draft_of_a_translation_does_not_hide_the_source() {
    let built = translated("", "draft: true").build();
    assert!(
        exists(&built, "es/part/a.html"),
        "readers of Spanish find neither translation nor source"
    );
    let text = built.page("es/part/a.html").main();
    assert!(
        text.contains("English text.") && !text.contains("Texto español."),
        "{text}"
    );
}

#[test]
fn an_archived_page_says_so_and_is_in_no_list() {
    let built = site("")
        .article_with(
            "en/part/unchecked.md",
            "title: Unchecked\narchived: true",
            "## More\n\nText.\n",
        )
        .build();
    let page = built.page("en/part/unchecked.html");
    assert!(page.main().contains("kept for the record only"));
    assert_eq!(page.meta("robots"), Some("noindex"));
    assert!(!built.page("en/a-to-z.html").main().contains("Unchecked"));
}

#[test]
fn a_replaced_page_says_what_replaced_it() {
    let built = site("")
        .article_with(
            "en/part/unchecked.md",
            "title: Unchecked\nreplaced_by: part/checked",
            "## More\n\nText.\n",
        )
        .build();
    let page = built.page("en/part/unchecked.html");
    assert!(
        page.main()
            .contains("A newer page has taken the place of this one: Checked"),
        "{}",
        page.main()
    );
    assert!(page.links().contains(&"checked.html"));
    assert!(!built.page("en/a-to-z.html").main().contains("Unchecked"));
    let found = site("")
        .article_with(
            "en/part/unchecked.md",
            "replaced_by: part/cheked",
            "## More\n",
        )
        .findings();
    let found: Vec<_> = found
        .iter()
        .filter(|found| found.rule == "broken-link")
        .collect();
    assert_eq!(
        found[0].place(),
        "content/en/part/unchecked.md:5:14: broken-link"
    );
    assert_eq!(found[0].help, "did you mean `part/checked`?");
}

#[test]
fn earlier_addresses_lead_to_the_page() {
    let built = site("")
        .article_with(
            "en/part/checked.md",
            "title: Checked\nredirect_from: [part/first, en/part/second.html, /third/, Old Name]",
            "See [[unchecked]].\n",
        )
        .build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    for (address, target) in [
        ("en/part/first.html", "checked.html"),
        ("en/part/second.html", "checked.html"),
        ("en/third.html", "part/checked.html"),
        ("en/old-name.html", "part/checked.html"),
    ] {
        let page = built.page(address);
        assert_eq!(page.links(), [target], "{address}");
        assert_eq!(page.meta("robots"), Some("noindex"));
    }
    let found = site("")
        .article_with(
            "en/part/checked.md",
            "redirect_from: [part/unchecked]",
            "See [[unchecked]].\n",
        )
        .findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].place(),
        "content/en/part/checked.md:5:17: address-clash"
    );
}

#[test]
fn figures_of_tapers_are_shown_only_where_the_settings_say_so() {
    let with = |settings: &str| {
        let site = site(settings)
            .page("_shared/en/figures.md", "Five to ten percent.\n")
            .article_with(
                "en/part/checked.md",
                "title: Checked",
                "Before.\n\n![[figures|show=taper_figures]]\n\nAfter.\n",
            );
        let built = site.build();
        assert!(built.findings.is_empty(), "{:#?}", built.findings);
        built
            .page("en/part/checked.html")
            .main()
            .contains("percent")
    };
    assert!(!with(""));
    assert!(!with("[publish]\ntaper_figures = false\n"));
    assert!(with("[publish]\ntaper_figures = true\n"));
    let found = site("")
        .page("_shared/en/figures.md", "x\n")
        .article_with(
            "en/part/checked.md",
            "",
            "![[figures|show=taper_figure]]\n\n![[figures|shw=taper_figures]]\n",
        )
        .findings();
    let places: Vec<String> = found.iter().map(crate::support::Found::place).collect();
    assert_eq!(
        places,
        [
            "content/en/part/checked.md:7:17: wrong-value",
            "content/en/part/checked.md:9:12: wrong-value"
        ],
        "{found:#?}"
    );
}

#[test]
fn texts_for_a_country_are_shown_only_there() {
    let text = |settings: &str| {
        let site = Site::started()
            .file("stepdown.toml", format!("languages = [\"en\"]\n{settings}[allow]\nplaceholder-without-value = \"a test\"\n"))
            .page("_shared/en/us.md", "Only here.\n")
            .page("_shared/en/gb.md", "Only there.\n")
            .article("en/part/a.md", "![[us|country=US, PR]]\n\n![[gb|country=GB]]\n");
        site.build().page("en/part/a.html").main()
    };
    let american = text("country = \"US\"\n");
    assert!(american.contains("Only here.") && !american.contains("Only there."));
    assert!(text("country = \"PR\"\n").contains("Only here."));
    let british = text("country = \"GB\"\n");
    assert!(british.contains("Only there.") && !british.contains("Only here."));
    let nowhere = text("");
    assert!(!nowhere.contains("Only here.") && !nowhere.contains("Only there."));
}

#[test]
fn numbers_that_are_not_verified_never_fill_a_blank() {
    let rows = crate::support::HELPLINES.replace(
        "dial = \"988\"\npublish = \"ok\"",
        "dial = \"988\"\npublish = \"verify-first\"",
    );
    let built = site("").file("content/_data/helplines.toml", rows).build();
    assert!(
        built
            .findings
            .iter()
            .all(|found| found.rule == "placeholder-without-value"),
        "{:#?}",
        built.findings
    );
    assert_eq!(built.findings.len(), 1);
    assert!(!is_named(&built, "tel:988") && !is_named(&built, "988</a>"));
    assert!(
        built
            .page("en/index.html")
            .text_of(0)
            .contains("Call a crisis line.")
    );
}

#[test]
fn in_custody_the_strip_says_whom_to_tell() {
    let built = site("setting = \"custody\"\n").build();
    let page = built.page("en/part/checked.html");
    let strips: Vec<String> = page
        .all("div")
        .chain(page.all("section"))
        .filter(|id| {
            page.attribute(*id, "class")
                .is_some_and(|class| class.split(' ').any(|class| class == "strip"))
        })
        .map(|id| page.text_of(id))
        .collect();
    assert_eq!(strips.len(), 2);
    for strip in strips {
        assert!(
            strip.contains("Tell the nearest member of staff now") && !strip.contains("911"),
            "{strip}"
        );
    }
}

#[test]
fn a_rule_may_be_allowed_with_a_reason_by_a_page_or_by_the_site_but_not_without() {
    let page = |keys: &str| {
        site("").article_with(
            "en/part/unchecked.md",
            keys,
            "## More\n\nCall 1-800-555-0177.\n",
        )
    };
    let built = page("allow:\n  unpublished-number: it is a number of a story").build();
    assert!(exists(&built, "en/part/unchecked.html"));
    assert_eq!(
        built.findings[0].allowed.as_deref(),
        Some("it is a number of a story")
    );
    let found = page("allow:\n  unpublished-number:").findings();
    let rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
    assert_eq!(rules, ["allow-without-reason", "unpublished-number"]);
    assert!(found.iter().all(|found| found.allowed.is_none()));
    let whole = site("[allow]\nunpublished-number = \"told on paper\"\n").article_with(
        "en/part/unchecked.md",
        "",
        "## More\n\nCall 1-800-555-0177.\n",
    );
    assert_eq!(
        whole.build().findings[0].allowed.as_deref(),
        Some("told on paper")
    );
}

#[test]
fn a_site_whose_errors_are_allowed_is_built_whole() {
    let site = |allow: &str| {
        Site::started()
            .file(
                "stepdown.toml",
                format!("languages = [\"en\"]\ncountry = \"US\"\n{allow}"),
            )
            .article("en/a.md", "A word[^1] without its note.\n")
            .build()
    };
    assert!(!exists(&site(""), "en/a.html"), "an error stops the build");
    let built = site("[allow]\nleftover-reference = \"it is quoted\"\n");
    assert!(built.page("en/a.html").main().contains("A word[^1]"));
    assert!(exists(&built, "index.html"));
}

#[test]
fn people_are_looked_up_on_pages_about_the_site_too() {
    let found = Site::started()
        .file("stepdown.toml", "languages = [\"en\"]\ncountry = \"US\"\n")
        .article_with(
            "en/about.md",
            "kind: site\nauthors: [nobody]\ntranslation:\n  checked_by: no-one",
            "Text.\n",
        )
        .findings();
    let unknown: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
    assert_eq!(unknown, ["unknown-person"; 2], "{found:#?}");
}

#[test]
fn on_a_safety_page_the_first_box_stands_above_the_label_and_on_others_below() {
    let body = "A calm line.\n\n> [!emergency] Call {emergency} now if:\n>\n> - a sign\n\n## More\n\nText.\n";
    let order = |kind: &str| {
        let keys = format!("kind: {kind}\nkey_points: [One.]\n");
        let front = format!("---\ntitle: T\nsummary: S.\n{keys}---\n\n{body}");
        let built = Site::started().page("en/help/page.md", front).build();
        let page = built.text("en/help/page.html");
        let at = |words: &str| {
            page.find(words)
                .unwrap_or_else(|| panic!("no {words} in {page}"))
        };
        let mut parts = [
            (at("A calm line."), "line"),
            (at("callout-emergency"), "box"),
            (at("class=\"part label\""), "label"),
            (at("part key-points"), "points"),
            (at(">More</h2>"), "heading"),
        ];
        parts.sort_unstable();
        parts.map(|(_, name)| name)
    };
    assert_eq!(
        order("safety"),
        ["line", "box", "label", "points", "heading"]
    );
    assert_eq!(
        order("topic"),
        ["label", "points", "line", "box", "heading"]
    );
}
