//! What is offered.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{insert, named, save};
use crate::entity::services::{ActiveModel, Column, Entity, Model};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};

use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "name", "price"];

/// Which are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Parts of the name.
    pub search: Option<String>,
    /// Still offered, or not any more.
    pub active: Option<bool>,
    /// Of this direction.
    pub direction: Option<String>,
    /// Of this category.
    pub category: Option<String>,
    /// Sold as a subscription, or not.
    pub subscription: Option<bool>,
}

/// Adds one; `row.id` is given by the database.
///
/// # Errors
/// [`StoreError::Conflict`] on `name_key` when another has the same name.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    insert::<ActiveModel, Entity>(db, row, Column::Id).await
}

/// The one with this id.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("service"))
}

/// The one with this id, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("service"))
}

/// Those of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// The one with this name, however it is written.
///
/// # Errors
/// Of the database.
pub async fn find_by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<Model>> {
    let key = crate::contacts::fold_name(name);
    Ok(Entity::find().filter(Column::NameKey.eq(key)).one(db).await?)
}

/// Writes what the caller changed.
///
/// # Errors
/// As [`create`].
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    save::<ActiveModel, Entity>(db, row).await
}

/// Takes one away that nothing names.
///
/// # Errors
/// [`StoreError::StillUsed`]; [`StoreError::NotFound`].
pub async fn delete(db: &impl ConnectionTrait, id: i64) -> Result<()> {
    let gone = Entity::delete_by_id(id).exec(db).await?;
    if gone.rows_affected == 0 {
        return Err(StoreError::NotFound("service"));
    }
    Ok(())
}

/// A page of them.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<Model>> {
    let key = match order.key() {
        "name" => (Column::NameKey, By::Text(|row: &Model| row.name_key.clone())),
        "price" => (Column::PriceMinor, By::Number(|row: &Model| row.price_minor)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, filter.apply(Entity::find()), order, sorted, page, "services").await
}

/// Number of those that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(Entity::find()).count(db).await?)
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>) -> Select<Entity> {
        if let Some(search) = &self.search {
            query = query.filter(named(Column::NameKey, search));
        }
        if let Some(active) = self.active {
            query = query.filter(Column::Active.eq(active));
        }
        if let Some(direction) = &self.direction {
            query = query.filter(Column::Direction.eq(direction));
        }
        if let Some(category) = &self.category {
            query = query.filter(Column::Category.eq(category));
        }
        if let Some(subscription) = self.subscription {
            query = query.filter(if subscription {
                Column::PeriodDays.is_not_null()
            } else {
                Column::PeriodDays.is_null()
            });
        }
        query
    }
}
