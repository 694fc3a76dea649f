//! `new`: writes one article with commented front matter, or the skeleton of a translation.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::base::path::{SitePath, join, percent_decode};
use crate::base::slug::{address_slug, words_of};
use crate::cli::Ending;
use crate::cli::args::New;
use crate::disk::{Disk, RealDisk, WritableDisk};
use crate::finding::{Failure, Findings};
use crate::load::{Snapshot, Starter, load};
use crate::model::relative;
use crate::settings::{Publish, Publishing};
use std::path::Path;

/// What helps where a page is not found.
const HOW_PAGES_ARE_NAMED: &str =
    "write the page's path without language and ending, such as `tapering/how-tapering-works`";

/// Runs the command.
pub(super) fn new(root: &Path, args: New) -> Result<Ending, Failure> {
    let disk = RealDisk;
    let snapshot = load(&disk, root, Starter::LookOnly, &mut Findings::default())?;
    let settings = crate::settings::read(&snapshot, &mut Findings::default());
    let source = settings.languages[0].code();
    let language = match (args.language, &args.from) {
        (Some(code), _) => code,
        (None, Some(_)) => {
            return Err(Failure::new("a translation needs its language")
                .help("add, for example, `--language es`"));
        }
        (None, None) => source.to_owned(),
    };
    if !settings
        .languages
        .iter()
        .any(|known| known.code() == language)
    {
        let known: Vec<&str> = settings
            .languages
            .iter()
            .map(crate::base::language::Language::code)
            .collect();
        return Err(
            Failure::new(format!("`{language}` is not a language of this site")).help(format!(
                "the languages are {}; add it to `languages` in stepdown.toml first",
                known.join(", ")
            )),
        );
    }
    let page = checked_page(&args.page)?;
    let path = format!("content/{language}/{page}.md");
    let source_path = format!("content/{source}/{page}.md");
    let has_source = language != source && snapshot.find(&SitePath::new(&source_path)).is_some();
    let is_translation = args.from.is_some();
    let text = match args.from {
        Some(from) => translation(&snapshot, source, &from, &page, &path, args.title)?,
        None if has_source => {
            return Err(Failure::new(format!(
                "{source_path} is there, and a page of the same name would be its translation; nothing was written"
            ))
            .help(format!(
                "add `--from {page}`, and the new file has the text that is to be translated"
            )));
        }
        None => article(
            &args
                .title
                .unwrap_or_else(|| words_of(page.rsplit('/').next().unwrap_or(&page))),
        ),
    };
    let target = root.join(&path);
    if disk.stat(&target).is_some() {
        return Err(
            Failure::new(format!("{path} is there already, so nothing was written"))
                .help("choose another name, or open the file"),
        );
    }
    disk.create_folder(target.parent().unwrap_or(root))?;
    disk.write(&target, text.as_bytes())?;
    eprintln!(
        "Wrote {path}. It is a draft: `stepdown serve` shows it. To publish it, take out the line `draft: true`{}.",
        conditions(&settings.publish, is_translation)
    );
    Ok(Ending::Done)
}

/// Says what else must be done before readers see the page.
fn conditions(publish: &Publish, is_translation: bool) -> &'static str {
    let is_free = |publishing| publishing == Publishing::Label;
    let needs_check = is_translation && !is_free(publish.unchecked_translations);
    match (is_free(publish.unreviewed), needs_check) {
        (true, false) => "",
        (true, true) => {
            "; readers see it once somebody has checked it and is named at `checked_by`"
        }
        (false, false) => {
            "; readers see it once a clinician has reviewed it and the review is recorded in content/_records"
        }
        (false, true) => {
            "; readers see it once somebody has checked it and is named at `checked_by`, and a clinician's review is recorded in content/_records"
        }
    }
}

fn checked_page(page: &str) -> Result<String, Failure> {
    let page = page.trim_matches('/').trim_end_matches(".md");
    let parts: Vec<&str> = page.split('/').collect();
    let slugs: Vec<String> = parts.iter().map(|part| address_slug(part)).collect();
    let good = slugs.join("/");
    if parts.len() > 2 || slugs.iter().any(String::is_empty) {
        return Err(
            Failure::new(format!("`{page}` is not a place for an article"))
                .help("write section and name, such as `tapering/getting-ready`"),
        );
    }
    if good != page {
        return Err(Failure::new(format!("`{page}` cannot stand in an address"))
            .help(format!("write `{good}`: small letters, digits and hyphens")));
    }
    Ok(good)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn article(title: &str) -> String {
    include_str!("article.md").replace("TITLE", &quoted(title))
}

/// Writes a translation's file: the source's keys and text, to be written over line by line.
fn translation(
    snapshot: &Snapshot,
    source: &str,
    from: &str,
    page: &str,
    target: &str,
    title: Option<String>,
) -> Result<String, Failure> {
    let from = from.trim_matches('/').trim_end_matches(".md");
    let from = from
        .strip_prefix(source)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(from);
    let path = SitePath::new(&format!("content/{source}/{from}.md"));
    let Some(file) = snapshot.find(&path) else {
        return Err(Failure::new(format!("there is no page {path}")).help(HOW_PAGES_ARE_NAMED));
    };
    let text = &with_ways_from(snapshot, file.text(), &path, &SitePath::new(target));
    let (range, body) = crate::parse::front_matter::split(text);
    let keys = range.map_or("", |range| &text[range]);
    let of = if from == page {
        String::new()
    } else {
        format!("  of: {from}\n")
    };
    let keys = match title {
        Some(title) => {
            let rest: String = keys
                .split_inclusive('\n')
                .filter(|line| !line.starts_with("title:"))
                .collect();
            format!("title: {}\n{rest}", quoted(&title))
        }
        None => keys.to_owned(),
    };
    let keys: String = keys
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("draft:"))
        .collect();
    Ok(format!(
        "---\n# Translate the texts below line by line, and take out the next line when all is done.\ndraft: true\n{keys}translation:\n{of}  # Who translated it and who checked it: ids from content/_data/people.toml.\n  by:\n  checked_by:\n  machine: false\n---\n{}",
        &text[body..]
    ))
}

/// Gives the text of a file so that its relative links and pictures work in another file: pages become those of the other language, and
/// pictures and documents stay where they are. What leads nowhere stays as it is.
fn with_ways_from(snapshot: &Snapshot, text: &str, from: &SitePath, to: &SitePath) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](").into_iter().chain(rest.find("]: ")).min() {
        let start = at + if rest[at..].starts_with("](") { 2 } else { 3 };
        let start = start + usize::from(rest[start..].starts_with('<'));
        let in_angles = rest[..start].ends_with('<');
        let is_end = |character: char| match character {
            '>' | '\n' => true,
            character => !in_angles && (character == ')' || character.is_whitespace()),
        };
        let end = rest[start..]
            .find(is_end)
            .map_or(rest.len(), |length| start + length);
        let written = &rest[start..end];
        out.push_str(&rest[..start]);
        match moved(snapshot, written, from, to) {
            Some(way) => out.push_str(&way),
            None => out.push_str(written),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Gives the way from one file to what is written in another, if that is a file of the site.
fn moved(snapshot: &Snapshot, written: &str, from: &SitePath, to: &SitePath) -> Option<String> {
    let end = written.find(['#', '?']).unwrap_or(written.len());
    let (path, behind) = written.split_at(end);
    if path.is_empty() || path.starts_with('/') {
        return None;
    }
    let target = join(from.folder(), &percent_decode(path))?;
    let index = SitePath::new(&format!("{target}/index.md"));
    let is_page = target.ending() == "md" || snapshot.find(&index).is_some();
    if !is_page {
        snapshot.find(&target)?;
        return Some(relative(to.folder(), target.as_str()) + behind);
    }
    snapshot.find(&target).or_else(|| snapshot.find(&index))?;
    let code = |path: &SitePath| path.as_str().split('/').nth(1).map(str::to_owned);
    let rest = target
        .as_str()
        .strip_prefix(&format!("content/{}/", code(from)?))?;
    let target = format!("content/{}/{rest}", code(to)?);
    Some(relative(to.folder(), &target) + behind)
}
