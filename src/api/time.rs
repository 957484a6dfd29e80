//! Times in answers: RFC 3339 in UTC, milliseconds kept.

use crate::crm::calendar;
use crate::error::{AppResult, Message};
use alfa_store::UnixMillis;
use alfa_store::types::Day;
use chrono::{DateTime, NaiveDate, SecondsFormat};
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A moment, written as `2026-01-31T12:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time(pub UnixMillis);

impl From<UnixMillis> for Time {
    fn from(moment: UnixMillis) -> Self {
        Self(moment)
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(text) = spell(self.0.0, &mut { FORM }) {
            return f.write_str(text);
        }
        let moment = DateTime::from_timestamp_millis(self.0.0).unwrap_or_default();
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

const FORM: [u8; 24] = *b"0000-00-00T00:00:00.000Z";

/// Years of four digits, which is what there is: lists are full of times, and chrono takes a good part of a list's time
/// for them. Other years are left to it.
fn spell(moment_ms: i64, text: &mut [u8; 24]) -> Option<&str> {
    const DAY_MS: i64 = 86_400_000;
    // 0000-03-01 to 9999-12-31, in days since 1970-01-01.
    const DAYS: std::ops::RangeInclusive<i64> = -719_468..=2_932_896;
    let (day, ms) = (moment_ms.div_euclid(DAY_MS), moment_ms.rem_euclid(DAY_MS));
    if !DAYS.contains(&day) {
        return None;
    }
    // Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is a year's last.
    let from_march = day + 719_468;
    let (era, of_era) = (from_march / 146_097, from_march % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let seconds = ms / 1_000;
    for (digits, at, number) in [
        (4, 0, year),
        (2, 5, month),
        (2, 8, day),
        (2, 11, seconds / 3_600),
        (2, 14, seconds / 60 % 60),
        (2, 17, seconds % 60),
        (3, 20, ms % 1_000),
    ] {
        let mut rest = number;
        for place in (at..at + digits).rev() {
            text[place] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    std::str::from_utf8(text).ok()
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match spell(self.0.0, &mut { FORM }) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(format))
            .into()
    }
}

impl ToSchema for Time {}

/// What is said of a time that is none; `extract` knows it.
pub(super) const TIME: &str = "a time in RFC 3339";
/// What is said of a date that is none.
pub(super) const DATE: &str = "a date";

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text)
            .map(|moment| Self(UnixMillis(moment.timestamp_millis())))
            .map_err(|_| D::Error::invalid_value(Unexpected::Other("text"), &TIME))
    }
}

/// A day of the business's calendar, written as `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub Day);

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self(day)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", calendar::date(self.0).format("%Y-%m-%d"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
        // Four digits of the year: nobody books in the year 20260.
        date.filter(|_| text.len() == 10)
            .map(|date| Self(calendar::day_of(date)))
            .ok_or_else(|| D::Error::invalid_value(Unexpected::Other("text"), &DATE))
    }
}

impl PartialSchema for Date {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Date);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(format))
            .into()
    }
}

impl ToSchema for Date {}

/// A moment that was sent, in RFC 3339 with any offset.
///
/// # Errors
/// `Invalid` naming `field`.
pub fn read(field: &str, text: &str) -> AppResult<UnixMillis> {
    DateTime::parse_from_rfc3339(text)
        .map(|moment| UnixMillis(moment.timestamp_millis()))
        .map_err(|_| crate::error::AppError::invalid(field, Message::new("error.time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelt_as_chrono_spells_them() {
        let chrono = |ms| DateTime::from_timestamp_millis(ms).expect("fits");
        let spelt = |ms| chrono(ms).to_rfc3339_opts(SecondsFormat::Millis, true);
        // Steps that fall on every month, hour and millisecond sooner or later, over years of every kind.
        let days = (-62_167_219_200_000_i64..253_402_300_800_000).step_by(40_000_000_007);
        let ends = [-62_162_035_200_001, -62_162_035_200_000, -1, 0, 951_782_400_000];
        let ends = ends
            .into_iter()
            .chain([253_402_300_799_999, 253_402_300_800_000, 4_107_542_399_999]);
        for ms in days.chain(ends) {
            assert_eq!(Time(UnixMillis(ms)).to_string(), spelt(ms));
        }
    }

    #[test]
    fn times_are_utc_with_milliseconds() {
        assert_eq!(
            Time(UnixMillis(1_700_000_000_123)).to_string(),
            "2023-11-14T22:13:20.123Z"
        );
        assert_eq!(
            read("at", "2023-11-15T01:13:20.123+03:00").expect("fits"),
            UnixMillis(1_700_000_000_123)
        );
        assert!(read("at", "tomorrow").is_err());
    }
}
