//! Directions: the lines of the business.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::tidy;
use super::extract::{Json, NoInput, Query, path_word};
use super::language::of;
use super::paging::{NoQuery, Page};
use crate::access::Caller;
use crate::crm::catalogue as service;
use crate::error::{AppError, AppResult, Message};
use crate::text::{Lang, text};
use alfa_store::crm::directions as rows;
use axum::Extension;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const MAX_CODE_CHARS: usize = 64;

/// A line of the business.
#[derive(Debug, Serialize, ToSchema)]
pub struct Direction {
    /// What other rows name it by.
    pub code: String,
    pub name: String,
    /// Place in lists.
    pub position: i32,
}

/// A direction to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionInput {
    /// Null: the product's own name, for the directions that it brings.
    #[schema(max_length = 255)]
    name: Option<String>,
    /// Place in lists; 0 when it is left out.
    #[schema(minimum = 0, maximum = 1000)]
    position: Option<i32>,
}

impl Input for DirectionInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("name", self.name.as_deref(), 255);
        checks.range("position", self.position, 0, 1_000);
    }
}

/// The `{code}` of the path: lower-case Latin letters, digits, `_` and `-`.
#[derive(Debug)]
pub struct Code(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Code {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> AppResult<Self> {
        let code = path_word(parts, "code").await?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if code.is_empty() || code.len() > MAX_CODE_CHARS || !code.chars().all(plain) {
            return Err(AppError::invalid("code", Message::new("crm.code")));
        }
        Ok(Self(code))
    }
}

/// The name that a direction is shown by.
#[must_use]
pub fn name_of(lang: Lang, code: &str, name: Option<&str>) -> String {
    if let Some(name) = name {
        return name.to_owned();
    }
    let key = format!("crm.direction_{code}");
    let own = text(lang, &key, &[]);
    if own == key { code.to_owned() } else { own }
}

/// The directions, in their order.
///
/// # Errors
/// Of the database.
#[utoipa::path(get, path = "/api/directions", tag = "directions", responses((status = 200, body = Page<Direction>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Direction>>> {
    let lang = of(&headers);
    let found = rows::all(state.store().reader()).await?;
    let view = |row: alfa_store::entity::directions::Model| Direction {
        name: name_of(lang, &row.code, row.name.as_deref()),
        code: row.code,
        position: row.position,
    };
    Ok(axum::Json(Page::whole(found.into_iter().map(view).collect())))
}

/// Adds a direction or changes its name and place.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(put, path = "/api/directions/{code}", tag = "directions",
    params(("code" = String, Path, pattern = "^[a-z0-9_-]{1,64}$")),
    request_body = DirectionInput, responses((status = 200, body = Direction)))]
pub async fn put(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Code(code): Code,
    headers: HeaderMap,
    Json(input): Json<DirectionInput>,
) -> AppResult<axum::Json<Direction>> {
    let (name, position) = (tidy(input.name), input.position.unwrap_or(0));
    service::put_direction(state.app(), &code, name.as_deref(), position, &caller.name()).await?;
    Ok(axum::Json(Direction {
        name: name_of(of(&headers), &code, name.as_deref()),
        code,
        position,
    }))
}

/// Takes a direction away that nothing names.
///
/// # Errors
/// `NotFound`, `Conflict`.
#[utoipa::path(delete, path = "/api/directions/{code}", tag = "directions",
    params(("code" = String, Path, pattern = "^[a-z0-9_-]{1,64}$")), responses((status = 204)))]
pub async fn delete(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Code(code): Code,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    service::delete_direction(state.app(), &code, &caller.name()).await?;
    Ok(StatusCode::NO_CONTENT)
}
