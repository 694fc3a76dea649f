//! Reads a site's folder into a snapshot: the text of texts, and of every other file its path, digest, length and picture size.
//!
//! Nothing of the folder is read after this stage, except files that are copied as they are.

mod starter;

pub use starter::{Starter, starter_files};

use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::base::place::{FileId, Place};
use crate::disk::{Disk, Entry};
use crate::finding::out::Sources;
use crate::finding::rules::{MISPLACED_FILE, NOT_UTF8, TOO_LARGE};
use crate::finding::{Failure, Finding, Findings};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The largest text that is read, in bytes.
pub(crate) const MAX_TEXT: u64 = 2 * 1024 * 1024;
/// How many bytes of a picture are looked at to find its size.
const PICTURE_HEAD: usize = 64 * 1024;

/// Where a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The site's own folder.
    Site,
    /// The program, because the site has no file of that name.
    BuiltIn,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Text that will be read.
    Text(Box<str>),
    /// Text that cannot be read; a finding says why.
    Unreadable(Box<str>),
    /// Anything else, with width and height in pixels if it is a picture.
    Asset(Option<(u32, u32)>),
}

/// One file of a site.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Its number.
    pub id: FileId,
    /// Its path from the site's root.
    pub path: SitePath,
    /// Where it comes from.
    pub origin: Origin,
    /// Its digest.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
    /// What it holds.
    pub body: Body,
}

impl SourceFile {
    /// Gives the text, empty for other files.
    pub(crate) fn text(&self) -> &str {
        match &self.body {
            Body::Text(text) | Body::Unreadable(text) => text,
            Body::Asset(_) => "",
        }
    }

    /// Tells whether the text can be read.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.body, Body::Text(_))
    }
}

/// A site's folder as it was at one moment.
#[derive(Default)]
pub struct Snapshot {
    /// The folder.
    pub(crate) root: PathBuf,
    /// All files, sorted by path.
    pub(crate) files: Vec<SourceFile>,
    by_path: HashMap<SitePath, FileId>,
}

impl Snapshot {
    /// Gives a file by its number.
    pub(crate) fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Finds a file by its path.
    pub(crate) fn find(&self, path: &SitePath) -> Option<&SourceFile> {
        self.by_path.get(path).map(|id| self.file(*id))
    }

    /// Goes through the files below a folder, such as `content/_data/`.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let first = self
            .files
            .partition_point(|file| file.path.as_str() < folder);
        self.files[first..]
            .iter()
            .take_while(move |file| file.path.as_str().starts_with(folder))
    }

    /// Gives one digest of all files with their paths.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(
            self.files
                .iter()
                .flat_map(|file| [file.path.as_str().as_bytes(), file.digest.bytes()]),
        )
    }
}

impl Sources for Snapshot {
    fn path(&self, file: FileId) -> &str {
        self.file(file).path.as_str()
    }

    fn text(&self, file: FileId) -> &str {
        self.file(file).text()
    }
}

/// What one file gave, before it has a number.
struct Loaded {
    path: SitePath,
    origin: Origin,
    digest: Digest,
    length: u64,
    body: Body,
    problem: Option<Problem>,
}

enum Problem {
    NotUtf8(usize),
    TooLarge,
    Link,
}

/// Reads a site's folder; the starter's templates, styles and data stand in where the site has no file of the same name.
pub fn load(
    disk: &dyn Disk,
    root: &Path,
    starter: Starter,
    findings: &mut Findings,
) -> Result<Snapshot, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    for folder in ["content", "static", "templates"] {
        let below = disk.list(&root.join(folder))?;
        entries.extend(below.into_iter().map(|entry| Entry {
            path: SitePath::new(&format!("{folder}/{}", entry.path)),
            ..entry
        }));
    }
    if let Some(stat) = disk.stat(&root.join("stepdown.toml")) {
        entries.push(Entry {
            path: SitePath::new("stepdown.toml"),
            length: stat.length,
            is_link: stat.is_link,
        });
    }
    entries.retain(|entry| !is_backup(entry.path.name()));
    let loaded: Result<Vec<Loaded>, Failure> = entries
        .par_iter()
        .map(|entry| load_one(disk, root, entry))
        .collect();
    let mut loaded = loaded?;
    let own: std::collections::HashSet<SitePath> =
        loaded.iter().map(|file| file.path.clone()).collect();
    let stand_in = starter_files(starter).filter(|(path, _)| starter::stands_in(path, &own));
    loaded.extend(stand_in.map(|(path, bytes)| {
        let path = SitePath::new(path);
        let is_text = is_text(&path);
        loaded_bytes(path, Origin::BuiltIn, bytes.to_vec(), is_text)
    }));
    loaded.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(number(root, loaded, findings))
}

fn number(root: &Path, loaded: Vec<Loaded>, findings: &mut Findings) -> Snapshot {
    let mut snapshot = Snapshot {
        root: root.to_owned(),
        ..Snapshot::default()
    };
    for (index, file) in loaded.into_iter().enumerate() {
        let id =
            FileId(u32::try_from(index).expect("a folder holds fewer than four billion files"));
        let at = |offset: usize| Place::new(id, offset..offset);
        match file.problem {
            Some(Problem::NotUtf8(offset)) => findings.push(
                Finding::new(&NOT_UTF8, at(offset), "the file is not saved as UTF-8, so its letters cannot be told from here on")
                    .help("open it in your editor and save it again with the encoding UTF-8"),
            ),
            Some(Problem::TooLarge) => findings.push(
                Finding::new(&TOO_LARGE, at(0), format!("the file has {} bytes; a text may have at most {MAX_TEXT}", file.length))
                    .help("split the text into several articles, or move it out of this folder if it is not one"),
            ),
            Some(Problem::Link) => findings.push(
                Finding::new(&MISPLACED_FILE, at(0), "this is a link to a file elsewhere, which would be missing in a copy of the site")
                    .help("put the file itself here"),
            ),
            None => {}
        }
        snapshot.by_path.insert(file.path.clone(), id);
        snapshot.files.push(SourceFile {
            id,
            path: file.path,
            origin: file.origin,
            digest: file.digest,
            length: file.length,
            body: file.body,
        });
    }
    snapshot
}

fn load_one(disk: &dyn Disk, root: &Path, entry: &Entry) -> Result<Loaded, Failure> {
    let refused = |problem| Loaded {
        path: entry.path.clone(),
        origin: Origin::Site,
        digest: Digest::of(&entry.length.to_le_bytes()),
        length: entry.length,
        body: Body::Unreadable("".into()),
        problem: Some(problem),
    };
    if entry.is_link {
        return Ok(refused(Problem::Link));
    }
    let path = root.join(entry.path.as_str());
    if !is_text(&entry.path) {
        return load_asset(disk, &path, entry);
    }
    if entry.length > MAX_TEXT {
        return Ok(refused(Problem::TooLarge));
    }
    let bytes = disk.read(&path)?;
    Ok(loaded_bytes(entry.path.clone(), Origin::Site, bytes, true))
}

fn load_asset(disk: &dyn Disk, path: &Path, entry: &Entry) -> Result<Loaded, Failure> {
    let mut file = disk.open(path)?;
    let (digest, length, head) = Digest::of_reader(&mut file, PICTURE_HEAD)
        .map_err(|cause| Failure::io("read", path, &cause))?;
    Ok(Loaded {
        path: entry.path.clone(),
        origin: Origin::Site,
        digest,
        length,
        body: Body::Asset(picture_size(&entry.path, &head)),
        problem: None,
    })
}

fn loaded_bytes(path: SitePath, origin: Origin, bytes: Vec<u8>, is_text: bool) -> Loaded {
    let digest = Digest::of(&bytes);
    let length = bytes.len() as u64;
    let (body, problem) = if is_text {
        match String::from_utf8(bytes) {
            Ok(text) => (Body::Text(text.into()), None),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let readable = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (
                    Body::Unreadable(readable.into()),
                    Some(Problem::NotUtf8(offset)),
                )
            }
        }
    } else {
        (Body::Asset(picture_size(&path, &bytes)), None)
    };
    Loaded {
        path,
        origin,
        digest,
        length,
        body,
        problem,
    }
}

/// Tells whether a file is read as text: articles, data, settings, templates, interface texts and style sheets.
fn is_text(path: &SitePath) -> bool {
    let folder = path.as_str().split('/').next().unwrap_or_default();
    match folder {
        "content" => matches!(path.ending(), "md" | "toml"),
        "templates" | "stepdown.toml" => true,
        "static" => path.ending() == "css",
        _ => false,
    }
}

/// Tells whether a name is one that editors and systems leave behind.
fn is_backup(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || name.starts_with("~$")
        || [".swp", ".swx", ".bak", ".tmp", ".orig"]
            .iter()
            .any(|ending| name.ends_with(ending))
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// Finds width and height of a picture in pixels; of an SVG, from its `viewBox` or its own attributes.
fn picture_size(path: &SitePath, head: &[u8]) -> Option<(u32, u32)> {
    if path.ending().eq_ignore_ascii_case("svg") {
        return svg_size(&String::from_utf8_lossy(head));
    }
    let size = imagesize::blob_size(head).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

fn svg_size(text: &str) -> Option<(u32, u32)> {
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let rest = &tag[tag.find(&format!(" {name}=\""))? + name.len() + 3..];
        rest.split('"').next()
    };
    let whole = |text: &str| {
        let digits = text.trim_end_matches("px").split('.').next()?;
        digits.parse::<u32>().ok().filter(|size| *size > 0)
    };
    let own = attribute("width")
        .and_then(whole)
        .zip(attribute("height").and_then(whole));
    own.or_else(|| {
        let view: Vec<&str> = attribute("viewBox")?
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .collect();
        whole(view.get(2)?).zip(whole(view.get(3)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_has_the_size_it_says() {
        assert_eq!(
            svg_size("<svg width=\"12px\" height=\"3.5\">"),
            Some((12, 3))
        );
        assert_eq!(
            svg_size("<?xml?><svg viewBox=\"0 0 640,480\">"),
            Some((640, 480))
        );
        assert_eq!(svg_size("<svg>"), None);
    }

    #[test]
    fn what_editors_leave_behind_is_no_article() {
        for name in ["a.md~", "#a.md#", ".a.md.swp", "~$a.md", "a.md.bak"] {
            assert!(is_backup(name), "{name}");
        }
        assert!(!is_backup("a.md"));
    }
}
