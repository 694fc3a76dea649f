//! Telephone numbers: what readers may dial comes from the data, wherever it stands; and the data dials what it prints.

use crate::support::{Found, HELPLINES, Silent, Site, article};

const CENTER: &str = "name = \"Hope\"\nphone = \"(614) 555-0142\"\nphone_dial = \"+16145550142\"\nafter_hours = \"(614) 555-0143\"\nafter_hours_dial = \"+16145550143\"\nline = \"clinical\"\n";

/// A site whose center has two numbers.
fn site() -> Site {
    Site::started().file("content/_data/center.toml", CENTER)
}

/// Gives the findings of a rule as `path:line:column: the text that is underlined`.
fn places(site: &Site, rule: &str) -> Vec<String> {
    let found = site
        .findings()
        .into_iter()
        .filter(|found| found.rule == rule);
    found
        .map(|found| format!("{}:{}:{}", found.path, found.line, found.column))
        .collect()
}

fn numbers(site: &Site) -> Vec<String> {
    places(site, "unpublished-number")
}

fn only(site: &Site, rule: &str) -> Found {
    let found: Vec<Found> = site.findings();
    let [only] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(only.rule, rule, "{only:?}");
    only.clone()
}

/// A body, and where the number stands in it; the first line of a body is line 7 of its file.
const BODIES: &[(&str, &str)] = &[
    ("Call 1-800-555-0199 now.\n", "7:6"),
    ("Call 1-800-**555**-0199 now.\n", "7:6"),
    ("Call 1-800-*555*-~~01~~99 now.\n", "7:6"),
    ("So please call 1-800-\n555-0199 now.\n", "7:16"),
    ("🙂 Call 1‑800‑555‑0199 now.\n", "7:8"),
    ("Call 800&nbsp;555&nbsp;0199.\n", "7:6"),
    ("Call 800\\-555\\-0199.\n", "7:6"),
    ("Call `1-800-555-0199` now.\n", "7:7"),
    ("Call **`1-800`**`-555-0199` now.\n", "7:9"),
    ("Look:\n\n```\nOne\n  call 1-800-555-0199\n```\n", "11:8"),
    ("Look:\n\n    call 1-800-555-0199\n", "9:10"),
    (
        "> - Look:\n>   ~~~ text\n>   1-800-555-0199\n>   ~~~\n",
        "9:5",
    ),
    ("- One\n- Call 1-800-HOPE-NOW\n", "8:8"),
    ("| A | B |\n|---|---|\n| x | 800-555-1984 |\n", "9:7"),
    ("> [!note] Call 555-2010\n> Text.\n", "7:16"),
    ("> [!emergency]\n> Call 212-555-2001.\n", "8:8"),
    ("## Call ٨٠٠-٥٥٥-٠١٩٩\n", "7:9"),
    ("Text.[^a]\n\n[^a]: Call 800-555-0199.\n", "9:12"),
    ("[Call us](tel:+18005550199) now.\n", "7:11"),
    ("[Write](sms:+1%20800%20555%200199?body=HELP) now.\n", "7:9"),
    ("[Call us][a] now.\n\n[a]: tel:8005550199;ext=5\n", "7:1"),
    ("[800-555-0199](tel:+18005550199)\n", "7:2"),
    ("<tel:+18005550199>\n", "7:6"),
    ("[Call us](tel:)\n", "7:11"),
    ("![Call 800-555-0199](a.png)\n", "7:8"),
    ("<abbr title=\"Call 800-555-0199\">x</abbr>\n", "7:19"),
    ("One\n:   Call 800-555-0199\n", "8:10"),
];

#[test]
fn a_typed_number_is_found_where_it_stands_with_any_line_ends() {
    for (body, place) in BODIES {
        for ends in ["\n", "\r\n"] {
            let text = article("", body).replace('\n', ends);
            let site = site()
                .file(
                    "stepdown.toml",
                    "languages = [\"en\"]\ncountry = \"US\"\n[html]\nallow = [\"abbr\"]\n",
                )
                .file(
                    "content/en/a.png",
                    include_bytes!("../fixtures/gallery/content/en/components/clear.png"),
                )
                .page("en/a.md", text);
            assert_eq!(
                numbers(&site),
                [format!("content/en/a.md:{place}")],
                "{body:?} {ends:?}\n{}",
                site.check()
            );
        }
    }
}

#[test]
fn a_typed_number_is_found_in_front_matter_shared_texts_and_data() {
    let site = site()
        .page(
            "en/part/a.md",
            "---\ntitle: Call 800-555-0100 today\nsummary: 'Or 800-555-0101.'\nkey_points:\n  - Call 800-555-0102\n  - \"🙂 Call 800-555-0103\"\n  - Three\nnext: [Call 800-555-0104]\naliases: [One, Ring 800-555-0105]\n---\n\n![[box]]\n",
        )
        .article_with("en/part/b.md", "related: [part/a]", "See [[a]].\n")
        .article("en/part/c.md", "![[box]]\n")
        .file("content/_shared/en/box.md", "Box: 800-555-0106.\n")
        .file(
            "content/_data/helplines.toml",
            format!("{HELPLINES}\n[[helpline]]\nid = \"x\"\nservice = \"x\"\ncountry = \"US\"\nname = \"X\"\nwhen = \"information\"\nshow = \"1-800-662-4357\"\ndial = \"+18006624357\"\nhours = \"day 800-555-0109\"\ncost = \"ask 800-555-0110\"\nnote = \"{{emergency}} or 800-555-0107\"\npublish = \"ok\"\n"),
        )
        .file("content/_data/glossary.toml", "[[term]]\nid = \"t\"\nterm = \"Taper\"\ndefinition = \"Ask at 800-555-0108.\"\n")
        .file(
            "content/_data/search.toml",
            "[[answer]]\nid = \"a\"\nkind = \"care\"\ntitle = \"Ask\"\ntext = [\"Ask the line at 800-555-0111.\"]\nwhen = [\"ask\"]\n",
        )
        .article("en/glossary.md", "![[glossary]]\n");
    assert_eq!(
        numbers(&site),
        [
            "content/_data/glossary.toml:4:22",
            "content/_data/helplines.toml:31:14",
            "content/_data/helplines.toml:32:13",
            "content/_data/helplines.toml:33:24",
            "content/_data/search.toml:5:26",
            "content/_shared/en/box.md:1:6",
            "content/en/part/a.md:2:13",
            "content/en/part/a.md:3:14",
            "content/en/part/a.md:5:10",
            "content/en/part/a.md:6:13",
            "content/en/part/a.md:8:13",
            "content/en/part/a.md:9:21",
        ],
        "{}",
        site.check()
    );
}

#[test]
fn a_published_number_may_be_typed_in_any_form_that_dials_the_same() {
    for number in [
        "(614) 555-0142",
        "614-555-0142",
        "+1 614 555 0142",
        "+1 (614) 555‑0142",
        "1-614-555-0142",
        "00 1 614 555 0142",
        "011 1 614 555 0142",
        "٦١٤-٥٥٥-٠١٤٢",
        "614-555-0142 ext. 7",
        "6145550142",
        "1 614 JKL-0142",
        "[us](tel:+1-614-555-0142;ext=7)",
        "[us](tel:6145550142)",
        "[us](sms:16145550142)",
        "[danger](tel:911)",
        "988",
    ] {
        let site = site().article("en/a.md", &format!("Call {number} now.\n"));
        assert_eq!(site.check(), "", "{number}");
    }
    let british = |number: &str| {
        let row = HELPLINES.replace("\"US\"", "\"GB\"");
        let line = "[[helpline]]\nid = \"x\"\nservice = \"x\"\ncountry = \"GB\"\nname = \"X\"\nwhen = \"information\"\nshow = \"020 7946 0000\"\ndial = \"02079460000\"\npublish = \"ok\"\n";
        Site::started()
            .file("stepdown.toml", "languages = [\"en\"]\ncountry = \"GB\"\n")
            .file("content/_data/helplines.toml", format!("{row}\n{line}"))
            .article("en/a.md", &format!("Call {number} now.\n"))
    };
    for number in [
        "020 7946 0000",
        "+44 20 7946 0000",
        "+44 (0)20 7946 0000",
        "0044 20 7946 0000",
    ] {
        assert_eq!(british(number).check(), "", "{number}");
    }
    for number in ["+33 20 7946 0000", "020 7946 0001", "+1 207 946 0000"] {
        assert_eq!(
            numbers(&british(number)),
            ["content/en/a.md:7:6"],
            "{number}"
        );
    }
}

#[test]
fn help_names_the_placeholder_that_fits_or_where_the_number_belongs() {
    let waiting = "\n[[helpline]]\nid = \"us-new\"\nservice = \"new\"\ncountry = \"US\"\nname = \"New\"\nwhen = \"information\"\nshow = \"1-800-555-0150\"\ndial = \"+18005550150\"\npublish = \"verify-first\"\n\n[[helpline]]\nid = \"us-poison\"\nservice = \"poison\"\ncountry = \"US\"\nname = \"Poison Help\"\nwhen = \"crisis\"\nfills = \"poison\"\nshow = \"1-800-222-1222\"\ndial = \"+18002221222\"\npublish = \"ok\"\n";
    for (number, help) in [
        ("555-0142", "write `{center.phone}`"),
        ("614-555-0124", "write `{center.phone}`"),
        ("+1 614 555 0153", "write `{center.after_hours}`"),
        ("222-1222", "write `{poison}`"),
        ("1-800-222-1223", "write `{poison}`"),
        ("1-800-555-0150", "the row `us-new`"),
        (
            "212-555-0199",
            "needs a row in `content/_data/helplines.toml`",
        ),
    ] {
        let site = site()
            .file(
                "content/_data/helplines.toml",
                format!("{HELPLINES}{waiting}"),
            )
            .article("en/a.md", &format!("Call {number} now.\n"));
        let found = only(&site, "unpublished-number");
        assert!(found.help.contains(help), "{number}: {}", found.help);
    }
    let site = Site::started().article("en/a.md", "Call 212-555-0199 now.\n");
    assert!(
        only(&site, "unpublished-number")
            .help
            .contains("`content/_data/center.toml`")
    );
}

#[test]
fn one_mistake_in_a_link_is_told_once() {
    let site = site().article(
        "en/a.md",
        "[Call 800-555-0199 now](tel:+1-800-555-0199) or [800-555-0199](tel:8005550188).\n",
    );
    assert_eq!(
        numbers(&site),
        [
            "content/en/a.md:7:7",
            "content/en/a.md:7:50",
            "content/en/a.md:7:64"
        ]
    );
}

#[test]
fn a_link_dials_what_its_words_show() {
    for (body, place) in [
        ("[988](tel:911)", "7:7"),
        ("[(614) 555-0142](tel:+16145550143)", "7:18"),
        ("[Call (614) 555-0142 now](sms:988)", "7:27"),
    ] {
        let site = site().article("en/a.md", &format!("{body}\n"));
        assert_eq!(
            numbers(&site),
            [format!("content/en/a.md:{place}")],
            "{body}"
        );
    }
    for body in [
        "[988](tel:988)",
        "[day and night, 24 hours](tel:988)",
        "{crisis}, {center.phone}",
        "[(614) 555-0142](tel:16145550142)",
    ] {
        assert_eq!(
            site().article("en/a.md", &format!("{body}\n")).check(),
            "",
            "{body}"
        );
    }
}

/// A row of the helplines that is published, with other keys than it should have.
fn row(keys: &str) -> Site {
    let row = "\n[[helpline]]\nid = \"x\"\nservice = \"x\"\ncountry = \"US\"\nname = \"X\"\nwhen = \"information\"\npublish = \"ok\"\n";
    site().file(
        "content/_data/helplines.toml",
        format!("{HELPLINES}{row}{keys}"),
    )
}

#[test]
fn a_row_dials_what_it_prints() {
    for keys in [
        "show = \"1-800-662-HELP\"\ndial = \"+18006624357\"\n",
        "show = \"(800) 662-4357\"\ndial = \"18006624357\"\n",
        "show = \"988 and press 2\"\ndial = \"988\"\nafter_dial = \"2\"\n",
        "show = \"9-8-8\"\ndial = \"988\"\n",
        "show = \"Text HOME to 741741\"\nsms_to = \"741741\"\nsms_body = \"HOME\"\n",
        "show = \"Text your ZIP code to 435748 (HELP4U)\"\nsms_to = \"435748\"\n",
        "show = \"1-844-764-7669 (1-844-POISON-X)\"\ndial = \"+18447647669\"\n",
        "show = \"13 11 14\"\ndial = \"131114\"\n",
        "show = \"٩٨٨\"\ndial = \"988\"\n",
        "show = \"FindTreatment.gov\"\nurl = \"https://findtreatment.gov\"\n",
        "show = \"3114.example\"\nurl = \"https://3114.example\"\n",
    ] {
        assert_eq!(row(keys).check(), "", "{keys}");
    }
    for (keys, place, help) in [
        (
            "show = \"1-800-662-4357\"\ndial = \"+18006624375\"\n",
            "31:8",
            "write `\"18006624357\"`",
        ),
        (
            "show = \"Text HOME to 741741\"\nsms_to = \"741714\"\n",
            "31:10",
            "write `\"741741\"`",
        ),
        (
            "show = \"988\"\ndial = \"911\"\n",
            "31:8",
            "write `\"988\"`",
        ),
        (
            "show = \"1-800-662-4357 or 1-800-662-4358\"\ndial = \"+18006624357\"\n",
            "31:8",
            "mend the printed one",
        ),
        (
            "show = \"1-800-662-4357\"\n",
            "30:8",
            "write the line `dial = \"18006624357\"`",
        ),
        (
            "show = \"988\"\ndial = \"\"\n",
            "30:8",
            "write the line `dial = \"988\"`",
        ),
        (
            "show = \"Call us\"\ndial = \"988\"\n",
            "31:8",
            "print the number",
        ),
    ] {
        let site = row(keys);
        let found = only(&site, "wrong-row");
        assert_eq!(format!("{}:{}", found.line, found.column), place, "{keys}");
        assert!(found.help.contains(help), "{keys}: {}", found.help);
    }
}

#[test]
fn a_mismatch_names_its_counterpart() {
    let site = row("show = \"988\"\ndial = \"911\"\n");
    assert_eq!(
        site.check(),
        "content/_data/helplines.toml:31:8: wrong-row: `dial` is `911`, but the number that pages print is another\n"
    );
    let built = stepdown::build::check(&site.disk, &site.options.reading(), &Silent).unwrap();
    let also: Vec<(u32, &str)> = built
        .findings
        .iter()
        .flat_map(|finding| &finding.also)
        .map(|(place, label)| (place.end - place.start, label.as_str()))
        .collect();
    assert_eq!(also, [(5, "this is printed")]);
}

#[test]
fn the_numbers_of_the_center_can_be_tapped_and_are_the_printed_ones() {
    let center =
        |from: &str, to: &str| site().file("content/_data/center.toml", CENTER.replace(from, to));
    for (from, to, place) in [
        (
            "phone_dial = \"+16145550142\"",
            "phone_dial = \"+16145550124\"",
            "3:14",
        ),
        (
            "after_hours_dial = \"+16145550143\"",
            "after_hours_dial = \"\"",
            "4:15",
        ),
        ("phone_dial = \"+16145550142\"\n", "", "2:9"),
        ("(614) 555-0143", "(614) 555-0144", "5:20"),
    ] {
        let found = only(&center(from, to), "wrong-row");
        assert_eq!(format!("{}:{}", found.line, found.column), place, "{to}");
    }
    for dial in ["6145550142", "16145550142", "+16145550142"] {
        assert_eq!(center("+16145550142", dial).check(), "", "{dial}");
    }
    assert_eq!(center("(614) 555-0142", "1-614-JKL-0142").check(), "");
}

#[test]
fn addresses_of_the_data_are_of_the_right_kind_and_others_are_never_links() {
    let source = |url: &str| {
        site()
            .file("content/_data/sources.toml", format!("[[source]]\nid = \"s\"\ntitle = \"A source\"\nurl = \"{url}\"\nverified = \"yes\"\n"))
            .article_with("en/a.md", "sources: [s]", "Text.\n")
    };
    assert_eq!(source("https://www.x.org/a").check(), "");
    for (url, help) in [
        ("www.x.org", "write `\"https://www.x.org\"`"),
        ("javascript:alert(1)", "begins with `https://`"),
        ("data:text/html,x", "begins with `https://`"),
        ("https:// x.org", "write `\"https://x.org\"`"),
        ("see the library", "begins with `https://`"),
    ] {
        let site = source(url);
        let found = only(&site, "wrong-row");
        assert_eq!((found.line, found.column), (4, 7), "{url}");
        assert!(found.help.contains(help), "{url}: {}", found.help);
    }
    let bad = "content/_data/center.toml";
    for (key, value, help) in [
        (
            "email",
            "help at hope.example",
            "write `\"help@hope.example\"`",
        ),
        (
            "email",
            "mailto:help@hope.example",
            "write `\"help@hope.example\"`",
        ),
        ("email", "nobody", "such as `help@example.org`"),
        (
            "website",
            "hope.example",
            "write `\"https://hope.example\"`",
        ),
        ("website", "javascript:alert(1)", "begins with `https://`"),
    ] {
        let site = site().file(bad, format!("{CENTER}{key} = \"{value}\"\n"));
        let found = only(&site, "wrong-row");
        assert_eq!(found.line, 7, "{value}");
        assert!(found.help.contains(help), "{value}: {}", found.help);
    }
    let helpline =
        row("show = \"Chat\"\nurl = \"vbscript:x\"\n").article("en/a.md", "![[helplines]]\n");
    assert_eq!(only(&helpline, "wrong-row").column, 7);
    // The build goes on where the fault is allowed, and the address is no link all the same.
    let built = source("javascript:alert(1)")
        .file(
            "stepdown.toml",
            "languages = [\"en\"]\ncountry = \"US\"\n[allow]\nwrong-row = \"a test\"\n",
        )
        .build();
    let page = built.page("en/a.html");
    assert!(page.main().contains("A source"), "{}", page.main());
    assert!(
        page.links().iter().all(|link| !link.contains("javascript")),
        "{:?}",
        page.links()
    );
}

#[test]
fn a_link_of_an_article_cannot_run_anything() {
    for (body, rule) in [
        ("[x](javascript:alert(1))", "broken-link"),
        ("[x](JaVaScRiPt:alert(1))", "broken-link"),
        ("[x](java&#115;cript:alert(1))", "broken-link"),
        ("[x](javascript&colon;alert(1))", "broken-link"),
        ("[x](<\u{1}javascript:alert(1)>)", "broken-link"),
        ("[x](<java\tscript:alert(1)>)", "broken-link"),
        ("<javascript:alert(1)>", "broken-link"),
        ("[x][a]\n\n[a]: vbscript:x", "broken-link"),
        ("[x](data:text/html,x)", "broken-link"),
        ("[[javascript:alert(1)]]", "broken-link"),
        ("![x](data:image/svg+xml,x)", "missing-image"),
    ] {
        let site = site()
            .file(
                "stepdown.toml",
                format!("languages = [\"en\"]\ncountry = \"US\"\n[allow]\n{rule} = \"a test\"\n"),
            )
            .article("en/a.md", &format!("{body}\n"));
        assert_eq!(only(&site, rule).line, 7, "{body}");
        let page = site.build().page("en/a.html");
        let runs = |link: &&str| {
            ["javascript", "vbscript", "data:"]
                .iter()
                .any(|scheme| link.contains(scheme))
        };
        assert!(
            !page.links().iter().any(|link| runs(&&**link)),
            "{body} {:?}",
            page.links()
        );
    }
}

#[test]
fn a_typed_number_of_an_interface_text_is_found_once_in_its_own_file() {
    let texts = "key-points = Key points 800-555-0111\nlead-helplines = In danger 😀 call {\"{emergency}\"} or 800-555-0199.\n";
    let site = site()
        .file("templates/texts/en.ftl", texts)
        .article("en/part/a.md", "Text.\n")
        .article("en/part/b.md", "Text.\n");
    assert_eq!(
        numbers(&site),
        ["templates/texts/en.ftl:1:25", "templates/texts/en.ftl:2:54",]
    );
}
