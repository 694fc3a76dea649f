//! Findings: what authors should look at, with its rule, its place and its help.
//!
//! A fault in the content is data: it is collected, sorted and shown, and never stops a stage. What no author can mend is a `Failure`.

mod failure;
pub(crate) mod fields;
pub mod out;
pub mod rules;

pub use failure::Failure;
pub use rules::{Group, Rule, Scope, Severity};

use crate::base::place::Place;
use crate::base::value::SyntaxFault;
use crate::finding::out::Sources;
use std::fmt::Display;

/// Something an author, translator or theme maker should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of fault it is.
    pub rule: &'static Rule,
    /// What it does to readers here.
    pub group: Group,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong here, in one plain sentence, lower case, no full stop.
    pub message: String,
    /// The smallest text that is wrong.
    pub at: Option<Place>,
    /// Counterparts elsewhere, each with a label.
    pub also: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
    /// The reason for which the site or the page allows it.
    pub allowed: Option<String>,
}

impl Finding {
    /// Makes a finding of a rule at a place.
    pub(crate) fn new(rule: &'static Rule, at: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            group: rule.group,
            severity: rule.severity,
            message: message.into(),
            at: Some(at),
            also: Vec::new(),
            help: None,
            allowed: None,
        }
    }

    /// Makes a finding that concerns the site and stands in no file.
    pub(crate) fn of_site(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            at: None,
            ..Self::new(
                rule,
                Place::new(crate::base::place::FileId(0), 0..0),
                message,
            )
        }
    }

    /// Says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names a counterpart.
    pub(crate) fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }

    /// Changes how bad the fault is here.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Says that the fault breaks something here, but hurts nobody.
    pub(crate) fn only_broken(mut self) -> Self {
        self.group = Group::Broken;
        self
    }

    /// Tells whether this finding stops a build.
    pub fn stops_the_build(&self) -> bool {
        self.allowed.is_none()
            && self.severity == Severity::Error
            && self.group != Group::CouldBeClearer
    }
}

/// Says what to do about a word that is not known: names the nearest known one, in the form in which it is written, if there is one.
pub(crate) fn did_you_mean(
    nearest: Option<impl Display>,
    otherwise: impl FnOnce() -> String,
) -> String {
    nearest.map_or_else(otherwise, suggestion)
}

/// The same, with a sentence behind it that helps in any case.
pub(crate) fn did_you_mean_and(nearest: Option<impl Display>, always: &str) -> String {
    nearest.map_or_else(
        || always.to_owned(),
        |known| format!("{} {always}", suggestion(known)),
    )
}

/// Asks whether a known word was meant.
pub(crate) fn suggestion(known: impl Display) -> String {
    format!("did you mean `{known}`?")
}

/// Findings of one stage or one run.
#[derive(Clone, Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds what a file's format does not allow.
    pub(crate) fn add_syntax_faults(&mut self, faults: Vec<SyntaxFault>) {
        for fault in faults {
            let mut finding = Finding::new(&rules::WRONG_SYNTAX, fault.place, fault.message);
            finding.help = fault.help;
            self.push(finding);
        }
    }

    /// Adds all findings of another collection.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Sorts by file and place and drops what was found twice, as a shared text is read for each page that includes it.
    pub(crate) fn settle(&mut self, sources: &dyn Sources) {
        let key = |finding: &Finding| {
            let path = finding.at.map(|place| sources.path(place.file));
            (path.is_none(), path, finding.at, finding.rule.name)
        };
        self.0.sort_by(|left, right| {
            key(left)
                .cmp(&key(right))
                .then_with(|| left.message.cmp(&right.message))
        });
        self.0
            .dedup_by(|next, first| key(next) == key(first) && next.message == first.message);
    }

    /// Drops the findings that are not wanted.
    pub(crate) fn retain(&mut self, is_wanted: impl FnMut(&Finding) -> bool) {
        self.0.retain(is_wanted);
    }

    /// Tells whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Goes through the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Goes through the findings and may change them.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }

    /// Counts the findings of a severity that are not allowed.
    pub fn count(&self, severity: Severity) -> usize {
        let of_severity =
            |finding: &&Finding| finding.severity == severity && finding.allowed.is_none();
        self.0.iter().filter(of_severity).count()
    }

    /// Tells whether a build must stop.
    pub fn stop_the_build(&self) -> bool {
        self.0.iter().any(Finding::stops_the_build)
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(findings: T) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a mut Findings {
    type Item = &'a mut Finding;
    type IntoIter = std::slice::IterMut<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
