//! What hangs on a contact without a foreign key is found by it: a deletion must not read whole tables.

use sea_orm_migration::prelude::*;

/// Adds indexes on the contact to `events` and `import_changes`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0030_events_by_contact"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["events", "import_changes"] {
            let index = Index::create()
                .name(format!("ix_{table}__contact_id"))
                .table(table)
                .col("contact_id")
                .take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
