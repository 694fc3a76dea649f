//! Reads a site's folder into a snapshot: the text of texts, and of every other file its path, digest, length and picture size.
//!
//! Nothing of the folder is read after this stage, except files that are copied as they are. A folder can be read again: what has
//! not changed since is kept, with the same numbers, so that whatever was made from it stays true.

mod starter;

pub use starter::{Starter, starter_files};

use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::base::place::{FileId, Place};
use crate::disk::{Disk, Entry, Stamp};
use crate::finding::out::Sources;
use crate::finding::rules::{MISPLACED_FILE, NOT_UTF8, TOO_LARGE};
use crate::finding::{Failure, Finding, Findings};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file with the settings of a site.
pub(crate) const SETTINGS: &str = "stepdown.toml";

/// The largest text that is read, in bytes.
pub(crate) const MAX_TEXT: u64 = 2 * 1024 * 1024;
/// How many bytes of a picture are looked at to find its size.
const PICTURE_HEAD: usize = 64 * 1024;
/// How long ago a file must have changed, in nanoseconds, for its stamp to be trusted: FAT keeps times in steps of two seconds, so a
/// file that changes twice within a step looks the same.
const SETTLED: i128 = 2_500_000_000;

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
    Text(Arc<str>),
    /// Text that cannot be read; a finding says why.
    Unreadable(Arc<str>),
    /// Anything else, with width and height in pixels if it is a picture.
    Asset(Option<(u32, u32)>),
}

/// One file of a site.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Its number; a file keeps it as long as it stays at its path.
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
    /// What keeps it from being read.
    problem: Option<Problem>,
    /// How it looked from outside when it was read.
    pub stamp: Stamp,
    /// Whether a file that looks the same must be the same.
    is_settled: bool,
}

impl SourceFile {
    /// Makes the first file of a site in memory.
    #[cfg(test)]
    pub(crate) fn of_text(path: &str, text: &str) -> Self {
        let path = SitePath::new(path);
        let loaded = loaded_bytes(&path, text.as_bytes().to_vec(), true);
        Self {
            id: FileId(0),
            ..loaded.at(path, Origin::Site, Stamp::default())
        }
    }

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
    pub(crate) files: Vec<Arc<SourceFile>>,
    /// Where in `files` the file of each number stands.
    by_id: Vec<Option<u32>>,
}

impl Snapshot {
    /// Gives a file by its number.
    pub(crate) fn file(&self, id: FileId) -> &SourceFile {
        let index =
            self.by_id[id.0 as usize].expect("a number is asked for only while its file is there");
        &self.files[index as usize]
    }

    /// Finds a file by its path.
    pub(crate) fn find(&self, path: &SitePath) -> Option<&SourceFile> {
        self.shared(path).map(|file| &**file)
    }

    fn shared(&self, path: &SitePath) -> Option<&Arc<SourceFile>> {
        let index = self
            .files
            .binary_search_by(|file| file.path.cmp(path))
            .ok()?;
        Some(&self.files[index])
    }

    /// Gives a place for what stands in no file.
    pub(crate) fn nowhere(&self) -> Place {
        let first = self.files.first().map_or(UNNUMBERED, |file| file.id);
        Place::new(first, 0..0)
    }

    /// Goes through the files below a folder, such as `content/_data/`.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let first = self
            .files
            .partition_point(|file| file.path.as_str() < folder);
        let files = self.files[first..].iter().map(|file| &**file);
        files.take_while(move |file| file.path.as_str().starts_with(folder))
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

/// What keeps a file from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NotUtf8(usize),
    TooLarge,
    Link,
}

/// What a file holds, before it has a number.
struct Loaded {
    digest: Digest,
    length: u64,
    body: Body,
    problem: Option<Problem>,
}

/// Reads a site's folder; the starter's templates, styles and data stand in where the site has no file of the same name.
pub fn load(
    disk: &dyn Disk,
    root: &Path,
    starter: Starter,
    findings: &mut Findings,
) -> Result<Snapshot, Failure> {
    let snapshot = load_again(disk, root, starter, &Snapshot::default())?;
    snapshot.find_problems(findings);
    Ok(snapshot)
}

/// Reads a site's folder again. Files that look as they did before are not read, and files that are the same keep their numbers.
pub(crate) fn load_again(
    disk: &dyn Disk,
    root: &Path,
    starter: Starter,
    before: &Snapshot,
) -> Result<Snapshot, Failure> {
    let now = disk.now();
    let entries = list(disk, root)?;
    let mut files = Vec::with_capacity(entries.len());
    let mut changed = Vec::new();
    let mut before_files = before.files.iter().peekable();
    for entry in entries {
        while before_files
            .next_if(|file| file.path < entry.path)
            .is_some()
        {}
        let known = before_files.next_if(|file| file.path == entry.path);
        let known = known.filter(|file| file.origin == Origin::Site);
        match known.filter(|file| file.is_settled && file.stamp == entry.stamp) {
            Some(same) => files.push(Arc::clone(same)),
            None => changed.push((entry, known)),
        }
    }
    let read: Result<Vec<_>, Failure> = changed
        .par_iter()
        .map(|(entry, known)| read_again(disk, root, entry, *known, now))
        .collect();
    files.extend(read?.into_iter().flatten());
    files.sort_by(|left, right| left.path.cmp(&right.path));
    let mut stand_in = Vec::new();
    for (path, bytes) in starter_files(starter) {
        if !starter::stands_in(path, &files) {
            continue;
        }
        let path = SitePath::new(path);
        let known = before.shared(&path);
        let known = known.filter(|file| file.origin == Origin::BuiltIn);
        stand_in.push(known.map_or_else(
            || {
                let loaded = loaded_bytes(&path, bytes.to_vec(), is_text(&path));
                Arc::new(loaded.at(path.clone(), Origin::BuiltIn, Stamp::default()))
            },
            Arc::clone,
        ));
    }
    files.append(&mut stand_in);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(number(root, files, before))
}

/// Reads a file that may have changed; gives `None` for one that was taken away meanwhile.
fn read_again(
    disk: &dyn Disk,
    root: &Path,
    entry: &Entry,
    known: Option<&Arc<SourceFile>>,
    now: i128,
) -> Result<Option<Arc<SourceFile>>, Failure> {
    let Some(loaded) = load_one(disk, root, entry)? else {
        return Ok(None);
    };
    let is_settled = now - entry.stamp.modified > SETTLED;
    let is_same =
        |known: &&Arc<SourceFile>| known.digest == loaded.digest && known.problem == loaded.problem;
    let Some(known) = known.filter(is_same) else {
        let mut file = loaded.at(entry.path.clone(), Origin::Site, entry.stamp);
        file.is_settled = is_settled;
        return Ok(Some(Arc::new(file)));
    };
    if known.stamp == entry.stamp && known.is_settled == is_settled {
        return Ok(Some(Arc::clone(known)));
    }
    Ok(Some(Arc::new(SourceFile {
        stamp: entry.stamp,
        is_settled,
        ..SourceFile::clone(known)
    })))
}

/// Lists the files of a site, sorted by path; what editors leave behind is not among them.
fn list(disk: &dyn Disk, root: &Path) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<Entry> = Vec::new();
    for folder in ["content", "static", "templates"] {
        let below = disk.list(&root.join(folder))?;
        entries.extend(below.into_iter().map(|entry| Entry {
            path: SitePath::new(&format!("{folder}/{}", entry.path)),
            ..entry
        }));
    }
    if let Some(stat) = disk.stat(&root.join(SETTINGS)) {
        entries.push(Entry {
            path: SitePath::new(SETTINGS),
            stamp: stat.stamp,
            is_link: stat.is_link,
        });
    }
    entries.retain(|entry| !is_backup(entry.path.name()));
    entries.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(entries)
}

/// Gives each file its number: the one that it had before, else one that no file had.
fn number(root: &Path, mut files: Vec<Arc<SourceFile>>, before: &Snapshot) -> Snapshot {
    let mut by_id = vec![None; before.by_id.len()];
    let mut free =
        (0_u32..).filter(|id| before.by_id.get(*id as usize).is_none_or(Option::is_none));
    for (index, file) in files.iter_mut().enumerate() {
        let index = u32::try_from(index).expect("a folder holds fewer than four billion files");
        if file.id == UNNUMBERED {
            let had = before.find(&file.path).map(|before| before.id);
            let id = had.unwrap_or_else(|| FileId(free.next().expect("numbers do not end")));
            Arc::make_mut(file).id = id;
        }
        let slot = file.id.0 as usize;
        if by_id.len() <= slot {
            by_id.resize(slot + 1, None);
        }
        by_id[slot] = Some(index);
    }
    Snapshot {
        root: root.to_owned(),
        files,
        by_id,
    }
}

/// Stands for a number that is not given yet.
const UNNUMBERED: FileId = FileId(u32::MAX);

impl Snapshot {
    /// Finds the files that cannot be read.
    pub(crate) fn find_problems(&self, findings: &mut Findings) {
        for file in &self.files {
            let at = |offset: usize| Place::new(file.id, offset..offset);
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
        }
    }
}

impl Loaded {
    /// Makes the file that it is, without a number.
    fn at(self, path: SitePath, origin: Origin, stamp: Stamp) -> SourceFile {
        SourceFile {
            id: UNNUMBERED,
            path,
            origin,
            digest: self.digest,
            length: self.length,
            body: self.body,
            problem: self.problem,
            stamp,
            is_settled: false,
        }
    }
}

/// Reads a file; gives `None` for one that was taken away meanwhile.
fn load_one(disk: &dyn Disk, root: &Path, entry: &Entry) -> Result<Option<Loaded>, Failure> {
    let refused = |problem| Loaded {
        digest: Digest::of(&entry.stamp.length.to_le_bytes()),
        length: entry.stamp.length,
        body: Body::Unreadable("".into()),
        problem: Some(problem),
    };
    if entry.is_link {
        return Ok(Some(refused(Problem::Link)));
    }
    if is_text(&entry.path) && entry.stamp.length > MAX_TEXT {
        return Ok(Some(refused(Problem::TooLarge)));
    }
    let path = root.join(entry.path.as_str());
    let read = if is_text(&entry.path) {
        disk.read(&path)
            .map(|bytes| loaded_bytes(&entry.path, bytes, true))
    } else {
        load_asset(disk, &path, entry)
    };
    match read {
        Err(_) if disk.stat(&path).is_none() => Ok(None),
        read => read.map(Some),
    }
}

fn load_asset(disk: &dyn Disk, path: &Path, entry: &Entry) -> Result<Loaded, Failure> {
    let mut file = disk.open(path)?;
    let (digest, length, head) = Digest::of_reader(&mut file, PICTURE_HEAD)
        .map_err(|cause| Failure::io("read", path, &cause))?;
    Ok(Loaded {
        digest,
        length,
        body: Body::Asset(picture_size(&entry.path, &head)),
        problem: None,
    })
}

fn loaded_bytes(path: &SitePath, bytes: Vec<u8>, is_text: bool) -> Loaded {
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
        (Body::Asset(picture_size(path, &bytes)), None)
    };
    Loaded {
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
        "templates" | SETTINGS => true,
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
