//! A booking is moved: into another session, or to another time or place.

use alfa_store::crm::occupancy::{self, Holder, Span};
use alfa_store::crm::totals::Moves;
use alfa_store::crm::{bookings as rows, places, seats, sessions, waiting};
use alfa_store::entity::bookings::Model;
use alfa_store::types::{BookingNotice, BookingStatus, ResourceKind};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use super::bookings::{LONGEST_RENT_MS, locked, reminder};
use super::sessions::{check_span, lock};
use super::{audited, busy, commit, named, price, told};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::Topic;

/// A change of a booking: what is `None` stays, what is `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Into another session.
    pub session_id: Option<i64>,
    /// To another place.
    pub place_id: Option<i64>,
    pub starts_at: Option<UnixMillis>,
    pub ends_at: Option<UnixMillis>,
    pub price_minor: Option<i64>,
    pub notes: Option<Option<String>>,
    /// So long before the beginning the client is reminded.
    pub remind_before_ms: Option<Option<i64>>,
    pub notify: bool,
}

/// Changes a booking: moves it into another session, or to another time or place.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` as [`create`], or when the booking is over or cancelled.
pub async fn update(app: &App, id: i64, change: Change, actor: &str) -> AppResult<Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let known = rows::get(&tx, id).await?;
    match (known.session_id, change.session_id) {
        (Some(from), Some(to)) => {
            // In one order, so that two who swap seats do not wait for each other.
            for session_id in [from.min(to), from.max(to)] {
                named("session_id", sessions::lock(&tx, session_id).await)?;
            }
        }
        (None, _) => {
            let places = [known.place_id, change.place_id];
            let resources: Vec<_> = places
                .into_iter()
                .flatten()
                .map(|id| (ResourceKind::Place, id))
                .collect();
            lock(&tx, &resources).await?;
        }
        _ => {}
    }
    let before = locked(&tx, id).await?;
    let open = matches!(before.status, BookingStatus::Booked | BookingStatus::Paid);
    let moves = change.session_id.is_some()
        || change.place_id.is_some()
        || change.starts_at.is_some()
        || change.ends_at.is_some();
    if before.status == BookingStatus::Cancelled || (moves && !open) {
        let message = Message::new("crm.booking_closed").with("status", before.status);
        return Err(AppError::conflict("booking_closed", message));
    }
    let moved = match before.session_id {
        Some(_) => to_session(app, &tx, &before, &change, now).await?,
        None => to_place(app, &tx, &before, &change).await?,
    };
    let later_ms = moved.starts_at.ms_since(before.starts_at);
    let remind_at = match change.remind_before_ms {
        Some(before_ms) => reminder(app, moved.starts_at, before_ms),
        None => before.remind_at.map(|at| at.plus_ms(later_ms)),
    };
    let elsewhere = (moved.starts_at, moved.place_id, moved.session_id)
        != (before.starts_at, before.place_id, before.session_id);
    let after = Model {
        price_minor: change.price_minor.unwrap_or(moved.price_minor),
        notes: change.notes.unwrap_or_else(|| before.notes.clone()),
        remind_at: remind_at.filter(|at| *at > now),
        notice: (change.notify && elsewhere)
            .then_some(BookingNotice::Changed)
            .or(before.notice),
        updated_at: now,
        ..moved
    };
    let after = rows::update(&tx, after).await?;
    audited(&tx, actor, "booking.update", ("booking", id), None, now).await?;
    let body = json!({"booking_id": id, "session_id": after.session_id, "status": after.status});
    told(app, &tx, Topic::Schedule, body, now).await?;
    commit(app, tx, Moves::new()).await?;
    Ok(after)
}

async fn to_session(
    app: &App,
    tx: &Tx,
    before: &Model,
    change: &Change,
    now: UnixMillis,
) -> AppResult<Model> {
    for (field, given) in [
        ("place_id", change.place_id.is_some()),
        ("starts_at", change.starts_at.is_some()),
        ("ends_at", change.ends_at.is_some()),
    ] {
        if given {
            return Err(AppError::invalid(field, Message::new("crm.of_the_session")));
        }
    }
    let (Some(from), Some(to)) = (before.session_id, change.session_id) else {
        return Ok(before.clone());
    };
    if from == to {
        return Ok(before.clone());
    }
    let session = sessions::get(tx, to).await?;
    if let Some(client_id) = before.client_id
        && let Some(there) = rows::seat_of(tx, to, client_id).await?
    {
        return Err(busy::already_booked(app, tx, &there).await?);
    }
    if !seats::take(tx, to).await? {
        return Err(busy::no_seat(app, tx, &session).await?);
    }
    seats::free(tx, from).await?;
    let moved = Model {
        session_id: Some(to),
        service_id: Some(session.service_id),
        staff_id: session.staff_id,
        place_id: session.place_id,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        day: session.day,
        hour: session.hour,
        ..before.clone()
    };
    // The old seat is given away only when this row has left it.
    let moved = rows::update(tx, moved).await?;
    waiting::promote(tx, from, now).await?;
    Ok(moved)
}

async fn to_place(app: &App, tx: &Tx, before: &Model, change: &Change) -> AppResult<Model> {
    if change.session_id.is_some() {
        return Err(AppError::invalid("session_id", Message::new("crm.of_a_place")));
    }
    let Some(place_id) = change.place_id.or(before.place_id) else {
        return Ok(before.clone());
    };
    let place = named("place_id", places::get(tx, place_id).await)?;
    let from = change.starts_at.unwrap_or(before.starts_at);
    let length_ms = before.ends_at.ms_since(before.starts_at);
    let span = Span {
        from,
        to: change.ends_at.unwrap_or_else(|| from.plus_ms(length_ms)),
    };
    check_span(span.from, span.to, LONGEST_RENT_MS)?;
    let holder = Holder::Booking(before.id);
    occupancy::free(tx, holder).await?;
    let in_the_way = occupancy::take(tx, &[(ResourceKind::Place, place_id)], span, holder).await;
    busy::refuse_taken(app, tx, in_the_way).await?;
    let at = super::calendar(app).day_and_hour(span.from);
    let same = (before.place_id, before.ends_at.ms_since(before.starts_at))
        == (Some(place_id), span.to.ms_since(span.from));
    let price_minor = if same || before.visit_taken {
        before.price_minor
    } else {
        price::of_place(&place, span).unwrap_or(before.price_minor)
    };
    Ok(Model {
        place_id: Some(place_id),
        starts_at: span.from,
        ends_at: span.to,
        day: at.day,
        hour: at.hour,
        price_minor,
        ..before.clone()
    })
}
