//! The knowledge base as a file, and its products from the partner's cabinet.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::idempotency::{self, Begin};
use super::knowledge_path::IfMatch;
use super::knowledge_view::{KnowledgeChanges, Tagged, etag, order};
use super::paging::NoQuery;
use super::problem::Refused;
use crate::access::Caller;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::service::{self, Action, Order, change};
use crate::knowledge::{KnowledgeBase, Touched, sync};
use axum::Extension;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most bytes of a file.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;
/// The route of the import.
pub const IMPORT: &str = "/api/knowledge/import";
/// Room for the boundaries and headers of a form around the file.
const FORM_BYTES: usize = 64 * 1024;
const YAML: &str = "application/yaml; charset=utf-8";

/// The whole knowledge base as a YAML file, which can be imported again.
///
/// # Errors
/// `Internal`.
#[utoipa::path(get, path = "/api/knowledge/export", tag = "knowledge",
    responses((status = 200, body = Object, content_type = "application/yaml")))]
pub async fn export(State(state): State<ApiState>, Query(NoQuery {}): Query<NoQuery>) -> AppResult<Response> {
    let known = state.app().knowledge_in_force();
    let yaml = known.base.to_yaml().map_err(AppError::internal)?;
    let name = format!("attachment; filename=\"knowledge-{}.yaml\"", known.version_id);
    let headers = [
        (header::CONTENT_TYPE, YAML.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        etag(known.version_id),
    ];
    std::future::ready(Ok((headers, yaml).into_response())).await
}

/// Whether the import is only tried.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Say what would change, and change nothing.
    dry_run: Option<bool>,
}

impl Input for ImportQuery {
    fn check(&self, _checks: &mut Checks) {}
}

/// The form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only described in the document; the form is read field by field"
)]
pub struct KnowledgeForm {
    /// YAML in UTF-8.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeImported {
    /// Whether the file differs from the base that was in force.
    pub changed: bool,
    pub dry_run: bool,
    /// The version in force now.
    pub version_id: i64,
    /// Products of the file.
    #[schema(minimum = 0)]
    pub products: usize,
    /// The file says that its facts are made up.
    pub sample: bool,
    #[serde(flatten)]
    pub changes: KnowledgeChanges,
}

/// Replaces the knowledge base by a YAML file. Every problem is named with its line, and then nothing is changed.
///
/// # Errors
/// `BadFile`; `Conflict` when a product would go that campaigns need; `Stale`.
#[utoipa::path(post, path = "/api/knowledge/import", tag = "knowledge", params(ImportQuery),
    request_body(content((Object = "application/yaml"), (KnowledgeForm = "multipart/form-data"))),
    responses((status = 200, body = KnowledgeImported)))]
pub async fn import(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    IfMatch(version): IfMatch,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Response, Response> {
    let headers = request.headers().clone();
    let order = Order {
        dry_run: query.dry_run == Some(true),
        ..order(&caller, version, Action::Imported)
    };
    match media_type(&headers).as_str() {
        "application/yaml" | "application/x-yaml" | "text/yaml" => {
            let file = body(request).await?;
            take(&state, &order, &file)
                .await
                .map_err(IntoResponse::into_response)
        }
        "multipart/form-data" => {
            let file = form(&state, request).await?;
            let keyed = take_with_key(&state, &caller, &headers, &order, &file);
            keyed.await.map_err(IntoResponse::into_response)
        }
        _ => Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response()),
    }
}

fn media_type(headers: &HeaderMap) -> String {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

async fn body(request: Request) -> Result<Vec<u8>, Response> {
    let read = to_bytes(request.into_body(), MAX_FILE_BYTES).await;
    read.map(|bytes| bytes.to_vec())
        .map_err(|_| Refused(StatusCode::PAYLOAD_TOO_LARGE).into_response())
}

async fn form(state: &ApiState, request: Request) -> Result<Vec<u8>, Response> {
    let bad = || Refused(StatusCode::BAD_REQUEST).into_response();
    let too_large = || Refused(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    // The parts are read one by one, and one that is not the file is not read at all: the whole is bounded here.
    let (parts, body) = request.into_parts();
    let whole = to_bytes(body, MAX_FILE_BYTES + FORM_BYTES)
        .await
        .map_err(|_| too_large())?;
    let request = Request::from_parts(parts, whole.into());
    let mut multipart = Multipart::from_request(request, state).await.map_err(|_| bad())?;
    let mut file = None;
    while let Some(field) = multipart.next_field().await.map_err(|_| bad())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            return Err(AppError::invalid(name, Message::new("error.unknown_field")).into_response());
        }
        if file.is_some() {
            return Err(AppError::invalid(name, Message::new("error.duplicate_field")).into_response());
        }
        let bytes = field.bytes().await.map_err(|_| bad())?;
        if bytes.len() > MAX_FILE_BYTES {
            return Err(too_large());
        }
        file = Some(bytes.to_vec());
    }
    file.ok_or_else(|| AppError::invalid("file", Message::new("error.missing_field")).into_response())
}

/// Two forms with the same file differ in their boundary: the key is bound to the file.
async fn take_with_key(
    state: &ApiState,
    caller: &Caller,
    headers: &HeaderMap,
    order: &Order,
    file: &[u8],
) -> AppResult<Response> {
    let Some(key) = idempotency::key_of(headers)? else {
        return take(state, order, file).await;
    };
    let place = format!("{} knowledge import {}", caller.name(), order.dry_run);
    let hash = idempotency::hash_of(file);
    match idempotency::begin(state, &key, &place, &hash).await? {
        Begin::Answered(response) => Ok(response),
        Begin::Go(ticket) => {
            let done = take(state, order, file).await;
            let response = done.unwrap_or_else(IntoResponse::into_response);
            idempotency::finish(state, ticket, response).await
        }
    }
}

async fn take(state: &ApiState, order: &Order, file: &[u8]) -> AppResult<Response> {
    let text = std::str::from_utf8(file)
        .map_err(|_| AppError::invalid("file", Message::new("error.not_utf8")))?
        .to_owned();
    // Some hundred milliseconds for the largest file: not in the way of other requests.
    let parsed = tokio::task::spawn_blocking(move || KnowledgeBase::from_yaml(&text)).await;
    let base = parsed.map_err(AppError::internal)??;
    let saved = change(state.app(), order, |present, _| {
        present.clone_from(&base);
        Ok(Touched::whole(""))
    })
    .await?;
    let answer = KnowledgeImported {
        changed: saved.changed,
        dry_run: order.dry_run,
        version_id: saved.version_id,
        products: base.products.len(),
        sample: base.sample,
        changes: service::changes(&saved.before, &saved.after)?.into(),
    };
    Ok(Tagged::ok(saved.version_id, answer).into_response())
}

/// What the cabinet brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnowledgeSynced {
    pub changed: bool,
    /// Ids of products that are new.
    pub added: Vec<i64>,
    /// Ids of products that were changed.
    pub updated: Vec<i64>,
    /// Products that were the same.
    #[schema(minimum = 0)]
    pub unchanged: usize,
    /// The version in force now.
    pub version_id: i64,
}

/// Takes the products of the partner's personal cabinet (`KNOWLEDGE_SYNC_URL`). Nothing is deleted; an answer that does
/// not fit changes nothing.
///
/// # Errors
/// `Conflict` without `ALFA_API_KEY`; `Upstream` with what happened, why and what to do; `Stale`.
#[utoipa::path(post, path = "/api/knowledge/sync", tag = "knowledge", responses((status = 200, body = KnowledgeSynced)))]
pub async fn synchronise(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    IfMatch(version): IfMatch,
) -> AppResult<Tagged<KnowledgeSynced>> {
    let order = order(&caller, version, Action::Synced);
    let (saved, merged) = sync::sync(state.app(), &order, sync::LIMITS).await?;
    let answer = KnowledgeSynced {
        changed: saved.changed,
        added: merged.added,
        updated: merged.updated,
        unchanged: merged.unchanged,
        version_id: saved.version_id,
    };
    Ok(Tagged::ok(saved.version_id, answer))
}
