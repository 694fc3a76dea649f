//! Notices that something in the site's folders may have changed. The only file that names notify.
//!
//! In go the folders; out comes a call of `wake`, which says nothing about what changed: its receiver looks for itself. So nothing
//! depends on how a system tells of renames, moved folders or editors that write beside a file and exchange it. `wake` is called
//! for every event except plain reading, for every fault, and at intervals besides, so that a change that a system does not tell of
//! (as on most network drives) is seen a little later. Bursts are not gathered here.

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// Called when something may have changed. It must return soon.
pub(crate) type Wake = Arc<dyn Fn() + Send + Sync>;

/// How often `wake` is called besides.
#[derive(Clone, Copy)]
struct Intervals {
    /// While folders are watched.
    watched: Duration,
    /// While they are not.
    unwatched: Duration,
}

/// Often enough that a missed change is not taken for a lost one, and seldom enough to cost nothing.
const WATCHED: Duration = Duration::from_secs(2);
/// About the time between saving and looking at the browser.
const UNWATCHED: Duration = Duration::from_millis(500);

/// Folders that are watched until this is dropped.
pub(crate) struct Watching {
    watcher: Option<RecommendedWatcher>,
    folders: Vec<Folder>,
    /// Whether `wake` is only called at intervals now.
    is_blind: Arc<AtomicBool>,
    /// A folder that came later could not be watched; the watcher's own thread found out.
    is_full: Arc<AtomicBool>,
    /// Ends the thread of the intervals.
    _end: Sender<()>,
}

struct Folder {
    path: PathBuf,
    mode: RecursiveMode,
    /// The folder that is watched, or nothing where there was none.
    watched: Option<Identity>,
}

/// Watches `root` itself, and `folders` in it with all that is in them. Any of them may be missing, come later, and go.
///
/// With `poll`, or where folders cannot be watched, `wake` is called at intervals only; the second value then says why, except
/// for `poll`.
pub(crate) fn watch(
    root: &Path,
    folders: &[&str],
    poll: bool,
    wake: Wake,
) -> (Watching, Option<String>) {
    let intervals = Intervals {
        watched: WATCHED,
        unwatched: UNWATCHED,
    };
    watch_at(intervals, root, folders, poll, wake)
}

fn watch_at(
    intervals: Intervals,
    root: &Path,
    folders: &[&str],
    poll: bool,
    wake: Wake,
) -> (Watching, Option<String>) {
    let is_blind = Arc::new(AtomicBool::new(poll));
    let is_full = Arc::new(AtomicBool::new(false));
    let mut all = vec![Folder {
        path: root.to_owned(),
        mode: RecursiveMode::NonRecursive,
        watched: None,
    }];
    all.extend(folders.iter().map(|name| Folder {
        path: root.join(name),
        mode: RecursiveMode::Recursive,
        watched: None,
    }));
    let end = call_at_intervals(intervals, Arc::clone(&is_blind), Arc::clone(&wake));
    let mut watching = Watching {
        watcher: None,
        folders: all,
        is_blind,
        is_full: Arc::clone(&is_full),
        _end: end,
    };
    if poll {
        return (watching, None);
    }
    let notice = move |event: notify::Result<Event>| {
        if let Err(error) = &event
            && is_at_limit(error)
        {
            is_full.store(true, Ordering::Relaxed);
        }
        if event.is_ok_and(|event| is_reading(&event)) {
            return;
        }
        wake();
    };
    // Links are not followed, as in reading the site: they could lead anywhere, and in circles.
    let config = Config::default().with_follow_symlinks(false);
    let why = match RecommendedWatcher::new(notice, config) {
        Ok(watcher) => {
            watching.watcher = Some(watcher);
            watching.renew()
        }
        Err(error) => Some(watching.give_up(&error)),
    };
    (watching, why)
}

impl Watching {
    /// Watches folders that have come or were replaced since the last time. Costs a look at each folder if nothing has changed.
    ///
    /// Where that fails, `wake` is called at intervals from now on, and the result says why, once.
    pub(crate) fn renew(&mut self) -> Option<String> {
        let watcher = self.watcher.as_mut()?;
        for folder in &mut self.folders {
            let now = identity(&folder.path);
            if now == folder.watched {
                continue;
            }
            if folder.watched.take().is_some() {
                // The folder that was here is gone or has moved, and often its watch with it.
                let _ = watcher.unwatch(&folder.path);
            }
            if now.is_none() {
                continue;
            }
            match watcher.watch(&folder.path, folder.mode) {
                Ok(()) => folder.watched = now,
                // It went while it was looked at: the next time will tell.
                Err(error) if is_gone(&error) => {}
                Err(error) => return Some(self.give_up(&error)),
            }
        }
        if self.is_full.load(Ordering::Relaxed) {
            return Some(self.give_up(&notify::Error::new(ErrorKind::MaxFilesWatch)));
        }
        None
    }

    fn give_up(&mut self, error: &notify::Error) -> String {
        self.watcher = None;
        self.is_blind.store(true, Ordering::Relaxed);
        if is_at_limit(error) {
            "This system does not let more folders be watched, so changes are looked for twice a second.".to_owned()
        } else {
            // Its paths are left out: they are the system's own, and the reason is enough.
            let reason = match &error.kind {
                ErrorKind::Io(cause) => cause.to_string(),
                ErrorKind::Generic(words) => words.clone(),
                other => format!("{other:?}"),
            };
            format!(
                "The folders of the site cannot be watched ({reason}), so changes are looked for twice a second."
            )
        }
    }
}

fn is_at_limit(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // Too many open files in this program or in the system: each watcher is one on Linux.
        ErrorKind::Io(cause) => cfg!(unix) && matches!(cause.raw_os_error(), Some(23 | 24)),
        _ => false,
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether a file was only read, as the site's own rescan does.
fn is_reading(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write | AccessMode::Any)) => false,
        EventKind::Access(_) => !event.need_rescan(),
        _ => false,
    }
}

/// Calls `wake` at intervals, until the result is dropped.
fn call_at_intervals(intervals: Intervals, is_blind: Arc<AtomicBool>, wake: Wake) -> Sender<()> {
    let (end, ended) = mpsc::channel();
    thread::spawn(move || {
        loop {
            let interval = if is_blind.load(Ordering::Relaxed) {
                intervals.unwatched
            } else {
                intervals.watched
            };
            match ended.recv_timeout(interval) {
                Err(RecvTimeoutError::Timeout) => wake(),
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    end
}

/// What tells a folder from another that has taken its place.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = std::time::SystemTime;

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = look_at(folder)?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    look_at(folder)?.created().ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "whether a folder was replaced is no question to the site's files"
)]
fn look_at(folder: &Path) -> Option<std::fs::Metadata> {
    std::fs::metadata(folder)
        .ok()
        .filter(std::fs::Metadata::is_dir)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests change real folders")]
mod tests {
    use super::{Intervals, UNWATCHED, Watching, watch, watch_at};
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::mpsc::{self, Receiver};
    use std::time::{Duration, Instant};

    /// Intervals that never come, so that only events wake.
    const NEVER: Intervals = Intervals {
        watched: Duration::from_hours(1),
        unwatched: Duration::from_hours(1),
    };
    const FOLDERS: [&str; 3] = ["content", "static", "templates"];

    struct Site {
        root: tempfile::TempDir,
        watching: Watching,
        woken: Receiver<()>,
    }

    impl Site {
        /// A site with `content/en/a.md`, watched.
        fn watched() -> Self {
            let root = tempfile::tempdir().unwrap();
            fs::create_dir_all(root.path().join("content/en")).unwrap();
            fs::write(root.path().join("content/en/a.md"), "a").unwrap();
            let (send, woken) = mpsc::channel();
            let wake = Arc::new(move || {
                let _ = send.send(());
            });
            let (watching, why) = watch_at(NEVER, root.path(), &FOLDERS, false, wake);
            assert_eq!(why, None);
            Self {
                root,
                watching,
                woken,
            }
        }

        /// Does something, asserts that it wakes, and does what the owner does then.
        fn wakes(&mut self, what: &str, action: impl FnOnce(&Path)) {
            self.is_quiet(what);
            action(self.root.path());
            assert!(
                self.woken.recv_timeout(Duration::from_secs(3)).is_ok(),
                "{what}"
            );
            assert_eq!(self.watching.renew(), None, "{what}");
        }

        /// Waits until the last events are through.
        fn is_quiet(&self, what: &str) {
            let begun = Instant::now();
            while self.woken.recv_timeout(Duration::from_millis(60)).is_ok() {
                assert!(begun.elapsed() < Duration::from_secs(3), "{what}");
            }
        }
    }

    #[test]
    fn every_kind_of_change_wakes() {
        let mut site = Site::watched();
        let a = "content/en/a.md";
        site.wakes("written", |root| fs::write(root.join(a), "b").unwrap());
        site.wakes("new", |root| {
            fs::write(root.join("content/en/b.md"), "b").unwrap();
        });
        site.wakes("exchanged", |root| {
            fs::write(root.join("content/en/.a.md.tmp"), "c").unwrap();
            fs::rename(root.join("content/en/.a.md.tmp"), root.join(a)).unwrap();
        });
        site.wakes("renamed", |root| {
            fs::rename(root.join(a), root.join("content/en/c.md")).unwrap();
        });
        site.wakes("deleted", |root| {
            fs::remove_file(root.join("content/en/c.md")).unwrap();
        });
        site.wakes("settings", |root| {
            fs::write(root.join("stepdown.toml"), "").unwrap();
        });
        site.wakes("new folders", |root| {
            fs::create_dir_all(root.join("content/es/x/y")).unwrap();
        });
        site.wakes("in a new folder", |root| {
            fs::write(root.join("content/es/x/y/a.md"), "a").unwrap();
        });
        site.wakes("moved folder", |root| {
            fs::rename(root.join("content/es/x"), root.join("content/en/x")).unwrap();
        });
        site.wakes("in a moved folder", |root| {
            fs::write(root.join("content/en/x/y/b.md"), "b").unwrap();
        });
    }

    #[test]
    fn a_folder_that_comes_goes_and_comes_again_is_watched() {
        let mut site = Site::watched();
        site.wakes("comes", |root| fs::create_dir(root.join("static")).unwrap());
        site.wakes("in what came", |root| {
            fs::write(root.join("static/a.css"), "").unwrap();
        });
        site.wakes("goes", |root| {
            fs::remove_dir_all(root.join("content")).unwrap();
        });
        site.wakes("comes again", |root| {
            fs::create_dir_all(root.join("content/en")).unwrap();
        });
        site.wakes("in what came again", |root| {
            fs::write(root.join("content/en/a.md"), "").unwrap();
        });
        site.wakes("replaced by another", |root| {
            fs::rename(root.join("content"), root.join("old")).unwrap();
            fs::create_dir_all(root.join("content/en")).unwrap();
        });
        site.wakes("in the other", |root| {
            fs::write(root.join("content/en/a.md"), "").unwrap();
        });
    }

    #[test]
    fn neither_reading_nor_the_output_wakes() {
        let mut site = Site::watched();
        site.wakes("output", |root| {
            fs::create_dir_all(root.join("dist/web")).unwrap();
        });
        site.is_quiet("output");
        let root = site.root.path();
        fs::write(root.join("dist/web/index.html"), "").unwrap();
        fs::read(root.join("content/en/a.md")).unwrap();
        assert_eq!(fs::read_dir(root.join("content/en")).unwrap().count(), 1);
        assert!(site.woken.recv_timeout(Duration::from_millis(300)).is_err());
    }

    #[test]
    fn polling_wakes_at_intervals_and_ends_when_dropped() {
        let (send, woken) = mpsc::channel();
        let wake = Arc::new(move || {
            let _ = send.send(());
        });
        // Nothing is watched, so a missing root is nothing special either.
        let (watching, why) = watch(Path::new("/nowhere/at/all"), &FOLDERS, true, wake);
        assert_eq!(why, None);
        for _ in 0..2 {
            assert!(woken.recv_timeout(UNWATCHED * 4).is_ok());
        }
        drop(watching);
        // The sender is in `wake`: it goes when the thread has ended.
        let ended = (0..10)
            .any(|_| woken.recv_timeout(UNWATCHED) == Err(mpsc::RecvTimeoutError::Disconnected));
        assert!(ended);
    }

    #[test]
    fn a_watched_site_is_looked_at_now_and_then_all_the_same() {
        let root = tempfile::tempdir().unwrap();
        let (send, woken) = mpsc::channel();
        let wake = Arc::new(move || {
            let _ = send.send(());
        });
        let intervals = Intervals {
            watched: Duration::from_millis(50),
            ..NEVER
        };
        let _watching = watch_at(intervals, root.path(), &FOLDERS, false, wake);
        for _ in 0..3 {
            assert!(woken.recv_timeout(Duration::from_secs(2)).is_ok());
        }
    }

    #[test]
    fn where_folders_cannot_be_watched_it_is_said_and_looked_at_intervals() {
        let mut site = Site::watched();
        let why = site
            .watching
            .give_up(&notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        assert_eq!(
            why,
            "This system does not let more folders be watched, so changes are looked for twice a second."
        );
        assert_eq!(site.watching.renew(), None);
        assert!(
            site.watching
                .is_blind
                .load(std::sync::atomic::Ordering::Relaxed)
        );
    }
}
