//! The program itself: arguments, what it says and where, exit codes.

use crate::support::program::{Run, command, ended, run};
use crate::support::{article, files_below, read_findings, sha256, write_files};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use stepdown::finding::rules::RULES;

/// Gives a folder with one article without faults.
fn small_site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_files(
        folder.path(),
        &[
            (
                "stepdown.toml",
                "slug = \"s\"\ncountry = \"US\"\nlanguages = [\"en\"]\neditions = [\"web\", \"zip\"]\n",
            ),
            ("content/en/part/a.md", &article("", "Text.\n")),
        ],
    );
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    write_files(folder, &[(path, text)]);
}

/// Gives all files of a folder but those that a build makes.
fn sources(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_below(folder);
    files.retain(|path, _| !path.starts_with("dist/"));
    files
}

#[test]
fn a_new_site_in_a_folder_with_a_space_is_built_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let init = run(
        folder.path(),
        &[
            "init",
            "my site",
            "--name",
            "Our clinic",
            "--languages",
            "en,es",
        ],
    )
    .ends_with(0);
    assert_eq!(init.out, "");
    let init = init.says(&[
        "Wrote",
        "my site",
        "Next:",
        "Write your telephone numbers into content/_data/center.toml, and say there who answers them.",
        "stepdown build --root \"my site\"",
    ]);
    assert!(!init.err.contains("were there already"), "{}", init.err);
    let build = run(folder.path(), &["build", "--root", "my site"])
        .ends_with(0)
        .says(&[
            "Built ",
            "pages are hidden because no clinician has reviewed them yet",
            "To read the site, open my site/dist/web/index.html",
            "To hand it on, send my site/dist/our-clinic.zip; it opens with START-HERE.html",
            "0 errors",
        ]);
    assert_eq!(build.out, "");
    let dist = folder.path().join("my site/dist");
    assert!(dist.join("web/index.html").is_file() && dist.join("our-clinic.zip").is_file());
    assert!(
        !dist
            .join("web/en/tapering/how-tapering-works.html")
            .exists(),
        "a page that nobody reviewed is hidden"
    );
}

#[test]
fn a_second_init_overwrites_nothing_and_says_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init"]).ends_with(0);
    let page = "content/en/tapering/how-tapering-works.md";
    put(folder.path(), page, "mine");
    put(folder.path(), "stepdown.toml", "name = \"Mine\"\n");
    fs::remove_file(folder.path().join("content/en/index.md")).unwrap();
    let mut before = sources(folder.path());
    let second = run(folder.path(), &["init", "--name", "Other"]).ends_with(0);
    let second = second.says(&[
        "Wrote 1 files",
        "were there already and are unchanged",
        page,
        "stepdown.toml",
    ]);
    assert_eq!(second.out, "");
    let mut after = sources(folder.path());
    assert!(after.remove("content/en/index.md").is_some());
    let record = ".stepdown/library.toml";
    let (before_record, after_record) = (before.remove(record), after.remove(record));
    assert_eq!(before, after);
    assert_eq!(
        before_record, after_record,
        "the record of what came from where stays"
    );
}

#[test]
fn init_among_the_sources_of_a_site_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "our site"]).ends_with(0);
    let before = sources(folder.path());
    for below in ["content", "content/en/new", "static/x", "templates"] {
        let below = format!("our site/{below}");
        run(folder.path(), &["init", &below]).ends_with(2).says(&[
            "lies among the files of the site",
            "our site",
            "stepdown init",
        ]);
    }
    assert!(sources(folder.path()) == before, "files were written");
    run(folder.path(), &["init", "our site/second"]).ends_with(0);
}

#[test]
fn the_record_names_each_file_of_the_library_with_version_and_digest() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "--languages", "en,es"]).ends_with(0);
    let text = fs::read_to_string(folder.path().join(".stepdown/library.toml")).unwrap();
    let record: toml::Table = text.parse().unwrap();
    let mut named = Vec::new();
    for file in record["file"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let bytes = fs::read(folder.path().join(path)).unwrap();
        let digest = sha256(&bytes);
        assert_eq!(file["sha256"].as_str(), Some(digest.as_str()), "{path}");
        assert_eq!(
            file["version"].as_str(),
            Some(env!("CARGO_PKG_VERSION")),
            "{path}"
        );
        named.push(path.to_owned());
    }
    let mut there: Vec<String> = files_below(folder.path())
        .into_keys()
        .filter(|path| path.starts_with("content/"))
        .collect();
    there.sort();
    named.sort();
    assert_eq!(named, there);
}

#[test]
fn init_takes_only_the_languages_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "--languages", "en"]).ends_with(0);
    assert!(!folder.path().join("content/es").exists());
    assert!(!folder.path().join("content/_data/es").exists());
    assert!(folder.path().join("content/_data/helplines.toml").is_file());
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "--languages", "en,pt"])
        .ends_with(0)
        .says(&["no articles in `pt`"]);
    run(folder.path(), &["init", "--languages", "english language"])
        .ends_with(2)
        .says(&["is not a language code", "--languages en,es"]);
}

#[test]
fn a_new_site_and_its_schemas_can_be_checked_without_a_finding_at_error_level() {
    let folder = tempfile::tempdir().unwrap();
    run(
        folder.path(),
        &["init", "--name", "He said \"hi\" \\ there"],
    )
    .ends_with(0);
    let settings: toml::Table = fs::read_to_string(folder.path().join("stepdown.toml"))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(settings["name"].as_str(), Some("He said \"hi\" \\ there"));
    let schema = |name: &str| -> serde_json::Value {
        let path = format!(".stepdown/schemas/{name}.schema.json");
        serde_json::from_str(&fs::read_to_string(folder.path().join(path)).unwrap()).unwrap()
    };
    let required = |name: &str| schema(name)["required"].clone();
    assert_eq!(required("stepdown"), serde_json::Value::Null);
    assert_eq!(required("article"), serde_json::json!(["title", "summary"]));
    let (text, known) = (
        schema("stepdown").to_string(),
        &schema("stepdown")["properties"],
    );
    assert!(
        !text.contains("\"required\""),
        "a table requires a key: {text}"
    );
    for key in settings.keys() {
        assert!(known.get(key).is_some(), "the schema does not know `{key}`");
    }
    run(folder.path(), &["check"])
        .ends_with(0)
        .says(&["0 errors"]);
}

#[test]
fn a_new_article_is_a_draft_that_builds_without_a_finding() {
    let folder = small_site();
    let new = run(
        folder.path(),
        &["new", "part/getting-ready", "--title", "Getting: \"ready\""],
    )
    .ends_with(0);
    assert_eq!(new.out, "");
    new.says(&[
        "Wrote content/en/part/getting-ready.md",
        "It is a draft",
        "stepdown serve",
    ]);
    run(folder.path(), &["build"])
        .ends_with(0)
        .says(&["1 page is hidden because it is a draft", "Built"]);
    let page = folder.path().join("dist/web/en/part/getting-ready.html");
    assert!(!page.exists());
    run(folder.path(), &["build", "--drafts"]).ends_with(0);
    let page = fs::read_to_string(page).unwrap();
    assert!(
        page.contains("Getting: &quot;ready&quot;") || page.contains("Getting: \"ready\""),
        "{page}"
    );
    run(folder.path(), &["new", "part/getting-ready"])
        .ends_with(2)
        .says(&["is there already, so nothing was written"]);
}

#[test]
fn the_name_of_a_new_article_must_fit_into_an_address() {
    let folder = small_site();
    for (name, word) in [
        ("Part/Getting Ready", "write `part/getting-ready`"),
        ("a/b/c", "section and name"),
        ("../../etc/x", "section and name"),
        ("part/é", "write `part/e`"),
        ("", "section and name"),
        ("part/", "cannot stand"),
    ] {
        let before = files_below(folder.path());
        let new = run(folder.path(), &["new", name]);
        if new.code == 0 {
            assert_eq!(name, "part/", "{name} was taken");
            continue;
        }
        new.ends_with(2).says(&[word]);
        assert_eq!(files_below(folder.path()), before);
    }
}

#[test]
fn a_new_translation_has_the_keys_and_the_text_of_its_source() {
    let folder = small_site();
    put(
        folder.path(),
        "stepdown.toml",
        "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
    );
    run(folder.path(), &["new", "part/a", "--from", "part/a"])
        .ends_with(2)
        .says(&["needs its language", "--language es"]);
    run(
        folder.path(),
        &["new", "part/a", "--from", "part/a", "--language", "fr"],
    )
    .ends_with(2)
    .says(&["`fr` is not a language of this site", "en, es"]);
    run(
        folder.path(),
        &["new", "part/a", "--from", "part/none", "--language", "es"],
    )
    .ends_with(2)
    .says(&["there is no page"]);
    run(
        folder.path(),
        &[
            "new",
            "parte/uno",
            "--from",
            "en/part/a.md",
            "--language",
            "es",
            "--title",
            "Uno",
        ],
    )
    .ends_with(0);
    let text = fs::read_to_string(folder.path().join("content/es/parte/uno.md")).unwrap();
    for words in [
        "title: \"Uno\"\n",
        "summary: One short sentence.\n",
        "draft: true\n",
        "  of: part/a\n",
        "  machine: false\n",
        "\nText.\n",
    ] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
    run(folder.path(), &["build", "--drafts"])
        .ends_with(0)
        .says(&["Built"]);
    let page = fs::read_to_string(folder.path().join("dist/web/es/parte/uno.html")).unwrap();
    assert!(page.contains("<h1>Uno</h1>"), "{page}");
}

/// A site with one finding of each severity and a finding that is allowed.
fn site_with_findings() -> tempfile::TempDir {
    let folder = small_site();
    let body = "Say {center.name}. <b>Bold</b>.\n\nSee {emergncy} for é {nothing}.\n";
    put(
        folder.path(),
        "content/en/part/b.md",
        &article("allow:\n  raw-html: it is our way\n  nothing-such: x", body),
    );
    put(folder.path(), "content/fr/x.md", "");
    folder
}

#[test]
fn findings_as_json_have_the_keys_of_the_contract_and_nothing_else_is_on_standard_output() {
    let folder = site_with_findings();
    let check = run(folder.path(), &["check", "--format", "json"]).ends_with(1);
    let keys = [
        "allowed",
        "also",
        "column",
        "end_column",
        "end_line",
        "group",
        "help",
        "line",
        "message",
        "path",
        "rule",
        "severity",
    ];
    for line in check.out.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut found: Vec<&String> = value.as_object().unwrap().keys().collect();
        found.sort();
        assert_eq!(found, keys);
        assert!(["error", "warning", "note"].contains(&value["severity"].as_str().unwrap()));
        assert!(
            ["could hurt someone", "broken", "could be clearer"]
                .contains(&value["group"].as_str().unwrap())
        );
        assert!(value["also"].is_array());
    }
    let found = read_findings(&check.out);
    let rules: Vec<(&str, u64, u64, Option<&str>)> = found
        .iter()
        .map(|found| {
            (
                found.rule.as_str(),
                found.line,
                found.column,
                found.allowed.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rules,
        [
            ("wrong-value", 7, 3, None),
            ("raw-html", 10, 20, Some("it is our way")),
            ("unknown-placeholder", 12, 5, None),
            ("unknown-placeholder", 12, 22, None),
            ("misplaced-file", 1, 1, None),
            ("placeholder-without-value", 0, 0, None),
        ],
        "{}",
        check.out
    );
    let end: Vec<serde_json::Value> = check
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (end[3]["end_line"].as_u64(), end[3]["end_column"].as_u64()),
        (Some(12), Some(31))
    );
    assert!(
        check.err.lines().all(|line| line.ends_with('…')),
        "{}",
        check.err
    );
}

#[test]
fn findings_as_sarif_are_one_valid_log() {
    let folder = site_with_findings();
    let check = run(folder.path(), &["check", "--format", "sarif"]).ends_with(1);
    let log: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 6);
    let known: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    for result in results {
        assert!(
            known.contains(&result["ruleId"].as_str().unwrap()),
            "{result}"
        );
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
    }
    let region = &results[2]["locations"][0]["physicalLocation"];
    assert_eq!(region["artifactLocation"]["uri"], "content/en/part/b.md");
    assert_eq!(
        (
            region["region"]["startLine"].as_u64(),
            region["region"]["startColumn"].as_u64()
        ),
        (Some(12), Some(5))
    );
}

#[test]
fn findings_as_a_page_hold_each_message_and_no_open_html() {
    let folder = site_with_findings();
    let check = run(folder.path(), &["check", "--format", "html"]).ends_with(1);
    let page = crate::support::page::Page::read("findings.html", &check.out);
    let text = page.text_of(page.only("body"));
    for words in [
        "{emergncy}",
        "<b> is HTML",
        "content/en/part/b.md",
        "unknown-placeholder",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert_eq!(page.all("b").count(), 0);
}

#[test]
fn findings_as_text_go_to_standard_error_in_groups_without_color() {
    let folder = site_with_findings();
    let check = run(folder.path(), &["check"]).ends_with(1);
    assert_eq!(check.out, "");
    assert!(!check.err.contains('\u{1b}'), "there is color");
    let check = check.says(&[
        "== could hurt someone (3) ==",
        "== broken (2) ==",
        "error[unknown-placeholder]",
        "content/en/part/b.md:12:5",
        "did you mean `{emergency}`?",
        "allowed: content/en/part/b.md:10:20: raw-html:",
        "(because: it is our way)",
    ]);
    assert!(
        check
            .err
            .ends_with("3 errors, 2 warnings, 0 notes, 1 allowed.\n"),
        "{}",
        check.err
    );
    assert!(
        !folder.path().join("dist").exists(),
        "a check writes nothing"
    );
}

#[test]
fn warnings_fail_a_check_only_if_they_are_asked_to() {
    let folder = small_site();
    put(
        folder.path(),
        "content/en/part/b.md",
        &article("", "Ask {center.name}.\n"),
    );
    run(folder.path(), &["check"])
        .ends_with(0)
        .says(&["0 errors, 1 warning"]);
    run(folder.path(), &["check", "--fail-on", "warning"]).ends_with(1);
    run(folder.path(), &["build"]).ends_with(0);
}

#[test]
fn ten_places_that_could_be_clearer_are_shown_of_a_page_and_all_if_asked_for() {
    let folder = small_site();
    let table = format!("{}|\n{}|\n\n", "| a ".repeat(6), "|---".repeat(6));
    put(
        folder.path(),
        "content/en/part/b.md",
        &article("", &table.repeat(13)),
    );
    let usual = run(folder.path(), &["check"]);
    let shown = |text: &str| text.matches("[wide-table]").count();
    assert_eq!(shown(&usual.err), 10, "{}", usual.err);
    usual
        .ends_with(0)
        .says(&["3 more of these are not shown here", "13 warnings"]);
    let all = run(folder.path(), &["check", "--all"]);
    assert_eq!(shown(&all.err), 13, "{}", all.err);
    assert!(!all.err.contains("not shown here"), "{}", all.err);
}

#[test]
fn a_build_with_errors_says_so_ends_with_1_and_leaves_the_old_site() {
    let folder = small_site();
    run(folder.path(), &["build"]).ends_with(0);
    let before = files_below(&folder.path().join("dist"));
    put(
        folder.path(),
        "content/en/part/b.md",
        &article("", "See {nothing}.\n"),
    );
    let build = run(folder.path(), &["build"]).ends_with(1);
    assert_eq!(build.out, "");
    build.says(&[
        "Nothing was written, because there are errors",
        "What was built before is unchanged",
        "stepdown explain RULE",
    ]);
    assert_eq!(files_below(&folder.path().join("dist")), before);
}

#[test]
fn each_rule_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let list = run(folder.path(), &["explain"]).ends_with(0);
    assert_eq!(list.out.lines().count(), RULES.len());
    for rule in RULES {
        let explained = run(folder.path(), &["explain", rule.name]).ends_with(0);
        assert_eq!(explained.err, "");
        assert!(explained.out.starts_with(&format!("# {}\n", rule.name)));
        for words in [
            rule.group.words(),
            rule.severity.name(),
            "## Why it matters",
            "## How to decide",
            "## How to mend",
        ] {
            assert!(explained.out.contains(words), "{}: {words}", rule.name);
        }
    }
}

#[test]
fn a_rule_that_does_not_exist_is_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let explain = run(folder.path(), &["explain", "broken-lnk"]).ends_with(2);
    assert_eq!(explain.out, "");
    explain.says(&[
        "there is no rule `broken-lnk`",
        "did you mean `broken-link`?",
    ]);
    run(folder.path(), &["explain", "zzzzzzzz"])
        .ends_with(2)
        .says(&["lists all rules"]);
}

#[test]
fn completions_are_printed_for_each_shell() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let printed = run(folder.path(), &["completions", shell]).ends_with(0);
        assert!(
            printed.out.contains("stepdown") && printed.out.contains("explain"),
            "{shell}"
        );
        assert_eq!(printed.err, "");
    }
    assert!(
        run(folder.path(), &["completions", "bash"])
            .out
            .contains("_stepdown()")
    );
}

#[test]
fn editions_that_cannot_be_made_are_refused() {
    let folder = small_site();
    for edition in ["epub", "single", "print", "pdf", "web,epub"] {
        run(folder.path(), &["build", "--edition", edition])
            .ends_with(2)
            .says(&["there is no edition `", "the editions are web and zip"]);
    }
    assert!(!folder.path().join("dist").exists());
    put(
        folder.path(),
        "stepdown.toml",
        "country = \"US\"\neditions = [\"web\", \"epub\"]\n",
    );
    run(folder.path(), &["build"]).ends_with(1).says(&[
        "wrong-value",
        "`epub` is not known here",
        "write one of `web`, `zip`",
    ]);
}

#[test]
fn only_the_editions_that_are_asked_for_are_made() {
    let folder = small_site();
    run(folder.path(), &["build", "--edition", "zip"]).ends_with(0);
    assert!(folder.path().join("dist/s.zip").is_file() && !folder.path().join("dist/web").exists());
    run(folder.path(), &["build", "--edition", "web"]).ends_with(0);
    assert!(folder.path().join("dist/web/index.html").is_file());
    assert!(
        folder.path().join("dist/s.zip").is_file(),
        "the other edition stays"
    );
}

#[test]
fn a_today_that_is_no_date_is_refused() {
    let folder = small_site();
    for today in ["tomorrow", "2026-02-30", "22.11.2026", "2026-1-1"] {
        run(folder.path(), &["build", "--today", today])
            .ends_with(2)
            .says(&["is not a date", "--today 2026-11-22"]);
    }
    let output = command(folder.path())
        .env("SOURCE_DATE_EPOCH", "soon")
        .arg("check")
        .output()
        .unwrap();
    ended(&output)
        .ends_with(2)
        .says(&["SOURCE_DATE_EPOCH is `soon`"]);
    run(folder.path(), &["build", "--today", "2031-01-02"]).ends_with(0);
    let manifest =
        fs::read_to_string(folder.path().join("dist/web/stepdown-manifest.json")).unwrap();
    assert!(manifest.contains("\"2031-01-02\""), "{manifest}");
}

#[test]
fn a_folder_that_stepdown_did_not_make_is_refused_and_replaced_only_by_force() {
    let folder = small_site();
    put(folder.path(), "dist/web/precious.html", "precious");
    let refused = run(folder.path(), &["build"]).ends_with(2);
    refused.says(&[
        "was not made by Stepdown, so it is left as it is",
        "--force",
        "--out",
    ]);
    assert_eq!(
        fs::read_to_string(folder.path().join("dist/web/precious.html")).unwrap(),
        "precious"
    );
    run(folder.path(), &["build", "--force"]).ends_with(0);
    assert!(!folder.path().join("dist/web/precious.html").exists());
    assert!(folder.path().join("dist/web/index.html").is_file());
}

#[test]
fn a_zip_that_stepdown_did_not_make_is_refused_too() {
    let folder = small_site();
    put(folder.path(), "dist/s.zip", "precious");
    run(folder.path(), &["build"])
        .ends_with(2)
        .says(&["s.zip was not made by Stepdown", "--force"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("dist/s.zip")).unwrap(),
        "precious"
    );
    assert!(!folder.path().join("dist/web").exists());
    run(folder.path(), &["build", "--force"]).ends_with(0);
}

#[test]
fn other_files_in_the_output_folder_are_left_alone() {
    let folder = small_site();
    put(folder.path(), "dist/notes.txt", "mine");
    put(folder.path(), "dist/other/index.html", "mine");
    run(folder.path(), &["build"]).ends_with(0);
    run(folder.path(), &["build", "--force"]).ends_with(0);
    assert_eq!(
        fs::read_to_string(folder.path().join("dist/notes.txt")).unwrap(),
        "mine"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("dist/other/index.html")).unwrap(),
        "mine"
    );
}

#[test]
fn output_among_the_sources_is_refused() {
    let folder = small_site();
    let before = files_below(folder.path());
    for out in [
        "content",
        "content/out",
        "static",
        "templates/x",
        "./content",
        "content/../content/en",
    ] {
        run(folder.path(), &["build", "--out", out])
            .ends_with(2)
            .says(&["lies inside the site's sources"]);
        assert_eq!(files_below(folder.path()), before, "{out}");
    }
}

#[test]
fn output_among_the_sources_is_refused_however_the_folder_is_written() {
    let folder = small_site();
    let before = files_below(folder.path());
    let absolute = folder.path().join("content/en");
    for (root, out) in [
        (".", absolute.to_str().unwrap()),
        (folder.path().to_str().unwrap(), "content"),
        (".", "x/../content/en"),
        ("content/..", "content"),
    ] {
        let build = run(folder.path(), &["build", "--root", root, "--out", out]);
        assert!(
            files_below(folder.path()) == before,
            "--root {root} --out {out} wrote among the sources"
        );
        build.ends_with(2);
    }
}

#[test]
fn output_that_would_replace_the_site_itself_is_refused() {
    let folder = small_site();
    // The editions of `--out .` are `./web` and `./s.zip`, beside the sources.
    run(folder.path(), &["build", "--out", "."]).ends_with(0);
    assert!(folder.path().join("content/en/part/a.md").is_file());
    assert!(folder.path().join("web/index.html").is_file());
}

#[test]
fn an_output_path_that_is_a_file_is_refused() {
    let folder = small_site();
    put(folder.path(), "out", "precious");
    run(folder.path(), &["build", "--out", "out"])
        .ends_with(2)
        .says(&["is a file, so nothing can be written below it"]);
    run(folder.path(), &["build", "--out", "out/below"])
        .ends_with(2)
        .says(&["out"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("out")).unwrap(),
        "precious"
    );
}

#[test]
fn an_output_folder_that_may_not_be_written_is_a_failure_with_its_path() {
    let folder = small_site();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(out.join("probe"), "").is_ok();
    let build = run(folder.path(), &["build", "--out", "out"]);
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
    if may_write_anyway {
        // The superuser may write everywhere, so the build works.
        build.ends_with(0);
        return;
    }
    build.ends_with(2).says(&[
        "could not make the folder",
        "out",
        "check that you may read and write there",
    ]);
}

#[test]
fn a_link_is_found_and_never_followed() {
    let folder = small_site();
    put(folder.path(), "secret.svg", "<svg>secret</svg>");
    let link = folder.path().join("content/en/part/x.svg");
    std::os::unix::fs::symlink(folder.path().join("secret.svg"), link).unwrap();
    let check = run(folder.path(), &["check", "--format", "json"]);
    let found = read_findings(&check.out);
    assert_eq!(found.len(), 1, "{}", check.out);
    let place = "content/en/part/x.svg:1:1: misplaced-file";
    assert_eq!(found[0].place(), place);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = small_site();
    for command in ["build", "check"] {
        run(folder.path(), &[command, "--root", "nowhere"])
            .ends_with(2)
            .says(&["there is no folder nowhere", "--root"]);
    }
    let empty = tempfile::tempdir().unwrap();
    run(empty.path(), &["build"])
        .ends_with(2)
        .says(&["there is no site in this folder", "stepdown init"]);
}

#[test]
fn wrong_use_ends_with_2_and_help_with_0() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["bild"]).ends_with(2);
    run(folder.path(), &["build", "--nothing"]).ends_with(2);
    run::<&str>(folder.path(), &[]).ends_with(2);
    let help = run(folder.path(), &["--help"]).ends_with(0);
    for word in ["init", "new", "build", "check", "explain", "completions"] {
        assert!(help.out.contains(word), "{word}");
    }
    let version = run(folder.path(), &["--version"]).ends_with(0);
    assert_eq!(
        version.out.trim(),
        concat!("stepdown ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn own_data_does_not_meet_the_translations_of_the_starter() {
    let folder = small_site();
    put(
        folder.path(),
        "stepdown.toml",
        "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
    );
    put(
        folder.path(),
        "content/_data/helplines.toml",
        crate::support::HELPLINES,
    );
    let check = run(folder.path(), &["check", "--format", "json"]);
    let found = read_findings(&check.out);
    let foreign: Vec<String> = found
        .iter()
        .filter(|found| !folder.path().join(&found.path).exists())
        .map(|found| format!("{}: {}", found.place(), found.message))
        .collect();
    assert!(
        foreign.is_empty(),
        "{} findings in files that the site does not have, such as {:?}",
        foreign.len(),
        foreign.first()
    );
}

#[test]
fn two_builds_at_the_same_time_do_not_mix() {
    let folder = small_site();
    let mut children: Vec<_> = (0..4)
        .map(|_| {
            let mut command = command(folder.path());
            command
                .arg("build")
                .stderr(std::process::Stdio::piped())
                .stdout(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let runs: Vec<Run> = children
        .drain(..)
        .map(|child| ended(&child.wait_with_output().unwrap()))
        .collect();
    assert!(runs.iter().any(|run| run.code == 0));
    for run in runs {
        if run.code != 0 {
            run.ends_with(2).says(&["another build is writing to"]);
        }
    }
    let fresh = small_site();
    crate::support::program::run(fresh.path(), &["build"]).ends_with(0);
    assert!(
        files_below(&folder.path().join("dist/web")) == files_below(&fresh.path().join("dist/web"))
    );
}
