//! Symptoms of withdrawal and what to do: two groups only, until the data says that a clinician approved the triage.

use super::Options;
use crate::base::nearest::nearest;
use crate::base::place::{Place, Spot, words_at};
use crate::base::words::lower_first;
use crate::finding::did_you_mean;
use crate::model::data::{Course, Data, Row, Symptom, Urgency};
use crate::model::page_tree::Composer;
use crate::parse::tree::{CellRole, Kind, NodeId, Part};

/// Adds a table for each group, or for the one that is asked for.
pub(super) fn symptoms(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    options: &Options,
    _: Place,
) {
    let data = &composer.language().data;
    let groups = groups(data);
    if let Some(wanted) = wanted(options)
        && !groups.iter().any(|group| is_named(*group, wanted))
    {
        let known = groups.iter().map(|group| group.word());
        let help = did_you_mean(nearest(&wanted.value, known.clone()), || {
            format!("write one of {}", known.collect::<Vec<_>>().join(", "))
        });
        composer.wrong_option(
            wanted,
            &format!(
                "`{}` is not a group of symptoms that is shown",
                wanted.value
            ),
            &help,
        );
    }
    let shown = shown(data, options);
    for (group, rows) in &shown.groups {
        group_table(composer, parent, *group, rows);
    }
    if let Some(row) = shown.course {
        let remark = composer.add(parent, Kind::Part(Part::Remark, None));
        let paragraph = composer.out.add(remark, Kind::Paragraph, row.place);
        course_words(composer, paragraph, row.is_translated, &row.value);
    }
    if !data.is_triage_reviewed {
        let remark = composer.add(parent, Kind::Part(Part::Remark, None));
        let words = composer.text("symptoms-remark");
        let place = composer.place;
        composer.paragraph(remark, &words, place);
    }
}

/// Gives the ids of the sources that the tables cite.
pub(super) fn cited<'s>(data: &'s Data, options: &Options) -> Vec<&'s Spot<String>> {
    let shown = shown(data, options);
    let rows = shown.groups.into_iter().flat_map(|(_, rows)| rows);
    let course = shown.course.into_iter().flat_map(|row| &row.value.sources);
    rows.flat_map(|row| row.value.cited())
        .chain(course)
        .collect()
}

/// What is shown of the symptoms.
struct Shown<'s> {
    /// The groups, each with its rows.
    groups: Vec<(Urgency, Vec<&'s Row<Symptom>>)>,
    /// How most symptoms usually go.
    course: Option<&'s Row<Course>>,
}

fn shown<'s>(data: &'s Data, options: &Options) -> Shown<'s> {
    let wanted = wanted(options);
    let group_of = |row: &Row<Symptom>| {
        if data.is_triage_reviewed || row.value.urgency == Urgency::EmergencyNow {
            row.value.urgency
        } else {
            Urgency::CallPrescriber
        }
    };
    let groups = groups(data).iter().copied();
    let groups = groups.filter(|group| wanted.is_none_or(|wanted| is_named(*group, wanted)));
    let with_rows = groups.map(|group| {
        let rows = data.symptoms.iter();
        let rows = rows.filter(|row| row.value.is_printed && group_of(row) == group);
        (group, rows.collect())
    });
    Shown {
        groups: with_rows.collect(),
        course: data.course.as_ref().filter(|_| wanted.is_none()),
    }
}

/// Gives the groups in which the symptoms are shown.
fn groups(data: &Data) -> &'static [Urgency] {
    if data.is_triage_reviewed {
        &[
            Urgency::EmergencyNow,
            Urgency::CallPrescriber,
            Urgency::SelfCare,
        ]
    } else {
        &[Urgency::EmergencyNow, Urgency::CallPrescriber]
    }
}

/// Gives the name of the group that is asked for, if one is.
fn wanted(options: &Options) -> Option<&Spot<String>> {
    let mut options = options.iter();
    let (_, value) = options.find(|(key, _)| key.value == "urgency")?;
    Some(value)
}

fn is_named(group: Urgency, name: &Spot<String>) -> bool {
    group.word().eq_ignore_ascii_case(&name.value)
}

fn group_table(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    group: Urgency,
    rows: &[&Row<Symptom>],
) {
    let caption = composer.text(&format!("symptoms-{}", group.word()));
    let has_course = rows.iter().any(|row| row.value.course.is_some());
    let heads = ["symptom", "what-to-do", "symptom-course"].map(|name| composer.text(name));
    let heads = if has_course { &heads[..] } else { &heads[..2] };
    let table = composer.table(parent, &caption, heads);
    if group == Urgency::EmergencyNow {
        let note = composer.text("symptoms-emergency-note");
        let place = composer.place;
        let caption = composer.out.children(table).next();
        composer.paragraph(caption.unwrap_or(parent), &note, place);
    }
    for row in rows {
        let value = &row.value;
        let line = composer.row(table, row.place);
        let cell = composer.cell(line, CellRole::RowHeader, value.name.place);
        let name = &value.name;
        composer.words_in_language_of(cell, row.is_translated, name.place, |composer, words| {
            composer.add_owned(words, &name.value, name.place);
            if let Some(plain) = &value.plain {
                composer.add_words(words, ": ");
                let sentence = lower_first(plain.value.trim_end_matches('.'));
                let first = sentence.chars().next().map_or(0, char::len_utf8);
                let file = composer.site.snapshot.file(plain.place.file).text();
                let exact = words_at(file, plain.place, &plain.value).map(|written| Place {
                    start: written.start + u32::try_from(first).unwrap_or(0),
                    ..written
                });
                composer.add_owned(words, &sentence[..first], plain.place);
                composer.add_owned(words, &sentence[first..], exact.unwrap_or(plain.place));
            }
        });
        // The sources name the symptom; how urgent it is and what to do is ours.
        composer.cite(&value.sources, cell, name.place);
        let cell = composer.cell(line, CellRole::Value, value.what_to_do.place);
        let what_to_do = &value.what_to_do;
        composer.words_in_language_of(
            cell,
            row.is_translated,
            what_to_do.place,
            |composer, words| composer.message(words, &what_to_do.value, what_to_do.place),
        );
        if has_course {
            let cell = composer.cell(line, CellRole::Value, row.place);
            if let Some(course) = &value.course {
                let is_translated = course.text.place.file != row.place.file;
                course_words(composer, cell, is_translated, course);
            }
        }
    }
}

/// Adds how a symptom usually goes, with its sources.
fn course_words(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    is_translated: bool,
    course: &Course,
) {
    let text = &course.text;
    composer.words_in_language_of(parent, is_translated, text.place, |composer, words| {
        composer.message(words, &text.value, text.place)
    });
    composer.cite(&course.sources, parent, text.place);
}
