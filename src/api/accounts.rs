//! Our Telegram accounts: their state, signing in by code, password or QR, signing out.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::paging::{NoQuery, Page};
use super::problem::say;
use super::time::Time;
use super::word::{AccountState, Environment};
use crate::accounts::{self, service};
use crate::config::mask_phone;
use crate::contacts::phone::{self, Country};
use crate::error::{AppError, AppResult};
use crate::text::Lang;
use alfa_store::accounts as rows;
use alfa_store::entity::accounts::Model;
use alfa_store::types;
use alfa_telegram::QrPoll;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of our Telegram accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    pub id: i64,
    pub label: String,
    /// A sandbox account is never used with the real Telegram, nor the other way round.
    pub environment: Environment,
    /// Most digits hidden.
    pub phone: Option<String>,
    pub telegram_user_id: Option<i64>,
    pub username: Option<String>,
    pub state: AccountState,
    /// Why it is in this state.
    pub state_reason: Option<String>,
    /// The same in words, in the language of `Accept-Language`: what happened, why, and what to do.
    pub state_text: Option<String>,
    /// Until when, if that is known.
    pub state_until: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

impl Account {
    fn of(lang: Lang, row: Model) -> Self {
        let state_text = accounts::state::explanation(&row).map(|message| say(lang, &message));
        // Between the two steps of a login the column carries what the second step needs.
        let telling = row.state != types::AccountState::CodeNeeded;
        Self {
            id: row.id,
            label: row.label,
            environment: row.environment.into(),
            phone: row.phone.as_deref().map(mask_phone),
            telegram_user_id: row.telegram_user_id,
            username: row.username,
            state: row.state.into(),
            state_reason: row.state_reason.filter(|_| telling),
            state_text,
            state_until: row.state_until.map(Time),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}

/// An account to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountInput {
    /// What we call it.
    #[schema(min_length = 1, max_length = 100)]
    label: String,
    #[schema(min_length = 5, max_length = 64)]
    phone: String,
}

impl Input for AccountInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("label", &self.label, 1, 100);
        checks.text("phone", &self.phone, 5, 64);
    }
}

/// The code that Telegram sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeInput {
    #[schema(min_length = 1, max_length = 16)]
    code: String,
}

impl Input for CodeInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("code", &self.code, 1, 16);
    }
}

/// The account's second password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordInput {
    #[schema(min_length = 1, max_length = 256)]
    password: String,
}

impl Input for PasswordInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("password", &self.password, 1, 256);
    }
}

/// How far a login by QR code is.
#[derive(Debug, Serialize, ToSchema)]
pub struct QrAnswer {
    /// `waiting`, `done` or `password_needed`.
    pub status: &'static str,
    /// What to show as a QR code while waiting.
    pub url: Option<String>,
    /// The owner's reminder of the password.
    pub hint: Option<String>,
}

/// The accounts.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/accounts", tag = "accounts", responses((status = 200, body = Page<Account>)))]
pub async fn list(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<Account>>> {
    let rows = rows::list(state.store().reader(), accounts::environment(state.app())).await?;
    Ok(axum::Json(
        Page::whole(rows).map(|row| Account::of(of(&headers), row)),
    ))
}

/// An account.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/accounts/{id}", tag = "accounts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Account)))]
pub async fn get(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Account>> {
    one(&state, &headers, id).await
}

/// Adds an account that is not signed in yet.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, path = "/api/accounts", tag = "accounts", request_body = AccountInput, responses((status = 201, body = Account)))]
pub async fn create(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<AccountInput>,
) -> AppResult<(StatusCode, axum::Json<Account>)> {
    let number = phone::normalise(&input.phone, Country::default())
        .map_err(|error| AppError::invalid("phone", error.message(&input.phone)))?;
    let row = service::create(state.app(), input.label.trim(), &number.to_string()).await?;
    Ok((StatusCode::CREATED, axum::Json(Account::of(of(&headers), row))))
}

/// Asks Telegram to send a login code.
///
/// # Errors
/// What Telegram says.
#[utoipa::path(post, path = "/api/accounts/{id}/request-code", tag = "accounts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Account)))]
pub async fn request_code(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Account>> {
    service::request_code(state.app(), id).await?;
    one(&state, &headers, id).await
}

/// Signs in with the code; the account may then still ask for its password.
///
/// # Errors
/// `Invalid` when the code is wrong; `Conflict` when none was asked for.
#[utoipa::path(post, path = "/api/accounts/{id}/sign-in", tag = "accounts", params(("id" = i64, Path, minimum = 1)),
    request_body = CodeInput, responses((status = 200, body = Account)))]
pub async fn sign_in(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Json(input): Json<CodeInput>,
) -> AppResult<axum::Json<Account>> {
    service::sign_in(state.app(), id, input.code.trim()).await?;
    one(&state, &headers, id).await
}

/// Signs in with the account's second password.
///
/// # Errors
/// `Invalid` when it is wrong; `Conflict` when none is asked for.
#[utoipa::path(post, path = "/api/accounts/{id}/password", tag = "accounts", params(("id" = i64, Path, minimum = 1)),
    request_body = PasswordInput, responses((status = 200, body = Account)))]
pub async fn password(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Json(input): Json<PasswordInput>,
) -> AppResult<axum::Json<Account>> {
    service::check_password(state.app(), id, &input.password).await?;
    one(&state, &headers, id).await
}

/// Begins a login by QR code, or says how far it is. Ask again every few seconds.
///
/// # Errors
/// What Telegram says.
#[utoipa::path(post, path = "/api/accounts/{id}/qr", tag = "accounts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = QrAnswer)))]
pub async fn qr(
    State(state): State<ApiState>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<QrAnswer>> {
    rows::get(state.store().reader(), id).await?;
    let answer = match service::poll_qr(state.app(), id).await? {
        QrPoll::Waiting(login) => QrAnswer {
            status: "waiting",
            url: Some(login.url),
            hint: None,
        },
        QrPoll::Done(_) => QrAnswer {
            status: "done",
            url: None,
            hint: None,
        },
        QrPoll::PasswordNeeded { hint } => QrAnswer {
            status: "password_needed",
            url: None,
            hint,
        },
    };
    Ok(axum::Json(answer))
}

/// Signs out. The queue is kept, and a new login goes on with it.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/accounts/{id}/logout", tag = "accounts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Account)))]
pub async fn logout(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Account>> {
    service::log_out(state.app(), id).await?;
    one(&state, &headers, id).await
}

/// Lets a restricted account begin dialogs again: the operator says that Telegram's limit is over.
///
/// # Errors
/// `NotFound`; `Conflict` when it is not restricted.
#[utoipa::path(post, path = "/api/accounts/{id}/resume", tag = "accounts", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Account)))]
pub async fn resume(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Account>> {
    service::resume(state.app(), id).await?;
    one(&state, &headers, id).await
}

async fn one(state: &ApiState, headers: &HeaderMap, id: i64) -> AppResult<axum::Json<Account>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(Account::of(of(headers), row)))
}
