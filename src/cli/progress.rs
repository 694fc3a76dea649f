//! Says how far the work is: a bar on a terminal, plain lines otherwise. The only file that names indicatif.
#![expect(clippy::print_stderr, reason = "progress is said on standard error")]

use crate::build::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Progress for people.
pub(super) struct Terminal {
    bar: ProgressBar,
    is_terminal: bool,
}

impl Terminal {
    /// Makes it ready.
    pub(super) fn new() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(
            None,
            if is_terminal {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            },
        );
        Self { bar, is_terminal }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Terminal {
    fn stage(&self, name: &str, steps: Option<usize>) {
        if !self.is_terminal {
            match steps {
                Some(steps) => eprintln!("{name} ({steps}) …"),
                None => eprintln!("{name} …"),
            }
            return;
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        self.bar.set_length(steps.unwrap_or(0) as u64);
        self.bar.set_position(0);
        self.bar.set_message(name.to_owned());
    }

    fn advance(&self, steps: usize) {
        if self.is_terminal {
            self.bar.inc(steps as u64);
        }
    }
}
