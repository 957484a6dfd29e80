//! Services: what is offered.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::table::{self, Cell, FileKind, Rows, amount};
use super::time::Time;

use crate::access::Caller;
use crate::contacts::name::squeeze;
use crate::crm::catalogue::{self as service, Noun};
use crate::crm::payments::MOST_MINOR;
use crate::crm::sessions::MOST_SEATS;
use crate::crm::subscriptions::LONGEST_DAYS;
use crate::error::AppResult;
use alfa_store::crm::services::{self as rows, Filter, SORT_KEYS};
use alfa_store::entity::services::Model;
use alfa_store::{Order, PageOf, UnixMillis};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is offered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Service {
    pub id: i64,
    pub name: String,
    pub category: Option<String>,
    /// Code of a direction.
    pub direction: Option<String>,
    pub duration_minutes: i32,
    /// Of one visit, or of the subscription.
    pub price: Money,
    /// Usual seats of a session.
    pub capacity: Option<i32>,
    /// As a subscription: its visits; null: any number.
    pub visits: Option<i32>,
    /// As a subscription: its days; null: not sold as one.
    pub period_days: Option<i32>,
    pub description: Option<String>,
    pub active: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Service {
    /// A row as the API shows it.
    #[must_use]
    pub fn of(row: Model, purse: &Purse) -> Self {
        Self {
            id: row.id,
            name: row.name,
            category: row.category,
            direction: row.direction,
            duration_minutes: row.duration_minutes,
            price: purse.money(row.price_minor),
            capacity: row.capacity,
            visits: row.visits,
            period_days: row.period_days,
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
pub struct ServiceQuery {
    /// Part of the name.
    #[param(max_length = 200)]
    pub search: Option<String>,
    /// Still offered, or not any more.
    pub active: Option<bool>,
    #[param(max_length = 64)]
    pub direction: Option<String>,
    #[param(max_length = 255)]
    pub category: Option<String>,
    /// Sold as a subscription, or not.
    pub subscription: Option<bool>,
    /// One of the columns that the pattern names; with `-` before it the other way round.
    #[param(pattern = "^-?(id|name|price)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for ServiceQuery {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("search", self.search.as_deref(), 200);
        checks.optional_text("direction", self.direction.as_deref(), 64);
        checks.optional_text("category", self.category.as_deref(), 255);
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl ServiceQuery {
    fn filter(&self) -> Filter {
        Filter {
            search: self.search.clone(),
            active: self.active,
            direction: self.direction.clone(),
            category: self.category.clone(),
            subscription: self.subscription,
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// A service to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceInput {
    #[schema(min_length = 1, max_length = 200)]
    pub(super) name: String,
    #[schema(max_length = 255)]
    pub(super) category: Option<String>,
    /// Code of a direction.
    #[schema(max_length = 64)]
    pub(super) direction: Option<String>,
    #[schema(minimum = 1, maximum = 1440)]
    pub(super) duration_minutes: i32,
    /// In minor units.
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    pub(super) price_minor: i64,
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) capacity: Option<i32>,
    #[schema(minimum = 1, maximum = 10000)]
    pub(super) visits: Option<i32>,
    #[schema(minimum = 1, maximum = 1830)]
    pub(super) period_days: Option<i32>,
    #[schema(max_length = 10000)]
    pub(super) description: Option<String>,
    /// Still offered; true when it is left out.
    pub(super) active: Option<bool>,
}

impl Input for ServiceInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, 200);
        checks.optional_text("category", self.category.as_deref(), 255);
        checks.optional_text("direction", self.direction.as_deref(), 64);
        checks.optional_text("description", self.description.as_deref(), 10_000);
        checks.range("duration_minutes", Some(self.duration_minutes), 1, 24 * 60);
        checks.range("price_minor", Some(self.price_minor), 0, MOST_MINOR);
        checks.range("capacity", self.capacity, 1, MOST_SEATS);
        checks.range("visits", self.visits, 1, 10_000);
        checks.range("period_days", self.period_days, 1, LONGEST_DAYS);
    }
}

impl ServiceInput {
    pub(super) fn row(self, known: Option<Model>) -> Model {
        Model {
            id: known.as_ref().map_or(0, |row| row.id),
            name: squeeze(&self.name),
            name_key: String::new(),
            category: tidy(self.category),
            direction: tidy(self.direction),
            duration_minutes: self.duration_minutes,
            price_minor: self.price_minor,
            capacity: self.capacity,
            visits: self.visits,
            period_days: self.period_days,
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
#[utoipa::path(get, path = "/api/services", tag = "services", params(ServiceQuery), responses((status = 200, body = Page<Service>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<ServiceQuery>,
) -> AppResult<axum::Json<Page<Service>>> {
    let (filter, order) = (query.filter(), query.order());
    let bound = format!("{filter:?} {order:?}");
    let wanted = page_wanted(&bound, query.limit, query.cursor.as_deref())?;
    let db = state.store().reader();
    let found = rows::list(db, &filter, order, &wanted).await?;
    let total = rows::total(db, &filter).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(
        page_of(&bound, found, total)?.map(|row| Service::of(row, &purse)),
    ))
}

/// Adds one.
///
/// # Errors
/// `Invalid`; `Conflict` when another has this name.
#[utoipa::path(post, path = "/api/services", tag = "services", request_body = ServiceInput, responses((status = 201, body = Service)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<ServiceInput>,
) -> AppResult<(StatusCode, axum::Json<Service>)> {
    let row = service::save_service(state.app(), input.row(None), &caller.name()).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok((StatusCode::CREATED, axum::Json(Service::of(row, &purse))))
}

/// One of them.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/services/{id}", tag = "services", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Service)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Service>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(Service::of(row, &Purse::of(&state, of(&headers)))))
}

/// Writes one anew: what the body leaves out is emptied.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when another has this name.
#[utoipa::path(put, path = "/api/services/{id}", tag = "services", params(("id" = i64, Path, minimum = 1)),
    request_body = ServiceInput, responses((status = 200, body = Service)))]
pub async fn put(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<ServiceInput>,
) -> AppResult<axum::Json<Service>> {
    let known = rows::get(state.store().reader(), id).await?;
    let row = service::save_service(state.app(), input.row(Some(known)), &caller.name()).await?;
    Ok(axum::Json(Service::of(row, &Purse::of(&state, of(&headers)))))
}

/// Takes one away that nothing names yet; otherwise switch it off (`active: false`).
///
/// # Errors
/// `NotFound`, `Conflict`.
#[utoipa::path(delete, path = "/api/services/{id}", tag = "services", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete(state.app(), Noun::Service, id, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "services";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "category",
        "direction",
        "duration_minutes",
        "price",
        "capacity",
        "visits",
        "period_days",
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
        row.category.into(),
        row.direction.into(),
        row.duration_minutes.into(),
        amount(row.price_minor, currency),
        row.capacity.into(),
        row.visits.into(),
        row.period_days.into(),
        row.description.into(),
        row.active.into(),
    ]
}

/// Those that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/services/export", tag = "services", params(ServiceQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<ServiceQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
