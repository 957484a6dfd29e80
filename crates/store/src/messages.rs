//! Messages and the history of a contact.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::messages::{Column, Entity, Model};
use crate::paging::{Key, Page, PageOf, Position, beyond};
use crate::{Result, StoreError};

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
