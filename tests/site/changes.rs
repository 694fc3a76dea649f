//! What a build says of its changes: on the terminal, in `changes.txt`, and in the zip about itself.

use crate::support::program::{Run, command, ended};
use crate::support::{Site, article, write_files};
use std::fs;
use std::path::Path;

const SETTINGS: &str = "name = \"Calm\"\nslug = \"calm\"\nlanguages = [\"en\"]\ncountry = \"US\"\neditions = [\"web\", \"zip\"]\n";

/// Builds the site in a folder on a day.
fn build_on(folder: &Path, day: &str) -> Run {
    let mut command = command(folder);
    ended(&command.args(["build", "--today", day]).output().unwrap()).ends_with(0)
}

fn put(folder: &Path, path: &str, body: &str) {
    write_files(folder, &[(path, &article("kind: site", body))]);
}

fn start(folder: &Path) {
    write_files(folder, &[("stepdown.toml", SETTINGS)]);
    put(folder, "content/en/index.md", "Home.\n");
    put(folder, "content/en/part/stays.md", "Text.\n");
    put(folder, "content/en/part/goes.md", "Text.\n");
}

fn list(folder: &Path) -> String {
    fs::read_to_string(folder.join("dist/changes.txt")).unwrap()
}

/// Gives the part of the list about the newest build.
fn newest(folder: &Path) -> String {
    let list = list(folder);
    let part = list.split("Build of ").nth(1);
    part.unwrap_or_else(|| panic!("no build in {list}"))
        .to_owned()
}

#[test]
fn what_went_is_named_first_then_what_is_new_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    start(folder);
    build_on(folder, "2026-11-22");
    fs::remove_file(folder.join("content/en/part/goes.md")).unwrap();
    put(folder, "content/en/part/comes.md", "Text.\n");
    let said = build_on(folder, "2026-11-23").err;
    let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| line.starts_with("Built "));
    let named = &lines[first.expect("the build says what it built") + 1..];
    let (gone, new) = (
        "  gone     en/part/goes.html",
        "  new      en/part/comes.html",
    );
    assert_eq!(named[..2], [gone, new], "{said}");
    let changed: Vec<&str> = named
        .iter()
        .filter_map(|line| line.strip_prefix("  changed  "))
        .collect();
    assert_eq!(changed.last(), Some(&"stepdown-manifest.json"), "{said}");
    let pages = changed
        .iter()
        .filter(|name| name.ends_with(".html"))
        .count();
    assert!(changed[..pages].iter().all(|name| name.ends_with(".html")));
    assert!(pages > 1, "{said}");

    let part = newest(folder);
    for line in [
        "2026-11-23",
        "  Site: Calm",
        concat!("  Program: stepdown ", env!("CARGO_PKG_VERSION")),
        "  Delete on the server (1):\n    en/part/goes.html\n",
        "  Upload, new (1):\n    en/part/comes.html\n",
    ] {
        assert!(part.contains(line), "{line} is not in {part}");
    }
    for name in changed {
        assert!(part.contains(&format!("\n    {name}\n")), "{name}: {part}");
    }
}

#[test]
fn of_many_changes_the_terminal_names_twenty_and_the_list_all() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    start(folder);
    build_on(folder, "2026-11-22");
    for number in 0..30 {
        put(folder, &format!("content/en/part/n{number}.md"), "Text.\n");
    }
    let said = build_on(folder, "2026-11-22").err;
    let named = said.lines().filter(|line| {
        ["  new ", "  changed ", "  gone "]
            .iter()
            .any(|word| line.starts_with(word))
    });
    assert_eq!(named.count(), 20, "{said}");
    let listed = newest(folder);
    let listed = listed
        .lines()
        .filter(|line| line.starts_with("    "))
        .count();
    let more = format!("  … and {} more: see dist/changes.txt\n", listed - 20);
    assert!(said.contains(&more), "{more} is not in {said}");
    assert!(listed > 30);
}

#[test]
fn a_first_build_says_to_publish_the_whole_folder_and_names_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    start(folder);
    let said = build_on(folder, "2026-11-22").err;
    assert!(!said.contains("  new "), "{said}");
    assert!(newest(folder).contains("Put the whole folder `web`"));
    // Without a list, nobody knows what the folder was before.
    fs::remove_file(folder.join("dist/changes.txt")).unwrap();
    put(folder, "content/en/part/stays.md", "Other text.\n");
    build_on(folder, "2026-11-22");
    assert!(newest(folder).contains("Put the whole folder `web`"));
    assert_eq!(list(folder).matches("Build of ").count(), 1);
}

#[test]
fn a_build_that_changes_nothing_says_so_and_keeps_what_the_one_before_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    start(folder);
    build_on(folder, "2026-11-22");
    put(folder, "content/en/part/stays.md", "Other text.\n");
    build_on(folder, "2026-11-22");
    let before = list(folder);
    assert!(newest(folder).contains("    en/part/stays.html\n"));
    let said = build_on(folder, "2026-11-22").err;
    assert!(
        said.contains(
            "no file was touched.\nWhat the last build changed stands in dist/changes.txt.\n"
        ),
        "{said}"
    );
    assert_eq!(list(folder), before);
    // A new day is written, but there is nothing else to publish.
    build_on(folder, "2026-11-23");
    let part = newest(folder);
    assert!(
        part.contains("  Nothing changed but the day of the build.\n"),
        "{part}"
    );
    assert!(
        part.contains("  Upload, changed (1):\n    stepdown-manifest.json\n"),
        "{part}"
    );
    let older = before.split_once("Build of ").unwrap().1;
    assert!(list(folder).ends_with(older), "{}", list(folder));
    // The state is lost, so all is written again, and every file is as it was.
    let work = concat!("dist/.stepdown-", env!("CARGO_PKG_VERSION"), "/state.json");
    fs::remove_file(folder.join(work)).unwrap();
    build_on(folder, "2026-11-23");
    let part = newest(folder);
    assert!(
        part.contains("nothing to upload and nothing to delete"),
        "{part}"
    );
}

#[test]
fn the_list_of_changes_keeps_the_last_twelve_builds() {
    let site = small();
    for number in 0..15 {
        site.disk_write(
            "content/en/part/a.md",
            &article("", &format!("Text {number}.\n")),
        );
        site.again().unwrap();
    }
    let list = site.changes();
    assert_eq!(
        list.matches("\nBuild of 2026-11-22\n").count(),
        12,
        "{list}"
    );
    assert!(!list.contains("whole folder `web`"), "{list}");
}

#[test]
fn a_name_in_the_folder_cannot_write_a_line_of_the_list() {
    let site = small();
    site.again().unwrap();
    let odd = site.options.out.join("web/x\nBuild of 2027-01-01");
    stepdown::disk::WritableDisk::write(&site.disk, &odd, b"").unwrap();
    site.again().unwrap();
    let list = site.changes();
    assert!(list.contains("\n    x Build of 2027-01-01\n"), "{list}");
    assert_eq!(list.matches("\nBuild of ").count(), 2, "{list}");
}

#[test]
fn a_file_of_that_name_that_somebody_else_wrote_is_left_alone() {
    let site = small();
    let path = site.options.out.join("changes.txt");
    stepdown::disk::WritableDisk::write(&site.disk, &path, b"My notes.\n").unwrap();
    let failure = site.again().err().unwrap();
    assert!(failure.contains("/out/changes.txt was not made by Stepdown"));
    assert_eq!(site.changes(), "My notes.\n");
    let forced = small().with(|options| options.force = true);
    stepdown::disk::WritableDisk::write(&forced.disk, &path, b"My notes.\n").unwrap();
    forced.again().unwrap();
    assert!(
        forced
            .changes()
            .starts_with("What changed in the folder `web`\n")
    );
}

#[test]
fn a_build_with_errors_or_of_the_zip_alone_leaves_the_list_as_it_is() {
    let site = small();
    site.again().unwrap();
    let before = site.changes();
    site.disk_write("content/en/part/a.md", &article("", "See [[nothing]].\n"));
    site.again().unwrap();
    assert_eq!(site.changes(), before);
    site.disk_write("content/en/part/a.md", &article("", "Other text.\n"));
    let site = site.with(|options| options.editions = vec!["zip".to_owned()]);
    assert!(site.again().unwrap().zip.is_some());
    assert_eq!(site.changes(), before);
}

#[test]
fn the_zip_says_inside_what_it_is_of_which_day_and_how_it_is_opened() {
    let site = Site::started()
        .file(
            "stepdown.toml",
            SETTINGS.replace("[\"en\"]", "[\"en\", \"es\", \"ar\", \"de\"]"),
        )
        .article("es/index.md", "Inicio.\n")
        .article("ar/index.md", "بداية.\n")
        .article("de/index.md", "Anfang.\n");
    let zip = site.build().zip.expect("a zip file");
    assert!(zip.ends_with(b"Content of 2026-11-22. Made by Stepdown"));
    let readme = readme(&zip);
    for words in [
        "Calm",
        "as they were on November 22, 2026.",
        "22 de noviembre de 2026",
        "هذه نسخة كاملة من هذه المكتبة",
    ] {
        assert!(readme.contains(words), "{words} is not in {readme}");
    }
    assert_eq!(
        readme.matches("START-HERE.html").count(),
        3,
        "German has no texts of its own, so it shows the English ones, which stand there once: {readme}"
    );
    assert_eq!(readme.matches('\n').count(), readme.matches("\r\n").count());
    let later = site.with(|options| options.today = "2026-12-01".parse().unwrap());
    let later = later.build().zip.expect("a zip file");
    assert!(self::readme(&later).contains("December 1, 2026"));
}

fn readme(zip: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut file = archive.by_name("calm/README.txt").unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file, &mut text).unwrap();
    text
}

fn small() -> Site {
    let site = Site::started()
        .file("stepdown.toml", SETTINGS)
        .article("en/part/a.md", "Text.\n");
    site.put_files();
    site
}

impl Site {
    fn disk_write(&self, path: &str, text: &str) {
        let path = self.options.root.join(path);
        stepdown::disk::WritableDisk::write(&self.disk, &path, text.as_bytes()).unwrap();
    }

    fn changes(&self) -> String {
        let path = self.options.out.join("changes.txt");
        String::from_utf8(stepdown::disk::Disk::read(&self.disk, &path).unwrap()).unwrap()
    }
}
