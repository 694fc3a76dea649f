//! The editions of one form while they are written: each file goes into all of their containers.

use super::output::Output;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::disk::Disk;
use crate::edition::changes::Changes;
use crate::edition::{Colophon, Container, Contents, Edition, FileFacts, Form, Stage};
use crate::finding::{Failure, Findings};
use crate::model::Site;
use crate::render::view::Renderer;

/// The containers of the editions of one form.
pub(super) struct Pack<'d> {
    form: &'static dyn Form,
    source: &'d dyn Disk,
    containers: Vec<Opened<'d>>,
    files: Vec<FileFacts>,
}

/// A container and whose it is.
struct Opened<'d> {
    edition: &'static dyn Edition,
    container: Box<dyn Container + 'd>,
}

/// An edition that lies in its staged places.
pub(super) struct Finished {
    /// Which it is.
    pub edition: &'static dyn Edition,
    /// What it will change, if it is a folder.
    pub changes: Option<Changes>,
}

impl<'d> Pack<'d> {
    /// Makes a pack that holds no edition, and only gathers what is known of files.
    pub(super) fn empty(form: &'static dyn Form, source: &'d dyn Disk) -> Self {
        Self {
            form,
            source,
            containers: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Starts all editions of an output, in one pack for each form.
    pub(super) fn start_all(
        output: &Output<'d>,
        source: &'d dyn Disk,
        site: &'d Site,
    ) -> Result<Vec<Self>, Failure> {
        let mut packs: Vec<Self> = Vec::new();
        for placed in output.placed() {
            let edition = placed.edition;
            let form = edition.form();
            let container = edition.start(Stage {
                disk: output.disk(),
                source,
                places: output.places(edition),
                slug: &site.settings.slug,
                today: site.today,
            })?;
            let opened = Opened { edition, container };
            match packs.iter_mut().find(|pack| pack.is_of(form)) {
                Some(pack) => pack.containers.push(opened),
                None => packs.push(Self {
                    containers: vec![opened],
                    ..Self::empty(form, source)
                }),
            }
        }
        Ok(packs)
    }

    /// Gives the form.
    pub(super) fn form(&self) -> &'static dyn Form {
        self.form
    }

    /// Tells whether its editions have a form.
    pub(super) fn is_of(&self, form: &dyn Form) -> bool {
        self.form.name() == form.name()
    }

    /// Puts a file into all containers; its digest is taken if it is not known.
    pub(super) fn add(
        &mut self,
        address: &str,
        contents: &Contents<'_>,
        digest: Option<Digest>,
    ) -> Result<(), Failure> {
        let (bytes, length) = match contents {
            Contents::Bytes(bytes) => (*bytes, bytes.len() as u64),
            Contents::FileAt(path) => {
                let stat = self.source.stat(path);
                (&[][..], stat.map_or(0, |stat| stat.stamp.length))
            }
        };
        self.files.push(FileFacts {
            address: address.to_owned(),
            digest: digest.unwrap_or_else(|| Digest::of(bytes)),
            length,
        });
        let mut containers = self.containers.iter_mut();
        containers.try_for_each(|opened| opened.container.add(address, contents))
    }

    /// Adds the files that only one of its editions has.
    pub(super) fn add_extras(
        &mut self,
        site: &Site,
        renderer: &Renderer,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        for opened in &mut self.containers {
            for (address, bytes) in opened.edition.extras(site, renderer, findings) {
                opened.container.add(address, &Contents::Bytes(&bytes))?;
            }
        }
        Ok(())
    }

    /// Gives what its editions say of themselves.
    pub(super) fn colophon<'a>(&'a self, version: &'a str, day: Date) -> Colophon<'a> {
        Colophon {
            version,
            day,
            files: &self.files,
        }
    }

    /// Ends all containers: their editions lie in the staged places.
    pub(super) fn finish(mut self, version: &str, day: Date) -> Result<Vec<Finished>, Failure> {
        let containers = std::mem::take(&mut self.containers);
        let colophon = self.colophon(version, day);
        let finished = containers.into_iter().map(|opened| {
            Ok(Finished {
                edition: opened.edition,
                changes: opened.container.finish(&colophon)?,
            })
        });
        finished.collect()
    }
}
