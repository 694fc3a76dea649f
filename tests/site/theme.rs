//! What theme makers rely on: the values, tokens, classes and examples of `docs/templates.md`, held against what the program does.

use crate::support::{self, BuiltSite, Site};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use stepdown::load::Starter;

/// A template that prints the path of each value that it receives, in a line of its own; a star follows one that is not empty.
const PROBE: &str = r#"{% component walk(path, value) %}{% if value is map %}{% for key, item in value %}{{<walk path={path ~ "." ~ key} value={item} />}}{% endfor %}{% elif value is array %}{% for item in value %}{{<walk path={path ~ "[]"} value={item} />}}{% endfor %}{% endif %}
|{{ path }}{% if value is not none and value != "" %} *{% endif %}{% endcomponent walk %}"#;
const PRINT_VALUES: &str = "<!doctype html>\n<html lang=\"en\"><head><title>Values</title></head><body><pre>{% for key, item in __tera_context %}{{<walk path={key} value={item} />}}{% endfor %}\n</pre></body></html>\n";
/// The values whose keys are the site's own.
const OWN: [&str; 3] = ["t.", "site.extra.", "page.extra."];

/// The first part of the docs' title of a table of values, and where the template is used.
const TABLES: [(&str, &[&str]); 4] = [
    (
        "page.html",
        &[
            "index.html",
            "en/part/page.html",
            "es/part/page.html",
            "en/a-to-z.html",
        ],
    ),
    ("404.html", &["404.html"]),
    ("redirect.html", &["en/part/old.html"]),
    ("start-here.html", &["START-HERE.html"]),
];

fn docs() -> String {
    read("docs/templates.md")
}

fn read(path: &str) -> String {
    fs::read_to_string(support::repository().join(path)).unwrap()
}

/// Gives what stands below a heading of the docs, up to the next heading.
fn section<'a>(docs: &'a str, heading: &str) -> &'a str {
    let at = docs
        .find(heading)
        .unwrap_or_else(|| panic!("there is no heading `{heading}`"));
    let below = &docs[at + heading.len()..];
    let end = below.find("\n#").unwrap_or(below.len());
    &below[..end]
}

/// Gives the cells of the rows of the tables in a text, without their heads.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &str| line.starts_with("|---");
    let mut rows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_head = lines.get(at + 1).is_some_and(|next| is_rule(next));
        if line.starts_with('|') && !is_rule(line) && !is_head {
            rows.push(line.trim_matches('|').split(" | ").map(str::trim).collect());
        }
    }
    rows
}

/// Gives the texts between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Gives an example of the docs by the name of the file in its first line.
fn example<'a>(docs: &'a str, path: &str) -> &'a str {
    docs.split("```")
        .skip(1)
        .step_by(2)
        .map(|example| example.trim_start_matches('\n'))
        .find(|example| {
            example
                .lines()
                .next()
                .is_some_and(|line| line.contains(path))
        })
        .unwrap_or_else(|| panic!("there is no example of {path}"))
}

/// A site that has everything that a template can print.
fn full_site() -> Site {
    let settings = "\
name = \"Our library\"
languages = [\"en\", \"es\"]
country = \"US\"
base_url = \"https://www.example.org/education/\"
editions = [\"web\", \"zip\"]

[look]
logo = \"logo.svg\"
accent = \"#1d5c63\"
home_link = \"https://www.example.org/\"

[exit]
on = true

[extra]
desk = \"Ask at the desk.\"
";
    Site::started()
        .file("stepdown.toml", settings)
        .file(
            "static/logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"></svg>",
        )
        .file("static/own.css", ".own { color: inherit }")
        .file(
            "content/_data/people.toml",
            "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n",
        )
        .file(
            "content/_records/en/part/page.toml",
            "[[review]]\nby = [\"ada\"]\non = 2026-11-01\n",
        )
        .article_with("en/index.md", "kind: site", "Home.\n")
        .article_with(
            "en/part/page.md",
            "title: Page\nredirect_from: [part/old]\nextra:\n  room: blue",
            "Text.\n",
        )
        .article_with(
            "es/part/page.md",
            "title: Hoja\ntranslation:\n  by: ada\n  checked_by: ada",
            "Texto.\n",
        )
}

/// Gives a page of the web edition, or of the zip file.
fn page(built: &BuiltSite, address: &str) -> String {
    if built.web.contains_key(address) {
        return built.text(address).to_owned();
    }
    let bytes = built.zip.as_deref().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut file = archive.by_name(&format!("our-library/{address}")).unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    text
}

/// Gives the paths of values with all that lies above them, and whether the value was ever more than nothing.
fn with_parents<'a>(paths: impl IntoIterator<Item = (&'a str, bool)>) -> BTreeMap<String, bool> {
    let mut all: BTreeMap<String, bool> = BTreeMap::new();
    for (path, is_filled) in paths {
        if OWN.iter().any(|own| path.starts_with(own)) {
            continue;
        }
        let path = path.trim_end_matches("[]");
        let ends = path.match_indices(['.', '[']).map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            *all.entry(path[..end].to_owned()).or_default() |= is_filled;
        }
    }
    all
}

#[test]
fn the_docs_name_every_value_that_a_template_receives_and_no_other() {
    let mut site = full_site().file("templates/probe.html", PROBE);
    for (template, _) in TABLES {
        site = site.file(&format!("templates/{template}"), PRINT_VALUES);
    }
    let built = site.build();
    assert_eq!(built.findings, []);
    let docs = docs();
    let mut faults = Vec::new();
    for (template, addresses) in TABLES {
        let table = section(&docs, &format!("### Values of `{template}`"));
        let rows = rows(table);
        let named = with_parents(
            rows.iter()
                .flat_map(|row| code(row[0]))
                .map(|name| (name, true)),
        );
        let printed: String = addresses
            .iter()
            .map(|address| page(&built, address))
            .collect();
        let received = with_parents(printed.lines().filter_map(|line| {
            let path = line.strip_prefix('|')?;
            Some(
                path.strip_suffix(" *")
                    .map_or((path, false), |path| (path, true)),
            )
        }));
        assert!(received.len() > 3, "{template} prints {printed}");
        for (path, is_filled) in &received {
            if !named.contains_key(path) {
                faults.push(format!(
                    "{template} receives `{path}`, which the docs do not name"
                ));
            } else if !is_filled {
                faults.push(format!(
                    "{template} receives `{path}`, which is always empty"
                ));
            }
        }
        let unknown = named.keys().filter(|path| !received.contains_key(*path));
        faults.extend(
            unknown
                .map(|path| format!("the docs name `{path}`, which {template} does not receive")),
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_exit_button_leads_where_the_docs_say_if_the_settings_do_not() {
    let docs = docs();
    let table = section(&docs, "### Values of `page.html`");
    let row = rows(table)
        .into_iter()
        .find(|row| row[0] == "`site.exit`")
        .unwrap();
    let target = code(row[1])
        .find(|word| word.starts_with("https://"))
        .unwrap();
    let built = full_site().build();
    let page = built.page("en/part/page.html");
    let exit = page.elements.iter().find(|element| {
        element
            .attributes
            .get("id")
            .is_some_and(|id| id == "sd-exit")
    });
    assert_eq!(exit.unwrap().attributes["href"], target);
    assert!(read("docs/settings.md").contains(&format!("`\"{target}\"`")));
}

/// Gives the custom properties of a block of the built-in style sheet that begins with a text.
fn tokens(sheet: &str, start: &str) -> Vec<(String, String)> {
    let block = sheet
        .split_once(start)
        .unwrap()
        .1
        .split_once('}')
        .unwrap()
        .0;
    block
        .split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (format!("--{name}"), value.trim().to_owned()))
        .collect()
}

#[test]
fn the_docs_name_every_design_token_with_its_values() {
    let sheet = read("static/assets/stepdown.css");
    let night: BTreeMap<_, _> = tokens(
        &sheet,
        "@media screen and (prefers-color-scheme: dark) {\n  :root {",
    )
    .into_iter()
    .collect();
    let mut expected = Vec::new();
    for (token, day) in tokens(&sheet, "\n:root {") {
        let night = night
            .get(&token)
            .map_or("–".to_owned(), |night| format!("`{night}`"));
        expected.push([format!("`{token}`"), format!("`{day}`"), night]);
    }
    assert!(night.keys().all(|token| {
        expected
            .iter()
            .any(|[name, ..]| *name == format!("`{token}`"))
    }));
    let docs = docs();
    let named: Vec<[String; 3]> = rows(section(&docs, "### Design tokens"))
        .iter()
        .map(|row| [row[0], row[2], row[3]].map(ToOwned::to_owned))
        .collect();
    assert!(expected.len() > 40, "{expected:#?}");
    assert_eq!(named, expected);
}

/// Collects the classes of the elements in HTML; one that a template ends with a value is left out.
fn classes_of(html: &str, classes: &mut BTreeSet<String>) {
    for piece in html.split(" class=\"").skip(1) {
        let words = piece.split('"').next().unwrap_or_default();
        let words = words.split("{{").next().unwrap_or_default();
        let words = words.split_whitespace().filter(|word| !word.ends_with('-'));
        classes.extend(words.map(ToOwned::to_owned));
    }
}

#[test]
fn the_docs_name_every_class_that_pages_have() {
    let docs = docs();
    let named: BTreeSet<String> = rows(section(&docs, "### Classes"))
        .iter()
        .flat_map(|row| code(row[1]))
        .map(ToOwned::to_owned)
        .collect();
    let gallery = support::repository().join("tests/fixtures/gallery");
    let built = Site::new()
        .folder(&gallery)
        .with(|options| options.starter = Starter::Whole)
        .build();
    assert!(built.web.len() > 50, "{:#?}", built.findings);
    let mut used = BTreeSet::new();
    for (address, bytes) in &built.web {
        if address.ends_with(".html") {
            classes_of(std::str::from_utf8(bytes).unwrap(), &mut used);
        }
    }
    for template in ["base", "page", "404", "redirect", "start-here"] {
        classes_of(&read(&format!("templates/{template}.html")), &mut used);
    }
    let missing: Vec<_> = used.difference(&named).collect();
    assert!(missing.is_empty(), "the docs do not name {missing:?}");
    let elsewhere = [
        "templates/start.js",
        "static/assets/stepdown.js",
        "src/parse/front_matter.rs",
    ]
    .map(read)
    .concat();
    let unknown: Vec<_> = named
        .difference(&used)
        .filter(|class| !elsewhere.contains(&format!("\"{}\"", class.trim_start_matches("kind-"))))
        .collect();
    assert!(
        unknown.is_empty(),
        "the docs name {unknown:?}, which no page has"
    );
}

#[test]
fn every_interface_text_that_a_template_prints_exists() {
    let texts = read("templates/texts/en.ftl");
    let mut count = 0;
    for template in ["base", "page", "404", "redirect", "start-here"] {
        let template = format!("templates/{template}.html");
        for piece in read(&template).split("t[\"").skip(1) {
            let name = piece.split('"').next().unwrap_or_default();
            let is_there = texts
                .lines()
                .any(|line| line.split(" =").next() == Some(name));
            assert!(
                is_there,
                "{template} prints `{name}`, which is not in en.ftl"
            );
            count += 1;
        }
    }
    assert!(count > 15, "only {count} texts were found");
}

#[test]
fn the_docs_examples_change_one_template_and_add_one_style_on_top_of_the_rest() {
    let docs = docs();
    let settings = example(&docs, "stepdown.toml");
    let words = settings.split('"').nth(1).unwrap();
    let built = Site::started()
        .file(
            "stepdown.toml",
            format!("languages = [\"en\"]\ncountry = \"US\"\n\n{settings}"),
        )
        .file("static/our-look.css", example(&docs, "static/our-look.css"))
        .file("templates/page.html", example(&docs, "templates/page.html"))
        .article("en/part/page.md", "Text.\n")
        .build();
    assert_eq!(built.findings, []);
    assert_eq!(
        built.text("our-look.css"),
        example(&docs, "static/our-look.css")
    );
    let plain = Site::started()
        .article("en/part/page.md", "Text.\n")
        .build();
    let html = built.text("en/part/page.html");
    let without = html
        .replace(
            "<link rel=\"stylesheet\" href=\"../../our-look.css\">\n",
            "",
        )
        .replace(&format!("\n<p class=\"our-desk\">{words}</p>\n"), "");
    assert_eq!(without, plain.text("en/part/page.html"));
    assert_ne!(without, html);
    let links: Vec<&str> = html
        .lines()
        .filter(|line| line.starts_with("<link rel=\"stylesheet\""))
        .collect();
    assert_eq!(
        links,
        [
            "<link rel=\"stylesheet\" href=\"../../assets/stepdown.css\">",
            "<link rel=\"stylesheet\" href=\"../../our-look.css\">"
        ]
    );
    for address in ["404.html", "assets/stepdown.css", "assets/stepdown.js"] {
        assert_eq!(built.text(address), plain.text(address));
    }
}

#[test]
fn a_start_script_of_the_site_is_allowed_by_the_policy() {
    let script = "document.documentElement.classList.add(\"ours\");\n";
    let plain = full_site().build();
    let with_line_ends_of_windows = script.replace('\n', "\r\n");
    let built = full_site()
        .file("templates/start.js", with_line_ends_of_windows)
        .build();
    let page = |built: &BuiltSite| built.text("en/part/page.html").to_owned();
    let html = page(&built);
    assert!(
        html.contains(&format!("<script>{script}</script>")),
        "{html}"
    );
    let policy = |html: &str| {
        let start = html
            .split_once("Content-Security-Policy\" content=\"")
            .unwrap()
            .1;
        start.split_once('"').unwrap().0.to_owned()
    };
    let digest = support::sha256(script.as_bytes());
    let bytes: Vec<u8> = (0..digest.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digest[at..at + 2], 16).unwrap())
        .collect();
    let hash = STANDARD.encode(bytes);
    assert!(
        policy(&html).contains(&format!("'sha256-{hash}'")),
        "{html}"
    );
    assert_ne!(policy(&html), policy(&page(&plain)));
}

/// What browsers before 2021 do not know: a page must look right without it, so the style does not use it at all. `padding-inline-start` and
/// the like are older and allowed, with the name that Safari had for them before 12.1.
const ABOVE_THE_FLOOR: &[&str] = &[
    "inline-size:",
    "block-size:",
    "-block-start",
    "-block-end",
    "padding-inline:",
    "margin-inline:",
    "padding-block:",
    "margin-block:",
    "inset:",
    "inset-",
    "aspect-ratio",
    "color-mix(",
    "@layer",
    "@container",
    "@property",
    "@scope",
    "clamp(",
    "light-dark(",
    ":where(",
    "dvh",
    "svh",
    // Safari before 12.1 drops `var()` in these.
    "-webkit-margin-start: var(",
    "-webkit-margin-end: var(",
    "-webkit-padding-start: var(",
    "-webkit-padding-end: var(",
];
/// What stands only beside its older name, in the same line.
const WITH_OLDER_NAME: [(&str, &str); 5] = [
    ("margin-inline-start: ", "-webkit-margin-start: "),
    ("margin-inline-end: ", "-webkit-margin-end: "),
    ("padding-inline-start: ", "-webkit-padding-start: "),
    ("padding-inline-end: ", "-webkit-padding-end: "),
    ("position: sticky", "position: -webkit-sticky"),
];

#[test]
fn the_style_uses_nothing_above_its_floor() {
    let style = include_str!("../../static/assets/stepdown.css");
    let mut found = Vec::new();
    for (number, line) in (1..).zip(style.lines()) {
        let used = ABOVE_THE_FLOOR.iter().filter(|word| line.contains(**word));
        found.extend(used.map(|word| format!("line {number}: {word}")));
        // What stands in `min()` is for narrow phones only, and older browsers keep the rule before it.
        let needs = WITH_OLDER_NAME.iter().filter(|(name, older)| {
            line.contains(name) && !line.contains(older) && !line.contains("min(")
        });
        found.extend(needs.map(|(_, older)| format!("line {number}: no {older}")));
    }
    assert_eq!(found, Vec::<String>::new());
}
