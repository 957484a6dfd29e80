//! Payments, refunds, and the totals of each day that are moved with them.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

pub(super) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);
    table("payments")
        .ints("client_id?")
        .words("kind status method")
        .ints("amount_minor refunded_minor refund_of? service_id? staff_id? subscription_id? booking_id?")
        .ints("paid_at?")
        .small_ints("day?")
        .keys("number?")
        .texts("notes?")
        .keys("created_by")
        .ints("created_at updated_at")
        .index("day id")
        .index("client_id id")
        .index("status day client_id kind amount_minor")
        .index("refund_of")
        .index("service_id day")
        .index("staff_id day")
        .index("subscription_id")
        .index("booking_id")
        .index("amount_minor id")
        .index("number")
        .outlives("client_id", "clients")
        .refers("refund_of", "payments")
        .refers("service_id", "services")
        .refers("staff_id", "staff")
        .outlives("subscription_id", "subscriptions")
        .outlives("booking_id", "bookings")
        .check("amount_minor > 0")
        // Of two refunds at once no more is given back than was paid, whatever writes here.
        .check("refunded_minor >= 0 AND refunded_minor <= amount_minor")
        .create(manager)
        .await?;
    table("day_totals")
        .words("measure total_by")
        .keys("key")
        .small_ints("day")
        .ints("counted amount_minor")
        .unique("measure total_by key day")
        .index("day")
        .create(manager)
        .await?;
    table("crm_state")
        .keys("key")
        .texts("value")
        .unique("key")
        .create(manager)
        .await
}
