//! Editions of a site in memory, made by the same steps as a build.

use super::make::make;
use super::output::Output;
use super::pack::Pack;
use super::{Prepared, Progress};
use crate::disk::{Disk, MemoryDisk};
use crate::edition::changes::Build;
use crate::edition::web::{self, Entry};
use crate::edition::{CHECKED, Edition, Editions, PROGRAM};
use crate::finding::{Failure, Findings};
use crate::render::view;
use std::path::Path;

/// Makes one of all editions; gives a disk with nothing else, on which it stands at the top. `findings` are those of all stages before;
/// errors stop it.
pub(super) fn edition(
    source: &dyn Disk,
    (all, edition): (Editions, &'static dyn Edition),
    prepared: &Prepared,
    plan: &[Entry],
    mut findings: Findings,
) -> Result<MemoryDisk, Failure> {
    let memory = MemoryDisk::new();
    let site = &prepared.site;
    {
        let output = Output::open(&memory, top(), &site.settings, (all, &[edition]), false)?;
        let mut packs = Pack::start_all(&output, source, site)?;
        make(prepared, plan, &mut packs, &Silence, &mut findings)?;
        refuse_errors(&findings)?;
        let build = Build {
            day: site.today,
            site: &site.settings.name.source().text,
            program: PROGRAM,
            version: &view::version(site).to_string(),
        };
        let mut finished = Vec::new();
        for pack in packs {
            finished.extend(pack.finish(build.version, build.day)?);
        }
        output.land(finished, &build)?;
    }
    Ok(memory)
}

/// Gives the folder in which editions stand in memory.
pub(super) fn top() -> &'static Path {
    Path::new("/")
}

/// Makes the manifest of the web edition.
pub(super) fn manifest(
    source: &dyn Disk,
    prepared: &Prepared,
    plan: &[Entry],
    mut findings: Findings,
) -> Result<Vec<u8>, Failure> {
    let site = &prepared.site;
    let mut pack = Pack::empty(CHECKED, source);
    let packs = std::slice::from_mut(&mut pack);
    make(prepared, plan, packs, &Silence, &mut findings)?;
    refuse_errors(&findings)?;
    let version = view::version(site).to_string();
    let colophon = pack.colophon(&version, site.today);
    Ok(web::manifest(&colophon))
}

fn refuse_errors(findings: &Findings) -> Result<(), Failure> {
    if findings.stop_the_build() {
        let message = "this edition cannot be made, because the site has errors";
        return Err(Failure::new(message).help("mend them first; the preview lists them"));
    }
    Ok(())
}

struct Silence;

impl Progress for Silence {
    fn stage(&self, _: &str, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}
