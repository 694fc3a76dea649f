//! What a build changed in the folder `web`: the names for the terminal, and `changes.txt` for whoever runs the website.
//!
//! `changes.txt` always describes the folder beside it. It is taken away before the folder is exchanged and written afterwards,
//! so one that is there is true; where none is there, the folder counts as one that nobody knows.

use crate::base::date::Date;
use crate::edition::web::MANIFEST;
use std::collections::BTreeSet;

/// The name of the list of changes in the output folder.
pub(crate) const NAME: &str = "changes.txt";

/// The first line; a file that begins otherwise was not made by this program.
const MARK: &str = "What changed in the folder `web`\n";

/// What stands above the builds.
const INTRODUCTION: &str = "
For whoever runs the website. All names are seen from within the folder `web`.
The newest build stands first. If the website has an older version than the build
before it, work through the builds from below, or exchange the whole folder.
";

/// Begins the part of each build; no other line begins so.
const BUILD: &str = "Build of ";

/// How many builds the list holds at most.
const MAX_BUILDS: usize = 12;

/// What a build did to the files of the web edition. Each list stands in the order of use: pages, other files, the search, the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that went; on a web server they must be deleted.
    pub gone: Vec<String>,
    /// Files that were not there before.
    pub new: Vec<String>,
    /// Files that were there with other bytes.
    pub changed: Vec<String>,
    /// How many files stayed as they were.
    pub kept: usize,
    /// Whether no file was there before.
    pub is_first: bool,
}

/// What became of one file of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It went.
    Gone,
    /// It is new.
    New,
    /// It has other bytes.
    Changed,
}

impl Changes {
    /// Compares the files before a build with those after it, of which each says whether it was kept.
    pub(crate) fn between<'a>(
        before: &BTreeSet<&str>,
        after: impl Iterator<Item = (&'a str, bool)>,
    ) -> Self {
        let mut changes = Self {
            is_first: before.is_empty(),
            ..Self::default()
        };
        let mut gone = before.clone();
        for (address, is_kept) in after {
            let was_there = gone.remove(address);
            if is_kept {
                changes.kept += 1;
            } else if was_there {
                changes.changed.push(address.to_owned());
            } else {
                changes.new.push(address.to_owned());
            }
        }
        changes.gone = gone.into_iter().map(ToOwned::to_owned).collect();
        for list in [&mut changes.gone, &mut changes.new, &mut changes.changed] {
            list.sort_by(|left, right| (order(left), left).cmp(&(order(right), right)));
        }
        changes
    }

    /// Gives all names: what went first, because on a server nobody misses its deletion, then what is new and what changed.
    pub fn names(&self) -> impl Iterator<Item = (Change, &str)> {
        let named = |change, list| <[String]>::iter(list).map(move |name| (change, name.as_str()));
        named(Change::Gone, &self.gone)
            .chain(named(Change::New, &self.new))
            .chain(named(Change::Changed, &self.changed))
    }

    /// Writes the list of changes anew: the part of this build, then those of the list before it.
    pub(crate) fn list(&self, before: Option<&str>, build: &Build<'_>) -> String {
        let known = before
            .and_then(|list| list.strip_prefix(MARK))
            .filter(|_| !self.is_first);
        let mut lines = vec![
            format!("{BUILD}{}", build.day),
            format!("  Site: {}", one_line(build.site)),
            format!("  Program: {}", build.program),
            format!("  Version of the content: {}", build.version),
        ];
        match known {
            Some(_) => self.name_all(&mut lines),
            None => lines.extend(self.all_of_it()),
        }
        let part = lines.join("\n");
        let older = parts(known.unwrap_or_default()).take(MAX_BUILDS - 1);
        let parts: Vec<&str> = std::iter::once(&*part)
            .chain(older.map(str::trim_end))
            .collect();
        format!("{MARK}{INTRODUCTION}\n{}\n", parts.join("\n\n"))
    }

    /// Says what to do where nobody knows what was there before.
    fn all_of_it(&self) -> [String; 3] {
        let files = self.new.len() + self.changed.len() + self.kept;
        [
            String::new(),
            format!(
                "  There is no list of what was built before. Put the whole folder `web` ({files} files)"
            ),
            "  in the place of the one on the server, so that nothing old is left there."
                .to_owned(),
        ]
    }

    fn name_all(&self, lines: &mut Vec<String>) {
        let mut names = self.names();
        if names.all(|(change, name)| change == Change::Changed && name == MANIFEST) {
            let sentence = match self.changed.len() {
                0 => "  Nothing changed: there is nothing to upload and nothing to delete.",
                _ => "  Nothing changed but the day of the build.",
            };
            lines.extend([String::new(), sentence.to_owned()]);
        }
        for (title, names) in [
            ("Delete on the server", &self.gone),
            ("Upload, new", &self.new),
            ("Upload, changed", &self.changed),
        ] {
            if !names.is_empty() {
                lines.extend([String::new(), format!("  {title} ({}):", names.len())]);
            }
            lines.extend(names.iter().map(|name| format!("    {}", one_line(name))));
        }
    }
}

/// What the list says of a build.
pub(crate) struct Build<'a> {
    /// The day of its content.
    pub day: Date,
    /// The site's name.
    pub site: &'a str,
    /// The program and its version.
    pub program: &'a str,
    /// The version of the content.
    pub version: &'a str,
}

/// Tells whether a list of changes was made by this program.
pub(crate) fn is_list(text: &[u8]) -> bool {
    text.starts_with(MARK.as_bytes())
}

/// Gives the parts of a list, one for each build.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = list
        .match_indices(BUILD)
        .map(|(at, _)| at)
        .filter(|at| list[..*at].ends_with('\n'))
        .collect();
    starts.push(list.len());
    (1..starts.len()).map(move |index| &list[starts[index - 1]..starts[index]])
}

/// Gives in which order files are named: pages, what they show, the search, and last the manifest, which is for programs.
fn order(address: &str) -> u8 {
    match address.rsplit_once('.') {
        Some((_, "html")) => 0,
        _ if address.starts_with("search/") => 2,
        _ if address == MANIFEST => 3,
        _ => 1,
    }
}

/// Gives a text without line breaks and other control characters: a name that somebody put into the folder may hold them.
fn one_line(text: &str) -> String {
    let plain = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    text.chars().map(plain).collect()
}
