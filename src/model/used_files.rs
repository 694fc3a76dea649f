//! The files beside articles that pages show or link to, as the trees of the pages name them. Other files beside articles are never published.

use crate::base::place::{FileId, Place};
use crate::finding::Findings;
use crate::model::{Page, Site, page_tree};
use crate::parse::tree::{Kind, Target, Tree};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Files that pages use, each with the place where one is shown first as a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct UsedFiles(BTreeMap<FileId, Option<Place>>);

impl UsedFiles {
    /// Gives the files that the tree of a page names.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut used = Self::default();
        let is_file = |target: &Target| matches!(target, Target::Asset(_));
        if !tree.links.iter().any(|link| is_file(&link.target)) {
            return used;
        }
        for id in tree.ids() {
            let node = tree.node(id);
            let (link, picture) = match node.kind {
                Kind::Image(link) => (link, Some(node.place)),
                Kind::Link(link) => (link, None),
                _ => continue,
            };
            if let Target::Asset(file) = tree.links[link as usize].target {
                used.add(file, picture);
            }
        }
        used
    }

    /// Gives the files that the published pages of a site use.
    pub(crate) fn of_site(site: &Site) -> Self {
        let pages: Vec<&Page> = site.published().collect();
        let of_pages = pages.into_par_iter().map(|page| {
            let tree = page_tree(site, page, &mut Findings::default());
            Self::of(&tree)
        });
        let mut used = Self::default();
        for of_page in of_pages.collect::<Vec<_>>() {
            used.append(of_page);
        }
        used
    }

    /// Adds the files of a page that comes behind all that were added so far.
    pub(crate) fn append(&mut self, later: Self) {
        for (file, picture) in later.0 {
            self.add(file, picture);
        }
    }

    fn add(&mut self, file: FileId, picture: Option<Place>) {
        let first = self.0.entry(file).or_default();
        *first = first.or(picture);
    }

    /// Tells whether a page uses a file.
    pub(crate) fn has(&self, file: FileId) -> bool {
        self.0.contains_key(&file)
    }

    /// Goes through the files.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileId> {
        self.0.keys().copied()
    }

    /// Goes through those that are shown as pictures, each with the place where it is shown first.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = (FileId, Place)> {
        self.0
            .iter()
            .filter_map(|(file, picture)| Some((*file, (*picture)?)))
    }
}
