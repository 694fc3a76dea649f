//! Which folder a command works in, and what `eject` writes there.

use crate::support::program::{command, ended, run};
use std::fs;
use std::path::Path;

fn site(name: &str) -> tempfile::TempDir {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join(name);
    fs::create_dir_all(root.join("content/en/sleep")).unwrap();
    let settings = "name = \"Clinic\"\nlanguages = [\"en\"]\ncountry = \"US\"\n";
    fs::write(root.join("stepdown.toml"), settings).unwrap();
    let home = "---\ntitle: Home\nsummary: Home.\nkind: site\n---\n\nHome.\n";
    fs::write(root.join("content/en/index.md"), home).unwrap();
    parent
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_command_in_a_folder_of_the_site_works_on_the_whole_site() {
    let parent = site("our clinic");
    let root = parent.path().join("our clinic");
    let below = root.join("content/en/sleep");
    run(&below, &["check"])
        .ends_with(0)
        .says(&["The site is in", "our clinic"]);
    run(&below, &["build"]).ends_with(0);
    assert!(root.join("dist/web/index.html").is_file());
    assert!(names(&below).is_empty(), "{:?}", names(&below));
    run(&below, &["new", "sleep/naps", "--title", "Naps"]).ends_with(0);
    assert_eq!(names(&below), ["naps.md"]);
}

#[test]
fn where_there_is_no_site_nothing_is_written_and_sites_nearby_are_named() {
    let parent = site("our clinic");
    let beside = parent.path().join("letters");
    fs::create_dir(&beside).unwrap();
    let words = ["sleep", "sleep/naps", "templates/page.html"];
    for arguments in [
        &["check"][..],
        &["build"],
        &["serve", "--port", "0"],
        &["search", words[0]],
        &["new", words[1]],
        &["eject", words[2]],
    ] {
        for folder in [parent.path(), &beside] {
            run(folder, arguments)
                .ends_with(2)
                .says(&["there is no site in", "our clinic\""]);
        }
        assert!(
            names(&beside).is_empty(),
            "{arguments:?}: {:?}",
            names(&beside)
        );
        assert_eq!(
            names(parent.path()),
            ["letters", "our clinic"],
            "{arguments:?}"
        );
    }
    let nowhere = tempfile::tempdir().unwrap();
    run(nowhere.path(), &["check"])
        .ends_with(2)
        .says(&["stepdown init"]);
}

#[test]
fn the_root_is_taken_before_and_after_the_command() {
    let parent = site("clinic");
    run(parent.path(), &["--root", "clinic", "check"]).ends_with(0);
    run(parent.path(), &["check", "--root", "clinic"]).ends_with(0);
    run(parent.path(), &["--root", "clinic/content/en", "check"]).ends_with(0);
    run(parent.path(), &["--root", "clinik", "check"])
        .ends_with(2)
        .says(&["there is no folder clinik"]);
    run(parent.path(), &["--root", "new", "init"]).ends_with(0);
    assert!(parent.path().join("new/stepdown.toml").is_file());
}

#[test]
fn a_built_in_file_is_written_out_once_and_recorded() {
    let parent = site("clinic");
    let root = parent.path().join("clinic");
    run(&root, &["eject", "texts/en.ftl"])
        .ends_with(0)
        .says(&["Wrote templates/texts/en.ftl", "take the others out"]);
    let written = root.join("templates/texts/en.ftl");
    let built_in = include_str!("../../templates/texts/en.ftl");
    assert_eq!(fs::read_to_string(&written).unwrap(), built_in);
    let record = fs::read_to_string(root.join(".stepdown/library.toml")).unwrap();
    assert!(
        record.contains("path = \"templates/texts/en.ftl\""),
        "{record}"
    );
    fs::write(&written, "search = Look for\n").unwrap();
    run(&root, &["eject", "templates/texts/en.ftl"])
        .ends_with(2)
        .says(&["is there already, so nothing was written"]);
    assert_eq!(fs::read_to_string(&written).unwrap(), "search = Look for\n");
    run(&root, &["check"])
        .ends_with(0)
        .says(&["0 errors, 0 warnings"]);
    run(&root, &["build"]).ends_with(0);
    let home = fs::read_to_string(root.join("dist/web/en/index.html")).unwrap();
    assert!(home.contains("Look for") && home.contains("Skip to the text"));
}

#[test]
fn a_file_that_is_not_built_in_is_answered_with_the_nearest() {
    let parent = site("clinic");
    let root = parent.path().join("clinic");
    run(&root, &["eject", "templates/pages.html"])
        .ends_with(2)
        .says(&["did you mean `templates/page.html`?"]);
    run(&root, &["eject", "c-911.md"]).ends_with(2).says(&[
        "`content/_shared/en/c-911.md`",
        "`content/_shared/es/c-911.md`",
    ]);
    let listed = ended(&command(parent.path()).arg("eject").output().unwrap()).ends_with(0);
    assert!(
        listed
            .out
            .lines()
            .any(|line| line == "static/assets/stepdown.css")
    );
    assert_eq!(names(&root), ["content", "stepdown.toml"]);
}
