//! The web edition: a folder that works at any path of a web server, and from `file://` as it is.

use crate::base::place::{FileId, PageId};
use crate::base::slug::asset_address;
use crate::model::{Page, Site};
use crate::parse::tree::Target;
use crate::render::{look, view};
use std::collections::BTreeMap;

/// The file that tells what the folder holds; a folder with it was made by this program.
pub(crate) const MANIFEST: &str = "stepdown-manifest.json";

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

/// Plans all files of the web edition but its manifest, sorted by address.
pub(crate) fn plan(site: &Site) -> Vec<Entry> {
    let mut files: BTreeMap<String, Source> = BTreeMap::new();
    for file in site.snapshot.below("static/") {
        files.insert(asset_address(&file.path), Source::Copy(file.id));
    }
    for file in used_assets(site) {
        files.insert(
            asset_address(&site.snapshot.file(file).path),
            Source::Copy(file),
        );
    }
    for redirect in &site.redirects {
        files.insert(redirect.from.clone(), Source::Redirect(redirect.to));
    }
    for page in site.published() {
        files.insert(page.address.clone(), Source::Page(page.id));
    }
    if let Some(home) = site.by_key(0, "index") {
        files.insert("index.html".to_owned(), Source::Page(home.id));
    }
    if let (Some(address), Some(sheet)) = (look::address(site), look::style_sheet(site)) {
        files
            .entry(address.to_owned())
            .or_insert(Source::Bytes(sheet.into_bytes()));
    }
    files.insert("404.html".to_owned(), Source::NotFound);
    files.insert(
        "_headers".to_owned(),
        Source::Bytes(HEADERS.as_bytes().to_vec()),
    );
    if let Some(base) = &site.settings.base_url {
        files.insert(
            "sitemap.xml".to_owned(),
            Source::Bytes(view::sitemap(site, base)),
        );
        for (index, language) in site.languages.iter().enumerate() {
            files.insert(
                format!("{}/feed.xml", language.language),
                Source::Bytes(view::feed(site, index, base)),
            );
        }
    }
    files
        .into_iter()
        .map(|(address, source)| Entry { address, source })
        .collect()
}

/// Headers for hosts that read such a file; elsewhere it does no harm.
const HEADERS: &str = "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  X-Frame-Options: DENY\n";

/// Gives the files beside articles that published pages show or link to; other files are never published.
fn used_assets(site: &Site) -> Vec<FileId> {
    let mut used: Vec<FileId> = Vec::new();
    for page in site.published() {
        let Some(document) = &page.document else {
            continue;
        };
        used.extend(assets_of(site, page, document));
        for embed in &document.tree.embeds {
            let shared = [page.language, page.text_language, 0]
                .into_iter()
                .find_map(|language| site.shared.get(&(language, embed.name.value.clone())));
            used.extend(
                shared
                    .into_iter()
                    .flat_map(|shared| assets_of(site, page, shared)),
            );
        }
    }
    used.sort();
    used.dedup();
    used
}

fn assets_of(site: &Site, page: &Page, document: &crate::parse::Document) -> Vec<FileId> {
    let written = document
        .tree
        .links
        .iter()
        .filter_map(|link| match &link.target {
            Target::Written(address)
                if !address.starts_with("http") && !address.contains(".md") =>
            {
                Some(address)
            }
            _ => None,
        });
    written
        .filter_map(|address| crate::model::asset_at(site, page, document, address))
        .collect()
}
