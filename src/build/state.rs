//! What a build remembers for the next: the digest of its inputs, its findings, and how its files looked.

use crate::base::digest::Digest;
use crate::base::place::{FileId, Place};
use crate::build::PageCount;
use crate::build::output::{Output, Stamp};
use crate::disk::{Disk, WritableDisk};
use crate::finding::{Failure, Finding, Findings, Group, Severity, rules};
use serde_json::{Value, json};
use std::path::Path;

/// The state after a build that wrote its output.
pub(super) struct State {
    pub inputs: Digest,
    pub findings: Findings,
    pub pages: PageCount,
    /// Each file with its length and time.
    pub files: Vec<Stamp>,
}

impl State {
    /// Reads the state; one that cannot be read counts as none.
    pub(super) fn read(disk: &dyn Disk, path: &Path) -> Option<StoredState> {
        disk.stat(path)?;
        let bytes = disk.read(path).ok()?;
        let value: Value = serde_json::from_slice(&bytes).ok()?;
        let findings = value["findings"]
            .as_array()?
            .iter()
            .map(read_finding)
            .collect::<Option<Vec<_>>>()?;
        let mut all = Findings::default();
        for finding in findings {
            all.push(finding);
        }
        let number = |name: &str| usize::try_from(value[name].as_u64()?).ok();
        let files = value["files"]
            .as_array()?
            .iter()
            .map(read_stamp)
            .collect::<Option<Vec<_>>>()?;
        Some(StoredState {
            inputs: value["inputs"].as_str()?.to_owned(),
            findings: all,
            pages: PageCount {
                published: number("published")?,
                unreviewed: number("unreviewed")?,
                drafts: number("drafts")?,
                unchecked: number("unchecked")?,
            },
            files,
        })
    }

    /// Writes the state.
    pub(super) fn write(&self, disk: &dyn WritableDisk, path: &Path) -> Result<(), Failure> {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|stamp| json!([stamp.path, stamp.length, stamp.modified.to_string()]))
            .collect();
        let value = json!({
            "inputs": self.inputs.to_string(),
            "published": self.pages.published,
            "unreviewed": self.pages.unreviewed,
            "drafts": self.pages.drafts,
            "unchecked": self.pages.unchecked,
            "findings": self.findings.iter().map(finding_value).collect::<Vec<_>>(),
            "files": files,
        });
        let part = path.with_extension("part");
        disk.write(&part, value.to_string().as_bytes())?;
        disk.rename(&part, path)
    }
}

/// A state that was read.
pub(super) struct StoredState {
    inputs: String,
    pub findings: Findings,
    pub pages: PageCount,
    files: Vec<Stamp>,
}

impl StoredState {
    /// Tells whether the inputs are the same and nobody touched the output.
    pub(super) fn is_current(&self, inputs: &Digest, output: &Output<'_>) -> bool {
        self.inputs == inputs.to_string() && output.stamp().is_ok_and(|files| files == self.files)
    }
}

fn place_value(place: Place) -> Value {
    json!([place.file.0, place.start, place.end])
}

fn read_place(value: &Value) -> Option<Place> {
    let number = |index: usize| u32::try_from(value[index].as_u64()?).ok();
    Some(Place {
        file: FileId(number(0)?),
        start: number(1)?,
        end: number(2)?,
    })
}

fn finding_value(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.name,
        "group": finding.group.words(),
        "severity": finding.severity.name(),
        "message": finding.message,
        "at": finding.at.map(place_value),
        "also": finding.also.iter().map(|(place, label)| json!([place_value(*place), label])).collect::<Vec<_>>(),
        "help": finding.help,
        "allowed": finding.allowed,
    })
}

fn read_finding(value: &Value) -> Option<Finding> {
    let text = |name: &str| value[name].as_str().map(ToOwned::to_owned);
    let severity = [Severity::Note, Severity::Warning, Severity::Error]
        .into_iter()
        .find(|severity| Some(severity.name()) == value["severity"].as_str())?;
    let group = Group::ALL
        .into_iter()
        .find(|group| Some(group.words()) == value["group"].as_str())?;
    let also = value["also"]
        .as_array()?
        .iter()
        .map(|other| Some((read_place(&other[0])?, other[1].as_str()?.to_owned())));
    Some(Finding {
        rule: rules::rule(value["rule"].as_str()?)?,
        group,
        severity,
        message: text("message")?,
        at: read_place(&value["at"]),
        also: also.collect::<Option<Vec<_>>>()?,
        help: text("help"),
        allowed: text("allowed"),
    })
}

fn read_stamp(value: &Value) -> Option<Stamp> {
    Some(Stamp {
        path: value[0].as_str()?.to_owned(),
        length: value[1].as_u64()?,
        modified: value[2].as_str()?.parse().ok()?,
    })
}
