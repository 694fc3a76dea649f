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
const OPTIONS: &str = "[...document.querySelectorAll('.search-options a')]";
/// All that can be pressed in the popup.
const STOPS: &str = "[...document.querySelectorAll('.search-panel a, .search-panel button')]";

/// True where something is found and shown below the field.
const HAS_OPTIONS: &str = "(() => { const panel = document.querySelector('.search-panel'); \
    return panel && !panel.hidden && !panel.textContent.includes(document.getElementById('sd-search').dataset.busy); })()";
/// True where the results are there.
const HAS_RESULTS: &str = "(() => { const found = document.querySelector('.search-found'); \
    return found && found.textContent && found.textContent !== document.getElementById('sd-search').dataset.busy; })()";
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
fn the_field_is_a_combobox_with_a_dialog_that_the_keyboard_works() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    enter(&mut tab);
    tab.wait_until("Boolean(stepdown.box)");
    assert!(tab.is(&format!(
        "document.getElementById({FIELD}.getAttribute('aria-controls')) === {PANEL}"
    )));
    let closed = "combobox \"Search this library\" hasPopup=dialog expanded=false";
    let opened = "combobox \"Search this library\" hasPopup=dialog expanded=true";
    assert_eq!(told(&mut tab, &["combobox", "dialog"]), [closed]);

    write(&mut tab, "tapering");
    tab.wait_until(HAS_OPTIONS);
    let count = tab.value(&format!("{OPTIONS}.length")).as_u64().unwrap();
    assert!((2..=6).contains(&count), "{count} options");
    assert_eq!(
        told(&mut tab, &["search", "combobox", "dialog"]),
        ["search \"\"", opened, "dialog \"Search results\""]
    );
    let names = tab.texts(&format!("{OPTIONS}.map((one) => one.textContent)"));
    let links = told(&mut tab, &["link"]);
    for name in names {
        assert!(
            links.contains(&format!("link \"{name}\"")),
            "{name}: {links:?}"
        );
    }

    let last = i64::try_from(count).unwrap() - 1;
    for (key, place) in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", -1),
        ("ArrowUp", last),
        ("ArrowDown", -1),
        ("ArrowDown", 0),
        ("End", last),
        ("Home", 0),
        ("ArrowLeft", -1),
    ] {
        arrow(&mut tab, key);
        // An arrow key in the field may ask the search first.
        let at = format!(
            "{STOPS}.indexOf(document.activeElement) === {place} && (document.activeElement === {FIELD}) === ({place} < 0)"
        );
        tab.wait_until(&at);
        assert!(tab.is(&format!("!{PANEL}.hidden")), "{key}");
        assert!(
            tab.is("getComputedStyle(document.activeElement).outlineStyle === 'solid'"),
            "{key} leads to a place without a ring"
        );
    }
    // The last key has moved the place in the field, and letters go on there.
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(&format!("{STOPS}[0] === document.activeElement"));
    tab.press("x");
    assert!(tab.is(&format!(
        "document.activeElement === {FIELD} && {FIELD}.value === 'taperinxg'"
    )));
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(&format!("{PANEL}.contains(document.activeElement)"));
    arrow(&mut tab, "Backspace");
    assert!(tab.is(&format!(
        "document.activeElement === {FIELD} && {FIELD}.value === 'tapering'"
    )));

    arrow(&mut tab, "ArrowDown");
    tab.wait_until(&format!("{PANEL}.contains(document.activeElement)"));
    tab.press("Escape");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && {FIELD}.value === 'tapering' && document.activeElement === {FIELD}"
    )));
    assert_eq!(told(&mut tab, &["combobox", "dialog"]), [closed]);
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(&format!("{STOPS}[0] === document.activeElement"));
    tab.press("Escape");
    tab.press("Escape");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && {FIELD}.value === '' && document.activeElement === {FIELD}"
    )));

    // Tab goes through what stands there, and the popup closes behind it.
    write(&mut tab, "tapering");
    tab.wait_until(HAS_OPTIONS);
    tab.press("Tab");
    assert!(tab.is("document.activeElement === document.querySelector('.search-submit')"));
    for place in 0..count {
        tab.press("Tab");
        assert!(tab.is(&format!("{OPTIONS}[{place}] === document.activeElement")));
    }
    tab.press("Tab");
    assert!(tab.is(&format!(
        "{PANEL}.hidden && document.activeElement !== document.body"
    )));

    tab.click("#sd-search-field");
    arrow(&mut tab, "ArrowDown");
    tab.wait_until(&format!("{STOPS}[0] === document.activeElement"));
    arrow(&mut tab, "ArrowDown");
    let name = tab.text("document.activeElement.querySelector('.option-title bdi').textContent");
    leave(&mut tab, |tab| tab.press("Enter"));
    assert_eq!(
        tab.text("document.querySelector('main h1').innerText.trim()"),
        name
    );
    assert!(tab.faults.is_empty(), "{:?}", tab.faults);
}

#[test]
fn one_arrow_key_leads_to_the_number_of_a_card_also_for_whoever_is_faster_than_the_search() {
    for address in [
        page("library", ARTICLE).http(),
        page("library", ARTICLE).file(),
    ] {
        let mut tab = Tab::open();
        open(&mut tab, &address);
        // Other pages stand there still when the question becomes one of danger.
        suggest(&mut tab, "i want to d");
        write(&mut tab, "ie");
        arrow(&mut tab, "ArrowDown");
        tab.wait_until(
            "document.activeElement.matches('.search-above .callout-emergency a[href=\"tel:988\"]')",
        );
        // The boxes of the page behind are groups, too, and stand before the dialog.
        let groups = told(&mut tab, &["dialog", "group"]);
        assert_eq!(
            groups[groups.len().saturating_sub(2)..],
            [
                "dialog \"Search results\"",
                "group \"Immediate action required: Call 988 (or text 988) now\""
            ]
        );
        assert!(told(&mut tab, &["link"]).contains(&"link \"988\" focused=true".to_owned()));
        assert!(tab.is("document.activeElement.checkVisibility() && document.elementFromPoint(...(({ left, top, width, height }) => [left + width / 2, top + height / 2])(document.activeElement.getBoundingClientRect())) === document.activeElement"));
        // The other numbers come next, then the pages.
        let numbers = tab
            .value("document.querySelectorAll('.search-above a').length")
            .as_u64();
        for _ in 0..numbers.unwrap() {
            assert!(tab.is("document.activeElement.matches('.search-above a[href^=\"tel:\"], .search-above a[href^=\"sms:\"]')"));
            arrow(&mut tab, "ArrowDown");
        }
        assert!(tab.is(&format!("{OPTIONS}[0] === document.activeElement")));
        tab.press("Escape");
        assert!(tab.is(&format!(
            "{PANEL}.hidden && document.activeElement === {FIELD}"
        )));
        assert!(tab.faults.is_empty(), "{:?}", tab.faults);
    }
}

#[test]
fn a_card_is_said_once_before_the_number_of_pages_while_somebody_writes() {
    let mut tab = Tab::open();
    for (words, more, card) in [
        (
            "i want to die",
            " please",
            "Immediate action required: Call 988 (or text 988) now",
        ),
        (
            "seizure",
            " now",
            "Immediate action required: Danger sign? Call 911 now",
        ),
        (
            "ativan to valium",
            " dose",
            "Important: We cannot give doses, steps or schedules",
        ),
    ] {
        open(&mut tab, &page("library", ARTICLE).http());
        listen(&mut tab);
        enter(&mut tab);
        tab.wait_until("Boolean(stepdown.box)");
        for letter in words.chars() {
            tab.press(&letter.to_string());
        }
        let said = heard(&mut tab, 1);
        assert!(
            said[0].starts_with(&format!("status: {card} | Pages found: ")),
            "{said:?}"
        );
        assert!(
            tab.is("window.pauses[0] > 600 && window.pauses[0] < 5000"),
            "{}",
            tab.value("window.pauses")
        );
        // It stands while the question grows, slowly.
        for letter in more.chars() {
            tab.press(&letter.to_string());
            tab.wait_until("stepdown.engine && performance.now() - window.written > 1200");
        }
        assert!(tab.is("Boolean(document.querySelector('.search-above .search-answer'))"));
        let said = tab.texts("window.heard");
        assert!(
            said.iter()
                .skip(1)
                .all(|one| one.starts_with("status: Pages found: ")),
            "{said:?}"
        );
        assert!(said.windows(2).all(|pair| pair[0] != pair[1]), "{said:?}");
        // It is said again where it has been away.
        replace(&mut tab, "sleep");
        let count = said.len();
        heard(&mut tab, count + 1);
        replace(&mut tab, words);
        let said = heard(&mut tab, count + 2);
        assert!(
            said[count + 1].starts_with(&format!("status: {card}")),
            "{said:?}"
        );
    }
}

#[test]
fn a_number_that_stands_below_the_title_of_a_card_is_said_with_it() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", HOME).http());
    listen(&mut tab);
    suggest(&mut tab, "stop cold turkey");
    let said = heard(&mut tab, 1);
    let start = "status: Urgent advice: Please do not stop suddenly | If you take it most days";
    assert!(
        said[0].starts_with(start) && said[0].contains("call 911."),
        "{said:?}"
    );
    assert!(said[0].contains(" | Pages found: "), "{said:?}");
}

#[test]
fn results_say_what_stands_above_the_pages_and_nothing_twice() {
    let mut tab = Tab::open();
    open(&mut tab, &page("library", ARTICLE).http());
    listen(&mut tab);
    results(&mut tab, "i want to die");
    let said = heard(&mut tab, 1);
    assert!(
        said[0].starts_with(
            "status: Immediate action required: Call 988 (or text 988) now | Pages found: "
        ),
        "{said:?}"
    );
    tab.wait_until("performance.now() - window.spoken > 1500");
    assert_eq!(tab.texts("window.heard"), said);
    assert!(tab.is("document.activeElement.matches('main h1')"));
    // What was said does not stay behind for whoever reads on.
    tab.wait_until(
        "[...document.querySelectorAll('body > [role=status]')].every((one) => !one.textContent)",
    );
    // The page as it was says nothing, and a new question says its own.
    back(&mut tab);
    tab.wait_until("!document.querySelector('.search-results')");
    forward(&mut tab);
    assert_eq!(heard(&mut tab, 2)[1], said[0]);
    // Words for eyes and ears: a request for words, and what takes long.
    replace(&mut tab, " ");
    tab.press("Enter");
    assert_eq!(heard(&mut tab, 3)[2], "status: Write a word or two.");
}

#[test]
fn what_may_have_been_meant_stands_and_is_said_before_that_no_page_was_found() {
    let mut tab = Tab::open();
    let note = "Did you mean: clonazepam clorazepate flurazepam lorazepam No page has the word “clorazepam”.";
    let mut shown = Vec::new();
    for is_results in [false, true] {
        open(&mut tab, &page("library", ARTICLE).http());
        listen(&mut tab);
        show(&mut tab, "clorazepam ", is_results);
        let place = if is_results {
            ".search-results"
        } else {
            ".search-above"
        };
        let parts = tab.texts(&format!("[...document.querySelectorAll('{place} .search-note, {place} .callout-title, {place} .search-count')].map((one) => one.textContent)"));
        let said = heard(&mut tab, 1);
        assert!(
            said[0].starts_with(&format!("status: {}", parts.join(" | "))),
            "{said:?} {parts:?}"
        );
        shown.push(parts);
    }
    assert_eq!(shown[0], [note, "Information: No page was found"]);
    assert_eq!(shown[1], shown[0]);
    // In the popup the arrow keys reach the words; the first is chosen.
    open(&mut tab, &page("library", ARTICLE).http());
    suggest(&mut tab, "clorazepam ");
    arrow(&mut tab, "ArrowDown");
    tab.wait_until("document.activeElement.matches('.search-above .search-meant')");
    arrow(&mut tab, "ArrowDown");
    let chosen = tab.text("document.activeElement.textContent");
    assert_eq!(
        chosen,
        tab.texts("[...document.querySelectorAll('.search-meant')].map((one) => one.textContent)")
            [1]
    );
    tab.press("Enter");
    tab.wait_until(HAS_RESULTS);
    assert!(
        tab.text("document.querySelector('.search-words').textContent")
            .contains(&chosen)
    );
    assert!(tab.is("document.querySelectorAll('.search-list li').length > 0 && !document.querySelector('.search-results .search-meant')"));
    // Where the site has no card for it, a line says it.
    open(&mut tab, &page("library", ARTICLE).http());
    tab.value("stepdown.search('sleep').then(() => { const find = stepdown.engine.find; stepdown.engine.find = (...given) => find(...given).then((outcome) => Object.assign(outcome, { answers: [] })); })");
    listen(&mut tab);
    results(&mut tab, "qqqqq");
    assert_eq!(heard(&mut tab, 1), ["status: No page found."]);
    assert_eq!(
        tab.text("document.querySelector('.search-count').textContent"),
        "No page found."
    );
}

#[test]
fn a_card_is_said_and_reached_in_arabic_and_one_in_another_language_says_so() {
    let mut tab = Tab::open();
    for language in ["ar", "en"] {
        open(&mut tab, &page("gallery", "ar/components/text.html").http());
        // No answer of the gallery is without a translation.
        tab.value(&format!("stepdown.search('النص').then(() => {{ const find = stepdown.engine.find; stepdown.engine.find = (...given) => find(...given).then((outcome) => {{ outcome.answers.forEach((answer) => (answer.language = '{language}')); return outcome; }}); }})"));
        listen(&mut tab);
        suggest(&mut tab, "أريد أن أموت");
        let said = heard(&mut tab, 1);
        let start = "status: يلزم التصرف فورًا: تواصل الآن مع 988 (أو text 988) | عدد الصفحات: ";
        assert!(said[0].starts_with(start), "{said:?}");
        let languages = tab.texts(
            "[...document.querySelectorAll('body > [role=status] p')].map((one) => one.lang)",
        );
        assert_eq!(languages, [language, "ar"]);
        assert_eq!(
            tab.text("getComputedStyle(document.querySelector('.search-answer')).direction"),
            if language == "ar" { "rtl" } else { "ltr" }
        );
        arrow(&mut tab, "ArrowDown");
        tab.wait_until(
            "document.activeElement.matches('.search-above .callout-emergency a[href=\"tel:988\"]')",
        );
    }
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
        assert!(tab.is("/\\d/.test(document.querySelector('.search-count').textContent)"));
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
        tab.wait_until("[...document.querySelectorAll('#sd-search-form > .search-note')].some((one) => one.textContent === document.getElementById('sd-search').dataset.empty && one.checkVisibility())");
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
const SMALL: &str = "(() => [...document.querySelectorAll('.search-options a, .search-list h2 a, .search button, .search-results button, .search-row input')]
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

/// Presses a key that moves or deletes.
fn arrow(tab: &mut Tab, key: &str) {
    let number = match key {
        "Backspace" => 8,
        "End" => 35,
        "Home" => 36,
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

/// Gives what the browser tells those who hear the page: parts of some roles, with their names and states.
fn told(tab: &mut Tab, roles: &[&str]) -> Vec<String> {
    let tree = tab.call("Accessibility.getFullAXTree", json!({}));
    let parts = tree["nodes"].as_array().unwrap().iter().filter(|node| {
        node["ignored"] != true && roles.iter().any(|role| node["role"]["value"] == *role)
    });
    parts
        .map(|node| {
            let states = node["properties"].as_array().unwrap().iter();
            let is_wanted = |state: &&Value| match text(&state["name"]).as_str() {
                "expanded" | "hasPopup" => true,
                "focused" => node["role"]["value"] == "link",
                _ => false,
            };
            let states = states.filter(is_wanted).map(|state| {
                let value = state["value"]["value"].to_string();
                format!(" {}={}", text(&state["name"]), value.replace('"', ""))
            });
            let name = text(&node["name"]["value"]);
            format!(
                "{} \"{name}\"{}",
                text(&node["role"]["value"]),
                states.collect::<String>()
            )
        })
        .collect()
}

/// Begins to write down what is said by itself on the page that is open, with the pause before it since the last key.
fn listen(tab: &mut Tab) {
    tab.value(include_str!("search_heard.js"));
}

/// Waits until so many things have been said, and gives them.
fn heard(tab: &mut Tab, count: usize) -> Vec<String> {
    tab.wait_until(&format!("window.heard.length >= {count}"));
    tab.texts("window.heard")
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
