//! Nothing is in two places at once: the database itself refuses two rows of one place, or of one member of the staff,
//! whose times overlap.
//!
//! PostgreSQL has exclusion constraints. Its ranges of whole numbers need no extension when the resource and the time
//! are laid into one number: the resource's own stretch of 2^27 minutes (until the year 2225) and the minute in it.
//! SQLite, where one transaction writes at a time, looks in a trigger. MySQL has neither; there the lock that
//! `crm::occupancy` takes on the place and the member of the staff is the guard.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Name of the constraint on PostgreSQL, and the text of the triggers' refusal on SQLite.
pub(crate) const OVERLAP: &str = "occupancy_overlap";

const MINUTES_OF_A_RESOURCE: i64 = 1 << 27;
const MS_OF_A_MINUTE: i64 = 60_000;

pub(super) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    match manager.get_database_backend() {
        DbBackend::Postgres => {
            db.execute_unprepared(&exclusion()).await?;
        }
        DbBackend::Sqlite => {
            for event in ["INSERT", "UPDATE"] {
                db.execute_unprepared(&trigger(event)).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn exclusion() -> String {
    let of = "(resource_id * 2 + CASE resource WHEN 'staff' THEN 1 ELSE 0 END)";
    format!(
        "ALTER TABLE occupancy ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (int8range(\
           {of} * {MINUTES_OF_A_RESOURCE} + from_at / {MS_OF_A_MINUTE}, \
           {of} * {MINUTES_OF_A_RESOURCE} + to_at / {MS_OF_A_MINUTE}) WITH &&)"
    )
}

fn trigger(event: &str) -> String {
    format!(
        "CREATE TRIGGER {OVERLAP}_{} BEFORE {event} ON occupancy BEGIN \
           SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS (\
             SELECT 1 FROM occupancy WHERE resource = NEW.resource AND resource_id = NEW.resource_id \
               AND to_at > NEW.from_at AND from_at < NEW.to_at AND id IS NOT NEW.id); \
         END",
        event.to_lowercase()
    )
}
