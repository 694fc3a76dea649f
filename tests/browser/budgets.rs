//! What a reader with a slow or dear connection has to load.

use crate::sites::{Page, fail_with, sites};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The most bytes after gzip for the style sheet, for all scripts of a page, and for an article of 1,000 words with all it needs.
const STYLE: usize = 12_000;
const SCRIPTS: usize = 6_000;
const ARTICLE: usize = 30_000;
/// The most bytes after gzip for the scripts of the search, and for the whole index of a language of the library.
const ENGINE: usize = 6_100;
const INTERFACE: usize = 6_000;
const INDEX: usize = 80_000;

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are read beside the limits"
)]
fn styles_scripts_and_articles_stay_within_their_budgets() {
    let mut faults = Vec::new();
    let style = zipped(&sites().folder.join("library/assets/stepdown.css"));
    println!("style: {style} of {STYLE} bytes");
    if style > STYLE {
        faults.push(format!("the style sheet has {style} bytes, not {STYLE}"));
    }
    let mut largest_scripts = (0, String::new());
    let mut nearest_article: Option<(usize, usize, String)> = None;
    for page in &sites().pages {
        let scripts: usize = loaded(page, "script").iter().map(|path| zipped(path)).sum();
        let inline = inline_scripts(&page.html);
        let scripts = scripts
            + if inline.is_empty() {
                0
            } else {
                zip(inline.as_bytes())
            };
        largest_scripts = largest_scripts.max((scripts, page.name()));
        if scripts > SCRIPTS {
            faults.push(format!(
                "{}: scripts of {scripts} bytes, not {SCRIPTS}",
                page.name()
            ));
        }
        if page.site != "library" || !page.is_article() {
            continue;
        }
        let others: usize = ["script", "link"]
            .iter()
            .flat_map(|tag| loaded(page, tag))
            .map(|path| zipped(&path))
            .sum();
        let all = zip(page.html.as_bytes()) + others;
        let words = words(&page.html);
        // What an article of a thousand words has, however long this one is.
        let page_of_thousand = zip(page.html.as_bytes()) * 1000 / words.max(1000) + others;
        if page_of_thousand > ARTICLE {
            faults.push(format!(
                "{}: {page_of_thousand} bytes for 1,000 words, not {ARTICLE}",
                page.name()
            ));
        }
        let nearer = nearest_article
            .as_ref()
            .is_none_or(|(known, ..)| words.abs_diff(1000) < known.abs_diff(1000));
        if nearer {
            nearest_article = Some((words, all, page.name()));
        }
    }
    println!(
        "scripts: {} of {SCRIPTS} bytes in {}",
        largest_scripts.0, largest_scripts.1
    );
    let (words, all, name) = nearest_article.expect("the library has articles");
    println!("article with all it needs: {all} of {ARTICLE} bytes, {words} words in {name}");
    if all > ARTICLE {
        faults.push(format!(
            "{name}: {all} bytes with {words} words, not {ARTICLE}"
        ));
    }
    fail_with(faults);
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are read beside the limits"
)]
fn the_search_stays_within_its_budgets() {
    let mut faults = Vec::new();
    for (file, limit) in [
        ("assets/search-engine.js", ENGINE),
        ("assets/search.js", INTERFACE),
        ("search/en/index.js", INDEX),
        ("search/es/index.js", INDEX),
    ] {
        let size = zipped(&sites().folder.join("library").join(file));
        println!("{file}: {size} of {limit} bytes");
        if size > limit {
            faults.push(format!("{file} has {size} bytes, not {limit}"));
        }
    }
    fail_with(faults);
}

/// Gives the files that a page loads with one kind of tag.
fn loaded(page: &Page, tag: &str) -> BTreeSet<PathBuf> {
    let attribute = if tag == "script" { "src=\"" } else { "href=\"" };
    let own = sites().folder.join(page.site).join(&page.address);
    let folder = own.parent().expect("a page lies in a folder");
    page.html
        .split(&format!("<{tag} "))
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| !tag.contains("alternate") && !tag.contains("canonical"))
        .filter_map(|tag| tag.split(attribute).nth(1)?.split('"').next())
        .map(|address| folder.join(address))
        .collect()
}

/// Gives the scripts that stand in a page, without its data.
pub(crate) fn inline_scripts(html: &str) -> String {
    html.split("<script")
        .skip(1)
        .filter_map(|rest| rest.split_once("</script>")?.0.split_once('>'))
        .filter(|(tag, _)| !tag.contains("ld+json"))
        .map(|(_, body)| body)
        .collect()
}

/// Counts the words between the tags of `main`.
fn words(html: &str) -> usize {
    let main = html.split("<main").nth(1).unwrap_or_default();
    let main = main.split("</main>").next().unwrap_or_default();
    main.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .flat_map(|(_, text)| text.split_whitespace())
        .count()
}

/// Gives the size of a file after gzip.
pub(crate) fn zipped(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    zip(&bytes)
}

fn zip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}
