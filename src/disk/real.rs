//! The real file system. The only file that names rustix.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place that touches files"
)]

use crate::base::path::SitePath;
use crate::disk::{Disk, Entry, Lock, Sink, Stamp, Stat, WritableDisk};
use crate::finding::Failure;
use rayon::prelude::*;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File};
use std::io::{self, BufWriter, Read, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// How many bytes of a file are copied at once.
const COPIED_AT_ONCE: usize = 1 << 17;

/// The file system of this machine.
pub struct RealDisk;

fn failed<'a>(action: &'a str, path: &'a Path) -> impl FnOnce(io::Error) -> Failure + 'a {
    move |cause| Failure::io(action, path, &cause)
}

fn stamp(metadata: &fs::Metadata) -> Stamp {
    let stamp = Stamp {
        length: metadata.len(),
        modified: metadata.modified().map_or(0, nanoseconds),
        ..Stamp::default()
    };
    #[cfg(unix)]
    let stamp = Stamp {
        changed: i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()),
        inode: metadata.ino(),
        ..stamp
    };
    stamp
}

/// Gives a time in nanoseconds since 1970.
fn nanoseconds(time: SystemTime) -> i128 {
    let whole = |nanoseconds| i128::try_from(nanoseconds).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_nanos()),
        Err(before) => -whole(before.duration().as_nanos()),
    }
}

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let mut folders: Vec<Vec<Child>> = Vec::new();
        let mut level = vec![Folder {
            native: folder.to_owned(),
            path: Some(String::new()),
        }];
        while !level.is_empty() {
            let first_below = folders.len() + level.len();
            let read: Vec<_> = level.par_iter().map(children).collect();
            let mut below = Vec::new();
            for children in read {
                let children = children?.into_iter().map(|found| match found {
                    Found::File(entry) => Child::File(entry),
                    Found::Folder(folder) => {
                        below.push(folder);
                        Child::Folder(first_below + below.len() - 1)
                    }
                });
                folders.push(children.collect());
            }
            level = below;
        }
        Ok(in_order(folders))
    }

    fn stat(&self, path: &Path) -> Option<Stat> {
        let metadata = fs::symlink_metadata(path).ok()?;
        Some(Stat {
            is_folder: metadata.is_dir(),
            is_link: metadata.is_symlink(),
            stamp: stamp(&metadata),
        })
    }

    fn now(&self) -> i128 {
        nanoseconds(SystemTime::now())
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        fs::read(path).map_err(failed("read", path))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure> {
        let file = File::open(path).map_err(failed("read", path))?;
        Ok(Box::new(file))
    }
}

impl WritableDisk for RealDisk {
    fn create_folder(&self, path: &Path) -> Result<(), Failure> {
        fs::create_dir_all(path).map_err(failed("make the folder", path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        fs::write(path, bytes).map_err(failed("write", path))
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, Failure> {
        let file = File::create(path).map_err(failed("write", path))?;
        Ok(Box::new(FileSink {
            path: path.to_owned(),
            writer: BufWriter::new(file),
        }))
    }

    fn keep(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        if fs::hard_link(from, to).is_ok() {
            return Ok(());
        }
        self.copy(&mut *self.open(from)?, to)?;
        let modified = fs::metadata(from).and_then(|metadata| metadata.modified());
        let set = modified
            .and_then(|modified| File::options().write(true).open(to)?.set_modified(modified));
        set.map_err(failed("keep the time of", to))
    }

    fn copy(&self, from: &mut dyn Read, to: &Path) -> Result<(), Failure> {
        let copied = File::create(to).and_then(|target| {
            let mut target = BufWriter::with_capacity(COPIED_AT_ONCE, target);
            io::copy(from, &mut target)?;
            target.flush()
        });
        copied.map_err(failed("copy to", to))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        fs::rename(from, to).map_err(failed("replace", to))
    }

    fn exchange(&self, left: &Path, right: &Path) -> Result<bool, Failure> {
        match renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
            Err(cause) => Err(Failure::io("replace", right, &cause.into())),
        }
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        let removed = if is_folder {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match removed {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(Failure::io("remove", path, &cause))
            }
            _ => Ok(()),
        }
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Lock>>, Failure> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(failed("write", path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(FileLock { _file: file }))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(cause)) => Err(Failure::io("lock", path, &cause)),
        }
    }
}

/// A folder that is to be listed.
struct Folder {
    native: PathBuf,
    /// Its path from the folder where the list begins, empty for that one, else with a `/` at its end; `None` if it is not in Unicode.
    path: Option<String>,
}

impl Folder {
    /// Gives the path of what has a name in this folder.
    fn path_of(&self, name: &OsStr) -> Option<String> {
        Some(format!("{}{}", self.path.as_ref()?, name.to_str()?))
    }
}

/// What a folder holds.
enum Found {
    File(Entry),
    Folder(Folder),
}

/// What a folder holds, its folders by their numbers.
enum Child {
    File(Entry),
    Folder(usize),
}

/// Reads what a folder holds, sorted by name. What vanishes meanwhile is as if it had never been there.
fn children(folder: &Folder) -> Result<Vec<Found>, Failure> {
    let failed = |cause: &io::Error| Failure::io("read the folder", &folder.native, cause);
    let entries = match fs::read_dir(&folder.native) {
        Ok(entries) => entries,
        Err(cause) if has_vanished(&cause, folder) => return Ok(Vec::new()),
        Err(cause) => return Err(failed(&cause)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| failed(&cause))?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            names.push((name, entry));
        }
    }
    names.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
    let found: Vec<Result<Option<Found>, Failure>> = names
        .par_iter()
        .with_min_len(64)
        .map(|(name, entry)| look_at(folder, name, entry))
        .collect();
    found.into_iter().filter_map(Result::transpose).collect()
}

/// Tells whether a folder below the first is gone, or is no folder any more; the first may only be missing.
fn has_vanished(cause: &io::Error, folder: &Folder) -> bool {
    match cause.kind() {
        io::ErrorKind::NotFound => true,
        io::ErrorKind::NotADirectory => folder.path.as_deref() != Some(""),
        _ => false,
    }
}

/// Looks at a file or folder without following a link; gives `None` for a file that has vanished.
fn look_at(folder: &Folder, name: &OsStr, entry: &DirEntry) -> Result<Option<Found>, Failure> {
    let native = || folder.native.join(name);
    let look = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => Ok(None),
        _ => Err(Failure::io("read", &native(), &cause)),
    };
    let kind = match entry.file_type() {
        Ok(kind) => kind,
        Err(cause) => return look(cause),
    };
    if kind.is_dir() {
        return Ok(Some(Found::Folder(Folder {
            native: native(),
            path: folder.path_of(name).map(|path| path + "/"),
        })));
    }
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(cause) => return look(cause),
    };
    let path = folder.path_of(name).ok_or_else(|| {
        Failure::new(format!(
            "the file name {} is not in Unicode",
            native().display()
        ))
        .help("rename the file")
    })?;
    Ok(Some(Found::File(Entry {
        path: SitePath::new(&path),
        stamp: stamp(&metadata),
        is_link: metadata.is_symlink(),
    })))
}

/// Gives all files: what a folder holds stands where its name does.
fn in_order(folders: Vec<Vec<Child>>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(folders.iter().map(Vec::len).sum());
    let mut folders: Vec<_> = folders.into_iter().map(Vec::into_iter).collect();
    let mut open = vec![0];
    while let Some(&folder) = open.last() {
        match folders[folder].next() {
            Some(Child::File(entry)) => entries.push(entry),
            Some(Child::Folder(below)) => open.push(below),
            None => {
                open.pop();
            }
        }
    }
    entries
}

struct FileLock {
    _file: File,
}

impl Lock for FileLock {}

struct FileSink {
    path: PathBuf,
    writer: BufWriter<File>,
}

impl Write for FileSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Sink for FileSink {
    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        self.writer.flush().map_err(failed("write", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(folder: &Path) -> Vec<String> {
        let entries = RealDisk.list(folder).unwrap();
        entries
            .iter()
            .map(|entry| format!("{} {}", entry.path, entry.stamp.length))
            .collect()
    }

    fn put(folder: &Path, path: &str) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "four").unwrap();
    }

    #[test]
    fn files_and_folders_stand_where_their_names_do() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "b.md",
            "a/z.md",
            "a/b/c/d.md",
            "a/b/a.md",
            "a-b.md",
            "a.md",
            "c/é.md",
        ] {
            put(folder.path(), path);
        }
        for hidden in [".git/x.md", "a/.swp", "a/.hidden/deep/x.md"] {
            put(folder.path(), hidden);
        }
        fs::create_dir(folder.path().join("empty")).unwrap();
        let expected = [
            "a/b/a.md 4",
            "a/b/c/d.md 4",
            "a/z.md 4",
            "a-b.md 4",
            "a.md 4",
            "b.md 4",
            "c/é.md 4",
        ];
        assert_eq!(listed(folder.path()), expected);
    }

    #[test]
    fn a_missing_folder_is_empty_and_a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(listed(&folder.path().join("none")).is_empty());
        put(folder.path(), "file");
        let failure = RealDisk.list(&folder.path().join("file")).unwrap_err();
        assert!(failure.to_string().contains("file"), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_never_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a/x.md");
        symlink("..", folder.path().join("a/loop")).unwrap();
        symlink("nowhere", folder.path().join("broken")).unwrap();
        let entries = RealDisk.list(folder.path()).unwrap();
        let links = entries
            .iter()
            .map(|entry| (entry.path.as_str(), entry.is_link));
        let expected = [("a/loop", true), ("a/x.md", false), ("broken", true)];
        assert_eq!(links.collect::<Vec<_>>(), expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_no_unicode_is_named() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join(OsStr::from_bytes(b"\xff"));
        fs::create_dir(&odd).unwrap();
        assert!(listed(folder.path()).is_empty());
        fs::write(odd.join("a.md"), "").unwrap();
        let failure = RealDisk.list(folder.path()).unwrap_err();
        assert!(failure.to_string().contains("not in Unicode"), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_changed_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.md");
        let stamp = || RealDisk.list(folder.path()).unwrap()[0].stamp;
        let before = stamp();
        assert_eq!(before, stamp());
        let path = folder.path().join("a.md");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::rename(&path, folder.path().join(".aside")).unwrap();
        fs::write(&path, "five").unwrap();
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(time)
            .unwrap();
        let after = stamp();
        assert_eq!(
            (before.length, before.modified),
            (after.length, after.modified)
        );
        assert_ne!(before, after);
    }

    #[test]
    fn what_vanishes_while_it_is_listed_was_never_there() {
        let place = tempfile::tempdir().unwrap();
        put(place.path(), "a.md");
        let folder = |name: &str| Folder {
            native: place.path().join(name),
            path: Some("below/".to_owned()),
        };
        let entry = fs::read_dir(place.path()).unwrap().next().unwrap().unwrap();
        let look = || look_at(&folder(""), &entry.file_name(), &entry);
        assert!(look().unwrap().is_some());
        let is_file_now = children(&folder("a.md"));
        assert!(is_file_now.unwrap().is_empty());
        fs::remove_file(entry.path()).unwrap();
        assert!(look().unwrap().is_none());
        assert!(children(&folder("gone")).unwrap().is_empty());
    }
}
