//! The arguments of the program; each help text is the doc comment beside it.

use crate::edition::EDITIONS;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsStr;
use std::path::PathBuf;

/// Turn a folder of Markdown into patient education that works anywhere
#[derive(Parser)]
#[command(name = "stepdown", version, about, max_term_width = 100)]
pub(super) struct Arguments {
    /// The site's folder, or a folder in it; the current one if none is given
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Start a new site from the built-in library; never overwrite a file
    Init(Init),
    /// Write a new article with commented front matter, or the skeleton of a translation
    New(New),
    /// Check the site and write its editions
    Build(Build),
    /// Show the site in a browser, and change its pages as files are saved
    Serve(Serve),
    /// Find what is wrong and write nothing
    Check(Check),
    /// Write out a built-in template, style, text or data file, so that the site can change it; never overwrite a file
    Eject(Eject),
    /// Say what a rule means, why it is there and how to mend what it finds
    Explain(Explain),
    /// Search the site as its pages do, and print the pages in the same order
    Search(Search),
    /// Print shell completions
    Completions(Completions),
}

#[derive(Args)]
pub(super) struct Init {
    /// The site's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The site's name, as readers see it
    #[arg(long)]
    pub name: Option<String>,
    /// The languages, the source language first
    #[arg(long, value_delimiter = ',', default_value = "en")]
    pub languages: Vec<String>,
    /// The readers' country, two letters (ISO 3166); it decides which telephone numbers are shown
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
}

#[derive(Args)]
pub(super) struct New {
    /// Where the article goes, such as `tapering/how-tapering-works`
    #[arg(value_name = "SECTION/SLUG")]
    pub page: String,
    /// The title
    #[arg(long)]
    pub title: Option<String>,
    /// The language; the site's first if none is given
    #[arg(long)]
    pub language: Option<String>,
    /// The page of the first language that is translated
    #[arg(long, value_name = "PAGE")]
    pub from: Option<String>,
}

#[derive(Args)]
pub(super) struct Build {
    /// The output folder
    #[arg(long, default_value = "dist")]
    pub out: PathBuf,
    /// What to make, several with commas between; what the settings say if nothing is given
    #[arg(long, value_name = "E,…", value_delimiter = ',', value_parser = EditionName)]
    pub edition: Vec<String>,
    #[command(flatten)]
    pub choices: BuildChoices,
    /// Replace an output folder that Stepdown did not make
    #[arg(long)]
    pub force: bool,
}

#[derive(Args)]
pub(super) struct Serve {
    /// The address that the site is reached at; 0.0.0.0 lets other devices in the network see it
    #[arg(long, value_name = "H", default_value = "127.0.0.1")]
    pub host: String,
    /// The port; the first free one from 8000 on if none is given
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Put drafts into lists and the search too; without it they can be seen at their own addresses
    #[arg(long)]
    pub drafts: bool,
    /// Look for changes twice a second, where the system does not tell of them
    #[arg(long)]
    pub poll: bool,
}

#[derive(Args)]
pub(super) struct Check {
    /// The form of the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The findings that make the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// Show everything that could be clearer, and not only ten places of each page
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub choices: BuildChoices,
}

#[derive(Args)]
pub(super) struct Eject {
    /// The file, such as `templates/page.html` or `texts/en.ftl`; all are listed if none is given
    pub path: Option<String>,
}

#[derive(Args)]
pub(super) struct Explain {
    /// The rule; all rules are listed if none is given
    pub rule: Option<String>,
}

#[derive(Args)]
pub(super) struct Search {
    /// The words, as a reader would type them
    #[arg(required = true)]
    pub words: Vec<String>,
    /// The language; the site's first if none is given
    #[arg(long)]
    pub language: Option<String>,
    /// The most pages to print
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// The form of the results
    #[arg(long, value_enum, default_value_t = SearchFormat::Text)]
    pub format: SearchFormat,
    #[command(flatten)]
    pub choices: BuildChoices,
}

#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Args)]
pub(super) struct BuildChoices {
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// The day that counts as today, such as 2026-11-22
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Excerpts for people
    Text,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0 for code hosts
    Sarif,
    /// A page for a browser
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    /// Lines for people
    Text,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
}

/// Reads the name of an edition. Help and completions list those that can be made; whether one is known is decided where it is made.
#[derive(Clone)]
struct EditionName;

impl TypedValueParser for EditionName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let editions = EDITIONS.iter();
        Some(Box::new(editions.map(|edition| {
            PossibleValue::new(edition.name()).help(edition.about())
        })))
    }
}
