//! What is in the way: which session or booking takes a place, a trainer or a client at a time, and until when. Said in
//! words with the business's clock, and as members for programs (`conflict`).

use alfa_store::crm::occupancy::Span;
use alfa_store::crm::{bookings, clients, places, services, sessions, staff, waiting};
use alfa_store::entity::{bookings::Model as Booking, occupancy, schedule_sessions};
use alfa_store::types::{ResourceKind, SessionStatus};
use alfa_store::{ConnectionTrait, StoreError};
use serde_json::{Value, json};

use super::calendar::{Calendar, rfc3339};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};

/// Names and times of what is in the way.
struct InTheWay {
    /// `place`, `staff`, `client` (has a seat already) or `session` (is full).
    kind: &'static str,
    id: i64,
    name: String,
    /// The session's service, or who has booked the place.
    taken_by: Option<String>,
    span: Span,
    session_id: Option<i64>,
    booking_id: Option<i64>,
}

impl InTheWay {
    async fn session(db: &impl ConnectionTrait, session: &schedule_sessions::Model) -> AppResult<Self> {
        Ok(Self {
            kind: "session",
            id: session.id,
            name: services::get(db, session.service_id).await?.name,
            taken_by: None,
            span: sessions::span(session),
            session_id: Some(session.id),
            booking_id: None,
        })
    }

    /// `message` is given the names and times; `more` are members beside `conflict`.
    fn refuse(self, calendar: Calendar, code: &'static str, message: Message, mut more: Value) -> AppError {
        let message = message
            .with("name", &self.name)
            .with("by", self.taken_by.as_deref().unwrap_or_default())
            .with("span", calendar.spelt_span(self.span))
            .with("until", calendar.spelt_end(self.span));
        more["conflict"] = json!({
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "taken_by": self.taken_by,
            "starts_at": rfc3339(self.span.from),
            "ends_at": rfc3339(self.span.to),
            "session_id": self.session_id,
            "booking_id": self.booking_id,
        });
        AppError::Conflict {
            code,
            message,
            data: Some(more),
        }
    }
}

/// Refuses when something takes the place or the trainer, and names it.
///
/// # Errors
/// `Conflict` with what is in the way.
pub(super) async fn refuse_taken(
    app: &App,
    db: &impl ConnectionTrait,
    in_the_way: Result<Option<occupancy::Model>, StoreError>,
) -> AppResult<()> {
    let Some(other) = in_the_way? else {
        return Ok(());
    };
    let (kind, name) = match other.resource {
        ResourceKind::Place => ("place", places::get(db, other.resource_id).await?.name),
        ResourceKind::Staff => ("staff", staff::get(db, other.resource_id).await?.name),
    };
    let taken_by = match (other.session_id, other.booking_id) {
        (Some(id), _) => Some(
            services::get(db, sessions::get(db, id).await?.service_id)
                .await?
                .name,
        ),
        (None, Some(id)) => client_name(db, bookings::get(db, id).await?.client_id).await?,
        (None, None) => None,
    };
    let (code, key) = match (other.resource, other.session_id, &taken_by) {
        (ResourceKind::Staff, ..) => ("staff_taken", "crm.staff_taken"),
        (ResourceKind::Place, Some(_), _) => ("place_taken", "crm.place_taken_by_session"),
        (ResourceKind::Place, None, Some(_)) => ("place_taken", "crm.place_taken_by_client"),
        (ResourceKind::Place, None, None) => ("place_taken", "crm.place_taken"),
    };
    let found = InTheWay {
        kind,
        id: other.resource_id,
        name,
        taken_by,
        span: Span {
            from: other.from_at,
            to: other.to_at,
        },
        session_id: other.session_id,
        booking_id: other.booking_id,
    };
    Err(found.refuse(super::calendar(app), code, Message::new(key), json!({})))
}

/// The client has a seat in the session already: in this booking.
pub(super) async fn already_booked(
    app: &App,
    db: &impl ConnectionTrait,
    there: &Booking,
) -> AppResult<AppError> {
    let service = match there.service_id {
        Some(id) => Some(services::get(db, id).await?.name),
        None => None,
    };
    let found = InTheWay {
        kind: "client",
        id: there.client_id.unwrap_or_default(),
        name: client_name(db, there.client_id).await?.unwrap_or_default(),
        taken_by: service,
        span: Span {
            from: there.starts_at,
            to: there.ends_at,
        },
        session_id: there.session_id,
        booking_id: Some(there.id),
    };
    let message = Message::new("crm.already_booked");
    Ok(found.refuse(super::calendar(app), "already_booked", message, json!({})))
}

/// The session has no seat left, or is cancelled.
pub(super) async fn no_seat(
    app: &App,
    db: &impl ConnectionTrait,
    session: &schedule_sessions::Model,
) -> AppResult<AppError> {
    if session.status == SessionStatus::Cancelled {
        return Ok(AppError::conflict(
            "session_cancelled",
            Message::new("crm.session_cancelled"),
        ));
    }
    let found = InTheWay::session(db, session).await?;
    let message = Message::new("crm.session_full").with("capacity", session.capacity);
    let more = json!({"capacity": session.capacity, "waiting": waiting::count(db, session.id).await?});
    Ok(found.refuse(super::calendar(app), "session_full", message, more))
}

/// Two clients who are to be one hold a seat each in a session, and neither can be given back without a loss.
///
/// # Errors
/// Of the database.
pub(crate) async fn both_booked(
    app: &App,
    db: &impl ConnectionTrait,
    session_id: i64,
) -> AppResult<AppError> {
    let session = sessions::get(db, session_id).await?;
    let found = InTheWay::session(db, &session).await?;
    let message = Message::new("contact.merge_both_booked");
    Ok(found.refuse(super::calendar(app), "both_booked", message, json!({})))
}

/// Nothing: the person's data was erased.
async fn client_name(db: &impl ConnectionTrait, id: Option<i64>) -> AppResult<Option<String>> {
    let cards = clients::get_many(db, id.as_slice()).await?;
    let contact_ids: Vec<i64> = cards.iter().map(|card| card.contact_id).collect();
    let found = alfa_store::contacts::get_many(db, &contact_ids).await?;
    Ok(found.into_iter().next().map(|contact| contact.name))
}
