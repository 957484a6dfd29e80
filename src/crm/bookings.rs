//! Bookings: a seat in a session, or a place for a time; made, moved, attended, cancelled.

use alfa_store::crm::occupancy::{self, Holder, Span};
use alfa_store::crm::totals::Moves;
use alfa_store::crm::{
    bookings as rows, clients as cards, places, seats, services, sessions, subscriptions, waiting,
};
use alfa_store::entity::{bookings::Model, subscriptions as sold, waiting_list};
use alfa_store::types::{BookingNotice, BookingStatus, ResourceKind, SessionStatus};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use super::busy::{self, refuse_taken};
use super::progress::may_become;
use super::sessions::{check_span, lock};
use super::{audited, clients, commit, named, notices, price, told};
use crate::app::App;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;
use crate::once::{self, Made};

/// Longest rent of a place, in milliseconds: a year.
pub(super) const LONGEST_RENT_MS: i64 = 366 * DAY_MS;
/// Most who wait for one session.
const MOST_WAITING: u64 = 500;

/// What is booked.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// A seat in a session.
    Seat { session_id: i64 },
    /// A place for a time.
    Place {
        place_id: i64,
        span: Span,
        service_id: Option<i64>,
    },
}

/// What pays for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidBy {
    /// Money.
    Money,
    /// A visit of this subscription.
    Subscription(i64),
    /// A visit of whichever of the client's subscriptions fits.
    AnySubscription,
}

/// A booking to be made.
#[derive(Debug, Clone)]
pub struct NewBooking {
    pub client_id: i64,
    pub what: What,
    pub paid_by: PaidBy,
    /// Absent: the session's, or what the place costs for the time.
    pub price_minor: Option<i64>,
    pub notes: Option<String>,
    /// So long before the beginning the client is reminded; absent: not at all.
    pub remind_before_ms: Option<i64>,
    /// Tell the client now that it is booked.
    pub notify: bool,
    /// Wait for a seat when there is none.
    pub wait: bool,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Booked {
    /// A booking.
    Yes(Box<Model>),
    /// A place on the waiting list, and how many wait, this one included.
    Waits(waiting_list::Model, u64),
}

/// Books a seat or a place.
///
/// # Errors
/// `Invalid`; `Conflict` when the session is full or cancelled, the place is taken, the client is in already, or the
/// subscription has no visit for the day.
pub async fn create(app: &App, new: NewBooking, actor: &str) -> AppResult<Booked> {
    let now = app.clock.now();
    // Of many who want the same at once few hold connections of the database, so that nobody else waits for one.
    let _turn = app.booking_turns.acquire().await.map_err(AppError::internal)?;
    glance(app, &new).await?;
    let tx = app.begin().await?;
    let booked = match new.what {
        What::Seat { session_id } => seat(app, &tx, &new, session_id, actor).await?,
        What::Place {
            place_id,
            span,
            service_id,
        } => place(app, &tx, &new, (place_id, span, service_id), actor).await?,
    };
    let body = match &booked {
        Booked::Yes(row) => {
            audited(&tx, actor, "booking.create", ("booking", row.id), None, now).await?;
            once::made(&tx, &Made::Booking { id: row.id }).await?;
            json!({"booking_id": row.id, "session_id": row.session_id, "status": row.status})
        }
        Booked::Waits(row, _) => {
            let made = Made::Waiting {
                session_id: row.session_id,
                client_id: row.client_id,
            };
            once::made(&tx, &made).await?;
            json!({"session_id": row.session_id, "waiting": true})
        }
    };
    told(app, &tx, Topic::Schedule, body, now).await?;
    commit(app, tx, Moves::new()).await?;
    Ok(booked)
}

/// Refuses what is plainly taken by a look, without a turn to write. What it lets through is decided under the lock.
async fn glance(app: &App, new: &NewBooking) -> AppResult<()> {
    let db = app.store.reader();
    match new.what {
        What::Seat { session_id } => {
            let session = named("session_id", sessions::get(db, session_id).await)?;
            if session.seats_taken < session.capacity || new.wait {
                return Ok(());
            }
            if let Some(there) = rows::seat_of(db, session_id, new.client_id).await? {
                return Err(busy::already_booked(app, db, &there).await?);
            }
            Err(busy::no_seat(app, db, &session).await?)
        }
        What::Place { place_id, span, .. } => {
            let taken = occupancy::taken(db, (ResourceKind::Place, place_id), span, 1).await?;
            refuse_taken(app, db, Ok(taken.into_iter().next())).await
        }
    }
}

async fn seat(app: &App, tx: &Tx, new: &NewBooking, session_id: i64, actor: &str) -> AppResult<Booked> {
    let now = app.clock.now();
    let session = named("session_id", sessions::lock(tx, session_id).await)?;
    named("client_id", cards::get(tx, new.client_id).await)?;
    if session.status == SessionStatus::Cancelled {
        return Err(AppError::conflict(
            "session_cancelled",
            Message::new("crm.session_cancelled"),
        ));
    }
    if let Some(there) = rows::seat_of(tx, session_id, new.client_id).await? {
        return Err(busy::already_booked(app, tx, &there).await?);
    }
    if !seats::take(tx, session_id).await? {
        if new.wait {
            return wait(tx, session_id, new.client_id, actor, now).await;
        }
        return Err(busy::no_seat(app, tx, &session).await?);
    }
    let row = rows::in_session(&session, new.client_id, actor, now);
    let row = Model {
        price_minor: new.price_minor.unwrap_or(row.price_minor),
        ..row
    };
    let row = paid_by(tx, new.paid_by, row).await?;
    let row = rows::create(tx, with_notices(app, row, new))
        .await
        .map_err(|error| {
            if error.is_conflict_on("active_client_id") {
                AppError::conflict("already_booked", Message::new("crm.booked_meanwhile"))
            } else {
                error.into()
            }
        })?;
    Ok(Booked::Yes(Box::new(row)))
}

/// Puts a client on the waiting list of a full session.
async fn wait(tx: &Tx, session_id: i64, client_id: i64, actor: &str, now: UnixMillis) -> AppResult<Booked> {
    let before = waiting::count(tx, session_id).await?;
    if before >= MOST_WAITING {
        let message = Message::new("crm.waiting_full").with("most", MOST_WAITING);
        return Err(AppError::conflict("waiting_list_full", message));
    }
    let added = waiting::add(tx, session_id, client_id, actor, now).await;
    let row = added.map_err(|error| {
        if error.is_conflict_on("client_id") {
            AppError::conflict("already_waiting", Message::new("crm.already_waiting"))
        } else {
            error.into()
        }
    })?;
    Ok(Booked::Waits(row, before + 1))
}

/// Takes a client off the waiting list.
///
/// # Errors
/// `NotFound`.
pub async fn stop_waiting(app: &App, session_id: i64, client_id: i64, actor: &str) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    waiting::remove(&tx, session_id, client_id).await?;
    audited(&tx, actor, "waiting.remove", ("session", session_id), None, now).await?;
    told(
        app,
        &tx,
        Topic::Schedule,
        json!({"session_id": session_id, "waiting": false}),
        now,
    )
    .await?;
    commit(app, tx, Moves::new()).await
}

async fn place(
    app: &App,
    tx: &Tx,
    new: &NewBooking,
    (place_id, span, service_id): (i64, Span, Option<i64>),
    actor: &str,
) -> AppResult<Booked> {
    let now = app.clock.now();
    check_span(span.from, span.to, LONGEST_RENT_MS)?;
    let place = named("place_id", places::get(tx, place_id).await)?;
    named("client_id", cards::get(tx, new.client_id).await)?;
    if let Some(id) = service_id {
        named("service_id", services::get(tx, id).await)?;
    }
    let resource = (ResourceKind::Place, place_id);
    lock(tx, &[resource]).await?;
    let at = super::calendar(app).day_and_hour(span.from);
    let row = Model {
        id: 0,
        client_id: Some(new.client_id),
        session_id: None,
        active_client_id: None,
        service_id,
        staff_id: None,
        place_id: Some(place_id),
        subscription_id: None,
        status: BookingStatus::Booked,
        starts_at: span.from,
        ends_at: span.to,
        day: at.day,
        hour: at.hour,
        price_minor: new.price_minor.or(price::of_place(&place, span)).unwrap_or(0),
        paid_minor: 0,
        owed_minor: 0,
        visit_taken: false,
        remind_at: None,
        notice: None,
        cancelled_at: None,
        cancel_reason: None,
        notes: None,
        created_by: actor.to_owned(),
        created_at: now,
        updated_at: now,
    };
    let row = paid_by(tx, new.paid_by, row).await?;
    let row = rows::create(tx, with_notices(app, row, new)).await?;
    let in_the_way = occupancy::take(tx, &[resource], span, Holder::Booking(row.id)).await;
    refuse_taken(app, tx, in_the_way).await?;
    Ok(Booked::Yes(Box::new(row)))
}

/// When the client is reminded, if at all.
pub(super) fn reminder(app: &App, starts_at: UnixMillis, before_ms: Option<i64>) -> Option<UnixMillis> {
    let (quiet, zone) = (app.policy().quiet_hours, app.config.timezone);
    notices::remind_at(quiet, zone, (starts_at, before_ms?), app.clock.now())
}

fn with_notices(app: &App, row: Model, new: &NewBooking) -> Model {
    Model {
        remind_at: reminder(app, row.starts_at, new.remind_before_ms),
        notice: new.notify.then_some(BookingNotice::Booked),
        notes: new.notes.clone(),
        ..row
    }
}

/// Uses a visit up, where a subscription pays.
async fn paid_by(tx: &Tx, by: PaidBy, row: Model) -> AppResult<Model> {
    let candidates = match by {
        PaidBy::Money => return Ok(row),
        PaidBy::Subscription(id) => {
            let subscription = named("subscription_id", subscriptions::get(tx, id).await)?;
            if subscription.client_id != row.client_id {
                return Err(AppError::invalid(
                    "subscription_id",
                    Message::new("crm.other_client"),
                ));
            }
            vec![subscription]
        }
        PaidBy::AnySubscription => fitting(tx, &row).await?,
    };
    for candidate in candidates {
        if subscriptions::take_visit(tx, candidate.id, row.day).await? {
            return Ok(Model {
                subscription_id: Some(candidate.id),
                visit_taken: true,
                price_minor: 0,
                ..row
            });
        }
    }
    Err(AppError::conflict(
        "no_visit_left",
        Message::new("crm.no_visit_left"),
    ))
}

/// The client's subscriptions that are for anything, for the service, or for its direction.
async fn fitting(tx: &Tx, row: &Model) -> AppResult<Vec<sold::Model>> {
    let Some(client_id) = row.client_id else {
        return Ok(Vec::new());
    };
    let usable = subscriptions::usable(tx, client_id, row.day).await?;
    let ids: Vec<i64> = usable
        .iter()
        .filter_map(|one| one.service_id)
        .chain(row.service_id)
        .collect();
    let known = services::get_many(tx, &ids).await?;
    let direction = |id: i64| known.iter().find(|service| service.id == id)?.direction.clone();
    let wanted = row.service_id.and_then(direction);
    let fits = |one: &sold::Model| match one.service_id {
        None => true,
        Some(id) => Some(id) == row.service_id || (wanted.is_some() && direction(id) == wanted),
    };
    Ok(usable.into_iter().filter(fits).collect())
}

/// The booking, locked behind its session.
pub(super) async fn locked(tx: &Tx, id: i64) -> AppResult<Model> {
    let known = rows::get(tx, id).await?;
    if let Some(session_id) = known.session_id {
        sessions::lock(tx, session_id).await?;
    }
    let row = rows::lock(tx, id).await?;
    if row.session_id == known.session_id {
        Ok(row)
    } else {
        Err(alfa_store::StoreError::Busy.into())
    }
}

/// Puts a booking into another state.
///
/// # Errors
/// `NotFound`; `Conflict` when the state cannot follow the present one; `Invalid` for a visit that is yet to come.
pub async fn set_status(
    app: &App,
    id: i64,
    status: BookingStatus,
    reason: Option<&str>,
    notify: bool,
    actor: &str,
) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let before = locked(&tx, id).await?;
    if !may_become(before.status, status) {
        return Err(AppError::Conflict {
            code: "booking_status",
            message: Message::new("crm.booking_status")
                .with("from", before.status)
                .with("to", status),
            data: Some(json!({"present": before.status})),
        });
    }
    let came = matches!(status, BookingStatus::Attended | BookingStatus::NoShow);
    if came && before.day > super::calendar(app).day(now) {
        return Err(AppError::invalid("status", Message::new("crm.not_yet")));
    }
    let mut moves = Moves::new();
    let after = if status == BookingStatus::Cancelled {
        let gone = rows::cancel(&tx, &before, reason, now).await?;
        let notice = notify.then_some(BookingNotice::Cancelled);
        let gone = rows::update(&tx, Model { notice, ..gone }).await?;
        if let Some(session_id) = gone.session_id {
            waiting::promote(&tx, session_id, now).await?;
        }
        gone
    } else {
        let row = Model {
            status,
            remind_at: before.remind_at.filter(|_| !came),
            updated_at: now,
            ..before.clone()
        };
        rows::update(&tx, row).await?
    };
    if let Some(client_id) = after.client_id {
        cards::recount_visits(&tx, client_id).await?;
        if status == BookingStatus::Attended {
            clients::activate(&tx, client_id, &mut moves, now).await?;
        }
    }
    audited(
        &tx,
        actor,
        "booking.status",
        ("booking", id),
        Some(status.as_str()),
        now,
    )
    .await?;
    let body = json!({"booking_id": id, "session_id": after.session_id, "status": after.status});
    told(app, &tx, Topic::Schedule, body, now).await?;
    commit(app, tx, moves).await?;
    Ok(after)
}

/// How long before the beginning a client is reminded when nothing else is said, in milliseconds.
pub const REMIND_BEFORE_MS: i64 = 180 * MINUTE_MS;
