//! The output folder: who may write it, what is unfinished in it, and the step in which each edition takes the place of the one before.
//!
//! Everything is written below one hidden folder, `new` in it, and then each landing is put in place in one step: a folder is exchanged,
//! a file renamed. So whatever stands in the output folder is always one whole version.

use super::pack::Finished;
use crate::disk::{Disk, Lock, WritableDisk, same_file};
use crate::edition::changes::{self, Build, Changes};
use crate::edition::{Edition, Editions, Landing, LandingKind, Place};
use crate::finding::Failure;
use crate::settings::Settings;
use std::path::{Path, PathBuf};

/// How a file looks from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub path: String,
    pub length: u64,
    pub modified: i128,
}

/// The output folder, locked for this build.
pub(super) struct Output<'d> {
    disk: &'d dyn WritableDisk,
    out: PathBuf,
    /// The hidden folder for what is unfinished and for the state.
    work: PathBuf,
    parts: Vec<Part>,
    _lock: Box<dyn Lock>,
}

/// What an edition puts into the output folder.
struct Part {
    edition: &'static dyn Edition,
    landings: Vec<Landing>,
}

/// An edition and where it stands.
#[derive(Clone)]
pub(crate) struct Placed {
    /// The edition.
    pub edition: &'static dyn Edition,
    /// The paths of its landings.
    pub places: Vec<PathBuf>,
}

impl<'d> Output<'d> {
    /// Opens an output folder for some of all editions: takes its lock, mends what a killed build left, and refuses to replace what this
    /// program did not make.
    pub(super) fn open(
        disk: &'d dyn WritableDisk,
        out: &Path,
        settings: &Settings,
        (all, chosen): (Editions, &[&'static dyn Edition]),
        force: bool,
    ) -> Result<Self, Failure> {
        if let Some(stat) = disk.stat(out)
            && !stat.is_folder
            && !stat.is_link
        {
            return Err(Failure::new(format!(
                "{} is a file, so nothing can be written below it",
                out.display()
            ))
            .help("choose another folder with `--out`"));
        }
        let work = out.join(concat!(".stepdown-", env!("CARGO_PKG_VERSION")));
        let parts = chosen.iter().map(|edition| Part {
            edition: *edition,
            landings: edition.landings(settings),
        });
        let parts: Vec<Part> = parts.collect();
        if !force {
            for landing in parts.iter().flat_map(|part| &part.landings) {
                refuse_foreign(disk, out, &work, landing)?;
            }
        }
        disk.create_folder(&work)?;
        let Some(lock) = disk.lock(&work.join("lock"))? else {
            return Err(
                Failure::new(format!("another build is writing to {}", out.display()))
                    .help("wait until it has ended"),
            );
        };
        let output = Self {
            disk,
            out: out.to_owned(),
            work,
            parts,
            _lock: lock,
        };
        for landing in all.iter().flat_map(|edition| edition.landings(settings)) {
            let (place, aside) = (out.join(&landing.name), output.aside(&landing));
            if disk.stat(&place).is_none() && disk.stat(&aside).is_some() {
                disk.rename(&aside, &place)?;
            }
        }
        output.clear()?;
        for folder in [output.new_folder(), output.old_folder()] {
            disk.create_folder(&folder)?;
        }
        Ok(output)
    }

    fn new_folder(&self) -> PathBuf {
        self.work.join("new")
    }

    fn old_folder(&self) -> PathBuf {
        self.work.join("old")
    }

    /// Gives where a folder waits while the new one is moved in, if the file system cannot exchange them.
    fn aside(&self, landing: &Landing) -> PathBuf {
        self.old_folder().join(&landing.name)
    }

    /// Gives the path of the state file.
    pub(super) fn state_path(&self) -> PathBuf {
        self.work.join("state.json")
    }

    /// Gives the disk that it lies on.
    pub(super) fn disk(&self) -> &'d dyn WritableDisk {
        self.disk
    }

    /// Gives the editions and where they stand.
    pub(super) fn placed(&self) -> Vec<Placed> {
        let parts = self.parts.iter().map(|part| Placed {
            edition: part.edition,
            places: part
                .landings
                .iter()
                .map(|landing| self.out.join(&landing.name))
                .collect(),
        });
        parts.collect()
    }

    /// Gives the list of changes of an edition that is a folder, if one is made.
    pub(super) fn changes_path(&self) -> Option<PathBuf> {
        let mut landings = self.parts.iter().flat_map(|part| &part.landings);
        landings.find_map(|landing| Some(self.out.join(list_of(landing)?)))
    }

    /// Gives where an edition is written, and where it will stand.
    pub(super) fn places(&self, edition: &dyn Edition) -> Vec<Place> {
        let mut parts = self.parts.iter();
        let part = parts.find(|part| part.edition.name() == edition.name());
        let landings = part.map_or_else(Default::default, |part| part.landings.iter());
        landings.map(|landing| self.place(landing)).collect()
    }

    fn place(&self, landing: &Landing) -> Place {
        Place {
            staged: self.new_folder().join(&landing.name),
            path: self.out.join(&landing.name),
        }
    }

    /// Tells how all files of the output look now.
    pub(super) fn stamp(&self) -> Result<Vec<Stamp>, Failure> {
        let mut stamps = Vec::new();
        let mut add = |name: String| {
            if let Some(stat) = self.disk.stat(&self.out.join(&name)) {
                stamps.push(Stamp {
                    path: name,
                    length: stat.stamp.length,
                    modified: stat.stamp.modified,
                });
            }
        };
        for landing in self.parts.iter().flat_map(|part| &part.landings) {
            if let Some(list) = list_of(landing) {
                for entry in self.disk.list(&self.out.join(&landing.name))? {
                    add(format!("{}/{}", landing.name, entry.path));
                }
                add(list.to_owned());
            } else {
                add(landing.name.clone());
            }
        }
        Ok(stamps)
    }

    /// Puts all editions in place, which were finished in their staged places. Gives what that changed in a folder, if one is made.
    pub(super) fn land(
        &self,
        mut finished: Vec<Finished>,
        build: &Build<'_>,
    ) -> Result<Option<Changes>, Failure> {
        let mut all_changes = None;
        for part in &self.parts {
            let mut finished = finished.iter_mut();
            let changes = finished
                .find(|finished| finished.edition.name() == part.edition.name())
                .and_then(|finished| finished.changes.take());
            for landing in &part.landings {
                match landing.kind {
                    LandingKind::Folder { changes: list, .. } => {
                        self.land_folder(landing, list, changes.as_ref(), build)?;
                    }
                    LandingKind::File { .. } => self.land_file(&self.place(landing))?,
                }
            }
            all_changes = all_changes.or(changes);
        }
        Ok(all_changes)
    }

    /// Exchanges a folder. Its list of changes is gone meanwhile, so that none ever describes another folder.
    fn land_folder(
        &self,
        landing: &Landing,
        list: &str,
        changes: Option<&Changes>,
        build: &Build<'_>,
    ) -> Result<(), Failure> {
        let disk = self.disk;
        let (written, list) = (self.new_folder().join(list), self.out.join(list));
        if let Some(changes) = changes {
            let before = match disk.stat(&list) {
                Some(_) => disk.read(&list)?,
                None => Vec::new(),
            };
            let text = changes.list(std::str::from_utf8(&before).ok(), build);
            disk.write(&written, text.as_bytes())?;
        }
        disk.remove(&list)?;
        self.exchange(&self.place(landing), &self.aside(landing))?;
        match changes {
            Some(_) => disk.rename(&written, &list),
            None => Ok(()),
        }
    }

    /// Exchanges the staged folder with the one that is there; where the file system cannot, moves one aside and the other in.
    fn exchange(&self, place: &Place, aside: &Path) -> Result<(), Failure> {
        let disk = self.disk;
        if disk.stat(&place.path).is_none() {
            return disk.rename(&place.staged, &place.path);
        }
        if disk.exchange(&place.staged, &place.path)? {
            return disk.remove(&place.staged);
        }
        disk.rename(&place.path, aside)?;
        disk.rename(&place.staged, &place.path)?;
        disk.remove(aside)
    }

    /// Renames a file to its place; one that is the same stays, with its time.
    fn land_file(&self, place: &Place) -> Result<(), Failure> {
        let disk = self.disk;
        if same_file(disk, &place.staged, disk, &place.path)? {
            return disk.remove(&place.staged);
        }
        disk.rename(&place.staged, &place.path)
    }

    /// Takes back what is unfinished.
    pub(super) fn clear(&self) -> Result<(), Failure> {
        self.disk.remove(&self.new_folder())?;
        self.disk.remove(&self.old_folder())
    }
}

/// Gives the name of the list of changes of a landing that has one.
fn list_of(landing: &Landing) -> Option<&'static str> {
    match landing.kind {
        LandingKind::Folder { changes, .. } => Some(changes),
        LandingKind::File { .. } => None,
    }
}

/// Refuses to replace what this program did not make.
fn refuse_foreign(
    disk: &dyn Disk,
    out: &Path,
    work: &Path,
    landing: &Landing,
) -> Result<(), Failure> {
    let place = out.join(&landing.name);
    match landing.kind {
        LandingKind::Folder { mark, changes } => {
            let is_aside = disk.stat(&work.join("old").join(&landing.name)).is_some();
            let is_ours = match disk.stat(&place) {
                None => true,
                Some(_) if is_aside => true,
                Some(stat) if !stat.is_folder => false,
                Some(_) => disk.stat(&place.join(mark)).is_some() || disk.list(&place)?.is_empty(),
            };
            if !is_ours {
                let help =
                    "choose another folder with `--out`, or let it be replaced with `--force`";
                return Err(foreign(&place).help(help));
            }
            refuse_foreign_file(disk, &out.join(changes), changes::is_list)
        }
        LandingKind::File { is_ours } => refuse_foreign_file(disk, &place, is_ours),
    }
}

fn refuse_foreign_file(
    disk: &dyn Disk,
    file: &Path,
    is_ours: fn(&[u8]) -> bool,
) -> Result<(), Failure> {
    let Some(stat) = disk.stat(file) else {
        return Ok(());
    };
    if !stat.is_folder && is_ours(&disk.read(file)?) {
        return Ok(());
    }
    Err(foreign(file).help("move it away, or let it be replaced with `--force`"))
}

fn foreign(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(format!(
        "{path} was not made by Stepdown, so it is left as it is"
    ))
}
