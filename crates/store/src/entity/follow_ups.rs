//! The next follow-up that a silent person waits for.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_ups")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub campaign_id: i64,
    pub contact_id: i64,
    pub account_id: i64,
    /// Which step is next.
    pub step: i32,
    /// When it is looked at next; absent: the sequence has ended.
    pub due_at: Option<UnixMillis>,
    /// Why the sequence has ended.
    pub ended: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
