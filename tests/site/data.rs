//! What readers see of the data files: which rows, with which words, and what is said about them.

use crate::support::page::single_spaces;
use crate::support::{HELPLINES, Site};

/// Gives the text of a page of a built site with single spaces, without its frame.
fn main_of(site: &Site, address: &str) -> String {
    site.build().page(address).main()
}

/// Gives the rows of the table with this caption, each as its cells.
fn table(site: &Site, address: &str, caption: &str) -> Vec<Vec<String>> {
    let page = site.build();
    let page = page.page(address);
    let table = page
        .all("table")
        .find(|table| {
            let mut captions = page
                .all("caption")
                .filter(|id| page.around(*id).any(|id| id == *table));
            captions.any(|id| page.text_of(id).starts_with(caption))
        })
        .unwrap_or_else(|| panic!("{address} has no table {caption}"));
    let inside = |id: &usize, outer: usize| page.around(*id).any(|around| around == outer);
    page.all("tr")
        .filter(|row| inside(row, table))
        .map(|row| {
            let cells = page.elements.iter().enumerate().filter(|(id, element)| {
                matches!(element.name.as_str(), "th" | "td") && inside(id, row)
            });
            cells
                .map(|(id, _)| single_spaces(&page.text_of(id)))
                .collect()
        })
        .collect()
}

fn helpline(id: &str, keys: &str) -> String {
    format!(
        "\n[[helpline]]\nid = \"{id}\"\nservice = \"{id}\"\ncountry = \"US\"\nname = \"Line {id}\"\npublish = \"ok\"\n{keys}\n"
    )
}

fn with_helplines(more: &[String]) -> Site {
    let rows = format!("{HELPLINES}{}", more.concat());
    Site::started().file("content/_data/helplines.toml", rows)
}

const TERMS: &str = "[[term]]\nid = \"kindling\"\nterm = \"Kindling\"\ndefinition = \"Each try is harder.\"\nverified = \"no\"\n\
    also_called = [\"sparking\"]\n\
    [[term]]\nid = \"office\"\nterm = \"Front office\"\ndefinition = \"Where you sign in.\"\nverified = \"no\"\nprint = true\n\
    [[term]]\nid = \"taper\"\nterm = \"Taper (slow)\"\ndefinition = \"Smaller steps.\"\nverified = \"yes\"\n\
    [[term]]\nid = \"secret\"\nterm = \"Windows\"\ndefinition = \"A hidden row.\"\nverified = \"yes\"\nprint = false\n";

#[test]
fn a_term_that_nobody_verified_is_nowhere_read_and_still_found() {
    let site = Site::started()
        .file("content/_data/glossary.toml", TERMS)
        .article(
            "en/care/words.md",
            "Kindling and a taper, at the front office, with windows.\n",
        );
    let built = site.build();
    assert!(built.findings.is_empty(), "{:?}", built.findings);
    for (address, bytes) in &built.web {
        let text = String::from_utf8_lossy(bytes);
        for hidden in ["Each try is harder", "A hidden row"] {
            assert!(!text.contains(hidden), "{address}: {hidden}");
        }
    }
    let glossary = built.page("en/glossary.html").main();
    for shown in ["Where you sign in.", "Smaller steps."] {
        assert!(glossary.contains(shown), "{glossary}");
    }
    assert!(!glossary.contains("Kindling"), "{glossary}");
    let page = built.page("en/care/words.html");
    let terms: Vec<String> = page
        .all("a")
        .filter(|id| page.attribute(*id, "class") == Some("term"))
        .map(|id| page.text_of(id))
        .collect();
    assert_eq!(terms, ["taper", "front office"]);
    let shown = site.search("en", &["sparking".to_owned()]);
    assert!(
        shown[0]
            .results
            .iter()
            .any(|page| page.url.contains("words")),
        "{shown:?}"
    );
}

#[test]
fn a_link_to_a_term_that_is_not_shown_leads_nowhere_and_is_found() {
    let site = Site::started()
        .file("content/_data/glossary.toml", TERMS)
        .article("en/glossary.md", "![[glossary]]\n")
        .article(
            "en/care/words.md",
            "[One](../glossary.md#term-kindling) and [two](../glossary.md#term-taper).\n",
        );
    let found = site.check();
    assert!(
        found.contains("kindling") && !found.contains("taper"),
        "{found}"
    );
}

const SYMPTOMS: &str = "triage_reviewed_by_clinician = false\ncourse_general = \"Most ease over weeks.\"\ncourse_general_sources = [\"two\"]\n\
    [[symptom]]\nid = \"seizure\"\nname = \"Seizure\"\nurgency = \"emergency-now\"\nwhat_to_do = \"Call {emergency}.\"\nsources = [\"one\"]\nverified = \"yes\"\n\
    [[symptom]]\nid = \"sweating\"\nname = \"Sweating\"\nurgency = \"self-care\"\nwhat_to_do = \"Drink water.\"\nsources = [\"one\", \"two\"]\nverified = \"yes\"\n\
    course = \"Comes and goes.\"\ncourse_sources = [\"three\"]\n\
    [[symptom]]\nid = \"tremor\"\nname = \"Tremor\"\nurgency = \"call-prescriber\"\nwhat_to_do = \"Sit down.\"\nsources = [\"two\"]\nverified = \"yes\"\n\
    [[symptom]]\nid = \"taste\"\nname = \"Metal taste\"\nurgency = \"self-care\"\nwhat_to_do = \"Mention it.\"\nsources = [\"four\"]\nverified = \"no\"\n\
    [[symptom]]\nid = \"dry\"\nname = \"Dry mouth\"\nurgency = \"self-care\"\nwhat_to_do = \"Sip.\"\nverified = \"yes\"\nprint = false\n";

fn with_symptoms() -> Site {
    let source = |id: &str| {
        format!(
            "[[source]]\nid = \"{id}\"\ntitle = \"Source {id}\"\nverified = \"yes\"\nchecked = 2026-11-01\n"
        )
    };
    Site::started()
        .file("content/_data/symptoms.toml", SYMPTOMS)
        .file(
            "content/_data/sources.toml",
            ["one", "two", "three", "four"].map(source).concat(),
        )
        .article("en/care/signs.md", "![[symptoms]]\n")
}

#[test]
fn each_sign_has_the_numbers_of_its_sources_and_only_verified_signs_are_shown() {
    let site = with_symptoms();
    let emergency = table(&site, "en/care/signs.html", "Call 911 now");
    assert_eq!(
        emergency,
        [
            vec!["What you may notice", "What to do"],
            vec!["Seizure [1]", "Call 911."]
        ]
    );
    let others = table(&site, "en/care/signs.html", "Tell the doctor or nurse");
    assert_eq!(
        others,
        [
            vec!["What you may notice", "What to do", "How it usually goes"],
            vec!["Sweating [1] [2]", "Drink water.", "Comes and goes. [3]"],
            vec!["Tremor [2]", "Sit down.", ""],
        ]
    );
    let main = main_of(&site, "en/care/signs.html");
    assert!(main.contains("Most ease over weeks. [2]"), "{main}");
    assert!(
        !main.contains("Metal taste") && !main.contains("Dry mouth"),
        "{main}"
    );
    let sources = main_of(&site, "en/sources.html");
    for id in ["one", "two", "three"] {
        assert!(sources.contains(&format!("Source {id}")), "{sources}");
    }
    assert!(!sources.contains("Source four"), "{sources}");
}

#[test]
fn thoughts_of_suicide_have_their_line_under_the_first_heading_of_the_signs() {
    let main = main_of(&with_symptoms(), "en/care/signs.html");
    let heading = "Call 911 nowThoughts of suicide have their own line, 988, unless you are about to act or have already taken too much: then 911. What you may notice";
    assert!(main.contains(heading), "{main}");
}

#[test]
fn words_for_all_signs_are_translated_above_the_rows() {
    let site = with_symptoms()
        .file("stepdown.toml", "languages = [\"en\", \"es\"]\ncountry = \"US\"\n")
        .file(
            "content/_data/es/symptoms.toml",
            "course_general = \"Casi todos mejoran.\"\n[[symptom]]\nid = \"sweating\"\nname = \"Sudores\"\ncourse = \"Van y vienen.\"\n",
        )
        .article("es/index.md", "Inicio.\n")
        .article("es/care/signs.md", "![[symptoms]]\n");
    let main = main_of(&site, "es/care/signs.html");
    for words in [
        "Casi todos mejoran. [2]",
        "Sudores [1] [2]",
        "Van y vienen. [3]",
    ] {
        assert!(main.contains(words), "{words}: {main}");
    }
}

const MEDICINES: &str = "[[medicine]]\nid = \"lorazepam\"\ngeneric = \"lorazepam\"\nacting = \"intermediate\"\nwarning_group = \"fast\"\n\
    also_classed_as = \"often called short-acting in the UK\"\n\
    [[medicine]]\nid = \"diazepam\"\ngeneric = \"diazepam\"\nacting = \"long\"\nwarning_group = \"longer\"\n\
    [[medicine]]\nid = \"zopiclone\"\ngeneric = \"zopiclone\"\nacting = \"short\"\nwarning_group = \"ask\"\n\
    [[medicine]]\nid = \"estazolam\"\ngeneric = \"estazolam\"\n\
    [[medicine]]\nid = \"unread\"\ngeneric = \"unreadzepam\"\nverified = \"no\"\n";

#[test]
fn every_medicine_says_which_warning_is_meant_for_it_in_each_language() {
    let mut site = Site::started()
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"es\", \"ar\"]\ncountry = \"US\"\n",
        )
        .file("content/_data/medicines.toml", MEDICINES);
    for language in ["en", "es", "ar"] {
        site = site
            .article(&format!("{language}/index.md"), "Home.\n")
            .article(&format!("{language}/care/names.md"), "![[medicines]]\n");
    }
    for (language, caption, fast, longer, ask, between) in [
        (
            "en",
            "Medicines",
            "leaves the body fast",
            "longer-acting",
            "not known: act as if it leaves the body fast, and ask a pharmacist",
            "in between",
        ),
        (
            "es",
            "",
            "sale rápido del cuerpo",
            "de acción más prolongada",
            "no se sabe: actúe como si saliera rápido del cuerpo y pregunte en la farmacia",
            "intermedia",
        ),
        (
            "ar",
            "",
            "يخرج من الجسم بسرعة",
            "مفعوله أطول",
            "غير معروف: تصرّف كأنه يخرج من الجسم بسرعة، واسأل الصيدلي",
            "متوسطة",
        ),
    ] {
        let rows = table(&site, &format!("{language}/care/names.html"), caption);
        let first: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(
            first,
            [
                format!("lorazepam ({fast})"),
                format!("diazepam ({longer})"),
                format!("zopiclone ({ask})"),
                format!("estazolam ({ask})"),
            ]
        );
        assert_eq!(
            rows[1][1],
            format!("{between} (often called short-acting in the UK)")
        );
    }
}

/// Rows of all kinds: of the service's own page, of somebody else's page, and known to everybody.
fn rows_that_were_checked() -> Site {
    let general = HELPLINES.replacen(
        "publish = \"ok\"",
        "publish = \"ok\"\nhow_checked = \"general-knowledge\"",
        1,
    );
    let rows = [
        helpline(
            "crisis",
            "when = \"crisis\"\nshow = \"555-0101\"\ndial = \"5550101\"\nhow_checked = \"stored-page\"\nstored_page_of = \"third-party\"\nchecked_on = 2026-11-22",
        ),
        helpline(
            "own",
            "when = \"information\"\nshow = \"555-0102\"\ndial = \"5550102\"\nhow_checked = \"stored-page\"\nstored_page_of = \"service\"\nchecked_on = 2026-11-22",
        ),
        helpline(
            "later",
            "when = \"information\"\nshow = \"555-0103\"\ndial = \"5550103\"\nhow_checked = \"stored-page\"\nstored_page_of = \"service\"\nchecked_on = 2026-11-27",
        ),
    ]
    .concat();
    // The second row of the list, 988, says that the service's own page was read.
    let general = general.replace(
        "fills = \"crisis\"",
        "fills = \"crisis\"\nhow_checked = \"stored-page\"\nstored_page_of = \"service\"\nchecked_on = 2026-11-27",
    );
    Site::started()
        .file("content/_data/helplines.toml", format!("{general}{rows}"))
        .article(
            "en/care/crisis.md",
            "![[helplines|when=crisis]]\n\nThe end.\n",
        )
}

#[test]
fn how_numbers_were_checked_is_said_once_at_the_foot_and_is_true_for_each_row() {
    let main = main_of(&rows_that_were_checked(), "en/helplines.html");
    let foot = "We read these numbers in a saved copy of each service's own page between November 22, 2026 and November 27, 2026. \
        Some numbers (marked *) we read on November 22, 2026 on a page about the service, for example of a government or a partner, not on the service's own page. \
        Emergency numbers are widely published and carry no date. \
        If a number does not work, use the emergency number in an emergency, and tell us.";
    assert_eq!(main.matches(foot).count(), 1, "{main}");
    assert_eq!(main.matches("November").count(), 3, "{main}");
    let (list, _) = main.split_once("We read").unwrap();
    let marked: Vec<&str> = list.matches("Line crisis *").collect();
    assert_eq!((marked.len(), list.matches('*').count()), (1, 1), "{main}");
}

#[test]
fn a_list_for_a_crisis_says_nothing_about_checking() {
    let main = main_of(&rows_that_were_checked(), "en/care/crisis.html");
    assert!(main.contains("Line crisis 555-0101 The end."), "{main}");
    assert!(
        !main.contains("saved copy") && !main.contains('*'),
        "{main}"
    );
}

#[test]
fn a_list_to_learn_from_says_how_it_was_checked_however_its_option_is_written() {
    for when in ["information", "Information"] {
        let list = format!("## Lists\n\n![[helplines|when={when}]]\n");
        let site = rows_that_were_checked().article("en/care/list.md", &list);
        let main = main_of(&site, "en/care/list.html");
        assert!(main.contains("saved copy"), "{when}: {main}");
    }
}

#[test]
fn a_number_that_was_called_is_not_said_to_be_read() {
    let called = "when = \"information\"\nshow = \"555-0102\"\ndial = \"5550102\"\nhow_checked = \"called\"\nchecked_on = 2026-11-22";
    let read = "when = \"information\"\nshow = \"555-0103\"\ndial = \"5550103\"\nhow_checked = \"own-site\"";
    let site = with_helplines(&[helpline("a", called), helpline("b", read)]);
    let main = main_of(&site, "en/helplines.html");
    let foot = "We called or texted some of these numbers on November 22, 2026. We read some of these numbers on each service's own website. If";
    assert!(main.contains(foot), "{main}");
}

#[test]
fn a_service_with_one_row_of_somebody_elses_page_marks_that_number_only() {
    let row = |id: &str, of: &str, show: &str| {
        helpline(id, &format!("when = \"information\"\nshow = \"{show}\"\nsms_to = \"741741\"\nhow_checked = \"stored-page\"\nstored_page_of = \"{of}\""))
            .replace(&format!("service = \"{id}\""), "service = \"text\"")
            .replace(&format!("Line {id}"), "Text Line")
    };
    let site = with_helplines(&[
        row("a", "third-party", "Text HOME to 741741"),
        row("b", "service", "Text HOLA to 741741"),
    ]);
    let main = main_of(&site, "en/helplines.html");
    assert!(
        main.contains("Text Line Text HOME to 741741 * Text HOLA to 741741"),
        "{main}"
    );
}

const CENTER: &str = "name = \"Hope Center\"\nphone = \"614-555-0142\"\nphone_dial = \"+16145550142\"\n\
    after_hours = \"614-555-0143\"\nafter_hours_dial = \"+16145550143\"\nhours = \"Monday to Friday, 9 to 5\"\n";

fn with_center(line: &str) -> Site {
    let information = helpline(
        "info",
        "when = \"information\"\nshow = \"555-0102\"\ndial = \"5550102\"",
    );
    with_helplines(&[information])
        .file("content/_data/center.toml", format!("{CENTER}{line}"))
        .article(
            "en/care/ask.md",
            "Call {center.phone} or, at night, {center.after_hours}.\n",
        )
}

#[test]
fn a_clinical_line_of_the_center_says_whose_it_is_wherever_it_stands() {
    let built = with_center("line = \"clinical\"\n").build();
    assert!(built.findings.is_empty(), "{:?}", built.findings);
    let page = built.page("en/care/ask.html");
    let main = page.main();
    let sentence = "Call 614-555-0142 (Hope Center) or, at night, 614-555-0143 (Hope Center).";
    assert!(main.contains(sentence), "{main}");
    let links = page.links();
    for link in ["tel:+16145550142", "tel:+16145550143"] {
        assert!(links.contains(&link), "{links:?}");
    }
    let list = built.page("en/helplines.html").main();
    let card = "988 Hope Center, a treatment provider, publishes these pages 614-555-0142 614-555-0143: at night and on weekends \
        Answered by clinical staff. Monday to Friday, 9 to 5 Line info";
    assert!(list.contains(card), "{list}");
}

#[test]
fn the_hours_of_the_center_are_in_the_readers_language_or_say_that_they_are_not() {
    let site = with_center("line = \"clinical\"\n")
        .file(
            "stepdown.toml",
            "languages = [\"en\", \"es\", \"ar\"]\ncountry = \"US\"\n",
        )
        .file(
            "content/_data/es/center.toml",
            "hours = \"De lunes a viernes\"\n",
        )
        .article("es/index.md", "Inicio.\n")
        .article("ar/index.md", "الأولى.\n")
        .build();
    for (address, hours, language) in [
        ("es/helplines.html", "De lunes a viernes", "es"),
        ("ar/helplines.html", "Monday to Friday, 9 to 5", "en"),
    ] {
        let page = site.page(address);
        let (at, _) = page
            .texts()
            .find(|(_, text)| text.contains(hours))
            .unwrap_or_else(|| panic!("{address} lacks {hours}"));
        assert_eq!(page.language(at), Some(language), "{address}");
    }
}

#[test]
fn a_clinical_line_of_a_center_without_a_name_is_the_number_alone() {
    let site = with_center("line = \"clinical\"\n").file(
        "content/_data/center.toml",
        CENTER.replace("name = \"Hope Center\"\n", "line = \"clinical\"\n"),
    );
    let built = site.build();
    let main = built.page("en/care/ask.html").main();
    assert!(
        main.contains("Call 614-555-0142 or, at night, 614-555-0143."),
        "{main}"
    );
    let list = built.page("en/helplines.html").main();
    assert!(
        list.contains("A treatment provider publishes these pages 614"),
        "{list}"
    );
}

#[test]
fn a_line_for_admissions_fills_nothing_and_says_that_it_gives_no_advice() {
    let built = with_center("line = \"admissions\"\n").build();
    let main = built.page("en/care/ask.html").main();
    assert!(
        main.contains("Call a doctor or, at night, your clinic's night number."),
        "{main}"
    );
    let helps: Vec<&str> = built
        .findings
        .iter()
        .map(|found| found.help.as_str())
        .collect();
    assert!(
        helps.len() == 2
            && helps
                .iter()
                .all(|help| help.contains("clinical staff answer")),
        "{helps:?}"
    );
    let list = built.page("en/helplines.html").main();
    let card = "This line is for admissions. It does not give medical advice, by day or at night.";
    assert!(
        list.contains(card) && !list.contains("clinical staff"),
        "{list}"
    );
}

#[test]
fn a_number_of_the_center_without_a_line_is_found_at_the_number_and_printed_nowhere() {
    let site = with_center("");
    let found = site.findings();
    let places: Vec<String> = found
        .iter()
        .filter(|found| found.rule == "wrong-row")
        .map(|found| format!("{}:{}:{}", found.path, found.line, found.column))
        .collect();
    let file = "content/_data/center.toml";
    assert_eq!(places, [format!("{file}:2:9"), format!("{file}:4:15")]);
    let first = found
        .iter()
        .find(|found| found.rule == "wrong-row")
        .unwrap();
    assert!(
        first.message.contains("does not say what this line is"),
        "{first:?}"
    );
    assert!(
        first.help.starts_with("write `line = \"clinical\"`"),
        "the built-in file has an empty `line`, and a second one is not read: {first:?}"
    );
}

#[test]
fn a_line_of_the_center_that_cannot_be_read_is_one_mistake_and_found_once() {
    let found = with_center("line = \"nurses\"\n").findings();
    let wrong: Vec<&str> = found
        .iter()
        .filter(|found| found.rule == "wrong-row")
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(wrong, ["`line` cannot be used: `nurses` is not known here"]);
}

#[test]
fn the_centers_numbers_stand_on_the_list_of_a_country_without_services_too() {
    let site = with_center("line = \"clinical\"\n")
        .file("stepdown.toml", "languages = [\"en\"]\ncountry = \"JP\"\n");
    let list = main_of(&site, "en/helplines.html");
    let center = list.find("Hope Center").expect("the center is on the list");
    assert!(center < list.find("United States").unwrap(), "{list}");
}

#[test]
fn a_list_for_one_country_or_kind_leaves_the_center_out() {
    let site = with_center("line = \"clinical\"\n")
        .article("en/care/us.md", "![[helplines|country=US]]\n")
        .article("en/care/all.md", "![[helplines]]\n");
    assert!(!main_of(&site, "en/care/us.html").contains("Hope Center"));
    assert!(main_of(&site, "en/care/all.html").contains("Hope Center"));
}

#[test]
fn a_withdrawn_source_is_found_where_it_is_cited_with_what_to_cite_instead() {
    let sources = "[[source]]\nid = \"forum\"\ntitle = \"A forum\"\ncite_instead = [\"label\", \"guide\"]\n\
        [[source]]\nid = \"label\"\ntitle = \"A label\"\n[[source]]\nid = \"guide\"\ntitle = \"A guide\"\ncite_instead = [\"lable\"]\n";
    let medicines = "[[medicine]]\nid = \"a\"\ngeneric = \"a\"\nsources = [\"forum\"]\n";
    let site = Site::started()
        .file("content/_data/sources.toml", sources)
        .file("content/_data/medicines.toml", medicines)
        .article("en/care/one.md", "It is so [@label; @forum].\n");
    let found = site.findings();
    let lines: Vec<String> = found
        .iter()
        .map(|found| format!("{}: {} → {}", found.place(), found.message, found.help))
        .collect();
    assert_eq!(
        lines,
        [
            "content/_data/medicines.toml:4:12: withdrawn-source: the source `forum` was withdrawn → cite one of these in its place: `label`, `guide`",
            "content/_data/sources.toml:4:26: withdrawn-source: the source `guide` was withdrawn → cite one of these in its place: `lable`",
            "content/_data/sources.toml:11:17: unknown-source: no source has the id `lable` → did you mean `label`?",
            "content/en/care/one.md:7:20: withdrawn-source: the source `forum` was withdrawn → cite one of these in its place: `label`, `guide`",
        ]
    );
}
