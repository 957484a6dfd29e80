//! The steps of first messages for many at once: a few statements for a batch instead of several for each message.
//!
//! Each answers whether it found every row as it was read. When it did not, the caller drops the transaction and goes
//! row by row, which tells whose state had changed. Nobody may be twice in a batch.

use std::collections::BTreeMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, OnConflict, SimpleExpr};
use sea_orm::{ConnectionTrait, QuerySelect, Set};

use super::audience::count_variants;
use super::counters::Moves;
use super::deliver::{Sent, by_message, dialog_of, message_of};
use super::follow_ups;
use super::lane::Lease;
use super::peers::holders;
use super::prepare::{KnownPeer, WAITING};
use super::stages;
use crate::StoreError;
use crate::entity::{account_peers, campaign_contacts, contacts, dialogs, messages, outbox};
use crate::types::{CampaignContactState, CounterKind, FunnelStage, OutboxState, UnixMillis};

/// Rows of one statement that gives each row a value of its own: the database tries its cases one after another.
const CASES: usize = 50;

/// Claims the right to begin these dialogs; answers whether all of them were free.
///
/// # Errors
/// When the database fails.
pub async fn claim_outreach<C: ConnectionTrait>(
    db: &C,
    contact_ids: &[i64],
    now: UnixMillis,
    span_ms: i64,
) -> Result<bool, StoreError> {
    let free = contacts::Column::LastOutreachAt
        .is_null()
        .or(contacts::Column::LastOutreachAt.lte(now.plus_ms(-span_ms)));
    let claimed = contacts::Entity::update_many()
        .col_expr(contacts::Column::LastOutreachAt, Expr::value(Some(now)))
        .filter(contacts::Column::Id.is_in(contact_ids.iter().copied()))
        .filter(free)
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == contact_ids.len() as u64)
}

/// Leases messages that wait, as they were read; answers whether nobody was quicker with any of them.
///
/// # Errors
/// When the database fails.
pub async fn lease<C: ConnectionTrait>(
    db: &C,
    rows: &[&outbox::Model],
    lease: Lease<'_>,
) -> Result<bool, StoreError> {
    let mut alike: BTreeMap<(OutboxState, i32), Vec<i64>> = BTreeMap::new();
    for row in rows {
        alike.entry((row.state, row.attempts)).or_default().push(row.id);
    }
    for ((state, attempts), ids) in alike {
        let count = ids.len() as u64;
        let leased = outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(OutboxState::Sending))
            .col_expr(
                outbox::Column::LeaseOwner,
                Expr::value(Some(lease.owner.to_owned())),
            )
            .col_expr(outbox::Column::LeaseUntil, Expr::value(Some(lease.until)))
            .col_expr(outbox::Column::Attempts, Expr::value(attempts + 1))
            .filter(outbox::Column::Id.is_in(ids))
            .filter(outbox::Column::State.eq(state))
            .filter(outbox::Column::Attempts.eq(attempts))
            .exec(db)
            .await?;
        if leased.rows_affected != count {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Records that first messages of campaigns were sent. Answers the messages' ids in the order of `sent`; nothing when
/// one of the rows was not being sent any more.
///
/// # Errors
/// When the database fails.
pub async fn record_sent<C: ConnectionTrait>(
    db: &C,
    sent: &[Sent<'_>],
    moves: &mut Moves,
) -> Result<Option<Vec<i64>>, StoreError> {
    if !leave_outbox(db, sent).await? {
        return Ok(None);
    }
    messages::Entity::insert_many(sent.iter().map(message_of))
        .exec_without_returning(db)
        .await?;
    let made: Vec<(Option<i64>, i64)> = messages::Entity::find()
        .select_only()
        .column(messages::Column::OutboxId)
        .column(messages::Column::Id)
        .filter(messages::Column::OutboxId.is_in(sent.iter().map(|one| one.row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let made: BTreeMap<i64, i64> = made
        .into_iter()
        .filter_map(|(row, id)| Some((row?, id)))
        .collect();
    let ids: Vec<i64> = sent
        .iter()
        .map(|one| made.get(&one.row.id).copied().unwrap_or_default())
        .collect();
    touch_dialogs(db, sent).await?;
    touch_contacts(db, sent, &ids).await?;
    touch_campaigns(db, sent, moves).await?;
    Ok(Some(ids))
}

async fn leave_outbox<C: ConnectionTrait>(db: &C, sent: &[Sent<'_>]) -> Result<bool, StoreError> {
    for chunk in sent.chunks(CASES) {
        let message_id = cases(
            outbox::Column::Id,
            chunk
                .iter()
                .map(|one| (one.row.id, Expr::value(one.telegram_message_id))),
        );
        let sent_at = cases(
            outbox::Column::Id,
            chunk.iter().map(|one| (one.row.id, Expr::value(Some(one.at)))),
        );
        let left = outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(OutboxState::Sent))
            .col_expr(outbox::Column::TelegramMessageId, message_id)
            .col_expr(outbox::Column::SentAt, sent_at)
            .col_expr(outbox::Column::LeaseOwner, Expr::value(None::<String>))
            .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<UnixMillis>))
            .filter(outbox::Column::Id.is_in(chunk.iter().map(|one| one.row.id)))
            .filter(outbox::Column::State.eq(OutboxState::Sending))
            .exec(db)
            .await?;
        if left.rows_affected != chunk.len() as u64 {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn touch_dialogs<C: ConnectionTrait>(db: &C, sent: &[Sent<'_>]) -> Result<(), StoreError> {
    // The first message of a campaign is the assistant's: each counts as one that is not answered yet.
    let answered = Expr::col((dialogs::Entity, dialogs::Column::UnansweredAi)).add(1);
    let mut known = OnConflict::columns([dialogs::Column::ContactId, dialogs::Column::AccountId]);
    known
        .update_columns([
            dialogs::Column::LastMessageAt,
            dialogs::Column::CampaignId,
            dialogs::Column::ProductId,
        ])
        .value(dialogs::Column::UnansweredAi, answered)
        .value(dialogs::Column::ClosedAt, Expr::value(None::<UnixMillis>));
    dialogs::Entity::insert_many(sent.iter().map(dialog_of))
        .on_conflict(known)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

async fn touch_contacts<C: ConnectionTrait>(
    db: &C,
    sent: &[Sent<'_>],
    message_ids: &[i64],
) -> Result<(), StoreError> {
    for (at, group) in by_moment(sent) {
        contacts::Entity::update_many()
            .col_expr(contacts::Column::LastMessageAt, Expr::value(Some(at)))
            .filter(contacts::Column::Id.is_in(group.iter().map(|one| one.row.contact_id)))
            .exec(db)
            .await?;
    }
    let pairs: Vec<(i64, i64)> = sent
        .iter()
        .map(|one| one.row.contact_id)
        .zip(message_ids.iter().copied())
        .collect();
    for chunk in pairs.chunks(CASES) {
        let message_id = cases(
            contacts::Column::Id,
            chunk
                .iter()
                .map(|&(contact, message)| (contact, Expr::value(Some(message)))),
        );
        let new: Vec<i64> = contacts::Entity::find()
            .select_only()
            .column(contacts::Column::Id)
            .filter(contacts::Column::Id.is_in(chunk.iter().map(|&(contact, _)| contact)))
            .filter(contacts::Column::Stage.eq(FunnelStage::New))
            .into_tuple()
            .all(db)
            .await?;
        contacts::Entity::update_many()
            .col_expr(contacts::Column::Stage, Expr::value(FunnelStage::Contacted))
            .col_expr(contacts::Column::StageMessageId, message_id)
            .filter(contacts::Column::Id.is_in(chunk.iter().map(|&(contact, _)| contact)))
            .filter(contacts::Column::Stage.eq(FunnelStage::New))
            .exec(db)
            .await?;
        record_contacted(db, sent, &new, chunk).await?;
    }
    Ok(())
}

/// Writes into the history that these new people were written to.
async fn record_contacted<C: ConnectionTrait>(
    db: &C,
    sent: &[Sent<'_>],
    new: &[i64],
    message_ids: &[(i64, i64)],
) -> Result<(), StoreError> {
    let message_ids: BTreeMap<i64, i64> = message_ids.iter().copied().collect();
    let mut alike: BTreeMap<(Option<i64>, UnixMillis), Vec<&Sent<'_>>> = BTreeMap::new();
    for one in sent.iter().filter(|one| new.contains(&one.row.contact_id)) {
        alike.entry((one.row.campaign_id, one.at)).or_default().push(one);
    }
    let step = (FunnelStage::New, FunnelStage::Contacted);
    for ((campaign_id, _), group) in alike {
        let people: Vec<(i64, Option<i64>)> = group
            .iter()
            .map(|one| (one.row.contact_id, message_ids.get(&one.row.contact_id).copied()))
            .collect();
        if let Some(first) = group.first() {
            stages::record(db, &people, step, campaign_id, &by_message(first)).await?;
        }
    }
    Ok(())
}

async fn touch_campaigns<C: ConnectionTrait>(
    db: &C,
    sent: &[Sent<'_>],
    moves: &mut Moves,
) -> Result<(), StoreError> {
    let mut alike: BTreeMap<(i64, i64, UnixMillis), Vec<&Sent<'_>>> = BTreeMap::new();
    for one in sent {
        if let Some(campaign_id) = one.row.campaign_id {
            let key = (campaign_id, one.row.account_id, one.at);
            alike.entry(key).or_default().push(one);
        }
    }
    for ((campaign_id, account_id, at), group) in alike {
        let day = group.first().map_or("", |one| one.day);
        // Cancelled: the campaign was cancelled while the outcome was unknown; it was sent all the same, and is counted so.
        for from in [CampaignContactState::Queued, CampaignContactState::Cancelled] {
            let updated = campaign_contacts::Entity::update_many()
                .col_expr(
                    campaign_contacts::Column::State,
                    Expr::value(CampaignContactState::Sent),
                )
                .col_expr(campaign_contacts::Column::SentAt, Expr::value(Some(at)))
                .col_expr(campaign_contacts::Column::Delivered, Expr::value(true))
                .col_expr(
                    campaign_contacts::Column::AccountId,
                    Expr::value(Some(account_id)),
                )
                .col_expr(
                    campaign_contacts::Column::Stage,
                    Expr::value(FunnelStage::Contacted),
                )
                .filter(campaign_contacts::Column::CampaignId.eq(campaign_id))
                .filter(
                    campaign_contacts::Column::ContactId.is_in(group.iter().map(|one| one.row.contact_id)),
                )
                .filter(campaign_contacts::Column::State.eq(from))
                .exec(db)
                .await?
                .rows_affected;
            for _ in 0..updated {
                moves.state(campaign_id, from, CampaignContactState::Sent);
                moves.add(campaign_id, CounterKind::State, "delivered", 1);
                moves.add(campaign_id, CounterKind::SentDay, day, 1);
                moves.stage(campaign_id, FunnelStage::New, FunnelStage::Contacted);
            }
            if updated == group.len() as u64 {
                break;
            }
        }
        let people: Vec<i64> = group.iter().map(|one| one.row.contact_id).collect();
        count_variants(db, campaign_id, &people, CounterKind::VariantSent, moves).await?;
        follow_ups::begin(db, &group).await?;
    }
    Ok(())
}

fn by_moment<'a, 'b>(sent: &'a [Sent<'b>]) -> BTreeMap<UnixMillis, Vec<&'a Sent<'b>>> {
    let mut groups: BTreeMap<UnixMillis, Vec<&Sent<'_>>> = BTreeMap::new();
    for one in sent {
        groups.entry(one.at).or_default().push(one);
    }
    groups
}

/// Remembers how the account addresses people, and whose contacts they are.
///
/// # Errors
/// When the database fails.
pub async fn remember_peers<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    peers: &[KnownPeer],
) -> Result<(), StoreError> {
    // Two contacts may turn out to be one person: the last one counts, as when they come one by one.
    let peers: BTreeMap<i64, &KnownPeer> = peers.iter().map(|peer| (peer.telegram_user_id, peer)).collect();
    if peers.is_empty() {
        return Ok(());
    }
    let rows = peers.values().map(|peer| account_peers::ActiveModel {
        account_id: Set(account_id),
        telegram_user_id: Set(peer.telegram_user_id),
        access_hash: Set(peer.access_hash),
        contact_id: Set(Some(peer.contact_id)),
        ..Default::default()
    });
    let known = OnConflict::columns([
        account_peers::Column::AccountId,
        account_peers::Column::TelegramUserId,
    ])
    .update_columns([
        account_peers::Column::AccessHash,
        account_peers::Column::ContactId,
    ])
    .to_owned();
    account_peers::Entity::insert_many(rows)
        .on_conflict(known)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes the Telegram ids to the contacts, except ids that another contact has, and contacts that have another id.
///
/// # Errors
/// When the database fails.
pub async fn identify<C: ConnectionTrait>(db: &C, peers: &[KnownPeer]) -> Result<(), StoreError> {
    let held = holders(db, peers.iter().map(|peer| peer.telegram_user_id)).await?;
    // The first contact of a person gets the id, as when they come one by one.
    let mut free: BTreeMap<i64, i64> = BTreeMap::new();
    for peer in peers {
        if !held.contains_key(&peer.telegram_user_id) {
            free.entry(peer.telegram_user_id).or_insert(peer.contact_id);
        }
    }
    let free: Vec<(i64, i64)> = free.into_iter().collect();
    for chunk in free.chunks(CASES) {
        let user_id = cases(
            contacts::Column::Id,
            chunk
                .iter()
                .map(|&(user, contact)| (contact, Expr::value(Some(user)))),
        );
        contacts::Entity::update_many()
            .col_expr(contacts::Column::TelegramUserId, user_id)
            .filter(contacts::Column::Id.is_in(chunk.iter().map(|&(_, contact)| contact)))
            .filter(contacts::Column::TelegramUserId.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The text of a waiting message.
#[derive(Debug, Clone)]
pub struct Written {
    /// The outbox row.
    pub outbox_id: i64,
    /// What it says.
    pub text: String,
    /// JSON of the facts that it uses.
    pub facts: Option<String>,
    /// `Queued`, or `Draft` when a person must approve it.
    pub state: OutboxState,
}

/// Gives waiting messages their texts, those that still wait for one.
///
/// # Errors
/// When the database fails.
pub async fn set_texts<C: ConnectionTrait>(db: &C, written: &[Written]) -> Result<(), StoreError> {
    let mut alike: BTreeMap<OutboxState, Vec<&Written>> = BTreeMap::new();
    for one in written {
        alike.entry(one.state).or_default().push(one);
    }
    for (state, group) in alike {
        for chunk in group.chunks(CASES) {
            let text = chunk
                .iter()
                .map(|one| (one.outbox_id, Expr::value(Some(one.text.clone()))));
            let facts = chunk
                .iter()
                .map(|one| (one.outbox_id, Expr::value(one.facts.clone())));
            outbox::Entity::update_many()
                .col_expr(outbox::Column::Text, cases(outbox::Column::Id, text))
                .col_expr(outbox::Column::Facts, cases(outbox::Column::Id, facts))
                .col_expr(outbox::Column::State, Expr::value(state))
                .filter(outbox::Column::Id.is_in(chunk.iter().map(|one| one.outbox_id)))
                .filter(outbox::Column::State.is_in(WAITING))
                .filter(outbox::Column::Text.is_null())
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

/// `CASE WHEN id = … THEN … END`: a value of its own for each row.
fn cases<C: ColumnTrait>(id: C, values: impl Iterator<Item = (i64, SimpleExpr)>) -> SimpleExpr {
    values
        .fold(CaseStatement::new(), |case, (row, value)| {
            case.case(id.eq(row), value)
        })
        .into()
}
