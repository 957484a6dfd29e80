//! `Idempotency-Key`: the same key with the same body gets the first answer again and does nothing; with another body,
//! or while the first request still runs, it is a conflict. Keys are kept for a day, for each caller apart.
//!
//! A request with a key is carried to its end though its client hangs up or the time runs out, so that its answer is kept.
//! When the process is killed, what the request made is found by its key: see [`crate::once`].

use super::ApiState;
use crate::access::Caller;
use crate::clock::MINUTE_MS;
use crate::error::{AppError, AppResult, Message};
use crate::housekeeping::KEPT_ANSWER_MS;
use crate::once::{self, Made, Ticket};
use crate::text::Lang;
use alfa_store::idempotency::{self as kept, Begun};
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::FutureExt;
use sha2::{Digest, Sha256};

/// Longest key.
pub const MAX_KEY_CHARS: usize = 200;
/// Largest answer that is kept. The largest there is names the contacts that an undoing keeps: 64 MiB are the ids of
/// five million. A larger one would be lost after its work was done, and is an error.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;
/// A request whose process died is given up after so long, in milliseconds.
const STALE_MS: i64 = 10 * MINUTE_MS;
const HEADER: &str = "idempotency-key";
const REPLAYED: &str = "idempotency-replayed";

/// What to do with a request that carries a key.
pub enum Begin {
    /// Do it, then [`finish`].
    Go(Ticket),
    /// It was done: the kept answer.
    Answered(Response),
}

/// Honours the key of every POST with a body that is read whole. Uploads do it by themselves after the file is there.
///
/// # Errors
/// `Invalid`, `Conflict`.
pub async fn replay(State(state): State<ApiState>, request: Request, next: Next) -> AppResult<Response> {
    let multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let Some(route) = route.filter(|route| honours(request.method().as_str(), route) && !multipart) else {
        return Ok(next.run(request).await);
    };
    let Some(key) = key_of(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let caller = request
        .extensions()
        .get::<Caller>()
        .map(Caller::name)
        .unwrap_or_default();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, super::router::body_bytes(&route)).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    let place = format!(
        "{caller} {}",
        parts
            .uri
            .path_and_query()
            .map_or(route.as_str(), |path| path.as_str())
    );
    let request = Request::from_parts(parts, Body::from(bytes.clone()));
    // The same body on another version's ground is another request.
    let hash = match request.headers().get(header::IF_MATCH) {
        Some(tag) => hash_of(&[b"If-Match: ", tag.as_bytes(), b"\n", &bytes].concat()),
        None => hash_of(&bytes),
    };
    let workers = state.app().workers.clone();
    let carried = async move {
        let ticket = match begin(&state, &key, &place, &hash).await? {
            Begin::Answered(response) => return Ok(response),
            Begin::Go(ticket) => ticket,
        };
        let response = done(ticket.clone(), next.run(request)).await;
        finish(&state, ticket, response).await
    };
    workers
        .carry("request", Box::pin(carried))
        .await
        .map_err(AppError::internal)?
}

/// Does the work of a request; a panic in it is an answer too, and gives the key back.
pub async fn done(ticket: Ticket, work: impl Future<Output = Response>) -> Response {
    std::panic::AssertUnwindSafe(once::scope(ticket, work))
        .catch_unwind()
        .await
        .unwrap_or_else(super::system::panicked)
}

/// Whether the key of such a request is honoured. A question to the assistant changes nothing, and its answer may be a stream, which is not held up to be kept.
pub fn honours(method: &str, route: &str) -> bool {
    method == "POST" && !route.starts_with("/api/auth/") && !route.starts_with("/api/ai-assistant/")
}

/// The key, when there is one.
///
/// # Errors
/// `Invalid`.
pub fn key_of(headers: &HeaderMap) -> AppResult<Option<String>> {
    let Some(value) = headers.get(HEADER) else {
        return Ok(None);
    };
    let bad = || AppError::invalid("Idempotency-Key", Message::new("error.idempotency_key"));
    let key = value.to_str().map_err(|_| bad())?;
    let fits = (1..=MAX_KEY_CHARS).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        Ok(Some(key.to_owned()))
    } else {
        Err(bad())
    }
}

/// What tells one body from another.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Takes the key for this request, or finds what became of it.
///
/// # Errors
/// `Conflict` when another body came with it, or its request still runs.
pub async fn begin(state: &ApiState, key: &str, place: &str, hash: &str) -> AppResult<Begin> {
    let now = state.clock().now();
    // The place holds a path with ids: its hash has a bounded length.
    let place = hash_of(place.as_bytes());
    let tx = state.store().begin().await?;
    let begun = kept::begin(&tx, key, &place, hash, now.plus_ms(-STALE_MS), now).await?;
    kept::expire(&tx, now.plus_ms(-KEPT_ANSWER_MS)).await?;
    tx.commit().await?;
    let (status, body) = match begun {
        Begun::New => {
            return Ok(Begin::Go(Ticket {
                key: key.to_owned(),
                place,
            }));
        }
        Begun::Different => {
            return Err(AppError::conflict(
                "idempotency_key_reused",
                Message::new("error.key_reused"),
            ));
        }
        Begun::Running => {
            return Err(AppError::conflict(
                "idempotency_in_flight",
                Message::new("error.key_in_flight"),
            ));
        }
        Begun::Made(made) => return Ok(Begin::Answered(as_made(state, &made).await?)),
        Begun::Done { status, body } => (status, open(state, &place, &body)?),
    };
    let status = u16::try_from(status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or_else(|| AppError::internal(anyhow::anyhow!("kept answer has no status")))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::HeaderName::from_static(REPLAYED), "true"),
    ];
    Ok(Begin::Answered((status, headers, body).into_response()))
}

/// The answer to a request whose own answer was lost: what it made, as it is now.
async fn as_made(state: &ApiState, made: &str) -> AppResult<Response> {
    let db = state.store().reader();
    let known: Made = serde_json::from_str(made).map_err(AppError::internal)?;
    let mut response = match known.clone() {
        Made::Contact { id } => {
            let row = alfa_store::contacts::get(db, id).await?;
            let contact = super::contacts::view(state, row).await?;
            (StatusCode::CREATED, axum::Json(contact)).into_response()
        }
        Made::Merged { id } => {
            let row = alfa_store::contacts::get(db, id).await?;
            axum::Json(super::contacts::view(state, row).await?).into_response()
        }
        Made::Campaign {
            id,
            contacts,
            unknown_contact_ids,
        } => {
            let row = alfa_store::campaigns::get(db, id).await?;
            let campaign = super::campaign_view::one(state, Lang::default(), row).await?;
            let created = super::campaigns::CreatedCampaign {
                campaign,
                contacts_count: contacts,
                unknown_contact_ids,
            };
            (StatusCode::CREATED, axum::Json(created)).into_response()
        }
        Made::Message { id } => {
            let row = alfa_store::messages::get(db, id).await?;
            let message = super::messages::one(state, Lang::default(), row).await?;
            (StatusCode::ACCEPTED, axum::Json(message)).into_response()
        }
        Made::Client { .. }
        | Made::Service { .. }
        | Made::Staff { .. }
        | Made::Place { .. }
        | Made::Session { .. }
        | Made::Booking { .. }
        | Made::Waiting { .. }
        | Made::Payment { .. }
        | Made::Subscription { .. } => super::crm_made::answer(state, &known).await?,
        Made::Job { id } => {
            let job = super::jobs::Job::from(alfa_store::jobs::get(db, id).await?);
            (StatusCode::ACCEPTED, axum::Json(job)).into_response()
        }
        Made::Upload { job_id, import_id } => {
            let job = alfa_store::jobs::get(db, job_id).await?.into();
            let queued = super::upload::UploadJob { job, import_id };
            (StatusCode::ACCEPTED, axum::Json(queued)).into_response()
        }
    };
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

/// Kept answers are encrypted: a new token's is among them.
fn open(state: &ApiState, place: &str, sealed: &str) -> AppResult<String> {
    let sealed = hex::decode(sealed).map_err(AppError::internal)?;
    let plain = state.app().cipher.decrypt(&sealed, place.as_bytes())?;
    String::from_utf8(plain).map_err(AppError::internal)
}

/// Keeps an answer that did something; gives the key back when the request was refused, so that it may be mended.
///
/// # Errors
/// `Internal`.
pub async fn finish(state: &ApiState, ticket: Ticket, response: Response) -> AppResult<Response> {
    if !response.status().is_success() {
        let tx = state.store().begin().await?;
        kept::abandon(&tx, &ticket.key, &ticket.place).await?;
        tx.commit().await?;
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes: Bytes = to_bytes(body, MAX_ANSWER_BYTES)
        .await
        .map_err(AppError::internal)?;
    let text = String::from_utf8(bytes.to_vec()).map_err(AppError::internal)?;
    let tx = state.store().begin().await?;
    let status = i32::from(parts.status.as_u16());
    let sealed = hex::encode(
        state
            .app()
            .cipher
            .encrypt(text.as_bytes(), ticket.place.as_bytes())?,
    );
    kept::finish(&tx, &ticket.key, &ticket.place, status, &sealed).await?;
    tx.commit().await?;
    parts.headers.insert(REPLAYED, HeaderValue::from_static("false"));
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
