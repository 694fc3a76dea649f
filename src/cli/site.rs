//! Finds the folder of the site that a command is about: the one named, or one above it. It only looks, and writes nothing.
//!
//! A folder is a site's if it has `stepdown.toml` or `content/`. Where there is none, the failure names sites nearby.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::cli::{real_path, said};
use crate::finding::Failure;
use crate::load::SETTINGS;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// How many folders are looked into for sites nearby, so that a search from `/` ends at once.
const MOST_FOLDERS: usize = 2000;
/// How many folders down a site nearby may lie.
const MOST_LEVELS: usize = 3;
/// How many sites nearby are named.
const MOST_NAMED: usize = 5;

/// Finds the site's folder: the one that `--root` names, or the current one, or the nearest one above that has `stepdown.toml`.
///
/// # Errors
///
/// Fails where the folder is not there, and where neither it nor one above it is a site's.
pub(super) fn folder(root: Option<&Path>) -> Result<PathBuf, Failure> {
    let start = root.unwrap_or(Path::new("."));
    if !start.is_dir() {
        return Err(
            Failure::new(format!("there is no folder {}", start.display()))
                .help("check the path behind `--root`"),
        );
    }
    if is_site(start) {
        return Ok(start.to_owned());
    }
    let real = real_path(start);
    let above = real.ancestors().skip(1);
    let mut above = above.filter(|folder| folder.join(SETTINGS).is_file());
    match above.next() {
        Some(folder) => {
            eprintln!("The site is in {}.", folder.display());
            Ok(folder.to_owned())
        }
        None => Err(no_site(&real)),
    }
}

fn is_site(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file() || folder.join("content").is_dir()
}

fn no_site(start: &Path) -> Failure {
    let message = format!(
        "there is no site in {}, and none above it: no file `stepdown.toml` and no folder `content`, so nothing was done",
        said(start)
    );
    let begin = "to start a new site, run `stepdown init FOLDER`";
    let help = match nearby(start).as_slice() {
        [] => format!("go into the folder of your site, or name it with `--root`; {begin}"),
        near => {
            let roots = near
                .iter()
                .map(|folder| format!("`--root \"{}\"`", said(folder)));
            let roots = roots.collect::<Vec<_>>().join(" or ");
            format!("there is a site nearby: add {roots}; {begin}")
        }
    };
    Failure::new(message).help(help)
}

/// Looks for folders with settings below a folder and beside it, the nearest first.
fn nearby(start: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut seen = 0;
    for (top, levels) in [(Some(start), MOST_LEVELS), (start.parent(), 1)] {
        let mut open: VecDeque<(PathBuf, usize)> =
            top.map(|top| (top.to_owned(), 0)).into_iter().collect();
        while let Some((folder, level)) = open.pop_front() {
            if found.len() == MOST_NAMED || seen == MOST_FOLDERS {
                return found;
            }
            seen += 1;
            if folder.join(SETTINGS).is_file() && !found.contains(&folder) {
                found.push(folder);
            } else if level < levels {
                open.extend(
                    folders_in(&folder)
                        .into_iter()
                        .map(|below| (below, level + 1)),
                );
            }
        }
    }
    found
}

/// Lists the folders in a folder, sorted; hidden ones, links and what programs keep for themselves are left out.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let names = entries.filter(is_folder).map(|entry| entry.file_name());
    let is_looked_into = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        !name.starts_with('.') && !matches!(&*name, "node_modules" | "target" | "dist")
    };
    let mut folders: Vec<PathBuf> = names
        .filter(is_looked_into)
        .map(|name| folder.join(name))
        .collect();
    folders.sort();
    folders
}
