//! Rehearsing a campaign against the simulated Telegram.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, OptionalJson};
use super::jobs::Job;
use crate::campaigns::rehearsal::{self, MOST_PEOPLE};
use crate::error::AppResult;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// With how many people to rehearse.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RehearsalInput {
    /// Copies of the campaign's first people.
    #[schema(minimum = 1, maximum = 100, default = 20)]
    people: Option<u32>,
}

impl Input for RehearsalInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("people", self.people, 1, MOST_PEOPLE);
    }
}

/// Rehearses the campaign in the background with copies of some of its people against a simulated Telegram, in virtual time.
/// Nobody is written to and nothing changes. The job's result tells the texts, how long it takes, the answers by class,
/// the opt-outs and what went wrong.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(post, path = "/api/campaigns/{id}/rehearse", tag = "campaigns", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<RehearsalInput>, responses((status = 202, body = Job)))]
pub async fn rehearse(
    State(state): State<ApiState>,
    Id(id): Id,
    OptionalJson(input): OptionalJson<RehearsalInput>,
) -> AppResult<(StatusCode, axum::Json<Job>)> {
    let job = rehearsal::enqueue(state.app(), id, input.people).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}
