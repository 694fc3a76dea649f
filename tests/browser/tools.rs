//! The programs and packages that the tests need from outside. What is missing fails with one sentence.

use std::env;
use std::path::{Path, PathBuf};

const ADVICE: &str = "is missing; run tests/run, which installs it";

/// Gives the path of a program.
pub(crate) fn program(names: &[&str]) -> PathBuf {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{} {ADVICE}", names[0]))
}

/// Gives the path of a file of a package, such as `axe-core/axe.min.js`.
pub(crate) fn package(file: &str) -> PathBuf {
    let path = target().join("browser-tools/node_modules").join(file);
    assert!(path.is_file(), "{file} {ADVICE}");
    path
}

/// Gives the folder that cargo builds in.
pub(crate) fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("cargo's folder for tests lies in its target folder")
}
