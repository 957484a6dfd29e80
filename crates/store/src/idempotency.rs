//! Answers kept for requests that carry an `Idempotency-Key`, so that a repetition is answered and not done again.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::idempotency_keys::{ActiveModel, Column, Entity, Model};
use crate::types::UnixMillis;
use crate::{Result, StoreError};

/// What a key means for a request that brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nobody has used it: do the work, then [`finish`] in the same transaction, or [`abandon`].
    New,
    /// The first request with it still runs.
    Running,
    /// It was used for a request with another body.
    Different,
    /// The work was done, and its answer was not kept: the process died, or the first request still writes it. What it
    /// made, as [`made`] noted it.
    Made(String),
    /// The work was done: give this answer again.
    Done {
        /// HTTP status.
        status: i32,
        /// The body that was answered.
        body: String,
    },
}

fn of(key: &str, route: &str) -> Condition {
    Condition::all()
        .add(Column::Key.eq(key))
        .add(Column::Route.eq(route))
}

/// Looks a key up and takes it when it is free. A request that began before `stale_before` and never ended (the process
/// was killed) does not hold its key, unless it is known to have done its work.
///
/// # Errors
/// [`StoreError::Busy`] when the key is being released this very moment.
pub async fn begin(
    db: &impl ConnectionTrait,
    key: &str,
    route: &str,
    request_hash: &str,
    stale_before: UnixMillis,
    now: UnixMillis,
) -> Result<Begun> {
    let row = ActiveModel {
        key: Set(key.to_owned()),
        route: Set(route.to_owned()),
        request_hash: Set(request_hash.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    let once = OnConflict::columns([Column::Key, Column::Route])
        .do_nothing_on([Column::Id])
        .to_owned();
    if Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?
        == 1
    {
        return Ok(Begun::New);
    }
    let kept = lookup(db, key, route).await?.ok_or(StoreError::Busy)?;
    if kept.status.is_none() && kept.made.is_none() && kept.created_at < stale_before {
        let taken = Entity::update_many()
            .filter(Column::Id.eq(kept.id))
            .filter(Column::Status.is_null())
            .filter(Column::Made.is_null())
            .filter(Column::CreatedAt.eq(kept.created_at))
            .col_expr(Column::CreatedAt, Expr::value(now))
            .col_expr(Column::RequestHash, Expr::value(request_hash))
            .exec(db)
            .await?;
        return Ok(if taken.rows_affected == 1 {
            Begun::New
        } else {
            Begun::Running
        });
    }
    if kept.request_hash != request_hash {
        return Ok(Begun::Different);
    }
    Ok(match kept.status {
        Some(status) => Begun::Done {
            status,
            body: kept.body.unwrap_or_default(),
        },
        None => kept.made.map_or(Begun::Running, Begun::Made),
    })
}

/// Notes what the request with this key made, in the transaction that makes it: killed at any moment, either both are
/// there or neither is.
///
/// # Errors
/// Of the database.
pub async fn made(db: &impl ConnectionTrait, key: &str, route: &str, what: &str) -> Result<()> {
    Entity::update_many()
        .filter(of(key, route))
        .filter(Column::Status.is_null())
        .col_expr(Column::Made, Expr::value(what))
        .exec(db)
        .await?;
    Ok(())
}

/// Frees the keys of requests that never ended and did nothing. For the start of the only process: whoever held them is
/// dead.
///
/// # Errors
/// Of the database.
pub async fn release_dead(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::delete_many()
        .filter(Column::Status.is_null())
        .filter(Column::Made.is_null())
        .exec(db)
        .await?
        .rows_affected)
}

/// Keeps the answer.
///
/// # Errors
/// Of the database.
pub async fn finish(
    db: &impl ConnectionTrait,
    key: &str,
    route: &str,
    status: i32,
    body: &str,
) -> Result<()> {
    Entity::update_many()
        .filter(of(key, route))
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::Body, Expr::value(body))
        .exec(db)
        .await?;
    Ok(())
}

/// Frees a key whose work was not done. A key whose work was done keeps what it made, though the answer went wrong.
///
/// # Errors
/// Of the database.
pub async fn abandon(db: &impl ConnectionTrait, key: &str, route: &str) -> Result<()> {
    Entity::delete_many()
        .filter(of(key, route))
        .filter(Column::Status.is_null())
        .filter(Column::Made.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// What is kept under a key.
///
/// # Errors
/// Of the database.
pub async fn lookup(db: &impl ConnectionTrait, key: &str, route: &str) -> Result<Option<Model>> {
    Ok(Entity::find().filter(of(key, route)).one(db).await?)
}

/// Forgets the keys taken before a moment.
///
/// # Errors
/// Of the database.
pub async fn expire(db: &impl ConnectionTrait, before: UnixMillis) -> Result<u64> {
    Ok(Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(db)
        .await?
        .rows_affected)
}
