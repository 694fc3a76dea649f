//! A file system in memory, for tests; it can be told to be full after a number of writes.

use crate::base::path::SitePath;
use crate::disk::{Disk, Entry, Lock, Sink, Stamp, Stat, WritableDisk};
use crate::finding::Failure;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files in memory.
#[derive(Default)]
pub struct MemoryDisk(Arc<Mutex<State>>);

/// Bytes and the time of their last change.
type File = (Arc<[u8]>, i128);

#[derive(Default)]
struct State {
    files: BTreeMap<PathBuf, File>,
    clock: i128,
    writes_left: Option<usize>,
}

impl MemoryDisk {
    /// Makes an empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets every write beyond the given number fail, as on a full disk; `None` makes room again.
    pub fn fill_after(&self, writes: Option<usize>) {
        self.state().writes_left = writes;
    }

    /// Gives all files with their bytes and times.
    pub fn files(&self) -> Vec<(PathBuf, Arc<[u8]>, i128)> {
        let state = self.state();
        let files = state.files.iter();
        files
            .map(|(path, (bytes, time))| (path.clone(), Arc::clone(bytes), *time))
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn put(&mut self, path: &Path, bytes: Arc<[u8]>, time: Option<i128>) -> Result<(), Failure> {
        if let Some(left) = &mut self.writes_left {
            let Some(fewer) = left.checked_sub(1) else {
                return Err(Failure::io(
                    "write",
                    path,
                    &io::ErrorKind::StorageFull.into(),
                ));
            };
            *left = fewer;
        }
        self.clock += 1;
        let time = time.unwrap_or(self.clock);
        self.files.insert(path.to_owned(), (bytes, time));
        Ok(())
    }

    fn get(&self, path: &Path) -> Result<File, Failure> {
        let found = self.files.get(path).cloned();
        found.ok_or_else(|| Failure::io("read", path, &io::ErrorKind::NotFound.into()))
    }

    fn take_below(&mut self, path: &Path) -> Vec<(PathBuf, File)> {
        self.files
            .extract_if(.., |name, _| name.starts_with(path))
            .collect()
    }
}

fn stamp((bytes, modified): &File) -> Stamp {
    Stamp {
        length: bytes.len() as u64,
        modified: *modified,
        ..Stamp::default()
    }
}

impl Disk for MemoryDisk {
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure> {
        let state = self.state();
        let below = state.files.iter().filter_map(|(path, file)| {
            let path = SitePath::from_native(path.strip_prefix(folder).ok()?)?;
            let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
            (!is_hidden).then_some(Entry {
                path,
                stamp: stamp(file),
                is_link: false,
            })
        });
        Ok(below.collect())
    }

    fn stat(&self, path: &Path) -> Option<Stat> {
        let state = self.state();
        if let Some(file) = state.files.get(path) {
            return Some(Stat {
                is_folder: false,
                is_link: false,
                stamp: stamp(file),
            });
        }
        let is_folder = state.files.keys().any(|name| name.starts_with(path));
        is_folder.then_some(Stat {
            is_folder,
            is_link: false,
            stamp: Stamp::default(),
        })
    }

    fn now(&self) -> i128 {
        self.state().clock
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.state().get(path).map(|(bytes, _)| bytes.to_vec())
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure> {
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }
}

impl WritableDisk for MemoryDisk {
    fn create_folder(&self, _path: &Path) -> Result<(), Failure> {
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.state().put(path, bytes.into(), None)
    }

    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, Failure> {
        Ok(Box::new(MemorySink {
            state: Arc::clone(&self.0),
            path: path.to_owned(),
            bytes: Vec::new(),
        }))
    }

    fn keep(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        let mut state = self.state();
        let (bytes, time) = state.get(from)?;
        state.put(to, bytes, Some(time))
    }

    fn copy(&self, from: &mut dyn Read, to: &Path) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)
            .map_err(|cause| Failure::io("copy to", to, &cause))?;
        self.write(to, &bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Failure> {
        let mut state = self.state();
        state.take_below(to);
        for (path, file) in state.take_below(from) {
            let relative = path.strip_prefix(from).unwrap_or(&path);
            let target = if relative.as_os_str().is_empty() {
                to.to_owned()
            } else {
                to.join(relative)
            };
            state.files.insert(target, file);
        }
        Ok(())
    }

    fn exchange(&self, left: &Path, right: &Path) -> Result<bool, Failure> {
        let aside = Path::new("\0aside");
        self.rename(left, aside)?;
        self.rename(right, left)?;
        self.rename(aside, right)?;
        Ok(true)
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.state().take_below(path);
        Ok(())
    }

    fn lock(&self, _path: &Path) -> Result<Option<Box<dyn Lock>>, Failure> {
        Ok(Some(Box::new(NoLock)))
    }
}

struct NoLock;

impl Lock for NoLock {}

struct MemorySink {
    state: Arc<Mutex<State>>,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for MemorySink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for MemorySink {
    fn finish(self: Box<Self>) -> Result<(), Failure> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.put(&self.path, self.bytes.into(), None)
    }
}
