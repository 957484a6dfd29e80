//! Who holds sessions: their directions and working hours.

use std::collections::HashMap;

use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::{insert, named, save};
use crate::entity::staff::{ActiveModel, Column, Entity, Model};
use crate::entity::{staff_directions, staff_hours};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "name"];

/// Which are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Parts of the name.
    pub search: Option<String>,
    /// Still offered, or not any more.
    pub active: Option<bool>,
    /// Of this direction.
    pub direction: Option<String>,
}

/// Adds one; `row.id` is given by the database.
///
/// # Errors
/// Of the database.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    insert::<ActiveModel, Entity>(db, row, Column::Id).await
}

/// The one with this id.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("staff member"))
}

/// The one with this id, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("staff member"))
}

/// Those of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// Those with this full name, however it is written: namesakes are possible.
///
/// # Errors
/// Of the database.
pub async fn find_by_name(db: &impl ConnectionTrait, name: &str) -> Result<Vec<Model>> {
    let key = crate::contacts::fold_name(name);
    let query = Entity::find().filter(Column::NameKey.eq(key));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
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
        return Err(StoreError::NotFound("staff member"));
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
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, filter.apply(Entity::find()), order, sorted, page, "staff").await
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
            let of = Query::select()
                .column(staff_directions::Column::StaffId)
                .from(staff_directions::Entity)
                .and_where(staff_directions::Column::Direction.eq(direction))
                .take();
            query = query.filter(Column::Id.in_subquery(of));
        }
        query
    }
}

/// A stretch of a weekday in which somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i32,
    /// Minutes from midnight.
    pub from_minute: i32,
    /// Minutes from midnight, 1440 at most.
    pub to_minute: i32,
}

/// What hangs on a member of the staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Codes of directions, in alphabetical order.
    pub directions: Vec<String>,
    /// Working hours in the business's time zone, in order; empty: not said.
    pub hours: Vec<Hours>,
}

/// The details of these people, by id. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn details(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Details>> {
    let mut found: HashMap<i64, Details> = HashMap::new();
    let directions = staff_directions::Entity::find()
        .filter(staff_directions::Column::StaffId.is_in(ids.iter().copied()))
        .order_by_asc(staff_directions::Column::Direction)
        .all(db)
        .await?;
    for row in directions {
        found
            .entry(row.staff_id)
            .or_default()
            .directions
            .push(row.direction);
    }
    let hours = staff_hours::Entity::find()
        .filter(staff_hours::Column::StaffId.is_in(ids.iter().copied()))
        .order_by_asc(staff_hours::Column::Weekday)
        .order_by_asc(staff_hours::Column::FromMinute)
        .all(db)
        .await?;
    for row in hours {
        found.entry(row.staff_id).or_default().hours.push(Hours {
            weekday: row.weekday,
            from_minute: row.from_minute,
            to_minute: row.to_minute,
        });
    }
    Ok(found)
}

/// Writes the details anew.
///
/// # Errors
/// Of the database.
pub async fn set_details(db: &impl ConnectionTrait, id: i64, details: &Details) -> Result<()> {
    staff_directions::Entity::delete_many()
        .filter(staff_directions::Column::StaffId.eq(id))
        .exec(db)
        .await?;
    staff_hours::Entity::delete_many()
        .filter(staff_hours::Column::StaffId.eq(id))
        .exec(db)
        .await?;
    for direction in &details.directions {
        let row = staff_directions::ActiveModel {
            staff_id: Set(id),
            direction: Set(direction.clone()),
            ..Default::default()
        };
        staff_directions::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    for hours in &details.hours {
        let row = staff_hours::ActiveModel {
            staff_id: Set(id),
            weekday: Set(hours.weekday),
            from_minute: Set(hours.from_minute),
            to_minute: Set(hours.to_minute),
            ..Default::default()
        };
        staff_hours::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
