//! What is sent of a subscription.

use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::extract::given;
use super::time::Date;
use crate::crm::payments::MOST_MINOR;
use crate::crm::subscriptions::NewSubscription;
use serde::Deserialize;
use utoipa::ToSchema;

/// A subscription to be sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionInput {
    #[schema(minimum = 1)]
    pub(super) client_id: i64,
    /// What is sold; its days, visits and price are used where the body says none.
    #[schema(minimum = 1)]
    pub(super) service_id: Option<i64>,
    #[schema(max_length = 255)]
    pub(super) number: Option<String>,
    /// Today when it is left out.
    pub(super) starts_on: Option<Date>,
    /// The last day that counts.
    pub(super) ends_on: Option<Date>,
    #[schema(minimum = 1, maximum = 10000)]
    pub(super) visits: Option<i32>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_minor: Option<i64>,
    #[schema(max_length = 10000)]
    pub(super) notes: Option<String>,
}

impl Input for SubscriptionInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("client_id", Some(self.client_id), 1, i64::MAX);
        checks.range("service_id", self.service_id, 1, i64::MAX);
        checks.range("visits", self.visits, 1, 10_000);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.optional_text("number", self.number.as_deref(), 255);
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
    }
}

impl SubscriptionInput {
    pub(super) fn normalised(self) -> NewSubscription {
        NewSubscription {
            client_id: self.client_id,
            service_id: self.service_id,
            number: tidy(self.number),
            starts_on: self.starts_on.map(|date| date.0),
            ends_on: self.ends_on.map(|date| date.0),
            visits: self.visits,
            price_minor: self.price_minor,
            notes: tidy_lines(self.notes),
        }
    }
}

/// A change of a subscription: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SubscriptionChange {
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    pub(super) number: Option<Option<String>>,
    pub(super) ends_on: Option<Date>,
    #[schema(minimum = 0, maximum = 10000)]
    pub(super) visits_left: Option<i32>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_minor: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    pub(super) notes: Option<Option<String>>,
}

impl Input for SubscriptionChange {
    fn check(&self, checks: &mut Checks) {
        checks.range("visits_left", self.visits_left, 0, 10_000);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.optional_text("number", self.number.as_ref().and_then(Option::as_deref), 255);
        checks.optional_text("notes", self.notes.as_ref().and_then(Option::as_deref), 10_000);
    }
}

/// Days to be frozen; the end of the subscription moves by as many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreezeInput {
    pub(super) from: Date,
    /// The last frozen day.
    pub(super) to: Date,
    #[schema(max_length = 255)]
    pub(super) reason: Option<String>,
}

impl Input for FreezeInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("reason", self.reason.as_deref(), 255);
    }
}
