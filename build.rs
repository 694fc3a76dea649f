//! Tells cargo when to build again, and names the program's source so that two builds of one version are told apart.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    for folder in ["content", "templates", "static", "src"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let mut hasher = DefaultHasher::new();
    hash_folder(Path::new("src"), &mut hasher)?;
    println!("cargo::rustc-env=STEPDOWN_SOURCE={:016x}", hasher.finish());
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a build script reads its own sources"
)]
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            path.to_string_lossy().hash(hasher);
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}
