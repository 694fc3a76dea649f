//! Two pages, earlier addresses or files that would get the same address.

use crate::base::place::Place;
use crate::base::slug::asset_address;
use crate::finding::rules::ADDRESS_CLASH;
use crate::finding::{Finding, Findings};
use crate::load::SourceFile;
use crate::model::{Page, Site, UsedFiles, look};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::hash_map::Entry;

/// Finds addresses that are used twice, without regard to case.
pub(super) fn address_clash(site: &Site, findings: &mut Findings) {
    let addresses = addresses(site);
    let mut used = Used::with_room(addresses.len());
    for address in &addresses {
        used.take(address, findings);
    }
}

/// Finds files beside articles whose addresses are used by something else, without regard to case.
pub(super) fn of_used_files(site: &Site, files: &UsedFiles, findings: &mut Findings) {
    let files = files.files().map(|file| site.snapshot.file(file));
    let mut files: Vec<&SourceFile> = files
        .filter(|file| !file.path.as_str().starts_with("static/"))
        .collect();
    if files.is_empty() {
        return;
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    let addresses = addresses(site);
    let mut used = Used::with_room(addresses.len() + files.len());
    for address in &addresses {
        used.take(address, &mut Findings::default());
    }
    for file in files {
        let address = Cow::from(asset_address(&file.path));
        used.take(&(address, Place::new(file.id, 0..0)), findings);
    }
}

/// An address, and the place of what has it.
type Address<'s> = (Cow<'s, str>, Place);

/// The addresses that are used, in small letters, each with the place that uses it first.
struct Used<'s>(FxHashMap<Cow<'s, str>, Place>);

impl<'s> Used<'s> {
    fn with_room(number: usize) -> Self {
        let mut used = FxHashMap::default();
        used.reserve(number);
        Self(used)
    }

    fn take(&mut self, address: &Address<'s>, findings: &mut Findings) {
        let (address, place) = address;
        match self.0.entry(without_case(address)) {
            Entry::Occupied(first) => {
                let message = format!("the address `{address}` is used twice");
                let finding = Finding::new(&ADDRESS_CLASH, *place, message);
                findings.push(
                    finding
                        .also(*first.get(), "it is used here first")
                        .help("give one of the two another name"),
                );
            }
            Entry::Vacant(free) => {
                free.insert(*place);
            }
        }
    }
}

/// Gives the addresses of all but the files beside articles, each with the place of what has it.
fn addresses(site: &Site) -> Vec<Address<'_>> {
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
    pages.chain(redirects).chain(accent).chain(files).collect()
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
