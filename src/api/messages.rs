//! Messages: a contact's history, one message, and what an operator sends.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::{Id, Json, NoInput, Query};
use super::language::of;
use super::paging::{NoQuery, Page, check_paging, page_of, page_wanted};
use super::reason::words;
use super::time::Time;
use super::word::{MessageAuthor, MessageDirection, MessageState};
use crate::access::Caller;
use crate::error::AppResult;
use crate::inbox;
use crate::text::Lang;
use alfa_store::entity::messages::Model;
use alfa_store::{PageOf, messages as rows, outbox as outbox_rows, types};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Longest message that Telegram takes, in characters.
const MAX_MESSAGE_CHARS: usize = 4096;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    pub id: i64,
    /// For what we sent: `GET /api/outbox/{id}`.
    pub outbox_id: Option<i64>,
    pub contact_id: i64,
    pub account_id: i64,
    pub direction: MessageDirection,
    pub author: MessageAuthor,
    pub text: String,
    /// `queued`: it waits for its turn; `delivered`: Telegram's server took it (one tick); `read`: the person saw it (two
    /// ticks); `failed`: it was not sent.
    pub state: MessageState,
    pub campaign_id: Option<i64>,
    pub telegram_message_id: Option<i64>,
    /// What the person's message was taken for.
    pub labels: Vec<String>,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f64>,
    /// While it waits: when it was queued.
    pub sent_at: Time,
    pub read_at: Option<Time>,
    pub edited_at: Option<Time>,
    pub deleted_at: Option<Time>,
    /// Why it was not sent, by name, or what Telegram answered; only for `failed`.
    pub error: Option<String>,
    /// The same in words.
    pub error_text: Option<String>,
}

/// Why messages were not sent, by the id of their outbox rows.
type Failures = HashMap<i64, outbox_rows::NotSent>;

/// Why those of these messages that failed did.
async fn failures(state: &ApiState, rows: &[Model]) -> AppResult<Failures> {
    let failed = rows.iter().filter(|row| row.state == types::MessageState::Failed);
    let ids: Vec<i64> = failed.filter_map(|row| row.outbox_id).collect();
    Ok(outbox_rows::not_sent(state.store().reader(), &ids).await?)
}

/// Messages (at most 1,000) as they are told to this reader.
///
/// # Errors
/// Of the database.
pub async fn many(state: &ApiState, lang: Lang, rows: Vec<Model>) -> AppResult<Vec<Message>> {
    let failures = failures(state, &rows).await?;
    Ok(rows
        .into_iter()
        .map(|row| Message::of(row, &failures, lang))
        .collect())
}

/// A message as it is told to this reader.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, lang: Lang, row: Model) -> AppResult<Message> {
    let failures = failures(state, std::slice::from_ref(&row)).await?;
    Ok(Message::of(row, &failures, lang))
}

impl Message {
    fn of(row: Model, failures: &Failures, lang: Lang) -> Self {
        let why = row.outbox_id.and_then(|id| failures.get(&id));
        let error = why.and_then(|(reason, error)| reason.clone().or_else(|| error.clone()));
        let labels = row
            .labels
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        Self {
            id: row.id,
            outbox_id: row.outbox_id,
            contact_id: row.contact_id,
            account_id: row.account_id,
            direction: row.direction.into(),
            author: row.author.into(),
            text: row.text,
            state: row.state.into(),
            campaign_id: row.campaign_id,
            telegram_message_id: row.telegram_message_id,
            labels: labels.unwrap_or_default(),
            confidence: row.confidence,
            sent_at: row.sent_at.into(),
            read_at: row.read_at.map(Time),
            edited_at: row.edited_at.map(Time),
            deleted_at: row.deleted_at.map(Time),
            error_text: error.as_deref().map(|reason| words(lang, reason)),
            error,
        }
    }
}

/// Whose history.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    #[param(minimum = 1)]
    contact_id: i64,
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// For older messages.
    #[param(max_length = 1024)]
    cursor: Option<String>,
}

impl Input for HistoryQuery {
    fn check(&self, checks: &mut Checks) {
        checks.range("contact_id", Some(self.contact_id), 1, i64::MAX);
        check_paging(checks, self.limit, self.cursor.as_deref());
    }
}

/// What an operator sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendInput {
    #[schema(minimum = 1)]
    contact_id: i64,
    #[schema(min_length = 1, max_length = 4096)]
    text: String,
}

impl Input for SendInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("contact_id", Some(self.contact_id), 1, i64::MAX);
        checks.text("text", &self.text, 1, MAX_MESSAGE_CHARS);
    }
}

/// The history of a contact. The first page has the newest messages; in a page the newest is last.
///
/// # Errors
/// `Invalid`, `NotFound`.
#[utoipa::path(get, path = "/api/messages/history", tag = "messages", params(HistoryQuery),
    responses((status = 200, body = Page<Message>)))]
pub async fn history(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<HistoryQuery>,
) -> AppResult<axum::Json<Page<Message>>> {
    let bound = ("history", query.contact_id);
    let wanted = page_wanted(bound, query.limit, query.cursor.as_deref())?;
    let (found, total) = rows::history_of(state.store(), query.contact_id, &wanted).await?;
    let PageOf { items, next_cursor } = found;
    let items = many(&state, of(&headers), items).await?;
    Ok(axum::Json(page_of(bound, PageOf { items, next_cursor }, total)?))
}

/// A message.
///
/// # Errors
/// `NotFound`.
#[utoipa::path(get, path = "/api/messages/{id}", tag = "messages", params(("id" = i64, Path, minimum = 1)),
    responses((status = 200, body = Message)))]
pub async fn get(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    Query(NoQuery {}): Query<NoQuery>,
) -> AppResult<axum::Json<Message>> {
    let row = rows::get(state.store().reader(), id).await?;
    Ok(axum::Json(one(&state, of(&headers), row).await?))
}

/// Queues a message that an operator wrote. It stands in the history at once, as `queued`; `GET /api/messages/{id}` tells
/// what becomes of it, and `GET /api/outbox/{outbox_id}` why. The operator takes the dialog over by it.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` when the person may not be written to, with the reason.
#[utoipa::path(post, path = "/api/messages/send", tag = "messages", request_body = SendInput,
    responses((status = 202, body = Message)))]
pub async fn send(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Json(input): Json<SendInput>,
) -> AppResult<(StatusCode, axum::Json<Message>)> {
    let row = inbox::service::send(state.app(), input.contact_id, &input.text).await?;
    Ok((
        StatusCode::ACCEPTED,
        axum::Json(one(&state, of(&headers), row).await?),
    ))
}

/// What a message shall say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditInput {
    #[schema(min_length = 1, max_length = 4096)]
    text: String,
}

impl Input for EditInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("text", &self.text, 1, MAX_MESSAGE_CHARS);
    }
}

/// Gives a message of ours another text: in the queue as long as it waits, else in Telegram too, for 48 hours.
///
/// # Errors
/// `Invalid`, `NotFound`; `Conflict` with the reason when it cannot be edited (any more).
#[utoipa::path(patch, path = "/api/messages/{id}", tag = "messages", params(("id" = i64, Path, minimum = 1)),
    request_body = EditInput, responses((status = 200, body = Message)))]
pub async fn edit(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Id(id): Id,
    Json(input): Json<EditInput>,
) -> AppResult<axum::Json<Message>> {
    let row = inbox::edit::edit(state.app(), id, &input.text, &caller.name()).await?;
    Ok(axum::Json(one(&state, of(&headers), row).await?))
}

/// Sends an operator's message that failed once more. The new message takes its place in the history.
///
/// # Errors
/// `NotFound`; `Conflict` when the message did not fail, or the person may not be written to.
#[utoipa::path(post, path = "/api/messages/{id}/retry", tag = "messages", params(("id" = i64, Path, minimum = 1)),
    responses((status = 202, body = Message)))]
pub async fn retry(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Id(id): Id,
    NoInput: NoInput,
) -> AppResult<(StatusCode, axum::Json<Message>)> {
    let row = inbox::service::retry(state.app(), id).await?;
    Ok((
        StatusCode::ACCEPTED,
        axum::Json(one(&state, of(&headers), row).await?),
    ))
}
