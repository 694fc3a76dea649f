//! Signs of Markdown that readers would see: each fault is found once, at its place, wherever it stands, and code shows signs on purpose.

use crate::support::{Found, HELPLINES, Site};
use std::fmt::Write as _;

/// A fault: what is written, the rule that finds it in Markdown, and how bad it is.
#[derive(Clone, Copy)]
struct Fault {
    written: &'static str,
    rule: &'static str,
    severity: &'static str,
    /// Whether it is a fault only at the beginning of a block.
    is_head: bool,
}

const fn error(written: &'static str) -> Fault {
    Fault {
        written,
        rule: "leftover-markup",
        severity: "error",
        is_head: false,
    }
}

const fn head(fault: Fault) -> Fault {
    Fault {
        is_head: true,
        ..fault
    }
}

const fn warning(written: &'static str) -> Fault {
    Fault {
        severity: "warning",
        ..error(written)
    }
}

/// What loses a box, a number or a link, and what only looks untidy.
const FAULTS: [Fault; 41] = [
    error("![[c-stop]"),
    error("![c-stop]]"),
    error("[[sleep"),
    error("[[sleep]"),
    error("[sleep]]"),
    error("[!emergency]"),
    error("[! emergency]"),
    head(error("!emergency]")),
    error("center.phone}"),
    error("[ [sleep]]"),
    error("[sleep]sleep.md)"),
    error("](sleep.md)"),
    error("[!emergency"),
    head(error("[emergency]")),
    error("{ center.phone }"),
    error("{center.after-hours}"),
    error("{center-name}"),
    error("{ Emergency}"),
    error("{center.phone,"),
    error("{part=benefits}"),
    error("[@fda-2020"),
    error("[^list"),
    error("[sleep] (sleep.md)"),
    error("[sleep](sleep well.md)"),
    error("[sleep](sleep.md"),
    error("!\\[\\[c-stop]]"),
    error("!\\[\\[c-stop\\]\\]"),
    error("\\[\\[sleep]]"),
    error("\\[@fda-2020]"),
    error("\\[!emergency]"),
    error("\\[^list]"),
    error("{center.after\\_hours}"),
    error("\\[sleep](sleep.md)"),
    error("[crisis]"),
    error("(sleep)[sleep.md]"),
    warning("\\*\\*bold\\*\\*"),
    warning("** bold **"),
    warning("~~ gone ~~"),
    warning("\\_\\_bold\\_\\_"),
    head(warning("##Heading")),
    head(warning("• one")),
];

/// A place where a fault can stand: `¤` is the fault, and `§` the number of the file or row.
struct Spot {
    name: &'static str,
    path: &'static str,
    text: &'static str,
    /// Whether the bracket of the fault would end what it stands in.
    is_in_brackets: bool,
    /// Whether the fault stands behind other words and not at the head.
    is_inner: bool,
}

const fn spot(name: &'static str, path: &'static str, text: &'static str) -> Spot {
    Spot {
        name,
        path,
        text,
        is_in_brackets: false,
        is_inner: false,
    }
}

const FRONT: &str = "---\ntitle: Title §\nsummary: One short sentence.\nkind: site\n---\n\n";
const ARTICLE: &str = "content/en/part/page-§.md";

/// Places whose text is Markdown, each in a file of its own.
const WRITTEN: [Spot; 16] = [
    spot("body", ARTICLE, "¤ is here.\n"),
    Spot {
        is_inner: true,
        ..spot("second line", ARTICLE, "One line\nand ¤ here.\n")
    },
    spot("list", ARTICLE, "- One\n- ¤ is here.\n"),
    spot(
        "loose list",
        ARTICLE,
        "1. One\n\n2. ¤ is here.\n\n   More.\n",
    ),
    spot("quote", ARTICLE, "> ¤ is here.\n"),
    spot("heading", ARTICLE, "## ¤ is here\n\nText.\n"),
    spot(
        "cell",
        ARTICLE,
        "| a | b |\n|---|---|\n| one | ¤ is here |\n",
    ),
    spot("callout", ARTICLE, "> [!emergency]\n> ¤ is here.\n"),
    spot("callout title", ARTICLE, "> [!note] ¤ is here\n> Text.\n"),
    spot("do not", ARTICLE, "> [!dont]\n> - One\n>\n>   ¤ is here.\n"),
    spot("footnote", ARTICLE, "Words.[^a]\n\n[^a]: ¤ is here.\n"),
    spot(
        "shared text",
        "content/_shared/en/text-§.md",
        "¤ is here.\n",
    ),
    Spot {
        is_inner: true,
        ..spot("strong", ARTICLE, "**One** and *¤ is here*.\n")
    },
    Spot {
        is_inner: true,
        is_in_brackets: true,
        ..spot("link", ARTICLE, "See [¤ is here](https://example.org/).\n")
    },
    Spot {
        is_in_brackets: true,
        ..spot("alt text", ARTICLE, "See ![¤ is here](picture.svg) here.\n")
    },
    Spot {
        is_inner: true,
        ..spot("definition", ARTICLE, "Term\n: It is ¤ here.\n")
    },
];

/// Places in front matter and data.
const KEYS: [Spot; 4] = [
    spot(
        "key point",
        ARTICLE,
        "---\ntitle: Title §\nsummary: One short sentence.\nkey_points:\n  - One\n  - '¤ is here'\n  - Three\n---\n\nText.\n",
    ),
    spot(
        "next",
        ARTICLE,
        "---\ntitle: Title §\nsummary: One short sentence.\nkind: site\nnext: ['¤ is here']\n---\n\nText.\n",
    ),
    spot(
        "title",
        ARTICLE,
        "---\ntitle: '¤ is here'\nsummary: One short sentence.\nkind: site\n---\n\nText.\n",
    ),
    spot(
        "summary",
        ARTICLE,
        "---\ntitle: Title §\nsummary: '¤ is here'\nkind: site\n---\n\nText.\n",
    ),
];

const ROWS: [Spot; 5] = [
    spot(
        "note of a service",
        "content/_data/helplines.toml",
        "\n[[helpline]]\nid = \"row-§\"\nservice = \"row-§\"\ncountry = \"US\"\nname = \"Name\"\nwhen = \"information\"\nshow = \"Web\"\nurl = \"https://example.org/\"\npublish = \"ok\"\nnote = '¤ is here.'\n",
    ),
    spot(
        "hours of a service",
        "content/_data/helplines.toml",
        "\n[[helpline]]\nid = \"row-§\"\nservice = \"row-§\"\ncountry = \"US\"\nname = \"Name\"\nwhen = \"information\"\nshow = \"Web\"\nurl = \"https://example.org/\"\npublish = \"ok\"\nhours = '¤ is here.'\n",
    ),
    spot(
        "meaning of a word",
        "content/_data/glossary.toml",
        "\n[[term]]\nid = \"word-§\"\nterm = \"Wordly§\"\ndefinition = '¤ is here.'\n",
    ),
    spot(
        "symptom",
        "content/_data/symptoms.toml",
        "\n[[symptom]]\nid = \"row-§\"\nname = \"Name\"\nurgency = \"call-prescriber\"\nwhat_to_do = '¤ is here.'\n",
    ),
    spot(
        "answer of the search",
        "content/_data/search.toml",
        "\n[[answer]]\nid = \"row-§\"\nkind = \"care\"\ntitle = \"Title\"\ntext = ['¤ is here.']\nwhen = [\"wordly§\"]\n",
    ),
];

/// A way to write the same: Windows line ends, or behind an emoji.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Variant {
    Plain,
    Windows,
    Emoji,
}

const VARIANTS: [Variant; 3] = [Variant::Plain, Variant::Windows, Variant::Emoji];

/// Writes a spot with a fault in it; gives the text, and where the fault stands.
fn put(text: &str, fault: &Fault, number: usize, variant: Variant) -> (String, usize) {
    let text = text.replace('§', &number.to_string());
    let text = if fault.is_head {
        text
    } else {
        text.replace('¤', "Here ¤")
    };
    let text = match variant {
        Variant::Plain => text,
        Variant::Windows => text.replace('\n', "\r\n"),
        Variant::Emoji if fault.is_head => text.replace("One", "One 😀"),
        Variant::Emoji => text.replace('¤', "😀 ¤"),
    };
    let at = text.find('¤').expect("a spot has a place for the fault");
    (text.replace('¤', fault.written), at)
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let line = text[..at].matches('\n').count() + 1;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line, text[start..at].chars().count() + 1)
}

/// Checks all faults in one spot: each is one finding, and nothing else is found. Gives what is otherwise.
fn check(spot: &Spot, variant: Variant, rule_of: impl Fn(&Fault) -> &'static str) -> String {
    let is_row = spot.path.ends_with(".toml");
    let mut site = Site::started();
    if spot.text.contains("picture.svg") {
        let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
        site = site.page("en/part/picture.svg", picture);
    }
    let mut rows = if spot.path.ends_with("helplines.toml") {
        HELPLINES.to_owned()
    } else {
        String::new()
    };
    let fits = |fault: &&Fault| {
        let is_cut = spot.is_in_brackets && fault.written.contains(['[', ']']);
        !(is_cut || fault.is_head && spot.is_inner)
    };
    let mut expected = Vec::new();
    for (number, fault) in FAULTS.iter().filter(fits).enumerate() {
        let path = spot.path.replace('§', &number.to_string());
        let needs_front = spot.path == ARTICLE && !spot.text.starts_with("---");
        let front = if needs_front { FRONT } else { "" };
        let (text, at) = put(&format!("{front}{}", spot.text), fault, number, variant);
        let (text, at) = if is_row {
            let start = rows.len();
            rows.push_str(&text);
            (rows.clone(), start + at)
        } else {
            (text, at)
        };
        let (line, column) = position(&text, at);
        let rule = rule_of(fault);
        expected.push(format!("{path}:{line}:{column}: {rule} {}", fault.severity));
        if spot.path.starts_with("content/_shared") {
            let front = FRONT.replace('§', &number.to_string());
            let embed = format!("{front}![[text-{number}]]\n");
            site = site.page(&format!("en/part/page-{number}.md"), embed);
        }
        if !is_row {
            site = site.file(&path, text);
        }
    }
    if is_row {
        let page = FRONT.to_owned() + "![[symptoms]]\n";
        site = site.file(spot.path, rows).page("en/part/page.md", page);
    }
    let found = site.findings();
    let mut found: Vec<String> = found
        .iter()
        .map(|found| format!("{} {}", found.place(), found.severity))
        .collect();
    expected.sort();
    found.sort();
    let mut out = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        let _ = writeln!(out, "{}, {variant:?}: not found: {line}", spot.name);
    }
    for (index, line) in found.iter().enumerate() {
        if !expected.contains(line) || found[..index].contains(line) {
            let _ = writeln!(out, "{}, {variant:?}: too much: {line}", spot.name);
        }
    }
    out
}

fn check_all(spots: &[Spot], rule_of: impl Fn(&Fault) -> &'static str) {
    let mut wrong = String::new();
    for spot in spots {
        for variant in VARIANTS {
            wrong.push_str(&check(spot, variant, &rule_of));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_leftover_in_a_text_is_found_once_at_its_place_wherever_it_stands() {
    check_all(&WRITTEN, |fault| fault.rule);
}

#[test]
fn each_leftover_in_front_matter_is_found_once_at_its_place() {
    check_all(&KEYS, |fault| fault.rule);
}

#[test]
fn each_leftover_in_the_data_is_found_once_at_its_place() {
    check_all(&ROWS, |fault| {
        let is_placeholder = fault.written.starts_with('{') && fault.written.ends_with('}');
        if is_placeholder {
            "unknown-placeholder"
        } else {
            fault.rule
        }
    });
}

#[test]
fn code_and_ordinary_brackets_are_no_leftovers() {
    let text = "\
Code: `[[sleep`, `![[c-stop]`, `{ center.phone }`, `**`, `[! emergency]` and ``[@fda``.

    [[sleep {{emergency}} ** ## •

```text
<<<<<<< HEAD
[!emergency] [link] (page.md)
=======
>>>>>>> other
```

He wrote [sic] and [1], see [2] (page 7), a set {a, b}, 2**3, a glob **/*.md and { \"json\": 1 }.

A star * here, ~ 5 mg, a_b_c, #1, and a (bracket) [more text] in it. Is it [note] worthy?

- [ ] To do
- [x] Done

A heading
=======

See [the page](https://example.org/) and <https://example.org/[x]>.
";
    let site = Site::started().article("en/part/page.md", text);
    assert_eq!(site.check(), "");
}

#[test]
fn what_the_help_writes_is_right_when_it_is_pasted() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for fault in &FAULTS {
        let site =
            |written: &str| Site::started().article("en/part/page.md", &format!("{written}\n"));
        let found = site(fault.written).findings();
        let help = &found[0].help;
        let Some((_, rest)) = help.split_once("write `") else {
            continue;
        };
        let mended = rest.split('`').next().unwrap_or_default();
        tried += 1;
        let rules: Vec<String> = site(mended)
            .findings()
            .into_iter()
            .map(|found| found.rule)
            .collect();
        if rules
            .iter()
            .any(|rule| rule == "leftover-markup" || rule == "unknown-placeholder")
        {
            wrong.push(format!("{}: {mended}: {rules:?}", fault.written));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried > 25, "{tried}");
}

#[test]
fn one_fault_is_one_finding_whichever_rule_finds_it() {
    let text = "Call {centre.phone}, {Emergency} or {{emergency}}.\n\nSee [x][y] and a note[^z] and \\[^q].\n\n{{centre.phone}}\n";
    let site = Site::started().article("en/part/page.md", text);
    let found: Vec<String> = site.findings().iter().map(Found::place).collect();
    assert_eq!(
        found,
        [
            "content/en/part/page.md:7:6: unknown-placeholder",
            "content/en/part/page.md:7:22: unknown-placeholder",
            "content/en/part/page.md:7:37: leftover-markup",
            "content/en/part/page.md:9:5: leftover-reference",
            "content/en/part/page.md:9:22: leftover-reference",
            "content/en/part/page.md:9:31: leftover-markup",
            "content/en/part/page.md:11:2: unknown-placeholder",
        ]
    );
}

#[test]
fn conflict_marks_of_git_are_found_in_texts_and_shared_texts() {
    let text = "One 😀\r\n\r\n<<<<<<< HEAD\r\nOurs.\r\n||||||| base\r\nOld.\r\n=======\r\nTheirs.\r\n>>>>>>> other branch\r\n\r\nTwo\r\n=======\r\n";
    let site = Site::started()
        .article("en/part/page.md", &format!("{text}\n![[shared]]\n"))
        .page("_shared/en/shared.md", text);
    let found: Vec<String> = site.findings().iter().map(Found::place).collect();
    let mut expected = Vec::new();
    for (path, first) in [
        ("content/_shared/en/shared.md", 3),
        ("content/en/part/page.md", 9),
    ] {
        for line in [0, 2, 4, 6] {
            expected.push(format!("{path}:{}:1: leftover-markup", first + line));
        }
    }
    assert_eq!(found, expected);
    assert!(
        site.findings()
            .iter()
            .all(|found| found.severity == "error")
    );
}

#[test]
fn titles_and_summaries_are_found_where_they_were_written_wherever_they_are_printed() {
    let site = Site::started()
        .page(
            "en/part/index.md",
            "---\ntitle: Part\nsummary: A part.\nkind: site\n---\n\nText.\n",
        )
        .page(
            "en/part/page.md",
            "---\ntitle: 'About {center.name}'\nsummary: 'Call {crisis}, or see [[sleep.'\nkind: topic\nkey_points: [One, Two, Three]\naliases: ['**Other']\n---\n\nText.\n",
        )
        .article("en/part/links.md", "See [[page]].\n");
    let found: Vec<String> = site.findings().iter().map(Found::place).collect();
    assert_eq!(
        found,
        [
            "content/en/part/page.md:2:15: leftover-markup",
            "content/en/part/page.md:3:16: leftover-markup",
            "content/en/part/page.md:3:33: leftover-markup",
            "content/en/part/page.md:6:12: leftover-markup",
        ]
    );
}

#[test]
fn the_site_its_center_and_its_interface_texts_are_read_too() {
    let texts = "key-points = **Key points**\nlead-helplines = In danger, call {\"{emergency}\"} [[now.\nlead-a-to-z = { $count ->\n    [one] One ~~page~~.\n   *[other] All { $count } [pages] (a.md).\n}\nsearch-count = Found: {\"{count}\"}\n";
    let site = Site::started()
        .file(
            "stepdown.toml",
            "name = \"The [[Library\"\nlanguages = [\"en\"]\ncountry = \"US\"\n",
        )
        .file(
            "content/_data/center.toml",
            "name = \"Hope **Center**\"\naddress = \"1 Road [!note] Town\"\n",
        )
        .file("templates/texts/en.ftl", texts)
        .article(
            "en/part/page.md",
            "Ask {center.name} at {center.address}.\n",
        );
    let found = site.findings();
    let found: Vec<String> = found
        .iter()
        .filter(|found| found.rule != "missing-message")
        .map(|found| format!("{} {}", found.place(), found.severity))
        .collect();
    assert_eq!(
        found,
        [
            "content/_data/center.toml:1:14: leftover-markup warning",
            "content/_data/center.toml:2:19: leftover-markup error",
            "stepdown.toml:1:13: leftover-markup error",
            "templates/texts/en.ftl:1:14: leftover-markup warning",
            "templates/texts/en.ftl:2:50: leftover-markup error",
            "templates/texts/en.ftl:4:15: leftover-markup warning",
            "templates/texts/en.ftl:5:28: leftover-markup error",
        ]
    );
}
