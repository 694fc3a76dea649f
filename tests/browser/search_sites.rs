//! The sites that only the tests of the search need: one so large that its index comes in parts, one full of signs that HTML takes for its own,
//! and copies of the library in which something is broken.

use crate::chance::Chance;
use crate::sites::{build, files, sites};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

/// A site beside the others.
pub(crate) struct SearchSite {
    /// The folder of its texts.
    pub source: PathBuf,
    /// The folder of its pages.
    pub web: PathBuf,
    name: String,
}

/// How large the large site is.
pub(crate) const PAGES: usize = 1000;
const WORDS_OF_PAGE: usize = 800;
/// How many words it uses: a few often, most seldom, as in any text.
const VOCABULARY: usize = 8000;

const SETTINGS: &str =
    "languages = [\"en\"]\ncountry = \"US\"\n\n[publish]\nunreviewed = \"label\"\n";

impl SearchSite {
    /// Gives the address of a page on the web server.
    pub(crate) fn http(&self, address: &str) -> String {
        format!("{}{}/{address}", sites().http, self.name)
    }

    /// Gives the address of a page as a file.
    pub(crate) fn file(&self, address: &str) -> String {
        format!("{}{}/{address}", files(), self.name)
    }

    fn build(name: &str, write: impl FnOnce(&Path)) -> Self {
        let folder = &sites().folder;
        let source = folder.join(format!("{name}-source"));
        let out = folder.join(format!("{name}-out"));
        put(&source.join("stepdown.toml"), SETTINGS);
        write(&source.join("content/en"));
        build(&source, &out);
        let web = folder.join(name);
        fs::rename(out.join("web"), &web).unwrap();
        Self {
            source,
            web,
            name: name.to_owned(),
        }
    }
}

/// Gives the large site; builds it the first time.
#[expect(
    clippy::print_stdout,
    reason = "how long it takes is read beside the other figures"
)]
pub(crate) fn large() -> &'static SearchSite {
    static LARGE: OnceLock<SearchSite> = OnceLock::new();
    LARGE.get_or_init(|| {
        let start = Instant::now();
        let site = SearchSite::build("large", write_large);
        let seconds = start.elapsed().as_secs_f32();
        println!("a site of {PAGES} pages is written and built in {seconds:.1} s");
        site
    })
}

/// Gives a site whose titles, headings and summaries are full of signs that HTML takes for its own.
pub(crate) fn signs() -> &'static SearchSite {
    static SIGNS: OnceLock<SearchSite> = OnceLock::new();
    SIGNS.get_or_init(|| {
        SearchSite::build("signs", |content| {
            put(&content.join("index.md"), &article("Home", "Home.", "Home.\n"));
            let title = r#"'A <b>bold</b> & "x" <img src=x onerror=alert(1)>'"#;
            let body = "Words.\n\n## A \\<script\\>alert(1)\\</script\\> & \"heading\" kumquat\n\nA kumquat \\<img src=x onerror=alert(1)\\> and 1 \\< 2 & 3.\n";
            let summary = r#"'One <i>short</i> "sentence" & more.'"#;
            put(&content.join("part/index.md"), &article("'The <u>part</u> & \"all\"'", "Part.", "Part.\n"));
            put(&content.join("part/bold.md"), &article(title, summary, body));
        })
    })
}

/// Copies what a page needs to search in the library: the first page, the scripts and the index.
pub(crate) fn copy_of_library(name: &str) -> SearchSite {
    let from = sites().folder.join("library");
    let mut wanted = vec!["en/index.html".to_owned()];
    for folder in ["assets", "search/en"] {
        wanted.extend(names_in(&from.join(folder)).map(|file| format!("{folder}/{file}")));
    }
    copy(&from, name, &wanted)
}

/// Copies what a page needs to search in the large site.
pub(crate) fn copy_of_large(name: &str) -> SearchSite {
    let from = &large().web;
    let mut wanted = vec!["en/index.html".to_owned()];
    for folder in ["assets", "search/en"] {
        wanted.extend(names_in(&from.join(folder)).map(|file| format!("{folder}/{file}")));
    }
    copy(from, name, &wanted)
}

fn copy(from: &Path, name: &str, wanted: &[String]) -> SearchSite {
    let web = sites().folder.join(name);
    for file in wanted {
        let to = web.join(file);
        fs::create_dir_all(to.parent().expect("a file lies in a folder")).unwrap();
        fs::copy(from.join(file), to).unwrap();
    }
    SearchSite {
        source: web.clone(),
        web,
        name: name.to_owned(),
    }
}

/// Gives the names of the files of a folder.
pub(crate) fn names_in(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_str().unwrap().to_owned())
}

/// Gives the words of the large site, the most frequent first.
pub(crate) fn vocabulary() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = words_of_library();
        let mut chance = Chance::new(8);
        let syllables = [
            "ba", "re", "to", "lin", "ka", "mor", "e", "sta", "un", "ing", "pa", "do", "si", "ver",
            "al", "cho", "tri", "me", "nu", "gar",
        ];
        while words.len() < VOCABULARY {
            let count = 2 + chance.below(3);
            let word: String = (0..count).map(|_| *chance.one_of(&syllables)).collect();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        // The library's words stand at all places of the order, not only at the front.
        for at in (1..words.len()).rev() {
            words.swap(at, chance.below(at + 1));
        }
        words
    })
}

/// Gives one word, the frequent ones more often: the word at place n is about n times as rare as the first (Zipf).
pub(crate) fn word_of(chance: &mut Chance, words: &'static [String]) -> &'static str {
    // Each doubling of the place is as likely as the last.
    let first = 1 << chance.below(words.len().ilog2() as usize + 1);
    let place = first + chance.below(first.min(words.len() + 1 - first));
    &words[place - 1]
}

fn words_of_library() -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for page in sites()
        .pages
        .iter()
        .filter(|page| page.site == "library" && page.address.starts_with("en/"))
    {
        words.extend(words_of(&page.html).map(str::to_lowercase));
    }
    words.sort_unstable();
    words.dedup();
    words.retain(|word| word.chars().all(char::is_alphabetic));
    words
}

/// Gives the words between the tags of `main`.
pub(crate) fn words_of(html: &str) -> impl Iterator<Item = &str> {
    let main = html.split("<main").nth(1).unwrap_or_default();
    let main = main.split("</main>").next().unwrap_or_default();
    main.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .flat_map(|(_, text)| text.split(|sign: char| !sign.is_alphanumeric() && sign != '\''))
        .filter(|word| !word.is_empty())
}

fn write_large(content: &Path) {
    let words = vocabulary();
    let mut chance = Chance::new(1);
    put(
        &content.join("index.md"),
        &article("Home", "Home.", "Home.\n"),
    );
    for number in 0..PAGES {
        let mut some = |count: usize| {
            let some: Vec<&str> = (0..count).map(|_| word_of(&mut chance, words)).collect();
            some.join(" ")
        };
        let (title, summary) = (some(4), some(8));
        let mut sections = String::new();
        for _ in 0..5 {
            let (heading, text, more) =
                (some(3), some(WORDS_OF_PAGE / 10), some(WORDS_OF_PAGE / 10));
            let _ = write!(sections, "## {heading}\n\n{text}.\n\n{more}.\n\n");
        }
        let path = format!("part-{}/page-{number}.md", number / 100);
        put(&content.join(path), &article(&title, &summary, &sections));
    }
}

fn article(title: &str, summary: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nsummary: {summary}\nkey_points: [One, Two, Three]\n---\n\n{body}")
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
    fs::write(path, text).unwrap();
}
