//! The process about itself: alive, ready, figures; and what bounds every request.

use super::ApiState;
use crate::error::{AppError, AppResult, Message};
use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::any::Any;
use std::time::Duration;
use utoipa::ToSchema;

/// Longest time to an answer's head, except of the routes that take as long as they take.
const MAX_REQUEST_TIME: Duration = Duration::from_secs(30);
/// A stream that stays open, an upload that lasts as long as its file, and the undoing of one.
const UNBOUNDED: &[&str] = &[
    "/api/events",
    "/api/contacts/upload",
    "/api/imports/{id}/undo",
    // Bounded by the number of samples and by how long an AI provider may take for each.
    "/api/campaigns/{id}/preview",
    "/api/campaigns/preview",
];

/// The process lives.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
    pub version: &'static str,
}

/// Whether the process lives.
#[utoipa::path(get, path = "/health", tag = "system", responses((status = 200, body = Health)))]
pub async fn health() -> Json<Health> {
    std::future::ready(Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    }))
    .await
}

/// What must be there to work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ready {
    /// `ready`.
    pub status: &'static str,
    /// `ok`: it answers.
    pub database: &'static str,
    /// `ok`: the schema is the present one.
    pub migrations: &'static str,
}

/// Whether the database answers and its schema is the present one.
///
/// # Errors
/// `Unavailable`.
#[utoipa::path(get, path = "/ready", tag = "system", responses((status = 200, body = Ready)))]
pub async fn ready(State(state): State<ApiState>) -> AppResult<Json<Ready>> {
    let unavailable = |code: &'static str, key: &'static str| AppError::Unavailable {
        code,
        message: Message::new(key),
        retry_after_s: Some(5),
    };
    match state.store().ready().await {
        Ok(true) => Ok(Json(Ready {
            status: "ready",
            database: "ok",
            migrations: "ok",
        })),
        Ok(false) => Err(unavailable("migrations_pending", "error.migrations_pending")),
        Err(cause) => {
            tracing::warn!(%cause, "database is not ready");
            Err(unavailable("database_unavailable", "error.database_unavailable"))
        }
    }
}

/// Figures for Prometheus.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/metrics", tag = "system", responses((status = 200, body = String, content_type = "application/openmetrics-text")))]
pub async fn metrics(State(state): State<ApiState>) -> AppResult<Response> {
    let text = state.metrics().text().map_err(AppError::internal)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    std::future::ready(Ok(([(header::CONTENT_TYPE, kind)], text).into_response())).await
}

/// Ends a request that takes too long.
///
/// # Errors
/// `Unavailable`.
pub async fn bounded_time(request: Request, next: Next) -> AppResult<Response> {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    if route.is_some_and(|route| UNBOUNDED.contains(&route)) {
        return Ok(next.run(request).await);
    }
    tokio::time::timeout(MAX_REQUEST_TIME, next.run(request))
        .await
        .map_err(|_| AppError::Unavailable {
            code: "timeout",
            message: Message::new("error.timeout"),
            retry_after_s: None,
        })
}

/// A handler that panicked is our fault, and no more than its request is lost.
#[must_use]
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(cause.downcast_ref::<&str>().copied());
    AppError::internal(anyhow::anyhow!("panic: {}", text.unwrap_or("?"))).into_response()
}
