//! Two pages, earlier addresses or files that would get the same address.

use crate::base::place::Place;
use crate::base::slug::asset_address;
use crate::finding::rules::ADDRESS_CLASH;
use crate::finding::{Finding, Findings};
use crate::model::{Page, Site, look};
use std::collections::HashMap;

/// Finds addresses that are used twice, without regard to case.
pub(super) fn address_clash(site: &Site, findings: &mut Findings) {
    let mut used: HashMap<String, Place> = HashMap::new();
    let place_of = |page: &Page| {
        page.document
            .as_ref()
            .map_or_else(|| site.nowhere(), |document| document.start)
    };
    let pages = site
        .published()
        .map(|page| (page.address.clone(), place_of(page)));
    let redirects = site.redirects.iter().map(|redirect| {
        let page = site.page(redirect.to);
        let place = page
            .document
            .as_ref()
            .and_then(|document| document.front.redirect_from.first())
            .map_or_else(|| place_of(page), |from| from.place);
        (redirect.from.clone(), place)
    });
    let accent = site
        .settings
        .look
        .accent
        .iter()
        .filter(|_| look::accent(site).is_some())
        .map(|accent| (look::ADDRESS.to_owned(), accent.place));
    let files = site
        .snapshot
        .below("static/")
        .map(|file| (asset_address(&file.path), Place::new(file.id, 0..0)));
    for (address, place) in pages.chain(redirects).chain(accent).chain(files) {
        match used.get(&address.to_lowercase()) {
            Some(first) => {
                let finding = Finding::new(
                    &ADDRESS_CLASH,
                    place,
                    format!("the address `{address}` is used twice"),
                );
                findings.push(
                    finding
                        .also(*first, "it is used here first")
                        .help("give one of the two another name"),
                );
            }
            None => {
                used.insert(address.to_lowercase(), place);
            }
        }
    }
}
