//! What readers and staff see of a new site, whose pages no clinician has reviewed yet.

use crate::support::page::Page;
use crate::support::program::run;
use crate::support::{BuiltSite, Site, article, files_below, repository};
use stepdown::load::Starter;

const HIDE: &str = "languages = [\"en\", \"es\", \"ar\"]\ncountry = \"US\"\n[publish]\nunreviewed = \"hide\"\nunchecked_translations = \"label\"\n";
const NONE: &str = "No page here has been reviewed yet.";
const HELP: &str = "If you need help now: Phone numbers for help";

/// A site in three languages with a safety page and another, both hidden, and a reviewed page that names both.
fn hidden() -> Site {
    Site::started()
        .file("stepdown.toml", HIDE)
        .file(
            "content/_data/people.toml",
            "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n",
        )
        .file(
            "content/_records/en/taper/checked.toml",
            "[[review]]\nby = [\"ada\"]\non = 2026-11-01\n",
        )
        .page("en/index.md", home("Home.\n"))
        .article_with(
            "en/help/now.md",
            "title: Help now\nkind: safety",
            "## More\n\nText.\n",
        )
        .article_with("en/help/later.md", "title: Help later", "Text.\n")
        .article_with(
            "en/taper/checked.md",
            "title: Checked\nrelated: [help/now, help/later]",
            "Open [[now]], [this](../help/now.md#more) or [[later]].\n",
        )
        .article_with("en/taper/raw.md", "title: Raw", "Text.\n")
}

fn home(body: &str) -> String {
    article("kind: site\ntitle: Home", body)
}

fn with_home(body: &str) -> BuiltSite {
    hidden().page("en/index.md", home(body)).build()
}

/// Gives the links of a page's text: the words and where they lead.
fn links(page: &Page) -> Vec<(String, String)> {
    page.all("a")
        .filter(|link| page.lies_in(*link, "main"))
        .map(|link| {
            let address = page.attribute(link, "href").unwrap_or_default();
            (page.text_of(link), address.to_owned())
        })
        .collect()
}

fn pair(words: &str, address: &str) -> (String, String) {
    (words.to_owned(), address.to_owned())
}

#[test]
fn a_link_to_a_hidden_safety_page_leads_to_the_numbers_and_says_so() {
    let built = hidden().build();
    let page = built.page("en/taper/checked.html");
    let text = page.main();
    assert!(
        text.contains(
            "Open Help now (for now: phone numbers), this (for now: phone numbers) or Help later (ask your care team)."
        ),
        "{text}"
    );
    let links = links(&page);
    for words in ["Help now", "this"] {
        assert!(
            links.contains(&pair(words, "../helplines.html")),
            "{links:?}"
        );
    }
    assert!(
        links.iter().all(|(words, _)| words != "Help later"),
        "{links:?}"
    );
}

#[test]
fn related_pages_name_the_numbers_once_in_the_place_of_hidden_safety_pages() {
    let built = hidden()
        .article_with(
            "en/help/soon.md",
            "title: Help soon\nkind: safety",
            "Text.\n",
        )
        .article_with(
            "en/taper/checked.md",
            "title: Checked\nrelated: [help/now, help/soon, help/later]",
            "Text.\n",
        )
        .build();
    let page = built.page("en/taper/checked.html");
    let related: Vec<String> = page
        .all("a")
        .filter(|link| page.lies_in_class(*link, "related"))
        .map(|link| page.text_of(link))
        .collect();
    assert_eq!(related, ["Phone numbers for help"]);
}

#[test]
fn choices_lead_to_the_numbers_without_a_remark_and_the_others_are_left_out() {
    let built = with_home(
        "> [!choices] What do you need right now?\n>\n\
         > - [Someone is in danger](help/now.md)\n\
         > - [I want to wait](help/later.md)\n\
         > - [I want to taper](taper/checked.md), or [to wait](help/later.md)\n\
         > - I want [to wait](help/later.md), or [to go on](taper/raw.md)\n\
         > - Call {emergency} now\n",
    );
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let page = built.page("en/index.html");
    assert_eq!(
        links(&page),
        [
            pair("Someone is in danger", "helplines.html"),
            pair("I want to taper", "taper/checked.html"),
            pair("911", "tel:911"),
        ]
    );
    let text = page.main();
    assert!(
        text.ends_with(
            "What do you need right now? Someone is in danger I want to taper, or to wait Call 911 now"
        ),
        "{text}"
    );
}

#[test]
fn stages_keep_their_steps_where_a_page_is_hidden() {
    let built = with_home(
        "> [!stages] Step by step\n>\n\
         > - [Later](help/later.md): what comes then\n\
         > - [Now](help/now.md): what helps\n",
    );
    let page = built.page("en/index.html");
    assert_eq!(links(&page), [pair("Now", "helplines.html")]);
    let text = page.main();
    assert!(
        text.ends_with("Step by step Later: what comes then Now: what helps"),
        "{text}"
    );
}

#[test]
fn choices_of_which_none_is_left_say_so() {
    let built = with_home("> [!choices] What now?\n> - [I want to wait](help/later.md)\n");
    let page = built.page("en/index.html");
    let text = page.main();
    assert!(
        text.ends_with(&format!("What now? {NONE} {HELP}")),
        "{text}"
    );
    let mut items = page.all("li");
    assert!(!items.any(|item| page.lies_in_class(item, "callout-choices")));
}

/// A remark behind a link ends what is said: "Why never to stop (for now: phone numbers) says why" is no sentence.
#[test]
fn sentences_of_the_library_that_are_always_published_end_behind_the_remark_on_a_hidden_page() {
    let settings = HIDE.replace(", \"ar\"", "");
    let mut site = Site::new()
        .file("stepdown.toml", settings)
        .with(|options| options.starter = Starter::Whole);
    for (path, bytes) in files_below(&repository().join("content")) {
        site = site.file(&format!("content/{path}"), bytes);
    }
    let built = site.build();
    let remarks = [
        "(for now: phone numbers)",
        "(ask your care team)",
        "(por ahora: teléfonos de ayuda)",
        "(pregunte a su equipo de atención)",
    ];
    let mut seen = 0;
    for address in built.web.keys().filter(|path| path.ends_with("index.html")) {
        let text = built.page(address).main();
        for (at, remark) in remarks.iter().flat_map(|remark| text.match_indices(remark)) {
            seen += 1;
            let behind = &text[at + remark.len()..];
            assert!(
                behind.starts_with(['.', ',', ';']),
                "{address}: {remark}{behind:.40}"
            );
        }
    }
    assert!(seen > 15, "{seen} remarks were seen");
}

#[test]
fn a_section_without_a_published_page_says_so_and_where_help_is() {
    let built = hidden()
        .file(
            "stepdown.toml",
            HIDE.replace("\"ar\"]", "\"ar\"]\nname = \"Hope\""),
        )
        .build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    for (address, none, help) in [
        ("en/help/index.html", NONE, HELP),
        (
            "es/help/index.html",
            "Aquí todavía no hay ninguna página revisada.",
            "Si necesita ayuda ahora: Teléfonos de ayuda",
        ),
        (
            "ar/help/index.html",
            "لم تُراجَع أي صفحة هنا بعد.",
            "إذا كنت تحتاج إلى المساعدة الآن: أرقام",
        ),
    ] {
        let page = built.page(address);
        let text = page.main();
        assert!(text.contains(none) && text.contains(help), "{text}");
        let links = links(&page);
        assert_eq!(links.len(), 1, "{links:?}");
        assert_eq!(links[0].1, "../helplines.html");
    }
    let text = built.page("en/taper/index.html").main();
    assert!(text.contains("Checked") && !text.contains(NONE), "{text}");
}

#[test]
fn a_section_with_some_published_pages_lists_the_numbers_for_the_hidden_safety_page() {
    let built = hidden()
        .article_with(
            "en/taper/stop.md",
            "title: Never stop\nkind: safety",
            "Text.\n",
        )
        .build();
    let page = built.page("en/taper/index.html");
    assert_eq!(
        links(&page),
        [
            pair("Phone numbers for help", "../helplines.html"),
            pair("Checked", "checked.html")
        ]
    );
}

#[test]
fn a_section_whose_pages_are_all_published_or_that_has_none_says_nothing_of_reviews() {
    let built = Site::started()
        .article_with("en/part/index.md", "kind: site", "Section.\n")
        .article("en/other/a.md", "Text.\n")
        .build();
    for address in [
        "en/part/index.html",
        "en/other/index.html",
        "en/a-to-z.html",
        "en/index.html",
    ] {
        let text = built.page(address).main();
        assert!(!text.contains(NONE), "{address}: {text}");
    }
}

#[test]
fn home_and_a_to_z_say_that_no_page_is_published_yet_and_where_help_is() {
    let site = || {
        Site::started()
            .file("stepdown.toml", HIDE.replace(", \"es\", \"ar\"", ""))
            .page("en/index.md", home("First words.\n"))
            .article("en/help/now.md", "Text.\n")
    };
    let built = site().build();
    let page = built.page("en/index.html");
    assert!(
        page.main()
            .starts_with(&format!("Home {NONE} {HELP} Key points")),
        "{}",
        page.main()
    );
    assert_eq!(
        links(&page),
        [pair("Phone numbers for help", "helplines.html")]
    );
    let page = built.page("en/a-to-z.html");
    assert_eq!(page.main(), format!("A to Z {NONE} {HELP}"));
    assert_eq!(
        page.all("nav")
            .filter(|nav| page.lies_in(*nav, "main"))
            .count(),
        0
    );
    // Pages about the site itself need no review, so they do not count as what readers came for.
    let built = site()
        .article_with("en/about.md", "kind: site\ntitle: About", "Text.\n")
        .build();
    assert!(built.page("en/index.html").main().contains(NONE));
    assert!(!built.page("en/a-to-z.html").main().contains(NONE));
    // Without a written home, its sections follow.
    let built = Site::started()
        .file("stepdown.toml", HIDE.replace(", \"es\", \"ar\"", ""))
        .file("content/en/index.md", "")
        .article("en/help/now.md", "Text.\n");
    let built = built.page("en/index.md", home("")).build();
    assert!(built.page("en/index.html").main().contains(NONE));
}

#[test]
fn the_numbers_are_published_in_every_language_and_danger_comes_first() {
    let site = hidden();
    let built = site.build();
    for code in ["en", "es", "ar"] {
        let page = built.page(&format!("{code}/helplines.html"));
        let called: Vec<String> = links(&page)
            .into_iter()
            .map(|(_, address)| address)
            .collect();
        let mut rest = called.iter();
        assert!(
            rest.any(|address| address == "tel:911"),
            "{code}: {called:?}"
        );
        assert!(
            rest.any(|address| address == "tel:988"),
            "{code}: {called:?}"
        );
    }
    // An article in the place of the list stays published too, with its label; a draft does not take its place.
    let with = |keys: &str| {
        let built = hidden()
            .article_with("en/helplines.md", keys, "Own words.\n\n![[helplines]]\n")
            .build();
        assert!(built.findings.is_empty(), "{:#?}", built.findings);
        built.page("en/helplines.html")
    };
    let page = with("title: Numbers");
    let text = page.main();
    assert!(
        text.contains("Own words.") && text.contains("911"),
        "{text}"
    );
    assert!(page.all("p").any(|line| page.lies_in_class(line, "label")));
    let text = with("title: Numbers\ndraft: true").main();
    assert!(
        text.contains("In danger, call 911") && !text.contains("Own words."),
        "{text}"
    );
}

#[test]
fn choices_and_stages_are_headings_over_lists_in_any_page() {
    let built = Site::started()
        .article(
            "en/part/a.md",
            "> [!choices] What now? {#now}\n>\n\
             > Choose one.\n>\n\
             > - [Home](../index.md)\n\
             > - [Home](../index.md), or [here](#now)\n\
             > - {emergency}\n\n\
             ## Further on\n\n\
             > [!stages]\n> 1. One\n> 2. Two\n\n\
             ### Deep\n\n> [!choices] Deeper\n> - [Home](../index.md)\n\n\
             > [!choices]\n\n> [!stages] Alone\n",
        )
        .build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let text = built.text("en/part/a.html");
    for part in [
        "<section class=\"callout callout-choices\">\n<h2 class=\"callout-title\" id=\"now\">What now?</h2>\n<div class=\"callout-body\">\n<p>Choose one.</p>\n<ul>\n<li class=\"choice\"><a href=\"../index.html\">Home</a></li>\n<li><a href=\"../index.html\">Home</a>, or <a href=\"#now\">here</a></li>\n<li><a href=\"tel:911\">911</a></li>\n</ul>",
        "<section class=\"callout callout-stages\">\n<h3 class=\"callout-title\" id=\"sd-stages\">Step by step</h3>\n<div class=\"callout-body\">\n<ol>\n<li>One</li>",
        "<h4 class=\"callout-title\" id=\"deeper\">Deeper</h4>",
        "<h4 class=\"callout-title\" id=\"sd-choices\">What do you need?</h4>",
        "<h4 class=\"callout-title\" id=\"alone\">Alone</h4>",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn only_choices_make_large_buttons_and_the_style_of_home_does_not() {
    let style = include_str!("../../static/assets/stepdown.css");
    assert!(
        !style.contains("h2:first-of-type"),
        "the style guesses the choices"
    );
    let built = with_home("## Numbers\n\n- [Call us](tel:911)\n- [Checked](taper/checked.md)\n");
    let text = built.text("en/index.html");
    assert!(!text.contains("class=\"choice\""), "{text}");
}

const STAFF: &str = "languages = [\"en\", \"es\"]\ncountry = \"US\"\n[publish]\nunreviewed = \"hide\"\nunchecked_translations = \"hide\"\n";

/// Puts a site without faults and with hidden pages into a folder.
fn staff_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        ("stepdown.toml", STAFF.to_owned()),
        (
            "content/_data/helplines.toml",
            crate::support::HELPLINES.to_owned(),
        ),
        ("content/en/index.md", home("Home.\n")),
        (
            "content/es/index.md",
            article("kind: site\ntitle: Inicio", "Inicio.\n"),
        ),
        ("content/en/part/a.md", article("title: A", "Text.\n")),
        ("content/en/part/b.md", article("title: B", "Text.\n")),
        (
            "content/en/part/c.md",
            article("title: C\ndraft: true", "Text.\n"),
        ),
    ];
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    crate::support::write_files(folder.path(), &texts);
    folder
}

const UNREVIEWED: &str = "4 pages are hidden because no clinician has reviewed them yet.";
const DRAFTS: &str = "2 pages are hidden because they are drafts.";
const UNCHECKED: &str = "1 translation is hidden because nobody has checked it yet.";

#[test]
fn check_and_build_say_how_many_pages_are_hidden_why_and_what_to_do() {
    let folder = staff_folder();
    for command in [&["check"][..], &["build"], &["build"]] {
        let ran = run(folder.path(), command).ends_with(0).says(&[
            UNREVIEWED,
            "unreviewed = \"label\"",
            DRAFTS,
            "draft: true",
            UNCHECKED,
            "checked_by",
        ]);
        assert_eq!(ran.out, "");
    }
    let json = run(folder.path(), &["check", "--format", "json"])
        .ends_with(0)
        .says(&[UNREVIEWED]);
    assert_eq!(json.out, "");
    let sarif = run(folder.path(), &["check", "--format", "sarif"])
        .ends_with(0)
        .says(&[UNREVIEWED]);
    assert!(serde_json::from_str::<serde_json::Value>(&sarif.out).is_ok());
    let html = run(folder.path(), &["check", "--format", "html"]).ends_with(0);
    assert!(html.out.contains(UNREVIEWED), "{}", html.out);
    let drafts = run(folder.path(), &["check", "--drafts"])
        .ends_with(0)
        .says(&[UNREVIEWED]);
    assert!(!drafts.err.contains("drafts."), "{}", drafts.err);
}

#[test]
fn one_hidden_page_is_one_and_none_is_not_spoken_of() {
    let folder = staff_folder();
    std::fs::remove_dir_all(folder.path().join("content/en/part")).unwrap();
    std::fs::write(
        folder.path().join("stepdown.toml"),
        STAFF.replace(", \"es\"", ""),
    )
    .unwrap();
    crate::support::write_files(
        folder.path(),
        &[("content/en/part/a.md", &article("title: A", "Text.\n"))],
    );
    run(folder.path(), &["check"])
        .ends_with(0)
        .says(&["1 page is hidden because no clinician has reviewed it yet."]);
    std::fs::remove_dir_all(folder.path().join("content/en/part")).unwrap();
    let none = run(folder.path(), &["check"]).ends_with(0);
    assert!(!none.err.contains("hidden"), "{}", none.err);
}

#[test]
fn init_writes_the_country_however_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let init = run(folder.path(), &["init", "--country", "us"]).ends_with(0);
    assert!(!init.err.contains("country"), "{}", init.err);
    let settings = std::fs::read_to_string(folder.path().join("stepdown.toml")).unwrap();
    assert!(settings.contains("\ncountry = \"US\"\n"), "{settings}");
    let check = run(folder.path(), &["check"]).ends_with(0);
    assert!(
        !check.err.contains("{emergency}") && !check.err.contains("`country` is not set"),
        "{}",
        check.err
    );
}

#[test]
fn init_refuses_a_country_that_does_not_exist_and_says_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    for (typed, help) in [
        ("UK", "write `--country GB`"),
        ("usa", "write `--country US`"),
        ("zz", "two letters"),
        ("Estados Unidos", "write `--country US`"),
        ("", "two letters"),
    ] {
        run(folder.path(), &["init", "--country", typed])
            .ends_with(2)
            .says(&["is not the code of a country", help]);
    }
    assert!(!folder.path().join("stepdown.toml").exists());
}

#[test]
fn init_says_what_is_missing_where_a_country_has_no_numbers_or_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "none"]).ends_with(0).says(&[
        "No country was given",
        "the line at the top of each page cannot name the emergency number and the crisis line",
        "country = \"US\"",
    ]);
    run(folder.path(), &["init", "brazil", "--country", "br"])
        .ends_with(0)
        .says(&[
            "content/_data/helplines.toml has no emergency number and no crisis line for BR yet",
        ]);
    run(folder.path(), &["init", "france", "--country", "fr"]).ends_with(0);
    let austria = run(folder.path(), &["init", "austria", "--country", "at"]).ends_with(0);
    assert!(
        austria.err.contains("has no crisis line for AT yet"),
        "{}",
        austria.err
    );
    let again = run(folder.path(), &["init", "none", "--country", "us"])
        .ends_with(0)
        .says(&["stepdown.toml was there already", "country = \"US\""]);
    assert!(!again.err.contains("No country was given"), "{}", again.err);
}

#[test]
fn without_a_country_one_warning_says_what_the_strip_cannot_name() {
    let site = |settings: &str| {
        Site::started()
            .file("stepdown.toml", format!("languages = [\"en\"]\n{settings}"))
            .article("en/part/a.md", "Call {poison}.\n")
            .findings()
    };
    let found = site("");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, "placeholder-without-value");
    assert_eq!(
        found[0].message,
        "the line at the top of each page cannot name the emergency number and the crisis line, because `country` is not set"
    );
    assert!(
        found[0].help.contains("`country = \"US\"`"),
        "{}",
        found[0].help
    );
    // In custody the strip names no number.
    let found = site("setting = \"custody\"\n");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "pages cannot name the emergency number, the crisis line and the poison line, because `country` is not set"
    );
    let found = site("country = \"BR\"\n");
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found
            .iter()
            .all(|found| found.help.contains("row for `BR`")),
        "{found:#?}"
    );
}

#[test]
fn a_country_that_does_not_exist_is_found_in_the_settings() {
    for (written, help) in [
        ("UK", "write `\"GB\"`"),
        ("us", "write `\"US\"`"),
        ("ZZ", "or the code of another country"),
    ] {
        let found = Site::started()
            .file(
                "stepdown.toml",
                format!("languages = [\"en\"]\ncountry = \"{written}\"\n"),
            )
            .findings();
        assert_eq!(
            found[0].place(),
            "stepdown.toml:2:11: wrong-value",
            "{found:#?}"
        );
        assert!(found[0].help.contains(help), "{}", found[0].help);
    }
}

#[test]
fn the_preview_says_how_many_pages_are_hidden_in_the_terminal_and_to_its_pages() {
    let folder = staff_folder();
    let server = crate::support::serving::Server::start(folder.path(), &[]);
    for line in [UNREVIEWED, DRAFTS, UNCHECKED] {
        server.says(line);
    }
    let values = server.findings("en/index.html");
    assert_eq!(values["hidden_pages"], 7, "{values}");
    let lines = values["hidden_lines"].as_array().unwrap();
    assert_eq!(lines.len(), 3, "{values}");
    assert!(
        lines[0].as_str().unwrap().starts_with(UNREVIEWED),
        "{values}"
    );
    let all = String::from_utf8(server.get("/.stepdown/findings").page()).unwrap();
    assert!(
        all.contains("Nothing was found.") && all.contains(UNREVIEWED),
        "{all}"
    );
    let settings = STAFF.replace("\"hide\"", "\"label\"");
    crate::support::write_files(
        folder.path(),
        &[
            ("stepdown.toml", &settings),
            ("content/en/part/c.md", &article("title: C", "Text.\n")),
        ],
    );
    server.says("No page is hidden any more.");
    assert_eq!(server.findings("en/index.html")["hidden_pages"], 0);
}
