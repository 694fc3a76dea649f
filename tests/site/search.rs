//! The search: which pages ordinary words find in the library, which questions get a fixed answer, and what is never changed.

use crate::support::chance::Chance;
use crate::support::program::run;
use crate::support::queries::{Quality, Query, queries};
use crate::support::{BuiltSite, Silent, Site, files_below, options, repository, search};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;
use stepdown::build;
use stepdown::disk::RealDisk;
use stepdown::load::Starter;
use stepdown::search::Shown;

/// What the graded questions reach now. These figures may only go up: nDCG@10, MRR and the share of questions that are answered.
const BARS: [(&str, f64, f64, f64); 2] = [("en", 0.751, 0.820, 0.980), ("es", 0.831, 0.917, 1.0)];
/// How many ordinary questions may get a fixed answer that they do not need; this figure may only go down.
const NEEDLESS: usize = 1;

/// Searches a small site with one question.
fn one(site: &Site, question: &str) -> Shown {
    let questions = [question.to_owned()];
    site.search("en", &questions).remove(0)
}

/// Gives the addresses that a question finds in a small site.
fn found(site: &Site, question: &str) -> Vec<String> {
    let results = one(site, question).results;
    results.into_iter().map(|page| page.url).collect()
}

/// Makes sure that a question finds a page of a small site before all others.
fn finds_first(site: &Site, question: &str, page: &str) {
    let shown = one(site, question);
    let first = shown.results.first();
    let is_first = first.is_some_and(|first| first.url.contains(page));
    assert!(is_first, "{question}: {shown:?}");
}

/// Searches the library for all graded questions, once for all tests.
fn graded() -> &'static [(Query, Shown)] {
    static GRADED: OnceLock<Vec<(Query, Shown)>> = OnceLock::new();
    GRADED.get_or_init(|| {
        let options = options(&repository(), Path::new("unused"), Starter::Whole);
        let mut all = Vec::new();
        for (language, ..) in BARS {
            let mut of_language = queries();
            of_language.retain(|query| query.language == language);
            let words: Vec<String> = of_language
                .iter()
                .map(|query| query.words.clone())
                .collect();
            let shown = search(&RealDisk, &options, language, &words);
            all.extend(of_language.into_iter().zip(shown));
        }
        all
    })
}

// Quality

#[test]
fn ordinary_words_find_the_pages_that_help() {
    let all = graded();
    for (language, ndcg, mrr, answered) in BARS {
        let of_language = all.iter().filter(|(query, _)| query.language == language);
        let quality = Quality::of(of_language.map(|(query, shown)| (query, shown)));
        let is_good = quality.ndcg >= ndcg && quality.mrr >= mrr && quality.answered >= answered;
        assert!(is_good, "{language}: {quality:?}");
    }
}

#[test]
fn the_graded_questions_are_of_every_kind() {
    let of_kind = |kind: &str| {
        graded()
            .iter()
            .filter(|(query, _)| query.kind == kind)
            .count()
    };
    for kind in [
        "question",
        "keyword",
        "brand",
        "slang",
        "typing-error",
        "message",
        "crisis",
        "dose",
    ] {
        assert!(of_kind(kind) >= 15, "{kind}: {}", of_kind(kind));
    }
    assert!(graded().len() >= 150);
}

#[test]
fn every_question_of_danger_or_dose_gets_its_answer_and_nothing_else_stands_first() {
    let is_crisis = |id: &str| ["overdose", "suicide", "danger"].contains(&id);
    for (query, shown) in graded() {
        let Some(answer) = query.answer.as_deref() else {
            continue;
        };
        let words = &query.words;
        let first = shown
            .answers
            .first()
            .map_or("", |answer| answer.id.as_str());
        assert!(
            shown.answers.iter().any(|shown| shown.id == answer),
            "{words}: {first}"
        );
        assert!(!is_crisis(answer) || is_crisis(first), "{words}: {first}");
        if is_crisis(first) {
            let page = &shown.results[0].url;
            let is_safe = [
                "overdose-what-to-do",
                "crisis-help",
                "withdrawal-danger-signs",
            ]
            .iter()
            .any(|name| page.contains(name))
                || page.contains("/families-crisis/");
            assert!(is_safe, "{words}: {page}");
            let title = &shown.answers[0].title;
            assert!(
                title.contains("911") || title.contains("988"),
                "{words}: {title}"
            );
        }
    }
}

#[test]
fn somebody_in_danger_is_heard_in_each_language_on_the_pages_of_the_other() {
    let options = options(&repository(), Path::new("unused"), Starter::Whole);
    let is_crisis = |id: &str| ["overdose", "suicide", "danger"].contains(&id);
    let mut unheard = Vec::new();
    for (own, pages) in [("en", "es"), ("es", "en")] {
        let mut of_danger = queries();
        of_danger.retain(|query| {
            query.language == own && query.answer.as_deref().is_some_and(is_crisis)
        });
        assert!(of_danger.len() >= 9, "{own}: {}", of_danger.len());
        let words: Vec<String> = of_danger.iter().map(|query| query.words.clone()).collect();
        let shown = search(&RealDisk, &options, pages, &words);
        for (words, shown) in words.iter().zip(shown) {
            let first = shown.answers.first();
            if !first.is_some_and(|first| is_crisis(&first.id)) {
                unheard.push(format!("{pages}: {words}"));
            }
        }
    }
    assert!(unheard.is_empty(), "{unheard:#?}");
}

#[test]
fn ordinary_questions_get_no_answer_that_they_do_not_need() {
    let needless = graded().iter().filter(|(query, shown)| {
        let answer = shown
            .answers
            .first()
            .filter(|answer| answer.id != "nothing");
        query.answer.is_none() && answer.is_some()
    });
    let needless: Vec<&str> = needless.map(|(query, _)| query.words.as_str()).collect();
    assert!(needless.len() <= NEEDLESS, "{needless:#?}");
}

#[test]
fn no_question_is_left_without_pages_or_whom_to_call() {
    for (query, shown) in graded() {
        assert!(
            !shown.results.is_empty() || !shown.answers.is_empty(),
            "{}",
            query.words
        );
    }
    let shown = one(&clinic(), "qqqqq wwwww");
    assert_eq!((shown.total, shown.answers[0].id.as_str()), (0, "nothing"));
    assert!(shown.answers[0].text.concat().contains("911"), "{shown:?}");
}

// Words

/// The answers of the library.
fn answers() -> String {
    std::fs::read_to_string(repository().join("content/_data/search.toml")).unwrap()
}

/// A small site about sleep and medicines, with the library's answers.
fn clinic() -> Site {
    let medicines = "[[medicine]]\nid = \"diazepam\"\ngeneric = \"diazepam\"\nbrands_us = [\"Valium\"]\n\
        [[medicine]]\nid = \"oxazepam\"\ngeneric = \"oxazepam\"\n[[medicine]]\nid = \"prazepam\"\ngeneric = \"prazepam\"\n";
    let synonyms = "[[synonym]]\nid = \"stomach\"\nwords = [\"benzo belly\", \"cramps\"]\n\
        [[synonym]]\nid = \"leave\"\nwords = [\"come off\", \"taper\"]\n\
        [[synonym]]\nid = \"shaking\"\nwords = [\"the shakes\", \"tremor\"]\n";
    Site::started()
        .file("content/_data/medicines.toml", medicines)
        .file("content/_data/synonyms.toml", synonyms)
        .file("content/_data/search.toml", answers())
        .article("en/care/cramps.md", "Cramps pass.\n\n## What helps\n\nWarmth and rest help most people. Ask your doctor.\n")
        .article("en/care/taper.md", "A taper is slow.\n\n## How slow\n\nYour tremor may come back. Tapering takes months.\n")
        .article("en/care/diazepam.md", "About diazepam and a café.\n\n## Drowsiness\n\nDiazepam makes people drowsy.\n")
        .article("en/care/oxazepam.md", "About oxazepam.\n")
        .article("en/care/languages.md", "苯二氮卓类药物 and ยานอนหลับ and أدوية and Ünïcödé.\n")
}

#[test]
fn forms_of_a_word_accents_and_words_without_spaces_are_found() {
    let site = clinic();
    for (question, page) in [
        ("tapers", "taper"),
        ("tapered", "taper"),
        ("drowsy", "diazepam"),
        ("DROWSINESS", "diazepam"),
        ("cafe", "diazepam"),
        ("unicode", "languages"),
        ("药物", "languages"),
        ("苯二氮", "languages"),
        ("นอนหลับ", "languages"),
        ("ادويه", "languages"),
        ("warm", "cramps"),
    ] {
        finds_first(&site, question, page);
    }
}

#[test]
fn the_last_word_may_be_unfinished_and_words_before_it_may_not() {
    let site = clinic();
    finds_first(&site, "drow", "diazepam");
    assert_eq!(found(&site, "drow "), [""; 0]);
    let finds_drowsy = |question: &str| {
        let pages = found(&site, question);
        pages.iter().any(|page| page.contains("diazepam"))
    };
    assert!(finds_drowsy("months drow"));
    assert!(!finds_drowsy("drow months"));
}

#[test]
fn words_and_phrases_that_mean_the_same_find_each_other() {
    let site = clinic();
    for (question, page) in [
        ("benzo belly", "cramps"),
        ("come off", "taper"),
        ("the shakes", "taper"),
        ("valium", "diazepam"),
    ] {
        finds_first(&site, question, page);
    }
}

#[test]
fn the_best_section_of_a_page_is_named() {
    let results = one(&clinic(), "warmth").results;
    assert_eq!(results[0].url, "en/care/cramps.html#what-helps");
    assert_eq!(results[0].heading, "What helps");
    assert_eq!(
        results[0].lead,
        "Warmth and rest help most people. Ask your doctor."
    );
}

#[test]
fn a_typing_error_is_mended_only_in_words_that_the_site_does_not_know_and_is_said() {
    let site = clinic();
    for (typed, meant) in [
        ("drowzy", "drowsy"),
        ("tappering", "tapering"),
        ("diazapam", "diazepam"),
        ("warmht", "warmth"),
    ] {
        let shown = one(&site, typed);
        let words: Vec<(&str, &str, bool)> = shown
            .corrections
            .iter()
            .map(|word| (word.from.as_str(), word.to[0].as_str(), word.applied))
            .collect();
        assert_eq!(words, [(typed, meant, true)], "{shown:?}");
        assert!(!shown.results.is_empty(), "{typed}");
    }
    for known in ["taper", "cramps", "come", "belly", "help"] {
        assert_eq!(one(&site, known).corrections, [], "{known}");
    }
}

#[test]
fn the_name_of_a_medicine_is_never_silently_turned_into_another() {
    let site = clinic();
    for (typed, asked) in [
        ("prazepan", false),
        ("oxazepan", true),
        ("lorazepam", false),
        ("temazepam", false),
        ("trazodone", false),
        ("oxazapem", false),
    ] {
        let shown = one(&site, typed);
        let silent = shown
            .corrections
            .iter()
            .filter(|word| word.applied && word.to[0] != "oxazepam");
        assert_eq!(silent.count(), 0, "{typed}: {shown:?}");
        assert!(
            !asked
                || shown
                    .corrections
                    .iter()
                    .any(|word| word.to.contains(&"oxazepam".to_owned())),
            "{typed}: {shown:?}"
        );
    }
    assert_eq!(one(&site, "lorazepam").missing, ["lorazepam"]);
    let names: Vec<String> = answers().parse::<toml::Table>().unwrap()["other_medicines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    assert!(names.len() > 300);
    let library = options(&repository(), Path::new("unused"), Starter::Whole);
    for (name, shown) in names.iter().zip(search(&RealDisk, &library, "en", &names)) {
        assert_eq!(shown.corrections, [], "{name}");
    }
}

#[test]
fn only_pages_that_lists_show_are_found() {
    let site = clinic()
        .article_with("en/care/draft.md", "draft: true\n", "Zebra stripes.\n")
        .article_with("en/care/old.md", "archived: true\n", "Zebra stripes.\n")
        .article("en/care/shown.md", "Zebra stripes.\n");
    assert_eq!(found(&site, "zebra"), ["en/care/shown.html"]);
}

#[test]
fn titles_and_questions_are_words_and_nothing_else() {
    let page = "---\ntitle: 'A <b>bold</b> & \"x\" </script> title'\nsummary: One.\nkey_points: [One, Two, Three]\n---\n\nText.\n";
    let site = clinic().page("en/care/marks.md", page);
    let shown = one(&site, "bold");
    assert_eq!(
        shown.results[0].title,
        "A <b>bold</b> & \"x\" </script> title"
    );
    let files = site.build();
    let script = files.text("search/en/index.js");
    for line in script.lines() {
        let rest = line
            .strip_prefix("stepdown.add(")
            .and_then(|rest| rest.strip_suffix(");"));
        let parts = format!("[{}]", rest.unwrap_or_else(|| panic!("{line}")));
        serde_json::from_str::<serde_json::Value>(&parts)
            .unwrap_or_else(|error| panic!("{error}: {line}"));
    }
}

// Bad input

#[test]
fn any_question_ends_soon_and_well() {
    let site = clinic();
    let mut questions: Vec<String> = [
        "",
        " ",
        "?",
        "\0",
        "😀😀",
        "\u{202e}abc\u{202c}",
        "a",
        "é",
        ".*+?^${}()|[]\\",
        "<img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "\u{301}\u{301}",
        "ﷺ",
        "断",
        "𝒳𝒴𝒵",
        "\u{10ffff}",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    questions.push("a".repeat(10_000));
    questions.push("taper ".repeat(10_000));
    questions.push("xqzv wbnm kill ".repeat(700));
    let mut chance = Chance::new(11);
    let signs: Vec<char> =
        "abcdefghijklmnop éèñçß'’`´- 0123456789.,?!\u{ad}\u{200d}مرحب断薬ยาनмир😀\"<>&{}|*…"
            .chars()
            .collect();
    for _ in 0..300 {
        let length = chance.below(60);
        questions.push((0..length).map(|_| *chance.one_of(&signs)).collect());
    }
    let start = std::time::Instant::now();
    let shown = site.search("en", &questions);
    assert_eq!(shown.len(), questions.len());
    assert!(start.elapsed().as_secs() < 60);
    assert_eq!((shown[0].total, shown[0].answers.len()), (0, 0));
}

#[test]
fn faults_in_the_answers_are_found_at_their_place() {
    let answers = "other_medicines = []\n[sets]\npill = [\"pill*\"]\n\n[[answer]]\nid = \"a\"\nkind = \"crisis\"\ntitle = \"A\"\nwhen = [\"help {nobody}\", \"to*\", \"…\", \"{pill} now\"]\n\n\
        [[answer]]\nid = \"b\"\nkind = \"other\"\ntitle = \"B {center.phone}\"\n";
    let found = Site::started()
        .article("en/a/b.md", "Text.\n")
        .file("content/_data/search.toml", answers)
        .check();
    for (place, words) in [
        ("content/_data/search.toml:9:", "`to*` fits too many words"),
        (
            "content/_data/search.toml:9:",
            "a part of the pattern `…` has no word",
        ),
        (
            "content/_data/search.toml:",
            "the patterns of `search.toml` use `{nobody}`, and no set has that name",
        ),
        ("content/_data/search.toml:13:", "`other`"),
    ] {
        assert!(
            found
                .lines()
                .any(|line| line.contains(place) && line.contains(words)),
            "{words} in:\n{found}"
        );
    }
}

// Files

/// Gives so many articles of 800 words each, with seven sections. Some words are frequent and most are rare, as in any language (Zipf); three
/// of ten words are said again, so that an article has about 310 different ones, as the articles of the library have (308 in their first 800).
/// The hundred most frequent are the little words of this language.
fn large(pages: usize) -> Site {
    let words = words(8000);
    let mut sums = Vec::with_capacity(words.len());
    let mut sum = 0;
    for rank in 1..=words.len() {
        sum += 1_000_000 / rank;
        sums.push(sum);
    }
    let little = format!("little_words = {:?}\n", &words[..100]);
    let site = Site::started().file("content/_data/search.toml", little);
    let word = |chance: &mut Chance, said: &[usize]| {
        if !said.is_empty() && chance.below(10) < 3 {
            return *chance.one_of(said);
        }
        let place = chance.below(sum);
        sums.partition_point(|sum| *sum <= place)
    };
    articles(site, pages, &words, word)
}

/// Gives so many articles of 800 words each, with seven sections, of 340 words that are all as frequent: as the sites of `tests/bench`.
fn plain(pages: usize) -> Site {
    let words = words(340);
    articles(Site::started(), pages, &words, |chance, _| {
        chance.below(340)
    })
}

/// Makes up so many words.
fn words(count: usize) -> Vec<String> {
    const SYLLABLES: [&str; 20] = [
        "ba", "co", "di", "fu", "ga", "he", "ki", "lo", "mu", "na", "pe", "ri", "so", "ta", "ve",
        "wi", "zo", "ra", "le", "mi",
    ];
    let name = |number: usize| {
        [number % 20, number / 20 % 20, number / 400 % 20]
            .map(|part| SYLLABLES[part])
            .concat()
    };
    (0..count).map(name).collect()
}

/// Writes articles; `choose` gives the number of the next word, and is told those that the article has so far.
fn articles(
    mut site: Site,
    pages: usize,
    words: &[String],
    choose: impl Fn(&mut Chance, &[usize]) -> usize,
) -> Site {
    let mut chance = Chance::new(7);
    for number in 0..pages {
        let mut said: Vec<usize> = Vec::new();
        let mut word = || {
            let at = choose(&mut chance, &said);
            said.push(at);
            words[at].as_str()
        };
        let mut text = format!(
            "---\ntitle: {} {} {number}\nsummary: {} {} {} {} {}.\nkey_points: [One, Two, Three]\n---\n",
            word(),
            word(),
            word(),
            word(),
            word(),
            word(),
            word()
        );
        for section in 0..7 {
            let _ = write!(text, "\n## {} {} {section}\n\n", word(), word());
            for at in 0..114 {
                text.push_str(word());
                text.push_str(if at % 12 == 11 { ".\n" } else { " " });
            }
            text.push_str(".\n");
        }
        site = site.file(
            &format!("content/en/part-{}/page-{number}.md", number / 50),
            text,
        );
    }
    site
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// The goal for the index of a thousand pages, after gzip. It is reached where words are few; with as many different words as real articles
/// have it is missed, and may not be missed by more.
const GOAL: usize = 500_000;
const REACHED: usize = 707_200;

#[test]
fn the_index_of_a_thousand_pages_comes_in_small_parts() {
    let (few, many) = (plain(1000).build(), large(1000).build());
    let whole = |site: &BuiltSite| -> usize {
        let files = site
            .web
            .iter()
            .filter(|(address, _)| address.starts_with("search/en/"));
        files.map(|(_, bytes)| gzip(bytes)).sum()
    };
    assert!(whole(&few) <= GOAL, "{}", whole(&few));
    assert!(whole(&many) <= REACHED, "{}", whole(&many));
    let site = many;
    let files: Vec<(&String, &Vec<u8>)> = site
        .web
        .iter()
        .filter(|(address, _)| address.starts_with("search/en/"))
        .collect();
    assert!(files.len() > 100, "{}", files.len());
    let largest = files.iter().map(|(_, bytes)| bytes.len()).max().unwrap();
    assert!(largest < 40_000, "{largest}");
    for (address, bytes) in files {
        let text = std::str::from_utf8(bytes).unwrap();
        let name = address
            .trim_start_matches("search/")
            .trim_end_matches(".js");
        assert!(
            text.starts_with(&format!("stepdown.add(\"{name}\",\"")),
            "{address}"
        );
        assert!(text.ends_with(");\n"), "{address}");
    }
}

#[test]
fn a_site_of_up_to_a_hundred_pages_has_one_file_for_a_language() {
    let site = clinic().build();
    let files: Vec<&String> = site
        .web
        .keys()
        .filter(|address| address.starts_with("search/"))
        .collect();
    assert_eq!(files, ["search/en/index.js"]);
    let folder = tempfile::tempdir().unwrap();
    let options = options(&repository(), folder.path(), Starter::Whole);
    build::build(&RealDisk, &options.reading(), &options.writing(), &Silent).unwrap();
    let files = files_below(&folder.path().join("web/search"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["en/index.js", "es/index.js"]);
    for (name, bytes) in &files {
        assert!(gzip(bytes) <= 80_000, "{name}: {}", gzip(bytes));
    }
}

#[test]
fn a_large_site_gives_the_same_bytes_with_any_number_of_threads() {
    let files = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let site = pool.install(|| large(130).build());
        site.web
            .into_iter()
            .filter(|(address, _)| address.starts_with("search/"))
            .collect::<Vec<_>>()
    };
    assert!(files(1) == files(3));
}

// The command

#[test]
fn the_command_prints_what_the_page_would_show() {
    let folder = repository();
    let words = run(
        &folder,
        &[
            "search",
            "--today",
            "2026-11-22",
            "--limit",
            "3",
            "i want to die",
        ],
    )
    .ends_with(0);
    assert!(words.out.starts_with("! Call 988"), "{}", words.out);
    assert!(
        words
            .out
            .contains("\n1. Crisis help now\n   en/families-crisis/crisis-help.html\n"),
        "{}",
        words.out
    );
    let json = run(
        &folder,
        &[
            "search",
            "--today",
            "2026-11-22",
            "--language",
            "es",
            "--format",
            "json",
            "sobredosis",
        ],
    )
    .ends_with(0);
    let shown: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(shown["answers"][0]["id"], "overdose");
    assert!(
        shown["results"][0]["url"]
            .as_str()
            .unwrap()
            .starts_with("es/")
    );
}

#[test]
fn the_engine_of_the_page_reads_its_limits_and_weights_from_the_index() {
    let site = clinic().build();
    let first = site.text("search/en/index.js").lines().next().unwrap();
    let call = first.strip_prefix("stepdown.add(").unwrap();
    let call = format!("[{}]", call.strip_suffix(");").unwrap());
    let call: serde_json::Value = serde_json::from_str(&call).unwrap();
    let numbers = call[2]["numbers"].as_object().unwrap();
    let given: BTreeSet<&str> = numbers.keys().map(String::as_str).collect();
    let engine = repository().join("static/assets/search-engine.js");
    let engine = std::fs::read_to_string(engine).unwrap();
    let read = engine.split("numbers.").skip(1);
    let read: BTreeSet<&str> = read
        .filter_map(|rest| {
            rest.split(|letter: char| !letter.is_ascii_alphabetic())
                .next()
        })
        .collect();
    assert_eq!(read, given);
    // Patterns of letters, places in lists and the patience with the network are the page's own.
    let is_own = |line: &&str| {
        let name = line.strip_prefix("  const ").unwrap_or_default();
        name.starts_with(|first: char| first.is_ascii_uppercase()) || line.contains("setTimeout")
    };
    let is_between = |letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '[');
    let bare: Vec<&str> = engine
        .lines()
        .filter(|line| !is_own(line))
        .flat_map(|line| line.split(is_between))
        .filter(|word| word.parse::<u64>().is_ok_and(|number| number > 1))
        .collect();
    assert!(bare.is_empty(), "numbers of its own: {bare:?}");
}

#[test]
fn the_command_says_what_is_wrong() {
    let folder = repository();
    run(&folder, &["search", "--language", "xx", "taper"])
        .ends_with(2)
        .says(&["the site has no language `xx`", "choose one of en, es"]);
    run(&folder, &["search", " "])
        .ends_with(2)
        .says(&["there is nothing to search for"]);
    run(&folder, &["search"]).ends_with(2);
}
