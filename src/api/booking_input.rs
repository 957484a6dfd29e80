//! What is sent of a booking.

use super::check::{Checks, Input};
use super::contact_input::tidy_lines;
use super::extract::given;
use super::time::Time;
use super::word::BookingStatus;
use crate::clock::MINUTE_MS;
use crate::crm::bookings::{Change, NewBooking, PaidBy, REMIND_BEFORE_MS, What};
use crate::crm::payments::MOST_MINOR;
use crate::error::{AppError, AppResult, Message};
use alfa_store::crm::occupancy::Span;
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest time before the beginning at which a client is reminded, in minutes.
const MOST_REMIND_MINUTES: i32 = 14 * 24 * 60;

/// A booking to be made: `session_id` for a seat, or `place_id` with `starts_at` and `ends_at`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingInput {
    #[schema(minimum = 1)]
    client_id: i64,
    #[schema(minimum = 1)]
    session_id: Option<i64>,
    #[schema(minimum = 1)]
    place_id: Option<i64>,
    /// A whole minute.
    starts_at: Option<Time>,
    /// A whole minute.
    ends_at: Option<Time>,
    /// What the place is booked for.
    #[schema(minimum = 1)]
    service_id: Option<i64>,
    /// Whose visit pays for it.
    #[schema(minimum = 1)]
    subscription_id: Option<i64>,
    /// Take a visit of whichever of the client's subscriptions fits.
    use_subscription: Option<bool>,
    /// In minor units; the session's, or what the place costs for the time, when it is left out.
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    price_minor: Option<i64>,
    #[schema(max_length = 10000)]
    notes: Option<String>,
    /// Remind the client so long before the beginning; 180 when it is left out, 0: not at all.
    #[schema(minimum = 0, maximum = 20160)]
    remind_minutes_before: Option<i32>,
    /// Tell the client now that it is booked.
    notify: Option<bool>,
    /// Wait for a seat when there is none.
    wait: Option<bool>,
}

impl Input for BookingInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("client_id", Some(self.client_id), 1, i64::MAX);
        let ids = [
            ("session_id", self.session_id),
            ("place_id", self.place_id),
            ("service_id", self.service_id),
            ("subscription_id", self.subscription_id),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.range(
            "remind_minutes_before",
            self.remind_minutes_before,
            0,
            MOST_REMIND_MINUTES,
        );
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
        if self.session_id.is_some() == self.place_id.is_some() {
            checks.refuse("session_id", Message::new("crm.session_or_place"));
        } else if self.place_id.is_some() {
            for (field, missing) in [
                ("starts_at", self.starts_at.is_none()),
                ("ends_at", self.ends_at.is_none()),
            ] {
                if missing {
                    checks.refuse(field, Message::new("error.missing_field"));
                }
            }
            if self.wait == Some(true) {
                checks.refuse("wait", Message::new("crm.no_waiting_for_places"));
            }
        } else {
            for (field, given) in [
                ("starts_at", self.starts_at.is_some()),
                ("ends_at", self.ends_at.is_some()),
                ("service_id", self.service_id.is_some()),
            ] {
                if given {
                    checks.refuse(field, Message::new("crm.of_the_session"));
                }
            }
        }
        if self.subscription_id.is_some() && self.use_subscription == Some(true) {
            checks.refuse("use_subscription", Message::new("crm.subscription_twice"));
        }
    }
}

impl BookingInput {
    /// The normal form.
    ///
    /// # Errors
    /// `Invalid`.
    pub fn normalised(self) -> AppResult<NewBooking> {
        let what = match (self.session_id, self.place_id, self.starts_at, self.ends_at) {
            (Some(session_id), ..) => What::Seat { session_id },
            (None, Some(place_id), Some(from), Some(to)) => What::Place {
                place_id,
                span: Span {
                    from: from.0,
                    to: to.0,
                },
                service_id: self.service_id,
            },
            _ => {
                return Err(AppError::invalid(
                    "session_id",
                    Message::new("crm.session_or_place"),
                ));
            }
        };
        let paid_by = match (self.subscription_id, self.use_subscription) {
            (Some(id), _) => PaidBy::Subscription(id),
            (None, Some(true)) => PaidBy::AnySubscription,
            _ => PaidBy::Money,
        };
        Ok(NewBooking {
            client_id: self.client_id,
            what,
            paid_by,
            price_minor: self.price_minor,
            notes: tidy_lines(self.notes),
            remind_before_ms: ahead(self.remind_minutes_before, REMIND_BEFORE_MS),
            notify: self.notify == Some(true),
            wait: self.wait == Some(true),
        })
    }
}

/// So many milliseconds before the beginning; none for 0 minutes.
fn ahead(minutes: Option<i32>, usual_ms: i64) -> Option<i64> {
    let ahead_ms = minutes.map_or(usual_ms, |minutes| i64::from(minutes) * MINUTE_MS);
    (ahead_ms > 0).then_some(ahead_ms)
}

/// A change of a booking: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BookingChange {
    /// Into another session.
    #[schema(minimum = 1)]
    session_id: Option<i64>,
    /// To another place.
    #[schema(minimum = 1)]
    place_id: Option<i64>,
    starts_at: Option<Time>,
    ends_at: Option<Time>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    price_minor: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    notes: Option<Option<String>>,
    #[schema(minimum = 0, maximum = 20160)]
    remind_minutes_before: Option<i32>,
    /// Tell the client when time or place change.
    notify: bool,
}

impl Input for BookingChange {
    fn check(&self, checks: &mut Checks) {
        checks.range("session_id", self.session_id, 1, i64::MAX);
        checks.range("place_id", self.place_id, 1, i64::MAX);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.range(
            "remind_minutes_before",
            self.remind_minutes_before,
            0,
            MOST_REMIND_MINUTES,
        );
        checks.optional_text("notes", self.notes.as_ref().and_then(Option::as_deref), 10_000);
    }
}

impl BookingChange {
    /// The normal form.
    #[must_use]
    pub fn normalised(self) -> Change {
        Change {
            session_id: self.session_id,
            place_id: self.place_id,
            starts_at: self.starts_at.map(|time| time.0),
            ends_at: self.ends_at.map(|time| time.0),
            price_minor: self.price_minor,
            notes: self.notes.map(tidy_lines),
            remind_before_ms: self.remind_minutes_before.map(|minutes| ahead(Some(minutes), 0)),
            notify: self.notify,
        }
    }
}

/// What became of a booking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusInput {
    pub status: BookingStatus,
    #[schema(max_length = 255)]
    pub reason: Option<String>,
    /// Tell the client of a cancellation.
    pub notify: Option<bool>,
}

impl Input for StatusInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("reason", self.reason.as_deref(), 255);
    }
}
