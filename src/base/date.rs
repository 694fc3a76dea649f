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
