//! Every page without scripts: the same words, and links that lead somewhere.

use crate::sites::{on_each_page, sites};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// What a script adds, and what it shows because of the reader's clock, is not part of the text.
const MAIN: &str = r#"(() => {
  for (const added of document.querySelectorAll(".js-only, .term-note, .past-due-notice")) added.remove();
  const main = document.querySelector("main") ?? document.body;
  return main.innerText.replace(/\s+/g, " ").trim();
})()"#;

#[test]
fn every_page_says_the_same_without_scripts() {
    on_each_page(|tab, page| {
        tab.held = true;
        tab.visit(&page.http());
        let with = tab.text(MAIN);
        tab.scripts(false);
        tab.visit(&page.http());
        tab.scripts(true);
        let without = tab.text(MAIN);
        if with.is_empty() || without != with {
            return vec![format!("{}: {}", page.name(), difference(&without, &with))];
        }
        Vec::new()
    });
}

#[test]
fn every_link_leads_to_a_page_and_a_place_that_exist() {
    let ids = Mutex::new(BTreeMap::new());
    let links = Mutex::new(BTreeSet::new());
    let of_page = r#"({
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      links: [...document.querySelectorAll("[href], [src]")].map((element) => element.href?.baseVal ?? element.href ?? element.src),
    })"#;
    on_each_page(|tab, page| {
        tab.held = true;
        tab.scripts(false);
        tab.visit(&page.file());
        tab.scripts(true);
        let found = tab.value(of_page);
        let list = |key: &str| -> BTreeSet<String> {
            let list = found[key].as_array().unwrap();
            list.iter().map(crate::chromium::text).collect()
        };
        let links_here = list("links").into_iter().map(|link| (page.name(), link));
        links.lock().unwrap().extend(links_here);
        ids.lock().unwrap().insert(page.file(), list("ids"));
        Vec::new()
    });
    let ids = ids.into_inner().unwrap();
    let mut faults = Vec::new();
    for (page, link) in links.into_inner().unwrap() {
        let Some(path) = link.strip_prefix("file://") else {
            let known = ["https://", "http://", "tel:", "sms:", "mailto:", "data:"];
            if !known.iter().any(|start| link.starts_with(start)) {
                faults.push(format!("{page}: {link} is no address"));
            }
            continue;
        };
        let (path, id) = path.split_once('#').unwrap_or((path, ""));
        if !crate::sites::decoded(path).is_file() {
            faults.push(format!("{page}: {link} does not exist"));
        } else if !id.is_empty()
            && let Some(ids) = ids.get(&format!("file://{path}"))
            && !ids.contains(crate::sites::decoded(id).to_str().unwrap())
        {
            faults.push(format!("{page}: {link} leads to no place on the page"));
        }
    }
    assert!(ids.len() == sites().pages.len());
    crate::sites::fail_with(faults);
}

/// Gives the words around the first place where two texts differ.
fn difference(without: &str, with: &str) -> String {
    let same = without
        .chars()
        .zip(with.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let from = same.saturating_sub(40);
    let part = |text: &str| text.chars().skip(from).take(120).collect::<String>();
    format!(
        "without scripts {:?}, with scripts {:?}",
        part(without),
        part(with)
    )
}
