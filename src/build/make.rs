//! Makes the files of editions, in batches: each is made while the one before is written.

use super::pack::Pack;
use super::{Prepared, Progress};
use crate::audit::Audit;
use crate::base::digest::Digest;
use crate::base::place::FileId;
use crate::check::{apply_allowances, check_used_files};
use crate::edition::web::{Entry, Source};
use crate::edition::{CHECKED, Contents};
use crate::finding::{Failure, Findings};
use crate::load::{Origin, Starter, starter_files};
use crate::model::{Site, UsedFiles, page_tree};
use crate::render::view::Renderer;
use crate::search::{PageText, Searching, Shards};
use rayon::prelude::*;
use std::path::PathBuf;

/// How many files are made before they are written; their bytes are all that is held at once.
pub(super) const BATCH: usize = 256;

/// What making one file gave.
#[derive(Default)]
struct Done {
    /// Its bytes; a copy has none here.
    bytes: Option<Vec<u8>>,
    digest: Option<Digest>,
    /// What the search knows of a page.
    text: Option<PageText>,
    /// The files that a page uses.
    files: UsedFiles,
    findings: Findings,
}

/// Makes all files of the checked form, of which the plan is given, and finds all faults on the way; then those of the other forms.
/// Each file goes into the pack of its form, if there is one. Where errors are known already, pages are only resolved, so that all
/// faults are found in one run. Gives the files beside articles that pages use: they are copied when all pages are made.
pub(super) fn make(
    prepared: &Prepared,
    plan: &[Entry],
    packs: &mut [Pack<'_>],
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Result<UsedFiles, Failure> {
    let site = &prepared.site;
    let renderer = Renderer::new(site, &prepared.templates, findings);
    let audit = Audit::new(site, findings);
    let mut searching = Searching::prepare(site, findings);
    apply_allowances(site, findings);
    let only_resolve = findings.stop_the_build();
    let packs = if only_resolve { &mut [] } else { packs };
    let (mut checked, others): (Vec<_>, Vec<_>) =
        packs.iter_mut().partition(|pack| pack.is_of(CHECKED));
    let mut checked = checked.pop();
    let is_indexed = checked.is_some();
    let mut used = UsedFiles::default();
    progress.stage("Making pages", Some(plan.len()));
    in_batches(
        site,
        plan,
        checked.as_deref_mut(),
        &mut (&mut searching, &mut used, &mut *findings),
        |(searching, _, _), entry| {
            let mut done = Done::default();
            match &entry.source {
                _ if progress.is_stopped() => return done,
                Source::Page(id) => {
                    let page = site.page(*id);
                    let tree = page_tree(site, page, &mut done.findings);
                    done.files = UsedFiles::of(&tree);
                    if !only_resolve {
                        let from = &entry.address;
                        let bytes = CHECKED.page(&renderer, page, &tree, from, &mut done.findings);
                        audit.page(site, page, &bytes, &mut done.findings);
                        done.bytes = Some(bytes);
                        let is_its_own = is_indexed && entry.address == page.address;
                        done.text = is_its_own.then(|| searching.read(page, &tree)).flatten();
                    }
                }
                _ if only_resolve => {}
                _ => done.bytes = make_one(site, &renderer, entry, &mut done.findings),
            }
            progress.advance(1);
            done
        },
        |(searching, used, findings), done| {
            findings.append(std::mem::take(&mut done.findings));
            used.append(std::mem::take(&mut done.files));
            if let Some(text) = done.text.take() {
                searching.add(text);
            }
        },
    )?;
    check_used_files(site, &used, findings);
    if let Some(pack) = checked {
        copy(site, pack, &used, plan)?;
        progress.stage("Making the search", None);
        for (address, bytes) in searching.finish().iter().flat_map(Shards::files) {
            pack.add(&address, &Contents::Bytes(&bytes), None)?;
        }
        pack.add_extras(site, &renderer, findings)?;
    }
    for pack in others {
        make_other(site, &renderer, pack, &used, progress, findings)?;
    }
    Ok(used)
}

/// Puts the files beside articles into a pack that pages use.
fn copy(site: &Site, pack: &mut Pack<'_>, used: &UsedFiles, plan: &[Entry]) -> Result<(), Failure> {
    let copies = pack.form().copies(site, used, plan);
    let copies: Vec<_> = copies
        .iter()
        .map(|entry| (entry, Done::default()))
        .collect();
    write(site, Some(pack), &copies)
}

/// Makes the files of a form that is not checked; what is found in its trees was found in the checked form, too.
fn make_other(
    site: &Site,
    renderer: &Renderer,
    pack: &mut Pack<'_>,
    used: &UsedFiles,
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let form = pack.form();
    let plan = form.plan(site);
    progress.stage("Making other editions", Some(plan.len()));
    in_batches(
        site,
        &plan,
        Some(&mut *pack),
        findings,
        |_, entry| {
            let mut done = Done::default();
            done.bytes = match &entry.source {
                Source::Page(id) => {
                    let page = site.page(*id);
                    let tree = page_tree(site, page, &mut Findings::default());
                    let (from, found) = (&entry.address, &mut done.findings);
                    Some(form.page(renderer, page, &tree, from, found))
                }
                _ => make_one(site, renderer, entry, &mut done.findings),
            };
            progress.advance(1);
            done
        },
        |findings, done| findings.append(std::mem::take(&mut done.findings)),
    )?;
    copy(site, pack, used, &plan)?;
    pack.add_extras(site, renderer, findings)
}

/// Makes the files of a plan in batches, each while the one before is written: one thread writes, since two that make files in one
/// folder only wait for each other. What each file gives beside its bytes is kept in the order of the plan.
fn in_batches<K: Sync>(
    site: &Site,
    plan: &[Entry],
    mut pack: Option<&mut Pack<'_>>,
    kept: &mut K,
    make_entry: impl Fn(&K, &Entry) -> Done + Sync,
    keep: impl Fn(&mut K, &mut Done),
) -> Result<(), Failure> {
    let mut ready: Vec<(&Entry, Done)> = Vec::new();
    for batch in plan.chunks(BATCH) {
        let make_batch = || -> Vec<Done> {
            let made = batch.par_iter().map(|entry| {
                let mut done = make_entry(kept, entry);
                done.digest = done.bytes.as_deref().map(Digest::of);
                done
            });
            made.collect()
        };
        let write = || write(site, pack.as_deref_mut(), &ready);
        let (made, written) = rayon::join(make_batch, write);
        written?;
        ready.clear();
        for (entry, mut done) in batch.iter().zip(made) {
            keep(kept, &mut done);
            ready.push((entry, done));
        }
    }
    write(site, pack, &ready)
}

/// Puts files that are made into a pack.
fn write(
    site: &Site,
    pack: Option<&mut Pack<'_>>,
    files: &[(&Entry, Done)],
) -> Result<(), Failure> {
    let Some(pack) = pack else {
        return Ok(());
    };
    for (entry, done) in files {
        let address = &entry.address;
        if let Source::Copy(id) = &entry.source {
            match original(site, *id) {
                Original::BuiltIn(bytes) => pack.add(address, &Contents::Bytes(bytes), None)?,
                Original::OnDisk(path, digest) => {
                    pack.add(address, &Contents::FileAt(&path), Some(digest))?;
                }
            }
        } else {
            let bytes = done.bytes.as_deref().unwrap_or_default();
            pack.add(address, &Contents::Bytes(bytes), done.digest)?;
        }
    }
    Ok(())
}

/// Makes a file that is no page; a copy has no bytes here.
pub(super) fn make_one(
    site: &Site,
    renderer: &Renderer,
    entry: &Entry,
    findings: &mut Findings,
) -> Option<Vec<u8>> {
    match &entry.source {
        Source::Redirect(id) => Some(renderer.redirect(&entry.address, site.page(*id), findings)),
        Source::NotFound => Some(renderer.not_found(findings)),
        Source::Bytes(bytes) => Some(bytes.clone()),
        Source::Page(_) | Source::Copy(_) => None,
    }
}

/// Where the bytes of a file are that is copied.
pub(super) enum Original {
    /// In the site's folder.
    OnDisk(PathBuf, Digest),
    /// In the program.
    BuiltIn(&'static [u8]),
}

/// Gives where the bytes of a file are.
pub(super) fn original(site: &Site, file: FileId) -> Original {
    let file = site.snapshot.file(file);
    if file.origin == Origin::BuiltIn {
        let built_in = starter_files(Starter::Whole).find(|(path, _)| *path == file.path.as_str());
        return Original::BuiltIn(built_in.map(|(_, bytes)| bytes).unwrap_or_default());
    }
    Original::OnDisk(site.snapshot.root.join(file.path.as_str()), file.digest)
}
