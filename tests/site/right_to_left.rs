//! A small Arabic site: direction, Latin names set apart, numbers that keep their order.

use crate::support::page::Page;
use crate::support::{BuiltSite, Site, repository};

fn built() -> BuiltSite {
    let site = Site::new().folder(&repository().join("tests/fixtures/arabic"));
    let built = site.build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    built
}

/// Gives what stands in `bdi` elements of the main part.
fn isolated(page: &Page) -> Vec<String> {
    page.all("bdi")
        .filter(|id| page.lies_in(*id, "main"))
        .map(|id| page.text_of(id))
        .collect()
}

#[test]
fn every_page_of_an_arabic_site_runs_from_right_to_left() {
    let built = built();
    let mut pages = 0;
    for address in built
        .web
        .keys()
        .filter(|address| address.ends_with(".html"))
    {
        let page = built.page(address);
        let root = page.only("html");
        assert_eq!(page.attribute(root, "lang"), Some("ar"), "{address}");
        assert_eq!(page.attribute(root, "dir"), Some("rtl"), "{address}");
        pages += 1;
    }
    assert!(pages >= 8, "{pages}");
}

#[test]
fn latin_names_in_arabic_text_are_set_apart() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let isolated = isolated(&page);
    for name in ["diazepam", "Xanax XR", "Z-drugs"] {
        assert!(
            isolated.contains(&name.to_owned()),
            "{name} is not set apart: {isolated:?}"
        );
    }
}

#[test]
fn no_latin_word_stands_bare_in_arabic_text() {
    let built = built();
    for address in built
        .web
        .keys()
        .filter(|address| address.ends_with(".html"))
    {
        let page = built.page(address);
        for (id, text) in page.texts() {
            let bare = text
                .split_whitespace()
                .any(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 1);
            if !bare || !page.lies_in(id, "main") {
                continue;
            }
            let is_apart = page.lies_in(id, "bdi")
                || page.lies_in(id, "code")
                || page.language(id) != Some("ar");
            let has_arabic = text
                .chars()
                .any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
            assert!(is_apart || !has_arabic, "{address}: {text}");
        }
    }
}

#[test]
fn numbers_that_can_be_dialed_are_set_apart_as_one() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let calls: Vec<usize> = page
        .all("a")
        .filter(|id| {
            page.attribute(*id, "href")
                .is_some_and(|href| href.starts_with("tel:"))
        })
        .collect();
    assert!(calls.len() >= 5, "the strip twice, and the text");
    for call in calls {
        let inside: Vec<usize> = page
            .all("bdi")
            .filter(|id| page.around(*id).any(|around| around == call))
            .collect();
        assert_eq!(inside.len(), 1, "{}", page.text_of(call));
        assert_eq!(page.text_of(inside[0]), page.text_of(call));
    }
    let numbers: Vec<String> = page
        .all("a")
        .filter(|id| page.attribute(*id, "href") == Some("tel:+18005550100"))
        .map(|id| page.text_of(id))
        .collect();
    assert_eq!(numbers, ["+1 800-555-0100"]);
}

#[test]
fn a_number_of_the_data_that_an_author_wrote_out_is_set_apart_too() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let bare = page
        .texts()
        .find(|(id, text)| text.contains("800-555-0100") && !page.lies_in(*id, "bdi"));
    assert!(
        bare.is_none(),
        "a number with signs turns around in Arabic text: {bare:?}"
    );
}

#[test]
fn headings_have_arabic_anchors_that_links_find() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    assert!(page.ids().contains(&"ما-هي-هذه-الأدوية"), "{:?}", page.ids());
    let home = built.page("ar/index.html");
    let links = home.links();
    assert!(
        links
            .iter()
            .any(|link| link.starts_with("adwiya/benzo.html#")),
        "{links:?}"
    );
}

#[test]
fn a_table_keeps_its_header_cells_and_its_caption() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let table = page.only("table");
    assert_eq!(page.text_of(page.only("caption")), "الأدوية ومدة مفعولها");
    let scopes: Vec<Option<&str>> = page
        .all("th")
        .map(|id| page.attribute(id, "scope"))
        .collect();
    assert_eq!(scopes, [Some("col"), Some("col"), Some("row"), Some("row")]);
    assert!(page.elements.len() > table);
}

#[test]
fn words_in_another_language_say_so_with_their_direction() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let english = page
        .all("span")
        .find(|id| page.attribute(*id, "lang") == Some("en"))
        .expect("English words");
    assert_eq!(page.attribute(english, "dir"), Some("ltr"));
    assert_eq!(page.text_of(english), "Start low, go slow");
}

#[test]
fn dates_and_lists_are_arabic() {
    let built = built();
    let page = built.page("ar/adwiya/benzo.html");
    let text = page.main();
    assert!(text.contains("نوفمبر"), "{text}");
    let list = built.page("ar/a-to-z.html").main();
    assert!(list.contains("البنزوديازيبينات"), "{list}");
}

#[test]
fn an_english_page_beside_runs_from_left_to_right_and_arabic_words_in_it_are_set_apart() {
    let built = Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"ar\"]\ncountry = \"US\"\n",
        )
        .article(
            "en/a.md",
            "The word دواء means medicine.\n\n[دواء مهم]{lang=ar}\n",
        )
        .build();
    let page = built.page("en/a.html");
    assert_eq!(page.attribute(page.only("html"), "dir"), Some("ltr"));
    assert!(isolated(&page).contains(&"دواء".to_owned()));
    let arabic = page
        .all("span")
        .find(|id| page.attribute(*id, "lang") == Some("ar"))
        .expect("Arabic words");
    assert_eq!(page.attribute(arabic, "dir"), Some("rtl"));
    let fallback = built.page("ar/a.html");
    assert_eq!(
        fallback.attribute(fallback.only("html"), "dir"),
        Some("rtl")
    );
    let part = fallback
        .all("div")
        .find(|id| fallback.attribute(*id, "lang") == Some("en"))
        .expect("the English text");
    assert_eq!(fallback.attribute(part, "dir"), Some("ltr"));
}

#[test]
fn each_language_keeps_its_direction_however_deep_it_stands_in_another() {
    let site = Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"ar\"]\ncountry = \"US\"\n",
        )
        .article("en/part/a.md", "English around.\n\n![[danger]]\n")
        .file("content/_shared/en/danger.md", "English below.\n")
        .file(
            "content/_shared/ar/danger.md",
            "---\ntranslation:\n  machine: true\n---\n\nنص عربي.\n",
        );
    let page = site.build().page("ar/part/a.html");
    for (words, direction) in [
        ("English around.", "ltr"),
        ("نص عربي.", "rtl"),
        ("English below.", "ltr"),
    ] {
        let (id, _) = page.texts().find(|(_, text)| text.contains(words)).unwrap();
        let nearest = page.around(id).find_map(|id| page.attribute(id, "dir"));
        assert_eq!(nearest, Some(direction), "{words}");
    }
}
