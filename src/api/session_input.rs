//! What is sent of a session.

use super::check::{Checks, Input};
use super::contact_input::tidy_lines;
use super::extract::given;
use super::time::{Date, Time};
use crate::crm::payments::MOST_MINOR;
use crate::crm::sessions::{MOST_SEATS, NewSession};
use serde::Deserialize;
use utoipa::ToSchema;

/// A session to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionInput {
    #[schema(minimum = 1)]
    pub(super) service_id: i64,
    #[schema(minimum = 1)]
    pub(super) staff_id: Option<i64>,
    #[schema(minimum = 1)]
    pub(super) place_id: Option<i64>,
    /// A whole minute.
    pub(super) starts_at: Time,
    /// As long as the service takes when it is left out.
    pub(super) ends_at: Option<Time>,
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) capacity: Option<i32>,
    /// Of one visit, in minor units; the service's when it is left out.
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_minor: Option<i64>,
    #[schema(max_length = 10000)]
    pub(super) notes: Option<String>,
    /// Repeats weekly, the same time on the wall clock, up to this day.
    pub(super) repeat_until: Option<Date>,
}

impl Input for SessionInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("service_id", Some(self.service_id), 1, i64::MAX);
        checks.range("staff_id", self.staff_id, 1, i64::MAX);
        checks.range("place_id", self.place_id, 1, i64::MAX);
        checks.range("capacity", self.capacity, 1, MOST_SEATS);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
    }
}

impl SessionInput {
    /// The normal form.
    #[must_use]
    pub fn normalised(self) -> NewSession {
        NewSession {
            service_id: self.service_id,
            staff_id: self.staff_id,
            place_id: self.place_id,
            starts_at: self.starts_at.0,
            ends_at: self.ends_at.map(|time| time.0),
            capacity: self.capacity,
            price_minor: self.price_minor,
            notes: tidy_lines(self.notes),
            repeat_until: self.repeat_until.map(|date| date.0),
        }
    }
}

/// A change of a session: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SessionChange {
    #[schema(minimum = 1)]
    pub(super) service_id: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1)]
    pub(super) staff_id: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1)]
    pub(super) place_id: Option<Option<i64>>,
    pub(super) starts_at: Option<Time>,
    pub(super) ends_at: Option<Time>,
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) capacity: Option<i32>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_minor: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    pub(super) notes: Option<Option<String>>,
    /// Tell those who are booked when time, place or trainer change.
    pub(super) notify: bool,
}

impl Input for SessionChange {
    fn check(&self, checks: &mut Checks) {
        checks.range("service_id", self.service_id, 1, i64::MAX);
        checks.range("staff_id", self.staff_id.flatten(), 1, i64::MAX);
        checks.range("place_id", self.place_id.flatten(), 1, i64::MAX);
        checks.range("capacity", self.capacity, 1, MOST_SEATS);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.optional_text("notes", self.notes.as_ref().and_then(Option::as_deref), 10_000);
    }
}

/// Why something is called off.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cancellation {
    #[schema(max_length = 255)]
    pub(super) reason: Option<String>,
    /// Tell those who were booked.
    pub(super) notify: bool,
}

impl Input for Cancellation {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("reason", self.reason.as_deref(), 255);
    }
}
