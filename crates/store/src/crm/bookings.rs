//! Bookings: a client's seat in a session, or a place for a time.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{between, insert, occupancy, save, seats, subscriptions};
use crate::entity::bookings::{ActiveModel, Column, Entity, Model};
use crate::entity::schedule_sessions::Model as Session;
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::types::{BookingKind, BookingNotice, BookingStatus, Day, UnixMillis};
use crate::{Result, StoreError};

/// The keys that the list can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "starts_at"];
/// The longest reason that is kept, in characters.
pub const MAX_REASON_CHARS: usize = 255;

/// Which bookings are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this client.
    pub client_id: Option<i64>,
    /// In this session.
    pub session_id: Option<i64>,
    /// Of this service.
    pub service_id: Option<i64>,
    /// With this member of the staff.
    pub staff_id: Option<i64>,
    /// In this place, or of it.
    pub place_id: Option<i64>,
    /// By this subscription.
    pub subscription_id: Option<i64>,
    /// Of seats alone, or of places alone.
    pub kind: Option<BookingKind>,
    /// In one of these states.
    pub statuses: Vec<BookingStatus>,
    /// Begins at this moment or later.
    pub from: Option<UnixMillis>,
    /// Begins before this moment.
    pub before: Option<UnixMillis>,
    /// Begins on this business day or later.
    pub from_day: Option<Day>,
    /// Begins on this business day or earlier.
    pub to_day: Option<Day>,
    /// Something is still to be paid.
    pub owed: bool,
}

/// The booking of a seat in a session that the caller has taken.
#[must_use]
pub fn in_session(session: &Session, client_id: i64, created_by: &str, now: UnixMillis) -> Model {
    Model {
        id: 0,
        client_id: Some(client_id),
        session_id: Some(session.id),
        active_client_id: Some(client_id),
        service_id: Some(session.service_id),
        staff_id: session.staff_id,
        place_id: session.place_id,
        subscription_id: None,
        status: BookingStatus::Booked,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        day: session.day,
        hour: session.hour,
        price_minor: session.price_minor,
        paid_minor: 0,
        owed_minor: session.price_minor,
        visit_taken: false,
        remind_at: None,
        notice: None,
        cancelled_at: None,
        cancel_reason: None,
        notes: None,
        created_by: created_by.to_owned(),
        created_at: now,
        updated_at: now,
    }
}

/// Adds a booking; `row.id` is given by the database. The seat or the place is taken by the caller, in the same
/// transaction.
///
/// # Errors
/// [`StoreError::Conflict`] on `active_client_id` when the client has a seat in the session already.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    insert::<ActiveModel, Entity>(db, settled(row), Column::Id).await
}

/// The booking `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).one(db).await?;
    found.ok_or(StoreError::NotFound("booking"))
}

/// The booking `id`, locked until the end of the transaction. Lock its session first.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<Model> {
    let found = Entity::find_by_id(id).lock_exclusive().one(db).await?;
    found.ok_or(StoreError::NotFound("booking"))
}

/// The bookings of these ids that exist. At most 1,000 ids.
///
/// # Errors
/// Of the database.
pub async fn get_many(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// The bookings of a session that are not cancelled, locked, in the order of their ids.
///
/// # Errors
/// Of the database.
pub async fn lock_of_session(db: &impl ConnectionTrait, session_id: i64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::Status.ne(BookingStatus::Cancelled))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?)
}

/// Writes a booking that [`lock`] gave and the caller changed, with what is owed brought up to date.
///
/// # Errors
/// Of the database.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model> {
    save::<ActiveModel, Entity>(db, settled(row)).await
}

/// What is owed, and whether it is paid, by price and payments.
fn settled(row: Model) -> Model {
    let cancelled = row.status == BookingStatus::Cancelled;
    let owed_minor = if cancelled {
        0
    } else {
        Ord::max(row.price_minor - row.paid_minor, 0)
    };
    let free = row.price_minor == 0 && !row.visit_taken;
    let status = match row.status {
        BookingStatus::Booked if owed_minor == 0 && !free => BookingStatus::Paid,
        BookingStatus::Paid if owed_minor > 0 => BookingStatus::Booked,
        other => other,
    };
    Model {
        owed_minor,
        status,
        ..row
    }
}

/// Cancels a locked booking: its seat or place is free, the visit goes back to the subscription, nothing is owed.
///
/// # Errors
/// Of the database.
pub async fn cancel(
    db: &impl ConnectionTrait,
    row: &Model,
    reason: Option<&str>,
    now: UnixMillis,
) -> Result<Model> {
    match row.session_id {
        Some(session_id) => seats::free(db, session_id).await?,
        None => occupancy::free(db, occupancy::Holder::Booking(row.id)).await?,
    }
    if let (true, Some(subscription_id)) = (row.visit_taken, row.subscription_id) {
        subscriptions::give_visit_back(db, subscription_id).await?;
    }
    let after = Model {
        status: BookingStatus::Cancelled,
        active_client_id: None,
        visit_taken: false,
        remind_at: None,
        cancelled_at: Some(now),
        cancel_reason: reason.map(str::to_owned),
        updated_at: now,
        ..row.clone()
    };
    update(db, after).await
}

/// The session of these bookings begins `later_ms` later than it did, or is elsewhere: reminders move with it, and the
/// clients are to be told when `notify` says so.
///
/// # Errors
/// Of the database.
pub async fn session_moved(
    db: &impl ConnectionTrait,
    session_id: i64,
    later_ms: i64,
    notify: bool,
) -> Result<()> {
    let of_session = || {
        Entity::update_many()
            .filter(Column::SessionId.eq(session_id))
            .filter(Column::Status.is_in([BookingStatus::Booked, BookingStatus::Paid]))
    };
    of_session()
        .col_expr(Column::RemindAt, Expr::col(Column::RemindAt).add(later_ms))
        .filter(Column::RemindAt.is_not_null())
        .exec(db)
        .await?;
    if notify {
        of_session()
            .col_expr(Column::Notice, Expr::value(Some(BookingNotice::Changed)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// The client's seat in a session, if there is one.
///
/// # Errors
/// Of the database.
pub async fn seat_of(db: &impl ConnectionTrait, session_id: i64, client_id: i64) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::ActiveClientId.eq(client_id))
        .one(db)
        .await?)
}

/// Bookings whose clients are to be told something, the oldest first.
///
/// # Errors
/// Of the database.
pub async fn with_notice(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Notice.is_not_null())
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// Bookings whose clients are to be reminded by this moment, earliest first.
///
/// # Errors
/// Of the database.
pub async fn to_remind(db: &impl ConnectionTrait, by: UnixMillis, most: u64) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::RemindAt.lte(by))
        .order_by_asc(Column::RemindAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// When the next reminder is due, if there is one.
///
/// # Errors
/// Of the database.
pub async fn next_reminder(db: &impl ConnectionTrait) -> Result<Option<UnixMillis>> {
    let query = Entity::find()
        .select_only()
        .column(Column::RemindAt)
        .filter(Column::RemindAt.is_not_null())
        .order_by_asc(Column::RemindAt);
    Ok(query.into_tuple::<UnixMillis>().one(db).await?)
}

/// Notes that the client was told (or cannot be). False: somebody else did, or there is something new to tell.
///
/// # Errors
/// Of the database.
pub async fn notice_given(db: &impl ConnectionTrait, id: i64, notice: BookingNotice) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::Notice, Expr::value(None::<BookingNotice>))
        .filter(Column::Id.eq(id))
        .filter(Column::Notice.eq(notice))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that the client was reminded (or cannot be). False: somebody else did, or the time has changed.
///
/// # Errors
/// Of the database.
pub async fn reminded(db: &impl ConnectionTrait, id: i64, remind_at: UnixMillis) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemindAt, Expr::value(None::<UnixMillis>))
        .filter(Column::Id.eq(id))
        .filter(Column::RemindAt.eq(remind_at))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The next booking of a client that is not cancelled.
///
/// # Errors
/// Of the database.
pub async fn next_of_client(
    db: &impl ConnectionTrait,
    client_id: i64,
    now: UnixMillis,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::ClientId.eq(client_id))
        .filter(Column::StartsAt.gte(now))
        .filter(Column::Status.ne(BookingStatus::Cancelled))
        .order_by_asc(Column::StartsAt)
        .one(db)
        .await?)
}

/// Number of bookings by status, of the days `from` to `to`, both included.
///
/// # Errors
/// Of the database.
pub async fn by_status(db: &impl ConnectionTrait, from: Day, to: Day) -> Result<Vec<(BookingStatus, i64)>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "bookings")
        .filter(Column::Day.between(from, to))
        .group_by(Column::Status)
        .into_tuple()
        .all(db)
        .await?)
}

/// Number of attended bookings by hour of the business's day (0 to 23), of the days `from` to `to`, both included.
///
/// # Errors
/// Of the database.
pub async fn attended_by_hour(db: &impl ConnectionTrait, from: Day, to: Day) -> Result<Vec<(i32, i64)>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Hour)
        .column_as(Column::Id.count(), "bookings")
        .filter(Column::Status.eq(BookingStatus::Attended))
        .filter(Column::Day.between(from, to))
        .group_by(Column::Hour)
        .order_by_asc(Column::Hour)
        .into_tuple()
        .all(db)
        .await?)
}

/// A page of bookings.
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
    in_order(db, filter.apply(Entity::find()), order, sorted, page, "bookings").await
}

/// Number of bookings that fit.
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
            (Column::ClientId, self.client_id),
            (Column::SessionId, self.session_id),
            (Column::ServiceId, self.service_id),
            (Column::StaffId, self.staff_id),
            (Column::PlaceId, self.place_id),
            (Column::SubscriptionId, self.subscription_id),
        ];
        for (column, id) in ids {
            if let Some(id) = id {
                query = query.filter(column.eq(id));
            }
        }
        query = match self.kind {
            None => query,
            Some(BookingKind::Session) => query.filter(Column::SessionId.is_not_null()),
            Some(BookingKind::Place) => query.filter(Column::SessionId.is_null()),
        };
        if !self.statuses.is_empty() {
            query = query.filter(Column::Status.is_in(self.statuses.iter().copied()));
        }
        if let Some(from) = self.from {
            query = query.filter(Column::StartsAt.gte(from));
        }
        if let Some(before) = self.before {
            query = query.filter(Column::StartsAt.lt(before));
        }
        if self.owed {
            query = query.filter(Column::OwedMinor.gt(0));
        }
        query
    }
}
