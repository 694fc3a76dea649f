//! The data files of a site, typed: each row once for each language, its texts from `_data/LANG/` where they are translated.

use crate::base::address;
use crate::base::date::Date;
use crate::base::dialing::dial_the_same;
use crate::base::language::Language;
use crate::base::nearest::nearest;
use crate::base::path::{SitePath, percent_encode};
use crate::base::phone::{self, Written};
use crate::base::place::{FileId, Place, Spot};
use crate::base::value::{Kind, Table, Value};
use crate::finding::fields::{Fields, FromValue, words};
use crate::finding::rules::{UNKNOWN_SOURCE, WITHDRAWN_SOURCE, WRONG_ROW};
use crate::finding::{Finding, Findings};
use crate::load::Snapshot;
use crate::model::answers::{self, SearchData};
use std::collections::HashMap;

words! {
    /// When a number is called.
    pub(crate) enum When {
        /// In danger.
        Emergency = "emergency",
        /// In a crisis.
        Crisis = "crisis",
        /// To learn something.
        Information = "information",
    }
}

words! {
    /// The placeholder that a number fills.
    pub(crate) enum Fills {
        /// `{emergency}`.
        Emergency = "emergency",
        /// `{crisis}`.
        Crisis = "crisis",
        /// `{poison}`.
        Poison = "poison",
    }
}

words! {
    /// Whether a number may be shown.
    pub(crate) enum MayShow {
        /// It may.
        Ok = "ok",
        /// Somebody must check it first.
        VerifyFirst = "verify-first",
    }
}

words! {
    /// How a number was checked.
    pub(crate) enum HowChecked {
        /// A person called or texted it.
        Called = "called",
        /// A person read it on the service's own site.
        OwnSite = "own-site",
        /// It was read in a stored copy of a page.
        StoredPage = "stored-page",
        /// It was not seen in any page.
        GeneralKnowledge = "general-knowledge",
    }
}

words! {
    /// Whose page a stored page was.
    pub(crate) enum PageOf {
        /// The service's own.
        Service = "service",
        /// Somebody else's, about the service.
        ThirdParty = "third-party",
    }
}

words! {
    /// Who answers the center's numbers.
    pub(crate) enum Line {
        /// Clinical staff.
        Clinical = "clinical",
        /// Staff who admit people to treatment, and give no medical advice.
        Admissions = "admissions",
    }
}

words! {
    /// How urgent a symptom is.
    pub(crate) enum Urgency {
        /// Look after it.
        SelfCare = "self-care",
        /// Tell the prescriber.
        CallPrescriber = "call-prescriber",
        /// Call the emergency number.
        EmergencyNow = "emergency-now",
    }
}

words! {
    /// How long a medicine acts.
    pub(crate) enum Acting {
        /// Under about 12 hours.
        Short = "short",
        /// About 12 to 24 hours.
        Intermediate = "intermediate",
        /// Over about 24 hours.
        Long = "long",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

words! {
    /// Which warning about seizures after a sudden stop is meant for a medicine.
    pub(crate) enum Warning {
        /// The one about the first day.
        Fast = "fast",
        /// The one about later days.
        Longer = "longer",
        /// Nobody knows, so act as if it were the first.
        Ask = "ask",
    }
}

/// What every row has.
#[derive(Clone, Debug)]
pub(crate) struct Row<T> {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Whether its texts are in the reader's language, and not in the site's first language.
    pub is_translated: bool,
    /// Its values.
    pub value: T,
}

/// A telephone, text or web service.
#[derive(Clone, Debug)]
pub(crate) struct Helpline {
    /// Rows of one service have the same word here.
    pub service: String,
    /// Two letters; `EU` and `XX` stand for the European Union and for any country.
    pub country: String,
    /// The name.
    pub name: Spot<String>,
    /// When it is called.
    pub when: When,
    /// The placeholder it fills for its country.
    pub fills: Option<Fills>,
    /// The number as it is printed.
    pub show: Spot<String>,
    /// What the telephone dials.
    pub dial: Option<String>,
    /// Keys to press when answered.
    pub after_dial: Option<String>,
    /// Where a text message goes.
    pub sms_to: Option<String>,
    /// What the text message says.
    pub sms_body: Option<String>,
    /// The web address.
    pub url: Option<String>,
    /// When somebody answers.
    pub hours: Option<Spot<String>>,
    /// The languages that are spoken.
    pub languages: Vec<String>,
    /// What it costs.
    pub cost: Option<Spot<String>>,
    /// What it is for.
    pub use_when: Option<Spot<String>>,
    /// A remark.
    pub note: Option<Spot<String>>,
    /// How it was checked.
    pub how_checked: Option<HowChecked>,
    /// Whose page it was that somebody read.
    pub page_of: Option<PageOf>,
    /// When it was checked.
    pub checked_on: Option<Date>,
    /// Whether it may be shown.
    pub is_published: bool,
}

impl Helpline {
    /// Gives where a call leads, with the keys to press after a pause (RFC 3966).
    pub(crate) fn call(&self) -> Option<String> {
        let dial = self.dial.as_ref()?;
        let keys = self.after_dial.as_ref().map(|keys| format!(",{keys}"));
        Some(format!("tel:{dial}{}", keys.unwrap_or_default()))
    }

    /// Gives where a text message leads, with its first words (RFC 5724).
    pub(crate) fn message(&self) -> Option<String> {
        let to = self.sms_to.as_ref()?;
        let body = self.sms_body.as_ref();
        let body = body.map(|body| format!("?body={}", percent_encode(body)));
        Some(format!("sms:{to}{}", body.unwrap_or_default()))
    }
}

/// A term of the glossary.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// The term.
    pub name: Spot<String>,
    /// Other names, and words that people search for but that we do not use ourselves; for search, never printed.
    pub also_called: Vec<Spot<String>>,
    /// What it means.
    pub definition: Spot<String>,
    /// Its sources.
    pub sources: Vec<Spot<String>>,
    /// Whether readers see it; a term that they do not see still has its words for search.
    pub is_printed: bool,
}

impl Term {
    /// Gives the term as it stands in running text: without a remark in brackets.
    pub(crate) fn word(&self) -> &str {
        without_remark(self.name.value.trim())
    }
}

/// Leaves out a remark in brackets behind a name, such as "(discontinued)".
pub(crate) fn without_remark(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// A medicine.
#[derive(Clone, Debug)]
pub(crate) struct Medicine {
    /// The generic name.
    pub generic: Spot<String>,
    /// The names under which it is sold, for search; a remark may follow in brackets.
    pub brands: Vec<Spot<String>>,
    /// How long it acts.
    pub acting: Option<Acting>,
    /// Where other sources put it in another group.
    pub also_classed_as: Option<Spot<String>>,
    /// Which warning is meant for it.
    pub warning: Warning,
    /// The half-life in words.
    pub half_life: Option<Spot<String>>,
    /// What it is mainly used for.
    pub main_use: Option<Spot<String>>,
    /// Its sources.
    pub sources: Vec<Spot<String>>,
    /// Whether readers see it; search knows its names in any case.
    pub is_printed: bool,
}

/// A symptom of withdrawal.
#[derive(Clone, Debug)]
pub(crate) struct Symptom {
    /// Its name.
    pub name: Spot<String>,
    /// What it is, in plain words.
    pub plain: Option<Spot<String>>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// What to do.
    pub what_to_do: Spot<String>,
    /// Its sources.
    pub sources: Vec<Spot<String>>,
    /// How it usually goes.
    pub course: Option<Course>,
    /// Whether readers see it.
    pub is_printed: bool,
}

impl Symptom {
    /// Goes through the ids of all its sources.
    pub(crate) fn cited(&self) -> impl Iterator<Item = &Spot<String>> {
        let course = self.course.iter().flat_map(|course| &course.sources);
        self.sources.iter().chain(course)
    }
}

/// How one symptom, or most of them, usually goes.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// The text.
    pub text: Spot<String>,
    /// Its sources.
    pub sources: Vec<Spot<String>>,
}

/// A source that pages rest on.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its title.
    pub title: Spot<String>,
    /// Who published it.
    pub publisher: Option<Spot<String>>,
    /// When it appeared.
    pub year: Option<u32>,
    /// Where it can be read.
    pub url: Option<Spot<String>>,
    /// When somebody last looked at it.
    pub checked: Option<Date>,
    /// Whether its text was read.
    pub is_verified: bool,
    /// The sources to cite in its place, if it was withdrawn.
    pub cite_instead: Vec<Spot<String>>,
}

/// A person who writes, translates or reviews.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The name.
    pub name: Spot<String>,
    /// What the person does.
    pub role: Option<Spot<String>>,
    /// Degrees and titles.
    pub credentials: Option<Spot<String>>,
    /// The entry in a professional register.
    pub registration: Option<Spot<String>>,
    /// Whether the person is a clinician.
    pub is_clinician: bool,
}

/// The center that publishes the site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Center {
    /// Its name.
    pub name: Option<Spot<String>>,
    /// The number by day, as printed.
    pub phone: Option<Spot<String>>,
    /// What the telephone dials for it.
    pub phone_dial: Option<Spot<String>>,
    /// The number at night and on weekends, as printed.
    pub after_hours: Option<Spot<String>>,
    /// What the telephone dials for it.
    pub after_hours_dial: Option<Spot<String>>,
    /// Who answers these numbers.
    pub line: Option<Line>,
    /// When somebody answers.
    pub hours: Option<Spot<String>>,
    /// Whether the hours are in the reader's language, and not in the site's first language.
    pub are_hours_translated: bool,
    /// The postal address.
    pub address: Option<Spot<String>>,
    /// The mail address.
    pub email: Option<Spot<String>>,
    /// The website.
    pub website: Option<Spot<String>>,
}

/// Words that mean the same to a reader who searches.
#[derive(Clone, Debug)]
pub(crate) struct Synonym {
    /// The words.
    pub words: Vec<Spot<String>>,
}

/// All data of a site in one language.
#[derive(Debug, Default)]
pub(crate) struct Data {
    /// The center.
    pub center: Center,
    /// The services.
    pub helplines: Vec<Row<Helpline>>,
    /// The glossary.
    pub terms: Vec<Row<Term>>,
    /// The medicines.
    pub medicines: Vec<Row<Medicine>>,
    /// The symptoms.
    pub symptoms: Vec<Row<Symptom>>,
    /// How most symptoms usually go.
    pub course: Option<Row<Course>>,
    /// Whether a clinician approved how urgent each symptom is; until then two groups are shown.
    pub is_triage_reviewed: bool,
    /// The sources.
    pub sources: Vec<Row<Source>>,
    /// The people.
    pub people: Vec<Row<Person>>,
    /// Words that mean the same.
    pub synonyms: Vec<Row<Synonym>>,
    /// What the search answers by itself.
    pub search: SearchData,
    source_index: HashMap<String, usize>,
    person_index: HashMap<String, usize>,
}

impl Data {
    /// Finds a source.
    pub(crate) fn source(&self, id: &str) -> Option<&Row<Source>> {
        self.source_index.get(id).map(|index| &self.sources[*index])
    }

    /// Says what is wrong with the id of a source that is cited: no source has it, or that source was withdrawn.
    pub(crate) fn source_fault(&self, id: &Spot<String>) -> Option<Finding> {
        let Some(row) = self.source(&id.value) else {
            let known = self.sources.iter().map(|row| row.id.as_str());
            let help = match nearest(&id.value, known) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "add the source to `content/_data/sources.toml`, or mend the id".to_owned(),
            };
            let message = format!("no source has the id `{}`", id.value);
            return Some(Finding::new(&UNKNOWN_SOURCE, id.place, message).help(help));
        };
        let instead = row.value.cite_instead.iter();
        let instead: Vec<String> = instead.map(|id| format!("`{}`", id.value)).collect();
        if instead.is_empty() {
            return None;
        }
        let message = format!("the source `{}` was withdrawn", id.value);
        let help = format!("cite one of these in its place: {}", instead.join(", "));
        Some(Finding::new(&WITHDRAWN_SOURCE, id.place, message).help(help))
    }

    /// Finds a person.
    pub(crate) fn person(&self, id: &str) -> Option<&Row<Person>> {
        self.person_index.get(id).map(|index| &self.people[*index])
    }
}

/// Reads the data of a language: the files directly in `_data/`, with the texts of `_data/LANG/` over theirs.
pub(crate) fn read(snapshot: &Snapshot, language: &Language, findings: &mut Findings) -> Data {
    let mut reader = Reader {
        snapshot,
        language,
        findings,
    };
    let mut data = Data {
        center: reader.center(),
        helplines: reader
            .rows(
                "helplines",
                "helpline",
                &["name", "show", "hours", "cost", "use_when", "note"],
                &[],
                helpline,
            )
            .1,
        terms: reader
            .rows(
                "glossary",
                "term",
                &["term", "also_called", "avoid", "definition"],
                &[],
                term,
            )
            .1,
        medicines: reader
            .rows(
                "medicines",
                "medicine",
                &[
                    "generic",
                    "also_classed_as",
                    "half_life",
                    "half_life_note",
                    "main_use",
                    "availability",
                    "notes",
                ],
                &["acting_status"],
                medicine,
            )
            .1,
        sources: reader
            .rows(
                "sources",
                "source",
                &["title", "publisher", "note"],
                &[],
                source_row,
            )
            .1,
        people: reader
            .rows("people", "person", &["role", "credentials"], &[], person)
            .1,
        synonyms: reader
            .rows("synonyms", "synonym", &["words"], &[], synonym)
            .1,
        ..Data::default()
    };
    data.search = answers::read(&mut reader);
    let own = reader.translation("symptoms");
    let (top, symptoms) = reader.rows(
        "symptoms",
        "symptom",
        &["name", "plain", "what_to_do", "course"],
        &[
            "triage_reviewed_by_clinician",
            "course_general",
            "course_general_sources",
        ],
        symptom,
    );
    data.symptoms = symptoms;
    let (is_triage_reviewed, course) = about_symptoms(top, own, findings);
    data.is_triage_reviewed = is_triage_reviewed;
    data.course = course;
    data.source_index = data
        .sources
        .iter()
        .enumerate()
        .map(|(index, row)| (row.id.clone(), index))
        .collect();
    data.person_index = data
        .people
        .iter()
        .enumerate()
        .map(|(index, row)| (row.id.clone(), index))
        .collect();
    check_sources(&data, findings);
    data
}

/// Reads what stands above the symptoms: whether a clinician approved the triage, and how most of them usually go.
fn about_symptoms(
    top: Top,
    own: Option<(FileId, Table)>,
    findings: &mut Findings,
) -> (bool, Option<Row<Course>>) {
    let mut table = Table { entries: top };
    let own = own.into_iter().flat_map(|(_, table)| table.entries);
    let own: Vec<_> = own
        .filter(|(key, _)| key.name == "course_general")
        .collect();
    let is_translated = !own.is_empty();
    overlay(&mut table, Table { entries: own });
    let Some((key, _)) = table.entries.first() else {
        return (false, None);
    };
    let mut fields = Fields::row(&table, key.place, "this file", findings);
    let sources = fields.list("course_general_sources");
    let course = fields.optional("course_general").map(|text| Row {
        id: "course_general".to_owned(),
        place: text.place,
        is_translated,
        value: Course { text, sources },
    });
    (fields.flag("triage_reviewed_by_clinician"), course)
}

/// Rows may rest only on sources that exist and were not withdrawn.
fn check_sources(data: &Data, findings: &mut Findings) {
    let terms = data.terms.iter().flat_map(|row| &row.value.sources);
    let medicines = data.medicines.iter().flat_map(|row| &row.value.sources);
    let symptoms = data.symptoms.iter().flat_map(|row| row.value.cited());
    let course = data.course.iter().flat_map(|row| &row.value.sources);
    let instead = data.sources.iter().flat_map(|row| &row.value.cite_instead);
    let own = terms.chain(medicines).chain(symptoms).chain(course);
    for id in own.chain(instead) {
        if let Some(fault) = data.source_fault(id) {
            findings.push(fault);
        }
    }
}

/// Reads data files for one language.
pub(super) struct Reader<'a, 'f> {
    snapshot: &'a Snapshot,
    language: &'a Language,
    pub(super) findings: &'f mut Findings,
}

pub(super) type Top = Vec<(crate::base::value::Key, Value)>;

impl Reader<'_, '_> {
    /// Reads a file to its table; a missing file is an empty table.
    fn table(&mut self, path: &str) -> Option<(FileId, Table)> {
        let file = self
            .snapshot
            .find(&SitePath::new(path))
            .filter(|file| file.is_text())?;
        let reading = crate::base::toml::read(file.id, file.text());
        self.findings.add_syntax_faults(reading.faults);
        Some((file.id, reading.table))
    }

    pub(super) fn translation(&mut self, name: &str) -> Option<(FileId, Table)> {
        let language = self.language;
        self.table(&format!("content/_data/{language}/{name}.toml"))
    }

    fn center(&mut self) -> Center {
        let Some((file, mut table)) = self.table("content/_data/center.toml") else {
            return Center::default();
        };
        let mut are_hours_translated = false;
        if let Some((_, translated)) = self.translation("center") {
            are_hours_translated = translated
                .entries
                .iter()
                .any(|(key, _)| key.name == "hours");
            overlay(&mut table, translated);
        }
        let mut fields = Fields::row(
            &table,
            Place::new(file, 0..0),
            "the center's data",
            self.findings,
        );
        let center = Center {
            name: fields.optional("name"),
            phone: fields.optional("phone"),
            phone_dial: dial(&mut fields, "phone_dial"),
            after_hours: fields.optional("after_hours"),
            after_hours_dial: dial(&mut fields, "after_hours_dial"),
            line: fields.optional("line").map(|spot| spot.value),
            hours: fields.optional("hours"),
            are_hours_translated,
            address: fields.optional("address"),
            email: mail_address(&mut fields, "email"),
            website: web_address(&mut fields, "website"),
        };
        for (show, key, dial) in [
            (&center.phone, "phone_dial", &center.phone_dial),
            (
                &center.after_hours,
                "after_hours_dial",
                &center.after_hours_dial,
            ),
        ] {
            let Some(show) = show else { continue };
            match dial {
                Some(dial) => check_printed(&mut fields, show, key, dial, None),
                None => check_can_be_tapped(&mut fields, show, key),
            }
        }
        if !fields.is_given("line") {
            for number in center.phone.iter().chain(&center.after_hours) {
                fields.reject(
                    number.place,
                    "`center.toml` does not say what this line is, so it is printed nowhere"
                        .to_owned(),
                    "write `line = \"clinical\"` if clinical staff answer it, or `line = \"admissions\"` if not",
                );
            }
        }
        fields.finish();
        center
    }

    /// Reads the rows of a file, and the keys above them that `top` names.
    pub(super) fn rows<T>(
        &mut self,
        name: &str,
        row_name: &'static str,
        texts: &[&str],
        top: &[&str],
        read: impl Fn(&mut Fields<'_, '_>) -> Option<T>,
    ) -> (Top, Vec<Row<T>>) {
        let Some((file, table)) = self.table(&format!("content/_data/{name}.toml")) else {
            return (Vec::new(), Vec::new());
        };
        let translated = self.translated_rows(name, row_name, texts);
        let mut tops = Vec::new();
        let mut rows: Vec<Row<T>> = Vec::new();
        let mut ids: HashMap<String, Place> = HashMap::new();
        for (key, value) in table.entries {
            if key.name != row_name {
                let is_known = top.contains(&key.name.as_str())
                    || matches!(key.name.as_str(), "checked" | "recheck_every_days");
                if !is_known {
                    let finding = Finding::new(
                        &WRONG_ROW,
                        key.place,
                        format!("`{}` is not a key of this file", key.name),
                    );
                    self.findings
                        .push(finding.help(format!("rows begin with a line `[[{row_name}]]`")));
                }
                tops.push((key, value));
                continue;
            }
            let Kind::List(items) = value.kind else {
                let finding = Finding::new(
                    &WRONG_ROW,
                    key.place,
                    format!("`{row_name}` must be written in double brackets"),
                );
                self.findings
                    .push(finding.help(format!("begin each row with a line `[[{row_name}]]`")));
                continue;
            };
            for item in items {
                let Kind::Table(mut row) = item.kind else {
                    continue;
                };
                let id = row_id(&row, item.place, self.findings);
                let Some(id) = id else { continue };
                if let Some(first) = ids.get(&id.value) {
                    let finding = Finding::new(
                        &WRONG_ROW,
                        id.place,
                        format!("the id `{}` is used twice", id.value),
                    );
                    self.findings.push(
                        finding
                            .also(*first, "it is used here first")
                            .help("give each row an id of its own"),
                    );
                    continue;
                }
                ids.insert(id.value.clone(), id.place);
                let translation = translated.get(&id.value).cloned();
                let is_translated = translation.is_some();
                if let Some(translation) = translation {
                    overlay(&mut row, translation);
                }
                let mut fields = Fields::row(&row, item.place, "this row", self.findings);
                fields.optional::<String>("id");
                let value = read(&mut fields);
                fields.finish();
                if let Some(value) = value {
                    rows.push(Row {
                        id: id.value,
                        place: Place::new(file, item.place.range()),
                        is_translated,
                        value,
                    });
                }
            }
        }
        self.check_translated_ids(name, row_name, &ids);
        (tops, rows)
    }

    fn translated_rows(
        &mut self,
        name: &str,
        row_name: &str,
        texts: &[&str],
    ) -> HashMap<String, Table> {
        let Some((_, table)) = self.translation(name) else {
            return HashMap::new();
        };
        let mut rows = HashMap::new();
        for (_, value) in table
            .entries
            .into_iter()
            .filter(|(key, _)| key.name == row_name)
        {
            let Kind::List(items) = value.kind else {
                continue;
            };
            for item in items {
                let Kind::Table(row) = item.kind else {
                    continue;
                };
                for (key, _) in &row.entries {
                    if key.name != "id" && !texts.contains(&key.name.as_str()) {
                        let finding = Finding::new(
                            &WRONG_ROW,
                            key.place,
                            format!("`{}` is not a text that is translated", key.name),
                        );
                        self.findings.push(finding.help(format!(
                            "a translated row has `id` and any of {}",
                            texts.join(", ")
                        )));
                    }
                }
                if let Some(id) = row_id(&row, item.place, self.findings) {
                    rows.insert(id.value, row);
                }
            }
        }
        rows
    }

    fn check_translated_ids(&mut self, name: &str, row_name: &str, known: &HashMap<String, Place>) {
        let Some((_, table)) = self.translation(name) else {
            return;
        };
        for (_, value) in table.entries.iter().filter(|(key, _)| key.name == row_name) {
            let Kind::List(items) = &value.kind else {
                continue;
            };
            for item in items {
                let Kind::Table(row) = &item.kind else {
                    continue;
                };
                let id = row.entries.iter().find(|(key, _)| key.name == "id");
                let Some((_, id)) = id else { continue };
                let written = String::from_value(id).unwrap_or_default();
                if !known.contains_key(&written) {
                    let finding = Finding::new(
                        &WRONG_ROW,
                        id.place,
                        format!("no row of `{name}.toml` has the id `{written}`"),
                    );
                    self.findings.push(
                        finding.help("a translated row has the id of the row that it translates"),
                    );
                }
            }
        }
    }
}

fn row_id(row: &Table, place: Place, findings: &mut Findings) -> Option<Spot<String>> {
    let entry = row.entries.iter().find(|(key, _)| key.name == "id");
    let id = entry.and_then(|(_, value)| {
        Some(Spot {
            value: String::from_value(value).ok()?,
            place: value.place,
        })
    });
    let id = id.filter(|id| !id.value.is_empty());
    if id.is_none() {
        let finding = Finding::new(&WRONG_ROW, place.start_only(), "this row has no `id`");
        findings.push(finding.help("give it a short name of its own, such as `id = \"us-988\"`"));
    }
    id
}

/// Puts the keys of a translated row over those of the row.
fn overlay(row: &mut Table, translation: Table) {
    for (key, value) in translation.entries {
        if key.name == "id" {
            continue;
        }
        row.entries.retain(|(name, _)| name.name != key.name);
        row.entries.push((key, value));
    }
}

fn text(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    fields.optional::<String>(key).map(|spot| spot.value)
}

/// Reads what a telephone dials: digits, with `+`, `*` or `#` where they belong.
fn dial(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Spot<String>> {
    let spot = fields.optional::<String>(key)?;
    let digits = spot.value.strip_prefix('+').unwrap_or(&spot.value);
    if !digits.is_empty()
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'#'))
    {
        return Some(spot);
    }
    fields.reject(
        spot.place,
        format!("`{key}` may only have digits, with a `+` before them"),
        "leave out spaces, brackets and hyphens",
    );
    None
}

/// Printed and dialed number must be the same, as a telephone sees them.
fn check_printed(
    fields: &mut Fields<'_, '_>,
    show: &Spot<String>,
    key: &'static str,
    dial: &Spot<String>,
    country: Option<&str>,
) {
    let dialed = phone::dialed(&dial.value);
    let printed = phone::printed(&show.value);
    let is_same = |written: &Written| dial_the_same(&written.number, &dialed, country);
    let whole = phone::numbers(&show.value, &|number| {
        dial_the_same(number, &dialed, country)
    });
    if printed.iter().any(is_same) && whole.iter().all(is_same) {
        return;
    }
    let message = format!(
        "`{key}` is `{}`, but the number that pages print is another",
        dial.value
    );
    let help = match suggested_dial(&show.value) {
        Some(digits) => format!(
            "if the printed number is right, write `{key} = \"{digits}\"`; else mend the printed one"
        ),
        None => format!("print the number of `{key}` in `{}`", show.value),
    };
    fields.reject_beside(dial.place, message, (show.place, "this is printed"), help);
}

/// A number that pages print can be tapped.
fn check_can_be_tapped(fields: &mut Fields<'_, '_>, show: &Spot<String>, key: &'static str) {
    if let Some(digits) = suggested_dial(&show.value) {
        fields.reject(
            show.place,
            format!("readers cannot tap this number, because `{key}` is missing"),
            format!("write `{key} = \"{digits}\"`, and try it by calling"),
        );
    }
}

/// Gives what `dial` could be for a printed number: its longest reading.
fn suggested_dial(show: &str) -> Option<String> {
    let number = phone::longest(show)?;
    let plus = if number.is_international { "+" } else { "" };
    Some(format!("{plus}{}", number.digits))
}

/// Reads the address of a website: absolute, and of no other kind.
fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Spot<String>> {
    let spot = fields.optional::<String>(key)?;
    if address::is_web(&spot.value) {
        return Some(spot);
    }
    let help = match address::mended_web(&spot.value) {
        Some(mended) => format!("write `{key} = \"{mended}\"`"),
        None => {
            "write the whole address as the browser shows it; it begins with `https://`".to_owned()
        }
    };
    fields.reject(
        spot.place,
        format!("`{key}` is not the address of a website"),
        help,
    );
    None
}

/// Reads one mail address.
fn mail_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Spot<String>> {
    let spot = fields.optional::<String>(key)?;
    if address::is_mail(&spot.value) {
        return Some(spot);
    }
    let help = match address::mended_mail(&spot.value) {
        Some(mended) => format!("write `{key} = \"{mended}\"`"),
        None => "write one address such as `help@example.org`, and nothing else".to_owned(),
    };
    fields.reject(spot.place, format!("`{key}` is not a mail address"), help);
    None
}

fn verified(fields: &mut Fields<'_, '_>) -> bool {
    text(fields, "verified").is_some_and(|word| word == "yes")
}

/// Tells whether readers see a row: what nobody has verified is printed only if the row says so.
fn is_printed(fields: &mut Fields<'_, '_>) -> bool {
    let is_unverified = text(fields, "verified").is_some_and(|word| word == "no");
    let print = fields.optional::<bool>("print").map(|spot| spot.value);
    print.unwrap_or(!is_unverified)
}

fn helpline(fields: &mut Fields<'_, '_>) -> Option<Helpline> {
    let service = fields.required::<String>("service");
    let country = fields.required::<String>("country");
    let name = fields.required("name");
    let when = fields.required("when");
    let publish = fields.required::<MayShow>("publish");
    let is_published = publish
        .as_ref()
        .is_some_and(|publish| publish.value == MayShow::Ok);
    let show = if is_published {
        fields.required("show")
    } else {
        fields.optional("show")
    };
    let fills = fields.optional("fills").map(|spot| spot.value);
    let dial_to = dial(fields, "dial");
    let after_dial = text(fields, "after_dial");
    let sms_to = dial(fields, "sms_to");
    let sms_body = text(fields, "sms_body");
    let url = web_address(fields, "url").map(|spot| spot.value);
    if let Some(show) = &show {
        let country = country
            .as_ref()
            .map(|country: &Spot<String>| country.value.as_str());
        for (key, dialed) in [("dial", &dial_to), ("sms_to", &sms_to)] {
            if let Some(dialed) = dialed {
                check_printed(fields, show, key, dialed, country);
            }
        }
        if is_published && dial_to.is_none() && sms_to.is_none() {
            check_can_be_tapped(fields, show, "dial");
        }
    }
    let hours = fields.optional("hours");
    fields.optional::<bool>("hours_confirmed");
    let languages = fields
        .list::<String>("languages")
        .into_iter()
        .map(|spot| spot.value)
        .collect();
    let cost = fields.optional("cost");
    let use_when = fields.optional("use_when");
    let note = fields.optional("note");
    fields.list::<String>("sources");
    let how_checked = fields.optional("how_checked").map(|spot| spot.value);
    let page_of = fields.optional("stored_page_of").map(|spot| spot.value);
    let checked_on = fields.optional::<Date>("checked_on").map(|spot| spot.value);
    Some(Helpline {
        service: service?.value,
        country: country?.value,
        name: name?,
        when: when?.value,
        fills,
        show: show?,
        dial: dial_to.map(|spot| spot.value),
        after_dial,
        sms_to: sms_to.map(|spot| spot.value),
        sms_body,
        url,
        hours,
        languages,
        cost,
        use_when,
        note,
        how_checked,
        page_of,
        checked_on,
        is_published,
    })
}

fn term(fields: &mut Fields<'_, '_>) -> Option<Term> {
    let name = fields.required("term");
    let definition = fields.required("definition");
    let mut also_called = fields.list("also_called");
    also_called.extend(fields.list("avoid"));
    let sources = fields.list("sources");
    let is_printed = is_printed(fields);
    Some(Term {
        name: name?,
        also_called,
        definition: definition?,
        sources,
        is_printed,
    })
}

fn medicine(fields: &mut Fields<'_, '_>) -> Option<Medicine> {
    let generic = fields.required("generic");
    for key in [
        "kind",
        "half_life_note",
        "availability",
        "notes",
        "brands_verified",
    ] {
        fields.optional::<String>(key);
    }
    let brands = ["brands_us", "brands_uk", "brands_other"].map(|key| fields.list(key));
    let warning = fields.optional("warning_group").map(|spot| spot.value);
    Some(Medicine {
        is_printed: is_printed(fields),
        brands: brands.concat(),
        acting: fields.optional("acting").map(|spot| spot.value),
        also_classed_as: fields.optional("also_classed_as"),
        warning: warning.unwrap_or(Warning::Ask),
        half_life: fields.optional("half_life"),
        main_use: fields.optional("main_use"),
        sources: fields.list("sources"),
        generic: generic?,
    })
}

fn symptom(fields: &mut Fields<'_, '_>) -> Option<Symptom> {
    let name = fields.required("name");
    let urgency = fields.required("urgency");
    let what_to_do = fields.required("what_to_do");
    let plain = fields.optional("plain");
    fields.optional::<String>("group");
    let sources = fields.list("sources");
    let course_sources = fields.list("course_sources");
    let course = fields.optional("course").map(|text| Course {
        text,
        sources: course_sources,
    });
    let is_printed = is_printed(fields);
    Some(Symptom {
        name: name?,
        plain,
        urgency: urgency?.value,
        what_to_do: what_to_do?,
        sources,
        course,
        is_printed,
    })
}

fn source_row(fields: &mut Fields<'_, '_>) -> Option<Source> {
    let title = fields.required("title");
    fields.optional::<String>("seen_as");
    fields.optional::<String>("note");
    Some(Source {
        publisher: fields.optional("publisher"),
        year: fields.optional("year").map(|spot| spot.value),
        url: web_address(fields, "url"),
        checked: fields.optional("checked").map(|spot| spot.value),
        is_verified: verified(fields),
        cite_instead: fields.list("cite_instead"),
        title: title?,
    })
}

fn person(fields: &mut Fields<'_, '_>) -> Option<Person> {
    let name = fields.required("name");
    Some(Person {
        role: fields.optional("role"),
        credentials: fields.optional("credentials"),
        registration: fields.optional("registration"),
        is_clinician: fields.flag("clinician"),
        name: name?,
    })
}

fn synonym(fields: &mut Fields<'_, '_>) -> Option<Synonym> {
    let words = fields.list("words");
    (!words.is_empty()).then_some(Synonym { words })
}
