//! Messages and the history of a contact.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::contacts;
use crate::entity::messages::{Column, Entity, Model};
use crate::paging::{Key, Page, PageOf, Position, beyond};
use crate::quick::{self, MESSAGE};
use crate::types::MessageState;
use crate::{Result, Store, StoreError};

const HISTORY: &str = "history";

/// The message `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("message"))
}

/// A contact's messages on all accounts. The first page holds the newest, each next page older ones; within a page
/// the newest is last.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn history(db: &impl ConnectionTrait, contact_id: i64, page: &Page) -> Result<PageOf<Model>> {
    let mut query = Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .order_by_desc(Column::SentAt)
        .order_by_desc(Column::Id)
        .limit(page.fetch());
    if let Some(Position { key, id }) = page.position(HISTORY)? {
        let Key::Number(sent_at) = key else {
            return Err(StoreError::BadCursor);
        };
        query = query.filter(beyond(Column::SentAt, sent_at, Column::Id, id, true));
    }
    let mut page = PageOf::cut(query.all(db).await?, page, HISTORY, |row| {
        Position::number(row.sent_at.0, row.id)
    });
    page.items.reverse();
    Ok(page)
}

/// A page of [`history`] and the number of all messages of the contact.
///
/// # Errors
/// [`StoreError::NotFound`], [`StoreError::BadCursor`].
pub async fn history_of(store: &Store, contact_id: i64, page: &Page) -> Result<(PageOf<Model>, u64)> {
    if page.cursor.is_none()
        && let Some(read) = store.quick(|db| newest(db, contact_id, page))
    {
        let (rows, total) = read?.ok_or(StoreError::NotFound("contact"))?;
        let mut found = PageOf::cut(rows, page, HISTORY, |row| Position::number(row.sent_at.0, row.id));
        found.items.reverse();
        return Ok((found, total));
    }
    let db = store.reader();
    crate::contacts::get(db, contact_id).await?;
    let found = history(db, contact_id, page).await?;
    Ok((found, total(db, contact_id).await?))
}

/// The newest messages, newest first, and how many there are in all; nothing when there is no such contact.
fn newest(
    db: &rusqlite::Connection,
    contact_id: i64,
    page: &Page,
) -> rusqlite::Result<Option<(Vec<Model>, u64)>> {
    let sql = format!(
        "SELECT {MESSAGE} FROM messages WHERE contact_id = ?1 ORDER BY sent_at DESC, id DESC LIMIT ?2"
    );
    let limit = page.fetch().cast_signed();
    let rows = quick::all(db, &sql, (contact_id, limit), quick::message)?;
    if rows.is_empty() {
        let sql = "SELECT 1 FROM contacts WHERE id = ?1";
        let known = quick::first(db, sql, [contact_id], |_| Ok(()))?;
        return Ok(known.map(|()| (rows, 0)));
    }
    let total = if (rows.len() as u64) < page.fetch() {
        rows.len() as u64
    } else {
        let sql = "SELECT count(*) FROM messages WHERE contact_id = ?1";
        let count = quick::first(db, sql, [contact_id], |row| row.get::<_, i64>(0))?;
        count.unwrap_or_default().cast_unsigned()
    };
    Ok(Some((rows, total)))
}

/// The newest message of each of these contacts (at most 1,000), on whichever account; contacts without any are left out.
///
/// # Errors
/// Of the database.
pub async fn newest_of_each(db: &impl ConnectionTrait, contact_ids: &[i64]) -> Result<HashMap<i64, Model>> {
    // One step of the index for each contact, whatever the length of its history.
    let newest = Query::select()
        .expr(Expr::cust(
            "(SELECT m.id FROM messages m WHERE m.contact_id = contacts.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1)",
        ))
        .from(contacts::Entity)
        .and_where(contacts::Column::Id.is_in(contact_ids.iter().copied()))
        .take();
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(newest))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.contact_id, row)).collect())
}

/// Takes a message that was certainly not sent out of the history, for another one to take its place. Answers false when
/// it is not there as such any more.
///
/// # Errors
/// Of the database.
pub async fn withdraw_failed(db: &impl ConnectionTrait, id: i64) -> Result<bool> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(MessageState::Failed))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Number of a contact's messages.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, contact_id: i64) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .count(db)
        .await?)
}
