//! The size of links and buttons: 44 pixels where a hand may shake or hurry, 24 elsewhere (WCAG 2.5.5 and 2.5.8).

use crate::chromium::Tab;
use crate::sites::{Page, on_each_page, on_pages, put_copy, sites};

#[test]
fn links_and_buttons_are_large_enough_to_touch() {
    on_each_page(|tab, page| {
        tab.held = true;
        let mut faults = Vec::new();
        for width in [320, 1280] {
            tab.size(width, 800);
            tab.visit(&page.http());
            tab.value("for (const one of document.querySelectorAll('details')) one.open = true");
            let found = tab.found(include_str!("targets.js")).into_iter();
            faults.extend(found.map(|fault| format!("{} at {width} px: {fault}", page.name())));
        }
        faults
    });
}

#[test]
fn lines_with_a_citation_stand_no_farther_apart_than_others() {
    let cites = |page: &&Page| page.html.contains("class=\"citation\"");
    let with_citation: Vec<&Page> = sites().pages.iter().filter(cites).collect();
    on_pages(&with_citation, |tab, page| {
        let mut faults = Vec::new();
        for width in [320, 1280] {
            tab.size(width, 800);
            tab.visit(&page.http());
            tab.value("for (const one of document.querySelectorAll('details')) one.open = true");
            let found = tab.found(
                "[...document.querySelectorAll('p')].filter((one) => one.querySelector('.citation')).flatMap((one) => {
                   const line = parseFloat(getComputedStyle(one).lineHeight);
                   const lines = one.getBoundingClientRect().height / line;
                   return Math.abs(lines - Math.round(lines)) * line > 0.6 ? [`a citation moves lines apart | ${name(one)}: ${lines} lines`] : [];
                 })",
            );
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{} at {width} px: {fault}", page.name())),
            );
        }
        faults
    });
}

#[test]
fn links_and_buttons_that_are_too_small_are_found() {
    let address = put_copy("small.html", include_str!("small.html"));
    let mut tab = Tab::open();
    tab.visit(&address);
    let found = tab.found(include_str!("targets.js")).join("\n");
    assert!(found.contains("\"Narrow\" is"), "{found}");
    assert!(found.contains("\"a\" is"), "{found}");
    assert!(found.contains("\"5\" is"), "{found}");
    for fine in ["\"sentence\" is", "\"alone\" is", "\"Wide\" is"] {
        assert!(!found.contains(fine), "{found}");
    }
}
