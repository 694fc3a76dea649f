//! Which part of its content a request gets: all, some, or none because it has it already.

use super::request::Method;
use hyper::header::{self, HeaderMap, HeaderName};

/// How much of the content is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Status 304.
    Unchanged,
    /// Status 206; `length` is at least 1.
    Part {
        from: u64,
        length: u64,
    },
    /// Status 416.
    Beyond,
}

/// Reads the conditions and the range of a request.
pub(super) fn extent(
    method: Method,
    headers: &HeaderMap,
    tag: Option<&str>,
    length: u64,
) -> Extent {
    if has_it(headers, tag) {
        return Extent::Unchanged;
    }
    let Some(range) = single(headers, &header::RANGE) else {
        return Extent::Whole;
    };
    if method == Method::Head || !is_range_of_this(headers, tag) {
        return Extent::Whole;
    }
    part(range, length)
}

/// Whether `If-None-Match` names this content. Weak tags count as well.
fn has_it(headers: &HeaderMap, tag: Option<&str>) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || tag.is_some_and(|tag| bare(known) == Some(tag)))
}

fn bare(tag: &str) -> Option<&str> {
    tag.strip_prefix("W/")
        .unwrap_or(tag)
        .strip_prefix('"')?
        .strip_suffix('"')
}

/// Whether `If-Range`, if there is one, names this content. Weak tags and dates never do: nothing here has a date.
fn is_range_of_this(headers: &HeaderMap, tag: Option<&str>) -> bool {
    if !headers.contains_key(header::IF_RANGE) {
        return true;
    }
    let known = single(headers, &header::IF_RANGE).unwrap_or_default();
    !known.starts_with("W/") && tag.is_some() && bare(known) == tag
}

/// Reads `bytes=FROM-TO`, `bytes=FROM-` or `bytes=-LAST`. Several ranges and anything else give the whole, as the standard allows.
fn part(range: &str, length: u64) -> Extent {
    let bounds = range
        .split_once('=')
        .filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"))
        .and_then(|(_, range)| range.trim().split_once('-'));
    let (from, end) = match bounds {
        Some(("", last)) => match number(last) {
            Some(last) => (length.saturating_sub(last), length),
            None => return Extent::Whole,
        },
        Some((from, "")) => match number(from) {
            Some(from) => (from, length),
            None => return Extent::Whole,
        },
        Some((from, to)) => match (number(from), number(to)) {
            (Some(from), Some(to)) if from <= to => (from, length.min(to.saturating_add(1))),
            _ => return Extent::Whole,
        },
        None => return Extent::Whole,
    };
    if from < end {
        Extent::Part {
            from,
            length: end - from,
        }
    } else {
        Extent::Beyond
    }
}

/// Reads digits. A number that is too large for any file counts as the largest.
fn number(digits: &str) -> Option<u64> {
    if digits.is_empty() || !digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, extent, part};
    use crate::serve::http::request::Method;
    use hyper::header::{HeaderMap, HeaderName, HeaderValue};

    fn asked(method: Method, headers: &[(&'static str, &'static str)]) -> Extent {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        extent(method, &map, Some("abc"), 100)
    }

    const PART: Extent = Extent::Part {
        from: 0,
        length: 10,
    };

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        for (range, from, length) in [
            ("bytes=0-9", 0, 10),
            ("bytes=0-0", 0, 1),
            ("bytes=90-", 90, 10),
            ("bytes=90-1000", 90, 10),
            ("bytes=-10", 90, 10),
            ("bytes=-1000", 0, 100),
            ("Bytes = 5-6", 5, 2),
            ("bytes=99-99999999999999999999999", 99, 1),
        ] {
            assert_eq!(part(range, 100), Extent::Part { from, length }, "{range}");
        }
        for range in [
            "bytes=100-",
            "bytes=100-200",
            "bytes=-0",
            "bytes=99999999999999999999999-",
        ] {
            assert_eq!(part(range, 100), Extent::Beyond, "{range}");
        }
        for range in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-4",
            "bytes=0-1,3-4",
            "bytes=0--1",
            "bytes=+0-1",
            "lines=0-1",
        ] {
            assert_eq!(part(range, 100), Extent::Whole, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Extent::Beyond);
    }

    #[test]
    fn a_client_that_has_the_content_gets_none() {
        for known in ["\"abc\"", "W/\"abc\"", "\"x\", W/\"abc\" ,\"y\"", "*"] {
            assert_eq!(
                asked(
                    Method::Get,
                    &[("if-none-match", known), ("range", "bytes=0-9")]
                ),
                Extent::Unchanged,
                "{known}"
            );
        }
        for other in ["\"ab\"", "abc", "", "\"abcd\"", "W/abc"] {
            assert_eq!(
                asked(Method::Get, &[("if-none-match", other)]),
                Extent::Whole,
                "{other}"
            );
        }
    }

    #[test]
    fn a_part_is_only_given_of_the_content_that_the_client_knows() {
        for (known, expected) in [
            ("\"abc\"", PART),
            ("\"old\"", Extent::Whole),
            ("W/\"abc\"", Extent::Whole),
            ("Mon, 23 Nov 2026 01:00:00 GMT", Extent::Whole),
        ] {
            assert_eq!(
                asked(Method::Get, &[("if-range", known), ("range", "bytes=0-9")]),
                expected,
                "{known}"
            );
        }
        assert_eq!(asked(Method::Get, &[("range", "bytes=0-9")]), PART);
        assert_eq!(
            asked(Method::Head, &[("range", "bytes=0-9")]),
            Extent::Whole
        );
    }
}
