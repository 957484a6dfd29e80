//! What is offered.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "services")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// `fold_name(name)`, unique.
    pub name_key: String,
    pub category: Option<String>,
    /// Code of `directions`.
    pub direction: Option<String>,
    /// Usual length of a session.
    pub duration_minutes: i32,
    /// Of one visit, or of the subscription, in minor units.
    pub price_minor: i64,
    /// Usual seats of a session.
    pub capacity: Option<i32>,
    /// As a subscription: its visits; absent: any number.
    pub visits: Option<i32>,
    /// As a subscription: its length; absent: not sold as one.
    pub period_days: Option<i32>,
    pub description: Option<String>,
    /// Whether it is still offered.
    pub active: bool,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
