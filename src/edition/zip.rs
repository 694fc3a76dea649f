//! The zip edition: the web edition in one file to send, with a page to start from and a text that says what it is.

use super::archive::{Archive, is_ours};
use super::changes::Changes;
use super::web::{self, MANIFEST};
use super::{Colophon, Container, Contents, Edition, Form, Landing, LandingKind, Stage};
use crate::finding::{Failure, Findings};
use crate::model::Site;
use crate::render::view::Renderer;
use crate::settings::Settings;
use std::path::{Path, PathBuf};

/// Stands in `README.txt` between the texts of two languages.
const BETWEEN_LANGUAGES: &str = "\n\n----------------------------------------\n\n";

/// The zip edition.
pub(crate) struct Zip;

impl Edition for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn about(&self) -> &'static str {
        "the same in one file to send"
    }

    fn form(&self) -> &'static dyn Form {
        &web::Web
    }

    fn landings(&self, settings: &Settings) -> Vec<Landing> {
        vec![Landing {
            name: format!("{}.zip", settings.slug),
            kind: LandingKind::File { is_ours },
        }]
    }

    fn start<'d>(&self, stage: Stage<'d>) -> Result<Box<dyn Container + 'd>, Failure> {
        let path = &stage.places[0].staged;
        let sink = stage.disk.create(path)?;
        Ok(Box::new(InFolder {
            archive: Archive::new(sink, stage.source, path, stage.today),
            folder: stage.slug,
        }))
    }

    fn extras(
        &self,
        site: &Site,
        renderer: &Renderer,
        findings: &mut Findings,
    ) -> Vec<(&'static str, Vec<u8>)> {
        vec![
            ("README.txt", readme(site)),
            ("START-HERE.html", renderer.start_here(findings)),
        ]
    }

    fn closing(&self, places: &[PathBuf], say: &dyn Fn(&Path) -> String) -> String {
        let file = say(&places[0]);
        format!("To hand it on, send {file}; it opens with START-HERE.html.")
    }

    fn offered_as(&self) -> Option<&'static str> {
        Some("application/zip")
    }
}

/// Says in each language of the site what the copy is, of which day, and how it is opened.
fn readme(site: &Site) -> Vec<u8> {
    // A language without interface texts of its own has those of another; they stand here once.
    let mut seen: Vec<String> = Vec::with_capacity(site.languages.len());
    let mut parts: Vec<String> = Vec::with_capacity(site.languages.len());
    for language in site.languages.iter() {
        let readme = |date: &str| {
            let name = site.settings.name.shown_in(&language.language);
            let values = [("name", &*name.text), ("date", date)];
            language.texts.with("readme", &values)
        };
        let without_date = readme("");
        if !seen.contains(&without_date) {
            seen.push(without_date);
            parts.push(readme(&language.dates.write(site.today)));
        }
    }
    let readme = parts.join(BETWEEN_LANGUAGES).replace('\n', "\r\n") + "\r\n";
    readme.into_bytes()
}

/// A zip file with one folder, so that unpacking it leaves one thing behind.
struct InFolder<'d> {
    archive: Archive<'d>,
    folder: &'d str,
}

impl Container for InFolder<'_> {
    fn add(&mut self, address: &str, contents: &Contents<'_>) -> Result<(), Failure> {
        self.archive
            .add(&format!("{}/{address}", self.folder), contents)
    }

    fn finish(mut self: Box<Self>, colophon: &Colophon<'_>) -> Result<Option<Changes>, Failure> {
        self.add(MANIFEST, &Contents::Bytes(&web::manifest(colophon)))?;
        self.archive.finish()?;
        Ok(None)
    }
}
