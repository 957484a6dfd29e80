//! A version of the knowledge base says from which it was made and what was done.

use sea_orm_migration::prelude::*;

/// The columns `parent_id`, `action` and `subject` of `knowledge_versions`.
pub struct Migration;

const TABLE: &str = "knowledge_versions";

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0060_knowledge_history"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        let columns = [
            ColumnDef::new("parent_id").big_integer().null().take(),
            ColumnDef::new("action").string_len(32).null().take(),
            ColumnDef::new("subject").text().null().take(),
        ];
        for mut column in columns {
            let mut add = Table::alter();
            manager
                .alter_table(add.table(TABLE).add_column(&mut column).take())
                .await?;
        }
        // Two versions of one parent would be a lost change: the second writer is refused and begins anew.
        let mut index = Index::create();
        index
            .name("uq_knowledge_versions__parent_id")
            .table(TABLE)
            .col("parent_id")
            .unique();
        manager.create_index(index).await
    }
}
