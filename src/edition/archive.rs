//! A zip file as the container of an edition, written as a stream: the same files give the same bytes. The only file that names zip.

use super::Contents;
use crate::base::date::Date;
use crate::disk::{Disk, Sink};
use crate::finding::Failure;
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// Stands at the end of each zip file that this program makes.
const MARK: &str = "Made by Stepdown";

/// Tells whether a zip file was made by this program.
pub(crate) fn is_ours(bytes: &[u8]) -> bool {
    bytes.ends_with(MARK.as_bytes())
}

/// A zip file that is being written.
pub(crate) struct Archive<'d> {
    writer: ZipWriter<StreamWriter<Box<dyn Sink>>>,
    source: &'d dyn Disk,
    path: PathBuf,
    options: SimpleFileOptions,
}

impl<'d> Archive<'d> {
    /// Starts a zip file; all its files have the date of the build, and its comment names it.
    pub(crate) fn new(sink: Box<dyn Sink>, source: &'d dyn Disk, path: &Path, today: Date) -> Self {
        let (year, month, day) = today.parts();
        let year = u16::try_from(year).unwrap_or(1980).clamp(1980, 2107);
        let time = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(time)
            .unix_permissions(0o644);
        let mut writer = ZipWriter::new_stream(sink);
        writer
            .set_comment(format!("Content of {today}. {MARK}"))
            .expect("a zip comment may have 65,535 bytes");
        Self {
            writer,
            source,
            path: path.to_owned(),
            options,
        }
    }

    /// Adds a file under a name.
    pub(crate) fn add(&mut self, name: &str, contents: &Contents<'_>) -> Result<(), Failure> {
        let copied;
        let bytes = match contents {
            Contents::Bytes(bytes) => bytes,
            Contents::FileAt(path) => {
                copied = self.source.read(path)?;
                &*copied
            }
        };
        let added = self
            .writer
            .start_file(name, self.options)
            .map_err(std::io::Error::from);
        let added = added.and_then(|()| self.writer.write_all(bytes));
        added.map_err(|cause| Failure::io("write", &self.path, &cause))
    }

    /// Ends the zip file.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let ended = self
            .writer
            .finish()
            .map_err(|error| Failure::io("write", &self.path, &error.into()))?;
        ended.into_inner().finish()
    }
}
