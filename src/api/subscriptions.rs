//! Subscriptions: visits in a period.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::crm_names::{Named, NamedClient, Names, Wanted};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::subscription_input::{FreezeInput, SubscriptionChange, SubscriptionInput};
use super::table::{self, Cell, FileKind, Rows, amount, spelt};
use super::time::{Date, Time};
use super::word::SubscriptionStatus;
use crate::access::Caller;
use crate::crm::subscriptions::{self as service, Change};
use crate::error::{AppError, AppResult};
use alfa_store::crm::subscriptions::{self as rows, Filter, SORT_KEYS};
use alfa_store::entity::subscription_freezes;
use alfa_store::entity::subscriptions::Model;
use alfa_store::{Order, PageOf, types};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How a subscription stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Has not begun yet.
    Upcoming,
    /// Contains today and is not frozen.
    Active,
    Frozen,
    /// Its last day is over.
    Ended,
    Cancelled,
}

impl Standing {
    fn of(row: &Model, freezes: &[subscription_freezes::Model], today: types::Day) -> Self {
        let frozen = freezes.iter().any(|freeze| {
            freeze.subscription_id == row.id && freeze.from_day <= today && freeze.to_day >= today
        });
        if row.status == types::SubscriptionStatus::Cancelled {
            Self::Cancelled
        } else if row.ends_on < today {
            Self::Ended
        } else if row.starts_on > today {
            Self::Upcoming
        } else if frozen {
            Self::Frozen
        } else {
            Self::Active
        }
    }
}

/// Days in which a subscription does not run.
#[derive(Debug, Serialize, ToSchema)]
pub struct Freeze {
    pub from: Date,
    /// The last frozen day.
    pub to: Date,
    pub reason: Option<String>,
}

/// A subscription.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    pub id: i64,
    /// Null: the person's data was erased.
    pub client: Option<NamedClient>,
    /// What was sold.
    pub service: Option<Named>,
    pub number: Option<String>,
    pub starts_on: Date,
    /// The last day that counts.
    pub ends_on: Date,
    /// Null: any number.
    pub visits_total: Option<i32>,
    pub visits_left: Option<i32>,
    pub price: Money,
    pub paid: Money,
    /// What is not paid yet; 0 when it is cancelled.
    pub owed: Money,
    /// As it was sold.
    pub status: SubscriptionStatus,
    /// As it stands today.
    pub standing: Standing,
    pub freezes: Vec<Freeze>,
    pub cancelled_at: Option<Time>,
    pub notes: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// Rows as the API shows them.
///
/// # Errors
/// Of the database.
pub async fn views(state: &ApiState, purse: &Purse, found: Vec<Model>) -> AppResult<Vec<Subscription>> {
    let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
    let freezes = rows::freezes(state.store().reader(), &ids).await?;
    let today = crate::crm::calendar(state.app()).day(state.clock().now());
    let mut wanted = Wanted::default();
    for row in &found {
        wanted.clients.extend(row.client_id);
        wanted.services.extend(row.service_id);
    }
    let names = Names::read(state, &wanted).await?;
    let view = |row: Model| Subscription {
        id: row.id,
        client: names.client(row.client_id),
        service: names.service(row.service_id),
        starts_on: row.starts_on.into(),
        ends_on: row.ends_on.into(),
        visits_total: row.visits_total,
        visits_left: row.visits_left,
        price: purse.money(row.price_minor),
        paid: purse.money(row.paid_minor),
        owed: purse.money(row.owed_minor),
        status: row.status.into(),
        standing: Standing::of(&row, &freezes, today),
        freezes: freezes_of(&freezes, row.id),
        number: row.number,
        cancelled_at: row.cancelled_at.map(Time),
        notes: row.notes,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    };
    Ok(found.into_iter().map(view).collect())
}

fn freezes_of(all: &[subscription_freezes::Model], id: i64) -> Vec<Freeze> {
    let own = all.iter().filter(|freeze| freeze.subscription_id == id);
    own.map(|freeze| Freeze {
        from: freeze.from_day.into(),
        to: freeze.to_day.into(),
        reason: freeze.reason.clone(),
    })
    .collect()
}

/// A row as the API shows it.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, headers: &HeaderMap, row: Model) -> AppResult<Subscription> {
    let purse = Purse::of(state, of(headers));
    let mut views = views(state, &purse, vec![row]).await?;
    views.pop().ok_or_else(|| AppError::not_found("subscription"))
}

/// Which subscriptions, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubscriptionQuery {
    #[param(minimum = 1)]
    pub client_id: Option<i64>,
    #[param(minimum = 1)]
    pub service_id: Option<i64>,
    /// The beginning of the number.
    #[param(max_length = 255)]
    pub number: Option<String>,
    pub status: Option<SubscriptionStatus>,
    /// Runs on this day: contains it, is not cancelled and not frozen.
    pub active_on: Option<Date>,
    /// Is frozen on this day.
    pub frozen_on: Option<Date>,
    /// Ends on this day or later.
    pub ends_from: Option<Date>,
    /// Ends on this day or earlier.
    pub ends_to: Option<Date>,
    /// Only those where something is still to be paid.
    pub owed: Option<bool>,
    /// Only those that are not cancelled and have no visit left.
    pub used_up: Option<bool>,
    /// `id` or `ends_on`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|ends_on)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for SubscriptionQuery {
    fn check(&self, checks: &mut Checks) {
        checks.range("client_id", self.client_id, 1, i64::MAX);
        checks.range("service_id", self.service_id, 1, i64::MAX);
        checks.optional_text("number", self.number.as_deref(), 255);
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl SubscriptionQuery {
    fn filter(&self) -> Filter {
        Filter {
            client_id: self.client_id,
            service_id: self.service_id,
            number: tidy(self.number.clone()),
            status: self.status.map(|word| word.0),
            active_on: self.active_on.map(|day| day.0),
            frozen_on: self.frozen_on.map(|day| day.0),
            ends_from: self.ends_from.map(|day| day.0),
            ends_to: self.ends_to.map(|day| day.0),
            owed: self.owed == Some(true),
            used_up: self.used_up == Some(true),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// The subscriptions.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/subscriptions", tag = "subscriptions", params(SubscriptionQuery), responses((status = 200, body = Page<Subscription>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<SubscriptionQuery>,
) -> AppResult<axum::Json<Page<Subscription>>> {
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

/// Sells a subscription.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/subscriptions", tag = "subscriptions", request_body = SubscriptionInput,
    responses((status = 201, body = Subscription)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<SubscriptionInput>,
) -> AppResult<(StatusCode, axum::Json<Subscription>)> {
    let row = service::create(state.app(), input.normalised(), &caller.name()).await?;
    Ok((StatusCode::CREATED, axum::Json(one(&state, &headers, row).await?)))
}

/// A subscription.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/subscriptions/{id}", tag = "subscriptions", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Subscription)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Subscription>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Changes a subscription.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when it is cancelled.
#[utoipa::path(patch, path = "/api/subscriptions/{id}", tag = "subscriptions", params(("id" = i64, Path, minimum = 1)),
    request_body = SubscriptionChange, responses((status = 200, body = Subscription)))]
pub async fn update(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<SubscriptionChange>,
) -> AppResult<axum::Json<Subscription>> {
    let change = Change {
        number: input.number.map(tidy),
        ends_on: input.ends_on.map(|date| date.0),
        visits_left: input.visits_left,
        price_minor: input.price_minor,
        notes: input.notes.map(tidy_lines),
    };
    let row = service::update(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Freezes a subscription for some days.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when it is cancelled or frozen then.
#[utoipa::path(post, path = "/api/subscriptions/{id}/freeze", tag = "subscriptions", params(("id" = i64, Path, minimum = 1)),
    request_body = FreezeInput, responses((status = 200, body = Subscription)))]
pub async fn freeze(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<FreezeInput>,
) -> AppResult<axum::Json<Subscription>> {
    let days = (input.from.0, input.to.0);
    let row = service::freeze(state.app(), id, days, tidy(input.reason), &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Ends the freeze that holds today, or the next one.
///
/// # Errors
/// `NotFound`; `Conflict` when nothing is frozen.
#[utoipa::path(post, path = "/api/subscriptions/{id}/unfreeze", tag = "subscriptions", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Subscription)))]
pub async fn unfreeze(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Subscription>> {
    let row = service::unfreeze(state.app(), id, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Cancels a subscription: nothing is owed for it any more. What was paid is given back by a refund.
///
/// # Errors
/// `NotFound`; `Conflict` when it is cancelled already.
#[utoipa::path(post, path = "/api/subscriptions/{id}/cancel", tag = "subscriptions", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Subscription)))]
pub async fn cancel(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    NoInput: NoInput,
) -> AppResult<axum::Json<Subscription>> {
    let row = service::cancel(state.app(), id, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "subscriptions";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "client_id",
        "client",
        "service",
        "number",
        "starts_on",
        "ends_on",
        "visits",
        "visits_left",
        "price",
        "paid",
        "owed",
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

fn cells(row: Subscription) -> Vec<Cell> {
    let money = |money: Money| amount(money.minor, &money.currency);
    vec![
        row.id.into(),
        row.client.as_ref().map(|client| client.id).into(),
        row.client.map(|client| client.name).into(),
        row.service.map(|service| service.name).into(),
        row.number.into(),
        spelt(row.starts_on),
        spelt(row.ends_on),
        row.visits_total.into(),
        row.visits_left.into(),
        money(row.price),
        money(row.paid),
        money(row.owed),
        spelt(row.status.0),
        row.notes.into(),
    ]
}

/// The subscriptions that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/subscriptions/export", tag = "subscriptions", params(SubscriptionQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(
    State(state): State<ApiState>,
    Query(query): Query<SubscriptionQuery>,
) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
