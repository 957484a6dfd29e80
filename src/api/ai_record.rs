//! The records of what the AI providers did: every attempt, and every text that did not leave.

use alfa_store::ai as rows;
use alfa_store::entity::{ai_attempts, ai_violations};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiState;
use super::extract::Query;
use super::paging::{ListQuery, Page, page_of, page_wanted};
use super::time::Time;
use crate::ai;
use crate::error::AppResult;

/// One request to one provider. No prompt and no answer are kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct AiAttempt {
    pub id: i64,
    pub purpose: String,
    pub provider: String,
    pub model: String,
    /// `ok`, or why there was no answer.
    pub outcome: String,
    pub http_status: Option<i32>,
    pub first_token_ms: Option<i64>,
    pub total_ms: i64,
    pub prompt_tokens: Option<i64>,
    pub completion_tokens: Option<i64>,
    /// Millionths of the vendor's currency.
    pub cost_micros: Option<i64>,
    pub detail: Option<String>,
    pub created_at: Time,
}

impl From<ai_attempts::Model> for AiAttempt {
    fn from(row: ai_attempts::Model) -> Self {
        Self {
            id: row.id,
            purpose: row.purpose,
            provider: row.provider,
            model: row.model,
            outcome: row.outcome,
            http_status: row.http_status,
            first_token_ms: row.first_token_ms,
            total_ms: row.total_ms,
            prompt_tokens: row.prompt_tokens,
            completion_tokens: row.completion_tokens,
            cost_micros: row.cost_micros,
            detail: row.detail,
            created_at: row.created_at.into(),
        }
    }
}

/// Something that a provider wrote and that did not leave.
#[derive(Debug, Serialize, ToSchema)]
pub struct AiViolation {
    pub id: i64,
    pub purpose: String,
    pub provider: String,
    /// What is wrong, as the grounding check names it.
    pub kind: String,
    /// The part of the text.
    pub found: String,
    pub contact_id: Option<i64>,
    pub created_at: Time,
}

impl From<ai_violations::Model> for AiViolation {
    fn from(row: ai_violations::Model) -> Self {
        Self {
            id: row.id,
            purpose: row.purpose,
            provider: row.provider,
            kind: row.kind,
            found: row.found,
            contact_id: row.contact_id,
            created_at: row.created_at.into(),
        }
    }
}

/// The requests to providers, newest first.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/ai/attempts", tag = "ai", params(ListQuery), responses((status = 200, body = Page<AiAttempt>)))]
pub async fn attempts(
    State(state): State<ApiState>,
    Query(query): Query<ListQuery>,
) -> AppResult<axum::Json<Page<AiAttempt>>> {
    let db = state.store().reader();
    ai::keep_books(state.app()).await;
    let wanted = page_wanted("ai_attempts", query.limit, query.cursor.as_deref())?;
    let found = rows::attempts(db, &wanted).await?;
    let total = rows::attempts_total(db).await?;
    Ok(axum::Json(
        page_of("ai_attempts", found, total)?.map(AiAttempt::from),
    ))
}

/// What providers wrote and what did not leave, newest first.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/ai/violations", tag = "ai", params(ListQuery), responses((status = 200, body = Page<AiViolation>)))]
pub async fn violations(
    State(state): State<ApiState>,
    Query(query): Query<ListQuery>,
) -> AppResult<axum::Json<Page<AiViolation>>> {
    let db = state.store().reader();
    let wanted = page_wanted("ai_violations", query.limit, query.cursor.as_deref())?;
    let found = rows::violations(db, &wanted).await?;
    let total = rows::violations_total(db).await?;
    Ok(axum::Json(
        page_of("ai_violations", found, total)?.map(AiViolation::from),
    ))
}
