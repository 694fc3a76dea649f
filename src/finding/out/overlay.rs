//! Findings as values for the box in a served page: the keys of the JSON form, with the excerpt that the terminal shows.

use crate::base::place::position;
use crate::finding::Finding;
use crate::finding::out::Sources;
use crate::finding::out::excerpt::Excerpt;
use crate::finding::out::json::object;
use serde_json::{Value, json};

/// Gives a finding: the keys of `check --format json`, the byte range `start` and `end` in the file, and the line of the place as `excerpt`
/// with the range to underline, `from` and `to`, in UTF-16 code units as scripts count.
pub(crate) fn overlay(finding: &Finding, sources: &dyn Sources) -> Value {
    let mut value = object(finding, sources);
    let Some(place) = finding.at else {
        return value;
    };
    let excerpt = Excerpt::around(place, sources.text(place.file));
    let units = |until: usize| excerpt.text[..until].encode_utf16().count();
    value["start"] = place.start.into();
    value["end"] = place.end.into();
    value["excerpt"] = json!({
        "text": excerpt.text,
        "from": units(excerpt.span.start),
        "to": units(excerpt.span.end),
    });
    value
}

/// Gives path, line and column of a finding as people write them, such as `content/en/a.md:12:3`.
pub(crate) fn place_words(finding: &Finding, sources: &dyn Sources) -> Option<String> {
    let place = finding.at?;
    let start = position(sources.text(place.file), place.start as usize);
    let path = sources.path(place.file);
    Some(format!("{path}:{}:{}", start.line, start.column))
}
