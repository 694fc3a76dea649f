//! The real file system. The only file that names walkdir and rustix.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place that touches files"
)]

use crate::base::path::SitePath;
use crate::disk::{Disk, Entry, Lock, Sink, Stat};
use crate::finding::Failure;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// The file system of this machine.
pub struct RealDisk;

fn failed<'a>(action: &'a str, path: &'a Path) -> impl FnOnce(io::Error) -> Failure + 'a {
    move |cause| Failure::io(action, path, &cause)
}

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        let is_visible = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        for entry in WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_visible)
        {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                Failure::io("read the folder", &path, &error.into())
            })?;
            if entry.file_type().is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = SitePath::from_native(relative).ok_or_else(|| {
                Failure::new(format!(
                    "the file name {} is not in Unicode",
                    entry.path().display()
                ))
                .help("rename the file")
            })?;
            let length = entry.metadata().map_or(0, |metadata| metadata.len());
            entries.push(Entry {
                path,
                length,
                is_link: entry.file_type().is_symlink(),
            });
        }
        Ok(entries)
    }

    fn stat(&self, path: &Path) -> Option<Stat> {
        let metadata = fs::symlink_metadata(path).ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Stat {
            is_folder: metadata.is_dir(),
            is_link: metadata.is_symlink(),
            length: metadata.len(),
            modified: i128::try_from(modified.as_nanos()).unwrap_or(i128::MAX),
        })
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        fs::read(path).map_err(failed("read", path))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure> {
        let file = File::open(path).map_err(failed("read", path))?;
        Ok(Box::new(file))
    }

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
        self.copy(from, to)?;
        let modified = fs::metadata(from).and_then(|metadata| metadata.modified());
        let set = modified
            .and_then(|modified| File::options().write(true).open(to)?.set_modified(modified));
        set.map_err(failed("keep the time of", to))
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        let copied =
            File::open(from).and_then(|mut source| io::copy(&mut source, &mut File::create(to)?));
        copied.map(|_| ()).map_err(failed("copy to", to))
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
