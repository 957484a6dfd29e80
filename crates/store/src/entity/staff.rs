//! A trainer or another member of the team who holds sessions.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// `fold_name(name)`.
    pub name_key: String,
    pub position: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub notes: Option<String>,
    /// Whether the person still works here.
    pub active: bool,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
