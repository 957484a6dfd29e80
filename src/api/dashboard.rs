//! The figures of the business at a glance.

use super::ApiState;
use super::extract::Query;
use super::language::of;
use super::money::{Money, Purse};
use super::paging::NoQuery;
use super::time::{Date, Time};
use crate::error::AppResult;
use alfa_store::crm::snapshot;
use alfa_store::crm::totals::{self, Revenue};
use alfa_store::crm::{bookings, debts};
use alfa_store::types::{BookingStatus, Measure};
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Days of the series.
const SERIES_DAYS: i32 = 30;

/// Money of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevenueView {
    /// Payments less refunds.
    pub net: Money,
    pub paid: Money,
    pub refunded: Money,
    /// Completed payments.
    pub payments: i64,
    /// Completed payments, on the average; null when there are none.
    pub average: Option<Money>,
}

impl RevenueView {
    /// Sums as the API shows them.
    #[must_use]
    pub fn of(sums: Revenue, purse: &Purse) -> Self {
        let average = sums.paid.amount_minor.checked_div(sums.paid.counted);
        Self {
            net: purse.money(sums.net_minor()),
            paid: purse.money(sums.paid.amount_minor),
            refunded: purse.money(sums.refunded.amount_minor),
            payments: sums.paid.counted,
            average: average.map(|minor| purse.money(minor)),
        }
    }
}

/// Money of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayRevenue {
    pub day: Date,
    pub net: Money,
}

/// The summary. Weeks begin on Monday, months on the 1st; days are of the business's time zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Summary {
    pub today: Date,
    /// IANA name.
    pub timezone: String,
    pub as_of: Time,
    /// Of every status.
    pub total_clients: i64,
    pub active_clients: i64,
    pub clients_by_status: BTreeMap<String, i64>,
    pub new_clients_today: i64,
    pub new_clients_week: i64,
    pub new_clients_month: i64,
    /// Not cancelled.
    pub today_bookings: i64,
    /// Today's bookings of every status.
    pub today_bookings_by_status: BTreeMap<String, i64>,
    /// Free seats in today's sessions that have not begun.
    pub available_slots_today: i64,
    pub revenue_today: RevenueView,
    pub revenue_week: RevenueView,
    pub revenue_month: RevenueView,
    /// The last 30 days, today included, each of them.
    pub revenue_by_day: Vec<DayRevenue>,
    /// Clients who owe something.
    pub debtors: usize,
    pub debt: Money,
}

/// The summary.
///
/// # Errors
/// Of the database.
#[utoipa::path(get, path = "/api/dashboard/summary", tag = "dashboard", responses((status = 200, body = Summary)))]
pub async fn summary(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Summary>> {
    let purse = Purse::of(&state, of(&headers));
    let calendar = crate::crm::calendar(state.app());
    let now = state.clock().now();
    let days = calendar.days(now);
    let db = state.store().reader();
    let seen = snapshot::read(db, days, now).await?;
    let debts = debts::all(
        db,
        debts::At {
            now,
            today: days.today,
        },
    )
    .await?;
    let by_status = bookings::by_status(db, days.today, days.today).await?;
    let word = |(status, number): (BookingStatus, i64)| (status.to_string(), number);
    Ok(axum::Json(Summary {
        today: days.today.into(),
        timezone: calendar.zone_name().to_owned(),
        as_of: now.into(),
        total_clients: seen.total_clients,
        active_clients: seen.active_clients,
        clients_by_status: totals::clients_by_status(db).await?.into_iter().collect(),
        new_clients_today: seen.new_clients_today,
        new_clients_week: seen.new_clients_week,
        new_clients_month: seen.new_clients_month,
        today_bookings: seen.today_bookings,
        today_bookings_by_status: by_status.into_iter().map(word).collect(),
        available_slots_today: seen.available_slots_today,
        revenue_today: RevenueView::of(seen.revenue_today, &purse),
        revenue_week: RevenueView::of(seen.revenue_week, &purse),
        revenue_month: RevenueView::of(seen.revenue_month, &purse),
        revenue_by_day: by_day(&state, &purse, days.today).await?,
        debtors: debts.len(),
        debt: purse.money(debts.iter().map(|(_, minor)| minor).sum()),
    }))
}

async fn by_day(
    state: &ApiState,
    purse: &Purse,
    today: alfa_store::types::Day,
) -> AppResult<Vec<DayRevenue>> {
    let db = state.store().reader();
    let first = today.plus(1 - SERIES_DAYS);
    let mut net: BTreeMap<i32, i64> = (0..SERIES_DAYS).map(|day| (first.0 + day, 0)).collect();
    for (measure, sign) in [(Measure::Paid, 1), (Measure::Refunded, -1)] {
        for (day, total) in totals::by_day(db, measure, first, today).await? {
            *net.entry(day.0).or_default() += sign * total.amount_minor;
        }
    }
    let day = |(day, minor)| DayRevenue {
        day: alfa_store::types::Day(day).into(),
        net: purse.money(minor),
    };
    Ok(net.into_iter().map(day).collect())
}
