//! Places: halls, desks and meeting rooms.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::table::{self, Cell, FileKind, Rows, amount, spelt};
use super::time::Time;
use super::word::PlaceKind;
use crate::access::Caller;
use crate::contacts::name::squeeze;
use crate::crm::catalogue::{self as service, Noun};
use crate::crm::payments::MOST_MINOR;
use crate::crm::sessions::MOST_SEATS;
use crate::error::AppResult;
use alfa_store::crm::places::{self as rows, Filter, SORT_KEYS};
use alfa_store::entity::places::Model;
use alfa_store::{Order, PageOf, UnixMillis};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A place that takes one session or booking at a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    pub id: i64,
    pub name: String,
    pub kind: PlaceKind,
    /// Code of a direction.
    pub direction: Option<String>,
    /// People.
    pub capacity: i32,
    /// Null: not let by the hour.
    pub price_hour: Option<Money>,
    pub price_day: Option<Money>,
    /// Of 30 days.
    pub price_month: Option<Money>,
    pub description: Option<String>,
    pub active: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Place {
    /// A row as the API shows it.
    #[must_use]
    pub fn of(row: Model, purse: &Purse) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind.into(),
            direction: row.direction,
            capacity: row.capacity,
            price_hour: row.price_hour_minor.map(|minor| purse.money(minor)),
            price_day: row.price_day_minor.map(|minor| purse.money(minor)),
            price_month: row.price_month_minor.map(|minor| purse.money(minor)),
            description: row.description,
            active: row.active,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

/// Which are wanted, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// Part of the name.
    #[param(max_length = 200)]
    pub search: Option<String>,
    /// Still offered, or not any more.
    pub active: Option<bool>,
    #[param(max_length = 64)]
    pub direction: Option<String>,
    pub kind: Option<PlaceKind>,
    /// One of the columns that the pattern names; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|capacity)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for PlaceQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 200);
        checks.optional_text("direction", self.direction.as_deref(), 64);

        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl PlaceQuery {
    fn filter(&self) -> Filter {
        Filter {
            search: self.search.clone(),
            active: self.active,
            direction: self.direction.clone(),
            kind: self.kind.map(|word| word.0),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// A place to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceInput {
    #[schema(min_length = 1, max_length = 200)]
    pub(super) name: String,
    pub(super) kind: PlaceKind,
    /// Code of a direction.
    #[schema(max_length = 64)]
    pub(super) direction: Option<String>,
    /// People; 1 when it is left out.
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) capacity: Option<i32>,
    /// In minor units.
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_hour_minor: Option<i64>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_day_minor: Option<i64>,
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_month_minor: Option<i64>,
    #[schema(max_length = 10000)]
    pub(super) description: Option<String>,
    /// Can be booked; true when it is left out.
    pub(super) active: Option<bool>,
}

impl Input for PlaceInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, 200);
        checks.optional_text("direction", self.direction.as_deref(), 64);
        checks.optional_text("description", self.description.as_deref(), 10_000);
        checks.range("capacity", self.capacity, 1, MOST_SEATS);
        checks.range("price_hour_minor", self.price_hour_minor, 0, MOST_MINOR);
        checks.range("price_day_minor", self.price_day_minor, 0, MOST_MINOR);
        checks.range("price_month_minor", self.price_month_minor, 0, MOST_MINOR);
    }
}

impl PlaceInput {
    pub(super) fn row(self, known: Option<Model>) -> Model {
        Model {
            id: known.as_ref().map_or(0, |row| row.id),
            name: squeeze(&self.name),
            name_key: String::new(),
            kind: self.kind.0,
            direction: tidy(self.direction),
            capacity: self.capacity.unwrap_or(1),
            price_hour_minor: self.price_hour_minor,
            price_day_minor: self.price_day_minor,
            price_month_minor: self.price_month_minor,
            description: tidy_lines(self.description),
            active: self.active.unwrap_or(true),
            created_at: known.map_or(UnixMillis(0), |row| row.created_at),
            updated_at: UnixMillis(0),
        }
    }
}

/// The list.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/places", tag = "places", params(PlaceQuery), responses((status = 200, body = Page<Place>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<PlaceQuery>,
) -> AppResult<axum::Json<Page<Place>>> {
    let (filter, order) = (query.filter(), query.order());
    let bound = format!("{filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let total = rows::total(db, &filter).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(
        page_of(&bound, found, total)?.map(|row| Place::of(row, &purse)),
    ))
}

/// Adds one.
///
/// # Errors
/// `Invalid`; `Conflict` when another has this name.
#[utoipa::path(post, path = "/api/places", tag = "places", request_body = PlaceInput, responses((status = 201, body = Place)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<PlaceInput>,
) -> AppResult<(StatusCode, axum::Json<Place>)> {
    let row = service::save_place(state.app(), input.row(None), &caller.name()).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok((StatusCode::CREATED, axum::Json(Place::of(row, &purse))))
}

/// One of them.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/places/{id}", tag = "places", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Place)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Place>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(Place::of(row, &Purse::of(&state, of(&headers)))))
}

/// Writes one anew: what the body leaves out is emptied.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when another has this name.
#[utoipa::path(put, path = "/api/places/{id}", tag = "places", params(("id" = i64, Path, minimum = 1)),
    request_body = PlaceInput, responses((status = 200, body = Place)))]
pub async fn put(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<PlaceInput>,
) -> AppResult<axum::Json<Place>> {
    let known = rows::get(state.store().reader(), id).await?;
    let row = service::save_place(state.app(), input.row(Some(known)), &caller.name()).await?;
    Ok(axum::Json(Place::of(row, &Purse::of(&state, of(&headers)))))
}

/// Takes one away that nothing names yet; otherwise switch it off (`active: false`).
///
/// # Errors
/// `NotFound`, `Conflict`.
#[utoipa::path(delete, path = "/api/places/{id}", tag = "places", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), Noun::Place, id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "places";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "kind",
        "direction",
        "capacity",
        "price_hour",
        "price_day",
        "price_month",
        "description",
        "active",
    ];

    async fn page(&self, state: &ApiState, page: alfa_store::Page) -> AppResult<PageOf<Vec<Cell>>> {
        let found = rows::list(state.store().reader(), &self.0, self.1, &page).await?;
        let currency = state.app().config.currency.clone();
        Ok(found.map(|row| cells(row, &currency)))
    }
}

fn cells(row: Model, currency: &str) -> Vec<Cell> {
    vec![
        row.id.into(),
        row.name.into(),
        spelt(row.kind),
        row.direction.into(),
        row.capacity.into(),
        row.price_hour_minor.map(|minor| amount(minor, currency)).into(),
        row.price_day_minor.map(|minor| amount(minor, currency)).into(),
        row.price_month_minor.map(|minor| amount(minor, currency)).into(),
        row.description.into(),
        row.active.into(),
    ]
}

/// Those that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/places/export", tag = "places", params(PlaceQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<PlaceQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
