//! Who owns a dialog, and what becomes of the messages that wait in it.

use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QuerySelect};

use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, dialogs, outbox};
use crate::types::{CampaignContactState, CounterKind, DialogOwner, OutboxKind, OutboxState, UnixMillis};

/// What the AI would have written next: answers, and the word with which it hands a dialog over.
pub const AI_KINDS: [OutboxKind; 2] = [OutboxKind::FollowUp, OutboxKind::Reply];

/// Cancels what waits for the person, of these kinds, on every account. Answers the messages of the person that the
/// cancelled ones answered.
///
/// # Errors
/// When the database fails.
pub async fn cancel_waiting<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    kinds: &[OutboxKind],
    reason: &str,
    moves: &mut Moves,
) -> Result<Vec<i64>, StoreError> {
    let waiting = [OutboxState::Draft, OutboxState::Queued, OutboxState::Deferred];
    let rows: Vec<(i64, Option<i64>, OutboxKind, Option<i64>)> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Id)
        .column(outbox::Column::CampaignId)
        .column(outbox::Column::Kind)
        .column(outbox::Column::InReplyTo)
        .filter(outbox::Column::ContactId.eq(contact_id))
        .filter(outbox::Column::State.is_in(waiting))
        .filter(outbox::Column::Kind.is_in(kinds.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Cancelled))
        .col_expr(outbox::Column::Reason, Expr::value(Some(reason.to_owned())))
        .filter(outbox::Column::Id.is_in(rows.iter().map(|(id, ..)| *id)))
        .filter(outbox::Column::State.is_in(waiting))
        .exec(db)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|(id, ..)| *id).collect();
    super::queued::fail(db, &ids).await?;
    let firsts = rows
        .iter()
        .filter(|(_, _, kind, _)| *kind == OutboxKind::FirstMessage);
    for campaign_id in firsts.filter_map(|(_, campaign_id, ..)| *campaign_id) {
        let skipped = campaign_contacts::Entity::update_many()
            .col_expr(
                campaign_contacts::Column::State,
                Expr::value(CampaignContactState::Skipped),
            )
            .col_expr(
                campaign_contacts::Column::Reason,
                Expr::value(Some(reason.to_owned())),
            )
            .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
            .filter(campaign_contacts::Column::ContactId.eq(contact_id))
            .filter(campaign_contacts::Column::State.eq(CampaignContactState::Queued))
            .exec(db)
            .await?;
        if skipped.rows_affected == 1 {
            moves.state(
                campaign_id,
                CampaignContactState::Queued,
                CampaignContactState::Skipped,
            );
            moves.add(campaign_id, CounterKind::Reason, reason, 1);
        }
    }
    if kinds.contains(&OutboxKind::FollowUp) {
        super::follow_ups::end_of_contact(db, contact_id, reason).await?;
    }
    Ok(rows.into_iter().filter_map(|(.., answered)| answered).collect())
}

/// Gives every dialog of the contact to a person of the team, or back to the AI. Answers whether anything changed.
///
/// # Errors
/// When the database fails.
pub async fn set_owner<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    owner: DialogOwner,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    let mut update = dialogs::Entity::update_many()
        .col_expr(dialogs::Column::Owner, Expr::value(owner))
        .col_expr(dialogs::Column::OwnerSince, Expr::value(Some(now)))
        .col_expr(dialogs::Column::UnansweredAi, Expr::value(0))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .filter(dialogs::Column::Owner.ne(owner));
    if owner == DialogOwner::Human {
        update = update.col_expr(dialogs::Column::ReactDueAt, Expr::value(None::<UnixMillis>));
    }
    Ok(update.exec(db).await?.rows_affected > 0)
}

/// Closes every dialog of the contact. Answers whether one was open.
///
/// # Errors
/// When the database fails.
pub async fn close<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    reason: &str,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    let closed = dialogs::Entity::update_many()
        .col_expr(dialogs::Column::ClosedAt, Expr::value(Some(now)))
        .col_expr(dialogs::Column::CloseReason, Expr::value(Some(reason.to_owned())))
        .col_expr(dialogs::Column::ReactDueAt, Expr::value(None::<UnixMillis>))
        .filter(dialogs::Column::ContactId.eq(contact_id))
        .filter(dialogs::Column::ClosedAt.is_null())
        .exec(db)
        .await?;
    Ok(closed.rows_affected > 0)
}
