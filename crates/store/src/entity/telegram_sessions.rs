//! An account's Telegram session, encrypted.

use sea_orm::entity::prelude::*;

use crate::types::{Environment, UnixMillis};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telegram_sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub environment: Environment,
    /// Encrypted bytes.
    #[sea_orm(column_type = "Blob")]
    pub data: Vec<u8>,
    pub updated_at: UnixMillis,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Leaves the secret out.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("telegram_sessions")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
