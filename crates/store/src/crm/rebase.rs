//! The business's time zone was changed: which day a payment is of depends on it, so every day is made anew, and the
//! totals with them.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query, Value};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::totals::Moves;
use crate::Result;
use crate::entity::{bookings, clients, crm_state, day_totals, payments, schedule_sessions as sessions};
use crate::types::{Day, PaymentStatus, UnixMillis};

/// The state's key that holds the time zone.
const ZONE: &str = "time_zone";
/// Rows read at a time. The days of a chunk are written with one statement a day, so a larger one writes fewer.
const CHUNK_ROWS: u64 = 50_000;
/// Rows named in one statement.
const MAX_IDS: usize = 1_000;

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
        let mut changed = BTreeMap::<_, Vec<i64>>::new();
        for row in rows {
            let created_day = calendar(row.created_at).day;
            if created_day != row.created_day {
                changed.entry(created_day).or_default().push(row.id);
            }
            moves.client(&Model { created_day, ..row }, 1);
        }
        write::<Entity>(db, Column::CreatedDay, Column::Id, changed).await?;
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
        let mut changed = BTreeMap::<_, Vec<i64>>::new();
        for row in rows {
            let day = row.paid_at.map(|at| calendar(at).day);
            if day != row.day {
                changed.entry(day).or_default().push(row.id);
            }
            if row.status == PaymentStatus::Completed {
                moves.money(&Model { day, ..row }, 1);
            }
        }
        write::<Entity>(db, Column::Day, Column::Id, changed).await?;
    }
}

/// Writes the days that are not what they were.
async fn write<E: EntityTrait>(
    db: &impl ConnectionTrait,
    day: E::Column,
    id: E::Column,
    changed: BTreeMap<impl Into<Value> + Clone, Vec<i64>>,
) -> Result<()> {
    for (made, ids) in changed {
        for ids in ids.chunks(MAX_IDS) {
            E::update_many()
                .col_expr(day, Expr::value(made.clone()))
                .filter(id.is_in(ids.iter().copied()))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

/// Sessions and bookings keep the hour too, and begin at few different moments.
async fn of_schedule(db: &impl ConnectionTrait, calendar: &impl Fn(UnixMillis) -> DayAndHour) -> Result<()> {
    use bookings::Column as Of;
    hours::<bookings::Entity>(db, Of::StartsAt, Of::Day, Of::Hour, calendar).await?;
    use sessions::Column as In;
    hours::<sessions::Entity>(db, In::StartsAt, In::Day, In::Hour, calendar).await?;
    visits(db).await
}

/// One statement for each hour of the calendar: what begins in it stands together in the order of time.
async fn hours<E: EntityTrait>(
    db: &impl ConnectionTrait,
    starts_at: E::Column,
    day: E::Column,
    hour: E::Column,
    calendar: &impl Fn(UnixMillis) -> DayAndHour,
) -> Result<()> {
    let starts: Vec<UnixMillis> = E::find()
        .select_only()
        .column(starts_at)
        .distinct()
        .order_by_asc(starts_at)
        .into_tuple()
        .all(db)
        .await?;
    let made: Vec<(UnixMillis, DayAndHour)> = starts.into_iter().map(|at| (at, calendar(at))).collect();
    for together in made.chunk_by(|one, next| one.1 == next.1) {
        let ((first, made), (last, _)) = (together[0], together[together.len() - 1]);
        E::update_many()
            .col_expr(day, Expr::value(made.day))
            .col_expr(hour, Expr::value(made.hour))
            .filter(starts_at.between(first, last))
            .filter(day.ne(made.day).or(hour.ne(made.hour)))
            .exec(db)
            .await?;
    }
    Ok(())
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
