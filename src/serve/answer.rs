//! Answers requests: the files of the web edition at their addresses, and the server's own below `/.stepdown/`.
//!
//! A page has the bytes of the web edition, and after them one script of the server's. Where the site cannot be built, pages show the findings
//! instead, until the author asks to see them all the same.

use super::editor;
use super::http::{Bytes, Reply, Request, kind_of};
use super::report;
use super::state::{Shared, State};
use crate::base::digest::Digest;
use crate::build::{File, Version};
use crate::disk::Disk;
use crate::finding::{Finding, Findings};
use std::path::Path;

/// Where the server's own files are; no page of a site has an address that starts with a dot.
const OWN: &str = "/.stepdown/";
/// The script that is added to pages.
const SCRIPT: &str = concat!(
    include_str!("client/panel.js"),
    "\n",
    include_str!("client/preview.js")
);
/// The script that talks with the server for all pages.
const WORKER: &str = include_str!("client/worker.js");
/// The look of the badge and the panel.
const PANEL_STYLE: &str = include_str!("client/preview.css");
/// What the worker may do: nothing but ask this server.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";
/// What the server's own pages may do.
const OWN_POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'";
/// The cookie of an author who wants to see pages although the site cannot be built.
const SHOW: &str = "stepdown-show";

/// Gives the reply for a request.
pub(super) fn answer(shared: &Shared, disk: &dyn Disk, request: &Request) -> Reply {
    let state = shared.now();
    if let Some(name) = request.path.strip_prefix(OWN) {
        return own(shared, &state, disk, request, name);
    }
    let address = request.path.trim_start_matches('/');
    match &state.site {
        Ok(version) => site(shared, &state, version, disk, request, address),
        Err(trouble) => problem(shared, &state, report::trouble(trouble)),
    }
}

/// What the query of a page's address asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Page,
    /// The page with the places at which its elements were written.
    Marked,
    /// The hidden text in whose place another page stands.
    Hidden,
    /// That page with its places.
    HiddenMarked,
    /// The pages although the site cannot be built.
    AllTheSame,
    /// The findings again.
    Findings,
}

fn wants(query: &str) -> Wanted {
    match report::parameter(query, "stepdown").as_deref() {
        Some("marked") => Wanted::Marked,
        Some("hidden") => Wanted::Hidden,
        Some("hidden-marked") => Wanted::HiddenMarked,
        Some("show") => Wanted::AllTheSame,
        Some("findings") => Wanted::Findings,
        _ => Wanted::Page,
    }
}

fn site(
    shared: &Shared,
    state: &State,
    version: &Version,
    disk: &dyn Disk,
    request: &Request,
    address: &str,
) -> Reply {
    let wanted = wants(&request.query);
    let address = if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address.to_owned()
    };
    if let Wanted::AllTheSame | Wanted::Findings = wanted {
        let choice = if wanted == Wanted::AllTheSame {
            "faults; Path=/"
        } else {
            "; Path=/; Max-Age=0"
        };
        let cookie = format!("{SHOW}={choice}; SameSite=Strict; HttpOnly");
        return Reply::Moved {
            to: request.path.clone(),
            headers: vec![("Set-Cookie", cookie)],
        };
    }
    if let Wanted::Marked | Wanted::HiddenMarked = wanted {
        let is_hidden = wanted == Wanted::HiddenMarked;
        return match version.page_with_places(&address, is_hidden) {
            Some(bytes) => body(200, "text/html; charset=utf-8", bytes),
            None => Reply::text(404, "There is no page at this address."),
        };
    }
    let open = |finding: &Finding| editor::link_to(shared, request, version.snapshot(), finding);
    let page = if wanted == Wanted::Hidden {
        version.hidden_page(&address)
    } else {
        version.page(&address)
    };
    if let Some(page) = page {
        let own = version.settled(page.findings);
        let is_stopped =
            page.hidden.is_none() && own.stop_the_build() || state.known.findings.stop_the_build();
        if is_stopped && request.cookie(SHOW).is_none() {
            let mut all = Findings::clone(&state.known.findings);
            all.append(own);
            let all = version.settled(all);
            let files = page.page.document.as_ref().map(|document| document.file);
            let body = report::faults(&all, version, files, &open);
            return problem(shared, state, body);
        }
        let tag = short(&Digest::of(&page.bytes));
        return with_script(200, page.bytes, shared, state, &tag, false);
    }
    match version.file(disk, &address) {
        Ok(Some(file)) => file_reply(&address, file, disk),
        Ok(None) => missing(shared, state, version, &address),
        Err(failure) => problem(shared, state, report::failure(&failure)),
    }
}

/// Answers for an address that has no file: a page that was renamed is found at its new one, a folder at its first page.
/// The site's own page for this case may run no script, so it could not come back by itself; it is at its address, `/404.html`.
fn missing(shared: &Shared, state: &State, version: &Version, address: &str) -> Reply {
    let mut to = address;
    for _ in 0..state.moved.len().min(64) {
        match state.moved.get(to) {
            Some(next) if version.has_page(next) => return moved(format!("/{next}")),
            Some(next) => to = next,
            None => break,
        }
    }
    if version.has_page(&format!("{address}/index.html")) {
        return moved(format!("/{address}/"));
    }
    own_page(404, shared, state, report::missing(version, address))
}

fn file_reply(address: &str, file: File, disk: &dyn Disk) -> Reply {
    let kind = kind_of(address);
    match file {
        File::Made(bytes) => tagged(kind, bytes.into()),
        File::BuiltIn(bytes) => tagged(kind, Bytes::from_static(bytes)),
        File::OnDisk(path, digest) => from_disk(kind, &path, &digest, disk),
    }
}

/// Sends a file of the site's folder. One that was taken away, or became a link, is not followed elsewhere.
#[expect(
    clippy::disallowed_methods,
    reason = "the file is sent while it is read"
)]
fn from_disk(kind: &'static str, path: &Path, digest: &Digest, disk: &dyn Disk) -> Reply {
    let is_plain = disk
        .stat(path)
        .is_some_and(|stat| !stat.is_link && !stat.is_folder);
    let opened = is_plain.then(|| std::fs::File::open(path).ok()).flatten();
    let Some((source, length)) = opened.and_then(|file| {
        let length = file.metadata().ok()?.len();
        Some((file, length))
    }) else {
        return Reply::text(404, "This file is not there any more.");
    };
    Reply::File {
        kind,
        length,
        source: Box::new(source),
        tag: Some(short(digest)),
        headers: Vec::new(),
    }
}

/// Answers for the server's own addresses.
fn own(shared: &Shared, state: &State, disk: &dyn Disk, request: &Request, name: &str) -> Reply {
    let (script, style) = (kind_of(".js"), kind_of(".css"));
    match (name, &state.site) {
        ("events", _) => Reply::Events,
        ("preview.js", _) => tagged(script, Bytes::from_static(SCRIPT.as_bytes())),
        ("worker.js", _) => Reply::Body {
            status: 200,
            kind: script,
            bytes: Bytes::from_static(WORKER.as_bytes()),
            tag: None,
            headers: vec![("Content-Security-Policy", WORKER_POLICY.to_owned())],
        },
        ("preview.css", _) => tagged(style, Bytes::from_static(PANEL_STYLE.as_bytes())),
        ("own.css", _) => tagged(style, Bytes::from_static(report::STYLE.as_bytes())),
        ("findings.json", _) => {
            let json = report::box_of(shared, state, request).to_string();
            body(200, "application/json", json.into_bytes())
        }
        ("findings", Ok(version)) => {
            let open =
                |finding: &Finding| editor::link_to(shared, request, version.snapshot(), finding);
            let page = report::all(&state.known, version, &open);
            own_page(200, shared, state, page)
        }
        ("findings", Err(trouble)) => problem(shared, state, report::trouble(trouble)),
        ("open", Ok(version)) => editor::open(shared, request, version.snapshot()),
        (name, Ok(version)) if name.starts_with("editions/") => {
            let mut offers = version.offers().into_iter();
            let offer = offers.find(|offer| name.strip_prefix("editions/") == Some(&offer.file));
            match offer.map(|offer| (offer.media_type, version.offered(disk, &offer))) {
                Some((kind, Ok(bytes))) => tagged(kind, Bytes::from_owner(bytes)),
                Some((_, Err(failure))) => problem(shared, state, report::edition(&failure)),
                None => nothing(),
            }
        }
        _ => nothing(),
    }
}

fn nothing() -> Reply {
    Reply::text(404, "The preview has nothing at this address.")
}

/// A page that stands in for the pages of the site.
fn problem(shared: &Shared, state: &State, body: String) -> Reply {
    own_page(500, shared, state, body)
}

fn own_page(status: u16, shared: &Shared, state: &State, body: String) -> Reply {
    let bytes = body.into_bytes();
    let tag = short(&Digest::of(&bytes));
    let mut reply = with_script(status, bytes, shared, state, &tag, true);
    if let Reply::Body { headers, .. } = &mut reply {
        headers.push(("Content-Security-Policy", OWN_POLICY.to_owned()));
    }
    reply
}

/// Adds the script behind the last byte of a page.
fn with_script(
    status: u16,
    mut bytes: Vec<u8>,
    shared: &Shared,
    state: &State,
    tag: &str,
    is_own: bool,
) -> Reply {
    let own = if is_own { "&amp;own=1" } else { "" };
    let script = format!(
        "<script src=\"{OWN}preview.js?session={}&amp;version={}&amp;tag={tag}{own}\"></script>\n",
        shared.session, state.numbers.version
    );
    bytes.extend_from_slice(script.as_bytes());
    Reply::Body {
        status,
        kind: "text/html; charset=utf-8",
        bytes: bytes.into(),
        tag: Some(tag.to_owned()),
        headers: Vec::new(),
    }
}

fn body(status: u16, kind: &'static str, bytes: Vec<u8>) -> Reply {
    Reply::Body {
        status,
        kind,
        bytes: bytes.into(),
        tag: None,
        headers: Vec::new(),
    }
}

fn tagged(kind: &'static str, bytes: Bytes) -> Reply {
    Reply::Body {
        status: 200,
        kind,
        tag: Some(short(&Digest::of(&bytes))),
        bytes,
        headers: Vec::new(),
    }
}

fn moved(to: String) -> Reply {
    Reply::Moved {
        to,
        headers: Vec::new(),
    }
}

/// Gives the first 16 digits of a digest.
fn short(digest: &Digest) -> String {
    digest.to_string()[..16].to_owned()
}
