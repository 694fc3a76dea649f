//! `stepdown serve` as an author sees it: pages that follow the files, and what the checks found, in the page.

use crate::chromium::{Mode, Tab};
use crate::program::command;
use crate::serve::{PATIENCE, Server};
use crate::sites::fail_with;
use crate::tools;
use crate::validity;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Pages of the small site.
const SLOW: &str = "/en/taper/slow.html";
const NEXT: &str = "/en/taper/next.html";
const WARNED: &str = "/en/taper/warned.html";
const FAULTY: &str = "/en/taper/faulty.html";
const ARABIC: &str = "/ar/taper/slow.html";
/// An address at which nothing stands, near one at which something does.
const NOWHERE: &str = "/en/taper/slw.html";
const ALL: &str = "/.stepdown/findings";

/// The shadow in which badge and panel stand.
const ROOT: &str = "document.querySelector('stepdown-preview').shadowRoot";
/// The page is whole, and says what was found.
const READY: &str = "(() => { const root = document.querySelector('stepdown-preview')?.shadowRoot; \
    return document.readyState === 'complete' && root?.querySelector('.panel').children.length > 1 \
    && !root.querySelector('section').hidden && !root.querySelector('.opener').textContent.includes('checking'); })()";

/// A small site in a folder of its own, and the program that serves it.
struct Preview {
    folder: TempDir,
    server: Option<Server>,
    port: u16,
}

impl Preview {
    /// Serves the small site.
    fn start() -> Self {
        Self::start_with(&[])
    }

    /// Serves the small site with some more files.
    fn start_with(more: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = site();
        let files = files.iter().map(|(path, text)| (*path, text.as_str()));
        for (path, text) in files.chain(more.iter().copied()) {
            write(folder.path(), path, text);
        }
        let server = Server::start(folder.path(), &[]);
        Self {
            port: server.port,
            server: Some(server),
            folder,
        }
    }

    fn stop(&mut self) {
        self.server = None;
    }

    /// Starts the program again at the same port.
    fn start_again(&mut self) {
        let mut command = command(self.folder.path());
        command.args(["serve", "--port", &self.port.to_string()]);
        self.server = Some(Server::run(command));
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("it was started")
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn file(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    /// Replaces some words of a file.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(path)).unwrap();
        assert!(text.contains(from), "no {from:?} in {path}");
        self.write(path, &text.replace(from, to));
    }

    /// Opens a page in a tab of its own, and marks it, so that a reload is noticed.
    fn open(&self, path: &str) -> Tab {
        let mut tab = Tab::open();
        // What the harness refuses are pages of other servers, and this is one.
        tab.call("Fetch.disable", json!({}));
        self.visit(&mut tab, path);
        tab
    }

    fn visit(&self, tab: &mut Tab, path: &str) {
        tab.visit(&self.address(path));
        tab.wait_until(READY);
        put_marker(tab);
    }
}

fn put_marker(tab: &mut Tab) {
    tab.value("void (window.marker = true)");
}

/// Waits until the page was loaded anew and something is so.
fn reloads_until(tab: &mut Tab, is_so: &str) {
    tab.wait_until(&format!("!window.marker && {is_so} && {READY}"));
}

fn heading_is(words: &str) -> String {
    format!("document.querySelector('h1')?.textContent === {words:?}")
}

fn has_words(words: &str) -> String {
    format!("document.body?.textContent.includes({words:?})")
}

/// Gives the number of the version of which the panel says what was found.
fn version(tab: &mut Tab) -> u64 {
    let text = tab.text("document.querySelector('stepdown-preview')?.shadowRoot.querySelector('.panel').textContent");
    let number = text.split("This is version ").nth(1).unwrap_or_default();
    let digits = number.split(' ').next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

fn waits_for_version_after(tab: &mut Tab, before: u64) {
    let start = Instant::now();
    while version(tab) <= before {
        assert!(start.elapsed() < PATIENCE, "no version after {before}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn article(title: &str, keys: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: One short sentence.\nkey_points: [One, Two, Three]\n{keys}---\n\n{body}"
    )
}

/// Gives the files of the small site. It has warnings, and no errors.
fn site() -> Vec<(&'static str, String)> {
    let mut long = "Slowly.\n\n> [!more]- Why so slowly\n> Because.\n\n".to_owned();
    for number in 1..=12 {
        let words = "Some more words so that the page is long. ".repeat(6);
        let _ = write!(
            long,
            "## Part {number}\n\nAbout part {number}: see [page {number}](next.md). {words}\n\n"
        );
    }
    vec![
        (
            "stepdown.toml",
            "name = \"Clinic\"\nslug = \"clinic\"\nlanguages = [\"en\", \"ar\"]\ncountry = \"US\"\n"
                .to_owned(),
        ),
        (
            "content/_data/helplines.toml",
            HELPLINES.to_owned(),
        ),
        ("content/en/index.md", article("Clinic", "", "Home.\n")),
        (
            "content/en/taper/index.md",
            article("Tapering", "", "Section.\n"),
        ),
        (
            "content/en/taper/slow.md",
            article("Slow steps", "", &long),
        ),
        (
            "content/en/taper/next.md",
            article("Next", "", "See [more](slow.md).\n"),
        ),
        (
            "content/en/taper/draft.md",
            article("A draft", "draft: true\n", "Not finished.\n"),
        ),
        (
            "content/en/taper/warned.md",
            article(
                "Warned",
                "",
                "Call {center.phone}.\n\n| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n",
            ),
        ),
        (
            "content/ar/taper/slow.md",
            article(
                "خطوات بطيئة",
                "",
                "الخطوات البطيئة.\n\n| أ | ب | ت | ث | ج | ح |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |\n",
            ),
        ),
        ("static/own.css", "main { text-decoration-color: rgb(1, 2, 3); }\n".to_owned()),
    ]
}

/// The numbers that every site has, so that nothing stands in for them.
const HELPLINES: &str = include_str!("../support/helplines.toml");

/// An article that stops the build.
const FAULTY_FILE: &str = "content/en/taper/faulty.md";
const FAULTY_TEXT: &str = "---\ntitle: Faulty\nsummary: One short sentence.\nkey_points: [One, Two, Three]\n---\n\n\
    First words.\n\nA picture: ![](line.svg) and a long line of words that goes on and on and on and on.\n\n\
    See [[nowhere-at-all]] or `code`.\n";
const PICTURE: (&str, &str) = (
    "content/en/taper/line.svg",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>",
);

#[test]
fn an_edit_is_shown_and_the_reader_stays_where_she_was() {
    let preview = Preview::start();
    let mut tab = preview.open(SLOW);
    tab.size(1280, 600);
    tab.value("document.querySelector('#sd-search-field').focus()");
    tab.call("Input.insertText", json!({"text": "slow steps"}));
    tab.value(
        "document.querySelector('main details').open = true; \
         [...document.querySelectorAll('main a')].find((link) => link.textContent === 'page 5').focus({preventScroll: true}); \
         window.scrollTo(0, 700)",
    );
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    reloads_until(&mut tab, &has_words("A new part"));
    tab.wait_until("document.activeElement.textContent === 'page 5'");
    tab.wait_until("Math.round(scrollY) === 700");
    assert!(tab.is("document.querySelector('main details').open"));
    assert!(tab.is("document.querySelector('#sd-search-field').value === 'slow steps'"));
    // What follows a link is found again, although there is more before it.
    put_marker(&mut tab);
    preview.edit(
        "content/en/taper/slow.md",
        "Slowly.\n",
        "Slowly.\n\nSee [first](next.md) and [second](next.md).\n",
    );
    reloads_until(&mut tab, &has_words("See first and second"));
    tab.wait_until("document.activeElement.textContent === 'page 5'");
    assert!(tab.is("document.querySelectorAll('main [tabindex=\"-1\"] a').length === 0"));
}

#[test]
fn words_in_the_search_field_and_the_place_in_them_are_kept() {
    let preview = Preview::start();
    let mut tab = preview.open(SLOW);
    tab.value("document.querySelector('#sd-search-field').focus()");
    tab.call("Input.insertText", json!({"text": "slow steps"}));
    tab.value("document.activeElement.setSelectionRange(2, 4)");
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    reloads_until(&mut tab, &has_words("A new part"));
    tab.wait_until("document.activeElement.id === 'sd-search-field'");
    assert_eq!(
        tab.value("(({value, selectionStart, selectionEnd}) => [value, selectionStart, selectionEnd])(document.activeElement)"),
        json!(["slow steps", 2, 4])
    );
}

#[test]
fn a_style_is_changed_in_the_open_page_without_a_moment_without_style() {
    let preview = Preview::start();
    let mut tab = preview.open(SLOW);
    tab.value(
        "window.bare = 0; window.frames_seen = 0; \
         void (function look() { \
           const color = getComputedStyle(document.querySelector('main')).textDecorationColor; \
           if (!['rgb(1, 2, 3)', 'rgb(3, 2, 1)'].includes(color) || getComputedStyle(document.body).marginTop !== '0px') window.bare++; \
           window.frames_seen++; requestAnimationFrame(look); })()",
    );
    let links = "document.querySelectorAll('link[rel=stylesheet]').length";
    let before = tab.value(links);
    preview.write(
        "static/own.css",
        "main { text-decoration-color: rgb(3, 2, 1); }\n",
    );
    tab.wait_until(
        "getComputedStyle(document.querySelector('main')).textDecorationColor === 'rgb(3, 2, 1)'",
    );
    tab.wait_until(&format!("{links} === {before}"));
    preview.write(
        "static/own.css",
        "main { text-decoration-color: rgb(1, 2, 3); }\n",
    );
    tab.wait_until(
        "getComputedStyle(document.querySelector('main')).textDecorationColor === 'rgb(1, 2, 3)'",
    );
    tab.wait_until(&format!("{links} === {before}"));
    assert!(tab.is("window.marker"), "the page was loaded anew");
    assert!(tab.is("window.frames_seen > 5"));
    assert_eq!(tab.value("window.bare"), 0);
}

#[test]
fn a_page_that_stays_the_same_is_not_loaded_anew() {
    let preview = Preview::start();
    let mut tab = preview.open(NEXT);
    let before = version(&mut tab);
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    waits_for_version_after(&mut tab, before);
    preview.server().shows(SLOW, "A new part");
    thread::sleep(Duration::from_millis(300));
    assert!(tab.is("window.marker"), "the page was loaded anew");
    // It does follow its own file.
    preview.edit("content/en/taper/next.md", "See", "Look at");
    reloads_until(&mut tab, &has_words("Look at more"));
}

#[test]
fn a_renamed_page_is_followed_and_a_deleted_one_comes_back() {
    let preview = Preview::start();
    let mut tab = preview.open(&format!("{SLOW}#part-4"));
    let file = preview.file("content/en/taper/slow.md");
    let renamed = preview.file("content/en/taper/slower.md");
    fs::rename(&file, &renamed).unwrap();
    preview.edit("content/en/taper/next.md", "slow.md", "slower.md");
    reloads_until(&mut tab, "location.pathname === '/en/taper/slower.html'");
    assert!(tab.is("location.hash === '#part-4'"));
    assert!(tab.is(&heading_is("Slow steps")));

    put_marker(&mut tab);
    let text = fs::read(&renamed).unwrap();
    preview.edit("content/en/taper/next.md", "[more](slower.md)", "more");
    fs::remove_file(&renamed).unwrap();
    reloads_until(&mut tab, &heading_is("There is no page at this address"));
    assert!(tab.is(&format!(
        "{} && {}",
        has_words("/en/taper/slower.html"),
        has_words("As soon as there is a page here")
    )));

    put_marker(&mut tab);
    fs::write(&renamed, text).unwrap();
    reloads_until(&mut tab, &heading_is("Slow steps"));
}

#[test]
fn eight_tabs_follow_at_once() {
    let preview = Preview::start();
    let mut tab = preview.open(NEXT);
    tab.value("window.tabs = []");
    for number in 0..8 {
        tab.call(
            "Runtime.evaluate",
            json!({"expression": format!("void window.tabs.push(window.open('{SLOW}?{number}'))"), "userGesture": true}),
        );
    }
    let ready = READY.replace("document", "other.document");
    let all = |is_so: &str| format!("window.tabs.every((other) => {is_so})");
    tab.wait_until(&all(&ready));
    tab.value("window.tabs.forEach((other) => (other.marker = true))");
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    tab.wait_until(&all(&format!(
        "!other.marker && other.document.body?.textContent.includes('A new part') && {ready}"
    )));
    assert!(tab.is("window.marker"), "the page that opened them stayed");
    tab.value("window.tabs.forEach((other) => other.close())");
}

#[test]
fn a_browser_whose_tabs_cannot_share_a_worker_follows_too() {
    let preview = Preview::start();
    let mut tab = preview.open(NEXT);
    tab.before_pages("delete window.SharedWorker");
    preview.visit(&mut tab, SLOW);
    assert!(tab.is("!window.SharedWorker"));
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    reloads_until(&mut tab, &has_words("A new part"));
}

#[test]
fn a_tab_that_was_asleep_catches_up() {
    let preview = Preview::start();
    let mut tab = preview.open(SLOW);
    let state = |tab: &mut Tab, state: &str| {
        tab.call("Page.setWebLifecycleState", json!({"state": state}));
    };
    // Only a page that is not in view can sleep.
    tab.call(
        "Emulation.setFocusEmulationEnabled",
        json!({"enabled": false}),
    );
    state(&mut tab, "frozen");
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    preview.server().shows(SLOW, "A new part");
    thread::sleep(Duration::from_millis(500));
    assert!(tab.is("window.marker"), "it was not asleep");
    state(&mut tab, "active");
    reloads_until(&mut tab, &has_words("A new part"));
}

#[test]
fn a_page_says_that_the_program_has_ended_and_comes_back_with_it() {
    let mut preview = Preview::start();
    let mut tab = preview.open(SLOW);
    tab.value("window.scrollTo(0, 300)");
    let notice = format!("{ROOT}.querySelector('.notice').textContent");
    assert_eq!(tab.text(&notice), "");
    preview.stop();
    tab.wait_until(&format!(
        "{notice} === 'Stepdown is not running. This page may be old.'"
    ));
    assert!(tab.is("window.marker"));
    preview.edit("content/en/taper/slow.md", "## Part 9\n", "## A new part\n");
    preview.start_again();
    reloads_until(&mut tab, &has_words("A new part"));
    assert_eq!(tab.text(&notice), "");
    tab.wait_until("Math.round(scrollY) === 300");
}

#[test]
fn the_keyboard_opens_the_panel_goes_to_the_element_and_comes_back() {
    let preview = Preview::start();
    let mut tab = preview.open(WARNED);
    let badge = tab.text(&format!("{ROOT}.querySelector('.opener').textContent"));
    for words in ["1 could hurt someone", "2 could be clearer", "1 here"] {
        assert!(badge.contains(words), "no {words:?} in {badge:?}");
    }
    let focused = |tab: &mut Tab| {
        tab.text(&format!(
            "({ROOT}.activeElement?.classList[0] ?? '') + ({ROOT}.activeElement?.localName === 'div' ? '' : ' ' + ({ROOT}.activeElement?.textContent ?? ''))"
        ))
    };
    // The badge is the last stop of the page.
    tab.value(
        "[...document.querySelectorAll('a[href], button')].filter((one) => one.getClientRects().length).at(-1).focus()",
    );
    let mut steps = 0;
    while !focused(&mut tab).starts_with("opener") {
        tab.press("Tab");
        steps += 1;
        assert!(steps < 10, "the badge is not reached");
    }
    assert!(tab.is(&format!("{ROOT}.querySelector('.panel').hidden")));
    tab.press("Enter");
    assert_eq!(focused(&mut tab), "panel");
    tab.press("Tab");
    assert_eq!(focused(&mut tab).trim(), "Close");
    tab.press("Tab");
    assert_eq!(focused(&mut tab).trim(), "Show in page");
    tab.press("Enter");
    // The finding is about the table, and it is marked.
    assert!(tab.is("document.activeElement.matches('[data-stepdown-finding=clearer]') && document.activeElement.closest('main') !== null"));
    assert!(tab.is("document.activeElement.closest('table') !== null"));
    tab.press("Escape");
    assert_eq!(focused(&mut tab).trim(), "Show in page");
    assert_eq!(
        tab.text(
            "getComputedStyle(document.querySelector('[data-stepdown-finding]')).outlineStyle"
        ),
        "dotted"
    );
    tab.press("Escape");
    assert!(tab.is(&format!("{ROOT}.querySelector('.panel').hidden")));
    assert!(focused(&mut tab).starts_with("opener"));
    tab.press("Tab");
    tab.press("Enter");
    assert!(tab.is(&format!(
        "{ROOT}.querySelector('.badge').classList.contains('small')"
    )));
    preview.visit(&mut tab, NEXT);
    assert!(
        tab.is(&format!(
            "{ROOT}.querySelector('.badge').classList.contains('small')"
        )),
        "it stays small"
    );
}

#[test]
fn the_panel_lists_what_was_found_here_first_with_excerpt_place_help_and_ways_on() {
    let preview = Preview::start();
    let mut tab = preview.open(WARNED);
    let panel = tab.text(&format!("{ROOT}.querySelector('.panel').textContent"));
    let mut rest = panel.as_str();
    for words in [
        "On this page",
        "Warning, could be clearer: the table has 6 columns",
        "What to do: ",
        "A | B | C | D | E | F",
        "content/en/taper/warned.md:9:23",
        "Show in page",
        "Open in editor",
        "Open this page in the editor",
        "Elsewhere",
        "Warning, could hurt someone: {center.phone} has no value here",
        "Go to its page",
        "List of all findings",
        "Hidden pages",
        "A draft (Draft: not in the published site)",
        "Other editions",
        ".zip",
    ] {
        let Some((_, after)) = rest.split_once(words) else {
            panic!("no {words:?} at its place in {panel:?}");
        };
        rest = after;
    }
    let editor = tab.text(&format!(
        "[...{ROOT}.querySelectorAll('a')].find((link) => link.textContent === 'Open in editor').getAttribute('href')"
    ));
    assert!(
        editor.starts_with("/.stepdown/open?path=content"),
        "{editor}"
    );
    assert!(
        editor.contains("warned.md&line=9&column=23&key="),
        "{editor}"
    );
    let code = format!("{ROOT}.querySelector('.panel li > p code').textContent");
    assert_eq!(tab.text(&code), "{center.phone}");
    let zip = tab.text(&format!(
        "{ROOT}.querySelector('a[href$=\".zip\"]').getAttribute('href')"
    ));
    assert_eq!(
        preview.server().get(&zip).header("content-type"),
        "application/zip"
    );

    preview.visit(&mut tab, "/en/taper/draft.html");
    assert_eq!(
        tab.text(&format!("{ROOT}.querySelector('.label').textContent")),
        "Draft: not in the published site"
    );
    assert!(tab.is(&format!(
        "{ROOT}.querySelector('.label').getClientRects().length > 0"
    )));
}

#[test]
fn the_panel_and_the_list_of_findings_explain_each_rule_in_the_same_words_folded() {
    let preview = Preview::start();
    let mut tab = preview.open(WARNED);
    let part = format!("{ROOT}.querySelector('.panel details')");
    assert!(!tab.is(&format!("{part}.open")));
    tab.value(&format!("{ROOT}.querySelector('.opener').click()"));
    tab.value(&format!("{part}.firstElementChild.focus()"));
    tab.press("Enter");
    assert!(tab.is(&format!("{part}.open")));
    let texts = |parent: &str| {
        format!(
            "[...{parent}.querySelectorAll('p:not(.place), h4, pre')].map((one) => one.textContent)"
        )
    };
    let in_panel = tab.texts(&texts(&part));
    assert!(in_panel[0].contains("table"), "{in_panel:?}");
    for title in ["Why it matters", "How to decide", "How to mend"] {
        assert!(in_panel.contains(&title.to_owned()), "{in_panel:?}");
    }
    // What was unfolded stays so when the page changes.
    put_marker(&mut tab);
    preview.edit("content/en/taper/warned.md", "Call", "Now call");
    reloads_until(&mut tab, &has_words("Now call"));
    tab.wait_until(&format!("!{ROOT}.querySelector('.panel').hidden"));
    assert!(tab.is(&format!("{part}.open")));
    // Another finding of the same rule is still folded.
    preview.visit(&mut tab, "/ar/taper/slow.html");
    assert!(!tab.is(&format!("{part}.open")));

    preview.visit(&mut tab, ALL);
    let same = "document.querySelector('#clearer-wide-table + details')";
    assert!(!tab.is(&format!("{same}.open")));
    assert_eq!(tab.texts(&texts(same)), in_panel);
}

#[test]
fn nothing_found_never_stands_alone_where_pages_are_hidden() {
    let article = |title: &str, body: &str| article(title, "", body);
    let preview = Preview::start_with(&[
        (
            "stepdown.toml",
            "name = \"Clinic\"\nlanguages = [\"en\"]\ncountry = \"US\"\n[publish]\nunreviewed = \"hide\"\n",
        ),
        ("content/en/taper/warned.md", &article("Warned", "Words.\n")),
    ]);
    fs::remove_dir_all(preview.file("content/ar")).unwrap();
    let mut tab = preview.open("/en/index.html");
    let badge = format!("{ROOT}.querySelector('.opener').textContent");
    tab.wait_until(&format!("{badge} === 'Nothing found4 hidden'"));
    let panel = tab.text(&format!("{ROOT}.querySelector('.panel').textContent"));
    for words in [
        "3 pages are hidden because no clinician has reviewed them yet.",
        "write unreviewed = \"label\" under [publish] in stepdown.toml",
        "1 page is hidden because it is a draft.",
        "Slow steps (Hidden: not yet reviewed)",
    ] {
        assert!(panel.contains(words), "no {words:?} in {panel:?}");
    }
}

#[test]
fn a_page_with_an_error_shows_the_findings_until_it_is_mended() {
    let preview = Preview::start_with(&[PICTURE, (FAULTY_FILE, FAULTY_TEXT)]);
    let mut tab = preview.open(FAULTY);
    let stopped = heading_is("This site cannot be built as it is");
    assert!(tab.is(&stopped));
    assert!(tab.is(&has_words("There are 2 errors")));
    assert_eq!(
        tab.texts("[...document.querySelectorAll('li mark')].map((mark) => mark.textContent)"),
        ["[[nowhere-at-all]]", "![](line.svg)"]
    );
    for words in [
        "What to do",
        "content/en/taper/faulty.md, line 9, column 12",
    ] {
        assert!(tab.is(&has_words(words)), "no {words:?}");
    }
    assert!(tab.is("document.querySelector('li a[href^=\"/.stepdown/open?\"]') !== null"));
    assert!(tab.is(&format!(
        "{ROOT}.querySelector('.opener').textContent.includes('Cannot be built')"
    )));

    // All pages say so, and are shown all the same if asked for, with the panel open.
    preview.visit(&mut tab, NEXT);
    assert!(tab.is(&stopped));
    preview.visit(&mut tab, FAULTY);
    tab.value(
        "void setTimeout(() => document.querySelector('a[href=\"?stepdown=show\"]').click())",
    );
    reloads_until(&mut tab, &heading_is("Faulty"));
    assert!(tab.is("location.search === ''"));
    tab.wait_until(&format!("!{ROOT}.querySelector('.panel').hidden"));
    assert_eq!(
        tab.texts("[...document.querySelectorAll('[data-stepdown-finding=broken]')].map((one) => one.localName)"),
        ["img", "p"]
    );

    // The findings again, and the page when they are mended.
    tab.value(&format!(
        "void setTimeout(() => {{ window.marker = true; location.href = '{FAULTY}?stepdown=findings'; }})"
    ));
    reloads_until(&mut tab, &stopped);
    put_marker(&mut tab);
    preview.edit(FAULTY_FILE, "![]", "![A line]");
    reloads_until(&mut tab, &has_words("There is one error"));
    put_marker(&mut tab);
    preview.edit(FAULTY_FILE, "[[nowhere-at-all]]", "[[slow]]");
    reloads_until(&mut tab, &heading_is("Faulty"));
    assert!(tab.is("document.querySelector('[data-stepdown-finding]') === null"));
}

#[test]
fn a_site_that_cannot_be_read_says_so_and_comes_back() {
    let preview = Preview::start();
    let mut tab = preview.open(SLOW);
    tab.value("window.scrollTo(0, 700)");
    fs::rename(preview.file("content"), preview.file("away")).unwrap();
    reloads_until(&mut tab, &heading_is("The site cannot be shown"));
    let badge = tab.text(&format!("{ROOT}.querySelector('.opener').textContent"));
    assert_eq!(badge, "Cannot be shown");
    put_marker(&mut tab);
    fs::rename(preview.file("away"), preview.file("content")).unwrap();
    reloads_until(&mut tab, &heading_is("Slow steps"));
    tab.wait_until("Math.round(scrollY) === 700");
}

#[test]
fn pages_of_the_preview_fit_everyone() {
    let preview = Preview::start_with(&[PICTURE, (FAULTY_FILE, FAULTY_TEXT)]);
    let mut faults = Vec::new();
    let mut tab = preview.open(FAULTY);
    tab.call("Page.setBypassCSP", json!({"enabled": true}));
    for path in [FAULTY, NOWHERE, ALL] {
        faults.extend(looked_at(&preview, &mut tab, path));
    }
    tab.value("void setTimeout(() => (location.href = '?stepdown=findings'))");
    tab.visit(&preview.address(&format!("{FAULTY}?stepdown=show")));
    for path in [FAULTY, ARABIC] {
        faults.extend(looked_at(&preview, &mut tab, path));
    }
    fs::rename(preview.file("content"), preview.file("away")).unwrap();
    preview.server().shows("/", "cannot be shown");
    faults.extend(looked_at(&preview, &mut tab, "/"));
    fail_with(faults);
}

/// Looks at a page with its panel open in all colors and widths; gives what is wrong.
fn looked_at(preview: &Preview, tab: &mut Tab, path: &str) -> Vec<String> {
    let axe = fs::read_to_string(tools::package("axe-core/axe.min.js")).unwrap();
    preview.visit(tab, path);
    tab.value(&axe);
    tab.value(&format!(
        "{ROOT}.querySelector('.panel').hidden && {ROOT}.querySelector('.opener').click()"
    ));
    tab.value(&format!(
        "for (const part of [...document.querySelectorAll('main .explanation'), ...{ROOT}.querySelectorAll('details')]) part.open = true"
    ));
    let mut faults = Vec::new();
    for (width, height, mode) in [
        (320, 568, Mode::Light),
        (320, 256, Mode::Dark),
        (1280, 800, Mode::Dark),
        (1280, 500, Mode::Light),
    ] {
        tab.size(width, height);
        tab.show(mode);
        let place = format!("{path}, {}, {width} px", mode.name());
        let found = tab.value(include_str!("axe.js"));
        // The pages of the site have a test of their own.
        let is_of_page = path == ARABIC
            || path == FAULTY && tab.is("document.querySelector('.skip-link') !== null");
        let violations = found["violations"].as_array().unwrap().iter();
        faults.extend(
            violations
                .filter(|violation| !is_of_page || is_ours(violation))
                .map(|violation| format!("{place}: {violation}")),
        );
        let sideways = tab.found(include_str!("sideways.js"));
        faults.extend(sideways.iter().map(|fault| format!("{place}: {fault}")));
        // Nothing of it is beyond an edge of the window, so all of it can be reached.
        for part in ["panel", "badge"] {
            let is_inside = format!(
                "(() => {{ const box = {ROOT}.querySelector('.{part}').getBoundingClientRect(); \
                 return box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth; }})()"
            );
            if !tab.is(&is_inside) {
                faults.push(format!("{place}: the {part} is not all in the window"));
            }
        }
    }
    faults
}

/// Tells whether axe means a part of badge or panel.
fn is_ours(violation: &Value) -> bool {
    let html = violation["html"].as_str().unwrap_or_default();
    [
        "<stepdown",
        "class=\"count",
        "class=\"opener",
        "class=\"panel",
        "class=\"quiet",
        "class=\"acts",
        "class=\"excerpt",
        "What to do",
    ]
    .iter()
    .any(|part| html.contains(part))
}

#[test]
fn paper_has_nothing_of_the_preview_and_arabic_has_it_on_the_other_side() {
    let preview = Preview::start();
    let mut tab = preview.open(ARABIC);
    let middle = |tab: &mut Tab| {
        tab.value(&format!("(() => {{ const box = {ROOT}.querySelector('.badge').getBoundingClientRect(); return (box.left + box.right) / 2; }})()"))
            .as_f64()
            .unwrap()
    };
    assert!(middle(&mut tab) < 640.0);
    assert_eq!(
        tab.text(
            "getComputedStyle(document.querySelector('[data-stepdown-finding]')).outlineStyle"
        ),
        "dotted"
    );
    tab.show(Mode::Print);
    assert_eq!(
        tab.text("getComputedStyle(document.querySelector('stepdown-preview')).display"),
        "none"
    );
    assert_eq!(
        tab.text(
            "getComputedStyle(document.querySelector('[data-stepdown-finding]')).outlineStyle"
        ),
        "none"
    );
    tab.reset();
    preview.visit(&mut tab, WARNED);
    assert!(middle(&mut tab) > 640.0);
}

#[test]
fn a_page_of_the_preview_complains_of_nothing_and_asks_only_its_own_server() {
    let preview = Preview::start_with(&[PICTURE]);
    let mut faults = Vec::new();
    let mut tab = preview.open(SLOW);
    let own = preview.address("/");
    let mut hear = |tab: &mut Tab, name: &str| {
        tab.catch_up();
        let said = tab.faults.iter().map(|fault| format!("{name}: {fault}"));
        faults.extend(said);
        let asked = tab
            .requests
            .iter()
            .filter(|address| !address.starts_with(&own) && !address.starts_with("data:"));
        faults.extend(asked.map(|address| format!("{name}: asks for {address}")));
    };
    preview.edit("content/en/taper/slow.md", "## Part 3\n", "## A new part\n");
    reloads_until(&mut tab, &has_words("A new part"));
    preview.write(
        "static/own.css",
        "main { text-decoration-color: rgb(3, 2, 1); }\n",
    );
    tab.wait_until(
        "getComputedStyle(document.querySelector('main')).textDecorationColor === 'rgb(3, 2, 1)'",
    );
    hear(&mut tab, "an edited page");
    for path in [WARNED, ARABIC, ALL] {
        preview.visit(&mut tab, path);
        tab.value(&format!("{ROOT}.querySelector('.opener').click()"));
        hear(&mut tab, path);
    }
    assert!(tab.is("Object.keys(window).every((name) => name !== 'stepdownPanel')"));
    fail_with(faults);
}

#[test]
fn the_checker_of_the_w3c_finds_no_error_in_the_pages_of_the_server() {
    let preview = Preview::start_with(&[PICTURE, (FAULTY_FILE, FAULTY_TEXT)]);
    let server = preview.server();
    server.findings("");
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let mut keep = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        files.push(file);
    };
    keep("faults.html", &server.get(FAULTY).page());
    keep("missing.html", &server.get(NOWHERE).page());
    keep("findings.html", &server.get(ALL).page());
    keep("own.css", &server.get("/.stepdown/own.css").body);
    keep("preview.css", &server.get("/.stepdown/preview.css").body);
    fs::rename(preview.file("content"), preview.file("away")).unwrap();
    server.shows("/", "cannot be shown");
    keep("trouble.html", &server.get("/").page());
    assert_eq!(validity::check(&files), [serde_json::Value::Null; 0]);
}
