//! The engine of the search in a real page: it finds what `stepdown search` finds, in the same order, with as little loaded as may be.

use crate::budgets::zipped;
use crate::chance::Chance;
use crate::chromium::Tab;
use crate::queries::{Query, queries};
use crate::search_sites::{SearchSite, large, vocabulary, word_of, words_of};
use crate::sites::{TODAY, fail_with, page, sites};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use stepdown::build::{self, Progress, ReadOptions};
use stepdown::disk::RealDisk;
use stepdown::load::Starter;

/// How long a phone may take from the question to what is found, in milliseconds, with a processor that is so many times slower.
const PATIENCE: f64 = 50.0;
const SLOWER: u32 = 6;

/// The most bytes of the index, after gzip, that a first question of one word and of five words may load on the large site.
const OF_ONE_WORD: usize = 25_000;
const OF_FIVE_WORDS: usize = 40_000;

/// A site as the terminal reads it, and the first page of one of its languages.
struct Asked {
    name: &'static str,
    root: PathBuf,
    language: &'static str,
    questions: Vec<String>,
    file: String,
    http: String,
}

/// Says nothing about progress.
struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}

#[test]
fn the_page_cuts_texts_into_the_words_that_the_program_cuts() {
    let list: Vec<(String, Vec<String>)> =
        serde_json::from_str(include_str!("../fixtures/tokens.json")).unwrap();
    assert!(list.len() > 20, "only {} texts", list.len());
    let texts: Vec<&str> = list.iter().map(|(text, _)| text.as_str()).collect();
    let mut tab = Tab::open();
    tab.visit(&page("library", "en/index.html").file());
    let cut = tab.value(&format!(
        "stepdown.search('').then(() => {}.map((text) => stepdown.engine.tokens(text)))",
        json!(texts)
    ));
    for ((text, words), cut) in list.iter().zip(cut.as_array().unwrap()) {
        assert_eq!(&json!(words), cut, "{text:?}");
    }
}

#[test]
fn page_and_terminal_give_the_same_from_files_from_a_server_and_without_a_network() {
    for asked in small_sites() {
        let wanted = asked.terminal();
        let mut tab = Tab::open();
        for (place, address, offline) in [
            ("file", &asked.file, false),
            ("server", &asked.http, false),
            ("file without a network", &asked.file, true),
        ] {
            tab.call(
                "Network.emulateNetworkConditions",
                json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
            );
            tab.visit(address);
            asked.compare(&mut tab, place, &wanted);
        }
    }
}

#[test]
fn page_and_terminal_give_the_same_where_the_index_comes_in_parts() {
    let site = large();
    assert!(site.web.join("search/en/t1.js").is_file());
    assert!(site.web.join("search/en/d1.js").is_file());
    let asked = Asked {
        name: "large",
        root: site.source.clone(),
        language: "en",
        questions: generated(5, 100, |chance| word_of(chance, vocabulary()).to_owned()),
        file: site.file("en/index.html"),
        http: String::new(),
    };
    let wanted = asked.terminal();
    let mut tab = Tab::open();
    tab.visit(&asked.file);
    asked.compare(&mut tab, "file", &wanted);
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are read beside the limits"
)]
fn a_first_question_loads_little_of_a_large_site() {
    let mut tab = Tab::open();
    let mut chance = Chance::new(11);
    let mut faults = Vec::new();
    for (count, limit) in [(1, OF_ONE_WORD), (5, OF_FIVE_WORDS)] {
        let mut loads: Vec<(usize, String)> = Vec::new();
        for _ in 0..10 {
            let words: Vec<&str> = (0..count)
                .map(|_| word_of(&mut chance, vocabulary()))
                .collect();
            let question = words.join(" ");
            let parts = loaded_for(&mut tab, large(), &question);
            let sum = parts.iter().map(|(_, size)| size).sum();
            loads.push((sum, format!("{question:?} {parts:?}")));
        }
        loads.sort_unstable();
        let median = loads[loads.len() / 2].0;
        let (most, example) = loads.pop().expect("there are ten");
        println!(
            "words: {count}; index loaded: median {median}, most {most} of {limit} bytes: {example}"
        );
        if most > limit {
            faults.push(format!(
                "words: {count}: {most} bytes, not {limit} | {example}"
            ));
        }
    }
    fail_with(faults);
}

/// Each question is asked five times and the shortest time counts, since other tests run beside this one.
#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are read beside the limits"
)]
fn a_slow_phone_finds_pages_at_once() {
    let questions: Vec<String> = queries()
        .into_iter()
        .filter(|query| query.language == "en")
        .step_by(11)
        .map(|query| query.words)
        .take(20)
        .collect();
    assert_eq!(questions.len(), 20);
    let mut tab = Tab::open();
    tab.visit(&page("library", "en/index.html").http());
    tab.call("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER}));
    let times = tab.value(&format!(
        "(async () => {{
          const questions = {};
          const times = questions.map(() => Infinity);
          await stepdown.search('');
          for (let round = 0; round < 5; round++) for (const [at, question] of questions.entries()) {{
            const start = performance.now();
            await stepdown.engine.find('en', question, 10);
            times[at] = Math.min(times[at], performance.now() - start);
          }}
          return times;
        }})()",
        json!(questions)
    ));
    let mut times: Vec<f64> = times
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("found on a slow phone: median {median:.1}, most {most:.1} of {PATIENCE} ms");
    assert!(median <= PATIENCE, "{median:.1} ms, not {PATIENCE}");
}

impl Asked {
    /// Asks the program.
    fn terminal(&self) -> Vec<Value> {
        let options = ReadOptions {
            root: self.root.clone(),
            drafts: false,
            today: TODAY.parse().unwrap(),
            starter: Starter::Whole,
        };
        let language = Some(self.language);
        let shown = build::search(&RealDisk, &options, language, &self.questions, 10, &Silent);
        shown
            .unwrap()
            .iter()
            .map(|shown| serde_json::to_value(shown).unwrap())
            .collect()
    }

    /// Asks the page that is open, and compares.
    fn compare(&self, tab: &mut Tab, place: &str, wanted: &[Value]) {
        let script = include_str!("search_ask.js")
            .replace("LANGUAGE", &json!(self.language).to_string())
            .replace("QUESTIONS", &json!(self.questions).to_string());
        let given = tab.value(&script);
        let given = given.as_array().unwrap();
        assert_eq!(given.len(), wanted.len());
        let differ: Vec<String> = self
            .questions
            .iter()
            .zip(wanted.iter().zip(given))
            .filter(|(_, (wanted, given))| wanted != given)
            .map(|(question, (wanted, given))| difference(question, wanted, given))
            .collect();
        assert!(
            differ.is_empty(),
            "{} of {} questions differ in {} {}, {place}:\n{}",
            differ.len(),
            wanted.len(),
            self.name,
            self.language,
            differ[..differ.len().min(5)].join("\n")
        );
        let found = wanted.iter().filter(|wanted| wanted["total"] != 0).count();
        assert!(
            found * 2 > wanted.len(),
            "only {found} of {} questions find a page",
            wanted.len()
        );
    }
}

/// Gives the first thing in which two outcomes differ.
fn difference(question: &str, wanted: &Value, given: &Value) -> String {
    let keys = ["answers", "corrections", "missing", "total", "results"];
    let key = keys
        .into_iter()
        .find(|key| wanted[key] != given[key])
        .unwrap_or_default();
    let (wanted, given) = (&wanted[key], &given[key]);
    let shown = |value: &Value| value.to_string().chars().take(400).collect::<String>();
    let both = wanted.as_array().zip(given.as_array());
    let first = both.and_then(|(wanted, given)| {
        wanted
            .iter()
            .zip(given)
            .find(|(wanted, given)| wanted != given)
    });
    let (wanted, given) = first.unwrap_or((wanted, given));
    format!(
        "{question:?}: {key}\n  terminal {}\n  page     {}",
        shown(wanted),
        shown(given)
    )
}

/// The library in its two languages, and the gallery in Arabic: the graded questions, and many that are made of words.
fn small_sites() -> Vec<Asked> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    [
        ("library", "en", 200),
        ("library", "es", 100),
        ("gallery", "ar", 60),
    ]
    .into_iter()
    .map(|(name, language, count)| {
        let home = page(name, &format!("{language}/index.html"));
        // Questions with an answer, such as those of danger, are asked in every language.
        let is_asked = |query: &Query| query.language == language || query.answer.is_some();
        let graded = queries()
            .into_iter()
            .filter(|query| name == "library" && is_asked(query));
        let mut questions: Vec<String> = graded.map(|query| query.words).collect();
        let mut words: Vec<&str> = questions
            .iter()
            .flat_map(|words| words.split(' '))
            .collect();
        let start = format!("{language}/");
        for page in sites()
            .pages
            .iter()
            .filter(|page| page.site == name && page.address.starts_with(&start))
        {
            words.extend(words_of(&page.html).step_by(5));
        }
        assert!(
            words.len() > 100,
            "{name} {language} has {} words",
            words.len()
        );
        let more = generated(7, count, |chance| (*chance.one_of(&words)).to_owned());
        questions.extend(more);
        Asked {
            name,
            root: match name {
                "library" => repository.to_owned(),
                _ => repository.join("tests/fixtures/gallery"),
            },
            language,
            questions,
            file: home.file(),
            http: home.http(),
        }
    })
    .collect()
}

/// Makes questions: one to six words, some mistyped, some unfinished, some of other scripts, some that are no words.
fn generated(seed: u64, count: usize, word: impl Fn(&mut Chance) -> String) -> Vec<String> {
    const FOREIGN: [&str; 14] = [
        "قلق",
        "الأرق",
        "不安",
        "ยานอนหลับ",
        "тревога",
        "😀",
        "👩‍⚕️",
        "½",
        "ﬁve",
        "İlaç",
        "Ταπερ",
        "2mg",
        "e\u{301}",
        "l’anxiété",
    ];
    const BETWEEN: [&str; 8] = [" ", " ", " ", "  ", "-", "/", ", ", " \u{200f}"];
    const END: [&str; 6] = ["", "", "", " ", "?", "…"];
    let mut chance = Chance::new(seed);
    let mut questions: Vec<String> = ["", " ", "\n\t", "…", "😀", "0"]
        .map(str::to_owned)
        .to_vec();
    while questions.len() < count {
        let mut question = String::new();
        for place in 0..=chance.below(6) {
            if place > 0 {
                question.push_str(chance.one_of::<&str>(&BETWEEN));
            }
            if chance.below(12) == 0 {
                question.push_str(chance.one_of::<&str>(&FOREIGN));
            } else {
                let word = word(&mut chance);
                question.push_str(&mistyped(&mut chance, &word));
            }
        }
        question.push_str(chance.one_of::<&str>(&END));
        questions.push(question);
    }
    questions
}

/// Gives a word, perhaps with a letter dropped, doubled, exchanged or wrong, or only its beginning.
fn mistyped(chance: &mut Chance, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.below(letters.len());
    match chance.below(12) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at > 0 => letters.swap(at - 1, at),
        3 => letters[at] = 'x',
        4 | 5 => letters.truncate(at + 1),
        6 => return word.to_uppercase(),
        _ => {}
    }
    letters.into_iter().collect()
}

/// Opens a page anew, asks one question, and gives the parts of the index that it loaded, with their bytes after gzip.
fn loaded_for(tab: &mut Tab, site: &SearchSite, question: &str) -> Vec<(String, usize)> {
    tab.visit(&site.http("en/index.html"));
    let found = tab.value(&format!(
        "stepdown.search({}).then((found) => found.total)",
        json!(question)
    ));
    assert!(found != 0, "{question:?} finds nothing");
    let start = site.http("search/en/");
    let parts: Vec<(String, usize)> = tab
        .requests
        .iter()
        .filter_map(|address| address.strip_prefix(&start)?.split('?').next())
        .map(|file| {
            (
                file.to_owned(),
                zipped(&site.web.join("search/en").join(file)),
            )
        })
        .collect();
    assert!(parts.len() > 2, "only {parts:?} were loaded");
    parts
}
