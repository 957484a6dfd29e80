//! Contacts, their consent, groups, and our accounts.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

pub async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("contacts")
        .texts("name first_name? last_name?")
        .keys("name_key phone? username?")
        .ints("telegram_user_id?")
        .texts("profession? interests?")
        .small_ints("age?")
        .texts("goal? notes?")
        .keys("language? timezone?")
        .words("source status consent_basis")
        .ints("opted_out_at?")
        .words("stage")
        .ints("stage_message_id? last_outreach_at? last_inbound_at? last_message_at?")
        .texts("extra?")
        .ints("import_id? created_at updated_at")
        .unique("phone")
        .unique("username")
        .unique("telegram_user_id")
        .index("name_key id")
        .index("created_at id")
        .index("last_message_at id")
        .index("import_id id")
        .create(manager)
        .await?;
    table("contact_tags")
        .ints("contact_id")
        .keys("tag")
        .unique("contact_id tag")
        .index("tag contact_id")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await?;
    table("consents")
        .ints("contact_id")
        .words("action basis")
        .texts("evidence? recorded_by wording?")
        .ints("created_at")
        .index("contact_id")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await?;
    table("suppressions")
        .keys("key")
        .texts("reason")
        .ints("created_at")
        .unique("key")
        .create(manager)
        .await?;
    table("telegram_groups")
        .ints("account_id telegram_id access_hash")
        .texts("title")
        .keys("username?")
        .words("kind")
        .ints("members_count parsed_at? refreshed_at")
        .unique("account_id telegram_id")
        .create(manager)
        .await?;
    table("group_members")
        .ints("group_id telegram_user_id contact_id?")
        .texts("name")
        .keys("username?")
        .ints("seen_at")
        .unique("group_id telegram_user_id")
        .index("contact_id")
        .owned_by("group_id", "telegram_groups")
        .create(manager)
        .await?;
    accounts(manager).await
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("accounts")
        .texts("label")
        .words("environment")
        .keys("phone?")
        .ints("telegram_user_id?")
        .keys("username?")
        .words("state")
        .texts("state_reason?")
        .ints("state_until? created_at updated_at")
        .create(manager)
        .await?;
    table("telegram_sessions")
        .ints("account_id")
        .words("environment")
        .blobs("data")
        .ints("updated_at")
        .unique("account_id")
        .owned_by("account_id", "accounts")
        .create(manager)
        .await?;
    table("account_peers")
        .ints("account_id telegram_user_id access_hash contact_id?")
        .unique("account_id telegram_user_id")
        .index("account_id contact_id")
        .index("contact_id")
        .owned_by("account_id", "accounts")
        .create(manager)
        .await
}
