//! Uploads of a million rows: the search index keeps no sizes of names, which nobody asks for, and merges less often; and
//! people without a username or a Telegram id have no place in the indexes of these.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Remakes `contacts_search`, `uq_contacts__username` and `uq_contacts__telegram_user_id`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0090_quick_uploads"
    }
}

const SEARCH: &[&str] = &[
    "DROP TABLE contacts_search",
    "CREATE VIRTUAL TABLE contacts_search USING fts5(name_key, content='contacts', content_rowid='id', \
     tokenize='trigram case_sensitive 1', detail=none, columnsize=0)",
    "INSERT INTO contacts_search(contacts_search, rank) VALUES ('automerge', 16)",
    "INSERT INTO contacts_search(contacts_search) VALUES ('rebuild')",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = manager.get_database_backend();
        if backend == DbBackend::Sqlite {
            for statement in SEARCH {
                db.execute_unprepared(statement).await?;
            }
        }
        // MySQL has no indexes of a part of a table.
        if backend == DbBackend::MySql {
            return Ok(());
        }
        for column in ["username", "telegram_user_id"] {
            let name = format!("uq_contacts__{column}");
            db.execute_unprepared(&format!("DROP INDEX {name}")).await?;
            db.execute_unprepared(&format!(
                "CREATE UNIQUE INDEX {name} ON contacts ({column}) WHERE {column} IS NOT NULL"
            ))
            .await?;
        }
        Ok(())
    }
}
