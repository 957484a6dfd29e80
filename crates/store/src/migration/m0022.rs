//! The first wording of a message that was edited is kept: consent and stops rest on what was written then.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds `messages.first_text`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0022_first_text"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("first_text");
        if manager.get_database_backend() == DbBackend::MySql {
            column.custom("longtext");
        } else {
            column.text();
        }
        column.null();
        let mut messages = Table::alter();
        messages.table("messages").add_column(column);
        manager.alter_table(messages).await
    }
}
