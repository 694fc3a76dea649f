//! The people who write, translate and review, as the data names them, and what a computer program did of that.

use crate::model::page_tree::Composer;
use crate::model::provenance::{Provenance, Reviewed};
use crate::parse::tree::{Kind, Part, Tree};

/// Adds what holds for all pages, and the people, or says that nobody is named yet.
pub(super) fn people(composer: &mut Composer<'_, '_>) {
    let place = composer.place;
    let rows = &composer.language().data.people;
    let mut names = of_all_pages(composer);
    if rows.is_empty() {
        names.push("people-none");
    }
    for name in names {
        let words = composer.text_about_source(name);
        composer.paragraph(Tree::ROOT, &words, place);
    }
    for row in rows {
        let person = composer
            .out
            .add(Tree::ROOT, Kind::Part(Part::Person, None), row.place);
        let heading = composer.out.add(
            person,
            Kind::Heading { level: 2, id: None },
            row.value.name.place,
        );
        composer.add_owned(heading, &row.value.name.value, row.value.name.place);
        let value = &row.value;
        for text in [&value.role, &value.credentials, &value.registration]
            .into_iter()
            .flatten()
        {
            composer.paragraph(person, &text.value, text.place);
        }
    }
}

/// Gives the names of the sentences that say what a computer program wrote and translated, and what clinicians have checked.
fn of_all_pages(composer: &Composer<'_, '_>) -> Vec<&'static str> {
    let site = composer.site;
    let pages: Vec<Provenance> = site
        .published_in(composer.page.language)
        .filter_map(|page| site.provenance(page))
        .collect();
    let by_program = share(&pages, |page| page.is_by_program);
    let is_translated = pages.iter().any(|page| {
        page.translation
            .is_some_and(|translation| translation.is_by_program)
    });
    let mut to_review = pages;
    to_review.retain(|page| page.review != Reviewed::NotNeeded);
    let reviewed = share(&to_review, |page| page.review == Reviewed::Yes);
    let written = match by_program {
        Share::None => None,
        Share::Some => Some("people-program-some"),
        Share::All => Some("people-program-all"),
    };
    let reviewed = match reviewed {
        _ if to_review.is_empty() => None,
        Share::None => Some("people-reviewed-none"),
        Share::Some => Some("people-reviewed-some"),
        Share::All => Some("people-reviewed-all"),
    };
    written
        .into_iter()
        .chain(is_translated.then_some("people-program-translated"))
        .chain(reviewed)
        .collect()
}

/// How many of several pages something holds for.
enum Share {
    None,
    Some,
    All,
}

fn share(pages: &[Provenance], holds: impl Fn(&Provenance) -> bool) -> Share {
    match pages.iter().filter(|page| holds(page)).count() {
        0 => Share::None,
        some if some < pages.len() => Share::Some,
        _ => Share::All,
    }
}
