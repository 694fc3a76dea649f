//! Reviews: who checked a page and when, from `_records/`. Written by `review record`, only read here.

use crate::base::date::Date;
use crate::base::place::{Place, Spot};
use crate::base::value::Table;
use crate::finding::fields::Fields;
use crate::finding::rules::WRONG_ROW;
use crate::finding::{Finding, Findings, Severity};
use crate::load::Snapshot;
use crate::model::LanguageSite;
use crate::settings::ReviewSettings;
use std::collections::HashMap;

/// The last review of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Review {
    /// Who reviewed it, ids of people.
    pub by: Vec<String>,
    /// The day on which they read the page.
    pub on: Date,
    /// Where the review is recorded.
    pub place: Place,
}

impl Review {
    /// Gives the day on which the next review is due.
    pub(crate) fn due(&self, settings: &ReviewSettings) -> Date {
        self.on.after_months(settings.every)
    }
}

/// Reads all records: the last review by a clinician of each page, by `LANG/section/slug`.
pub(crate) fn read(
    snapshot: &Snapshot,
    languages: &[LanguageSite],
    today: Date,
    findings: &mut Findings,
) -> HashMap<String, Review> {
    let mut reviews = HashMap::new();
    for file in snapshot
        .below("content/_records/")
        .filter(|file| file.is_text() && file.path.ending() == "toml")
    {
        let reading = crate::base::toml::read_rows(file.id, file.text(), "review");
        findings.add_syntax_faults(reading.faults);
        let path = file
            .path
            .as_str()
            .trim_start_matches("content/_records/")
            .trim_end_matches(".toml");
        let last = read_record(
            &reading.table,
            Place::new(file.id, 0..0),
            languages,
            today,
            findings,
        );
        if let Some(review) = last {
            reviews.insert(path.to_owned(), review);
        }
    }
    reviews
}

/// Reads the keys of one review: who made it, and when.
pub(super) fn fields_of(fields: &mut Fields<'_, '_>) -> (Vec<Spot<String>>, Option<Spot<Date>>) {
    let by = fields.list("by");
    let on = fields.required("on");
    fields.json("block");
    (by, on)
}

fn read_record(
    table: &Table,
    place: Place,
    languages: &[LanguageSite],
    today: Date,
    findings: &mut Findings,
) -> Option<Review> {
    let mut inner = Findings::default();
    let mut loose = table.entries.iter().map(|(key, _)| key);
    if let Some(key) = loose.find(|key| matches!(key.name.as_str(), "by" | "on")) {
        let message = "this line stands in no review, so no review in this record counts";
        let finding = Finding::new(&WRONG_ROW, key.place, message);
        findings.push(
            finding.help("write `[[review]]` on a line of its own above the first `by` or `on`"),
        );
        return None;
    }
    let mut fields = Fields::row(table, place, "this record", &mut inner);
    let rows = fields.tables("review");
    fields.json("translation");
    fields.finish();
    let mut last: Option<Review> = None;
    for (row, row_place) in rows {
        let mut fields = Fields::row(row, row_place, "this review", &mut inner);
        let (by, on) = fields_of(&mut fields);
        let on = on.filter(|on| {
            let is_past = on.value <= today;
            if !is_past {
                fields.doubt(
                    on.place,
                    "this review is dated in the future",
                    "write the day on which the clinician read the page",
                );
            }
            is_past
        });
        fields.finish();
        if by.is_empty() {
            let finding = Finding::new(
                &WRONG_ROW,
                row_place.start_only(),
                "this review does not say who made it",
            );
            inner.push(finding.help("add a line `by` with ids from `content/_data/people.toml`"));
        }
        let people = by.iter().filter_map(|id| {
            let data = &languages.first()?.data;
            if let Some(fault) = data.person_fault(id) {
                inner.push(fault);
            }
            let person = data.person(&id.value);
            person
                .filter(|person| person.value.is_clinician)
                .map(|_| id.value.clone())
        });
        let clinicians: Vec<String> = people.collect();
        let known = |id: &&Spot<String>| {
            let site = languages.first();
            site.is_some_and(|site| site.data.person(&id.value).is_some())
        };
        if let (true, Some(first)) = (clinicians.is_empty(), by.iter().find(known)) {
            let finding = Finding::new(
                &WRONG_ROW,
                first.place,
                format!(
                    "this review does not count, since `{}` is no clinician",
                    first.value
                ),
            );
            inner.push(finding.severity(Severity::Warning).help(format!(
                "add the clinician who read the page, or write `clinician = true` for `{}` in `content/_data/people.toml` if that is true",
                first.value
            )));
        }
        let by = clinicians;
        if let (false, Some(on)) = (by.is_empty(), on)
            && last.as_ref().is_none_or(|before| before.on <= on.value)
        {
            last = Some(Review {
                by,
                on: on.value,
                place: on.place,
            });
        }
    }
    findings.append(inner);
    last
}
