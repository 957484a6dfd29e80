//! A client's seat in a session, or a place for a time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{BookingNotice, BookingStatus, Day, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "bookings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Absent: the person's data was erased.
    pub client_id: Option<i64>,
    /// Absent: a place is booked.
    pub session_id: Option<i64>,
    /// `client_id` while the seat in a session is taken: unique with `session_id`.
    pub active_client_id: Option<i64>,
    /// Of the session, or what the place is booked for.
    pub service_id: Option<i64>,
    /// Of the session.
    pub staff_id: Option<i64>,
    /// Of the session, or the place itself.
    pub place_id: Option<i64>,
    /// Whose visit pays for it.
    pub subscription_id: Option<i64>,
    pub status: BookingStatus,
    /// Of the session, or of the booking; a whole minute.
    pub starts_at: UnixMillis,
    /// A whole minute.
    pub ends_at: UnixMillis,
    /// Business day of `starts_at`.
    pub day: Day,
    /// Hour of `starts_at` in the business's time zone, 0 to 23.
    pub hour: i32,
    /// What it costs; 0 when a subscription pays.
    pub price_minor: i64,
    /// Completed payments less completed refunds.
    pub paid_minor: i64,
    /// What is not paid yet; 0 when cancelled.
    pub owed_minor: i64,
    /// Whether a visit of the subscription is used up by it.
    pub visit_taken: bool,
    /// When the client is to be reminded; absent: done, or not wanted.
    pub remind_at: Option<UnixMillis>,
    /// What the client is yet to be told.
    pub notice: Option<BookingNotice>,
    pub cancelled_at: Option<UnixMillis>,
    pub cancel_reason: Option<String>,
    pub notes: Option<String>,
    pub created_by: String,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
