//! When a place or a member of the staff is taken. No two rows of one overlap: the database refuses it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::types::{ResourceKind, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "occupancy")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub resource: ResourceKind,
    pub resource_id: i64,
    /// A whole minute.
    pub from_at: UnixMillis,
    /// A whole minute; the next may begin then.
    pub to_at: UnixMillis,
    /// By this session, or …
    pub session_id: Option<i64>,
    /// … by this booking of a place.
    pub booking_id: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
