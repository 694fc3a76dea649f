//! Pages that say nothing, ask nobody and keep nothing: no console message, no request to elsewhere, nothing stored.

use crate::chromium::{Tab, is_inside};
use crate::sites::{Page, on_each_page, put_copy};

/// Uses what a page offers: opens terms and folded parts, and prints.
const USE: &str = r#"(() => {
  window.print = () => {};
  for (const one of document.querySelectorAll(".term, summary, .print-button, input")) one.click();
})()"#;

/// What is left behind in the browser.
const KEPT: &str = r"(async () => {
  const kept = [];
  if (document.cookie) kept.push(`the cookie ${document.cookie}`);
  if (localStorage.length) kept.push(`localStorage ${localStorage.key(0)}`);
  if (sessionStorage.length) kept.push(`sessionStorage ${sessionStorage.key(0)}`);
  const bases = await indexedDB.databases();
  if (bases.length) kept.push(`the database ${bases[0].name}`);
  const caches = await globalThis.caches?.keys().catch(() => []) ?? [];
  if (caches.length) kept.push(`the cache ${caches[0]}`);
  const workers = await navigator.serviceWorker?.getRegistrations().catch(() => []) ?? [];
  if (workers.length) kept.push(`the worker ${workers[0].scope}`);
  return kept;
})()";

#[test]
fn no_page_on_a_server_complains_asks_elsewhere_or_keeps_anything() {
    on_each_page(|tab, page| faults_of(tab, page, &page.http()));
}

#[test]
fn no_page_opened_as_a_file_complains_asks_elsewhere_or_keeps_anything() {
    on_each_page(|tab, page| faults_of(tab, page, &page.file()));
}

#[test]
fn a_page_that_complains_asks_elsewhere_and_keeps_things_is_found() {
    let address = put_copy("loud.html", include_str!("loud.html"));
    let mut tab = Tab::open();
    tab.visit(&address);
    // A database is listed once it is open.
    tab.wait_until("indexedDB.databases().then((list) => list.length > 0)");
    let found = faults(&mut tab, "loud").join("\n");
    for words in [
        "console log",
        "exception",
        "https://example.org/picture.png",
        "failed request",
        "the cookie a=1",
        "localStorage b",
        "sessionStorage c",
        "the cache e",
        "the database d",
    ] {
        assert!(found.contains(words), "no {words:?} in:\n{found}");
    }
}

fn faults_of(tab: &mut Tab, page: &Page, address: &str) -> Vec<String> {
    tab.held = true;
    tab.visit(address);
    faults(tab, &format!("{} at {}", page.name(), &address[..4]))
}

fn faults(tab: &mut Tab, name: &str) -> Vec<String> {
    tab.value(USE);
    let kept = tab.texts(KEPT);
    tab.catch_up();
    let asked = tab.requests.iter().filter(|address| !is_inside(address));
    let asked = asked.map(|address| format!("{name} asks for {address}"));
    let said = tab.faults.iter().map(|fault| format!("{name}: {fault}"));
    let kept = kept.iter().map(|kept| format!("{name} keeps {kept}"));
    asked.chain(said).chain(kept).collect()
}
