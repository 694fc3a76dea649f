//! Failures: what no author can mend in the content, such as an unreadable folder or a full disk.

use std::fmt;
use std::path::Path;

/// Why the work could not be done: the action, what it was done to, the cause, and what to do.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// Makes a failure from one whole sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// Makes the failure of an action on a file or folder.
    pub fn io(action: &str, path: &Path, cause: &std::io::Error) -> Self {
        let help = match cause.kind() {
            std::io::ErrorKind::PermissionDenied => Some("check that you may read and write there"),
            std::io::ErrorKind::StorageFull => {
                Some("make room on the disk; the site that was there is unchanged")
            }
            std::io::ErrorKind::NotFound => {
                Some("check the path; `--root` names the site's folder")
            }
            _ => None,
        };
        Self {
            message: format!("could not {action} {}: {cause}", path.display()),
            help: help.map(ToOwned::to_owned),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Gives what to do, if it is known.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
