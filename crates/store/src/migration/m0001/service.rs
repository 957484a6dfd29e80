//! Imports, jobs, the knowledge base, the event stream, and who may call.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

pub async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("imports")
        .texts("file_name")
        .keys("format")
        .words("state")
        .bools("dry_run")
        .words("consent")
        .keys("country")
        .ints("total created updated unchanged skipped errors")
        .texts("error?")
        .ints("created_at finished_at?")
        .create(manager)
        .await?;
    table("import_rows")
        .ints("import_id row")
        .texts("field? value? message raw")
        .index("import_id id")
        .owned_by("import_id", "imports")
        .create(manager)
        .await?;
    table("import_changes")
        .ints("import_id contact_id")
        .words("action")
        .texts("before?")
        .index("import_id")
        .owned_by("import_id", "imports")
        .create(manager)
        .await?;
    table("jobs")
        .keys("kind unique_key?")
        .texts("payload")
        .words("state")
        .ints("run_at")
        .keys("lease_owner?")
        .ints("lease_until?")
        .small_ints("attempts")
        .ints("progress progress_total?")
        .texts("cursor? result? error?")
        .ints("created_at finished_at?")
        .unique("unique_key")
        .index("state run_at")
        .create(manager)
        .await?;
    table("knowledge_versions")
        .texts("body")
        .words("source")
        .texts("author")
        .ints("created_at")
        .create(manager)
        .await?;
    access(manager).await
}

async fn access(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("idempotency_keys")
        .keys("key route request_hash")
        .small_ints("status?")
        .texts("body?")
        .ints("created_at")
        .unique("key route")
        .index("created_at")
        .create(manager)
        .await?;
    table("events")
        .keys("kind")
        .ints("contact_id? campaign_id?")
        .texts("body")
        .ints("created_at")
        .create(manager)
        .await?;
    table("users")
        .keys("name")
        .texts("password_hash")
        .keys("role")
        .ints("created_at")
        .unique("name")
        .create(manager)
        .await?;
    table("user_sessions")
        .keys("token_hash")
        .ints("user_id")
        .keys("csrf")
        .ints("created_at expires_at")
        .unique("token_hash")
        .index("expires_at")
        .owned_by("user_id", "users")
        .create(manager)
        .await?;
    table("api_tokens")
        .texts("name")
        .keys("token_hash")
        .texts("scopes")
        .ints("created_at last_used_at? revoked_at?")
        .unique("token_hash")
        .create(manager)
        .await?;
    table("audit_log")
        .keys("actor action")
        .texts("subject detail?")
        .ints("created_at")
        .create(manager)
        .await
}
