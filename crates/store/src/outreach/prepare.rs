//! First messages before they can be sent: found in Telegram, then written.

use std::collections::HashMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, Set};

use crate::StoreError;
use crate::entity::{account_peers, campaigns, contacts, outbox};
use crate::types::{Approval, CampaignState, ContactStatus, OutboxKind, OutboxState, UnixMillis};

/// States in which a message waits for its turn.
pub const WAITING: [OutboxState; 2] = [OutboxState::Queued, OutboxState::Deferred];

/// How far ahead of the lane messages are written.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    /// Written messages of one campaign that wait for the lane.
    pub messages: u64,
    /// Drafts of one campaign that wait for approval.
    pub drafts: u64,
    /// Rows of one campaign that one step brings.
    pub step: u64,
}

/// The oldest first messages of an account that are not written yet, of running campaigns, as many of each campaign as
/// there is room for. What waits in one campaign takes no room from another.
///
/// # Errors
/// When the database fails.
pub async fn unwritten<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    ahead: Ahead,
) -> Result<Vec<outbox::Model>, StoreError> {
    let running: Vec<(i64, Approval)> = campaigns::Entity::find()
        .select_only()
        .column(campaigns::Column::Id)
        .column(campaigns::Column::Approval)
        .filter(campaigns::Column::State.eq(CampaignState::Running))
        .into_tuple()
        .all(db)
        .await?;
    let mut rows = Vec::new();
    for (campaign_id, approval) in running {
        let of_campaign = || {
            outbox::Entity::find()
                .filter(outbox::Column::AccountId.eq(account_id))
                .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
                .filter(outbox::Column::CampaignId.eq(campaign_id))
        };
        let (states, most) = match approval {
            Approval::Manual => (&[OutboxState::Draft][..], ahead.drafts),
            Approval::Auto => (&WAITING[..], ahead.messages),
        };
        let written = of_campaign()
            .filter(outbox::Column::State.is_in(states.iter().copied()))
            .filter(outbox::Column::Text.is_not_null())
            .count(db)
            .await?;
        let room = most.saturating_sub(written).min(ahead.step);
        if room == 0 {
            continue;
        }
        let query = of_campaign()
            .filter(outbox::Column::State.is_in(WAITING))
            .filter(outbox::Column::Text.is_null())
            .order_by_asc(outbox::Column::Id)
            .limit(room);
        rows.extend(query.all(db).await?);
    }
    Ok(rows)
}

/// Gives a waiting message its text. `state`: `Queued`, or `Draft` when a person must approve it.
/// Answers whether the message still waited for one.
///
/// # Errors
/// When the database fails.
pub async fn set_text<C: ConnectionTrait>(
    db: &C,
    outbox_id: i64,
    text: &str,
    facts: Option<String>,
    state: OutboxState,
) -> Result<bool, StoreError> {
    let updated = outbox::Entity::update_many()
        .col_expr(outbox::Column::Text, Expr::value(Some(text.to_owned())))
        .col_expr(outbox::Column::Facts, Expr::value(facts))
        .col_expr(outbox::Column::State, Expr::value(state))
        .filter(outbox::Column::Id.eq(outbox_id))
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Text.is_null())
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Changes the text of a draft; answers whether it was still a draft.
///
/// # Errors
/// When the database fails.
pub async fn edit_draft<C: ConnectionTrait>(db: &C, outbox_id: i64, text: &str) -> Result<bool, StoreError> {
    let updated = outbox::Entity::update_many()
        .col_expr(outbox::Column::Text, Expr::value(Some(text.to_owned())))
        .filter(outbox::Column::Id.eq(outbox_id))
        .filter(outbox::Column::State.eq(OutboxState::Draft))
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Approves drafts of a campaign: those named, or all. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn approve<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    outbox_ids: Option<&[i64]>,
) -> Result<u64, StoreError> {
    let mut update = outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Queued))
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::State.eq(OutboxState::Draft));
    if let Some(ids) = outbox_ids {
        update = update.filter(outbox::Column::Id.is_in(ids.iter().copied()));
    }
    Ok(update.exec(db).await?.rows_affected)
}

/// The drafts of a campaign that await approval, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn drafts<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    after_id: i64,
    limit: u64,
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::State.eq(OutboxState::Draft))
        .filter(outbox::Column::Id.gt(after_id))
        .order_by_asc(outbox::Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// How many drafts of a campaign await approval.
///
/// # Errors
/// When the database fails.
pub async fn drafts_total<C: ConnectionTrait>(db: &C, campaign_id: i64) -> Result<u64, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::State.eq(OutboxState::Draft));
    Ok(sea_orm::PaginatorTrait::count(query, db).await?)
}

/// Drafts of a campaign: those named.
///
/// # Errors
/// When the database fails.
pub async fn drafts_named<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    outbox_ids: &[i64],
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::State.eq(OutboxState::Draft))
        .filter(outbox::Column::Id.is_in(outbox_ids.iter().copied()))
        .order_by_asc(outbox::Column::Id);
    Ok(query.all(db).await?)
}

/// An account for each of the contacts that one of `accounts` can address already.
///
/// # Errors
/// When the database fails.
pub async fn accounts_knowing<C: ConnectionTrait>(
    db: &C,
    accounts: &[i64],
    contact_ids: &[i64],
) -> Result<HashMap<i64, i64>, StoreError> {
    let rows: Vec<(Option<i64>, i64)> = account_peers::Entity::find()
        .select_only()
        .column(account_peers::Column::ContactId)
        .column(account_peers::Column::AccountId)
        .filter(account_peers::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(account_peers::Column::ContactId.is_in(contact_ids.iter().copied()))
        .order_by_desc(account_peers::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(contact, account)| Some((contact?, account)))
        .collect())
}

/// Until when, at the earliest, a first message of the campaign waits: for this account and for this reason, where they
/// are named. None: nothing does.
///
/// # Errors
/// When the database fails.
pub async fn waits_until<C: ConnectionTrait>(
    db: &C,
    campaign_id: i64,
    account_id: Option<i64>,
    reason: Option<&str>,
) -> Result<Option<UnixMillis>, StoreError> {
    let mut query = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::NotBefore.min(), "first")
        .filter(outbox::Column::CampaignId.eq(campaign_id))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::State.is_in(WAITING));
    if let Some(account_id) = account_id {
        query = query.filter(outbox::Column::AccountId.eq(account_id));
    }
    if let Some(reason) = reason {
        query = query.filter(outbox::Column::Reason.eq(reason));
    }
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// A person as an account of ours can address them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPeer {
    /// The contact.
    pub contact_id: i64,
    /// The person's Telegram id.
    pub telegram_user_id: i64,
    /// The hash that lets this account address the person.
    pub access_hash: i64,
}

/// How the account addresses these contacts, as far as it knows them.
///
/// # Errors
/// When the database fails.
pub async fn peers<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_ids: &[i64],
) -> Result<Vec<KnownPeer>, StoreError> {
    let rows = account_peers::Entity::find()
        .filter(account_peers::Column::AccountId.eq(account_id))
        .filter(account_peers::Column::ContactId.is_in(contact_ids.iter().copied()))
        .all(db)
        .await?;
    let known = |row: account_peers::Model| {
        Some(KnownPeer {
            contact_id: row.contact_id?,
            telegram_user_id: row.telegram_user_id,
            access_hash: row.access_hash,
        })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Remembers how the account addresses a person, and whose contact that is.
///
/// # Errors
/// When the database fails.
pub async fn remember_peer<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    peer: KnownPeer,
) -> Result<(), StoreError> {
    let row = account_peers::ActiveModel {
        account_id: Set(account_id),
        telegram_user_id: Set(peer.telegram_user_id),
        access_hash: Set(peer.access_hash),
        contact_id: Set(Some(peer.contact_id)),
        ..Default::default()
    };
    let known = OnConflict::columns([
        account_peers::Column::AccountId,
        account_peers::Column::TelegramUserId,
    ])
    .update_columns([
        account_peers::Column::AccessHash,
        account_peers::Column::ContactId,
    ])
    .to_owned();
    account_peers::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes the Telegram id to the contact, unless another contact has it. Answers whether this contact has it now.
///
/// # Errors
/// When the database fails.
pub async fn identify<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    telegram_user_id: i64,
) -> Result<bool, StoreError> {
    let holder = contacts::Entity::find()
        .select_only()
        .column(contacts::Column::Id)
        .filter(contacts::Column::TelegramUserId.eq(telegram_user_id))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    if let Some(holder) = holder {
        return Ok(holder == contact_id);
    }
    contacts::Entity::update_many()
        .col_expr(
            contacts::Column::TelegramUserId,
            Expr::value(Some(telegram_user_id)),
        )
        .filter(contacts::Column::Id.eq(contact_id))
        .exec(db)
        .await?;
    Ok(true)
}

/// Marks a contact as not in Telegram.
///
/// # Errors
/// When the database fails.
pub async fn mark_no_telegram<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    now: UnixMillis,
) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::Status, Expr::value(ContactStatus::NoTelegram))
        .col_expr(contacts::Column::UpdatedAt, Expr::value(now))
        .filter(contacts::Column::Id.eq(contact_id))
        .filter(contacts::Column::Status.eq(ContactStatus::Active))
        .exec(db)
        .await?;
    Ok(())
}
