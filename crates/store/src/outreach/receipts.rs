//! What happens to messages after they were sent: read, edited, deleted.

use sea_orm::ConnectionTrait;
use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;

use super::audience::count_variants;
use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, dialogs, messages};
use crate::types::{CounterKind, MessageDirection, MessageState, UnixMillis};

/// Marks our messages to a contact as read, up to a Telegram id. Answers the ids of the messages that became read.
///
/// # Errors
/// When the database fails.
pub async fn read_by_contact<C: ConnectionTrait>(
    db: &C,
    (account_id, contact_id): (i64, i64),
    up_to_telegram_id: i64,
    at: UnixMillis,
    moves: &mut Moves,
) -> Result<Vec<i64>, StoreError> {
    let unread = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::ContactId.eq(contact_id))
        .filter(messages::Column::Direction.eq(MessageDirection::Out))
        .filter(messages::Column::State.eq(MessageState::Delivered))
        .filter(messages::Column::TelegramMessageId.lte(up_to_telegram_id))
        .all(db)
        .await?;
    let ids: Vec<i64> = unread.iter().map(|message| message.id).collect();
    messages::Entity::update_many()
        .col_expr(messages::Column::State, Expr::value(MessageState::Read))
        .col_expr(messages::Column::ReadAt, Expr::value(Some(at)))
        .filter(messages::Column::Id.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    dialogs::Entity::update_many()
        .col_expr(dialogs::Column::LastReadOutId, Expr::value(up_to_telegram_id))
        .filter(dialogs::Column::AccountId.eq(account_id))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .filter(dialogs::Column::LastReadOutId.lt(up_to_telegram_id))
        .exec(db)
        .await?;
    let mut campaigns: Vec<i64> = unread.iter().filter_map(|message| message.campaign_id).collect();
    campaigns.sort_unstable();
    campaigns.dedup();
    for campaign_id in campaigns {
        let first_read = campaign_contacts::Entity::update_many()
            .col_expr(campaign_contacts::Column::ReadAt, Expr::value(Some(at)))
            .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
            .filter(campaign_contacts::Column::ContactId.eq(contact_id))
            .filter(campaign_contacts::Column::ReadAt.is_null())
            .exec(db)
            .await?;
        moves.add(
            campaign_id,
            CounterKind::State,
            "read",
            first_read.rows_affected as i64,
        );
        if first_read.rows_affected == 1 {
            count_variants(db, campaign_id, &[contact_id], CounterKind::VariantRead, moves).await?;
        }
    }
    Ok(ids)
}

/// Marks what a contact wrote as seen by us.
///
/// # Errors
/// When the database fails.
pub async fn read_by_us<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_id: i64,
) -> Result<(), StoreError> {
    dialogs::Entity::update_many()
        .col_expr(dialogs::Column::Unread, Expr::value(0))
        .filter(dialogs::Column::AccountId.eq(account_id))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Replaces the text of an edited message; how it was worded first is kept. Answers its id when it is known and its text
/// is another one now: Telegram also tells of changes that leave the text as it was.
///
/// # Errors
/// When the database fails.
pub async fn edited<C: ConnectionTrait>(
    db: &C,
    (account_id, contact_id): (i64, i64),
    telegram_message_id: i64,
    text: &str,
    at: UnixMillis,
) -> Result<Option<i64>, StoreError> {
    let known = super::receive::by_telegram_id(db, account_id, contact_id, telegram_message_id).await?;
    let Some(known) = known.filter(|known| known.text != text) else {
        return Ok(None);
    };
    let first = known.first_text.unwrap_or(known.text);
    messages::Entity::update_many()
        .col_expr(messages::Column::Text, Expr::value(text))
        .col_expr(messages::Column::FirstText, Expr::value(Some(first)))
        .col_expr(messages::Column::EditedAt, Expr::value(Some(at)))
        .filter(messages::Column::Id.eq(known.id))
        .exec(db)
        .await?;
    Ok(Some(known.id))
}

/// Marks messages of an account's private dialogs as deleted. Their texts are kept: the history stays a history. What the
/// person took back before anybody reacted to it is not reacted to any more.
///
/// # Errors
/// When the database fails.
pub async fn deleted<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    telegram_ids: &[i64],
    at: UnixMillis,
) -> Result<Vec<messages::Model>, StoreError> {
    let known = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account_id))
        .filter(messages::Column::TelegramMessageId.is_in(telegram_ids.iter().copied()))
        .filter(messages::Column::DeletedAt.is_null())
        .all(db)
        .await?;
    messages::Entity::update_many()
        .col_expr(messages::Column::DeletedAt, Expr::value(Some(at)))
        .filter(messages::Column::Id.is_in(known.iter().map(|message| message.id)))
        .exec(db)
        .await?;
    messages::Entity::update_many()
        .col_expr(messages::Column::HandledAt, Expr::value(Some(at)))
        .col_expr(messages::Column::HandledHow, Expr::value(Some(DELETED)))
        .filter(messages::Column::Id.is_in(known.iter().map(|message| message.id)))
        .filter(messages::Column::Direction.eq(MessageDirection::In))
        .filter(messages::Column::HandledAt.is_null())
        .exec(db)
        .await?;
    Ok(known)
}

/// How messages are marked that the person deleted before anybody reacted to them.
pub const DELETED: &str = "deleted";
