//! Sessions in the schedule. Their staff and places are taken in [`super::occupancy`].

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::occupancy::{Resource, Span};
use super::{between, insert, save};
use crate::entity::bookings;
use crate::entity::schedule_sessions::{ActiveModel, Column, Entity, Model};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{BookingStatus, Day, ResourceKind, SessionStatus, UnixMillis};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "starts_at"];

/// Which sessions are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this service.
    pub service_id: Option<i64>,
    /// Held by this member of the staff.
    pub staff_id: Option<i64>,
    /// In this place.
    pub place_id: Option<i64>,
    /// In this state.
    pub status: Option<SessionStatus>,
    /// Begins at this moment or later.
    pub from: Option<UnixMillis>,
    /// Begins before this moment.
    pub before: Option<UnixMillis>,
    /// Begins on this business day or later.
    pub from_day: Option<Day>,
    /// Begins on this business day or earlier.
    pub to_day: Option<Day>,
    /// Has a free seat.
    pub free: bool,
    /// Of this weekly series.
    pub series_id: Option<i64>,
}

/// The staff and the places of a session.
#[must_use]
pub fn resources(row: &Model) -> Vec<Resource> {
    let staff = row.staff_id.map(|id| (ResourceKind::Staff, id));
    let place = row.place_id.map(|id| (ResourceKind::Place, id));
    staff.into_iter().chain(place).collect()
}

/// The time of a session.
#[must_use]
pub fn span(row: &Model) -> Span {
    Span {
        from: row.starts_at,
        to: row.ends_at,
    }
}

/// Adds a session; `row.id` is given by the database. What it takes is taken by the caller.
///
/// # Errors
/// Of the database.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    insert::<ActiveModel, Entity>(db, row, Column::Id).await
}

/// The session `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("session"))
}

/// The session `id`, locked until the end of the transaction.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("session"))
}

/// The sessions of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// Writes a session that [`lock`] gave and the caller changed, and what its bookings say of it: time, service, staff,
/// place. Seats are not touched.
///
/// # Errors
/// Of the database.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    let row = save::<ActiveModel, Entity>(db, row).await?;
    bookings::Entity::update_many()
        .filter(bookings::Column::SessionId.eq(row.id))
        .filter(bookings::Column::Status.ne(BookingStatus::Cancelled))
        .col_expr(bookings::Column::ServiceId, Expr::value(Some(row.service_id)))
        .col_expr(bookings::Column::StaffId, Expr::value(row.staff_id))
        .col_expr(bookings::Column::PlaceId, Expr::value(row.place_id))
        .col_expr(bookings::Column::StartsAt, Expr::value(row.starts_at))
        .col_expr(bookings::Column::EndsAt, Expr::value(row.ends_at))
        .col_expr(bookings::Column::Day, Expr::value(row.day))
        .col_expr(bookings::Column::Hour, Expr::value(row.hour))
        .exec(db)
        .await?;
    Ok(row)
}

/// Says which weekly series these sessions are of.
///
/// # Errors
/// Of the database.
pub async fn set_series(db: &impl ConnectionTrait, ids: &[i64], series_id: i64) -> Result<()> {
    Entity::update_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .col_expr(Column::SeriesId, Expr::value(Some(series_id)))
        .exec(db)
        .await?;
    Ok(())
}

/// The session `id` and those of its series.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn with_series(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.eq(id).or(Column::SeriesId.eq(id)));
    let found = query.order_by_asc(Column::Id).all(db).await?;
    if found.is_empty() {
        return Err(StoreError::NotFound("session"));
    }
    Ok(found)
}

/// A page of sessions.
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
        "starts_at" => (Column::StartsAt, By::Number(|row: &Model| row.starts_at.0)),
        _ => (Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: Column::Id,
        id_of: |row: &Model| row.id,
    };
    in_order(db, filter.apply(Entity::find()), order, sorted, page, "sessions").await
}

/// Number of sessions that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(Entity::find()).count(db).await?)
}

impl Filter {
    fn apply(&self, mut query: Select<Entity>) -> Select<Entity> {
        query = query.filter(between(Column::Day, self.from_day, self.to_day));
        let ids = [
            (Column::ServiceId, self.service_id),
            (Column::StaffId, self.staff_id),
            (Column::PlaceId, self.place_id),
            (Column::SeriesId, self.series_id),
        ];
        for (column, id) in ids {
            if let Some(id) = id {
                query = query.filter(column.eq(id));
            }
        }
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(from) = self.from {
            query = query.filter(Column::StartsAt.gte(from));
        }
        if let Some(before) = self.before {
            query = query.filter(Column::StartsAt.lt(before));
        }
        if self.free {
            query = query.filter(Expr::col(Column::SeatsTaken).lt(Expr::col(Column::Capacity)));
        }
        query
    }
}
