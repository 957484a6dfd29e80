//! Days in which a subscription does not run.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{Day, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "subscription_freezes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub subscription_id: i64,
    pub from_day: Day,
    /// The last frozen day.
    pub to_day: Day,
    pub reason: Option<String>,
    pub created_by: String,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
