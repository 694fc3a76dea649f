//! The search as readers use it: by keyboard, by touch, with any words, on narrow screens, and where something is broken.

use crate::chromium::{Mode, Tab, text};
use crate::search_sites::{SearchSite, copy_of_large, copy_of_library, signs};
use crate::sites::{Page, page, side_by_side, sites};
use crate::tools;
use serde_json::{Value, json};
use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const ARTICLE: &str = "en/tapering/how-tapering-works.html";
const HOME: &str = "en/index.html";

/// A word that stands nowhere, so that wherever it is found it was left there.
const STRANGE: &str = "zanzibarqux";

const FIELD: &str = "document.getElementById('sd-search-field')";
const PANEL: &str = "document.querySelector('.search-panel')";
const FAILED: &str = "document.querySelector('.search-failed')";
const OPTIONS: &str = "[...document.querySelectorAll('.search-options [role=option]')]";
const ACTIVE: &str =
    "document.getElementById('sd-search-field').getAttribute('aria-activedescendant')";

/// True where something is found and shown below the field.
const HAS_OPTIONS: &str = "(() => { const panel = document.querySelector('.search-panel'); \
    return panel && !panel.hidden && !panel.textContent.includes(document.getElementById('sd-search').dataset.busy); })()";
/// True where the results are there.
const HAS_RESULTS: &str = "(() => { const count = document.querySelector('.search-results .search-count'); \
    return count && count.textContent && count.textContent !== document.getElementById('sd-search').dataset.busy; })()";
const HAS_FAILED: &str = "!document.querySelector('.search-failed').hidden";

/// Forms in which the search is looked at: width and colors.
const FORMS: [(u32, Mode); 4] = [
    (320, Mode::Light),
    (320, Mode::Dark),
    (1280, Mode::Light),
    (1280, Mode::Dark),
];

#[test]
fn nothing_of_the_search_is_loaded_before_somebody_enters_the_field() {
    let mut tab = Tab::open();
    for address in [HOME, ARTICLE, "en/a-to-z.html"] {
        open(&mut tab, &page("library", address).http());
        tab.press("Tab");
        tab.catch_up();
        assert_eq!(of_search(&tab), [""; 0], "{address}");
    }
    open(&mut tab, &page("library", ARTICLE).http());
    enter(&mut tab);
    tab.wait_until("Boolean(stepdown.box)");
    tab.wait_until(
        "performance.getEntriesByName(stepdown.engine.root + 'search/en/index.js').length > 0",
    );
    tab.catch_up();
    let all = [
        "assets/search-engine.js",
        "assets/search.js",
        "search/en/index.js",
    ];
    assert_eq!(of_search(&tab), all);
    write(&mut tab, "taper");
    tab.wait_until(HAS_OPTIONS);
    tab.catch_up();
    assert_eq!(of_search(&tab), all);
}

#[test]
fn the_words_of_a_question_stay_in_the_field_and_in_the_history() {
    for over_http in [true, false] {
        let article = page("library", ARTICLE);
        let address = if over_http {
            article.http()
        } else {
            article.file()
        };
        let mut tab = Tab::open();
        open(&mut tab, &address);
        enter(&mut tab);
        for letter in format!("{STRANGE} sleep").chars() {
            tab.press(&letter.to_string());
        }
        tab.wait_until(HAS_OPTIONS);
        has_no_trace(&mut tab, "while it is written");
        arrow(&mut tab, "ArrowDown");
        has_no_trace(&mut tab, "while an option is chosen");
        tab.press("Escape");
        tab.press("Enter");
        tab.wait_until(HAS_RESULTS);
        has_no_trace(&mut tab, "in the results");
        assert_eq!(tab.text("location.href"), address);
        assert_eq!(
            tab.text("history.state.stepdownSearch"),
            format!("{STRANGE} sleep")
        );
        back(&mut tab);
        tab.wait_until("!document.querySelector('.search-results')");
        has_no_trace(&mut tab, "on the page again");
        forward(&mut tab);
        tab.wait_until(HAS_RESULTS);
        leave(&mut tab, |tab| tab.click(".search-list a"));
        has_no_trace(&mut tab, "on the page that was found");
        back(&mut tab);
        tab.wait_until(HAS_RESULTS);
        has_no_trace(&mut tab, "in the results again");
        // What is looked for would be found.
        for keep in [
            "document.title = WORD",
            "document.body.dataset.a = WORD",
            "localStorage.setItem('a', WORD)",
            "history.replaceState(history.state, '', '#' + WORD)",
            "performance.mark(WORD)",
        ] {
            let before = traces(&mut tab).len();
            tab.value(&keep.replace("WORD", &json!(STRANGE).to_string()));
            assert!(traces(&mut tab).len() > before, "{keep} is not found");
        }
    }
}

#[test]
fn the_field_is_a_combobox_that_the_keyboard_works() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    enter(&mut tab);
    tab.wait_until("Boolean(stepdown.box)");
    let of_field = |name: &str| format!("{FIELD}.getAttribute('{name}')");
    assert_eq!(tab.text(&of_field("role")), "combobox");
    assert_eq!(tab.text(&of_field("aria-autocomplete")), "list");
    assert_eq!(tab.text(&of_field("aria-expanded")), "false");
    let list = "document.getElementById(document.getElementById('sd-search-field').getAttribute('aria-controls'))";
    assert_eq!(tab.text(&format!("{list}.getAttribute('role')")), "listbox");

    write(&mut tab, "tapering");
    tab.wait_until(HAS_OPTIONS);
    assert_eq!(tab.text(&of_field("aria-expanded")), "true");
    let count = tab.value(&format!("{OPTIONS}.length")).as_u64().unwrap();
    assert!((2..=6).contains(&count), "{count} options");
    assert!(tab.is(&format!(
        "new Set({OPTIONS}.map((one) => one.id)).size === {count}"
    )));
    assert!(tab.is(&format!("!{ACTIVE} && {OPTIONS}.every((one) => one.getAttribute('aria-selected') === 'false' && one.tabIndex < 0)")));
    // What the browser tells those who hear the page.
    let told = tab.call("Accessibility.getFullAXTree", json!({}));
    let named = |role: &str| -> Vec<String> {
        let nodes = told["nodes"].as_array().unwrap().iter();
        let of_role = nodes.filter(|node| node["role"]["value"] == role && node["ignored"] != true);
        of_role.map(|node| text(&node["name"]["value"])).collect()
    };
    assert_eq!(named("combobox"), ["Search this library"]);
    assert_eq!(named("listbox"), ["Search results"]);
    let options = named("option");
    assert_eq!(options.len() as u64, count);
    assert!(options.iter().all(|name| name.len() > 5), "{options:?}");

    let chosen = |tab: &mut Tab| -> i64 {
        let place = tab
            .value(&format!(
                "{OPTIONS}.findIndex((one) => one.id === {ACTIVE})"
            ))
            .as_i64()
            .unwrap();
        let selected = tab.value(&format!(
            "{OPTIONS}.findIndex((one) => one.getAttribute('aria-selected') === 'true')"
        ));
        assert_eq!(selected, place);
        assert!(tab.is(&format!("document.activeElement === {FIELD}")));
        place
    };
    for (key, place) in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", i64::try_from(count).unwrap() - 1),
        ("ArrowDown", 0),
        ("ArrowLeft", -1),
    ] {
        arrow(&mut tab, key);
        assert_eq!(chosen(&mut tab), place, "{key}");
    }
    arrow(&mut tab, "ArrowDown");
    tab.press("Escape");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && {FIELD}.value === 'tapering' && !{ACTIVE}"
    )));
    assert_eq!(tab.text(&of_field("aria-expanded")), "false");
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(HAS_OPTIONS);
    tab.press("Escape");
    tab.press("Escape");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && {FIELD}.value === '' && document.activeElement === {FIELD}"
    )));

    write(&mut tab, "tapering");
    tab.wait_until(HAS_OPTIONS);
    tab.press("Tab");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && document.activeElement === document.querySelector('.search-submit')"
    )));

    tab.click("#sd-search-field");
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(HAS_OPTIONS);
    arrow(&mut tab, "ArrowDown");
    arrow(&mut tab, "ArrowDown");
    let name = tab.text(&format!(
        "document.getElementById({ACTIVE}).querySelector('.option-title bdi').textContent"
    ));
    leave(&mut tab, |tab| tab.press("Enter"));
    assert_eq!(
        tab.text("document.querySelector('main h1').innerText.trim()"),
        name
    );
    assert!(tab.faults.is_empty(), "{:?}", tab.faults);
}

#[test]
fn the_popup_of_danger_is_left_by_its_numbers_and_closed_by_escape() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    suggest(&mut tab, "i want to die");
    tab.press("Tab");
    assert!(tab.is("document.activeElement === document.querySelector('.search-submit')"));
    tab.press("Tab");
    assert!(tab.is("document.activeElement.matches('.search-above .callout-emergency a[href^=\"tel:\"], .search-above .callout-emergency a[href^=\"sms:\"]')"));
    tab.press("Escape");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && document.activeElement === {FIELD}"
    )));
}

#[test]
fn enter_shows_results_and_back_gives_the_page_as_it_was() {
    for address in [
        page("library", ARTICLE).http(),
        page("library", ARTICLE).file(),
    ] {
        let mut tab = Tab::open();
        open(&mut tab, &address);
        let title = tab.text("document.title");
        enter(&mut tab);
        write(&mut tab, "tapering");
        tab.wait_until(HAS_OPTIONS);
        tab.value("scrollTo(0, 700)");
        tab.press("Enter");
        tab.wait_until(HAS_RESULTS);
        assert!(tab.is("document.activeElement.matches('main h1') && document.activeElement.innerText === 'Search results'"));
        assert!(tab.is("[...document.querySelectorAll('h1')].filter((one) => one.checkVisibility()).length === 1"));
        assert!(tab.is(
            "scrollY === 0 && document.activeElement.getBoundingClientRect().top < innerHeight"
        ));
        assert!(tab.is("document.querySelector('.search-count').getAttribute('role') === 'status' && /\\d/.test(document.querySelector('.search-count').textContent)"));
        assert_eq!(
            tab.text("document.title"),
            "Search results – Benzodiazepines: a recovery library"
        );
        assert!(tab.is("document.querySelectorAll('.search-list > li h2 a').length === 10"));
        assert!(tab.is("[...document.querySelectorAll('.search-list mark')].filter((one) => /^taper/i.test(one.innerText)).length >= 3"));
        assert!(
            tab.is("document.querySelectorAll('.breadcrumb, .site-footer, .strip').length >= 3")
        );
        assert!(tab.is(&format!("{PANEL}.hidden && {FIELD}.value === 'tapering'")));
        // A new question takes the place of the last.
        tab.click("#sd-search-field");
        tab.value(&format!("{FIELD}.select()"));
        write(&mut tab, "sleep");
        tab.press("Enter");
        tab.wait_until("document.querySelector('.search-words').textContent.includes('sleep')");
        tab.wait_until(HAS_RESULTS);
        back(&mut tab);
        tab.wait_until("!document.querySelector('.search-results')");
        assert_eq!(tab.text("document.title"), title);
        assert!(tab.is("scrollY === 700"), "at {}", tab.value("scrollY"));
        assert!(tab.is(
            "[...document.querySelector('main').children].some((one) => one.checkVisibility())"
        ));
        assert!(tab.is("document.querySelector('main h1').checkVisibility()"));
        forward(&mut tab);
        tab.wait_until(HAS_RESULTS);
        tab.click(".search-back");
        tab.wait_until("!document.querySelector('.search-results')");
        assert!(tab.faults.is_empty(), "{:?}", tab.faults);
    }
}

#[test]
fn back_from_a_page_that_was_found_shows_the_same_results() {
    for address in [
        page("library", ARTICLE).http(),
        page("library", ARTICLE).file(),
    ] {
        let mut tab = Tab::open();
        open(&mut tab, &address);
        results(&mut tab, "sleep");
        let count = tab.text("document.querySelector('.search-count').textContent");
        tab.click(".search-more");
        tab.wait_until("document.querySelectorAll('.search-list > li').length > 10");
        let shown = tab.value("document.querySelectorAll('.search-list > li').length");
        assert!(
            tab.is("document.activeElement === document.querySelectorAll('.search-list a')[10]")
        );
        let title = tab.text("document.activeElement.querySelector('bdi').textContent");
        let scroll = tab.value("scrollY");
        leave(&mut tab, |tab| tab.press("Enter"));
        assert_eq!(
            tab.text("document.querySelector('main h1').innerText.trim()"),
            title
        );
        assert!(!tab.is("Boolean(document.querySelector('.search-results'))"));
        back(&mut tab);
        tab.wait_until(HAS_RESULTS);
        assert_eq!(
            tab.text("document.querySelector('.search-count').textContent"),
            count
        );
        assert_eq!(
            tab.value("document.querySelectorAll('.search-list > li').length"),
            shown
        );
        assert_eq!(tab.text(&format!("{FIELD}.value")), "sleep");
        tab.wait_until(&format!("Math.abs(scrollY - {scroll}) < 5"));
        back(&mut tab);
        tab.wait_until("!document.querySelector('.search-results')");
        assert!(tab.is("document.querySelector('main h1').checkVisibility()"));
        assert!(tab.faults.is_empty(), "{:?}", tab.faults);
    }
}

#[test]
fn a_result_on_the_page_itself_shows_the_page_and_back_shows_the_results() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    results(&mut tab, "how tapering works");
    let own = "[...document.querySelectorAll('.search-list a')].findIndex((one) => one.href.split('#')[0] === location.href.split('#')[0])";
    let place = tab.value(own).as_i64().unwrap();
    assert!(place >= 0, "the page does not find itself");
    tab.click(&format!(".search-list > li:nth-child({}) a", place + 1));
    tab.wait_until("!document.querySelector('.search-results')");
    assert!(tab.is("document.querySelector('main h1').checkVisibility()"));
    back(&mut tab);
    tab.wait_until(HAS_RESULTS);
}

#[test]
fn a_tap_on_an_option_opens_its_page() {
    let mut tab = Tab::open();
    tab.be_a_phone();
    open(&mut tab, &page("library", ARTICLE).http());
    tab.tap("document.querySelector('.search-open')");
    tab.wait_until(&format!("document.activeElement === {FIELD}"));
    write(&mut tab, "sleep");
    tab.wait_until(HAS_OPTIONS);
    let name = tab.text(&format!(
        "{OPTIONS}[1].querySelector('.option-title bdi').textContent"
    ));
    leave(&mut tab, |tab| tab.tap(&format!("{OPTIONS}[1]")));
    assert_eq!(
        tab.text("document.querySelector('main h1').innerText.trim()"),
        name
    );
}

#[test]
fn on_a_phone_the_button_opens_the_field_and_escape_closes_it() {
    let mut tab = Tab::open();
    tab.size(320, 568);
    open(&mut tab, &page("library", ARTICLE).http());
    assert!(tab.is(&format!("!{FIELD}.checkVisibility()")));
    assert!(
        tab.is("document.querySelector('.search-open').getAttribute('aria-expanded') === 'false'")
    );
    tab.click(".search-open");
    assert!(tab.is(&format!(
        "{FIELD}.checkVisibility() && document.activeElement === {FIELD}"
    )));
    assert!(
        tab.is("document.querySelector('.search-open').getAttribute('aria-expanded') === 'true'")
    );
    tab.press("Escape");
    assert!(tab.is(&format!("!{FIELD}.checkVisibility() && document.activeElement === document.querySelector('.search-open')")));
}

#[test]
fn in_danger_the_numbers_stand_above_what_is_found() {
    let mut tab = Tab::open();
    for (width, height) in [(320, 568), (1280, 800)] {
        tab.size(width, height);
        for (words, card, has_number) in [
            ("i want to die", "callout-emergency", true),
            ("ativan to valium", "callout-important", false),
        ] {
            let place = format!("{words:?} at {width} px");
            open(&mut tab, &page("library", ARTICLE).http());
            suggest(&mut tab, words);
            assert!(
                tab.is(&is_above(
                    ".search-above",
                    card,
                    ".search-options",
                    has_number
                )),
                "{place}, popup"
            );
            tab.press("Enter");
            tab.wait_until(HAS_RESULTS);
            assert!(
                tab.is(&is_above(".search-results", card, ".search-list", true)),
                "{place}, results"
            );
            if has_number {
                assert!(tab.is("document.querySelector('.search-answer a[href^=\"tel:\"]').getBoundingClientRect().bottom <= innerHeight"), "{place}");
            }
        }
    }
}

#[test]
fn where_nothing_is_found_stands_whom_to_call_and_the_list() {
    let mut tab = Tab::open();
    for (language, words) in [("en", "qqqqq"), ("es", "qqqqq")] {
        open(
            &mut tab,
            &page("library", &format!("{language}/index.html")).http(),
        );
        results(&mut tab, words);
        assert!(tab.is("document.querySelectorAll('.search-list li').length === 0"));
        assert!(tab.is("[...document.querySelectorAll('.search-results .search-answer a[href^=\"tel:\"]')].some((one) => one.checkVisibility())"), "{language}");
        let list = tab.text("[...document.querySelectorAll('.search-results a')].map((one) => one.href).find((address) => address.includes('a-to-z')) || ''");
        assert!(
            list.ends_with(&format!("library/{language}/a-to-z.html")),
            "{list}"
        );
    }
}

#[test]
fn words_are_never_silently_taken_for_others() {
    let mut tab = Tab::open();
    let article = page("library", ARTICLE).http();
    let noted = |tab: &mut Tab, place: &str| {
        tab.texts(&format!(
            "[...document.querySelectorAll('{place} .search-note')].map((one) => one.textContent)"
        ))
    };
    for (typed, meant) in [
        ("tappering", "tapering"),
        ("oxazepan", "oxazepam"),
        ("lorazepem", "lorazepam"),
    ] {
        open(&mut tab, &article);
        suggest(&mut tab, &format!("{typed} "));
        let said = noted(&mut tab, ".search-above").join("\n");
        assert!(
            said.contains(&format!("“{typed}”")) && said.contains(meant),
            "{typed}: {said}"
        );
        tab.press("Enter");
        tab.wait_until(HAS_RESULTS);
        let said = noted(&mut tab, ".search-results").join("\n");
        assert!(
            said.contains(&format!("“{typed}”")) && said.contains(meant),
            "{typed}: {said}"
        );
        assert!(
            tab.text("document.querySelector('.search-words').textContent")
                .contains(typed)
        );
        assert_eq!(tab.text(&format!("{FIELD}.value")).trim(), typed);
    }
    // One letter from two medicines: the reader chooses.
    open(&mut tab, &article);
    results(&mut tab, "clorazepam and sleep");
    let offered = tab.texts("[...document.querySelectorAll('.search-results .search-meant')].map((one) => one.textContent)");
    assert!(
        offered.contains(&"clonazepam".to_owned()) && offered.contains(&"lorazepam".to_owned()),
        "{offered:?}"
    );
    tab.click(".search-results .search-meant");
    tab.wait_until(&format!(
        "document.querySelector('.search-words').textContent.includes({:?})",
        format!("{} and sleep", offered[0])
    ));
    tab.wait_until(HAS_RESULTS);
    assert!(noted(&mut tab, ".search-results").is_empty());
    // A medicine that no page has.
    open(&mut tab, &article);
    results(&mut tab, "metformin");
    let said = noted(&mut tab, ".search-results").join("\n");
    assert!(said.contains("“metformin”"), "{said}");
}

#[test]
fn any_words_are_taken_as_words() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    let here = tab.text("location.href");
    for empty in ["", "  ", "\u{3000}\t"] {
        replace(&mut tab, empty);
        tab.press("Enter");
        tab.wait_until("[...document.querySelectorAll('#sd-search-form [role=status]')].some((one) => one.textContent === document.getElementById('sd-search').dataset.empty && one.checkVisibility())");
        assert!(tab.is("!document.querySelector('.search-results') && !history.state"));
    }
    let long = "a".repeat(10_000);
    let many = "tapering sleep ".repeat(5_000);
    for words in [
        long.as_str(),
        &many,
        "😀😀 👩‍⚕️",
        "تقليل taper الجرعة",
        "\u{202e}taper\u{202c} \u{200f}",
        r".*+?^${}()|[]\\ taper",
        "<img src=x onerror=\"window.hit=1\"> <b>taper</b>",
        "</script><script>window.hit=1</script>",
        "__proto__ constructor toString",
        "!!!",
        "%00 %2e%2e/ ?a=b#c & &amp; taper",
    ] {
        let start = Instant::now();
        replace(&mut tab, words);
        tab.press("Enter");
        let shown: String = words.trim().chars().take(40).collect();
        tab.wait_until(&format!(
            "document.querySelector('.search-words')?.textContent.includes({})",
            json!(shown)
        ));
        tab.wait_until(HAS_RESULTS);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?} for {shown}");
        assert!(
            tab.is("document.querySelector('.search-words').textContent.length < 300"),
            "{shown}"
        );
        assert!(tab.is("!document.querySelector('main :is(img, script, b):not([hidden] *)') && window.hit === undefined"), "{shown}");
        assert_eq!(tab.text("location.href"), here);
        // What holds no letter asks nothing.
        if words.chars().any(char::is_alphabetic) {
            replace(&mut tab, words);
            tab.wait_until(HAS_OPTIONS);
        }
        assert!(
            tab.is(&format!("!{PANEL}.querySelector('img, script, b')")),
            "{shown}"
        );
        assert!(
            tab.is("document.scrollingElement.scrollWidth <= innerWidth"),
            "{shown}"
        );
    }
    tab.catch_up();
    assert!(tab.faults.is_empty(), "{:?}", tab.faults);
}

#[test]
fn signs_in_titles_headings_and_texts_are_shown_as_they_are() {
    let site = signs();
    let mut tab = Tab::open();
    for address in [site.http(HOME), site.file(HOME)] {
        open(&mut tab, &site.http("en/part/bold.html"));
        let title = tab.text("document.querySelector('main h1').textContent");
        let heading = tab.text("[...document.querySelectorAll('main h2')].map((one) => one.textContent.trim()).find((one) => one.includes('kumquat'))");
        assert!(
            heading.contains("<script>") && title.contains('&'),
            "{title} {heading}"
        );
        let path = "The <u>part</u> & \"all\"";
        open(&mut tab, &address);
        suggest(&mut tab, "kumquat");
        let shown = tab.text(&format!("{PANEL}.textContent"));
        for words in [&title, &heading, path] {
            assert!(shown.contains(words), "no {words:?} in {shown:?}");
        }
        assert!(tab.is(&format!("!{PANEL}.querySelector('img, script, b, u, i')")));
        tab.press("Enter");
        tab.wait_until(HAS_RESULTS);
        let shown = tab.text("document.querySelector('.search-list').textContent");
        for words in [
            &title,
            &heading,
            path,
            "<img src=x onerror=alert(1)> and 1 < 2 & 3.",
        ] {
            assert!(shown.contains(words), "no {words:?} in {shown:?}");
        }
        assert!(tab.is("!document.querySelector('.search-results :is(img, script, b, u, i)')"));
        open(&mut tab, &address);
        results(&mut tab, "a short sentence");
        let shown = tab.text("document.querySelector('.search-list').textContent");
        let summary = "One <i>short</i> \"sentence\" & more.";
        assert!(shown.contains(summary), "no {summary:?} in {shown:?}");
        assert!(tab.is("!document.querySelector('.search-results :is(img, script, b, u, i)')"));
        tab.catch_up();
        assert!(tab.faults.is_empty(), "{:?}", tab.faults);
    }
}

/// What can happen to a file on its way.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Missing,
    Cut,
    Empty,
    /// Of another build, whose pages have other numbers.
    Other,
}

#[test]
fn where_a_file_of_the_search_is_broken_the_page_says_so_and_can_try_again() {
    let small = copy_of_library("broken-library");
    let large = copy_of_large("broken-large");
    let mut tab = Tab::open();
    let (term, pages) = parts_for(&mut tab, &large, "tapering");
    for (site, file, kinds) in [
        (
            &small,
            "assets/search-engine.js",
            &[Broken::Missing, Broken::Cut, Broken::Empty][..],
        ),
        (
            &small,
            "assets/search.js",
            &[Broken::Missing, Broken::Cut, Broken::Empty],
        ),
        (
            &small,
            "search/en/index.js",
            &[Broken::Missing, Broken::Cut, Broken::Empty],
        ),
        (&large, "search/en/index.js", &[Broken::Missing]),
        (
            &large,
            &term,
            &[Broken::Missing, Broken::Cut, Broken::Empty, Broken::Other],
        ),
        (
            &large,
            &pages,
            &[Broken::Missing, Broken::Cut, Broken::Empty, Broken::Other],
        ),
    ] {
        let path = site.web.join(file);
        let whole = fs::read_to_string(&path).unwrap();
        for (number, kind) in kinds.iter().enumerate() {
            let place = format!("{kind:?} {file}");
            break_file(&path, &whole, *kind);
            let address = if number % 2 == 0 {
                site.http(HOME)
            } else {
                site.file(HOME)
            };
            open(&mut tab, &address);
            enter(&mut tab);
            write(&mut tab, "tapering");
            tab.wait_until(HAS_FAILED);
            assert!(tab.is(&is_told("#sd-search-form")), "{place}");
            tab.press("Enter");
            // The message is in the place of the results, unless the script that shows them is what is broken.
            let place_of_message = if file.starts_with("assets") {
                "#sd-search-form"
            } else {
                ".search-results"
            };
            tab.wait_until(&is_told(place_of_message));
            assert!(tab.is("document.querySelector('.strip a[href^=\"tel:\"]').checkVisibility() && document.querySelector('.breadcrumb, .site-name').checkVisibility()"));
            fs::write(&path, &whole).unwrap();
            tab.click(".search-again");
            tab.wait_until(HAS_RESULTS);
            assert!(
                tab.is("document.querySelectorAll('.search-list li').length > 0"),
                "{place}"
            );
            assert!(tab.is(&format!("{FAILED}.hidden")), "{place}");
        }
    }
}

#[test]
fn without_scripts_the_list_stands_where_the_search_would_be() {
    let mut tab = Tab::open();
    for width in [320, 1280] {
        tab.size(width, 800);
        for address in [HOME, ARTICLE, "es/index.html"] {
            tab.scripts(false);
            open(&mut tab, &page("library", address).file());
            tab.scripts(true);
            assert!(
                tab.is("document.querySelector('.search-instead a').checkVisibility()"),
                "{address}"
            );
            assert!(
                tab.text("document.querySelector('.search-instead a').href")
                    .ends_with(&format!("/{}/a-to-z.html", &address[..2]))
            );
            assert!(tab.is("[...document.querySelectorAll('input, button, search')].every((one) => !one.checkVisibility())"), "{address}");
        }
    }
    open(&mut tab, &page("library", ARTICLE).file());
    assert!(tab.is("!document.querySelector('.search-instead').checkVisibility()"));
    assert!(tab.is(&format!("{FIELD}.checkVisibility()")));
}

/// What is shown of the search: on which page, for which words, and whether as results.
type Subject = (&'static Page, &'static str, bool);

fn subjects() -> Vec<Subject> {
    let english = page("library", ARTICLE);
    let arabic = page("gallery", "ar/components/text.html");
    let mut subjects = Vec::new();
    for is_results in [false, true] {
        for words in [
            "tapering",
            "i want to die",
            "ativan to valium",
            "clorazepam",
            "qqqqq",
        ] {
            subjects.push((english, words, is_results));
        }
        for words in ["النص", "qqqqq"] {
            subjects.push((arabic, words, is_results));
        }
    }
    subjects
}

#[test]
fn popup_and_results_have_no_faults_for_axe_are_large_enough_to_touch_and_fit_on_phones() {
    side_by_side(&subjects(), |tab, (page, words, is_results)| {
        let mut faults = Vec::new();
        tab.call("Page.setBypassCSP", json!({"enabled": true}));
        for (width, mode) in FORMS {
            tab.size(width, if width < 1000 { 568 } else { 800 });
            tab.show(mode);
            open(tab, &page.http());
            show(tab, words, *is_results);
            let what = if *is_results { "results" } else { "popup" };
            let place = format!(
                "{what} of {words:?} in {} at {width} px, {}",
                page.name(),
                mode.name()
            );
            let mut found = Vec::new();
            if mode == Mode::Light {
                found.extend(axe(tab, false));
                found.extend(tab.found(include_str!("targets.js")));
                found.extend(tab.found(SMALL));
            }
            if mode == Mode::Light && width == 320 {
                found.extend(tab.found(include_str!("sideways.js")));
            }
            found.extend(axe(tab, true));
            faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
        }
        faults
    });
}

/// Gives the parts of the search that are smaller than 44 pixels.
const SMALL: &str = "(() => [...document.querySelectorAll('.search-options li, .search-list h2 a, .search button, .search-results button, .search-row input')]
  .filter((one) => one.checkVisibility())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.95 || box.height < 43.95)
  .map(([one, box]) => `a part of the search is smaller than 44 px | ${name(one)} is ${box.width} × ${box.height} px`))()";

/// Gives what axe finds on the page that is open, and what it could not decide and nobody has answered.
fn axe(tab: &mut Tab, is_of_colors: bool) -> Vec<String> {
    static AXE: OnceLock<String> = OnceLock::new();
    let file = || fs::read_to_string(tools::package("axe-core/axe.min.js")).unwrap();
    tab.value(AXE.get_or_init(file));
    let unfit = ".filter((id) => !unfit.includes(id))";
    let script = include_str!("axe.js");
    assert!(script.contains(unfit));
    let found = if is_of_colors {
        // Where the page shows through beside the popup, axe cannot tell the ground of words; the popup is looked at alone.
        tab.value(
            "if (!document.querySelector('.search-results')) for (const one of document.querySelectorAll('main, footer')) one.style.visibility = 'hidden'",
        );
        tab.value(&script.replace(unfit, ".filter((id) => id.startsWith('color-contrast'))"))
    } else {
        tab.value(&script.replace(
            unfit,
            ".filter((id) => !unfit.includes(id) && !id.startsWith('color-contrast'))",
        ))
    };
    let answers: toml::Table = include_str!("incomplete.toml").parse().unwrap();
    let answers = answers["entry"].as_array().unwrap();
    let part = |entry: &Value, key: &str| text(&entry[key]);
    let is_answered = |entry: &Value| {
        let keys = ["rule", "where", "question"];
        let is_answer = |answer: &toml::Value| {
            keys.iter()
                .all(|key| answer[*key].as_str() == entry[*key].as_str())
        };
        // A single letter in a title is text. Over the second line of a card's title lies only the empty edge of a telephone link in its
        // first line, and it has no ground of its own.
        let is_edge =
            part(entry, "where") == ".callout-title" && part(entry, "question") == "bgOverlap";
        part(entry, "question") == "shortTextContent" || is_edge || answers.iter().any(is_answer)
    };
    let violations = found["violations"].as_array().unwrap().iter();
    let open = found["incomplete"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| !is_answered(entry));
    violations
        .chain(open)
        .map(|entry| {
            format!(
                "{} in {} ({}): {} | {}",
                part(entry, "rule"),
                part(entry, "where"),
                part(entry, "question"),
                part(entry, "summary"),
                part(entry, "html")
            )
        })
        .collect()
}

/// Shows the popup or the results of some words on the page that is open.
pub(crate) fn show(tab: &mut Tab, words: &str, is_results: bool) {
    if is_results {
        results(tab, words);
    } else {
        suggest(tab, words);
    }
}

/// Opens a page as somebody who comes from elsewhere: where the address stays the same, the browser would keep the entry of the history.
pub(crate) fn open(tab: &mut Tab, address: &str) {
    tab.visit("about:blank");
    tab.visit(address);
}

/// Goes into the field; on a phone the field is opened first.
fn enter(tab: &mut Tab) {
    let is_closed = "Boolean(document.querySelector('.search-open').offsetParent) && !document.getElementById('sd-search-field').offsetParent";
    let at = if tab.is(is_closed) {
        ".search-open"
    } else {
        "#sd-search-field"
    };
    tab.click(at);
    tab.wait_until(&format!("document.activeElement === {FIELD}"));
}

/// Writes words where the focus is.
fn write(tab: &mut Tab, words: &str) {
    tab.call("Input.insertText", json!({"text": words}));
}

/// Writes words in place of those in the field.
fn replace(tab: &mut Tab, words: &str) {
    enter(tab);
    tab.wait_until("Boolean(stepdown.box)");
    tab.value(&format!("{FIELD}.value = ''"));
    write(tab, words);
}

/// Writes words and waits for the popup.
fn suggest(tab: &mut Tab, words: &str) {
    enter(tab);
    write(tab, words);
    tab.wait_until(HAS_OPTIONS);
}

/// Writes words and waits for the results.
fn results(tab: &mut Tab, words: &str) {
    enter(tab);
    write(tab, words);
    tab.press("Enter");
    tab.wait_until(HAS_RESULTS);
}

/// Presses an arrow key.
fn arrow(tab: &mut Tab, key: &str) {
    let number = match key {
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        _ => 40,
    };
    for kind in ["rawKeyDown", "keyUp"] {
        tab.call(
            "Input.dispatchKeyEvent",
            json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": number}),
        );
    }
}

fn back(tab: &mut Tab) {
    tab.value("void setTimeout(() => history.back())");
}

fn forward(tab: &mut Tab) {
    tab.value("void setTimeout(() => history.forward())");
}

/// Does what leads to another page, and waits until that is loaded.
fn leave(tab: &mut Tab, act: impl FnOnce(&mut Tab)) {
    let before = tab.text("location.pathname");
    act(tab);
    tab.wait_until(&format!(
        "location.pathname !== {before:?} && document.readyState === 'complete'"
    ));
}

/// Gives the files of the search that were asked for since the page was opened.
fn of_search(tab: &Tab) -> Vec<String> {
    let start = format!("{}library/", sites().http);
    let files = tab
        .requests
        .iter()
        .filter_map(|address| address.strip_prefix(&start));
    files
        .filter(|file| file.contains("search"))
        .map(str::to_owned)
        .collect()
}

fn traces(tab: &mut Tab) -> Vec<String> {
    tab.texts(&include_str!("search_traces.js").replace("WORD", &json!(STRANGE).to_string()))
}

fn has_no_trace(tab: &mut Tab, moment: &str) {
    let found = traces(tab);
    assert!(found.is_empty(), "{moment}: {found:?}");
    let asked: Vec<&String> = tab
        .requests
        .iter()
        .filter(|address| address.contains(STRANGE))
        .collect();
    assert!(asked.is_empty(), "{moment}: {asked:?}");
    assert!(tab.requests.len() > 2, "no request is seen");
}

/// Is true where a card stands wholly above a list, and its numbers, if it has some, can be tapped.
fn is_above(place: &str, card: &str, list: &str, has_number: bool) -> String {
    format!(
        "(() => {{
          const card = document.querySelector('{place} .search-answer.{card}');
          const list = document.querySelector('{list}');
          if (!card || !card.checkVisibility()) return false;
          const numbers = [...card.querySelectorAll('a[href^=\"tel:\"]')];
          const can = numbers.every((one) => {{
            one.scrollIntoView({{ block: 'center' }});
            const box = one.getClientRects()[0];
            return one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
          }});
          scrollTo(0, 0);
          const isAbove = !list || !list.checkVisibility() || card.getBoundingClientRect().bottom <= list.getBoundingClientRect().top + 1;
          return isAbove && can && (numbers.length > 0 || !{has_number});
        }})()"
    )
}

/// Is true where a place says that the search is broken, with a button and the list of all pages.
fn is_told(place: &str) -> String {
    format!(
        "(() => {{
          const told = document.querySelector('{place} .search-failed');
          return Boolean(told) && told.checkVisibility() && told.textContent.trim().length > 20
            && told.querySelector('.search-again').checkVisibility() && /a-to-z\\.html$/.test(told.querySelector('a').href);
        }})()"
    )
}

/// Gives the parts of the index that a question loads: one with words and one with pages.
fn parts_for(tab: &mut Tab, site: &SearchSite, words: &str) -> (String, String) {
    open(tab, &site.http(HOME));
    tab.value(&format!(
        "stepdown.search({words:?}).then((found) => found.total)"
    ));
    let part = |kind: &str| -> String {
        let start = format!("search/en/{kind}");
        let mut files = tab
            .requests
            .iter()
            .filter_map(|address| address.split_once(&start));
        let (_, rest) = files
            .next()
            .unwrap_or_else(|| panic!("no part {kind} was loaded"));
        format!("{start}{}", rest.split('?').next().unwrap_or_default())
    };
    (part("t"), part("d"))
}

fn break_file(path: &std::path::Path, whole: &str, kind: Broken) {
    match kind {
        Broken::Missing => fs::remove_file(path).unwrap(),
        Broken::Cut => {
            let half: String = whole.chars().take(whole.chars().count() / 2).collect();
            fs::write(path, half).unwrap();
        }
        Broken::Empty => fs::write(path, "").unwrap(),
        Broken::Other => {
            let layout = whole.split('"').nth(3).expect("a part names its layout");
            fs::write(path, whole.replacen(layout, "00000000", 1)).unwrap();
        }
    }
}
