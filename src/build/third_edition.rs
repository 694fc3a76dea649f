//! Tests of the seam between editions and everything else: a third edition is the file `text.rs` and one line here, and is built, named,
//! refused, offered and landed like the others.

mod text;

use super::{Built, Outcome, Progress, ReadOptions, Workspace, WriteOptions, build_of, check_for};
use crate::disk::{Disk, MemoryDisk, WritableDisk};
use crate::edition::Editions;
use crate::edition::web::Web;
use crate::edition::zip::Zip;
use crate::finding::Failure;
use crate::load::Starter;
use std::path::{Path, PathBuf};

const WITH_TEXT: Editions = &[&Web, &Zip, &text::Text];

struct Silence;

impl Progress for Silence {
    fn stage(&self, _: &str, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}

fn put(disk: &MemoryDisk, path: &str, text: &str) {
    let path = Path::new("/site").join(path);
    disk.write(&path, text.as_bytes()).unwrap();
}

fn article(text: &str) -> String {
    format!("---\ntitle: A title\nsummary: A sentence.\nkind: site\n---\n\n{text}\n")
}

fn site() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let settings = "slug = \"s\"\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\neditions = [\"text\", \"web\"]\n";
    put(&disk, "stepdown.toml", settings);
    let helplines = include_str!("../../tests/support/helplines.toml");
    put(&disk, "content/_data/helplines.toml", helplines);
    put(&disk, "content/en/index.md", &article("Home."));
    let text =
        "See [the other](b.md), [home](index.md) and [a file](line.svg).\\\n![A line](line.svg).";
    put(&disk, "content/en/a.md", &article(text));
    put(&disk, "content/en/b.md", &article("Other words."));
    put(&disk, "content/es/c.md", &article("Palabras."));
    put(
        &disk,
        "content/en/line.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    );
    disk
}

fn reading() -> ReadOptions {
    ReadOptions {
        root: PathBuf::from("/site"),
        drafts: false,
        today: "2026-11-22".parse().unwrap(),
        starter: Starter::LookOnly,
    }
}

fn build(disk: &MemoryDisk, editions: &[&str]) -> Result<Built, Failure> {
    let writing = WriteOptions {
        out: PathBuf::from("/out"),
        editions: editions.iter().map(|name| (*name).to_owned()).collect(),
        force: false,
    };
    build_of(WITH_TEXT, disk, &reading(), &writing, &Silence)
}

fn text(disk: &MemoryDisk, language: &str) -> String {
    let path = format!("/out/s-{language}.txt");
    String::from_utf8(disk.read(Path::new(&path)).unwrap()).unwrap()
}

fn time(disk: &MemoryDisk, path: &str) -> Option<i128> {
    Some(disk.stat(Path::new(path))?.stamp.modified)
}

#[test]
fn an_edition_of_the_list_is_built_with_its_own_addresses_and_syntax() {
    let disk = site();
    let built = build(&disk, &[]).unwrap();
    let Outcome::Written(Some(changes)) = &built.outcome else {
        panic!("{:?} {:?}", built.outcome, built.checked.findings)
    };
    assert!(changes.new.contains(&"en/a.html".to_owned()));
    assert!(disk.stat(Path::new("/out/s.zip")).is_none(), "nobody asked");
    let english = text(&disk, "en");
    let shown = "See the other <en/b.html>, home and a file.\nA line.";
    assert!(english.contains(shown), "{english}");
    assert!(!english.contains("== en/index.html =="), "{english}");
    assert!(english.contains("Other words.") && !english.contains("Palabras."));
    let spanish = text(&disk, "es");
    assert!(spanish.contains("Palabras."), "{spanish}");
    let closing: Vec<String> = built
        .editions
        .iter()
        .map(|placed| {
            let say = |path: &Path| path.display().to_string();
            placed.edition.closing(&placed.places, &say)
        })
        .collect();
    assert_eq!(
        closing,
        [
            "To read the site, open /out/web/index.html in a browser.",
            "To read it anywhere, open /out/s-en.txt or /out/s-es.txt.",
        ]
    );
}

#[test]
fn each_landing_is_touched_only_if_it_changes() {
    let disk = site();
    build(&disk, &[]).unwrap();
    let times = || ["/out/s-en.txt", "/out/s-es.txt"].map(|path| time(&disk, path));
    let [english, spanish] = times();
    assert!(matches!(
        build(&disk, &[]).unwrap().outcome,
        Outcome::Unchanged
    ));
    put(&disk, "content/es/c.md", &article("Otras palabras."));
    build(&disk, &[]).unwrap();
    assert_eq!(time(&disk, "/out/s-en.txt"), english);
    assert_ne!(time(&disk, "/out/s-es.txt"), spanish);
    disk.remove(Path::new("/out/s-en.txt")).unwrap();
    assert!(matches!(
        build(&disk, &[]).unwrap().outcome,
        Outcome::Written(_)
    ));
    assert_eq!(
        disk.files()
            .iter()
            .filter(|(path, ..)| path.starts_with("/out") && path.ends_with("s-en.txt"))
            .count(),
        1
    );
}

#[test]
fn a_full_disk_leaves_each_landing_as_one_whole_version() {
    let read = |disk: &MemoryDisk| ["en", "es"].map(|language| text(disk, language));
    let changed = || {
        let disk = site();
        build(&disk, &["text"]).unwrap();
        let old = read(&disk);
        put(&disk, "content/en/b.md", &article("New words."));
        put(&disk, "content/es/c.md", &article("Otras palabras."));
        (disk, old)
    };
    let (disk, _) = changed();
    build(&disk, &["text"]).unwrap();
    let new = read(&disk);
    for writes in 0..9 {
        let (disk, old) = changed();
        disk.fill_after(Some(writes));
        let outcome = build(&disk, &["text"]);
        let there = read(&disk);
        for at in [0, 1] {
            let is_whole = there[at] == old[at] || there[at] == new[at];
            assert!(is_whole, "after {writes} writes {}", there[at]);
        }
        if outcome.is_ok() {
            assert!(there == new && writes > 1, "after {writes} writes");
            return;
        }
        disk.fill_after(None);
        build(&disk, &["text"]).unwrap();
        assert!(read(&disk) == new, "the build after {writes} writes works");
    }
    panic!("a build of two files needs no nine writes");
}

#[test]
fn an_edition_that_is_not_in_the_list_is_refused_with_the_names_of_all() {
    let disk = site();
    let failure = build(&disk, &["web", "epub"]).err().unwrap();
    assert_eq!(failure.to_string(), "there is no edition `epub`");
    assert_eq!(failure.advice(), Some("the editions are web, zip and text"));
    put(
        &disk,
        "stepdown.toml",
        "languages = [\"en\", \"es\"]\ncountry = \"US\"\neditions = [\"web\", \"epub\", \"txet\"]\n",
    );
    let checked = check_for(WITH_TEXT, &disk, &reading(), &Silence).unwrap();
    let found = checked.findings.iter();
    let found: Vec<_> = found
        .filter(|finding| finding.rule.name == "wrong-value")
        .map(|finding| (finding.message.as_str(), finding.help.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "`editions` cannot be used: `epub` is not known here",
                Some("write one of `web`, `zip`, `text`")
            ),
            (
                "`editions` cannot be used: `txet` is not known here",
                Some("did you mean `text`? One of `web`, `zip`, `text` can stand here")
            ),
        ]
    );
}

#[test]
fn the_preview_offers_what_an_edition_says_and_makes_the_same_bytes() {
    let disk = site();
    build(&disk, &["web", "zip", "text"]).unwrap();
    let mut workspace = Workspace::new(&disk, reading(), WITH_TEXT);
    let refreshed = workspace.refresh(reading().today).unwrap().unwrap();
    let version = refreshed.version.unwrap();
    let offers = version.offers();
    let files: Vec<&str> = offers.iter().map(|offer| offer.file.as_str()).collect();
    assert_eq!(files, ["s.zip", "s-en.txt", "s-es.txt"]);
    for offer in &offers {
        let offered = version.offered(&disk, offer).unwrap();
        let built = disk.read(&Path::new("/out").join(&offer.file)).unwrap();
        assert!(*offered == *built, "{}", offer.file);
    }
}

#[test]
fn a_file_in_the_place_of_an_edition_that_somebody_else_wrote_is_left_alone() {
    let disk = site();
    let path = Path::new("/out/s-es.txt");
    disk.write(path, b"My notes.\n").unwrap();
    let failure = build(&disk, &[]).err().unwrap();
    assert!(
        failure
            .to_string()
            .contains("/out/s-es.txt was not made by Stepdown")
    );
    assert_eq!(disk.read(path).unwrap(), b"My notes.\n");
}

#[test]
fn a_folder_that_was_moved_aside_when_a_build_was_killed_comes_back() {
    let disk = site();
    build(&disk, &[]).unwrap();
    let before = disk.read(Path::new("/out/web/en/a.html")).unwrap();
    let work = Path::new("/out").join(concat!(".stepdown-", env!("CARGO_PKG_VERSION")));
    let aside = work.join("old/web");
    disk.rename(Path::new("/out/web"), &aside).unwrap();
    put(&disk, "content/en/b.md", &article("See [[nothing]]."));
    let built = build(&disk, &["text"]).unwrap();
    assert!(matches!(built.outcome, Outcome::Stopped));
    assert_eq!(disk.read(Path::new("/out/web/en/a.html")).unwrap(), before);
    assert!(disk.stat(&aside).is_none());
}
