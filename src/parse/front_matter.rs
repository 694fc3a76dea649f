//! Front matter: the YAML keys of an article, typed, each value with its place.

use crate::base::date::Date;
use crate::base::place::{FileId, Place, Spot};
use crate::base::value::{FileValues, SyntaxFault, Table};
use crate::finding::fields::{Fields, words};
use crate::finding::rules::{MISSING_KEY, TOO_LARGE, WRONG_SYNTAX, WRONG_VALUE};
use crate::finding::{Finding, Findings};
use crate::settings::{Allowance, allowances};
use schemars::JsonSchema;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest front matter that is read, in bytes.
const MAX_FRONT_MATTER: usize = 64 * 1024;

/// Keys of other programs, and ours with the same meaning.
const KEYS_OF_OTHERS: [(&str, &str); 6] = [
    ("date", "updated"),
    ("lastmod", "updated"),
    ("author", "authors"),
    ("description", "summary"),
    ("weight", "order"),
    ("redirect", "redirect_from"),
];

/// Keys of other programs that have no meaning here.
const OWN_KEYS: [&str; 6] = [
    "tags",
    "categories",
    "category",
    "keywords",
    "layout",
    "permalink",
];

words! {
    /// Whom an article is for.
    pub(crate) enum Audience {
        /// People who take or took one of the medicines.
        Patient = "patient",
        /// Families and friends.
        Family = "family",
        /// Everyone.
        Everyone = "everyone",
        /// Clinicians.
        Clinician = "clinician",
    }
}

words! {
    /// What an article is.
    pub(crate) enum PageKind {
        /// Explains something.
        Topic = "topic",
        /// Describes a treatment.
        Treatment = "treatment",
        /// Helps in danger; the action comes first.
        Safety = "safety",
        /// Is filled in by hand.
        Worksheet = "worksheet",
        /// Tells what somebody lived through.
        Story = "story",
        /// Is about the site itself.
        Site = "site",
    }
}

words! {
    /// Who wrote a text, where it was no person.
    pub(crate) enum Writer {
        /// A computer program.
        Machine = "machine",
    }
}

/// The keys of an article.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(title = "Article", deny_unknown_fields)]
pub(crate) struct FrontMatter {
    /// The title, shown as the page's only top heading.
    #[schemars(with = "String")]
    pub title: Option<Spot<String>>,
    /// One sentence of at most 30 words; also the description for search engines.
    #[schemars(with = "String")]
    pub summary: Option<Spot<String>>,
    /// Three to five lines that open the page.
    #[serde(default)]
    pub key_points: Vec<Spot<String>>,
    /// Whom the article is for.
    #[serde(default)]
    pub audience: Vec<Spot<Audience>>,
    /// What the article is; `topic` if nothing is written.
    pub kind: Option<Spot<PageKind>>,
    /// The authors, by their ids in `_data/people.toml`.
    #[serde(default)]
    pub authors: Vec<Spot<String>>,
    /// `machine` where a computer program wrote the text; people are named under `authors`.
    pub written_by: Option<Spot<Writer>>,
    /// The sources the page rests on, by their ids in `_data/sources.toml`.
    #[serde(default)]
    pub sources: Vec<Spot<String>>,
    /// The facts the page rests on; never printed.
    #[serde(default)]
    pub facts: Vec<Spot<String>>,
    /// Related pages.
    #[serde(default)]
    pub related: Vec<Spot<String>>,
    /// One to four lines that say what to do next.
    #[serde(default)]
    pub next: Vec<Spot<String>>,
    /// Other names of the page, for A to Z and search.
    #[serde(default)]
    pub aliases: Vec<Spot<String>>,
    /// Earlier addresses of the page, such as `tapering/old-name`.
    #[serde(default)]
    pub redirect_from: Vec<Spot<String>>,
    /// The date of the last change of meaning.
    pub updated: Option<Spot<Date>>,
    /// The place within the section.
    pub order: Option<Spot<u32>>,
    /// Whether the page is not finished.
    #[serde(default)]
    pub draft: bool,
    /// Whether the page is kept only for the record.
    #[serde(default)]
    pub archived: bool,
    /// The page that replaced this one.
    pub replaced_by: Option<Spot<String>>,
    /// How the page was translated.
    pub translation: Option<Translation>,
    /// Rules that are allowed on this page: rule = "reason".
    #[schemars(with = "BTreeMap<String, String>")]
    #[serde(default)]
    pub allow: Vec<Allowance>,
    /// The site's own keys, for its own templates.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    #[serde(default)]
    pub extra: serde_json::Value,
}

/// `translation`: how a page was translated.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Translation {
    /// The source page, only where its path differs.
    pub of: Option<Spot<String>>,
    /// Who translated it, an id in `_data/people.toml`.
    pub by: Option<Spot<String>>,
    /// Who checked the translation, an id in `_data/people.toml`.
    pub checked_by: Option<Spot<String>>,
    /// Whether a machine translated it.
    #[serde(default)]
    pub machine: bool,
}

/// Finds the front matter: the bytes between its first line, `---`, and its last, `---` or `...`, and where the article's text begins. As in
/// all YAML, a remark may stand behind these marks.
pub(crate) fn split(text: &str) -> (Option<Range<usize>>, usize) {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_mark(line, "---")) else {
        return (None, start);
    };
    let body = start + first.len();
    let mut at = body;
    for line in lines {
        if is_mark(line, "---") || is_mark(line, "...") {
            return (Some(body..at), at + line.len());
        }
        at += line.len();
    }
    (Some(body..text.len()), text.len())
}

/// Finds front matter that begins below the first line, or with other signs than `---`.
fn late_start(file: FileId, text: &str) -> Option<Finding> {
    let body = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let line = body.lines().next()?.trim_end();
    let is_mark = |line: &str| !line.is_empty() && line.chars().all(|sign| "-—–_=*".contains(sign));
    let keys = if is_mark(line) {
        body.lines().nth(1)?
    } else {
        line
    };
    let is_key = ["title:", "summary:"]
        .iter()
        .any(|key| keys.starts_with(key));
    if !is_key {
        return None;
    }
    let start = text.len() - body.len();
    let at = |end: usize| {
        Place::new(
            file,
            text.len() - text.trim_start_matches('\u{feff}').len()..end,
        )
    };
    let message = "the front matter must begin with a line `---` at the very top of the file";
    let (place, help) = if is_mark(line) {
        (
            at(start + line.len()),
            "write `---`, and nothing before it; below the keys stands another line `---`"
                .to_owned(),
        )
    } else {
        (
            at(start),
            "write `---` on a line of its own above this one, and another one below the keys"
                .to_owned(),
        )
    };
    Some(Finding::new(&WRONG_SYNTAX, place, message).help(help))
}

/// Tells whether a line is a mark, alone or with a remark behind it.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| {
        let words = rest.trim();
        words.is_empty() || rest.starts_with([' ', '\t']) && words.starts_with('#')
    })
}

/// Reads the front matter of an article. Title and summary are required of articles, not of shared texts.
pub(crate) fn read(
    file: FileId,
    text: &str,
    range: Option<Range<usize>>,
    is_article: bool,
    findings: &mut Findings,
) -> FrontMatter {
    let place = Place::new(
        file,
        range.clone().map_or(0..0, |range| range.start..range.start),
    );
    let Some(range) = range else {
        if let Some(finding) = late_start(file, text).filter(|_| is_article) {
            findings.push(finding);
            return FrontMatter::default();
        }
        return if is_article {
            read_table(&Table::default(), place, true, findings).0
        } else {
            FrontMatter::default()
        };
    };
    if range.len() > MAX_FRONT_MATTER {
        let message = format!(
            "the front matter has {} bytes; it may have at most {MAX_FRONT_MATTER}",
            range.len()
        );
        findings.push(
            Finding::new(&TOO_LARGE, place, message)
                .help("end it with a line `---`, and put the article's text below"),
        );
        return FrontMatter::default();
    }
    if range.end == text.len() {
        let first = text.len() - text.trim_start_matches('\u{feff}').len();
        let finding = Finding::new(
            &WRONG_SYNTAX,
            Place::new(file, first..first + 3),
            "the front matter does not end",
        );
        findings.push(finding.help("put a line `---` between the keys and the article's text"));
        return FrontMatter::default();
    }
    let reading = crate::base::yaml::read(file, range.start, &text[range]);
    let mut follow = Findings::default();
    let mut front = read_table(&reading.table, place, is_article, &mut follow).0;
    look_for_remarks(text, &front, &mut follow);
    leave_out_what_follows(&mut follow, text, &reading);
    for ids in [
        &mut front.sources,
        &mut front.authors,
        &mut front.related,
        &mut front.redirect_from,
    ] {
        let is_faulty = |at: Place| {
            let mut faults = reading.faults.iter();
            faults.any(|fault| fault.place.start <= at.start && at.start < fault.place.end)
        };
        ids.retain(|id| !is_faulty(id.place));
    }
    findings.append(follow);
    findings.add_syntax_faults(reading.faults);
    front
}

/// Drops what was found only because a line cannot be read: what stands in that line, and keys that seem to be missing.
fn leave_out_what_follows(findings: &mut Findings, text: &str, reading: &FileValues) {
    let line_of = |fault: &SyntaxFault| {
        let range = fault.place.range();
        let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[range.end..].find('\n');
        start..end.map_or(text.len(), |end| range.end + end)
    };
    let lines: Vec<Range<usize>> = reading.faults.iter().map(line_of).collect();
    findings.retain(|finding| {
        let range = finding.at.map_or(0..0, Place::range);
        let is_missing = finding.rule == &MISSING_KEY && range.is_empty();
        let stands_there = |line: &Range<usize>| line.contains(&range.start);
        if is_missing {
            !reading.has_gaps
        } else {
            !lines.iter().any(stands_there)
        }
    });
}

/// Finds words that YAML takes for a remark since a `#` stands before them, in lines that are printed: `title: Your #1 question`.
fn look_for_remarks(text: &str, front: &FrontMatter, findings: &mut Findings) {
    let single = front.title.iter().chain(&front.summary);
    let lists = [&front.key_points, &front.next, &front.aliases];
    for value in single.chain(lists.into_iter().flatten()) {
        let range = value.place.range();
        let is_plain = !text[range.clone()].starts_with(['"', '\'']);
        let rest = text[range.end..].lines().next().unwrap_or_default();
        if !is_plain || !rest.trim_start_matches([' ', '\t']).starts_with('#') {
            continue;
        }
        let whole = format!("{}{rest}", value.value).trim_end().to_owned();
        let quoted = whole.replace('\\', "\\\\").replace('"', "\\\"");
        let finding = Finding::new(
            &WRONG_VALUE,
            Place::new(
                value.place.file,
                range.start..range.end + rest.trim_end().len(),
            ),
            "readers would not see the words from `#` on, since they count as a remark",
        );
        findings.push(finding.help(format!(
            "write `\"{quoted}\"`, or put the remark on a line of its own"
        )));
    }
}

fn read_table(
    table: &Table,
    place: Place,
    is_article: bool,
    findings: &mut Findings,
) -> (FrontMatter, Vec<&'static str>) {
    let mut fields = Fields::new(table, place, "the front matter", findings);
    let kind: Option<Spot<PageKind>> = fields.optional("kind");
    let (title, summary): (_, Option<Spot<String>>) = if is_article {
        (fields.required("title"), fields.required("summary"))
    } else {
        (fields.optional("title"), fields.optional("summary"))
    };
    for (key, text) in [("title", &title), ("summary", &summary)] {
        let Some(text) = text else { continue };
        let inner = text.value.trim_matches(['“', '”', '„']);
        if inner.len() + 6 <= text.value.len() && text.value.starts_with(['“', '„']) {
            let message = format!(
                "the curly quotes of a word processor stand around the {key}, and readers would see them"
            );
            fields.doubt(text.place, message, format!("write `{inner}`"));
        }
    }
    let key_points: Vec<Spot<String>> = fields.list("key_points");
    let needs_key_points = is_article
        && matches!(
            kind.as_ref().map(|kind| kind.value),
            None | Some(PageKind::Topic | PageKind::Treatment)
        );
    if needs_key_points && key_points.is_empty() {
        fields.miss("key_points", "three to five short lines that open the page");
    }
    let next: Vec<Spot<String>> = fields.list("next");
    if let Some(fifth) = next.get(4) {
        fields.reject(
            fifth.place,
            "`next` has more than four lines",
            "keep the one to four lines that matter most",
        );
    }
    if let Some(summary) = &summary
        && summary.value.split_whitespace().count() > 30
    {
        let message = format!(
            "the summary has {} words; it may have at most 30",
            summary.value.split_whitespace().count()
        );
        fields.reject(summary.place, message, "write one shorter sentence");
    }
    let translation = translation(&mut fields);
    for (key, ours) in KEYS_OF_OTHERS {
        if table.entries.iter().any(|(known, _)| known.name == ours) {
            fields.foreign(
                key,
                format!("`{ours}` says it already, so take this line out"),
            );
        } else {
            if table.entries.iter().any(|(known, _)| known.name == key) {
                fields.found_elsewhere(ours);
            }
            fields.foreign(key, format!("write `{ours}`"));
        }
    }
    for key in OWN_KEYS {
        fields.foreign(
            key,
            format!("put your own keys under `extra`: write a line `extra:` and below it `  {key}:`, two spaces further in"),
        );
    }
    let front = FrontMatter {
        title,
        summary,
        key_points,
        audience: fields.list("audience"),
        kind,
        authors: fields.list("authors"),
        written_by: fields.optional("written_by"),
        sources: fields.list("sources"),
        facts: fields.list("facts"),
        related: fields.list("related"),
        next,
        aliases: fields.list("aliases"),
        redirect_from: fields.list("redirect_from"),
        updated: fields.optional("updated"),
        order: fields.optional("order"),
        draft: fields.flag("draft"),
        archived: fields.flag("archived"),
        replaced_by: fields.optional("replaced_by"),
        translation,
        allow: allowances(&mut fields),
        extra: fields.json("extra"),
    };
    (front, fields.finish())
}

fn translation(fields: &mut Fields<'_, '_>) -> Option<Translation> {
    let (table, place) = fields.table("translation")?;
    let mut findings = Findings::default();
    let mut below = Fields::new(table, place, "`translation`", &mut findings);
    let translation = Translation {
        of: below.optional("of"),
        by: below.optional("by"),
        checked_by: below.optional("checked_by"),
        machine: below.flag("machine"),
    };
    below.finish();
    fields.adopt(findings);
    Some(translation)
}

/// Gives the JSON Schema of front matter.
pub(crate) fn schema() -> String {
    crate::base::schema::schema_text::<FrontMatter>(&["title", "summary"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::schema::schema_keys;

    #[test]
    fn the_schema_names_the_keys_that_are_read() {
        let place = Place::new(FileId(0), 0..0);
        let (_, mut known) = read_table(&Table::default(), place, true, &mut Findings::default());
        let mut named = schema_keys::<FrontMatter>();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, known);
    }

    #[test]
    fn front_matter_is_split_off_whatever_the_line_ends_are() {
        assert_eq!(split("---\r\na: 1\r\n---\r\nText"), (Some(5..11), 16));
        assert_eq!(split("\u{feff}---\na: 1\n---\n"), (Some(7..12), 16));
        assert_eq!(split("Text\n---\n"), (None, 0));
        assert_eq!(split("---\nnever ends"), (Some(4..14), 14));
    }

    #[test]
    fn front_matter_may_have_remarks_at_its_marks_and_end_with_dots() {
        assert_eq!(split("--- # a\na: 1\n--- # b\nText"), (Some(8..13), 21));
        assert_eq!(split("---\r\na: 1\r\n...\r\nText"), (Some(5..11), 16));
        assert_eq!(split("---\na: 1\n...\t# c\n"), (Some(4..9), 17));
        assert_eq!(split("---#\n---\n"), (None, 0));
        assert_eq!(split("---\na: ....\n....\n---\n"), (Some(4..17), 21));
    }
}
