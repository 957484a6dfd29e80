//! The schema's history. Migrations only go forward: a released one is never edited, a new file is added.

use sea_orm_migration::prelude::*;

mod m0001;
mod m0010;
mod table;

/// Applies the migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001::Migration), Box::new(m0010::Migration)]
    }
}
