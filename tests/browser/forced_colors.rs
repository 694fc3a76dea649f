//! The reader's own colors: what color says is also said by a border and by words.

use crate::chromium::Mode;
use crate::sites::{on_each_page, on_pages, sites};

const BORDERS: &str = r#"(() => {
  const found = [];
  for (const card of document.querySelectorAll(".callout-emergency, .callout-urgent, .callout-nonurgent, .label")) {
    // A card in a folded part is looked at by nobody before the part is opened.
    if (!card.checkVisibility()) continue;
    const style = getComputedStyle(card);
    if (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1) found.push(`${name(card)} has no border`);
    else if (style.borderTopColor === getComputedStyle(document.body).backgroundColor) found.push(`${name(card)} has a border that does not show`);
    if (!card.innerText.trim()) found.push(`${name(card)} has no words`);
  }
  for (const words of document.querySelectorAll(".callout-title > .visually-hidden")) {
    const box = words.getBoundingClientRect();
    if (box.width < 20 || box.height < 10 || getComputedStyle(words).clipPath !== "none") found.push(`${name(words)} is hidden`);
  }
  return found;
})()"#;

/// Elements that the browser does not force must take the reader's colors themselves.
const UNFORCED: &str = r#"(() => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const system = ["Canvas", "CanvasText", "LinkText", "VisitedText", "ButtonFace", "ButtonText", "ButtonBorder", "Highlight", "HighlightText", "GrayText"];
  const known = new Set(["none", "rgba(0, 0, 0, 0)", ...system.map((color) => {
    probe.style.color = color;
    return getComputedStyle(probe).color;
  })]);
  probe.remove();
  return [...document.querySelectorAll("body *")].flatMap((element) => {
    const style = getComputedStyle(element);
    if (style.forcedColorAdjust === "auto" || !element.checkVisibility()) return [];
    const used = element instanceof SVGElement ? ["fill", "stroke"] : ["color", "backgroundColor", "borderTopColor"];
    return used.filter((key) => !known.has(style[key])).map((key) => `${name(element)} keeps ${key} ${style[key]}`);
  });
})()"#;

#[test]
fn what_is_not_forced_takes_the_readers_own_colors() {
    on_each_page(|tab, page| {
        tab.held = true;
        tab.size(320, 568);
        tab.show(Mode::Forced);
        tab.visit(&page.http());
        let found = tab.found(UNFORCED).into_iter();
        found
            .map(|fault| format!("{}: {fault}", page.name()))
            .collect()
    });
}

#[test]
fn cards_and_labels_keep_border_and_words_in_the_readers_own_colors() {
    let pages: Vec<_> = sites()
        .pages
        .iter()
        .filter(|page| {
            page.html.contains("class=\"callout callout-") || page.html.contains("label")
        })
        .collect();
    on_pages(&pages, |tab, page| {
        tab.held = true;
        tab.size(320, 568);
        tab.show(Mode::Forced);
        tab.visit(&page.http());
        let found = tab.found(BORDERS).into_iter();
        found
            .map(|fault| format!("{}: {fault}", page.name()))
            .collect()
    });
}
