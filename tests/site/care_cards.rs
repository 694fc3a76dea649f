//! The titles of care cards are headings of the page's outline, and of nothing else.

use crate::support::{BuiltSite, Site};

/// Gives the headings of a page: level and words.
fn outline(built: &BuiltSite, address: &str) -> Vec<(u8, String)> {
    let page = built.page(address);
    let is_heading = |name: &str| name.len() == 2 && name.starts_with('h') && name != "hr";
    (0..page.elements.len())
        .filter(|id| is_heading(&page.elements[*id].name))
        .map(|id| {
            let level = page.elements[id].name[1..].parse().unwrap();
            (level, page.text_of(id).trim().to_owned())
        })
        .collect()
}

fn levels(built: &BuiltSite, address: &str) -> Vec<String> {
    let headings = outline(built, address).into_iter();
    headings
        .map(|(level, words)| format!("{level} {words}"))
        .take_while(|line| !line.ends_with("About this page"))
        .collect()
}

#[test]
fn the_title_of_a_care_card_is_a_heading_below_the_one_it_stands_under() {
    let built = Site::started()
        .page("_shared/en/card.md", "> [!urgent] Shared\n> - call\n")
        .article(
            "en/part/a.md",
            "> [!emergency] First\n> - one\n\n\
             ![[card]]\n\n\
             ## Two\n\n> [!urgent] Below two\n> - one\n>\n> > [!nonurgent] In it\n> > - one\n\n\
             > [!important] No heading\n> Text.\n\n\
             ### Three\n\n> [!nonurgent]\n> - one\n\n![[card]]\n\n\
             ###### Six\n\n> [!emergency] Below six\n> - one\n\n\
             ## Again\n\n> [!nonurgent] Last\n> - one[^n]\n\n[^n]: Note.\n",
        )
        .build();
    let lines = levels(&built, "en/part/a.html");
    assert_eq!(
        lines[1..],
        [
            "2 Key points",
            "2 Immediate action required: First",
            "2 Urgent advice: Shared",
            "2 Two",
            "3 Urgent advice: Below two",
            "4 Advice: In it",
            "3 Three",
            "4 Ask your prescriber or pharmacist",
            "4 Urgent advice: Shared",
            "6 Six",
            "6 Immediate action required: Below six",
            "2 Again",
            "3 Advice: Last",
            "2 Notes",
        ]
    );
}

#[test]
fn a_care_card_is_no_section_and_has_no_anchor() {
    let card = "> [!emergency] Call the moon\n> - one\n\n## Two\n\n";
    let with = |link: &str| {
        let text = format!("{card}{link}\n");
        Site::started().article("en/part/a.md", &text).build()
    };
    let built = with("[There](#call-the-moon)");
    let rules: Vec<&str> = built.findings.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules, ["broken-anchor"], "{:#?}", built.findings);
    let built = with("[There](#two)");
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let text = built.text("en/part/a.html");
    assert!(
        text.contains("<section class=\"callout callout-emergency\" aria-labelledby=\"sd-callout-1\">\n<h2 class=\"callout-title\" id=\"sd-callout-1\">"),
        "{text}"
    );
    let index: String = built
        .web
        .iter()
        .filter(|(address, _)| address.contains("search"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(index.contains("\"Two\""), "the index names sections");
    assert!(!index.contains("\"Call the moon\""), "a card is a section");
}

#[test]
fn a_long_text_with_a_care_card_and_no_heading_is_still_found() {
    let words = "word ".repeat(310);
    let built = Site::started()
        .article(
            "en/part/a.md",
            &format!("> [!urgent] Card\n> - one\n\n{words}\n"),
        )
        .build();
    let found = &built.findings;
    assert!(
        found.iter().any(|one| one.rule == "no-headings"),
        "{found:#?}"
    );
}

#[test]
fn only_the_emergency_card_is_a_landmark_and_boxes_without_a_heading_are_groups() {
    let built = Site::started()
        .article(
            "en/part/a.md",
            "> [!emergency] One\n> - one\n\n> [!urgent] Two\n> - two\n\n> [!important] Three\n> Text.\n",
        )
        .build();
    let text = built.text("en/part/a.html");
    for part in [
        "<section class=\"callout callout-emergency\" aria-labelledby=\"sd-callout-1\">",
        "<section class=\"callout callout-urgent\">\n<h2 class=\"callout-title\">",
        "<section class=\"callout callout-important\" role=\"group\" aria-labelledby=\"sd-callout-2\">\n<p class=\"callout-title\" id=\"sd-callout-2\">",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}
