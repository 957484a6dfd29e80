//! Who a look-up has found: the contact that was looked up, another one that is the same person, or somebody else.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;
use sea_orm::prelude::*;

use super::counters::Moves;
use super::merge::{self, Merged};
use super::peers::{KnownPeer, holders, remember_peer, set_reachable};
use super::{opt_out, together};
use crate::StoreError;
use crate::contacts::{Identity, consent, suppression};
use crate::entity::contacts;
use crate::types::{ContactStatus, UnixMillis};

pub use super::merge::DUPLICATE;

/// A person whom Telegram told when a contact was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The contact and how it is addressed.
    pub peer: KnownPeer,
    /// The phone as Telegram shows it, E.164.
    pub phone: Option<String>,
    /// The username as Telegram tells it, lower case.
    pub username: Option<String>,
}

/// What a look-up came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// The contact is this person.
    Is,
    /// The person said stop, under whatever identity: everything that waited is cancelled.
    OptedOut,
    /// Another row was the same person: one row is left of the two.
    Merged {
        /// The row that is left.
        kept: i64,
        /// The row that is gone.
        gone: i64,
    },
    /// Another row is the same person, and both have a history: they stay apart, and only the other is written to.
    Duplicate {
        /// The other row.
        of: i64,
    },
    /// The contact is known under another Telegram id: phone or username have passed to somebody else.
    Another,
    /// The contact was deleted meanwhile.
    Gone,
}

/// Records whom an account has found, in the order of `found`: how they are addressed, which rows are one person, and
/// who of them said stop. A peer is never taken from the contact that has its Telegram id.
///
/// # Errors
/// When the database fails.
pub async fn recognise<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    found: &[Found],
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<Vec<Recognised>, StoreError> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids = found.iter().map(|found| found.peer.contact_id);
    let present = contacts::Entity::find()
        .filter(contacts::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let present: HashMap<i64, contacts::Model> = present.into_iter().map(|row| (row.id, row)).collect();
    let held = holders(db, found.iter().map(|found| found.peer.telegram_user_id)).await?;
    let stopped = stopped(db, found, &present).await?;
    let mut seen = HashSet::new();
    let mut plain = Vec::new();
    let mut results = Vec::with_capacity(found.len());
    for one in found {
        let KnownPeer {
            contact_id,
            telegram_user_id,
            ..
        } = one.peer;
        let holder = held.get(&telegram_user_id).copied();
        results.push(match present.get(&contact_id) {
            None => Some(Recognised::Gone),
            Some(row) if row.telegram_user_id.is_some_and(|id| id != telegram_user_id) => {
                Some(Recognised::Another)
            }
            Some(_) if holder.is_none_or(|holder| holder == contact_id) && seen.insert(telegram_user_id) => {
                plain.push(one.peer);
                Some(Recognised::Is)
            }
            Some(_) => None,
        });
    }
    together::remember_peers(db, account_id, &plain).await?;
    together::identify(db, &plain).await?;
    let lost = |peer: &&KnownPeer| {
        present
            .get(&peer.contact_id)
            .is_some_and(|row| row.status == ContactStatus::NoTelegram)
    };
    let reachable: Vec<i64> = plain.iter().filter(lost).map(|peer| peer.contact_id).collect();
    if !reachable.is_empty() {
        set_reachable(db, &reachable).await?;
    }
    let mut recognised = Vec::with_capacity(found.len());
    for (number, (one, result)) in found.iter().zip(results).enumerate() {
        let since = stopped.get(&number).copied();
        let result = match result {
            Some(Recognised::Is) => {
                let row = present.get(&one.peer.contact_id);
                let since = since.or(row.and_then(|row| row.opted_out_at));
                stop_if(db, one.peer.contact_id, since, moves, now)
                    .await?
                    .unwrap_or(Recognised::Is)
            }
            Some(other) => other,
            None => two_rows(db, account_id, one.peer, since, moves, now).await?,
        };
        recognised.push(result);
    }
    Ok(recognised)
}

/// Since when people are suppressed under any identity that is known by now, by their place in `found`.
async fn stopped<C: ConnectionTrait>(
    db: &C,
    found: &[Found],
    present: &HashMap<i64, contacts::Model>,
) -> Result<HashMap<usize, UnixMillis>, StoreError> {
    if !suppression::any(db).await? {
        return Ok(HashMap::new());
    }
    let keys: Vec<Vec<String>> = found
        .iter()
        .map(|one| {
            let revealed = Identity {
                phone: one.phone.clone(),
                username: one.username.clone(),
                telegram_user_id: Some(one.peer.telegram_user_id),
            };
            let mut keys = suppression::keys(&revealed);
            let own = present.get(&one.peer.contact_id).map(Identity::of);
            keys.extend(own.iter().flat_map(suppression::keys));
            keys
        })
        .collect();
    let suppressed = suppression::among(db, &keys.concat()).await?;
    let since = |keys: &Vec<String>| keys.iter().filter_map(|key| suppressed.get(key)).min().copied();
    Ok(keys
        .iter()
        .enumerate()
        .filter_map(|(number, keys)| Some((number, since(keys)?)))
        .collect())
}

/// Obeys a stop that was said under another identity; answers nothing when none was.
async fn stop_if<C: ConnectionTrait>(
    db: &C,
    contact_id: i64,
    since: Option<UnixMillis>,
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<Option<Recognised>, StoreError> {
    let Some(since) = since else {
        return Ok(None);
    };
    let Some(row) = contacts::Entity::find_by_id(contact_id).one(db).await? else {
        return Ok(Some(Recognised::Gone));
    };
    if row.opted_out_at.is_none() {
        consent::mark_opted_out(db, contact_id, Some(since), now).await?;
    }
    suppression::add(db, &Identity::of(&row), "opt_out", since).await?;
    opt_out::apply(db, contact_id, moves, now).await?;
    Ok(Some(Recognised::OptedOut))
}

/// The person is another row's: one row is made of the two, or they stay apart and a stop holds for both.
async fn two_rows<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    peer: KnownPeer,
    since: Option<UnixMillis>,
    moves: &mut Moves,
    now: UnixMillis,
) -> Result<Recognised, StoreError> {
    let held = holders(db, std::iter::once(peer.telegram_user_id)).await?;
    let Some(&holder) = held
        .get(&peer.telegram_user_id)
        .filter(|id| **id != peer.contact_id)
    else {
        // A merge before this one has settled it.
        return Ok(Recognised::Gone);
    };
    let merged = merge::merge(db, (holder, peer.contact_id), moves, now).await?;
    let owner = match merged {
        Merged::Into { kept, .. } => kept,
        Merged::Apart => holder,
    };
    remember_peer(
        db,
        account_id,
        KnownPeer {
            contact_id: owner,
            ..peer
        },
    )
    .await?;
    let rows = contacts::Entity::find()
        .filter(contacts::Column::Id.is_in([holder, peer.contact_id]))
        .all(db)
        .await?;
    let since = rows.iter().filter_map(|row| row.opted_out_at).chain(since).min();
    for row in &rows {
        stop_if(db, row.id, since, moves, now).await?;
    }
    Ok(match (since, merged) {
        (Some(_), _) => Recognised::OptedOut,
        (None, Merged::Into { kept, gone }) => Recognised::Merged { kept, gone },
        (None, Merged::Apart) => Recognised::Duplicate { of: holder },
    })
}
