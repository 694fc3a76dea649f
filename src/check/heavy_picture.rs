//! Pictures that are slow to load on a phone.

use crate::base::path::SitePath;
use crate::base::place::{FileId, Place};
use crate::check::documents;
use crate::finding::rules::HEAVY_PICTURE;
use crate::finding::{Finding, Findings};
use crate::load::{Body, SourceFile};
use crate::model::{Page, Site, asset_at};
use crate::parse::Document;
use crate::parse::tree::{Kind, Target};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// The most bytes of a picture.
const MOST: u64 = 200_000;
/// The most bytes of the logo.
const MOST_OF_LOGO: u64 = 20_000;
/// The most pixels of a picture each way.
const MOST_PIXELS: u32 = 2_400;

/// Finds heavy pictures, each where it is used first, and a heavy logo.
pub(super) fn heavy_picture(site: &Site, findings: &mut Findings) {
    if let Some(logo) = &site.settings.look.logo {
        let path = SitePath::new(&format!("static/{}", logo.value));
        if let Some(file) = site.snapshot.find(&path) {
            check(file, "the logo", MOST_OF_LOGO, logo.place, findings);
        }
    }
    let with_pictures: Vec<_> = documents(site)
        .into_iter()
        .filter(|(_, document)| !document.pictures.is_empty())
        .collect();
    let shown: Vec<(FileId, Place)> = with_pictures
        .into_par_iter()
        .flat_map_iter(|(page, document)| pictures(site, page, document))
        .collect();
    let mut seen: FxHashSet<FileId> = FxHashSet::default();
    for (file, place) in shown {
        if seen.insert(file) {
            let file = site.snapshot.file(file);
            let name = format!("`{}`", file.path.name());
            check(file, &name, MOST, place, findings);
        }
    }
}

/// Gives the files of the pictures that an article shows, each with the place where it does.
fn pictures<'a>(
    site: &'a Site,
    page: &'a Page,
    document: &'a Document,
) -> impl Iterator<Item = (FileId, Place)> + 'a {
    document.pictures.iter().filter_map(move |id| {
        let node = document.tree.node(*id);
        let Kind::Image(link) = node.kind else {
            return None;
        };
        let Target::Written(address) = &document.tree.links[link as usize].target else {
            return None;
        };
        let file = asset_at(site, page, document, address)?;
        Some((file, node.place))
    })
}

fn check(file: &SourceFile, what: &str, most: u64, place: Place, findings: &mut Findings) {
    let Body::Asset(size) = file.body else { return };
    // A drawing in lines has no pixels: it is as sharp and as light at any size.
    let is_drawing = file.path.ending().eq_ignore_ascii_case("svg");
    let pixels = size
        .filter(|(width, height)| !is_drawing && (*width > MOST_PIXELS || *height > MOST_PIXELS));
    let limit = most / 1000;
    let mut faults = Vec::new();
    if file.length > most {
        let why = if most == MOST_OF_LOGO {
            ", and each page loads it"
        } else {
            ""
        };
        faults.push(format!(
            "has {} kB, more than {limit} kB{why}",
            file.length.div_ceil(1000)
        ));
    }
    if let Some((width, height)) = pixels {
        faults.push(format!(
            "is {width} pixels wide and {height} high, more than {MOST_PIXELS}"
        ));
    }
    if faults.is_empty() {
        return;
    }
    let message = format!("{what} {}", faults.join("; it "));
    findings.push(
        Finding::new(&HEAVY_PICTURE, place, message).help(
            "make it smaller with a picture program, to at most 1200 pixels wide, and save it as JPEG or WebP, or as SVG if it is drawn",
        ),
    );
}
