//! The program itself, run in a folder.

use super::TODAY;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Gives a command of the program in a folder, with an environment of its own and a fixed today.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stepdown"));
    command
        .current_dir(folder)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", seconds_of_today());
    command
}

/// Gives the first second of today.
pub(crate) fn seconds_of_today() -> &'static str {
    assert_eq!(TODAY, "2026-11-22");
    "1795305600"
}

/// Runs the program in a folder.
pub(crate) fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    ended(&command(folder).args(arguments).output().unwrap())
}

/// Runs a command; kills it and gives nothing if it takes longer than it may.
pub(crate) fn ended_within(seconds: u64, command: &mut Command) -> Option<Run> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(seconds) {
        if child.try_wait().unwrap().is_some() {
            return Some(ended(&child.wait_with_output().unwrap()));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

/// Reads how a run ended.
pub(crate) fn ended(output: &Output) -> Run {
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

impl Run {
    /// Fails unless the program ended with a code.
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.err, self.out);
        self
    }

    /// Fails unless standard error has all these words.
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in:\n{}", self.err);
        }
        self
    }
}
