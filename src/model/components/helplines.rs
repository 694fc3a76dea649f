//! Telephone, text and web services: the site's country first, the others folded; emergency, then crisis, then information.

use super::Options;
use crate::base::country::ANY;
use crate::base::nearest::nearest;
use crate::base::place::{Place, Spot};
use crate::finding::rules::WRONG_VALUE;
use crate::finding::{Finding, Severity, did_you_mean};
use crate::model::data::{Helpline, HowChecked, PageOf, Row, When};
use crate::model::page_tree::Composer;
use crate::parse::tree::{CalloutKind, Kind, NodeId, Part, Target};
use std::collections::BTreeSet;

/// The mark of what was read on a page of somebody else; a sentence at the foot of the list says so.
const MARK: &str = " *";

/// Adds the services, all or those of one country or one kind.
pub(super) fn helplines(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    options: &Options,
    place: Place,
) {
    let option = |name: &str| {
        options
            .iter()
            .find(|(key, _)| key.value == name)
            .map(|(_, value)| value)
    };
    let when = option("when");
    let known = [When::Emergency, When::Crisis, When::Information];
    let is_when = |known: When, when: &Spot<String>| known.word().eq_ignore_ascii_case(&when.value);
    let is_known = when.is_none_or(|when| known.iter().any(|known| is_when(*known, when)));
    if let (Some(when), false) = (when, is_known) {
        let help = did_you_mean(nearest(&when.value, known.map(When::word)), || {
            "write `emergency`, `crisis` or `information`".to_owned()
        });
        composer.wrong_option(
            when,
            &format!("`{}` is not a kind of service", when.value),
            &help,
        );
    }
    let wanted = option("country").map(|country| composer.countries(country));
    let rows = composer.language().data.helplines.iter();
    let rows: Vec<&Row<Helpline>> = rows
        .filter(|row| row.value.is_published)
        .filter(|row| when.is_none_or(|when| is_when(row.value.when, when)))
        .filter(|row| {
            let wanted = wanted.as_deref();
            wanted.is_none_or(|codes| codes.contains(&row.value.country.as_str()))
        })
        .collect();
    let is_readable = is_known && wanted.as_ref().is_none_or(|codes| !codes.is_empty());
    if rows.is_empty() && !options.is_empty() && is_readable {
        nothing_to_show(composer, place);
    }
    let own = composer
        .site
        .settings
        .country
        .clone()
        .unwrap_or_else(|| ANY.to_owned());
    let mut countries: Vec<&str> = Vec::new();
    for row in &rows {
        if !countries.contains(&row.value.country.as_str()) {
            countries.push(&row.value.country);
        }
    }
    let center = options.is_empty() && has_center(composer);
    if center && !countries.contains(&own.as_str()) {
        countries.push(&own);
    }
    let rank = |country: &str| (country != own, country != ANY);
    countries.sort_by_key(|country| rank(country));
    let level = composer.level.clamp(1, 4) + 1;
    // To a person in danger, "read in a saved copy" says that a number may not work.
    let marks = when.is_none_or(|when| is_when(When::Information, when));
    for country in countries {
        let members: Vec<&Row<Helpline>> = rows
            .iter()
            .copied()
            .filter(|row| row.value.country == country)
            .collect();
        let name = country_name(composer, country);
        if country == own || country == ANY {
            let heading = composer.add(parent, Kind::Heading { level, id: None });
            composer.add_words(heading, &name);
            let (information, urgent): (Vec<_>, Vec<_>) = members
                .into_iter()
                .partition(|row| row.value.when == When::Information);
            services(composer, parent, level + 1, urgent, marks);
            if center && country == own {
                center_card(composer, parent, level + 1);
            }
            services(composer, parent, level + 1, information, marks);
        } else {
            let folded = composer.add(parent, Kind::Callout(CalloutKind::More));
            let title = composer.add(folded, Kind::CalloutTitle { level: None });
            composer.add_words(title, &name);
            services(composer, folded, level + 1, members, marks);
        }
    }
    if marks {
        how_checked(composer, parent, &rows);
    }
}

/// Tells whether the center has numbers of which is known who answers them.
fn has_center(composer: &Composer<'_, '_>) -> bool {
    let center = &composer.language().data.center;
    center.line.is_some() && (center.phone.is_some() || center.after_hours.is_some())
}

/// Adds the center's own numbers, and says who publishes these pages and who answers.
fn center_card(composer: &mut Composer<'_, '_>, parent: NodeId, level: u8) {
    let center = &composer.language().data.center;
    let Some(line) = center.line else { return };
    let texts = &composer.language().texts;
    let title = match &center.name {
        Some(name) => texts.with("center-publishes", &[("name", &name.value)]),
        None => texts.text("center-publishes-unnamed"),
    };
    let card = composer.add(parent, Kind::Part(Part::Helpline, None));
    let heading = composer.add(card, Kind::Heading { level, id: None });
    composer.add_words(heading, &title);
    let at_night = texts.text("center-after-hours");
    for (number, dial, when) in [
        (&center.phone, &center.phone_dial, None),
        (
            &center.after_hours,
            &center.after_hours_dial,
            Some(&at_night),
        ),
    ] {
        let Some(number) = number else { continue };
        let row = composer.out.add(card, Kind::Paragraph, number.place);
        match dial {
            Some(dial) => {
                let target = Target::Outside(format!("tel:{}", dial.value));
                composer.link(row, target, &number.value, number.place);
            }
            None => composer.add_owned(row, &number.value, number.place),
        }
        if let Some(when) = when {
            composer.add_owned(row, &format!(": {when}"), number.place);
        }
    }
    let answered = texts.text(&format!("center-line-{}", line.word()));
    let place = composer.place;
    composer.paragraph(card, &answered, place);
    if let Some(hours) = &center.hours {
        let is_translated = center.are_hours_translated;
        composer.in_language_of(card, is_translated, hours.place, |composer, card| {
            composer.paragraph(card, &hours.value, hours.place);
        });
    }
}

/// What a row's number rests on, from the surest to the weakest.
#[derive(Clone, Copy, PartialEq)]
enum Basis {
    Called,
    OwnSite,
    SavedPage,
    ThirdParty,
    General,
}

/// Gives what a number rests on, where the data says it. Only an emergency number may rest on general knowledge.
fn basis(row: &Helpline) -> Option<Basis> {
    Some(match row.how_checked? {
        HowChecked::Called => Basis::Called,
        HowChecked::OwnSite => Basis::OwnSite,
        HowChecked::StoredPage if is_third_party(row) => Basis::ThirdParty,
        HowChecked::StoredPage => Basis::SavedPage,
        HowChecked::GeneralKnowledge if row.when == When::Emergency => Basis::General,
        HowChecked::GeneralKnowledge => return None,
    })
}

fn is_third_party(row: &Helpline) -> bool {
    row.how_checked == Some(HowChecked::StoredPage) && row.page_of == Some(PageOf::ThirdParty)
}

/// Says once, at the foot of the list, how its numbers were checked: never beside a number, where it would read as "may not work".
fn how_checked(composer: &mut Composer<'_, '_>, parent: NodeId, rows: &[&Row<Helpline>]) {
    let language = composer.language();
    let mut sentences = Vec::new();
    for (kind, name) in [
        (Basis::Called, "checked-called"),
        (Basis::OwnSite, "checked-own-site"),
        (Basis::SavedPage, "checked-saved-page"),
        (Basis::ThirdParty, "checked-third-party"),
        (Basis::General, "checked-general"),
    ] {
        let members: Vec<&Helpline> = rows
            .iter()
            .map(|row| &row.value)
            .filter(|row| basis(row) == Some(kind))
            .collect();
        if members.is_empty() {
            continue;
        }
        // Marked rows have a sentence of their own, and so have emergency numbers.
        let is_meant = |row: &Helpline| match kind {
            Basis::General => row.when == When::Emergency,
            _ => !matches!(basis(row), Some(Basis::ThirdParty | Basis::General)),
        };
        let are_all = rows
            .iter()
            .map(|row| &row.value)
            .filter(|row| is_meant(row))
            .all(|row| basis(row) == Some(kind));
        let amount = if are_all { "all" } else { "some" };
        let dates = || members.iter().filter_map(|row| row.checked_on);
        let when = match (dates().min(), dates().max()) {
            (Some(first), Some(last)) if first < last => {
                let (first, last) = (language.dates.write(first), language.dates.write(last));
                let days = [("first", first.as_str()), ("last", last.as_str())];
                format!(" {}", language.texts.with("checked-days", &days))
            }
            (Some(day), _) => {
                let day = language.dates.write(day);
                format!(" {}", language.texts.with("checked-day", &[("date", &day)]))
            }
            _ => String::new(),
        };
        let arguments = [("amount", amount), ("when", when.as_str())];
        sentences.push(language.texts.with(name, &arguments));
    }
    if sentences.is_empty() {
        return;
    }
    sentences.push(language.texts.text("checked-advice"));
    let remark = composer.add(parent, Kind::Part(Part::Remark, None));
    let place = composer.place;
    composer.paragraph(remark, &sentences.join(" "), place);
}

/// Reports that no published service fits what an embed asks for.
fn nothing_to_show(composer: &mut Composer<'_, '_>, place: Place) {
    let rows = composer.language().data.helplines.iter();
    let codes: BTreeSet<&str> = rows
        .filter(|row| row.value.is_published)
        .map(|row| row.value.country.as_str())
        .collect();
    let codes = codes.into_iter().collect::<Vec<_>>().join(", ");
    let finding = Finding::new(
        &WRONG_VALUE,
        place,
        "no published service fits these options, so nothing is shown here",
    );
    let help = format!(
        "`content/_data/helplines.toml` has published rows for the countries {codes}; add a row, or take an option out"
    );
    composer
        .findings
        .push(finding.severity(Severity::Warning).help(help));
}

fn country_name(composer: &Composer<'_, '_>, country: &str) -> String {
    let key = format!("country-{}", country.to_lowercase());
    let name = composer.text(&key);
    if name == key {
        country.to_owned()
    } else {
        name
    }
}

fn services(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    level: u8,
    mut rows: Vec<&Row<Helpline>>,
    marks: bool,
) {
    rows.sort_by_key(|row| row.value.when);
    let mut names: Vec<&str> = Vec::new();
    for row in &rows {
        if !names.contains(&row.value.service.as_str()) {
            names.push(&row.value.service);
        }
    }
    for name in names {
        let members: Vec<&Row<Helpline>> = rows
            .iter()
            .copied()
            .filter(|row| row.value.service == name)
            .collect();
        service(composer, parent, level, &members, marks);
    }
}

/// Adds one service with all its numbers. `marks` says whether a star marks what was read on a page of somebody else.
fn service(
    composer: &mut Composer<'_, '_>,
    parent: NodeId,
    level: u8,
    rows: &[&Row<Helpline>],
    marks: bool,
) {
    let Some(first) = rows.first() else {
        return;
    };
    let card = composer
        .out
        .add(parent, Kind::Part(Part::Helpline, None), first.place);
    composer.in_language_of(card, first.is_translated, first.place, |composer, card| {
        contacts(composer, card, level, rows, marks)
    });
}

/// Adds the name of a service, its numbers, and when they help.
fn contacts(
    composer: &mut Composer<'_, '_>,
    card: NodeId,
    level: u8,
    rows: &[&Row<Helpline>],
    marks: bool,
) {
    let Some(first) = rows.first() else {
        return;
    };
    let is_marked = |row: &&Row<Helpline>| marks && is_third_party(&row.value);
    let is_whole_marked = rows.iter().all(is_marked);
    let value = &first.value;
    let heading = composer
        .out
        .add(card, Kind::Heading { level, id: None }, value.name.place);
    composer.add_owned(heading, &value.name.value, value.name.place);
    if is_whole_marked {
        composer.add_owned(heading, MARK, value.name.place);
    }
    for row in rows {
        let show = &row.value.show;
        let line = composer.out.add(card, Kind::Paragraph, show.place);
        match address(&row.value) {
            Some(address) => composer.link(line, Target::Outside(address), &show.value, show.place),
            None => composer.add_owned(line, &show.value, show.place),
        }
        let name = &row.value.name;
        if name.value != value.name.value {
            composer.add_owned(line, &format!(": {}", name.value), name.place);
        }
        if is_marked(row) && !is_whole_marked {
            composer.add_owned(line, MARK, show.place);
        }
    }
    for text in value.use_when.iter().chain(&value.note) {
        composer.paragraph(card, &text.value, text.place);
    }
    let mut facts = value.hours.iter().chain(&value.cost);
    if let Some(first) = facts.next() {
        let line = composer.paragraph(card, &first.value, first.place);
        for fact in facts {
            composer.add_owned(line, " · ", fact.place);
            composer.message(line, &fact.value, fact.place);
        }
    }
}

/// Gives where a row leads when it is tapped: a call, a text message, or a website.
fn address(row: &Helpline) -> Option<String> {
    row.call()
        .or_else(|| row.message())
        .or_else(|| row.url.clone())
}
