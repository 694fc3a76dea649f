//! Small random sites, the same for the same seed: what a page holds is spread over shared texts, conditions, footnotes, choices, hidden
//! pages and two languages. Links may lead to headings that are not there, which is a finding; everything else is as authors may write it.

use super::chance::Chance;
use super::{HELPLINES, Site, article};
use std::fmt::Write as _;

const PAGES: [&str; 6] = [
    "index",
    "one",
    "two",
    "part/index",
    "part/three",
    "part/four",
];
const TEXTS: [&str; 5] = ["t0", "t1", "t2", "t3", "t4"];
const ANCHORS: [&str; 9] = [
    "same",
    "same-1",
    "same-2",
    "other",
    "named",
    "named-1",
    "term-taper",
    "term-dose",
    "sd-choices",
];
const FILES: [&str; 5] = [
    "http-basics.pdf",
    "my.mdoc.pdf",
    "A line.svg",
    "www-line.svg",
    "plain.svg",
];
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
const GLOSSARY: &str = "[[term]]\nid = \"taper\"\nterm = \"Taper\"\ndefinition = \"Slow.\"\nprint = true\n\n[[term]]\nid = \"dose\"\nterm = \"Dose\"\ndefinition = \"An amount.\"\nprint = true\n";
const SOURCES: &str = "[[source]]\nid = \"a\"\ntitle = \"About a\"\nverified = \"yes\"\n\n[[source]]\nid = \"b\"\ntitle = \"About b\"\nverified = \"yes\"\n";
const SYMPTOMS: &str = "[[symptom]]\nid = \"one\"\nname = \"One\"\nurgency = \"emergency-now\"\nwhat_to_do = \"Call.\"\nsources = [\"a\"]\nverified = \"yes\"\n";

/// Makes the site of a seed, which is not zero.
pub(crate) fn random_site(seed: u64) -> Site {
    let mut chance = Chance::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let languages = *chance.one_of(&["\"en\"", "\"en\"", "\"en\", \"es\"", "\"es\", \"en\""]);
    let country = *chance.one_of(&["US", "GB", "DE"]);
    let publishing = *chance.one_of(&["hide", "label"]);
    let settings = format!(
        "languages = [{languages}]\ncountry = \"{country}\"\n\n[publish]\nunchecked_translations = \"{publishing}\"\n\n[allow]\nbroken-anchor = \"R\"\nduplicate-id = \"R\"\nembed-cycle = \"R\"\ntoo-large = \"R\"\nplaceholder-without-value = \"R\"\n"
    );
    let mut site = Site::new()
        .file("stepdown.toml", settings)
        .file("content/_data/helplines.toml", HELPLINES)
        .file("content/_data/glossary.toml", GLOSSARY)
        .file("content/_data/sources.toml", SOURCES)
        .file("content/_data/symptoms.toml", SYMPTOMS);
    let codes: Vec<&str> = languages
        .split(", ")
        .map(|code| code.trim_matches('"'))
        .collect();
    for (number, code) in codes.iter().enumerate() {
        for page in PAGES {
            let is_needed = number == 0;
            if !is_needed && chance.below(2) == 0 {
                continue;
            }
            let keys = keys(&mut chance, page, number);
            let up = if page.contains('/') { "../" } else { "" };
            let body = body(&mut chance, &format!("{up}files/"), 8);
            site = site.page(&format!("{code}/{page}.md"), article(&keys, &body));
        }
        for name in TEXTS {
            if number > 0 && chance.below(2) == 0 {
                continue;
            }
            let front = match chance.below(3) {
                0 if number > 0 => "---\ntranslation: { machine: true }\n---\n",
                _ => "",
            };
            let body = body(&mut chance, "", 2);
            site = site.page(
                &format!("_shared/{code}/{name}.md"),
                format!("{front}{body}"),
            );
        }
        for folder in [format!("{code}/files"), format!("_shared/{code}")] {
            for file in FILES {
                site = site.page(&format!("{folder}/{file}"), SVG);
            }
        }
    }
    site
}

/// Makes lines of front matter.
fn keys(chance: &mut Chance, page: &str, language: usize) -> String {
    let mut keys = String::new();
    match chance.below(4) {
        0 => keys.push_str("kind: safety\n"),
        1 => keys.push_str("kind: topic\n"),
        _ => {}
    }
    if page != "index" && chance.below(6) == 0 {
        keys.push_str("draft: true\n");
    }
    if language > 0 && chance.below(3) == 0 {
        keys.push_str("translation: { machine: true }\n");
    }
    if chance.below(3) == 0 {
        keys.push_str("sources: [b]\n");
    }
    if chance.below(3) == 0 {
        let anchor = chance.one_of(&ANCHORS);
        let _ = writeln!(keys, "next: [\"Read [[two#{anchor}]] [@a].\"]");
    }
    keys
}

/// Makes some blocks of text; files beside it lie behind a path.
fn body(chance: &mut Chance, files: &str, most: usize) -> String {
    let mut body = String::new();
    let mut notes = String::new();
    for number in 0..=chance.below(most) {
        let level = ["##", "###"][chance.below(2)];
        let block = match chance.below(15) {
            0 => format!("{level} Same"),
            1 => format!("{level} Other"),
            2 => format!("{level} Named {{#named}}"),
            3 => format!("{level} Taper and dose [@a]"),
            4 => link(chance, files),
            5 => format!("![A line](<{files}{}>)", chance.one_of(&FILES[2..])),
            6 => format!(
                "> [!important]\n> Words [@b].\n>\n> {level} Same\n>\n> {}",
                embed(chance)
            ),
            7 => {
                let _ = write!(
                    notes,
                    "\n[^n{number}]: Note. {}\n\n    {level} Same\n\n    {}\n",
                    link(chance, files),
                    embed(chance)
                );
                format!("Words.[^n{number}]")
            }
            8 => {
                let title = *chance.one_of(&["", " Same", " Named {#named}"]);
                let page = *chance.one_of(&PAGES);
                let file = chance.one_of(&FILES[2..]);
                format!(
                    "> [!choices]{title}\n> - [[{page}]] [@a]\n> - [[two]] ![A line](<{files}{file}>)\n> - {}",
                    link(chance, files)
                )
            }
            9 => "> [!stages]\n> 1. [[one]]\n> 2. [[two]]".to_owned(),
            10 => format!("- {}\n- {}", link(chance, files), embed(chance)),
            _ => embed(chance),
        };
        let _ = write!(body, "{block}\n\n");
    }
    format!("{body}{notes}")
}

fn link(chance: &mut Chance, files: &str) -> String {
    let anchor = *chance.one_of(&ANCHORS);
    let page = *chance.one_of(&PAGES);
    match chance.below(5) {
        0 => format!("[Here](#{anchor})"),
        1 => format!("[[{page}#{anchor}]]"),
        2 => format!("[[{page}]]"),
        3 => format!("[[glossary#{anchor}]]"),
        _ => format!("[A file](<{files}{}>)", chance.one_of(&FILES)),
    }
}

fn embed(chance: &mut Chance) -> String {
    let name = *chance.one_of(&[
        "t0",
        "t1",
        "t2",
        "t3",
        "t4",
        "glossary",
        "sources",
        "symptoms",
        "helplines",
    ]);
    let is_text = TEXTS.contains(&name);
    let option = match chance.below(6) {
        0 if is_text => "|country=US",
        1 if is_text => "|country=GB",
        2 if is_text => "|country=EU",
        3 => "|show=taper_figures",
        _ => "",
    };
    format!("![[{name}{option}]]")
}
