//! The checker of the W3C on all pages, styles and drawings.

use crate::sites::{fail_with, put_copy, sites};
use crate::tools;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The kinds of files that the checker knows.
const CHECKED: [&str; 3] = ["html", "css", "svg"];

/// Messages about what the checker does not know, each with the reason why it is right nevertheless.
const KNOWN: [(&str, &str); 0] = [];

#[test]
fn the_checker_of_the_w3c_finds_no_error() {
    let sites = sites();
    let files: Vec<_> = ["library", "gallery", "start-here"]
        .into_iter()
        .flat_map(|site| walkdir::WalkDir::new(sites.folder.join(site)))
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| CHECKED.iter().any(|one| *one == end))
        })
        .collect();
    let mut faults = Vec::new();
    let mut used = vec![false; KNOWN.len()];
    for message in check(&files) {
        let words = message["message"].as_str().unwrap_or_default();
        if let Some(at) = KNOWN.iter().position(|(known, _)| words.contains(known)) {
            used[at] = true;
            continue;
        }
        let file = message["url"].as_str().unwrap_or_default();
        let file = file
            .rsplit_once("browser-sites/")
            .map_or(file, |(_, end)| end);
        faults.push(format!(
            "{file}:{}: {words} ({})",
            message["lastLine"],
            message["extract"].as_str().unwrap_or_default().trim()
        ));
    }
    for (at, (known, _)) in KNOWN.iter().enumerate() {
        if !used[at] {
            faults.push(format!("the checker no longer says {known:?}"));
        }
    }
    fail_with(faults);
}

#[test]
fn the_checker_of_the_w3c_finds_the_errors_of_bad_files() {
    put_copy("invalid.html", include_str!("invalid.html"));
    put_copy("invalid.css", "p { colr: red; }\n");
    put_copy(
        "invalid.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><p/></svg>\n",
    );
    let copies = sites().folder.join("copies");
    let files = CHECKED.map(|ending| copies.join(format!("invalid.{ending}")));
    let said = check(&files);
    for (file, words) in [
        ("html", "Duplicate ID"),
        ("html", "“alt” attribute"),
        ("css", "colr"),
        ("svg", "not allowed as child"),
    ] {
        let found = said.iter().any(|message| {
            let url = message["url"].as_str().unwrap_or_default();
            let text = message["message"].as_str().unwrap_or_default();
            url.ends_with(file) && text.contains(words)
        });
        assert!(found, "no {words:?} about {file} in {said:?}");
    }
}

/// Gives the errors that the checker of the W3C finds in files.
pub(crate) fn check(paths: &[impl AsRef<Path>]) -> Vec<Value> {
    let output = Command::new(tools::program(&["java"]))
        .args([
            "-Xss2m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
        ])
        .arg(tools::package("vnu-jar/build/dist/vnu.jar"))
        .args(["--also-check-css", "--also-check-svg", "--errors-only"])
        .args(["--stdout", "--exit-zero-always", "--format", "json"])
        .args(paths.iter().map(AsRef::as_ref))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{fault} in the report of the checker: {said}"));
    report["messages"].as_array().unwrap().clone()
}
