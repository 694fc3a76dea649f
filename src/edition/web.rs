//! The web edition: a folder that works at any path of a web server, and from `file://` as it is.

use super::folder::Folder;
use super::{Colophon, Container, Edition, Form, Landing, LandingKind, PROGRAM, Stage, changes};
use crate::base::place::{FileId, PageId};
use crate::base::slug::asset_address;
use crate::finding::{Failure, Findings};
use crate::model::{Page, Site, UsedFiles};
use crate::parse::tree::Tree;
use crate::render::html::{Addresses, Relative, Syntax};
use crate::render::view::Renderer;
use crate::render::{look, view};
use crate::settings::Settings;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file that tells what the folder holds; a folder with it was made by this program.
pub(crate) const MANIFEST: &str = "stepdown-manifest.json";

/// The web edition.
pub(crate) struct Web;

impl Edition for Web {
    fn name(&self) -> &'static str {
        "web"
    }

    fn about(&self) -> &'static str {
        "a folder for a web server"
    }

    fn form(&self) -> &'static dyn Form {
        &Self
    }

    fn landings(&self, _settings: &Settings) -> Vec<Landing> {
        vec![Landing {
            name: "web".to_owned(),
            kind: LandingKind::Folder {
                mark: MANIFEST,
                changes: changes::NAME,
            },
        }]
    }

    fn start<'d>(&self, stage: Stage<'d>) -> Result<Box<dyn Container + 'd>, Failure> {
        let mark = (MANIFEST, manifest as _);
        let folder = Folder::new(stage.disk, stage.source, stage.places[0].clone(), mark)?;
        Ok(Box::new(folder))
    }

    fn closing(&self, places: &[PathBuf], say: &dyn Fn(&Path) -> String) -> String {
        let home = say(&places[0].join("index.html"));
        format!("To read the site, open {home} in a browser.")
    }
}

impl Form for Web {
    fn name(&self) -> &'static str {
        "web"
    }

    fn plan(&self, site: &Site) -> Vec<Entry> {
        plan(site)
    }

    fn copies(&self, site: &Site, used: &UsedFiles, plan: &[Entry]) -> Vec<Entry> {
        copies(site, used, plan)
    }

    fn syntax(&self) -> Syntax {
        Syntax::Html
    }

    fn addresses<'s>(&self, _site: &'s Site, from: &'s str) -> Box<dyn Addresses + 's> {
        Box::new(Relative { from })
    }

    fn page(
        &self,
        renderer: &Renderer,
        page: &Page,
        tree: &Tree,
        from: &str,
        findings: &mut Findings,
    ) -> Vec<u8> {
        let content = self.content(renderer.site(), page, tree, from);
        renderer.framed(page, &content, from, findings)
    }
}

/// Writes the manifest: which version this is, of which day, and all other files with their lengths and digests.
pub(crate) fn manifest(colophon: &Colophon<'_>) -> Vec<u8> {
    let files = colophon.files.iter().map(|file| {
        let facts = json!({"sha256": file.digest.to_string(), "length": file.length});
        (file.address.clone(), facts)
    });
    let manifest = json!({
        "program": PROGRAM,
        "version": colophon.version,
        "built": colophon.day.to_string(),
        "files": files.collect::<serde_json::Map<_, _>>(),
    });
    format!("{manifest:#}\n").into_bytes()
}

/// What a file of the output is made from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// A page.
    Page(PageId),
    /// An earlier address that leads to a page.
    Redirect(PageId),
    /// The page for addresses that do not exist.
    NotFound,
    /// A copy of a file.
    Copy(FileId),
    /// Bytes that are known already.
    Bytes(Vec<u8>),
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Its address from the edition's root.
    pub address: String,
    /// What it is made from.
    pub source: Source,
}

/// Plans the files of the web edition, sorted by address: all but its manifest and those that are known when all pages are made, which
/// are the files of the search and the copies of files beside articles.
pub(crate) fn plan(site: &Site) -> Vec<Entry> {
    // Where two have the same address, the later one counts.
    let mut files: Vec<Entry> = Vec::with_capacity(site.pages.len() + site.redirects.len());
    let mut add = |address: String, source| files.push(Entry { address, source });
    if let (Some(address), Some(sheet)) = (look::address(site), look::style_sheet(site)) {
        add(address.to_owned(), Source::Bytes(sheet.into_bytes()));
    }
    for file in site.snapshot.below("static/") {
        add(asset_address(&file.path), Source::Copy(file.id));
    }
    for redirect in &site.redirects {
        add(redirect.from.clone(), Source::Redirect(redirect.to));
    }
    for page in site.published() {
        add(page.address.clone(), Source::Page(page.id));
    }
    if let Some(home) = site.by_key(0, "index") {
        add("index.html".to_owned(), Source::Page(home.id));
    }
    add("404.html".to_owned(), Source::NotFound);
    add(
        "_headers".to_owned(),
        Source::Bytes(HEADERS.as_bytes().to_vec()),
    );
    if let Some(base) = &site.settings.base_url {
        add(
            "sitemap.xml".to_owned(),
            Source::Bytes(view::sitemap(site, base)),
        );
        for (index, language) in site.languages.iter().enumerate() {
            add(
                format!("{}/feed.xml", language.language),
                Source::Bytes(view::feed(site, index, base)),
            );
        }
    }
    files.sort_by(|left, right| left.address.cmp(&right.address));
    files.dedup_by(|later, first| {
        let is_same = later.address == first.address;
        if is_same {
            std::mem::swap(later, first);
        }
        is_same
    });
    files
}

/// Headers for hosts that read such a file; elsewhere it does no harm.
const HEADERS: &str = "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  X-Frame-Options: DENY\n";

/// Plans the copies of the files beside articles that pages use, sorted by address. What stands in the plan has its address first.
pub(crate) fn copies(site: &Site, used: &UsedFiles, plan: &[Entry]) -> Vec<Entry> {
    let is_planned = |address: &str| {
        let found = plan.binary_search_by(|entry| entry.address.as_str().cmp(address));
        found.is_ok()
    };
    let copies: BTreeMap<String, FileId> = used
        .files()
        .map(|file| (asset_address(&site.snapshot.file(file).path), file))
        .filter(|(address, _)| !is_planned(address))
        .collect();
    let copies = copies.into_iter().map(|(address, file)| Entry {
        address,
        source: Source::Copy(file),
    });
    copies.collect()
}
