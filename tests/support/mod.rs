//! What the tests share: a small site in memory, pages as trees, seeded chance, and the program run in a folder.

pub(crate) mod chance;
pub(crate) mod page;
pub(crate) mod program;
pub(crate) mod queries;
pub(crate) mod random_site;
pub(crate) mod serving;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use stepdown::base::date::Date;
use stepdown::build::{self, Checked, Outcome, Progress, ReadOptions, WriteOptions};
use stepdown::disk::{Disk, MemoryDisk, WritableDisk};
use stepdown::finding::out::json_lines;
use stepdown::load::Starter;
use stepdown::search::Shown;

/// The day that counts as today in tests.
pub(crate) const TODAY: &str = "2026-11-22";

/// Says nothing about progress.
pub(crate) struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str, _: Option<usize>) {}
    fn advance(&self, _: usize) {}
}

/// The numbers that every small site has, so that nothing stands in for them.
pub(crate) const HELPLINES: &str = include_str!("helplines.toml");

/// What a test reads and writes.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub root: PathBuf,
    pub out: PathBuf,
    pub editions: Vec<String>,
    pub drafts: bool,
    pub today: Date,
    pub force: bool,
    pub starter: Starter,
}

impl Options {
    /// Gives what is read.
    pub(crate) fn reading(&self) -> ReadOptions {
        ReadOptions {
            root: self.root.clone(),
            drafts: self.drafts,
            today: self.today,
            starter: self.starter,
        }
    }

    /// Gives what is written.
    pub(crate) fn writing(&self) -> WriteOptions {
        WriteOptions {
            out: self.out.clone(),
            editions: self.editions.clone(),
            force: self.force,
        }
    }
}

/// A small site in memory. Its data is its own; templates and styles are the built-in ones.
pub(crate) struct Site {
    files: Vec<(String, Vec<u8>)>,
    pub options: Options,
    pub disk: MemoryDisk,
}

/// What a build of a small site gave.
pub(crate) struct BuiltSite {
    pub outcome: Outcome,
    pub findings: Vec<Found>,
    /// The files of the web edition, by address.
    pub web: BTreeMap<String, Vec<u8>>,
    /// The zip edition, if it was made.
    pub zip: Option<Vec<u8>>,
}

/// One finding, as programs read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub path: String,
    pub line: u64,
    pub column: u64,
    /// The line and column behind its end.
    pub end: (u64, u64),
    pub rule: String,
    pub message: String,
    pub help: String,
    pub severity: String,
    pub allowed: Option<String>,
}

impl Found {
    /// Gives `path:line:column: rule`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}: {}", self.path, self.line, self.column, self.rule)
    }
}

impl Site {
    /// Starts a site without any file.
    pub(crate) fn new() -> Self {
        Self {
            files: Vec::new(),
            options: options(Path::new("/site"), Path::new("/out"), Starter::LookOnly),
            disk: MemoryDisk::new(),
        }
    }

    /// Starts a site without faults: settings, the numbers for danger, and a first page.
    pub(crate) fn started() -> Self {
        Self::new()
            .file("stepdown.toml", "languages = [\"en\"]\ncountry = \"US\"\n")
            .file("content/_data/helplines.toml", HELPLINES)
            .article("en/index.md", "Home.\n")
    }

    /// Adds any file.
    pub(crate) fn file(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), bytes.as_ref().to_vec()));
        self
    }

    /// Adds a file of `content/` as it is.
    pub(crate) fn page(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.file(&format!("content/{path}"), bytes)
    }

    /// Adds an article with front matter that has no faults; its text begins in line 7.
    pub(crate) fn article(self, path: &str, body: &str) -> Self {
        self.page(path, article("", body))
    }

    /// Adds an article with more lines of front matter.
    pub(crate) fn article_with(self, path: &str, keys: &str, body: &str) -> Self {
        self.page(path, article(keys, body))
    }

    /// Adds all files of a folder of the disk.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        for (path, bytes) in files_below(folder) {
            self = self.file(&path, bytes);
        }
        self
    }

    /// Gives the files, by path.
    pub(crate) fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_iter().collect()
    }

    /// Changes the options of the build.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// Puts the files of the site onto its disk.
    pub(crate) fn put_files(&self) {
        for (path, bytes) in &self.files {
            let path = self.options.root.join(path);
            self.disk.write(&path, bytes).unwrap();
        }
    }

    /// Checks the site.
    pub(crate) fn findings(&self) -> Vec<Found> {
        self.put_files();
        let built = build::check(&self.disk, &self.options.reading(), &Silent);
        found(&built.unwrap_or_else(|failure| panic!("{failure}")))
    }

    /// Checks the site; gives a line `path:line:column: rule: message` for each finding.
    pub(crate) fn check(&self) -> String {
        self.findings()
            .iter()
            .fold(String::new(), |mut out, found| {
                let _ = writeln!(out, "{}: {}", found.place(), found.message);
                out
            })
    }

    /// Searches a language of the site; gives at most ten pages for each question.
    pub(crate) fn search(&self, language: &str, questions: &[String]) -> Vec<Shown> {
        self.put_files();
        search(&self.disk, &self.options, language, questions)
    }

    /// Builds the site, or gives the failure's words and advice.
    pub(crate) fn try_build(&self) -> Result<BuiltSite, String> {
        self.put_files();
        self.again()
    }

    /// Builds what lies on the disk now, without putting the site's files back first.
    pub(crate) fn again(&self) -> Result<BuiltSite, String> {
        let (reading, writing) = (self.options.reading(), self.options.writing());
        let built = build::build(&self.disk, &reading, &writing, &Silent).map_err(|failure| {
            let advice = failure.advice().unwrap_or_default().to_owned();
            format!("{failure}\n{advice}")
        })?;
        let findings = found(&built.checked);
        let web = self.options.out.join("web");
        let mut site = BuiltSite {
            outcome: built.outcome,
            findings,
            web: BTreeMap::new(),
            zip: None,
        };
        for (path, bytes, _) in self.disk.files() {
            if let Ok(address) = path.strip_prefix(&web) {
                let address = address.to_string_lossy().into_owned();
                site.web.insert(address, bytes.to_vec());
            } else if path.extension().is_some_and(|ending| ending == "zip") {
                site.zip = Some(bytes.to_vec());
            }
        }
        Ok(site)
    }

    /// Builds the site.
    pub(crate) fn build(&self) -> BuiltSite {
        self.try_build()
            .unwrap_or_else(|failure| panic!("{failure}"))
    }
}

impl BuiltSite {
    /// Gives a file of the web edition as text.
    pub(crate) fn text(&self, address: &str) -> &str {
        let bytes = self.web.get(address).unwrap_or_else(|| {
            let known: Vec<_> = self.web.keys().collect();
            panic!("there is no {address} among {known:?}, {:?}", self.findings)
        });
        std::str::from_utf8(bytes).unwrap()
    }

    /// Gives a page as a tree.
    pub(crate) fn page(&self, address: &str) -> page::Page {
        page::Page::read(address, self.text(address))
    }
}

/// Gives an article with front matter that has no faults and the given further keys.
pub(crate) fn article(keys: &str, body: &str) -> String {
    let keys = if keys.is_empty() {
        String::new()
    } else {
        format!("{}\n", keys.trim_end())
    };
    let points = if keys.contains("key_points:") {
        ""
    } else {
        "key_points: [One, Two, Three]\n"
    };
    let title = if keys.contains("title:") {
        ""
    } else {
        "title: A title\n"
    };
    format!("---\n{title}summary: One short sentence.\n{points}{keys}---\n\n{body}")
}

/// Gives the options of a build.
pub(crate) fn options(root: &Path, out: &Path, starter: Starter) -> Options {
    Options {
        root: root.to_owned(),
        out: out.to_owned(),
        editions: Vec::new(),
        drafts: false,
        today: TODAY.parse().unwrap(),
        force: false,
        starter,
    }
}

/// Searches a language of a site; gives at most ten pages for each question.
pub(crate) fn search(
    disk: &dyn Disk,
    options: &Options,
    language: &str,
    questions: &[String],
) -> Vec<Shown> {
    build::search(
        disk,
        &options.reading(),
        Some(language),
        questions,
        10,
        &Silent,
    )
    .unwrap()
}

/// Gives the findings of a build as programs read them.
pub(crate) fn found(checked: &Checked) -> Vec<Found> {
    read_findings(&json_lines(&checked.findings, &*checked.snapshot))
}

/// Reads findings from JSON lines.
pub(crate) fn read_findings(lines: &str) -> Vec<Found> {
    let read = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Found {
            path: text("path"),
            line: value["line"].as_u64().unwrap_or(0),
            column: value["column"].as_u64().unwrap_or(0),
            end: (
                value["end_line"].as_u64().unwrap_or(0),
                value["end_column"].as_u64().unwrap_or(0),
            ),
            rule: text("rule"),
            message: text("message"),
            help: text("help"),
            severity: text("severity"),
            allowed: value["allowed"].as_str().map(ToOwned::to_owned),
        }
    };
    lines.lines().map(read).collect()
}

/// Gives all files below a folder, by path with `/`.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, before: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes files into a folder.
pub(crate) fn write_files(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Gives the folder of this repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Does work in a thread of its own and fails if it takes longer than it may; a panic of the work is passed on.
pub(crate) fn within<T: Send + 'static>(
    seconds: u64,
    what: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (send, receive) = mpsc::channel();
    let worker = std::thread::spawn(move || send.send(work()));
    match receive.recv_timeout(Duration::from_secs(seconds)) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what} took longer than {seconds} s"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(cause) => std::panic::resume_unwind(cause),
            Ok(_) => unreachable!("a worker that ends has sent what it made"),
        },
    }
}

/// Gives the SHA-256 of bytes as a manifest writes it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
