//! The scripts of the pages use nothing newer than the floor that `docs/look.md` states.

use crate::budgets::inline_scripts;
use crate::sites::{fail_with, put_copy, sites};
use crate::tools;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn no_script_that_readers_get_uses_anything_newer_than_the_floor() {
    let sites = sites();
    let mut files: Vec<PathBuf> = ["library", "gallery"]
        .iter()
        .flat_map(|site| walkdir::WalkDir::new(sites.folder.join(site)))
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|end| end == "js"))
        .collect();
    let inline: BTreeSet<String> = sites
        .pages
        .iter()
        .map(|page| inline_scripts(&page.html))
        .collect();
    for (number, script) in inline.iter().enumerate() {
        let name = format!("inline-{number}.js");
        put_copy(&name, script);
        files.push(sites.folder.join("copies").join(name));
    }
    for name in [
        "stepdown.js",
        "search.js",
        "search-engine.js",
        "inline-1.js",
    ] {
        assert!(files.iter().any(|file| file.ends_with(name)), "no {name}");
    }
    fail_with(newer(&files));
}

#[test]
fn a_script_with_what_is_newer_is_refused_in_each_line() {
    let text = include_str!("newer.js");
    put_copy("newer.js", text);
    let file = sites().folder.join("copies/newer.js");
    let faults = newer(&[file]).concat();
    for (number, line) in (1..).zip(text.lines()).skip(1) {
        let place = format!("newer.js:{number}:");
        assert!(
            faults.contains(&place),
            "{line} is not refused in:\n{faults}"
        );
    }
}

/// Gives the faults that the linter names in some scripts.
fn newer(files: &[PathBuf]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/floor.js");
    let plugin = tools::package("eslint-plugin-es-x/package.json");
    let packages = plugin
        .ancestors()
        .nth(2)
        .expect("a package lies in node_modules");
    let output = Command::new(tools::program(&["node", "nodejs"]))
        .arg(script)
        .args(files)
        .env("NODE_PATH", packages)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the linter failed: {complaint}");
    let list = String::from_utf8(output.stdout).unwrap();
    list.lines().map(ToOwned::to_owned).collect()
}
