//! The accent color of a site, and findings for what makes a page hard to read.

use crate::support::{Found, Site};

const SETTINGS: &str = "languages = [\"en\"]\ncountry = \"US\"\n";

/// Gives the findings of a site as lines `path:line:column: rule: message`.
fn check(site: &Site, expected: &str) {
    assert_eq!(site.check().trim_end(), expected);
}

/// Gives the only finding of a site.
fn only(site: &Site) -> Found {
    let found = site.findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap()
}

fn with_look(look: &str) -> Site {
    Site::started().file("stepdown.toml", format!("{SETTINGS}\n[look]\n{look}\n"))
}

fn with_accent(accent: &str) -> Site {
    with_look(&format!("accent = \"{accent}\""))
}

/// Gives the first bytes of a PNG of a size, filled up to a length.
fn png(width: u32, height: u32, length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0]);
    bytes.resize(length, 0);
    bytes
}

fn svg(length: usize) -> String {
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5000\" height=\"5000\">";
    format!("{start}{}</svg>", " ".repeat(length - start.len() - 6))
}

/// Gives so many words.
fn words(count: usize) -> String {
    format!("{}\n", vec!["word"; count].join(" "))
}

// The accent

#[test]
fn the_accent_makes_a_style_sheet_for_day_and_night() {
    let site = with_accent("#1d5c63").build();
    assert_eq!(site.findings, []);
    let sheet = site.text("assets/look.css");
    let (day, night) = sheet
        .split_once("@media screen and (prefers-color-scheme: dark)")
        .unwrap();
    assert!(day.contains("@media screen {"), "{sheet}");
    assert!(day.contains("--accent: #1d5c63;"), "{sheet}");
    assert!(day.contains("--accent-text: #fffdf9;"), "{sheet}");
    assert!(night.contains("--accent-text: #1c1916;"), "{sheet}");
    for part in [day, night] {
        assert_eq!(part.matches("--accent: #").count(), 1, "{sheet}");
        assert_eq!(part.matches("--accent-ground: #").count(), 1, "{sheet}");
    }
    assert!(!night.contains("#1d5c63"), "{sheet}");
    assert!(!sheet.contains("print"), "{sheet}");
}

#[test]
fn without_an_accent_there_is_no_such_style_sheet() {
    for site in [Site::started(), with_accent("teal")] {
        let site = site.build();
        assert!(!site.web.contains_key("assets/look.css"));
    }
}

#[test]
fn the_style_sheet_follows_the_palette_of_the_site() {
    let site = with_accent("#000000")
        .file("static/assets/stepdown.css", ":root { --ground: #ffffff }")
        .build();
    assert_eq!(
        site.text("assets/look.css"),
        "/* The accent of stepdown.toml */\n@media screen {\n  :root {\n    --accent: #000000;\n    --accent-ground: #dedede;\n    --accent-text: #fffdf9;\n  }\n}\n"
    );
    let site = with_accent("#000000")
        .file("static/assets/stepdown.css", "p { color: red }")
        .build();
    assert!(!site.text("assets/look.css").contains("--accent-ground"));
}

#[test]
fn a_file_of_the_site_at_the_address_of_the_style_sheet_is_a_clash() {
    check(
        &with_accent("#1d5c63").file("static/assets/Look.css", "p { color: red }"),
        "static/assets/Look.css:1:1: address-clash: the address `assets/Look.css` is used twice",
    );
    let site = Site::started().file("static/assets/look.css", "p { color: red }");
    check(&site, "");
}

#[test]
fn an_accent_that_cannot_be_read_is_an_error_that_offers_the_nearest_color() {
    let site = with_accent("#7fc4bc");
    let found = only(&site);
    assert_eq!(found.place(), "stepdown.toml:5:10: low-contrast");
    assert_eq!(found.severity, "error");
    assert_eq!(
        found.message,
        "`#7fc4bc` has a contrast of 1.8 to 1 on the page's ground; text needs at least 4.5 to 1"
    );
    assert_eq!(
        found.help,
        "write `#2b716b`, which is the nearest color that can be read"
    );
    assert!(site.build().web.is_empty());
    check(&with_accent("#2b716b"), "");
}

#[test]
fn an_accent_that_is_too_pale_only_on_a_tint_is_found_there() {
    let found = only(&with_accent("#247272"));
    assert_eq!(
        found.message,
        "`#247272` has a contrast of 4.4 to 1 on the tinted ground of the key points; text needs at least 4.5 to 1"
    );
}

#[test]
fn a_word_for_a_color_is_only_a_wrong_value() {
    check(
        &with_accent("teal"),
        "stepdown.toml:5:10: wrong-value: `teal` is not a color",
    );
}

// Titles and names

#[test]
fn a_title_may_have_ninety_letters() {
    let title = |count: usize| format!("title: {}", &"long ".repeat(20)[..count]);
    // The ninetieth letter is a space, which YAML does not keep.
    check(
        &Site::started().article_with("en/a.md", &title(89), "Text.\n"),
        "",
    );
    check(
        &Site::started().article_with("en/a.md", &title(94), "Text.\n"),
        "content/en/a.md:4:8: long-title: the title has 94 letters; more than 90 are hard to take in",
    );
}

#[test]
fn the_limit_of_a_title_is_exact_and_counts_letters_not_bytes() {
    let title = |count: usize| format!("title: {}x", "é ".repeat(count / 2));
    check(
        &Site::started().article_with("en/a.md", &title(89), "Text.\n"),
        "",
    );
    check(
        &Site::started().article_with("en/a.md", &title(91), "Text.\n"),
        "content/en/a.md:4:8: long-title: the title has 91 letters; more than 90 are hard to take in",
    );
    let even = format!("title: {}xx", "é ".repeat(44));
    check(
        &Site::started().article_with("en/a.md", &even, "Text.\n"),
        "",
    );
}

#[test]
fn a_word_of_a_title_may_have_forty_letters() {
    let title = |count: usize| format!("title: About {}", "m".repeat(count));
    check(
        &Site::started().article_with("en/a.md", &title(40), "Text.\n"),
        "",
    );
    check(
        &Site::started().article_with("en/a.md", &title(41), "Text.\n"),
        "content/en/a.md:4:14: long-title: the title has a word of 41 letters, too wide for a phone",
    );
    let hyphens = format!("title: {0}-{0}", "m".repeat(30));
    check(
        &Site::started().article_with("en/a.md", &hyphens, "Text.\n"),
        "",
    );
    let chinese = format!("title: {}", "药".repeat(60));
    check(
        &Site::started().article_with("en/a.md", &chinese, "Text.\n"),
        "",
    );
}

#[test]
fn a_title_is_found_once_even_where_another_language_shows_it() {
    let site = Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
        )
        .article("es/index.md", "Inicio.\n")
        .article_with(
            "en/a.md",
            &format!("title: {}x", "é ".repeat(50)),
            "Text.\n",
        );
    let found = site.findings();
    let places: Vec<String> = found
        .iter()
        .filter(|found| found.rule == "long-title")
        .map(Found::place)
        .collect();
    assert_eq!(places, ["content/en/a.md:4:8: long-title"]);
}

#[test]
fn a_name_may_have_sixty_letters() {
    let named = |count: usize| {
        Site::started().file(
            "stepdown.toml",
            format!("name = \"{}\"\n{SETTINGS}", "n".repeat(count)),
        )
    };
    check(&named(60), "");
    check(
        &named(61),
        "stepdown.toml:1:8: long-name: the site's name has 61 letters; more than 60 fill the top of a phone",
    );
    let center = |count: usize| {
        Site::started().file(
            "content/_data/center.toml",
            format!("name = \"{}\"\n", "ñ".repeat(count)),
        )
    };
    check(&center(60), "");
    check(
        &center(61),
        "content/_data/center.toml:1:8: long-name: the center's name has 61 letters; more than 60 make sentences hard to read",
    );
}

// Tables and headings

#[test]
fn a_table_may_have_five_columns() {
    let table = |columns: usize| {
        format!(
            "Text.\n\n{}|\n{}|\n{}|\n",
            "| a ".repeat(columns),
            "|---".repeat(columns),
            "| 1 ".repeat(columns)
        )
    };
    check(&Site::started().article("en/a.md", &table(5)), "");
    check(
        &Site::started().article("en/a.md", &table(7)),
        "content/en/a.md:9:23: wide-table: the table has 7 columns; with more than 5, it must be moved sideways on a phone",
    );
    let shared = Site::started()
        .article("en/a.md", "Text.\n\n![[steps]]\n")
        .page(
            "_shared/en/steps.md",
            format!("Table: Steps\n\n{}", table(6)),
        );
    let found = only(&shared);
    assert_eq!(
        found.place(),
        "content/_shared/en/steps.md:5:23: wide-table"
    );
}

#[test]
fn three_hundred_words_may_stand_without_a_heading() {
    check(&Site::started().article("en/a.md", &words(300)), "");
    check(
        &Site::started().article("en/a.md", &words(301)),
        "content/en/a.md:7:1: no-headings: the text has 301 words and no heading",
    );
    check(
        &Site::started().article(
            "en/a.md",
            &format!("{}\n## More\n\n{}", words(200), words(200)),
        ),
        "",
    );
}

#[test]
fn words_of_all_blocks_are_counted_one_by_one() {
    let body = format!(
        "{}\n> [!note] one two\n> three *four*five\n\n- six\n- {{crisis}}\n",
        words(294)
    );
    check(&Site::started().article("en/a.md", &body), "");
    let body = format!("{body}- eight\n");
    check(
        &Site::started().article("en/a.md", &body),
        "content/en/a.md:7:1: no-headings: the text has 301 words and no heading",
    );
}

#[test]
fn chinese_and_thai_are_not_one_word() {
    let of = |letter: &str, count: usize| {
        Site::started().article("en/a.md", &format!("{}\n", letter.repeat(count)))
    };
    check(&of("药", 600), "");
    check(
        &of("药", 602),
        "content/en/a.md:7:1: no-headings: the text has 301 words and no heading",
    );
    check(&of("ก", 1200), "");
    check(
        &of("ก", 1204),
        "content/en/a.md:7:1: no-headings: the text has 301 words and no heading",
    );
}

#[test]
fn a_heading_of_a_shared_text_counts() {
    let site = |shared: &str| {
        Site::started()
            .article("en/a.md", &format!("{}\n![[one]]\n", words(301)))
            .page("_shared/en/one.md", "![[two]]\n\nText.\n")
            .page("_shared/en/two.md", shared)
    };
    check(&site("## A heading\n\nText.\n"), "");
    assert_eq!(only(&site("Text.\n")).rule, "no-headings");
}

// Pictures

#[test]
fn a_picture_may_have_two_hundred_kilobytes() {
    let site = |picture: &[u8]| {
        Site::started()
            .article("en/a.md", "Text.\n\n![A room.](room.png)\n")
            .file("content/en/room.png", picture)
    };
    check(&site(&png(2400, 2400, 200_000)), "");
    check(
        &site(&png(2400, 2400, 200_001)),
        "content/en/a.md:9:1: heavy-picture: `room.png` has 201 kB, more than 200 kB",
    );
    check(
        &site(&png(2401, 10, 1000)),
        "content/en/a.md:9:1: heavy-picture: `room.png` is 2401 pixels wide and 10 high, more than 2400",
    );
    check(
        &site(&png(10, 2401, 3_000_000)),
        "content/en/a.md:9:1: heavy-picture: `room.png` has 3000 kB, more than 200 kB; it is 10 pixels wide and 2401 high, more than 2400",
    );
}

#[test]
fn a_heavy_picture_is_found_where_it_is_used_first_and_only_if_it_is_shown() {
    let site = Site::started()
        .article("en/a.md", "[The picture](room.png)\n")
        .file("content/en/room.png", png(9, 9, 300_000));
    check(&site, "");
    let site = site
        .article("en/b.md", "Text.\n\n![A room.](room.png)\n")
        .article("en/c.md", "Text.\n\n![A room.](room.png)\n");
    assert_eq!(only(&site).place(), "content/en/b.md:9:1: heavy-picture");
}

#[test]
fn a_drawing_in_lines_has_no_pixels() {
    let site = |length| {
        Site::started()
            .article("en/a.md", "Text.\n\n![A room.](room.svg)\n")
            .file("content/en/room.svg", svg(length))
    };
    check(&site(200_000), "");
    assert_eq!(only(&site(200_001)).rule, "heavy-picture");
}

#[test]
fn a_logo_may_have_twenty_kilobytes() {
    let site =
        |length| with_look("logo = \"logo.png\"").file("static/logo.png", png(100, 40, length));
    check(&site(20_000), "");
    check(
        &site(20_001),
        "stepdown.toml:5:8: heavy-picture: the logo has 21 kB, more than 20 kB, and each page loads it",
    );
}

#[test]
fn a_logo_that_no_page_can_show_is_found() {
    check(
        &with_look("logo = \"logo.png\""),
        "stepdown.toml:5:8: missing-image: there is no picture `static/logo.png`",
    );
    check(
        &with_look("logo = \"logo.pdf\"").file("static/logo.pdf", "%PDF-1.7"),
        "stepdown.toml:5:8: wrong-value: the width and height of `static/logo.pdf` cannot be read, so no page shows it",
    );
    for path in [
        "../content/en/logo.png",
        "a/../../logo.png",
        "https://example.org/logo.png",
    ] {
        check(
            &with_look(&format!("logo = \"{path}\"")).file("content/en/logo.png", png(9, 9, 99)),
            &format!(
                "stepdown.toml:5:8: wrong-value: `{path}` does not lie in the folder `static`"
            ),
        );
    }
    check(
        &with_look("logo = \"a/logo.svg\"").file("static/a/logo.svg", svg(900)),
        "",
    );
}

// The group

#[test]
fn what_could_be_clearer_warns_and_stops_no_build() {
    let site = Site::started()
        .file(
            "stepdown.toml",
            format!("name = \"{}\"\n{SETTINGS}", "n ".repeat(40)),
        )
        .article_with(
            "en/a.md",
            &format!("title: {}x", "é ".repeat(50)),
            &words(301),
        )
        .article(
            "en/b.md",
            &format!(
                "{}|\n{}|\n\n![A room.](room.png)\n",
                "| a ".repeat(6),
                "|---".repeat(6)
            ),
        )
        .file("content/en/room.png", png(9, 9, 300_000))
        .build();
    let mut rules: Vec<&str> = site
        .findings
        .iter()
        .map(|found| found.rule.as_str())
        .collect();
    rules.sort_unstable();
    assert_eq!(
        rules,
        [
            "heavy-picture",
            "long-name",
            "long-title",
            "no-headings",
            "wide-table"
        ]
    );
    assert!(
        site.findings
            .iter()
            .all(|found| found.severity == "warning")
    );
    assert!(site.web.contains_key("en/a.html"));
}

#[test]
fn each_of_the_new_findings_can_be_allowed_by_its_page() {
    let site = Site::started().article_with(
        "en/a.md",
        "allow:\n  no-headings: It is a story.",
        &words(301),
    );
    assert_eq!(only(&site).allowed.as_deref(), Some("It is a story."));
}
