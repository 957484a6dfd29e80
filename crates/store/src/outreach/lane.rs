//! What an account may send next, and the lease on it.
//!
//! A lease is taken by compare-and-set: an UPDATE whose WHERE names the state that was read. It holds on every database.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use super::prepare::WAITING;
use crate::StoreError;
use crate::entity::{campaigns, contacts, outbox};
use crate::types::{CampaignState, OutboxKind, OutboxState, UnixMillis};

/// Kinds that belong to a live dialog: they go before first messages.
pub const LIVE: [OutboxKind; 5] = [
    OutboxKind::OptOutConfirmation,
    OutboxKind::Operator,
    OutboxKind::Reply,
    OutboxKind::Service,
    OutboxKind::FollowUp,
];

/// A dialog that the account began, for pacing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BegunRow {
    /// When.
    pub at: UnixMillis,
    /// The message's `random_id`.
    pub random_id: i64,
    /// The campaign that began it; none: somebody of the team did.
    pub campaign_id: Option<i64>,
}

/// The newest dialogs that the account began, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn begun<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    limit: u64,
) -> Result<Vec<BegunRow>, StoreError> {
    let rows: Vec<(Option<UnixMillis>, i64, Option<i64>)> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::SentAt)
        .column(outbox::Column::RandomId)
        .column(outbox::Column::CampaignId)
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::State.eq(OutboxState::Sent))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .order_by_desc(outbox::Column::SentAt)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .rev()
        .filter_map(|(at, random_id, campaign_id)| {
            Some(BegunRow {
                at: at?,
                random_id,
                campaign_id,
            })
        })
        .collect())
}

/// When the account last sent anything.
///
/// # Errors
/// When the database fails.
pub async fn last_sent_at<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
) -> Result<Option<UnixMillis>, StoreError> {
    let query = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::SentAt.max(), "last")
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::State.eq(OutboxState::Sent));
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// Messages of live dialogs that are due, oldest first. `asked_only`: without follow-ups that break a silence.
///
/// # Errors
/// When the database fails.
pub async fn due_in_dialogs<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    now: UnixMillis,
    limit: u64,
    asked_only: bool,
) -> Result<Vec<outbox::Model>, StoreError> {
    let mut query = written(account_id)
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Kind.is_in(LIVE))
        .filter(outbox::Column::NotBefore.lte(now))
        .order_by_asc(outbox::Column::NotBefore)
        .order_by_asc(outbox::Column::Id)
        .limit(limit);
    if asked_only {
        let asked = outbox::Column::Kind
            .ne(OutboxKind::FollowUp)
            .or(outbox::Column::InReplyTo.is_not_null());
        query = query.filter(asked);
    }
    Ok(query.all(db).await?)
}

/// First messages of one campaign (or of none) that are due, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn due_first<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    campaign_id: Option<i64>,
    now: UnixMillis,
    limit: u64,
) -> Result<Vec<outbox::Model>, StoreError> {
    let of_campaign = campaign_id.map_or_else(
        || outbox::Column::CampaignId.is_null(),
        |id| outbox::Column::CampaignId.eq(id),
    );
    let query = written(account_id)
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(of_campaign)
        .filter(outbox::Column::NotBefore.lte(now))
        .order_by_asc(outbox::Column::NotBefore)
        .order_by_asc(outbox::Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// Messages whose outcome is unknown: leased by a process that is gone, or for longer than a lease lasts.
///
/// # Errors
/// When the database fails.
pub async fn unknown_outcomes<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    owner: &str,
    now: UnixMillis,
    limit: u64,
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = written(account_id)
        .filter(outbox::Column::State.eq(OutboxState::Sending))
        .filter(
            outbox::Column::LeaseUntil
                .lt(now)
                .or(outbox::Column::LeaseOwner.ne(owner)),
        )
        .order_by_asc(outbox::Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// When the account's next message that waits for a moment, or for the end of a lease, is due.
///
/// # Errors
/// When the database fails.
pub async fn next_due<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    now: UnixMillis,
) -> Result<Option<UnixMillis>, StoreError> {
    let query = written(account_id)
        .select_only()
        .column_as(outbox::Column::NotBefore.min(), "next")
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::NotBefore.gt(now));
    let waiting = query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten();
    let query = written(account_id)
        .select_only()
        .column_as(outbox::Column::LeaseUntil.min(), "next")
        .filter(outbox::Column::State.eq(OutboxState::Sending));
    // A lease has ended in the millisecond after it.
    let leased = query
        .into_tuple::<Option<UnixMillis>>()
        .one(db)
        .await?
        .flatten()
        .map(|until| until.plus_ms(1));
    Ok(waiting.into_iter().chain(leased).min())
}

/// Messages that were put off for one of these reasons are due at once, so that the gate is asked anew.
///
/// # Errors
/// When the database fails.
pub async fn ask_anew<C: ConnectionTrait>(
    db: &C,
    reasons: &[&str],
    now: UnixMillis,
) -> Result<u64, StoreError> {
    let asked = outbox::Entity::update_many()
        .col_expr(outbox::Column::NotBefore, Expr::value(now))
        .filter(outbox::Column::State.eq(OutboxState::Deferred))
        .filter(outbox::Column::Reason.is_in(reasons.iter().copied()))
        .filter(outbox::Column::NotBefore.gt(now))
        .exec(db)
        .await?;
    Ok(asked.rows_affected)
}

/// The running campaigns, by id.
///
/// # Errors
/// When the database fails.
pub async fn running_campaigns<C: ConnectionTrait>(db: &C) -> Result<Vec<campaigns::Model>, StoreError> {
    super::campaign::in_state(db, CampaignState::Running).await
}

/// The lease that a lane takes on a message.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'a> {
    /// Which process holds it.
    pub owner: &'a str,
    /// Until when nobody else may touch the message.
    pub until: UnixMillis,
}

/// Leases a message that waits, or one whose outcome is unknown, as it was read; answers whether nobody was quicker.
///
/// # Errors
/// When the database fails.
pub async fn lease<C: ConnectionTrait>(
    db: &C,
    row: &outbox::Model,
    lease: Lease<'_>,
) -> Result<bool, StoreError> {
    let mut update = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Sending))
        .col_expr(
            outbox::Column::LeaseOwner,
            Expr::value(Some(lease.owner.to_owned())),
        )
        .col_expr(outbox::Column::LeaseUntil, Expr::value(Some(lease.until)))
        .col_expr(
            outbox::Column::Attempts,
            Expr::col(outbox::Column::Attempts).add(1),
        )
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::State.eq(row.state))
        .filter(outbox::Column::Attempts.eq(row.attempts));
    if let Some(text) = &row.text {
        // It may be worded anew while it waits.
        update = update.filter(outbox::Column::Text.eq(text.as_str()));
    }
    if row.state == OutboxState::Sending {
        update = update.filter(outbox::Column::LeaseUntil.eq(row.lease_until));
    }
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Claims the right to begin a dialog with a person: only one campaign can have it within `span_ms`.
///
/// # Errors
/// When the database fails.
pub async fn claim_outreach<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    now: UnixMillis,
    span_ms: i64,
) -> Result<bool, StoreError> {
    let free = contacts::Column::LastOutreachAt
        .is_null()
        .or(contacts::Column::LastOutreachAt.lte(now.plus_ms(-span_ms)));
    let claimed = contacts::Entity::update_many()
        .col_expr(contacts::Column::LastOutreachAt, Expr::value(Some(now)))
        .filter(contacts::Column::Id.eq(contact_id))
        .filter(free)
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Gives the claim back when nothing was sent after all. That somebody else wrote lately still shows in
/// `last_message_at`.
///
/// # Errors
/// When the database fails.
pub async fn release_outreach<C: ConnectionTrait>(db: &C, contact_id: i64) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::LastOutreachAt, Expr::value(None::<UnixMillis>))
        .filter(contacts::Column::Id.eq(contact_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps a message leased until `until`, of which an earlier send may have happened; then it is sent again.
///
/// # Errors
/// When the database fails.
pub async fn keep_lease<C: ConnectionTrait>(
    db: &C,
    outbox_id: i64,
    until: UnixMillis,
) -> Result<(), StoreError> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, Expr::value(Some(until)))
        .filter(outbox::Column::Id.eq(outbox_id))
        .filter(outbox::Column::State.eq(OutboxState::Sending))
        .exec(db)
        .await?;
    Ok(())
}

/// Counts a send whose outcome stayed unknown, and keeps the message leased until `until`; then it is sent again.
///
/// # Errors
/// When the database fails.
pub async fn keep_unknown<C: ConnectionTrait>(
    db: &C,
    outbox_id: i64,
    until: UnixMillis,
) -> Result<(), StoreError> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, Expr::value(Some(until)))
        .col_expr(
            outbox::Column::UnknownOutcomes,
            Expr::col(outbox::Column::UnknownOutcomes).add(1),
        )
        .filter(outbox::Column::Id.eq(outbox_id))
        .filter(outbox::Column::State.eq(OutboxState::Sending))
        .exec(db)
        .await?;
    Ok(())
}

fn written(account_id: i64) -> Select<outbox::Entity> {
    outbox::Entity::find()
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::Text.is_not_null())
}
