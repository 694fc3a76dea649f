//! The site works at any path: without a base URL nothing names one, and with one only what must is absolute.

use crate::support::{BuiltSite, Site};

const BASE: &str = "https://www.example.org/education/";

fn site(settings: &str) -> Site {
    let reviewed = "[[review]]\nby = [\"ada\"]\non = 2026-11-01\n";
    Site::started()
        .file(
            "stepdown.toml",
            format!(
                "{settings}languages = [\"en\", \"es\"]\ncountry = \"US\"\nname = \"Name & more\"\n"
            ),
        )
        .file(
            "content/_data/people.toml",
            "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n",
        )
        .file("content/_records/en/part/a.toml", reviewed)
        .file("content/_records/es/part/a.toml", reviewed)
        .file("content/_records/en/part/c.toml", reviewed)
        .article_with(
            "en/index.md",
            "title: Home\nkind: site",
            "See [[a]] and [[b]].\n",
        )
        .article_with(
            "en/part/a.md",
            "title: \"A & <b>\"\nupdated: 2026-11-20\nredirect_from: [old/a]",
            "Text.\n",
        )
        .article_with(
            "es/part/a.md",
            "title: Una\nupdated: 2026-11-21\ntranslation:\n  checked_by: ada",
            "Texto.\n",
        )
        .article_with(
            "en/part/b.md",
            "title: Unreviewed\nupdated: 2026-11-19",
            "Text.\n",
        )
        .article_with(
            "en/part/c.md",
            "title: Old\nupdated: 2026-11-18\nreplaced_by: part/a",
            "Text.\n",
        )
}

fn based() -> BuiltSite {
    site(&format!("base_url = \"{BASE}\"\n")).build()
}

fn links<'a>(
    page: &'a crate::support::page::Page,
    rel: &'a str,
) -> Vec<(Option<&'a str>, &'a str)> {
    page.all("link")
        .filter(|id| page.attribute(*id, "rel") == Some(rel))
        .map(|id| {
            (
                page.attribute(id, "hreflang"),
                page.attribute(id, "href").unwrap(),
            )
        })
        .collect()
}

#[test]
fn without_a_base_url_no_file_names_an_address_of_its_own() {
    let built = site("").build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    for address in ["sitemap.xml", "en/feed.xml", "es/feed.xml"] {
        assert!(!built.web.contains_key(address), "{address}");
    }
    for address in built
        .web
        .keys()
        .filter(|address| address.ends_with(".html"))
    {
        let page = built.page(address);
        assert!(
            links(&page, "canonical").is_empty() && links(&page, "alternate").is_empty(),
            "{address}"
        );
    }
    assert!(
        built
            .page("404.html")
            .links()
            .iter()
            .all(|link| link.starts_with("tel:") || link.starts_with("sms:")),
        "the page for lost addresses may stand anywhere"
    );
}

#[test]
fn a_base_url_changes_only_what_is_for_machines() {
    let (plain, based) = (site("").build(), based());
    for (address, bytes) in &plain.web {
        if !address.ends_with(".html") || address == "404.html" {
            continue;
        }
        let without = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|line| {
                    !line.contains("rel=\"canonical\"")
                        && !line.contains("rel=\"alternate\"")
                        && !line.contains("ld+json")
                })
                .map(ToOwned::to_owned)
                .collect()
        };
        let plain = std::str::from_utf8(bytes).unwrap();
        assert_eq!(without(plain), without(based.text(address)), "{address}");
    }
}

#[test]
fn indexed_pages_have_a_canonical_address_and_their_translations() {
    let built = based();
    let page = built.page("en/part/a.html");
    assert_eq!(
        links(&page, "canonical"),
        [(None, "https://www.example.org/education/en/part/a.html")]
    );
    let languages: Vec<_> = links(&page, "alternate")
        .into_iter()
        .filter(|(language, _)| language.is_some())
        .collect();
    assert_eq!(
        languages,
        [
            (
                Some("en"),
                "https://www.example.org/education/en/part/a.html"
            ),
            (
                Some("es"),
                "https://www.example.org/education/es/part/a.html"
            )
        ]
    );
    let home = built.page("index.html");
    assert_eq!(
        links(&home, "canonical"),
        [(None, "https://www.example.org/education/en/index.html")]
    );
    for address in ["en/part/b.html", "en/part/c.html", "es/part/b.html"] {
        let page = built.page(address);
        assert_eq!(page.meta("robots"), Some("noindex"), "{address}");
        assert!(links(&page, "canonical").is_empty(), "{address}");
    }
    let redirect = built.page("en/old/a.html");
    assert_eq!(
        links(&redirect, "canonical"),
        [(None, "https://www.example.org/education/en/part/a.html")]
    );
}

#[test]
fn the_sitemap_is_well_formed_and_names_what_may_be_found() {
    let built = based();
    let text = built.text("sitemap.xml");
    let sitemap = roxmltree::Document::parse(text).unwrap();
    assert_eq!(
        sitemap.root_element().tag_name().namespace(),
        Some("http://www.sitemaps.org/schemas/sitemap/0.9")
    );
    let named: Vec<&str> = sitemap
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .filter_map(|node| node.text())
        .collect();
    for address in [
        "en/index.html",
        "en/part/a.html",
        "es/part/a.html",
        "en/part/index.html",
    ] {
        assert!(
            named.contains(&format!("{BASE}{address}").as_str()),
            "{address} {named:?}"
        );
    }
    for address in &named {
        let address = address.strip_prefix(BASE).expect("an address of the site");
        let page = built.page(address);
        assert_eq!(page.meta("robots"), None, "{address} is in the sitemap");
    }
    for address in [
        "en/part/b.html",
        "en/part/c.html",
        "es/part/b.html",
        "en/old/a.html",
    ] {
        assert!(
            !named.contains(&format!("{BASE}{address}").as_str()),
            "{address}"
        );
    }
}

#[test]
fn the_feeds_are_well_formed_and_newest_first() {
    let built = based();
    let atom = "http://www.w3.org/2005/Atom";
    for (language, title, date) in [
        ("en", "A & <b>", "2026-11-20T00:00:00Z"),
        ("es", "Una", "2026-11-21T00:00:00Z"),
    ] {
        let feed = roxmltree::Document::parse(built.text(&format!("{language}/feed.xml"))).unwrap();
        let root = feed.root_element();
        let child = |node: roxmltree::Node<'_, '_>, name: &str| {
            node.children()
                .find(|child| child.has_tag_name((atom, name)))
                .and_then(|child| child.text().map(ToOwned::to_owned))
        };
        assert_eq!(child(root, "title").as_deref(), Some("Name & more"));
        assert_eq!(child(root, "updated").as_deref(), Some(date));
        let entries: Vec<_> = root
            .children()
            .filter(|node| node.has_tag_name((atom, "entry")))
            .collect();
        assert_eq!(entries.len(), 1, "{language}");
        assert_eq!(child(entries[0], "title").as_deref(), Some(title));
        assert_eq!(
            child(entries[0], "id"),
            Some(format!("{BASE}{language}/part/a.html"))
        );
        for name in ["updated", "summary"] {
            assert!(child(entries[0], name).is_some(), "{name}");
        }
    }
}

#[test]
fn the_page_for_lost_addresses_has_absolute_links_that_lead_to_pages() {
    let built = based();
    let page = built.page("404.html");
    let links = page.links();
    assert!(links.len() >= 2, "{links:?}");
    let is_call = |link: &&str| link.starts_with("tel:") || link.starts_with("sms:");
    assert!(links.iter().any(is_call), "the help line is there too");
    for link in links.iter().filter(|link| !is_call(link)) {
        let address = link
            .strip_prefix(BASE)
            .unwrap_or_else(|| panic!("{link} is not absolute"));
        assert!(built.web.contains_key(address), "{link}");
    }
    assert_eq!(page.meta("robots"), Some("noindex"));
}

#[test]
fn a_base_url_works_with_and_without_its_last_slash_and_must_be_one() {
    let with = based();
    let without = site("base_url = \"https://www.example.org/education\"\n").build();
    assert_eq!(with.text("sitemap.xml"), without.text("sitemap.xml"));
    for wrong in [
        "www.example.org",
        "/education/",
        "ftp://example.org/",
        "https://",
        "",
    ] {
        let site = site(&format!("base_url = \"{wrong}\"\n"));
        let found = site.findings();
        let expected = usize::from(!wrong.is_empty());
        assert_eq!(found.len(), expected, "{wrong}: {found:#?}");
        assert!(
            found
                .iter()
                .all(|found| found.place() == "stepdown.toml:1:12: wrong-value"),
            "{found:#?}"
        );
    }
}

#[test]
fn a_redirect_leads_relatively_to_its_page() {
    for built in [based(), site("").build()] {
        let page = built.page("en/old/a.html");
        assert_eq!(page.links(), ["../part/a.html"]);
        let refresh = page
            .all("meta")
            .find(|id| page.attribute(*id, "http-equiv") == Some("refresh"))
            .expect("a refresh");
        assert_eq!(
            page.attribute(refresh, "content"),
            Some("0; url=../part/a.html")
        );
    }
}

#[test]
fn structured_data_is_json_and_cannot_end_its_script() {
    let built = site("").build();
    let page = built.page("en/part/a.html");
    let data = page
        .all("script")
        .find(|id| page.attribute(*id, "type") == Some("application/ld+json"))
        .expect("the page has structured data");
    let script = page.text_of(data);
    let data: serde_json::Value = serde_json::from_str(&script).unwrap();
    assert_eq!(data["name"], "A & <b>");
    assert_eq!(data["lastReviewed"], "2026-11-01");
    assert_eq!(data["reviewedBy"][0]["name"], "Ada Byron");
    assert_eq!(data["dateModified"], "2026-11-20");
}
