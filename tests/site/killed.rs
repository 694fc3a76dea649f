//! A killed build and a full disk: what readers have is always one whole version.

use crate::support::chance::Chance;
use crate::support::program::{command, run};
use crate::support::{Site, article, files_below, write_files};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How many pages the killed site has.
const PAGES: usize = 300;
/// How often its builds are killed.
const KILLS: usize = 30;

fn write_version(folder: &Path, version: &str) {
    let mut chance = Chance::new(300);
    let words = [
        "taper", "slow", "sleep", "step", "care", "plan", "calm", "help",
    ];
    write_files(
        folder,
        &[(
            "stepdown.toml",
            "name = \"Killed\"\nlanguages = [\"en\"]\ncountry = \"US\"\n",
        )],
    );
    for number in 0..PAGES {
        let text: Vec<&str> = (0..60).map(|_| *chance.one_of(&words)).collect();
        let body = format!(
            "This is {version}. {}.\n\n## More\n\nSee [[p{}]].\n",
            text.join(" "),
            (number + 1) % PAGES
        );
        let path = format!("content/en/part{}/p{number}.md", number % 10);
        write_files(folder, &[(&path, &article("", &body))]);
    }
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_one_whole_version() {
    let temporary = tempfile::tempdir().unwrap();
    let roots = ["first", "second"].map(|version| {
        let root = temporary.path().join(version);
        write_version(&root, version);
        root
    });
    let out = temporary.path().join("out");
    let arguments = |root: &Path, out: &Path| {
        ["build", "--edition", "web", "--root"]
            .map(ToOwned::to_owned)
            .into_iter()
            .chain([
                root.display().to_string(),
                "--out".to_owned(),
                out.display().to_string(),
            ])
            .collect::<Vec<_>>()
    };
    let mut longest = Duration::ZERO;
    let versions: Vec<BTreeMap<String, Vec<u8>>> = roots
        .iter()
        .map(|root| {
            let reference = temporary.path().join("reference");
            let start = Instant::now();
            run(temporary.path(), &arguments(root, &reference)).ends_with(0);
            longest = longest.max(start.elapsed());
            files_below(&reference.join("web"))
        })
        .collect();
    assert!(versions[0].len() > PAGES && versions[0] != versions[1]);
    run(temporary.path(), &arguments(&roots[1], &out)).ends_with(0);
    let mut chance = Chance::new(9);
    let mut killed = 0;
    let mut seen = [0, 1];
    let mut present = 1;
    for round in 0..KILLS * 10 {
        if killed == KILLS {
            break;
        }
        let wanted = 1 - present;
        let mut child = command(temporary.path())
            .args(arguments(&roots[wanted], &out))
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let share = u32::try_from(chance.below(1000)).unwrap();
        std::thread::sleep(longest * share / 1000);
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let there = files_below(&out.join("web"));
        let version = versions.iter().position(|version| *version == there);
        present = version.unwrap_or_else(|| {
            let differ: Vec<&String> = versions[wanted]
                .keys()
                .filter(|address| versions[wanted].get(*address) != there.get(*address))
                .collect();
            panic!(
                "after kill {round} the folder is neither version; {} files, {} differ: {:?}",
                there.len(),
                differ.len(),
                differ.first()
            )
        });
        seen[present] += 1;
        if round % 10 == 9 {
            present = 1 - present;
            run(temporary.path(), &arguments(&roots[present], &out)).ends_with(0);
            assert!(
                files_below(&out.join("web")) == versions[present],
                "the next build works"
            );
        }
    }
    assert_eq!(
        killed, KILLS,
        "so many builds were killed before they ended"
    );
    assert!(
        seen[0] > 0 && seen[1] > 0,
        "both versions were seen: {seen:?}"
    );
    run(temporary.path(), &arguments(&roots[0], &out)).ends_with(0);
    assert!(files_below(&out.join("web")) == versions[0]);
    let left = files_below(&out);
    let left: Vec<&String> = left
        .keys()
        .filter(|path| !path.starts_with("web/"))
        .filter(|path| !path.ends_with("lock") && !path.ends_with("state.json"))
        .filter(|path| *path != "changes.txt")
        .collect();
    assert!(left.is_empty(), "unfinished files are left: {left:?}");
}

fn small(text: &str) -> Site {
    Site::started()
        .file(
            "stepdown.toml",
            "slug = \"s\"\nlanguages = [\"en\"]\ncountry = \"US\"\neditions = [\"web\", \"zip\"]\n",
        )
        .article("en/part/a.md", text)
        .article("en/part/b.md", text)
}

#[test]
fn a_full_disk_leaves_one_whole_version_and_the_next_build_works() {
    let old = small("Old.\n").build();
    let new = small("New.\n").build();
    let mut failures = 0;
    let mut writes = 0;
    loop {
        let changed = small("Old.\n");
        changed.build();
        for name in ["a", "b"] {
            let path = changed
                .options
                .root
                .join(format!("content/en/part/{name}.md"));
            stepdown::disk::WritableDisk::write(
                &changed.disk,
                &path,
                article("", "New.\n").as_bytes(),
            )
            .unwrap();
        }
        changed.disk.fill_after(Some(writes));
        let outcome = changed.again();
        let (web, zip) = output(&changed);
        assert!(
            web == old.web || web == new.web,
            "after {writes} writes the folder is no version"
        );
        assert!(
            zip == old.zip || zip == new.zip,
            "after {writes} writes the zip is no version"
        );
        if outcome.is_ok() {
            assert!(web == new.web && zip == new.zip);
            break;
        }
        failures += 1;
        let said = outcome.err().unwrap_or_default();
        assert!(
            said.contains("could not write /out/") && said.contains("make room"),
            "{said}"
        );
        changed.disk.fill_after(None);
        let after = changed.again().unwrap();
        assert!(
            after.web == new.web && after.zip == new.zip,
            "the build after {writes} writes works"
        );
        writes += 1;
        assert!(
            writes < 200,
            "a build of {} files needs no 200 writes",
            new.web.len()
        );
    }
    assert!(failures > 10, "{failures}");
}

fn output(site: &Site) -> (BTreeMap<String, Vec<u8>>, Option<Vec<u8>>) {
    let mut web = BTreeMap::new();
    let mut zip = None;
    for (path, bytes, _) in site.disk.files() {
        if let Ok(address) = path.strip_prefix("/out/web") {
            web.insert(address.to_string_lossy().into_owned(), bytes.to_vec());
        } else if path == Path::new("/out/s.zip") {
            zip = Some(bytes.to_vec());
        }
    }
    (web, zip)
}
