//! Calendar dates: ISO 8601 in files, spelled out in the reader's language on pages. The only file that names jiff and `icu_datetime`.

use crate::base::language::Language;
use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use jiff::civil;
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Gives the UTC day of a number of seconds since 1970, or `None` beyond the years that jiff knows.
    pub(crate) fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let instant = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Self(instant.to_zoned(jiff::tz::TimeZone::UTC).date()))
    }

    /// Gives year, month and day.
    pub(crate) fn parts(self) -> (i16, u8, u8) {
        let date = self.0;
        (
            date.year(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        )
    }

    /// Gives the day a number of months later; the last day of a shorter month where that month has no such day.
    pub(crate) fn after_months(self, months: u32) -> Self {
        let span = jiff::Span::new().months(i64::from(months.min(1200)));
        Self(self.0.saturating_add(span))
    }
}

impl Date {
    /// Gives the day a number of days later.
    pub(crate) fn after_days(self, days: u32) -> Self {
        Self(
            self.0
                .saturating_add(jiff::Span::new().days(i64::from(days.min(36_600)))),
        )
    }
}

/// The longest text that is looked at as a date in another form, in bytes.
const MAX_DATE: usize = 40;

/// The months in English and Spanish, as people write them; three letters are enough.
const MONTHS: [&[&str]; 12] = [
    &["january", "enero"],
    &["february", "febrero"],
    &["march", "marzo"],
    &["april", "abril"],
    &["may", "mayo"],
    &["june", "junio"],
    &["july", "julio"],
    &["august", "agosto"],
    &["september", "septiembre", "setiembre"],
    &["october", "octubre"],
    &["november", "noviembre"],
    &["december", "diciembre"],
];

/// Gives the days that a date in another form can mean: `11/27/2026`, `27.11.2026`, `Nov 27, 2026`, `27 de noviembre de 2026`. There
/// are two where month and day could stand either way.
pub(crate) fn readings(text: &str) -> Vec<Date> {
    if text.len() > MAX_DATE || !text.is_ascii() {
        return Vec::new();
    }
    let text = text.trim().to_ascii_lowercase();
    let day = text.split_once('t').map_or(&*text, |(day, _)| day);
    if let Ok(date) = day.trim().parse() {
        return vec![date];
    }
    let parts: Vec<&str> = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty() && *part != "de" && *part != "of")
        .collect();
    let number = |part: &str| {
        let digits = part.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        let is_short = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_short.then(|| digits.parse::<i16>().ok()).flatten()
    };
    let month = |part: &str| {
        let is_name = |names: &&[&str]| names.iter().any(|name| name.starts_with(part));
        let at = MONTHS.iter().position(is_name);
        at.filter(|_| part.len() >= 3)
            .and_then(|at| i16::try_from(at + 1).ok())
    };
    let date = |year: i16, month: i16, day: i16| {
        let is_year = (1900..2200).contains(&year);
        let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date.ok().filter(|_| is_year).map(Date)
    };
    let found = match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            let part = |range| number(&whole[range]);
            match (part(0..4), part(4..6), part(6..8)) {
                (Some(year), Some(month), Some(day)) => vec![date(year, month, day)],
                _ => Vec::new(),
            }
        }
        [first, second, third] => match (number(first), number(second), number(third)) {
            (Some(year), Some(month), Some(day)) if year > 31 => vec![date(year, month, day)],
            (Some(day), Some(month), Some(year)) if text.contains('.') => {
                vec![date(year, month, day)]
            }
            (Some(first), Some(second), Some(year)) => {
                vec![date(year, first, second), date(year, second, first)]
            }
            (None, Some(day), Some(year)) => {
                vec![month(first).and_then(|month| date(year, month, day))]
            }
            (Some(day), None, Some(year)) => {
                vec![month(second).and_then(|month| date(year, month, day))]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let mut found: Vec<Date> = found.into_iter().flatten().collect();
    found.dedup();
    found
}

impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let is_plain = text.len() == 10
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = is_plain.then(|| text.parse().ok()).flatten();
        date.map(Self).ok_or(())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Writes dates for readers of one language, the month spelled out.
pub(crate) struct DateWriter {
    days: Option<DateTimeFormatter<YMD>>,
    months: Option<DateTimeFormatter<YM>>,
}

impl DateWriter {
    /// Makes the writer of a language; a language without date data writes ISO 8601.
    pub(crate) fn new(language: &Language) -> Self {
        let locale: Option<icu_locale_core::Locale> = language.code().parse().ok();
        let preferences = locale.map(|locale| DateTimeFormatterPreferences::from(&locale));
        Self {
            days: preferences
                .and_then(|preferences| DateTimeFormatter::try_new(preferences, YMD::long()).ok()),
            months: preferences
                .and_then(|preferences| DateTimeFormatter::try_new(preferences, YM::long()).ok()),
        }
    }

    /// Writes a date, such as "November 22, 2026".
    pub(crate) fn write(&self, date: Date) -> String {
        let (year, month, day) = date.parts();
        let gregorian =
            icu_datetime::input::Date::try_new_gregorian(i32::from(year), month, day).ok();
        match (&self.days, gregorian) {
            (Some(formatter), Some(gregorian)) => formatter.format(&gregorian).to_string(),
            _ => date.to_string(),
        }
    }

    /// Writes month and year of a date, such as "November 2026".
    pub(crate) fn month(&self, date: Date) -> String {
        let (year, month, _) = date.parts();
        let gregorian =
            icu_datetime::input::Date::try_new_gregorian(i32::from(year), month, 1).ok();
        match (&self.months, gregorian) {
            (Some(formatter), Some(gregorian)) => formatter.format(&gregorian).to_string(),
            _ => format!("{year:04}-{month:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_spelled_out_by_language() {
        let date: Date = "2027-05-22".parse().expect("a date");
        let written = |code| DateWriter::new(&Language::new(code).expect("a language")).month(date);
        assert_eq!(written("en"), "May 2027");
        assert_eq!(written("es"), "mayo de 2027");
    }

    #[test]
    fn dates_are_spelled_out_by_language() {
        let date: Date = "2026-11-22".parse().expect("a date");
        let written = |code| DateWriter::new(&Language::new(code).expect("a language")).write(date);
        assert_eq!(written("en"), "November 22, 2026");
        assert_eq!(written("es"), "22 de noviembre de 2026");
        assert!(written("ar").contains("2026") || written("ar").contains("٢٠٢٦"));
    }

    #[test]
    fn only_whole_iso_dates_are_dates() {
        assert!("2026-02-30".parse::<Date>().is_err());
        assert!("2026-1-1".parse::<Date>().is_err());
        assert!("22.11.2026".parse::<Date>().is_err());
    }

    #[test]
    fn a_month_later_stays_inside_the_month() {
        let date: Date = "2026-01-31".parse().expect("a date");
        assert_eq!(date.after_months(1).to_string(), "2026-02-28");
    }
}
