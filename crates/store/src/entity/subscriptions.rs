//! Visits in a period, sold together.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{Day, SubscriptionStatus, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "subscriptions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Absent: the person's data was erased.
    pub client_id: Option<i64>,
    /// What was sold.
    pub service_id: Option<i64>,
    pub number: Option<String>,
    pub starts_on: Day,
    /// The last day that counts; freezes move it.
    pub ends_on: Day,
    /// Absent: any number.
    pub visits_total: Option<i32>,
    /// Never below 0: the database refuses it.
    pub visits_left: Option<i32>,
    pub price_minor: i64,
    /// Completed payments less completed refunds.
    pub paid_minor: i64,
    /// What is not paid yet; 0 when cancelled.
    pub owed_minor: i64,
    pub status: SubscriptionStatus,
    pub cancelled_at: Option<UnixMillis>,
    pub notes: Option<String>,
    pub created_by: String,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
