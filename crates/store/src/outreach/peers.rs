//! How our accounts address people: Telegram's key to a person, good for one account only.
//!
//! A key is used only while the contact has the very Telegram id that it belongs to. What is left of a phone or a
//! username that has since passed to somebody else opens no door.

use std::collections::HashMap;

use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ConnectionTrait, JoinType, QuerySelect, RelationDef, Set};

use crate::StoreError;
use crate::contacts::{Identity, suppression};
use crate::entity::{account_peers, contacts};
use crate::types::{ConsentBasis, ContactStatus, FunnelStage, UnixMillis};

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

/// A peer, and when Telegram was last asked what it takes to write to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The peer.
    pub peer: KnownPeer,
    /// None: never.
    pub at: Option<UnixMillis>,
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
    let known = asked(db, account_id, contact_ids).await?;
    Ok(known.into_iter().map(|asked| asked.peer).collect())
}

/// The same, with when Telegram was asked about each.
///
/// # Errors
/// When the database fails.
pub async fn asked<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    contact_ids: &[i64],
) -> Result<Vec<Asked>, StoreError> {
    let contact: RelationDef = account_peers::Entity::belongs_to(contacts::Entity)
        .from(account_peers::Column::ContactId)
        .to(contacts::Column::Id)
        .into();
    let own_id = Expr::col((contacts::Entity, contacts::Column::TelegramUserId))
        .equals((account_peers::Entity, account_peers::Column::TelegramUserId));
    let rows = account_peers::Entity::find()
        .join(JoinType::InnerJoin, contact)
        .filter(account_peers::Column::AccountId.eq(account_id))
        .filter(account_peers::Column::ContactId.is_in(contact_ids.iter().copied()))
        .filter(own_id)
        .all(db)
        .await?;
    let known = |row: account_peers::Model| {
        let peer = KnownPeer {
            contact_id: row.contact_id?,
            telegram_user_id: row.telegram_user_id,
            access_hash: row.access_hash,
        };
        Some(Asked {
            peer,
            at: row.asked_at,
        })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Notes that Telegram told what it takes to write to these people.
///
/// # Errors
/// When the database fails.
pub async fn remember_asked<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    telegram_user_ids: &[i64],
    now: UnixMillis,
) -> Result<(), StoreError> {
    account_peers::Entity::update_many()
        .col_expr(account_peers::Column::AskedAt, Expr::value(Some(now)))
        .filter(account_peers::Column::AccountId.eq(account_id))
        .filter(account_peers::Column::TelegramUserId.is_in(telegram_user_ids.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
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

/// Forgets how the account addresses a person: Telegram does not take the key.
///
/// # Errors
/// When the database fails.
pub async fn forget_peer<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    telegram_user_id: i64,
) -> Result<(), StoreError> {
    account_peers::Entity::delete_many()
        .filter(account_peers::Column::AccountId.eq(account_id))
        .filter(account_peers::Column::TelegramUserId.eq(telegram_user_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes the Telegram id to the contact, unless another contact has it or this one has another. Answers whether this
/// contact has it now. Who is known to be in Telegram is so again, and who said stop under this id stays opted out.
///
/// # Errors
/// When the database fails.
pub async fn identify<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    telegram_user_id: i64,
) -> Result<bool, StoreError> {
    let rows = contacts::Entity::find()
        .filter(
            contacts::Column::TelegramUserId
                .eq(telegram_user_id)
                .or(contacts::Column::Id.eq(contact_id)),
        )
        .all(db)
        .await?;
    let holds = |row: &&contacts::Model| row.telegram_user_id == Some(telegram_user_id);
    if let Some(holder) = rows.iter().find(holds) {
        if holder.id == contact_id && holder.status == ContactStatus::NoTelegram {
            set_reachable(db, &[contact_id]).await?;
        }
        return Ok(holder.id == contact_id);
    }
    let Some(own) = rows.iter().find(|row| row.telegram_user_id.is_none()) else {
        return Ok(false);
    };
    contacts::Entity::update_many()
        .col_expr(
            contacts::Column::TelegramUserId,
            Expr::value(Some(telegram_user_id)),
        )
        .filter(contacts::Column::Id.eq(contact_id))
        .filter(contacts::Column::TelegramUserId.is_null())
        .exec(db)
        .await?;
    if own.status == ContactStatus::NoTelegram {
        set_reachable(db, &[contact_id]).await?;
    }
    spread_stop(db, own, telegram_user_id).await?;
    Ok(true)
}

/// A stop holds for every identity of the person: for the Telegram id that has just become known, and by it.
async fn spread_stop<C: ConnectionTrait>(
    db: &C,
    own: &contacts::Model,
    telegram_user_id: i64,
) -> Result<(), StoreError> {
    let revealed = Identity {
        telegram_user_id: Some(telegram_user_id),
        ..Identity::default()
    };
    if let Some(at) = own.opted_out_at {
        return suppression::add(db, &revealed, "opt_out", at).await;
    }
    let Some(since) = suppression::since(db, &revealed).await? else {
        return Ok(());
    };
    contacts::Entity::update_many()
        .col_expr(contacts::Column::OptedOutAt, Expr::value(Some(since)))
        .col_expr(contacts::Column::ConsentBasis, Expr::value(ConsentBasis::None))
        .col_expr(contacts::Column::Stage, Expr::value(FunnelStage::OptedOut))
        .filter(contacts::Column::Id.eq(own.id))
        .exec(db)
        .await?;
    Ok(())
}

/// These contacts are in Telegram after all.
pub(crate) async fn set_reachable<C: ConnectionTrait>(db: &C, contact_ids: &[i64]) -> Result<(), StoreError> {
    contacts::Entity::update_many()
        .col_expr(contacts::Column::Status, Expr::value(ContactStatus::Active))
        .filter(contacts::Column::Id.is_in(contact_ids.iter().copied()))
        .filter(contacts::Column::Status.eq(ContactStatus::NoTelegram))
        .exec(db)
        .await?;
    Ok(())
}

/// Which of the contacts has each of these Telegram ids.
pub(super) async fn holders<C: ConnectionTrait>(
    db: &C,
    telegram_user_ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, i64>, StoreError> {
    let rows: Vec<(Option<i64>, i64)> = contacts::Entity::find()
        .select_only()
        .column(contacts::Column::TelegramUserId)
        .column(contacts::Column::Id)
        .filter(contacts::Column::TelegramUserId.is_in(telegram_user_ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(user, contact)| Some((user?, contact)))
        .collect())
}
