//! Pictures that are slow to load on a phone.

use crate::base::path::SitePath;
use crate::base::place::Place;
use crate::finding::rules::HEAVY_PICTURE;
use crate::finding::{Finding, Findings};
use crate::load::{Body, SourceFile};
use crate::model::{Site, UsedFiles};

/// The most bytes of a picture.
const MOST: u64 = 200_000;
/// The most bytes of the logo.
const MOST_OF_LOGO: u64 = 20_000;
/// The most pixels of a picture each way.
const MOST_PIXELS: u32 = 2_400;

/// Finds a heavy logo.
pub(super) fn heavy_logo(site: &Site, findings: &mut Findings) {
    if let Some(logo) = &site.settings.look.logo {
        let path = SitePath::new(&format!("static/{}", logo.value));
        if let Some(file) = site.snapshot.find(&path) {
            check(file, "the logo", MOST_OF_LOGO, logo.place, findings);
        }
    }
}

/// Finds the heavy ones among the pictures that pages show, each where it is shown first.
pub(super) fn heavy_pictures(site: &Site, used: &UsedFiles, findings: &mut Findings) {
    for (file, place) in used.pictures() {
        let file = site.snapshot.file(file);
        let name = format!("`{}`", file.path.name());
        check(file, &name, MOST, place, findings);
    }
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
