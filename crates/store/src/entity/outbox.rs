//! A message that is to leave: the only way out.

use sea_orm::entity::prelude::*;

use crate::types::{OutboxKind, OutboxState, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub contact_id: i64,
    pub campaign_id: Option<i64>,
    pub dialog_step: i32,
    pub kind: OutboxKind,
    /// Absent: not written yet.
    pub text: Option<String>,
    /// JSON of the facts that the text rests on.
    pub facts: Option<String>,
    /// Drawn once; Telegram recognises a repeated send by it.
    pub random_id: i64,
    pub state: OutboxState,
    pub reason: Option<String>,
    pub error: Option<String>,
    pub not_before: UnixMillis,
    /// How often it was leased.
    pub attempts: i32,
    pub lease_owner: Option<String>,
    pub lease_until: Option<UnixMillis>,
    pub telegram_message_id: Option<i64>,
    /// The policy gate's receipt.
    pub allowed_because: String,
    /// Id of the message that is answered.
    pub in_reply_to: Option<i64>,
    pub created_at: UnixMillis,
    pub sent_at: Option<UnixMillis>,
    /// Sends of it of which nobody knows whether they happened.
    pub unknown_outcomes: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
