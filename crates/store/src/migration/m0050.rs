//! What is kept of the AI providers.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

/// Memory, attempts and violations of the AI providers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0050_ai"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = |name| NewTable::new(manager.get_database_backend(), name);
        table("ai_memory")
            .keys("provider")
            .texts("body")
            .ints("updated_at")
            .unique("provider")
            .create(manager)
            .await?;
        table("ai_attempts")
            .words("purpose provider")
            .texts("model")
            .words("outcome")
            .small_ints("http_status?")
            .ints("first_token_ms? total_ms prompt_tokens? completion_tokens? cost_micros?")
            .texts("detail?")
            .ints("created_at")
            .index("created_at")
            .create(manager)
            .await?;
        table("ai_violations")
            .words("purpose provider kind")
            .texts("found")
            .ints("contact_id? created_at")
            .index("created_at")
            .index("contact_id")
            .create(manager)
            .await
    }
}
