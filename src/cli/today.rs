//! The day that counts as today: `--today`, else `SOURCE_DATE_EPOCH`, else the UTC date.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]

use crate::base::date::Date;
use crate::finding::Failure;
use std::time::{SystemTime, UNIX_EPOCH};

/// Finds today's date.
pub(super) fn today(argument: Option<&str>) -> Result<Date, Failure> {
    if let Some(written) = argument {
        let date = written.parse();
        return date.map_err(|()| {
            Failure::new(format!("`{written}` is not a date"))
                .help("write it as year, month and day, such as `--today 2026-11-22`")
        });
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(written) => {
            let seconds = written.trim().parse();
            seconds.map_err(|_| {
                Failure::new(format!(
                    "SOURCE_DATE_EPOCH is `{written}`, which is not a number of seconds"
                ))
            })?
        }
        Err(_) => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs().try_into().unwrap_or(i64::MAX)),
    };
    Date::from_unix_seconds(seconds)
        .ok_or_else(|| Failure::new("the clock gives a date that no calendar has"))
}
