//! Opens files in the author's editor, and pages in her browser. The only file that names `open`.
//!
//! A page cannot start a program, so it asks the server to. Only pages of this server on this machine can: they know its key.

use super::http::{Reply, Request};
use super::report::parameter;
use super::state::Shared;
use crate::base::path::{SitePath, percent_encode};
use crate::base::place::position;
use crate::finding::Finding;
use crate::finding::out::Sources;
use crate::load::{Origin, Snapshot};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// Names the command that opens a file, such as `code --goto {file}:{line}:{column}`; words are parted by spaces.
const VARIABLE: &str = "STEPDOWN_EDITOR";

/// Editors that have a window of their own and can go to a line, in the order in which they are looked for.
const EDITORS: [(&str, &[&str]); 6] = [
    ("code", &["--goto", "{file}:{line}:{column}"]),
    ("codium", &["--goto", "{file}:{line}:{column}"]),
    ("cursor", &["--goto", "{file}:{line}:{column}"]),
    ("zed", &["{file}:{line}:{column}"]),
    ("subl", &["{file}:{line}:{column}"]),
    (
        "kate",
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
];

/// Opens an address in the browser of this machine.
pub(super) fn open_browser(address: &str) -> io::Result<()> {
    open::that_detached(address)
}

/// Gives the address that opens the place of a finding, for requests from this machine.
pub(super) fn link_to(
    shared: &Shared,
    request: &Request,
    snapshot: &Snapshot,
    finding: &Finding,
) -> Option<String> {
    let place = finding.at?;
    let at = position(snapshot.text(place.file), place.start as usize);
    link(
        shared,
        request,
        snapshot,
        snapshot.path(place.file),
        at.line,
        at.column,
    )
}

/// Gives the address that opens a place of a file, for requests from this machine.
pub(super) fn link(
    shared: &Shared,
    request: &Request,
    snapshot: &Snapshot,
    path: &str,
    line: usize,
    column: usize,
) -> Option<String> {
    let file = snapshot.find(&SitePath::new(path))?;
    let can_open = request.is_local() && file.origin == Origin::Site;
    can_open.then(|| {
        format!(
            "/.stepdown/open?path={}&line={line}&column={column}&key={}",
            percent_encode(path),
            shared.key
        )
    })
}

/// Opens the file that a request names.
pub(super) fn open(shared: &Shared, request: &Request, snapshot: &Snapshot) -> Reply {
    let of = |name| parameter(&request.query, name);
    // Browsers say which kind of page asks (Fetch Metadata); other programs say nothing.
    let is_ours = matches!(
        request.header("sec-fetch-site"),
        None | Some("same-origin" | "none")
    );
    if !is_ours || !request.is_local() || of("key").as_deref() != Some(&*shared.key) {
        return Reply::text(
            403,
            "Files are opened only from pages of this preview, on the machine that it runs on.",
        );
    }
    let number = |name| {
        of(name)
            .and_then(|written| written.parse().ok())
            .unwrap_or(1_usize)
    };
    let file = of("path").and_then(|path| snapshot.find(&SitePath::new(&path)));
    let Some(file) = file.filter(|file| file.origin == Origin::Site) else {
        return Reply::text(404, "This file is not there any more.");
    };
    let path = snapshot.root.join(file.path.as_str());
    match start(&path, number("line"), number("column")) {
        Ok(()) => Reply::Empty(204),
        Err(cause) => Reply::text(
            500,
            format!(
                "Your editor could not be opened: {cause}. Open {} yourself, or name a command in {VARIABLE}.",
                path.display()
            ),
        ),
    }
}

/// Starts the editor that the environment names, else one that is known, else the program that this system opens such files with.
fn start(file: &Path, line: usize, column: usize) -> io::Result<()> {
    let Some(words) = command() else {
        return open::that_detached(file);
    };
    let (line, column) = (line.to_string(), column.to_string());
    let name = file.display().to_string();
    let fill = |word: &str| {
        word.replace("{file}", &name)
            .replace("{line}", &line)
            .replace("{column}", &column)
    };
    let mut words = words.iter();
    let Some(program) = words.next() else {
        return open::that_detached(file);
    };
    let mut child = Command::new(program)
        .args(words.map(|word| fill(word)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|cause| io::Error::new(cause.kind(), format!("the program {program}: {cause}")))?;
    // Somebody must wait for the program, or its entry in the system's table stays.
    thread::spawn(move || child.wait());
    Ok(())
}

/// Gives the words of the editor's command.
fn command() -> Option<Vec<String>> {
    if let Some(written) = variable(VARIABLE) {
        let mut words: Vec<String> = written
            .to_string_lossy()
            .split_whitespace()
            .map(ToOwned::to_owned)
            .collect();
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        return (words.len() > 1).then_some(words);
    }
    EDITORS.iter().find_map(|(name, arguments)| {
        let program = find(name)?.display().to_string();
        let arguments = arguments.iter().map(|word| (*word).to_owned());
        Some(std::iter::once(program).chain(arguments).collect())
    })
}

/// Finds a program where the system looks for programs.
fn find(name: &str) -> Option<PathBuf> {
    let folders = variable("PATH")?;
    std::env::split_paths(&folders)
        .flat_map(|folder| {
            ["", ".cmd", ".exe"].map(|ending| folder.join(format!("{name}{ending}")))
        })
        .find(|program| program.is_file())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the author's wishes for programs stand in the environment"
)]
fn variable(name: impl AsRef<OsStr>) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}
