//! A campaign: first messages to many contacts.

use sea_orm::entity::prelude::*;

use crate::types::{Approval, CampaignState, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaigns")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub description: Option<String>,
    pub product_id: Option<i64>,
    /// JSON array of texts; absent: the composer writes.
    pub templates: Option<String>,
    pub approval: Approval,
    pub state: CampaignState,
    pub state_reason: Option<String>,
    pub scheduled_at: Option<UnixMillis>,
    pub batch_size: i32,
    /// Asked pause between two new dialogs, milliseconds; absent: the pacer's own.
    pub delay_ms: Option<i64>,
    pub started_at: Option<UnixMillis>,
    pub completed_at: Option<UnixMillis>,
    /// Sum of the times to the first reply, milliseconds.
    pub response_ms_sum: i64,
    pub response_count: i64,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
