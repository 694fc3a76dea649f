//! A site kept in memory while somebody edits it.
//!
//! ```text
//! Disk ─load_again→ Snapshot ─parse (what has changed)→ Documents ─resolve→ Version ─page, file, survey→ bytes and findings
//! ```
//!
//! A workspace reads the site's folder again whenever it is asked to, and gives one whole [`Version`] after another. A version never changes
//! and knows nothing of the folder but for the files that are copied. Its pages are made when somebody asks for them. Nothing is written.

use super::version::{Numbers, Version};
use super::{Options, assemble, parse_one, reading, texts};
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::disk::Disk;
use crate::finding::{Failure, Findings};
use crate::load::{Origin, Snapshot, SourceFile, load_again};
use crate::model::Site;
use crate::parse::{Document, Reading};
use crate::settings;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A site's folder and what was made of it so far.
pub(crate) struct Workspace<'d> {
    disk: &'d dyn Disk,
    options: Options,
    /// The folder as it was last read.
    snapshot: Arc<Snapshot>,
    reading: Reading,
    /// The documents, by the numbers of their files.
    parsed: Vec<Option<Parsed>>,
    numbers: Numbers,
    /// The last version that could be made.
    last: Option<Arc<Version>>,
    /// Where pages went whose files were renamed or moved, by their earlier addresses.
    moved: HashMap<String, String>,
    /// Whether the next look makes a version even if nothing has changed.
    is_new: bool,
    /// Whether what is shown now is not the last version.
    is_interrupted: bool,
}

/// A file that was read, with what was found in it.
#[derive(Clone)]
struct Parsed {
    path: SitePath,
    digest: Digest,
    document: Arc<Document>,
    findings: Arc<Findings>,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It came.
    Added(SitePath),
    /// It went.
    Removed(SitePath),
    /// Its bytes changed.
    Edited(SitePath),
    /// It went from the first path to the second.
    Moved(SitePath, SitePath),
}

/// What a look at the folder gave.
pub(crate) struct Refreshed {
    /// What happened to files since the last look.
    pub changes: Vec<Change>,
    /// The new version, or why there is none.
    pub version: Result<Arc<Version>, Failure>,
}

impl<'d> Workspace<'d> {
    /// Takes a folder, which is not read yet.
    pub(crate) fn new(disk: &'d dyn Disk, options: Options) -> Self {
        Self {
            disk,
            options,
            snapshot: Arc::default(),
            reading: Reading::default(),
            parsed: Vec::new(),
            numbers: Numbers::default(),
            last: None,
            moved: HashMap::new(),
            is_new: true,
            is_interrupted: false,
        }
    }

    /// Looks at the folder, on the day that counts as today; gives `None` if nothing has changed since it last looked.
    pub(crate) fn refresh(&mut self, today: Date) -> Result<Option<Refreshed>, Failure> {
        let options = &self.options;
        let loaded = load_again(self.disk, &options.root, options.starter, &self.snapshot);
        let snapshot = loaded.inspect_err(|_| self.is_new = true)?;
        let before = std::mem::replace(&mut self.snapshot, Arc::new(snapshot));
        let changes = changes(&before, &self.snapshot);
        let is_same_day = std::mem::replace(&mut self.options.today, today) == today;
        if changes.is_empty() && is_same_day && !self.is_new {
            return Ok(None);
        }
        self.count(&before, &changes, !is_same_day);
        self.is_new = false;
        let version = self.make();
        if let Ok(version) = &version {
            if let Some(last) = &self.last {
                follow(&mut self.moved, &changes, last.site(), version.site());
            }
            self.last = Some(Arc::clone(version));
            self.is_interrupted = false;
        }
        Ok(Some(Refreshed { changes, version }))
    }

    /// Takes note that the site cannot be shown now, which pages are told as a version of its own.
    pub(crate) fn interrupt(&mut self) -> Numbers {
        self.is_interrupted = true;
        self.numbers.version += 1;
        self.numbers.pages = self.numbers.version;
        self.numbers
    }

    /// Gives the place to which a page went whose file was renamed or moved while this workspace was watching.
    pub(crate) fn moved(&self) -> &HashMap<String, String> {
        &self.moved
    }

    /// Notes in which version styles, pages and other files changed last.
    fn count(&mut self, before: &Snapshot, changes: &[Change], is_new_day: bool) {
        let numbers = &mut self.numbers;
        numbers.version += 1;
        let mut has_other = is_new_day || self.is_new || self.is_interrupted;
        for change in changes {
            let Change::Edited(path) = change else {
                has_other = true;
                continue;
            };
            let is_asset =
                |snapshot: &Snapshot| snapshot.find(path).is_some_and(|file| !file.is_text());
            if path.as_str().starts_with("static/") && path.ending() == "css" {
                numbers.styles = numbers.version;
            } else if is_asset(before) && is_asset(&self.snapshot) {
                numbers.files = numbers.version;
            } else {
                has_other = true;
            }
        }
        if has_other {
            numbers.pages = numbers.version;
        }
    }

    /// Makes a version of the folder as it was last read.
    fn make(&mut self) -> Result<Arc<Version>, Failure> {
        let snapshot = Arc::clone(&self.snapshot);
        let mut findings = Findings::default();
        snapshot.find_problems(&mut findings);
        let settings = settings::read(&snapshot, &mut findings);
        let documents = self.parse(&snapshot, &settings, &mut findings);
        let prepared = assemble(
            documents.clone(),
            &snapshot,
            settings,
            &self.options,
            &mut findings,
        )?;
        let version = Version::new(
            self.numbers,
            self.options.clone(),
            documents,
            prepared,
            findings,
        );
        Ok(Arc::new(version))
    }

    /// Reads the texts that have changed, and keeps the others.
    fn parse(
        &mut self,
        snapshot: &Snapshot,
        settings: &settings::Settings,
        findings: &mut Findings,
    ) -> Vec<Arc<Document>> {
        let reading = reading(settings);
        let is_same_reading = reading == self.reading;
        let kept = &self.parsed;
        let texts = texts(snapshot, settings);
        let is_kept = |file: &SourceFile| {
            kept.get(file.id.0 as usize)
                .and_then(Option::as_ref)
                .filter(|kept| {
                    is_same_reading && kept.digest == file.digest && kept.path == file.path
                })
        };
        let parsed: Vec<Parsed> = texts
            .par_iter()
            .with_min_len(64)
            .map(|file| {
                is_kept(file).cloned().unwrap_or_else(|| {
                    let (document, findings) = parse_one(file, &reading);
                    Parsed {
                        path: file.path.clone(),
                        digest: file.digest,
                        document,
                        findings: Arc::new(findings),
                    }
                })
            })
            .collect();
        let mut documents = Vec::with_capacity(parsed.len());
        self.parsed.clear();
        for (file, parsed) in texts.iter().zip(parsed) {
            documents.push(Arc::clone(&parsed.document));
            findings.append(Findings::clone(&parsed.findings));
            let slot = file.id.0 as usize;
            if self.parsed.len() <= slot {
                self.parsed.resize(slot + 1, None);
            }
            self.parsed[slot] = Some(parsed);
        }
        self.reading = reading;
        documents
    }
}

/// Compares two moments of a folder. A file that went and one that came are the same file moved if their bytes are the same, or their
/// number on the disk.
fn changes(before: &Snapshot, after: &Snapshot) -> Vec<Change> {
    let (mut added, mut removed, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut old, mut new) = (
        before.files.iter().peekable(),
        after.files.iter().peekable(),
    );
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => break,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(old), Some(new)) if Arc::ptr_eq(old, new) => Ordering::Equal,
            (Some(old), Some(new)) => old.path.cmp(&new.path),
        };
        let gone = (order != Ordering::Greater).then(|| old.next()).flatten();
        let come = (order != Ordering::Less).then(|| new.next()).flatten();
        match (gone, come) {
            (Some(gone), None) => removed.push(gone),
            (None, Some(come)) => added.push(come),
            (Some(gone), Some(come))
                if gone.digest != come.digest || gone.is_text() != come.is_text() =>
            {
                changes.push(Change::Edited(come.path.clone()));
            }
            _ => {}
        }
    }
    changes.extend(moves(&removed, added, after));
    changes
}

/// Tells where the files that went are now, and which came. A file was moved if one with its bytes is there, as after a copy that was
/// followed by a removal, or if one came with its number on the disk.
fn moves(
    removed: &[&Arc<SourceFile>],
    mut added: Vec<&Arc<SourceFile>>,
    after: &Snapshot,
) -> Vec<Change> {
    let is_own = |file: &&&Arc<SourceFile>| file.origin == Origin::Site;
    let mut changes = Vec::new();
    if !removed.is_empty() {
        let all = after.files.iter().chain(added.iter().copied());
        let by_digest: HashMap<Digest, &SitePath> = all
            .filter(|file| file.origin == Origin::Site)
            .map(|file| (file.digest, &file.path))
            .collect();
        let mut by_inode: HashMap<u64, &SitePath> = added
            .iter()
            .filter(is_own)
            .map(|file| (file.stamp.inode, &file.path))
            .collect();
        by_inode.remove(&0);
        for gone in removed.iter().filter(is_own) {
            let same = by_digest.get(&gone.digest);
            changes.push(match same.or_else(|| by_inode.get(&gone.stamp.inode)) {
                Some(to) => Change::Moved(gone.path.clone(), (*to).clone()),
                None => Change::Removed(gone.path.clone()),
            });
        }
    }
    let targets: HashSet<SitePath> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Moved(_, to) => Some(to.clone()),
            _ => None,
        })
        .collect();
    added.retain(|file| !targets.contains(&file.path));
    changes.extend(
        added
            .into_iter()
            .map(|file| Change::Added(file.path.clone())),
    );
    changes
}

/// Notes where the pages went whose files were moved, in all languages that show them.
fn follow(moved: &mut HashMap<String, String>, changes: &[Change], before: &Site, after: &Site) {
    let moves = changes.iter().filter_map(|change| match change {
        Change::Moved(from, to) => Some((from, to)),
        _ => None,
    });
    let moves: HashMap<&SitePath, &SitePath> = moves.collect();
    if moves.is_empty() {
        return;
    }
    let mut new = HashMap::new();
    for page in &after.pages {
        if let Some(document) = &page.document {
            new.insert((page.language, &document.path), &page.address);
        }
    }
    for page in &before.pages {
        let to = page
            .document
            .as_ref()
            .and_then(|document| moves.get(&document.path));
        let to = to.and_then(|to| new.get(&(page.language, *to)));
        if let Some(to) = to.filter(|to| **to != &page.address) {
            moved.insert(page.address.clone(), (*to).clone());
        }
    }
}
