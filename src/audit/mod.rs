//! Checks of finished pages, whatever made them: ids for editors that readers would see, and requests to other hosts.

use crate::base::place::Place;
use crate::finding::rules::{INTERNAL_ID_IN_OUTPUT, OUTSIDE_REQUEST};
use crate::finding::{Finding, Findings};
use crate::load::{Origin, SETTINGS, SourceFile};
use crate::model::{Page, Site};
use crate::parse::front_matter;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// What the audit of a site looks for.
pub(crate) struct Audit {
    ids: Vec<String>,
    id_matcher: Option<AhoCorasick>,
    outside: AhoCorasick,
    /// The addresses on other hosts that the site's own templates and style sheets load, which are told there.
    told: BTreeSet<String>,
}

/// What stands before an address that a browser loads by itself.
const LOADING: [&str; 7] = [
    "src=",
    "srcset=",
    "poster=",
    "data=",
    "url(",
    "@import ",
    "imagesrcset=",
];

/// What a `link` may be that a browser acts on by itself.
const LOADED_LINKS: [&str; 6] = [
    "stylesheet",
    "icon",
    "preload",
    "preconnect",
    "prefetch",
    "manifest",
];

/// Finds what a browser would load from another host by itself: the bytes of each address.
fn loaded<'t>(outside: &'t AhoCorasick, text: &'t [u8]) -> impl Iterator<Item = Range<usize>> + 't {
    let starts = outside.find_iter(text).map(|found| found.start());
    starts.filter_map(|at| {
        let before = &text[..at];
        let scheme = [&b"https:"[..], b"http:"].into_iter().find(|scheme| {
            before.len() >= scheme.len()
                && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
        });
        let start = at - scheme.map_or(0, <[u8]>::len);
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'()<>,;".contains(byte);
        let end = text[at..].iter().position(is_end);
        let end = end.map_or(text.len(), |length| at + length);
        is_loading(text, start, end).then_some(start..end)
    })
}

/// Tells whether what stands around an address makes a browser load it.
fn is_loading(text: &[u8], start: usize, end: usize) -> bool {
    let before = &text[..start];
    let before = before
        .strip_suffix(b"\"")
        .or(before.strip_suffix(b"'"))
        .unwrap_or(before);
    if !before.ends_with(b"href=") {
        return LOADING.iter().any(|sign| before.ends_with(sign.as_bytes()));
    }
    let Some(tag) = before.iter().rposition(|byte| *byte == b'<') else {
        return false;
    };
    let close = text[end..].iter().position(|byte| *byte == b'>');
    let tag = &text[tag..close.map_or(text.len(), |length| end + length)];
    tag.starts_with(b"<link")
        && LOADED_LINKS
            .iter()
            .any(|kind| tag.windows(kind.len()).any(|part| part == kind.as_bytes()))
}

impl Audit {
    /// Prepares the audit: the ids are those that the site's own front matter and data name. What templates and style sheets would load
    /// from other hosts is found here, once for all pages.
    pub(crate) fn new(site: &Site, findings: &mut Findings) -> Self {
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
        let outside = AhoCorasick::new(["//"]).expect("one short pattern");
        let mut told = BTreeSet::new();
        let of_site = |file: &&SourceFile| file.origin == Origin::Site && file.is_text();
        let frames = ["templates/", "static/"]
            .into_iter()
            .flat_map(|folder| site.snapshot.below(folder));
        for file in frames.filter(of_site) {
            for range in loaded(&outside, file.text().as_bytes()) {
                let address = &file.text()[range.clone()];
                findings.push(outside_request(
                    Some(Place::new(file.id, range.clone())),
                    address,
                ));
                told.insert(address.to_owned());
            }
        }
        Self {
            id_matcher: AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(&ids)
                .ok()
                .filter(|_| !ids.is_empty()),
            ids,
            outside,
            told,
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
        for range in loaded(&self.outside, bytes) {
            let address = String::from_utf8_lossy(&bytes[range]);
            if !self.told.contains(&*address) {
                let host = address.split("//").nth(1).unwrap_or(&address);
                let host = host.split('/').next().unwrap_or(host);
                findings.push(outside_request(written_at(site, page, host), &address));
            }
        }
    }

    fn report_id(site: &Site, page: &Page, id: &str, findings: &mut Findings) {
        let finding = match written_at(site, page, id) {
            Some(place) => Finding::new(
                &INTERNAL_ID_IN_OUTPUT,
                place,
                format!("readers would see `{id}`, which is an id for editors"),
            ),
            None => Finding::new(
                &INTERNAL_ID_IN_OUTPUT,
                place_of(site, page),
                format!(
                    "readers of `{}` would see `{id}`, which is an id for editors",
                    page.address
                ),
            ),
        };
        findings.push(finding.help("write it in words, or cite a source as `[@id]`"));
    }
}

/// Makes the finding of an address that a browser would load.
fn outside_request(at: Option<Place>, address: &str) -> Finding {
    let message = format!(
        "a browser would load `{address}` from another host as soon as somebody opens a page"
    );
    let finding = match at {
        Some(place) => Finding::new(&OUTSIDE_REQUEST, place, message),
        None => Finding::of_site(&OUTSIDE_REQUEST, message),
    };
    finding.help("take it out, or put the file into `static` and name it from there; a reader's visit is nobody else's business")
}

/// Finds where words of a finished page were written: in the text of its article, in a shared text, or in what frames all pages.
fn written_at(site: &Site, page: &Page, words: &str) -> Option<Place> {
    let find = |file: &SourceFile, from: usize| {
        let at = from + file.text().get(from..)?.find(words)?;
        Some(Place::new(file.id, at..at + words.len()))
    };
    let article = page.document.as_ref().and_then(|document| {
        let file = site.snapshot.file(document.file);
        find(file, front_matter::split(file.text()).1)
    });
    let shared = || {
        let folders = ["content/_shared/", "templates/", SETTINGS];
        let files = folders
            .into_iter()
            .flat_map(|folder| site.snapshot.below(folder));
        files
            .filter(|file| file.origin == Origin::Site)
            .find_map(|file| find(file, 0))
    };
    article.or_else(shared)
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
