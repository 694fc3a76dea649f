//! Gathers the findings of the whole site in the background, and says what is new and what is mended.
//!
//! It works on a thread and a pool of its own, stands still while the owner of the site works, and gives up when a newer version comes.

use super::Tell;
use super::http::Listening;
use super::state::{Known, Shared, State};
use crate::build::{PageCount, Progress, Version};
use crate::finding::out::{closing_line, place_words};
use crate::finding::{Failure, Finding, Findings};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many new and mended findings the terminal shows after one change; the page has all.
const SAID: usize = 10;

/// The survey thread, as the owner sees it.
pub(super) struct Survey {
    versions: Sender<Arc<Version>>,
    control: Arc<Control>,
}

/// How the owner holds and ends the work of the survey.
#[derive(Default)]
struct Control {
    wish: Mutex<Wish>,
    changed: Condvar,
}

#[derive(Default)]
struct Wish {
    is_paused: bool,
    /// The version that is looked at; work on any other is given up.
    version: u64,
}

impl Control {
    fn wish(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut Wish)) {
        change(&mut self.wish());
        self.changed.notify_all();
    }
}

impl Survey {
    /// Starts the thread.
    pub(super) fn start(
        shared: Arc<Shared>,
        listening: Arc<Listening>,
        tell: Tell,
    ) -> Result<Self, Failure> {
        let failed = |cause: &dyn std::fmt::Display| {
            Failure::new(format!("could not start a thread for findings: {cause}"))
        };
        let (versions, received) = channel::<Arc<Version>>();
        let control = Arc::new(Control::default());
        // One core is left for pages.
        let threads =
            thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .thread_name(|_| "survey".to_owned())
            .build()
            .map_err(|cause| failed(&cause))?;
        let mut surveyor = Surveyor {
            shared,
            listening,
            tell,
            control: Arc::clone(&control),
            before: None,
            hidden: PageCount::default(),
        };
        thread::Builder::new()
            .name("findings".to_owned())
            .spawn(move || {
                while let Ok(mut version) = received.recv() {
                    // Only the newest counts.
                    while let Ok(newer) = received.try_recv() {
                        version = newer;
                    }
                    pool.install(|| surveyor.look_at(&version));
                }
            })
            .map_err(|cause| failed(&cause))?;
        Ok(Self { versions, control })
    }

    /// Lets the work stand still.
    pub(super) fn pause(&self) {
        self.control.set(|wish| wish.is_paused = true);
    }

    /// Lets it go on.
    pub(super) fn resume(&self) {
        self.control.set(|wish| wish.is_paused = false);
    }

    /// Gives it up.
    pub(super) fn stop(&self) {
        self.control.set(|wish| wish.version = 0);
    }

    /// Begins with a version.
    pub(super) fn look_at(&self, version: Arc<Version>) {
        self.control
            .set(|wish| wish.version = version.numbers().version);
        // The thread ends only with the process.
        let _ = self.versions.send(version);
    }
}

/// Holds the work where it is while it is paused, and ends it when another version is wished.
struct Watched<'c> {
    control: &'c Control,
    version: u64,
}

impl Progress for Watched<'_> {
    fn stage(&self, _: &str, _: Option<usize>) {}

    fn advance(&self, _: usize) {}

    fn is_stopped(&self) -> bool {
        let mut wish = self.control.wish();
        while wish.is_paused && wish.version == self.version {
            let waited = self.control.changed.wait(wish);
            wish = waited.unwrap_or_else(PoisonError::into_inner);
        }
        wish.version != self.version
    }
}

struct Surveyor {
    shared: Arc<Shared>,
    listening: Arc<Listening>,
    tell: Tell,
    control: Arc<Control>,
    /// What was found last, each finding with how often, and in words.
    before: Option<HashMap<Key, usize>>,
    /// What was hidden then.
    hidden: PageCount,
}

/// What makes a finding the same in two versions of a site: its rule, its file and its words, not the line it stands on.
type Key = (&'static str, String, String);

impl Surveyor {
    fn look_at(&mut self, version: &Arc<Version>) {
        let progress = Watched {
            control: &self.control,
            version: version.numbers().version,
        };
        let looked = catch_unwind(AssertUnwindSafe(|| version.survey(&progress)));
        let findings = match looked {
            Ok(Ok(Some(findings))) => findings,
            Ok(Ok(None)) => return,
            Ok(Err(failure)) => return (self.tell)(&format!("{failure}.")),
            Err(panic) => {
                let words = super::words_of(&*panic);
                return (self.tell)(&format!(
                    "Stepdown itself made a mistake while it looked for findings: {words}. The preview goes on; tell the makers of Stepdown about it."
                ));
            }
        };
        self.say(version, &findings);
        self.say_hidden(version.pages());
        self.publish(version, findings);
    }

    /// Puts the findings where requests see them, if the version is still the one that is served.
    fn publish(&self, version: &Arc<Version>, findings: Findings) {
        let is_set = self.shared.change(|now| {
            let is_current = now
                .site
                .as_ref()
                .is_ok_and(|served| Arc::ptr_eq(served, version));
            is_current.then(|| {
                let was_stopped = now.known.findings.stop_the_build();
                let mut numbers = now.numbers;
                if findings.stop_the_build() != was_stopped {
                    numbers.pages = numbers.version;
                }
                State {
                    numbers,
                    known: Arc::new(Known {
                        findings,
                        is_complete: true,
                        number: now.known.number + 1,
                    }),
                    ..now.clone()
                }
            })
        });
        if is_set {
            self.shared.announce(&self.listening);
        }
    }

    /// Says what is hidden, if it was not the same before.
    fn say_hidden(&mut self, pages: PageCount) {
        let before = std::mem::replace(&mut self.hidden, pages).hidden_lines();
        let lines = pages.hidden_lines();
        if lines.is_empty() && !before.is_empty() {
            (self.tell)("No page is hidden any more.");
        }
        if lines != before {
            for line in lines {
                (self.tell)(&line);
            }
        }
    }

    /// Says what is new and what is mended since the last version that was looked at.
    fn say(&mut self, version: &Version, findings: &Findings) {
        let snapshot = version.snapshot();
        let key = |finding: &Finding| -> Key {
            let path = finding
                .at
                .map(|place| snapshot.file(place.file).path.to_string());
            (
                finding.rule.name,
                path.unwrap_or_default(),
                finding.message.clone(),
            )
        };
        let mut now: HashMap<Key, usize> = HashMap::new();
        for finding in findings.iter().filter(|finding| finding.allowed.is_none()) {
            *now.entry(key(finding)).or_default() += 1;
        }
        let Some(before) = self.before.replace(now.clone()) else {
            return (self.tell)(closing_line(findings).trim_end());
        };
        if before == now {
            return;
        }
        let mut left = before;
        let mut new = Vec::new();
        for finding in findings.iter().filter(|finding| finding.allowed.is_none()) {
            match left.get_mut(&key(finding)) {
                Some(number) if *number > 0 => *number -= 1,
                _ => new.push(finding),
            }
        }
        let mut mended: Vec<(Key, usize)> =
            left.into_iter().filter(|(_, number)| *number > 0).collect();
        mended.sort();
        for finding in new.iter().take(SAID) {
            let place = place_words(finding, snapshot)
                .map(|place| format!("{place}: "))
                .unwrap_or_default();
            (self.tell)(&format!(
                "  new: {place}{} [{}]",
                finding.message, finding.rule.name
            ));
            if let Some(help) = &finding.help {
                (self.tell)(&format!("       what to do: {help}"));
            }
        }
        for ((rule, path, message), number) in mended.iter().take(SAID) {
            let times = if *number > 1 {
                format!(" ({number} times)")
            } else {
                String::new()
            };
            let place = if path.is_empty() {
                String::new()
            } else {
                format!("{path}: ")
            };
            (self.tell)(&format!("  mended: {place}{message} [{rule}]{times}"));
        }
        let left_out = new.len().saturating_sub(SAID) + mended.len().saturating_sub(SAID);
        if left_out > 0 {
            (self.tell)(&format!(
                "  and {left_out} more; the page /.stepdown/findings has all that are left"
            ));
        }
        (self.tell)(closing_line(findings).trim_end());
    }
}
