//! What Telegram told and could never be stored is named, so that a person can look for it.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

/// Adds `set_aside_updates`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0023_set_aside_updates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager.get_database_backend(), "set_aside_updates")
            .ints("account_id")
            .words("kind")
            .ints("telegram_user_id? telegram_message_id?")
            .keys("failure")
            .ints("created_at")
            .index("account_id created_at")
            .create(manager)
            .await
    }
}
