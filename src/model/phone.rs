//! Telephone numbers in running text: a number that readers may dial must come from the data.

use crate::finding::rules::UNPUBLISHED_NUMBER;
use crate::finding::{Finding, Findings};
use crate::model::block_text::BlockText;
use crate::model::data::Data;
use std::collections::HashSet;
use std::ops::Range;

/// Fewer digits than this are years, ages or short codes, more are not dialed (ITU-T E.164 allows 15).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Reports the numbers in a block of a finished page that are not published, each where it was written.
pub(crate) fn check(block: &BlockText, published: &HashSet<String>, findings: &mut Findings) {
    for range in unpublished_numbers(&block.text, published) {
        let Some(at) = block.place(&range) else {
            continue;
        };
        let message = format!(
            "`{}` looks like a telephone number that the data does not have",
            &block.text[range]
        );
        findings.push(Finding::new(&UNPUBLISHED_NUMBER, at, message).help("write a placeholder such as `{crisis}`, or put the number with a check date into `content/_data/helplines.toml`"));
    }
}

/// Finds what looks like a telephone number and is not one of the published ones: seven to fifteen digits, grouped as numbers are.
fn unpublished_numbers(text: &str, published: &HashSet<String>) -> Vec<Range<usize>> {
    if text.bytes().filter(u8::is_ascii_digit).count() < *DIGITS.start() {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_digit() || matches!(bytes[at], b'+' | b'(')) {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+() -./".contains(byte);
        let length = rest
            .iter()
            .position(|byte| !is_part(byte))
            .unwrap_or(rest.len());
        let written = text[at..at + length].trim_end_matches([' ', '-', '.', '/', '(', '+']);
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let follows_word = text[..at].ends_with(char::is_alphanumeric);
        if DIGITS.contains(&digits.len())
            && !follows_word
            && !is_date_or_range(written)
            && !published.contains(&digits)
        {
            found.push(at..at + written.len());
        }
        at += length.max(1);
    }
    found
}

/// Gives the digits of all numbers that pages may show.
pub(crate) fn published_numbers(data: &Data) -> HashSet<String> {
    let rows = data
        .helplines
        .iter()
        .filter(|row| row.value.is_published)
        .map(|row| &row.value);
    let lines = rows.flat_map(|row| {
        [
            Some(&row.show.value),
            row.dial.as_ref(),
            row.sms_to.as_ref(),
        ]
    });
    let center = &data.center;
    let own = [
        &center.phone,
        &center.phone_dial,
        &center.after_hours,
        &center.after_hours_dial,
    ];
    let own = own
        .into_iter()
        .map(|spot| spot.as_ref().map(|spot| &spot.value));
    let digits = lines
        .chain(own)
        .flatten()
        .map(|number| number.chars().filter(char::is_ascii_digit).collect());
    digits
        .filter(|digits: &String| !digits.is_empty())
        .collect()
}

/// Dates, ranges of years and ranges of pages have digits too.
fn is_date_or_range(written: &str) -> bool {
    let groups: Vec<&str> = written
        .split(|character: char| !character.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let is_year =
        |group: &&&str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let is_range_of_pages = matches!(groups[..], [from, to]
        if from.len() == 4 && to.len() == 4 && from < to && written.len() == 9);
    is_range_of_pages
        || groups.iter().any(|group| is_year(&group))
            && groups.len() <= 3
            && !written.starts_with(['+', '('])
            && groups.iter().all(|group| group.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_dialed_is_a_number() {
        let found = |text| unpublished_numbers(text, &HashSet::from(["18006624357".to_owned()]));
        assert_eq!(found("Call 1-800-555-0199 now.").first(), Some(&(5..19)));
        assert_eq!(found("Call +44 20 7946 0000.").first(), Some(&(5..21)));
        assert!(found("Call 1-800-662-4357.").is_empty());
        for text in [
            "in 2015-2016 and 2017/18",
            "on 2026-11-22",
            "30.6 million of 12,600",
            "from 10 to 15 of 100",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
