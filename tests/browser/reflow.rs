//! Narrow windows, large zoom and wider spacing: nothing scrolls sideways, nothing is cut off (WCAG 1.4.4, 1.4.10 and 1.4.12).

use crate::sites::on_each_page;

#[test]
fn no_page_scrolls_sideways_at_320_pixels() {
    on_each_page(|tab, page| {
        tab.held = true;
        tab.size(320, 568);
        tab.visit(&page.http());
        tab.found(include_str!("sideways.js"))
            .into_iter()
            .map(|fault| format!("{} at 320 px: {fault}", page.name()))
            .collect()
    });
}

#[test]
fn no_page_scrolls_sideways_at_400_percent_zoom() {
    on_each_page(|tab, page| {
        tab.held = true;
        // 1280 × 1024 dots at four dots for each pixel.
        tab.size_at(320, 256, 4);
        tab.visit(&page.http());
        tab.found(include_str!("sideways.js"))
            .into_iter()
            .map(|fault| format!("{} at 400 %: {fault}", page.name()))
            .collect()
    });
}

#[test]
fn letters_of_twice_the_size_scroll_nothing_sideways_at_320_pixels() {
    on_each_page(|tab, page| {
        tab.held = true;
        tab.size(320, 568);
        tab.visit(&page.http());
        let mut faults = Vec::new();
        for percent in [130, 200] {
            tab.value(&format!(
                "document.documentElement.style.fontSize = '{percent}%'"
            ));
            let found = tab.found(include_str!("sideways.js")).into_iter();
            faults.extend(
                found.map(|fault| format!("{} with letters of {percent} %: {fault}", page.name())),
            );
        }
        faults
    });
}

#[test]
fn wider_text_spacing_loses_nothing() {
    on_each_page(|tab, page| {
        tab.held = true;
        let mut faults = Vec::new();
        for width in [320, 1280] {
            tab.size(width, 800);
            tab.visit(&page.http());
            tab.value(include_str!("spacing.js"));
            for script in [include_str!("sideways.js"), include_str!("clipped.js")] {
                let found = tab.found(script).into_iter();
                faults.extend(found.map(|fault| {
                    format!("{} with wide spacing at {width} px: {fault}", page.name())
                }));
            }
        }
        faults
    });
}

#[test]
fn a_page_that_scrolls_sideways_or_cuts_text_off_is_found() {
    let address = crate::sites::put_copy("wide.html", include_str!("wide.html"));
    let mut tab = crate::chromium::Tab::open();
    tab.size(320, 568);
    tab.visit(&address);
    let sideways = tab.found(include_str!("sideways.js"));
    assert!(sideways.concat().contains("p.wide"), "{sideways:?}");
    tab.value(include_str!("spacing.js"));
    let clipped = tab.found(include_str!("clipped.js"));
    assert!(clipped.concat().contains("p.cut"), "{clipped:?}");
    assert!(!clipped.concat().contains("p.hidden"), "{clipped:?}");
}
