//! `search`: the order of the page's own search, in the terminal.
#![expect(clippy::print_stdout, reason = "this is where the program speaks")]

use crate::build::ReadOptions;
use crate::cli::Ending;
use crate::cli::args::{Search, SearchFormat};
use crate::cli::progress::Terminal;
use crate::cli::today::today;
use crate::disk::RealDisk;
use crate::finding::Failure;
use crate::load::Starter;
use crate::search::Shown;
use std::path::Path;

/// Runs the command.
pub(super) fn search(root: &Path, args: &Search) -> Result<Ending, Failure> {
    let options = ReadOptions {
        root: root.to_owned(),
        drafts: args.choices.drafts,
        today: today(args.choices.today.as_deref())?,
        starter: Starter::Whole,
    };
    let question = args.words.join(" ");
    if question.trim().is_empty() {
        return Err(Failure::new("there is nothing to search for")
            .help("write words behind the command, such as `stepdown search trouble sleeping`"));
    }
    let language = args.language.as_deref();
    let progress = Terminal::new();
    let found = crate::build::search(
        &RealDisk,
        &options,
        language,
        &[question],
        args.limit,
        &progress,
    );
    progress.end();
    for shown in found? {
        match args.format {
            SearchFormat::Text => print!("{}", text(&shown)),
            SearchFormat::Json => println!("{}", serde_json::json!(shown)),
        }
    }
    Ok(Ending::Done)
}

/// Writes what was found for people: what is important first, then the pages.
fn text(shown: &Shown) -> String {
    let mut lines: Vec<String> = Vec::new();
    for answer in &shown.answers {
        lines.push(format!("! {}", answer.title));
        lines.extend(answer.text.iter().map(|paragraph| format!("  {paragraph}")));
        lines.push(String::new());
    }
    for word in &shown.corrections {
        let to = word.to.join("”, “");
        lines.push(if word.applied {
            format!(
                "No page has the word “{}”. These are the pages for “{to}”.",
                word.from
            )
        } else {
            format!("No page has the word “{}”. Did you mean “{to}”?", word.from)
        });
    }
    lines.extend(
        shown
            .missing
            .iter()
            .map(|name| format!("No page is about the medicine “{name}”.")),
    );
    lines.push(match shown.total {
        0 => "No page fits.".to_owned(),
        1 => "1 page fits.".to_owned(),
        total => format!("{total} pages fit."),
    });
    for (number, page) in (1..).zip(&shown.results) {
        let heading = if page.heading.is_empty() {
            String::new()
        } else {
            format!(" – {}", page.heading)
        };
        lines.push(format!("\n{number}. {}{heading}", page.title));
        lines.push(format!("   {}", page.url));
        if !page.lead.is_empty() {
            lines.push(format!("   {}", page.lead));
        }
    }
    lines.join("\n") + "\n"
}
