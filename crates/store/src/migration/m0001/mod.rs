//! The first schema.

use sea_orm_migration::prelude::*;

mod outreach;
mod people;
mod search;
mod service;

/// The first schema.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_first_schema"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people::create(manager).await?;
        outreach::create(manager).await?;
        service::create(manager).await?;
        search::create(manager).await
    }
}
