//! How often Telegram was asked about people, until when it must not be, and when it last told what a person asks for.

use sea_orm_migration::prelude::*;

use super::table::NewTable;

/// Limits of look-ups.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_lookup_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager.get_database_backend(), "lookup_limits")
            .ints("account_id")
            .words("kind")
            .ints("window_from used not_before")
            .unique("account_id kind")
            .owned_by("account_id", "accounts")
            .create(manager)
            .await?;
        let asked_at = ColumnDef::new("asked_at").big_integer().null().take();
        let mut table = Table::alter();
        table.table("account_peers").add_column(asked_at);
        manager.alter_table(table).await
    }
}
