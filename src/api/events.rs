//! The stream of what happens (server-sent events). A client that comes back with `Last-Event-ID` misses nothing that
//! is still kept. Nothing is buffered for a client: it reads the table at its own pace.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::guard::still_there;
use crate::error::{AppError, AppResult, Message};
use alfa_store::entity::events::Model;
use alfa_store::events as rows;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use utoipa::IntoParams;

/// Streams open at once.
const MAX_STREAMS: i64 = 64;
/// Events read from the table at a time.
const READ_ROWS: u64 = 100;
/// A comment is sent when nothing happened for so long.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// The table is looked at this often even without a signal: another process may have written to it.
const POLL: Duration = Duration::from_secs(5);

/// Where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// As the header `Last-Event-ID`, for clients that cannot send one. Without either: from now on.
    #[param(minimum = 0)]
    last_event_id: Option<i64>,
}

impl Input for EventQuery {
    fn check(&self, checks: &mut Checks) {
        checks.range("last_event_id", self.last_event_id, 0, i64::MAX);
    }
}

/// What happens: `message`, `dialog`, `campaign`, `drafts`, `job`, `account` and other events, each with ids and states. The
/// counters of a campaign and its new drafts are told at most twice a second. A `reset` comes first
/// when events behind the asked id are not kept any more: what was read before is to be read anew.
///
/// # Errors
/// `Invalid`; `Unavailable` when too many streams are open.
#[utoipa::path(get, path = "/api/events", tag = "events", params(EventQuery),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub async fn stream(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<EventQuery>,
) -> AppResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let wanted = last_event_id(&headers)?.or(query.last_event_id);
    let open = Open::new(&state)?;
    let db = state.store().reader();
    let newest = rows::newest_id(db).await?;
    let missed = match wanted {
        // Events behind it are gone; or it is of another database.
        Some(id) => id > newest || rows::oldest_id(db).await?.is_some_and(|oldest| id + 1 < oldest),
        None => false,
    };
    let after = wanted.filter(|_| !missed).unwrap_or(newest);
    let reset = missed.then(|| Ok(reset(newest)));
    let stop = state.stopping().clone();
    let reader = Reader {
        signal: state.app().events.watch(),
        state,
        headers,
        after,
        read: VecDeque::new(),
        _open: open,
    };
    let events = stream::unfold(reader, Reader::next).take_until(stop.cancelled_owned());
    let events = stream::iter(reset).chain(events);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

fn last_event_id(headers: &HeaderMap) -> AppResult<Option<i64>> {
    let Some(value) = headers.get("last-event-id") else {
        return Ok(None);
    };
    let id = value
        .to_str()
        .ok()
        .and_then(|text| text.trim().parse::<i64>().ok())
        .filter(|id| *id >= 0);
    id.map(Some)
        .ok_or_else(|| AppError::invalid("Last-Event-ID", Message::new("error.event_id")))
}

/// Counts an open stream for as long as it lives.
struct Open(ApiState);

impl Open {
    fn new(state: &ApiState) -> AppResult<Self> {
        let streams = state.metrics().streams();
        if streams.inc() >= MAX_STREAMS {
            streams.dec();
            return Err(AppError::Unavailable {
                code: "too_many_streams",
                message: Message::new("error.too_many_streams"),
                retry_after_s: Some(5),
            });
        }
        Ok(Self(state.clone()))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.metrics().streams().dec();
    }
}

struct Reader {
    state: ApiState,
    signal: watch::Receiver<u64>,
    /// Who reads: asked again at each look at the table.
    headers: HeaderMap,
    after: i64,
    read: VecDeque<Model>,
    _open: Open,
}

impl Reader {
    /// The next event; the stream ends when the table cannot be read, and the client comes back. It ends for good when the
    /// reader's token is revoked or the session is over.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(row) = self.read.pop_front() {
                self.after = row.id;
                return Some((Ok(event(&row)), self));
            }
            self.signal.mark_unchanged();
            match still_there(&self.state, &self.headers).await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    tracing::warn!(%error, "the stream of events ends");
                    return None;
                }
            }
            match rows::after(self.state.store().reader(), self.after, READ_ROWS).await {
                Ok(rows) => self.read = rows.into(),
                Err(error) => {
                    tracing::warn!(%error, "the stream of events ends");
                    return None;
                }
            }
            if self.read.is_empty() {
                // The signal's end means that the process stops; the poll then ends with the stream.
                let _ = tokio::time::timeout(POLL, self.signal.changed()).await;
            }
        }
    }
}

fn reset(newest: i64) -> Event {
    let data = serde_json::json!({"id": newest, "kind": "reset", "body": {}});
    Event::default()
        .id(newest.to_string())
        .event("reset")
        .data(data.to_string())
}

fn event(row: &Model) -> Event {
    let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
    let data = serde_json::json!({
        "id": row.id,
        "kind": row.kind,
        "contact_id": row.contact_id,
        "campaign_id": row.campaign_id,
        "created_at": super::time::Time(row.created_at),
        "body": body,
    });
    Event::default()
        .id(row.id.to_string())
        .event(&row.kind)
        .data(data.to_string())
}
