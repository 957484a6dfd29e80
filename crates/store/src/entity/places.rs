//! A hall, a desk or a meeting room: one booking or session at a time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{PlaceKind, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "places")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// `fold_name(name)`, unique.
    pub name_key: String,
    pub kind: PlaceKind,
    /// Code of `directions`.
    pub direction: Option<String>,
    /// People.
    pub capacity: i32,
    /// In minor units; absent: not let by the hour.
    pub price_hour_minor: Option<i64>,
    pub price_day_minor: Option<i64>,
    pub price_month_minor: Option<i64>,
    pub description: Option<String>,
    /// Whether it can still be booked.
    pub active: bool,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
