//! A conversation of one account with one contact.

use sea_orm::entity::prelude::*;

use crate::types::{DialogOwner, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dialogs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub contact_id: i64,
    pub account_id: i64,
    pub owner: DialogOwner,
    pub owner_since: Option<UnixMillis>,
    pub closed_at: Option<UnixMillis>,
    pub close_reason: Option<String>,
    pub campaign_id: Option<i64>,
    pub product_id: Option<i64>,
    pub unread: i32,
    /// AI messages since the person last wrote.
    pub unanswered_ai: i32,
    pub react_due_at: Option<UnixMillis>,
    /// Grows with each inbound message, so that a stale draft is recognised.
    pub react_seq: i64,
    pub lease_owner: Option<String>,
    pub lease_until: Option<UnixMillis>,
    pub last_message_at: UnixMillis,
    /// Highest Telegram id of ours that the person has read.
    pub last_read_out_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
