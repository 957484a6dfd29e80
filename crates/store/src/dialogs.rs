//! Dialogs: the inbox's list.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};

use crate::Result;
use crate::entity::dialogs::{Column, Entity, Model};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::DialogOwner;

const LIST: &str = "dialogs";
/// What [`list`] can be sorted by.
pub const SORT_KEYS: &[&str] = &["last_message_at", "unread", "id"];
/// The order of the inbox: the dialog with the newest message first.
pub const INBOX: Order = Order::descending("last_message_at");

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

/// Dialogs of a tab in an order of [`SORT_KEYS`].
///
/// # Errors
/// [`crate::StoreError::BadCursor`].
pub async fn list(db: &impl ConnectionTrait, tab: Tab, order: Order, page: &Page) -> Result<PageOf<Model>> {
    let key = match order.key() {
        "last_message_at" => (
            Column::LastMessageAt,
            By::Number(|row: &Model| row.last_message_at.0),
        ),
        "unread" => (Column::Unread, By::Number(|row: &Model| i64::from(row.unread))),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, tab.filter(Entity::find()), order, sorted, page, LIST).await
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
