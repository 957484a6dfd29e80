//! The CRM: clients, services, staff, places, the schedule, bookings, subscriptions, payments and their daily totals.

mod guard;
mod money;
mod people;
mod schedule;

use sea_orm_migration::prelude::*;

pub(crate) use guard::OVERLAP;

/// The tables of the CRM.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0080_crm"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people::create(manager).await?;
        schedule::create(manager).await?;
        money::create(manager).await?;
        guard::create(manager).await
    }
}
