//! The mistakes that staff of a center made when they tried the program, and others like them: what is told of each, what its reader does next,
//! taken word for word from the help, and that nothing is found then.

use crate::support::{Found, HELPLINES, Site, article};

/// What the reader of a finding does.
enum Next {
    /// Puts what stands in the first backticks in place of what is marked.
    Paste,
    /// Changes words of the file as the help says, which names the new ones.
    Change(&'static str, &'static str),
    /// Changes words of the file in a way that the help describes without naming them.
    Mend(&'static str, &'static str),
}

use Next::{Change, Mend, Paste};

const SETTINGS: &str = "stepdown.toml";
const SOURCES: &str = "content/_data/sources.toml";
const PEOPLE: &str = "content/_data/people.toml";
const NUMBERS: &str = "content/_data/helplines.toml";
const GLOSSARY: &str = "content/_data/glossary.toml";
const RECORD: &str = "content/_records/en/tapering/how-tapering-works.toml";
const TEXTS: &str = "templates/texts/en.ftl";
const PAGE: &str = "content/en/tapering/getting-ready.md";

/// Gives the files of a site without faults, in which pages cite, people are named and pages are reviewed.
fn files() -> Vec<(&'static str, String)> {
    vec![
        (
            SETTINGS,
            "name = \"Hope\"\nlanguages = [\"en\", \"es\"]\ncountry = \"US\"\n\n[publish]\nunreviewed = \"label\"\n\n[extra]\ncolor = \"blue\"\n".to_owned(),
        ),
        (
            SOURCES,
            "[[source]]\nid = \"nice-2022\"\ntitle = \"A guideline\"\nverified = \"yes\"\n\n[[source]]\nid = \"fda-2020\"\ntitle = \"A warning\"\nurl = \"https://example.org/b\"\nverified = \"yes\"\n".to_owned(),
        ),
        (
            PEOPLE,
            "[[person]]\nid = \"nora\"\nname = \"Nora Kim\"\nclinician = true\n\n[[person]]\nid = \"ada\"\nname = \"Ada Day\"\n".to_owned(),
        ),
        (NUMBERS, HELPLINES.to_owned()),
        (
            GLOSSARY,
            "[[term]]\nid = \"taper\"\nterm = \"taper\"\ndefinition = \"To take less.\"\nsources = [\"nice-2022\"]\n".to_owned(),
        ),
        (RECORD, "[[review]]\nby = [\"nora\"]\non = 2026-06-01\n".to_owned()),
        (TEXTS, "print-hint = You can print this page.\n".to_owned()),
        ("content/en/index.md", article("", "Home.\n")),
        (
            "content/en/tapering/how-tapering-works.md",
            article("sources: [nice-2022]", "## What a taper is\n\nText [@nice-2022].\n"),
        ),
        (
            PAGE,
            article("authors: [ada]\nupdated: 2026-11-20", "Text [@fda-2020]. See [it](how-tapering-works.md).\n"),
        ),
        (
            "content/es/index.md",
            article("translation:\n  checked_by: nora", "Inicio.\n"),
        ),
    ]
}

fn site_with(path: &str, text: &[u8]) -> Site {
    files()
        .iter()
        .fold(Site::new(), |site, (known, text)| site.file(known, text))
        .file(path, text)
}

fn text_of(path: &str) -> String {
    let known = files();
    let file = known.iter().find(|(known, _)| *known == path);
    file.map_or_else(String::new, |(_, text)| text.clone())
}

fn told(found: &[Found]) -> String {
    found.iter().fold(String::new(), |out, found| {
        format!(
            "{out}{}: {} → {}\n",
            found.place(),
            found.message,
            found.help
        )
    })
}

/// Gives the text with other words in place of what a finding marks.
fn pasted(text: &str, found: &Found) -> String {
    let at = |(line, column): (u64, u64)| {
        let lines = text.split_inclusive('\n');
        let before: usize = lines
            .take(usize::try_from(line).unwrap() - 1)
            .map(str::len)
            .sum();
        let mut columns = text[before..]
            .char_indices()
            .map(|(at, _)| before + at)
            .chain([text.len()]);
        columns.nth(usize::try_from(column).unwrap() - 1).unwrap()
    };
    let words = found.help.split('`').nth(1).unwrap();
    let (start, end) = (at((found.line, found.column)), at(found.end));
    format!("{}{words}{}", &text[..start], &text[end..])
}

/// Makes a mistake, sees that it is told once and in these words, does what they say, and sees that nothing is found.
fn mistake(path: &str, right: &str, wrong: &str, said: &str, next: &Next) {
    let text = text_of(path);
    assert!(text.contains(right), "{right:?} is not in {path}");
    let mistaken = text.replacen(right, wrong, 1);
    told_and_mended(path, mistaken.as_bytes(), said, next);
}

fn told_and_mended(path: &str, mistaken: &[u8], said: &str, next: &Next) {
    let found = site_with(path, mistaken).findings();
    let all = told(&found);
    let words = format!("{path}:{said}\n");
    assert_eq!(all, words, "of {:?}", String::from_utf8_lossy(mistaken));
    let mended = match next {
        Paste => pasted(std::str::from_utf8(mistaken).unwrap(), &found[0]).into_bytes(),
        Change(from, to) | Mend(from, to) => {
            if matches!(next, Change(..)) {
                assert!(all.contains(to.trim()), "{to:?} is not in {all}");
            }
            let text = std::str::from_utf8(mistaken).unwrap();
            assert!(text.contains(from), "{from:?} is not in {text}");
            text.replacen(from, to, 1).into_bytes()
        }
    };
    assert_eq!(
        told(&site_with(path, &mended).findings()),
        "",
        "after {said}"
    );
}

#[test]
fn the_site_of_these_tests_has_no_faults() {
    assert_eq!(
        told(&site_with(PAGE, text_of(PAGE).as_bytes()).findings()),
        ""
    );
}

#[test]
fn an_edition_that_cannot_be_made_is_not_offered() {
    for edition in ["pdf", "single", "epub", "print"] {
        mistake(
            SETTINGS,
            "[publish]",
            &format!("editions = [\"{edition}\"]\n[publish]"),
            &format!(
                "5:13: wrong-value: `editions` cannot be used: `{edition}` is not known here → write one of `web`, `zip`"
            ),
            &Mend(edition, "web"),
        );
    }
}

#[test]
fn a_setting_that_stands_in_the_wrong_place_is_told_once_with_the_right_one() {
    let rows: [(&str, &str, &str, Next); 6] = [
        (
            "color = \"blue\"\n",
            "color = \"blue\"\nbase_url = \"https://x.org/\"\n",
            "10:1: unknown-key: `base_url` stands below `[extra]`, so it is not read as a setting → move this line up, above the first line in square brackets; if it is a key of your own, give it another name",
            Mend("base_url = \"https://x.org/\"\n", ""),
        ),
        (
            "unreviewed = \"label\"\n",
            "unreviewed = \"label\"\neditions = [\"web\"]\n",
            "7:1: unknown-key: `editions` stands below `[publish]`, so it is not read as a setting → move this line up, above the first line in square brackets",
            Mend("editions = [\"web\"]\n", ""),
        ),
        (
            "country = \"US\"\n",
            "country = \"US\"\nunreviewed = \"label\"\n",
            "4:1: unknown-key: `unreviewed` stands in no group, so it is not read → move this line to the lines below `[publish]`",
            Mend("unreviewed = \"label\"\n\n", "\n"),
        ),
        (
            "country = \"US\"\n",
            "country = \"US\"\naccent = \"#1d5c63\"\n",
            "4:1: unknown-key: `accent` stands in no group, so it is not read → move this line to the end of the file, below a new line `[look]`",
            Mend("accent = \"#1d5c63\"\n", ""),
        ),
        (
            "country = \"US\"\n",
            "country = \"US\"\ncolour = \"red\"\n",
            "4:1: unknown-key: `colour` is not a key of the settings → known keys are name, slug, languages, base_url, country, setting, editions",
            Mend("colour = \"red\"\n", ""),
        ),
        (
            "[extra]",
            "[colors]\nred = \"1\"\n[extra]",
            "8:2: unknown-key: `colors` is not a key of the settings → for keys of your own, write `[extra.colors]`",
            Change("[colors]", "[extra.colors]"),
        ),
    ];
    for (right, wrong, said, next) in rows {
        mistake(SETTINGS, right, wrong, said, &next);
    }
}

#[test]
fn a_line_of_the_settings_that_cannot_be_read_is_told_once_with_what_to_paste() {
    let rows: [(&str, &str, &str, Next); 11] = [
        (
            "name = \"Hope\"",
            "name = \"C:\\Users\\Hope\"",
            "1:8: wrong-syntax: a backslash stands in this text, and it needs another one before it → write `\"C:\\\\Users\\\\Hope\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name = \"Hope",
            "1:8: wrong-syntax: the quote that begins here does not end → write `\"Hope\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name = Hope Clinic",
            "1:8: wrong-syntax: this text has no quotes around it → write `\"Hope Clinic\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name = “Hope”",
            "1:8: wrong-syntax: the quotes around this text are those of a word processor → write `\"Hope\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name: \"Hope\"",
            "1:1: wrong-syntax: an equals sign is missing behind `name` → write `name = \"Hope\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name = \"The \"Hope\" clinic\"",
            "1:8: wrong-syntax: words stand behind the closing quote → write `\"The \\\"Hope\\\" clinic\"`",
            Paste,
        ),
        (
            "name = \"Hope\"",
            "name = \"Hope\"\nOur own settings",
            "2:1: wrong-syntax: this line is no key with a value → write `# Our own settings`",
            Paste,
        ),
        (
            "[\"en\", \"es\"]",
            "[\"en\", \"es\"",
            "2:13: wrong-syntax: the list that begins here does not end → write `[\"en\", \"es\"]`",
            Paste,
        ),
        (
            "[\"en\", \"es\"]",
            "[en, es]",
            "2:13: wrong-syntax: the words of this list are not in quotes, or a comma is missing → write `[\"en\", \"es\"]`",
            Paste,
        ),
        (
            "[\"en\", \"es\"]",
            "\"en\", \"es\"",
            "2:13: wrong-syntax: several texts need square brackets around them → write `[\"en\", \"es\"]`",
            Paste,
        ),
        (
            "[publish]",
            "[publish",
            "5:1: wrong-syntax: a bracket is missing in this line → write `[publish]`",
            Paste,
        ),
    ];
    for (right, wrong, said, next) in rows {
        mistake(SETTINGS, right, wrong, said, &next);
    }
}

#[test]
fn a_mistake_in_the_data_is_told_once_where_it_stands_and_nothing_is_said_of_what_follows() {
    let rows: [(&str, &str, &str, &str, Next); 12] = [
        (
            SOURCES,
            "[[source]]",
            "[source]",
            "1:1: wrong-syntax: each row of this file begins with a line `[[source]]`, and not with `[source]` → write `[[source]]`",
            Paste,
        ),
        (
            NUMBERS,
            "[[helpline]]",
            "[helpline]",
            "1:1: wrong-syntax: each row of this file begins with a line `[[helpline]]`, and not with `[helpline]` → write `[[helpline]]`",
            Paste,
        ),
        (
            GLOSSARY,
            "[[term]]",
            "[[terms]]",
            "1:1: wrong-syntax: each row of this file begins with a line `[[term]]`, and not with `[[terms]]` → write `[[term]]`",
            Paste,
        ),
        (
            PEOPLE,
            "[[person]]",
            "[person]",
            "1:1: wrong-syntax: each row of this file begins with a line `[[person]]`, and not with `[person]` → write `[[person]]`",
            Paste,
        ),
        (
            RECORD,
            "[[review]]",
            "[[review]",
            "1:1: wrong-syntax: each row of this file begins with a line `[[review]]`, and not with `[[review]` → write `[[review]]`",
            Paste,
        ),
        (
            RECORD,
            "2026-06-01",
            "06/30/2026",
            "3:6: wrong-syntax: this date cannot be read → write `2026-06-30`",
            Paste,
        ),
        (
            RECORD,
            "[\"nora\"]",
            "[nora]",
            "2:6: wrong-syntax: the words of this list are not in quotes, or a comma is missing → write `[\"nora\"]`",
            Paste,
        ),
        (
            PEOPLE,
            "clinician = true",
            "clinician = Yes",
            "4:13: wrong-syntax: this should be `true` or `false` → write `true`",
            Paste,
        ),
        (
            SOURCES,
            "title = \"A guideline\"",
            "title = \"A guideline",
            "3:9: wrong-syntax: the quote that begins here does not end → write `\"A guideline\"`",
            Paste,
        ),
        (
            SOURCES,
            "title = \"A guideline\"",
            "title \"A guideline\"",
            "3:1: wrong-syntax: an equals sign is missing behind `title` → write `title = \"A guideline\"`",
            Paste,
        ),
        (
            SOURCES,
            "title = \"A guideline\"\n",
            "",
            "1:1: wrong-row: this row has no `title` → add a line `title` with a text",
            Mend(
                "id = \"nice-2022\"\n",
                "id = \"nice-2022\"\ntitle = \"A guideline\"\n",
            ),
        ),
        (
            SOURCES,
            "id = \"nice-2022\"\n",
            "",
            "1:1: wrong-row: this row has no `id` → give it a short name of its own, such as `id = \"us-988\"`",
            Mend("[[source]]\n", "[[source]]\nid = \"nice-2022\"\n"),
        ),
    ];
    for (path, right, wrong, said, next) in rows {
        mistake(path, right, wrong, said, &next);
    }
}

#[test]
fn the_same_mistake_in_all_rows_is_told_once() {
    let all_single = text_of(SOURCES).replace("[[source]]", "[source]");
    let found = site_with(SOURCES, all_single.as_bytes()).findings();
    assert_eq!(
        told(&found),
        format!(
            "{SOURCES}:1:1: wrong-syntax: each row of this file begins with a line `[[source]]`, and not with `[source]` → write `[[source]]`, and so in the other line that names a row\n"
        )
    );
    let done = all_single.replace("[source]", "[[source]]");
    assert_eq!(told(&site_with(SOURCES, done.as_bytes()).findings()), "");
}

#[test]
fn of_a_file_that_cannot_be_read_only_that_is_told() {
    let said = |path: &str, line: usize| {
        format!(
            "{path}:{line}:3: not-utf8: the file is not saved as UTF-8, so its letters cannot be told from here on → open it in your editor and save it again with the encoding UTF-8\n"
        )
    };
    for path in [SETTINGS, SOURCES, PEOPLE, NUMBERS, GLOSSARY, TEXTS, PAGE] {
        let text = text_of(path);
        let bytes = [text.as_bytes(), b"# \xe9\n"].concat();
        let found = site_with(path, &bytes).findings();
        assert_eq!(told(&found), said(path, text.lines().count() + 1));
        let again = [text.as_bytes(), "# é\n".as_bytes()].concat();
        let again = if path == TEXTS || path == PAGE {
            text.into_bytes()
        } else {
            again
        };
        assert_eq!(told(&site_with(path, &again).findings()), "");
    }
    // A link to a heading of a page that cannot be read is not wrong for that.
    let linked = text_of(PAGE).replace(
        "how-tapering-works.md",
        "how-tapering-works.md#what-a-taper-is",
    );
    let broken = text_of("content/en/tapering/how-tapering-works.md").replacen("---\n\n", "\n", 1);
    let found = site_with(PAGE, linked.as_bytes())
        .file("content/en/tapering/how-tapering-works.md", broken)
        .findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "the front matter does not end");
}

#[test]
fn what_templates_and_styles_load_from_other_hosts_is_told_there_and_once() {
    let root = crate::support::repository();
    let base = std::fs::read_to_string(root.join("templates/base.html")).unwrap();
    let css = std::fs::read_to_string(root.join("static/assets/stepdown.css")).unwrap();
    let font = "https://fonts.googleapis.com/css2?family=Roboto";
    for (path, before, line) in [
        (
            "templates/base.html",
            "</head>",
            format!("<link href=\"{font}\" rel=\"stylesheet\">\n"),
        ),
        (
            "templates/base.html",
            "</head>",
            format!("<link rel='stylesheet' href='{font}'>\n"),
        ),
        (
            "templates/base.html",
            "</body>",
            format!("<script src=\"{font}\"></script>\n"),
        ),
        (
            "static/assets/stepdown.css",
            "",
            format!("@import url(\"{font}\");\n"),
        ),
    ] {
        let right = if before.is_empty() { &css } else { &base };
        let text = right.replacen(before, &format!("{line}{before}"), 1);
        let found = site_with(path, text.as_bytes()).findings();
        let at = text
            .lines()
            .position(|known| known.contains(line.trim_end()))
            .unwrap()
            + 1;
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(
            (found[0].path.as_str(), found[0].line),
            (path, at as u64),
            "{found:#?}"
        );
        assert_eq!(found[0].rule, "outside-request");
        assert!(
            found[0].message.contains(font) && found[0].help.starts_with("take it out"),
            "{found:#?}"
        );
        let without = text.replacen(&line, "", 1);
        assert_eq!(told(&site_with(path, without.as_bytes()).findings()), "");
    }
    // An ordinary link to the same host loads nothing.
    let link = base.replace(
        "</body>",
        &format!("<p><a href=\"{font}\">Fonts</a></p>\n</body>"),
    );
    assert_eq!(
        told(&site_with("templates/base.html", link.as_bytes()).findings()),
        ""
    );
}

#[test]
fn a_mistake_in_an_article_is_told_once_with_what_mends_it() {
    let rows: [(&str, &str, &str, Next); 14] = [
        (
            "title: A title",
            "title: Why: a guide",
            "2:8: wrong-syntax: the text after `title:` has signs in it that mean something else here → write `\"Why: a guide\"`, with quotes around it",
            Paste,
        ),
        (
            "title: A title",
            "title: “Why: a guide”",
            "2:8: wrong-syntax: the text after `title:` has signs in it that mean something else here → write `\"Why: a guide\"`, with quotes around it",
            Paste,
        ),
        (
            "title: A title",
            "title: “A guide”",
            "2:8: wrong-value: the curly quotes of a word processor stand around the title, and readers would see them → write `A guide`",
            Paste,
        ),
        (
            "title: A title",
            "title: Your #1 question",
            "2:8: wrong-value: readers would not see the words from `#` on, since they count as a remark → write `\"Your #1 question\"`, or put the remark on a line of its own",
            Paste,
        ),
        (
            "title: A title",
            "title:A title",
            "2:1: wrong-syntax: a space is missing behind `title:` → write `title: A title`",
            Paste,
        ),
        (
            "title: A title",
            "title: \"A title",
            "2:8: wrong-syntax: the quote that begins here does not end → write `\"A title\"`",
            Paste,
        ),
        (
            "updated: 2026-11-20",
            "updated: 11/20/2026",
            "6:10: wrong-value: `updated` cannot be used: this should be a date such as 2026-11-22 → write `2026-11-20`",
            Paste,
        ),
        (
            "authors: [ada]",
            "authors: [ad]",
            "5:11: unknown-person: nobody has the id `ad` → did you mean `ada`?",
            Paste,
        ),
        (
            "authors: [ada]",
            "author: ada",
            "5:1: unknown-key: `author` is not a key of the front matter → write `authors`",
            Paste,
        ),
        (
            "[@fda-2020]",
            "[@fda-2021]",
            "9:8: unknown-source: no source has the id `fda-2021` → did you mean `fda-2020`?",
            Mend("fda-2021", "fda-2020"),
        ),
        (
            "[it](how-tapering-works.md)",
            "[it](how-tapering-works.html)",
            "9:23: broken-link: `how-tapering-works.html` leads nowhere from this file → write `[it](how-tapering-works.md)`",
            Paste,
        ),
        (
            "[it](how-tapering-works.md)",
            "[it](how-tapering-works.md#what-a-tapr-is)",
            "9:23: broken-anchor: the page `tapering/how-tapering-works` has no heading with the anchor `#what-a-tapr-is` → did you mean `[it](how-tapering-works.md#what-a-taper-is)`? The nearest headings are `#what-a-taper-is`",
            Paste,
        ),
        (
            "Text [@fda-2020].",
            "> [!warning]\n> Take care.\n\nText [@fda-2020].",
            "9:5: unknown-callout: `warning` is not a kind of callout → write `important`; where readers must call for help at once, write `emergency`",
            Paste,
        ),
        (
            "summary: One",
            "sumary: One",
            "3:1: unknown-key: `sumary` is not a key of the front matter → did you mean `summary`?",
            Paste,
        ),
    ];
    for (right, wrong, said, next) in rows {
        mistake(PAGE, right, wrong, said, &next);
    }
}

#[test]
fn a_value_of_another_kind_and_front_matter_that_begins_too_late_are_told_with_what_to_write() {
    let rows: [(&str, &str, &str, Next); 8] = [
        (
            "authors: [ada]",
            "next:\n  - Call: the clinic",
            "6:5: wrong-value: `next` cannot be used: this should be a text → write `\"Call: the clinic\"`, with quotes around it",
            Paste,
        ),
        (
            "authors: [ada]",
            "draft: no",
            "5:8: wrong-value: `draft` cannot be used: this should be true or false → write `false`",
            Paste,
        ),
        (
            "authors: [ada]",
            "related: [[how-tapering-works]]",
            "5:11: wrong-value: `related` cannot be used: this should be a text → write `how-tapering-works`",
            Paste,
        ),
        (
            "authors: [ada]",
            "audience: patients",
            "5:11: wrong-value: `audience` cannot be used: `patients` is not known here → did you mean `patient`? One of `patient`, `family`, `everyone`, `clinician` can stand here",
            Paste,
        ),
        (
            "authors: [ada]",
            "authors: @ada",
            "5:10: wrong-syntax: the text after `authors:` has signs in it that mean something else here → write `\"@ada\"`, with quotes around it",
            Mend("@ada", "ada"),
        ),
        (
            "---\ntitle",
            "----\ntitle",
            "1:1: wrong-syntax: the front matter must begin with a line `---` at the very top of the file → write `---`, and nothing before it; below the keys stands another line `---`",
            Paste,
        ),
        (
            "---\ntitle",
            "\n---\ntitle",
            "1:1: wrong-syntax: the front matter must begin with a line `---` at the very top of the file → write `---`, and nothing before it; below the keys stands another line `---`",
            Paste,
        ),
        (
            "---\ntitle",
            "title",
            "1:1: wrong-syntax: the front matter must begin with a line `---` at the very top of the file → write `---` on a line of its own above this one, and another one below the keys",
            Mend("title:", "---\ntitle:"),
        ),
    ];
    for (right, wrong, said, next) in rows {
        mistake(PAGE, right, wrong, said, &next);
    }
    mistake(
        RECORD,
        "[[review]]\n",
        "",
        "1:1: wrong-row: this line stands in no review, so no review in this record counts → write `[[review]]` on a line of its own above the first `by` or `on`",
        &Mend("by =", "[[review]]\nby ="),
    );
}

#[test]
fn a_data_file_with_a_wrong_name_is_told_and_what_follows_is_not() {
    for name in [
        "source.toml",
        "Sources.toml",
        "sources (1).toml",
        "sources.toml.txt",
        "sources",
    ] {
        let without = files().into_iter().filter(|(path, _)| *path != SOURCES);
        let site = without
            .fold(Site::new(), |site, (path, text)| site.file(path, text))
            .file(&format!("content/_data/{name}"), text_of(SOURCES));
        assert_eq!(
            told(&site.findings()),
            format!(
                "content/_data/{name}:1:1: misplaced-file: `{name}` is not the name of a data file, so nothing in it counts → rename it to `sources.toml`\n"
            )
        );
    }
}
