//! What a reader of a small phone sees without scrolling. On safety pages, where the action comes first, it is what to do that must
//! be seen, and not the first key point.

use crate::sites::{on_pages, page, sites};

/// The height of the smallest phone that the first screen must fit on.
const HEIGHT: f64 = 568.0;

const PLACES: &str = r#"(() => {
  const bottom = (selector) => {
    const element = document.querySelector(selector);
    return element ? element.getBoundingClientRect().bottom : null;
  };
  return {
    "the strip with the crisis numbers": bottom(".strip"),
    "the heading": bottom("h1"),
    "the first key point": document.body.classList.contains("kind-safety")
      ? bottom(".callout-emergency li, .callout-urgent li, .callout-steps li, main > p")
      : bottom(".key-points li"),
  };
})()"#;

#[test]
fn heading_first_key_point_and_crisis_numbers_are_on_the_first_screen_of_a_small_phone() {
    let pages: Vec<_> = sites()
        .pages
        .iter()
        .filter(|page| page.site != "gallery")
        .filter(|page| page.is_article() || page.has_body_class("kind-home"))
        .collect();
    assert!(pages.len() > 10, "only {} pages", pages.len());
    on_pages(&pages, |tab, page| {
        tab.size(320, 568);
        tab.visit(&page.http());
        let places = tab.value(PLACES);
        let mut faults = Vec::new();
        for (what, bottom) in places.as_object().unwrap() {
            let is_key_point = what == "the first key point";
            match bottom.as_f64() {
                Some(bottom) if bottom > HEIGHT => {
                    faults.push(format!("{}: {what} ends at {bottom:.0} px", page.name()));
                }
                None if !is_key_point => faults.push(format!("{}: {what} is missing", page.name())),
                _ => {}
            }
        }
        faults
    });
}

/// Numbers of the strip that are cut in two by a line, and languages that do not end where the text ends.
const TORN: &str = r#"(() => {
  const torn = [...document.querySelectorAll(".strip a:not([href*='body='])")]
    .filter((link) => link.getClientRects().length > 1)
    .map((link) => `"${link.textContent}" stands on two lines`);
  const right = (selector) => Math.max(
    ...[...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect().right));
  const gap = right("h1") - right(".languages a");
  return Math.abs(gap) > 1 ? [...torn, `the languages end ${gap} px before the text`] : torn;
})()"#;

#[test]
fn numbers_in_the_strip_are_whole_and_languages_end_with_the_text_on_a_small_phone() {
    let pages = ["en/index.html", "es/index.html"].map(|address| page("library", address));
    on_pages(&pages, |tab, page| {
        tab.size(320, 568);
        tab.visit(&page.http());
        let found = tab.found(TORN).into_iter();
        found
            .map(|fault| format!("{}: {fault}", page.name()))
            .collect()
    });
}
