//! A message that was sent or received.

use sea_orm::entity::prelude::*;

use crate::types::{MessageAuthor, MessageDirection, MessageState, UnixMillis};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub contact_id: i64,
    pub direction: MessageDirection,
    pub telegram_message_id: Option<i64>,
    pub text: String,
    pub state: MessageState,
    pub campaign_id: Option<i64>,
    pub outbox_id: Option<i64>,
    pub author: MessageAuthor,
    /// JSON array of the classes found.
    pub labels: Option<String>,
    /// 0 to 1.
    pub confidence: Option<f64>,
    pub handled_at: Option<UnixMillis>,
    pub handled_how: Option<String>,
    pub sent_at: UnixMillis,
    pub read_at: Option<UnixMillis>,
    pub edited_at: Option<UnixMillis>,
    pub deleted_at: Option<UnixMillis>,
    /// How it was worded before it was first edited.
    pub first_text: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
