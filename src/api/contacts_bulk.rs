//! What is done to many contacts at once.

use super::ApiState;
use super::check::{Checks, Input};
use super::contact_input::{check_tags, tidy_tags};
use super::extract::{Id, Json, NoInput, Strict};
use super::jobs::Job;
use super::segment::Segment;
use super::stages::LostWord;
use super::word::{ConsentBasis, FunnelStage, RowId};
use crate::access::Caller;
use crate::contacts::bulk::{self, Action, MAX_NAMED, Request};
use crate::contacts::bulk_undo;
use crate::error::{AppError, AppResult, Message};
use crate::funnel::Stage;
use alfa_store::types;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is done to each contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    AddTags,
    RemoveTags,
    SetStage,
    GrantConsent,
    OptOut,
    Delete,
}

/// Who (`contact_ids` or a `filter`; an empty filter is everybody), and what is done to each.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    #[schema(value_type = Option<Vec<RowId>>, min_items = 1, max_items = 10000)]
    contact_ids: Option<Vec<i64>>,
    #[schema(value_type = Option<Segment>)]
    filter: Option<Strict<Segment>>,
    action: BulkAction,
    /// For `add_tags` and `remove_tags`.
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    /// For `set_stage`; `new` and `opted_out` cannot be set by hand.
    stage: Option<FunnelStage>,
    /// For `set_stage` to `lost`.
    reason: Option<LostWord>,
    /// For `grant_consent`.
    basis: Option<ConsentBasis>,
    /// What proves the consent; needed for `grant_consent`.
    #[schema(max_length = 1000)]
    evidence: Option<String>,
}

impl Input for BulkInput {
    fn check(&self, checks: &mut Checks) {
        let ids = self.contact_ids.as_deref();
        if ids.is_some() == self.filter.is_some() {
            checks.refuse("contact_ids", Message::new("error.contacts_or_filter"));
        }
        if ids.is_some_and(<[i64]>::is_empty) {
            checks.refuse("contact_ids", Message::new("error.contacts_or_filter"));
        }
        checks.count("contact_ids", ids.unwrap_or_default().len(), MAX_NAMED);
        if let Some(index) = ids.unwrap_or_default().iter().position(|id| *id < 1) {
            checks.refuse(format!("contact_ids[{index}]"), Message::new("error.id"));
        }
        if let Some(filter) = &self.filter {
            filter.check("filter", checks);
        }
        check_tags(checks, self.tags.as_deref());
        checks.optional_text("evidence", self.evidence.as_deref(), 1000);
        self.check_action(checks);
    }
}

impl BulkInput {
    /// What the action needs.
    fn check_action(&self, checks: &mut Checks) {
        let missing = || Message::new("error.missing_field");
        match self.action {
            BulkAction::AddTags | BulkAction::RemoveTags => {
                if tidy_tags(self.tags.clone().unwrap_or_default()).is_empty() {
                    checks.refuse("tags", missing());
                }
            }
            BulkAction::SetStage => match self.stage.map(|stage| Stage::of(stage.0)) {
                None => checks.refuse("stage", missing()),
                Some(Stage::OptedOut) => checks.refuse("stage", Message::new("stage.opt_out")),
                Some(stage) if !stage.by_hand() => checks.refuse("stage", Message::new("stage.new")),
                Some(Stage::Lost) if self.reason.is_none() => {
                    checks.refuse("reason", Message::new("stage.reason_needed"));
                }
                Some(stage) if stage != Stage::Lost && self.reason.is_some() => {
                    checks.refuse("reason", Message::new("stage.reason_needless"));
                }
                Some(_) => {}
            },
            BulkAction::GrantConsent => {
                match self.basis.map(|basis| basis.0) {
                    None => checks.refuse("basis", missing()),
                    Some(types::ConsentBasis::None) => {
                        checks.refuse("basis", Message::new("error.consent_none"));
                    }
                    Some(_) => {}
                }
                if self.evidence.as_deref().is_none_or(|text| text.trim().is_empty()) {
                    checks.refuse("evidence", missing());
                }
            }
            BulkAction::OptOut | BulkAction::Delete => {}
        }
    }

    /// Nothing, when what the action needs is not there, which [`Input::check`] refuses.
    fn action(&self) -> Option<Action> {
        let tags = || tidy_tags(self.tags.clone().unwrap_or_default());
        Some(match self.action {
            BulkAction::AddTags => Action::AddTags { tags: tags() },
            BulkAction::RemoveTags => Action::RemoveTags { tags: tags() },
            BulkAction::SetStage => Action::SetStage {
                stage: Stage::of(self.stage?.0),
                reason: self.reason.map(LostWord::reason),
            },
            BulkAction::GrantConsent => Action::GrantConsent {
                basis: self.basis?.0,
                evidence: self.evidence.as_deref()?.trim().to_owned(),
            },
            BulkAction::OptOut => Action::OptOut,
            BulkAction::Delete => Action::Delete,
        })
    }
}

/// Does something to many contacts in the background. The job tells how far it is and in the end how many were `changed`,
/// were as asked already (`unchanged`), or may not be changed so (`refused`).
///
/// # Errors
/// `Invalid`.
#[utoipa::path(post, operation_id = "bulk", path = "/api/contacts/bulk", tag = "contacts", request_body = BulkInput,
    responses((status = 202, body = Job)))]
pub async fn start(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Json(input): Json<BulkInput>,
) -> AppResult<(StatusCode, axum::Json<Job>)> {
    let action = input
        .action()
        .ok_or_else(|| AppError::invalid("action", Message::new("error.missing_field")))?;
    let filter = input.filter.as_ref().map(|filter| filter.filter()).transpose()?;
    let request = Request {
        ids: input.contact_ids,
        filter: filter.unwrap_or_default(),
        action,
        by: caller.name(),
    };
    let job = bulk::enqueue(state.app(), request).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}

/// Takes back, in the background, what a change of many contacts did to tags or stages, within a day of its end. What was
/// changed since then stays; consent, opt-outs and deletions cannot be taken back.
///
/// # Errors
/// `NotFound`; `Conflict` with the reason when it cannot be taken back (any more).
#[utoipa::path(post, operation_id = "bulk_undo", path = "/api/contacts/bulk/{id}/undo", tag = "contacts",
    params(("id" = i64, Path, minimum = 1)), responses((status = 202, body = Job)))]
pub async fn undo(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<(StatusCode, axum::Json<Job>)> {
    let job = bulk_undo::enqueue(state.app(), id, &caller.name()).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(job.into())))
}
