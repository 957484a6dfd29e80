//! What "stop" does, in one transaction.

use sea_orm::ConnectionTrait;
use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;

use super::counters::Moves;
use super::takeover::cancel_waiting;
use crate::StoreError;
use crate::entity::{campaign_contacts, dialogs};
use crate::types::{CounterKind, OutboxKind, UnixMillis};

/// Every kind of message that a stop cancels.
const EVERY_KIND: [OutboxKind; 5] = [
    OutboxKind::FirstMessage,
    OutboxKind::FollowUp,
    OutboxKind::Reply,
    OutboxKind::Operator,
    OutboxKind::Service,
];

/// Cancels every message that waits for the person on every account, closes the dialogs, and counts the opt-out
/// with the campaigns that wrote to the person. The consent itself is revoked by [`crate::contacts`].
///
/// # Errors
/// When the database fails.
pub async fn apply<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<(), StoreError> {
    cancel_waiting(db, contact_id, &EVERY_KIND, "opted_out", moves).await?;
    dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ClosedAt, Expr::value(Some(now)))
        .col_expr(dialogs::Column::CloseReason, Expr::value(Some("opted_out")))
        .col_expr(dialogs::Column::ReactDueAt, Expr::value(None::<UnixMillis>))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .exec(db)
        .await?;
    let told = campaign_contacts::Entity::find()
        .filter(campaign_contacts::Column::ContactId.eq(contact_id))
        .filter(campaign_contacts::Column::SentAt.is_not_null())
        .filter(campaign_contacts::Column::OptedOut.eq(false))
        .all(db)
        .await?;
    for row in &told {
        moves.add(row.campaign_id, CounterKind::State, "opted_out", 1);
        let variant = row.variant.to_string();
        moves.add(row.campaign_id, CounterKind::VariantOptedOut, variant, 1);
    }
    campaign_contacts::Entity::update_many()
        .col_expr(campaign_contacts::Column::OptedOut, Expr::value(true))
        .filter(campaign_contacts::Column::Id.is_in(told.iter().map(|row| row.id)))
        .exec(db)
        .await?;
    Ok(())
}
