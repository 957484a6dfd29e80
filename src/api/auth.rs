//! Logging in and out.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Json, NoInput, Query};
use super::guard::SESSION_COOKIE;
use super::paging::NoQuery;
use crate::access::{Caller, FIRST_ADMINISTRATOR, MAX_PASSWORD_CHARS, SESSION_MS, User};
use crate::error::{AppError, AppResult};
use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use utoipa::ToSchema;

/// A login.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginInput {
    /// The user's name; `admin` when it is left out.
    #[schema(min_length = 1, max_length = 64)]
    name: Option<String>,
    #[schema(min_length = 1, max_length = 128)]
    password: String,
}

impl Input for LoginInput {
    fn check(&self, checks: &mut Checks) {
        if let Some(name) = &self.name {
            checks.text("name", name, 1, 64);
        }
        checks.text("password", &self.password, 1, MAX_PASSWORD_CHARS);
    }
}

/// A session that has begun. The session itself is in the cookie.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginAnswer {
    pub user: UserAnswer,
    /// Send it back as `X-CSRF-Token` with every request that changes something.
    pub csrf_token: String,
}

/// A user.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserAnswer {
    pub id: i64,
    pub name: String,
    pub role: String,
}

impl From<User> for UserAnswer {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            role: user.role,
        }
    }
}

/// Logs in with a name and a password.
///
/// # Errors
/// `Unauthorized`, `TooManyRequests`.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", request_body = LoginInput,
    responses((status = 200, body = LoginAnswer)))]
pub async fn login(
    State(state): State<ApiState>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    jar: CookieJar,
    Json(input): Json<LoginInput>,
) -> AppResult<Response> {
    let now_ms = state.clock().now().0;
    let name = input.name.as_deref().unwrap_or(FIRST_ADMINISTRATOR);
    let tried = state.throttle().enter(from.ip(), name, now_ms);
    tried.map_err(|retry_after_s| AppError::TooManyRequests { retry_after_s })?;
    let Some(login) = state.access().log_in(name, input.password).await? else {
        tracing::info!("a login was refused");
        return Err(AppError::Unauthorized);
    };
    state.throttle().forget(from.ip(), name);
    let tls = headers
        .get("x-forwarded-proto")
        .is_some_and(|proto| proto.as_bytes() == b"https");
    let cookie = session_cookie(login.token.expose(), tls)?;
    let answer = LoginAnswer {
        user: login.user.into(),
        csrf_token: login.csrf,
    };
    Ok((jar.add(cookie), axum::Json(answer)).into_response())
}

fn session_cookie(token: &str, tls: bool) -> AppResult<Cookie<'static>> {
    let secure = if tls { "; Secure" } else { "" };
    let max_age_s = SESSION_MS / 1000;
    let text =
        format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    Cookie::parse(text).map_err(AppError::internal)
}

/// Ends the session.
///
/// # Errors
/// `Internal`.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", responses((status = 204)))]
pub async fn logout(State(state): State<ApiState>, jar: CookieJar, NoInput: NoInput) -> AppResult<Response> {
    if let Some(cookie) = jar.get(SESSION_COOKIE) {
        state.access().log_out(cookie.value()).await?;
    }
    let gone = Cookie::build((SESSION_COOKIE, "")).path("/").build();
    Ok((jar.remove(gone), StatusCode::NO_CONTENT).into_response())
}

/// Who calls.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// `open` (nothing is configured), `user` or `token`.
    pub kind: &'static str,
    pub user: Option<UserAnswer>,
    /// The name and the scope of a token.
    pub token: Option<String>,
    pub scope: Option<crate::access::Scope>,
    /// The session's CSRF token.
    pub csrf_token: Option<String>,
}

/// Says who calls.
///
/// # Errors
/// `Unauthorized`.
#[utoipa::path(get, path = "/api/auth/me", tag = "auth", responses((status = 200, body = Me)))]
pub async fn me(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    jar: CookieJar,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Me>> {
    let nobody = Me {
        kind: "open",
        user: None,
        token: None,
        scope: None,
        csrf_token: None,
    };
    let me = match caller {
        Caller::Open => nobody,
        Caller::Nobody => return Err(AppError::Unauthorized),
        Caller::Token { name, scope, .. } => Me {
            kind: "token",
            token: Some(name),
            scope: Some(scope),
            ..nobody
        },
        Caller::User(user) => {
            let cookie = jar.get(SESSION_COOKIE).ok_or(AppError::Unauthorized)?;
            let session = state.access().session(cookie.value()).await?;
            Me {
                kind: "user",
                user: Some(user.into()),
                csrf_token: session.map(|session| session.csrf),
                ..nobody
            }
        }
    };
    Ok(axum::Json(me))
}
