//! The starter built into the program: its library, its templates and its styles. The only file that names `include_dir`.

use crate::load::SourceFile;
use include_dir::{Dir, DirEntry, include_dir};
use std::sync::{Arc, OnceLock};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Which parts of the starter stand in for what a site lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// Templates, styles, data and shared texts: what `build` uses.
    Whole,
    /// Templates and styles only: for tests whose data must be their own.
    LookOnly,
}

/// Goes through the starter's files, each with its path from a site's root, sorted by path.
pub fn starter_files(starter: Starter) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    static FILES: OnceLock<Vec<(String, &'static [u8])>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let mut files = Vec::new();
        for (folder, dir) in [
            ("content", &CONTENT),
            ("static", &STATIC),
            ("templates", &TEMPLATES),
        ] {
            collect(folder, dir, &mut files);
        }
        files.sort();
        files
    });
    files
        .iter()
        .map(|(path, bytes)| (path.as_str(), *bytes))
        .filter(move |(path, _)| starter == Starter::Whole || !path.starts_with("content/"))
}

fn collect(folder: &str, dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(below) => collect(folder, below, files),
            DirEntry::File(file) => files.push((
                format!("{folder}/{}", file.path().display()),
                file.contents(),
            )),
        }
    }
}

/// The folder of the texts that articles share.
const SHARED: &str = "content/_shared/";

/// Tells whether a starter file stands in where a site has none: the look, the data and the shared texts, never an article.
/// A translation stands in only with the text that it translates.
/// The site's own files come sorted by path.
pub(super) fn stands_in(path: &str, own: &[Arc<SourceFile>]) -> bool {
    let has = |path: &str| {
        own.binary_search_by(|own| own.path.as_str().cmp(path))
            .is_ok()
    };
    let has_shared = |name: &str| {
        let first = own.partition_point(|own| own.path.as_str() < SHARED);
        let shared = own[first..].iter().map(|own| &own.path);
        let mut shared = shared.take_while(|path| path.as_str().starts_with(SHARED));
        shared.any(|path| path.name() == name)
    };
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["templates" | "static", ..] => !has(path),
        ["content", "_data", _name] => !has(path),
        ["content", "_data", _language, name] => {
            !has(path) && !has(&format!("content/_data/{name}"))
        }
        ["content", "_shared", _language, name] => !has_shared(name),
        _ => false,
    }
}
