//! The sites under test, built once by the program itself: the library of this repository and the component gallery.

use crate::chromium::Tab;
use crate::server;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};
use std::thread;

/// The day that counts as today, for the program and for the browser's clock.
pub(crate) const TODAY: &str = "2026-11-22";

/// How many pages are looked at in parallel.
const WORKERS: usize = 2;

/// Everything that is served.
pub(crate) struct Sites {
    /// The folder of all sites.
    pub folder: PathBuf,
    /// The address of that folder on the web server.
    pub http: String,
    pub pages: Vec<Page>,
}

/// One page of a site.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// `library`, `gallery` or `start-here`.
    pub site: &'static str,
    /// The address within the site, such as `en/index.html`.
    pub address: String,
    pub html: String,
}

/// Gives the sites; builds them the first time.
pub(crate) fn sites() -> &'static Sites {
    static SITES: OnceLock<Sites> = OnceLock::new();
    SITES.get_or_init(Sites::build)
}

/// Gives a page of a site by its address.
pub(crate) fn page(site: &str, address: &str) -> &'static Page {
    let pages = &sites().pages;
    pages
        .iter()
        .find(|page| page.site == site && page.address == address)
        .unwrap_or_else(|| panic!("the {site} has no page {address}"))
}

impl Sites {
    fn build() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-sites");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(folder.join("copies")).unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut pages = Vec::new();
        for (site, root) in [
            ("library", root.to_owned()),
            ("gallery", root.join("tests/fixtures/gallery")),
        ] {
            let out = folder.join(format!("{site}-out"));
            build(&root, &out);
            fs::rename(out.join("web"), folder.join(site)).unwrap();
            pages.extend(pages_below(site, &folder.join(site)));
            if site == "library" {
                unzip(&out, &folder.join("start-here"));
                pages.extend(pages_below("start-here", &folder.join("start-here")));
            }
        }
        // The first page of a site stands at two addresses, and the zip file holds the pages of the web edition.
        let mut seen = BTreeSet::new();
        pages.sort_by_key(|page| (page.site == "start-here", !page.address.contains('/')));
        pages.retain(|page| seen.insert(without_addresses(&page.html)));
        pages.sort_by(|a, b| (a.site, &a.address).cmp(&(b.site, &b.address)));
        assert!(pages.len() > 40, "only {} pages", pages.len());
        let http = server::serve(folder.clone());
        Self {
            folder,
            http,
            pages,
        }
    }
}

/// Gives the address of the folder of all sites, with spaces and other signs encoded as an address needs it (RFC 3986).
pub(crate) fn files() -> String {
    let folder = sites().folder.display().to_string();
    let encoded: String = folder
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("file://{encoded}/")
}

impl Page {
    /// Gives the address on the web server.
    pub(crate) fn http(&self) -> String {
        format!("{}{}/{}", sites().http, self.site, self.address)
    }

    /// Gives the address of the file.
    pub(crate) fn file(&self) -> String {
        format!("{}{}/{}", files(), self.site, self.address)
    }

    /// Gives site and address as faults name them.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.site, self.address)
    }

    /// Tells whether the page is an article, and not a list or a page about the site.
    pub(crate) fn is_article(&self) -> bool {
        ["topic", "treatment", "safety", "worksheet", "story"]
            .iter()
            .any(|kind| self.has_body_class(&format!("kind-{kind}")))
    }

    /// Tells whether the page forwards to another.
    pub(crate) fn is_redirect(&self) -> bool {
        self.html.contains("http-equiv=\"refresh\"")
    }

    /// Tells whether the `body` has a class.
    pub(crate) fn has_body_class(&self, class: &str) -> bool {
        let body = self.html.split("<body").nth(1).unwrap_or_default();
        let tag = body.split('>').next().unwrap_or_default();
        tag.split(['"', ' ']).any(|word| word == class)
    }
}

/// Puts a page of one's own beside the sites; gives its address on the web server.
pub(crate) fn put_copy(name: &str, html: &str) -> String {
    let sites = sites();
    fs::write(sites.folder.join("copies").join(name), html).unwrap();
    format!("{}copies/{name}", sites.http)
}

/// Does some work on each page, two pages at a time; the work gives the faults it found.
pub(crate) fn on_each_page(work: impl Fn(&mut Tab, &Page) -> Vec<String> + Sync) {
    let pages: Vec<&Page> = sites().pages.iter().collect();
    on_pages(&pages, work);
}

/// Does some work on some pages, and fails with all faults that it gives.
pub(crate) fn on_pages(pages: &[&Page], work: impl Fn(&mut Tab, &Page) -> Vec<String> + Sync) {
    side_by_side(pages, |tab, page| work(tab, page));
}

/// Does some work on each of some things, and fails with all faults that it gives.
pub(crate) fn side_by_side<T: Sync>(
    things: &[T],
    work: impl Fn(&mut Tab, &T) -> Vec<String> + Sync,
) {
    assert!(!things.is_empty(), "there is nothing to look at");
    let waiting = Mutex::new(things.iter());
    let faults = Mutex::new(Vec::new());
    let take = || waiting.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let Some(mut thing) = take() else { return };
                let mut tab = Tab::open();
                loop {
                    tab.reset();
                    let found = work(&mut tab, thing);
                    faults.lock().unwrap().extend(found);
                    let Some(next) = take() else { return };
                    thing = next;
                }
            });
        }
    });
    fail_with(faults.into_inner().unwrap());
}

/// Fails with all faults at once, if there are any. A fault is `place: what | example`; what is the same in many places is said once.
pub(crate) fn fail_with(faults: Vec<String>) {
    let mut kinds = BTreeMap::<String, (BTreeSet<String>, String)>::new();
    for fault in faults {
        let (place, what) = fault.split_once(": ").unwrap_or(("everywhere", &fault));
        let (what, example) = what.split_once(" | ").unwrap_or((what, ""));
        let example = || (BTreeSet::new(), example.to_owned());
        let (places, _) = kinds.entry(what.to_owned()).or_insert_with(example);
        places.insert(place.to_owned());
    }
    let mut list = String::new();
    for (what, (places, example)) in &kinds {
        let shown: Vec<_> = places.iter().take(3).map(String::as_str).collect();
        let more = places.len() - shown.len();
        let _ = write!(list, "- {what} {example}\n  at {}", shown.join("; "));
        if more > 0 {
            let _ = write!(list, "; and {more} more places");
        }
        list.push('\n');
    }
    assert!(kinds.is_empty(), "{} kinds of faults:\n{list}", kinds.len());
}

/// Builds a site with the program.
pub(crate) fn build(root: &Path, out: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_stepdown"))
        .args(["build", "--today", TODAY, "--root"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .env_clear()
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {words}", root.display());
}

fn pages_below(site: &'static str, folder: &Path) -> Vec<Page> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    files
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "html"))
        .map(|entry| {
            let address = entry.path().strip_prefix(folder).unwrap();
            Page {
                site,
                address: address.to_str().unwrap().to_owned(),
                html: fs::read_to_string(entry.path()).unwrap(),
            }
        })
        .collect()
}

/// Unpacks the one zip file of an output folder.
fn unzip(out: &Path, to: &Path) {
    let is_zip = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "zip");
    let mut files = fs::read_dir(out).unwrap().map(|file| file.unwrap().path());
    let path = files.find(is_zip).expect("the library has a zip edition");
    let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    zip.extract(to).unwrap();
}

/// Gives a page without what depends on where it lies.
fn without_addresses(html: &str) -> String {
    let mut out = String::new();
    for (at, piece) in html.split('"').enumerate() {
        let before = &out;
        let is_address = at % 2 == 1 && (before.ends_with("href=") || before.ends_with("src="));
        if !is_address {
            out.push_str(piece);
        }
    }
    out
}

/// Gives the path that a part of an address stands for.
pub(crate) fn decoded(part: &str) -> PathBuf {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = hex
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    PathBuf::from(String::from_utf8(bytes).unwrap())
}
