//! Writes links anew: which page a link that leads nowhere means, the link to it, and the headings that a dead anchor may mean.
//!
//! What is written here works when it is pasted in place of the link.

use crate::base::nearest::nearest;
use crate::base::path::percent_encode;
use crate::base::place::{PageId, Place};
use crate::base::slug::address_slug;
use crate::finding::out::Sources;
use crate::finding::suggestion;
use crate::model::lookup::{Found, by_name};
use crate::model::{Named, Page, Site};
use crate::parse::Document;
use crate::parse::tree::{Link, Target};

/// The most headings that are named for a dead anchor.
const MAX_HEADINGS: usize = 5;

/// The page that a link means which leads nowhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meant {
    /// The page.
    pub page: PageId,
    /// The anchor that was written.
    pub anchor: Option<String>,
    /// Whether the page has the name that was written, and not only one like it.
    pub is_named: bool,
}

impl Meant {
    /// Says what to write instead.
    pub(crate) fn help(&self, words: &str) -> String {
        if self.is_named {
            format!("write `{words}`")
        } else {
            suggestion(words)
        }
    }
}

/// Guesses the page that a path means, however it was written: with the address of a web page, wrong folders, or capital letters.
pub(super) fn meant(
    site: &Site,
    language: usize,
    path: &str,
    anchor: Option<String>,
) -> Option<Meant> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut parts: Vec<String> = path
        .split(['/', '\\'])
        .map(|part| address_slug(without_ending(part)))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.first().is_some_and(|part| part == "content") {
        parts.remove(0);
    }
    let is_code = |part: &String| {
        let mut languages = site.languages.iter();
        languages.any(|site| site.language.code().eq_ignore_ascii_case(part))
    };
    if parts.first().is_some_and(is_code) {
        parts.remove(0);
    }
    let Some(last) = parts.last() else {
        let home = site.by_key(language, "index")?;
        return Some(Meant {
            page: home.id,
            anchor,
            is_named: true,
        });
    };
    let ends = parts[parts.len().saturating_sub(2)..].join("/");
    let exact = [parts.join("/"), ends.clone(), format!("{ends}/index")];
    let by_key = exact.iter().find_map(|key| site.by_key(language, key));
    let by_slug = || match site.by_slug[language].get(last.as_str())? {
        Named::One(page) => Some(*page),
        Named::Several(_) => None,
    };
    if let Some(page) = by_key.map(|page| page.id).or_else(by_slug) {
        return Some(Meant {
            page,
            anchor,
            is_named: true,
        });
    }
    let pages = || site.pages.iter().filter(|page| page.language == language);
    let near = nearest(last, pages().map(Page::slug))?;
    let page = pages().find(|page| page.slug() == near)?.id;
    Some(Meant {
        page,
        anchor,
        is_named: false,
    })
}

fn without_ending(name: &str) -> &str {
    let ending = name.rsplit_once('.').filter(|(_, ending)| {
        ["md", "html", "htm", "markdown"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    ending.map_or(name, |(stem, _)| stem)
}

/// Writes a link of a document anew, with the same words, so that it leads to the page that is meant.
pub(super) fn link_to(
    site: &Site,
    language: usize,
    document: &Document,
    place: Place,
    link: &Link,
    meant: &Meant,
) -> String {
    let page = site.page(meant.page);
    let anchor = meant
        .anchor
        .as_deref()
        .filter(|anchor| site.has_anchor(page.id, anchor))
        .map_or_else(String::new, |anchor| format!("#{anchor}"));
    let written = written(site, place);
    let name = || format!("{}{anchor}", shortest_name(site, language, page));
    if let Target::Wiki(old) = &link.target {
        if link.takes_title || !written.contains(old.as_str()) {
            return format!("[[{}]]", name());
        }
        return written.replacen(old.as_str(), &name(), 1);
    }
    let words = written.strip_prefix('[').and_then(|rest| {
        let end = rest.rfind("](").or_else(|| rest.rfind("]["));
        Some(&rest[..end.or_else(|| rest.rfind(']'))?])
    });
    match words.filter(|words| !words.trim().is_empty()) {
        Some(words) => format!("[{words}]({}{anchor})", way(site, document, page)),
        None => format!("[[{}]]", name()),
    }
}

/// Says which headings a link may mean whose anchor its page does not have.
pub(super) fn headings(site: &Site, place: Place, target: &Page, anchor: &str) -> String {
    let parts: Vec<&str> = anchor.split('-').filter(|part| part.len() > 2).collect();
    // Headings that the program writes have names of its own.
    let all = site.anchors(target.id).iter().map(String::as_str);
    let known: Vec<&str> = all.filter(|name| !name.starts_with("sd-")).collect();
    let near = nearest(anchor, known.iter().copied());
    let mut ranked: Vec<(bool, usize, &str)> = known
        .into_iter()
        .map(|name| {
            let shared = name.split('-').filter(|part| parts.contains(part)).count();
            (near != Some(name), usize::MAX - shared, name)
        })
        .collect();
    if ranked.len() > MAX_HEADINGS {
        ranked.select_nth_unstable(MAX_HEADINGS - 1);
        ranked.truncate(MAX_HEADINGS);
    }
    ranked.sort_unstable();
    let names: Vec<String> = ranked
        .iter()
        .map(|(_, _, name)| format!("`#{name}`"))
        .collect();
    if names.is_empty() {
        return "take `#` and the words behind it out of the link, since that page has no headings"
            .to_owned();
    }
    let written = written(site, place);
    let mended = near.and_then(|near| {
        let at = written.rfind(&format!("#{anchor}"))?;
        let rest = &written[at + 1 + anchor.len()..];
        Some(format!("{}#{near}{rest}", &written[..at]))
    });
    match mended {
        Some(mended) => format!(
            "did you mean `{mended}`? The nearest headings are {}",
            names.join(", ")
        ),
        None => format!(
            "write one of the headings of that page: {}",
            names.join(", ")
        ),
    }
}

/// Gives a link as it stands in its file, in one line.
fn written(site: &Site, place: Place) -> String {
    let text = &site.snapshot.text(place.file)[place.range()];
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end())
        .collect();
    if lines.len() < 2 {
        return text.to_owned();
    }
    lines.join(" ")
}

/// Gives the shortest name that means a page: the last part of its path where no other page has the same.
fn shortest_name<'p>(site: &Site, language: usize, page: &'p Page) -> &'p str {
    match by_name(site, language, page.slug()) {
        Found::Page(found, None) if found == page.id => page.slug(),
        _ => &page.key,
    }
}

/// Gives the relative way from a document to a page, as it is written in links.
fn way(site: &Site, document: &Document, page: &Page) -> String {
    let from = document.path.folder();
    let code_of = |language: usize| site.languages[language].language.code();
    let is_here = |language: &usize| {
        let mut parts = from.split('/').skip(1);
        parts.any(|part| part == code_of(*language))
    };
    let language = (0..site.languages.len())
        .find(is_here)
        .unwrap_or(page.language);
    let folder = format!("content/{}/", code_of(language));
    let own = site.by_key(language, &page.key);
    let own = own.and_then(|page| page.document.as_ref());
    let to = own
        .map(|document| document.path.as_str())
        .filter(|path| path.starts_with(&folder))
        .map_or_else(|| format!("{folder}{}.md", page.key), str::to_owned);
    relative(from, &to)
}

/// Gives the way from a folder to a file.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = from
        .iter()
        .zip(&to)
        .take_while(|(left, right)| left == right)
        .count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - same);
    let down = to[same..].iter().map(|part| percent_encode(part));
    up.chain(down).collect::<Vec<_>>().join("/")
}
