//! What a screen reader offers for finding one's way: headings, landmarks, lists, tables and boxes with their names, as Chromium's
//! accessibility tree gives them to it. Five pages are compared with `tests/browser/outlines/`; `UPDATE_GOLDEN=1` writes what is there now.

use crate::chromium::{Tab, text};
use crate::sites::page;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The roles by which readers find their way (WAI-ARIA 1.2), as Chromium names them.
const SHOWN: [&str; 19] = [
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "figure",
    "form",
    "group",
    "heading",
    "image",
    "list",
    "main",
    "navigation",
    "note",
    "region",
    "search",
    "status",
    "table",
    "DescriptionList",
    "DisclosureTriangle",
];

/// The pages, each with the name of its file in `outlines/`.
const PAGES: [(&str, &str); 5] = [
    ("crisis", "en/families-crisis/crisis-help.html"),
    ("tapering", "en/tapering/how-tapering-works.html"),
    ("home", "en/index.html"),
    ("danger-signs", "en/withdrawal/withdrawal-danger-signs.html"),
    ("overdose-es", "es/families-crisis/overdose-what-to-do.html"),
];

#[test]
fn five_pages_sound_as_they_always_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/outlines");
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut tab = Tab::open();
    tab.be_a_phone();
    let mut differences = Vec::new();
    for (name, address) in PAGES {
        tab.visit(&page("library", address).http());
        let heard = outline(&mut tab);
        let path = folder.join(format!("{name}.txt"));
        if is_update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &heard).unwrap();
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        if heard != known {
            differences.push(format!("--- {name}: was\n{known}--- {name}: is\n{heard}"));
        }
    }
    assert!(
        differences.is_empty(),
        "look at the differences, and run with UPDATE_GOLDEN=1 if they are meant:\n{}",
        differences.join("\n")
    );
}

/// Gives what is shown of the accessibility tree of the page that is open, one line each, indented as it lies in each other.
fn outline(tab: &mut Tab) -> String {
    let answer = tab.call("Accessibility.getFullAXTree", json!({}));
    let nodes = answer["nodes"].as_array().unwrap();
    let by_id: HashMap<&str, &Value> = nodes
        .iter()
        .map(|node| (node["nodeId"].as_str().unwrap(), node))
        .collect();
    let mut out = String::new();
    add(&by_id, &nodes[0], 0, &mut out);
    out
}

fn add(nodes: &HashMap<&str, &Value>, node: &Value, depth: usize, out: &mut String) {
    let role = text(&node["role"]["value"]);
    let is_shown = node["ignored"] != true && SHOWN.contains(&role.as_str());
    if is_shown {
        let _ = write!(out, "{}{role}", "  ".repeat(depth));
        let properties = node["properties"].as_array().into_iter().flatten();
        for property in properties.filter(|property| property["name"] == "level") {
            let _ = write!(out, " {}", property["value"]["value"]);
        }
        if matches!(role.as_str(), "list" | "DescriptionList") {
            let _ = write!(out, " of {}", items(nodes, node));
        }
        let name = text(&node["name"]["value"]);
        if !name.is_empty() {
            let _ = write!(
                out,
                " \"{}\"",
                name.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
        let description = text(&node["description"]["value"]);
        if !description.is_empty() {
            let _ = write!(out, " ({description})");
        }
        out.push('\n');
    }
    for child in children(nodes, node) {
        add(nodes, child, depth + usize::from(is_shown), out);
    }
}

/// Counts the items of a list.
fn items(nodes: &HashMap<&str, &Value>, list: &Value) -> usize {
    let kept = children(nodes, list).filter(|child| child["ignored"] != true);
    kept.filter(|child| matches!(child["role"]["value"].as_str(), Some("listitem" | "term")))
        .count()
}

fn children<'a>(
    nodes: &HashMap<&str, &'a Value>,
    node: &'a Value,
) -> impl Iterator<Item = &'a Value> {
    let ids = node["childIds"].as_array().into_iter().flatten();
    let found: Vec<&Value> = ids
        .filter_map(|id| nodes.get(id.as_str()?).copied())
        .collect();
    found.into_iter()
}
