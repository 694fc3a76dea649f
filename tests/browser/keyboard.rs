//! Whole pages by keyboard alone.

use crate::chromium::{Mode, Tab, text};
use crate::sites::{Page, on_pages, page, sites};
use serde_json::Value;

const NAMED: &str = include_str!("name.js");

#[test]
fn the_tab_key_reaches_everything_in_order_and_shows_where_it_is() {
    let of_library = [
        "en/index.html",
        "en/tapering/how-tapering-works.html",
        "en/withdrawal/withdrawal-danger-signs.html",
        "en/a-to-z.html",
        "404.html",
    ];
    let in_gallery = |page: &&Page| {
        page.site == "gallery" && !page.address.starts_with("es/") && !page.is_redirect()
    };
    let mut pages: Vec<&Page> = sites().pages.iter().filter(in_gallery).collect();
    pages.extend(of_library.map(|address| page("library", address)));
    on_pages(&pages, |tab, page| {
        let mut faults = Vec::new();
        for (width, height, mode) in [(320, 568, Mode::Dark), (1280, 800, Mode::Light)] {
            tab.size(width, height);
            tab.show(mode);
            tab.visit(&page.http());
            let place = format!("{} at {width} px", page.name());
            faults.extend(
                walk(tab)
                    .into_iter()
                    .map(|fault| format!("{place}: {fault}")),
            );
        }
        faults
    });
}

#[test]
fn the_skip_link_leads_to_the_text() {
    let mut tab = Tab::open();
    tab.visit(&page("library", "en/tapering/how-tapering-works.html").http());
    tab.press("Tab");
    assert!(tab.is("document.activeElement.matches('.skip-link')"));
    assert!(tab.is("document.activeElement.getBoundingClientRect().height >= 44"));
    tab.press("Enter");
    tab.wait_until("document.activeElement === document.querySelector('main')");
    tab.press("Tab");
    assert!(tab.is("document.querySelector('main').contains(document.activeElement)"));
}

#[test]
fn a_page_that_hides_the_focus_or_keeps_it_is_found() {
    let address = crate::sites::put_copy("keys.html", include_str!("keys.html"));
    let mut tab = Tab::open();
    tab.visit(&address);
    let found = walk(&mut tab).join("\n");
    for words in [
        "\"Without outline\" has no outline",
        "\"Covered\" is covered by",
        "\"Faint\" has an outline rgb(220, 220, 220) that hardly shows",
        "\"Later\" is stop 2, not 0",
    ] {
        assert!(found.contains(words), "no {words:?} in:\n{found}");
    }
}

/// Presses Tab until the focus leaves the page; gives what is wrong.
fn walk(tab: &mut Tab) -> Vec<String> {
    let mut faults = tab.found(include_str!("keyboard.js"));
    let look = format!(
        "(() => {{ const name =\n{NAMED};\nreturn {}; }})()",
        include_str!("stop.js")
            .split_once('\n')
            .expect("the first line says what it does")
            .1
    );
    let stops = tab.value("window.stops.length").as_u64().unwrap();
    let mut reached = 0;
    let mut first = Value::Null;
    loop {
        tab.press("Tab");
        let seen = tab.value(&look);
        // At the end the focus leaves the page, or begins anew.
        if seen["at"].is_null() || seen["at"] == first {
            break;
        }
        if reached == 0 {
            first = seen["at"].clone();
        }
        if seen["at"] != reached {
            let words = tab.text(&format!("({NAMED})(document.activeElement)"));
            faults.push(format!("{words} is stop {}, not {reached}", seen["at"]));
        }
        faults.extend(seen["faults"].as_array().unwrap().iter().map(text));
        reached += 1;
        if reached > stops + 5 {
            faults.push("the Tab key never leaves the page".to_owned());
            break;
        }
    }
    if reached != stops {
        faults.push(format!("{reached} of {stops} stops were reached"));
    }
    faults
}
