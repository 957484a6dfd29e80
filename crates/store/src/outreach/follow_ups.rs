//! Follow-ups on silence: the steps of a campaign, and which step waits for whom.
//!
//! The wait of a person begins in the transaction that records the first message as sent. A follow-up that nobody asked
//! for is a row of the outbox of kind `follow_up` that answers no message.

use std::collections::BTreeMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict, SimpleExpr};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, Set};

use super::deliver::Sent;
use crate::StoreError;
use crate::entity::{campaign_steps, follow_ups, outbox};
use crate::types::{OutboxKind, OutboxState, UnixMillis};

/// States in which a message has not left and can be taken back.
const UNSENT: [OutboxState; 3] = [OutboxState::Draft, OutboxState::Queued, OutboxState::Deferred];

/// A follow-up of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Silence after the message before it, milliseconds.
    pub after_ms: i64,
    /// Its text with placeholders; none: it is composed.
    pub template: Option<String>,
}

/// Gives a campaign these steps instead of those it has.
///
/// # Errors
/// When the database fails.
pub async fn set_steps<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    steps: &[Step],
) -> Result<(), StoreError> {
    campaign_steps::Entity::delete_many()
        .filter(campaign_steps::Column::CampaignId.eq(campaign_id))
        .exec(db)
        .await?;
    if steps.is_empty() {
        return Ok(());
    }
    let rows = (1..)
        .zip(steps)
        .map(|(number, step)| campaign_steps::ActiveModel {
            campaign_id: Set(campaign_id),
            step: Set(number),
            after_ms: Set(step.after_ms),
            template: Set(step.template.clone()),
            ..Default::default()
        });
    campaign_steps::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The steps of these campaigns, in their order.
///
/// # Errors
/// When the database fails.
pub async fn steps<C: ConnectionTrait>(
    db: &C,
    campaign_ids: &[i64],
) -> Result<Vec<campaign_steps::Model>, StoreError> {
    let query = campaign_steps::Entity::find()
        .filter(campaign_steps::Column::CampaignId.is_in(campaign_ids.iter().copied()))
        .order_by_asc(campaign_steps::Column::CampaignId)
        .order_by_asc(campaign_steps::Column::Step);
    Ok(query.all(db).await?)
}

/// First messages were sent: whoever is silent waits for the first step of its campaign, where it has steps.
///
/// # Errors
/// When the database fails.
pub async fn begin<C: ConnectionTrait>(db: &C, sent: &[&Sent<'_>]) -> Result<(), StoreError> {
    let mut campaigns: BTreeMap<i64, Vec<&Sent<'_>>> = BTreeMap::new();
    for one in sent {
        if let Some(campaign_id) = one.row.campaign_id {
            campaigns.entry(campaign_id).or_default().push(one);
        }
    }
    let ids: Vec<i64> = campaigns.keys().copied().collect();
    let firsts = campaign_steps::Entity::find()
        .filter(campaign_steps::Column::CampaignId.is_in(ids))
        .filter(campaign_steps::Column::Step.eq(1))
        .all(db)
        .await?;
    for first in firsts {
        let people = campaigns.remove(&first.campaign_id).unwrap_or_default();
        let rows = people.iter().map(|one| follow_ups::ActiveModel {
            campaign_id: Set(first.campaign_id),
            contact_id: Set(one.row.contact_id),
            account_id: Set(one.row.account_id),
            step: Set(1),
            due_at: Set(Some(one.at.plus_ms(first.after_ms))),
            ..Default::default()
        });
        let pair = [follow_ups::Column::CampaignId, follow_ups::Column::ContactId];
        let known = OnConflict::columns(pair)
            .do_nothing_on([follow_ups::Column::Id])
            .to_owned();
        follow_ups::Entity::insert_many(rows)
            .on_conflict(known)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Whose next step is due, the longest-waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due<C: ConnectionTrait>(
    db: &C,
    now: UnixMillis,
    limit: u64,
) -> Result<Vec<follow_ups::Model>, StoreError> {
    let query = follow_ups::Entity::find()
        .filter(follow_ups::Column::DueAt.lte(now))
        .order_by_asc(follow_ups::Column::DueAt)
        .order_by_asc(follow_ups::Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// When the next step of anybody is due.
///
/// # Errors
/// When the database fails.
pub async fn next_due<C: ConnectionTrait>(db: &C) -> Result<Option<UnixMillis>, StoreError> {
    let query = follow_ups::Entity::find()
        .select_only()
        .column_as(follow_ups::Column::DueAt.min(), "next");
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// Lets a person wait until `due_at` for `step`; answers whether the wait was still as it was read.
///
/// # Errors
/// When the database fails.
pub async fn wait<C: ConnectionTrait>(
    db: &C,
    row: &follow_ups::Model,
    step: i32,
    due_at: UnixMillis,
) -> Result<bool, StoreError> {
    let waits = as_read(row)
        .col_expr(follow_ups::Column::Step, Expr::value(step))
        .col_expr(follow_ups::Column::DueAt, Expr::value(Some(due_at)));
    Ok(waits.exec(db).await?.rows_affected == 1)
}

/// Ends a sequence; answers whether the wait was still as it was read.
///
/// # Errors
/// When the database fails.
pub async fn end<C: ConnectionTrait>(
    db: &C,
    row: &follow_ups::Model,
    reason: &str,
) -> Result<bool, StoreError> {
    let ended = as_read(row)
        .col_expr(follow_ups::Column::DueAt, Expr::value(None::<UnixMillis>))
        .col_expr(follow_ups::Column::Ended, Expr::value(Some(reason.to_owned())));
    Ok(ended.exec(db).await?.rows_affected == 1)
}

fn as_read(row: &follow_ups::Model) -> sea_orm::UpdateMany<follow_ups::Entity> {
    follow_ups::Entity::update_many()
        .filter(follow_ups::Column::Id.eq(row.id))
        .filter(follow_ups::Column::Step.eq(row.step))
        .filter(follow_ups::Column::DueAt.eq(row.due_at))
}

/// Ends every sequence of a contact: somebody has broken the silence, or it is not to be broken by us.
///
/// # Errors
/// When the database fails.
pub async fn end_of_contact<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    reason: &str,
) -> Result<(), StoreError> {
    end_all(db, follow_ups::Column::ContactId.eq(contact_id), reason).await
}

/// Ends every sequence of a contact, and takes back the follow-up that waits to be sent.
///
/// # Errors
/// When the database fails.
pub async fn cancel_of_contact<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    reason: &str,
) -> Result<(), StoreError> {
    cancel_unasked(db, outbox::Column::ContactId.eq(contact_id), reason).await?;
    end_of_contact(db, contact_id, reason).await
}

/// Ends every sequence of a campaign, and takes back the follow-ups that wait to be sent.
///
/// # Errors
/// When the database fails.
pub async fn cancel_of_campaign<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    reason: &str,
) -> Result<(), StoreError> {
    cancel_unasked(db, outbox::Column::CampaignId.eq(campaign_id), reason).await?;
    end_all(db, follow_ups::Column::CampaignId.eq(campaign_id), reason).await
}

async fn end_all<C: ConnectionTrait>(db: &C, whose: SimpleExpr, reason: &str) -> Result<(), StoreError> {
    follow_ups::Entity::update_many()
        .col_expr(follow_ups::Column::DueAt, Expr::value(None::<UnixMillis>))
        .col_expr(follow_ups::Column::Ended, Expr::value(Some(reason.to_owned())))
        .filter(whose)
        .filter(follow_ups::Column::DueAt.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

async fn cancel_unasked<C: ConnectionTrait>(
    db: &C,
    whose: SimpleExpr,
    reason: &str,
) -> Result<(), StoreError> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Cancelled))
        .col_expr(outbox::Column::Reason, Expr::value(Some(reason.to_owned())))
        .filter(whose)
        .filter(outbox::Column::Kind.eq(OutboxKind::FollowUp))
        .filter(outbox::Column::CampaignId.is_not_null())
        .filter(outbox::Column::InReplyTo.is_null())
        .filter(outbox::Column::State.is_in(UNSENT))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether somebody of the campaign still waits for a step.
///
/// # Errors
/// When the database fails.
pub async fn anybody_waits<C: ConnectionTrait>(db: &C, campaign_id: i64) -> Result<bool, StoreError> {
    let query = follow_ups::Entity::find()
        .select_only()
        .column(follow_ups::Column::Id)
        .filter(follow_ups::Column::CampaignId.eq(campaign_id))
        .filter(follow_ups::Column::DueAt.is_not_null())
        .limit(1);
    Ok(query.into_tuple::<i64>().one(db).await?.is_some())
}

/// The sequences of these contacts in a campaign.
///
/// # Errors
/// When the database fails.
pub async fn of_contacts<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
) -> Result<Vec<follow_ups::Model>, StoreError> {
    let query = follow_ups::Entity::find()
        .filter(follow_ups::Column::CampaignId.eq(campaign_id))
        .filter(follow_ups::Column::ContactId.is_in(contact_ids.iter().copied()));
    Ok(query.all(db).await?)
}

/// The message of a step, when it was queued.
///
/// # Errors
/// When the database fails.
pub async fn message_of<C: ConnectionTrait>(
    db: &C,
    row: &follow_ups::Model,
) -> Result<Option<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(row.campaign_id))
        .filter(outbox::Column::ContactId.eq(row.contact_id))
        .filter(outbox::Column::DialogStep.eq(row.step))
        .filter(outbox::Column::Kind.eq(OutboxKind::FollowUp))
        .filter(outbox::Column::InReplyTo.is_null());
    Ok(query.one(db).await?)
}

/// The follow-ups of an account that nobody asked for and that were sent or wait, since a moment: when each was to be sent
/// and its `random_id`, oldest first, the newest `limit`.
///
/// # Errors
/// When the database fails.
pub async fn paced<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    since: UnixMillis,
    limit: u64,
) -> Result<Vec<(UnixMillis, i64)>, StoreError> {
    let query = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::NotBefore)
        .column(outbox::Column::RandomId)
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::State.is_in([
            OutboxState::Queued,
            OutboxState::Deferred,
            OutboxState::Sending,
            OutboxState::Sent,
        ]))
        .filter(outbox::Column::Kind.eq(OutboxKind::FollowUp))
        .filter(outbox::Column::NotBefore.gt(since))
        .filter(outbox::Column::CampaignId.is_not_null())
        .filter(outbox::Column::InReplyTo.is_null())
        .order_by_desc(outbox::Column::NotBefore)
        .order_by_desc(outbox::Column::Id)
        .limit(limit);
    let mut rows: Vec<(UnixMillis, i64)> = query.into_tuple().all(db).await?;
    rows.reverse();
    Ok(rows)
}
