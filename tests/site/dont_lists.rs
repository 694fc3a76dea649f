//! What the items of `> [!dont]` say: "do not" stands before each, unless the item says so itself, so that no meaning is turned round.

use crate::support::Site;

/// Gives the items of a list of what not to do, as readers see them.
fn items(language: &str, written: &[&str]) -> Vec<String> {
    let list = written.join("\n> - ");
    let settings = format!("languages = [\"{language}\"]\ncountry = \"US\"\n");
    let text = format!("> [!dont]\n> - {list}\n");
    let site = Site::started()
        .file("stepdown.toml", settings)
        .article(&format!("{language}/index.md"), "Home.\n")
        .article(&format!("{language}/part/page.md"), &text);
    let built = site.build();
    let page = built.page(&format!("{language}/part/page.html"));
    let items = page
        .all("li")
        .filter(|item| page.lies_in_class(*item, "callout-dont"));
    items
        .map(|item| page.text_of(item).trim().to_owned())
        .collect()
}

#[test]
fn an_item_that_says_no_itself_is_printed_as_it_stands() {
    let english = [
        "Don't drive",
        "Don’t drive",
        "**Don't** drive",
        "*Never* mix them",
        "Do not drive",
        "Never stop",
        "No alcohol",
        "NO ALCOHOL",
        "Avoid alcohol",
        "Please do not drive",
        "Please don’t wait",
        "Not more than one",
        "Nothing with alcohol",
        "❌ Never mix them",
    ];
    assert_eq!(
        items("en", &english),
        english.map(|item| item.replace('*', ""))
    );
    let spanish = [
        "No conduzca",
        "Nunca mezcle",
        "Jamás mezcle",
        "Evite el alcohol",
        "Tampoco beba",
        "**Nunca** mezcle",
        "Por favor no conduzca",
    ];
    assert_eq!(
        items("es", &spanish),
        spanish.map(|item| item.replace('*', ""))
    );
    let arabic = [
        "لا تقد السيارة",
        "تجنب الكحول",
        "تجنّب الكحول",
        "ممنوع الكحول",
    ];
    assert_eq!(items("ar", &arabic), arabic);
}

#[test]
fn every_other_item_says_do_not() {
    assert_eq!(
        items(
            "en",
            &[
                "drive",
                "Notice nothing",
                "Nominate anyone",
                "Stop suddenly",
                "donate"
            ]
        ),
        [
            "do not drive",
            "do not Notice nothing",
            "do not Nominate anyone",
            "do not Stop suddenly",
            "do not donate"
        ]
    );
    assert_eq!(
        items("es", &["conduzca", "note nada"]),
        ["no conduzca", "no note nada"]
    );
    assert_eq!(items("ar", &["تقد السيارة"]), ["لا تقد السيارة"]);
}

#[test]
fn the_words_that_say_no_are_texts_of_the_site() {
    let site = Site::started()
        .file(
            "templates/texts/en.ftl",
            "dont-prefix = nae\ndont-negations = dinnae, haud yer\n",
        )
        .article(
            "en/part/page.md",
            "> [!dont]\n> - Dinnae drive\n> - Haud yer whisht\n> - never mind\n",
        );
    let built = site.build();
    let page = built.page("en/part/page.html");
    let items = page
        .all("li")
        .filter(|item| page.lies_in_class(*item, "callout-dont"));
    let items: Vec<String> = items
        .map(|item| page.text_of(item).trim().to_owned())
        .collect();
    assert_eq!(items, ["Dinnae drive", "Haud yer whisht", "nae never mind"]);
}
