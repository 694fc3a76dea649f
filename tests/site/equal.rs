//! Equalities: equal input gives equal bytes, and a build touches only what changed.

use crate::support::program::{command, ended, run};
use crate::support::{Found, Site, article, files_below, sha256, write_files};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;
use stepdown::build::{Changes, Outcome};
use stepdown::disk::{Disk, WritableDisk};

/// A small site in two languages with both editions, a warning, a shared text and a picture.
/// The last is data, which the program has built in.
const FILES: [(&str, &str); 9] = [
    (
        "stepdown.toml",
        "name = \"Two\"\nslug = \"two\"\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\neditions = [\"web\", \"zip\"]\n",
    ),
    (
        "content/en/index.md",
        "---\ntitle: Home\nsummary: The home.\nkind: site\n---\nSee [[one]] and [[two]].\n",
    ),
    (
        "content/en/part/index.md",
        "---\ntitle: Part\nsummary: The part.\nkind: site\n---\nA part.\n",
    ),
    (
        "content/en/part/one.md",
        "---\ntitle: One\nsummary: The first.\nkey_points: [A, B, C]\naliases: [uno, first one]\n---\n![[box]]\n\n![A picture](pic.svg)\n",
    ),
    (
        "content/en/part/two.md",
        "---\ntitle: Two\nsummary: The second.\nkey_points: [A, B, C]\n---\nSee [[one]]. Ask {center.name}.\n",
    ),
    (
        "content/en/part/pic.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"/>\n",
    ),
    (
        "content/es/part/one.md",
        "---\ntitle: Uno\nsummary: El primero.\nkey_points: [A, B, C]\n---\nTexto, niño.\n",
    ),
    ("content/_shared/en/box.md", "> [!note]\n> A shared text.\n"),
    ("content/_data/helplines.toml", crate::support::HELPLINES),
];

fn site() -> Site {
    FILES
        .iter()
        .fold(Site::new(), |site, (path, text)| site.file(path, text))
}

/// The files of the web edition with their bytes and times.
type Times = BTreeMap<String, (Vec<u8>, i128)>;

fn times(site: &Site) -> Times {
    let web = site.options.out.join("web");
    site.disk
        .files()
        .into_iter()
        .filter_map(|(path, bytes, time)| {
            let address = path.strip_prefix(&web).ok()?.to_string_lossy().into_owned();
            Some((address, (bytes.to_vec(), time)))
        })
        .collect()
}

/// Gives the addresses whose bytes or times differ.
fn changed(before: &Times, after: &Times) -> Vec<String> {
    let addresses: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    addresses
        .into_iter()
        .filter(|address| before.get(*address) != after.get(*address))
        .cloned()
        .collect()
}

fn put(site: &Site, path: &str, text: &str) {
    let path = site.options.root.join(path);
    site.disk.write(&path, text.as_bytes()).unwrap();
}

/// Builds again without putting the files of the site back first.
fn again(site: &Site) -> (Outcome, Vec<Found>) {
    let built = site.again().unwrap_or_else(|failure| panic!("{failure}"));
    (built.outcome, built.findings)
}

#[test]
fn the_same_site_gives_the_same_bytes_twice() {
    let (first, second) = (site().build(), site().build());
    assert_eq!(first.web, second.web);
    assert!(first.zip.is_some(), "there is a zip");
    assert_eq!(first.zip, second.zip);
}

#[test]
fn the_order_in_which_files_were_written_does_not_matter() {
    let backward = FILES
        .iter()
        .rev()
        .fold(Site::new(), |site, (path, text)| site.file(path, text));
    let (first, second) = (site().build(), backward.build());
    assert_eq!(first.web, second.web);
    assert_eq!(first.zip, second.zip);
}

#[test]
fn the_folders_do_not_matter() {
    let elsewhere = site().with(|options| {
        options.root = "/home/someone/a site/é".into();
        options.out = "/elsewhere/dist".into();
    });
    let (first, second) = (site().build(), elsewhere.build());
    assert_eq!(first.web, second.web);
    assert_eq!(first.zip, second.zip);
}

#[test]
fn only_today_and_what_was_written_decide_the_bytes() {
    let tomorrow = site().with(|options| options.today = "2026-11-23".parse().unwrap());
    let (first, second) = (site().build(), tomorrow.build());
    let differ: Vec<&String> = first
        .web
        .keys()
        .filter(|address| first.web[*address] != second.web[*address])
        .collect();
    assert_eq!(differ, ["stepdown-manifest.json"]);
}

#[test]
fn threads_time_zone_language_and_folder_do_not_change_a_byte() {
    let outputs: Vec<BTreeMap<String, Vec<u8>>> = [
        ("1", "UTC", "C", "plain"),
        ("4", "Pacific/Kiritimati", "ar_EG.UTF-8", "with a space é"),
    ]
    .into_iter()
    .map(|(threads, zone, language, name)| {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join(name);
        write_files(&folder, &FILES[..8]);
        let output = command(&folder)
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .arg("build")
            .output()
            .unwrap();
        ended(&output).ends_with(0);
        let mut files = files_below(&folder.join("dist"));
        files.retain(|path, _| !path.starts_with(".stepdown"));
        files
    })
    .collect();
    let names: Vec<&String> = outputs[0].keys().collect();
    assert!(names.contains(&&"two.zip".to_owned()), "{names:?}");
    assert!(
        names.contains(&&"web/es/part/one.html".to_owned()),
        "{names:?}"
    );
    assert!(outputs[0] == outputs[1], "the outputs differ");
}

#[test]
fn findings_come_in_the_same_order_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let text = article(
        "kind: topics\ntitle: x: y",
        "{nothing} [[nowhere]]\n\n![](x.png)\n",
    );
    for number in 0..40 {
        let path = format!("content/en/part/p{number}.md");
        write_files(folder.path(), &[(&path, &text)]);
    }
    let outputs = ["1", "4"].map(|threads| {
        let mut command = command(folder.path());
        command.env("RAYON_NUM_THREADS", threads);
        ended(
            &command
                .args(["check", "--format", "json"])
                .output()
                .unwrap(),
        )
        .ends_with(1)
    });
    assert!(outputs[0].out.lines().count() > 100, "{}", outputs[0].out);
    assert_eq!(outputs[0].out, outputs[1].out);
}

#[test]
fn a_second_build_touches_no_file_and_says_the_same() {
    let site = site();
    let first = site.build();
    assert!(!first.findings.is_empty(), "the site has a warning");
    let before = site.disk.files();
    let (outcome, findings) = again(&site);
    assert!(matches!(outcome, Outcome::Unchanged), "{outcome:?}");
    assert_eq!(findings, first.findings);
    assert_eq!(site.disk.files(), before);
}

#[test]
fn a_second_build_on_a_real_disk_touches_no_file() {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), &FILES[..8]);
    let first = run(folder.path(), &["build"]).ends_with(0);
    let before = modified(&folder.path().join("dist"));
    let second = run(folder.path(), &["build"])
        .ends_with(0)
        .says(&["Nothing has changed"]);
    let after = modified(&folder.path().join("dist"));
    assert!(before.keys().any(|path| path.ends_with("lock")));
    assert_eq!(before, after);
    let warnings = |text: &str| text.matches("warning[").count();
    assert_eq!(warnings(&first.err), warnings(&second.err));
    assert!(warnings(&first.err) > 0, "{}", first.err);
}

fn modified(folder: &Path) -> BTreeMap<String, SystemTime> {
    files_below(folder)
        .into_keys()
        .map(|path| {
            let time = fs::metadata(folder.join(&path))
                .unwrap()
                .modified()
                .unwrap();
            (path, time)
        })
        .collect()
}

#[test]
fn a_changed_text_changes_its_page_and_the_search_of_its_language_and_nothing_else() {
    let site = site();
    site.build();
    let before = times(&site);
    put(
        &site,
        "content/en/part/two.md",
        &FILES[4].1.replace("See [[one]].", "Read [[one]]."),
    );
    let (outcome, _) = again(&site);
    assert!(matches!(outcome, Outcome::Written(_)), "{outcome:?}");
    assert_eq!(
        changed(&before, &times(&site)),
        [
            "en/part/two.html",
            "es/part/two.html",
            "search/en/index.js",
            "stepdown-manifest.json"
        ]
    );
}

#[test]
fn a_changed_title_changes_its_page_the_lists_the_search_and_the_pages_that_name_it() {
    let site = site();
    site.build();
    let before = times(&site);
    put(
        &site,
        "content/en/part/one.md",
        &FILES[3].1.replace("title: One", "title: Number one"),
    );
    again(&site);
    assert_eq!(
        changed(&before, &times(&site)),
        [
            "en/a-to-z.html",
            "en/index.html",
            "en/part/index.html",
            "en/part/one.html",
            "en/part/two.html",
            "index.html",
            "search/en/index.js",
            "stepdown-manifest.json"
        ]
    );
}

#[test]
fn a_build_counts_what_is_new_changed_kept_and_gone() {
    let site = site();
    let Outcome::Written(Some(first)) = site.build().outcome else {
        panic!("the first build writes")
    };
    let all = times(&site).len();
    assert_eq!(counts(&first), [all, 0, 0, 0]);
    put(
        &site,
        "content/en/part/two.md",
        &FILES[4].1.replace("See", "Read"),
    );
    let (Outcome::Written(Some(second)), _) = again(&site) else {
        panic!("the second build writes")
    };
    assert_eq!(counts(&second), [0, 4, all - 4, 0]);
}

fn counts(changes: &Changes) -> [usize; 4] {
    let [new, changed, gone] = [&changes.new, &changes.changed, &changes.gone].map(Vec::len);
    [new, changed, changes.kept, gone]
}

#[test]
fn the_page_of_a_removed_article_goes_away() {
    let site = site();
    site.build();
    put(&site, FILES[1].0, &FILES[1].1.replace("[[two]]", "no more"));
    site.disk
        .remove(&site.options.root.join("content/en/part/two.md"))
        .unwrap();
    let (Outcome::Written(Some(changes)), _) = again(&site) else {
        panic!("the build writes")
    };
    assert_eq!(changes.gone, ["en/part/two.html", "es/part/two.html"]);
    let after = times(&site);
    assert!(!after.contains_key("en/part/two.html"));
    assert!(!after.contains_key("es/part/two.html"));
    let manifest = String::from_utf8(after["stepdown-manifest.json"].0.clone()).unwrap();
    assert!(!manifest.contains("part/two.html"), "{manifest}");
}

#[test]
fn output_that_somebody_changed_removed_or_added_is_restored() {
    let site = site();
    let first = site.build();
    let web = site.options.out.join("web");
    site.disk
        .write(&web.join("en/index.html"), b"hacked")
        .unwrap();
    site.disk.remove(&web.join("en/part/one.html")).unwrap();
    site.disk.write(&web.join("extra.html"), b"extra").unwrap();
    let (outcome, _) = again(&site);
    assert!(matches!(outcome, Outcome::Written(_)), "{outcome:?}");
    let after: BTreeMap<String, Vec<u8>> = times(&site)
        .into_iter()
        .map(|(address, (bytes, _))| (address, bytes))
        .collect();
    assert_eq!(after, first.web);
    let zip = site.options.out.join("two.zip");
    site.disk.remove(&zip).unwrap();
    again(&site);
    assert_eq!(site.disk.read(&zip).ok(), first.zip);
}

#[test]
fn a_build_from_an_old_state_gives_the_same_as_a_first_build() {
    let old = site();
    old.build();
    let change = |site: &Site| {
        put(site, "content/en/part/new.md", &article("", "New.\n"));
        put(site, "content/es/part/two.md", &article("", "Dos.\n"));
    };
    change(&old);
    again(&old);
    let fresh = site();
    change(&fresh);
    let first = fresh.build();
    let bytes: BTreeMap<String, Vec<u8>> = times(&old)
        .into_iter()
        .map(|(address, (bytes, _))| (address, bytes))
        .collect();
    assert_eq!(bytes, first.web);
}

#[test]
fn the_manifest_names_every_file_with_its_length_and_digest() {
    let built = site().build();
    let manifest: serde_json::Value =
        serde_json::from_slice(&built.web["stepdown-manifest.json"]).unwrap();
    let files = manifest["files"].as_object().unwrap();
    let named: Vec<&String> = files.keys().collect();
    let there: Vec<&String> = built
        .web
        .keys()
        .filter(|address| *address != "stepdown-manifest.json")
        .collect();
    assert_eq!(named, there);
    for (address, facts) in files {
        let bytes = &built.web[address];
        let digest = sha256(bytes);
        assert_eq!(facts["sha256"].as_str(), Some(digest.as_str()), "{address}");
        assert_eq!(
            facts["length"].as_u64(),
            Some(bytes.len() as u64),
            "{address}"
        );
    }
}

#[test]
fn the_zip_holds_the_web_edition_and_a_page_to_start_from() {
    let built = site().build();
    let bytes = built.zip.as_ref().expect("there is a zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut held = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file
            .name()
            .unwrap()
            .strip_prefix("two/")
            .expect("one folder")
            .to_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        assert!(held.insert(name, bytes).is_none(), "a name is there twice");
    }
    let start = held
        .remove("START-HERE.html")
        .expect("a page to start from");
    assert!(
        String::from_utf8(start)
            .unwrap()
            .contains("href=\"en/index.html\"")
    );
    let readme = String::from_utf8(held.remove("README.txt").expect("a README")).unwrap();
    assert!(
        readme.contains("START-HERE.html") && readme.contains("\r\n"),
        "{readme}"
    );
    assert_eq!(held, built.web);
}
