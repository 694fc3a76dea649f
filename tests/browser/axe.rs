//! axe-core on every page, in all colors and two widths, and the answers to what it could not decide.

use crate::chromium::{Mode, Tab, text};
use crate::sites::{fail_with, on_each_page, put_copy};
use crate::tools;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Mutex, OnceLock};

/// The narrowest phone and an ordinary screen.
const WIDTHS: [u32; 2] = [320, 1280];

/// What axe leaves to a human: the rule, the component it stands in, and what axe could not tell.
type Question = (String, String, String);

#[test]
fn axe_finds_nothing_and_every_question_it_leaves_is_answered() {
    let asked = Mutex::new(BTreeMap::<Question, String>::new());
    let faults = Mutex::new(Vec::new());
    on_each_page(|tab, page| {
        tab.held = true;
        // The policy of the pages would refuse what axe does to look at style sheets.
        tab.call("Page.setBypassCSP", serde_json::json!({"enabled": true}));
        tab.visit(&page.http());
        tab.value("for (const folded of document.querySelectorAll('details')) folded.open = true");
        tab.value(axe());
        for mode in Mode::SCREEN {
            tab.show(mode);
            for width in WIDTHS {
                tab.size(width, 800);
                let found = run(tab);
                let place = format!("{}, {}, {width} px", page.name(), mode.name());
                for violation in found["violations"].as_array().unwrap() {
                    let fault = format!("{place}: {}", words(violation));
                    faults.lock().unwrap().push(fault);
                }
                let mut asked = asked.lock().unwrap();
                for question in found["incomplete"].as_array().unwrap() {
                    let key = (
                        text(&question["rule"]),
                        text(&question["where"]),
                        text(&question["question"]),
                    );
                    asked
                        .entry(key)
                        .or_insert_with(|| format!("{place}: {}", words(question)));
                }
            }
        }
        Vec::new()
    });
    let mut faults = faults.into_inner().unwrap();
    faults.extend(unanswered(&asked.into_inner().unwrap()));
    fail_with(faults);
}

#[test]
fn axe_finds_the_faults_of_a_bad_page() {
    let address = put_copy("bad.html", include_str!("bad.html"));
    let mut tab = Tab::open();
    tab.visit(&address);
    tab.value(axe());
    let found = run(&mut tab);
    let rules: BTreeSet<String> = found["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| text(&violation["rule"]))
        .collect();
    for rule in [
        "button-name",
        "color-contrast",
        "color-contrast-enhanced",
        "heading-order",
        "html-has-lang",
        "image-alt",
        "label",
        "link-name",
        "region",
        "target-size",
    ] {
        assert!(rules.contains(rule), "axe does not find {rule}: {rules:?}");
    }
}

/// Runs axe on the page that is open; gives one entry for each element.
pub(crate) fn run(tab: &mut Tab) -> Value {
    tab.value(include_str!("axe.js"))
}

/// Gives axe itself.
pub(crate) fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| fs::read_to_string(tools::package("axe-core/axe.min.js")).unwrap())
}

/// Says what axe found in one line.
pub(crate) fn words(found: &Value) -> String {
    format!(
        "{} ({}) in {}: {} | {}",
        text(&found["rule"]),
        text(&found["help"]),
        text(&found["where"]),
        text(&found["summary"]),
        text(&found["html"])
    )
}

/// Compares what axe asked with the answers that are written down.
fn unanswered(asked: &BTreeMap<Question, String>) -> Vec<String> {
    let file = include_str!("incomplete.toml");
    let table: toml::Table = file.parse().unwrap();
    let mut answers = BTreeMap::new();
    for entry in table["entry"].as_array().unwrap() {
        let part = |key: &str| entry[key].as_str().unwrap().to_owned();
        let key = (part("rule"), part("where"), part("question"));
        let twice = answers.insert(key, part("answer"));
        assert!(twice.is_none(), "two answers to the same: {entry}");
    }
    let mut faults = Vec::new();
    for ((rule, place, question), example) in asked {
        let key = (rule.clone(), place.clone(), question.clone());
        let known = answers.get(&key);
        if known.is_none_or(String::is_empty) {
            faults.push(format!(
                "tests/browser/incomplete.toml: axe could not decide; look at the element and answer. {example}\n\n[[entry]]\nrule = \"{rule}\"\nwhere = \"{place}\"\nquestion = \"{question}\"\nanswer = \"\"\n"
            ));
        }
    }
    for key in answers.keys().filter(|key| !asked.contains_key(key)) {
        faults.push(format!(
            "tests/browser/incomplete.toml: answers what axe no longer asks: {key:?}"
        ));
    }
    faults
}
