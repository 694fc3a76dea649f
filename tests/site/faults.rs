//! One site with thirty seeded faults: each is found once, at its place, and nothing else is.

use crate::support::{Found, Site, repository};

/// Each fault: where it stands, and the rule that finds it.
const FAULTS: &str = "\
content/_data/helplines.toml:28:8: wrong-row
content/_data/medicines.toml:5:25: unknown-source
content/_shared/en/two.md:3:1: embed-cycle
content/en/start/Big Page.md:2:1: unsafe-name
content/en/start/deep.md:7:201: too-deep
content/en/start/first.md:7:11: broken-link
content/en/start/first.md:7:52: broken-anchor
content/en/start/first.md:9:5: unknown-callout
content/en/start/first.md:12:6: raw-html
content/en/start/first.md:14:1: missing-alt-text
content/en/start/first.md:16:1: missing-image
content/en/start/first.md:18:3: leftover-reference
content/en/start/first.md:20:4: unknown-embed
content/en/start/first.md:24:6: unknown-placeholder
content/en/start/first.md:24:25: unpublished-number
content/en/start/first.md:28:1: duplicate-id
content/en/start/keys.md:2:1: missing-key
content/en/start/keys.md:2:8: wrong-syntax
content/en/start/keys.md:6:1: repeated-key
content/en/start/keys.md:7:11: unknown-person
content/en/start/keys.md:8:17: address-clash
content/en/start/latin.md:7:6: not-utf8
content/en/start/overdue.md:2:1: overdue-review
content/es/start/overdue.md:2:1: unchecked-translation
content/fr/page.md:1:1: misplaced-file
stepdown.toml:5:1: unknown-key
stepdown.toml:8:10: wrong-value
stepdown.toml:14:1: allow-without-reason
templates/page.html:3:21: template-error
templates/texts/es.ftl:1:1: missing-message
";

/// Gives the site: the folder of fixtures, and Spanish interface texts of its own of which one is still in English.
fn site() -> Site {
    Site::new()
        .folder(&repository().join("tests/fixtures/thirty-faults"))
        .file(
            "templates/texts/es.ftl",
            "print-hint = You can take this page with you on paper.\n",
        )
}

#[test]
fn thirty_seeded_faults_are_thirty_findings_each_at_its_place() {
    let found = site().findings();
    let places: Vec<String> = found.iter().map(Found::place).collect();
    let expected: Vec<&str> = FAULTS.lines().collect();
    assert_eq!(places, expected, "\n{}", site().check());
    assert_eq!(places.len(), 30);
    let mut rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    assert!(rules.len() >= 25, "{rules:?}");
}

#[test]
fn each_finding_says_what_is_wrong_in_one_plain_sentence_and_what_to_do() {
    let mut wrong = Vec::new();
    for found in site().findings() {
        let Found { message, help, .. } = &found;
        let is_plain = !message.starts_with(char::is_uppercase)
            && !message.ends_with('.')
            && !message.contains('\n');
        if !is_plain || help.is_empty() {
            wrong.push(format!("{}: {message} ({help})", found.place()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_site_with_faults_is_not_built_and_what_was_there_stays() {
    let site = site();
    let good = Site::new().article("en/index.md", "Text.\n").build();
    for (address, bytes) in &good.web {
        let path = site.options.out.join("web").join(address);
        stepdown::disk::WritableDisk::write(&site.disk, &path, bytes).unwrap();
    }
    let built = site.build();
    assert!(matches!(built.outcome, stepdown::build::Outcome::Stopped));
    assert_eq!(built.web, good.web);
}
