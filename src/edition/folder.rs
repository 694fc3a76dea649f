//! A folder as the container of an edition. Files that did not change are linked, so that they keep their time.

use super::changes::Changes;
use super::{Colophon, Container, Contents, Place};
use crate::disk::{Disk, WritableDisk, same_bytes, same_file};
use crate::finding::Failure;
use std::collections::HashSet;
use std::path::PathBuf;

/// Writes the file by which a folder is known, of what is known of all others.
pub(crate) type Mark = fn(&Colophon<'_>) -> Vec<u8>;

/// A folder that is being written beside the one that it will replace.
pub(crate) struct Folder<'d> {
    disk: &'d dyn WritableDisk,
    source: &'d dyn Disk,
    place: Place,
    mark: (&'static str, Mark),
    /// The folders in it that exist.
    made: HashSet<String>,
    /// The files so far, and whether each is as it was.
    files: Vec<(String, bool)>,
}

impl<'d> Folder<'d> {
    /// Starts a folder; the file that marks it is written last.
    pub(crate) fn new(
        disk: &'d dyn WritableDisk,
        source: &'d dyn Disk,
        place: Place,
        mark: (&'static str, Mark),
    ) -> Result<Self, Failure> {
        disk.create_folder(&place.staged)?;
        Ok(Self {
            disk,
            source,
            place,
            mark,
            made: HashSet::new(),
            files: Vec::new(),
        })
    }

    /// Gives the old and the new path of a file, and makes the folder of the new one.
    fn paths(&mut self, address: &str) -> Result<(PathBuf, PathBuf), Failure> {
        if let Some((folder, _)) = address.rsplit_once('/')
            && !self.made.contains(folder)
        {
            self.disk.create_folder(&self.place.staged.join(folder))?;
            self.made.insert(folder.to_owned());
        }
        let paths = [&self.place.path, &self.place.staged].map(|folder| folder.join(address));
        Ok(paths.into())
    }
}

impl Container for Folder<'_> {
    fn add(&mut self, address: &str, contents: &Contents<'_>) -> Result<(), Failure> {
        let (old, new) = self.paths(address)?;
        let disk = self.disk;
        let is_kept = match contents {
            Contents::Bytes(bytes) => same_bytes(disk, bytes, &old),
            Contents::FileAt(path) => same_file(self.source, path, disk, &old)?,
        };
        match contents {
            _ if is_kept => disk.keep(&old, &new)?,
            Contents::Bytes(bytes) => disk.write(&new, bytes)?,
            Contents::FileAt(path) => disk.copy(&mut *self.source.open(path)?, &new)?,
        }
        self.files.push((address.to_owned(), is_kept));
        Ok(())
    }

    fn finish(mut self: Box<Self>, colophon: &Colophon<'_>) -> Result<Option<Changes>, Failure> {
        let (mark, write) = self.mark;
        self.add(mark, &Contents::Bytes(&write(colophon)))?;
        let before = self.disk.list(&self.place.path)?;
        let before = before.iter().map(|entry| entry.path.as_str()).collect();
        let after = self.files.iter();
        let after = after.map(|(address, is_kept)| (address.as_str(), *is_kept));
        Ok(Some(Changes::between(&before, after)))
    }
}
