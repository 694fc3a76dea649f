//! `init`: starts a site from the built-in library. A file that is there is never overwritten.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::base::digest::Digest;
use crate::base::language::Language;
use crate::base::slug::address_slug;
use crate::cli::Ending;
use crate::disk::{Disk, RealDisk};
use crate::finding::Failure;
use crate::load::{Starter, starter_files};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the origin of each file is recorded, so that later corrections of the library can be brought in.
pub(super) const RECORD: &str = ".stepdown/library.toml";

/// Runs the command.
pub(super) fn init(
    dir: &Path,
    name: Option<String>,
    languages: &[String],
) -> Result<Ending, Failure> {
    let disk = RealDisk;
    let languages: Result<Vec<Language>, Failure> = languages
        .iter()
        .map(|code| {
            Language::new(code.trim()).ok_or_else(|| {
                Failure::new(format!("`{code}` is not a language code"))
                    .help("write, for example, `--languages en,es`")
            })
        })
        .collect();
    let languages = languages?;
    let name = name.unwrap_or_else(|| "Recovery library".to_owned());
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in starter_files(Starter::Whole).filter(|(path, _)| belongs(path, &languages))
    {
        files.insert(path.to_owned(), bytes.to_vec());
    }
    let record = record(&disk, dir, &files)?;
    files.insert(
        "stepdown.toml".to_owned(),
        settings(&name, &languages).into_bytes(),
    );
    files.insert(".gitignore".to_owned(), b"/dist/\n".to_vec());
    files.insert(
        ".stepdown/schemas/article.schema.json".to_owned(),
        crate::cli::new::article_schema().into_bytes(),
    );
    files.insert(
        ".stepdown/schemas/stepdown.schema.json".to_owned(),
        crate::settings::schema().into_bytes(),
    );
    let mut kept = Vec::new();
    let mut written = 0;
    for (path, bytes) in &files {
        let target = dir.join(path);
        if disk.stat(&target).is_some() {
            kept.push(path.as_str());
            continue;
        }
        disk.create_folder(target.parent().unwrap_or(dir))?;
        disk.write(&target, bytes)?;
        written += 1;
    }
    disk.create_folder(&dir.join(".stepdown"))?;
    disk.write(&dir.join(RECORD), record.as_bytes())?;
    say(dir, written, &kept, &languages);
    Ok(Ending::Done)
}

/// Tells whether a file of the starter belongs to a site in these languages. The look stays in the program until a site overrides it.
fn belongs(path: &str, languages: &[Language]) -> bool {
    let Some(below) = path.strip_prefix("content/") else {
        return false;
    };
    let parts: Vec<&str> = below.split('/').collect();
    let is_wanted = |code: &str| languages.iter().any(|language| language.code() == code);
    match parts.as_slice() {
        ["_data", _file] => true,
        ["_data" | "_shared" | "_records", code, ..] | [code, ..] => is_wanted(code),
        [] => false,
    }
}

/// Writes the record: each file of the library with the version it came from and its digest. What an earlier `init` recorded stays.
pub(super) fn record(
    disk: &dyn Disk,
    dir: &Path,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<String, Failure> {
    let path = dir.join(RECORD);
    let mut record = if disk.stat(&path).is_some() {
        String::from_utf8_lossy(&disk.read(&path)?).into_owned()
    } else {
        "# Where the files of this site come from. Written by `stepdown init`; leave it as it is.\n# It lets later corrections of the library be brought in without losing your changes.\n".to_owned()
    };
    for (path, bytes) in files {
        let is_recorded = record.contains(&format!("path = \"{path}\"\n"));
        let is_new = disk.stat(&dir.join(path)).is_none();
        if is_new && !is_recorded {
            let _ = write!(
                record,
                "\n[[file]]\npath = \"{path}\"\nversion = \"{}\"\nsha256 = \"{}\"\n",
                env!("CARGO_PKG_VERSION"),
                Digest::of(bytes)
            );
        }
    }
    Ok(record)
}

fn settings(name: &str, languages: &[Language]) -> String {
    let codes: Vec<String> = languages
        .iter()
        .map(|language| format!("\"{language}\""))
        .collect();
    let slug = address_slug(name);
    let slug = if slug.is_empty() { "site" } else { &slug };
    let name = serde_json::Value::from(name).to_string();
    include_str!("settings.toml")
        .replace("NAME", &name)
        .replace("SLUG", slug)
        .replace("LANGUAGES", &codes.join(", "))
}

fn say(dir: &Path, written: usize, kept: &[&str], languages: &[Language]) {
    eprintln!(
        "Wrote {written} files to {}",
        crate::cli::said(&crate::cli::real_path(dir))
    );
    if !kept.is_empty() {
        eprintln!("{} files were there already and are unchanged:", kept.len());
        for path in kept {
            eprintln!("  {path}");
        }
    }
    for language in languages {
        let has_library = starter_files(Starter::Whole)
            .any(|(path, _)| path == format!("content/{language}/index.md"));
        if !has_library {
            eprintln!(
                "The library has no articles in `{language}` yet. Put yours into content/{language}/."
            );
        }
    }
    eprintln!("\nNext:");
    eprintln!("  1. Open stepdown.toml and set the name, the country and what may be published.");
    eprintln!("  2. Write your telephone numbers into content/_data/center.toml.");
    let root = if dir == Path::new(".") {
        String::new()
    } else {
        format!(" --root \"{}\"", dir.display())
    };
    eprintln!("  3. To see the site while you write, run: stepdown serve{root} --open");
    eprintln!("  4. To make what is published, run: stepdown build{root}");
}
