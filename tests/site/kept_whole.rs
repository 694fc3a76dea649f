//! No text is lost in silence: whatever marks stand around a word, readers see it, or a finding says where it was lost.

use crate::support::chance::Chance;
use crate::support::page::Page;
use crate::support::{Found, Site};
use std::fmt::Write as _;
use stepdown::finding::rules::RULES;

/// A site whose articles may use some HTML. All rules are allowed, so that its pages are made whatever is found.
fn site() -> Site {
    let rules = RULES
        .iter()
        .filter(|rule| rule.name != "allow-without-reason");
    let allow = rules.fold(String::new(), |mut out, rule| {
        let _ = writeln!(out, "{} = \"seen\"", rule.name);
        out
    });
    let html = "allow = [\"p\", \"div\", \"details\", \"summary\", \"b\", \"ul\", \"li\"]";
    let settings =
        format!("languages = [\"en\"]\ncountry = \"US\"\n\n[html]\n{html}\n\n[allow]\n{allow}");
    Site::started().file("stepdown.toml", settings)
}

/// Builds the article `en/a.md`; gives its page, and what was found as `path:line:column: rule`.
fn built(site: &Site) -> (Page, Vec<String>) {
    let built = site.build();
    let findings = built.findings.iter().map(Found::place).collect();
    (built.page("en/a.html"), findings)
}

/// Gives the text of the first element of a class, with single spaces.
fn part(page: &Page, class: &str) -> String {
    let part = (0..page.elements.len())
        .find(|id| page.attribute(*id, "class") == Some(class))
        .unwrap_or_else(|| panic!("there is no part {class}"));
    crate::support::page::single_spaces(&page.text_of(part))
}

#[test]
fn a_block_of_code_that_does_not_end_is_found_where_it_begins() {
    let found = |body: &str| built(&site().article("en/a.md", body)).1;
    let at =
        |line: u8, column: u8| vec![format!("content/en/a.md:{line}:{column}: leftover-markup")];
    let card = "> [!emergency] Call {emergency} now if:\n>\n> - a sign\n";
    assert_eq!(found(&format!("🏥\n\n```\ncode\n\n{card}")), at(9, 1));
    assert_eq!(
        found(&format!("~~~~ text\n~~~\n{card}").replace('\n', "\r\n")),
        at(7, 1)
    );
    assert_eq!(found("- ```\n  code\n- item\n"), at(7, 3));
    assert_eq!(found("> ```\n> code\n\nText.\n"), at(7, 3));
    assert_eq!(found("```"), at(7, 1));
    for whole in [
        "```\ncode\n```\n",
        "~~~ x\n```\n~~~~  \n",
        "> - ```\n>   code\n>   ```\n",
        "1. a\n\n   ```\n   code\n   ```\n\nb\n",
    ] {
        assert_eq!(
            found(&format!("{whole}\n{card}")),
            Vec::<String>::new(),
            "{whole}"
        );
    }
}

#[test]
fn the_card_behind_an_open_comment_is_on_the_page() {
    let body = "Before.\r\n\r\n😀 <b>x</b>\r\n\r\n<!-- todo\r\n\r\n> [!emergency] Call {emergency}\r\n> - You cannot wake them.\r\n";
    let (page, findings) = built(&site().article("en/a.md", body));
    assert_eq!(findings, ["content/en/a.md:11:1: unclosed-comment"]);
    assert!(page.main().contains("Call 911"), "{}", page.main());
    assert!(page.main().contains("You cannot wake them."));
    assert!(!page.main().contains("<!--"));
}

#[test]
fn the_words_beside_a_comment_are_markdown_in_articles_and_shared_texts() {
    let line = "<!-- a --> Never **stop**. Call {emergency} and [[index]]. <!-- b -->\n";
    let site = site()
        .page("_shared/en/text.md", line)
        .article("en/a.md", &format!("{line}\n![[text]]\n"));
    let (page, findings) = built(&site);
    assert_eq!(findings, [""; 0]);
    let paragraphs: Vec<usize> = page
        .all("p")
        .filter(|id| page.text_of(*id).starts_with("Never stop. Call 911"))
        .collect();
    assert_eq!(paragraphs.len(), 2);
    for paragraph in paragraphs {
        let below = |name: &str| {
            page.all(name)
                .any(|id| page.around(id).any(|around| around == paragraph))
        };
        assert!(below("strong") && below("a"), "{}", page.main());
    }
}

#[test]
fn placeholders_are_filled_in_the_html_that_a_site_allows() {
    let (page, findings) =
        built(&site().article("en/a.md", "<p>Call {emergency} or {nobody}.</p>\n"));
    assert!(
        page.main().contains("Call 911 or {nobody}."),
        "{}",
        page.main()
    );
    assert_eq!(findings, ["content/en/a.md:7:24: unknown-placeholder"]);
}

#[test]
fn key_points_and_next_fill_placeholders_however_yaml_writes_them() {
    let keys = "key_points:\n  - Never stop\n    suddenly; call {emergency}.\n  - 'It''s **late**: {nobody}'\n  - \"Say \\\"{crisis}\\\"\"\nnext:\n  - >\n    Read [[index]] and\n    call {emergency}\n  - |\n    See **this**.\n";
    let (page, findings) = built(&site().article_with("en/a.md", keys, "Text.\n"));
    let points = part(&page, "part key-points");
    assert!(
        points.contains("Never stop suddenly; call 911."),
        "{points}"
    );
    assert!(points.contains("It's late: {nobody}"), "{points}");
    assert!(
        points.contains("Say \"") && !points.contains("{crisis}"),
        "{points}"
    );
    let next = part(&page, "part next");
    assert!(next.contains("and call 911"), "{next}");
    assert!(next.contains("See this."), "{next}");
    assert_eq!(findings, ["content/en/a.md:7:22: unknown-placeholder"]);
}

#[test]
fn footnotes_of_a_text_that_is_put_in_twice_lead_there_and_back() {
    let site = site()
        .page(
            "_shared/en/text.md",
            "Shared[^a] and more[^A].\n\n> [^a]: The note {emergency}.\n",
        )
        .article(
            "en/a.md",
            "Own[^a].\n\n![[text]]\n\n![[text]]\n\n[^a]: My note.\n",
        );
    let (page, findings) = built(&site);
    assert_eq!(findings, [""; 0]);
    let ids = page.ids();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for number in 1..=3 {
        for id in [format!("sd-note-{number}"), format!("sd-mark-{number}")] {
            assert!(ids.contains(&id.as_str()), "{id} in {ids:?}");
            assert!(page.links().contains(&format!("#{id}").as_str()), "{id}");
        }
    }
    assert_eq!(page.main().matches("The note 911.").count(), 2);
    assert_eq!(page.main().matches("My note.").count(), 1);
}

#[test]
fn a_text_whose_footnote_puts_itself_in_is_found() {
    let site = site()
        .page(
            "_shared/en/text.md",
            "Shared[^a].\n\n[^a]: Note\n\n    ![[text]]\n",
        )
        .article("en/a.md", "![[text]]\n");
    let (page, findings) = built(&site);
    assert_eq!(findings, ["content/_shared/en/text.md:5:5: embed-cycle"]);
    assert!(page.main().contains("Shared1."), "{}", page.main());
}

#[test]
fn a_draft_stays_a_draft_whatever_stands_at_the_marks_of_its_front_matter() {
    for (start, end) in [
        ("--- # to do", "---"),
        ("---", "--- # end"),
        ("---", "..."),
        ("---\t# a", "...\t# b"),
    ] {
        for line_end in ["\n", "\r\n"] {
            let text = format!(
                "{start}\ntitle: A title\nsummary: One short sentence.\nkind: site\ndraft: true\n{end}\n\nText.\n"
            );
            let built = site().page("en/a.md", text.replace('\n', line_end)).build();
            assert!(!built.web.contains_key("en/a.html"), "{start} {end}");
            assert_eq!(built.findings, [], "{start} {end}");
        }
    }
}

#[test]
fn words_behind_a_number_sign_are_found_in_every_line_that_is_printed() {
    let text = "---\ntitle: Your #1 question\nsummary: \"One #2 sentence.\" # right\nkind: site # right\norder: 3 # right\nkey_points: # right\n  - 😀 a # b\n  - >\n    c # d\naliases: [e, f] # right\nnext:\n  - g\n    h  # \"i\"\n---\n\nText.\n";
    let built = site().page("en/a.md", text.replace('\n', "\r\n")).build();
    let findings: Vec<(String, &str)> = built
        .findings
        .iter()
        .map(|found| (found.place(), found.help.as_str()))
        .collect();
    let found = |at: &str, line: &str| {
        (
            format!("content/en/a.md:{at}: wrong-value"),
            format!("write `{line}`, or put the remark on a line of its own"),
        )
    };
    let expected = [
        found("2:8", "\"Your #1 question\""),
        found("7:5", "\"😀 a # b\""),
        found("12:5", "\"g h  # \\\"i\\\"\""),
    ];
    let expected: Vec<(String, &str)> = expected
        .iter()
        .map(|(at, help)| (at.clone(), help.as_str()))
        .collect();
    assert_eq!(findings, expected);
}

#[test]
fn pages_with_blocks_in_wrong_places_are_well_formed_and_keep_their_words() {
    let body = "## One ![[c]] two\n\n**three ![[c]] four**\n\n- five ![[c]] six\n- seven\n  ![[c]]\n  eight\n\n> [!note] nine ![[c]]\n> ten\n\n| eleven |\n| --- |\n| ![[c]] twelve |\n\nthirteen <div>fourteen</div>\n";
    let site = site()
        .page("_shared/en/c.md", "> [!important] Never\n> stop\n")
        .article("en/a.md", body);
    let (page, findings) = built(&site);
    assert_eq!(
        findings,
        ["7:8", "9:9", "11:8", "16:16", "21:3"]
            .map(|at| format!("content/en/a.md:{at}: unknown-embed"))
            .into_iter()
            .chain(["23:10", "23:23"].map(|at| format!("content/en/a.md:{at}: raw-html")))
            .collect::<Vec<_>>()
    );
    for word in [
        "One", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "Never",
    ] {
        assert!(page.main().contains(word), "{word}: {}", page.main());
    }
    for section in page.all("section") {
        for around in page.around(section).skip(1) {
            let name = page.elements[around].name.as_str();
            assert!(
                !["p", "h2", "strong", "td", "th", "summary"].contains(&name),
                "a section in <{name}>"
            );
        }
    }
}

/// The marks between which the words of the random texts stand.
const MARKS: [&str; 52] = [
    "<!--",
    "<!-- ",
    " -->",
    "-->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!X",
    ">",
    "`",
    "\n```\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\n> ",
    "\n>\n> ",
    "\n- ",
    "\n  ",
    "\n    ",
    "\n1. ",
    "<p>",
    "</p>",
    "<div>",
    "\n<div>\n",
    "</div>",
    "<b>",
    "</b>",
    "\n<details>\n",
    "<summary>",
    "</summary>",
    "</details>\n",
    "<script>",
    "</script>",
    "[^a]",
    "[^b]",
    "\n\n[^a]: ",
    "\n\n> [^b]: ",
    "| ",
    "|",
    "\n\n| x | y |\n| - | - |\n| ",
    "**",
    "_",
    "![[nothing]]",
    "[[index]]",
    "\n## ",
    "\\",
    "&lt;",
    "😀",
    "\n> [!note] ",
];

/// Tells whether a word stands in a comment that ends, or in the line of a fence of code.
fn may_be_hidden(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let behind = &text[at..];
    let opens = before
        .rfind("<!--")
        .is_some_and(|open| before.rfind("-->").is_none_or(|end| end < open));
    let ends = behind
        .find("-->")
        .is_some_and(|end| behind.find("<!--").is_none_or(|open| end < open));
    let line = before.rfind('\n').map_or(before, |start| &before[start..]);
    opens && ends || line.contains("```")
}

/// Gives the words of a random text.
fn words() -> impl Iterator<Item = String> {
    (10..34).map(|number| format!("w{number}q"))
}

/// Makes a text of words and marks.
fn random_text(chance: &mut Chance) -> String {
    let mut text = String::new();
    for word in words() {
        for _ in 0..chance.below(3) {
            text.push_str(chance.one_of::<&str>(&MARKS));
        }
        let _ = write!(text, " {word} ");
    }
    text
}

/// Tells whether a finding covers a byte of the text of an article.
fn covers(found: &Found, text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |start| start + 1);
    let count = |number: usize| u64::try_from(number).unwrap();
    let line = 7 + count(text[..at].matches('\n').count());
    let column = 1 + count(text[start..at].chars().count());
    (found.line, found.column) <= (line, column) && (line, column) < found.end
}

#[test]
fn every_word_of_a_random_text_is_shown_or_found() {
    let mut chance = Chance::new(11);
    for round in 0..8 {
        let texts: Vec<String> = (0..60).map(|_| random_text(&mut chance)).collect();
        let names = (0..texts.len()).map(|number| format!("a{number}"));
        let texts: Vec<(String, String)> = names.zip(texts).collect();
        let site = texts.iter().fold(site(), |site, (name, text)| {
            site.article(&format!("en/{name}.md"), text)
        });
        let built = site.build();
        for (name, text) in &texts {
            let path = format!("content/en/{name}.md");
            let findings: Vec<&Found> = built
                .findings
                .iter()
                .filter(|found| found.path == path)
                .collect();
            let address = format!("en/{name}.html");
            let html = built.text(&address);
            // The reader is strict: what is opened must be closed, in order.
            let _ = built.page(&address);
            for word in words() {
                let at = text.find(&word).unwrap();
                let is_shown = html.contains(&word) || may_be_hidden(text, at);
                assert!(
                    is_shown || findings.iter().any(|found| covers(found, text, at)),
                    "round {round}: {word} is lost from {text:?}\n{findings:?}",
                );
            }
        }
    }
}
