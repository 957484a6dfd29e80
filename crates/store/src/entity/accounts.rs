//! One of our Telegram identities.

use sea_orm::entity::prelude::*;

use crate::types::{AccountState, Environment, UnixMillis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub label: String,
    pub environment: Environment,
    pub phone: Option<String>,
    pub telegram_user_id: Option<i64>,
    pub username: Option<String>,
    pub state: AccountState,
    pub state_reason: Option<String>,
    pub state_until: Option<UnixMillis>,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
    /// Why Telegram does not let it write to strangers, until an operator says that this is over.
    pub restriction: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
