//! API tokens: for programs. A token is shown once, when it is made.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, Json, NoInput, Query};
use super::paging::{NoQuery, Page};
use super::time::Time;
use crate::access::{Caller, Scope};
use crate::error::{AppError, AppResult};
use alfa_store::access;
use alfa_store::entity::api_tokens;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenInput {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it may do; `read` when it is left out.
    scope: Option<Scope>,
}

impl Input for TokenInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, 100);
    }
}

/// A token, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scope: Scope,
    pub created_at: Time,
    /// To the minute.
    pub last_used_at: Option<Time>,
    pub revoked_at: Option<Time>,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewToken {
    pub id: i64,
    pub name: String,
    pub scope: Scope,
    pub created_at: Time,
    /// The text for `Authorization: Bearer`. It is not kept and not shown again.
    pub token: String,
}

impl TryFrom<api_tokens::Model> for Token {
    type Error = AppError;

    fn try_from(row: api_tokens::Model) -> AppResult<Self> {
        let scope = Scope::of(&row.scopes);
        let scope =
            scope.ok_or_else(|| AppError::internal(anyhow::anyhow!("token {} has no scope", row.id)))?;
        Ok(Self {
            id: row.id,
            name: row.name,
            scope,
            created_at: row.created_at.into(),
            last_used_at: row.last_used_at.map(Time),
            revoked_at: row.revoked_at.map(Time),
        })
    }
}

/// The tokens, newest first, the revoked ones too.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/tokens", tag = "auth", responses((status = 200, body = Page<Token>)))]
pub async fn list(
    State(state): State<ApiState>,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Token>>> {
    let rows = access::tokens(state.store().reader()).await?;
    Ok(axum::Json(Page::whole(rows).try_map(Token::try_from)?))
}

/// Makes a token.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/tokens", tag = "auth", request_body = TokenInput, responses((status = 201, body = NewToken)))]
pub async fn create(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Json(input): Json<TokenInput>,
) -> AppResult<(StatusCode, axum::Json<NewToken>)> {
    let scope = input.scope.unwrap_or(Scope::Read);
    let name = input.name.trim().to_owned();
    let made = state.access().create_token(&caller.name(), &name, scope).await?;
    let token = made.token.expose().to_owned();
    Ok((
        StatusCode::CREATED,
        axum::Json(NewToken {
            id: made.id,
            name,
            scope,
            created_at: made.created_at.into(),
            token,
        }),
    ))
}

/// Revokes a token, for good.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "auth", params(("id" = i64, Path, minimum = 1)), responses((status = 204)))]
pub async fn revoke(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<StatusCode> {
    state.access().revoke_token(&caller.name(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
