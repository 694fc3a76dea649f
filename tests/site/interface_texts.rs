//! The interface texts of a site: its own over the built-in ones, one by one, and what is said of those that are missing.

use crate::support::{Found, Site};

fn site(language: &str, texts: &str) -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            format!("languages = [\"en\", \"{language}\"]\ncountry = \"US\"\n"),
        )
        .file(&format!("templates/texts/{language}.ftl"), texts)
        .article(&format!("{language}/index.md"), "Texte.\n")
}

fn messages(site: &Site) -> Vec<Found> {
    let found = site.findings().into_iter();
    found
        .filter(|found| found.rule == "missing-message")
        .collect()
}

#[test]
fn one_changed_text_needs_one_line() {
    let site = site("es", "search = Busque aquí\n");
    assert_eq!(messages(&site), []);
    let built = site.build();
    let home = String::from_utf8(built.web["es/index.html"].clone()).unwrap();
    assert!(home.contains("Busque aquí"), "the site's own text");
    assert!(home.contains("Ir al texto"), "the built-in one");
    assert!(!home.contains("Skip to the text"), "never English");
}

#[test]
fn what_a_new_language_lacks_is_told_once() {
    let found = messages(&site(
        "fr",
        "search = Chercher\nskip-link = Aller au texte\n",
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].place(),
        "templates/texts/fr.ftl:1:1: missing-message"
    );
    assert!(
        found[0]
            .message
            .contains("so the English words stand in: `strip-label`"),
        "{found:?}"
    );
    assert!(
        found[0]
            .help
            .starts_with("add a line such as `strip-label = "),
        "{found:?}"
    );
}

#[test]
fn a_file_that_was_copied_and_not_translated_is_told_once_at_its_first_text() {
    let english = include_str!("../../templates/texts/en.ftl");
    let french = english.replace("skip-link = Skip to the text", "skip-link = Aller au texte");
    let found = messages(&site("fr", &french));
    assert_eq!(found.len(), 1, "{found:?}");
    let line = french
        .lines()
        .position(|line| line.starts_with("strip-label"))
        .unwrap()
        + 1;
    assert_eq!(
        found[0].place(),
        format!("templates/texts/fr.ftl:{line}:1: missing-message")
    );
    assert!(
        found[0]
            .message
            .contains("texts are still in English: `strip-label`"),
        "{found:?}"
    );
}

#[test]
fn a_language_without_any_text_is_told_how_to_begin() {
    let site = Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"fr\"]\ncountry = \"US\"\n",
        )
        .article("fr/index.md", "Texte.\n");
    let found = messages(&site);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].help.contains("stepdown eject texts/en.ftl"),
        "{found:?}"
    );
}

#[test]
fn a_text_of_the_sites_own_is_there_for_its_templates_in_each_language() {
    let page = "{{ t['our-motto'] }} {{ content }}";
    let site = site("es", "search = Busque aquí\n")
        .file("templates/texts/en.ftl", "our-motto = One step at a time\n")
        .file("templates/page.html", page);
    let built = site.build();
    for language in ["en", "es"] {
        let home = String::from_utf8(built.web[&format!("{language}/index.html")].clone()).unwrap();
        assert!(home.starts_with("One step at a time"), "{home}");
    }
}
