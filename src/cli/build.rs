//! `build`: checks a site, writes its editions, and says what to open and what to send.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::build::{Built, Options, Outcome};
use crate::cli::args::Build;
use crate::cli::progress::Terminal;
use crate::cli::today::today;
use crate::cli::{Ending, paint, real_path, said};
use crate::disk::RealDisk;
use crate::finding::Failure;
use crate::finding::out::{Detail, terminal};
use crate::load::Starter;
use std::path::Path;

/// Runs the command. A relative output folder lies in the site's folder.
pub(super) fn build(root: &Path, args: Build) -> Result<Ending, Failure> {
    let options = Options {
        root: real_path(root),
        out: real_path(&root.join(args.out)),
        editions: args.edition,
        drafts: args.choices.drafts,
        today: today(args.choices.today.as_deref())?,
        force: args.force,
        starter: Starter::Whole,
    };
    let progress = Terminal::new();
    let built = crate::build::build(&RealDisk, &options, &progress);
    progress.end();
    let built = built?;
    if !built.findings.is_empty() {
        eprint!(
            "\n{}",
            terminal(&built.findings, &*built.snapshot, Detail::Usual, paint())
        );
    }
    say(&built);
    Ok(if built.findings.stop_the_build() {
        Ending::Findings
    } else {
        Ending::Done
    })
}

fn say(built: &Built) {
    let pages = built.pages;
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
            eprintln!("\nNothing has changed since the last build, so no file was touched.")
        }
        Outcome::Written(report) => eprintln!(
            "\nBuilt {} pages: {} files new or changed, {} as before, {} removed.",
            pages.published, report.written, report.kept, report.removed
        ),
    }
    for line in pages.hidden_lines() {
        eprintln!("{line}");
    }
    for (name, path) in &built.editions {
        match *name {
            "web" => eprintln!(
                "To read the site, open {} in a browser.",
                said(&path.join("index.html"))
            ),
            _ => eprintln!(
                "To hand it on, send {}; it opens with START-HERE.html.",
                said(path)
            ),
        }
    }
}
