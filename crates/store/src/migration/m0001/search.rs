//! Search for parts of names, as far as the database offers it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// SQLite: a trigram index over `contacts.name_key` that triggers keep (external content: it holds no second copy).
const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE contacts_search USING fts5(\
     name_key, content='contacts', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none)",
    "CREATE TRIGGER contacts_search_insert AFTER INSERT ON contacts BEGIN \
     INSERT INTO contacts_search(rowid, name_key) VALUES (new.id, new.name_key); END",
    "CREATE TRIGGER contacts_search_delete AFTER DELETE ON contacts BEGIN \
     INSERT INTO contacts_search(contacts_search, rowid, name_key) VALUES ('delete', old.id, old.name_key); END",
    "CREATE TRIGGER contacts_search_update AFTER UPDATE OF name_key ON contacts \
     WHEN old.name_key <> new.name_key BEGIN \
     INSERT INTO contacts_search(contacts_search, rowid, name_key) VALUES ('delete', old.id, old.name_key); \
     INSERT INTO contacts_search(rowid, name_key) VALUES (new.id, new.name_key); END",
];

/// PostgreSQL: the same by `pg_trgm`, where it is installed and we may create it.
const POSTGRES: &str = "DO $$ BEGIN \
     CREATE EXTENSION IF NOT EXISTS pg_trgm; \
     CREATE INDEX ix_contacts__search ON contacts USING gin (name_key gin_trgm_ops); \
     EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL; \
     END $$";

pub async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    match manager.get_database_backend() {
        DbBackend::Sqlite => {
            for statement in SQLITE {
                db.execute_unprepared(statement).await?;
            }
        }
        DbBackend::Postgres => {
            db.execute_unprepared(POSTGRES).await?;
        }
        // MySQL has no trigrams: LIKE scans.
        _ => {}
    }
    Ok(())
}
