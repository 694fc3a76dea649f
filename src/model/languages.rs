//! What belongs to one language of a site: interface texts, data, dates, alphabetical order, glossary and telephone numbers.

use crate::base::collation::Collation;
use crate::base::date::DateWriter;
use crate::base::language::Language;
use crate::base::path::SitePath;
use crate::base::place::Place;
use crate::base::texts::{Messages, Texts};
use crate::finding::rules::{MISSING_MESSAGE, WRONG_SYNTAX};
use crate::finding::{Finding, Findings};
use crate::load::{Origin, Snapshot, SourceFile, Starter, starter_files};
use crate::model::components;
use crate::model::data::{self, Data, Row, Source};
use crate::model::glossary::Glossary;
use crate::model::phone::Numbers;
use crate::model::placeholders::Placeholders;
use crate::settings::Settings;
use std::collections::HashMap;

/// The language whose interface texts are complete: every other is held against it.
const REFERENCE: &str = "en";

/// One language of a site.
pub(crate) struct LanguageSite {
    /// The language.
    pub language: Language,
    /// The interface texts.
    pub texts: Texts,
    /// The names of all interface texts.
    pub text_names: Vec<String>,
    /// The data.
    pub data: Data,
    /// How dates are written.
    pub dates: DateWriter,
    /// The alphabetical order.
    pub collation: Collation,
    /// The terms that are looked for in texts.
    pub glossary: Glossary,
    /// What the placeholders stand for.
    pub placeholders: Placeholders,
    /// What stands behind the title of each source, by its id: the same on every page that cites it.
    pub source_facts: HashMap<String, String>,
    /// The telephone numbers that pages may show.
    pub numbers: Numbers,
}

/// Reads all languages of a site.
pub(crate) fn read(
    snapshot: &Snapshot,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<LanguageSite> {
    let reference = reference();
    let one = |language: &Language| {
        let own = own_messages(snapshot, language, &reference, findings);
        let texts = Texts::new(language, std::iter::once(&reference).chain(&own));
        let data = data::read(snapshot, language, findings);
        let placeholders = Placeholders::new(&data, settings, language, &texts);
        let dates = DateWriter::new(language);
        let facts = |row: &Row<Source>| {
            (
                row.id.clone(),
                components::source_facts(&row.value, &texts, &dates),
            )
        };
        LanguageSite {
            source_facts: data.sources.iter().map(facts).collect(),
            glossary: Glossary::new(&data),
            numbers: Numbers::new(&data, settings),
            text_names: reference.names().to_vec(),
            dates,
            collation: Collation::new(language),
            language: language.clone(),
            texts,
            data,
            placeholders,
        }
    };
    settings.languages.iter().map(one).collect()
}

fn texts_path(code: &str) -> SitePath {
    SitePath::new(&format!("templates/texts/{code}.ftl"))
}

/// Reads the built-in English texts, which are complete, as a test proves.
fn reference() -> Messages {
    let path = texts_path(REFERENCE);
    let file = starter_files(Starter::LookOnly).find(|(name, _)| *name == path.as_str());
    let text = file.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    Messages::read(text.unwrap_or_default()).0
}

fn messages(file: &SourceFile, findings: &mut Findings) -> Messages {
    let (messages, faults) = Messages::read(file.text());
    for fault in faults {
        let finding = Finding::new(
            &WRONG_SYNTAX,
            Place::new(file.id, fault.range),
            format!("this text cannot be read: {}", fault.message),
        );
        findings.push(finding.help("write each text as `name = words`"));
    }
    messages
}

/// Reads the texts of a language, or the site's own English ones over the built-in.
fn own_messages(
    snapshot: &Snapshot,
    language: &Language,
    reference: &Messages,
    findings: &mut Findings,
) -> Option<Messages> {
    let path = texts_path(language.code());
    let file = snapshot.find(&path);
    if language.code() == REFERENCE && file.is_none_or(|file| file.origin == Origin::BuiltIn) {
        return None;
    }
    let Some(file) = file else {
        let message = format!(
            "there are no interface texts in the language `{language}`, so English stands in"
        );
        let help =
            format!("copy `templates/texts/en.ftl` of the starter to `{path}` and translate it");
        findings.push(Finding::of_site(&MISSING_MESSAGE, message).help(help));
        return None;
    };
    let own = messages(file, findings);
    for name in reference.names() {
        if !own.names().contains(name) {
            let finding = Finding::new(
                &MISSING_MESSAGE,
                Place::new(file.id, 0..0),
                format!("the text `{name}` is missing, so the built-in English one stands in"),
            );
            findings.push(finding.help(format!("add a line `{name} = …`")));
        }
    }
    Some(own)
}
