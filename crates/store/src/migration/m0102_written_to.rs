//! Whom we wrote to before their data was erased.

use sea_orm_migration::prelude::*;

use super::table::NewTable;

/// Adds `written_to`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0102_written_to"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager.get_database_backend(), "written_to")
            .keys("key")
            .ints("created_at")
            .unique("key")
            .create(manager)
            .await
    }
}
