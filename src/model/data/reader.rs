//! Reads the data files of a site, row by row, with the texts of a language over those of the first.

use super::{
    Center, Course, Data, Helpline, MayShow, Medicine, Person, Row, Source, Symptom, Synonym, Term,
    Warning,
};
use crate::base::address;
use crate::base::date::Date;
use crate::base::dialing::dial_the_same;
use crate::base::language::Language;
use crate::base::nearest::nearest;
use crate::base::path::SitePath;
use crate::base::phone::{self, Written};
use crate::base::place::{FileId, Place, Spot};
use crate::base::value::{Table, Value, ValueKind};
use crate::finding::fields::{Fields, FromValue};
use crate::finding::rules::{MISPLACED_FILE, WRONG_ROW};
use crate::finding::{Finding, Findings};
use crate::load::{Origin, Snapshot, SourceFile};
use crate::model::answers;
use std::collections::{BTreeSet, HashMap};

/// A data file with rows.
pub(in crate::model) struct DataFile {
    /// Its name, without the extension.
    pub(super) name: &'static str,
    /// The key of its rows.
    pub(super) row: &'static str,
    /// The keys of a row that are translated.
    pub(super) texts: &'static [&'static str],
    /// The keys above the rows, beside those of [`EVERYWHERE`].
    pub(super) top: &'static [&'static str],
    /// The keys above the rows that are translated.
    pub(super) top_texts: &'static [&'static str],
}

/// Keys above the rows that any file may have: notes for staff.
pub(super) const EVERYWHERE: [&str; 2] = ["checked", "recheck_every_days"];

pub(super) const HELPLINES: DataFile = DataFile {
    name: "helplines",
    row: "helpline",
    texts: &["name", "show", "hours", "cost", "use_when", "note"],
    top: &[],
    top_texts: &[],
};

pub(super) const GLOSSARY: DataFile = DataFile {
    name: "glossary",
    row: "term",
    texts: &["term", "also_called", "avoid", "definition"],
    top: &[],
    top_texts: &[],
};

pub(super) const MEDICINES: DataFile = DataFile {
    name: "medicines",
    row: "medicine",
    texts: &[
        "generic",
        "also_classed_as",
        "half_life",
        "half_life_note",
        "main_use",
        "availability",
        "notes",
    ],
    top: &["acting_status"],
    top_texts: &[],
};

pub(super) const SOURCES: DataFile = DataFile {
    name: "sources",
    row: "source",
    texts: &["title", "publisher", "note"],
    top: &[],
    top_texts: &[],
};

pub(super) const PEOPLE: DataFile = DataFile {
    name: "people",
    row: "person",
    texts: &["role", "credentials"],
    top: &[],
    top_texts: &[],
};

pub(super) const SYNONYMS: DataFile = DataFile {
    name: "synonyms",
    row: "synonym",
    texts: &["words"],
    top: &[],
    top_texts: &[],
};

pub(super) const SYMPTOMS: DataFile = DataFile {
    name: "symptoms",
    row: "symptom",
    texts: &["name", "plain", "what_to_do", "course"],
    top: &[
        "triage_reviewed_by_clinician",
        "course_general",
        "course_general_sources",
    ],
    top_texts: &["course_general"],
};

/// The fixed answers of the search, which `model::answers` reads.
pub(in crate::model) const ANSWERS: DataFile = DataFile {
    name: "search",
    row: "answer",
    texts: &["title", "text", "when", "unless"],
    top: &["other_medicines", "little_words", "sets"],
    top_texts: &["other_medicines", "little_words", "sets"],
};

/// Reads the data of a language: the files directly in `_data/`, with the texts of `_data/LANG/` over theirs.
pub(crate) fn read(snapshot: &Snapshot, language: &Language, findings: &mut Findings) -> Data {
    let mut reader = Reader {
        snapshot,
        language,
        with_gaps: BTreeSet::new(),
        refused: BTreeSet::new(),
        findings,
    };
    let mut data = Data {
        center: reader.center(),
        helplines: reader.rows(&HELPLINES, helpline).1,
        terms: reader.rows(&GLOSSARY, term).1,
        medicines: reader.rows(&MEDICINES, medicine).1,
        sources: reader.rows(&SOURCES, source_row).1,
        people: reader.rows(&PEOPLE, person).1,
        synonyms: reader.rows(&SYNONYMS, synonym).1,
        ..Data::default()
    };
    data.search = answers::read(&mut reader);
    let own = reader.translation("symptoms", Some("symptom"));
    let (top, symptoms) = reader.rows(&SYMPTOMS, symptom);
    data.symptoms = symptoms;
    data.with_gaps = reader.with_gaps;
    data.refused = reader.refused;
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
    own: Option<Table>,
    findings: &mut Findings,
) -> (bool, Option<Row<Course>>) {
    let mut table = Table { entries: top };
    let own = own.into_iter().flat_map(|table| table.entries);
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

/// The data files.
const NAMES: [&str; 9] = [
    "center",
    "glossary",
    "helplines",
    "medicines",
    "people",
    "search",
    "sources",
    "symptoms",
    "synonyms",
];

/// A data file, read.
struct Read {
    file: FileId,
    table: Table,
    /// Whether some of it could not be read.
    has_gaps: bool,
}

/// Reads data files for one language.
pub(in crate::model) struct Reader<'a, 'f> {
    snapshot: &'a Snapshot,
    language: &'a Language,
    /// The files of which rows were lost.
    with_gaps: BTreeSet<&'static str>,
    /// The file and id of each row that cannot be used.
    refused: BTreeSet<(&'static str, String)>,
    pub(in crate::model) findings: &'f mut Findings,
}

pub(in crate::model) type Top = Vec<(crate::base::value::Key, Value)>;

impl Reader<'_, '_> {
    /// Finds the file of a site that was meant to be a data file, where the site has none of that name.
    fn find_misnamed(&mut self, name: &'static str) {
        let right = format!("content/_data/{name}.toml");
        let is_own = |file: &&SourceFile| file.origin == Origin::Site;
        let known = self.snapshot.find(&SitePath::new(&right));
        if known.is_some_and(|file| is_own(&file)) {
            return;
        }
        let is_meant = |file: &&SourceFile| {
            let stem = file
                .path
                .name()
                .split(['.', ' '])
                .next()
                .unwrap_or_default();
            let is_other = NAMES.iter().any(|known| *known == stem && *known != name);
            file.path.folder() == "content/_data" && !is_other && nearest(stem, [name]).is_some()
        };
        let Some(file) = self
            .snapshot
            .below("content/_data/")
            .filter(is_own)
            .find(is_meant)
        else {
            return;
        };
        let message = format!(
            "`{}` is not the name of a data file, so nothing in it counts",
            file.path.name()
        );
        let finding = Finding::new(&MISPLACED_FILE, Place::new(file.id, 0..0), message);
        self.findings
            .push(finding.help(format!("rename it to `{name}.toml`")));
        self.with_gaps.insert(name);
    }

    /// Reads a file to its table, if it is there.
    fn table(&mut self, path: &str, row: Option<&str>) -> Option<Read> {
        let file = self.snapshot.find(&SitePath::new(path))?;
        if !file.is_text() {
            return Some(Read {
                file: file.id,
                table: Table::default(),
                has_gaps: true,
            });
        }
        let reading = match row {
            Some(row) => crate::base::toml::read_rows(file.id, file.text(), row),
            None => crate::base::toml::read(file.id, file.text()),
        };
        self.findings.add_syntax_faults(reading.faults);
        Some(Read {
            file: file.id,
            table: reading.table,
            has_gaps: reading.has_gaps,
        })
    }

    /// Reads the translation of a file whose rows have the given name, to its table.
    pub(in crate::model) fn translation(&mut self, name: &str, row: Option<&str>) -> Option<Table> {
        let language = self.language;
        let read = self.table(&format!("content/_data/{language}/{name}.toml"), row)?;
        Some(read.table)
    }

    fn center(&mut self) -> Center {
        self.find_misnamed("center");
        let Some(read) = self.table("content/_data/center.toml", None) else {
            return Center::default();
        };
        let (file, mut table) = (read.file, read.table);
        if read.has_gaps {
            self.with_gaps.insert("center");
        }
        let mut are_hours_translated = false;
        if let Some(translated) = self.translation("center", None) {
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
        let mut center = center(&mut fields);
        center.are_hours_translated = are_hours_translated;
        fields.finish();
        center
    }

    /// Reads the rows of a file, and the keys above them.
    pub(in crate::model) fn rows<T>(
        &mut self,
        data_file: &DataFile,
        read: impl Fn(&mut Fields<'_, '_>) -> Option<T>,
    ) -> (Top, Vec<Row<T>>) {
        let DataFile {
            name,
            row: row_name,
            texts,
            top,
            ..
        } = *data_file;
        self.find_misnamed(name);
        let Some(found) = self.table(&format!("content/_data/{name}.toml"), Some(row_name)) else {
            return (Vec::new(), Vec::new());
        };
        let (file, table, mut has_gaps) = (found.file, found.table, found.has_gaps);
        let translated = self.translated_rows(name, row_name, texts);
        let mut tops = Vec::new();
        let mut rows: Vec<Row<T>> = Vec::new();
        let mut ids: HashMap<String, Place> = HashMap::new();
        for (key, value) in table.entries {
            if key.name != row_name {
                let is_known =
                    top.contains(&key.name.as_str()) || EVERYWHERE.contains(&key.name.as_str());
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
            let ValueKind::List(items) = value.kind else {
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
                let ValueKind::Table(mut row) = item.kind else {
                    continue;
                };
                let Some(id) = row_id(&row, item.place, self.findings) else {
                    has_gaps = true;
                    continue;
                };
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
                if value.is_none() {
                    self.refused.insert((name, id.value.clone()));
                }
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
        if has_gaps {
            self.with_gaps.insert(name);
        } else {
            self.check_translated_ids(name, row_name, &ids);
        }
        (tops, rows)
    }

    fn translated_rows(
        &mut self,
        name: &str,
        row_name: &str,
        texts: &[&str],
    ) -> HashMap<String, Table> {
        let Some(table) = self.translation(name, Some(row_name)) else {
            return HashMap::new();
        };
        let mut rows = HashMap::new();
        for (_, value) in table
            .entries
            .into_iter()
            .filter(|(key, _)| key.name == row_name)
        {
            let ValueKind::List(items) = value.kind else {
                continue;
            };
            for item in items {
                let ValueKind::Table(row) = item.kind else {
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
        let Some(table) = self.translation(name, Some(row_name)) else {
            return;
        };
        for (_, value) in table.entries.iter().filter(|(key, _)| key.name == row_name) {
            let ValueKind::List(items) = &value.kind else {
                continue;
            };
            for item in items {
                let ValueKind::Table(row) = &item.kind else {
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

/// Reads the keys of `center.toml`. Whether the hours are translated is known to the caller.
pub(super) fn center(fields: &mut Fields<'_, '_>) -> Center {
    let center = Center {
        name: fields.optional("name"),
        phone: fields.optional("phone"),
        phone_dial: dial(fields, "phone_dial"),
        after_hours: fields.optional("after_hours"),
        after_hours_dial: dial(fields, "after_hours_dial"),
        line: fields.optional("line").map(|spot| spot.value),
        hours: fields.optional("hours"),
        are_hours_translated: false,
        address: fields.optional("address"),
        email: mail_address(fields, "email"),
        website: web_address(fields, "website"),
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
            Some(dial) => check_printed(fields, show, key, dial, None),
            None => check_can_be_tapped(fields, show, key),
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
    center
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
            "if the printed number is right, write `\"{digits}\"` here; else mend the printed one"
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
            format!("write the line `{key} = \"{digits}\"`, and try it by calling"),
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
        Some(mended) => format!("write `\"{mended}\"`"),
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
        Some(mended) => format!("write `\"{mended}\"`"),
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

pub(super) fn helpline(fields: &mut Fields<'_, '_>) -> Option<Helpline> {
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

pub(super) fn term(fields: &mut Fields<'_, '_>) -> Option<Term> {
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

pub(super) fn medicine(fields: &mut Fields<'_, '_>) -> Option<Medicine> {
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

pub(super) fn symptom(fields: &mut Fields<'_, '_>) -> Option<Symptom> {
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

pub(super) fn source_row(fields: &mut Fields<'_, '_>) -> Option<Source> {
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

pub(super) fn person(fields: &mut Fields<'_, '_>) -> Option<Person> {
    let name = fields.required("name");
    Some(Person {
        role: fields.optional("role"),
        credentials: fields.optional("credentials"),
        registration: fields.optional("registration"),
        is_clinician: fields.flag("clinician"),
        name: name?,
    })
}

pub(super) fn synonym(fields: &mut Fields<'_, '_>) -> Option<Synonym> {
    let words = fields.list("words");
    (!words.is_empty()).then_some(Synonym { words })
}
