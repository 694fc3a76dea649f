//! Two pages, earlier addresses or files that would get the same address.

use crate::base::place::Place;
use crate::base::slug::asset_address;
use crate::finding::rules::ADDRESS_CLASH;
use crate::finding::{Finding, Findings};
use crate::model::{Page, Site, look};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::hash_map::Entry;

/// Finds addresses that are used twice, without regard to case.
pub(super) fn address_clash(site: &Site, findings: &mut Findings) {
    let mut used: FxHashMap<Cow<'_, str>, Place> = FxHashMap::default();
    used.reserve(site.pages.len() + site.redirects.len());
    let place_of = |page: &Page| {
        page.document
            .as_ref()
            .map_or_else(|| site.nowhere(), |document| document.start)
    };
    let pages = site
        .published()
        .map(|page| (Cow::from(&page.address), place_of(page)));
    let redirects = site.redirects.iter().map(|redirect| {
        let page = site.page(redirect.to);
        let place = page
            .document
            .as_ref()
            .and_then(|document| document.front.redirect_from.first())
            .map_or_else(|| place_of(page), |from| from.place);
        (Cow::from(&redirect.from), place)
    });
    let accent = site
        .settings
        .look
        .accent
        .iter()
        .filter(|_| look::accent(site).is_some())
        .map(|accent| (Cow::from(look::ADDRESS), accent.place));
    let files = site.snapshot.below("static/").map(|file| {
        let address = asset_address(&file.path);
        (Cow::from(address), Place::new(file.id, 0..0))
    });
    for (address, place) in pages.chain(redirects).chain(accent).chain(files) {
        match used.entry(without_case(&address)) {
            Entry::Occupied(first) => {
                let finding = Finding::new(
                    &ADDRESS_CLASH,
                    place,
                    format!("the address `{address}` is used twice"),
                );
                findings.push(
                    finding
                        .also(*first.get(), "it is used here first")
                        .help("give one of the two another name"),
                );
            }
            Entry::Vacant(free) => {
                free.insert(place);
            }
        }
    }
}

/// Gives an address in small letters; most are written so already.
fn without_case<'a>(address: &Cow<'a, str>) -> Cow<'a, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if address.bytes().all(is_plain) {
        address.clone()
    } else {
        Cow::Owned(address.to_lowercase())
    }
}
