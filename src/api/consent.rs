//! The consent ledger of a contact, and the opt-out that an operator records.

use super::ApiState;
use super::check::{Checks, Input};
use super::contacts::{Contact, view};
use super::extract::{Id, Json, NoInput, OptionalJson, Query};
use super::paging::{NoQuery, Page};
use super::time::Time;
use super::word::{ConsentAction, ConsentBasis};
use crate::access::Caller;
use crate::contacts::manual;
use crate::error::{AppResult, Message};
use crate::inbox;
use alfa_store::contacts::consent::{self, Grant};
use alfa_store::entity::consents;
use alfa_store::types;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerEntry {
    pub id: i64,
    pub action: ConsentAction,
    pub basis: ConsentBasis,
    /// What proves it.
    pub evidence: Option<String>,
    pub recorded_by: String,
    /// What the person agreed to, word for word.
    pub wording: Option<String>,
    pub created_at: Time,
}

impl From<consents::Model> for LedgerEntry {
    fn from(row: consents::Model) -> Self {
        Self {
            id: row.id,
            action: row.action.into(),
            basis: row.basis.into(),
            evidence: row.evidence,
            recorded_by: row.recorded_by,
            wording: row.wording,
            created_at: row.created_at.into(),
        }
    }
}

/// Consent that a person gave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentInput {
    basis: ConsentBasis,
    #[schema(max_length = 1000)]
    evidence: Option<String>,
    #[schema(max_length = 10000)]
    wording: Option<String>,
    /// The person had said stop, or consent was revoked, and has agreed anew. Needs `evidence`.
    reinstate: Option<bool>,
}

impl Input for ConsentInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("evidence", self.evidence.as_deref(), 1000);
        checks.optional_text("wording", self.wording.as_deref(), 10_000);
        if self.basis.0 == types::ConsentBasis::None {
            checks.refuse("basis", Message::new("error.consent_none"));
        }
        let proved = self
            .evidence
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty());
        if self.reinstate == Some(true) && !proved {
            checks.refuse("evidence", Message::new("error.consent_evidence"));
        }
    }
}

/// Why consent ends.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevocationInput {
    #[schema(max_length = 1000)]
    evidence: Option<String>,
}

impl Input for RevocationInput {
    fn check(&self, checks: &mut Checks) {
        checks.optional_text("evidence", self.evidence.as_deref(), 1000);
    }
}

/// The ledger of a contact, oldest first.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/contacts/{id}/consent", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Page<LedgerEntry>)))]
pub async fn ledger(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Page<LedgerEntry>>> {
    let db = state.store().reader();
    alfa_store::contacts::get(db, id).await?;
    Ok(axum::Json(
        Page::whole(consent::ledger(db, id).await?).map(LedgerEntry::from),
    ))
}

/// Records consent.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when the person had said stop and `reinstate` is not said.
#[utoipa::path(post, path = "/api/contacts/{id}/consent", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    request_body = ConsentInput, responses((status = 201, body = Contact)))]
pub async fn grant(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    Json(input): Json<ConsentInput>,
) -> AppResult<(StatusCode, axum::Json<Contact<'static>>)> {
    let grant = Grant {
        basis: input.basis.0,
        evidence: input.evidence,
        recorded_by: caller.name(),
        wording: input.wording,
    };
    let row = manual::grant(state.app(), id, grant, input.reinstate.unwrap_or(false)).await?;
    Ok((StatusCode::CREATED, axum::Json(view(&state, row).await?)))
}

/// Takes consent back.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/contacts/{id}/revoke-consent", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    request_body = Option<RevocationInput>, responses((status = 200, body = Contact)))]
pub async fn revoke(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    OptionalJson(input): OptionalJson<RevocationInput>,
) -> AppResult<axum::Json<Contact<'static>>> {
    let row = manual::revoke(state.app(), id, &caller.name(), input.evidence.as_deref()).await?;
    Ok(axum::Json(view(&state, row).await?))
}

/// The person wants no more messages: consent ends, whatever waits for the person is cancelled, dialogs are closed.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(post, path = "/api/contacts/{id}/opt-out", tag = "contacts", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Contact)))]
pub async fn opt_out(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<axum::Json<Contact<'static>>> {
    inbox::service::record_opt_out(state.app(), id, &caller.name()).await?;
    let row = alfa_store::contacts::get(state.store().reader(), id).await?;
    Ok(axum::Json(view(&state, row).await?))
}
