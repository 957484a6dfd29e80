//! When places and members of the staff are taken. Two things at once are refused by the database (an exclusion
//! constraint on PostgreSQL, triggers on SQLite), and before that by a lock on the place or the person, under which one
//! looks and then writes: so the refusal can say what is in the way, and MySQL holds the rule too.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::Result;
use crate::entity::occupancy::{ActiveModel, Column, Entity, Model};
use crate::entity::{places, staff};
use crate::types::{ResourceKind, UnixMillis};

/// A stretch of time: from the first moment to the first that is free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: UnixMillis,
    /// The first moment after it.
    pub to: UnixMillis,
}

/// Who takes a place or a member of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A session.
    Session(i64),
    /// A booking of a place.
    Booking(i64),
}

/// Something that one thing at a time can take.
pub type Resource = (ResourceKind, i64);

/// Waits until nobody else changes when these are taken, and until the end of the transaction nobody else can.
/// Gives those that exist.
///
/// # Errors
/// [`crate::StoreError::Busy`] when another transaction holds them too long.
pub async fn lock(db: &impl ConnectionTrait, resources: &[Resource]) -> Result<Vec<Resource>> {
    let ids = |kind| {
        resources
            .iter()
            .filter(move |(of, _)| *of == kind)
            .map(|(_, id)| *id)
    };
    let mut found = Vec::new();
    let people: Vec<i64> = staff::Entity::find()
        .select_only()
        .column(staff::Column::Id)
        .filter(staff::Column::Id.is_in(ids(ResourceKind::Staff)))
        .order_by_asc(staff::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    found.extend(people.into_iter().map(|id| (ResourceKind::Staff, id)));
    let rooms: Vec<i64> = places::Entity::find()
        .select_only()
        .column(places::Column::Id)
        .filter(places::Column::Id.is_in(ids(ResourceKind::Place)))
        .order_by_asc(places::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    found.extend(rooms.into_iter().map(|id| (ResourceKind::Place, id)));
    Ok(found)
}

/// What takes a resource in this stretch, earliest first; at most `most` rows.
///
/// # Errors
/// Of the database.
pub async fn taken(
    db: &impl ConnectionTrait,
    (kind, id): Resource,
    span: Span,
    most: u64,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Resource.eq(kind))
        .filter(Column::ResourceId.eq(id))
        .filter(Column::ToAt.gt(span.from))
        .filter(Column::FromAt.lt(span.to))
        .order_by_asc(Column::ToAt)
        .limit(most)
        .all(db)
        .await?)
}

/// Everything that takes resources of a kind in this stretch; at most `most` rows.
///
/// # Errors
/// Of the database.
pub async fn all_taken(
    db: &impl ConnectionTrait,
    kind: ResourceKind,
    span: Span,
    most: u64,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Resource.eq(kind))
        .filter(Column::ToAt.gt(span.from))
        .filter(Column::FromAt.lt(span.to))
        .order_by_asc(Column::ResourceId)
        .order_by_asc(Column::ToAt)
        .limit(most)
        .all(db)
        .await?)
}

/// Takes resources that [`lock`] has locked, or gives what is in the way and takes none.
///
/// # Errors
/// [`crate::StoreError::Overlap`] when the database saw what the look did not.
pub async fn take(
    db: &impl ConnectionTrait,
    resources: &[Resource],
    span: Span,
    holder: Holder,
) -> Result<Option<Model>> {
    for resource in resources {
        if let Some(other) = taken(db, *resource, span, 1).await?.into_iter().next() {
            return Ok(Some(other));
        }
    }
    let (session_id, booking_id) = match holder {
        Holder::Session(id) => (Some(id), None),
        Holder::Booking(id) => (None, Some(id)),
    };
    for (kind, id) in resources {
        let row = ActiveModel {
            resource: Set(*kind),
            resource_id: Set(*id),
            from_at: Set(span.from),
            to_at: Set(span.to),
            session_id: Set(session_id),
            booking_id: Set(booking_id),
            ..Default::default()
        };
        Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(None)
}

/// Frees everything that the holder takes.
///
/// # Errors
/// Of the database.
pub async fn free(db: &impl ConnectionTrait, holder: Holder) -> Result<()> {
    let query = match holder {
        Holder::Session(id) => Entity::delete_many().filter(Column::SessionId.eq(id)),
        Holder::Booking(id) => Entity::delete_many().filter(Column::BookingId.eq(id)),
    };
    query.exec(db).await?;
    Ok(())
}

/// Milliseconds that each resource of a kind is taken within the stretch, by id.
///
/// # Errors
/// Of the database.
pub async fn load_ms(db: &impl ConnectionTrait, kind: ResourceKind, span: Span) -> Result<Vec<(i64, i64)>> {
    let (least, greatest) = match db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => ("MIN", "MAX"),
        _ => ("LEAST", "GREATEST"),
    };
    let inside = format!(
        "SUM({least}(to_at, {}) - {greatest}(from_at, {}))",
        span.to.0, span.from.0
    );
    let sum = sea_orm::sea_query::ExprTrait::cast_as(Expr::cust(inside), super::totals::whole_number(db));
    let rows: Vec<(i64, i64)> = Entity::find()
        .select_only()
        .column(Column::ResourceId)
        .column_as(sum, "taken_ms")
        .filter(Column::Resource.eq(kind))
        .filter(Column::ToAt.gt(span.from))
        .filter(Column::FromAt.lt(span.to))
        .group_by(Column::ResourceId)
        .order_by_asc(Column::ResourceId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}
