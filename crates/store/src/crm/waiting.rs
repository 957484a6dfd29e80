//! Who waits for a seat. A freed seat goes to whoever has waited longest, in the transaction that frees it.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{bookings, seats, sessions};
use crate::entity::bookings::Model as Booking;
use crate::entity::waiting_list::{ActiveModel, Column, Entity, Model};
use crate::types::{BookingNotice, BookingStatus, UnixMillis};
use crate::{Result, StoreError};

/// Puts a client at the end of the list.
///
/// # Errors
/// [`StoreError::Conflict`] on `client_id` when the client waits already.
pub async fn add(
    db: &impl ConnectionTrait,
    session_id: i64,
    client_id: i64,
    created_by: &str,
    now: UnixMillis,
) -> Result<Model> {
    let row = ActiveModel {
        session_id: Set(session_id),
        client_id: Set(client_id),
        created_by: Set(created_by.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("waiting client"))
}

/// Takes a client off the list.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn remove(db: &impl ConnectionTrait, session_id: i64, client_id: i64) -> Result<()> {
    let gone = Entity::delete_many()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::ClientId.eq(client_id))
        .exec(db)
        .await?;
    if gone.rows_affected == 0 {
        return Err(StoreError::NotFound("waiting client"));
    }
    Ok(())
}

/// Empties the list of a session.
///
/// # Errors
/// Of the database.
pub async fn clear(db: &impl ConnectionTrait, session_id: i64) -> Result<()> {
    Entity::delete_many()
        .filter(Column::SessionId.eq(session_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Who waits for this session, longest first; at most 1,000.
///
/// # Errors
/// Of the database.
pub async fn of_session(db: &impl ConnectionTrait, session_id: i64) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::SessionId.eq(session_id));
    Ok(query.order_by_asc(Column::Id).limit(1_000).all(db).await?)
}

/// How many wait for this session.
///
/// # Errors
/// Of the database.
pub async fn count(db: &impl ConnectionTrait, session_id: i64) -> Result<u64> {
    let query = Entity::find().filter(Column::SessionId.eq(session_id));
    Ok(query.count(db).await?)
}

/// Gives free seats to those who have waited longest and marks them to be told. The session must be locked. A session
/// that has begun gives none.
///
/// # Errors
/// Of the database.
pub async fn promote(db: &impl ConnectionTrait, session_id: i64, now: UnixMillis) -> Result<Vec<Booking>> {
    let mut promoted = Vec::new();
    for waiting in of_session(db, session_id).await? {
        let session = sessions::get(db, session_id).await?;
        if session.starts_at <= now || !seats::take(db, session_id).await? {
            break;
        }
        remove(db, session_id, waiting.client_id).await?;
        let booking = bookings::in_session(&session, waiting.client_id, &waiting.created_by, now);
        let booking = Booking {
            notice: Some(BookingNotice::SeatFreed),
            ..booking
        };
        promoted.push(bookings::create(db, booking).await?);
    }
    Ok(promoted)
}

/// A client who leaves for good waits nowhere any more, and gives the seats of sessions to come to others.
pub(crate) async fn leave_all(db: &impl ConnectionTrait, client_id: i64, now: UnixMillis) -> Result<()> {
    use crate::entity::bookings::{Column as Of, Entity as Bookings};
    Entity::delete_many()
        .filter(Column::ClientId.eq(client_id))
        .exec(db)
        .await?;
    let to_come: Vec<(i64, Option<i64>)> = Bookings::find()
        .select_only()
        .column(Of::Id)
        .column(Of::SessionId)
        .filter(Of::ClientId.eq(client_id))
        .filter(Of::StartsAt.gt(now))
        .filter(Of::Status.ne(BookingStatus::Cancelled))
        .order_by_asc(Of::SessionId)
        .order_by_asc(Of::Id)
        .into_tuple()
        .all(db)
        .await?;
    for (id, session_id) in to_come {
        if let Some(session_id) = session_id {
            sessions::lock(db, session_id).await?;
        }
        let booking = bookings::lock(db, id).await?;
        bookings::cancel(db, &booking, None, now).await?;
        if let Some(session_id) = session_id {
            promote(db, session_id, now).await?;
        }
    }
    Ok(())
}
