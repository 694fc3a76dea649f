//! Writes editions: all files into a staging folder beside the output, then one exchange. An edition is always one whole version.
//!
//! Files that did not change are linked, so that they keep their time. Nothing but the editions and one hidden folder is touched.

use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::place::FileId;
use crate::build::changes::{self, CHANGES, Changes};
use crate::build::{Contents, Made};
use crate::disk::{Disk, Lock};
use crate::edition::web::{Entry, MANIFEST, Source};
use crate::edition::zip::Archive;
use crate::finding::Failure;
use crate::settings::EditionName;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The program and its version, as files name it.
const PROGRAM: &str = concat!("stepdown ", env!("CARGO_PKG_VERSION"));

/// How a file looks from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub path: String,
    pub length: u64,
    pub modified: i128,
}

/// The output folder, locked for this build.
pub(super) struct Output<'d> {
    disk: &'d dyn Disk,
    web: Option<PathBuf>,
    zip: Option<PathBuf>,
    slug: String,
    /// The list of changes of the web edition.
    changes: PathBuf,
    /// The hidden folder for what is unfinished and for the state.
    work: PathBuf,
    state: PathBuf,
    _lock: Box<dyn Lock>,
}

impl<'d> Output<'d> {
    /// Opens an output folder: takes its lock, mends what a killed build left, and refuses what this program did not make.
    pub(super) fn open(
        disk: &'d dyn Disk,
        out: &Path,
        slug: &str,
        editions: &[EditionName],
        force: bool,
    ) -> Result<Self, Failure> {
        let web = out.join("web");
        let zip = out.join(format!("{slug}.zip"));
        let changes = out.join(CHANGES);
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
        if !force {
            if editions.contains(&EditionName::Web) {
                refuse_foreign_folder(disk, &web, &work)?;
                refuse_foreign_file(disk, &changes, changes::is_list)?;
            }
            if editions.contains(&EditionName::Zip) {
                let is_ours = |bytes: &[u8]| bytes.ends_with(Archive::MARK.as_bytes());
                refuse_foreign_file(disk, &zip, is_ours)?;
            }
        }
        disk.create_folder(&work)?;
        let Some(lock) = disk.lock(&work.join("lock"))? else {
            return Err(
                Failure::new(format!("another build is writing to {}", out.display()))
                    .help("wait until it has ended"),
            );
        };
        let aside = work.join("old-web");
        if disk.stat(&web).is_none() && disk.stat(&aside).is_some() {
            disk.rename(&aside, &web)?;
        }
        let unfinished = ["web", "zip.part", "changes.part"].map(|name| work.join(name));
        for left in unfinished.into_iter().chain([aside]) {
            disk.remove(&left)?;
        }
        let wants = |edition| editions.contains(&edition);
        Ok(Self {
            disk,
            web: wants(EditionName::Web).then_some(web),
            zip: wants(EditionName::Zip).then_some(zip),
            slug: slug.to_owned(),
            changes,
            state: work.join("state.json"),
            work,
            _lock: lock,
        })
    }

    /// Gives the path of the state file.
    pub(super) fn state_path(&self) -> &Path {
        &self.state
    }

    /// Gives the paths of the editions, by name.
    pub(super) fn paths(&self) -> Vec<(&'static str, PathBuf)> {
        let web = self.web.iter().map(|path| ("web", path.clone()));
        web.chain(self.zip.iter().map(|path| ("zip", path.clone())))
            .collect()
    }

    /// Gives the path of the list of changes; `None` if the web edition is not made.
    pub(super) fn changes_path(&self) -> Option<&Path> {
        self.web.is_some().then_some(&self.changes)
    }

    /// Tells how all files of the output look now.
    pub(super) fn stamp(&self, disk: &dyn Disk) -> Result<Vec<Stamp>, Failure> {
        let mut stamps = Vec::new();
        let mut add = |path: &Path, name: String| {
            if let Some(stat) = disk.stat(path) {
                stamps.push(Stamp {
                    path: name,
                    length: stat.stamp.length,
                    modified: stat.stamp.modified,
                });
            }
        };
        if let Some(web) = &self.web {
            for entry in disk.list(web)? {
                add(
                    &web.join(entry.path.as_str()),
                    format!("web/{}", entry.path),
                );
            }
            add(&self.changes, CHANGES.to_owned());
        }
        if let Some(zip) = &self.zip {
            add(zip, "zip".to_owned());
        }
        Ok(stamps)
    }

    /// Writes one file into the staging folder, or links the one that is the same.
    fn write(
        &self,
        address: &str,
        bytes: &[u8],
        digest: Option<Digest>,
    ) -> Result<Written, Failure> {
        let digest = digest.unwrap_or_else(|| Digest::of(bytes));
        let length = bytes.len() as u64;
        let Some(web) = &self.web else {
            return Ok(Written {
                digest,
                length,
                is_kept: false,
            });
        };
        let (old, new) = (web.join(address), self.work.join("web").join(address));
        let is_kept = same_bytes(self.disk, bytes, &old);
        if is_kept {
            self.disk.keep(&old, &new)?;
        } else {
            self.disk.write(&new, bytes)?;
        }
        Ok(Written {
            digest,
            length,
            is_kept,
        })
    }

    /// Copies one file into the staging folder, or links the one that is the same.
    fn copy(&self, address: &str, from: &Path, digest: Digest) -> Result<Written, Failure> {
        let length = self.disk.stat(from).map_or(0, |stat| stat.stamp.length);
        let Some(web) = &self.web else {
            return Ok(Written {
                digest,
                length,
                is_kept: false,
            });
        };
        let (old, new) = (web.join(address), self.work.join("web").join(address));
        let is_kept = same_file(self.disk, from, &old)?;
        if is_kept {
            self.disk.keep(&old, &new)?;
        } else {
            self.disk.copy(from, &new)?;
        }
        Ok(Written {
            digest,
            length,
            is_kept,
        })
    }
}

fn folder_of(address: &str) -> &str {
    address.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn refuse_foreign_folder(disk: &dyn Disk, web: &Path, work: &Path) -> Result<(), Failure> {
    let Some(stat) = disk.stat(web) else {
        return Ok(());
    };
    let is_ours =
        stat.is_folder && (disk.stat(&web.join(MANIFEST)).is_some() || disk.list(web)?.is_empty());
    if is_ours || disk.stat(&work.join("old-web")).is_some() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} was not made by Stepdown, so it is left as it is",
        web.display()
    ))
    .help("choose another folder with `--out`, or let it be replaced with `--force`"))
}

fn refuse_foreign_file(
    disk: &dyn Disk,
    file: &Path,
    is_ours: impl Fn(&[u8]) -> bool,
) -> Result<(), Failure> {
    let Some(stat) = disk.stat(file) else {
        return Ok(());
    };
    if !stat.is_folder && is_ours(&disk.read(file)?) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} was not made by Stepdown, so it is left as it is",
        file.display()
    ))
    .help("move it away, or let it be replaced with `--force`"))
}

/// Writes one version of all editions.
pub(super) struct Writer<'d> {
    output: &'d Output<'d>,
    archive: Option<Archive>,
    /// The files of the web edition by address, without the manifest.
    files: Vec<(String, Written)>,
}

/// What became of one file.
#[derive(Clone, Copy)]
struct Written {
    digest: Digest,
    length: u64,
    is_kept: bool,
}

impl<'d> Writer<'d> {
    /// Starts a version: makes the folders that its files need.
    pub(super) fn start(
        disk: &dyn Disk,
        output: &'d Output<'d>,
        plan: &[Entry],
        today: Date,
    ) -> Result<Self, Failure> {
        if output.web.is_some() {
            let folders: BTreeSet<&str> =
                plan.iter().map(|entry| folder_of(&entry.address)).collect();
            for folder in folders {
                disk.create_folder(&output.work.join("web").join(folder))?;
            }
        }
        let archive = output.zip.as_ref().map(|_| {
            Ok(Archive::new(
                disk.create(&output.work.join("zip.part"))?,
                &output.slug,
                today,
            ))
        });
        Ok(Self {
            output,
            archive: archive.transpose()?,
            files: Vec::new(),
        })
    }

    /// Tells whether a zip file is written.
    pub(super) fn has_zip(&self) -> bool {
        self.archive.is_some()
    }

    /// Writes a batch of files.
    pub(super) fn batch(
        &mut self,
        files: &[Made<'_>],
        contents: impl Fn(FileId) -> Contents,
    ) -> Result<(), Failure> {
        let part = self.output.work.join("zip.part");
        for file in files {
            let copied = match &file.entry.source {
                Source::Copy(id) => Some(contents(*id)),
                _ => None,
            };
            let bytes = match &copied {
                Some(Contents::BuiltIn(bytes)) => Some(*bytes),
                _ => file.bytes.as_deref(),
            };
            let written = match (&copied, bytes) {
                (Some(Contents::OnDisk(path, digest)), _) => {
                    self.output.copy(&file.entry.address, path, *digest)?
                }
                (_, bytes) => self.output.write(
                    &file.entry.address,
                    bytes.unwrap_or_default(),
                    file.digest,
                )?,
            };
            self.files.push((file.entry.address.clone(), written));
            if let Some(archive) = &mut self.archive {
                match &copied {
                    Some(Contents::OnDisk(path, _)) => {
                        archive.add(&file.entry.address, &self.output.disk.read(path)?, &part)?;
                    }
                    _ => archive.add(&file.entry.address, bytes.unwrap_or_default(), &part)?,
                }
            }
        }
        Ok(())
    }

    /// Writes files whose addresses are known only when all pages are read.
    pub(super) fn known(
        &mut self,
        files: impl Iterator<Item = (String, Vec<u8>)>,
    ) -> Result<(), Failure> {
        let part = self.output.work.join("zip.part");
        let mut folder = String::new();
        for (address, bytes) in files {
            if self.output.web.is_some() && folder != folder_of(&address) {
                folder_of(&address).clone_into(&mut folder);
                let staged = self.output.work.join("web").join(&folder);
                self.output.disk.create_folder(&staged)?;
            }
            let written = self.output.write(&address, &bytes, None)?;
            if let Some(archive) = &mut self.archive {
                archive.add(&address, &bytes, &part)?;
            }
            self.files.push((address, written));
        }
        Ok(())
    }

    /// Adds the files that only the zip has.
    pub(super) fn extras(&mut self, files: &[(&'static str, Vec<u8>)]) -> Result<(), Failure> {
        let part = self.output.work.join("zip.part");
        let Some(archive) = &mut self.archive else {
            return Ok(());
        };
        files
            .iter()
            .try_for_each(|(name, bytes)| archive.add(name, bytes, &part))
    }

    /// Ends the version: writes its manifest and puts each edition in the place of the one before, in one step. Gives what that
    /// changed in the web edition, if it is made.
    pub(super) fn land(
        mut self,
        site: &str,
        version: &str,
        today: Date,
    ) -> Result<Option<Changes>, Failure> {
        let output = self.output;
        let disk = output.disk;
        let manifest = self.manifest(version, today);
        if let Some(mut archive) = self.archive.take() {
            let part = output.work.join("zip.part");
            archive.add(MANIFEST, &manifest, &part)?;
            archive.finish(&part)?;
        }
        let changes = match &output.web {
            Some(web) => {
                let manifest = output.write(MANIFEST, &manifest, None)?;
                self.files.push((MANIFEST.to_owned(), manifest));
                let build = changes::Build {
                    day: today,
                    site,
                    program: PROGRAM,
                    version,
                };
                Some(self.land_web(web, &build)?)
            }
            None => None,
        };
        if let Some(zip) = &output.zip {
            let part = output.work.join("zip.part");
            if same_file(disk, &part, zip)? {
                disk.remove(&part)?;
            } else {
                disk.rename(&part, zip)?;
            }
        }
        Ok(changes)
    }

    /// Exchanges the folder of the web edition, and writes the list of what that changed.
    fn land_web(&self, web: &Path, build: &changes::Build<'_>) -> Result<Changes, Failure> {
        let (output, disk) = (self.output, self.output.disk);
        let there = disk.list(web)?;
        let there = there.iter().map(|entry| entry.path.as_str()).collect();
        let files = self.files.iter();
        let after = files.map(|(address, written)| (address.as_str(), written.is_kept));
        let changes = Changes::between(&there, after);
        let before = match disk.stat(&output.changes) {
            Some(_) => disk.read(&output.changes)?,
            None => Vec::new(),
        };
        let list = changes.list(std::str::from_utf8(&before).ok(), build);
        let part = output.work.join("changes.part");
        disk.write(&part, list.as_bytes())?;
        disk.remove(&output.changes)?;
        land_folder(
            disk,
            &output.work.join("web"),
            web,
            &output.work.join("old-web"),
        )?;
        disk.rename(&part, &output.changes)?;
        Ok(changes)
    }

    /// Takes back what was written so far; the output is as it was.
    pub(super) fn abandon(self) -> Result<(), Failure> {
        drop(self.archive);
        self.output.disk.remove(&self.output.work.join("web"))?;
        self.output.disk.remove(&self.output.work.join("zip.part"))
    }

    /// Gives the manifest of the files so far.
    pub(super) fn manifest(&self, version: &str, today: Date) -> Vec<u8> {
        let files = self.files.iter().map(|(address, written)| {
            let digest = written.digest.to_string();
            let facts = json!({"sha256": digest, "length": written.length});
            (address.clone(), facts)
        });
        let manifest = json!({
            "program": PROGRAM,
            "version": version,
            "built": today.to_string(),
            "files": files.collect::<serde_json::Map<_, _>>(),
        });
        format!("{manifest:#}\n").into_bytes()
    }
}

/// Exchanges the staged folder with the one that is there; where the file system cannot, moves one aside and the other in.
fn land_folder(disk: &dyn Disk, staged: &Path, place: &Path, aside: &Path) -> Result<(), Failure> {
    if disk.stat(place).is_none() {
        return disk.rename(staged, place);
    }
    if disk.exchange(staged, place)? {
        return disk.remove(staged);
    }
    disk.rename(place, aside)?;
    disk.rename(staged, place)?;
    disk.remove(aside)
}

fn same_bytes(disk: &dyn Disk, bytes: &[u8], old: &Path) -> bool {
    let has_length = disk.stat(old).is_some_and(|stat| {
        !stat.is_folder && !stat.is_link && stat.stamp.length == bytes.len() as u64
    });
    has_length && disk.read(old).is_ok_and(|old| old == bytes)
}

/// Compares two files piece by piece.
fn same_file(disk: &dyn Disk, left: &Path, right: &Path) -> Result<bool, Failure> {
    let (Some(left_stat), Some(right_stat)) = (disk.stat(left), disk.stat(right)) else {
        return Ok(false);
    };
    if right_stat.is_folder
        || right_stat.is_link
        || left_stat.stamp.length != right_stat.stamp.length
    {
        return Ok(false);
    }
    let (mut left_file, mut right_file) = (disk.open(left)?, disk.open(right)?);
    let (mut left_part, mut right_part) = (Vec::new(), Vec::new());
    loop {
        left_part.clear();
        right_part.clear();
        left_file
            .by_ref()
            .take(1 << 16)
            .read_to_end(&mut left_part)
            .map_err(|cause| Failure::io("read", left, &cause))?;
        right_file
            .by_ref()
            .take(1 << 16)
            .read_to_end(&mut right_part)
            .map_err(|cause| Failure::io("read", right, &cause))?;
        if left_part != right_part {
            return Ok(false);
        }
        if left_part.is_empty() {
            return Ok(true);
        }
    }
}
