//! One version of a site in memory: its pages, files and findings, each made when somebody asks for it.
//!
//! What stands at an address has the same bytes that a build would write there.

use super::make::{Original, make, make_one, original};
use super::search::index;
use super::{PageCount, Prepared, Progress, ReadOptions, choose, count, in_memory, settle};
use crate::audit::Audit;
use crate::base::digest::Digest;
use crate::base::place::{PageId, Place};
use crate::base::slug::asset_address;
use crate::check::check_site;
use crate::disk::Disk;
use crate::edition::web::{Entry, MANIFEST, Source};
use crate::edition::{CHECKED, Edition, Editions, names};
use crate::finding::{Failure, Findings};
use crate::load::{Body, Snapshot, SourceFile};
use crate::model::{Hidden, Page, Site, UsedFiles, page_tree};
use crate::parse::Document;
use crate::parse::tree::{NodeId, Tree};
use crate::render::view::Renderer;
use crate::search::Shards;
use crate::settings::Publishing;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// Which version this is, and in which of them other things changed last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// This version; the first is 1.
    pub version: u64,
    /// The last in which a style sheet changed.
    pub styles: u64,
    /// The last in which anything changed that pages are made of.
    pub pages: u64,
    /// The last in which a picture, a script or another file changed that is copied.
    pub files: u64,
}

/// A page as it stands at an address.
pub(crate) struct Shown<'v> {
    /// The page.
    pub page: &'v Page,
    /// Why readers will not see it, if they will not.
    pub hidden: Option<Hidden>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was found while it was made; nothing is allowed in it yet.
    pub findings: Findings,
    /// Where its parts were written.
    pub places: Vec<Place>,
}

/// A file of the web edition that is no page.
pub(crate) enum File {
    /// It was made.
    Made(Vec<u8>),
    /// It is built into the program.
    BuiltIn(&'static [u8]),
    /// It lies in the site's folder.
    OnDisk(PathBuf, Digest),
}

/// A file of an edition that can be taken along from the preview.
pub(crate) struct Offer {
    /// Whose it is.
    pub edition: &'static dyn Edition,
    /// Its name in the output folder.
    pub file: String,
    /// What kind of file it is.
    pub media_type: &'static str,
}

/// A version of a site; it never changes.
pub(crate) struct Version {
    numbers: Numbers,
    options: ReadOptions,
    editions: Editions,
    documents: Vec<Arc<Document>>,
    web: View,
    plan: Vec<Entry>,
    /// What was found in settings and templates, and while the site was resolved.
    framing: Findings,
    /// What was found before any page was made, `framing` included.
    early: Findings,
    /// The files beside articles that its pages use.
    used: OnceLock<UsedFiles>,
    search: OnceLock<HashMap<String, Vec<u8>>>,
    /// Files of editions, by name, while somebody holds them.
    held: Mutex<HashMap<String, Weak<[u8]>>>,
    whole: Whole,
}

/// The site with all that is hidden, if anything is; made when somebody asks for it.
pub(super) type Whole = OnceLock<Option<View>>;

/// A resolved site and what its pages are made with.
pub(super) struct View {
    prepared: Prepared,
    renderer: Renderer,
    audit: Audit,
}

impl View {
    fn new(prepared: Prepared, findings: &mut Findings) -> Self {
        Self {
            renderer: Renderer::new(&prepared.site, &prepared.templates, findings),
            audit: Audit::new(&prepared.site, findings),
            prepared,
        }
    }

    fn site(&self) -> &Site {
        &self.prepared.site
    }

    /// Gives the site with other texts below front matter.
    fn with_texts(&self, edited: &[Arc<Document>], snapshot: &Arc<Snapshot>) -> Prepared {
        let site = self.site().with_texts(edited, Arc::clone(snapshot));
        Prepared {
            site: Arc::new(site),
            templates: Arc::clone(&self.prepared.templates),
        }
    }

    fn show(&self, id: PageId, address: &str, hidden: Option<Hidden>) -> Shown<'_> {
        let site = self.site();
        let page = site.page(id);
        let mut findings = Findings::default();
        let tree = page_tree(site, page, &mut findings);
        let bytes = CHECKED.page(&self.renderer, page, &tree, address, &mut findings);
        self.audit.page(site, page, &bytes, &mut findings);
        Shown {
            page,
            hidden,
            bytes,
            findings,
            places: places(&tree),
        }
    }

    fn with_places(&self, id: PageId, address: &str) -> Vec<u8> {
        let page = self.site().page(id);
        let tree = page_tree(self.site(), page, &mut Findings::default());
        self.renderer.page_with_places(page, &tree, address)
    }
}

fn places(tree: &Tree) -> Vec<Place> {
    let numbers = 0..u32::try_from(tree.len()).unwrap_or(u32::MAX);
    numbers
        .map(|number| tree.node(NodeId(number)).place)
        .collect()
}

impl Version {
    /// Makes a version of a resolved site; `framing` and `findings` are those of all stages before.
    pub(super) fn new(
        numbers: Numbers,
        (options, editions): (ReadOptions, Editions),
        documents: Vec<Arc<Document>>,
        prepared: Prepared,
        framing: Findings,
        mut findings: Findings,
        whole: Whole,
    ) -> Self {
        findings.append(framing.clone());
        let site = Arc::clone(&prepared.site);
        let (plan, web) = rayon::join(
            || CHECKED.plan(&site),
            || View::new(prepared, &mut findings),
        );
        Self {
            numbers,
            options,
            editions,
            documents,
            plan,
            web,
            framing,
            early: findings,
            used: OnceLock::new(),
            search: OnceLock::new(),
            held: Mutex::default(),
            whole,
        }
    }

    /// Tells which version this is.
    pub(crate) fn numbers(&self) -> Numbers {
        self.numbers
    }

    /// Gives the site as it will be published.
    pub(crate) fn site(&self) -> &Site {
        self.web.site()
    }

    /// Gives the files that it was made from.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.site().snapshot
    }

    /// Gives what was found in settings and templates, and while the site was resolved.
    pub(super) fn framing(&self) -> &Findings {
        &self.framing
    }

    /// Gives the site with other texts below front matter.
    pub(super) fn with_texts(
        &self,
        edited: &[Arc<Document>],
        snapshot: &Arc<Snapshot>,
    ) -> Prepared {
        self.web.with_texts(edited, snapshot)
    }

    /// Gives the site with all that is hidden and with other texts, if somebody has asked for it in this version: whoever looks at a
    /// hidden page asks for it again after each save.
    pub(super) fn whole_with_texts(
        &self,
        edited: &[Arc<Document>],
        snapshot: &Arc<Snapshot>,
    ) -> Whole {
        let Some(whole) = self.whole.get() else {
            return Whole::new();
        };
        let whole = whole.as_ref().map(|view| {
            let prepared = view.with_texts(edited, snapshot);
            View::new(prepared, &mut Findings::default())
        });
        Whole::from(whole)
    }

    /// Gives what was found before any page was made.
    pub(crate) fn early(&self) -> Findings {
        self.settled(self.early.clone())
    }

    /// Sorts findings of this version and marks what is allowed.
    pub(crate) fn settled(&self, mut findings: Findings) -> Findings {
        if !findings.is_empty() {
            settle(self.site(), &mut findings);
        }
        findings
    }

    /// Finds all faults of the site, as the command `check` does; gives `None` if it was stopped.
    pub(crate) fn survey(&self, progress: &dyn Progress) -> Result<Option<Findings>, Failure> {
        let mut findings = self.checked();
        let used = make(
            &self.web.prepared,
            &self.plan,
            &mut [],
            progress,
            &mut findings,
        )?;
        if progress.is_stopped() {
            return Ok(None);
        }
        // If somebody has asked for a file meanwhile, the same is known already.
        let _ = self.used.set(used);
        Ok(Some(self.settled(findings)))
    }

    /// Gives the page at an address: one of the web edition, else one that is hidden.
    pub(crate) fn page(&self, address: &str) -> Option<Shown<'_>> {
        match self.planned(address) {
            Some(Source::Page(id)) => Some(self.web.show(*id, address, None)),
            Some(_) => None,
            None => self.hidden_page(address),
        }
    }

    /// Gives the hidden page at an address, also where a page of the web edition stands in its place.
    pub(crate) fn hidden_page(&self, address: &str) -> Option<Shown<'_>> {
        let view = self.whole()?;
        let page = at(view.site(), address)?;
        let hidden = self.why_hidden(page)?;
        Some(view.show(page.id, address, Some(hidden)))
    }

    /// Gives the same page as `page` or, if asked for, `hidden_page`, with the places at which its elements were written.
    pub(crate) fn page_with_places(&self, address: &str, is_hidden: bool) -> Option<Vec<u8>> {
        match self.planned(address) {
            Some(Source::Page(id)) if !is_hidden => Some(self.web.with_places(*id, address)),
            _ => {
                let view = self.whole()?;
                let page = at(view.site(), address)?;
                Some(view.with_places(page.id, address))
            }
        }
    }

    /// Gives the file at an address that is no page.
    pub(crate) fn file(&self, disk: &dyn Disk, address: &str) -> Result<Option<File>, Failure> {
        let site = self.site();
        let made = match self.planned(address) {
            Some(Source::Page(_)) => return Ok(None),
            Some(Source::Copy(id)) => return Ok(Some(self.copied(*id))),
            Some(_) => {
                let entry = self.entry(address);
                entry.and_then(|entry| {
                    make_one(site, &self.web.renderer, entry, &mut Findings::default())
                })
            }
            None if address.starts_with("search/") => self.search().get(address).cloned(),
            None if address == MANIFEST => {
                let (prepared, plan) = (&self.web.prepared, &self.plan);
                let manifest = in_memory::manifest(disk, prepared, plan, self.checked());
                Some(manifest?)
            }
            None => return Ok(self.file_beside_articles(address)),
        };
        Ok(made.map(File::Made))
    }

    /// Gives a file beside articles: one that a page uses, else one that a hidden page may use.
    fn file_beside_articles(&self, address: &str) -> Option<File> {
        let is_there = |file: &&SourceFile| {
            matches!(file.body, Body::Asset(_)) && asset_address(&file.path) == address
        };
        let files: Vec<_> = self.snapshot().below("content/").filter(is_there).collect();
        let first = *files.first()?;
        let site = self.site();
        let used = self.used.get_or_init(|| UsedFiles::of_site(site));
        let shown = files.into_iter().find(|file| used.has(file.id));
        let file = shown.or_else(|| self.whole().map(|_| first))?;
        Some(self.copied(file.id))
    }

    /// Counts the pages that readers will not see.
    pub(crate) fn pages(&self) -> PageCount {
        count(self.site())
    }

    /// Lists the texts that readers will not see, with their pages.
    pub(crate) fn hidden(&self) -> Vec<(&Page, Hidden)> {
        let Some(view) = self.whole() else {
            return Vec::new();
        };
        let pages = view.site().pages.iter().filter(|page| !page.is_fallback());
        pages
            .filter_map(|page| Some((page, self.why_hidden(page)?)))
            .collect()
    }

    /// Gives the files of editions that can be taken along.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        let settings = &self.site().settings;
        let offered = self.editions.iter().filter_map(|edition| {
            let media_type = edition.offered_as()?;
            let landings = edition.landings(settings).into_iter();
            Some(landings.map(move |landing| Offer {
                edition: *edition,
                file: landing.name,
                media_type,
            }))
        });
        offered.flatten().collect()
    }

    /// Makes a file of an edition. It is made once for all who ask at the same time, and kept only as long as somebody holds it.
    pub(crate) fn offered(&self, disk: &dyn Disk, offer: &Offer) -> Result<Arc<[u8]>, Failure> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = held.get(&offer.file).and_then(Weak::upgrade) {
            return Ok(bytes);
        }
        let made = in_memory::edition(
            disk,
            (self.editions, offer.edition),
            &self.web.prepared,
            &self.plan,
            self.checked(),
        );
        let bytes = made?.read(&in_memory::top().join(&offer.file))?;
        let bytes = Arc::from(bytes);
        held.insert(offer.file.clone(), Arc::downgrade(&bytes));
        Ok(bytes)
    }

    fn checked(&self) -> Findings {
        let mut findings = self.early.clone();
        check_site(self.site(), &names(self.editions), &mut findings);
        findings
    }

    /// Tells whether a page stands at an address, a hidden one included.
    pub(crate) fn has_page(&self, address: &str) -> bool {
        match self.planned(address) {
            Some(source) => matches!(source, Source::Page(_)),
            None => self
                .whole()
                .is_some_and(|view| at(view.site(), address).is_some()),
        }
    }

    /// Tells whether the web edition has a file at an address.
    pub(crate) fn is_planned(&self, address: &str) -> bool {
        self.planned(address).is_some()
    }

    fn entry(&self, address: &str) -> Option<&Entry> {
        let index = self
            .plan
            .binary_search_by(|entry| entry.address.as_str().cmp(address));
        index.ok().map(|index| &self.plan[index])
    }

    fn planned(&self, address: &str) -> Option<&Source> {
        self.entry(address).map(|entry| &entry.source)
    }

    fn copied(&self, id: crate::base::place::FileId) -> File {
        match original(self.site(), id) {
            Original::BuiltIn(bytes) => File::BuiltIn(bytes),
            Original::OnDisk(path, digest) => File::OnDisk(path, digest),
        }
    }

    /// Gives the files of the search; they are made when the first of them is asked for.
    fn search(&self) -> &HashMap<String, Vec<u8>> {
        self.search.get_or_init(|| {
            let site = self.site();
            let shards = index(site, site.published().collect());
            shards.iter().flat_map(Shards::files).collect()
        })
    }

    /// Gives the site with all that is hidden; `None` if nothing is.
    fn whole(&self) -> Option<&View> {
        let whole = self.whole.get_or_init(|| {
            if !self.hides_something() {
                return None;
            }
            let mut settings = self.site().settings.clone();
            settings.publish.unreviewed = Publishing::Label;
            settings.publish.unchecked_translations = Publishing::Label;
            let choices = choose(&self.options, true);
            let mut findings = Findings::default();
            let site = crate::model::resolve(
                self.documents.clone(),
                Arc::clone(&self.site().snapshot),
                settings,
                choices,
                &mut findings,
            );
            let prepared = Prepared {
                site: Arc::new(site),
                templates: Arc::clone(&self.web.prepared.templates),
            };
            Some(View::new(prepared, &mut findings))
        });
        whole.as_ref()
    }

    /// Tells whether a page is hidden, or a text that no page shows.
    fn hides_something(&self) -> bool {
        let site = self.site();
        if site.pages.iter().any(|page| !page.state.is_published()) {
            return true;
        }
        let shown = site.pages.iter().filter_map(|page| page.document.as_ref());
        let shown: std::collections::HashSet<_> = shown.map(|document| document.file).collect();
        let mut texts = self.documents.iter();
        texts.any(|document| !shown.contains(&document.file) && !document.is_shared())
    }

    /// Tells why the web edition does not show a page of the whole site.
    fn why_hidden(&self, page: &Page) -> Option<Hidden> {
        let published = self.site().by_key(page.language, &page.key)?;
        // A draft in the place of a page that is made from data leaves that page where it is.
        let is_behind_listing = published.document.is_none() && page.document.is_some();
        published
            .hidden()
            .or(is_behind_listing.then_some(Hidden::Draft))
    }
}

/// Finds the page of a site at an address.
fn at<'s>(site: &'s Site, address: &str) -> Option<&'s Page> {
    let home = || site.by_key(0, "index").filter(|_| address == "index.html");
    let mut pages = site.pages.iter();
    pages.find(|page| page.address == address).or_else(home)
}
