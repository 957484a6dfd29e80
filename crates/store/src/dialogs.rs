//! Dialogs: the inbox's list.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::entity::dialogs::{Column, Entity, Model};
use crate::paging::{Key, Page, PageOf, Position, beyond};
use crate::types::DialogOwner;
use crate::{Result, StoreError};

const LIST: &str = "dialogs";

/// A tab of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Every dialog.
    All,
    /// Open dialogs with unread messages.
    Unread,
    /// Open dialogs that a person answers.
    Human,
    /// Open dialogs that the AI answers.
    Ai,
    /// Closed dialogs.
    Closed,
}

impl Tab {
    fn filter(self, query: Select<Entity>) -> Select<Entity> {
        match self {
            Self::All => query,
            Self::Unread => query
                .filter(Column::ClosedAt.is_null())
                .filter(Column::Unread.gt(0)),
            Self::Human => query
                .filter(Column::ClosedAt.is_null())
                .filter(Column::Owner.eq(DialogOwner::Human)),
            Self::Ai => query
                .filter(Column::ClosedAt.is_null())
                .filter(Column::Owner.eq(DialogOwner::Ai)),
            Self::Closed => query.filter(Column::ClosedAt.is_not_null()),
        }
    }
}

/// Dialogs of a tab, the one with the newest message first.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(db: &impl ConnectionTrait, tab: Tab, page: &Page) -> Result<PageOf<Model>> {
    let mut query = tab
        .filter(Entity::find())
        .order_by_desc(Column::LastMessageAt)
        .order_by_desc(Column::Id)
        .limit(page.fetch());
    if let Some(Position { key, id }) = page.position(LIST)? {
        let Key::Number(at) = key else {
            return Err(StoreError::BadCursor);
        };
        query = query.filter(beyond(Column::LastMessageAt, at, Column::Id, id, true));
    }
    Ok(PageOf::cut(query.all(db).await?, page, LIST, |row| {
        Position::number(row.last_message_at.0, row.id)
    }))
}

/// Number of dialogs in a tab.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, tab: Tab) -> Result<u64> {
    Ok(tab.filter(Entity::find()).count(db).await?)
}

/// A contact's dialogs, one for each account, the one with the newest message first.
///
/// # Errors
/// Of the database.
pub async fn of_contact(db: &impl ConnectionTrait, contact_id: i64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ContactId.eq(contact_id))
        .order_by_desc(Column::LastMessageAt)
        .all(db)
        .await?)
}
