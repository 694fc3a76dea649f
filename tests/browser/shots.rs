//! Screenshots of every template and component, which `docs/look.md` lists with one line each.

use crate::chromium::{Mode, Tab, text};
use crate::search;
use crate::sites::{Page, page, side_by_side, sites};
use crate::tools;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The longest picture; what is below is left out.
const LONGEST: u32 = 4000;
/// The width of a sheet of A4 paper at 96 dots for an inch.
const PAPER: u32 = 794;

/// The pages of the library that show each template: the name of the picture, and the address.
const TEMPLATES: [(&str, &str); 10] = [
    ("home", "en/index.html"),
    ("section", "en/withdrawal/index.html"),
    ("article", "en/tapering/how-tapering-works.html"),
    ("safety", "en/withdrawal/withdrawal-danger-signs.html"),
    ("a-to-z", "en/a-to-z.html"),
    ("glossary", "en/glossary.html"),
    ("sources", "en/sources.html"),
    ("all-helplines", "en/helplines.html"),
    ("people", "en/people.html"),
    ("not-found", "404.html"),
];

/// How a subject is shown: the end of the file name, the width, and colors or paper.
const FORMS: [(&str, u32, Mode); 6] = [
    ("320-light", 320, Mode::Light),
    ("320-dark", 320, Mode::Dark),
    ("320-forced", 320, Mode::Forced),
    ("1280-light", 1280, Mode::Light),
    ("1280-dark", 1280, Mode::Dark),
    ("print", PAPER, Mode::Print),
];
/// Right to left changes places, not colors.
const FORMS_OF_RIGHT_TO_LEFT: [(&str, u32, Mode); 2] = [FORMS[0], FORMS[3]];

/// A language and words in it.
type Question = (&'static str, &'static str);

/// What is shown of the search: the name of the picture, the words in each language, and whether as results.
const SEARCHES: [(&str, &[Question], bool); 5] = [
    (
        "search-popup",
        &[("en", "panic at night"), ("ar", "النص")],
        false,
    ),
    (
        "search-popup-crisis",
        &[("en", "i want to die"), ("ar", "أريد أن أموت")],
        false,
    ),
    ("search-popup-meant", &[("en", "clorazepam ")], false),
    (
        "search-results",
        &[("en", "tappering slowly"), ("ar", "النص")],
        true,
    ),
    ("search-results-crisis", &[("en", "i want to die")], true),
];
/// The pages on which the search is shown, by language.
const SEARCHED: [(&str, &str, &str); 2] = [
    ("en", "library", "en/tapering/how-tapering-works.html"),
    ("ar", "gallery", "ar/components/text.html"),
];

/// One picture.
struct Shot {
    /// The file name.
    name: String,
    page: &'static Page,
    width: u32,
    mode: Mode,
    /// The words that are searched for, and whether the results are shown.
    search: Option<(&'static str, bool)>,
}

#[test]
fn a_picture_is_taken_of_every_template_and_component() {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let shots = shots();
    side_by_side(&shots, |tab, shot| {
        tab.held = true;
        tab.show(shot.mode);
        tab.size(shot.width, 800);
        if let Some((words, is_results)) = shot.search {
            search::open(tab, &shot.page.http());
            search::show(tab, words, is_results);
        } else {
            tab.visit(&shot.page.http());
        }
        take(tab, shot.width, &folder.join(&shot.name));
        Vec::new()
    });
    let taken = fs::read_dir(&folder).unwrap().count();
    assert_eq!(taken, shots.len());
}

#[test]
fn docs_look_has_one_line_for_each_picture() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/look.md");
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = BTreeMap::<&str, usize>::new();
    for line in text.lines() {
        for name in line.split('`').skip(1).step_by(2) {
            if name.ends_with(".png") {
                *lines.entry(name).or_default() += 1;
            }
        }
    }
    let wanted: BTreeSet<String> = shots().into_iter().map(|shot| shot.name).collect();
    let mut faults = String::new();
    for name in &wanted {
        match lines.get(name.as_str()) {
            None => {
                let _ = writeln!(faults, "| `{name}` |  |");
            }
            Some(1) => {}
            Some(times) => {
                let _ = writeln!(faults, "`{name}` stands in {times} lines");
            }
        }
    }
    for name in lines.keys().filter(|name| !wanted.contains(**name)) {
        let _ = writeln!(faults, "no picture is called `{name}`");
    }
    assert!(
        faults.is_empty(),
        "docs/look.md lacks or has too much:\n{faults}"
    );
}

#[test]
fn nothing_moves_when_a_page_is_opened() {
    for address in ["en/index.html", "en/tapering/how-tapering-works.html"] {
        let mut tab = Tab::open();
        tab.size(320, 568);
        tab.visit(&page("library", address).http());
        let first = picture(&mut tab, 320, 568);
        thread::sleep(Duration::from_millis(300));
        assert!(first == picture(&mut tab, 320, 568), "{address} moves");
    }
}

/// Gives the list of all pictures.
fn shots() -> Vec<Shot> {
    let mut subjects: Vec<(String, &'static Page)> = TEMPLATES
        .iter()
        .map(|(name, address)| ((*name).to_owned(), page("library", address)))
        .collect();
    for other in &sites().pages {
        let parts: Vec<_> = other.address.split('/').collect();
        let name = match (other.site, &parts[..]) {
            ("start-here", _) => "start-here".to_owned(),
            ("gallery", ["en", "index.html"]) => "gallery-home".to_owned(),
            ("gallery", ["en", section, "index.html"]) => format!("section-{section}"),
            ("gallery", ["ar", _, "index.html"]) => continue,
            ("gallery", ["en", _, file]) => file.trim_end_matches(".html").to_owned(),
            ("gallery", ["ar", _, file]) => format!("{}-ar", file.trim_end_matches(".html")),
            _ => continue,
        };
        subjects.push((name, other));
    }
    let is_redirect = |page: &&Page| page.is_redirect() && page.address.starts_with("en/");
    if let Some(redirect) = sites().pages.iter().find(is_redirect) {
        subjects.retain(|(_, page)| !page.is_redirect());
        subjects.push(("redirect".to_owned(), redirect));
    }
    let mut shots = Vec::new();
    for (name, page) in subjects {
        let right_to_left = page.site == "gallery" && page.address.starts_with("ar/");
        let forms: &[_] = if right_to_left {
            &FORMS_OF_RIGHT_TO_LEFT
        } else {
            &FORMS
        };
        for (form, width, mode) in forms {
            shots.push(Shot {
                name: format!("{name}-{form}.png"),
                page,
                width: *width,
                mode: *mode,
                search: None,
            });
        }
    }
    shots.extend(shots_of_search());
    let names: BTreeSet<_> = shots.iter().map(|shot| &shot.name).collect();
    assert_eq!(names.len(), shots.len(), "two pictures have one name");
    shots
}

/// Gives the list of the pictures of the search: light and dark, and what is right to left in light.
fn shots_of_search() -> Vec<Shot> {
    let mut shots = Vec::new();
    for (name, questions, is_results) in SEARCHES {
        for (language, words) in questions {
            let (_, site, address) = SEARCHED
                .iter()
                .find(|known| known.0 == *language)
                .expect("the language has a page");
            let is_arabic = *language == "ar";
            let ending = if is_arabic { "-ar" } else { "" };
            let is_wanted = |mode: Mode| mode == Mode::Light || mode == Mode::Dark && !is_arabic;
            for (form, width, mode) in FORMS.iter().filter(|form| is_wanted(form.2)) {
                shots.push(Shot {
                    name: format!("{name}{ending}-{form}.png"),
                    page: page(site, address),
                    width: *width,
                    mode: *mode,
                    search: Some((words, is_results)),
                });
            }
        }
    }
    shots
}

fn folder() -> PathBuf {
    tools::target().join("screenshots")
}

/// Takes a picture of the whole page.
fn take(tab: &mut Tab, width: u32, path: &Path) {
    let height = tab.value("document.documentElement.scrollHeight");
    let height = u32::try_from(height.as_u64().unwrap()).unwrap();
    let picture = picture(tab, width, height.clamp(300, LONGEST));
    fs::write(path, picture).unwrap();
}

/// Gives the picture of the upper part of a page as PNG.
fn picture(tab: &mut Tab, width: u32, height: u32) -> Vec<u8> {
    let clip = serde_json::json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
    let shot = tab.call(
        "Page.captureScreenshot",
        serde_json::json!({"format": "png", "clip": clip, "captureBeyondViewport": true}),
    );
    from_base64(&text(&shot["data"]))
}

fn from_base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0u32);
    for sign in text.bytes().filter(|sign| *sign != b'=') {
        let value = SIGNS.iter().position(|known| *known == sign).unwrap();
        bits = (bits << 6) | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    bytes
}
