//! How often an account asked Telegram about people, and until when it must not.

use sea_orm::entity::prelude::*;

use crate::types::{LookupKind, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lookup_limits")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub kind: LookupKind,
    /// When the span that `used` counts began.
    pub window_from: UnixMillis,
    /// People asked about in this span.
    pub used: i64,
    /// Telegram is not asked before this moment.
    pub not_before: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
