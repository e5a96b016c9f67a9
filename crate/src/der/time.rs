use alloc::string::String;

use super::{GENERALIZED_TIME, Malformed, Result, UTC_TIME};
use crate::text::{padded, text};

/// The Unix time in seconds of a UTCTime (`YYMMDDHHMMSSZ`, 1950 to 2049) or GeneralizedTime
/// (`YYYYMMDDHHMMSSZ`).
pub(super) fn time(tag: u8, value: &[u8]) -> Result<i64> {
    let (year, rest) = match (tag, value.len()) {
        (UTC_TIME, 13) => {
            let (year, rest) = two_digits(value)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        (GENERALIZED_TIME, 15) => {
            let (century, rest) = two_digits(value)?;
            let (year, rest) = two_digits(rest)?;
            (century * 100 + year, rest)
        }
        _ => return Err(Malformed("a time in a form that RFC 5280 does not allow")),
    };
    let (month, rest) = two_digits(rest)?;
    let (day, rest) = two_digits(rest)?;
    let (hour, rest) = two_digits(rest)?;
    let (minute, rest) = two_digits(rest)?;
    let (second, rest) = two_digits(rest)?;
    let days = days_in_month(year, month);
    if rest != b"Z" || day < 1 || day > days || hour > 23 || minute > 59 || second > 59 {
        return Err(Malformed("an invalid date or time"));
    }
    Ok(days_from_civil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

fn two_digits(bytes: &[u8]) -> Result<(i64, &[u8])> {
    match bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Ok((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        _ => Err(Malformed("a time in a form that RFC 5280 does not allow")),
    }
}

/// 0 for an invalid month, so that no day is valid.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `(year, month, day, hour, minute, second)` in UTC of a Unix time in seconds.
#[must_use]
pub fn civil_from_seconds(seconds: i64) -> (i64, u8, u8, u8, u8, u8) {
    let days = seconds.div_euclid(86_400) + 719_468;
    let of_day = seconds.rem_euclid(86_400);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let small = |number: i64| u8::try_from(number).unwrap_or(0);
    (
        year,
        small(month),
        small(day_of_year - (153 * march_month + 2) / 5 + 1),
        small(of_day / 3_600),
        small(of_day / 60 % 60),
        small(of_day % 60),
    )
}

/// A Unix time in seconds as `YYYY-MM-DDThh:mm:ssZ`.
#[must_use]
pub fn time_text(seconds: i64) -> String {
    let (year, month, day, hour, minute, second) = civil_from_seconds(seconds);
    let two = |number: u8| padded(number.into(), 2);
    let year = match year {
        0.. => padded(year.unsigned_abs(), 4),
        _ => text!["-", padded(year.unsigned_abs(), 3)],
    };
    let date = text![year, "-", two(month), "-", two(day)];
    text![date, "T", two(hour), ":", two(minute), ":", two(second), "Z"]
}
