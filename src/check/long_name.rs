//! Names of the site and of the center that are too long for the places where they stand.

use crate::base::place::Place;
use crate::base::words::letters;
use crate::finding::rules::LONG_NAME;
use crate::finding::{Finding, Findings};
use crate::model::Site;

/// The most letters of a name: about two lines on a phone.
const MOST: usize = 60;

/// Finds names that are too long.
pub(super) fn long_name(site: &Site, findings: &mut Findings) {
    for name in site.settings.name.all() {
        let why = "fill the top of a phone";
        if let Some(place) = name.place {
            check("the site's name", &name.text, why, place, findings);
        }
    }
    for language in site.languages.iter() {
        if let Some(name) = &language.data.center.name {
            let why = "make sentences hard to read";
            check("the center's name", &name.value, why, name.place, findings);
        }
    }
}

fn check(what: &str, name: &str, why: &str, place: Place, findings: &mut Findings) {
    let count = letters(name);
    if count > MOST {
        let message = format!("{what} has {count} letters; more than {MOST} {why}");
        findings.push(
            Finding::new(&LONG_NAME, place, message)
                .help("write the short name by which people know it"),
        );
    }
}
