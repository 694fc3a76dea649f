//! Checks of finished pages, whatever made them: ids for editors that readers would see, and requests to other hosts.

use crate::base::place::Place;
use crate::finding::rules::{INTERNAL_ID_IN_OUTPUT, OUTSIDE_REQUEST};
use crate::finding::{Finding, Findings};
use crate::model::{Page, Site};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::BTreeSet;

/// What the audit of a site looks for.
pub(crate) struct Audit {
    ids: Vec<String>,
    id_matcher: Option<AhoCorasick>,
    outside: AhoCorasick,
}

/// What stands before an address that a browser loads by itself.
const LOADING: [&str; 6] = [
    "src=\"",
    "srcset=\"",
    "poster=\"",
    "data=\"",
    "url(",
    "@import \"",
];

/// Tells whether the text before `//` makes a browser load what follows.
fn is_loading(before: &[u8]) -> bool {
    let before = before
        .strip_suffix(b"https:")
        .or_else(|| before.strip_suffix(b"http:"))
        .unwrap_or(before);
    if before.ends_with(b"href=\"") {
        let tag = before
            .iter()
            .rposition(|byte| *byte == b'<')
            .map_or(before, |at| &before[at..]);
        return tag.starts_with(b"<link")
            && [&b"stylesheet"[..], b"icon", b"preload"]
                .iter()
                .any(|kind| tag.windows(kind.len()).any(|part| part == *kind));
    }
    LOADING
        .iter()
        .any(|start| before.ends_with(start.as_bytes()))
        || before.ends_with(b"url(\"")
        || before.ends_with(b"url('")
}

impl Audit {
    /// Prepares the audit: the ids are those that the site's own front matter and data name.
    pub(crate) fn new(site: &Site) -> Self {
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for page in &site.pages {
            let Some(document) = &page.document else {
                continue;
            };
            ids.extend(document.front.facts.iter().map(|fact| fact.value.clone()));
        }
        let named = |id: &&String| id.contains('-') && id.bytes().any(|byte| byte.is_ascii_digit());
        ids.extend(
            site.languages[0]
                .data
                .sources
                .iter()
                .map(|row| &row.id)
                .filter(named)
                .cloned(),
        );
        ids.extend(
            site.shared
                .keys()
                .map(|(_, name)| name.to_uppercase())
                .filter(|name| name.starts_with("C-")),
        );
        ids.retain(|id| id.len() >= 4);
        let ids: Vec<String> = ids.into_iter().collect();
        Self {
            id_matcher: AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(&ids)
                .ok()
                .filter(|_| !ids.is_empty()),
            ids,
            outside: AhoCorasick::new(["//"]).expect("one short pattern"),
        }
    }

    /// Looks through a finished page.
    pub(crate) fn page(&self, site: &Site, page: &Page, bytes: &[u8], findings: &mut Findings) {
        if let Some(matcher) = &self.id_matcher {
            for found in matcher.find_iter(bytes) {
                let id = &self.ids[found.pattern().as_usize()];
                let is_source = |id: &str| site.language_of(page).data.source(id).is_some();
                let is_told = is_source(id) && is_markup(bytes, found.range(), &is_source);
                if is_whole_word(bytes, found.range())
                    && is_in_text(bytes, found.start())
                    && !is_told
                {
                    Self::report_id(site, page, id, findings);
                }
            }
        }
        let outside = self.outside.find_iter(bytes).map(|found| found.start());
        if let Some(at) = outside.into_iter().find(|at| is_loading(&bytes[..*at])) {
            let start = bytes[..at]
                .iter()
                .rposition(|byte| *byte == b'<')
                .unwrap_or(at);
            let end = bytes[at..]
                .iter()
                .position(|byte| *byte == b'>')
                .map_or(bytes.len(), |length| at + length + 1);
            let shown = String::from_utf8_lossy(&bytes[start..end.min(start + 80)]).into_owned();
            let message = format!(
                "the page `{}` would load something from another host: `{shown}`",
                page.address
            );
            findings.push(
                Finding::new(&OUTSIDE_REQUEST, place_of(site, page), message)
                    .help("put the file into `static` and name it from there; a reader's visit is nobody else's business"),
            );
        }
    }

    fn report_id(site: &Site, page: &Page, id: &str, findings: &mut Findings) {
        let place = page.document.as_ref().and_then(|document| {
            let text = site.snapshot.file(document.file).text();
            let body = crate::parse::front_matter::split(text).1;
            let at = body + text.get(body..)?.find(id)?;
            Some(Place::new(document.file, at..at + id.len()))
        });
        let message = format!(
            "readers of `{}` would see `{id}`, which is an id for editors",
            page.address
        );
        findings.push(
            Finding::new(
                &INTERNAL_ID_IN_OUTPUT,
                place.unwrap_or_else(|| place_of(site, page)),
                message,
            )
            .help("write it in words, or cite a source as `[@id]`"),
        );
    }
}

fn place_of(site: &Site, page: &Page) -> Place {
    page.document
        .as_ref()
        .map_or_else(|| site.nowhere(), |document| document.start)
}

fn is_whole_word(bytes: &[u8], range: std::ops::Range<usize>) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_';
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    !before.is_some_and(is_part) && !bytes.get(range.end).is_some_and(is_part)
}

/// Tells whether the id of a source stands behind `@`, or in brackets that hold only such ids: markup that is left over, and found as such.
fn is_markup(
    bytes: &[u8],
    range: std::ops::Range<usize>,
    is_source: &dyn Fn(&str) -> bool,
) -> bool {
    let (before, behind) = (&bytes[..range.start], &bytes[range.end..]);
    let is_end = |byte: &u8| matches!(byte, b'[' | b']' | b'<' | b'>');
    let inner = || {
        let start = before.iter().rposition(is_end)?;
        let end = range.end + behind.iter().position(is_end)?;
        let is_bracketed = bytes[start] == b'[' && bytes[end] == b']';
        let inner = str::from_utf8(&bytes[start + 1..end]).ok()?;
        is_bracketed.then_some(inner)
    };
    before.ends_with(b"@")
        || inner().is_some_and(|ids| ids.split([';', ',']).all(|id| is_source(id.trim())))
}

/// Tells whether a byte lies between tags, and not inside one.
fn is_in_text(bytes: &[u8], at: usize) -> bool {
    let last = bytes[..at]
        .iter()
        .rposition(|byte| matches!(byte, b'<' | b'>'));
    last.is_none_or(|last| bytes[last] == b'>')
}
