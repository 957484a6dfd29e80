//! The outbox counts the sends whose outcome stayed unknown apart from those that certainly did not happen.

use sea_orm_migration::prelude::*;

/// Adds `outbox.unknown_outcomes`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0020_unknown_outcomes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("unknown_outcomes");
        column.integer().not_null().default(0);
        let mut outbox = Table::alter();
        outbox.table("outbox").add_column(column);
        manager.alter_table(outbox).await
    }
}
