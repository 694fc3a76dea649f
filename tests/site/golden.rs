//! One small whole site, compared file by file with `tests/golden/`. `UPDATE_GOLDEN=1` writes what is built now.

use crate::support::{Site, files_below, repository};
use std::collections::BTreeMap;
use std::fs;

/// Files that change with the styles and with the program's version, which other tests look at.
fn is_compared(address: &str) -> bool {
    !address.starts_with("assets/") && address != "stepdown-manifest.json"
}

#[test]
fn the_small_clinic_is_built_as_it_always_was() {
    let site = Site::new().folder(&repository().join("tests/fixtures/small-clinic"));
    let built = site.build();
    assert!(built.findings.is_empty(), "{:#?}", built.findings);
    let made: BTreeMap<String, Vec<u8>> = built
        .web
        .into_iter()
        .filter(|(address, _)| is_compared(address))
        .map(|(address, bytes)| (address, without_style(bytes)))
        .collect();
    let golden = repository().join("tests/golden/small-clinic");
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        let _ = fs::remove_dir_all(&golden);
        for (address, bytes) in &made {
            let path = golden.join(address);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        return;
    }
    let golden = files_below(&golden);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&golden));
    let differences: Vec<String> = made
        .iter()
        .filter_map(|(address, bytes)| first_difference(address, bytes, &golden[address]))
        .collect();
    assert!(
        differences.is_empty(),
        "look at the differences, and run with UPDATE_GOLDEN=1 if they are meant:\n{}",
        differences.join("\n")
    );
}

/// Takes the style sheet out of a page that carries it, and its digest out of the policy: a change of style is no change of
/// the pages. Only `404.html` has one.
fn without_style(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(bytes.clone()) else {
        return bytes;
    };
    let Some((before, rest)) = text.split_once("<style>") else {
        return bytes;
    };
    let (style, after) = rest.split_once("</style>").unwrap();
    assert!(style.contains(".skip-link"), "the page carries the style");
    let (head, digest) = before.split_once("style-src 'sha256-").unwrap();
    let (_, policy) = digest.split_once('\'').unwrap();
    format!("{head}style-src 'sha256-…'{policy}<style>…</style>{after}").into_bytes()
}

/// Gives the first line in which two files differ.
fn first_difference(address: &str, made: &[u8], golden: &[u8]) -> Option<String> {
    if made == golden {
        return None;
    }
    let (made, golden) = (
        String::from_utf8_lossy(made).into_owned(),
        String::from_utf8_lossy(golden).into_owned(),
    );
    let lines = made.lines().count().max(golden.lines().count());
    let line = (0..lines).find(|at| made.lines().nth(*at) != golden.lines().nth(*at));
    let at = line.unwrap_or(lines);
    let shown = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
    Some(format!(
        "{address}:{}\n  was: {}\n  is:  {}",
        at + 1,
        shown(&golden),
        shown(&made)
    ))
}
