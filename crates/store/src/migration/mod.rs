//! The schema's history. Migrations only go forward: a released one is never edited, a new file is added.

use sea_orm_migration::prelude::*;

mod m0001;
mod m0010;
mod m0020;
mod m0021;
mod m0022;
mod m0023;
mod m0030_events_by_contact;
mod m0031_requests_done;
mod m0040;
mod m0050;
mod m0060_knowledge_history;
mod m0070_admin;
mod m0080_crm;
mod m0090_quick_uploads;
mod m0100_settings;
mod m0101_bulk_changes;
mod m0102_written_to;
mod table;

pub(crate) use m0080_crm::OVERLAP;

/// Applies the migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001::Migration),
            Box::new(m0010::Migration),
            Box::new(m0020::Migration),
            Box::new(m0021::Migration),
            Box::new(m0022::Migration),
            Box::new(m0023::Migration),
            Box::new(m0030_events_by_contact::Migration),
            Box::new(m0031_requests_done::Migration),
            Box::new(m0040::Migration),
            Box::new(m0050::Migration),
            Box::new(m0060_knowledge_history::Migration),
            Box::new(m0070_admin::Migration),
            Box::new(m0080_crm::Migration),
            Box::new(m0090_quick_uploads::Migration),
            Box::new(m0100_settings::Migration),
            Box::new(m0101_bulk_changes::Migration),
            Box::new(m0102_written_to::Migration),
        ]
    }
}
