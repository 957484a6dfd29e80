//! What the assistant asks of several tables at once: groups and counts that no screen needs.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::Result;
use crate::entity::{bookings, clients, contacts, dialogs, messages, schedule_sessions};
use crate::matching::holds;
use crate::types::{BookingStatus, Day, MessageDirection, SessionStatus, UnixMillis};

/// Clients created in the days `from` to `to` by where they heard of us, most first; nothing said is `None`.
///
/// # Errors
/// Of the database.
pub async fn clients_by_source(
    db: &impl ConnectionTrait,
    days: Option<(Day, Day)>,
) -> Result<Vec<(Option<String>, i64)>> {
    let mut query = clients::Entity::find()
        .select_only()
        .column(clients::Column::Source)
        .column_as(clients::Column::Id.count(), "clients")
        .group_by(clients::Column::Source)
        .order_by_desc(Expr::col("clients"))
        .order_by_asc(clients::Column::Source);
    if let Some((from, to)) = days {
        query = query.filter(clients::Column::CreatedDay.between(from, to));
    }
    Ok(query.into_tuple().all(db).await?)
}

/// Clients whose contacts have the same folded name: the name and how many, most first. At most `most` names.
///
/// # Errors
/// Of the database.
pub async fn duplicate_names(db: &impl ConnectionTrait, most: u64) -> Result<Vec<(String, i64)>> {
    Ok(clients::Entity::find()
        .select_only()
        .column_as(contacts::Column::Name.min(), "name")
        .column_as(clients::Column::Id.count(), "clients")
        .join(JoinType::InnerJoin, contact_of())
        .group_by(contacts::Column::NameKey)
        .having(Expr::col((clients::Entity, clients::Column::Id)).count().gt(1))
        .order_by(Expr::col("clients"), Order::Desc)
        .order_by_asc(Expr::col("name"))
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

fn contact_of() -> sea_orm::RelationDef {
    clients::Entity::belongs_to(contacts::Entity)
        .from(clients::Column::ContactId)
        .to(contacts::Column::Id)
        .into()
}

/// Clients (id, contact's id) whose contact's folded name holds every one of these parts. At most `most`, oldest first.
///
/// # Errors
/// Of the database.
pub async fn clients_named(
    db: &impl ConnectionTrait,
    parts: &[String],
    most: u64,
) -> Result<Vec<(clients::Model, Option<contacts::Model>)>> {
    let mut query = clients::Entity::find().join(JoinType::InnerJoin, contact_of());
    for part in parts {
        query = query.filter(holds(contacts::Column::NameKey, part));
    }
    let query = query.order_by_asc(clients::Column::Id).limit(most);
    Ok(query.select_also(contacts::Entity).all(db).await?)
}

/// Number of people who said stop.
///
/// # Errors
/// Of the database.
pub async fn opted_out(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(contacts::Entity::find()
        .filter(contacts::Column::OptedOutAt.is_not_null())
        .count(db)
        .await?)
}

/// The clients with most bookings of a status in the days `from` to `to`. At most `most`.
///
/// # Errors
/// Of the database.
pub async fn clients_by_bookings(
    db: &impl ConnectionTrait,
    status: BookingStatus,
    (from, to): (Day, Day),
    most: u64,
) -> Result<Vec<(i64, i64)>> {
    Ok(bookings::Entity::find()
        .select_only()
        .column(bookings::Column::ClientId)
        .column_as(bookings::Column::Id.count(), "bookings")
        .filter(bookings::Column::Day.between(from, to))
        .filter(bookings::Column::Status.eq(status))
        .filter(bookings::Column::ClientId.is_not_null())
        .group_by(bookings::Column::ClientId)
        .order_by_desc(Expr::col("bookings"))
        .order_by_asc(bookings::Column::ClientId)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Scheduled sessions with a free seat that begin after `now` in the days `from` to `to`, of one service, one member of
/// the staff, one place when given. At most `most`, earliest first.
///
/// # Errors
/// Of the database.
pub async fn sessions_with_seats(
    db: &impl ConnectionTrait,
    now: UnixMillis,
    (from, to): (Day, Day),
    (service_id, staff_id, place_id): (Option<i64>, Option<i64>, Option<i64>),
    most: u64,
) -> Result<Vec<schedule_sessions::Model>> {
    use schedule_sessions::{Column, Entity};
    let mut query = Entity::find()
        .filter(Column::Day.between(from, to))
        .filter(Column::StartsAt.gt(now))
        .filter(Column::Status.eq(SessionStatus::Scheduled))
        .filter(Expr::col(Column::SeatsTaken).lt(Expr::col(Column::Capacity)));
    for (column, id) in [
        (Column::ServiceId, service_id),
        (Column::StaffId, staff_id),
        (Column::PlaceId, place_id),
    ] {
        if let Some(id) = id {
            query = query.filter(column.eq(id));
        }
    }
    Ok(query
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// The labels of what people wrote from `from` to before `to` (JSON lists of classes), and how often.
///
/// # Errors
/// Of the database.
pub async fn labels(
    db: &impl ConnectionTrait,
    from: UnixMillis,
    to: UnixMillis,
) -> Result<Vec<(String, i64)>> {
    use messages::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .column(Column::Labels)
        .column_as(Column::Id.count(), "messages")
        .filter(Column::Direction.eq(MessageDirection::In))
        .filter(Column::SentAt.gte(from))
        .filter(Column::SentAt.lt(to))
        .filter(Column::Labels.is_not_null())
        .group_by(Column::Labels)
        .into_tuple()
        .all(db)
        .await?)
}

/// People of open dialogs who wrote last: whoever waits longest first, and how many there are in all. At most `most` rows.
///
/// # Errors
/// Of the database.
pub async fn waiting_for_answer(db: &impl ConnectionTrait, most: u64) -> Result<(Vec<contacts::Model>, u64)> {
    let open = Query::select()
        .column(dialogs::Column::ContactId)
        .from(dialogs::Entity)
        .and_where(dialogs::Column::ClosedAt.is_null())
        .take();
    let query = contacts::Entity::find()
        .filter(contacts::Column::LastInboundAt.is_not_null())
        .filter(Expr::col(contacts::Column::LastInboundAt).gte(Expr::col(contacts::Column::LastMessageAt)))
        .filter(contacts::Column::Id.in_subquery(open));
    let total = query.clone().count(db).await?;
    let rows = query
        .order_by_asc(contacts::Column::LastInboundAt)
        .order_by_asc(contacts::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok((rows, total))
}
