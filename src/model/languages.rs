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
use crate::model::phone::PublishedNumbers;
use crate::model::placeholders::Placeholders;
use crate::settings::Settings;
use std::collections::{HashMap, HashSet};

/// The language whose interface texts are complete: every other is held against it.
const REFERENCE: &str = "en";

/// One language of a site.
pub(crate) struct LanguageSite {
    /// The language.
    pub language: Language,
    /// The interface texts.
    pub texts: Texts,
    /// The names of all interface texts, the site's own among them.
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
    pub numbers: PublishedNumbers,
}

/// Reads all languages of a site.
pub(crate) fn read(
    snapshot: &Snapshot,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<LanguageSite> {
    let reference = reference();
    // What the site says in English stands in for what it does not say in another language.
    let own_english = own_texts(snapshot, REFERENCE).map(|file| messages(file, findings));
    let english: Vec<&Messages> = std::iter::once(&reference).chain(&own_english).collect();
    let one = |language: &Language| {
        let own = if language.code() == REFERENCE {
            Vec::new()
        } else {
            own_messages(snapshot, language, &reference, findings)
        };
        let files: Vec<&Messages> = english.iter().copied().chain(&own).collect();
        let texts = Texts::new(language, files.iter().copied());
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
            numbers: PublishedNumbers::new(&data, settings),
            text_names: names(&files),
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
    built_in(&texts_path(REFERENCE)).unwrap_or_else(|| Messages::read("").0)
}

/// Reads the built-in texts of a language, if the program has any.
fn built_in(path: &SitePath) -> Option<Messages> {
    let file = starter_files(Starter::LookOnly).find(|(name, _)| *name == path.as_str());
    let text = file.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok())?;
    Some(Messages::read(text).0)
}

/// Finds the file with the interface texts of a language that the site itself has.
pub(crate) fn own_texts<'a>(snapshot: &'a Snapshot, code: &str) -> Option<&'a SourceFile> {
    snapshot
        .find(&texts_path(code))
        .filter(|file| file.origin == Origin::Site)
}

/// Lists the names of all messages of several files, each once, in the order in which they first come.
fn names(files: &[&Messages]) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = files.iter().flat_map(|file| file.names());
    all.filter(|name| seen.insert(name.as_str()))
        .cloned()
        .collect()
}

fn messages(file: &SourceFile, findings: &mut Findings) -> Messages {
    let (messages, faults) = Messages::read(file.text());
    for fault in faults {
        let finding = Finding::new(
            &WRONG_SYNTAX,
            Place::new(file.id, fault.range),
            "this text cannot be read",
        );
        findings.push(finding.help(
            "write each text as `name = words`, and begin each further line of it with four spaces",
        ));
    }
    messages
}

/// Reads the texts of a language other than English, which stand over the English ones: the built-in, and over these the site's own, one by one.
fn own_messages(
    snapshot: &Snapshot,
    language: &Language,
    reference: &Messages,
    findings: &mut Findings,
) -> Vec<Messages> {
    let path = texts_path(language.code());
    let own = own_texts(snapshot, language.code());
    let mut texts: Vec<Messages> = built_in(&path).into_iter().collect();
    if let Some(file) = own {
        let messages = messages(file, findings);
        report_untranslated(file, &messages, reference, findings);
        texts.push(messages);
    }
    let missing: Vec<&str> = reference
        .names()
        .iter()
        .filter(|name| !texts.iter().any(|texts| texts.names().contains(name)))
        .map(String::as_str)
        .collect();
    if let (Some(file), [_, ..]) = (own, missing.as_slice()) {
        let message = format!(
            "{} not in this file, so the English words stand in: {}",
            counted(missing.len(), "text is", "texts are"),
            some_of(&missing)
        );
        let help = format!("add a line such as `{} = …`", missing[0]);
        findings
            .push(Finding::new(&MISSING_MESSAGE, Place::new(file.id, 0..0), message).help(help));
    } else if texts.is_empty() {
        let message = format!(
            "there are no interface texts in the language `{language}`, so English stands in"
        );
        let help = format!(
            "run `stepdown eject texts/{REFERENCE}.ftl`, rename the new file to `{path}`, and translate it"
        );
        findings.push(Finding::of_site(&MISSING_MESSAGE, message).help(help));
    }
    texts
}

/// Reports, once for a file, the texts that were copied from the English ones and not translated.
fn report_untranslated(
    file: &SourceFile,
    own: &Messages,
    reference: &Messages,
    findings: &mut Findings,
) {
    let same = own.same_as(reference);
    let Some(first) = same.first() else { return };
    let lines = file.text().split_inclusive('\n');
    let start: usize = lines
        .take_while(|line| line.split('=').next().map(str::trim) != Some(first))
        .map(str::len)
        .sum();
    let message = format!(
        "{} still in English: {}",
        counted(same.len(), "text is", "texts are"),
        some_of(&same)
    );
    let place = Place::new(file.id, start..start + first.len());
    findings.push(Finding::new(&MISSING_MESSAGE, place, message).help(
        "translate the words behind the equals sign; keep the name and what stands in braces",
    ));
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Names at most five of several texts.
fn some_of(names: &[&str]) -> String {
    let named: Vec<String> = names
        .iter()
        .take(5)
        .map(|name| format!("`{name}`"))
        .collect();
    let rest = if names.len() > named.len() {
        " …"
    } else {
        ""
    };
    format!("{}{rest}", named.join(", "))
}
