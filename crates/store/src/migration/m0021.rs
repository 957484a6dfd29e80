//! That Telegram has limited an account is kept apart from the account's state, which a logout changes.

use sea_orm_migration::prelude::*;

/// Adds `accounts.restriction`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0021_restriction"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("restriction");
        column.string_len(64).null();
        let mut accounts = Table::alter();
        accounts.table("accounts").add_column(column);
        manager.alter_table(accounts).await?;
        // Those that are limited now stay limited over the next login.
        let limited = "UPDATE accounts SET restriction = 'peer_flood' WHERE state = 'restricted'";
        manager.get_connection().execute_unprepared(limited).await?;
        Ok(())
    }
}
