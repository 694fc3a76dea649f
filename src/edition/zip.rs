//! The zip edition: the web edition in one file to send, with a page to start from. Written as a stream, the same bytes every time.

use crate::base::date::Date;
use crate::disk::Sink;
use crate::finding::{Failure, Findings};
use crate::model::Site;
use crate::render::view::Renderer;
use std::io::Write;
use std::path::Path;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// Gives the files that only the zip has.
pub(crate) fn extras(
    site: &Site,
    renderer: &Renderer,
    findings: &mut Findings,
) -> Vec<(&'static str, Vec<u8>)> {
    let language = &site.languages[0];
    let date = language.dates.write(site.today);
    let readme = language.texts.with(
        "readme",
        &[
            (
                "name",
                &site.settings.name.shown_in(&language.language).text,
            ),
            ("date", &date),
        ],
    );
    let readme = readme.replace('\n', "\r\n") + "\r\n";
    vec![
        ("README.txt", readme.into_bytes()),
        ("START-HERE.html", renderer.start_here(findings)),
    ]
}

/// A zip file that is being written.
pub(crate) struct Archive {
    writer: ZipWriter<StreamWriter<Box<dyn Sink>>>,
    folder: String,
    options: SimpleFileOptions,
}

impl Archive {
    /// Stands at the end of each zip file that this program makes.
    pub(crate) const MARK: &str = "Made by Stepdown";

    /// Starts a zip file; all its files lie in one folder and have the date of the build.
    pub(crate) fn new(sink: Box<dyn Sink>, folder: &str, today: Date) -> Self {
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
            .set_comment(Self::MARK)
            .expect("the mark is short enough for a zip comment");
        Self {
            writer,
            folder: folder.to_owned(),
            options,
        }
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, address: &str, bytes: &[u8], path: &Path) -> Result<(), Failure> {
        let name = format!("{}/{address}", self.folder);
        let added = self
            .writer
            .start_file(name, self.options)
            .map_err(std::io::Error::from);
        let added = added.and_then(|()| self.writer.write_all(bytes));
        added.map_err(|cause| Failure::io("write", path, &cause))
    }

    /// Ends the zip file.
    pub(crate) fn finish(self, path: &Path) -> Result<(), Failure> {
        let ended = self
            .writer
            .finish()
            .map_err(|error| Failure::io("write", path, &error.into()))?;
        ended.into_inner().finish()
    }
}
