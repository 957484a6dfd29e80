//! Campaigns, the outbox, messages and dialogs.

use sea_orm_migration::prelude::*;

use crate::migration::table::NewTable;

pub async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("campaigns")
        .texts("name description?")
        .ints("product_id?")
        .texts("templates?")
        .words("approval state")
        .texts("state_reason?")
        .ints("scheduled_at?")
        .small_ints("batch_size")
        .ints("delay_ms? started_at? completed_at? response_ms_sum response_count created_at updated_at")
        .index("state scheduled_at")
        .create(manager)
        .await?;
    table("campaign_counters")
        .ints("campaign_id")
        .words("kind")
        .keys("key")
        .ints("value")
        .unique("campaign_id kind key")
        .owned_by("campaign_id", "campaigns")
        .create(manager)
        .await?;
    table("campaign_contacts")
        .ints("campaign_id contact_id")
        .words("state")
        .keys("reason?")
        .small_ints("variant")
        .ints("account_id?")
        .words("stage")
        .ints("sent_at?")
        .bools("delivered")
        .ints("read_at? replied_at?")
        .bools("opted_out")
        .unique("campaign_id contact_id")
        .index("campaign_id state contact_id")
        .index("contact_id")
        .owned_by("campaign_id", "campaigns")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await?;
    conversation(manager).await
}

async fn conversation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = |name| NewTable::new(manager.get_database_backend(), name);

    table("outbox")
        .ints("account_id contact_id campaign_id?")
        .small_ints("dialog_step")
        .words("kind")
        .texts("text? facts?")
        .ints("random_id")
        .words("state")
        .keys("reason?")
        .texts("error?")
        .ints("not_before")
        .small_ints("attempts")
        .keys("lease_owner?")
        .ints("lease_until? telegram_message_id?")
        .texts("allowed_because")
        .ints("in_reply_to? created_at sent_at?")
        .unique("campaign_id contact_id dialog_step")
        .unique("random_id")
        .index("account_id state kind not_before")
        // What an account sent today, for its budget.
        .index("account_id sent_at")
        .index("contact_id state")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await?;
    table("messages")
        .ints("account_id contact_id")
        .words("direction")
        .ints("telegram_message_id?")
        .texts("text")
        .words("state")
        .ints("campaign_id? outbox_id?")
        .words("author")
        .texts("labels?")
        .floats("confidence?")
        .ints("handled_at?")
        .keys("handled_how?")
        .ints("sent_at read_at? edited_at? deleted_at?")
        .unique("outbox_id")
        .unique("account_id contact_id telegram_message_id")
        // Telegram names a deleted message by its id alone.
        .index("account_id telegram_message_id")
        .index("contact_id sent_at id")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await?;
    table("dialogs")
        .ints("contact_id account_id")
        .words("owner")
        .ints("owner_since? closed_at?")
        .texts("close_reason?")
        .ints("campaign_id? product_id?")
        .small_ints("unread unanswered_ai")
        .ints("react_due_at? react_seq")
        .keys("lease_owner?")
        .ints("lease_until? last_message_at last_read_out_id")
        .unique("contact_id account_id")
        .index("react_due_at")
        .index("last_message_at id")
        .owned_by("contact_id", "contacts")
        .create(manager)
        .await
}
