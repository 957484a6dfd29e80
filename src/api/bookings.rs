//! Bookings: a seat in a session, or a place for a time.

use super::ApiState;
use super::booking_input::{BookingChange, BookingInput, StatusInput};
use super::check::{Checks, Input};
use super::contact_input::tidy;
use super::crm_names::{Named, NamedClient, Names, Wanted};
use super::extract::{Id, Json, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::table::{self, Cell, FileKind, Rows, amount, spelt};
use super::time::{Date, Time};
use super::word::{BookingKind, BookingStatus};
use crate::access::Caller;
use crate::crm::bookings::{self as service, Booked};
use crate::crm::rebooking;
use crate::error::{AppError, AppResult};
use alfa_store::crm::bookings::{self as rows, Filter, SORT_KEYS};
use alfa_store::crm::waiting;
use alfa_store::entity::bookings::Model;
use alfa_store::{Order, PageOf};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct Booking {
    pub id: i64,
    /// Null: the person's data was erased.
    pub client: Option<NamedClient>,
    /// Null: a place is booked.
    pub session_id: Option<i64>,
    pub service: Option<Named>,
    pub staff: Option<Named>,
    pub place: Option<Named>,
    pub status: BookingStatus,
    pub starts_at: Time,
    pub ends_at: Time,
    /// Business day of the beginning.
    pub day: Date,
    pub price: Money,
    /// Completed payments less refunds.
    pub paid: Money,
    /// What is not paid yet; 0 when it is cancelled.
    pub owed: Money,
    /// Whose visit pays for it.
    pub subscription_id: Option<i64>,
    /// When the client will be reminded.
    pub remind_at: Option<Time>,
    pub cancelled_at: Option<Time>,
    pub cancel_reason: Option<String>,
    pub notes: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A client who waits for a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    pub session_id: i64,
    pub client: Option<NamedClient>,
    /// 1 is the next to get a seat.
    #[schema(minimum = 1)]
    pub position: u64,
    pub created_at: Time,
}

fn view(row: Model, names: &Names, purse: &Purse) -> Booking {
    Booking {
        id: row.id,
        client: names.client(row.client_id),
        session_id: row.session_id,
        service: names.service(row.service_id),
        staff: names.staff(row.staff_id),
        place: names.place(row.place_id),
        status: row.status.into(),
        starts_at: row.starts_at.into(),
        ends_at: row.ends_at.into(),
        day: row.day.into(),
        price: purse.money(row.price_minor),
        paid: purse.money(row.paid_minor),
        owed: purse.money(row.owed_minor),
        subscription_id: row.subscription_id,
        remind_at: row.remind_at.map(Time),
        cancelled_at: row.cancelled_at.map(Time),
        cancel_reason: row.cancel_reason,
        notes: row.notes,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    }
}

async fn views(state: &ApiState, purse: &Purse, found: Vec<Model>) -> AppResult<Vec<Booking>> {
    let mut wanted = Wanted::default();
    for row in &found {
        wanted.clients.extend(row.client_id);
        wanted.services.extend(row.service_id);
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
pub async fn one(state: &ApiState, headers: &HeaderMap, row: Model) -> AppResult<Booking> {
    let purse = Purse::of(state, of(headers));
    let mut views = views(state, &purse, vec![row]).await?;
    views.pop().ok_or_else(|| AppError::not_found("booking"))
}

/// Who waits for a session, in order.
///
/// # Errors
/// Of the database.
pub async fn waiting_of(state: &ApiState, session_id: i64) -> AppResult<Vec<Waiting>> {
    let found = waiting::of_session(state.store().reader(), session_id).await?;
    let wanted = Wanted {
        clients: found.iter().map(|row| row.client_id).collect(),
        ..Wanted::default()
    };
    let names = Names::read(state, &wanted).await?;
    let view = |(position, row): (u64, alfa_store::entity::waiting_list::Model)| Waiting {
        session_id,
        client: names.client(Some(row.client_id)),
        position,
        created_at: row.created_at.into(),
    };
    Ok((1..).zip(found).map(view).collect())
}

/// Which bookings, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BookingQuery {
    /// Begins at this moment or later.
    pub from: Option<Time>,
    /// Begins before this moment.
    pub to: Option<Time>,
    /// Begins on this business day or later.
    pub from_day: Option<Date>,
    /// Begins on this business day or earlier.
    pub to_day: Option<Date>,
    #[param(minimum = 1)]
    pub client_id: Option<i64>,
    #[param(minimum = 1)]
    pub session_id: Option<i64>,
    #[param(minimum = 1)]
    pub service_id: Option<i64>,
    #[param(minimum = 1)]
    pub staff_id: Option<i64>,
    #[param(minimum = 1)]
    pub place_id: Option<i64>,
    #[param(minimum = 1)]
    pub subscription_id: Option<i64>,
    /// Only seats in sessions, or only places for a time.
    #[param(inline)]
    pub kind: Option<BookingKind>,
    pub status: Option<BookingStatus>,
    /// Only those where something is still to be paid.
    pub owed: Option<bool>,
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

impl Input for BookingQuery {
    fn check(&self, checks: &mut Checks) {
        let ids = [
            ("client_id", self.client_id),
            ("session_id", self.session_id),
            ("service_id", self.service_id),
            ("staff_id", self.staff_id),
            ("place_id", self.place_id),
            ("subscription_id", self.subscription_id),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl BookingQuery {
    fn filter(&self) -> Filter {
        Filter {
            client_id: self.client_id,
            session_id: self.session_id,
            service_id: self.service_id,
            staff_id: self.staff_id,
            place_id: self.place_id,
            subscription_id: self.subscription_id,
            kind: self.kind.map(|word| word.0),
            statuses: self.status.map(|word| word.0).into_iter().collect(),
            from: self.from.map(|time| time.0),
            before: self.to.map(|time| time.0),
            from_day: self.from_day.map(|day| day.0),
            to_day: self.to_day.map(|day| day.0),
            owed: self.owed == Some(true),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// The bookings.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "bookings_list", path = "/api/schedule/bookings", tag = "schedule", params(BookingQuery), responses((status = 200, body = Page<Booking>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<BookingQuery>,
) -> AppResult<axum::Json<Page<Booking>>> {
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

/// Books a seat in a session (`session_id`), or a place for a time (`place_id`, `starts_at`, `ends_at`). With `wait` a
/// client for whom there is no seat is put on the waiting list: 202.
///
/// # Errors
/// `Invalid`; `Conflict` when the session is full or cancelled, the place is taken, the client is in already, or the
/// subscription has no visit for the day.
#[utoipa::path(post, operation_id = "bookings_create", path = "/api/schedule/bookings", tag = "schedule", request_body = BookingInput,
    responses((status = 201, body = Booking), (status = 202, body = Waiting)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<BookingInput>,
) -> AppResult<Response> {
    let booked = service::create(state.app(), input.normalised()?, &caller.name()).await?;
    answer(&state, &headers, booked).await
}

async fn answer(state: &ApiState, headers: &HeaderMap, booked: Booked) -> AppResult<Response> {
    Ok(match booked {
        Booked::Yes(row) => {
            let booking = one(state, headers, *row).await?;
            (StatusCode::CREATED, axum::Json(booking)).into_response()
        }
        Booked::Waits(row, position) => {
            let wanted = Wanted {
                clients: [row.client_id].into(),
                ..Wanted::default()
            };
            let waiting = Waiting {
                session_id: row.session_id,
                client: Names::read(state, &wanted).await?.client(Some(row.client_id)),
                position,
                created_at: row.created_at.into(),
            };
            (StatusCode::ACCEPTED, axum::Json(waiting)).into_response()
        }
    })
}

/// A booking.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, operation_id = "bookings_get", path = "/api/schedule/bookings/{id}", tag = "schedule", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Booking)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Booking>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Changes a booking: moves it into another session, or to another place or time.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` as when it is made, or when it is over or cancelled.
#[utoipa::path(patch, operation_id = "bookings_update", path = "/api/schedule/bookings/{id}", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    request_body = BookingChange, responses((status = 200, body = Booking)))]
pub async fn update(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<BookingChange>,
) -> AppResult<axum::Json<Booking>> {
    let row = rebooking::update(state.app(), id, input.normalised(), &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Says what became of a booking: `attended`, `no_show`, `cancelled`, or `booked` again after a slip. A freed seat goes to
/// the first who waits. `paid` follows from payments.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when the state cannot follow the present one.
#[utoipa::path(post, operation_id = "bookings_set_status", path = "/api/schedule/bookings/{id}/status", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    request_body = StatusInput, responses((status = 200, body = Booking)))]
pub async fn set_status(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<StatusInput>,
) -> AppResult<axum::Json<Booking>> {
    let reason = tidy(input.reason);
    let (status, notify) = (input.status.0, input.notify.unwrap_or(false));
    let row = service::set_status(state.app(), id, status, reason.as_deref(), notify, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Who waits for a seat in a session, in order.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, operation_id = "bookings_waiting_list", path = "/api/schedule/sessions/{id}/waiting", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Page<Waiting>)))]
pub async fn waiting_list(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Waiting>>> {
    alfa_store::crm::sessions::get(state.store().reader(), id).await?;
    Ok(axum::Json(Page::whole(waiting_of(&state, id).await?)))
}

/// Who is to be taken off the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaver {
    #[schema(minimum = 1)]
    client_id: i64,
}

impl Input for Leaver {
    fn check(&self, checks: &mut Checks) {
        checks.range("client_id", Some(self.client_id), 1, i64::MAX);
    }
}

/// Takes a client off the waiting list.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, operation_id = "bookings_stop_waiting", path = "/api/schedule/sessions/{id}/stop-waiting", tag = "schedule", params(("id" = i64, Path, minimum = 1)),
    request_body = Leaver, responses((status = 200, body = Page<Waiting>)))]
pub async fn stop_waiting(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<Leaver>,
) -> AppResult<axum::Json<Page<Waiting>>> {
    service::stop_waiting(state.app(), id, input.client_id, &caller.name()).await?;
    Ok(axum::Json(Page::whole(waiting_of(&state, id).await?)))
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "bookings";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "client_id",
        "client",
        "session_id",
        "service",
        "staff",
        "place",
        "starts_at",
        "ends_at",
        "status",
        "price",
        "paid",
        "owed",
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

fn cells(booking: Booking) -> Vec<Cell> {
    let name = |named: Option<Named>| Cell::from(named.map(|named| named.name));
    let money = |money: Money| amount(money.minor, &money.currency);
    vec![
        booking.id.into(),
        booking.client.as_ref().map(|client| client.id).into(),
        booking.client.map(|client| client.name).into(),
        booking.session_id.into(),
        name(booking.service),
        name(booking.staff),
        name(booking.place),
        spelt(booking.starts_at),
        spelt(booking.ends_at),
        spelt(booking.status.0),
        money(booking.price),
        money(booking.paid),
        money(booking.owed),
        booking.notes.into(),
    ]
}

/// The bookings that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, operation_id = "bookings_export", path = "/api/schedule/bookings/export", tag = "schedule", params(BookingQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<BookingQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
