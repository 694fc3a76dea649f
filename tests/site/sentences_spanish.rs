//! What no Spanish sentence may lose that somebody acts on: the pages of the library, its shared texts, and the fixed answers of its search.
//!
//! A rule is asked of every sentence that it is about, wherever it stands, so that a new page keeps it too.

use crate::promises::{pages, table};
use crate::support::page::{Page, single_spaces};
use crate::support::{HELPLINES, Site, files_below, options, repository, search};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use stepdown::disk::RealDisk;
use stepdown::load::Starter;
use stepdown::search::Shown;

/// What is read in one go.
const BLOCKS: [&str; 12] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "th",
    "dt",
    "dd",
    "summary",
    "figcaption",
];
const ON_PURPOSE: [&str; 6] = [
    "tome un frasco entero",
    "me tomé todo el frasco pero me siento bien",
    "tomé demasiado a propósito pero me siento bien",
    "mi hija tomó muchas pastillas a proposito",
    "se tomó las pastillas adrede",
    "me tragué todas las pastillas",
];
const BY_MISTAKE: [&str; 5] = [
    "tomé dos por error",
    "me tome la pastilla dos veces por equivocación",
    "mi hijo se tragó una pastilla",
    "la niña se comió un clonazepam",
    "mi abuela tomó doble dosis sin querer",
];
const RAN_OUT: [&str; 4] = [
    "me quedé sin pastillas",
    "se me acabaron las pastillas y es de noche",
    "no tengo mas rivotril",
    "me robaron las pastillas",
];
const TAKE_AWAY: [&str; 4] = [
    "¿le quito las pastillas?",
    "debo quitarle las pastillas a mi mamá",
    "le escondo el clonazepam a mi hijo?",
    "puedo tirarle las pastillas",
];

/// Questions that ordinary words of fear must bring to their answer.
const FEARED: [(&str, &str); 8] = [
    ("boquea", "overdose"),
    ("solo jadea", "overdose"),
    ("tengo fiebre", "danger"),
    ("estoy embarazada y tomo clonazepam", "pregnant"),
    ("estoy amamantando", "pregnant"),
    ("me mandaron a casa del hospital", "ran-out"),
    ("nunca me las recetaron", "ran-out"),
    ("día 4 de abstinencia", "stop-suddenly"),
];

/// A piece of Spanish text in small letters.
struct Passage {
    page: &'static str,
    text: String,
    /// Whether it is the row of a helpline, whose sentences belong together.
    is_row: bool,
}

impl Passage {
    fn has(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    fn sentences(&self) -> impl Iterator<Item = &str> {
        let row = self.is_row.then_some(self.text.as_str());
        let others = (!self.is_row).then(|| sentences(&self.text));
        row.into_iter().chain(others.into_iter().flatten())
    }
}

/// Cuts a text where a sentence ends.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let ends = [". ", "? ", "! "];
        let end = ends.iter().filter_map(|end| now.find(end)).min();
        let (sentence, after) = match end {
            Some(at) => (&now[..=at], Some(&now[at + 2..])),
            None => (now, None),
        };
        rest = after;
        Some(sentence)
    })
}

/// Gives the Spanish text of a page, block by block; the row of a helpline is one block.
fn read(page: &'static Page) -> Vec<Passage> {
    let is_row = |id: &usize| page.lies_in_class(*id, "helpline");
    let blocks = BLOCKS.iter().flat_map(|name| page.all(name));
    let rows = page.all("div").filter(is_row);
    let blocks = blocks.filter(|id| !is_row(id)).chain(rows);
    let spanish = blocks.filter(|id| page.language(*id) == Some("es"));
    let passage = |text: &str, is_row| Passage {
        page: &page.address,
        text: single_spaces(text).to_lowercase(),
        is_row,
    };
    let summary = page.meta("description").map(|text| passage(text, false));
    spanish
        .map(|id| passage(&page.text_of(id), is_row(&id)))
        .chain(summary)
        .collect()
}

/// Gives all Spanish text of the library.
fn passages() -> &'static [Passage] {
    static PASSAGES: OnceLock<Vec<Passage>> = OnceLock::new();
    PASSAGES.get_or_init(|| pages().flat_map(read).collect())
}

/// Gives the Spanish text of one page.
fn passages_of(address: &str) -> impl Iterator<Item = &'static Passage> {
    let mut of_page = passages()
        .iter()
        .filter(move |passage| passage.page == address)
        .peekable();
    assert!(of_page.peek().is_some(), "no Spanish text on {address}");
    of_page
}

/// Gives all Spanish boxes of a kind: the page, the box's title, and all its text, in small letters.
fn boxes(kind: &str) -> Vec<(&'static str, String, String)> {
    let class = format!("callout-{kind}");
    let mut found = Vec::new();
    for page in pages() {
        for section in page
            .all("section")
            .filter(|id| page.language(*id) == Some("es"))
        {
            let classes = page.attribute(section, "class").unwrap_or_default();
            if classes.split(' ').any(|known| known == class) {
                let title = (0..page.elements.len())
                    .find(|id| {
                        page.attribute(*id, "class") == Some("callout-title")
                            && page.around(*id).any(|around| around == section)
                    })
                    .map(|title| single_spaces(&page.text_of(title)).to_lowercase());
                let text = single_spaces(&page.text_of(section)).to_lowercase();
                found.push((page.address.as_str(), title.unwrap_or_default(), text));
            }
        }
    }
    found
}

/// Gives the Spanish texts of the search's fixed answers, paragraph by paragraph, in small letters.
fn answer_texts() -> Vec<String> {
    let table = table("content/_data/es/search.toml");
    let answers = table["answer"].as_array().unwrap();
    let paragraphs = answers.iter().flat_map(|answer| {
        let title = std::iter::once(&answer["title"]);
        title.chain(answer["text"].as_array().unwrap())
    });
    paragraphs
        .map(|text| text.as_str().unwrap().to_lowercase())
        .collect()
}

/// Gives what the search of the Spanish library shows for one of the questions above.
fn asked(question: &str) -> &'static Shown {
    static ASKED: OnceLock<BTreeMap<String, Shown>> = OnceLock::new();
    let asked = ASKED.get_or_init(|| {
        let feared = FEARED.map(|(question, _)| question);
        let questions = [&ON_PURPOSE[..], &BY_MISTAKE, &RAN_OUT, &TAKE_AWAY, &feared].concat();
        let questions: Vec<String> = questions.into_iter().map(ToOwned::to_owned).collect();
        let options = options(&repository(), Path::new("unused"), Starter::Whole);
        let shown = search(&RealDisk, &options, "es", &questions);
        questions.into_iter().zip(shown).collect()
    });
    &asked[question]
}

/// Gives the id of the first answer to a question, and all its words in small letters.
fn first_answer(question: &str) -> (&'static str, String) {
    let shown = asked(question);
    let first = shown.answers.first();
    let first = first.unwrap_or_else(|| panic!("{question}: no answer"));
    let text = format!("{} {}", first.title, first.text.join(" "));
    (&first.id, text.to_lowercase())
}

/// Gives the items of the first list in a Spanish shared text, in small letters.
fn items(name: &str) -> Vec<String> {
    let shared = format!("content/_shared/es/{name}.md");
    let bytes = std::fs::read(repository().join(&shared)).unwrap_or_default();
    let site = Site::new()
        .file("stepdown.toml", "languages = [\"es\"]\ncountry = \"US\"\n")
        .file("content/_data/helplines.toml", HELPLINES)
        .article("es/index.md", "Inicio.\n")
        .file(&shared, bytes)
        .article(
            "es/care/page.md",
            &format!("![[{name}]]\n\n## Otra parte\n\nTexto.\n"),
        )
        .build();
    let page = site.page("es/care/page.html");
    let is_inside = |id: &usize| page.lies_in_class(*id, "callout-body");
    let items = page.all("li").filter(is_inside);
    items
        .map(|id| single_spaces(&page.text_of(id)).to_lowercase())
        .collect()
}

/// Tells whether a text has all of these words.
fn has_all(text: &str, words: &[&str]) -> bool {
    words.iter().all(|words| text.contains(words))
}

// Taking the tablets away

#[test]
fn whoever_is_told_not_to_take_tablets_away_hears_why_and_when_it_is_different() {
    let mut told = 0;
    for passage in passages() {
        let forbids = passage
            .sentences()
            .find(|text| text.contains("no le quite") || text.contains("no quite"));
        let Some(forbids) = forbids else { continue };
        told += 1;
        assert!(forbids.contains("para que"), "{}: {forbids}", passage.page);
        let page: String = passages_of(passage.page)
            .map(|passage| passage.text.as_str())
            .collect();
        let exception = [
            "es distinto si",
            "hacerse daño",
            "llevar la cuenta",
            "bajo llave",
        ];
        assert!(has_all(&page, &exception), "{}: {forbids}", passage.page);
    }
    assert!(told > 0);
}

#[test]
fn each_dose_on_time_never_stands_without_nothing_for_someone_who_is_hard_to_keep_awake() {
    let mut told = 0;
    for passage in passages().iter().filter(|passage| passage.has("a su hora")) {
        told += 1;
        let awake = ["no le dé nada", "despierta"];
        assert!(
            has_all(&passage.text, &awake),
            "{}: {}",
            passage.page,
            passage.text
        );
    }
    assert!(told > 0);
}

#[test]
fn keeping_somebody_safe_means_locking_up_medicines_and_guns_and_not_leaving_them_alone() {
    let page = "es/families-crisis/crisis-help.html";
    let step = ["bajo llave", "armas", "una sola persona"];
    assert!(passages_of(page).any(|passage| has_all(&passage.text, &step)));
}

#[test]
fn asked_about_taking_tablets_away_the_search_names_the_reason_and_the_exception() {
    for question in TAKE_AWAY {
        let (id, text) = first_answer(question);
        assert_eq!(id, "lock-up", "{question}");
        let words = ["para que las deje", "hacerse daño", "bajo llave", "988"];
        assert!(has_all(&text, &words), "{question}: {text}");
    }
}

// Too much on purpose, and by mistake

#[test]
fn every_emergency_card_has_too_much_on_purpose_even_if_the_person_feels_fine() {
    let cards = boxes("emergency");
    assert!(cards.len() > 5, "{}", cards.len());
    for (page, title, text) in cards {
        let words = ["a propósito, aunque se sienta bien", "911"];
        assert!(has_all(&text, &words), "{page}: {text}");
        assert!(
            title.ends_with("si usted u otra persona:"),
            "{page}: {title}"
        );
    }
}

#[test]
fn whoever_thinks_of_suicide_and_already_took_too_much_is_sent_to_the_emergency_number() {
    let cards = boxes("urgent");
    let cards: Vec<_> = cards
        .iter()
        .filter(|card| card.2.contains("suicidio"))
        .collect();
    assert!(!cards.is_empty());
    for (page, _, text) in cards {
        let mut sentences = sentences(text);
        let is_told = sentences.any(|text| has_all(text, &["ya tomó demasiado", "911"]));
        assert!(is_told, "{page}: {text}");
    }
}

#[test]
fn the_poison_line_is_named_only_for_a_mistake_or_a_child() {
    let is_right = |text: &str| text.contains("por error") || text.contains("niñ");
    let mut named = 0;
    for passage in passages() {
        let names = |text: &&str| text.contains("1-800-222-1222") || text.contains("toxicología");
        for sentence in passage.sentences().filter(names) {
            named += 1;
            assert!(is_right(sentence), "{}: {sentence}", passage.page);
        }
    }
    assert!(named > 1, "{named}");
    let answers = answer_texts();
    let sentences = answers.iter().flat_map(|text| sentences(text));
    let named: Vec<&str> = sentences.filter(|text| text.contains("{poison}")).collect();
    assert!(!named.is_empty());
    for sentence in named {
        assert!(is_right(sentence), "{sentence}");
    }
}

#[test]
fn asked_about_too_much_on_purpose_the_search_names_the_emergency_number_first() {
    for question in ON_PURPOSE {
        let (id, text) = first_answer(question);
        assert_eq!(id, "overdose", "{question}");
        let emergency = text.find("a propósito, aunque se sienta bien");
        let emergency = emergency.unwrap_or_else(|| panic!("{question}: {text}"));
        let poison = text.find("1-800-222-1222").unwrap_or(text.len());
        assert!(
            text[..emergency].contains("911") && emergency < poison,
            "{question}: {text}"
        );
    }
}

#[test]
fn asked_about_a_mistake_or_a_child_the_search_names_the_poison_line_with_its_condition() {
    for question in BY_MISTAKE {
        let (id, text) = first_answer(question);
        assert_eq!(id, "overdose", "{question}");
        let sentence = sentences(&text).find(|text| text.contains("1-800-222-1222"));
        let sentence = sentence.unwrap_or_else(|| panic!("{question}: {text}"));
        let condition = ["por error", "niñ", "alerta", "respira bien"];
        assert!(has_all(sentence, &condition), "{question}: {sentence}");
    }
}

// Somebody does not wake

#[test]
fn the_steps_for_someone_who_does_not_wake_begin_with_the_call_and_take_a_gasp_for_no_breath() {
    let steps = items("c-od");
    assert_eq!(steps.len(), 6, "{steps:#?}");
    assert!(
        has_all(&steps[0], &["911", "altavoz", "no cuelgue"]),
        "{}",
        steps[0]
    );
    assert!(
        has_all(&steps[1], &["naloxona", "no espere", "rcp"]),
        "{}",
        steps[1]
    );
    assert!(
        has_all(&steps[2], &["solo jadea o boquea", "empiece la rcp"]),
        "{}",
        steps[2]
    );
    assert!(
        has_all(&steps[3], &["de lado", "boquea", "empiece la rcp"]),
        "{}",
        steps[3]
    );
    let second = ["2 a 3 minutos", "segunda dosis", "otro orificio"];
    assert!(has_all(&steps[4], &second), "{}", steps[4]);
    for (page, _, text) in boxes("emergency") {
        assert!(has_all(&text, &["solo jadea o boquea"]), "{page}: {text}");
    }
}

#[test]
fn the_first_list_of_the_overdose_page_is_for_someone_who_does_not_wake() {
    let address = "es/families-crisis/overdose-what-to-do.html";
    let page = pages().find(|page| page.address == address).unwrap();
    let main = page.only("main");
    let is_list = |id: &usize| {
        let name = page.elements[*id].name.as_str();
        (name == "ol" || name == "ul") && page.around(*id).any(|around| around == main)
    };
    let first = (0..page.elements.len()).find(is_list).unwrap();
    assert_eq!(page.language(first), Some("es"));
    let text = page.text_of(first);
    assert!(has_all(&text, &["Grite y sacuda", "RCP", "911"]), "{text}");
    let steps = boxes("steps");
    let seizure = steps
        .iter()
        .filter(|found| found.0 == address)
        .map(|found| &found.1);
    let titles: Vec<&String> = seizure.collect();
    assert!(
        titles.len() == 2 && titles[1].contains("convulsión"),
        "{titles:?}"
    );
}

#[test]
fn naloxone_comes_after_the_call_and_a_second_time_if_it_does_not_help() {
    let naloxone = boxes("important");
    let naloxone: Vec<_> = naloxone
        .iter()
        .filter(|found| found.2.contains("naloxona"))
        .collect();
    assert!(!naloxone.is_empty());
    for (page, title, text) in naloxone {
        let call = title.find("911");
        assert!(
            call.is_some() && call < title.find("naloxona"),
            "{page}: {title}"
        );
        let words = [
            "no revierte",
            "2 a 3 minutos",
            "segunda dosis",
            "no cuelgue",
        ];
        assert!(has_all(text, &words), "{page}: {text}");
    }
}

// Seizures and missed doses

#[test]
fn early_seizures_are_named_with_their_medicines_and_the_late_ones_beside_them() {
    let is_early = |text: &&str| text.contains("unas 24 horas") && text.contains("convulsi");
    let mut told = 0;
    for passage in passages() {
        for sentence in passage.sentences().filter(is_early) {
            told += 1;
            let names = ["alprazolam", "lorazepam", "temazepam"];
            assert!(has_all(sentence, &names), "{}: {sentence}", passage.page);
            let late = [
                "diazepam",
                "clonazepam",
                "una semana o más",
                "no significa que ya pasó el peligro",
            ];
            let is_told = passages_of(passage.page).any(|passage| has_all(&passage.text, &late));
            assert!(is_told, "{}: {sentence}", passage.page);
        }
    }
    assert!(told > 0);
    let danger = "es/withdrawal/withdrawal-danger-signs.html";
    assert!(passages_of(danger).any(|passage| passage.sentences().any(|text| is_early(&text))));
    for text in answer_texts() {
        assert!(!is_early(&text.as_str()), "{text}");
    }
}

#[test]
fn an_old_dose_is_too_strong_only_after_a_taper_or_a_long_break() {
    let mut told = 0;
    for (page, title, text) in boxes("important") {
        if !text.contains("dosis de antes") {
            continue;
        }
        told += 1;
        let words = ["reducción gradual", "pausa larga", "pregunte antes"];
        assert!(has_all(&text, &words), "{page}: {text}");
        assert!(title.contains("es posible que"), "{page}: {title}");
    }
    assert!(told > 0);
}

#[test]
fn after_missed_doses_a_reader_is_told_to_ask_tonight_and_not_frightened_of_the_medicine() {
    let address = "es/families-crisis/ran-out-or-missed-doses.html";
    let ask = [
        "pregunte antes de la próxima dosis",
        "esta noche y no mañana",
    ];
    assert!(passages_of(address).any(|passage| has_all(&passage.text, &ask)));
    for passage in passages_of(address) {
        assert!(!passage.has("dosis de antes"), "{}", passage.text);
        let is_of_doses = passage.has("saltó") || passage.has("salté");
        assert!(
            !is_of_doses || !passage.has("sobredosis"),
            "{}",
            passage.text
        );
    }
}

#[test]
fn the_box_against_a_sudden_stop_says_only_that_and_what_to_do() {
    let stop = boxes("important");
    let stop: Vec<_> = stop
        .iter()
        .filter(|found| found.1.contains("de golpe"))
        .collect();
    assert!(stop.len() > 3, "{}", stop.len());
    for (page, title, text) in stop {
        assert!(!title.contains("por su cuenta"), "{page}: {title}");
        let body = text.split_once(title.as_str()).map_or("", |(_, body)| body);
        let is_lock = title.contains("no le quite");
        assert!(
            is_lock || sentences(body.trim()).count() == 2,
            "{page}: {body}"
        );
        for other in ["otra dosis", "alcohol", "zolpidem", "opioide"] {
            assert!(!body.contains(other), "{page}: {body}");
        }
    }
}

#[test]
fn not_to_take_the_next_dose_depends_on_how_the_person_is_and_never_on_a_drink() {
    let signs = items("c-sleepy");
    assert_eq!(signs.len(), 4, "{signs:#?}");
    let drink: Vec<&String> = signs
        .iter()
        .filter(|text| text.contains("alcohol"))
        .collect();
    assert!(
        drink
            .iter()
            .all(|text| text.contains("sueño") || text.contains("como si")),
        "{drink:?}"
    );
    assert!(
        !passages()
            .iter()
            .any(|passage| passage.has("ha bebido alcohol"))
    );
}

#[test]
fn at_night_the_emergency_department_comes_before_urgent_care() {
    let mut named = 0;
    let answers = answer_texts();
    let texts = passages().iter().map(|passage| passage.text.as_str());
    for text in texts.chain(answers.iter().map(String::as_str)) {
        for sentence in sentences(text) {
            assert!(!sentence.contains("vaya a urgencias"), "{sentence}");
            let urgent = ["urgent care", "atención de urgencia", "centro de urgencias"];
            let urgent = urgent.iter().filter_map(|name| sentence.find(name)).min();
            if let Some(urgent) = urgent {
                named += 1;
                let before = &sentence[..urgent];
                assert!(before.contains("sala de emergencias"), "{sentence}");
                assert!(sentence.contains("de noche"), "{sentence}");
            }
        }
    }
    assert!(named > 0);
    for (page, _, text) in boxes("urgent") {
        let is_ran_out = text.contains("se quedó sin pastillas");
        assert!(
            !is_ran_out || text.contains("sala de emergencias"),
            "{page}: {text}"
        );
    }
}

#[test]
fn asked_about_running_out_the_search_says_whom_to_call_today_and_at_night() {
    for question in RAN_OUT {
        let (id, text) = first_answer(question);
        assert_eq!(id, "ran-out", "{question}");
        let words = [
            "sala de emergencias",
            "no maneje",
            "de noche",
            "no tome pastillas de más",
        ];
        assert!(has_all(&text, &words), "{question}: {text}");
        let page = asked(question)
            .results
            .first()
            .map(|page| page.url.as_str());
        let is_there = page.is_some_and(|page| page.contains("ran-out-or-missed-doses"));
        assert!(is_there, "{question}: {page:?}");
    }
}

// Words

#[test]
fn whoever_calls_the_crisis_line_reads_how_to_reach_it_in_spanish() {
    let mut calls = 0;
    for passage in passages() {
        for at in passage
            .text
            .match_indices("llame al 988")
            .chain(passage.text.match_indices("llame ahora al 988"))
            .chain(passage.text.match_indices("en el suicidio? 988"))
        {
            calls += 1;
            let call = &passage.text[at.0..];
            let number = call.split_once("988").map_or("", |(_, after)| after);
            let is_whole = number.starts_with(" y oprima 2 (o mande ayuda por texto al 988)");
            assert!(is_whole, "{}: {}", passage.page, passage.text);
        }
    }
    assert!(calls > 20, "{calls}");
}

#[test]
fn a_list_of_what_not_to_do_asks_for_it() {
    let lists = boxes("dont");
    assert!(!lists.is_empty());
    for (page, title, _) in lists {
        assert!(title.starts_with("por favor, no"), "{page}: {title}");
    }
}

#[test]
fn a_crisis_line_is_called_and_never_contacted_with() {
    let answers = answer_texts();
    let texts = passages().iter().map(|passage| passage.text.as_str());
    for text in texts.chain(answers.iter().map(String::as_str)) {
        for word in ["contacte con", "contactar con", "contactado con"] {
            assert!(!text.contains(word), "{text}");
        }
    }
    let mut calls = passages()
        .iter()
        .filter(|passage| passage.has("llame ahora al 988"));
    assert!(calls.next().is_some());
}

#[test]
fn what_is_about_to_happen_is_said_in_spanish() {
    for (page, _, text) in boxes("emergency") {
        let words = "está a punto de hacerse daño o de quitarse la vida";
        assert!(text.contains(words), "{page}: {text}");
    }
    let answers = answer_texts();
    let texts = passages().iter().map(|passage| passage.text.as_str());
    for text in texts.chain(answers.iter().map(String::as_str)) {
        for word in [
            "actuar según",
            "a punto de actuar",
            "terapias de conversación",
            "conduzca",
        ] {
            assert!(!text.contains(word), "{text}");
        }
    }
}

#[test]
fn words_for_one_person_do_not_speak_to_men_only() {
    let answers = answer_texts();
    let texts = passages().iter().map(|passage| passage.text.as_str());
    for text in texts.chain(answers.iter().map(String::as_str)) {
        for word in [
            "si no está seguro,",
            "si no está seguro:",
            "bien despierto",
            "mantenerse despierto",
            "quedarse quieto",
        ] {
            assert!(!text.contains(word), "{text}");
        }
    }
}

#[test]
fn no_spanish_text_rests_on_a_source_that_was_withdrawn() {
    let sources = table("content/_data/sources.toml");
    let sources = sources["source"].as_array().unwrap();
    let withdrawn = sources
        .iter()
        .filter(|row| row.get("cite_instead").is_some());
    let withdrawn: Vec<&str> = withdrawn.map(|row| row["id"].as_str().unwrap()).collect();
    assert!(!withdrawn.is_empty());
    for folder in ["content/es", "content/_shared/es"] {
        for (path, bytes) in files_below(&repository().join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            for id in &withdrawn {
                assert!(!text.contains(id), "{folder}/{path} cites {id}");
            }
        }
    }
}

#[test]
fn asked_about_gasping_fever_pregnancy_or_being_sent_home_the_search_has_the_answer() {
    for (question, expected) in FEARED {
        let (id, text) = first_answer(question);
        assert_eq!(id, expected, "{question}: {text}");
    }
    let (_, fever) = first_answer("tengo fiebre");
    assert!(has_all(&fever, &["fiebre de 103 °f", "rígidos"]), "{fever}");
    let (_, gasp) = first_answer("solo jadea");
    assert!(gasp.contains("rcp"), "{gasp}");
}

#[test]
fn a_child_who_is_sleepy_is_sent_to_the_emergency_number_without_a_better() {
    let mut seen = 0;
    for passage in passages_of("es/families-crisis/overdose-what-to-do.html") {
        assert!(!passage.has("llame mejor"), "{}", passage.text);
        seen += usize::from(passage.has("llame al 911 de inmediato"));
    }
    assert!(seen > 0);
}

#[test]
fn seizures_at_ordinary_doses_are_told_in_spanish_too() {
    let mut passages = passages_of("es/withdrawal/withdrawal-danger-signs.html");
    let says = |passage: &Passage| passage.has("también se han visto con dosis habituales");
    assert!(passages.any(says));
}
