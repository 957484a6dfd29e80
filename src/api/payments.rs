//! Payments and refunds.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{tidy, tidy_lines};
use super::crm_names::{Named, NamedClient, Names, Wanted};
use super::extract::{Id, Json, OptionalJson, Query};
use super::language::of;
use super::money::{Money, Purse};
use super::paging::{NoQuery, Page, check_paging, check_sort, order, page_of, page_wanted};
use super::payment_input::{PaymentChange, PaymentInput, RefundInput};
use super::table::{self, Cell, FileKind, Rows, amount, spelt};
use super::time::{Date, Time};
use super::word::{PaymentKind, PaymentMethod, PaymentStatus};
use crate::access::Caller;
use crate::crm::payments::{self as service, Change, Refund};
use crate::error::{AppError, AppResult};
use alfa_store::crm::payments::{self as rows, Filter, SORT_KEYS};
use alfa_store::entity::payments::Model;
use alfa_store::{Order, PageOf};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A payment, or a refund of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    pub id: i64,
    pub kind: PaymentKind,
    pub status: PaymentStatus,
    pub method: PaymentMethod,
    /// Above 0, of a refund too.
    pub amount: Money,
    /// What was given back of it.
    pub refunded: Money,
    /// Of a refund: the payment.
    pub refund_of: Option<i64>,
    /// Null: nobody in particular, or the person's data was erased.
    pub client: Option<NamedClient>,
    pub service: Option<Named>,
    pub staff: Option<Named>,
    pub subscription_id: Option<i64>,
    pub booking_id: Option<i64>,
    pub paid_at: Option<Time>,
    /// Business day of `paid_at`: the day whose revenue it is.
    pub day: Option<Date>,
    /// Of the receipt.
    pub number: Option<String>,
    pub notes: Option<String>,
    pub created_at: Time,
    pub updated_at: Time,
}

fn view(row: Model, names: &Names, purse: &Purse) -> Payment {
    Payment {
        id: row.id,
        kind: row.kind.into(),
        status: row.status.into(),
        method: row.method.into(),
        amount: purse.money(row.amount_minor),
        refunded: purse.money(row.refunded_minor),
        refund_of: row.refund_of,
        client: names.client(row.client_id),
        service: names.service(row.service_id),
        staff: names.staff(row.staff_id),
        subscription_id: row.subscription_id,
        booking_id: row.booking_id,
        paid_at: row.paid_at.map(Time),
        day: row.day.map(Date),
        number: row.number,
        notes: row.notes,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    }
}

async fn views(state: &ApiState, purse: &Purse, found: Vec<Model>) -> AppResult<Vec<Payment>> {
    let mut wanted = Wanted::default();
    for row in &found {
        wanted.clients.extend(row.client_id);
        wanted.services.extend(row.service_id);
        wanted.staff.extend(row.staff_id);
    }
    let names = Names::read(state, &wanted).await?;
    Ok(found.into_iter().map(|row| view(row, &names, purse)).collect())
}

/// A row as the API shows it.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, headers: &HeaderMap, row: Model) -> AppResult<Payment> {
    let purse = Purse::of(state, of(headers));
    let mut views = views(state, &purse, vec![row]).await?;
    views.pop().ok_or_else(|| AppError::not_found("payment"))
}

/// Which payments, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentQuery {
    /// Completed on this business day or later.
    pub from_day: Option<Date>,
    /// Completed on this business day or earlier.
    pub to_day: Option<Date>,
    #[param(minimum = 1)]
    pub client_id: Option<i64>,
    pub kind: Option<PaymentKind>,
    pub status: Option<PaymentStatus>,
    pub method: Option<PaymentMethod>,
    #[param(minimum = 1)]
    pub service_id: Option<i64>,
    #[param(minimum = 1)]
    pub staff_id: Option<i64>,
    #[param(minimum = 1)]
    pub booking_id: Option<i64>,
    #[param(minimum = 1)]
    pub subscription_id: Option<i64>,
    /// Refunds of this payment.
    #[param(minimum = 1)]
    pub refund_of: Option<i64>,
    /// The beginning of the receipt's number.
    #[param(max_length = 255)]
    pub number: Option<String>,
    /// `id`, `paid_at` (by day; what has none yet counts as later than any) or `amount`; with `-` before it the other way round.
    #[param(pattern = "^-?(id|paid_at|amount)$")]
    pub sort: Option<String>,
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of an export: `csv` or `xlsx`.
    #[param(inline)]
    pub format: Option<FileKind>,
}

impl Input for PaymentQuery {
    fn check(&self, checks: &mut Checks) {
        let ids = [
            ("client_id", self.client_id),
            ("service_id", self.service_id),
            ("staff_id", self.staff_id),
            ("booking_id", self.booking_id),
            ("subscription_id", self.subscription_id),
            ("refund_of", self.refund_of),
        ];
        for (field, id) in ids {
            checks.range(field, id, 1, i64::MAX);
        }
        checks.optional_text("number", self.number.as_deref(), 255);
        check_sort(checks, self.sort.as_deref(), SORT_KEYS);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

impl PaymentQuery {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            client_id: self.client_id,
            kind: self.kind.map(|word| word.0),
            status: self.status.map(|word| word.0),
            method: self.method.map(|word| word.0),
            service_id: self.service_id,
            staff_id: self.staff_id,
            booking_id: self.booking_id,
            subscription_id: self.subscription_id,
            refund_of: self.refund_of,
            from_day: self.from_day.map(|day| day.0),
            to_day: self.to_day.map(|day| day.0),
            number: tidy(self.number.clone()),
        }
    }

    fn order(&self) -> Order {
        order(self.sort.as_deref(), SORT_KEYS, Order::NEWEST)
    }
}

/// The payments and refunds.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/payments", tag = "payments", params(PaymentQuery), responses((status = 200, body = Page<Payment>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<PaymentQuery>,
) -> AppResult<axum::Json<Page<Payment>>> {
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

/// Records a payment.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/payments", tag = "payments", request_body = PaymentInput, responses((status = 201, body = Payment)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(input): Json<PaymentInput>,
) -> AppResult<(StatusCode, axum::Json<Payment>)> {
    let row = service::create(state.app(), input.normalised(), &caller.name()).await?;
    Ok((StatusCode::CREATED, axum::Json(one(&state, &headers, row).await?)))
}

/// A payment or a refund.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/payments/{id}", tag = "payments", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Payment)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Payment>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Changes a payment: a pending one is completed, failed or cancelled; a completed one can be cancelled (a slip of the
/// pen) while nothing of it was given back.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when the state cannot follow the present one.
#[utoipa::path(patch, path = "/api/payments/{id}", tag = "payments", params(("id" = i64, Path, minimum = 1)),
    request_body = PaymentChange, responses((status = 200, body = Payment)))]
pub async fn update(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<PaymentChange>,
) -> AppResult<axum::Json<Payment>> {
    let change = Change {
        status: input.status.map(|word| word.0),
        method: input.method.map(|word| word.0),
        number: input.number.map(tidy),
        notes: input.notes.map(tidy_lines),
    };
    let row = service::update(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(one(&state, &headers, row).await?))
}

/// Gives money back: a row of its own, on its own day.
///
/// # Errors
/// `NotFound`, `Invalid`; `Conflict` when so much is not left to be given back.
#[utoipa::path(post, path = "/api/payments/{id}/refund", tag = "payments", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<RefundInput>, responses((status = 201, body = Payment)))]
pub async fn refund(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    OptionalJson(input): OptionalJson<RefundInput>,
) -> AppResult<(StatusCode, axum::Json<Payment>)> {
    let refund = Refund {
        amount_minor: input.amount_minor,
        method: input.method.map(|word| word.0),
        paid_at: input.paid_at.map(|time| time.0),
        number: tidy(input.number),
        notes: tidy_lines(input.notes),
    };
    let row = service::refund(state.app(), id, refund, &caller.name()).await?;
    Ok((StatusCode::CREATED, axum::Json(one(&state, &headers, row).await?)))
}

struct Export(Filter, Order);

impl Rows for Export {
    const NAME: &'static str = "payments";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "status",
        "method",
        "amount",
        "client_id",
        "client",
        "service",
        "staff",
        "booking_id",
        "subscription_id",
        "refund_of",
        "day",
        "paid_at",
        "number",
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

fn cells(payment: Payment) -> Vec<Cell> {
    let name = |named: Option<Named>| Cell::from(named.map(|named| named.name));
    vec![
        payment.id.into(),
        spelt(payment.kind.0),
        spelt(payment.status.0),
        spelt(payment.method.0),
        amount(payment.amount.minor, &payment.amount.currency),
        payment.client.as_ref().map(|client| client.id).into(),
        payment.client.map(|client| client.name).into(),
        name(payment.service),
        name(payment.staff),
        payment.booking_id.into(),
        payment.subscription_id.into(),
        payment.refund_of.into(),
        payment.day.map(spelt).into(),
        payment.paid_at.map(spelt).into(),
        payment.number.into(),
        payment.notes.into(),
    ]
}

/// The payments that fit, as a file. `limit` and `cursor` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/payments/export", tag = "payments", params(PaymentQuery),
    responses((status = 200, content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(State(state): State<ApiState>, Query(query): Query<PaymentQuery>) -> AppResult<Response> {
    let export = Export(query.filter(), query.order());
    table::export(state, export, query.format.unwrap_or_default()).await
}
