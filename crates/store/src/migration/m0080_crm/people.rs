//! Who comes, who serves them, what is offered and where.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

pub(super) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    clients(manager).await?;
    offers(manager).await?;
    staff(manager).await
}

async fn clients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);
    table("clients")
        .ints("contact_id")
        .words("status")
        .keys("direction? contract_number? subscription_number? source?")
        .small_ints("birth_date? birth_month_day?")
        .texts("notes? contraindications?")
        .ints("visits")
        .small_ints("last_visit_day created_day")
        .ints("created_at updated_at")
        .unique("contact_id")
        .index("status id")
        .index("direction id")
        .index("created_day")
        .index("created_at id")
        .index("last_visit_day id")
        .index("birth_month_day")
        .index("contract_number")
        .index("subscription_number")
        .owned_by("contact_id", "contacts")
        .check("visits >= 0")
        .create(manager)
        .await
}

async fn offers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);
    table("directions")
        .keys("code name?")
        .small_ints("position")
        .unique("code")
        .create(manager)
        .await?;
    table("services")
        .keys("name name_key category? direction?")
        .small_ints("duration_minutes")
        .ints("price_minor")
        .small_ints("capacity? visits? period_days?")
        .texts("description?")
        .bools("active")
        .ints("created_at updated_at")
        .unique("name_key")
        .index("direction")
        .check("price_minor >= 0")
        .create(manager)
        .await?;
    table("places")
        .keys("name name_key")
        .words("kind")
        .keys("direction?")
        .small_ints("capacity")
        .ints("price_hour_minor? price_day_minor? price_month_minor?")
        .texts("description?")
        .bools("active")
        .ints("created_at updated_at")
        .unique("name_key")
        .check("capacity >= 1")
        .create(manager)
        .await?;
    for (position, code) in (0_i32..).zip(["fitness", "coworking", "coffee", "kids"]) {
        let mut insert = Query::insert();
        insert
            .into_table("directions")
            .columns(["code", "position"])
            .values_panic([code.into(), position.into()]);
        manager.get_connection().execute(&insert).await?;
    }
    Ok(())
}

async fn staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);
    table("staff")
        .keys("name name_key position? phone?")
        .texts("notes?")
        .bools("active")
        .ints("created_at updated_at")
        .index("name_key id")
        .create(manager)
        .await?;
    table("staff_directions")
        .ints("staff_id")
        .keys("direction")
        .unique("staff_id direction")
        .owned_by("staff_id", "staff")
        .create(manager)
        .await?;
    table("staff_hours")
        .ints("staff_id")
        .small_ints("weekday from_minute to_minute")
        .unique("staff_id weekday from_minute")
        .owned_by("staff_id", "staff")
        .check("to_minute > from_minute")
        .create(manager)
        .await
}
