//! What waits to be sent, or was: the state of one outgoing message.

use super::ApiState;
use super::extract::{Id, Query};
use super::paging::NoQuery;
use super::time::Time;
use super::word::{OutboxKind, OutboxState};
use crate::error::AppResult;
use alfa_store::entity::outbox::Model;
use alfa_store::outbox as rows;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An outgoing message on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutboxMessage {
    pub id: i64,
    pub contact_id: i64,
    pub account_id: i64,
    pub campaign_id: Option<i64>,
    pub kind: OutboxKind,
    /// Which message of the campaign's dialog; 0 is the first.
    pub dialog_step: i32,
    /// None: not written yet.
    pub text: Option<String>,
    pub state: OutboxState,
    /// Why it was skipped, deferred or failed.
    pub reason: Option<String>,
    /// What Telegram said last, when it did not take it.
    pub error: Option<String>,
    /// Why it may be sent.
    pub allowed_because: String,
    /// Not sent before this moment.
    pub not_before: Time,
    pub attempts: i32,
    /// While it is being sent: which process sends it, and until when no other may.
    pub lease_owner: Option<String>,
    pub lease_until: Option<Time>,
    /// Telegram's number of the message, once it is known.
    pub telegram_message_id: Option<i64>,
    pub created_at: Time,
    pub sent_at: Option<Time>,
}

impl From<Model> for OutboxMessage {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            contact_id: row.contact_id,
            account_id: row.account_id,
            campaign_id: row.campaign_id,
            kind: row.kind.into(),
            dialog_step: row.dialog_step,
            text: row.text,
            state: row.state.into(),
            reason: row.reason,
            error: row.error,
            allowed_because: row.allowed_because,
            not_before: row.not_before.into(),
            attempts: row.attempts,
            lease_owner: row.lease_owner,
            lease_until: row.lease_until.map(Time),
            telegram_message_id: row.telegram_message_id,
            created_at: row.created_at.into(),
            sent_at: row.sent_at.map(Time),
        }
    }
}

/// An outgoing message: where it stands.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, operation_id = "outbox", path = "/api/outbox/{id}", tag = "messages", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = OutboxMessage)))]
pub async fn get(
    State(state): State<ApiState>,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<OutboxMessage>> {
    Ok(axum::Json(rows::get(state.store().reader(), id).await?.into()))
}
