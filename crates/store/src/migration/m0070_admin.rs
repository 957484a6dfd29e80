//! What the pages of the admin ask for all the time is found by an index.

use sea_orm_migration::prelude::*;

/// Adds an index on a campaign's outbox rows by state: drafts that wait for approval are counted in each list.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0070_admin"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name("ix_outbox__campaign_id__state")
            .table("outbox")
            .col("campaign_id")
            .col("state")
            .take();
        manager.create_index(index).await
    }
}
