//! Findings and troubles as pages of the server's own, and as the values of the box in a page.

use super::editor;
use super::http::Request;
use super::state::{Known, Shared, State, Trouble};
use crate::base::nearest::nearest;
use crate::base::place::FileId;
use crate::base::words::upper_first;
use crate::build::{Shown, Version};
use crate::finding::out::overlay;
use crate::finding::{Failure, Finding, Findings, Group, Severity};
use crate::model::Hidden;
use crate::render::explanation::explanation;
use crate::render::html::escaped;
use crate::render::report::{Part, found, hidden, sections, with_code};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

pub(super) use crate::render::report::STYLE;

/// How many findings of other pages, and how many hidden pages, the box gets at most; the page of all findings has the rest.
const ELSEWHERE: usize = 100;
/// How many findings a page of the server's own shows at most.
const LISTED: usize = 1000;

/// Gives the page about a site that could not be made.
pub(super) fn trouble(trouble: &Trouble) -> String {
    let mut body = told(trouble);
    body.push_str("<p>This page changes by itself as soon as the site can be shown.</p>\n");
    page("The site cannot be shown", &body)
}

/// Gives the page about an edition that could not be made.
pub(super) fn edition(failure: &Failure) -> String {
    let mut body = told(&Trouble::from(failure));
    body.push_str("<p><a href=\"/.stepdown/findings\">All findings</a></p>\n");
    page("This edition cannot be made", &body)
}

fn told(trouble: &Trouble) -> String {
    let mut body = format!("<p>{}.</p>\n", with_code(&upper_first(&trouble.message)));
    if let Some(help) = &trouble.help {
        let _ = writeln!(body, "<p>What to do: {}.</p>", with_code(help));
    }
    body
}

/// Gives the page about a failure.
pub(super) fn failure(failure: &Failure) -> String {
    trouble(&Trouble::from(failure))
}

/// Gives the page for an address at which nothing stands.
pub(super) fn missing(version: &Version, address: &str) -> String {
    let mut body = format!(
        "<p>Nothing stands at <code>/{}</code>.</p>\n",
        escaped(address)
    );
    let pages = version.site().published().map(|page| page.address.as_str());
    if let Some(near) = nearest(address, pages) {
        let near = escaped(near);
        let _ = writeln!(body, "<p>Did you mean <a href=\"/{near}\">/{near}</a>?</p>");
    }
    body.push_str("<p>As soon as there is a page here, you see it without doing anything.</p>\n<p class=\"ways\"><a href=\"/\">First page of the site</a> <a href=\"/404.html\">What readers see in this case</a></p>\n");
    page("There is no page at this address", &body)
}

/// Gives the page that stands in for pages of a site with errors: what stops the build, that of the page in view first.
pub(super) fn faults<'f>(
    findings: &'f Findings,
    version: &Version,
    here: Option<FileId>,
    open: &dyn Fn(&Finding) -> Option<String>,
) -> String {
    let is_here = |finding: &Finding| here.is_some() && finding.at.map(|place| place.file) == here;
    let stops = |finding: &&Finding| finding.stops_the_build();
    let all: Vec<&'f Finding> = findings.iter().filter(stops).collect();
    let (own, other): (Vec<&Finding>, Vec<&Finding>) =
        all.iter().copied().partition(|finding| is_here(finding));
    let number = match all.len() {
        1 => "There is one error".to_owned(),
        number => format!("There are {number} errors"),
    };
    let mut body = format!(
        "<p>{number}, listed below. Until this is mended, nothing new can be published. What was published before stays as it is.</p>\n<p>Mend the text in your editor and save it. This page then changes by itself.</p>\n<p class=\"ways\"><a href=\"?stepdown=show\">Show the pages all the same</a> <a href=\"/.stepdown/findings\">All findings</a></p>\n"
    );
    let listed = |findings: Vec<&'f Finding>| findings.into_iter().take(LISTED);
    let parts = [
        Part::new("here", "On this page", listed(own)),
        Part::new("elsewhere", "Elsewhere", listed(other)),
    ];
    sections(&mut body, &parts, version.snapshot(), open);
    page("This site cannot be built as it is", &body)
}

/// Gives the page of all findings.
pub(super) fn all(
    known: &Known,
    version: &Version,
    open: &dyn Fn(&Finding) -> Option<String>,
) -> String {
    let total = known.findings.iter().count();
    let mut body = String::new();
    if !known.is_complete {
        body.push_str("<p>The site is still being looked at. More findings may come.</p>\n");
    }
    if known.findings.stop_the_build() {
        body.push_str("<p>There are errors, so this site cannot be built as it is.</p>\n");
    }
    if total > LISTED {
        let _ = writeln!(
            body,
            "<p>These are the first {LISTED} of {total}. The command <code>stepdown check --all</code> shows all of them.</p>"
        );
    }
    body.push_str("<p class=\"ways\"><a href=\"/\">First page of the site</a>");
    if known.findings.stop_the_build() {
        body.push_str(
            " <a href=\"/?stepdown=findings\">Show errors in the place of pages again</a>",
        );
    }
    body.push_str("</p>\n");
    if total == 0 && known.is_complete {
        body.push_str("<p>Nothing was found.</p>\n");
    }
    hidden(&mut body, &version.pages().hidden_lines());
    let shown = known.findings.iter().take(LISTED).cloned().collect();
    found(&mut body, &shown, version.snapshot(), open);
    page("Findings", &body)
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"/.stepdown/own.css\">\n</head>\n<body class=\"served\">\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Gives the values of the box on a page, which the query names.
pub(super) fn box_of(shared: &Shared, state: &State, request: &Request) -> Value {
    let Ok(version) = &state.site else {
        return json!({
            "session": shared.session,
            "version": state.numbers.version,
            "complete": true,
            "stopped": true,
            "page": null,
            "counts": counts(&[]),
            "here": [],
            "elsewhere": [],
            "explanations": {},
            "more": 0,
            "hidden": [],
            "hidden_pages": 0,
            "hidden_lines": [],
            "editions": [],
            "all": "/.stepdown/findings",
        });
    };
    let address = parameter(&request.query, "page").unwrap_or_default();
    let address = if address.is_empty() || address.ends_with('/') {
        format!("{address}index.html")
    } else {
        address
    };
    let is_hidden = parameter(&request.query, "stepdown").as_deref() == Some("hidden");
    let shown = if is_hidden {
        version.hidden_page(&address)
    } else {
        version.page(&address)
    };
    let known = &state.known.findings;
    // What making this page has shown counts before the whole site was looked at.
    let found = shown
        .as_ref()
        .map(|shown| version.settled(shown.findings.clone()))
        .unwrap_or_default();
    let new = |own: &&Finding| own.allowed.is_none() && known.iter().all(|known| known != *own);
    let own: Vec<&Finding> = found.iter().filter(new).collect();
    let mut all: Vec<&Finding> = known
        .iter()
        .filter(|known| known.allowed.is_none())
        .collect();
    // What is found in a hidden page stops nothing: a build leaves it out.
    let is_published = shown.as_ref().is_some_and(|shown| shown.hidden.is_none());
    if is_published {
        all.extend(&own);
    }
    let is_here = |finding: &&Finding| {
        shown
            .as_ref()
            .is_some_and(|shown| concerns(shown, version, finding))
    };
    let (mut here, mut elsewhere): (Vec<&Finding>, Vec<&Finding>) =
        all.iter().copied().partition(is_here);
    if !is_published {
        here.extend(own);
    }
    here.sort_by_key(|finding| finding.at);
    elsewhere.sort_by_key(|finding| (!finding.stops_the_build(), finding.group));
    let pages = pages_of(version, &elsewhere);
    let more = elsewhere.len().saturating_sub(ELSEWHERE);
    elsewhere.truncate(ELSEWHERE);
    let mut explanations = BTreeMap::new();
    for finding in here.iter().chain(&elsewhere) {
        let text = || explanation(finding.rule);
        explanations.entry(finding.rule.name).or_insert_with(text);
    }
    let value = |finding: &&Finding| {
        let mut value = overlay(finding, version.snapshot());
        value["open"] = editor::link_to(shared, request, version.snapshot(), finding).into();
        let page = finding.at.and_then(|place| pages.get(&place.file));
        value["page"] = page.map(|address| format!("/{address}")).into();
        value
    };
    let pages = version.pages();
    let offers = version.offers().into_iter().map(|offer| {
        let url = format!("/.stepdown/editions/{}", offer.file);
        json!({"name": offer.edition.name(), "file": offer.file, "url": url})
    });
    json!({
        "session": shared.session,
        "version": state.numbers.version,
        "complete": state.known.is_complete,
        "stopped": all.iter().any(|finding| finding.stops_the_build()),
        "page": shown.as_ref().map(|shown| page_value(shared, version, request, shown)),
        "counts": counts(&all),
        "here": here.iter().map(value).collect::<Vec<_>>(),
        "elsewhere": elsewhere.iter().map(value).collect::<Vec<_>>(),
        "explanations": explanations,
        "more": more,
        "hidden": version.hidden().into_iter().take(ELSEWHERE).map(|(page, hidden)| json!({
            "title": page.title,
            "url": format!("/{}{}", page.address, if version.is_planned(&page.address) { "?stepdown=hidden" } else { "" }),
            "label": word(hidden),
        })).collect::<Vec<_>>(),
        "hidden_pages": pages.hidden(),
        "hidden_lines": pages.hidden_lines(),
        "editions": offers.collect::<Vec<_>>(),
        "all": "/.stepdown/findings",
    })
}

fn page_value(shared: &Shared, version: &Version, request: &Request, shown: &Shown<'_>) -> Value {
    let snapshot = version.snapshot();
    let document = shown.page.document.as_ref();
    let path = document.map(|document| document.path.as_str());
    let is_draft = document.is_some_and(|document| document.front.draft);
    let hidden = shown.hidden.or(is_draft.then_some(Hidden::Draft));
    json!({
        "address": shown.page.address,
        "title": shown.page.title,
        "label": hidden.map(word),
        "path": path,
        "open": path.and_then(|path| editor::link(shared, request, snapshot, path, 1, 1)),
    })
}

/// Tells whether a finding concerns a page: it stands in its article or in a text that it shows, or in a row of data that it shows.
fn concerns(shown: &Shown<'_>, version: &Version, finding: &Finding) -> bool {
    let Some(at) = finding.at else {
        return false;
    };
    let of_file = || shown.places.iter().filter(|place| place.file == at.file);
    let document = shown.page.document.as_ref();
    if document.is_some_and(|document| document.file == at.file) {
        return true;
    }
    let is_text = version.snapshot().file(at.file).path.ending() == "md";
    is_text && of_file().next().is_some()
        || of_file().any(|place| place.start <= at.end && at.start < place.end)
}

/// Finds a page for each file in which something was found.
fn pages_of<'v>(version: &'v Version, findings: &[&Finding]) -> HashMap<FileId, &'v str> {
    let places = findings.iter().filter_map(|finding| finding.at);
    let files: HashSet<FileId> = places.map(|place| place.file).collect();
    let mut pages = HashMap::new();
    for page in version.site().published() {
        if let Some(document) = &page.document
            && files.contains(&document.file)
        {
            pages.entry(document.file).or_insert(&*page.address);
        }
    }
    pages
}

fn counts(findings: &[&Finding]) -> Vec<Value> {
    let of = |group: Group, severity: Severity| {
        let members = findings
            .iter()
            .filter(|finding| finding.group == group && finding.severity == severity);
        members.count()
    };
    let groups = Group::ALL;
    let counts = groups.into_iter().map(|group| {
        json!({
            "group": group.words(),
            "errors": of(group, Severity::Error),
            "warnings": of(group, Severity::Warning),
            "notes": of(group, Severity::Note),
        })
    });
    counts.collect()
}

fn word(hidden: Hidden) -> &'static str {
    match hidden {
        Hidden::Draft => "draft",
        Hidden::Unreviewed => "unreviewed",
        Hidden::Unchecked => "translation",
    }
}

impl From<&Failure> for Trouble {
    fn from(failure: &Failure) -> Self {
        Self {
            message: failure.to_string(),
            help: failure.advice().map(ToOwned::to_owned),
        }
    }
}

/// Gives a parameter of a query, decoded.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    query.split('&').find_map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key == name).then(|| crate::base::path::percent_decode(&value.replace('+', " ")))
    })
}
