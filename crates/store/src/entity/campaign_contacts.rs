//! A contact in a campaign.

use sea_orm::entity::prelude::*;

use crate::types::{CampaignContactState, FunnelStage, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_contacts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign_id: i64,
    pub contact_id: i64,
    pub state: CampaignContactState,
    pub reason: Option<String>,
    /// Index of the template in an A/B test.
    pub variant: i32,
    pub account_id: Option<i64>,
    pub stage: FunnelStage,
    pub sent_at: Option<UnixMillis>,
    pub delivered: bool,
    pub read_at: Option<UnixMillis>,
    pub replied_at: Option<UnixMillis>,
    pub opted_out: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
