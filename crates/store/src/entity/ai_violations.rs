//! Something that a provider wrote and that did not leave.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ai_violations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub purpose: String,
    pub provider: String,
    /// The kind of the violation, as the grounding check names it.
    pub kind: String,
    /// The part of the text, shortened.
    pub found: String,
    pub contact_id: Option<i64>,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
