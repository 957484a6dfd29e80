//! First messages before they can be sent: found in Telegram, then written.

use std::collections::HashMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use crate::StoreError;
use crate::entity::{account_peers, campaigns, contacts, outbox};
use crate::types::{Approval, CampaignState, ContactStatus, OutboxKind, OutboxState, UnixMillis};

pub use super::peers::{
    Asked, KnownPeer, asked, forget_peer, identify, peers, remember_asked, remember_peer,
};

/// States in which a message waits for its turn.
pub const WAITING: [OutboxState; 2] = [OutboxState::Queued, OutboxState::Deferred];
/// Why a written message waits whose person the account cannot address: the person is looked up anew.
pub const NO_PEER: &str = "no_peer";
/// The mark of a message whose person was looked up anew: a second refusal of the address is final.
pub const PEER_FOUND_AGAIN: &str = "peer_found_again";

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

/// The oldest first messages of an account that are not written yet and are due by `soon`, of running campaigns, as many
/// of each campaign as there is room for. What waits in one campaign takes no room from another, and who must not be
/// written to for hours takes none from whom may. `under_way`: rows that are being written already.
///
/// # Errors
/// When the database fails.
pub async fn unwritten<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    ahead: Ahead,
    soon: UnixMillis,
    under_way: &[i64],
) -> Result<Vec<outbox::Model>, StoreError> {
    let mut rows = Vec::new();
    for (campaign_id, approval) in running(db).await? {
        let of_campaign = || {
            outbox::Entity::find()
                .filter(outbox::Column::AccountId.eq(account_id))
                .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
                .filter(outbox::Column::CampaignId.eq(campaign_id))
        };
        let written = of_campaign().filter(outbox::Column::Text.is_not_null());
        let (written, most) = match approval {
            Approval::Manual => {
                let drafts = written.filter(outbox::Column::State.eq(OutboxState::Draft));
                (drafts, ahead.drafts)
            }
            Approval::Auto => {
                let due = written
                    .filter(outbox::Column::State.is_in(WAITING))
                    .filter(outbox::Column::NotBefore.lte(soon));
                (due, ahead.messages)
            }
        };
        let room = most.saturating_sub(written.count(db).await?).min(ahead.step);
        if room == 0 {
            continue;
        }
        let query = of_campaign()
            .filter(outbox::Column::State.is_in(WAITING))
            .filter(outbox::Column::Text.is_null())
            .filter(outbox::Column::NotBefore.lte(soon))
            .filter(outbox::Column::Id.is_not_in(under_way.iter().copied()))
            .order_by_asc(outbox::Column::Id)
            .limit(room);
        rows.extend(query.all(db).await?);
    }
    Ok(rows)
}

async fn running<C: ConnectionTrait>(db: &C) -> Result<Vec<(i64, Approval)>, StoreError> {
    let query = campaigns::Entity::find()
        .select_only()
        .column(campaigns::Column::Id)
        .column(campaigns::Column::Approval)
        .filter(campaigns::Column::State.eq(CampaignState::Running));
    Ok(query.into_tuple().all(db).await?)
}

/// When the next first message that is not written is due, of those that wait for a moment after `soon`.
///
/// # Errors
/// When the database fails.
pub async fn next_unwritten<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    soon: UnixMillis,
) -> Result<Option<UnixMillis>, StoreError> {
    let query = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::NotBefore.min(), "next")
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Kind.eq(OutboxKind::FirstMessage))
        .filter(outbox::Column::NotBefore.gt(soon))
        .filter(outbox::Column::Text.is_null());
    Ok(query.into_tuple::<Option<UnixMillis>>().one(db).await?.flatten())
}

/// Those of these messages that still wait for their text.
///
/// # Errors
/// When the database fails.
pub async fn still_unwritten<C: ConnectionTrait>(
    db: &C,
    outbox_ids: &[i64],
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::Id.is_in(outbox_ids.iter().copied()))
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Text.is_null())
        .order_by_asc(outbox::Column::Id);
    Ok(query.all(db).await?)
}

/// Written messages that wait because the account cannot address the person any more, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn without_peer<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    limit: u64,
) -> Result<Vec<outbox::Model>, StoreError> {
    let query = outbox::Entity::find()
        .filter(outbox::Column::AccountId.eq(account_id))
        .filter(outbox::Column::State.eq(OutboxState::Deferred))
        .filter(outbox::Column::Reason.eq(NO_PEER))
        .order_by_asc(outbox::Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// Lets written messages go whose person the account has found again.
///
/// # Errors
/// When the database fails.
pub async fn release_found<C: ConnectionTrait>(
    db: &C,
    outbox_ids: &[i64],
    now: UnixMillis,
) -> Result<(), StoreError> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Queued))
        .col_expr(outbox::Column::Reason, Expr::value(Some(PEER_FOUND_AGAIN)))
        .col_expr(outbox::Column::NotBefore, Expr::value(now))
        .filter(outbox::Column::Id.is_in(outbox_ids.iter().copied()))
        .filter(outbox::Column::State.eq(OutboxState::Deferred))
        .filter(outbox::Column::Reason.eq(NO_PEER))
        .exec(db)
        .await?;
    Ok(())
}

/// Lets messages wait until a moment, those that still wait for their turn.
///
/// # Errors
/// When the database fails.
pub async fn defer<C: ConnectionTrait>(
    db: &C,
    outbox_ids: &[i64],
    until: UnixMillis,
    reason: &str,
) -> Result<(), StoreError> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::State, Expr::value(OutboxState::Deferred))
        .col_expr(outbox::Column::Reason, Expr::value(Some(reason.to_owned())))
        .col_expr(outbox::Column::NotBefore, Expr::value(until))
        .filter(outbox::Column::Id.is_in(outbox_ids.iter().copied()))
        .filter(outbox::Column::State.is_in(WAITING))
        .exec(db)
        .await?;
    Ok(())
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

/// Takes the text of a waiting message away, so that it is written anew. Answers whether it still waited with one.
///
/// # Errors
/// When the database fails.
pub async fn take_text_back<C: ConnectionTrait>(db: &C, outbox_id: i64) -> Result<bool, StoreError> {
    let updated = outbox::Entity::update_many()
        .col_expr(outbox::Column::Text, Expr::value(None::<String>))
        .col_expr(outbox::Column::Facts, Expr::value(None::<String>))
        .filter(outbox::Column::Id.eq(outbox_id))
        .filter(outbox::Column::State.is_in(WAITING))
        .filter(outbox::Column::Text.is_not_null())
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
