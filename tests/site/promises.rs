//! What every page of the library keeps: the real `content/`, built by the program's own pipeline onto a real disk. Links, anchors and ids
//! are looked at in the fixtures and in many random sites, too.

use crate::support::page::{Page, single_spaces};
use crate::support::random_site::random_site;
use crate::support::{Found, Silent, Site, files_below, found, options, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use stepdown::build::Outcome;
use stepdown::disk::RealDisk;
use stepdown::load::Starter;

pub(crate) struct Library {
    files: BTreeMap<String, Vec<u8>>,
    pub(crate) pages: BTreeMap<String, Page>,
    findings: Vec<Found>,
}

/// Builds the library, once for all tests.
pub(crate) fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        let options = options(&repository(), out.path(), Starter::Whole);
        let (reading, writing) = (options.reading(), options.writing());
        let built = stepdown::build::build(&RealDisk, &reading, &writing, &Silent);
        let built = built.unwrap_or_else(|failure| panic!("{failure}"));
        let findings = found(&built.checked);
        assert!(
            matches!(built.outcome, Outcome::Written(_)),
            "{findings:#?}"
        );
        let files = files_below(&out.path().join("web"));
        Library {
            pages: pages_of(&files),
            files,
            findings,
        }
    })
}

/// Goes through all pages but the one for addresses that do not exist.
pub(crate) fn pages() -> impl Iterator<Item = &'static Page> {
    library()
        .pages
        .values()
        .filter(|page| page.address != "404.html")
}

pub(crate) fn table(path: &str) -> toml::Table {
    let path = repository().join(path);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn helplines() -> Vec<toml::Table> {
    let table = table("content/_data/helplines.toml");
    let rows = table["helpline"].as_array().unwrap();
    rows.iter()
        .map(|row| row.as_table().unwrap().clone())
        .collect()
}

fn text<'a>(row: &'a toml::Table, key: &str) -> Option<&'a str> {
    row.get(key).and_then(|value| value.as_str())
}

fn is_published(row: &toml::Table) -> bool {
    text(row, "publish") == Some("ok")
}

#[test]
fn the_library_builds_without_an_error() {
    let errors: Vec<&Found> = library()
        .findings
        .iter()
        .filter(|found| found.severity == "error")
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(library().pages.len() > 40, "{}", library().pages.len());
}

#[test]
fn every_page_has_one_top_heading_a_language_a_direction_and_a_title() {
    for page in library().pages.values() {
        page.only("h1");
        page.only("main");
        let root = page.only("html");
        let language = page.attribute(root, "lang").expect("a language");
        assert_eq!(page.attribute(root, "dir"), Some("ltr"), "{}", page.address);
        if let Some((folder, _)) = page.address.split_once('/') {
            assert_eq!(language, folder, "{}", page.address);
        }
        let title = page.text_of(page.all("title").next().expect("a page has a title"));
        assert!(!title.trim().is_empty(), "{}", page.address);
        let heading = page.text_of(page.only("h1"));
        assert!(!heading.trim().is_empty(), "{}", page.address);
    }
}

/// Fails unless ids are unique on each page, and labels name ids that exist.
fn check_ids(site: &str, pages: &BTreeMap<String, Page>) {
    for page in pages.values() {
        let place = format!("{site}, {}", page.address);
        let ids = page.ids();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{place}: {ids:?}");
        for element in &page.elements {
            for name in [
                "aria-labelledby",
                "aria-describedby",
                "aria-controls",
                "for",
            ] {
                for id in element
                    .attributes
                    .get(name)
                    .into_iter()
                    .flat_map(|ids| ids.split(' '))
                {
                    assert!(unique.contains(id), "{place}: {name}={id}");
                }
            }
        }
    }
}

#[test]
fn no_address_starts_at_the_root_of_a_website_and_nothing_is_loaded_from_outside() {
    for page in library().pages.values() {
        for element in &page.elements {
            for (name, value) in &element.attributes {
                let place = format!("{}: <{} {name}={value}>", page.address, element.name);
                assert!(!name.starts_with("on"), "{place}");
                assert_ne!(name, "style", "{place}");
                if matches!(
                    name.as_str(),
                    "href" | "src" | "srcset" | "poster" | "action" | "data"
                ) {
                    assert!(!value.starts_with('/'), "{place}");
                    assert!(
                        !value.starts_with("javascript:") && !value.starts_with("data:"),
                        "{place}"
                    );
                }
                let loads = matches!(
                    name.as_str(),
                    "src" | "srcset" | "poster" | "data" | "action"
                ) || element.name == "link" && name == "href";
                assert!(!loads || !value.contains(':'), "{place}");
            }
            // What is typed into the search must never get into an address.
            let sends = match element.name.as_str() {
                "form" => ["action", "method", "target"].as_slice(),
                "input" | "button" | "select" | "textarea" => ["name", "formaction"].as_slice(),
                _ => &[],
            };
            for name in sends {
                let place = format!("{}: <{} {name}>", page.address, element.name);
                assert!(!element.attributes.contains_key(*name), "{place}");
            }
            assert!(
                !["iframe", "object", "embed", "base"].contains(&element.name.as_str()),
                "{}: <{}>",
                page.address,
                element.name
            );
        }
    }
    for (address, bytes) in &library().files {
        if address.ends_with(".css") {
            let style = std::str::from_utf8(bytes).unwrap();
            for word in ["@import", "url(http", "url(//", "url(\"http", "url('http"] {
                assert!(!style.contains(word), "{address}: {word}");
            }
        }
    }
}

/// Follows a relative address from a page.
fn follow(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => {
                parts
                    .pop()
                    .unwrap_or_else(|| panic!("{from}: {address} leads out"));
            }
            "." | "" => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Fails unless each relative link leads to a file, and each fragment to an id, but for those anchors that were reported as broken: by the
/// key of the page, and the anchor. Gives how many links there were.
fn check_links(
    site: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<String, Page>,
    broken: &BTreeSet<(String, String)>,
) -> usize {
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(address, page)| (address.as_str(), page.ids().into_iter().collect()))
        .collect();
    let mut links = 0;
    for page in pages.values() {
        let place = format!("{site}, {}", page.address);
        for element in &page.elements {
            let addresses = ["href", "src"]
                .into_iter()
                .filter_map(|name| element.attributes.get(name));
            for address in addresses.filter(|address| !address.contains(':')) {
                links += 1;
                let (path, fragment) = match address.split_once('#') {
                    Some((path, fragment)) => (path, Some(fragment)),
                    None => (address.as_str(), None),
                };
                let target = if path.is_empty() {
                    page.address.clone()
                } else {
                    follow(&page.address, path)
                };
                assert!(
                    files.contains_key(&target),
                    "{place}: {address} leads nowhere"
                );
                if let Some(fragment) = fragment {
                    let is_there = ids[target.as_str()].contains(fragment);
                    let is_broken = broken.contains(&(key_of(&target), fragment.to_owned()));
                    assert!(is_there || is_broken, "{place}: no id for {address}");
                }
            }
        }
    }
    links
}

/// Gives the key of the page at an address: its path without language and ending.
fn key_of(address: &str) -> String {
    let key = address.strip_suffix(".html").unwrap_or(address);
    let below = key.split_once('/').map_or(key, |(_, below)| below);
    below.to_owned()
}

/// Gives the pages among the files of an output.
fn pages_of(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Page> {
    let pages = files
        .iter()
        .filter(|(address, _)| address.ends_with(".html"));
    let read = |(address, bytes): (&String, &Vec<u8>)| {
        let text = std::str::from_utf8(bytes).unwrap();
        (address.clone(), Page::read(address, text))
    };
    pages.map(read).collect()
}

#[test]
fn links_lead_to_files_and_anchors_of_the_library_and_ids_are_unique() {
    let library = library();
    check_ids("library", &library.pages);
    let links = check_links("library", &library.files, &library.pages, &BTreeSet::new());
    assert!(links > 1000, "{links}");
}

#[test]
fn links_lead_to_files_and_anchors_of_every_fixture_and_ids_are_unique() {
    for (name, starter, at_least) in [
        ("gallery", Starter::Whole, 1000),
        ("small-clinic", Starter::LookOnly, 100),
        ("arabic", Starter::Whole, 100),
    ] {
        let folder = repository().join("tests/fixtures").join(name);
        let site = Site::new().folder(&folder);
        let built = site.with(|options| options.starter = starter).build();
        assert!(
            matches!(built.outcome, Outcome::Written(_)),
            "{name}: {:?}",
            built.findings
        );
        let pages = pages_of(&built.web);
        check_ids(name, &pages);
        let links = check_links(name, &built.web, &pages, &BTreeSet::new());
        assert!(links > at_least, "{name}: {links}");
    }
}

/// Builds a random site and looks at its links, files and ids; gives how many links it has, and how many anchors were reported.
fn check_random_site(seed: u64) -> (usize, usize) {
    let name = format!("random site {seed}");
    let built = random_site(seed).build();
    assert!(
        matches!(built.outcome, Outcome::Written(_)),
        "{name}: {:?}",
        built.findings
    );
    let pages = pages_of(&built.web);
    let broken: BTreeSet<(String, String)> = built
        .findings
        .iter()
        .filter(|found| found.rule == "broken-anchor")
        .map(|found| {
            let mut words = found.message.split('`').skip(1).step_by(2);
            let key = words.next().unwrap().to_owned();
            let anchor = words.next().unwrap().trim_start_matches('#').to_owned();
            (key, anchor)
        })
        .collect();
    let languages = pages.keys().filter(|address| key_of(address) == "glossary");
    let languages = languages.count();
    for (key, anchor) in &broken {
        let of_key = pages.values().filter(|page| key_of(&page.address) == *key);
        let all = of_key.clone().count();
        let with_anchor = of_key.filter(|page| page.ids().contains(&anchor.as_str()));
        // The page that lacks it may be hidden.
        assert!(
            with_anchor.count() < languages.max(all),
            "{name}: `{key}` has the anchor `#{anchor}`, which was reported as broken"
        );
    }
    check_ids(&name, &pages);
    let links = check_links(&name, &built.web, &pages, &broken);
    check_no_file_is_unused(&name, &built.web, &pages);
    (links, broken.len())
}

/// Fails unless some page leads to each file that was copied from beside articles.
fn check_no_file_is_unused(
    site: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<String, Page>,
) {
    let used: BTreeSet<String> = pages
        .values()
        .flat_map(|page| page.elements.iter().map(move |element| (page, element)))
        .flat_map(|(page, element)| {
            let addresses = ["href", "src"].map(|name| element.attributes.get(name));
            let addresses = addresses.into_iter().flatten();
            let inside = addresses.filter(|address| !address.contains(':'));
            inside.map(|address| follow(&page.address, address.split('#').next().unwrap()))
        })
        .collect();
    for address in files.keys() {
        let ending = address.rsplit('.').next().unwrap();
        let is_copy = matches!(ending, "svg" | "pdf") && !address.starts_with("assets/");
        assert!(
            !is_copy || used.contains(address),
            "{site}: no page leads to {address}"
        );
    }
}

#[test]
fn links_lead_to_files_and_anchors_of_three_hundred_random_sites_and_ids_are_unique() {
    let sums = std::thread::scope(|scope| {
        let of_workers: Vec<_> = (0..4)
            .map(|worker| {
                scope.spawn(move || {
                    let seeds = (1..=300).filter(|seed| seed % 4 == worker);
                    seeds.map(check_random_site).fold((0, 0), |sum, of_site| {
                        (sum.0 + of_site.0, sum.1 + of_site.1)
                    })
                })
            })
            .collect();
        let of_workers = of_workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|cause| std::panic::resume_unwind(cause))
        });
        of_workers.fold((0, 0), |sum, of_worker| {
            (sum.0 + of_worker.0, sum.1 + of_worker.1)
        })
    });
    let (links, broken) = sums;
    assert!(
        links > 30_000 && broken > 300,
        "{links} links, {broken} broken"
    );
}

#[test]
fn headings_never_skip_a_level() {
    for page in library().pages.values() {
        let mut before = 0;
        for (id, element) in page.elements.iter().enumerate() {
            let level = match element.name.as_bytes() {
                [b'h', digit @ b'1'..=b'6'] => digit - b'0',
                _ => continue,
            };
            assert!(
                level <= before + 1,
                "{}: `{}` is of level {level} after {before}",
                page.address,
                page.text_of(id)
            );
            before = level;
        }
    }
}

#[test]
fn pages_that_nobody_reviewed_are_labelled_kept_out_of_search_engines_and_claim_no_review() {
    let mut labelled = 0;
    for page in pages() {
        assert!(
            !library().files[&page.address]
                .windows(12)
                .any(|part| part == b"lastReviewed"),
            "{}",
            page.address
        );
        let says_it = page
            .all("p")
            .any(|id| page.lies_in_class(id, "page-label") || page.lies_in_class(id, "label"));
        let kind = page
            .attribute(page.only("body"), "class")
            .unwrap_or_default();
        if [
            "kind-topic",
            "kind-treatment",
            "kind-safety",
            "kind-worksheet",
            "kind-story",
        ]
        .contains(&kind)
        {
            labelled += 1;
            assert!(says_it, "{} has no label", page.address);
            assert_eq!(page.meta("robots"), Some("noindex"), "{}", page.address);
            let describes = |id: &usize| page.attribute(*id, "type") == Some("application/ld+json");
            assert_eq!(
                page.all("script").filter(describes).count(),
                0,
                "{}",
                page.address
            );
        }
    }
    assert!(labelled >= 24, "{labelled}");
}

/// Gives each page of another language whose text is in English, with its English page.
fn fallbacks() -> Vec<(&'static Page, &'static Page)> {
    let written = |language: &str, key: &str| {
        repository()
            .join(format!("content/{language}/{key}.md"))
            .is_file()
    };
    pages()
        .filter_map(|page| {
            let key = page.address.strip_prefix("es/")?.strip_suffix(".html")?;
            let is_fallback = written("en", key) && !written("es", key);
            is_fallback.then(|| (page, &library().pages[&format!("en/{key}.html")]))
        })
        .collect()
}

#[test]
fn english_text_on_spanish_pages_is_marked_as_english() {
    let fallbacks = fallbacks();
    assert!(fallbacks.len() >= 5, "{}", fallbacks.len());
    for (page, english) in fallbacks {
        assert_eq!(page.attribute(page.only("html"), "lang"), Some("es"));
        assert_eq!(page.meta("robots"), Some("noindex"), "{}", page.address);
        let heading = page.only("h1");
        let inside = page
            .texts()
            .find(|(id, _)| page.around(*id).any(|around| around == heading));
        let (inside, _) = inside.expect("a title");
        assert_eq!(page.language(inside), Some("en"), "{}", page.address);
        let main = english.only("main");
        let words: BTreeSet<&str> = english
            .texts()
            .filter(|(id, _)| english.around(*id).any(|around| around == main))
            .map(|(_, text)| text.trim())
            .filter(|text| text.len() > 30)
            .collect();
        let mut same = 0;
        for (id, text) in page.texts().filter(|(_, text)| words.contains(text.trim())) {
            if page.lies_in(id, "main") {
                same += 1;
                assert_eq!(page.language(id), Some("en"), "{}: {text}", page.address);
            }
        }
        assert!(
            same > 10,
            "{} has {same} texts of its English page",
            page.address
        );
    }
}

#[test]
fn the_words_of_the_frame_on_spanish_pages_are_spanish() {
    let label = "Aún sin traducir.";
    for (page, _) in fallbacks() {
        let at = page.texts().find(|(_, text)| text.trim() == label);
        let (id, _) =
            at.unwrap_or_else(|| panic!("{} does not say that its text is English", page.address));
        assert_eq!(page.language(id), Some("es"), "{}", page.address);
    }
}

#[test]
fn every_number_that_can_be_tapped_is_a_published_row() {
    let rows = helplines();
    let published: BTreeSet<&str> = rows
        .iter()
        .filter(|row| is_published(row))
        .flat_map(|row| [text(row, "dial"), text(row, "sms_to")])
        .flatten()
        .collect();
    let mut numbers = BTreeSet::new();
    for page in library().pages.values() {
        for link in page.links() {
            let number = link
                .strip_prefix("tel:")
                .or_else(|| link.strip_prefix("sms:"));
            let Some(number) = number else { continue };
            let number = number.split([',', '?']).next().unwrap_or(number);
            assert!(published.contains(number), "{}: {link}", page.address);
            numbers.insert(number.to_owned());
        }
    }
    assert!(
        numbers.contains("911") && numbers.contains("988"),
        "{numbers:?}"
    );
}

#[test]
fn every_page_says_at_its_start_and_its_end_whom_to_call_in_danger() {
    for page in pages() {
        let links = page.links();
        let calls: Vec<usize> = (0..links.len())
            .filter(|at| links[*at] == "tel:911")
            .collect();
        let crisis: Vec<usize> = (0..links.len())
            .filter(|at| matches!(links[*at], "tel:988" | "tel:988,2"))
            .collect();
        for numbers in [&calls, &crisis] {
            let first = numbers.first().copied().unwrap_or(usize::MAX);
            assert!(first <= 4, "{}: {first}", page.address);
            let last = numbers.last().copied().unwrap_or(0);
            assert!(last + 20 > links.len() && last != first, "{}", page.address);
        }
    }
}

#[test]
fn the_crisis_line_is_said_in_the_readers_language_with_the_keys_and_words_it_needs() {
    for page in pages() {
        let text = single_spaces(&page.text_of(page.only("body")));
        let links = page.links();
        let (words, call, message) = if page.address.starts_with("es/") {
            (
                "988 y oprima 2 (o mande AYUDA por texto al 988)",
                "tel:988,2",
                "sms:988?body=AYUDA",
            )
        } else {
            ("988 (or text 988)", "tel:988", "sms:988")
        };
        assert!(text.contains(words), "{}: {text}", page.address);
        for link in [call, message] {
            assert!(links.contains(&link), "{}: {links:?}", page.address);
        }
    }
}

#[test]
fn no_row_without_verification_is_printed() {
    for (file, name, keys) in [
        ("glossary", "term", ["definition", "definition"]),
        ("symptoms", "symptom", ["plain", "what_to_do"]),
    ] {
        let rows = table(&format!("content/_data/{file}.toml"));
        let rows = rows[name].as_array().unwrap();
        let is_hidden = |row: &&toml::Value| {
            let print = row.get("print").and_then(toml::Value::as_bool);
            !print.unwrap_or(row["verified"].as_str() == Some("yes"))
        };
        let words = |row: &toml::Value| keys.map(|key| row[key].as_str().unwrap().to_owned());
        let shown: Vec<_> = rows
            .iter()
            .filter(|row| !is_hidden(row))
            .map(words)
            .collect();
        let hidden: Vec<_> = rows.iter().filter(is_hidden).map(words).collect();
        assert!(shown.len() > 40 && hidden.len() > 3, "{file}");
        for words in hidden.iter().flatten().filter(|words| words.len() > 20) {
            let is_elsewhere = shown
                .iter()
                .flatten()
                .any(|other| other.contains(words.as_str()));
            for (address, bytes) in &library().files {
                let text = String::from_utf8_lossy(bytes);
                assert!(
                    is_elsewhere || !text.contains(words.as_str()),
                    "{address} shows {words}"
                );
            }
        }
    }
}

#[test]
fn no_row_that_must_be_verified_first_appears() {
    let rows = helplines();
    let (shown, hidden): (Vec<&toml::Table>, Vec<&toml::Table>) =
        rows.iter().partition(|row| is_published(row));
    assert!(!hidden.is_empty() && !shown.is_empty());
    let values = |row: &toml::Table| -> Vec<String> {
        ["show", "dial", "sms_to", "url"]
            .iter()
            .filter_map(|key| text(row, key).map(ToOwned::to_owned))
            .filter(|value| value.len() > 4)
            .collect()
    };
    let allowed: BTreeSet<String> = shown.iter().flat_map(|row| values(row)).collect();
    let sources = table("content/_data/sources.toml");
    let sources = sources["source"].as_array().unwrap();
    let source_urls: BTreeSet<&str> = sources
        .iter()
        .filter_map(|row| row.get("url")?.as_str())
        .collect();
    for row in hidden {
        for value in values(row) {
            let is_elsewhere = allowed.iter().any(|allowed| allowed.contains(&value));
            if is_elsewhere || source_urls.iter().any(|url| url.contains(&value)) {
                continue;
            }
            for (address, bytes) in &library().files {
                let text = String::from_utf8_lossy(bytes);
                assert!(
                    !text.contains(&value),
                    "{address} shows {value}, which must be verified first"
                );
            }
        }
    }
}

#[test]
fn no_page_has_a_unit_of_dose() {
    for page in library().pages.values() {
        for (_, text) in page.texts() {
            for word in
                text.split(|character: char| !character.is_alphanumeric() && character != 'µ')
            {
                let unit = word
                    .trim_start_matches(|character: char| character.is_ascii_digit())
                    .to_lowercase();
                assert!(
                    ![
                        "mg",
                        "mcg",
                        "µg",
                        "μg",
                        "milligram",
                        "milligrams",
                        "miligramos",
                        "ml"
                    ]
                    .contains(&unit.as_str()),
                    "{}: {text}",
                    page.address
                );
            }
        }
    }
}

#[test]
fn no_page_shows_an_id_for_editors_a_placeholder_or_an_unread_sign_of_markdown() {
    for page in pages() {
        for (id, text) in page.texts() {
            if page.lies_in(id, "code") || page.lies_in(id, "style") {
                continue;
            }
            for sign in [
                "[[",
                "]]",
                "[@",
                "{emergency}",
                "{crisis}",
                "{center",
                "[!",
                "![",
                "**",
                "stand-in-",
                "label-",
                "callout-",
                "{#",
            ] {
                assert!(!text.contains(sign), "{}: {sign} in {text}", page.address);
            }
        }
    }
}

#[test]
fn pictures_have_words_a_size_and_a_file() {
    for page in library().pages.values() {
        for image in page.all("img") {
            for name in ["alt", "width", "height", "src"] {
                assert!(
                    page.attribute(image, name).is_some(),
                    "{}: an image without {name}",
                    page.address
                );
            }
        }
    }
}

#[test]
fn tables_have_a_name_and_header_cells_with_a_scope() {
    let mut tables = 0;
    for page in library().pages.values() {
        for table in page.all("table") {
            tables += 1;
            let region = page.elements[table]
                .parent
                .expect("a table lies in a region");
            let is_named = page
                .attribute(region, "aria-label")
                .is_some_and(|name| !name.is_empty())
                || page.attribute(region, "aria-labelledby").is_some();
            assert!(is_named, "{}", page.address);
        }
        for cell in page.all("th") {
            assert!(page.attribute(cell, "scope").is_some(), "{}", page.address);
            assert!(
                !page.text_of(cell).trim().is_empty(),
                "{}: an empty header cell",
                page.address
            );
        }
    }
    assert!(tables > 4, "{tables}");
}

#[test]
fn every_page_is_reached_from_its_home() {
    let library = library();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = vec!["index.html".to_owned()];
    while let Some(address) = open.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let page = &library.pages[&address];
        for link in page
            .links()
            .into_iter()
            .filter(|link| !link.contains(':') && !link.starts_with('#'))
        {
            let path = link.split('#').next().unwrap_or(link);
            let target = follow(&address, path);
            if library.pages.contains_key(&target) {
                open.push(target);
            }
        }
    }
    let lost: Vec<&String> = library
        .pages
        .keys()
        .filter(|address| !seen.contains(*address) && *address != "404.html")
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn only_known_elements_stand_on_pages() {
    let known: BTreeSet<&str> = [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "section",
        "div",
        "header",
        "p",
        "span",
        "nav",
        "ul",
        "ol",
        "li",
        "main",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "s",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "button",
        "svg",
        "desc",
        "path",
        "rect",
        "text",
        "details",
        "summary",
        "sup",
        "bdi",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "img",
        "code",
        "pre",
        "blockquote",
        "style",
        "input",
        "article",
        "button",
        "time",
        "aside",
        "label",
        "noscript",
        "svg",
        "path",
        "template",
        "search",
        "form",
    ]
    .into();
    for page in library().pages.values() {
        for element in &page.elements {
            assert!(
                known.contains(element.name.as_str()),
                "{}: <{}>",
                page.address,
                element.name
            );
        }
    }
}
