//! The data files of a site, typed: each row once for each language, its texts from `_data/LANG/` where they are translated.

mod reader;
mod schema;

pub(crate) use reader::read;
pub(super) use reader::{ANSWERS, Reader};
pub(crate) use schema::schemas;

use crate::base::date::Date;
use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{Place, Spot};
use crate::finding::fields::words;
use crate::finding::rules::{UNKNOWN_PERSON, UNKNOWN_SOURCE, WITHDRAWN_SOURCE};
use crate::finding::{Finding, did_you_mean};
use crate::model::answers::SearchData;
use std::collections::{BTreeSet, HashMap};

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
        /// Readers may call it.
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
    /// What other data and articles name it by.
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
    with_gaps: BTreeSet<&'static str>,
    refused: BTreeSet<(&'static str, String)>,
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
            if self.may_lack("sources", &id.value) {
                return None;
            }
            let known = self.sources.iter().map(|row| row.id.as_str());
            let help = did_you_mean(nearest(&id.value, known), || {
                "add the source to `content/_data/sources.toml`, or mend the id".to_owned()
            });
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

    /// Tells whether some of a data file could not be read, as another finding says: what is not known may stand there.
    pub(crate) fn has_gaps(&self, name: &str) -> bool {
        self.with_gaps.contains(name)
    }

    /// Tells whether rows of a data file are not known, since they could not be read or used.
    pub(crate) fn lacks_rows(&self, name: &str) -> bool {
        self.has_gaps(name) || self.refused.iter().any(|(file, _)| *file == name)
    }

    /// Tells whether a row that is not known may stand in its file all the same.
    fn may_lack(&self, name: &'static str, id: &str) -> bool {
        self.has_gaps(name) || self.refused.contains(&(name, id.to_owned()))
    }

    /// Says that nobody has an id, if so.
    pub(crate) fn person_fault(&self, id: &Spot<String>) -> Option<Finding> {
        if self.person(&id.value).is_some() || self.may_lack("people", &id.value) {
            return None;
        }
        let known = self.people.iter().map(|row| row.id.as_str());
        let help = did_you_mean(nearest(&id.value, known), || {
            "add the person to `content/_data/people.toml`, or mend the id".to_owned()
        });
        let message = format!("nobody has the id `{}`", id.value);
        Some(Finding::new(&UNKNOWN_PERSON, id.place, message).help(help))
    }

    /// Finds a person.
    pub(crate) fn person(&self, id: &str) -> Option<&Row<Person>> {
        self.person_index.get(id).map(|index| &self.people[*index])
    }
}
