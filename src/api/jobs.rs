//! Background jobs: how far they are.

use super::ApiState;
use super::extract::{Id, Query};
use super::paging::NoQuery;
use super::time::Time;
use super::word::JobState;
use crate::error::AppResult;
use alfa_store::entity::jobs::Model;
use alfa_store::jobs as rows;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A background job.
#[derive(Debug, Serialize, ToSchema)]
pub struct Job {
    pub id: i64,
    /// What kind of work.
    pub kind: String,
    pub state: JobState,
    /// Steps done.
    pub progress: i64,
    /// Steps in all, when that is known.
    pub progress_total: Option<i64>,
    /// What came of it.
    #[schema(value_type = Option<Object>)]
    pub result: Option<serde_json::Value>,
    pub error: Option<String>,
    pub attempts: i32,
    pub created_at: Time,
    pub finished_at: Option<Time>,
}

impl From<Model> for Job {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state.into(),
            progress: row.progress,
            progress_total: row.progress_total,
            result: row
                .result
                .as_deref()
                .and_then(|text| serde_json::from_str(text).ok()),
            error: row.error,
            attempts: row.attempts,
            created_at: row.created_at.into(),
            finished_at: row.finished_at.map(Time),
        }
    }
}

/// A job.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Job)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Job>> {
    Ok(axum::Json(rows::get(state.store().reader(), id).await?.into()))
}
