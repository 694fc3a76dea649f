//! Editions of a site in memory, made by the same steps as a build, with a folder that exists only in memory.

use super::writer::{Output, Writer};
use super::{Options, Prepared, Progress, make};
use crate::disk::{Disk, Entry as Listed, Lock, MemoryDisk, Sink, Stat};
use crate::edition::web::Entry;
use crate::finding::{Failure, Findings};
use crate::render::view;
use crate::settings::EditionName;
use std::io::Read;
use std::path::Path;

/// The output folder in memory: no disk has a file of this name.
const OUT: &str = "\0editions";

/// Makes the zip edition. `findings` are those of all stages before; errors stop it.
pub(super) fn zip(
    disk: &dyn Disk,
    options: &Options,
    prepared: &Prepared,
    plan: &[Entry],
    findings: Findings,
) -> Result<Vec<u8>, Failure> {
    let disk = Beside::new(disk);
    let slug = &prepared.site.settings.slug;
    let editions = [EditionName::Zip];
    let output = Output::open(&disk, Path::new(OUT), slug, &editions, false)?;
    let writer = written(&disk, &output, options, prepared, plan, findings)?;
    let version = view::version(&prepared.site).to_string();
    writer.land(&prepared.site.settings.name, &version, options.today)?;
    disk.memory
        .read(&Path::new(OUT).join(format!("{slug}.zip")))
}

/// Makes the manifest of the web edition.
pub(super) fn manifest(
    disk: &dyn Disk,
    options: &Options,
    prepared: &Prepared,
    plan: &[Entry],
    findings: Findings,
) -> Result<Vec<u8>, Failure> {
    let disk = Beside::new(disk);
    let slug = &prepared.site.settings.slug;
    let output = Output::open(&disk, Path::new(OUT), slug, &[], false)?;
    let writer = written(&disk, &output, options, prepared, plan, findings)?;
    Ok(writer.manifest(&view::version(&prepared.site).to_string(), options.today))
}

fn written<'d>(
    disk: &'d Beside<'d>,
    output: &'d Output<'d>,
    options: &Options,
    prepared: &Prepared,
    plan: &[Entry],
    mut findings: Findings,
) -> Result<Writer<'d>, Failure> {
    let mut writer = Writer::start(disk, output, plan, options.today)?;
    make(prepared, plan, Some(&mut writer), &Silence, &mut findings)?;
    if findings.stop_the_build() {
        let message = "this edition cannot be made, because the site has errors";
        return Err(Failure::new(message).help("mend them first; the preview lists them"));
    }
    Ok(writer)
}

struct Silence;

impl Progress for Silence {
    fn stage(&self, _: &str, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}

/// A disk whose output folder is in memory; everything else is read from another disk and never written.
struct Beside<'d> {
    below: &'d dyn Disk,
    memory: MemoryDisk,
}

impl<'d> Beside<'d> {
    fn new(below: &'d dyn Disk) -> Self {
        Self {
            below,
            memory: MemoryDisk::new(),
        }
    }

    fn of(&self, path: &Path) -> &dyn Disk {
        if path.starts_with(OUT) {
            &self.memory
        } else {
            self.below
        }
    }
}

impl Disk for Beside<'_> {
    fn list(&self, folder: &Path) -> Result<Vec<Listed>, Failure> {
        self.of(folder).list(folder)
    }

    fn stat(&self, path: &Path) -> Option<Stat> {
        self.of(path).stat(path)
    }

    fn now(&self) -> i128 {
        self.below.now()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.of(path).read(path)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure> {
        self.of(path).open(path)
    }

    fn create_folder(&self, path: &Path) -> Result<(), Failure> {
        self.memory.create_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.memory.write(path, bytes)
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, Failure> {
        self.memory.create(path)
    }

    fn keep(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        self.memory.keep(from, to)
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        self.memory.write(to, &self.read(from)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        self.memory.rename(from, to)
    }

    fn exchange(&self, left: &Path, right: &Path) -> Result<bool, Failure> {
        self.memory.exchange(left, right)
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.memory.remove(path)
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Lock>>, Failure> {
        self.memory.lock(path)
    }
}
