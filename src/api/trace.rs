//! What is kept of each request: a number, its route, status and time.

use super::ApiState;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// The request's number: ours, or the caller's `X-Request-Id` when it is short and plain.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

const HEADER: &str = "x-request-id";
const MAX_CALLERS_ID_CHARS: usize = 64;

/// Numbers, times and counts a request.
pub async fn observe(State(state): State<ApiState>, mut request: Request, next: Next) -> Response {
    let id = callers_id(&request).unwrap_or_else(|| format!("{:016x}", state.clock().random_u64()));
    let id = RequestId(id.into());
    request.extensions_mut().insert(id.clone());
    let method = known_method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let started = std::time::Instant::now();
    let mut response = next.run(request).await;
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    state
        .metrics()
        .request(method, &route, status, elapsed.as_secs_f64());
    tracing::debug!(request_id = %id.0, method, route, status, elapsed_ms = elapsed.as_millis(), "request");
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn callers_id(request: &Request) -> Option<String> {
    let id = request.headers().get(HEADER)?.to_str().ok()?;
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (plain && (1..=MAX_CALLERS_ID_CHARS).contains(&id.len())).then(|| id.to_owned())
}

/// A bounded set of words for the metrics, whatever method a caller makes up.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}
