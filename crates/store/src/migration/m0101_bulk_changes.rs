//! What a change of many contacts changed of each, to take it back.

use sea_orm_migration::prelude::*;

use super::table::NewTable;

/// Adds `bulk_changes`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0101_bulk_changes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager.get_database_backend(), "bulk_changes")
            .ints("job_id contact_id")
            .texts("change")
            .ints("created_at")
            .unique("job_id contact_id")
            .index("contact_id")
            .index("created_at")
            .owned_by("contact_id", "contacts")
            .create(manager)
            .await
    }
}
