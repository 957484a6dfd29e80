//! Messages that stand in the history before they are sent: what an operator wrote.

use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, Set};

use crate::StoreError;
use crate::entity::{messages, outbox};
use crate::types::{MessageAuthor, MessageDirection, MessageState, UnixMillis};

/// Puts a message of the outbox into the history, in the transaction that queues it. Its outcome changes this row.
///
/// # Errors
/// When the database fails.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    row: &outbox::Model,
    author: MessageAuthor,
    now: UnixMillis,
) -> Result<messages::Model, StoreError> {
    let message = messages::ActiveModel {
        account_id: Set(row.account_id),
        contact_id: Set(row.contact_id),
        direction: Set(MessageDirection::Out),
        text: Set(row.text.clone().unwrap_or_default()),
        state: Set(MessageState::Queued),
        campaign_id: Set(row.campaign_id),
        outbox_id: Set(Some(row.id)),
        author: Set(author),
        sent_at: Set(now),
        ..Default::default()
    };
    Ok(message.insert(db).await?)
}

/// Words a message of the history that still waits anew; answers whether it did.
///
/// # Errors
/// When the database fails.
pub async fn reword<C: ConnectionTrait>(
    db: &C,
    message: &messages::Model,
    text: &str,
) -> Result<bool, StoreError> {
    let waiting = outbox::Entity::update_many()
        .col_expr(outbox::Column::Text, Expr::value(Some(text)))
        .filter(outbox::Column::Id.is_in(message.outbox_id))
        .filter(outbox::Column::State.is_in(super::prepare::WAITING))
        .exec(db)
        .await?;
    if waiting.rows_affected == 0 {
        return Ok(false);
    }
    messages::Entity::update_many()
        .col_expr(messages::Column::Text, Expr::value(text))
        .filter(messages::Column::Id.eq(message.id))
        .exec(db)
        .await?;
    Ok(true)
}

/// The message of an outbox row, when it stands in the history already.
pub(super) async fn of<C: ConnectionTrait>(
    db: &C,
    outbox_id: i64,
) -> Result<Option<messages::Model>, StoreError> {
    let query = messages::Entity::find().filter(messages::Column::OutboxId.eq(outbox_id));
    Ok(query.one(db).await?)
}

/// Marks the messages of outbox rows that will certainly not be sent.
pub(super) async fn fail<C: ConnectionTrait>(db: &C, outbox_ids: &[i64]) -> Result<(), StoreError> {
    if outbox_ids.is_empty() {
        return Ok(());
    }
    messages::Entity::update_many()
        .col_expr(messages::Column::State, Expr::value(MessageState::Failed))
        .filter(messages::Column::OutboxId.is_in(outbox_ids.iter().copied()))
        .filter(messages::Column::State.eq(MessageState::Queued))
        .exec(db)
        .await?;
    Ok(())
}

/// States of a message that reached, or was taken by, Telegram.
pub(super) const SAID: [MessageState; 4] = [
    MessageState::Sent,
    MessageState::Delivered,
    MessageState::Read,
    MessageState::Received,
];
