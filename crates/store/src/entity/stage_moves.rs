//! A move of a contact in the funnel.

use sea_orm::entity::prelude::*;

use crate::types::{FunnelStage, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stage_moves")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact_id: i64,
    pub campaign_id: Option<i64>,
    pub from_stage: FunnelStage,
    pub to_stage: FunnelStage,
    pub reason: Option<String>,
    /// The message that caused it.
    pub message_id: Option<i64>,
    /// Who moved it: a person of the team, `alfa` or `contact`.
    pub moved_by: String,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
