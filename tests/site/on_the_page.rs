//! What is on a page decides what else there is: the files that are copied, the anchors that links may name, the sources that are listed.

use crate::support::Site;

const LINE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";

/// Gives the addresses of the files that were copied from `content/`.
fn copied(site: &Site) -> Vec<String> {
    let built = site.build();
    assert!(built.web.contains_key("en/a.html"), "{:?}", built.findings);
    let is_copied = |address: &&String| {
        address.starts_with("en/") && !address.ends_with(".html") || address.starts_with("shared/")
    };
    built.web.keys().filter(is_copied).cloned().collect()
}

fn us_site() -> Site {
    Site::started().page(
        "_shared/en/british.md",
        "## British words\n\nText [@b].\n\n![A line](line.svg)\n",
    )
}

#[test]
fn a_file_that_a_page_links_to_is_copied_whatever_its_name() {
    let mut site = Site::started();
    let names = ["http-basics.pdf", "my.mdoc.pdf", "mailto.pdf"];
    let mut text = String::new();
    for name in names {
        site = site.page(&format!("en/{name}"), "%PDF-1.7");
        text = format!("{text}[A leaflet]({name})\n\n");
    }
    let addresses: Vec<String> = copied(&site.article("en/a.md", &text));
    assert_eq!(
        addresses,
        ["en/http-basics.pdf", "en/mailto.pdf", "en/my-mdoc.pdf"]
    );
}

#[test]
fn a_picture_two_shared_texts_deep_is_copied() {
    let site = Site::started()
        .article("en/a.md", "![[outer]]\n")
        .page("_shared/en/outer.md", "![[inner]]\n")
        .page("_shared/en/inner.md", "![A line](line.svg)\n")
        .page("_shared/en/line.svg", LINE);
    assert_eq!(copied(&site), ["shared/en/line.svg"]);
}

#[test]
fn a_file_that_no_page_shows_is_not_copied() {
    let site = us_site()
        .article("en/a.md", "![[british|country=GB]]\n")
        .page("_shared/en/line.svg", LINE)
        .article_with("en/b.md", "draft: true", "![A line](line.svg)\n")
        .page("en/line.svg", LINE)
        .article("en/c.md", "> [!choices]\n> - [[b]] ![A line](note.svg)\n")
        .page("en/note.svg", LINE);
    assert_eq!(copied(&site), [""; 0]);
}

#[test]
fn a_link_to_a_heading_that_is_left_out_here_is_found() {
    let left_out = |embed: &str| {
        us_site()
            .page("_shared/en/line.svg", LINE)
            .file("content/_data/sources.toml", SOURCES)
            .article("en/a.md", &format!("[Jump](#british-words)\n\n{embed}\n"))
            .check()
    };
    assert_eq!(left_out("![[british|country=US]]"), "");
    let broken = "content/en/a.md:7:1: broken-anchor: the page `a` has no heading with the anchor `#british-words`\n";
    assert_eq!(left_out("![[british|country=GB]]"), broken);
    assert_eq!(left_out("![[british|show=taper_figures]]"), broken);
}

#[test]
fn a_text_that_would_be_put_into_itself_gives_each_heading_once() {
    let site = Site::started()
        .article("en/a.md", "[Jump](#same-1)\n\n![[same]]\n")
        .page("_shared/en/same.md", "## Same\n\n![[same]]\n");
    let rules: Vec<String> = site
        .findings()
        .into_iter()
        .map(|found| found.rule)
        .collect();
    assert_eq!(rules, ["embed-cycle", "broken-anchor"]);
}

#[test]
fn the_words_of_a_glossary_that_is_put_in_can_be_linked() {
    let glossary =
        "[[term]]\nid = \"taper\"\nterm = \"Taper\"\ndefinition = \"Slow.\"\nprint = true\n";
    let site = |text: &str| {
        Site::started()
            .file("content/_data/glossary.toml", glossary)
            .article("en/a.md", text)
            .article("en/b.md", "[[a#term-taper]]\n")
    };
    assert_eq!(site("![[glossary]]\n").check(), "");
    let rules: Vec<String> = site("Text.\n")
        .findings()
        .into_iter()
        .map(|found| found.rule)
        .collect();
    assert_eq!(rules, ["broken-anchor"]);
    let twice = site("![[glossary]]\n\n![[glossary]]\n").build();
    let page = twice.page("en/a.html");
    let mut ids = page.ids();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

#[test]
fn the_way_to_a_page_does_not_lead_through_a_draft() {
    let with = |keys: &str| {
        let site = Site::started()
            .article_with("en/part/index.md", keys, "Text.\n")
            .article("en/part/a.md", "Text.\n");
        let page = site.build().page("en/part/a.html");
        page.links().contains(&"index.html")
    };
    assert!(with("order: 1"));
    assert!(!with("draft: true"));
}

const SOURCES: &str = "[[source]]\nid = \"a\"\ntitle = \"About the first\"\nverified = \"yes\"\n\n[[source]]\nid = \"b\"\ntitle = \"About the second\"\nverified = \"yes\"\n\n[[source]]\nid = \"c\"\ntitle = \"About the third\"\nverified = \"yes\"\n";

/// Gives which of three sources the list of all sources has.
fn listed(site: Site) -> String {
    let site = site.file("content/_data/sources.toml", SOURCES);
    let main = site.build().page("en/sources.html").main();
    let all = [("a", "first"), ("b", "second"), ("c", "third")];
    let is_listed = |(_, word): &(&str, &str)| main.contains(&format!("About the {word}"));
    all.into_iter()
        .filter(is_listed)
        .map(|(id, _)| id)
        .collect()
}

#[test]
fn the_list_of_sources_has_what_pages_cite_and_nothing_else() {
    let line = |site: Site| site.page("_shared/en/line.svg", LINE);
    assert_eq!(listed(line(us_site())), "");
    let with = |text: &str| {
        let hidden = line(us_site()).article_with("en/b.md", "draft: true", "Text [@b].\n");
        listed(hidden.article("en/a.md", text))
    };
    assert_eq!(with("Text [@a].\n"), "a");
    assert_eq!(with("![[british]]\n"), "b");
    assert_eq!(with("![[british|country=GB]]\n"), "");
    assert_eq!(with("Text.[^1]\n\n[^1]: Note [@c].\n"), "c");
    assert_eq!(
        with("> [!choices]\n> - [[b]] [@a]\n> - [[index]] [@c]\n"),
        "c"
    );
    let front = |keys: &str| listed(line(us_site()).article_with("en/a.md", keys, "Text.\n"));
    assert_eq!(front("sources: [c]"), "c");
    assert_eq!(front("sources: [c]\ndraft: true"), "");
    assert_eq!(front("next: [\"Read on [@a].\"]"), "a");
}

#[test]
fn a_list_of_sources_without_any_says_so() {
    let main = Site::started().build().page("en/sources.html").main();
    assert!(main.contains("No page names a source yet."), "{main}");
}

#[test]
fn the_list_of_sources_has_those_of_the_symptoms_that_are_shown() {
    let symptoms = "[[symptom]]\nid = \"one\"\nname = \"One\"\nurgency = \"emergency-now\"\nwhat_to_do = \"Call.\"\nsources = [\"a\"]\nverified = \"yes\"\n\n[[symptom]]\nid = \"two\"\nname = \"Two\"\nurgency = \"call-prescriber\"\nwhat_to_do = \"Call.\"\nsources = [\"b\"]\nverified = \"yes\"\n";
    let with = |text: &str| {
        listed(
            Site::started()
                .file("content/_data/symptoms.toml", symptoms)
                .article("en/a.md", text),
        )
    };
    assert_eq!(with("Text.\n"), "");
    assert_eq!(with("![[symptoms]]\n"), "ab");
    assert_eq!(with("![[symptoms|urgency=emergency-now]]\n"), "a");
}

#[test]
fn two_files_that_would_get_one_address_are_found_if_pages_use_both() {
    let site = Site::started()
        .page("en/First steps.pdf", "%PDF-1.7 one")
        .page("en/first-steps.pdf", "%PDF-1.7 two")
        .article("en/a.md", "[One](<First steps.pdf>)\n");
    assert_eq!(site.check(), "");
    let built = site.build();
    assert_eq!(built.web["en/first-steps.pdf"], b"%PDF-1.7 one");
    let site = site.article("en/b.md", "[Two](first-steps.pdf)\n");
    assert_eq!(
        site.check(),
        "content/en/first-steps.pdf:1:1: address-clash: the address `en/first-steps.pdf` is used twice\n"
    );
}

#[test]
fn a_file_that_would_take_the_address_of_a_page_is_found() {
    let site = Site::started()
        .article("en/a.md", "[A saved page](b.html)\n")
        .article("en/b.md", "Text.\n")
        .page("en/b.html", "<p>Saved.</p>");
    assert_eq!(
        site.check(),
        "content/en/b.html:1:1: address-clash: the address `en/b.html` is used twice\n"
    );
}

#[test]
fn a_heading_that_is_left_out_does_not_divide_a_long_text() {
    let words = "word ".repeat(310);
    let with = |embed: &str| {
        us_site()
            .page("_shared/en/line.svg", LINE)
            .file("content/_data/sources.toml", SOURCES)
            .article("en/a.md", &format!("{words}\n\n{embed}\n"))
            .check()
    };
    assert_eq!(with("![[british]]"), "");
    assert_eq!(
        with("![[british|country=GB]]"),
        "content/en/a.md:7:1: no-headings: the text has 310 words and no heading\n"
    );
}

#[test]
fn a_heavy_picture_of_a_shared_text_is_found_where_it_is_shown_and_once() {
    let heavy = format!("{LINE}{}", " ".repeat(200_001));
    let with = |embed: &str| {
        us_site()
            .page("_shared/en/line.svg", &heavy)
            .file("content/_data/sources.toml", SOURCES)
            .article("en/a.md", &format!("{embed}\n"))
            .article("en/b.md", &format!("{embed}\n"))
            .check()
    };
    assert_eq!(with("![[british|country=GB]]"), "");
    assert_eq!(
        with("![[british]]"),
        "content/_shared/en/british.md:5:1: heavy-picture: `line.svg` has 201 kB, more than 200 kB\n"
    );
}
