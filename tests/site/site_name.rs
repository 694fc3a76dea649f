//! The name of a site in several languages, and what pages say about the language of a name.

use crate::support::{BuiltSite, Site};

const HOME: &str = "kind: site\ntitle: Start";

/// Builds a site in English, Spanish and Arabic whose `name` is written so.
fn named(name: &str) -> BuiltSite {
    Site::new()
        .file(
            "stepdown.toml",
            format!("{name}\nlanguages = [\"en\", \"es\", \"ar\"]\nbase_url = \"https://example.org/\"\ncountry = \"US\"\n"),
        )
        .file("content/_data/helplines.toml", crate::support::HELPLINES)
        .article_with("en/index.md", HOME, "Text.\n")
        .article_with("es/index.md", "kind: site\ntitle: Inicio", "Texto.\n")
        .article_with("ar/index.md", "kind: site\ntitle: بداية", "نص.\n")
        .build()
}

fn header(built: &BuiltSite, language: &str) -> String {
    let text = built.text(&format!("{language}/index.html"));
    let line = text
        .lines()
        .find(|line| line.contains("class=\"site-name\""));
    line.unwrap().to_owned()
}

#[test]
fn a_name_in_another_language_than_the_page_says_which() {
    let built = named("name = \"Our library\"");
    let has = |language: &str, part: &str| {
        let line = header(&built, language);
        assert!(line.contains(part), "no {part} in {line}");
    };
    has("en", "<span>Our library</span>");
    has("es", "<span lang=\"en\" dir=\"ltr\">Our library</span>");
    has("ar", "<span lang=\"en\" dir=\"ltr\">Our library</span>");
    let feed = built.text("es/feed.xml");
    assert!(
        feed.contains("<title xml:lang=\"en\">Our library</title>"),
        "{feed}"
    );
}

#[test]
fn each_language_has_its_own_name_everywhere() {
    let built =
        named("name = { ar = \"مكتبتنا\", es = \"Nuestra biblioteca\", en = \"Our library\" }");
    assert!(
        built.findings.iter().all(|one| one.rule != "wrong-value"),
        "{:#?}",
        built.findings
    );
    assert!(header(&built, "en").contains("<span>Our library</span>"));
    assert!(header(&built, "es").contains("<span>Nuestra biblioteca</span>"));
    assert!(header(&built, "ar").contains("<span>مكتبتنا</span>"));
    let text = built.text("es/index.html");
    assert!(
        text.contains("<title>Inicio – Nuestra biblioteca</title>"),
        "{text}"
    );
    assert!(!text.contains("Our library"), "{text}");
    let feed = built.text("es/feed.xml");
    assert!(feed.contains("<title>Nuestra biblioteca</title>"), "{feed}");
    assert!(built.text("404.html").contains("– Our library</title>"));
}

#[test]
fn a_home_that_nobody_wrote_has_the_name_of_its_language() {
    let home = |name: &str| {
        let settings = format!("{name}\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\n");
        let site = Site::new().file("stepdown.toml", settings);
        let built = site.article("en/part/a.md", "Text.\n").build();
        built.text("es/index.html").to_owned()
    };
    let text = home("name = { en = \"Our library\", es = \"Nuestra biblioteca\" }");
    assert!(text.contains("<title>Nuestra biblioteca</title>"), "{text}");
    assert!(text.contains(">\n<h1>Nuestra biblioteca</h1>"), "{text}");
    let text = home("name = \"Our library\"");
    assert!(
        text.contains("<div lang=\"en\"><h1>Our library</h1>"),
        "{text}"
    );
}

#[test]
fn names_for_unknown_languages_and_languages_without_a_name_are_found() {
    let findings = |name: &str| {
        let built = named(name);
        let wrong = built
            .findings
            .iter()
            .filter(|finding| finding.rule == "wrong-value");
        let lines: Vec<String> = wrong
            .map(|finding| format!("{} | {}", finding.message, finding.help))
            .collect();
        lines.join("\n")
    };
    assert_eq!(
        findings("name = { en = \"Ours\", ar = \"لنا\", sp = \"Nuestra\" }"),
        "the site has no name in `es`, so pages in that language show “Ours” | add `es = \"…\"` to the names\n\
         no page shows this name, because the site has no language `sp` | the languages of the site are `en`, `es`, `ar`; write one of them here, or take this name out"
    );
    assert_eq!(
        findings("name = { es = \"Nuestra\", ar = \"لنا\", en = \" \" }"),
        "the site has no name in `en`, so pages in that language show “Nuestra” | add `en = \"…\"` to the names"
    );
    for odd in [
        "name = 3",
        "name = {}",
        "name = { en = 3 }",
        "name = { en = { es = \"x\" } }",
    ] {
        let found = findings(odd);
        assert!(
            found.starts_with("`name` cannot be used: this should be a text"),
            "{odd}: {found}"
        );
    }
}
