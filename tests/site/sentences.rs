//! The sentences of the English library that could hurt somebody if a word of them went missing: each rule holds for every page and
//! every fixed answer of the search. In go the built pages, the answers and the files of the articles; out comes the sentence at fault.

use crate::promises::library;
use crate::support::page::Page;
use crate::support::{Site, files_below, options, repository, search};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use stepdown::disk::RealDisk;
use stepdown::load::Starter;

const OVERDOSE: &str = "en/families-crisis/overdose-what-to-do.html";
const CRISIS: &str = "en/families-crisis/crisis-help.html";
const RAN_OUT: &str = "en/families-crisis/ran-out-or-missed-doses.html";
const HELPING: &str = "en/families-crisis/helping-someone.html";
const FAMILIES: &str = "en/families-crisis/index.html";
const DANGER: &str = "en/withdrawal/withdrawal-danger-signs.html";
const NEVER: &str = "en/withdrawal/why-never-stop-suddenly.html";
const MIXES: &str = "en/understand/alcohol-opioids-and-other-mixes.html";
const WHAT: &str = "en/understand/what-are-benzodiazepines.html";
const RELAPSE: &str = "en/aftercare/relapse-prevention.html";
const AFTER: &str = "en/aftercare/life-after-a-taper.html";
const TAPERING: &str = "en/tapering/how-tapering-works.html";
const PREPARING: &str = "en/tapering/preparing-for-a-taper.html";
const DEPENDENCE: &str = "en/dependence/how-dependence-develops.html";

/// Sources that must not stand behind a sentence: copies, news and notices that do not carry what was said with them.
const RETIRED: [&str; 7] = [
    "abc-missed-dose",
    "mdwiki-withdrawal",
    "monmouth-alcohol-benzo",
    "riverside-er-list",
    "samhsa-od-dos",
    "va-qrg",
    "wellrx-emergency",
];

/// The elements whose text is read as one piece.
const BLOCKS: [&str; 13] = [
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "caption",
    "figcaption",
    "div",
];

/// A piece of text as a reader meets it: a paragraph, an item, a cell or a heading.
struct Block {
    element: usize,
    name: &'static str,
    text: String,
}

/// One text of the library with the page or the answer that it is of.
struct Said {
    place: String,
    block: String,
}

impl Said {
    fn sentences(&self) -> Vec<&str> {
        sentences(&self.block)
    }

    fn has(&self, words: &str) -> bool {
        self.block.contains(words)
    }
}

/// Splits a text into sentences; each keeps its sign at the end.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        let is_end = matches!(sign, '.' | '?' | '!')
            && text[end..].chars().next().is_none_or(char::is_whitespace);
        if is_end {
            all.push(text[start..end].trim());
            start = end;
        }
    }
    all.push(text[start..].trim());
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// Reads the text of a page block by block, without marks of sources and without the list of them.
fn blocks(page: &Page) -> Vec<Block> {
    let skipped = ["citation", "source", "review", "visually-hidden", "related"];
    let is_skipped = |id: usize| skipped.iter().any(|class| page.lies_in_class(id, class));
    let block = |id: usize| BLOCKS.iter().find(|name| **name == page.elements[id].name);
    let mut blocks = Vec::new();
    for id in 0..page.elements.len() {
        let Some(name) = block(id).filter(|_| page.lies_in(id, "main") && !is_skipped(id)) else {
            continue;
        };
        let is_left_out = |inside: usize| {
            let name = page.elements[inside].name.as_str();
            block(inside).is_some() || ["ul", "ol", "table"].contains(&name) || is_skipped(inside)
        };
        let text = page.text_without(id, &is_left_out);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let text = text
                .replace(" .", ".")
                .replace(" ;", ";")
                .replace(" ,", ",");
            blocks.push(Block {
                element: id,
                name,
                text,
            });
        }
    }
    blocks
}

/// All English pages with their text, but the list of all sources, whose titles are not ours.
fn english() -> &'static BTreeMap<&'static str, Vec<Block>> {
    static ENGLISH: OnceLock<BTreeMap<&'static str, Vec<Block>>> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let pages = library().pages.iter();
        let is_read = |address: &str| address.starts_with("en/") && address != "en/sources.html";
        let pages = pages.filter(|(address, _)| is_read(address));
        pages
            .map(|(address, page)| (address.as_str(), blocks(page)))
            .collect()
    })
}

/// Gives the whole text of a page, a block to a line.
fn text(address: &str) -> String {
    let blocks = english()
        .get(address)
        .unwrap_or_else(|| panic!("there is no {address}"));
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n")
}

/// Everything that the library says in English: the pages, and the fixed answers of the search.
fn said() -> &'static [Said] {
    static SAID: OnceLock<Vec<Said>> = OnceLock::new();
    SAID.get_or_init(|| {
        let mut all = Vec::new();
        for (address, blocks) in english() {
            let texts = blocks.iter().map(|block| Said {
                place: (*address).to_owned(),
                block: block.text.clone(),
            });
            all.extend(texts);
        }
        for (id, texts) in answers() {
            let texts = texts.into_iter().map(|block| Said {
                place: format!("the answer `{id}`"),
                block,
            });
            all.extend(texts);
        }
        assert!(all.len() > 1500, "{}", all.len());
        all
    })
}

/// The title and the paragraphs of each fixed answer, with placeholders as they are written.
fn answers() -> Vec<(String, Vec<String>)> {
    let path = repository().join("content/_data/search.toml");
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let answers = table["answer"].as_array().unwrap();
    let read = |answer: &toml::Value| {
        let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
        let mut texts = vec![word(&answer["title"])];
        let paragraphs = answer.get("text").and_then(toml::Value::as_array);
        texts.extend(paragraphs.into_iter().flatten().map(word));
        (word(&answer["id"]), texts)
    };
    answers.iter().map(read).collect()
}

/// Gives the fixed answer that stands first for a question: its name, and its title and paragraphs as one text.
fn answer(question: &str) -> (String, String) {
    let library = options(&repository(), Path::new("unused"), Starter::Whole);
    let questions = [question.to_owned()];
    let shown = search(&RealDisk, &library, "en", &questions).remove(0);
    let first = shown.answers.first();
    let first = first.unwrap_or_else(|| panic!("{question} has no answer"));
    let text = format!("{}\n{}", first.title, first.text.join("\n"));
    (first.id.clone(), text)
}

/// The number of the US poison line, as pages print it.
fn poison() -> String {
    let path = repository().join("content/_data/helplines.toml");
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let rows = table["helpline"].as_array().unwrap().iter();
    let is_it = |row: &&toml::Value| {
        let value = |key: &str| row.get(key).and_then(toml::Value::as_str);
        value("fills") == Some("poison") && value("country") == Some("US")
    };
    let row = rows.clone().find(is_it).expect("a poison line");
    row["show"].as_str().unwrap().to_owned()
}

/// A box of a page.
struct Callout {
    kind: String,
    title: String,
    blocks: Vec<String>,
    /// Where it stands among the elements of the page.
    at: usize,
}

/// Gives the boxes of a page, in order.
fn callouts(address: &str) -> Vec<Callout> {
    let page = &library().pages[address];
    let blocks = &english()[address];
    let mut all = Vec::new();
    for at in page.all("section") {
        let classes = page.attribute(at, "class").unwrap_or_default();
        let Some(kind) = classes.strip_prefix("callout callout-") else {
            continue;
        };
        let within = |block: &&Block| page.around(block.element).any(|id| id == at);
        let is_title =
            |block: &&Block| page.attribute(block.element, "class") == Some("callout-title");
        let title = blocks.iter().filter(within).find(is_title);
        let rest = blocks
            .iter()
            .filter(within)
            .filter(|block| !is_title(block));
        all.push(Callout {
            kind: kind.to_owned(),
            title: title.map_or_else(String::new, |title| title.text.clone()),
            blocks: rest.map(|block| block.text.clone()).collect(),
            at,
        });
    }
    all
}

/// Gives the text of a page from the first heading that has the words to the next heading.
fn section(address: &str, words: &str) -> String {
    let blocks = &english()[address];
    let is_heading = |block: &Block| block.name == "h2";
    let start = blocks
        .iter()
        .position(|block| is_heading(block) && block.text.contains(words))
        .unwrap_or_else(|| panic!("{address} has no heading with `{words}`"));
    let rest = blocks[start + 1..].iter();
    let texts: Vec<&str> = rest
        .take_while(|block| !is_heading(block))
        .map(|block| block.text.as_str())
        .collect();
    texts.join("\n")
}

/// Fails with all places where a rule is broken.
fn none(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

/// Gives all sentences of the library that break a rule, with the place of each.
fn faults(is_fault: impl Fn(&Said, &str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for said in said() {
        for sentence in said.sentences() {
            if is_fault(said, sentence) {
                faults.push(format!("{}: {sentence}", said.place));
            }
        }
    }
    faults
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[test]
fn tablets_are_not_taken_away_to_make_someone_stop_and_are_locked_up_where_someone_is_in_danger() {
    let takes_away = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let takes = lower
            .split(|sign: char| !sign.is_alphabetic())
            .any(|word| ["take", "takes", "taking", "took", "hide", "hides"].contains(&word));
        let away = lower.contains(" away") || lower.contains("hide");
        takes && away && has_any(&lower, &["tablet", "pill", "medicine", "benzodiazepine"])
    };
    let bare = faults(|_, sentence| {
        let has_purpose = sentence.contains("to make") && sentence.contains("stop");
        takes_away(sentence) && !sentence.ends_with('?') && !has_purpose
    });
    none("a ban without \"to make someone stop\"", &bare);
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for said in said() {
        if said.sentences().iter().any(|sentence| takes_away(sentence)) {
            places.insert(&said.place);
        }
        let keeps_time = said.has("each dose on time") || said.has("Skip no dose");
        assert!(
            !keeps_time || said.has("hard to keep awake"),
            "{}: {}",
            said.place,
            said.block
        );
        let one_person_gives = said.has("each dose on time");
        let tells = said.block.to_lowercase().contains("tell ") && said.has(" doctor today");
        assert!(!one_person_gives || tells, "{}: {}", said.place, said.block);
    }
    for place in &places {
        let texts = said().iter().filter(|said| said.place == *place);
        let texts: Vec<&str> = texts.map(|said| said.block.as_str()).collect();
        let text = texts.join("\n");
        assert!(text.contains("ock up all medicines"), "{place}");
        assert!(text.contains("may hurt themselves"), "{place}");
    }
    for page in [HELPING, FAMILIES, NEVER, RELAPSE] {
        assert!(places.contains(page), "{page}: {places:?}");
    }
    let advice = section(HELPING, "Should I take the pills away?");
    assert!(advice.starts_with("Not to make them stop."), "{advice}");
    let steps = text(CRISIS);
    for words in ["ock up all medicines", "each dose on time", "guns"] {
        assert!(steps.contains(words), "{CRISIS} lacks `{words}`");
    }
    for question in ["can i take her pills away", "should i hide his tablets"] {
        let (id, text) = answer(question);
        assert!(
            text.contains("to make someone stop") && text.contains("ock up all medicines"),
            "{question}: {id}: {text}"
        );
    }
}

#[test]
fn the_poison_line_is_for_mistakes_and_for_children_and_an_overdose_on_purpose_is_an_emergency() {
    let number = poison();
    let names_it = |text: &str| has_any(text, &[&number, "{poison}", "oison line", "Poison Help"]);
    // The row of the line itself prints name and number on lines of their own; its condition stands there in capital letters.
    let bare = faults(|said, sentence| {
        let lower = sentence.to_lowercase();
        let is_row = said.block.starts_with("Poison Help") || said.block == number;
        let is_child = lower.contains("child") && !has_any(&lower, &["too much", "mix"]);
        names_it(sentence) && !is_row && !is_child && !lower.contains("by mistake")
    });
    none("the poison line without \"by mistake\" or a child", &bare);
    let cards = |address: &str| -> Vec<Callout> {
        let mut all = callouts(address);
        all.retain(|callout| callout.kind == "emergency");
        all
    };
    let mut seen = 0;
    for address in english().keys() {
        for card in cards(address) {
            seen += 1;
            let words = "took too much on purpose, even if they feel fine";
            assert!(card.blocks.iter().any(|item| item == words), "{address}");
            assert!(
                card.title.ends_with("now if you or someone else:"),
                "{address}: {}",
                card.title
            );
        }
    }
    assert!(seen >= 6, "{seen}");
    for page in [OVERDOSE, CRISIS] {
        assert!(section(page, "on purpose").contains("911"), "{page}");
    }
    for question in [
        "took whole bottle but feel fine",
        "took too much on purpose feel fine",
        "he took all his pills on purpose",
        "i took an overdose on purpose",
    ] {
        let (id, text) = answer(question);
        let title = text.lines().next().unwrap();
        assert!(
            title.contains("911") && !title.contains(&number),
            "{question}: {text}"
        );
        let call = text.find("911").unwrap();
        assert!(
            text.find(&number).is_none_or(|at| at > call),
            "{question}: {text}"
        );
        let on_purpose = sentences(&text).into_iter().any(|sentence| {
            sentence.contains("on purpose")
                && sentence.contains("911")
                && !sentence.contains(&number)
        });
        assert!(on_purpose, "{question}: {id}: {text}");
    }
    for question in ["took two by mistake", "my child swallowed a pill"] {
        let (_, text) = answer(question);
        assert!(
            text.contains(&number) && text.contains("911"),
            "{question}: {text}"
        );
    }
}

#[test]
fn the_first_list_of_the_overdose_page_is_what_to_do_for_someone_who_cannot_be_woken() {
    let page = &library().pages[OVERDOSE];
    let main = page.only("main");
    let in_main = |id: &usize| page.around(*id).any(|around| around == main);
    let list = page.all("ol").find(in_main).expect("a numbered list");
    let boxes = callouts(OVERDOSE);
    let first = &boxes[0];
    assert_eq!(
        (first.kind.as_str(), first.title.as_str()),
        ("steps", "If someone cannot be woken or is barely breathing")
    );
    assert!(page.around(list).any(|id| id == first.at));
    let heading = page.all("h2").find(in_main).expect("a heading");
    let at = |kind: &str| boxes.iter().find(|found| found.kind == kind).unwrap().at;
    assert!(first.at < at("emergency") && at("emergency") < heading);
    assert!(!page.elements.iter().any(|element| {
        element
            .attributes
            .get("class")
            .is_some_and(|class| class == "part key-points")
    }));
    // The steps for a seizure stand where the text is about one, also on every other page.
    for address in english().keys() {
        let page = &library().pages[*address];
        for callout in callouts(address) {
            if callout.title != "If someone has a seizure" {
                continue;
            }
            let before = page.all("h2").filter(|id| *id < callout.at).last();
            let heading = before.map_or_else(String::new, |id| page.text_of(id));
            assert!(heading.contains("seizure"), "{address}: `{heading}`");
        }
    }
}

#[test]
fn gasping_counts_as_not_breathing_a_second_naloxone_is_given_and_nobody_hangs_up() {
    let steps = callouts(OVERDOSE).remove(0).blocks.join("\n");
    for words in [
        "Shout and shake them",
        "on speaker and stay on the line",
        "only gasping",
        "Barely breathing? Tell the operator",
        "CPR does not wait for it",
        "No better after 2 to 3 minutes? Give a second naloxone",
    ] {
        assert!(steps.contains(words), "the steps lack `{words}`: {steps}");
    }
    for (heading, words) in [
        ("naloxone spray", "nostril"),
        ("naloxone spray", "plunger"),
        ("onto their side", "knee"),
        ("onto their side", "head back"),
        ("an overdose", "gasp"),
    ] {
        let text = section(OVERDOSE, heading);
        assert!(text.contains(words), "`{heading}` lacks `{words}`");
    }
    for (address, blocks) in english() {
        let whole = text(address).to_lowercase();
        let names = |words: &str| blocks.iter().any(|block| block.text.contains(words));
        assert!(!names("CPR") || whole.contains("gasp"), "{address}");
        let tells_of_another = blocks.iter().any(|block| {
            let lower = block.text.to_lowercase();
            lower.contains("naloxone") && has_any(&lower, &["second", "another dose"])
        });
        let has_time = whole.contains("2 to 3 minutes");
        assert!(!tells_of_another || has_time, "{address} does not say when");
    }
}

#[test]
fn a_seizure_after_24_hours_has_the_names_of_the_medicines_and_the_late_ones_beside_it() {
    let is_about = |sentence: &str| {
        let lower = sentence.to_lowercase();
        has_any(&lower, &["24 hours", "a single day", "within a day"])
            && has_any(&lower, &["seizure", "last dose", "dangerous"])
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for said in said() {
        for sentence in said.sentences() {
            if !is_about(sentence) {
                continue;
            }
            seen.insert(&said.place);
            let is_early = sentence.contains("alprazolam");
            let is_late = said.has("days later") && said.has("clonazepam");
            let page = english().contains_key(said.place.as_str());
            let whole = if page {
                text(&said.place)
            } else {
                said.block.clone()
            };
            let is_told = ["lorazepam (Ativan)", "the danger is over"]
                .iter()
                .all(|words| whole.contains(words));
            if !is_early || !is_late || !is_told {
                faults.push(format!("{}: {sentence}", said.place));
            }
        }
        let only_early = said.has("eizures can come early") && !said.has("late");
        assert!(!only_early, "{}: {}", said.place, said.block);
    }
    none("24 hours without the names or the late seizures", &faults);
    for page in [WHAT, RAN_OUT, DANGER, NEVER] {
        assert!(seen.contains(page), "{page}: {seen:?}");
    }
}

#[test]
fn missed_doses_are_no_overdose_and_an_old_dose_may_be_too_strong_after_a_taper_or_a_long_break() {
    let several = section(RAN_OUT, "I missed several");
    assert!(!several.contains("overdose"), "{several}");
    assert!(!several.contains("too strong"), "{several}");
    assert!(
        several.contains("Ask before the next dose, tonight, not tomorrow."),
        "{several}"
    );
    let wrong = faults(|_, sentence| {
        let lower = sentence.to_lowercase();
        let is_absolute = lower.contains("no longer safe") || lower.contains("no longer be safe");
        let is_old = has_any(
            &lower,
            &["old dose", "old one", "dose that once felt normal"],
        );
        is_absolute && !lower.contains("may no longer be safe")
            || is_old
                && has_any(
                    &lower,
                    &["is an overdose", "be an overdose", "cause an overdose"],
                )
            || lower.contains("missed") && lower.contains("overdose")
    });
    none("an old dose that is called an overdose", &wrong);
    let no_condition = said().iter().filter(|said| {
        let lower = said.block.to_lowercase();
        has_any(&lower, &["old dose", "dose that once felt normal"])
            && lower.contains("too strong")
            && !has_any(&lower, &["taper", "long break"])
    });
    let no_condition: Vec<&str> = no_condition.map(|said| said.block.as_str()).collect();
    assert!(no_condition.is_empty(), "{no_condition:#?}");
    let is_old_dose = |callout: &Callout| callout.title.starts_with("Your old dose");
    assert!(!callouts(RAN_OUT).iter().any(is_old_dose));
}

#[test]
fn one_late_dose_rests_on_patient_leaflets_and_no_retired_source_is_cited_anywhere() {
    let one = section(RAN_OUT, "I missed one dose");
    assert!(!one.contains("hospital advice"), "{one}");
    assert!(one.contains("leaflet"), "{one}");
    let mut cited = Vec::new();
    for folder in ["content/en", "content/_shared/en"] {
        let files = files_below(&repository().join(folder));
        assert!(files.len() > 15, "{folder}");
        for (path, bytes) in files {
            let text = String::from_utf8_lossy(&bytes);
            let ids = RETIRED.iter().filter(|id| text.contains(**id));
            cited.extend(ids.map(|id| format!("{folder}/{path}: {id}")));
        }
    }
    none("a retired source", &cited);
}

#[test]
fn the_warning_against_stopping_has_two_sentences_and_each_box_stands_only_where_it_belongs() {
    const PLACES: [(&str, &[&str]); 6] = [
        (
            "Do not stop suddenly",
            &[
                WHAT,
                "en/dependence/how-dependence-develops.html",
                NEVER,
                "en/tapering/how-tapering-works.html",
                "en/tapering/preparing-for-a-taper.html",
            ],
        ),
        (
            "Do not take the next dose yet, and call now, if:",
            &[OVERDOSE, MIXES, RAN_OUT, RELAPSE],
        ),
        (
            "If someone cannot be woken or is barely breathing",
            &[OVERDOSE],
        ),
        (
            "Do not take the tablets away to make someone stop: a sudden stop can cause seizures",
            &[HELPING],
        ),
        ("If someone has a seizure", &[OVERDOSE, DANGER]),
        (
            "Your old dose may no longer be safe",
            &["en/aftercare/life-after-a-taper.html", RELAPSE],
        ),
    ];
    for (title, pages) in PLACES {
        let has_it = |address: &&&str| {
            let boxes = callouts(address);
            boxes.iter().any(|callout| callout.title == title)
        };
        let found: BTreeSet<&str> = english().keys().filter(has_it).copied().collect();
        assert_eq!(found, pages.iter().copied().collect(), "{title}");
    }
    let boxes = callouts(NEVER);
    let stop = boxes
        .iter()
        .find(|callout| callout.title == "Do not stop suddenly");
    let words = stop.unwrap().blocks.join(" ");
    assert_eq!(sentences(&words).len(), 2, "{words}");
    for word in ["another dose", "alcohol", "sleeping"] {
        assert!(!words.contains(word), "{words}");
    }
    let on_your_own = faults(|_, sentence| {
        let lower = sentence.to_lowercase();
        lower.contains("suddenly on your own") || lower.contains("have drunk alcohol")
    });
    none(
        "a sudden stop that sounds right with a doctor",
        &on_your_own,
    );
    for page in [WHAT, "en/therapies/cbt-i-for-sleep.html"] {
        assert!(
            text(page).contains("do not take it again and call your doctor today"),
            "{page}"
        );
    }
}

#[test]
fn an_emergency_department_comes_before_urgent_care_which_is_often_closed_at_night() {
    let mut departments = 0;
    let wrong = faults(|_, sentence| {
        let lower = sentence.to_lowercase();
        let Some(at) = lower.find("urgent care") else {
            return false;
        };
        let is_first = lower
            .find("emergency department")
            .is_some_and(|department| department < at);
        !is_first || !lower.contains("(urgent care is often closed at night")
    });
    none("urgent care before the emergency department", &wrong);
    for said in said() {
        departments += usize::from(said.has("emergency department"));
    }
    assert!(departments >= 5, "{departments}");
    for question in ["i ran out of ativan", "missed doses"] {
        let (id, text) = answer(question);
        assert_eq!(id, "ran-out", "{question}");
        assert!(text.contains("emergency department"), "{text}");
    }
}

#[test]
fn the_health_line_111_is_named_in_britain_only_and_before_the_emergency_department() {
    let elsewhere = said().iter().filter(|said| {
        has_any(&said.block, &["health advice line", "all 111"]) && !said.has("NHS")
    });
    let elsewhere: Vec<&str> = elsewhere.map(|said| said.block.as_str()).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    let mut site = Site::new();
    for (path, bytes) in files_below(&repository().join("content")) {
        site = site.file(&format!("content/{path}"), bytes);
    }
    let settings = "languages = [\"en\", \"es\"]\ncountry = \"GB\"\n\
        [publish]\nunreviewed = \"label\"\nunchecked_translations = \"label\"\n";
    let britain = site.file("stepdown.toml", settings).build();
    for address in [RAN_OUT, NEVER, DANGER] {
        let page = britain.page(address);
        let texts: Vec<String> = blocks(&page).into_iter().map(|block| block.text).collect();
        let text = texts.join("\n");
        let line = text.find("call 111").or_else(|| text.find("Call 111"));
        let line = line.unwrap_or_else(|| panic!("{address} does not name the line"));
        let department = text.find("go to an emergency department");
        assert!(department.is_some_and(|at| line < at), "{address}");
    }
}

#[test]
fn the_boxed_warning_is_told_with_both_halves() {
    let text = text(WHAT);
    for words in [
        "even at recommended doses",
        "2020",
        "boxed warning",
        "abuse",
        "misuse",
        "addiction",
        "physical dependence",
        "withdrawal",
        "an important treatment",
    ] {
        assert!(text.contains(words), "{WHAT} lacks `{words}`");
    }
    let half = faults(|_, sentence| {
        sentence.contains("how they are used") || sentence.contains("for how long [")
    });
    none("only half of the warning", &half);
}

#[test]
fn the_way_to_the_crisis_line_in_spanish_is_told_in_english_too() {
    let text = section(CRISIS, "Spanish");
    assert!(text.contains("press 2"), "{text}");
    assert!(text.contains("AYUDA"), "{text}");
}

#[test]
fn a_list_of_what_not_to_do_says_please_do_not_and_no_item_can_be_read_the_other_way_round() {
    let mut seen = 0;
    for address in english().keys() {
        for callout in callouts(address) {
            if callout.kind != "dont" {
                continue;
            }
            seen += 1;
            assert_eq!(callout.title, "Please do not", "{address}");
            for item in callout.blocks {
                let is_sentence = item.starts_with("Do not ") && item.ends_with('.');
                assert!(is_sentence, "{address}: {item}");
            }
        }
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn the_search_answers_who_gasps_has_a_fever_is_pregnant_or_lost_the_tablets_to_somebody() {
    for (question, expected, words) in [
        ("gasping", "overdose", "CPR"),
        ("he is gasping", "overdose", "CPR"),
        ("fever withdrawal", "danger", "fever of 103"),
        ("i have a fever", "danger", "fever of 103"),
        ("pregnant on klonopin", "pregnant", "Do not stop suddenly"),
        ("breastfeeding valium", "pregnant", "maternity team"),
        ("they took away my pills", "ran-out", "emergency department"),
        (
            "my mom took my pills away",
            "ran-out",
            "emergency department",
        ),
        (
            "emergency room sent me home",
            "ran-out",
            "emergency department",
        ),
        ("never prescribed", "ran-out", "emergency department"),
        ("day 4 withdrawal", "stop-suddenly", "emergency department"),
        ("seizure", "danger", "start CPR"),
        (
            "mom lost track of her pills",
            "lock-up",
            "cannot keep count",
        ),
        ("took all my pills", "overdose", "on purpose"),
        ("took 2 instead of 1", "overdose", "By mistake"),
        ("confused grandmother", "danger", "sudden confusion"),
        ("hospital wont help", "ran-out", "emergency department"),
    ] {
        let (id, text) = answer(question);
        assert_eq!(id, expected, "{question}: {text}");
        assert!(text.contains(words), "{question}: {text}");
    }
}

#[test]
fn very_sleepy_after_two_prescribed_medicines_means_the_emergency_number() {
    let advice = section(MIXES, "What if I have mixed them already?");
    assert!(advice.contains("sleepier than usual"), "{advice}");
    assert!(
        advice.contains("Very sleepy, or nobody answers? Call 911."),
        "{advice}"
    );
}

#[test]
fn a_study_of_deaths_after_stopping_is_told_with_its_figures_and_dependence_with_its_limit() {
    let stopping = section(TAPERING, "Do I have to stop?");
    for words in ["5.5%", "3.5%", "6.3%", "3.9%", "not careful tapers"] {
        assert!(stopping.contains(words), "{words}: {stopping}");
    }
    let fault = section(DEPENDENCE, "Does it mean I did something wrong?");
    let nearly = fault.find("Nearly everyone").expect("the fact");
    let limit = fault.find("does not tell you how strong withdrawal will be");
    assert!(limit.is_some_and(|limit| limit > nearly), "{fault}");
}

#[test]
fn every_page_on_tapering_withdrawal_and_aftercare_has_a_true_figure_or_finding_of_hope() {
    for (address, words) in [
        (TAPERING, "45% were off after a year"),
        (
            TAPERING,
            "many people can taper without significant problems",
        ),
        (PREPARING, "were off after a year"),
        (NEVER, "many people can taper without significant problems"),
        (DANGER, "45% were off after a year"),
        (AFTER, "seven in ten were still off after three"),
        (RELAPSE, "were taking none ten years later"),
    ] {
        assert!(text(address).contains(words), "{address}: {words}");
    }
}

#[test]
fn the_crisis_line_is_called_and_nothing_is_said_in_translated_or_british_words() {
    let words = [
        "Contact 988",
        "contact 988",
        "follows you up",
        "know the way",
        "From the first talk to afterward",
        "The way goes",
        "help is worth asking",
        "looks do not tell",
        "prove that they come from",
        "Dark thoughts",
        "getting-up time",
        "in hospital",
        "being sick",
        "a lift",
        "walk them about",
        "hom do I",
        "You find them in",
    ];
    none(
        "a calque or a British word",
        &faults(|_, sentence| has_any(sentence, &words)),
    );
    let heads = english().keys().filter(|address| {
        let page = &library().pages[**address];
        let body = page.all("body").next().expect("a body");
        has_any(&page.text_of(body), &["Contact 988", "contact 988"])
    });
    assert_eq!(heads.count(), 0);
}

#[test]
fn a_fever_is_never_only_a_call_to_the_doctor() {
    let mut seen = 0;
    for said in said() {
        if !said.place.contains(DANGER)
            || !said.has("With a fever, call") && !said.has("With any fever, call")
        {
            continue;
        }
        seen += 1;
        assert!(
            said.has("103 °F (39.4 °C) or more") && said.has("911"),
            "{}",
            said.block
        );
    }
    assert!(seen > 0);
}
