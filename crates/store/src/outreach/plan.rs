//! From a campaign's audience to rows of the outbox.

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, Set};

use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, outbox};
use crate::types::{CampaignContactState, CounterKind, OutboxKind, OutboxState, UnixMillis};

/// A message to be put into the outbox. The product makes one only from what its policy gate let through.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// From which of our accounts.
    pub account_id: i64,
    /// To whom.
    pub contact_id: i64,
    /// For which campaign.
    pub campaign_id: Option<i64>,
    /// Which message of the campaign's dialog this is.
    pub dialog_step: i32,
    /// What kind of message.
    pub kind: OutboxKind,
    /// Its text, once written.
    pub text: Option<String>,
    /// JSON of the facts that the text uses.
    pub facts: Option<String>,
    /// Drawn once, before the first send.
    pub random_id: i64,
    /// `Queued`, or `Draft` while it awaits approval.
    pub state: OutboxState,
    /// Not before this moment.
    pub not_before: UnixMillis,
    /// The gate's receipt.
    pub allowed_because: String,
    /// The message that it answers.
    pub in_reply_to: Option<i64>,
}

/// Contacts of a campaign that were not looked at yet, by id.
///
/// # Errors
/// When the database fails.
pub async fn pending<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    limit: u64,
) -> Result<Vec<i64>, StoreError> {
    let query = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::ContactId)
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::State.eq(CampaignContactState::Pending))
        .order_by_asc(campaign_contacts::Column::ContactId)
        .limit(limit);
    Ok(query.into_tuple().all(db).await?)
}

fn row(message: NewMessage, now: UnixMillis) -> outbox::ActiveModel {
    outbox::ActiveModel {
        account_id: Set(message.account_id),
        contact_id: Set(message.contact_id),
        campaign_id: Set(message.campaign_id),
        dialog_step: Set(message.dialog_step),
        kind: Set(message.kind),
        text: Set(message.text),
        facts: Set(message.facts),
        random_id: Set(message.random_id),
        state: Set(message.state),
        not_before: Set(message.not_before),
        attempts: Set(0),
        allowed_because: Set(message.allowed_because),
        in_reply_to: Set(message.in_reply_to),
        created_at: Set(now),
        ..Default::default()
    }
}

/// Puts one message into the outbox.
///
/// # Errors
/// A conflict when the campaign already has this step for the contact; when the database fails.
pub async fn enqueue<C: ConnectionTrait>(
    db: &C,
    message: NewMessage,
    now: UnixMillis,
) -> Result<outbox::Model, StoreError> {
    Ok(row(message, now).insert(db).await?)
}

/// Puts the first messages of a campaign into the outbox and marks their contacts as queued.
///
/// # Errors
/// When the database fails.
pub async fn enqueue_first<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    messages: Vec<NewMessage>,
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<(), StoreError> {
    if messages.is_empty() {
        return Ok(());
    }
    let contact_ids: Vec<i64> = messages.iter().map(|message| message.contact_id).collect();
    let step = [
        outbox::Column::CampaignId,
        outbox::Column::ContactId,
        outbox::Column::DialogStep,
    ];
    outbox::Entity::insert_many(messages.into_iter().map(|message| row(message, now)))
        .on_conflict(
            OnConflict::columns(step)
                .do_nothing_on([outbox::Column::Id])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    leave_pending(
        db,
        campaign_id,
        &contact_ids,
        CampaignContactState::Queued,
        None,
        moves,
    )
    .await
}

/// Marks pending contacts of a campaign as skipped, with the reason.
///
/// # Errors
/// When the database fails.
pub async fn skip<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
    reason: &str,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    leave_pending(
        db,
        campaign_id,
        contact_ids,
        CampaignContactState::Skipped,
        Some(reason),
        moves,
    )
    .await
}

async fn leave_pending<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
    to: CampaignContactState,
    reason: Option<&str>,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    let moved = campaign_contacts::Entity::update_many()
        .col_expr(campaign_contacts::Column::State, Expr::value(to))
        .col_expr(
            campaign_contacts::Column::Reason,
            Expr::value(reason.map(str::to_owned)),
        )
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .filter(campaign_contacts::Column::ContactId.is_in(contact_ids.iter().copied()))
        .filter(campaign_contacts::Column::State.eq(CampaignContactState::Pending))
        .exec(db)
        .await?
        .rows_affected as i64;
    moves.add(
        campaign_id,
        CounterKind::State,
        CampaignContactState::Pending.as_str(),
        -moved,
    );
    moves.add(campaign_id, CounterKind::State, to.as_str(), moved);
    if let Some(reason) = reason {
        moves.add(campaign_id, CounterKind::Reason, reason, moved);
    }
    Ok(())
}

/// The number of the next message of a campaign's dialog with a contact.
///
/// # Errors
/// When the database fails.
pub async fn next_step<C: ConnectionTrait>(
    db: &C,
    campaign_id: Option<i64>,
    contact_id: i64,
) -> Result<i32, StoreError> {
    let of_campaign = campaign_id.map_or_else(
        || outbox::Column::CampaignId.is_null(),
        |id| outbox::Column::CampaignId.eq(id),
    );
    let query = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::DialogStep.max(), "last")
        .filter(outbox::Column::ContactId.eq(contact_id))
        .filter(of_campaign);
    let last = query.into_tuple::<Option<i32>>().one(db).await?.flatten();
    Ok(last.map_or(0, |step| step + 1))
}
