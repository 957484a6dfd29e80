//! What an administrator sets while Alfa runs.

use sea_orm_migration::prelude::*;

use super::table::NewTable;

/// Adds `settings`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0100_settings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager.get_database_backend(), "settings")
            .keys("key")
            .texts("value")
            .ints("updated_at")
            .unique("key")
            .create(manager)
            .await
    }
}
