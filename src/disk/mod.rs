//! The file system, as the program sees it: `real` for machines, `memory` for tests.
//!
//! Reading stands apart from writing: what holds a `&dyn Disk` cannot write, so neither loading nor the preview can. Only `load`,
//! `edition`, `build`, `serve` and the commands reach for a disk; everything between them computes.

mod compare;
mod memory;
mod real;

pub(crate) use compare::{same_bytes, same_file};
pub use memory::MemoryDisk;
pub use real::RealDisk;

use crate::base::path::SitePath;
use crate::finding::Failure;
use std::io::{Read, Write};
use std::path::Path;

/// One file below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the folder.
    pub path: SitePath,
    /// How it looks from outside.
    pub stamp: Stamp,
    /// Whether it is a symbolic link, which is never followed.
    pub is_link: bool,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// How it looks from outside.
    pub stamp: Stamp,
}

/// How a file looks from outside. One that has changed looks different, but for what its file system is too coarse to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub length: u64,
    /// When its bytes were last changed, in nanoseconds since 1970.
    pub modified: i128,
    /// When anything of it was last changed, in nanoseconds since 1970; 0 where the system does not say.
    pub changed: i128,
    /// Its number on its disk; 0 where the system does not say.
    pub inode: u64,
}

/// A file that is written piece by piece.
pub trait Sink: Write + Send {
    /// Ends the file: all of it has reached the disk, or a failure says why not.
    fn finish(self: Box<Self>) -> Result<(), Failure>;
}

/// Held while one build works in an output folder; lost with the value, and with the process.
pub trait Lock: Send + Sync {}

/// A file system, to read from. Each failure names its path, the action and the cause.
pub trait Disk: Sync {
    /// Lists all files below a folder, sorted by name, without names that start with a dot; a missing folder is empty.
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, Failure>;
    /// Tells about a file or folder, or `None` where there is none; a link is not followed.
    fn stat(&self, path: &Path) -> Option<Stat>;
    /// Gives the present time as this disk counts it, in nanoseconds since 1970.
    fn now(&self) -> i128;
    /// Reads a whole file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure>;
    /// Opens a file that may be too large to be read whole.
    fn open(&self, path: &Path) -> Result<Box<dyn Read>, Failure>;
}

/// A file system that can be written, too.
pub trait WritableDisk: Disk {
    /// Makes a folder and those above it.
    fn create_folder(&self, path: &Path) -> Result<(), Failure>;
    /// Writes a whole file; its folder exists.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure>;
    /// Starts a file that is written piece by piece.
    fn create(&self, path: &Path) -> Result<Box<dyn Sink>, Failure>;
    /// Puts a file in a second place without changing its time: as a hard link, or as a copy where links fail.
    fn keep(&self, from: &Path, to: &Path) -> Result<(), Failure>;
    /// Copies the bytes of a file that was opened, perhaps on another disk.
    fn copy(&self, from: &mut dyn Read, to: &Path) -> Result<(), Failure>;
    /// Moves a file or folder; a file that is there is replaced.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), Failure>;
    /// Exchanges two folders in one step; `false` where the file system cannot.
    fn exchange(&self, left: &Path, right: &Path) -> Result<bool, Failure>;
    /// Removes a file, or a folder with all that is in it; nothing there is fine.
    fn remove(&self, path: &Path) -> Result<(), Failure>;
    /// Takes the lock of a file; `None` while another process holds it.
    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Lock>>, Failure>;
}
