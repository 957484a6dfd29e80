//! Changes of single fields of services, staff and places: what is left out stays, `null` empties.
//!
//! The row is read, changed and written in one transaction under a lock, so that two who change different fields at once
//! both keep what they wrote.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, Json, Strict, given};
use super::language::of;
use super::money::Purse;
use super::places::{Place, PlaceInput};
use super::services::{Service, ServiceInput};
use super::staff::{self, Staff, StaffInput, WorkingHours, check_directions, check_hours};
use super::word::PlaceKind;
use crate::access::Caller;
use crate::crm::catalogue as service;
use crate::crm::payments::MOST_MINOR;
use crate::crm::sessions::MOST_SEATS;
use crate::crm::subscriptions::LONGEST_DAYS;
use crate::error::AppResult;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;

/// A change of a service.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceChange {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    category: Option<Option<String>>,
    /// Code of a direction.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    direction: Option<Option<String>>,
    #[schema(minimum = 1, maximum = 1440)]
    duration_minutes: Option<i32>,
    /// In minor units.
    #[schema(minimum = 0, maximum = 1000000000000i64)]
    price_minor: Option<i64>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1000)]
    capacity: Option<Option<i32>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10000)]
    visits: Option<Option<i32>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1830)]
    period_days: Option<Option<i32>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    description: Option<Option<String>>,
    active: Option<bool>,
}

impl Input for ServiceChange {
    fn check(&self, checks: &mut Checks) {
        name(checks, self.name.as_deref());
        text(checks, "category", &self.category, 255);
        text(checks, "direction", &self.direction, 64);
        text(checks, "description", &self.description, 10_000);
        checks.range("duration_minutes", self.duration_minutes, 1, 24 * 60);
        checks.range("price_minor", self.price_minor, 0, MOST_MINOR);
        checks.range("capacity", self.capacity.flatten(), 1, MOST_SEATS);
        checks.range("visits", self.visits.flatten(), 1, 10_000);
        checks.range("period_days", self.period_days.flatten(), 1, LONGEST_DAYS);
    }
}

/// A change of a member of the staff. `directions` and `hours` are given whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StaffChange {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    position: Option<Option<String>>,
    /// In any usual form.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    phone: Option<Option<String>>,
    /// Codes of directions.
    #[schema(max_items = 20)]
    directions: Option<Vec<String>>,
    #[schema(max_items = 50, value_type = Option<Vec<WorkingHours>>)]
    hours: Option<Vec<Strict<WorkingHours>>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    notes: Option<Option<String>>,
    active: Option<bool>,
}

impl Input for StaffChange {
    fn check(&self, checks: &mut Checks) {
        name(checks, self.name.as_deref());
        text(checks, "position", &self.position, 255);
        text(checks, "notes", &self.notes, 10_000);
        check_directions(checks, self.directions.as_deref().unwrap_or_default());
        check_hours(checks, self.hours.as_deref().unwrap_or_default());
    }
}

/// A change of a place.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceChange {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    kind: Option<PlaceKind>,
    /// Code of a direction.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    direction: Option<Option<String>>,
    /// People.
    #[schema(minimum = 1, maximum = 1000)]
    capacity: Option<i32>,
    /// In minor units; null: not let by the hour.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1000000000000i64)]
    price_hour_minor: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1000000000000i64)]
    price_day_minor: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1000000000000i64)]
    price_month_minor: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    description: Option<Option<String>>,
    active: Option<bool>,
}

impl Input for PlaceChange {
    fn check(&self, checks: &mut Checks) {
        name(checks, self.name.as_deref());
        text(checks, "direction", &self.direction, 64);
        text(checks, "description", &self.description, 10_000);
        checks.range("capacity", self.capacity, 1, MOST_SEATS);
        let prices = [
            ("price_hour_minor", self.price_hour_minor),
            ("price_day_minor", self.price_day_minor),
            ("price_month_minor", self.price_month_minor),
        ];
        for (field, price) in prices {
            checks.range(field, price.flatten(), 0, MOST_MINOR);
        }
    }
}

fn name(checks: &mut Checks, given: Option<&str>) {
    if let Some(given) = given {
        checks.text("name", given, 1, 200);
    }
}

fn text(checks: &mut Checks, field: &str, given: &Option<Option<String>>, most: usize) {
    let words = given.as_ref().and_then(Option::as_deref);
    checks.optional_text(field, words, most);
}

/// Changes what the body names; the rest stays.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when another has this name.
#[utoipa::path(patch, operation_id = "update", path = "/api/services/{id}", tag = "services", params(("id" = i64, Path, minimum = 1)),
    request_body = ServiceChange, responses((status = 200, body = Service)))]
pub async fn service(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<ServiceChange>,
) -> AppResult<axum::Json<Service>> {
    let change = |known: alfa_store::entity::services::Model| {
        let whole = ServiceInput {
            name: input.name.unwrap_or_else(|| known.name.clone()),
            category: input.category.unwrap_or_else(|| known.category.clone()),
            direction: input.direction.unwrap_or_else(|| known.direction.clone()),
            duration_minutes: input.duration_minutes.unwrap_or(known.duration_minutes),
            price_minor: input.price_minor.unwrap_or(known.price_minor),
            capacity: input.capacity.unwrap_or(known.capacity),
            visits: input.visits.unwrap_or(known.visits),
            period_days: input.period_days.unwrap_or(known.period_days),
            description: input.description.unwrap_or_else(|| known.description.clone()),
            active: Some(input.active.unwrap_or(known.active)),
        };
        whole.row(Some(known))
    };
    let row = service::change_service(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(Service::of(row, &Purse::of(&state, of(&headers)))))
}

/// Changes what the body names; the rest stays.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(patch, operation_id = "update", path = "/api/staff/{id}", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    request_body = StaffChange, responses((status = 200, body = Staff)))]
pub async fn staff(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<StaffChange>,
) -> AppResult<axum::Json<Staff>> {
    let change = |known: alfa_store::entity::staff::Model, own: alfa_store::crm::staff::Details| {
        let hours = || own.hours.iter().copied().map(WorkingHours::from).map(Strict);
        let whole = StaffInput {
            name: input.name.unwrap_or_else(|| known.name.clone()),
            position: input.position.unwrap_or_else(|| known.position.clone()),
            phone: input.phone.unwrap_or_else(|| known.phone.clone()),
            hours: Some(input.hours.unwrap_or_else(|| hours().collect())),
            directions: Some(input.directions.unwrap_or(own.directions)),
            notes: input.notes.unwrap_or_else(|| known.notes.clone()),
            active: Some(input.active.unwrap_or(known.active)),
        };
        whole.row(Some(known))
    };
    let row = service::change_staff(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(staff::view(&state, row).await?))
}

/// Changes what the body names; the rest stays.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when another has this name.
#[utoipa::path(patch, operation_id = "update", path = "/api/places/{id}", tag = "places", params(("id" = i64, Path, minimum = 1)),
    request_body = PlaceChange, responses((status = 200, body = Place)))]
pub async fn place(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    headers: HeaderMap,
    Json(input): Json<PlaceChange>,
) -> AppResult<axum::Json<Place>> {
    let change = |known: alfa_store::entity::places::Model| {
        let whole = PlaceInput {
            name: input.name.unwrap_or_else(|| known.name.clone()),
            kind: input.kind.unwrap_or_else(|| known.kind.into()),
            direction: input.direction.unwrap_or_else(|| known.direction.clone()),
            capacity: Some(input.capacity.unwrap_or(known.capacity)),
            price_hour_minor: input.price_hour_minor.unwrap_or(known.price_hour_minor),
            price_day_minor: input.price_day_minor.unwrap_or(known.price_day_minor),
            price_month_minor: input.price_month_minor.unwrap_or(known.price_month_minor),
            description: input.description.unwrap_or_else(|| known.description.clone()),
            active: Some(input.active.unwrap_or(known.active)),
        };
        whole.row(Some(known))
    };
    let row = service::change_place(state.app(), id, change, &caller.name()).await?;
    Ok(axum::Json(Place::of(row, &Purse::of(&state, of(&headers)))))
}
