//! The money of all payments that a filter finds, beside the list of them page by page.

use super::ApiState;
use super::extract::Query;
use super::language::of;
use super::money::{Money, Purse};
use super::payments::PaymentQuery;
use crate::error::AppResult;
use alfa_store::crm::payments as rows;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// What the payments of a filter come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentSums {
    /// Completed payments.
    pub paid: Money,
    /// Completed refunds; above 0.
    pub refunded: Money,
    /// Completed payments less refunds.
    pub net: Money,
    /// Payments that are not completed yet. They have no day, so a filter by days finds none of them.
    pub pending: Money,
}

/// The money of the payments that fit. `sort`, `limit`, `cursor` and `format` are not used.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/payments/sums", tag = "payments", params(PaymentQuery), responses((status = 200, body = PaymentSums)))]
pub async fn sums(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<PaymentQuery>,
) -> AppResult<axum::Json<PaymentSums>> {
    let sums = rows::sums(state.store().reader(), &query.filter()).await?;
    let purse = Purse::of(&state, of(&headers));
    Ok(axum::Json(PaymentSums {
        paid: purse.money(sums.paid_minor),
        refunded: purse.money(sums.refunded_minor),
        net: purse.money(sums.paid_minor - sums.refunded_minor),
        pending: purse.money(sums.pending_minor),
    }))
}
