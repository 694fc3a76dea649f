//! Who wrote a page and who has checked it: what the label says, and that the block at the end, the description for search engines and the
//! page about people say the same.

use crate::support::page::Page;
use crate::support::program::run;
use crate::support::{BuiltSite, Found, Site, files_below};

const PEOPLE: &str = "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n\n[[person]]\nid = \"ben\"\nname = \"Ben Cook\"\nclinician = false\n";
const REVIEW: &str = "[[review]]\nby = [\"ada\"]\non = 2026-11-01\n";
const SOURCES: &str =
    "[[source]]\nid = \"book\"\ntitle = \"A book\"\nchecked = 2026-11-01\nverified = \"yes\"\n";

const PROGRAM: &str = "written_by: machine";
const CITES: &str = "sources: [book]";
const ABOUT_SITE: &str = "kind: site";
const ENGLISH_END: &str = "This page is education, not medical advice. It helps you talk with your own clinician and cannot know your situation.";
const SPANISH_END: &str = "Esta página es educación, no consejo médico. Le ayuda a hablar con su profesional de salud y no puede conocer su situación.";

fn site(settings: &str) -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            format!(
                "languages = [\"en\", \"es\"]\ncountry = \"US\"\nbase_url = \"https://example.org/\"\n{settings}"
            ),
        )
        .file("content/_data/people.toml", PEOPLE)
        .file("content/_data/sources.toml", SOURCES)
        .article_with("en/index.md", ABOUT_SITE, "Home.\n")
}

/// Builds a site with one page, `part/a`: its English keys, its Spanish keys if it is translated, and whether each is reviewed.
fn built(english: &[&str], spanish: Option<&[&str]>, reviewed: &[&str]) -> BuiltSite {
    let mut site = site("").article_with("en/part/a.md", &english.join("\n"), "Text.\n");
    if let Some(spanish) = spanish {
        site = site.article_with("es/part/a.md", &spanish.join("\n"), "Texto.\n");
    }
    for language in reviewed {
        site = site.file(&format!("content/_records/{language}/part/a.toml"), REVIEW);
    }
    let built = site.build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    built
}

/// Gives the paragraphs of the parts of a page that have a class, each part's joined by ` / `.
fn parts(page: &Page, class: &str) -> Vec<String> {
    let has_class = |id: &usize| {
        let classes = page.attribute(*id, "class").unwrap_or_default();
        classes.split(' ').any(|known| known == class)
    };
    let parts = (0..page.elements.len()).filter(has_class);
    parts.map(|part| paragraphs(page, part)).collect()
}

/// Gives the paragraphs within an element, joined by ` / `.
fn paragraphs(page: &Page, element: usize) -> String {
    let inside = |id: &usize| page.around(*id).any(|around| around == element);
    let texts: Vec<String> = page
        .all("p")
        .filter(inside)
        .map(|id| page.text_of(id).trim().to_owned())
        .collect();
    texts.join(" / ")
}

fn label(built: &BuiltSite, address: &str) -> String {
    parts(&built.page(address), "label").join(" // ")
}

fn end(built: &BuiltSite, address: &str, education: &str) -> String {
    let text = parts(&built.page(address), "review").join(" // ");
    let rest = text
        .strip_suffix(education)
        .map(|rest| rest.trim_end_matches(" / "));
    rest.unwrap_or_else(|| panic!("{text}")).to_owned()
}

/// Gives what search engines are told about a page, or nothing where they are told nothing.
fn described(built: &BuiltSite, address: &str) -> serde_json::Value {
    let page = built.page(address);
    let script = page
        .all("script")
        .find(|id| page.attribute(*id, "type") == Some("application/ld+json"));
    script.map_or(serde_json::Value::Null, |id| {
        serde_json::from_str(&page.text_of(id)).unwrap()
    })
}

#[test]
fn the_label_of_an_english_page_says_who_wrote_it_and_that_no_clinician_has_checked_it() {
    let by_program = "A computer program wrote this page.";
    let from_sources = "A computer program wrote this page from the sources below.";
    let unchecked = "No clinician has checked it yet.";
    let ask = "Talk with your own clinician before you change anything.";
    let person = "No clinician has checked this page yet.";
    let reviewed =
        "Last reviewed on November 1, 2026 by Ada Byron. / Due for review on November 1, 2027.";
    for (keys, is_reviewed, label_text, end_text) in [
        (
            &[PROGRAM, CITES][..],
            false,
            format!("{from_sources} {unchecked}"),
            format!("{by_program} {unchecked} {ask}"),
        ),
        (
            &[PROGRAM],
            false,
            format!("{by_program} {unchecked}"),
            format!("{by_program} {unchecked} {ask}"),
        ),
        (
            &[CITES],
            false,
            format!("{person} {ask}"),
            person.to_owned(),
        ),
        (
            &["authors: [ben]"],
            false,
            format!("{person} {ask}"),
            format!("{person} / Written by Ben Cook."),
        ),
        (
            &[PROGRAM, CITES],
            true,
            String::new(),
            format!("{by_program} / {reviewed}"),
        ),
        (
            &[PROGRAM, "authors: [ben]"],
            true,
            String::new(),
            format!("{by_program} / {reviewed} / With contributions by Ben Cook."),
        ),
        (&[CITES], true, String::new(), reviewed.to_owned()),
    ] {
        let reviews: &[&str] = if is_reviewed { &["en"] } else { &[] };
        let built = built(keys, None, reviews);
        let what = format!("{keys:?}, reviewed: {is_reviewed}");
        assert_eq!(label(&built, "en/part/a.html"), label_text, "{what}");
        assert_eq!(
            end(&built, "en/part/a.html", ENGLISH_END),
            end_text,
            "{what}"
        );
    }
    let built = built(&[ABOUT_SITE, PROGRAM, CITES], None, &[]);
    assert_eq!(label(&built, "en/part/a.html"), by_program);
    assert_eq!(label(&built, "en/index.html"), "");
}

#[test]
fn sources_are_those_that_the_page_itself_names_and_the_data_has() {
    let site = site("")
        .article_with("en/part/a.md", PROGRAM, "Text [@book].\n")
        .article_with("en/part/b.md", PROGRAM, "Text.\n\n![[c]]\n")
        .file("content/_shared/en/c.md", "A shared text [@book].\n");
    let built = site.build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let from_sources = "A computer program wrote this page from the sources below. ";
    let text = label(&built, "en/part/a.html");
    assert!(text.starts_with(from_sources), "{text}");
    let without = "A computer program wrote this page. ";
    let text = label(&built, "en/part/b.html");
    assert!(text.starts_with(without), "{text}");
}

/// What Spanish pages say, and the keys of translations.
mod spanish {
    pub(super) const WROTE: &str = "Un programa informático escribió esta página.";
    pub(super) const FROM_SOURCES: &str =
        "Un programa informático escribió esta página con las fuentes de abajo.";
    pub(super) const TRANSLATED: &str = "Un programa informático tradujo esta página del inglés.";
    pub(super) const BOTH: &str =
        "Un programa informático escribió esta página y la tradujo del inglés.";
    pub(super) const BOTH_FROM_SOURCES: &str =
        "Un programa informático escribió y tradujo esta página con las fuentes de abajo.";
    pub(super) const BY_SOMEBODY: &str = "Esta página se tradujo del inglés.";
    pub(super) const NO_CLINICIAN: &str = "Ningún médico la ha revisado aún.";
    pub(super) const NOBODY: &str = "Nadie ha revisado aún la traducción.";
    pub(super) const NEITHER: &str = "Aún sin revisar por médicos ni traductores.";
    pub(super) const PERSON: &str = "Ningún profesional de salud ha revisado aún esta página.";
    pub(super) const ASK: &str = "Hable con su profesional de salud antes de cambiar algo.";
    pub(super) const REVIEWED: &str = "Última revisión: 1 de noviembre de 2026, por Ada Byron. / Próxima revisión: 1 de noviembre de 2027.";
    pub(super) const BY_MACHINE: &str = "translation:\n  machine: true";
    pub(super) const MACHINE_CHECKED: &str = "translation:\n  machine: true\n  checked_by: ben";
    pub(super) const BY_BEN: &str = "translation:\n  by: ben";
    pub(super) const BEN_CHECKED: &str = "translation:\n  by: ben\n  checked_by: ada";
    pub(super) const TRANSLATOR: &str = "Traducido por Ben Cook.";
}

/// English keys, Spanish keys, whether the Spanish page is reviewed; its label, and what stands at its end.
type Case<'a> = (&'a [&'a str], &'a [&'a str], bool, String, String);

fn hold(cases: &[Case<'_>]) {
    for (english, spanish, is_reviewed, label_text, end_text) in cases {
        let reviews: &[&str] = if *is_reviewed { &["es"] } else { &[] };
        let built = built(english, Some(spanish), reviews);
        let what = format!("{english:?}, {spanish:?}, reviewed: {is_reviewed}");
        assert_eq!(label(&built, "es/part/a.html"), *label_text, "{what}");
        assert_eq!(
            end(&built, "es/part/a.html", SPANISH_END),
            *end_text,
            "{what}"
        );
    }
}

#[test]
fn the_label_of_a_translation_says_who_translated_it_and_what_nobody_has_checked() {
    use spanish::*;
    hold(&[
        (
            &[CITES],
            &[CITES, BY_MACHINE],
            false,
            format!("{TRANSLATED} {NEITHER}"),
            format!("{TRANSLATED} {NEITHER} {ASK}"),
        ),
        (
            &[],
            &[BY_MACHINE],
            true,
            format!("{TRANSLATED} {NOBODY}"),
            format!("{TRANSLATED} {NOBODY} / {REVIEWED}"),
        ),
        (
            &[],
            &[MACHINE_CHECKED],
            false,
            format!("{PERSON} {ASK}"),
            format!("{TRANSLATED} {NO_CLINICIAN} / Traducción revisada por Ben Cook."),
        ),
        (
            &[],
            &[MACHINE_CHECKED],
            true,
            String::new(),
            format!("{TRANSLATED} / {REVIEWED} / Traducción revisada por Ben Cook."),
        ),
        (
            &[],
            &[BY_BEN],
            false,
            format!("{BY_SOMEBODY} {NEITHER}"),
            format!("{BY_SOMEBODY} {NEITHER} {ASK} / {TRANSLATOR}"),
        ),
        (
            &[],
            &[],
            true,
            format!("{BY_SOMEBODY} {NOBODY}"),
            format!("{BY_SOMEBODY} {NOBODY} / {REVIEWED}"),
        ),
        (
            &[],
            &[BEN_CHECKED],
            true,
            String::new(),
            format!("{REVIEWED} / {TRANSLATOR} / Traducción revisada por Ada Byron."),
        ),
    ]);
}

#[test]
fn the_label_of_a_translation_says_that_a_program_wrote_the_text() {
    use spanish::*;
    hold(&[
        (
            &[PROGRAM, CITES],
            &[PROGRAM, CITES, BY_MACHINE],
            false,
            format!("{BOTH_FROM_SOURCES} {NEITHER}"),
            format!("{BOTH} {NEITHER} {ASK}"),
        ),
        (
            &[PROGRAM],
            &[PROGRAM, BY_MACHINE],
            false,
            format!("{BOTH} {NEITHER}"),
            format!("{BOTH} {NEITHER} {ASK}"),
        ),
        // The translation does not say who wrote the English page, which does.
        (
            &[PROGRAM],
            &[BY_MACHINE],
            false,
            format!("{BOTH} {NEITHER}"),
            format!("{BOTH} {NEITHER} {ASK}"),
        ),
        (
            &[PROGRAM, CITES],
            &[CITES, BY_BEN],
            false,
            format!("{FROM_SOURCES} {NEITHER}"),
            format!("{WROTE} {NEITHER} {ASK} / {TRANSLATOR}"),
        ),
        (
            &[PROGRAM, CITES],
            &[CITES, BEN_CHECKED],
            false,
            format!("{FROM_SOURCES} {NO_CLINICIAN}"),
            format!(
                "{WROTE} {NO_CLINICIAN} {ASK} / {TRANSLATOR} / Traducción revisada por Ada Byron."
            ),
        ),
        (
            &[PROGRAM],
            &[PROGRAM, BY_MACHINE],
            true,
            format!("{TRANSLATED} {NOBODY}"),
            format!("{BOTH} {NOBODY} / {REVIEWED}"),
        ),
        (
            &[PROGRAM],
            &[PROGRAM, MACHINE_CHECKED],
            true,
            String::new(),
            format!("{BOTH} / {REVIEWED} / Traducción revisada por Ben Cook."),
        ),
    ]);
}

#[test]
fn a_translated_page_about_the_site_says_who_made_it_and_asks_for_no_clinician() {
    use spanish::*;
    for (spanish, label_text) in [
        (
            &[ABOUT_SITE, PROGRAM, BY_MACHINE][..],
            format!("{BOTH} {NOBODY}"),
        ),
        (&[ABOUT_SITE, PROGRAM, BEN_CHECKED], WROTE.to_owned()),
        (&[ABOUT_SITE, BY_BEN], format!("{BY_SOMEBODY} {NOBODY}")),
        (&[ABOUT_SITE, BEN_CHECKED], String::new()),
    ] {
        let built = built(&[ABOUT_SITE], Some(spanish), &[]);
        assert_eq!(label(&built, "es/part/a.html"), label_text, "{spanish:?}");
    }
}

#[test]
fn a_spanish_article_without_an_english_one_is_no_translation() {
    let built = site("")
        .article_with("es/part/b.md", "", "Texto.\n")
        .build();
    let text = label(&built, "es/part/b.html");
    assert_eq!(
        text,
        "Ningún profesional de salud ha revisado aún esta página. Hable con su profesional de salud antes de cambiar algo."
    );
}

#[test]
fn the_label_of_an_english_text_at_a_spanish_address_is_spanish_and_true_for_the_english_text() {
    let english = "Aún sin traducir.";
    let ask = "Hable con su profesional de salud antes de cambiar algo.";
    let from_sources = "Un programa informático escribió esta página con las fuentes de abajo.";
    let unchecked = "Ningún médico la ha revisado aún.";
    let person = "Ningún profesional de salud ha revisado aún esta página.";
    let wrote = "Un programa informático escribió esta página.";
    for (keys, is_reviewed, expected) in [
        (
            &[PROGRAM, CITES][..],
            false,
            format!("{from_sources} {unchecked} / {english}"),
        ),
        (&[], false, format!("{person} {ask} / {english}")),
        (&[PROGRAM], true, english.to_owned()),
        (&[], true, english.to_owned()),
        (
            &[ABOUT_SITE, PROGRAM],
            false,
            format!("{wrote} / {english}"),
        ),
        (&[ABOUT_SITE], false, english.to_owned()),
    ] {
        let reviews: &[&str] = if is_reviewed { &["en"] } else { &[] };
        let built = built(keys, None, reviews);
        assert_eq!(
            label(&built, "es/part/a.html"),
            expected,
            "{keys:?} {is_reviewed}"
        );
        let page = built.page("es/part/a.html");
        let (at, _) = page
            .texts()
            .find(|(_, text)| text.contains(english))
            .unwrap();
        assert_eq!(page.language(at), Some("es"));
    }
}

#[test]
fn the_label_names_the_language_that_a_page_was_translated_from() {
    let built = site("")
        .file(
            "stepdown.toml",
            "languages = [\"es\", \"en\"]\ncountry = \"US\"\n",
        )
        .article_with("es/index.md", ABOUT_SITE, "Inicio.\n")
        .article_with("es/part/a.md", "", "Texto.\n")
        .article_with("es/part/b.md", "", "Texto.\n")
        .article_with("en/part/a.md", "translation:\n  machine: true", "Text.\n")
        .build();
    let text = label(&built, "en/part/a.html");
    let expected = "A computer program translated this page from Spanish. ";
    assert!(text.starts_with(expected), "{text}");
    let text = label(&built, "en/part/b.html");
    let expected = "This page is not yet translated. The text below is in Spanish.";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn search_engines_are_told_that_a_program_wrote_a_page_and_no_person_is_named_as_its_author() {
    let built = built(&[PROGRAM, CITES, "authors: [ben]"], None, &["en"]);
    let told = described(&built, "en/part/a.html");
    assert_eq!(
        told["digitalSourceType"]["@id"],
        "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
    );
    assert_eq!(told["creditText"], "A computer program wrote this page.");
    assert!(
        told["author"].is_null() && told["creator"].is_null(),
        "{told}"
    );
    assert_eq!(told["contributor"][0]["name"], "Ben Cook");
    assert_eq!(told["reviewedBy"][0]["name"], "Ada Byron");
    assert_eq!(told["lastReviewed"], "2026-11-01");
}

#[test]
fn search_engines_are_told_of_the_people_who_wrote_a_page_and_of_a_review_only_if_there_was_one() {
    let people = built(&["authors: [ben]"], None, &["en"]);
    let told = described(&people, "en/part/a.html");
    assert_eq!(told["author"][0]["name"], "Ben Cook");
    for key in ["digitalSourceType", "creditText", "contributor"] {
        assert!(told[key].is_null(), "{told}");
    }
    let about = built(&[ABOUT_SITE, PROGRAM], None, &[]);
    let told = described(&about, "en/part/a.html");
    assert_eq!(told["creditText"], "A computer program wrote this page.");
    for key in ["author", "creator", "lastReviewed", "reviewedBy"] {
        assert!(told[key].is_null(), "{told}");
    }
    let unreviewed = built(&[PROGRAM], None, &[]);
    assert!(described(&unreviewed, "en/part/a.html").is_null());
    let translated = built(
        &["authors: [ben]"],
        Some(&[
            "authors: [ben]",
            "translation:\n  machine: true\n  checked_by: ada",
        ]),
        &["es"],
    );
    let told = described(&translated, "es/part/a.html");
    assert_eq!(told["author"][0]["name"], "Ben Cook");
    assert_eq!(
        told["creditText"],
        "Un programa informático tradujo esta página del inglés."
    );
}

#[test]
fn the_feed_names_a_program_as_the_author_of_what_it_wrote() {
    let site = |keys: &str| {
        site("")
            .article_with(
                "en/part/a.md",
                &format!("updated: 2026-11-02\n{keys}"),
                "Text.\n",
            )
            .file("content/_records/en/part/a.toml", REVIEW)
            .build()
    };
    let author = "<author><name>A computer program</name></author>";
    let built = site(PROGRAM);
    let entry = built
        .text("en/feed.xml")
        .split("<entry>")
        .nth(1)
        .unwrap()
        .to_owned();
    assert!(entry.contains(author), "{entry}");
    assert!(!site("").text("en/feed.xml").contains("computer"));
}

fn people_page(site: &Site, address: &str) -> String {
    let page = site.build().page(address);
    paragraphs(&page, page.only("main"))
}

#[test]
fn the_page_about_people_says_what_a_program_wrote_and_what_clinicians_have_checked() {
    let lead = "Who writes, translates and reviews the pages of this library.";
    let nobody = "No person is named here yet.";
    let unchecked = "No clinician has checked any page of this library yet.";
    let all = "A computer program wrote all pages of this library.";
    let some = "A computer program wrote some pages of this library. Each of them says so.";
    let nameless = |site: Site| site.file("content/_data/people.toml", "");
    let by_program = |site: Site| {
        site.article_with(
            "en/index.md",
            &format!("{ABOUT_SITE}\n{PROGRAM}"),
            "Home.\n",
        )
        .article_with("en/part/a.md", PROGRAM, "Text.\n")
    };
    let address = "en/people.html";
    let text = people_page(&nameless(by_program(site(""))), address);
    assert_eq!(text, format!("{lead} / {all} / {unchecked} / {nobody}"));
    let mixed = || by_program(site("")).article("en/part/b.md", "Text.\n");
    let text = people_page(&nameless(mixed()), address);
    assert_eq!(text, format!("{lead} / {some} / {unchecked} / {nobody}"));
    let text = people_page(&mixed(), address);
    assert_eq!(text, format!("{lead} / {some} / {unchecked}"));
    let with_review = |site: Site| site.file("content/_records/en/part/a.toml", REVIEW);
    let text = people_page(&with_review(mixed()), address);
    let checked = "Clinicians have checked some pages of this library. Each of them says at its end who checked it and when.";
    assert_eq!(text, format!("{lead} / {some} / {checked}"));
    let text = people_page(&with_review(by_program(site(""))), address);
    let checked = "Clinicians have checked all pages of this library that give health information. Each of them says at its end who checked it and when.";
    assert_eq!(text, format!("{lead} / {all} / {checked}"));
    let person = site("").article("en/part/a.md", "Text.\n");
    assert_eq!(
        people_page(&person, address),
        format!("{lead} / {unchecked}")
    );
    assert_eq!(people_page(&site(""), address), lead);
}

#[test]
fn the_page_about_people_says_that_a_program_translated() {
    let translated = |keys: &str| {
        site("")
            .article_with("en/part/a.md", "", "Text.\n")
            .article_with("es/part/a.md", keys, "Texto.\n")
    };
    let sentence =
        "Un programa informático tradujo páginas de esta biblioteca del inglés. Cada una lo dice.";
    let text = people_page(
        &translated("translation:\n  machine: true"),
        "es/people.html",
    );
    assert!(text.contains(sentence), "{text}");
    let text = people_page(&translated("translation:\n  by: ben"), "es/people.html");
    assert!(!text.contains("programa"), "{text}");
}

/// A site with a shared text in English and Spanish on a page that is not translated.
fn boxed(settings: &str, spanish_keys: &str) -> Site {
    let keys = if spanish_keys.is_empty() {
        String::new()
    } else {
        format!("---\n{spanish_keys}\n---\n\n")
    };
    site(settings)
        .article_with(
            "en/part/a.md",
            CITES,
            "![[danger]]\n\n## Help\n\nSee [help](#help).\n",
        )
        .file(
            "content/_shared/en/danger.md",
            "> [!emergency] Call {emergency} if:\n>\n> - a person has a seizure [@book]\n\n## Help\n\nStay calm.[^calm]\n\n[^calm]: If you can.\n",
        )
        .file(
            "content/_shared/es/danger.md",
            format!("{keys}> [!emergency] Llame al {{emergency}} si:\n>\n> - alguien tiene una convulsión [@book]\n"),
        )
}

const MACHINE: &str = "written_by: machine\ntranslation:\n  machine: true";
const BOX: &str = "Traducción automática, aún sin revisar.";
const ORIGINAL: &str = "Texto original en inglés";

#[test]
fn a_box_that_a_program_translated_carries_its_label_and_the_english_text_on_an_english_page() {
    let built = boxed("", MACHINE).build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let page = built.page("es/part/a.html");
    let text = page.main();
    let at = |what: &str| {
        text.find(what)
            .unwrap_or_else(|| panic!("{what} in {text}"))
    };
    assert!(at("alguien tiene una convulsión") < at(BOX));
    assert!(at(BOX) < at(ORIGINAL));
    assert!(at(ORIGINAL) < at("a person has a seizure"));
    assert_eq!(text.matches(BOX).count(), 1);
    let language_of = |what: &str| {
        let (id, _) = page.texts().find(|(_, text)| text.contains(what)).unwrap();
        page.language(id).unwrap().to_owned()
    };
    assert_eq!(language_of(BOX), "es");
    assert_eq!(language_of(ORIGINAL), "es");
    assert_eq!(language_of("a person has a seizure"), "en");
    let details = page.only("details");
    assert_eq!(
        page.attribute(details, "class"),
        Some("callout callout-more")
    );
    assert!(!page.lies_in_class(details, "callout-emergency"));
    let (folded, _) = page
        .texts()
        .find(|(_, text)| text.contains("a person has a seizure"))
        .unwrap();
    assert!(page.around(folded).any(|around| around == details));
    let mut ids = page.ids();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is used twice");
    assert!(
        text.contains("If you can."),
        "the note of the English text is missing: {text}"
    );
    let links = page.links();
    for id in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(ids.contains(&id), "#{id} leads nowhere");
    }
    // The article's own heading keeps its anchor, though the folded text has a heading of the same words.
    let heading = page
        .elements
        .iter()
        .position(|element| element.attributes.get("id").is_some_and(|id| id == "help"));
    assert!(!page.lies_in(heading.unwrap(), "details"));
}

#[test]
fn a_box_that_a_person_made_or_checked_carries_no_label() {
    for keys in [
        "",
        "translation:\n  by: ben",
        "translation:\n  machine: true\n  checked_by: ben",
    ] {
        let page = boxed("", keys).build().page("es/part/a.html");
        let text = page.main();
        assert!(text.contains("alguien tiene una convulsión"), "{text}");
        assert!(
            !text.contains(BOX) && page.all("details").next().is_none(),
            "{keys}: {text}"
        );
    }
    let english = boxed("", MACHINE).build().page("en/part/a.html").main();
    assert!(
        !english.contains("computer program translated"),
        "{english}"
    );
}

#[test]
fn a_box_on_a_translated_page_carries_its_label_only_if_the_page_does_not_say_it() {
    let translated = |keys: &str| {
        boxed("", MACHINE)
            .article_with("es/part/a.md", keys, "![[danger]]\n")
            .build()
            .page("es/part/a.html")
            .main()
    };
    let text = translated("translation:\n  machine: true");
    assert!(!text.contains(BOX) && !text.contains(ORIGINAL), "{text}");
    for keys in [
        "translation:\n  machine: true\n  checked_by: ada",
        "translation:\n  by: ben",
        "translation:\n  by: ben\n  checked_by: ada",
    ] {
        let text = translated(keys);
        assert!(
            text.contains(BOX) && text.contains(ORIGINAL),
            "{keys}: {text}"
        );
    }
}

#[test]
fn a_text_within_a_labelled_text_is_not_labelled_again_and_is_english_in_the_english_text() {
    let built = boxed("", MACHINE)
        .file("content/_shared/en/danger.md", "Outside.\n\n![[inner]]\n")
        .file(
            "content/_shared/es/danger.md",
            format!("---\n{MACHINE}\n---\n\nFuera.\n\n![[inner]]\n"),
        )
        .file("content/_shared/en/inner.md", "Inside.\n")
        .file(
            "content/_shared/es/inner.md",
            format!("---\n{MACHINE}\n---\n\nDentro.\n"),
        )
        .build();
    let text = built.page("es/part/a.html").main();
    let words: Vec<&str> = ["Fuera.", "Dentro.", BOX, "Outside.", "Inside."]
        .into_iter()
        .filter(|words| text.matches(words).count() == 1)
        .collect();
    assert_eq!(words.len(), 5, "{text}");
    assert!(
        text.find("Dentro.") < text.find(BOX) && text.find("Outside.") < text.find("Inside."),
        "{text}"
    );
}

#[test]
fn a_site_that_hides_unchecked_translations_shows_the_english_box_and_one_that_refuses_them_finds_the_box()
 {
    let hide = "[publish]\nunchecked_translations = \"hide\"\n";
    let built = boxed(hide, MACHINE).build();
    let text = built.page("es/part/a.html").main();
    assert!(
        text.contains("a person has a seizure") && !text.contains("convulsión"),
        "{text}"
    );
    assert!(!text.contains(BOX), "{text}");
    let text = boxed(hide, "translation:\n  machine: true\n  checked_by: ada")
        .build()
        .page("es/part/a.html")
        .main();
    assert!(
        text.contains("convulsión") && !text.contains("a person has a seizure"),
        "{text}"
    );
    let text = boxed(hide, "").build().page("es/part/a.html").main();
    assert!(text.contains("convulsión"), "{text}");

    let found = boxed("[publish]\nunchecked_translations = \"refuse\"\n", MACHINE).findings();
    let places: Vec<String> = found.iter().map(Found::place).collect();
    assert_eq!(
        places,
        ["content/_shared/es/danger.md:2:1: unchecked-translation"],
        "{found:#?}"
    );
    assert!(
        boxed("[publish]\nunchecked_translations = \"refuse\"\n", "")
            .findings()
            .is_empty()
    );
}

#[test]
fn the_folded_english_text_does_not_enter_the_search() {
    let found = |words: &str| {
        let site = boxed("", MACHINE).article_with(
            "es/part/a.md",
            "translation:\n  by: ben",
            "![[danger]]\n",
        );
        let answers = site.search("es", &[words.to_owned()]);
        answers[0].total
    };
    assert_eq!(found("convulsión"), 1);
    assert_eq!(found("seizure"), 0);
}

#[test]
fn a_page_of_a_person_says_that_a_program_wrote_the_boxes_in_it() {
    let site = |keys: &str| {
        site("")
            .article_with("en/part/a.md", "authors: [ben]", "![[c]]\n")
            .file("content/_shared/en/c.md", format!("{keys}A box.\n"))
            .build()
    };
    let written = "No clinician has checked this page yet. / Written by Ben Cook.";
    let built = site("---\nwritten_by: machine\n---\n\n");
    assert_eq!(
        end(&built, "en/part/a.html", ENGLISH_END),
        format!("{written} / A computer program wrote parts of this page.")
    );
    assert_eq!(end(&site(""), "en/part/a.html", ENGLISH_END), written);
}

#[test]
fn every_text_of_the_starter_says_that_a_program_wrote_it_and_init_copies_that() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "."]);
    let mut seen = 0;
    for (path, bytes) in files_below(&folder.path().join("content")) {
        if path.ends_with(".md") {
            let text = String::from_utf8(bytes).unwrap();
            let (front, _) = text[3..].split_once("\n---").unwrap();
            assert!(front.lines().any(|line| line == PROGRAM), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_new_page_does_not_say_that_a_program_wrote_it() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "."]);
    run(folder.path(), &["new", "tapering/my-own"]);
    let text =
        std::fs::read_to_string(folder.path().join("content/en/tapering/my-own.md")).unwrap();
    assert!(!text.contains("written_by"), "{text}");
}
