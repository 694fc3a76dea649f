//! `check`: finds what is wrong, in the form that is asked for, and writes nothing.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the program speaks"
)]

use crate::build::ReadOptions;
use crate::cli::args::{Check, FailOn, Format};
use crate::cli::progress::Terminal;
use crate::cli::today::today;
use crate::cli::{Ending, paint};
use crate::disk::RealDisk;
use crate::finding::out::{Detail, json_lines, sarif, terminal};
use crate::finding::{Failure, Findings, Severity};
use crate::load::Starter;
use crate::render::report::{Subject, report};
use crate::settings;
use std::path::Path;

/// Runs the command.
pub(super) fn check(root: &Path, args: &Check) -> Result<Ending, Failure> {
    let detail = if args.all { Detail::All } else { Detail::Usual };
    let options = ReadOptions {
        root: root.to_owned(),
        drafts: args.choices.drafts,
        today: today(args.choices.today.as_deref())?,
        starter: Starter::Whole,
    };
    let progress = Terminal::new();
    let checked = crate::build::check(&RealDisk, &options, &progress);
    progress.end();
    let checked = checked?;
    let (findings, sources) = (&checked.findings, &*checked.snapshot);
    let hidden = checked.pages.hidden_lines();
    match args.format {
        Format::Text => eprint!("\n{}", terminal(findings, sources, detail, paint())),
        Format::Json => print!("{}", json_lines(findings, sources)),
        Format::Sarif => print!("{}", sarif(findings, sources)),
        Format::Html => {
            let settings = settings::read(&checked.snapshot, &mut Findings::default());
            let subject = Subject {
                site: &settings.name.source().text,
                day: options.today,
                pages: checked.pages.published,
                hidden: &hidden,
            };
            print!("{}", report(&subject, findings, sources));
        }
    }
    for line in &hidden {
        eprintln!("{line}");
    }
    let fails = findings.count(Severity::Error) > 0
        || args.fail_on == FailOn::Warning && findings.count(Severity::Warning) > 0;
    Ok(if fails {
        Ending::Findings
    } else {
        Ending::Done
    })
}
