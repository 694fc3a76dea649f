//! `eject`: writes out a file that is built into the program, so that a site can change it. A file that is there is never overwritten.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the program speaks"
)]

use crate::base::nearest::nearest;
use crate::cli::{Ending, init};
use crate::disk::{Disk, RealDisk, WritableDisk};
use crate::finding::{Failure, did_you_mean_and};
use crate::load::{Starter, starter_files};
use std::collections::BTreeMap;
use std::path::Path;

/// What helps where the site has the file already.
const HOW_TO_BEGIN_AGAIN: &str =
    "open it and change it; to begin again from the built-in file, move yours away first";

/// Prints the paths of all built-in files.
pub(super) fn list() -> Ending {
    for (path, _) in starter_files(Starter::Whole) {
        println!("{path}");
    }
    Ending::Done
}

/// Runs the command. The path may leave out its first folders where one file only ends like this.
pub(super) fn eject(root: &Path, path: &str) -> Result<Ending, Failure> {
    let (path, bytes) = find(path)?;
    let disk = RealDisk;
    let target = root.join(path);
    if disk.stat(&target).is_some() {
        let failure = Failure::new(format!("{path} is there already, so nothing was written"));
        return Err(failure.help(HOW_TO_BEGIN_AGAIN));
    }
    let files = BTreeMap::from([(path.to_owned(), bytes.to_vec())]);
    let record = init::record(&disk, root, &files)?;
    disk.create_folder(target.parent().unwrap_or(root))?;
    disk.write(&target, bytes)?;
    disk.create_folder(&root.join(".stepdown"))?;
    disk.write(&root.join(init::RECORD), record.as_bytes())?;
    eprintln!("Wrote {path}. The site now uses this file in place of the built-in one.");
    if path.starts_with("templates/texts/") {
        eprintln!(
            "Keep the lines that you change and take the others out: the built-in texts stand in for them."
        );
    }
    Ok(Ending::Done)
}

fn find(wanted: &str) -> Result<(&'static str, &'static [u8]), Failure> {
    let wanted = wanted.trim_start_matches("./").replace('\\', "/");
    let files: Vec<_> = starter_files(Starter::Whole).collect();
    let ends_so = |path: &str| {
        path.strip_suffix(wanted.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    let fitting: Vec<_> = files.iter().filter(|(path, _)| ends_so(path)).collect();
    let exact = files.iter().find(|(path, _)| *path == wanted);
    match (exact, fitting.as_slice()) {
        (Some(file), _) => Ok(*file),
        (None, [file]) => Ok(**file),
        (None, []) => {
            let near = nearest(&wanted, files.iter().map(|(path, _)| *path));
            let always = "`stepdown eject` without a path lists all built-in files";
            let help = did_you_mean_and(near, always);
            Err(Failure::new(format!("there is no built-in file `{wanted}`")).help(help))
        }
        (None, several) => {
            let paths: Vec<_> = several
                .iter()
                .map(|(path, _)| format!("`{path}`"))
                .collect();
            Err(
                Failure::new(format!("several built-in files end with `{wanted}`"))
                    .help(format!("write one of {}", paths.join(", "))),
            )
        }
    }
}
