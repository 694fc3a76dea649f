//! Options of embeds: countries and conditions are read in any case, and what cannot be read is said.

use crate::support::{Found, Site};

const ROWS: &str = "\n[[helpline]]\nid = \"gb-999\"\nservice = \"gb-999\"\ncountry = \"GB\"\nname = \"Emergency in Britain\"\nwhen = \"emergency\"\nshow = \"999\"\ndial = \"999\"\npublish = \"ok\"\n";

fn site(body: &str) -> Site {
    Site::started()
        .file(
            "content/_data/helplines.toml",
            crate::support::HELPLINES.to_owned() + ROWS,
        )
        .page("_shared/en/text.md", "Only here.\n")
        .article("en/part/page.md", body)
}

#[test]
fn a_country_is_the_same_in_small_and_capital_letters() {
    for country in ["US", "us", "gb, us", " Us"] {
        let built = site(&format!("![[text|country={country}]]\n")).build();
        assert!(built.findings.is_empty(), "{country}: {:?}", built.findings);
        assert!(
            built.text("en/part/page.html").contains("Only here."),
            "{country}"
        );
    }
    let other = site("Words.\n\n![[text|country=gb]]\n").build();
    assert!(other.findings.is_empty(), "{:?}", other.findings);
    assert!(!other.text("en/part/page.html").contains("Only here."));
    let services = site("![[helplines|country=gb|when=Emergency]]\n").build();
    assert!(services.findings.is_empty(), "{:?}", services.findings);
    assert!(
        services
            .text("en/part/page.html")
            .contains("Emergency in Britain")
    );
}

#[test]
fn a_text_for_the_european_union_is_shown_in_its_countries() {
    for (country, is_shown) in [("DE", true), ("US", false)] {
        let settings = format!("languages = [\"en\"]\ncountry = \"{country}\"\n");
        let site = site("Words.\n\n![[text|country=eu]]\n").file("stepdown.toml", settings);
        let built = site.build();
        let page = built.text("en/part/page.html");
        assert_eq!(page.contains("Only here."), is_shown, "{country}");
    }
}

#[test]
fn a_country_that_is_no_code_is_found_with_the_code_to_write() {
    for embed in ["text", "helplines"] {
        for (written, help) in [
            ("USA", "write `country=US`"),
            ("United States", "write `country=US`"),
            ("uk", "write `country=GB`"),
            ("", "write `country=US`"),
            (
                "Nowhere",
                "write the two letters of the country (ISO 3166), such as `country=US`",
            ),
        ] {
            let found = site(&format!("![[{embed}|country={written}]]\n")).findings();
            let [found] = &found[..] else {
                panic!("{embed} {written}: {found:?}");
            };
            let column = embed.len() + 13;
            let place = format!("content/en/part/page.md:7:{column}: wrong-value");
            assert_eq!((found.place(), found.help.as_str()), (place, help));
            assert_eq!(found.severity, "error");
        }
    }
    let second = site("![[text|country=US, USA]]\n").check();
    assert!(
        second.starts_with("content/en/part/page.md:7:21: wrong-value: `USA`"),
        "{second}"
    );
}

#[test]
fn an_embed_of_services_that_shows_nothing_is_found() {
    for options in ["country=FR", "country=GB|when=crisis", "country=de,fr"] {
        let found = site(&format!("![[helplines|{options}]]\n")).findings();
        let places: Vec<String> = found.iter().map(Found::place).collect();
        assert_eq!(
            places,
            ["content/en/part/page.md:7:1: wrong-value"],
            "{options}"
        );
        assert_eq!(found[0].severity, "warning");
        assert!(found[0].help.contains("GB, US"), "{}", found[0].help);
    }
}

#[test]
fn a_condition_is_read_in_any_case() {
    let publish = "languages = [\"en\"]\ncountry = \"US\"\n[publish]\ntaper_figures = true\n";
    for (settings, is_shown) in [(Some(publish), true), (None, false)] {
        let mut site = site("Words.\n\n![[text|show=Taper_Figures]]\n");
        if let Some(settings) = settings {
            site = site.file("stepdown.toml", settings);
        }
        let built = site.build();
        assert!(built.findings.is_empty(), "{:?}", built.findings);
        assert_eq!(
            built.text("en/part/page.html").contains("Only here."),
            is_shown
        );
    }
}

#[test]
fn the_country_of_the_settings_is_a_code_and_the_help_says_which() {
    for (written, help) in [
        ("usa", "write `\"US\"`"),
        ("us", "write `\"US\"`"),
        ("UK", "write `\"GB\"`"),
        ("ZZ", "write `\"US\"`, or the code of another country"),
    ] {
        let settings = format!("languages = [\"en\"]\ncountry = \"{written}\"\n");
        let found = site("Words.\n").file("stepdown.toml", settings).findings();
        let first = found.iter().find(|found| found.rule == "wrong-value");
        let first = first.unwrap_or_else(|| panic!("{written}: {found:?}"));
        assert_eq!(first.place(), "stepdown.toml:2:11: wrong-value");
        assert_eq!(first.help, help, "{written}");
    }
}
