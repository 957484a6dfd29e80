//! People who must not be written to, remembered by a hash, so that "stop" outlives the contact's deletion.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};

use super::Identity;
use crate::Result;
use crate::entity::suppressions::{ActiveModel, Column, Entity};
use crate::types::UnixMillis;

/// Hashes asked for in one statement.
const KEYS_IN_STATEMENT: usize = 3_000;

/// The keys of an identity: SHA-256 in hex of `phone:+7…`, `tg:123`, `username:x`.
#[must_use]
pub fn keys(identity: &Identity) -> Vec<String> {
    let mut keys = Vec::with_capacity(3);
    if let Some(phone) = &identity.phone {
        keys.push(hash(&format!("phone:{phone}")));
    }
    if let Some(telegram_user_id) = identity.telegram_user_id {
        keys.push(hash(&format!("tg:{telegram_user_id}")));
    }
    if let Some(username) = &identity.username {
        keys.push(hash(&format!("username:{username}")));
    }
    keys
}

fn hash(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// Since when a person is suppressed, if so.
///
/// # Errors
/// Of the database.
pub async fn since(db: &impl ConnectionTrait, identity: &Identity) -> Result<Option<UnixMillis>> {
    let keys = keys(identity);
    Ok(among(db, &keys).await?.into_values().min())
}

/// Those of `keys` that are suppressed, and since when.
///
/// # Errors
/// Of the database.
pub async fn among(db: &impl ConnectionTrait, keys: &[String]) -> Result<HashMap<String, UnixMillis>> {
    let mut found = HashMap::new();
    for chunk in keys.chunks(KEYS_IN_STATEMENT) {
        let query = Entity::find()
            .select_only()
            .columns([Column::Key, Column::CreatedAt]);
        let rows = query
            .filter(Column::Key.is_in(chunk))
            .into_tuple::<(String, UnixMillis)>()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Whether anybody is suppressed at all.
pub(crate) async fn any(db: &impl ConnectionTrait) -> Result<bool> {
    let query = Entity::find().select_only().column(Column::Id).limit(1);
    Ok(query.into_tuple::<i64>().one(db).await?.is_some())
}

/// Suppresses a person.
///
/// # Errors
/// Of the database.
pub async fn add(
    db: &impl ConnectionTrait,
    identity: &Identity,
    reason: &str,
    now: UnixMillis,
) -> Result<()> {
    let row = |key| ActiveModel {
        key: Set(key),
        reason: Set(reason.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    let once = OnConflict::column(Column::Key)
        .do_nothing_on([Column::Id])
        .to_owned();
    for key in keys(identity) {
        Entity::insert(row(key))
            .on_conflict(once.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Lifts the suppression of a person.
///
/// # Errors
/// Of the database.
pub async fn remove(db: &impl ConnectionTrait, identity: &Identity) -> Result<()> {
    Entity::delete_many()
        .filter(Column::Key.is_in(keys(identity)))
        .exec(db)
        .await?;
    Ok(())
}
