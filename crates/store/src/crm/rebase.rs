//! The business's time zone was changed: which day a payment is of depends on it, so every day is made anew, and the
//! totals with them.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::totals::Moves;
use crate::Result;
use crate::entity::{bookings, clients, crm_state, day_totals, payments, schedule_sessions as sessions};
use crate::types::{Day, PaymentStatus, UnixMillis};

/// The state's key that holds the time zone.
const ZONE: &str = "time_zone";
/// Rows read at a time.
const CHUNK_ROWS: u64 = 5_000;

/// An hour of the business's calendar: what is made of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayAndHour {
    /// The day.
    pub day: Day,
    /// 0 to 23.
    pub hour: i32,
}

/// The time zone (IANA name) that the days were made in, if any were.
///
/// # Errors
/// Of the database.
pub async fn zone(db: &impl ConnectionTrait) -> Result<Option<String>> {
    let row = crm_state::Entity::find()
        .filter(crm_state::Column::Key.eq(ZONE))
        .one(db)
        .await?;
    Ok(row.map(|row| row.value))
}

/// Makes every day anew by `calendar` and notes the zone.
///
/// # Errors
/// Of the database.
pub async fn rebase(
    db: &impl ConnectionTrait,
    zone: &str,
    calendar: impl Fn(UnixMillis) -> DayAndHour,
) -> Result<()> {
    let mut moves = Moves::new();
    day_totals::Entity::delete_many().exec(db).await?;
    of_clients(db, &calendar, &mut moves).await?;
    of_payments(db, &calendar, &mut moves).await?;
    moves.apply(db).await?;
    of_schedule(db, &calendar).await?;
    crm_state::Entity::delete_many()
        .filter(crm_state::Column::Key.eq(ZONE))
        .exec(db)
        .await?;
    let row = crm_state::ActiveModel {
        key: Set(ZONE.to_owned()),
        value: Set(zone.to_owned()),
        ..Default::default()
    };
    crm_state::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

async fn of_clients(
    db: &impl ConnectionTrait,
    calendar: &impl Fn(UnixMillis) -> DayAndHour,
    moves: &mut Moves,
) -> Result<()> {
    use clients::{Column, Entity, Model};
    let mut after = 0;
    loop {
        let rows = super::chunk::<Entity>(db, Column::Id, after, CHUNK_ROWS).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        for row in rows {
            let created_day = calendar(row.created_at).day;
            if created_day != row.created_day {
                Entity::update_many()
                    .col_expr(Column::CreatedDay, Expr::value(created_day))
                    .filter(Column::Id.eq(row.id))
                    .exec(db)
                    .await?;
            }
            moves.client(&Model { created_day, ..row }, 1);
        }
    }
}

async fn of_payments(
    db: &impl ConnectionTrait,
    calendar: &impl Fn(UnixMillis) -> DayAndHour,
    moves: &mut Moves,
) -> Result<()> {
    use payments::{Column, Entity, Model};
    let mut after = 0;
    loop {
        let rows = super::chunk::<Entity>(db, Column::Id, after, CHUNK_ROWS).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        for row in rows {
            let day = row.paid_at.map(|at| calendar(at).day);
            if day != row.day {
                Entity::update_many()
                    .col_expr(Column::Day, Expr::value(day))
                    .filter(Column::Id.eq(row.id))
                    .exec(db)
                    .await?;
            }
            if row.status == PaymentStatus::Completed {
                moves.money(&Model { day, ..row }, 1);
            }
        }
    }
}

/// Sessions and bookings begin at few different moments: one statement for each.
async fn of_schedule(db: &impl ConnectionTrait, calendar: &impl Fn(UnixMillis) -> DayAndHour) -> Result<()> {
    let starts: Vec<(UnixMillis, Day, i32)> = bookings::Entity::find()
        .select_only()
        .column(bookings::Column::StartsAt)
        .column(bookings::Column::Day)
        .column(bookings::Column::Hour)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    for (at, day, hour) in starts {
        let made = calendar(at);
        if made != (DayAndHour { day, hour }) {
            bookings::Entity::update_many()
                .col_expr(bookings::Column::Day, Expr::value(made.day))
                .col_expr(bookings::Column::Hour, Expr::value(made.hour))
                .filter(bookings::Column::StartsAt.eq(at))
                .exec(db)
                .await?;
        }
    }
    let starts: Vec<(UnixMillis, Day, i32)> = sessions::Entity::find()
        .select_only()
        .column(sessions::Column::StartsAt)
        .column(sessions::Column::Day)
        .column(sessions::Column::Hour)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    for (at, day, hour) in starts {
        let made = calendar(at);
        if made != (DayAndHour { day, hour }) {
            sessions::Entity::update_many()
                .col_expr(sessions::Column::Day, Expr::value(made.day))
                .col_expr(sessions::Column::Hour, Expr::value(made.hour))
                .filter(sessions::Column::StartsAt.eq(at))
                .exec(db)
                .await?;
        }
    }
    visits(db).await
}

/// The last visit of each client is the greatest day of an attended booking.
async fn visits(db: &impl ConnectionTrait) -> Result<()> {
    let last = Query::select()
        .expr(Expr::col((bookings::Entity, bookings::Column::Day)).max())
        .from(bookings::Entity)
        .and_where(
            Expr::col((bookings::Entity, bookings::Column::ClientId))
                .equals((clients::Entity, clients::Column::Id)),
        )
        .and_where(bookings::Column::Status.eq(crate::types::BookingStatus::Attended))
        .take();
    clients::Entity::update_many()
        .col_expr(
            clients::Column::LastVisitDay,
            Expr::expr(Expr::SubQuery(None, Box::new(last.into()))).if_null(0),
        )
        .filter(clients::Column::Visits.gt(0))
        .exec(db)
        .await?;
    Ok(())
}
