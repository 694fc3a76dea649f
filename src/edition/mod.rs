//! Editions: the forms in which a site is handed out, in one list that everything else reads.
//!
//! An [`Edition`] says what it puts into the output folder and in which [`Container`]; its [`Form`] says which files it has and how
//! pages are written in it. Editions of one form share the work: `web` and `zip` hold the same bytes. A new edition is one file here and
//! one line in [`EDITIONS`].

pub(crate) mod archive;
pub(crate) mod changes;
pub(crate) mod folder;
pub(crate) mod web;
pub(crate) mod zip;

use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::disk::{Disk, WritableDisk};
use crate::finding::{Failure, Findings};
use crate::model::{Page, Site, UsedFiles};
use crate::parse::tree::Tree;
use crate::render::html::{self, Addresses, Syntax};
use crate::render::view::Renderer;
use crate::settings::Settings;
use changes::Changes;
use std::path::{Path, PathBuf};
use web::Entry;

/// Editions that can be made.
pub(crate) type Editions = &'static [&'static dyn Edition];

/// All editions, the usual one first: it is made where nobody names one.
pub(crate) const EDITIONS: Editions = &[&web::Web, &zip::Zip];

/// The form in which a site is checked and shown while it is edited.
pub(crate) const CHECKED: &dyn Form = &web::Web;

/// A form in which a site is handed out.
pub(crate) trait Edition: Sync {
    /// Its name in the settings and on the command line.
    fn name(&self) -> &'static str;
    /// What it is, in a few words for the help.
    fn about(&self) -> &'static str;
    /// Its files and how pages are written in it.
    fn form(&self) -> &'static dyn Form;
    /// What it puts into the output folder.
    fn landings(&self, settings: &Settings) -> Vec<Landing>;
    /// Starts to write it; the places of the stage are those of its landings, in their order.
    fn start<'d>(&self, stage: Stage<'d>) -> Result<Box<dyn Container + 'd>, Failure>;
    /// Gives files that no other edition of its form has, by address.
    fn extras(
        &self,
        _site: &Site,
        _renderer: &Renderer,
        _findings: &mut Findings,
    ) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }
    /// Says what to do with it, as a build ends; the places are those of its landings. `say` gives a path as it is best said.
    fn closing(&self, places: &[PathBuf], say: &dyn Fn(&Path) -> String) -> String;
    /// Gives the media type of its files if the preview offers them to be taken along; it makes them in memory when somebody asks.
    fn offered_as(&self) -> Option<&'static str> {
        None
    }
}

/// Files of an edition, whatever they are put into.
pub(crate) trait Form: Sync {
    /// Its name; two forms of one name are the same.
    fn name(&self) -> &'static str;
    /// Gives its files, in the order in which they are written, but for those that are known only when all pages are made.
    fn plan(&self, site: &Site) -> Vec<Entry>;
    /// Gives the copies of the files beside articles that pages use, but for those whose addresses the plan has.
    fn copies(&self, _site: &Site, _used: &UsedFiles, _plan: &[Entry]) -> Vec<Entry> {
        Vec::new()
    }
    /// How elements without content are closed in it.
    fn syntax(&self) -> Syntax;
    /// Gives the addresses to which a page leads that stands at an address.
    fn addresses<'s>(&self, site: &'s Site, from: &'s str) -> Box<dyn Addresses + 's>;
    /// Writes a page that stands at an address, of which the tree is known.
    fn page(
        &self,
        renderer: &Renderer,
        page: &Page,
        tree: &Tree,
        from: &str,
        findings: &mut Findings,
    ) -> Vec<u8>;
    /// Gives what a page says, without what stands around it: HTML in its own syntax and with its own addresses.
    fn content(&self, site: &Site, page: &Page, tree: &Tree, from: &str) -> String {
        let addresses = self.addresses(site, from);
        html::write(site, page, tree, &*addresses, self.syntax())
    }
}

/// Something in the output folder that is put in place in one step, and stays as it is until then.
#[derive(Clone, Debug)]
pub(crate) struct Landing {
    /// Its name in the output folder, which no other edition has.
    pub name: String,
    /// What it is.
    pub kind: LandingKind,
}

/// What a landing is, and by what it is known again: only what this program made is replaced.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LandingKind {
    /// A folder, exchanged as a whole.
    Folder {
        /// The file that only a folder of this program has.
        mark: &'static str,
        /// The list beside the folder of what its last exchange changed.
        changes: &'static str,
    },
    /// A file that is moved to its place.
    File {
        /// Tells whether the bytes of a file were made by this program.
        is_ours: fn(&[u8]) -> bool,
    },
}

/// Where an edition is written.
pub(crate) struct Stage<'d> {
    /// The disk of the output.
    pub disk: &'d dyn WritableDisk,
    /// The disk of the site's folder, from which files are copied.
    pub source: &'d dyn Disk,
    /// One for each landing.
    pub places: Vec<Place>,
    /// The short name of the site.
    pub slug: &'d str,
    /// The day of the build.
    pub today: Date,
}

/// The two paths of a landing.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Where it is written.
    pub staged: PathBuf,
    /// Where it will stand, and where the version before it may stand.
    pub path: PathBuf,
}

/// What takes the files of an edition, one after the other.
pub(crate) trait Container: Send {
    /// Takes a file.
    fn add(&mut self, address: &str, contents: &Contents<'_>) -> Result<(), Failure>;
    /// Ends: everything lies in the staged places. A folder tells what its exchange will change.
    fn finish(self: Box<Self>, colophon: &Colophon<'_>) -> Result<Option<Changes>, Failure>;
}

/// The bytes of a file.
pub(crate) enum Contents<'a> {
    /// They are here.
    Bytes(&'a [u8]),
    /// They are those of a file of the site's folder.
    FileAt(&'a Path),
}

/// What an edition says of itself.
pub(crate) struct Colophon<'a> {
    /// The version of the content.
    pub version: &'a str,
    /// The day of the build.
    pub day: Date,
    /// All files of the form.
    pub files: &'a [FileFacts],
}

/// What is known of a file that was written.
pub(crate) struct FileFacts {
    /// Its address.
    pub address: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
}

/// The program and its version, as files name it.
pub(crate) const PROGRAM: &str = concat!("stepdown ", env!("CARGO_PKG_VERSION"));

/// Gives the names of editions.
pub(crate) fn names(editions: Editions) -> Vec<&'static str> {
    editions.iter().map(|edition| edition.name()).collect()
}

/// Chooses the editions of a build: those that are asked for, else those of the settings, else the usual one; in the order of the list.
/// Names in the settings that no edition has are left to the check of the settings.
pub(crate) fn choose(
    all: Editions,
    settings: &Settings,
    asked: &[String],
) -> Result<Vec<&'static dyn Edition>, Failure> {
    let known = names(all);
    if let Some(name) = asked.iter().find(|name| !known.contains(&name.as_str())) {
        let failure = Failure::new(format!("there is no edition `{name}`"));
        return Err(failure.help(format!("the editions are {}", listed(&known))));
    }
    let wanted = |name: &str| match asked {
        [] => settings.editions.iter().any(|spot| spot.value == name),
        asked => asked.iter().any(|asked| asked == name),
    };
    let chosen = all.iter().copied().filter(|edition| wanted(edition.name()));
    let chosen: Vec<_> = chosen.collect();
    Ok(if chosen.is_empty() {
        all[..1].to_vec()
    } else {
        chosen
    })
}

/// Writes words as a list: `web, zip and text`.
fn listed(words: &[&str]) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        words => words.concat(),
    }
}
