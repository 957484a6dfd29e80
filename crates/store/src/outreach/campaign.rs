//! Campaigns and their audience.

use std::collections::BTreeMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, Func, OnConflict};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, QueryTrait, Set};

use super::counters::Moves;
use crate::StoreError;
use crate::entity::{campaign_contacts, campaign_counters, campaigns, contacts, outbox};
use crate::types::{
    Approval, CampaignContactState, CampaignState, CounterKind, FunnelStage, OutboxKind, OutboxState,
    UnixMillis,
};

/// How many rows one INSERT brings.
const CHUNK_ROWS: usize = 500;

/// New dialogs between two long rests, of a campaign that was never told.
pub const DEFAULT_BATCH: i32 = 10;

/// A campaign to be made.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The product that it offers.
    pub product_id: Option<i64>,
    /// JSON array of message templates.
    pub templates: Option<String>,
    /// Whether drafts wait for a person.
    pub approval: Approval,
    /// When it begins by itself.
    pub scheduled_at: Option<UnixMillis>,
    /// New dialogs between two long rests; none: [`DEFAULT_BATCH`].
    pub batch_size: Option<i32>,
    /// Delay between two messages, in milliseconds; none: by chance.
    pub delay_ms: Option<i64>,
}

/// Makes a campaign, as a draft or scheduled.
///
/// # Errors
/// When the database fails.
pub async fn create<C: ConnectionTrait>(
    db: &C,
    new: NewCampaign,
    now: UnixMillis,
) -> Result<campaigns::Model, StoreError> {
    let state = if new.scheduled_at.is_some() {
        CampaignState::Scheduled
    } else {
        CampaignState::Draft
    };
    let row = campaigns::ActiveModel {
        name: Set(new.name),
        description: Set(new.description),
        product_id: Set(new.product_id),
        templates: Set(new.templates),
        approval: Set(new.approval),
        state: Set(state),
        scheduled_at: Set(new.scheduled_at),
        batch_size: Set(new.batch_size.unwrap_or(DEFAULT_BATCH)),
        delay_ms: Set(new.delay_ms),
        response_ms_sum: Set(0),
        response_count: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(db).await?)
}

/// Deletes a campaign that has never begun, with its audience; answers whether it was a draft.
///
/// # Errors
/// When the database fails.
pub async fn delete_draft<C: ConnectionTrait>(db: &C, id: i64) -> Result<bool, StoreError> {
    let deleted = campaigns::Entity::delete_many()
        .filter(campaigns::Column::Id.eq(id))
        .filter(campaigns::Column::State.eq(CampaignState::Draft))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Puts contacts that exist into the campaign's audience, those that are not in it yet. `variant` names the template
/// that a contact gets. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn add_contacts<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    contact_ids: &[i64],
    variant: impl Fn(i64) -> i32,
) -> Result<u64, StoreError> {
    let mut added = 0;
    for chunk in contact_ids.chunks(CHUNK_ROWS) {
        let rows = chunk.iter().map(|&contact_id| campaign_contacts::ActiveModel {
            campaign_id: Set(campaign_id),
            contact_id: Set(contact_id),
            state: Set(CampaignContactState::Pending),
            variant: Set(variant(contact_id)),
            stage: Set(FunnelStage::New),
            delivered: Set(false),
            opted_out: Set(false),
            ..Default::default()
        });
        let pair = [
            campaign_contacts::Column::CampaignId,
            campaign_contacts::Column::ContactId,
        ];
        let on_conflict = OnConflict::columns(pair)
            .do_nothing_on([campaign_contacts::Column::Id])
            .to_owned();
        added += campaign_contacts::Entity::insert_many(rows)
            .on_conflict(on_conflict)
            .exec_without_returning(db)
            .await?;
    }
    let mut moves = Moves::new();
    moves.add(
        campaign_id,
        CounterKind::State,
        CampaignContactState::Pending.as_str(),
        added as i64,
    );
    moves.add(
        campaign_id,
        CounterKind::Stage,
        FunnelStage::New.as_str(),
        added as i64,
    );
    // Those who were in it already are in the same variant.
    if added == contact_ids.len() as u64 {
        let mut variants: BTreeMap<i32, i64> = BTreeMap::new();
        for contact_id in contact_ids {
            *variants.entry(variant(*contact_id)).or_default() += 1;
        }
        for (number, people) in variants {
            moves.add(campaign_id, CounterKind::VariantTotal, number.to_string(), people);
        }
    } else {
        recount_variants(db, campaign_id, &mut moves).await?;
    }
    moves.apply(db).await?;
    Ok(added)
}

/// Sets the count of people in each variant anew.
async fn recount_variants<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    campaign_counters::Entity::delete_many()
        .filter(campaign_counters::Column::CampaignId.eq(campaign_id))
        .filter(campaign_counters::Column::Kind.eq(CounterKind::VariantTotal))
        .exec(db)
        .await?;
    let counts: Vec<(i32, i64)> = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::Variant)
        .column_as(campaign_contacts::Column::Id.count(), "people")
        .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
        .group_by(campaign_contacts::Column::Variant)
        .into_tuple()
        .all(db)
        .await?;
    for (number, people) in counts {
        moves.add(campaign_id, CounterKind::VariantTotal, number.to_string(), people);
    }
    Ok(())
}

/// Those of the ids that are contacts, ascending.
///
/// # Errors
/// When the database fails.
pub async fn existing_contacts<C: ConnectionTrait>(db: &C, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    let mut known: Vec<i64> = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK_ROWS) {
        let query = contacts::Entity::find()
            .select_only()
            .column(contacts::Column::Id)
            .filter(contacts::Column::Id.is_in(chunk.iter().copied()));
        known.extend(query.into_tuple::<i64>().all(db).await?);
    }
    known.sort_unstable();
    Ok(known)
}

/// A campaign by id.
///
/// # Errors
/// When the database fails.
pub async fn get<C: ConnectionTrait>(db: &C, id: i64) -> Result<Option<campaigns::Model>, StoreError> {
    Ok(campaigns::Entity::find_by_id(id).one(db).await?)
}

/// The state of a campaign, held until the end of the transaction: it is neither paused nor cancelled meanwhile. So what
/// the caller writes on the strength of it is seen by whoever changes the state next.
///
/// # Errors
/// When the database fails.
pub async fn held_state<C: ConnectionTrait>(db: &C, id: i64) -> Result<Option<CampaignState>, StoreError> {
    let query = campaigns::Entity::find_by_id(id)
        .select_only()
        .column(campaigns::Column::State)
        // SQLite has no such lock and needs none: its transactions that write follow one another.
        .lock_shared();
    Ok(query.into_tuple().one(db).await?)
}

/// The campaigns in a state, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn in_state<C: ConnectionTrait>(
    db: &C,
    state: CampaignState,
) -> Result<Vec<campaigns::Model>, StoreError> {
    let query = campaigns::Entity::find()
        .filter(campaigns::Column::State.eq(state))
        .order_by_asc(campaigns::Column::Id);
    Ok(query.all(db).await?)
}

/// Moves a campaign from one state to another; answers whether it was still in the first.
///
/// # Errors
/// When the database fails.
pub async fn move_state<C: ConnectionTrait>(
    db: &C,
    id: i64,
    (from, to): (CampaignState, CampaignState),
    reason: Option<&str>,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    let mut update = campaigns::Entity::update_many()
        .col_expr(campaigns::Column::State, Expr::value(to))
        .col_expr(
            campaigns::Column::StateReason,
            Expr::value(reason.map(str::to_owned)),
        )
        .col_expr(campaigns::Column::UpdatedAt, Expr::value(now))
        .filter(campaigns::Column::Id.eq(id))
        .filter(campaigns::Column::State.eq(from));
    if to == CampaignState::Running {
        let started = Func::coalesce([Expr::col(campaigns::Column::StartedAt), Expr::value(now)]);
        update = update.col_expr(campaigns::Column::StartedAt, started.into());
    }
    if matches!(
        to,
        CampaignState::Completed | CampaignState::Cancelled | CampaignState::Failed
    ) {
        update = update.col_expr(campaigns::Column::CompletedAt, Expr::value(Some(now)));
    }
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Sets the pace that the next messages keep. `delay_ms`: none leaves the gap to chance.
///
/// # Errors
/// When the database fails.
pub async fn set_pace<C: ConnectionTrait>(
    db: &C,
    id: i64,
    batch_size: i32,
    delay_ms: Option<i64>,
) -> Result<(), StoreError> {
    campaigns::Entity::update_many()
        .col_expr(campaigns::Column::BatchSize, Expr::value(batch_size))
        .col_expr(campaigns::Column::DelayMs, Expr::value(delay_ms))
        .filter(campaigns::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Completes a running campaign that has nobody left to write to; answers whether it did.
///
/// # Errors
/// When the database fails.
pub async fn complete_if_done<C: ConnectionTrait>(
    db: &C,
    id: i64,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    if !nobody_left(db, id).await? {
        return Ok(false);
    }
    let step = (CampaignState::Running, CampaignState::Completed);
    move_state(db, id, step, None, now).await
}

/// Whether a campaign has nobody left to write to: neither a first message nor a follow-up.
///
/// # Errors
/// When the database fails.
pub async fn nobody_left<C: ConnectionTrait>(db: &C, id: i64) -> Result<bool, StoreError> {
    let left = campaign_contacts::Entity::find()
        .select_only()
        .column(campaign_contacts::Column::Id)
        .filter(campaign_contacts::Column::CampaignId.eq(id))
        .filter(
            campaign_contacts::Column::State
                .is_in([CampaignContactState::Pending, CampaignContactState::Queued]),
        )
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    // Who is silent and waits for a follow-up will be written to.
    Ok(left.is_none() && !super::follow_ups::anybody_waits(db, id).await?)
}

/// Cancels what a campaign has not sent: first messages, and follow-ups on silence. Rows whose outcome is unknown stay:
/// they may have been sent. So do the answers to people who wrote. `reason`: why, by name.
///
/// # Errors
/// When the database fails.
pub async fn cancel_unsent<C: ConnectionTrait>(
    db: &C,
    id: i64,
    reason: &str,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    super::follow_ups::cancel_of_campaign(db, id, reason).await?;
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Cancelled))
        .col_expr(outbox::Column::Reason, Expr::value(Some(reason.to_owned())))
        .filter(outbox::Column::CampaignId.eq(id))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::State.is_in([OutboxState::Draft, OutboxState::Queued, OutboxState::Deferred]))
        .exec(db)
        .await?;
    let sending = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::ContactId)
        .filter(outbox::Column::CampaignId.eq(id))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::State.eq(OutboxState::Sending));
    for state in [CampaignContactState::Pending, CampaignContactState::Queued] {
        let cancelled = campaign_contacts::Entity::update_many()
            .col_expr(
                campaign_contacts::Column::State,
                Expr::value(CampaignContactState::Cancelled),
            )
            .col_expr(
                campaign_contacts::Column::Reason,
                Expr::value(Some(reason.to_owned())),
            )
            .filter(campaign_contacts::Column::CampaignId.eq(id))
            .filter(campaign_contacts::Column::State.eq(state))
            .filter(campaign_contacts::Column::ContactId.not_in_subquery(sending.clone().into_query()))
            .exec(db)
            .await?;
        moves.add(
            id,
            CounterKind::State,
            state.as_str(),
            -(cancelled.rows_affected as i64),
        );
        moves.add(
            id,
            CounterKind::State,
            CampaignContactState::Cancelled.as_str(),
            cancelled.rows_affected as i64,
        );
    }
    Ok(())
}
