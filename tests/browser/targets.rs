//! The size of links and buttons: 44 pixels where a hand may shake or hurry, 24 elsewhere (WCAG 2.5.5 and 2.5.8).

use crate::chromium::Tab;
use crate::sites::{on_each_page, put_copy};

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
fn links_and_buttons_that_are_too_small_are_found() {
    let address = put_copy("small.html", include_str!("small.html"));
    let mut tab = Tab::open();
    tab.visit(&address);
    let found = tab.found(include_str!("targets.js")).join("\n");
    assert!(found.contains("\"Narrow\" is"), "{found}");
    assert!(found.contains("\"a\" is"), "{found}");
    for fine in ["\"sentence\" is", "\"alone\" is", "\"Wide\" is"] {
        assert!(!found.contains(fine), "{found}");
    }
}
