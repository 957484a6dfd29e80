//! What Telegram told an account and could never be stored.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "set_aside_updates")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    /// `message`, `edited`, `deleted`, `read` or `gap`.
    pub kind: String,
    pub telegram_user_id: Option<i64>,
    pub telegram_message_id: Option<i64>,
    /// The kind of failure, never its text.
    pub failure: String,
    pub created_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
