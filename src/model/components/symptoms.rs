//! Symptoms of withdrawal and what to do: two groups only, until the data says that a clinician approved the triage.

use super::Options;
use crate::base::nearest::nearest;
use crate::base::place::{Place, Spot, words_at};
use crate::base::words::lower_first;
use crate::finding::did_you_mean;
use crate::model::data::{Course, Row, Symptom, Urgency};
use crate::model::page_tree::Composer;
use crate::parse::tree::{CellRole, Kind, NodeId, Part};

/// Adds a table for each group, or for the one that is asked for.
pub(super) fn symptoms(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    options: &Options,
    _: Place,
) {
    let is_reviewed = composer.language().data.is_triage_reviewed;
    let groups: &[Urgency] = if is_reviewed {
        &[
            Urgency::EmergencyNow,
            Urgency::CallPrescriber,
            Urgency::SelfCare,
        ]
    } else {
        &[Urgency::EmergencyNow, Urgency::CallPrescriber]
    };
    let wanted = options
        .iter()
        .find(|(key, _)| key.value == "urgency")
        .map(|(_, value)| value);
    let is_group =
        |group: Urgency, wanted: &Spot<String>| group.word().eq_ignore_ascii_case(&wanted.value);
    if let Some(wanted) = wanted
        && !groups.iter().any(|group| is_group(*group, wanted))
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
    let groups = groups.iter();
    for group in groups.filter(|group| wanted.is_none_or(|wanted| is_group(**group, wanted))) {
        let shown = |row: &Row<Symptom>| {
            if is_reviewed || row.value.urgency == Urgency::EmergencyNow {
                row.value.urgency
            } else {
                Urgency::CallPrescriber
            }
        };
        let rows: Vec<&Row<Symptom>> = composer
            .language()
            .data
            .symptoms
            .iter()
            .filter(|row| row.value.is_printed && shown(row) == *group)
            .collect();
        group_table(composer, parent, *group, &rows);
    }
    let course = composer.language().data.course.as_ref();
    if let Some(row) = course.filter(|_| wanted.is_none()) {
        let remark = composer.add(parent, Kind::Part(Part::Remark, None));
        let paragraph = composer.out.add(remark, Kind::Paragraph, row.place);
        course_words(composer, paragraph, row.is_translated, &row.value);
    }
    if !is_reviewed {
        let remark = composer.add(parent, Kind::Part(Part::Remark, None));
        let words = composer.text("symptoms-remark");
        let place = composer.place;
        composer.paragraph(remark, &words, place);
    }
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
