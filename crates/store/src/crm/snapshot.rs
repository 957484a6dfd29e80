//! The figures of the business at a glance: sums of a few rows each, whatever the number of clients and payments.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::totals::{self, Revenue, whole_number};
use crate::Result;
use crate::entity::{bookings, schedule_sessions as sessions};
use crate::types::{BookingStatus, ClientStatus, Day, Measure, SessionStatus, UnixMillis};

/// The days that the figures are of, in the business's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// Today.
    pub today: Day,
    /// Monday of this week.
    pub week: Day,
    /// The first of this month.
    pub month: Day,
}

/// The figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Clients of every status.
    pub total_clients: i64,
    /// Clients who are active.
    pub active_clients: i64,
    /// Cards made today.
    pub new_clients_today: i64,
    /// Cards made since Monday.
    pub new_clients_week: i64,
    /// Cards made since the 1st.
    pub new_clients_month: i64,
    /// Bookings of today that are not cancelled.
    pub today_bookings: i64,
    /// Free seats in today's sessions that have not begun.
    pub available_slots_today: i64,
    /// When the next of today's sessions begins: until then time alone changes none of these figures.
    pub next_start: Option<UnixMillis>,
    /// Payments and refunds of today.
    pub revenue_today: Revenue,
    /// Payments and refunds since Monday.
    pub revenue_week: Revenue,
    /// Payments and refunds since the 1st.
    pub revenue_month: Revenue,
}

/// Reads the figures.
///
/// # Errors
/// Of the database.
pub async fn read(db: &impl ConnectionTrait, days: Days, now: UnixMillis) -> Result<Snapshot> {
    let clients = totals::clients_by_status(db).await?;
    let active = ClientStatus::Active.as_str();
    let new = async |from| {
        Ok::<_, crate::StoreError>(
            totals::of(db, Measure::NewClients, from, days.today)
                .await?
                .counted,
        )
    };
    Ok(Snapshot {
        total_clients: clients.iter().map(|(_, number)| number).sum(),
        active_clients: clients
            .iter()
            .filter(|(status, _)| status == active)
            .map(|(_, number)| number)
            .sum(),
        new_clients_today: new(days.today).await?,
        new_clients_week: new(days.week).await?,
        new_clients_month: new(days.month).await?,
        today_bookings: bookings_of(db, days.today).await?,
        available_slots_today: free_seats(db, days.today, now).await?,
        next_start: next_start(db, days.today, now).await?,
        revenue_today: totals::revenue(db, days.today, days.today).await?,
        revenue_week: totals::revenue(db, days.week, days.today).await?,
        revenue_month: totals::revenue(db, days.month, days.today).await?,
    })
}

async fn bookings_of(db: &impl ConnectionTrait, day: Day) -> Result<i64> {
    let number = bookings::Entity::find()
        .filter(bookings::Column::Day.eq(day))
        .filter(bookings::Column::Status.ne(BookingStatus::Cancelled))
        .count(db)
        .await?;
    Ok(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Free seats in the sessions of a day that have not begun at `now`.
///
/// # Errors
/// Of the database.
pub async fn free_seats(db: &impl ConnectionTrait, day: Day, now: UnixMillis) -> Result<i64> {
    let free = Expr::col(sessions::Column::Capacity).sub(Expr::col(sessions::Column::SeatsTaken));
    let sum: Option<Option<i64>> = sessions::Entity::find()
        .select_only()
        .column_as(Expr::expr(free).sum().cast_as(whole_number(db)), "free")
        .filter(sessions::Column::Day.eq(day))
        .filter(sessions::Column::Status.eq(SessionStatus::Scheduled))
        .filter(sessions::Column::StartsAt.gt(now))
        .into_tuple()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

async fn next_start(db: &impl ConnectionTrait, day: Day, now: UnixMillis) -> Result<Option<UnixMillis>> {
    let next = sessions::Entity::find()
        .select_only()
        .column(sessions::Column::StartsAt)
        .filter(sessions::Column::Day.eq(day))
        .filter(sessions::Column::Status.eq(SessionStatus::Scheduled))
        .filter(sessions::Column::StartsAt.gt(now))
        .order_by_asc(sessions::Column::StartsAt)
        .into_tuple()
        .one(db)
        .await?;
    Ok(next)
}
