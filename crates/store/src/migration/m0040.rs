//! Follow-ups on silence, the history of stages, and what each variant of an A/B test brought.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use super::table::NewTable;

/// Follow-ups, stages, variants.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0040_campaign_follow_ups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = |name| NewTable::new(manager.get_database_backend(), name);
        table("campaign_steps")
            .ints("campaign_id")
            .small_ints("step")
            .ints("after_ms")
            .texts("template?")
            .unique("campaign_id step")
            .owned_by("campaign_id", "campaigns")
            .create(manager)
            .await?;
        table("follow_ups")
            .ints("campaign_id contact_id account_id")
            .small_ints("step")
            .ints("due_at?")
            .keys("ended?")
            .unique("campaign_id contact_id")
            .index("due_at")
            .index("contact_id")
            .owned_by("campaign_id", "campaigns")
            .owned_by("contact_id", "contacts")
            .create(manager)
            .await?;
        table("stage_moves")
            .ints("contact_id campaign_id?")
            .words("from_stage to_stage")
            .keys("reason?")
            .ints("message_id?")
            .keys("moved_by")
            .ints("created_at")
            .index("contact_id id")
            .owned_by("contact_id", "contacts")
            .create(manager)
            .await?;
        count_variants(manager).await
    }
}

/// Counts what the campaigns before this release brought, by variant; from now on the changes count it themselves.
async fn count_variants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    let text = if backend == DbBackend::MySql {
        "char"
    } else {
        "text"
    };
    let column = |name: &'static str| Expr::col(Alias::new(name));
    let all = Expr::val(1).eq(1);
    let counted = [
        ("variant_total", all),
        ("variant_sent", column("sent_at").is_not_null()),
        ("variant_read", column("read_at").is_not_null()),
        ("variant_replied", column("replied_at").is_not_null()),
        ("variant_opted_out", column("opted_out").eq(true)),
    ];
    for (kind, condition) in counted {
        let sums = Query::select()
            .column("campaign_id")
            .expr(Expr::val(kind))
            .expr(column("variant").cast_as(text))
            .expr(column("id").count())
            .from("campaign_contacts")
            .and_where(condition)
            .group_by_columns(["campaign_id", "variant"])
            .take();
        let mut insert = Query::insert();
        insert
            .into_table("campaign_counters")
            .columns(["campaign_id", "kind", "key", "value"]);
        insert
            .select_from(sums)
            .map_err(|error| DbErr::Migration(error.to_string()))?;
        manager.get_connection().execute(&insert).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::prelude::*;
    use sea_orm_migration::sea_orm::{Database, QueryOrder, entity::*};

    use crate::entity::campaign_counters;
    use crate::migration::Migrator;

    #[tokio::test]
    async fn what_earlier_campaigns_brought_is_counted_by_variant() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, Some(1)).await.unwrap();
        db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
        for (contact, variant, sent, replied) in
            [(1, 0, "5", "9"), (2, 0, "5", "NULL"), (3, 1, "NULL", "NULL")]
        {
            let row = format!(
                "INSERT INTO campaign_contacts (campaign_id, contact_id, state, variant, stage, sent_at, delivered, replied_at, opted_out) \
                 VALUES (7, {contact}, 'sent', {variant}, 'new', {sent}, 0, {replied}, {})",
                u8::from(contact == 2)
            );
            db.execute_unprepared(&row).await.unwrap();
        }
        Migrator::up(&db, None).await.unwrap();
        let rows = campaign_counters::Entity::find()
            .order_by_asc(campaign_counters::Column::Kind)
            .order_by_asc(campaign_counters::Column::Key)
            .all(&db)
            .await
            .unwrap();
        let counted: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} {}", row.kind, row.key, row.value))
            .collect();
        assert_eq!(
            counted,
            [
                "variant_opted_out 0 1",
                "variant_replied 0 1",
                "variant_sent 0 2",
                "variant_total 0 2",
                "variant_total 1 1",
            ]
        );
    }
}
