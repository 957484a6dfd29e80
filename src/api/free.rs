//! What is free in the schedule: seats in sessions, places, trainers.

use super::ApiState;
use super::check::{Checks, Input};
use super::crm_names::Named;
use super::extract::Query;
use super::language::of;
use super::money::Purse;
use super::sessions::{self, Session};
use super::time::{Date, Time};
use super::word::PlaceKind;
use crate::crm::free::{check, gaps, minutes, taken};
use crate::crm::shifts::working;
use crate::error::{AppResult, Message};
use alfa_store::crm::occupancy::Span;
use alfa_store::crm::{places, sessions as rows, staff};
use alfa_store::types::{ResourceKind, SessionStatus};
use alfa_store::{Order, Page};
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most sessions, places or trainers of an answer.
const MOST_ROWS: u32 = 500;
/// Shortest free stretch that is told when nothing else is said, in minutes.
const USUAL_MINUTES: i32 = 30;

/// Where and when to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FreeQuery {
    /// A business day, whole; or give `from` and `to`. Today when all are left out.
    pub day: Option<Date>,
    pub from: Option<Time>,
    /// At most 31 days after `from`.
    pub to: Option<Time>,
    /// Only sessions of this service.
    #[param(minimum = 1)]
    pub service_id: Option<i64>,
    /// Only this trainer, and sessions with this trainer.
    #[param(minimum = 1)]
    pub staff_id: Option<i64>,
    /// Only this place, and sessions in it.
    #[param(minimum = 1)]
    pub place_id: Option<i64>,
    /// Only places of this kind.
    pub place_kind: Option<PlaceKind>,
    /// Shortest free stretch of a place or a trainer; 30 when it is left out.
    #[param(minimum = 1, maximum = 44640)]
    pub minutes: Option<i32>,
}

impl Input for FreeQuery {
    fn check(&self, checks: &mut Checks) {
        if self.day.is_some() && (self.from.is_some() || self.to.is_some()) {
            checks.refuse("day", Message::new("crm.day_or_span"));
        } else if self.from.is_some() != self.to.is_some() {
            let field = if self.from.is_none() { "from" } else { "to" };
            checks.refuse(field, Message::new("crm.both_ends"));
        }
        let ids = [
            ("service_id", self.service_id),
            ("staff_id", self.staff_id),
            ("place_id", self.place_id),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        checks.range("minutes", self.minutes, 1, 31 * 24 * 60);
    }
}

/// A free stretch.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeSpan {
    pub from: Time,
    pub to: Time,
}

impl From<Span> for FreeSpan {
    fn from(span: Span) -> Self {
        Self {
            from: span.from.into(),
            to: span.to.into(),
        }
    }
}

/// When a place or a trainer is free.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeResource {
    #[serde(flatten)]
    pub of: Named,
    pub free: Vec<FreeSpan>,
}

/// What is free.
#[derive(Debug, Serialize, ToSchema)]
pub struct Free {
    pub from: Time,
    pub to: Time,
    /// Free seats in all sessions of the list.
    pub seats: i64,
    /// Sessions that have not begun and have a free seat; at most 500.
    pub sessions: Vec<Session>,
    /// Places that are free for long enough.
    pub places: Vec<FreeResource>,
    /// Trainers who work and are free for long enough.
    pub staff: Vec<FreeResource>,
}

/// What is free.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "free_free", path = "/api/schedule/free", tag = "schedule", params(FreeQuery), responses((status = 200, body = Free)))]
pub async fn free(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<FreeQuery>,
) -> AppResult<axum::Json<Free>> {
    let calendar = crate::crm::calendar(state.app());
    let now = state.clock().now();
    let span = match (query.day, query.from, query.to) {
        (_, Some(from), Some(to)) => Span {
            from: from.0,
            to: to.0,
        },
        (day, ..) => {
            let day = day.map_or_else(|| calendar.day(now), |date| date.0);
            calendar.span(day, day)
        }
    };
    check(span)?;
    let filter = rows::Filter {
        service_id: query.service_id,
        staff_id: query.staff_id,
        place_id: query.place_id,
        status: Some(SessionStatus::Scheduled),
        from: Some(span.from.max(now)),
        before: Some(span.to),
        free: true,
        ..rows::Filter::default()
    };
    let order = Order::parse("starts_at", rows::SORT_KEYS).unwrap_or(Order::NEWEST);
    let found = rows::list(state.store().reader(), &filter, order, &Page::first(MOST_ROWS)).await?;
    let purse = Purse::of(&state, of(&headers));
    let sessions = sessions::views(&state, &purse, found.items).await?;
    // A service is for sessions; who asks for one does not ask for desks.
    let (places, staff) = if query.service_id.is_some() {
        (Vec::new(), Vec::new())
    } else {
        (
            places_free(&state, &query, span).await?,
            staff_free(&state, &query, span).await?,
        )
    };
    Ok(axum::Json(Free {
        from: span.from.into(),
        to: span.to.into(),
        seats: sessions.iter().map(|session| i64::from(session.seats_free)).sum(),
        sessions,
        places,
        staff,
    }))
}

async fn places_free(state: &ApiState, query: &FreeQuery, span: Span) -> AppResult<Vec<FreeResource>> {
    if query.staff_id.is_some() {
        return Ok(Vec::new());
    }
    let filter = places::Filter {
        active: Some(true),
        kind: query.place_kind.map(|word| word.0),
        ..places::Filter::default()
    };
    let order = Order::parse("name", places::SORT_KEYS).unwrap_or(Order::NEWEST);
    let all = places::list(state.store().reader(), &filter, order, &Page::first(MOST_ROWS)).await?;
    let busy = taken(state.app(), ResourceKind::Place, span).await?;
    let least_ms = minutes(query.minutes.unwrap_or(USUAL_MINUTES));
    let wanted = all
        .items
        .into_iter()
        .filter(|row| query.place_id.is_none_or(|id| id == row.id));
    let free = wanted.map(|row| {
        let own = busy.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        resource(row.id, row.name, gaps(span, own, least_ms))
    });
    Ok(free.filter(|one| !one.free.is_empty()).collect())
}

async fn staff_free(state: &ApiState, query: &FreeQuery, span: Span) -> AppResult<Vec<FreeResource>> {
    if query.place_id.is_some() || query.place_kind.is_some() {
        return Ok(Vec::new());
    }
    let filter = staff::Filter {
        active: Some(true),
        ..staff::Filter::default()
    };
    let db = state.store().reader();
    let order = Order::parse("name", staff::SORT_KEYS).unwrap_or(Order::NEWEST);
    let all = staff::list(db, &filter, order, &Page::first(MOST_ROWS))
        .await?
        .items;
    let ids: Vec<i64> = all.iter().map(|row| row.id).collect();
    let details = staff::details(db, &ids).await?;
    let busy = taken(state.app(), ResourceKind::Staff, span).await?;
    let calendar = crate::crm::calendar(state.app());
    let least_ms = minutes(query.minutes.unwrap_or(USUAL_MINUTES));
    let wanted = all
        .into_iter()
        .filter(|row| query.staff_id.is_none_or(|id| id == row.id));
    let free = wanted.map(|row| {
        let own = busy.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let hours = details
            .get(&row.id)
            .map(|own| own.hours.as_slice())
            .unwrap_or_default();
        let working = working(calendar, span, hours);
        let free = working
            .into_iter()
            .flat_map(|works| gaps(works, own, least_ms))
            .collect();
        resource(row.id, row.name, free)
    });
    Ok(free.filter(|one| !one.free.is_empty()).collect())
}

fn resource(id: i64, name: String, free: Vec<Span>) -> FreeResource {
    FreeResource {
        of: Named { id, name },
        free: free.into_iter().map(FreeSpan::from).collect(),
    }
}
