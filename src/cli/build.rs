//! `build`: checks a site, writes its editions, and says what to open and what to send.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::build::{Built, Changes, FileChange, Outcome, ReadOptions, WriteOptions};
use crate::cli::args::Build;
use crate::cli::progress::Terminal;
use crate::cli::today::today;
use crate::cli::{Ending, paint, real_path, said};
use crate::disk::RealDisk;
use crate::finding::Failure;
use crate::finding::out::{Detail, terminal};
use crate::load::Starter;
use std::path::Path;

/// How many files are named on the terminal at most.
const MAX_NAMES: usize = 20;

/// Runs the command. A relative output folder lies in the site's folder.
pub(super) fn build(root: &Path, args: Build) -> Result<Ending, Failure> {
    let reading = ReadOptions {
        root: real_path(root),
        drafts: args.choices.drafts,
        today: today(args.choices.today.as_deref())?,
        starter: Starter::Whole,
    };
    let writing = WriteOptions {
        out: real_path(&root.join(args.out)),
        editions: args.edition,
        force: args.force,
    };
    let progress = Terminal::new();
    let built = crate::build::build(&RealDisk, &reading, &writing, &progress);
    progress.end();
    let built = built?;
    let (findings, sources) = (&built.checked.findings, &*built.checked.snapshot);
    if !findings.is_empty() {
        eprint!("\n{}", terminal(findings, sources, Detail::Usual, paint()));
    }
    say(&built);
    Ok(if findings.stop_the_build() {
        Ending::Findings
    } else {
        Ending::Done
    })
}

/// Names at most twenty files that went, are new or changed, and says where all are named. Of a first build nothing is named, since
/// all is new.
fn names(changes: &Changes, list: &str) -> Vec<String> {
    if changes.is_first {
        return Vec::new();
    }
    let mut lines: Vec<String> = changes
        .names()
        .take(MAX_NAMES)
        .map(|(change, name)| match change {
            FileChange::Gone => format!("  gone     {name}"),
            FileChange::New => format!("  new      {name}"),
            FileChange::Changed => format!("  changed  {name}"),
        })
        .collect();
    let others = changes.names().skip(MAX_NAMES).count();
    if others > 0 {
        lines.push(format!("  … and {others} more: see {list}"));
    }
    lines
}

fn say(built: &Built) {
    let pages = built.checked.pages;
    match &built.outcome {
        Outcome::Stopped => {
            eprintln!(
                "\nNothing was written, because there are errors. What was built before is unchanged."
            );
            eprintln!(
                "`stepdown explain RULE` tells more about a rule; its name stands in square brackets."
            );
            return;
        }
        Outcome::Unchanged => {
            eprintln!("\nNothing has changed since the last build, so no file was touched.");
            if let Some(list) = &built.changes_list {
                eprintln!("What the last build changed stands in {}.", said(list));
            }
        }
        Outcome::Written(None) => eprintln!("\nBuilt {} pages.", pages.published),
        Outcome::Written(Some(changes)) => {
            eprintln!(
                "\nBuilt {} pages: {} files new, {} changed, {} as before, {} gone.",
                pages.published,
                changes.new.len(),
                changes.changed.len(),
                changes.kept,
                changes.gone.len(),
            );
            let list = built.changes_list.as_deref().map(said);
            for line in names(changes, &list.unwrap_or_default()) {
                eprintln!("{line}");
            }
        }
    }
    for line in pages.hidden_lines() {
        eprintln!("{line}");
    }
    for placed in &built.editions {
        eprintln!("{}", placed.edition.closing(&placed.places, &said));
    }
}
