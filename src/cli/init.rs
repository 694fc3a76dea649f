//! `init`: starts a site from the built-in library. A file that is there is never overwritten.
#![expect(clippy::print_stderr, reason = "this is where the program speaks")]

use crate::base::country;
use crate::base::digest::Digest;
use crate::base::language::Language;
use crate::base::slug::address_slug;
use crate::cli::{Ending, real_path, said};
use crate::disk::{Disk, RealDisk, WritableDisk};
use crate::edition::{EDITIONS, names};
use crate::finding::{Failure, Findings};
use crate::load::{SETTINGS, Starter, load, starter_files};
use crate::model::unfilled;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Where the origin of each file is recorded, so that later corrections of the library can be brought in.
pub(super) const RECORD: &str = ".stepdown/library.toml";

/// Runs the command.
pub(super) fn init(
    dir: &Path,
    name: Option<&str>,
    languages: &[String],
    country: Option<&str>,
) -> Result<Ending, Failure> {
    let disk = RealDisk;
    refuse_among_sources(dir)?;
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
    let country = country.map(country_code).transpose()?;
    let asked = Asked {
        name,
        country: country.as_deref(),
        languages: &languages,
    };
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in starter_files(Starter::Whole).filter(|(path, _)| belongs(path, &languages))
    {
        files.insert(path.to_owned(), bytes.to_vec());
    }
    let record = record(&disk, dir, &files)?;
    files.insert(SETTINGS.to_owned(), settings(&asked).into_bytes());
    files.insert(".gitignore".to_owned(), b"/dist/\n".to_vec());
    let editors = crate::cli::editors::files().into_iter();
    files.extend(editors.map(|(path, text)| (path, text.into_bytes())));
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
    say(dir, written, &kept, &asked);
    let snapshot = load(&disk, dir, Starter::Whole, &mut Findings::default())?;
    let settings = crate::settings::read(&snapshot, &mut Findings::default());
    let lacks = unfilled(&snapshot, &settings);
    // A country that was asked for is in the settings, or it was just said how to write it there.
    let wants_country = settings.country.is_none() && country.is_none();
    if wants_country {
        eprintln!(
            "No country was given, so the line at the top of each page cannot name the emergency number and the crisis line."
        );
    }
    if let Some(country) = &settings.country {
        say_numbers(country, &lacks);
    }
    say_next(dir, wants_country);
    Ok(Ending::Done)
}

/// Refuses a folder that another site reads: each file of the new site would be a finding there.
fn refuse_among_sources(dir: &Path) -> Result<(), Failure> {
    let real = real_path(dir);
    for site in real.ancestors().skip(1) {
        let below = real.strip_prefix(site).unwrap_or(&real);
        let is_read = ["content", "static", "templates"]
            .iter()
            .any(|folder| below.starts_with(folder));
        if is_read && site.join(SETTINGS).is_file() {
            return Err(Failure::new(format!(
                "{} lies among the files of the site in {}, so nothing was written",
                said(&real),
                site.display()
            ))
            .help("run `stepdown init FOLDER` with a folder outside of that site"));
        }
    }
    Ok(())
}

/// What a new site is asked to be.
struct Asked<'a> {
    name: Option<&'a str>,
    country: Option<&'a str>,
    languages: &'a [Language],
}

/// Gives the code of a country, however its letters were typed.
fn country_code(typed: &str) -> Result<String, Failure> {
    let code = country::code(typed.trim()).map(ToOwned::to_owned);
    code.ok_or_else(|| {
        let help = match country::code_of_name(typed) {
            Some(code) => format!("write `--country {code}`"),
            None => "write the two letters of your country (ISO 3166), for example `--country US`"
                .to_owned(),
        };
        Failure::new(format!("`{typed}` is not the code of a country")).help(help)
    })
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
    disk: &dyn WritableDisk,
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

fn settings(asked: &Asked<'_>) -> String {
    let codes: Vec<String> = asked
        .languages
        .iter()
        .map(|language| format!("\"{language}\""))
        .collect();
    let name = asked.name.unwrap_or("Recovery library");
    let slug = address_slug(name);
    let slug = if slug.is_empty() { "site" } else { &slug };
    let country = match asked.country {
        Some(code) => country_line(code),
        None => format!("# {}", country_line("US")),
    };
    let quoted_names: Vec<String> = names(EDITIONS).iter().map(|name| quoted(name)).collect();
    let explained = EDITIONS.iter();
    let explained: Vec<String> = explained
        .map(|edition| format!("{} ({})", quoted(edition.name()), edition.about()))
        .collect();
    // The name comes last: it may have any words in it.
    include_str!("settings.toml")
        .replace("COUNTRY", &country)
        .replace("EDITION_NAMES", &quoted_names.join(", "))
        .replace("WHAT_EDITIONS_ARE", &explained.join(" and "))
        .replace("SLUG", slug)
        .replace("LANGUAGES", &codes.join(", "))
        .replace("NAME", &quoted(name))
}

fn country_line(code: &str) -> String {
    format!("country = \"{code}\"")
}

/// Writes a text as a TOML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn say(dir: &Path, written: usize, kept: &[&str], asked: &Asked<'_>) {
    eprintln!("Wrote {written} files to {}", said(&real_path(dir)));
    if !kept.is_empty() {
        eprintln!("{} files were there already and are unchanged:", kept.len());
        for path in kept {
            eprintln!("  {path}");
        }
    }
    let lines: Vec<String> = asked
        .name
        .map(|name| format!("name = {}", quoted(name)))
        .into_iter()
        .chain(asked.country.map(country_line))
        .collect();
    if kept.contains(&SETTINGS) && !lines.is_empty() {
        eprintln!("{SETTINGS} was there already. To have what you asked for, write into it:");
        for line in lines {
            eprintln!("  {line}");
        }
    }
    for language in asked.languages {
        let has_library = starter_files(Starter::Whole)
            .any(|(path, _)| path == format!("content/{language}/index.md"));
        if !has_library {
            eprintln!(
                "The library has no articles in `{language}` yet. Put yours into content/{language}/."
            );
        }
    }
}

/// Says which numbers the line at the top of each page cannot name for a country.
fn say_numbers(country: &str, lacks: &[&str]) {
    let named = [
        ("emergency", "no emergency number"),
        ("crisis", "no crisis line"),
    ];
    let missing: Vec<&str> = named
        .into_iter()
        .filter(|(name, _)| lacks.contains(name))
        .map(|(_, words)| words)
        .collect();
    if !missing.is_empty() {
        eprintln!(
            "content/_data/helplines.toml has {} for {country} yet, so the line at the top of each page cannot name it. Add a row for each number, and call it first.",
            missing.join(" and ")
        );
    }
}

fn say_next(dir: &Path, wants_country: bool) {
    eprintln!("\nNext:");
    if wants_country {
        eprintln!(
            "  1. Open {SETTINGS}. Take the # away before {} and write the two letters of your country there. Then set the name and what may be published.",
            country_line("US")
        );
    } else {
        eprintln!("  1. Open {SETTINGS} and set the name and what may be published.");
    }
    eprintln!(
        "  2. Write your telephone numbers into content/_data/center.toml, and say there who answers them."
    );
    let root = if dir == Path::new(".") {
        String::new()
    } else {
        format!(" --root \"{}\"", dir.display())
    };
    eprintln!("  3. To see the site while you write, run: stepdown serve{root} --open");
    eprintln!("  4. To make what is published, run: stepdown build{root}");
}
