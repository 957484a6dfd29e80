//! How often an account asked Telegram about people: kept, so that a restart neither forgets a wait nor fills a budget.

use sea_orm::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, Set};

use crate::StoreError;
use crate::entity::lookup_limits::{ActiveModel, Column, Entity, Model};
use crate::types::{LookupKind, UnixMillis};

/// How far one kind of question has gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Used {
    /// When the span that `used` counts began.
    pub window_from: UnixMillis,
    /// People asked about in this span.
    pub used: i64,
    /// Telegram is not asked before this moment.
    pub not_before: UnixMillis,
}

/// What an account has used; a kind that was never asked is left out.
///
/// # Errors
/// When the database fails.
pub async fn of_account<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
) -> Result<Vec<(LookupKind, Used)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .all(db)
        .await?;
    let used = |row: Model| {
        let used = Used {
            window_from: row.window_from,
            used: row.used,
            not_before: row.not_before,
        };
        (row.kind, used)
    };
    Ok(rows.into_iter().map(used).collect())
}

/// Keeps what an account has used of one kind.
///
/// # Errors
/// When the database fails.
pub async fn keep<C: ConnectionTrait>(
    db: &C,
    account_id: i64,
    kind: LookupKind,
    used: Used,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        account_id: Set(account_id),
        kind: Set(kind),
        window_from: Set(used.window_from),
        used: Set(used.used),
        not_before: Set(used.not_before),
        ..Default::default()
    };
    let replace = OnConflict::columns([Column::AccountId, Column::Kind])
        .update_columns([Column::WindowFrom, Column::Used, Column::NotBefore])
        .to_owned();
    Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets what an account has used: somebody else signs in with it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget<C: ConnectionTrait>(db: &C, account_id: i64) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(())
}
