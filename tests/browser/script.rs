//! What the script of a page does: words explained on the spot, the notice of an old copy, leaving quickly, printing.

use crate::chromium::Tab;
use crate::sites::{Page, fail_with, on_pages, page, sites};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

/// Where the gallery's quick exit leads.
const TARGET: &str = "https://www.weather.gov/";

const TERM: &str = "main a.term";

#[test]
fn a_term_opens_its_meaning_beside_the_text_and_closes_it_again() {
    type Act = fn(&mut Tab);
    let mut tab = Tab::open();
    tab.visit(&terms().http());
    tab.value("window.term = document.querySelector('main a.term'); window.here = location.href");
    let meaning = tab.text(
        "(() => { const word = document.getElementById(term.hash.slice(1)); \
         if (!term.hash.startsWith('#sd-word-') || !word.closest('.part.words')) return ''; \
         return (word.nextElementSibling ?? word).textContent.trim().slice(0, 30); })()",
    );
    assert!(meaning.len() > 10, "the term leads to no meaning");
    let opened = format!(
        "(() => {{ const notes = document.querySelectorAll('.term-note'); \
         return notes.length === 1 && notes[0].textContent.includes({meaning:?}) \
         && notes[0].getBoundingClientRect().height > 20 \
         && term.getAttribute('aria-expanded') === 'true' && document.activeElement === term \
         && Math.abs(notes[0].getBoundingClientRect().top - term.getBoundingClientRect().bottom) < 400 \
         && location.href === here; }})()"
    );
    let closed = "!document.querySelector('.term-note') && term.getAttribute('aria-expanded') === 'false' \
        && document.activeElement === term";
    let focus = "term.focus()";
    let ways: [(&str, Act, Act); 5] = [
        ("click", |tab| tab.click(TERM), |tab| tab.click(TERM)),
        ("Enter", |tab| tab.press("Enter"), |tab| tab.press("Enter")),
        ("Space", |tab| tab.press(" "), |tab| tab.press(" ")),
        (
            "Escape",
            |tab| tab.press("Enter"),
            |tab| tab.press("Escape"),
        ),
        (
            "tap",
            |tab| tab.tap("window.term"),
            |tab| tab.tap("window.term"),
        ),
    ];
    for (name, open, close) in ways {
        if name == "tap" {
            tab.be_a_phone();
        }
        tab.value(focus);
        open(&mut tab);
        wait(&mut tab, &opened, &format!("{name} does not open"));
        close(&mut tab);
        wait(&mut tab, closed, &format!("{name} does not close"));
    }
}

#[test]
fn the_meaning_of_a_term_is_announced_by_a_status_that_was_there_before() {
    let mut tab = Tab::open();
    tab.visit(&terms().http());
    assert!(tab.is(
        "(window.voices = [...document.querySelectorAll('[role=status]')]).length === 1 && voices[0].textContent === ''"
    ));
    tab.value("document.querySelector('main a.term').focus()");
    tab.press("Enter");
    assert!(tab.is(
        "(() => { const note = document.querySelector('.term-note'); \
         return !note.closest('[role=status]') && note.firstChild.textContent.length > 10 \
         && voices[0].isConnected && voices[0].textContent === note.firstChild.textContent; })()"
    ));
    tab.press("Escape");
    assert!(tab.is("voices[0].textContent === ''"));
}

#[test]
fn a_table_is_a_stop_of_the_tab_key_only_where_it_can_be_moved_sideways() {
    let with_table: Vec<&Page> = sites()
        .pages
        .iter()
        .filter(|page| page.html.contains("class=\"table-scroll\""))
        .collect();
    let seen = Mutex::new(BTreeSet::new());
    on_pages(&with_table, |tab, page| {
        let mut faults = Vec::new();
        tab.visit(&page.http());
        tab.value("for (const folded of document.querySelectorAll('details')) folded.open = true");
        // Where a page has many widths, the attributes come and go.
        for width in [320, 1280, 320] {
            tab.size(width, 800);
            let boxes = tab.value(
                "new Promise((seen) => requestAnimationFrame(() => setTimeout(() => seen(\
                 [...document.querySelectorAll('.table-scroll')].map((box) => [box.scrollWidth > box.clientWidth, box.tabIndex === 0, \
                 box.getAttribute('role') === 'region' && (box.hasAttribute('aria-label') || box.hasAttribute('aria-labelledby'))])))))",
            );
            for one in boxes.as_array().unwrap() {
                let [scrolls, is_stop, is_named] = [0, 1, 2].map(|at| one[at] == true);
                seen.lock().unwrap().insert(scrolls);
                if is_stop != scrolls || is_named != scrolls {
                    let name = page.name();
                    faults.push(format!("{name} at {width} px: scrolls: {scrolls}, stop: {is_stop}, named: {is_named}"));
                }
            }
        }
        faults
    });
    let seen = seen.into_inner().unwrap();
    assert_eq!(
        seen.len(),
        2,
        "tables of both kinds are looked at: {seen:?}"
    );
}

#[test]
fn without_the_script_a_term_leads_to_its_meaning() {
    let mut tab = Tab::open();
    tab.visit(&terms().http());
    tab.scripts(false);
    tab.visit(&terms().http());
    tab.scripts(true);
    tab.click(TERM);
    tab.wait_until("location.hash.startsWith('#sd-word-')");
    assert!(tab.is(
        "(() => { const word = document.getElementById(location.hash.slice(1)); \
         const box = word.getBoundingClientRect(); \
         return Boolean(word.closest('.part.words')) && box.top >= 0 && box.bottom <= innerHeight; })()"
    ));
    assert!(tab.is("!document.querySelector('.term-note')"));
}

#[test]
fn a_copy_past_its_date_says_so_before_it_is_painted() {
    let pages: Vec<_> = with_due_date().collect();
    assert!(!pages.is_empty(), "no page has a date at which it is due");
    let mut faults = Vec::new();
    for page in pages {
        let due = due(page).unwrap();
        for (day, late) in [("1969-07-20".to_owned(), false), (day_after(&due), true)] {
            let mut tab = Tab::open();
            tab.set_clock(&day);
            tab.before_pages(include_str!("watch.js"));
            tab.visit(&page.http());
            let place = format!("{} on {day}", page.name());
            let mut claim = |expression: &str, fault: &str| {
                if !tab.is(expression) {
                    faults.push(format!("{place}: {fault}"));
                }
            };
            let shown =
                "document.querySelector('.past-due-notice')?.getBoundingClientRect().height > 20";
            if late {
                claim(
                    "document.documentElement.classList.contains('past-due')",
                    "the page is not marked",
                );
                claim(shown, "the notice is not shown");
                claim(
                    "window.markedBeforeBody === true",
                    "the page is marked only after it is painted",
                );
                let moved = tab.texts("window.moved").join(", ");
                if !moved.is_empty() {
                    faults.push(format!("{place}: the page moves | {moved}"));
                }
            } else {
                claim(
                    "!document.documentElement.classList.contains('past-due')",
                    "the page is marked",
                );
                claim(&format!("!({shown})"), "the notice is shown");
            }
        }
        // Without the script the dates are in the text.
        let mut tab = Tab::open();
        tab.scripts(false);
        tab.visit(&page.http());
        tab.scripts(true);
        let year = &due[..4];
        if !tab
            .text("document.querySelector('.part.review').innerText")
            .contains(year)
        {
            faults.push(format!(
                "{}: the text does not say that it is due in {year}",
                page.name()
            ));
        }
        if tab.is("document.querySelector('.past-due-notice')?.getBoundingClientRect().height > 0")
        {
            faults.push(format!(
                "{}: the notice is shown without the script",
                page.name()
            ));
        }
    }
    fail_with(faults);
}

#[test]
fn pressing_shift_three_times_leaves_the_site() {
    let mut tab = page_with_exit();
    for _ in 0..3 {
        assert!(!has_left(&mut tab), "left before the third time");
        tab.press("Shift");
    }
    leaves_for_good(&mut tab);
}

#[test]
fn a_click_on_the_exit_leaves_the_site() {
    let mut tab = page_with_exit();
    tab.click("#sd-exit");
    leaves_for_good(&mut tab);
}

#[test]
fn the_page_is_covered_while_the_next_one_loads() {
    let mut tab = page_with_exit();
    // The request is refused, so the page stays as the reader would see it meanwhile.
    tab.stand_in = None;
    for _ in 0..3 {
        tab.press("Shift");
    }
    tab.wait_until("Boolean(document.querySelector('.exit-overlay'))");
    assert!(tab.is(
        "(() => { const cover = document.querySelector('.exit-overlay'); \
         const box = cover.getBoundingClientRect(); const style = getComputedStyle(cover); \
         const alpha = style.backgroundColor.match(/[\\d.]+/g)[3] ?? '1'; \
         const corners = [[1, 1], [innerWidth - 2, 1], [1, innerHeight - 2], [innerWidth / 2, innerHeight / 2]]; \
         return box.left <= 0 && box.top <= 0 && box.right >= innerWidth && box.bottom >= innerHeight \
         && Number(alpha) === 1 && style.opacity === '1' \
         && corners.every(([x, y]) => cover.contains(document.elementFromPoint(x, y))); })()"
    ));
    assert!(
        tab.requests.iter().any(|address| address == TARGET),
        "{:?}",
        tab.requests
    );
}

#[test]
fn other_keys_and_long_pauses_do_not_leave_the_site() {
    let mut tab = page_with_exit();
    // Capital letters are typed with Shift.
    for _ in 0..4 {
        tab.key("keyDown", "Shift");
        tab.press("a");
        tab.key("keyUp", "Shift");
    }
    assert!(!has_left(&mut tab), "typing capital letters leaves");
    for key in ["Shift", "Shift", "a", "Shift", "Shift"] {
        tab.press(key);
    }
    assert!(!has_left(&mut tab), "a key in between does not start anew");
    tab.press("a");
    for _ in 0..2 {
        tab.press("Shift");
    }
    tab.wait_until("document.getElementById('sd-exit').dataset.presses === '0'");
    tab.press("Shift");
    assert!(!has_left(&mut tab), "a long pause does not start anew");
    // Each press has five seconds of its own, so that three presses may take longer together.
    for _ in 0..2 {
        thread::sleep(Duration::from_millis(2600));
        tab.press("Shift");
    }
    leaves_for_good(&mut tab);
}

#[test]
fn only_a_site_that_turns_it_on_has_an_exit() {
    let mut faults = Vec::new();
    for page in &sites().pages {
        let has = page.html.contains("id=\"sd-exit\"");
        let framed = page.html.contains("class=\"site-header\"");
        if page.site == "gallery" && framed && !has {
            faults.push(format!("{} has no exit", page.name()));
        }
        if page.site != "gallery" && page.html.contains("sd-exit") {
            faults.push(format!("{} has an exit", page.name()));
        }
    }
    let mut tab = page_with_exit();
    if !tab.is("document.querySelector('a#sd-exit.exit').rel.split(' ').sort().join(' ') === 'nofollow noreferrer'") {
        faults.push("the exit tells where the reader comes from".to_owned());
    }
    fail_with(faults);
}

#[test]
fn the_print_button_is_there_with_the_script_only_and_prints() {
    let address = page("library", "en/tapering/how-tapering-works.html").http();
    let shown = "document.querySelector('.print-button')?.getBoundingClientRect().height > 0";
    let mut tab = Tab::open();
    tab.before_pages("window.print = () => { window.printed = (window.printed ?? 0) + 1 }");
    tab.visit(&address);
    assert!(tab.is(shown), "there is no print button");
    tab.click(".print-button");
    tab.wait_until("window.printed === 1");
    tab.scripts(false);
    tab.visit(&address);
    tab.scripts(true);
    assert!(
        !tab.is(shown),
        "the print button is shown without the script"
    );
}

#[test]
fn folded_parts_open_for_printing_and_close_afterwards() {
    let mut tab = Tab::open();
    tab.visit(&page("gallery", "en/components/story-and-more.html").http());
    tab.value("document.querySelector('details').open = true");
    let open = "[...document.querySelectorAll('details')].map((part) => part.open)";
    let before = tab.value(open);
    assert!(before.to_string().contains("false"), "nothing is folded");
    tab.value("dispatchEvent(new Event('beforeprint'))");
    assert!(
        !tab.value(open).to_string().contains("false"),
        "a part stays folded"
    );
    tab.value("dispatchEvent(new Event('afterprint'))");
    assert_eq!(tab.value(open), before, "the parts are not as they were");
}

fn terms() -> &'static Page {
    page("gallery", "en/components/terms.html")
}

fn with_due_date() -> impl Iterator<Item = &'static Page> {
    let pages = sites().pages.iter();
    pages.filter(|page| due(page).is_some())
}

fn due(page: &Page) -> Option<String> {
    let rest = page.html.split("data-due=\"").nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

fn day_after(day: &str) -> String {
    let day: jiff::civil::Date = day.parse().unwrap();
    day.tomorrow().unwrap().tomorrow().unwrap().to_string()
}

/// Opens a page of the gallery with another before it; the place where the exit leads is an empty page.
fn page_with_exit() -> Tab {
    let mut tab = Tab::open();
    tab.stand_in = Some(TARGET.to_owned());
    tab.visit(&page("gallery", "en/index.html").http());
    tab.visit(&terms().http());
    tab
}

fn has_left(tab: &mut Tab) -> bool {
    thread::sleep(Duration::from_millis(100));
    tab.catch_up();
    tab.requests.iter().any(|address| address == TARGET)
        || tab.is("Boolean(document.querySelector('.exit-overlay'))")
}

/// Fails unless the reader arrives elsewhere and cannot go back to the page.
fn leaves_for_good(tab: &mut Tab) {
    tab.wait_until(&format!("location.href === {TARGET:?}"));
    let history = tab.call("Page.getNavigationHistory", serde_json::json!({}));
    let addresses: Vec<_> = history["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["url"].as_str().unwrap().to_owned())
        .collect();
    assert!(!addresses.contains(&terms().http()), "{addresses:?}");
    tab.value("void setTimeout(() => history.back())");
    thread::sleep(Duration::from_millis(500));
    assert!(!tab.is("document.title.length > 0 && location.pathname.endsWith('terms.html')"));
}

fn wait(tab: &mut Tab, expression: &str, fault: &str) {
    for _ in 0..50 {
        if tab.is(expression) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let note = tab.text("document.querySelector('.term-note')?.outerHTML ?? 'no note'");
    panic!("{fault}: {note}");
}
