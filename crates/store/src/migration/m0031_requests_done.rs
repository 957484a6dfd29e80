//! What a request with an `Idempotency-Key` made is noted with the key.

use sea_orm_migration::prelude::*;

/// Adds `idempotency_keys.made`.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0031_requests_done"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut made = ColumnDef::new("made");
        made.text().null();
        let table = Table::alter()
            .table("idempotency_keys")
            .add_column(&mut made)
            .take();
        manager.alter_table(table).await
    }
}
