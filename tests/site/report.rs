//! The report of `check --format html`: what it says, in which order, and that nothing of the files becomes HTML.

use crate::support::page::{Page, single_spaces};
use crate::support::program::run;
use crate::support::{article, files_below, repository, write_files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Checks a folder; gives its report.
fn report(folder: &Path) -> Page {
    Page::read("report", &run(folder, &["check", "--format", "html"]).out)
}

fn fixture(name: &str) -> Page {
    report(&repository().join("tests/fixtures").join(name))
}

/// Gives a folder with a site of its own.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let helplines = include_str!("../support/helplines.toml");
    write_files(
        folder.path(),
        &[
            (
                "stepdown.toml",
                "name = \"Clinic\"\nlanguages = [\"en\"]\ncountry = \"US\"\n",
            ),
            ("content/_data/helplines.toml", helplines),
            ("content/en/part/a.md", &article("title: A", "Text.\n")),
        ],
    );
    write_files(folder.path(), files);
    folder
}

/// Gives the texts of all elements of a name, with single spaces.
fn texts(page: &Page, name: &str) -> Vec<String> {
    let text = |id| single_spaces(&page.text_of(id));
    page.all(name).map(text).collect()
}

/// Gives the texts of the findings, in order.
fn findings(page: &Page) -> Vec<String> {
    let items = page.all("li");
    let is_finding = |id: &usize| {
        let id = page.attribute(*id, "id");
        id.is_some_and(|id| id.starts_with("finding-"))
    };
    items
        .filter(is_finding)
        .map(|id| single_spaces(&page.text_of(id)))
        .collect()
}

#[test]
fn a_report_says_which_site_was_checked_when_and_what_came_of_it() {
    let page = fixture("thirty-faults");
    assert_eq!(page.language(page.only("main")), Some("en"));
    assert_eq!(
        texts(&page, "title"),
        ["Findings in The clinic with thirty faults, November 22, 2026"]
    );
    assert_eq!(
        texts(&page, "h1"),
        ["Findings in The clinic with thirty faults"]
    );
    assert_eq!(
        page.attribute(page.only("time"), "datetime"),
        Some("2026-11-22")
    );
    let main = page.main();
    for words in [
        "checked this site on November 22, 2026. 26 pages are published.",
        "This site cannot be built until its errors are mended.",
        "124 errors, 3 warnings, 0 notes, 0 allowed.",
    ] {
        assert!(main.contains(words), "no {words:?} in {main}");
    }
}

#[test]
fn the_gravest_group_comes_first_and_what_stops_a_build_before_the_rest() {
    let page = fixture("thirty-faults");
    assert_eq!(
        texts(&page, "h2"),
        ["What was found", "Could hurt someone (4)", "Broken (123)"]
    );
    let kinds = texts(&page, "h3");
    assert_eq!(
        kinds[..6],
        [
            "Unchecked translation (1)",
            "Unknown placeholder (1)",
            "Unpublished number (1)",
            "Overdue review (1)",
            "Address clash (1)",
            "Allow without reason (1)"
        ]
    );
    assert_eq!(
        kinds[kinds.len() - 2..],
        ["Misplaced file (1)", "Unsafe name (1)"]
    );
    let severities: Vec<bool> = findings(&page)
        .iter()
        .map(|text| text.contains("Error:"))
        .collect();
    assert_eq!(severities[..5], [true, true, true, false, true]);
}

#[test]
fn a_finding_tells_what_is_wrong_what_to_do_and_where_with_the_place_marked() {
    let page = fixture("thirty-faults");
    let findings = findings(&page);
    assert_eq!(findings.len(), 127);
    assert!(
        findings[1].starts_with("2. Error: {emergncy} stands for nothing")
            && findings[1].contains("What to do: did you mean {emergency}?")
            && findings[1].contains("content/en/start/first.md, line 24, column 6")
            && findings[1].contains("Call {emergncy} now"),
        "{}",
        findings[1]
    );
    let marks = texts(&page, "mark");
    assert_eq!(marks[1], "{emergncy}");
    // Where else to look is shown as well.
    let clash = findings
        .iter()
        .find(|text| text.contains("line 8, column 17"));
    assert!(
        clash
            .unwrap()
            .contains("It is used here first: content/en/"),
        "{clash:?}"
    );
}

#[test]
fn a_rule_is_explained_once_where_many_findings_share_it_and_folded() {
    let page = fixture("silent-faults");
    assert!(findings(&page).len() > 300);
    let parts: Vec<usize> = page
        .all("details")
        .filter(|id| page.attribute(*id, "class") == Some("explanation"))
        .collect();
    assert_eq!(parts.len(), page.all("h3").count());
    let mut rules = BTreeMap::<String, usize>::new();
    for part in parts {
        assert_eq!(page.attribute(part, "open"), None);
        let titles = page
            .all("h4")
            .filter(|id| page.around(*id).any(|one| one == part));
        let titles: Vec<String> = titles.map(|id| page.text_of(id)).collect();
        assert_eq!(titles, ["Why it matters", "How to decide", "How to mend"]);
        let text = page.text_of(part);
        let name = text.split("The name of this rule is ").nth(1).unwrap();
        *rules.entry(name.trim().to_owned()).or_default() += 1;
        assert!(!text.contains("```") && !text.contains("## "), "{text}");
    }
    // Only a rule that is milder in some places stands in two groups.
    assert_eq!(rules.remove("leftover-markup."), Some(2));
    assert!(rules.values().all(|times| *times == 1), "{rules:?}");
}

#[test]
fn the_list_at_the_top_leads_to_each_kind_and_from_each_file_to_its_findings() {
    let page = fixture("thirty-faults");
    let ids = page.ids();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len());
    let links: BTreeSet<&str> = page.links().into_iter().collect();
    for link in &links {
        let id = link.strip_prefix('#').unwrap_or_else(|| panic!("{link}"));
        assert!(distinct.contains(id), "{link} leads nowhere");
    }
    for id in &distinct {
        let is_reached = links.contains(&*format!("#{id}"));
        // A finding about the whole site stands in no file, and the interface texts are built in.
        assert!(is_reached || *id == "contents", "nothing leads to {id}");
    }
    let listed = page.main();
    assert!(listed.contains("The same by file (14)"));
    assert!(
        listed.contains("content/en/start/keys.md:5 14 17 23 124"),
        "{}",
        &listed[..2000]
    );
}

#[test]
fn a_site_without_findings_has_a_report_that_says_so_and_nothing_more() {
    let folder = site(&[("content/_data/center.toml", CENTER)]);
    let check = run(folder.path(), &["check", "--format", "html"]).ends_with(0);
    let page = Page::read("report", &check.out);
    assert_eq!(
        page.main(),
        format!(
            "Findings in Clinic Stepdown {} checked this site on November 22, 2026. 8 pages are published. Nothing was found that needs mending.",
            env!("CARGO_PKG_VERSION")
        )
    );
    assert_eq!(page.all("h2").count() + page.all("nav").count(), 0);
}

#[test]
fn what_is_allowed_stands_last_with_its_reason_and_what_is_hidden_first() {
    let folder = site(&[
        (
            "content/en/part/b.md",
            &article(
                "title: B\nallow:\n  raw-html: it is `our` <way>",
                "<b>Bold</b>\n",
            ),
        ),
        (
            "content/en/part/c.md",
            &article("title: C\ndraft: true", "Text.\n"),
        ),
    ]);
    let page = report(folder.path());
    let titles = texts(&page, "h2");
    assert_eq!(titles.first().unwrap(), "Hidden pages");
    assert!(
        titles.last().unwrap().starts_with("Allowed ("),
        "{titles:?}"
    );
    let main = page.main();
    assert!(main.contains("1 page is hidden because it is a draft."));
    assert!(
        main.contains("Allowed because: it is `our` <way>"),
        "{main}"
    );
    assert_eq!(page.all("way").count() + page.all("b").count(), 0);
}

#[test]
fn nothing_that_files_hold_becomes_html() {
    let folder = site(&[
        (
            "stepdown.toml",
            "name = \"<b>Clinic</b> & \\\"friends\\\"\"\nlanguages = [\"en\"]\ncountry = \"US\"\n\"<script>alert(1)</script>\" = 1\n",
        ),
        (
            "content/en/part/<img src=x onerror=alert(1)>.md",
            &article(
                "title: T",
                "{<script>} [x](<javascript:alert(1)>) <script>alert(1)</script> ` <style>*{}</style> {\"><svg onload=alert(1)>}\n",
            ),
        ),
    ]);
    let out = run(folder.path(), &["check", "--format", "html"]).out;
    let page = Page::read("report", &out);
    assert!(findings(&page).len() > 3);
    let names: BTreeSet<&str> = page.elements.iter().map(|one| &*one.name).collect();
    let known = [
        "a",
        "bdi",
        "body",
        "br",
        "code",
        "details",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "html",
        "li",
        "main",
        "mark",
        "meta",
        "nav",
        "ol",
        "p",
        "path",
        "pre",
        "strong",
        "style",
        "summary",
        "svg",
        "time",
        "title",
        "ul",
    ];
    for name in names {
        assert!(known.contains(&name), "<{name}>");
    }
    assert_eq!(page.all("style").count(), 1);
    for element in &page.elements {
        for (name, value) in &element.attributes {
            let is_active = name.starts_with("on") || name == "style" || name == "src";
            assert!(!is_active, "{name}={value}");
            assert!(name != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert_eq!(
        texts(&page, "h1"),
        ["Findings in <b>Clinic</b> & \"friends\""]
    );
    let policy = page
        .all("meta")
        .find(|id| page.attribute(*id, "http-equiv").is_some())
        .and_then(|id| page.attribute(id, "content"));
    assert!(
        policy
            .unwrap()
            .starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy:?}"
    );
}

#[test]
fn a_report_is_made_again_byte_for_byte_and_writes_nothing() {
    let folder = repository().join("tests/fixtures/thirty-faults");
    let before = files_below(&folder);
    let first = run(&folder, &["check", "--format", "html"]).out;
    assert_eq!(first, run(&folder, &["check", "--format", "html"]).out);
    assert_eq!(files_below(&folder), before);
}

/// A center whose numbers are all there, so that nothing stands in for them.
const CENTER: &str = "\
name = \"Clinic\"
line = \"clinical\"
phone = \"800-555-0100\"
phone_dial = \"8005550100\"
after_hours = \"800-555-0101\"
after_hours_dial = \"8005550101\"
";
