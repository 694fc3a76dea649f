//! Telephone, text and web services: the site's country first, the others folded; emergency, then crisis, then information.

use super::Options;
use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{Place, Spot};
use crate::finding::rules::WRONG_VALUE;
use crate::finding::{Finding, Severity};
use crate::model::data::{Helpline, HowChecked, Row, When};
use crate::model::page_tree::Composer;
use crate::parse::tree::{CalloutKind, Kind, NodeId, Part, Target};
use std::collections::BTreeSet;

/// The country code of services for readers in any country.
const ANY_COUNTRY: &str = "XX";

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
        let help = nearest(&when.value, known.map(When::word)).map_or_else(
            || "write `emergency`, `crisis` or `information`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
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
        .unwrap_or_else(|| ANY_COUNTRY.to_owned());
    let mut countries: Vec<&str> = Vec::new();
    for row in &rows {
        if !countries.contains(&row.value.country.as_str()) {
            countries.push(&row.value.country);
        }
    }
    let rank = |country: &str| (country != own, country != ANY_COUNTRY);
    countries.sort_by_key(|country| rank(country));
    let level = composer.level.clamp(1, 4) + 1;
    for country in countries {
        let members: Vec<&Row<Helpline>> = rows
            .iter()
            .copied()
            .filter(|row| row.value.country == country)
            .collect();
        let name = country_name(composer, country);
        if country == own || country == ANY_COUNTRY {
            let heading = composer.add(parent, Kind::Heading { level, id: None });
            composer.add_words(heading, &name);
            services(composer, parent, level + 1, members);
        } else {
            let folded = composer.add(parent, Kind::Callout(CalloutKind::More));
            let title = composer.add(folded, Kind::CalloutTitle);
            composer.add_words(title, &name);
            services(composer, folded, level + 1, members);
        }
    }
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
        service(composer, parent, level, &members);
    }
}

/// Adds one service with all its numbers.
fn service(composer: &mut Composer<'_, '_>, parent: NodeId, level: u8, rows: &[&Row<Helpline>]) {
    let Some((first, _)) = rows.split_first() else {
        return;
    };
    let card = composer
        .out
        .add(parent, Kind::Part(Part::Helpline, None), first.place);
    let value = &first.value;
    composer.in_language_of(card, first.is_translated, first.place, |composer, card| {
        contacts(composer, card, level, rows)
    });
    if let Some(date) = value.checked_on {
        let language = composer.language();
        let key = if value.how_checked == Some(HowChecked::StoredPage) {
            "checked-stored-page"
        } else {
            "checked-on"
        };
        let words = language
            .texts
            .with(key, &[("date", &language.dates.write(date))]);
        let remark = composer.add(card, Kind::Part(Part::Remark, None));
        composer.paragraph(remark, &words, first.place);
    }
}

/// Adds the name of a service, its numbers, and when they help.
fn contacts(composer: &mut Composer<'_, '_>, card: NodeId, level: u8, rows: &[&Row<Helpline>]) {
    let Some((first, _)) = rows.split_first() else {
        return;
    };
    let value = &first.value;
    let heading = composer
        .out
        .add(card, Kind::Heading { level, id: None }, value.name.place);
    composer.add_owned(heading, &value.name.value, value.name.place);
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
    }
    for text in value.use_when.iter().chain(&value.note) {
        composer.paragraph(card, &text.value, text.place);
    }
    let facts = value.hours.iter().chain(&value.cost);
    let mut line = None;
    for text in facts {
        match line {
            None => line = Some(composer.paragraph(card, &text.value, text.place)),
            Some(line) => {
                composer.add_words(line, " · ");
                composer.message(line, &text.value, text.place);
            }
        }
    }
}

/// Gives where a row leads when it is tapped: a call, a text message, or a website (RFC 3966, RFC 5724).
fn address(row: &Helpline) -> Option<String> {
    if let Some(dial) = &row.dial {
        let keys = row
            .after_dial
            .as_ref()
            .map(|keys| format!(",{keys}"))
            .unwrap_or_default();
        return Some(format!("tel:{dial}{keys}"));
    }
    if let Some(to) = &row.sms_to {
        let body = row
            .sms_body
            .as_ref()
            .map(|body| format!("?body={}", percent_encode(body)))
            .unwrap_or_default();
        return Some(format!("sms:{to}{body}"));
    }
    row.url.clone()
}
