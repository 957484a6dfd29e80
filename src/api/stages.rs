//! Where a contact stands in the funnel, moved by hand, and the history of its moves.

use super::ApiState;
use super::check::{Checks, Input};
use super::contacts::{Contact, view};
use super::extract::{Id, Json, Query};
use super::paging::{ListQuery, Page, page_of, page_wanted};
use super::time::Time;
use super::word::FunnelStage;
use crate::access::Caller;
use crate::campaigns::stages::{self, MoveRequest};
use crate::error::AppResult;
use crate::funnel::{LostReason, Stage};
use alfa_store::entity::stage_moves;
use alfa_store::outreach::stages as rows;
use axum::Extension;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Why a person was lost.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub struct LostWord(LostReason);

impl LostWord {
    /// The reason.
    #[must_use]
    pub fn reason(self) -> LostReason {
        self.0
    }
}

impl PartialSchema for LostWord {
    fn schema() -> RefOr<Schema> {
        let all = LostReason::ALL.into_iter().map(LostReason::name);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(all))
            .into()
    }
}

impl ToSchema for LostWord {}

/// Where to move a contact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageInput {
    /// `new` and `opted_out` cannot be set by hand.
    stage: FunnelStage,
    /// Needed when the stage is `lost`, and only then.
    reason: Option<LostWord>,
    /// The contact's message that caused it.
    #[schema(minimum = 1)]
    message_id: Option<i64>,
}

impl Input for StageInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("message_id", self.message_id, 1, i64::MAX);
    }
}

/// A move of a contact in the funnel.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageMove {
    pub id: i64,
    pub from: FunnelStage,
    pub to: FunnelStage,
    /// Why the person was lost.
    pub reason: Option<String>,
    /// The message that caused it.
    pub message_id: Option<i64>,
    pub campaign_id: Option<i64>,
    /// A person of the team; `alfa`: the product did; `contact`: by writing.
    pub moved_by: String,
    pub created_at: Time,
}

impl From<stage_moves::Model> for StageMove {
    fn from(row: stage_moves::Model) -> Self {
        Self {
            id: row.id,
            from: row.from_stage.into(),
            to: row.to_stage.into(),
            reason: row.reason,
            message_id: row.message_id,
            campaign_id: row.campaign_id,
            moved_by: row.moved_by,
            created_at: row.created_at.into(),
        }
    }
}

/// Moves a contact in the funnel: it has applied, is won, or lost with a reason.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` with the present stage when the funnel does not allow the move.
#[utoipa::path(post, path = "/api/contacts/{id}/stage", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    request_body = StageInput, responses((status = 200, body = Contact)))]
pub async fn change(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<StageInput>,
) -> AppResult<axum::Json<Contact>> {
    let request = MoveRequest {
        stage: Stage::of(input.stage.0),
        reason: input.reason.map(|reason| reason.0),
        message_id: input.message_id,
    };
    let row = stages::move_by_hand(state.app(), id, request, &caller.name()).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// The moves of a contact in the funnel, newest first.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(get, path = "/api/contacts/{id}/stages", tag = "contacts", params(("id" = i64, Path, minimum = 1), ListQuery),
    responses((status = 200, body = Page<StageMove>)))]
pub async fn history(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(query): Query<ListQuery>,
) -> AppResult<axum::Json<Page<StageMove>>> {
    let db = state.store().reader();
    alfa_store::contacts::get(db, id).await?;
    let bound = ("stages", id);
    let wanted = page_wanted(bound, query.limit, query.cursor.as_deref())?;
    let found = rows::history(db, id, &wanted).await?;
    let total = rows::total(db, id).await?;
    Ok(axum::Json(page_of(bound, found, total)?.map(StageMove::from)))
}
