//! A site kept in memory while somebody edits it.
//!
//! ```text
//! Disk ─load_again→ Snapshot ─parse (what has changed)→ Documents ─resolve→ Version ─page, file, survey→ bytes and findings
//! ```
//!
//! A workspace reads the site's folder again whenever it is asked to, and gives one whole [`Version`] after another. A version never changes
//! and knows nothing of the folder but for the files that are copied. Its pages are made when somebody asks for them. Nothing is written.

use super::version::{Numbers, Version, Whole};
use super::{ReadOptions, assemble, parse_one, reading, texts};
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::disk::Disk;
use crate::edition::Editions;
use crate::finding::{Failure, Findings};
use crate::load::{Origin, Snapshot, SourceFile, load_again};
use crate::model::Site;
use crate::parse::{Document, Reading, front_matter};
use crate::settings;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A site's folder and what was made of it so far.
pub(crate) struct Workspace<'d> {
    disk: &'d dyn Disk,
    options: ReadOptions,
    editions: Editions,
    /// The folder as it was last read.
    snapshot: Arc<Snapshot>,
    reading: Reading,
    /// The documents, by the numbers of their files.
    parsed: Vec<Option<Arc<Parsed>>>,
    numbers: Numbers,
    /// The last version that could be made.
    last: Option<Arc<Version>>,
    /// What happened to files since that version was made.
    unmade: Vec<Change>,
    /// Where pages went whose files were renamed or moved, by their earlier addresses.
    moved: HashMap<String, String>,
    /// Whether the next look makes a version even if nothing has changed.
    is_new: bool,
    /// Whether what is shown now is not the last version.
    is_interrupted: bool,
}

/// A file that was read, with what was found in it.
struct Parsed {
    path: SitePath,
    digest: Digest,
    document: Arc<Document>,
    findings: Findings,
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
    /// Takes a folder, which is not read yet, of which these editions can be made.
    pub(crate) fn new(disk: &'d dyn Disk, options: ReadOptions, editions: Editions) -> Self {
        Self {
            disk,
            options,
            editions,
            snapshot: Arc::default(),
            reading: Reading::default(),
            parsed: Vec::new(),
            numbers: Numbers::default(),
            last: None,
            unmade: Vec::new(),
            moved: HashMap::new(),
            is_new: true,
            is_interrupted: false,
        }
    }

    /// Looks at the folder, on the day that counts as today; gives `None` if nothing has changed since it last looked.
    pub(crate) fn refresh(&mut self, today: Date) -> Result<Option<Refreshed>, Failure> {
        let options = &self.options;
        // A look that fails or panics shows no version, so the next must, even if it finds all as it was.
        let was_new = std::mem::replace(&mut self.is_new, true);
        let snapshot = load_again(self.disk, &options.root, options.starter, &self.snapshot)?;
        self.is_new = was_new;
        let before = std::mem::replace(&mut self.snapshot, Arc::new(snapshot));
        // At the first look all files are new, which is no news.
        let is_first = was_new && before.files.is_empty();
        let changes = if is_first {
            Vec::new()
        } else {
            changes(&before, &self.snapshot)
        };
        let is_same_day = std::mem::replace(&mut self.options.today, today) == today;
        if changes.is_empty() && is_same_day && !self.is_new {
            return Ok(None);
        }
        self.count(&before, &changes, !is_same_day);
        self.is_new = false;
        let is_as_last = is_same_day && !was_new && self.unmade.is_empty();
        let base = self.last.clone().filter(|_| {
            is_as_last
                && changes
                    .iter()
                    .all(|change| is_below_front_matter(change, &before, &self.snapshot))
        });
        self.unmade.extend(changes.iter().cloned());
        let version = self.make(base.as_deref());
        if let Ok(version) = &version {
            if let Some(last) = &self.last {
                follow(&mut self.moved, &self.unmade, last.site(), version.site());
            }
            self.unmade.clear();
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

    /// Makes a version of the folder as it was last read: from a version of which only texts below front matter have changed, if
    /// there is one, else from nothing but the documents.
    fn make(&mut self, base: Option<&Version>) -> Result<Arc<Version>, Failure> {
        let snapshot = Arc::clone(&self.snapshot);
        let mut findings = Findings::default();
        let mut framing = Findings::default();
        snapshot.find_problems(&mut findings);
        let settings = match base {
            Some(base) => base.site().settings.clone(),
            None => settings::read(&snapshot, &mut framing),
        };
        let (documents, edited) = self.parse(&snapshot, &settings, &mut findings);
        let prepared = if let Some(base) = base {
            framing = base.framing().clone();
            base.with_texts(&edited, &snapshot)
        } else {
            let documents = documents.clone();
            assemble(documents, &snapshot, settings, &self.options, &mut framing)?
        };
        let whole = base.map_or_else(Whole::new, |base| base.whole_with_texts(&edited, &snapshot));
        let version = Version::new(
            self.numbers,
            (self.options.clone(), self.editions),
            documents,
            prepared,
            framing,
            findings,
            whole,
        );
        Ok(Arc::new(version))
    }

    /// Reads the texts that have changed, and keeps the others; gives all documents, and those that were read.
    fn parse(
        &mut self,
        snapshot: &Snapshot,
        settings: &settings::Settings,
        findings: &mut Findings,
    ) -> (Vec<Arc<Document>>, Vec<Arc<Document>>) {
        let reading = reading(settings);
        let is_same_reading = reading == self.reading;
        let texts = texts(snapshot, settings);
        let kept = |file: &SourceFile| {
            let slot = self.parsed.get(file.id.0 as usize)?.as_ref();
            slot.filter(|kept| {
                is_same_reading && kept.digest == file.digest && kept.path == file.path
            })
        };
        let changed: Vec<&SourceFile> = texts
            .iter()
            .copied()
            .filter(|file| kept(file).is_none())
            .collect();
        let read: Vec<Arc<Parsed>> = changed
            .par_iter()
            .map(|file| {
                let (document, findings) = parse_one(file, &reading);
                Arc::new(Parsed {
                    path: file.path.clone(),
                    digest: file.digest,
                    document,
                    findings,
                })
            })
            .collect();
        let edited = read.iter().map(|read| Arc::clone(&read.document)).collect();
        let mut read = read.into_iter();
        let mut documents = Vec::with_capacity(texts.len());
        let mut all = vec![None; self.parsed.len()];
        for file in texts {
            let parsed = kept(file).cloned();
            let Some(parsed) = parsed.or_else(|| read.next()) else {
                unreachable!("what is not kept was read, in the same order");
            };
            documents.push(Arc::clone(&parsed.document));
            if !parsed.findings.is_empty() {
                findings.append(parsed.findings.clone());
            }
            let slot = file.id.0 as usize;
            if all.len() <= slot {
                all.resize(slot + 1, None);
            }
            all[slot] = Some(parsed);
        }
        self.parsed = all;
        self.reading = reading;
        (documents, edited)
    }
}

/// Tells whether a change is an edit of an article or a shared text that left its front matter as it was, to the byte.
fn is_below_front_matter(change: &Change, before: &Snapshot, after: &Snapshot) -> bool {
    let Change::Edited(path) = change else {
        return false;
    };
    let head = |snapshot: &Snapshot| {
        let file = snapshot.find(path).filter(|file| file.is_text())?;
        let end = front_matter::split(file.text()).1;
        Some(file.text()[..end].to_owned())
    };
    let folder = path.as_str().strip_prefix("content/").unwrap_or_default();
    let is_content = !folder.starts_with('_') || folder.starts_with("_shared/");
    let is_text = !folder.is_empty() && is_content && path.ending() == "md";
    is_text && head(before).is_some() && head(before) == head(after)
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
/// followed by a removal, or if one came with its number on the disk and the same beginning: a disk gives the number of a file that went
/// to any that comes.
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
        let by_inode: HashMap<u64, &Arc<SourceFile>> = added
            .iter()
            .filter(is_own)
            .map(|file| (file.stamp.inode, *file))
            .collect();
        let beginning = |file: &SourceFile| file.text().lines().take(2).collect::<String>();
        for gone in removed.iter().filter(is_own) {
            let same = by_digest.get(&gone.digest).copied();
            let alike = || {
                let come = by_inode.get(&gone.stamp.inode)?;
                let is_alike = gone.is_text() && beginning(gone) == beginning(come);
                is_alike.then_some(&come.path)
            };
            changes.push(match same.or_else(alike) {
                Some(to) => Change::Moved(gone.path.clone(), to.clone()),
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
        let mut to = page
            .document
            .as_ref()
            .and_then(|document| moves.get(&document.path));
        // A file can have moved more than once since the last version.
        for _ in 0..moves.len() {
            to = to.and_then(|path| moves.get(*path)).or(to);
        }
        let to = to.and_then(|to| new.get(&(page.language, *to)));
        if let Some(to) = to.filter(|to| **to != &page.address) {
            moved.insert(page.address.clone(), (*to).clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::WriteOptions;
    use crate::build::{Outcome, Progress, build};
    use crate::disk::{Entry, MemoryDisk, RealDisk, Stat, WritableDisk};
    use crate::edition::EDITIONS;
    use crate::finding::out::json_lines;
    use crate::load::Starter;
    use std::io::Read;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering as Atomic};

    const TODAY: &str = "2026-11-22";

    fn day(written: &str) -> Date {
        written.parse().unwrap()
    }

    fn options(root: &Path) -> ReadOptions {
        ReadOptions {
            root: root.to_owned(),
            drafts: false,
            today: day(TODAY),
            starter: Starter::LookOnly,
        }
    }

    fn article(keys: &str, text: &str) -> String {
        format!(
            "---\ntitle: A title\nsummary: One short sentence.\nkey_points: [One, Two, Three]\n{keys}---\n\n{text}\n"
        )
    }

    const HELPLINES: &str = "[[helpline]]\nid = \"us-911\"\nservice = \"us-911\"\ncountry = \"US\"\nname = \"Emergency services\"\nwhen = \"emergency\"\nfills = \"emergency\"\nshow = \"911\"\ndial = \"911\"\npublish = \"ok\"\n\n[[helpline]]\nid = \"us-988\"\nservice = \"us-988\"\ncountry = \"US\"\nname = \"988 Lifeline\"\nwhen = \"crisis\"\nfills = \"crisis\"\nshow = \"988\"\ndial = \"988\"\npublish = \"ok\"\n";

    /// What a preview asks of a disk, with files in memory that look as if they had been there for long. It writes nothing.
    struct Watched {
        files: MemoryDisk,
        /// How many files were read.
        read: AtomicUsize,
        /// Reading this file panics.
        panics: Mutex<Option<PathBuf>>,
        /// Reading this file fails.
        fails: Mutex<Option<PathBuf>>,
        /// This file vanishes just before it is read.
        vanishes: Mutex<Option<PathBuf>>,
    }

    impl Watched {
        fn site() -> Self {
            let disk = Self {
                files: MemoryDisk::new(),
                read: AtomicUsize::new(0),
                panics: Mutex::default(),
                fails: Mutex::default(),
                vanishes: Mutex::default(),
            };
            for (path, text) in [
                (
                    "stepdown.toml",
                    "languages = [\"en\", \"es\"]\ncountry = \"US\"\n".to_owned(),
                ),
                ("content/_data/helplines.toml", HELPLINES.to_owned()),
                ("content/_shared/en/safe.md", "Never stop.\n".to_owned()),
                ("content/en/index.md", article("", "Home.")),
                (
                    "content/en/b.md",
                    article("", "See [[c]].\n\n![[safe]]\n\n![A line](line.svg)"),
                ),
                ("content/en/c.md", article("", "See [[b]].")),
                ("content/es/b.md", article("", "Texto.")),
                (
                    "content/en/line.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"
                        .to_owned(),
                ),
                ("static/own.css", "main { order: 1; }\n".to_owned()),
                ("static/own.js", "// one\n".to_owned()),
            ] {
                disk.put(path, &text);
            }
            disk
        }

        fn put(&self, path: &str, text: &str) {
            self.files.write(&at(path), text.as_bytes()).unwrap();
        }

        fn remove(&self, path: &str) {
            self.files.remove(&at(path)).unwrap();
        }

        fn rename(&self, from: &str, to: &str) {
            self.files.rename(&at(from), &at(to)).unwrap();
        }

        fn workspace(&self) -> Workspace<'_> {
            Workspace::new(self, options(Path::new("/site")), EDITIONS)
        }

        fn is(path: &Path, fault: &Mutex<Option<PathBuf>>) -> bool {
            fault.lock().unwrap().as_deref() == Some(path)
        }
    }

    fn at(path: &str) -> PathBuf {
        Path::new("/site").join(path)
    }

    impl Disk for Watched {
        fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
            self.files.list(folder)
        }

        fn stat(&self, path: &Path) -> Option<Stat> {
            self.files.stat(path)
        }

        fn now(&self) -> i128 {
            self.files.now() + 1_000_000_000_000
        }

        fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
            self.read.fetch_add(1, Atomic::Relaxed);
            assert!(!Self::is(path, &self.panics), "the cause");
            if Self::is(path, &self.fails) {
                return Err(Failure::new("the disk is broken"));
            }
            if Self::is(path, &self.vanishes) {
                self.files.remove(path)?;
            }
            self.files.read(path)
        }

        fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure> {
            self.files.open(path)
        }
    }

    /// Looks at the folder; gives what happened and the new version, which must be there.
    fn looked(workspace: &mut Workspace<'_>) -> (Vec<Change>, Arc<Version>) {
        let refreshed = workspace.refresh(day(TODAY)).unwrap();
        let refreshed = refreshed.expect("something has changed");
        let version = refreshed.version.unwrap_or_else(|why| panic!("{why}"));
        (refreshed.changes, version)
    }

    fn document(version: &Version, path: &str) -> Arc<Document> {
        let mut documents = version.site().pages.iter().filter_map(|page| {
            page.document
                .as_ref()
                .filter(|document| document.path.as_str() == path)
        });
        Arc::clone(
            documents
                .next()
                .unwrap_or_else(|| panic!("no page of {path}")),
        )
    }

    fn page(version: &Version, address: &str) -> String {
        let page = version.page(address).expect("the page is there");
        String::from_utf8(page.bytes).unwrap()
    }

    fn path(path: &str) -> SitePath {
        SitePath::new(path)
    }

    #[test]
    fn a_file_beside_articles_is_there_if_a_page_uses_it_or_a_hidden_page_may() {
        let disk = Watched::site();
        disk.put("content/_shared/en/safe.md", "Never stop.\n\n![[deep]]\n");
        disk.put("content/_shared/en/deep.md", "![A line](deep.svg)\n");
        for file in ["_shared/en/deep.svg", "en/unused.svg"] {
            disk.put(
                &format!("content/{file}"),
                "<svg width=\"9\" height=\"9\"/>",
            );
        }
        let mut workspace = disk.workspace();
        let files = ["en/line.svg", "shared/en/deep.svg", "en/unused.svg"];
        let there = |version: &Version| {
            files.map(|address| version.file(&disk, address).unwrap().is_some())
        };
        let (_, version) = looked(&mut workspace);
        assert_eq!(there(&version), [true, true, false]);
        disk.put("content/en/c.md", &article("", "Edited."));
        let (_, surveyed) = looked(&mut workspace);
        surveyed.survey(&Silence).unwrap();
        assert_eq!(there(&surveyed), [true, true, false]);
        disk.put(
            "content/en/d.md",
            &article("draft: true\n", "Not finished."),
        );
        let (_, with_draft) = looked(&mut workspace);
        assert_eq!(there(&with_draft), [true, true, true]);
    }

    #[test]
    fn documents_are_kept_as_long_as_their_bytes_are_the_same() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        let (_, first) = looked(&mut workspace);
        let (b, c) = (
            document(&first, "content/en/b.md"),
            document(&first, "content/en/c.md"),
        );
        let kept = |version: &Version, what: &str| {
            let now = document(version, "content/en/b.md");
            assert!(Arc::ptr_eq(&b, &now), "{what}");
            assert_eq!(version.snapshot().file(now.file).path, now.path, "{what}");
        };

        disk.put("content/en/c.md", &article("", "Edited."));
        let (changes, edited) = looked(&mut workspace);
        assert_eq!(changes, [Change::Edited(path("content/en/c.md"))]);
        kept(&edited, "another was edited");
        let new = document(&edited, "content/en/c.md");
        assert!(!Arc::ptr_eq(&c, &new));
        assert_eq!(c.file, new.file);
        assert!(page(&edited, "en/c.html").contains("Edited."));

        disk.put("content/en/a.md", &article("", "New."));
        disk.put("content/_shared/en/a.md", "New.\n");
        let (_, added) = looked(&mut workspace);
        kept(&added, "others came before it");
        assert!(page(&added, "en/a.html").contains("New."));

        disk.rename("content/en/c.md", "content/en/aa.md");
        let (_, renamed) = looked(&mut workspace);
        kept(&renamed, "another was renamed");
        disk.remove("content/en/a.md");
        let (_, removed) = looked(&mut workspace);
        kept(&removed, "another went");
        // The first version is what it was.
        assert!(page(&first, "en/c.html").contains("See"));
        assert_eq!(document(&first, "content/en/c.md").file, c.file);
    }

    #[test]
    fn where_nothing_has_changed_nothing_is_read_and_there_is_no_version() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        looked(&mut workspace);
        let read = disk.read.load(Atomic::Relaxed);
        assert!(read > 5);
        for _ in 0..3 {
            assert!(workspace.refresh(day(TODAY)).unwrap().is_none());
        }
        assert_eq!(disk.read.load(Atomic::Relaxed), read);
        // Written again with the same bytes.
        disk.put("content/en/b.md.bak", "no page");
        let text = disk.files.read(&at("content/en/c.md")).unwrap();
        disk.files.write(&at("content/en/c.md"), &text).unwrap();
        assert!(workspace.refresh(day(TODAY)).unwrap().is_none());
        assert_eq!(disk.read.load(Atomic::Relaxed), read + 1);
        assert_eq!(workspace.numbers.version, 1);
    }

    #[test]
    fn a_file_that_vanishes_while_the_folder_is_read_is_as_if_it_were_not_there() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        looked(&mut workspace);
        disk.put("content/en/c.md", &article("", "Edited."));
        *disk.vanishes.lock().unwrap() = Some(at("content/en/c.md"));
        let (changes, version) = looked(&mut workspace);
        assert_eq!(changes, [Change::Removed(path("content/en/c.md"))]);
        assert!(version.page("en/c.html").is_none());
        assert!(workspace.refresh(day(TODAY)).unwrap().is_none());
        *disk.vanishes.lock().unwrap() = None;
        disk.put("content/en/c.md", &article("", "Back."));
        let (changes, version) = looked(&mut workspace);
        assert_eq!(changes, [Change::Added(path("content/en/c.md"))]);
        assert!(page(&version, "en/c.html").contains("Back."));
    }

    #[test]
    fn styles_pages_and_other_files_are_numbered_apart() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        let numbers = |workspace: &mut Workspace<'_>| {
            let numbers = looked(workspace).1.numbers();
            assert_eq!(numbers, workspace.numbers);
            (
                numbers.version,
                numbers.styles,
                numbers.pages,
                numbers.files,
            )
        };
        assert_eq!(numbers(&mut workspace), (1, 0, 1, 0));
        disk.put("static/own.css", "main { order: 2; }\n");
        assert_eq!(numbers(&mut workspace), (2, 2, 1, 0));
        disk.put("static/own.js", "// two\n");
        assert_eq!(numbers(&mut workspace), (3, 2, 1, 3));
        disk.put("content/en/line.svg", "<svg width=\"8\" height=\"8\"/>");
        assert_eq!(numbers(&mut workspace), (4, 2, 1, 4));
        disk.put("content/en/b.md", &article("", "Edited."));
        assert_eq!(numbers(&mut workspace), (5, 2, 5, 4));
        disk.put("static/more.css", "main { order: 3; }\n");
        assert_eq!(numbers(&mut workspace), (6, 2, 6, 4));
        disk.put("static/own.css", "main { order: 4; }\n");
        disk.put("static/own.js", "// three\n");
        assert_eq!(numbers(&mut workspace), (7, 7, 6, 7));
        disk.remove("static/own.js");
        assert_eq!(numbers(&mut workspace), (8, 7, 8, 7));
        disk.put("templates/page.html", "Mine.\n");
        assert_eq!(numbers(&mut workspace), (9, 7, 9, 7));
        // What stands in the place of pages is told as a version, and so is its end, whatever ended it.
        assert_eq!(workspace.interrupt().pages, 10);
        disk.put("static/own.css", "main { order: 5; }\n");
        assert_eq!(numbers(&mut workspace), (11, 11, 11, 7));
    }

    #[test]
    fn a_move_is_told_by_bytes_also_after_a_copy_and_old_addresses_are_known() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        looked(&mut workspace);
        let moved = |from: &str, to: &str| {
            vec![Change::Moved(
                path(&format!("content/en/{from}")),
                path(&format!("content/en/{to}")),
            )]
        };
        disk.rename("content/en/c.md", "content/en/d.md");
        assert_eq!(looked(&mut workspace).0, moved("c.md", "d.md"));

        disk.put("content/en/deep/d.md", &article("", "See [[b]]."));
        let (changes, _) = looked(&mut workspace);
        assert_eq!(changes, [Change::Added(path("content/en/deep/d.md"))]);
        disk.remove("content/en/d.md");
        assert_eq!(looked(&mut workspace).0, moved("d.md", "deep/d.md"));
        let known: Vec<(&str, &str)> = ["en/c.html", "en/d.html"]
            .into_iter()
            .map(|from| (from, workspace.moved()[from].as_str()))
            .collect();
        assert_eq!(
            known,
            [("en/c.html", "en/d.html"), ("en/d.html", "en/deep/d.html")]
        );
        disk.remove("content/en/deep/d.md");
        let (changes, _) = looked(&mut workspace);
        assert_eq!(changes, [Change::Removed(path("content/en/deep/d.md"))]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_renamed_and_edited_at_once_is_told_by_its_number_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            RealDisk.create_folder(path.parent().unwrap()).unwrap();
            RealDisk.write(&path, text.as_bytes()).unwrap();
        };
        put("content/en/index.md", &article("", "Home."));
        put("content/en/c.md", &article("", "Text."));
        let mut workspace = Workspace::new(&RealDisk, options(folder.path()), EDITIONS);
        looked(&mut workspace);
        let content = folder.path().join("content/en");
        RealDisk
            .rename(&content.join("c.md"), &content.join("d.md"))
            .unwrap();
        put("content/en/d.md", &article("", "Other text."));
        let (from, to) = (path("content/en/c.md"), path("content/en/d.md"));
        assert_eq!(looked(&mut workspace).0, [Change::Moved(from, to)]);
    }

    #[test]
    fn a_number_that_is_used_again_never_gives_the_document_that_had_it() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        let (_, first) = looked(&mut workspace);
        let old = document(&first, "content/en/c.md");
        disk.remove("content/en/c.md");
        looked(&mut workspace);
        // The same bytes at another place, which has the number now.
        disk.put("content/en/z.md", &article("", "See [[b]]."));
        let (_, version) = looked(&mut workspace);
        let new = document(&version, "content/en/z.md");
        assert_eq!(new.file, old.file);
        assert!(!Arc::ptr_eq(&new, &old));
        assert!(page(&version, "en/z.html").contains("See"));
        assert!(version.page("en/c.html").is_none());
        assert_eq!(version.snapshot().file(new.file).path, new.path);
        assert_eq!(first.snapshot().file(old.file).path, old.path);
    }

    #[test]
    fn after_a_look_that_failed_or_panicked_the_site_is_shown_again_though_nothing_has_changed() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        looked(&mut workspace);
        let again = |workspace: &mut Workspace<'_>, what: &str| {
            let (changes, version) = looked(workspace);
            assert_eq!(changes, [], "{what}");
            assert!(page(&version, "en/c.html").contains("See"), "{what}");
            assert_eq!(version.numbers().pages, version.numbers().version);
            assert!(workspace.refresh(day(TODAY)).unwrap().is_none(), "{what}");
        };
        let file = at("content/en/c.md");
        let text = disk.files.read(&file).unwrap();

        // The same bytes with another time, so that the file is read.
        disk.files.write(&file, &text).unwrap();
        *disk.fails.lock().unwrap() = Some(file.clone());
        for _ in 0..2 {
            assert!(workspace.refresh(day(TODAY)).is_err());
        }
        workspace.interrupt();
        *disk.fails.lock().unwrap() = None;
        again(&mut workspace, "a failure");

        disk.files.write(&file, &text).unwrap();
        *disk.panics.lock().unwrap() = Some(file);
        for _ in 0..2 {
            let refresh = AssertUnwindSafe(|| workspace.refresh(day(TODAY)).is_ok());
            assert!(catch_unwind(refresh).is_err());
        }
        workspace.interrupt();
        *disk.panics.lock().unwrap() = None;
        again(&mut workspace, "a panic");
    }

    #[test]
    fn at_the_first_look_that_is_well_no_file_is_news() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        *disk.fails.lock().unwrap() = Some(at("content/en/c.md"));
        assert!(workspace.refresh(day(TODAY)).is_err());
        *disk.fails.lock().unwrap() = None;
        assert_eq!(looked(&mut workspace).0, []);
    }

    #[test]
    fn a_new_day_gives_a_new_version_with_new_pages() {
        let disk = Watched::site();
        disk.put(
            "content/_data/people.toml",
            "[[person]]\nid = \"ada\"\nname = \"Ada Byron\"\nclinician = true\n",
        );
        let review = "[[review]]\nby = [\"ada\"]\non = 2026-11-23\n";
        disk.put("content/_records/en/c.toml", review);
        let mut workspace = disk.workspace();
        let (_, before) = looked(&mut workspace);
        let tomorrow = day("2026-11-23");
        let refreshed = workspace.refresh(tomorrow).unwrap().expect("a new day");
        let after = refreshed.version.unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(refreshed.changes, []);
        let numbers = after.numbers();
        assert_eq!((numbers.version, numbers.pages, numbers.styles), (2, 2, 0));
        assert!(workspace.refresh(tomorrow).unwrap().is_none());
        assert!(Arc::ptr_eq(
            &document(&before, "content/en/c.md"),
            &document(&after, "content/en/c.md")
        ));
        // The review of that day counts from that day on.
        assert!(!page(&before, "en/c.html").contains("Ada Byron"));
        assert!(page(&after, "en/c.html").contains("Ada Byron"));
    }

    struct Silence;

    impl Progress for Silence {
        fn stage(&self, _: &str, _: Option<usize>) {}
        fn advance(&self, _: usize) {}
    }

    /// Numbers that look random, the same in every run (xorshift64*, Vigna 2016).
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
            usize::try_from(number).unwrap() % limit
        }

        fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
            list[self.below(list.len())]
        }

        fn file(&mut self) -> String {
            let folder = self.one_of(&["en/", "en/", "en/deep/", "es/"]);
            let name = self.one_of(&["a", "b", "c", "index"]);
            format!("content/{folder}{name}.md")
        }

        fn text(&mut self) -> String {
            let keys = self.one_of(&["", "", "", "draft: true\n", "order: 2\n", "aliases: [x]\n"]);
            let text = self.one_of(&[
                "See [[b]].",
                "![[safe]]",
                "![A line](line.svg)",
                "## One\n\nText.\n\n## Two",
                "Nothing.",
            ]);
            article(keys, &format!("{text}\n\nNumber {}.", self.below(5)))
        }
    }

    /// Does one random thing to a site; gives the day after it.
    fn random_change(disk: &Watched, chance: &mut Chance, today: Date) -> Date {
        let (one, other, text) = (chance.file(), chance.file(), chance.text());
        let number = chance.below(9);
        match chance.below(13) {
            0..=3 => disk.put(&one, &text),
            4 => disk.remove(&one),
            5 => {
                disk.rename(&one, &other);
                disk.put("content/en/index.md", &article("", "Home."));
            }
            6 => disk.put("content/_shared/en/safe.md", &format!("Never {number}.\n")),
            7 => disk.put("static/own.css", &format!("main {{ order: {number}; }}\n")),
            8 => disk.put(
                "content/en/line.svg",
                &format!("<svg width=\"{}\" height=\"9\"/>", number + 1),
            ),
            9 => disk.rename("content/en/deep", "content/en/far"),
            10 => disk.put(
                "stepdown.toml",
                [
                    "languages = [\"en\", \"es\"]\ncountry = \"US\"\n",
                    "languages = [\"en\"]\ncountry = \"US\"\n[html]\nallow = [\"kbd\"]\n",
                    "languages = [\"es\", \"en\"]\ncountry = \"US\"\nbase_url = \"https://clinic.example\"\n",
                ][number % 3],
            ),
            11 => {
                disk.remove("content/en/far");
                disk.put("content/en/line.svg", "<svg width=\"9\" height=\"9\"/>");
            }
            _ => return today.after_days(1),
        }
        today
    }

    /// Fails unless a version is what a build of the same files writes and finds.
    fn is_what_is_built(disk: &Watched, version: &Version, today: Date, when: &str) -> bool {
        let mut options = options(Path::new("/site"));
        options.today = today;
        let writing = WriteOptions {
            out: PathBuf::from("/out"),
            editions: vec!["web".to_owned()],
            force: false,
        };
        let built =
            build(&disk.files, &options, &writing, &Silence).unwrap_or_else(|why| panic!("{why}"));
        let found = version.survey(&Silence).unwrap().unwrap();
        assert_eq!(
            json_lines(&found, version.snapshot()),
            json_lines(&built.checked.findings, &*built.checked.snapshot),
            "{when}"
        );
        if matches!(built.outcome, Outcome::Stopped) {
            return false;
        }
        let mut compared = 0;
        for (path, bytes, _) in disk.files.files() {
            let Ok(address) = path.strip_prefix("/out/web") else {
                continue;
            };
            let address = address.to_str().unwrap();
            let served = match version.page(address) {
                Some(page) => page.bytes,
                None => match version.file(disk, address).unwrap() {
                    Some(crate::build::File::Made(bytes)) => bytes,
                    Some(crate::build::File::BuiltIn(bytes)) => bytes.to_vec(),
                    Some(crate::build::File::OnDisk(path, _)) => disk.files.read(&path).unwrap(),
                    None => panic!("{when}: nothing at {address}"),
                },
            };
            assert!(served == *bytes, "{when}: {address} differs");
            compared += 1;
        }
        assert!(compared > 10, "{when}: {compared} files");
        true
    }

    #[test]
    fn after_two_hundred_random_changes_each_version_is_what_a_build_writes() {
        let disk = Watched::site();
        let mut workspace = disk.workspace();
        let mut chance = Chance(20_261_123);
        let mut today = day(TODAY);
        let (_, mut version) = looked(&mut workspace);
        let mut built = 0;
        for number in 0..200 {
            let when = format!("after change {number}");
            today = random_change(&disk, &mut chance, today);
            if let Some(refreshed) = workspace.refresh(today).unwrap() {
                version = refreshed
                    .version
                    .unwrap_or_else(|why| panic!("{when}: {why}"));
            }
            built += usize::from(is_what_is_built(&disk, &version, today, &when));
        }
        assert!(built > 60, "only {built} could be built");
    }
}
