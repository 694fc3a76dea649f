//! The pipeline: load → parse → resolve → check → render → write.
//!
//! Everything between `load` and `write` computes; findings never stop it early. Errors keep the output that is there.

mod in_memory;
mod make;
mod output;
mod pack;
mod search;
mod state;
#[cfg(test)]
mod third_edition;
mod version;
mod workspace;

pub use crate::edition::changes::{Change as FileChange, Changes};
pub(crate) use output::Placed;
pub use search::search;
pub(crate) use version::{File, Numbers, Shown, Version};
pub(crate) use workspace::{Change, Refreshed, Workspace};

use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::check::{apply_allowances, check_site};
use crate::disk::{Disk, WritableDisk};
use crate::edition::changes::Build;
use crate::edition::{
    CHECKED, EDITIONS, Edition, Editions, PROGRAM, choose as choose_editions, names,
};
use crate::finding::{Failure, Findings};
use crate::load::{Snapshot, SourceFile, Starter, load};
use crate::model::{Choices, Hidden, Site, resolve};
use crate::parse::{Document, Reading, parse};
use crate::render::templates::Templates;
use crate::render::view;
use crate::settings::{self, Settings};
use make::make;
use output::Output;
use pack::Pack;
use rayon::prelude::*;
use state::State;
use std::path::PathBuf;
use std::sync::Arc;

/// What is read, and as what.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day that counts as today.
    pub today: Date,
    /// Which parts of the starter stand in for what the site lacks.
    pub starter: Starter,
}

/// What is written, and where.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// The output folder.
    pub out: PathBuf,
    /// The editions, by their names; those of the settings where none is given.
    pub editions: Vec<String>,
    /// Whether a folder that this program did not make may be replaced.
    pub force: bool,
}

/// Is told how far the work is.
pub trait Progress: Sync {
    /// A stage begins; it has so many steps, if that is known.
    fn stage(&self, name: &str, steps: Option<usize>);
    /// So many steps more are done.
    fn advance(&self, steps: usize);
    /// Tells whether nobody waits for the work any more; it is then left as it is.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// What came of a build.
#[derive(Debug)]
pub enum Outcome {
    /// Errors stopped it; the output is as it was.
    Stopped,
    /// Nothing had changed; no file was touched.
    Unchanged,
    /// The output was written, with these changes in the web edition if that was made.
    Written(Option<Changes>),
}

/// What is known of a site that was looked through.
pub struct Checked {
    /// The files that were read.
    pub snapshot: Arc<Snapshot>,
    /// All findings, sorted.
    pub findings: Findings,
    /// How many pages are published and how many hidden.
    pub pages: PageCount,
}

/// What a build gives.
pub struct Built {
    /// What it found.
    pub checked: Checked,
    /// What came of it.
    pub outcome: Outcome,
    /// The editions that are finished now, and where they stand; none if errors stopped it.
    pub(crate) editions: Vec<Placed>,
    /// The list of changes, if an edition is made that has one.
    pub changes_list: Option<PathBuf>,
}

/// Pages by what became of them; each language has its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageCount {
    /// Published.
    pub published: usize,
    /// Hidden because no clinician has reviewed them.
    pub unreviewed: usize,
    /// Hidden because they are drafts; drafts of translations, too, in whose place the source text stands.
    pub drafts: usize,
    /// Translations that nobody has checked, in whose place the source text stands.
    pub unchecked: usize,
}

impl PageCount {
    /// Gives how many pages and translations are hidden, for whatever reason.
    pub(crate) fn hidden(self) -> usize {
        self.unreviewed + self.drafts + self.unchecked
    }

    /// Says what is hidden, why, and what to do: one line for each reason. The one text for terminal, report and preview.
    pub(crate) fn hidden_lines(self) -> Vec<String> {
        let line = |number: usize, one: &str, many: &str, what_to_do: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}. {what_to_do}")),
            number => Some(format!("{number} {many}. {what_to_do}")),
        };
        [
            line(
                self.unreviewed,
                "page is hidden because no clinician has reviewed it yet",
                "pages are hidden because no clinician has reviewed them yet",
                "Let a clinician read each page and record the review in `content/_records`; to show them with a label until then, write `unreviewed = \"label\"` under `[publish]` in `stepdown.toml`.",
            ),
            line(
                self.unchecked,
                "translation is hidden because nobody has checked it yet",
                "translations are hidden because nobody has checked them yet",
                "Readers see the text in the first language. Let somebody who speaks both languages check them and write `checked_by` below `translation`; to show them with a label until then, write `unchecked_translations = \"label\"` under `[publish]` in `stepdown.toml`.",
            ),
            line(
                self.drafts,
                "page is hidden because it is a draft",
                "pages are hidden because they are drafts",
                "Take the line `draft: true` out of a page when it is finished; `--drafts` shows them before.",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

struct Prepared {
    site: Arc<Site>,
    templates: Arc<Templates>,
}

/// Finds all faults of a site; writes nothing.
pub fn check(
    disk: &dyn Disk,
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Checked, Failure> {
    check_for(EDITIONS, disk, options, progress)
}

/// Finds all faults of a site of which these editions can be made.
fn check_for(
    all: Editions,
    disk: &dyn Disk,
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Checked, Failure> {
    let mut findings = Findings::default();
    progress.stage("Reading", None);
    let snapshot = Arc::new(load(disk, &options.root, options.starter, &mut findings)?);
    let prepared = prepare(&snapshot, options, all, progress, &mut findings)?;
    let plan = CHECKED.plan(&prepared.site);
    make(&prepared, &plan, &mut [], progress, &mut findings)?;
    Ok(checked(&prepared.site, findings))
}

fn checked(site: &Site, mut findings: Findings) -> Checked {
    settle(site, &mut findings);
    Checked {
        snapshot: Arc::clone(&site.snapshot),
        findings,
        pages: count(site),
    }
}

/// Checks a site and writes its editions.
pub fn build(
    disk: &dyn WritableDisk,
    reading: &ReadOptions,
    writing: &WriteOptions,
    progress: &dyn Progress,
) -> Result<Built, Failure> {
    build_of(EDITIONS, disk, reading, writing, progress)
}

/// Checks a site and writes some of all editions.
fn build_of(
    all: Editions,
    disk: &dyn WritableDisk,
    reading: &ReadOptions,
    writing: &WriteOptions,
    progress: &dyn Progress,
) -> Result<Built, Failure> {
    let mut findings = Findings::default();
    progress.stage("Reading", None);
    refuse_sources(reading, writing)?;
    let snapshot = Arc::new(load(disk, &reading.root, reading.starter, &mut findings)?);
    let settings = settings::read(&snapshot, &mut Findings::default());
    let chosen = choose_editions(all, &settings, &writing.editions)?;
    let (out, force) = (&writing.out, writing.force);
    let output = Output::open(disk, out, &settings, (all, &chosen), force)?;
    let inputs = inputs(&snapshot, reading, &chosen);
    if let Some(state) =
        State::read(disk, &output.state_path()).filter(|state| state.is_current(&inputs, &output))
    {
        let checked = Checked {
            snapshot,
            findings: state.findings,
            pages: state.pages,
        };
        return Ok(finished(checked, Outcome::Unchanged, &output));
    }
    let prepared = prepare(&snapshot, reading, all, progress, &mut findings)?;
    let site = &prepared.site;
    let plan = CHECKED.plan(site);
    let mut packs = Pack::start_all(&output, disk, site)?;
    make(&prepared, &plan, &mut packs, progress, &mut findings)?;
    let checked = checked(site, findings);
    if checked.findings.stop_the_build() {
        drop(packs);
        output.clear()?;
        return Ok(Built {
            checked,
            outcome: Outcome::Stopped,
            editions: Vec::new(),
            changes_list: None,
        });
    }
    progress.stage("Writing", None);
    let version = view::version(site).to_string();
    let build = Build {
        day: reading.today,
        site: &site.settings.name.source().text,
        program: PROGRAM,
        version: &version,
    };
    let mut ready = Vec::new();
    for pack in packs {
        ready.extend(pack.finish(build.version, build.day)?);
    }
    let changes = output.land(ready, &build)?;
    State {
        inputs,
        findings: checked.findings.clone(),
        pages: checked.pages,
        files: output.stamp()?,
    }
    .write(disk, &output.state_path())?;
    Ok(finished(checked, Outcome::Written(changes), &output))
}

fn finished(checked: Checked, outcome: Outcome, output: &Output<'_>) -> Built {
    Built {
        checked,
        outcome,
        editions: output.placed(),
        changes_list: output.changes_path(),
    }
}

/// An output folder among the sources would be read as one.
fn refuse_sources(reading: &ReadOptions, writing: &WriteOptions) -> Result<(), Failure> {
    let sources = ["content", "static", "templates"].map(|folder| reading.root.join(folder));
    if sources.iter().any(|folder| writing.out.starts_with(folder)) {
        let message = format!(
            "the output folder {} lies inside the site's sources",
            writing.out.display()
        );
        return Err(Failure::new(message).help("choose a folder beside them, such as `--out dist`"));
    }
    Ok(())
}

/// Gives the digest of all that decides what a build gives.
fn inputs(snapshot: &Snapshot, options: &ReadOptions, editions: &[&dyn Edition]) -> Digest {
    let today = options.today.to_string();
    let editions: Vec<&str> = editions.iter().map(|edition| edition.name()).collect();
    let editions = editions.join(",");
    Digest::of_parts([
        env!("CARGO_PKG_VERSION").as_bytes(),
        env!("STEPDOWN_SOURCE").as_bytes(),
        today.as_bytes(),
        editions.as_bytes(),
        &[u8::from(options.drafts)],
        snapshot.digest().bytes(),
    ])
}

fn prepare(
    snapshot: &Arc<Snapshot>,
    options: &ReadOptions,
    all: Editions,
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Result<Prepared, Failure> {
    let settings = settings::read(snapshot, findings);
    let documents = parse_all(snapshot, &settings, progress, findings);
    let prepared = assemble(documents, snapshot, settings, options, findings)?;
    check_site(&prepared.site, &names(all), findings);
    Ok(prepared)
}

/// Makes the site of what was read.
fn assemble(
    documents: Vec<Arc<Document>>,
    snapshot: &Arc<Snapshot>,
    settings: Settings,
    options: &ReadOptions,
    findings: &mut Findings,
) -> Result<Prepared, Failure> {
    if !documents.iter().any(|document| !document.is_shared()) && findings.is_empty() {
        let message = format!(
            "there are no articles in {}",
            options.root.join("content").display()
        );
        return Err(Failure::new(message).help("run `stepdown init` to start with the library, or `stepdown new SECTION/NAME` for a first article; `--root` names the site's folder"));
    }
    let templates = Arc::new(Templates::read(snapshot, findings));
    let choices = choose(options, options.drafts);
    let site = resolve(documents, Arc::clone(snapshot), settings, choices, findings);
    Ok(Prepared {
        site: Arc::new(site),
        templates,
    })
}

fn choose(options: &ReadOptions, drafts: bool) -> Choices {
    Choices {
        today: options.today,
        drafts,
    }
}

fn parse_all(
    snapshot: &Snapshot,
    settings: &Settings,
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Vec<Arc<Document>> {
    let reading = reading(settings);
    let files = texts(snapshot, settings);
    progress.stage("Reading articles", Some(files.len()));
    let parsed: Vec<(Arc<Document>, Findings)> = files
        .par_iter()
        .map(|file| {
            let parsed = parse_one(file, &reading);
            progress.advance(1);
            parsed
        })
        .collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (document, found) in parsed {
        documents.push(document);
        findings.append(found);
    }
    documents
}

/// Gives what the settings say about reading articles.
fn reading(settings: &Settings) -> Reading {
    let elements = settings.html.allow.iter();
    Reading {
        html_allow: elements.map(|element| element.value.clone()).collect(),
    }
}

/// Gives the articles and shared texts of a site's languages.
fn texts<'a>(snapshot: &'a Snapshot, settings: &Settings) -> Vec<&'a SourceFile> {
    let is_ours = |path: &SitePath| {
        let folder = path.as_str().split('/').nth(1).unwrap_or_default();
        folder == "_shared"
            || settings
                .languages
                .iter()
                .any(|language| language.code() == folder)
    };
    let files = snapshot.below("content/");
    files
        .filter(|file| file.path.ending() == "md" && is_ours(&file.path))
        .collect()
}

fn parse_one(file: &SourceFile, reading: &Reading) -> (Arc<Document>, Findings) {
    let mut findings = Findings::default();
    let is_article = !file.path.is_shared();
    let document = parse(file, is_article, reading, &mut findings);
    (Arc::new(document), findings)
}

fn settle(site: &Site, findings: &mut Findings) {
    apply_allowances(site, findings);
    findings.settle(&*site.snapshot);
}

fn count(site: &Site) -> PageCount {
    let mut pages = PageCount::default();
    for page in &site.pages {
        if page.state.is_published() {
            pages.published += 1;
        }
        match page.hidden() {
            Some(Hidden::Draft) => pages.drafts += 1,
            Some(Hidden::Unreviewed) => pages.unreviewed += 1,
            Some(Hidden::Unchecked) => pages.unchecked += 1,
            None => {}
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::RealDisk;
    use crate::model::{page_tree, strip_tree};
    use crate::render::html::{self, Relative, Syntax};
    use std::path::Path;

    struct Silence;

    impl Progress for Silence {
        fn stage(&self, _: &str, _: Option<usize>) {}
        fn advance(&self, _: usize) {}
    }

    #[test]
    fn the_same_tree_gives_html_and_well_formed_xhtml_for_every_page() {
        let mut all = String::new();
        let library = check_xhtml("", &mut all);
        assert!(library > 50, "{library} pages of the library");
        assert!(check_xhtml("tests/fixtures/small-clinic", &mut all) > 5);
        assert!(check_xhtml("tests/fixtures/arabic", &mut all) > 5);
        for part in [
            "<img ",
            "<input ",
            "<bdi>",
            "<th scope=\"row\">",
            "<details ",
        ] {
            assert!(all.contains(part), "no page has {part}");
        }
    }

    /// Writes every page of a site in both forms; gives how many there are.
    fn check_xhtml(root: &str, all: &mut String) -> usize {
        let options = ReadOptions {
            root: Path::new(env!("CARGO_MANIFEST_DIR")).join(root),
            drafts: true,
            today: "2026-11-22".parse().expect("a date"),
            starter: Starter::Whole,
        };
        let mut findings = Findings::default();
        let snapshot = load(&RealDisk, &options.root, options.starter, &mut findings)
            .expect("the site is there");
        let prepared = prepare(
            &Arc::new(snapshot),
            &options,
            EDITIONS,
            &Silence,
            &mut findings,
        )
        .expect("the site has articles");
        let site = &prepared.site;
        for page in site.published() {
            let trees = [
                page_tree(site, page, &mut findings),
                strip_tree(site, page, &mut findings),
            ];
            for tree in &trees {
                let from = Relative {
                    from: &page.address,
                };
                let write = |syntax| html::write(site, page, tree, &from, syntax);
                let (html, xhtml) = (write(Syntax::Html), write(Syntax::Xhtml));
                let document =
                    format!("<body xmlns=\"http://www.w3.org/1999/xhtml\">{xhtml}</body>");
                let parsed = roxmltree::Document::parse(&document)
                    .unwrap_or_else(|error| panic!("{}: {error}", page.address));
                let words: String = parsed
                    .root()
                    .descendants()
                    .filter_map(|node| node.text().filter(|_| node.is_text()))
                    .collect();
                assert_eq!(without_tags(&html), words, "{}", page.address);
                all.push_str(&xhtml);
            }
        }
        site.published().count()
    }

    fn without_tags(html: &str) -> String {
        let mut text = String::new();
        let mut is_tag = false;
        for character in html.chars() {
            match character {
                '<' => is_tag = true,
                '>' if is_tag => is_tag = false,
                other if !is_tag => text.push(other),
                _ => {}
            }
        }
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }
}
