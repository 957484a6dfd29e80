//! Sessions of the schedule: made (also weekly), moved, cancelled.

use alfa_store::crm::occupancy::{self, Holder, Resource};
use alfa_store::crm::totals::Moves;
use alfa_store::crm::{bookings, places, services, sessions as rows, staff, waiting};
use alfa_store::entity;
use alfa_store::entity::schedule_sessions::Model;
use alfa_store::types::{BookingNotice, Day, SessionStatus};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use super::busy::refuse_taken;
use super::{audited, calendar, commit, named, told};
use crate::app::App;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;
use crate::once::{self, Made};

/// Longest session, in milliseconds.
const LONGEST_MS: i64 = DAY_MS;
/// Most seats of a session.
pub const MOST_SEATS: i32 = 1_000;
/// Most sessions of a weekly series.
const MOST_WEEKLY: usize = 120;

/// A session to be made.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub service_id: i64,
    pub staff_id: Option<i64>,
    pub place_id: Option<i64>,
    pub starts_at: UnixMillis,
    /// Absent: as long as the service takes.
    pub ends_at: Option<UnixMillis>,
    /// Absent: as the service says, else as the place holds.
    pub capacity: Option<i32>,
    /// Absent: the service's.
    pub price_minor: Option<i64>,
    pub notes: Option<String>,
    /// Repeats weekly, the same time on the wall clock, up to this day.
    pub repeat_until: Option<Day>,
}

/// A change of a session: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub service_id: Option<i64>,
    pub staff_id: Option<Option<i64>>,
    pub place_id: Option<Option<i64>>,
    pub starts_at: Option<UnixMillis>,
    pub ends_at: Option<UnixMillis>,
    pub capacity: Option<i32>,
    pub price_minor: Option<i64>,
    pub notes: Option<Option<String>>,
    /// Tell those who are booked.
    pub notify: bool,
}

/// Makes a session, or a weekly series of them: all or none.
///
/// # Errors
/// `Invalid`; `Conflict` when the trainer or the place is taken at the time.
pub async fn create(app: &App, new: NewSession, actor: &str) -> AppResult<Vec<Model>> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let service = named("service_id", services::get(&tx, new.service_id).await)?;
    let ends_at = new.ends_at.unwrap_or_else(|| {
        new.starts_at
            .plus_ms(i64::from(service.duration_minutes) * MINUTE_MS)
    });
    check_times(new.starts_at, ends_at)?;
    let place = known_place(&tx, new.place_id).await?;
    known_staff(&tx, new.staff_id).await?;
    let capacity = new
        .capacity
        .or(service.capacity)
        .or(place.map(|place| place.capacity))
        .unwrap_or(1);
    let first = Model {
        id: 0,
        service_id: service.id,
        staff_id: new.staff_id,
        place_id: new.place_id,
        starts_at: new.starts_at,
        ends_at,
        day: Day(0),
        hour: 0,
        capacity,
        seats_taken: 0,
        price_minor: new.price_minor.unwrap_or(service.price_minor),
        status: SessionStatus::Scheduled,
        cancel_reason: None,
        notes: new.notes,
        series_id: None,
        created_by: actor.to_owned(),
        created_at: now,
        updated_at: now,
    };
    lock(&tx, &rows::resources(&first)).await?;
    let mut made = Vec::new();
    for row in series(app, first, new.repeat_until)? {
        made.push(add(app, &tx, row).await?);
    }
    if let (Some(first), true) = (made.first().map(|row| row.id), made.len() > 1) {
        let ids: Vec<i64> = made.iter().map(|row| row.id).collect();
        rows::set_series(&tx, &ids, first).await?;
        made.iter_mut().for_each(|row| row.series_id = Some(first));
    }
    if let Some(first) = made.first() {
        audited(&tx, actor, "session.create", ("session", first.id), None, now).await?;
        once::made(&tx, &Made::Session { id: first.id }).await?;
    }
    commit(app, tx, Moves::new()).await?;
    Ok(made)
}

/// The session and its repetitions, a week apart each.
fn series(app: &App, first: Model, until: Option<Day>) -> AppResult<Vec<Model>> {
    let calendar = super::calendar(app);
    let first_day = calendar.day(first.starts_at);
    let weeks = until.map_or(0, |until| (until.0 - first_day.0).div_euclid(7));
    let most = i32::try_from(MOST_WEEKLY).unwrap_or(i32::MAX);
    if weeks < 0 || weeks >= most {
        let message = Message::new("crm.repeat_until").with("most", MOST_WEEKLY);
        return Err(AppError::invalid("repeat_until", message));
    }
    let repeated = (0..=weeks).map(|week| Model {
        starts_at: calendar.days_later(first.starts_at, week * 7),
        ends_at: calendar.days_later(first.ends_at, week * 7),
        ..first.clone()
    });
    Ok(repeated.collect())
}

async fn add(app: &App, tx: &Tx, row: Model) -> AppResult<Model> {
    let at = super::calendar(app).day_and_hour(row.starts_at);
    let row = Model {
        day: at.day,
        hour: at.hour,
        ..row
    };
    let made = rows::create(tx, row).await?;
    take(app, tx, &made).await?;
    let body = json!({"session_id": made.id, "status": made.status});
    told(app, tx, Topic::Schedule, body, made.created_at).await?;
    Ok(made)
}

/// Changes a session. Those who are booked go with it, and are told when that is wanted.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when the trainer or the place is taken, or the session is cancelled.
pub async fn update(app: &App, id: i64, change: Change, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let known = rows::get(&tx, id).await?;
    let staff_id = change.staff_id.unwrap_or(known.staff_id);
    let place_id = change.place_id.unwrap_or(known.place_id);
    known_place(&tx, place_id).await?;
    known_staff(&tx, staff_id).await?;
    let service_id = change.service_id.unwrap_or(known.service_id);
    named("service_id", services::get(&tx, service_id).await)?;
    let wanted = Model {
        staff_id,
        place_id,
        ..known.clone()
    };
    lock(&tx, &rows::resources(&wanted)).await?;
    let before = rows::lock(&tx, id).await?;
    if before.status == SessionStatus::Cancelled {
        return Err(cancelled());
    }
    let after = changed(app, &before, &change, (service_id, staff_id, place_id), now)?;
    occupancy::free(&tx, Holder::Session(id)).await?;
    take(app, &tx, &after).await?;
    let after = rows::update(&tx, after).await?;
    let moved = (before.starts_at, before.place_id, before.staff_id) != (after.starts_at, place_id, staff_id);
    if moved {
        bookings::session_moved(&tx, id, after.starts_at.ms_since(before.starts_at), change.notify).await?;
    }
    waiting::promote(&tx, id, now).await?;
    let after = rows::get(&tx, after.id).await?;
    audited(&tx, actor, "session.update", ("session", id), None, now).await?;
    told(
        app,
        &tx,
        Topic::Schedule,
        json!({"session_id": id, "status": after.status}),
        now,
    )
    .await?;
    commit(app, tx, Moves::new()).await?;
    Ok(after)
}

fn changed(
    app: &App,
    before: &Model,
    change: &Change,
    (service_id, staff_id, place_id): (i64, Option<i64>, Option<i64>),
    now: UnixMillis,
) -> AppResult<Model> {
    let starts_at = change.starts_at.unwrap_or(before.starts_at);
    // Moved without a word of its end it stays as long as it was.
    let length_ms = before.ends_at.ms_since(before.starts_at);
    let ends_at = change.ends_at.unwrap_or_else(|| starts_at.plus_ms(length_ms));
    check_times(starts_at, ends_at)?;
    let capacity = change.capacity.unwrap_or(before.capacity);
    if capacity < before.seats_taken {
        let message = Message::new("crm.capacity_below_taken").with("taken", before.seats_taken);
        return Err(AppError::invalid("capacity", message));
    }
    let at = super::calendar(app).day_and_hour(starts_at);
    Ok(Model {
        service_id,
        staff_id,
        place_id,
        starts_at,
        ends_at,
        day: at.day,
        hour: at.hour,
        capacity,
        price_minor: change.price_minor.unwrap_or(before.price_minor),
        notes: change.notes.clone().unwrap_or_else(|| before.notes.clone()),
        updated_at: now,
        ..before.clone()
    })
}

/// Cancels a session with every booking in it. Those who were booked are told when that is wanted; nobody waits any more.
///
/// # Errors
/// `NotFound`; `Conflict` when it is cancelled already.
pub async fn cancel(app: &App, id: i64, reason: Option<&str>, notify: bool, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let before = rows::lock(&tx, id).await?;
    if before.status == SessionStatus::Cancelled {
        return Err(cancelled());
    }
    waiting::clear(&tx, id).await?;
    for booking in bookings::lock_of_session(&tx, id).await? {
        let gone = bookings::cancel(&tx, &booking, reason, now).await?;
        if notify {
            let notice = Some(BookingNotice::Cancelled);
            bookings::update(&tx, entity::bookings::Model { notice, ..gone }).await?;
        }
    }
    occupancy::free(&tx, Holder::Session(id)).await?;
    let now_empty = rows::lock(&tx, id).await?;
    let after = Model {
        status: SessionStatus::Cancelled,
        cancel_reason: reason.map(str::to_owned),
        updated_at: now,
        ..now_empty
    };
    let after = rows::update(&tx, after).await?;
    audited(&tx, actor, "session.cancel", ("session", id), reason, now).await?;
    told(
        app,
        &tx,
        Topic::Schedule,
        json!({"session_id": id, "status": after.status}),
        now,
    )
    .await?;
    commit(app, tx, Moves::new()).await?;
    Ok(after)
}

fn cancelled() -> AppError {
    AppError::conflict("session_cancelled", Message::new("crm.session_cancelled"))
}

/// Times that can be: whole minutes, in order, within a day.
fn check_times(starts_at: UnixMillis, ends_at: UnixMillis) -> AppResult<()> {
    check_span(starts_at, ends_at, LONGEST_MS)
}

/// Times that can be: whole minutes, in order, not too long.
pub(super) fn check_span(starts_at: UnixMillis, ends_at: UnixMillis, longest_ms: i64) -> AppResult<()> {
    // Until the year 2200: the database tells resources apart by what lies beyond.
    const LAST: UnixMillis = UnixMillis(7_258_118_400_000);
    for (field, moment) in [("starts_at", starts_at), ("ends_at", ends_at)] {
        if !calendar::is_whole_minute(moment) {
            return Err(AppError::invalid(field, Message::new("crm.whole_minute")));
        }
        if moment.0 < 0 || moment > LAST {
            return Err(AppError::invalid(field, Message::new("crm.far_time")));
        }
    }
    if ends_at <= starts_at {
        return Err(AppError::invalid(
            "ends_at",
            Message::new("crm.ends_before_start"),
        ));
    }
    if ends_at.ms_since(starts_at) > longest_ms {
        let message = Message::new("crm.too_long").with("hours", longest_ms / (60 * MINUTE_MS));
        return Err(AppError::invalid("ends_at", message));
    }
    Ok(())
}

async fn known_place(tx: &Tx, id: Option<i64>) -> AppResult<Option<entity::places::Model>> {
    match id {
        Some(id) => Ok(Some(named("place_id", places::get(tx, id).await)?)),
        None => Ok(None),
    }
}

async fn known_staff(tx: &Tx, id: Option<i64>) -> AppResult<()> {
    if let Some(id) = id {
        named("staff_id", staff::get(tx, id).await)?;
    }
    Ok(())
}

pub(super) async fn lock(tx: &Tx, resources: &[Resource]) -> AppResult<()> {
    occupancy::lock(tx, resources).await?;
    Ok(())
}

async fn take(app: &App, tx: &Tx, session: &Model) -> AppResult<()> {
    let resources = rows::resources(session);
    let holder = Holder::Session(session.id);
    let in_the_way = occupancy::take(tx, &resources, rows::span(session), holder).await;
    refuse_taken(app, tx, in_the_way).await
}
