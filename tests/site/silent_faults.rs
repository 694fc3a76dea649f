//! One folder on the disk with every fault that was once silent, wherever it can stand: each is found once, at its place, and nothing else is;
//! and when each is mended as its line says, nothing is found and everything is read.

use crate::support::{Found, Site, repository};
use std::collections::BTreeMap;

/// Each fault on a line: `path:line:column: rule`, what is written there, and what mends it, with tabs between. Line ends and backslashes are
/// written as `\n` and `\\`; line ends that are two bytes count as one.
const FAULTS: &str = include_str!("silent_faults.txt");

struct Fault {
    place: String,
    path: String,
    /// The line and column, from 1.
    at: (usize, usize),
    written: String,
    mended: String,
}

fn unescaped(text: &str) -> String {
    let parts: Vec<String> = text
        .split("\\\\")
        .map(|part| part.replace("\\n", "\n"))
        .collect();
    parts.join("\\")
}

fn faults() -> Vec<Fault> {
    let read = |line: &str| {
        let [place, written, mended]: [&str; 3] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let [path, row, column, _]: [&str; 4] =
            place.split(':').collect::<Vec<_>>().try_into().unwrap();
        Fault {
            place: place.to_owned(),
            path: path.to_owned(),
            at: (row.parse().unwrap(), column.parse().unwrap()),
            written: unescaped(written),
            mended: unescaped(mended),
        }
    };
    FAULTS.lines().map(read).collect()
}

fn folder() -> Site {
    Site::new().folder(&repository().join("tests/fixtures/silent-faults"))
}

/// Gives the folder with every fault mended in the text as it is written.
fn mended() -> Site {
    let mut by_file: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    for fault in faults() {
        by_file.entry(fault.path.clone()).or_default().push(fault);
    }
    let mut site = folder();
    for (path, faults) in by_file {
        let file = repository()
            .join("tests/fixtures/silent-faults")
            .join(&path);
        let text = String::from_utf8(std::fs::read(file).unwrap()).unwrap();
        let is_windows = text.contains("\r\n");
        let text = text.replace("\r\n", "\n");
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut out = text.clone();
        for fault in faults.iter().rev() {
            let (row, column) = fault.at;
            let line = text[starts[row - 1]..].trim_start_matches('\u{feff}');
            let start = text.len() - line.len();
            let (at, _) = line.char_indices().nth(column - 1).unwrap();
            let range = start + at..start + at + fault.written.len();
            assert_eq!(text[range.clone()], fault.written, "{}", fault.place);
            out.replace_range(range, &fault.mended);
        }
        if is_windows {
            out = out.replace('\n', "\r\n");
        }
        site = site.file(&path, out);
    }
    site
}

#[test]
fn each_fault_of_the_folder_is_found_once_at_its_line_and_column() {
    let found: Vec<String> = folder().findings().iter().map(Found::place).collect();
    let faults = faults();
    let mut wrong = Vec::new();
    for fault in &faults {
        match found.iter().filter(|place| **place == fault.place).count() {
            1 => {}
            count => wrong.push(format!(
                "found {count} times: {} {:?}",
                fault.place, fault.written
            )),
        }
    }
    for place in &found {
        if !faults.iter().any(|fault| fault.place == *place) {
            wrong.push(format!("too much: {place}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(found.len(), faults.len());
}

#[test]
fn the_folder_has_windows_line_ends_byte_order_marks_and_emojis() {
    let files = crate::support::files_below(&repository().join("tests/fixtures/silent-faults"));
    let count = |part: &[u8]| {
        let has = |bytes: &&Vec<u8>| bytes.windows(part.len()).any(|bytes| bytes == part);
        files.values().filter(has).count()
    };
    assert!(count(b"\r\n") >= 30, "{}", count(b"\r\n"));
    assert!(count("\u{feff}".as_bytes()) >= 5);
    assert!(count("😀".as_bytes()) >= 50);
}

#[test]
fn nothing_is_found_when_each_fault_is_mended() {
    assert_eq!(mended().check(), "");
}

#[test]
fn what_was_lost_in_silence_and_is_no_fault_is_on_the_page() {
    let built = mended().build();
    let page = built.page("en/kept/remarks.html");
    let text = page.main();
    for words in [
        "Never stop suddenly. Call 911.",
        "Never stop. Call 911 and Home.",
        "Don't drive",
        "Never mix",
        "do not drink",
        "The note in a quote.",
        "The note in a list.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("do not Don't") && !text.contains("do not Never"));
    assert_eq!(text.matches("The note of a shared text.").count(), 2);
    let mut ids = page.ids();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(!built.web.contains_key("en/kept/draft.html"));
    let keys = built.page("en/kept/keys.html").main();
    for words in [
        "Never stop suddenly; call 911",
        "It's late: 988",
        "Say \"988\"",
        "and call 911",
    ] {
        assert!(keys.contains(words), "{words}: {keys}");
    }
}

/// What is lost unless it is found, and the rule that finds it.
const LOST: [(&str, &str); 5] = [
    ("<!-- to do", "unclosed-comment"),
    ("<?x", "unclosed-comment"),
    ("<![CDATA[", "unclosed-comment"),
    ("[Note]: word", "leftover-reference"),
    ("[[index|]]", "broken-link"),
];

/// Places where it can begin a block; `¤` is the fault.
const PLACES: [(&str, &str); 8] = [
    ("content/en/a.md", "Zero\n\n¤\n\nOne\n"),
    ("content/en/a.md", "- Zero\n- ¤\n"),
    ("content/en/a.md", "1. Zero\n\n   ¤\n"),
    ("content/en/a.md", "> Zero\n>\n> ¤\n"),
    ("content/en/a.md", "> [!emergency]\n> - Zero\n>\n>   ¤\n"),
    ("content/en/a.md", "Zero[^a].\n\n[^a]: Note\n\n    ¤\n"),
    ("content/en/a.md", "Zero\n: Meaning\n\n  ¤\n"),
    ("content/_shared/en/text.md", "Zero\n\n¤\n"),
];

#[test]
fn what_would_be_lost_is_found_once_at_its_place_with_any_line_ends_and_behind_an_emoji() {
    let mut wrong = Vec::new();
    for (fault, rule) in LOST {
        for (path, text) in PLACES {
            for (zero, ends) in [("Zero", "\n"), ("😀", "\n"), ("Zero 😀", "\r\n")] {
                let text = text.replace("Zero", zero);
                let before = &text[..text.find('¤').unwrap()];
                let is_shared = path.starts_with("content/_shared");
                let line = before.matches('\n').count() + if is_shared { 1 } else { 7 };
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                let text = text.replace('¤', fault);
                let site = if is_shared {
                    Site::started()
                        .file(path, text.replace('\n', ends))
                        .article("en/a.md", "![[text]]\n")
                } else {
                    let article = crate::support::article("", &text);
                    Site::started().file(path, article.replace('\n', ends))
                };
                let found: Vec<String> = site.findings().iter().map(Found::place).collect();
                let expected = [format!("{path}:{line}:{column}: {rule}")];
                if found != expected {
                    wrong.push(format!("{text:?} {ends:?}: {found:?}, not {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
