//! The people who write, translate and review, as the data names them.

use crate::model::page_tree::Composer;
use crate::parse::tree::{Kind, Part, Tree};

/// Adds the people, or says that nobody is named yet.
pub(super) fn people(composer: &mut Composer<'_, '_>) {
    let rows = &composer.language().data.people;
    if rows.is_empty() {
        let words = composer.text("people-none");
        let place = composer.place;
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
