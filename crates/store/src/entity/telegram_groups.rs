//! A group or channel that one of our accounts sees.

use sea_orm::entity::prelude::*;

use crate::types::{GroupKind, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telegram_groups")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub telegram_id: i64,
    pub access_hash: i64,
    pub title: String,
    pub username: Option<String>,
    pub kind: GroupKind,
    pub members_count: i64,
    pub parsed_at: Option<UnixMillis>,
    pub refreshed_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
