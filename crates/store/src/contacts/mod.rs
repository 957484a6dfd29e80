//! Contacts: people known by phone, username or Telegram id.

pub mod bulk;
mod change;
pub mod consent;
pub mod duplicates;
mod erase;
mod list;
mod name;
mod shown;
pub mod suppression;
pub mod tags;
pub mod written_to;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::entity::contacts::{Column, Entity, Model};
use crate::quick::{self, CONTACT};
use crate::{Result, Store, StoreError};

pub use crate::imports::{ImportOutcome, ImportRow, Origin, import_chunk};
pub use change::{Profile, create, is_replaced, readdress, set_status, update};
pub use change::{claim_outreach, note_outbound, release_outreach};
pub use erase::{delete, delete_many};
pub use list::{Filter, Sort, SortBy, ids_after, list, list_with_tags, newest_id, total};
pub(crate) use list::{found_by, search_for};
pub use name::fold_name;
pub use shown::{Shown, show};

/// What identifies a person: any of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// E.164.
    pub phone: Option<String>,
    /// Lower case, without `@`.
    pub username: Option<String>,
    /// Telegram's id of the user.
    pub telegram_user_id: Option<i64>,
}

impl Identity {
    /// A contact's identity.
    #[must_use]
    pub fn of(contact: &Model) -> Self {
        Self {
            phone: contact.phone.clone(),
            username: contact.username.clone(),
            telegram_user_id: contact.telegram_user_id,
        }
    }
}

/// The contact `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    find(db, id).await?.ok_or(StoreError::NotFound("contact"))
}

/// The contact `id` and its tags in alphabetical order.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get_with_tags(store: &Store, id: i64) -> Result<(Model, Vec<String>)> {
    let read = |db: &rusqlite::Connection| {
        let sql = format!("SELECT {CONTACT} FROM contacts WHERE id = ?1");
        let Some(row) = quick::first(db, &sql, [id], quick::contact)? else {
            return Ok(None);
        };
        let sql = "SELECT tag FROM contact_tags WHERE contact_id = ?1 ORDER BY tag";
        Ok(Some((row, quick::all(db, sql, [id], |row| row.get(0))?)))
    };
    if let Some(found) = store.quick(read) {
        return found?.ok_or(StoreError::NotFound("contact"));
    }
    let row = get(store.reader(), id).await?;
    Ok((row, tags::of(store.reader(), id).await?))
}

/// The contact `id`, if there is one.
///
/// # Errors
/// Of the database.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The contacts of these ids that exist, in the order of the ids. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The contacts that have anything of this identity: none, one, or several that ought to be one person.
///
/// # Errors
/// Of the database.
pub async fn find_by(db: &impl ConnectionTrait, identity: &Identity) -> Result<Vec<Model>> {
    let mut any = Condition::any();
    if let Some(phone) = &identity.phone {
        any = any.add(Column::Phone.eq(phone));
    }
    if let Some(username) = &identity.username {
        any = any.add(Column::Username.eq(username));
    }
    if let Some(telegram_user_id) = identity.telegram_user_id {
        any = any.add(Column::TelegramUserId.eq(telegram_user_id));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find()
        .filter(any)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The contact with this phone (E.164).
///
/// # Errors
/// Of the database.
pub async fn find_by_phone(db: &impl ConnectionTrait, phone: &str) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Phone.eq(phone)).one(db).await?)
}

/// The contact with this username (lower case, without `@`).
///
/// # Errors
/// Of the database.
pub async fn find_by_username(db: &impl ConnectionTrait, username: &str) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::Username.eq(username))
        .one(db)
        .await?)
}

/// The contact with this Telegram id.
///
/// # Errors
/// Of the database.
pub async fn find_by_telegram_user_id(
    db: &impl ConnectionTrait,
    telegram_user_id: i64,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::TelegramUserId.eq(telegram_user_id))
        .one(db)
        .await?)
}
