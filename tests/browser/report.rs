//! The report of `check --format html` as a reader sees it, with no, with many kinds and with very many findings.

use crate::chromium::{Mode, Tab};
use crate::program::run;
use crate::sites::{fail_with, put_copy};
use crate::{axe, validity};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Names of foreign letters and signs of HTML, and a line without a space.
const STRANGE: &str = "---\ntitle: T\n---\n\n{<script>} الخطوات {center.phne} البطيئة <b>x</b>\n\n> [!warning] Stop\n\n{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\n";

/// Makes the reports; gives the address of each.
fn reports() -> Vec<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let strange = tempfile::tempdir().unwrap();
    let folder = strange.path().join("content/en/part");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("<img src=x> أسئلة.md"), STRANGE).unwrap();
    let settings = "name = \"مركز <b>\"\nlanguages = [\"en\"]\ncountry = \"US\"\n";
    fs::write(strange.path().join("stepdown.toml"), settings).unwrap();
    let sites = [
        ("report-none", fixtures.join("small-clinic")),
        ("report-kinds", fixtures.join("thirty-faults")),
        ("report-many", fixtures.join("silent-faults")),
        ("report-strange", strange.path().to_owned()),
    ];
    let report = |(name, folder): (&str, std::path::PathBuf)| {
        let report = run(&folder, &["check", "--format", "html"]).out;
        put_copy(&format!("{name}.html"), &report)
    };
    sites.into_iter().map(report).collect()
}

/// Unfolds everything.
const UNFOLD: &str = "for (const part of document.querySelectorAll('details')) part.open = true";

#[test]
fn reports_fit_everyone_in_all_colors_and_widths() {
    let mut tab = Tab::open();
    tab.call("Page.setBypassCSP", serde_json::json!({"enabled": true}));
    let mut faults = Vec::new();
    for address in reports() {
        tab.visit(&address);
        let is_long = tab.is("document.querySelectorAll('.findings li').length > 300");
        for mode in Mode::SCREEN {
            tab.show(mode);
            for width in [320, 1280] {
                tab.size(width, 800);
                let place = format!("{address}, {}, {width} px", mode.name());
                tab.value(UNFOLD);
                let sideways = tab.found(include_str!("sideways.js"));
                faults.extend(sideways.iter().map(|fault| format!("{place}: {fault}")));
                // What axe would say of a thousand findings it says of a hundred.
                if is_long {
                    continue;
                }
                tab.value(axe::axe());
                let found = axe::run(&mut tab);
                for list in ["violations", "incomplete"] {
                    let list = found[list].as_array().unwrap().iter();
                    faults.extend(list.map(|one| format!("{place}: {}", axe::words(one))));
                }
            }
        }
        tab.reset();
    }
    fail_with(faults);
}

#[test]
fn letters_of_twice_the_size_scroll_no_report_sideways() {
    let mut tab = Tab::open();
    let mut faults = Vec::new();
    for address in reports() {
        tab.size(320, 568);
        tab.visit(&address);
        tab.value(UNFOLD);
        tab.value("document.documentElement.style.fontSize = '200%'");
        faults.extend(tab.found(include_str!("sideways.js")));
    }
    fail_with(faults);
}

#[test]
fn a_report_has_its_look_and_asks_for_nothing() {
    let mut tab = Tab::open();
    for address in reports() {
        tab.visit(&address);
        assert_eq!(
            tab.text("getComputedStyle(document.body).backgroundColor"),
            "rgb(248, 244, 237)"
        );
        tab.catch_up();
        assert_eq!(tab.faults, [""; 0], "{address}");
        let asked: BTreeSet<&str> = tab.requests.iter().map(|one| &**one).collect();
        assert_eq!(asked, BTreeSet::from([&*address]));
    }
}

#[test]
fn the_keyboard_goes_to_a_kind_and_unfolds_what_it_means() {
    let mut tab = Tab::open();
    tab.visit(&reports()[1]);
    let focused = "document.activeElement.textContent";
    tab.press("Tab");
    tab.press("Tab");
    assert_eq!(tab.text(focused), "Unchecked translation");
    tab.press("Enter");
    tab.wait_until("location.hash === '#hurt-unchecked-translation'");
    tab.press("Tab");
    assert_eq!(tab.text(focused), "Why it matters and how to mend it");
    let is_open = "document.activeElement.parentElement.open";
    assert!(!tab.is(is_open));
    tab.press("Enter");
    assert!(tab.is(is_open));
}

#[test]
fn paper_has_what_was_unfolded_and_no_control_that_paper_cannot_use() {
    let mut tab = Tab::open();
    tab.visit(&reports()[1]);
    tab.value("document.querySelector('.explanation').open = true");
    tab.show(Mode::Print);
    let shown =
        "[...document.querySelectorAll('details')].filter((part) => part.checkVisibility()).length";
    assert_eq!(tab.value(shown), 1);
    assert_eq!(
        tab.text("getComputedStyle(document.body).backgroundColor"),
        "rgb(255, 255, 255)"
    );
    assert!(tab.is("document.querySelectorAll('.findings li')[126].checkVisibility()"));
}

#[test]
fn the_checker_of_the_w3c_finds_no_error_in_a_report() {
    reports();
    let names = ["none", "kinds", "many", "strange"];
    let copies = crate::sites::sites().folder.join("copies");
    let files = names.map(|name| copies.join(format!("report-{name}.html")));
    assert_eq!(validity::check(&files), [serde_json::Value::Null; 0]);
}
