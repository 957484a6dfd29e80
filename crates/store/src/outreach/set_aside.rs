//! What Telegram told and could never be stored: named, so that a person can look for it in Telegram.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, Set};

use crate::StoreError;
use crate::entity::set_aside_updates::{ActiveModel, Column, Entity, Model};
use crate::types::UnixMillis;

/// An update that is given up. Ids only: no texts, no phones.
#[derive(Debug, Clone, Copy)]
pub struct SetAside<'a> {
    /// Which of our accounts it came to.
    pub account_id: i64,
    /// What kind of update.
    pub kind: &'a str,
    /// The other person.
    pub telegram_user_id: Option<i64>,
    /// The message.
    pub telegram_message_id: Option<i64>,
    /// The kind of failure.
    pub failure: &'a str,
}

/// Names an update that is given up.
///
/// # Errors
/// When the database fails.
pub async fn add<C: ConnectionTrait>(
    db: &C,
    update: &SetAside<'_>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        account_id: Set(update.account_id),
        kind: Set(update.kind.to_owned()),
        telegram_user_id: Set(update.telegram_user_id),
        telegram_message_id: Set(update.telegram_message_id),
        failure: Set(update.failure.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The newest of what an account gave up.
///
/// # Errors
/// When the database fails.
pub async fn newest<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let query = Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(query.all(db).await?)
}
