//! Shows a site while somebody edits it, and keeps its pages up to date.
//!
//! ```text
//! watch ─wake→ owner ─Workspace::refresh→ Version ─swap→ Shared ←look─ requests (http → answer)
//!                │                                         │
//!                └─survey thread: all findings ────────────┴─announce→ event stream → pages
//! ```
//!
//! One thread owns the site. It is woken when something may have changed, waits until the burst is over, and looks at the folder itself; what
//! woke it says nothing. Requests only look at the last whole version, so the old one is served until the new one stands. The findings of the
//! whole site are gathered on a thread of their own, which stands still while the owner works. Nothing is written.

mod answer;
mod editor;
mod http;
mod report;
mod state;
mod survey;
mod watch;

use crate::base::date::Date;
use crate::build::{Change, Options, Refreshed, Workspace};
use crate::disk::Disk;
use crate::finding::Failure;
use http::{Answers, Listening, Says};
use state::{Known, Shared, State, Trouble};
use std::any::Any;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use survey::Survey;
use watch::watch;

/// The port that is tried first if none is asked for.
const PORT: u16 = 8000;
/// How long nothing may happen for a burst of changes to be over. An editor that writes a file in steps takes less than this between them.
const QUIET: Duration = Duration::from_millis(6);
/// How long a burst is waited for at most.
const BURST: Duration = Duration::from_millis(60);
/// How many changed files the terminal names.
const NAMED: usize = 3;

/// What to serve, and how.
pub(crate) struct Serving {
    /// The site and what is shown of it.
    pub options: Options,
    /// The address of this machine to be reached at.
    pub host: IpAddr,
    /// The name of this machine that it was given as, if it was a name.
    pub name: Option<String>,
    /// The port; the first free one from 8000 on if none is asked for.
    pub port: Option<u16>,
    /// Whether to open the site in the browser.
    pub opens: bool,
    /// Whether to look at the folder at intervals, and not wait for the system to tell of changes.
    pub polls: bool,
    /// Gives the day that counts as today.
    pub today: Box<dyn Fn() -> Result<Date, Failure>>,
}

/// Takes what is said to the author: whole lines for the terminal.
pub(crate) type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// Serves a site until the process ends. Fails only at the start.
pub(crate) fn serve(disk: &'static dyn Disk, serving: &Serving, tell: Tell) -> Result<(), Failure> {
    let listener = match serving.port {
        Some(port) => http::bind(serving.host, port)?,
        None => http::bind_near(serving.host, PORT)?,
    };
    let at = listener.local_addr().map_err(|cause| {
        Failure::new(format!(
            "could not tell the address of this server: {cause}"
        ))
    })?;
    let shared = Arc::new(Shared::new(random(), random()));
    let (wake, woken) = channel();
    let mut workspace = Workspace::new(disk, serving.options.clone());
    // The folder is watched before it is first read, so that nothing that happens meanwhile is missed.
    let wake = Arc::new(move || {
        // The owner ends only with the process.
        let _ = wake.send(());
    });
    let folders = ["content", "static", "templates"];
    let root = &serving.options.root;
    let (mut watching, why) = watch(root, &folders, serving.polls, wake);
    let answers: Answers = {
        let shared = Arc::clone(&shared);
        Arc::new(move |request| answer::answer(&shared, disk, request))
    };
    let says: Says = {
        let tell = Arc::clone(&tell);
        Arc::new(move |sentence| tell(&sentence))
    };
    let names = serving.name.clone().into_iter().collect();
    let listening = http::listen(listener, names, shared.event(), answers, says)?;
    let listening = Arc::new(listening);
    let mut owner = Owner {
        survey: Survey::start(
            Arc::clone(&shared),
            Arc::clone(&listening),
            Arc::clone(&tell),
        )?,
        shared,
        tell,
        listening,
    };
    welcome(serving, at, &owner.tell);
    if let Some(why) = why {
        (owner.tell)(&why);
    }
    owner.look(&mut workspace, serving, Instant::now());
    if serving.opens
        && let Err(cause) = editor::open_browser(&address(at))
    {
        (owner.tell)(&format!(
            "The browser could not be opened ({cause}); open the address above yourself."
        ));
    }
    while woken.recv().is_ok() {
        let since = Instant::now();
        owner.survey.pause();
        wait_for_quiet(&woken, since);
        owner.look(&mut workspace, serving, since);
        owner.survey.resume();
        if let Some(why) = watching.renew() {
            (owner.tell)(&why);
        }
    }
    Ok(())
}

/// Waits until nothing has happened for a moment.
fn wait_for_quiet(woken: &Receiver<()>, since: Instant) {
    while since.elapsed() < BURST && woken.recv_timeout(QUIET).is_ok() {}
}

/// Says where the site is to be seen.
fn welcome(serving: &Serving, at: SocketAddr, tell: &Tell) {
    if serving.port.is_none() && at.port() != PORT {
        tell(&format!(
            "Port {PORT} is in use by another program, so this is port {}.",
            at.port()
        ));
    }
    tell(&format!("The site is at {}", address(at)));
    if !at.ip().is_loopback() {
        let there = if at.ip().is_unspecified() {
            own_address(at)
        } else {
            Some(at)
        };
        if let Some(there) = there {
            tell(&format!(
                "Other devices in this network find it at {}",
                address(there)
            ));
        }
        tell(
            "Warning: everyone in this network can read it now, drafts and findings included. Do this only in a network that you trust.",
        );
    }
    tell("Pages change by themselves when you save a file. To stop, press Ctrl and C.");
}

/// Gives the address of a page as it is typed.
fn address(at: SocketAddr) -> String {
    if at.ip().is_unspecified() {
        return format!("http://127.0.0.1:{}/", at.port());
    }
    format!("http://{at}/")
}

/// Finds the address that this machine has in its network: the one it would send from. Nothing is sent.
fn own_address(at: SocketAddr) -> Option<SocketAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is kept for examples (RFC 5737).
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified()).then(|| SocketAddr::new(own, at.port()))
}

/// Gives a word that nobody can guess.
fn random() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

/// The thread that owns the site.
struct Owner {
    shared: Arc<Shared>,
    survey: Survey,
    tell: Tell,
    listening: Arc<Listening>,
}

impl Owner {
    /// Looks at the folder, and puts a new version in the place of the old one if anything has changed.
    fn look(&mut self, workspace: &mut Workspace<'_>, serving: &Serving, since: Instant) {
        let today = (serving.today)();
        let looked = catch_unwind(AssertUnwindSafe(|| workspace.refresh(today?)));
        match looked {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(refreshed))) => self.take(workspace, refreshed, since),
            Ok(Err(failure)) => self.trouble(workspace, Trouble::from(&failure)),
            Err(panic) => {
                let message = format!(
                    "Stepdown itself made a mistake while it read this site: {}",
                    words_of(&*panic)
                );
                let help = "undo the last change, and tell the makers of Stepdown about it; the preview goes on";
                self.trouble(
                    workspace,
                    Trouble {
                        message,
                        help: Some(help.to_owned()),
                    },
                );
            }
        }
    }

    /// Serves what a look at the folder gave.
    fn take(&mut self, workspace: &mut Workspace<'_>, refreshed: Refreshed, since: Instant) {
        let version = match refreshed.version {
            Ok(version) => version,
            Err(failure) => {
                self.say(&refreshed.changes, since);
                return self.trouble(workspace, Trouble::from(&failure));
            }
        };
        self.survey.stop();
        let number = self.shared.now().known.number + 1;
        self.shared.set(State {
            numbers: version.numbers(),
            known: Arc::new(Known {
                findings: version.early(),
                is_complete: false,
                number,
            }),
            moved: Arc::new(workspace.moved().clone()),
            site: Ok(Arc::clone(&version)),
        });
        self.shared.announce(&self.listening);
        self.say(&refreshed.changes, since);
        self.survey.look_at(version);
    }

    /// Shows that the site cannot be made, unless that is known already.
    fn trouble(&mut self, workspace: &mut Workspace<'_>, trouble: Trouble) {
        let now = self.shared.now();
        if now.site.as_ref().err() == Some(&trouble) {
            return;
        }
        let numbers = workspace.interrupt();
        self.survey.stop();
        (self.tell)(&format!("The site cannot be shown: {}.", trouble.message));
        if let Some(help) = &trouble.help {
            (self.tell)(&format!("What to do: {help}."));
        }
        self.shared.set(State {
            numbers,
            site: Err(trouble),
            known: Arc::new(Known {
                number: now.known.number + 1,
                is_complete: true,
                ..Known::default()
            }),
            moved: Arc::clone(&now.moved),
        });
        self.shared.announce(&self.listening);
    }

    /// Says what changed and how long it took until it was shown.
    fn say(&self, changes: &[Change], since: Instant) {
        if self.shared.now().numbers.version <= 1 {
            return;
        }
        let took = since.elapsed().as_millis();
        let words = match changes {
            [] => "A new day has begun".to_owned(),
            [change] => words_for(change),
            changes => {
                let named: Vec<String> = changes.iter().take(NAMED).map(words_for).collect();
                let more = match changes.len().saturating_sub(NAMED) {
                    0 => String::new(),
                    1 => ", and 1 more file".to_owned(),
                    more => format!(", and {more} more files"),
                };
                format!("{}{more}", named.join(", "))
            }
        };
        (self.tell)(&format!("{words}: shown after {took} ms."));
    }
}

fn words_for(change: &Change) -> String {
    match change {
        Change::Added(path) => format!("{path} is new"),
        Change::Removed(path) => format!("{path} is gone"),
        Change::Edited(path) => format!("{path} has changed"),
        Change::Moved(from, to) => format!("{from} is now {to}"),
    }
}

/// Gives what a panic said.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it did not say what")
}
