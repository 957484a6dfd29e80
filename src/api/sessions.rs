//! Sessions of the schedule.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::tidy_lines;
use super::crm_names::{Named, Names, Wanted};
use super::extract::{Id, Json, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::session_input::{Cancellation, SessionChange, SessionInput};
use super::table::{self, Cell, FileKind, Rows, amount, spelt};
use super::time::{Date, Time};
use super::word::SessionStatus;
use crate::access::Caller;
use crate::crm::sessions::{self as service, Change};
use crate::error::AppResult;
use alfa_store::crm::sessions::{self as rows, Filter, SORT_KEYS};
use alfa_store::entity::schedule_sessions::Model;
use alfa_store::{Order, PageOf};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    pub id: i64,
    pub service: Option<Named>,
    pub staff: Option<Named>,
    pub place: Option<Named>,
    pub starts_at: Time,
    pub ends_at: Time,
    /// Business day of the beginning.
    pub day: Date,
    pub capacity: i32,
    pub seats_taken: i32,
    pub seats_free: i32,
    /// Of one visit.
    pub price: Money,
    pub status: SessionStatus,
    pub cancel_reason: Option<String>,
    pub notes: Option<String>,
    /// The first session of its weekly series.
    pub series_id: Option<i64>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// The sessions that were made: one, or a weekly series.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedSessions {
    pub items: Vec<Session>,
}

fn view(row: Model, names: &Names, purse: &Purse) -> Session {
    Session {
        id: row.id,
        service: names.service(Some(row.service_id)),
        staff: names.staff(row.staff_id),
        place: names.place(row.place_id),
        starts_at: row.starts_at.into(),
        ends_at: row.ends_at.into(),
        day: row.day.into(),
        capacity: row.capacity,
        seats_taken: row.seats_taken,
        seats_free: row.capacity - row.seats_taken,
        price: purse.money(row.price_minor),
        status: row.status.into(),
        cancel_reason: row.cancel_reason,
        notes: row.notes,
        series_id: row.series_id,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    }
}

/// Rows as the API shows them.
///
/// # Errors
/// Of the database.
pub async fn views(state: &ApiState, purse: &Purse, found: Vec<Model>) -> AppResult<Vec<Session>> {
    let mut wanted = Wanted::default();
    for row in &found {
        wanted.services.insert(row.service_id);
        wanted.staff.extend(row.staff_id);
        wanted.places.extend(row.place_id);
    }
    let names = Names::read(state, &wanted).await?;
    Ok(found.into_iter().map(|row| view(row, &names, purse)).collect())
}

/// A row as the API shows it.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, headers: &HeaderMap, row: Model) -> AppResult<Session> {
    let purse = Purse::of(state, of(headers));
    let mut views = views(state, &purse, vec![row]).await?;
    views
        .pop()
        .ok_or_else(|| crate::error::AppError::not_found("session"))
}

/// Which sessions, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionQuery {
    /// Begins at this moment or later.
    pub from: Option<Time>,
    /// Begins before this moment.
    pub to: Option<Time>,
    /// Begins on this business day or later.
    pub from_day: Option<Date>,
    /// Begins on this business day or earlier.
    pub to_day: Option<Date>,
    #[param(minimum = 1)]
    pub service_id: Option<i64>,
    #[param(minimum = 1)]
    pub staff_id: Option<i64>,
    #[param(minimum = 1)]
    pub place_id: Option<i64>,
    #[param(minimum = 1)]
    pub series_id: Option<i64>,
    pub status: Option<SessionStatus>,
    /// Only those with a free seat.
    pub free: Option<bool>,
    /// `id` or `starts_at`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|starts_at)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for SessionQuery {
    fn check(&self, checks: &mut Checks) {
        let ids = [
            ("service_id", self.service_id),
            ("staff_id", self.staff_id),
            ("place_id", self.place_id),
            ("series_id", self.series_id),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl SessionQuery {
    fn filter(&self) -> Filter {
        Filter {
            service_id: self.service_id,
            staff_id: self.staff_id,
            place_id: self.place_id,
            series_id: self.series_id,
            status: self.status.map(|word| word.0),
            from: self.from.map(|time| time.0),
            before: self.to.map(|time| time.0),
            from_day: self.from_day.map(|day| day.0),
            to_day: self.to_day.map(|day| day.0),
            free: self.free == Some(true),
        }
    }

    fn order(&self) -> Order {
        order(
            self.sort.as_deref(),
            SORT_KEYS,
            Order::parse("starts_at", SORT_KEYS).unwrap_or(Order::NEWEST),
        )
    }
}

/// The sessions.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "sessions_list", path = "/api/schedule/sessions", tag = "schedule", params(SessionQuery), responses((status = 200, body = Page<Session>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<SessionQuery>,
) -> AppResult<axum::Json<Page<Session>>> {
    let (filter, order) = (query.filter(), query.order());
    let bound = format!("{filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let total = rows::total(db, &filter).await?;
    let page = page_of(&bound, found, total)?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(Page {
        items: views(&state, &purse, page.items).await?,
        total: page.total,
        next_cursor: page.next_cursor,
    }))
}

/// Makes a session, or a weekly series of them: all or none.
///
/// # Errors
/// `Invalid`; `Conflict` when the trainer or the place is taken at the time.
#[utoipa::path(post, operation_id = "sessions_create", path = "/api/schedule/sessions", tag = "schedule", request_body = SessionInput,
    responses((status = 201, body = CreatedSessions)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<SessionInput>,
) -> AppResult<(StatusCode, axum::Json<CreatedSessions>)> {
    let made = service::create(state.app(), input.normalised(), &caller.name()).await?;
    let purse = Purse::of(&state, of(&headers));
    let items = views(&state, &purse, made).await?;
    Ok((StatusCode::CREATED, axum::Json(CreatedSessions { items })))
}

/// A session.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, operation_id = "sessions_get", path = "/api/schedule/sessions/{id}", tag = "schedule", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Session)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Session>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Changes a session. Those who are booked go with it.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when the trainer or the place is taken, or the session is cancelled.
#[utoipa::path(patch, operation_id = "sessions_update", path = "/api/schedule/sessions/{id}", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    request_body = SessionChange, responses((status = 200, body = Session)))]
pub async fn update(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<SessionChange>,
) -> AppResult<axum::Json<Session>> {
    let change = Change {
        service_id: input.service_id,
        staff_id: input.staff_id,
        place_id: input.place_id,
        starts_at: input.starts_at.map(|time| time.0),
        ends_at: input.ends_at.map(|time| time.0),
        capacity: input.capacity,
        price_minor: input.price_minor,
        notes: input.notes.map(tidy_lines),
        notify: input.notify,
    };
    let row = service::update(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Cancels a session with every booking in it; nobody waits for it any more.
///
/// # Errors
/// `NotFound`; `Conflict` when it is cancelled already.
#[utoipa::path(post, operation_id = "sessions_cancel", path = "/api/schedule/sessions/{id}/cancel", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<Cancellation>, responses((status = 200, body = Session)))]
pub async fn cancel(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    super::extract::OptionalJson(input): super::extract::OptionalJson<Cancellation>,
) -> AppResult<axum::Json<Session>> {
    let reason = super::contact_input::tidy(input.reason);
    let row = service::cancel(state.app(), id, reason.as_deref(), input.notify, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "sessions";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "service",
        "staff",
        "place",
        "starts_at",
        "ends_at",
        "capacity",
        "seats_taken",
        "price",
        "status",
        "notes",
    ];

    async fn page(&self, state: &ApiState, page: alfa_store::Page) -> AppResult<PageOf<Vec<Cell>>> {
        let found = rows::list(state.store().reader(), &self.0, self.1, &page).await?;
        let purse = Purse::of(state, crate::text::Lang::default());
        let views = views(state, &purse, found.items).await?;
        Ok(PageOf {
            items: views.into_iter().map(cells).collect(),
            next_cursor: found.next_cursor,
        })
    }
}

fn cells(session: Session) -> Vec<Cell> {
    let name = |named: Option<Named>| Cell::from(named.map(|named| named.name));
    vec![
        session.id.into(),
        name(session.service),
        name(session.staff),
        name(session.place),
        spelt(session.starts_at),
        spelt(session.ends_at),
        session.capacity.into(),
        session.seats_taken.into(),
        amount(session.price.minor, &session.price.currency),
        spelt(session.status.0),
        session.notes.into(),
    ]
}

/// The sessions that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "sessions_export", path = "/api/schedule/sessions/export", tag = "schedule", params(SessionQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<SessionQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
