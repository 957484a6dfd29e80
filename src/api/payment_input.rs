//! What is sent of a payment.

use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::extract::given;
use super::time::Time;
use super::word::{PaymentMethod, PaymentStatus};
use crate::crm::payments::{MOST_MINOR, NewPayment};
use crate::error::Message;
use alfa_store::types;
use serde::Deserialize;
use utoipa::ToSchema;

/// A payment to be recorded. What it is for follows from the booking or the subscription when it is left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentInput {
    #[schema(minimum = 1)]
    pub(super) client_id: Option<i64>,
    #[schema(minimum = 1, maximum = 1000000000000i64)]
    pub(super) amount_minor: i64,
    pub(super) method: PaymentMethod,
    /// `completed` when it is left out; `pending` counts only when it is completed.
    pub(super) status: Option<PaymentStatus>,
    /// Now when it is left out.
    pub(super) paid_at: Option<Time>,
    #[schema(minimum = 1)]
    pub(super) service_id: Option<i64>,
    #[schema(minimum = 1)]
    pub(super) staff_id: Option<i64>,
    #[schema(minimum = 1)]
    pub(super) subscription_id: Option<i64>,
    #[schema(minimum = 1)]
    pub(super) booking_id: Option<i64>,
    /// Of the receipt.
    #[schema(max_length = 255)]
    pub(super) number: Option<String>,
    #[schema(max_length = 10000)]
    pub(super) notes: Option<String>,
}

impl Input for PaymentInput {
    fn check(&self, checks: &mut Checks) {
        let ids = [
            ("client_id", self.client_id),
            ("service_id", self.service_id),
            ("staff_id", self.staff_id),
            ("subscription_id", self.subscription_id),
            ("booking_id", self.booking_id),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        checks.range("amount_minor", Some(self.amount_minor), 1, MOST_MINOR);
        checks.optional_text("number", self.number.as_deref(), 255);
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
        let status = self.status.map_or(types::PaymentStatus::Completed, |word| word.0);
        if !matches!(
            status,
            types::PaymentStatus::Completed | types::PaymentStatus::Pending
        ) {
            let words = Message::new("error.unknown_word").with("words", "completed, pending");
            checks.refuse("status", words);
        } else if status == types::PaymentStatus::Pending && self.paid_at.is_some() {
            checks.refuse("paid_at", Message::new("crm.pending_not_paid"));
        }
    }
}

impl PaymentInput {
    pub(super) fn normalised(self) -> NewPayment {
        NewPayment {
            client_id: self.client_id,
            amount_minor: self.amount_minor,
            method: self.method.0,
            status: self.status.map_or(types::PaymentStatus::Completed, |word| word.0),
            paid_at: self.paid_at.map(|time| time.0),
            service_id: self.service_id,
            staff_id: self.staff_id,
            subscription_id: self.subscription_id,
            booking_id: self.booking_id,
            number: tidy(self.number),
            notes: tidy_lines(self.notes),
        }
    }
}

/// A change of a payment: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentChange {
    pub(super) status: Option<PaymentStatus>,
    pub(super) method: Option<PaymentMethod>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    pub(super) number: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    pub(super) notes: Option<Option<String>>,
}

impl Input for PaymentChange {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("number", self.number.as_ref().and_then(Option::as_deref), 255);
        checks.optional_text("notes", self.notes.as_ref().and_then(Option::as_deref), 10_000);
    }
}

/// Money to be given back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RefundInput {
    /// Everything that is left when it is left out.
    #[schema(minimum = 1, maximum = 1000000000000i64)]
    pub(super) amount_minor: Option<i64>,
    /// As it was paid when it is left out.
    pub(super) method: Option<PaymentMethod>,
    /// Now when it is left out.
    pub(super) paid_at: Option<Time>,
    #[schema(max_length = 255)]
    pub(super) number: Option<String>,
    #[schema(max_length = 10000)]
    pub(super) notes: Option<String>,
}

impl Input for RefundInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("amount_minor", self.amount_minor, 1, MOST_MINOR);
        checks.optional_text("number", self.number.as_deref(), 255);
        checks.optional_text("notes", self.notes.as_deref(), 10_000);
    }
}
