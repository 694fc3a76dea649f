//! The structure that docs/architecture.md promises: which module may use which, and which files name which library.

use crate::support::{files_below, repository};
use std::collections::BTreeSet;

/// Where each library may be named: files, and folders that end with a slash. Their wrappers say why in their first lines.
const LIBRARIES: [(&str, &[&str]); 40] = [
    (
        "aho_corasick",
        &["src/audit/mod.rs", "src/model/glossary.rs"],
    ),
    ("annotate_snippets", &["src/finding/out/terminal.rs"]),
    ("base64", &["src/render/policy.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("fluent_bundle", &["src/base/texts.rs"]),
    ("fluent_syntax", &["src/base/texts.rs"]),
    ("html5ever", &["src/base/html.rs"]),
    ("hyper", &["src/serve/http.rs", "src/serve/http/"]),
    ("icu_collator", &["src/base/collation.rs"]),
    ("icu_datetime", &["src/base/date.rs"]),
    (
        "icu_locale_core",
        &["src/base/collation.rs", "src/base/date.rs"],
    ),
    ("icu_properties", &["src/base/tokens.rs"]),
    // Named in Cargo.toml alone, for a feature of the two above.
    ("icu_provider", &[]),
    ("imagesize", &["src/load/mod.rs"]),
    ("include_dir", &["src/load/starter.rs"]),
    ("indicatif", &["src/cli/progress.rs"]),
    ("jiff", &["src/base/date.rs"]),
    (
        "libm",
        &["src/base/", "src/model/", "src/parse/", "src/search/"],
    ),
    ("markup5ever_rcdom", &["src/base/html.rs"]),
    ("notify", &["src/serve/watch.rs"]),
    ("open", &["src/serve/editor.rs"]),
    (
        "pulldown_cmark",
        &["src/parse/markdown.rs", "src/parse/markdown/"],
    ),
    ("rayon", &["src/"]),
    ("rustc_hash", &["src/"]),
    ("rustix", &["src/disk/real.rs"]),
    ("saphyr_parser", &["src/base/yaml.rs"]),
    (
        "schemars",
        &[
            "src/base/schema.rs",
            "src/finding/fields.rs",
            "src/model/data/schema.rs",
            "src/parse/front_matter.rs",
            "src/settings/",
        ],
    ),
    ("serde", &["src/"]),
    ("serde_json", &["src/"]),
    ("sha2", &["src/base/digest.rs"]),
    ("snowball_stemmers_rs", &["src/search/"]),
    ("socket2", &["src/serve/http.rs"]),
    ("strsim", &["src/base/nearest.rs"]),
    ("tera", &["src/render/templates.rs"]),
    ("tokio", &["src/serve/http.rs", "src/serve/http/"]),
    ("toml", &["src/base/toml.rs"]),
    ("unic_langid", &["src/base/texts.rs"]),
    ("unicode_normalization", &["src/base/"]),
    ("zip", &["src/edition/archive.rs"]),
];

#[test]
fn modules_use_only_what_stands_left_of_them() {
    let order = order();
    let level = |module: &str| {
        order
            .iter()
            .position(|level| level.contains(&module.to_owned()))
    };
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        if module == "lib" {
            continue;
        }
        let Some(own) = level(module) else {
            wrong.push(format!("{} stands in no place of the order", source.path));
            continue;
        };
        for path in paths(&source.code)
            .filter(|path| path.len() > 1 && matches!(path[0], "crate" | "stepdown"))
        {
            let used = path[1];
            let is_left = level(used).is_some_and(|used| used < own);
            if used != module && !is_left {
                wrong.push(format!("{} uses {}", source.path, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_order_of_modules_is_the_same_in_the_code_and_in_the_documents_and_names_all_of_them() {
    let docs = read("docs/architecture.md");
    assert!(
        docs.contains(&order_line()),
        "docs/architecture.md lacks {}",
        order_line()
    );
    let named: BTreeSet<String> = order().into_iter().flatten().collect();
    let modules: BTreeSet<String> = sources()
        .iter()
        .map(|source| source.module().to_owned())
        .collect();
    let modules = modules
        .into_iter()
        .filter(|module| module != "lib")
        .collect();
    assert_eq!(named, modules);
}

#[test]
fn each_library_is_named_only_in_its_files() {
    let sources = sources();
    let outside: Vec<(&Source, BTreeSet<&str>)> = sources
        .iter()
        .map(|source| (source, source.outside()))
        .collect();
    let mut wrong = Vec::new();
    for library in dependencies() {
        let Some((_, places)) = LIBRARIES.iter().find(|(name, _)| *name == library) else {
            wrong.push(format!("{library} has no row in this test"));
            continue;
        };
        let is_in = |path: &str, place: &str| {
            path == place || place.ends_with('/') && path.starts_with(place)
        };
        let users: Vec<&Source> = outside
            .iter()
            .filter(|(_, names)| names.contains(&*library))
            .map(|(source, _)| *source)
            .collect();
        for user in &users {
            if !places.iter().any(|place| is_in(&user.path, place)) {
                wrong.push(format!("{} names {library}", user.path));
            }
        }
        for place in *places {
            if !users.iter().any(|user| is_in(&user.path, place)) {
                wrong.push(format!("nothing in {place} names {library}"));
            }
        }
    }
    let known = dependencies();
    let gone = LIBRARIES
        .iter()
        .filter(|(name, _)| !known.contains(&(*name).to_owned()));
    wrong.extend(gone.map(|(name, _)| format!("Cargo.toml does not name {name}")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A source file without its comments and tests.
struct Source {
    /// From the root of the repository.
    path: String,
    code: String,
}

impl Source {
    /// The module right below the root of the crate in which the file lies.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap();
        below.split(['/', '.']).next().unwrap()
    }

    /// Gives the first names of all paths of the code that lead outside: libraries and what was imported. A module of ours may bear the name of
    /// a library; where a file declares or imports it, the name is not the library's.
    fn outside(&self) -> BTreeSet<&str> {
        let paths: Vec<Vec<&str>> = paths(&self.code).collect();
        let ours = paths
            .iter()
            .filter(|path| path.len() > 1 && path[0] == "crate");
        let ours: BTreeSet<&str> = ours.filter_map(|path| path.last().copied()).collect();
        let is_ours =
            |name: &str| ours.contains(name) || self.code.contains(&format!("mod {name};"));
        let firsts = paths
            .iter()
            .filter(|path| path.len() > 1)
            .map(|path| path[0]);
        firsts.filter(|name| !is_ours(name)).collect()
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

fn sources() -> Vec<Source> {
    let files = files_below(&repository().join("src")).into_iter();
    let is_code = |path: &str| path.ends_with(".rs") && !path.ends_with("/tests.rs");
    let sources: Vec<Source> = files
        .filter(|(path, _)| is_code(path))
        .map(|(path, bytes)| Source {
            path: format!("src/{path}"),
            code: code(&String::from_utf8(bytes).unwrap()),
        })
        .collect();
    assert!(sources.len() > 100, "only {} files", sources.len());
    sources
}

/// Gives a file up to its tests, which stand last, without lines that are comments.
fn code(text: &str) -> String {
    let end = text
        .find("\n#[cfg(test)]\nmod tests {")
        .unwrap_or(text.len());
    let lines = text[..end].lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// Gives the paths of a code, such as `["crate", "base", "slug"]`; names that stand alone are paths of one.
fn paths(code: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_between = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | ':');
    let words = code
        .split(is_between)
        .filter(|word| word.contains(|letter: char| letter != ':'));
    words.map(|word| {
        let is_type = word.ends_with(':') && !word.ends_with("::");
        word[..word.len() - usize::from(is_type)]
            .split("::")
            .collect()
    })
}

/// The line of the crate's documentation that names the modules from left to right.
fn order_line() -> String {
    let map = read("src/lib.rs");
    let line = map.lines().find(|line| line.contains("`base ←")).unwrap();
    let (_, line) = line.split_once('`').unwrap();
    let (line, _) = line.split_once('`').unwrap();
    line.to_owned()
}

/// The modules from left to right; those of one place do not use each other.
fn order() -> Vec<Vec<String>> {
    let line = order_line();
    let places = line.split(" ← ");
    places
        .map(|place| place.split(", ").map(str::to_owned).collect())
        .collect()
}

/// The libraries that Cargo.toml names for the program, as code names them.
fn dependencies() -> Vec<String> {
    let cargo = read("Cargo.toml");
    let (_, rest) = cargo.split_once("[dependencies]\n").unwrap();
    let (own, _) = rest.split_once("\n[").unwrap();
    let names = own
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.replace('-', "_")).collect()
}
