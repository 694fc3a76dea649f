//! `new`: writes one article with commented front matter, or the skeleton of a translation.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::base::path::SitePath;
use crate::base::slug::address_slug;
use crate::base::words::upper_first;
use crate::cli::Ending;
use crate::disk::{Disk, RealDisk};
use crate::finding::{Failure, Findings};
use crate::load::{Snapshot, Starter, load};
use std::path::Path;

/// Runs the command.
pub(super) fn new(
    root: &Path,
    page: &str,
    title: Option<String>,
    language: Option<&str>,
    from: Option<String>,
) -> Result<Ending, Failure> {
    let disk = RealDisk;
    let snapshot = load(&disk, root, Starter::LookOnly, &mut Findings::default())?;
    let settings = crate::settings::read(&snapshot, &mut Findings::default());
    let source = settings.languages[0].code();
    let language = match (&language, &from) {
        (Some(code), _) => (*code).to_owned(),
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
    let page = checked_page(page)?;
    let path = format!("content/{language}/{page}.md");
    let text = match from {
        Some(from) => translation(&snapshot, source, &from, &page, title)?,
        None => article(&title.unwrap_or_else(|| title_of(&page))),
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
        "Wrote {path}. It is a draft: `stepdown serve` shows it, and a build leaves it out. Take out the line `draft: true` when the page is finished."
    );
    Ok(Ending::Done)
}

/// Gives the JSON Schema of front matter.
pub(super) fn article_schema() -> String {
    crate::parse::front_matter::schema()
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

fn title_of(page: &str) -> String {
    upper_first(&page.rsplit('/').next().unwrap_or(page).replace('-', " "))
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
    title: Option<String>,
) -> Result<String, Failure> {
    let from = from.trim_matches('/').trim_end_matches(".md");
    let from = from
        .strip_prefix(source)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(from);
    let path = SitePath::new(&format!("content/{source}/{from}.md"));
    let Some(file) = snapshot.find(&path) else {
        return Err(Failure::new(format!("there is no page {path}")).help("write the page's path without language and ending, such as `tapering/how-tapering-works`"));
    };
    let text = file.text();
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
