//! A Telegram user as one of our accounts may address them.

use sea_orm::entity::prelude::*;

use crate::types::UnixMillis;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_peers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub telegram_user_id: i64,
    pub access_hash: i64,
    pub contact_id: Option<i64>,
    /// When Telegram was last asked what it takes to write to them.
    pub asked_at: Option<UnixMillis>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
