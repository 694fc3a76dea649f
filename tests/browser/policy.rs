//! The policy of the pages: no script and no style but those of the site.

use crate::chromium::Tab;
use crate::sites::{on_each_page, page, sites};
use std::fs;

const WRITTEN: &str = r#"(() => {
  const found = [];
  const policy = document.querySelector("head > meta[http-equiv='Content-Security-Policy' i]");
  if (!policy) found.push("has no policy");
  const before = policy && [...document.head.querySelectorAll("link, script, style")]
    .find((element) => element.compareDocumentPosition(policy) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (before) found.push(`${before.outerHTML.slice(0, 80)} stands before the policy, which does not hold for it`);
  for (const element of document.querySelectorAll("*")) {
    for (const { name: attribute } of element.attributes) {
      if (attribute === "style" || attribute.startsWith("on")) found.push(`${name(element)} has the attribute ${attribute}`);
    }
  }
  return found;
})()"#;

const LISTEN: &str = "addEventListener('securitypolicyviolation', (event) => \
    (window.refused ??= []).push(event.effectiveDirective))";

#[test]
fn every_page_has_a_policy_and_no_style_or_event_of_its_own_in_an_element() {
    on_each_page(|tab, page| {
        tab.held = true;
        tab.scripts(false);
        tab.visit(&page.http());
        tab.scripts(true);
        let found = tab.found(WRITTEN).into_iter();
        found
            .map(|fault| format!("{}: {fault}", page.name()))
            .collect()
    });
}

#[test]
fn a_foreign_script_style_or_event_in_a_page_is_refused() {
    let page = page("library", "en/tapering/how-tapering-works.html");
    let foreign = "<script>window.foreign = 1</script><style>h1 { color: rgb(1, 2, 3) }</style>\
        <img src=\"data:,\" alt=\"\" onerror=\"window.foreign = 2\"><h1 style=\"color: rgb(1, 2, 3)\">Foreign</h1>";
    let html = page
        .html
        .replacen("</main>", &format!("{foreign}</main>"), 1);
    assert_ne!(html, page.html);
    let copy = page.address.replace("how-tapering-works", "foreign");
    let file = sites().folder.join("library").join(&copy);
    fs::write(&file, html).unwrap();
    let mut tab = Tab::open();
    tab.before_pages(LISTEN);
    tab.visit(&format!("{}library/{copy}", sites().http));
    fs::remove_file(file).unwrap();
    let ran = tab.value("window.foreign ?? null");
    assert!(ran.is_null(), "a foreign script ran: {ran}");
    let styled =
        tab.texts("[...document.querySelectorAll('h1')].map((h1) => getComputedStyle(h1).color)");
    assert!(!styled.contains(&"rgb(1, 2, 3)".to_owned()), "{styled:?}");
    let refused = tab.value("window.refused ?? []").to_string();
    for kind in [
        "script-src-elem",
        "script-src-attr",
        "style-src-elem",
        "style-src-attr",
    ] {
        assert!(refused.contains(kind), "{kind} is not among {refused}");
    }
}
