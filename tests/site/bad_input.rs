//! Bad input: each is a finding or a failure that names the place, never a panic, and never takes long.

use crate::support::chance::Chance;
use crate::support::program::{command, ended_within};
use crate::support::{Found, Site, article, files_below, repository, within, write_files};
use std::fmt::Write as _;
use std::time::Instant;

/// How long any bad input may take, in seconds, in a build that is not optimized.
const LIMIT: u64 = 10;
/// Many sites take some seconds, and more on a busy machine; what hangs takes longer than this, in seconds.
const HANG: u64 = 120;

/// Checks a site with one article at `content/en/a.md`, within the time.
fn findings_of(bytes: impl AsRef<[u8]>) -> Vec<Found> {
    let bytes = bytes.as_ref().to_vec();
    within(LIMIT, "the check", move || {
        home().page("en/a.md", bytes).findings()
    })
}

fn home() -> Site {
    Site::started()
}

fn places(found: &[Found]) -> Vec<String> {
    found.iter().map(Found::place).collect()
}

/// Fails unless the only finding has this place and rule, and its message and help have these words.
fn only(found: &[Found], place: &str, words: &[&str]) {
    assert_eq!(places(found), [place], "{found:#?}");
    let said = format!("{}\n{}", found[0].message, found[0].help);
    for word in words {
        assert!(said.contains(word), "no {word:?} in:\n{said}");
    }
}

#[test]
fn latin_1_bytes_are_found_at_the_first_wrong_letter() {
    let mut text = article("", "First line.\n\nSecond line, a caf").into_bytes();
    text.extend(b"\xe9 and a na\xefve word.\n");
    only(
        &findings_of(text),
        "content/en/a.md:9:19: not-utf8",
        &["not saved as UTF-8", "encoding UTF-8"],
    );
}

#[test]
fn utf_16_is_found_at_the_first_byte() {
    let text = article("", "Text.\n");
    let bytes: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    only(
        &findings_of(bytes),
        "content/en/a.md:1:1: not-utf8",
        &["UTF-8"],
    );
}

#[test]
fn data_and_settings_and_templates_that_are_not_utf_8_are_found_too() {
    let site = home()
        .file("stepdown.toml", b"country = \"US\"\nname = \"Caf\xe9\"\n")
        .file("content/_data/sources.toml", b"# \xff\n")
        .file("templates/page.html", b"<p>\xfe</p>\n");
    let found = site.findings();
    assert_eq!(
        places(&found)[..3],
        [
            "content/_data/sources.toml:1:3: not-utf8",
            "stepdown.toml:2:12: not-utf8",
            "templates/page.html:1:4: not-utf8"
        ]
    );
}

#[test]
fn a_byte_order_mark_changes_no_place() {
    let text = article("", "See {nothing}.\n");
    let found = findings_of(format!("\u{feff}{text}"));
    assert_eq!(found, findings_of(text));
    only(
        &found,
        "content/en/a.md:7:5: unknown-placeholder",
        &["{nothing}"],
    );
}

#[test]
fn a_byte_order_mark_is_no_fault_in_settings_and_data() {
    let site = home()
        .file(
            "stepdown.toml",
            "\u{feff}country = \"US\"\ncontry = \"US\"\n",
        )
        .file(
            "content/_data/sources.toml",
            "\u{feff}[[source]]\nid = \"a\"\ntitle = \"A\"\n",
        );
    assert_eq!(
        places(&site.findings()),
        ["stepdown.toml:2:1: unknown-key"],
        "{}",
        site.check()
    );
}

#[test]
fn windows_line_ends_change_no_place_and_no_page() {
    let text = article(
        "kind: topics",
        "> [!note] Title\n> See {nothing}.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | ![](x.png) |\n",
    );
    let windows = text.replace('\n', "\r\n");
    let found = findings_of(&windows);
    assert_eq!(found, findings_of(&text));
    assert_eq!(
        places(&found),
        [
            "content/en/a.md:5:7: wrong-value",
            "content/en/a.md:9:7: unknown-placeholder",
            "content/en/a.md:16:7: missing-alt-text",
            "content/en/a.md:16:7: missing-image"
        ]
    );
    let text = article(
        "",
        "# A\n\nOne line\nand another.\n\n    code\n    more\n\n![[x]]\n",
    );
    let shared = "> [!do]\n> - this\n> - that\n";
    let built = |windows: bool| {
        let ends = |text: &str| {
            if windows {
                text.replace('\n', "\r\n")
            } else {
                text.to_owned()
            }
        };
        let site = home()
            .page("en/a.md", ends(&text))
            .page("_shared/en/x.md", ends(shared));
        site.build().text("en/a.html").replace("\r\n", "\n")
    };
    assert_eq!(built(true), built(false));
}

#[test]
fn an_article_of_fifty_megabytes_is_refused_without_reading_it() {
    let start = Instant::now();
    let text = article("", &"Many words. ".repeat(50 * 1024 * 1024 / 12));
    let found = findings_of(text);
    only(
        &found,
        "content/en/a.md:1:1: too-large",
        &["may have at most 2097152", "split the text"],
    );
    assert!(start.elapsed().as_secs() < LIMIT);
}

#[test]
fn a_hundred_thousand_quotes_in_each_other_are_found_where_they_get_too_deep() {
    let found = findings_of(article("", &format!("{}deep\n", ">".repeat(100_000))));
    only(
        &found,
        "content/en/a.md:7:101: too-deep",
        &["more than 100"],
    );
}

#[test]
fn a_hundred_thousand_lists_in_each_other_are_found_where_they_get_too_deep() {
    let found = findings_of(article("", &format!("{}deep\n", "- ".repeat(100_000))));
    only(
        &found,
        "content/en/a.md:7:101: too-deep",
        &["levels of lists"],
    );
}

#[test]
fn a_hundred_thousand_open_brackets_end_in_time() {
    for sign in [
        "[", "*", "(", "![", "**a ", "_", "`", "<", "[^", "{", "[[", "~~", "|", "&", "\\",
    ] {
        let text = article("", &format!("{}\n", sign.repeat(100_000)));
        let found = within(LIMIT, sign, move || {
            home()
                .page("en/a.md", text)
                .try_build()
                .map(|built| built.findings)
        });
        assert!(found.is_ok(), "{sign}: {found:?}");
    }
}

#[test]
fn a_hundred_thousand_closed_brackets_end_in_time() {
    for (open, close) in [
        ("[", "](b.md)"),
        ("*", "*"),
        ("(", ")"),
        ("![", "](x.png)"),
        ("[[", "]]"),
        ("{", "}"),
        ("**", "**"),
    ] {
        let text = article(
            "",
            &format!("{}a{}\n", open.repeat(20_000), close.repeat(20_000)),
        );
        let found = within(LIMIT, open, move || {
            home()
                .page("en/a.md", text)
                .try_build()
                .map(|built| built.findings)
        });
        assert!(found.is_ok(), "{open}: {found:?}");
    }
}

#[test]
fn a_yaml_bomb_is_refused_at_its_first_reference() {
    let mut keys = String::from("extra:\n  a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, of) in ["b", "c", "d", "e", "f", "g", "h", "i"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        let _ = writeln!(
            keys,
            "  {name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]"
        );
    }
    let found = findings_of(article(&keys, "Text.\n"));
    assert_eq!(
        found[0].place(),
        "content/en/a.md:7:6: wrong-syntax",
        "{found:#?}"
    );
    assert!(
        found.iter().all(|found| found.rule == "wrong-syntax"),
        "{found:#?}"
    );
}

#[test]
fn deep_front_matter_and_deep_data_are_found() {
    let is_found = |found: &[Found], path: &str| {
        let fits = |found: &&Found| found.path == path && found.rule == "wrong-syntax";
        assert!(found.iter().any(|found| fits(&found)), "{path}: {found:#?}");
    };
    for depth in [20, 20_000] {
        let deep = format!("extra: {}{}", "[".repeat(depth), "]".repeat(depth));
        is_found(&findings_of(article(&deep, "Text.\n")), "content/en/a.md");
    }
    let found = within(LIMIT, "deep data", || {
        let deep = format!("x = {}{}\n", "[".repeat(20_000), "]".repeat(20_000));
        home()
            .file("content/_data/sources.toml", &deep)
            .file("stepdown.toml", &deep)
            .findings()
    });
    is_found(&found, "content/_data/sources.toml");
    is_found(&found, "stepdown.toml");
}

#[test]
fn texts_that_put_each_other_in_are_found_once_with_the_way() {
    let found = home()
        .article("en/a.md", "![[one]]\n")
        .article("en/b.md", "![[one]]\n")
        .page("_shared/en/one.md", "![[two]]\n")
        .page("_shared/en/two.md", "![[three]]\n")
        .page("_shared/en/three.md", "Text.\n\n![[one]]\n")
        .findings();
    only(
        &found,
        "content/_shared/en/three.md:3:1: embed-cycle",
        &["one → two → three → one"],
    );
    let found = home()
        .article("en/a.md", "![[me]]\n")
        .page("_shared/en/me.md", "![[me]]\n")
        .findings();
    only(
        &found,
        "content/_shared/en/me.md:1:1: embed-cycle",
        &["me → me"],
    );
}

#[test]
fn texts_that_put_others_in_many_times_do_not_blow_up() {
    // In a process of its own, since work that does not end would hold up the other tests.
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let mut files = vec![(
        "en/index.md".to_owned(),
        "---\ntitle: x\nsummary: y\nkind: site\n---\n![[t0]]\n".to_owned(),
    )];
    for level in 0..15 {
        let next = format!("![[t{}]]\n\n", level + 1);
        files.push((format!("_shared/en/t{level}.md"), next.repeat(10)));
    }
    files.push(("_shared/en/t15.md".to_owned(), "Text.\n".to_owned()));
    for (path, text) in &files {
        write_files(&content, &[(path, text)]);
    }
    let mut check = command(folder.path());
    check.args(["check", "--format", "json"]);
    let ended = ended_within(5, &mut check);
    let run = ended.expect("a page of 10^15 texts is refused in time");
    assert_eq!(run.code, 1, "{}", run.err);
}

#[test]
fn links_out_of_the_site_are_found_and_lead_nowhere() {
    for (link, words) in [
        ("[x](../../../etc/passwd)", "out of"),
        ("[x](../../../../../../etc/passwd)", "out of"),
        ("[x](..%2f..%2f..%2f..%2fetc/passwd)", "out of"),
        ("[x](/etc/passwd)", "root of a website"),
        ("[x](file:///etc/passwd)", "`file:`"),
        ("[x](javascript:alert(1))", "`javascript:`"),
        ("[x](data:text/html,hi)", "`data:`"),
        ("[x](//example.org/x)", "root of a website"),
        ("[x](../../stepdown.toml)", "not a file for readers"),
        ("[x](../_data/people.toml)", "not a page"),
        ("[[../../../etc/passwd]]", "no page"),
        ("[x](www.example.org)", "https://www.example.org"),
        ("[x]()", "no address"),
    ] {
        let site = home()
            .file("content/_data/people.toml", "")
            .article("en/a.md", &format!("See {link}.\n"));
        only(
            &site.findings(),
            "content/en/a.md:7:5: broken-link",
            &[words],
        );
    }
    for picture in [
        "../../../etc/passwd.png",
        "https://example.org/x.png",
        "/x.png",
    ] {
        let found = home()
            .article("en/a.md", &format!("![A cat]({picture})\n"))
            .findings();
        only(
            &found,
            "content/en/a.md:7:1: missing-image",
            &["picture"].map(|_| ""),
        );
    }
    let found = home()
        .article("en/a.md", "![[../../../etc/passwd]]\n")
        .findings();
    only(
        &found,
        "content/en/a.md:7:4: unknown-embed",
        &["no shared text"],
    );
}

#[test]
fn names_that_cannot_stand_in_an_address_get_one_and_a_warning() {
    for (name, slug) in [
        ("my page.md", "my-page"),
        ("café.md", "cafe"),
        ("a#b.md", "a-b"),
        ("a%20b.md", "a-20b"),
        ("page (1).md", "page-1"),
        ("UPPER.md", "upper"),
        ("what?.md", "what"),
        ("a&b\".md", "a-b"),
    ] {
        let site = home().article(&format!("en/{name}"), "Text.\n").article(
            "en/z.md",
            &format!(
                "[[{slug}]] and [x](<{}>)\n",
                name.replace('%', "%25")
                    .replace('#', "%23")
                    .replace('?', "%3F")
            ),
        );
        let built = site.build();
        only(
            &built.findings,
            &format!("content/en/{name}:2:1: unsafe-name"),
            &[slug],
        );
        assert_eq!(built.findings[0].severity, "warning");
        let page = built.page(&format!("en/{slug}.html"));
        assert_eq!(page.meta("description"), Some("One short sentence."));
        let links = built
            .page("en/z.html")
            .links()
            .iter()
            .filter(|link| **link == format!("{slug}.html"))
            .count();
        assert_eq!(links, 2, "{name}");
    }
}

#[test]
fn a_name_of_which_no_address_can_be_made_is_an_error() {
    let found = home().article("en/日本.md", "Text.\n").findings();
    only(
        &found,
        "content/en/日本.md:2:1: unsafe-name",
        &["no address"],
    );
    assert_eq!(found[0].severity, "error");
}

#[test]
fn two_names_that_give_one_address_are_found() {
    for (first, second) in [("a-b", "a b"), ("cafe", "café"), ("page", "Page")] {
        let site = home()
            .article(&format!("en/{first}.md"), "Text.\n")
            .article(&format!("en/{second}.md"), "Text.\n");
        let found = site.findings();
        let clashes: Vec<&Found> = found
            .iter()
            .filter(|found| found.rule == "address-clash")
            .collect();
        assert_eq!(clashes.len(), 1, "{found:#?}");
        assert_eq!(clashes[0].severity, "error");
    }
}

#[test]
fn an_article_with_a_second_ending_is_found() {
    for name in ["page.md.txt", "page.markdown", "page.MD", "page.mdx"] {
        let found = home()
            .file(&format!("content/en/{name}"), article("", "Text.\n"))
            .findings();
        only(
            &found,
            &format!("content/en/{name}:1:1: misplaced-file"),
            &["looks like an article", "page.md"],
        );
    }
}

#[test]
fn a_file_that_lies_too_deep_is_found() {
    let found = home().article("en/a/b/c.md", "Text.\n").findings();
    only(
        &found,
        "content/en/a/b/c.md:2:1: misplaced-file",
        &["too deep", "content/en/a/c.md"],
    );
}

#[test]
fn a_title_with_a_colon_is_explained_with_the_mended_line() {
    let text = "---\ntitle: Anxiety: what helps\nsummary: One sentence.\nkey_points: [One, Two, Three]\n---\nText.\n";
    only(
        &findings_of(text),
        "content/en/a.md:2:8: wrong-syntax",
        &["write `\"Anxiety: what helps\"`, with quotes around it"],
    );
}

#[test]
fn curly_quotes_of_a_word_processor_around_a_title_with_a_colon_are_explained() {
    let text = |title: &str| {
        format!(
            "---\ntitle: {title}\nsummary: One sentence.\nkey_points: [One, Two, Three]\n---\nText.\n"
        )
    };
    only(
        &findings_of(text("“Anxiety: what helps”")),
        "content/en/a.md:2:8: wrong-syntax",
        &["write `\"Anxiety: what helps\"`, with quotes around it"],
    );
}

#[test]
fn curly_quotes_of_a_word_processor_around_a_title_are_not_shown_to_readers_unsaid() {
    let text = "---\ntitle: “Anxiety”\nsummary: One sentence.\nkey_points: [One, Two, Three]\n---\nText.\n";
    let built = home().page("en/a.md", text).build();
    let page = built.page("en/a.html");
    let shows_quotes = page.text_of(page.only("h1")).contains('“');
    assert!(
        !shows_quotes || !built.findings.is_empty(),
        "readers see “Anxiety” with its quotes, and nobody is told"
    );
}

#[test]
fn an_empty_site_is_a_failure_that_says_how_to_begin() {
    for site in [Site::new(), Site::new().file("stepdown.toml", "")] {
        let failure = site.try_build().err().expect("nothing can be built");
        assert!(
            failure.contains("there are no articles in /site/content"),
            "{failure}"
        );
        assert!(failure.contains("stepdown init"), "{failure}");
    }
}

#[test]
fn a_template_that_includes_itself_without_end_is_found() {
    let found = within(LIMIT, "the check", || {
        home()
            .file("templates/page.html", "{% include \"page.html\" %}\n")
            .findings()
    });
    only(
        &found,
        "templates/page.html:1:1: template-error",
        &["includes itself"],
    );
    let found = within(LIMIT, "the check", || {
        home()
            .file("templates/page.html", "{% include \"one.html\" %}\n")
            .file("templates/one.html", "{% include \"two.html\" %}\n")
            .file("templates/two.html", "{% include \"one.html\" %}\n")
            .findings()
    });
    assert!(!found.is_empty() && found.iter().all(|found| found.rule == "template-error" && found.path.starts_with("templates/")), "{found:#?}");
}

#[test]
fn templates_that_extend_each_other_or_nothing_are_found() {
    let found = home()
        .file("templates/page.html", "{% extends \"one.html\" %}\n")
        .file("templates/one.html", "{% extends \"page.html\" %}\n")
        .findings();
    assert!(
        !found.is_empty() && found.iter().all(|found| found.rule == "template-error"),
        "{found:#?}"
    );
    let found = home()
        .file("templates/page.html", "{% extends \"nothing.html\" %}\n")
        .findings();
    only(
        &found,
        "templates/page.html:1:1: template-error",
        &["nothing.html"],
    );
}

#[test]
fn a_template_that_uses_a_value_that_is_not_there_is_found_at_its_place() {
    let found = home()
        .file("templates/page.html", "{% extends \"base.html\" %}\n{% block main %}{{ content }}{{ nothing.here }}{% endblock main %}\n")
        .findings();
    assert_eq!(
        places(&found),
        ["templates/page.html:2:33: template-error"],
        "{found:#?}"
    );
}

#[test]
fn an_empty_file_lacks_its_keys() {
    for text in ["", "\n", "\u{feff}", "Text without keys.\n"] {
        let found = findings_of(text);
        let rules: Vec<&str> = found.iter().map(|found| found.rule.as_str()).collect();
        assert_eq!(rules, ["missing-key"; 3], "{text:?}: {found:#?}");
        assert!(
            found
                .iter()
                .all(|found| (found.line, found.column) == (1, 1))
        );
    }
}

#[test]
fn front_matter_that_does_not_end_is_found_at_its_first_line() {
    for text in [
        "---\n",
        "---",
        "---\r\n",
        "---\ntitle: x\nsummary: y\n\nText.\n",
    ] {
        let found = findings_of(text);
        only(
            &found,
            "content/en/a.md:1:1: wrong-syntax",
            &["does not end", "---"],
        );
    }
}

#[test]
fn front_matter_of_70_kilobytes_is_refused() {
    let keys = format!("extra:\n  long: \"{}\"", "x".repeat(70_000));
    only(
        &findings_of(article(&keys, "Text.\n")),
        "content/en/a.md:2:1: too-large",
        &["may have at most 65536"],
    );
}

#[test]
fn zero_bytes_never_reach_a_page() {
    let site = home().article_with(
        "en/a.md",
        "aliases: [\"x\\0y\"]",
        "A \0 zero\0.\n\n`\0`\n\n[a\0](index.md)\n\n{#\0}\n",
    );
    let built = site.try_build().expect("zero bytes are text or a finding");
    for (address, bytes) in &built.web {
        assert!(!bytes.contains(&0), "{address} has a zero byte");
    }
    assert!(built.page("en/a.html").main().contains("zero"));
}

#[test]
fn front_matter_of_the_wrong_shape_is_found() {
    for keys in ["- a\n- b", "just text", "[a, b]", "42", "\"x\""] {
        let found = findings_of(format!("---\n{keys}\n---\nText.\n"));
        assert!(
            found
                .iter()
                .any(|found| found.rule == "wrong-syntax" && found.line == 2),
            "{keys}: {found:#?}"
        );
    }
    let found = findings_of(article(
        "title: [a, b]\norder: first\ndraft: maybe\nupdated: 2026-02-30\naudience: everybody\nnext: {a: b}\ntranslation: yes",
        "Text.\n",
    ));
    let rules: Vec<(&str, u64)> = found
        .iter()
        .map(|found| (found.rule.as_str(), found.line))
        .collect();
    let wrong = "wrong-value";
    assert_eq!(
        rules,
        [
            (wrong, 4),
            (wrong, 5),
            (wrong, 6),
            (wrong, 7),
            (wrong, 8),
            (wrong, 9),
            (wrong, 10)
        ],
        "{found:#?}"
    );
}

#[test]
fn backups_of_editors_and_hidden_files_are_no_articles() {
    let site = [
        "a.md~",
        "#a.md#",
        ".a.md.swp",
        "~$a.md",
        "a.md.bak",
        ".hidden.md",
    ]
    .into_iter()
    .fold(home(), |site, name| {
        site.file(&format!("content/en/{name}"), "broken")
    });
    assert_eq!(site.check(), "");
}

#[test]
fn where_own_interface_texts_lack_one_the_built_in_stands_in() {
    let path = "templates/texts/en.ftl";
    let texts = include_str!("../../templates/texts/en.ftl");
    let is_kept = |line: &&str| !line.starts_with("strip =");
    let kept: String = texts.split_inclusive('\n').filter(is_kept).collect();
    let built = home().file(path, kept).build();
    assert_eq!(built.findings, []);
    let page = built.page("en/index.html");
    assert!(page.links().contains(&"tel:911"), "the strip has no number");
}

#[test]
fn what_the_strip_lacks_is_said_also_where_there_are_errors() {
    let settings = "languages = [\"en\"]\n";
    let stand_ins = |site: &Site| {
        let found = site.findings().into_iter();
        found
            .filter(|found| found.rule == "placeholder-without-value")
            .map(|found| found.message)
            .collect::<Vec<_>>()
    };
    let good = home().file("stepdown.toml", settings);
    let bad =
        home()
            .file("stepdown.toml", settings)
            .article_with("en/a.md", "draft: maybe", "Text.\n");
    assert_eq!(stand_ins(&good).len(), 1);
    assert_eq!(stand_ins(&bad), stand_ins(&good));
}

/// Mutates bytes a few times: signs that mean something, cuts, doubled parts, chance.
fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const SIGNS: [&str; 38] = [
        "---\n",
        "\n",
        "\r\n",
        "> ",
        "[!",
        "![[",
        "]]",
        "[[",
        "[@",
        "{",
        "}",
        "{#",
        "`",
        "|",
        "\n|--|--|\n",
        "**",
        "<",
        "<b>",
        "<!--",
        "&",
        "\\",
        "\0",
        "\u{feff}",
        "é",
        "\u{200f}",
        "日",
        "[^1]",
        "[^1]: ",
        "Table: ",
        "- [ ] ",
        ": ",
        "\t",
        "    ",
        "1. ",
        "# ",
        "{lang=es}",
        "=",
        "(",
    ];
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(6) {
            0 => {
                let sign = *chance.one_of(&SIGNS);
                bytes.splice(at..at, sign.bytes());
            }
            1 => {
                let sign = chance.one_of(&SIGNS).repeat(chance.below(200));
                bytes.splice(at..at, sign.bytes());
            }
            2 => bytes.truncate(at),
            3 => {
                let end = (at + chance.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + chance.below(200)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = chance.byte();
                }
            }
        }
    }
}

#[test]
fn hundreds_of_mutated_files_build_or_are_found_but_never_panic() {
    within(HANG, "the mutated sites", || {
        let mut chance = Chance::new(20_261_122);
        let sources: Vec<(String, Vec<u8>)> = files_below(&repository().join("content"))
            .into_iter()
            .filter(|(path, _)| path.ends_with(".md"))
            .collect();
        let allowed: Vec<String> = stepdown::finding::rules::RULES
            .iter()
            .map(|rule| format!("{} = \"so that pages are made\"\n", rule.name))
            .collect();
        let mut pages = 0;
        for round in 0..40 {
            let mut site = home().file(
                "content/_data/helplines.toml",
                include_str!("../../content/_data/helplines.toml"),
            );
            for number in 0..10 {
                let (path, bytes) = chance.one_of(&sources);
                let mut bytes = bytes.clone();
                bytes.truncate(3000);
                mutate(&mut bytes, &mut chance);
                let folder = if path.starts_with("_shared") {
                    "_shared/en"
                } else {
                    "en/a"
                };
                site = site.page(&format!("{folder}/m{number}.md"), bytes);
            }
            let mut settings = format!(
                "languages = [\"en\", \"ar\"]\ncountry = \"US\"\n[html]\nallow = [\"b\", \"sub\"]\n[allow]\n{}",
                allowed.concat()
            )
            .into_bytes();
            if round % 4 == 3 {
                mutate(&mut settings, &mut chance);
            }
            site = site.file("stepdown.toml", settings);
            // Whatever the bytes are, an answer comes back; the pages that are made are strict HTML.
            if let Ok(built) = site.try_build() {
                for address in built
                    .web
                    .keys()
                    .filter(|address| address.ends_with(".html"))
                {
                    built.page(address);
                    pages += 1;
                }
            }
        }
        assert!(pages > 500, "only {pages} pages were made and read");
    });
}

#[test]
fn pure_noise_in_every_kind_of_file_never_panics() {
    within(HANG, "the noise", || {
        let mut chance = Chance::new(7);
        for _ in 0..60 {
            let mut noise = |text: bool| -> Vec<u8> {
                let length = chance.below(400);
                (0..length)
                    .map(|_| {
                        if text {
                            *chance.one_of(b"-:[]{}()!|>#*_`'\"\\\n\n  \tabc0129=.@&<^~+,")
                        } else {
                            chance.byte()
                        }
                    })
                    .collect()
            };
            let framed = |noise: Vec<u8>| {
                [
                    b"---\ntitle: x\nsummary: y\nkind: site\n".to_vec(),
                    noise.clone(),
                    b"\n---\n".to_vec(),
                    noise,
                ]
                .concat()
            };
            let site = Site::new()
                .page("en/index.md", framed(noise(true)))
                .page("en/a.md", noise(true))
                .page("en/b.md", noise(false))
                .page("en/c.md", framed(noise(true)))
                .page("_shared/en/s.md", noise(true))
                .page("_data/helplines.toml", noise(true))
                .page("_data/center.toml", noise(false))
                .page("_records/en/a.toml", noise(true))
                .file("content/en/x.svg", noise(false))
                .file("content/en/x.png", noise(false))
                .file("stepdown.toml", noise(true))
                .file("templates/page.html", noise(true))
                .file("templates/texts/en.ftl", noise(true));
            let outcome = site.try_build();
            assert!(outcome.is_err() || outcome.is_ok_and(|built| !built.findings.is_empty()));
        }
    });
}
