//! The commands: arguments to settings of a stage, results to words and exit codes.
//!
//! Standard output carries only what another program may read; progress and findings go to standard error.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

mod args;
mod build;
mod check;
mod editors;
mod eject;
mod explain;
mod init;
mod new;
mod progress;
mod search;
mod serve;
mod site;
mod today;

use crate::finding::Failure;
use crate::finding::out::{Paint, failure};
use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// The work is done.
    Done,
    /// There are findings that must be mended.
    Findings,
}

/// Reads the arguments, does the work and gives the exit code: 0 done, 1 findings at error level, 2 could not do the work.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match run_command(arguments.command, arguments.root.as_deref()) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Err(problem) => {
            eprint!("{}", failure(&problem, paint()));
            ExitCode::from(2)
        }
    }
}

fn run_command(command: Command, root: Option<&Path>) -> Result<Ending, Failure> {
    match command {
        Command::Init(args) => {
            let dir = root.map_or(args.dir.clone(), |root| root.join(&args.dir));
            let (name, country) = (args.name.as_deref(), args.country.as_deref());
            init::init(&dir, name, &args.languages, country)
        }
        Command::New(args) => new::new(&site::folder(root)?, args),
        Command::Build(args) => build::build(&site::folder(root)?, args),
        Command::Serve(args) => serve::serve(&site::folder(root)?, &args),
        Command::Check(args) => check::check(&site::folder(root)?, &args),
        Command::Eject(args) => match args.path {
            Some(path) => eject::eject(&site::folder(root)?, &path),
            None => Ok(eject::list()),
        },
        Command::Explain(args) => explain::explain(args.rule.as_deref()),
        Command::Search(args) => search::search(&site::folder(root)?, &args),
        Command::Completions(args) => {
            let command = &mut Arguments::command();
            clap_complete::generate(args.shell, command, "stepdown", &mut std::io::stdout());
            Ok(Ending::Done)
        }
    }
}

/// Tells whether findings are shown in color: on a terminal, unless `NO_COLOR` is set.
#[expect(
    clippy::disallowed_methods,
    reason = "the terminal's wishes are read here"
)]
fn paint() -> Paint {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if wants_none || !std::io::stderr().is_terminal() {
        Paint::Plain
    } else {
        Paint::Color
    }
}

/// Gives the real path of a folder that may not be there yet: absolute, without `..`, links followed as far as it exists.
fn real_path(path: &std::path::Path) -> std::path::PathBuf {
    use std::path::Component;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = std::path::PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    let real = plain.ancestors().find_map(|ancestor| {
        let rest = plain.strip_prefix(ancestor).ok()?;
        let real = ancestor.canonicalize().ok()?;
        Some(if rest.as_os_str().is_empty() {
            real
        } else {
            real.join(rest)
        })
    });
    real.unwrap_or(plain)
}

/// Gives a path as it is best said: from the current folder where it lies below it.
fn said(path: &std::path::Path) -> String {
    let current = real_path(std::path::Path::new("."));
    match path.strip_prefix(&current) {
        Ok(below) if below.as_os_str().is_empty() => "this folder".to_owned(),
        Ok(below) => below.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}
