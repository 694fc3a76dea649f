//! The pipeline: load → parse → resolve → check → render → write.
//!
//! Everything between `load` and `write` computes; findings never stop it early. Errors keep the output that is there.

mod editions;
mod search;
mod state;
mod version;
mod workspace;
mod writer;

pub use search::search;
pub(crate) use version::{File, Numbers, Shown, Version};
pub(crate) use workspace::{Change, Refreshed, Workspace};
pub use writer::WriteReport;

use crate::audit::Audit;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::path::SitePath;
use crate::check::{apply_allowances, check_site};
use crate::disk::Disk;
use crate::edition::web::{self, Entry, Source};
use crate::edition::zip;
use crate::finding::{Failure, Findings};
use crate::load::{Origin, Snapshot, SourceFile, Starter, load, starter_files};
use crate::model::{Choices, Hidden, Site, page_tree, resolve};
use crate::parse::{Document, Reading, parse};
use crate::render::templates::Templates;
use crate::render::view::{self, Renderer};
use crate::search::{PageText, Searching, Shards};
use crate::settings::{self, EditionName, Settings};
use rayon::prelude::*;
use state::State;
use std::path::PathBuf;
use std::sync::Arc;
use writer::{Output, Writer};

/// How many files are made before they are written; their bytes are all that is held at once.
const BATCH: usize = 256;

/// What a build or a check is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// The editions, by their names; those of the settings where none is given.
    pub editions: Vec<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day that counts as today.
    pub today: Date,
    /// Whether a folder that this program did not make may be replaced.
    pub force: bool,
    /// Which parts of the starter stand in for what the site lacks.
    pub starter: Starter,
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
    /// The output was written.
    Written(WriteReport),
}

/// What a build or check gives.
pub struct Built {
    /// The files that were read.
    pub snapshot: Arc<Snapshot>,
    /// All findings, sorted.
    pub findings: Findings,
    /// What came of it.
    pub outcome: Outcome,
    /// The paths of the finished editions, by name.
    pub editions: Vec<(&'static str, PathBuf)>,
    /// How many pages are published and how many hidden.
    pub pages: PageCount,
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
    options: &Options,
    progress: &dyn Progress,
) -> Result<Built, Failure> {
    let mut findings = Findings::default();
    progress.stage("Reading", None);
    let snapshot = Arc::new(load(disk, &options.root, options.starter, &mut findings)?);
    let prepared = prepare(&snapshot, options, progress, &mut findings)?;
    let plan = web::plan(&prepared.site);
    make(&prepared, &plan, None, progress, &mut findings)?;
    settle(&prepared.site, &mut findings);
    let pages = count(&prepared.site);
    Ok(Built {
        snapshot,
        findings,
        outcome: Outcome::Stopped,
        editions: Vec::new(),
        pages,
    })
}

/// Checks a site and writes its editions.
pub fn build(
    disk: &dyn Disk,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Built, Failure> {
    let mut findings = Findings::default();
    progress.stage("Reading", None);
    refuse_sources(options)?;
    let snapshot = Arc::new(load(disk, &options.root, options.starter, &mut findings)?);
    let settings = settings::read(&snapshot, &mut Findings::default());
    let editions = editions(&settings, &options.editions)?;
    let output = Output::open(disk, &options.out, &settings.slug, &editions, options.force)?;
    let inputs = inputs(&snapshot, options, &editions);
    let paths = output.paths();
    if let Some(state) = State::read(disk, output.state_path())
        .filter(|state| state.is_current(disk, &inputs, &output))
    {
        return Ok(Built {
            snapshot,
            findings: state.findings,
            outcome: Outcome::Unchanged,
            editions: paths,
            pages: state.pages,
        });
    }
    let prepared = prepare(&snapshot, options, progress, &mut findings)?;
    let plan = web::plan(&prepared.site);
    let mut writer = Writer::start(disk, &output, &plan, options.today)?;
    make(&prepared, &plan, Some(&mut writer), progress, &mut findings)?;
    settle(&prepared.site, &mut findings);
    let pages = count(&prepared.site);
    if findings.stop_the_build() {
        writer.abandon()?;
        return Ok(Built {
            snapshot,
            findings,
            outcome: Outcome::Stopped,
            editions: Vec::new(),
            pages,
        });
    }
    progress.stage("Writing", None);
    let report = writer.land(&view::version(&prepared.site).to_string(), options.today)?;
    State {
        inputs,
        findings: findings.clone(),
        pages,
        files: output.stamp(disk)?,
    }
    .write(disk, output.state_path())?;
    Ok(Built {
        snapshot,
        findings,
        outcome: Outcome::Written(report),
        editions: paths,
        pages,
    })
}

/// An output folder among the sources would be read as one.
fn refuse_sources(options: &Options) -> Result<(), Failure> {
    let sources = ["content", "static", "templates"].map(|folder| options.root.join(folder));
    if sources.iter().any(|folder| options.out.starts_with(folder)) {
        let message = format!(
            "the output folder {} lies inside the site's sources",
            options.out.display()
        );
        return Err(Failure::new(message).help("choose a folder beside them, such as `--out dist`"));
    }
    Ok(())
}

fn editions(settings: &Settings, asked: &[String]) -> Result<Vec<EditionName>, Failure> {
    let known = [
        EditionName::Web,
        EditionName::Zip,
        EditionName::Single,
        EditionName::Epub,
        EditionName::Print,
    ];
    let mut editions = Vec::new();
    for name in asked {
        let Some(edition) = known.into_iter().find(|edition| edition.word() == name) else {
            return Err(Failure::new(format!("there is no edition `{name}`"))
                .help("the editions are web and zip"));
        };
        if !matches!(edition, EditionName::Web | EditionName::Zip) {
            let message = format!("this version of Stepdown cannot make the edition `{name}` yet");
            return Err(Failure::new(message).help("`web` and `zip` can be made"));
        }
        editions.push(edition);
    }
    if editions.is_empty() {
        editions = settings
            .editions
            .iter()
            .map(|edition| edition.value)
            .filter(|edition| matches!(edition, EditionName::Web | EditionName::Zip))
            .collect();
    }
    if editions.is_empty() {
        editions.push(EditionName::Web);
    }
    editions.sort();
    editions.dedup();
    Ok(editions)
}

/// Gives the digest of all that decides what a build gives.
fn inputs(snapshot: &Snapshot, options: &Options, editions: &[EditionName]) -> Digest {
    let today = options.today.to_string();
    let editions: Vec<&str> = editions.iter().map(|edition| edition.word()).collect();
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
    options: &Options,
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Result<Prepared, Failure> {
    let settings = settings::read(snapshot, findings);
    let documents = parse_all(snapshot, &settings, progress, findings);
    let prepared = assemble(documents, snapshot, settings, options, findings)?;
    check_site(&prepared.site, findings);
    Ok(prepared)
}

/// Makes the site of what was read.
fn assemble(
    documents: Vec<Arc<Document>>,
    snapshot: &Arc<Snapshot>,
    settings: Settings,
    options: &Options,
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

fn choose(options: &Options, drafts: bool) -> Choices {
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

/// A file of the plan, made; a copy has no bytes here.
struct Made<'a> {
    entry: &'a Entry,
    bytes: Option<Vec<u8>>,
    digest: Option<Digest>,
}

/// What making one file gave.
#[derive(Default)]
struct Done {
    bytes: Option<Vec<u8>>,
    digest: Option<Digest>,
    /// What the search knows of a page.
    text: Option<PageText>,
    findings: Findings,
}

/// Makes all files of the plan in batches, each while the one before is written: one thread writes, since two that make
/// files in one folder only wait for each other. Where errors are known already, pages are only resolved, so that all
/// faults are found in one run.
fn make(
    prepared: &Prepared,
    plan: &[Entry],
    mut writer: Option<&mut Writer<'_>>,
    progress: &dyn Progress,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let site = &prepared.site;
    let renderer = Renderer::new(site, &prepared.templates, findings);
    let audit = Audit::new(site);
    let mut searching = Searching::prepare(site, findings);
    apply_allowances(site, findings);
    let only_resolve = findings.stop_the_build();
    if only_resolve {
        writer = None;
    }
    let is_indexed = writer.is_some();
    let make_batch = |searching: &Searching<'_>, batch: &[Entry]| -> Vec<Done> {
        let made = batch.par_iter().map(|entry| {
            let mut done = Done::default();
            match &entry.source {
                _ if progress.is_stopped() => return done,
                Source::Page(id) => {
                    let page = site.page(*id);
                    let tree = page_tree(site, page, &mut done.findings);
                    if !only_resolve {
                        let bytes = renderer.page(page, &tree, &entry.address, &mut done.findings);
                        audit.page(site, page, &bytes, &mut done.findings);
                        done.bytes = Some(bytes);
                        let is_its_own = is_indexed && entry.address == page.address;
                        done.text = is_its_own.then(|| searching.read(page, &tree)).flatten();
                    }
                }
                _ if only_resolve => {}
                _ => done.bytes = make_one(site, &renderer, entry, &mut done.findings),
            }
            done.digest = done.bytes.as_deref().map(Digest::of);
            progress.advance(1);
            done
        });
        made.collect()
    };
    progress.stage("Making pages", Some(plan.len()));
    let mut ready: Vec<Made<'_>> = Vec::new();
    for batch in plan.chunks(BATCH) {
        let write_ready = || match writer.as_deref_mut() {
            Some(writer) => writer.batch(&ready, |file| contents(site, file)),
            None => Ok(()),
        };
        let (made, written) = rayon::join(|| make_batch(&searching, batch), write_ready);
        written?;
        ready.clear();
        for (entry, done) in batch.iter().zip(made) {
            findings.append(done.findings);
            if let Some(text) = done.text {
                searching.add(text);
            }
            ready.push(Made {
                entry,
                bytes: done.bytes,
                digest: done.digest,
            });
        }
    }
    if let Some(writer) = writer {
        writer.batch(&ready, |file| contents(site, file))?;
        progress.stage("Making the search", None);
        writer.known(searching.finish().iter().flat_map(Shards::files))?;
        if writer.has_zip() {
            writer.extras(&zip::extras(site, &renderer, findings))?;
        }
    }
    Ok(())
}

/// Makes a file that is no page; a copy has no bytes here.
fn make_one(
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

/// Where the bytes of a copied file are.
enum Contents {
    /// In the site's folder.
    OnDisk(PathBuf, Digest),
    /// In the program.
    BuiltIn(&'static [u8]),
}

fn contents(site: &Site, file: crate::base::place::FileId) -> Contents {
    let file = site.snapshot.file(file);
    if file.origin == Origin::BuiltIn {
        let built_in = starter_files(Starter::Whole).find(|(path, _)| *path == file.path.as_str());
        return Contents::BuiltIn(built_in.map(|(_, bytes)| bytes).unwrap_or_default());
    }
    Contents::OnDisk(site.snapshot.root.join(file.path.as_str()), file.digest)
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
    use crate::model::strip_tree;
    use crate::render::html::{self, Syntax};
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
        let options = Options {
            root: Path::new(env!("CARGO_MANIFEST_DIR")).join(root),
            out: PathBuf::from("unused"),
            editions: Vec::new(),
            drafts: true,
            today: "2026-11-22".parse().expect("a date"),
            force: false,
            starter: Starter::Whole,
        };
        let mut findings = Findings::default();
        let snapshot = load(&RealDisk, &options.root, options.starter, &mut findings)
            .expect("the site is there");
        let prepared = prepare(&Arc::new(snapshot), &options, &Silence, &mut findings)
            .expect("the site has articles");
        let site = &prepared.site;
        for page in site.published() {
            let trees = [
                page_tree(site, page, &mut findings),
                strip_tree(site, page, &mut findings),
            ];
            for tree in &trees {
                let write = |syntax| html::write(site, page, tree, &page.address, syntax);
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
