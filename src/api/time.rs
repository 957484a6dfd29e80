//! Times in answers: RFC 3339 in UTC, milliseconds kept.

use crate::error::{AppResult, Message};
use alfa_store::UnixMillis;
use chrono::{DateTime, SecondsFormat};
use serde::{Serialize, Serializer};
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
        let moment = DateTime::from_timestamp_millis(self.0.0).unwrap_or_default();
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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
