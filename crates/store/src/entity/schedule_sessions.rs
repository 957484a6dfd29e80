//! A session in the schedule.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{Day, SessionStatus, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "schedule_sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub service_id: i64,
    pub staff_id: Option<i64>,
    pub place_id: Option<i64>,
    /// A whole minute.
    pub starts_at: UnixMillis,
    /// A whole minute.
    pub ends_at: UnixMillis,
    /// Business day of `starts_at`.
    pub day: Day,
    /// Hour of `starts_at` in the business's time zone, 0 to 23.
    pub hour: i32,
    pub capacity: i32,
    /// Bookings that are not cancelled; never more than `capacity`: the database refuses it.
    pub seats_taken: i32,
    /// Of one visit.
    pub price_minor: i64,
    pub status: SessionStatus,
    pub cancel_reason: Option<String>,
    pub notes: Option<String>,
    /// Id of the first session of a weekly series.
    pub series_id: Option<i64>,
    pub created_by: String,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
