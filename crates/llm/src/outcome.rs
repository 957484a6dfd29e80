//! What an answer that is none means. Pure: status, headers and body in; a row of the chain's table out.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::hints::{self, LONGEST_WAIT_MS};
use crate::{Cause, Provider, Timeout};

/// How long a vendor is left alone that throttled without saying for how long.
pub(crate) const UNNAMED_THROTTLE_MS: i64 = 30_000;

/// A row of the chain's table: what is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// Next at once; disabled until the configuration changes, a test succeeds, or a probe every 6 h does.
    Disable,
    /// 429: wait and retry once if the delay is short and fits; else next, and open until then.
    Throttle { wait_ms: i64 },
    /// One retry after 250–750 ms, then next.
    RetryOnce,
    /// Next, and a failure.
    Fail,
    /// Trim the prompt once, then next; the breaker is untouched.
    Trim,
    /// Drop what is optional once, then next; the breaker is untouched.
    Reduce,
    /// Next; the breaker is untouched.
    PassBy,
}

/// An attempt that gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub cause: Cause,
    pub row: Row,
    pub status: Option<u16>,
    /// Codes of the vendor only: its sentences may quote the prompt or a part of the key.
    pub detail: String,
}

impl Failure {
    /// A failure that is no error answer.
    pub fn new(cause: Cause, detail: &str) -> Self {
        Self {
            cause,
            row: match cause {
                Cause::ServerError | Cause::Unreachable => Row::RetryOnce,
                // The caller's deadline says nothing about the provider.
                Cause::Timeout {
                    limit: Timeout::Total,
                }
                | Cause::Busy { .. } => Row::PassBy,
                _ => Row::Fail,
            },
            status: None,
            detail: detail.to_owned(),
        }
    }

    /// The same with the status of the answer that it was found in.
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

/// The vendor's error, wherever it is in the body.
#[derive(Debug, Default)]
struct ErrorBody {
    error: Value,
    /// Whether the body is an error of an API at all.
    is_api: bool,
}

impl ErrorBody {
    fn parse(body: &[u8]) -> Self {
        let Ok(mut value) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        // Gemini wraps it into an array.
        if let Some(first) = value.as_array_mut().and_then(|items| items.first_mut()) {
            value = first.take();
        }
        let is_api = value.is_object();
        let error = match value.get_mut("error") {
            Some(error) => error.take(),
            None => value,
        };
        Self { error, is_api }
    }

    fn message(&self) -> String {
        let message = self.error.get("message").unwrap_or(&self.error);
        message.as_str().unwrap_or_default().to_lowercase()
    }

    fn words(&self) -> Vec<String> {
        let named = ["code", "type", "status"]
            .into_iter()
            .filter_map(|name| self.error.get(name));
        let reasons = self
            .error
            .get("details")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|detail| detail.get("reason"));
        named
            .chain(reasons)
            .filter_map(Value::as_str)
            .filter(|word| is_code(word))
            .map(str::to_owned)
            .collect()
    }
}

/// Only what looks like a code is kept of a vendor's answer.
fn is_code(word: &str) -> bool {
    (1..=48).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// Puts an error answer into its row.
pub(crate) fn classify(
    provider: Provider,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    now_ms: i64,
) -> Failure {
    let answer = ErrorBody::parse(body);
    let words = answer.words();
    let message = answer.message();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let says = |wanted: &[&str]| wanted.iter().any(|part| message.contains(part));
    let (cause, row) = match status.as_u16() {
        _ if has(CREDIT_CODES) => (Cause::CreditExhausted, Row::Disable),
        _ if has(MODEL_CODES) => (Cause::ModelNotFound, Row::Disable),
        _ if has(KEY_CODES) => (Cause::Unauthorized, Row::Disable),
        401 => (Cause::Unauthorized, Row::Disable),
        402 => (Cause::CreditExhausted, Row::Disable),
        403 => (Cause::Forbidden, Row::Disable),
        404 | 410 => (not_found(provider, answer.is_api), Row::Disable),
        300..=399 => (Cause::WrongAddress, Row::Disable),
        429 => {
            let wait_ms = throttled_for_ms(provider, headers, &answer, now_ms);
            let until_ms = now_ms.saturating_add(wait_ms);
            (Cause::Throttled { until_ms }, Row::Throttle { wait_ms })
        }
        // Groq says 413 when a request alone is above the tokens of a minute.
        413 => (Cause::ContextOverflow, Row::Trim),
        400 | 422 if has(&["context_length_exceeded"]) || says(OVERFLOW) => {
            (Cause::ContextOverflow, Row::Trim)
        }
        400 | 422 if has(REFUSAL_CODES) => (Cause::Refused, Row::Fail),
        400 if has(&["json_validate_failed", "tool_use_failed"]) => (Cause::InvalidJson, Row::Fail),
        // Gemini in a country that it does not serve.
        400 if says(&["location is not supported"]) => (Cause::Forbidden, Row::Disable),
        408 | 409 | 425 | 500.. => (Cause::ServerError, Row::RetryOnce),
        _ => (Cause::BadRequest, Row::Reduce),
    };
    Failure {
        cause,
        row,
        status: Some(status.as_u16()),
        detail: words.join(" "),
    }
}

const CREDIT_CODES: &[&str] = &[
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
];
const MODEL_CODES: &[&str] = &["model_not_found", "model_decommissioned", "model_not_supported"];
// Gemini answers 400 to a wrong key.
const KEY_CODES: &[&str] = &["API_KEY_INVALID", "invalid_api_key", "API_KEY_EXPIRED"];
const REFUSAL_CODES: &[&str] = &["content_filter", "content_policy_violation", "PROHIBITED_CONTENT"];
const OVERFLOW: &[&str] = &[
    "maximum context length",
    "context length",
    "context size",
    "context window",
    "exceeds the maximum number of tokens",
    "reduce the length of the messages",
    "input is too long",
    "must have less than",
    "must be <= ",
];

fn not_found(provider: Provider, is_api: bool) -> Cause {
    match provider {
        Provider::Timeweb => Cause::AgentNotFound,
        _ if is_api => Cause::ModelNotFound,
        _ => Cause::WrongAddress,
    }
}

/// For how long a 429 wants quiet.
fn throttled_for_ms(provider: Provider, headers: &HeaderMap, answer: &ErrorBody, now_ms: i64) -> i64 {
    // Gemini names a short delay even when it is the day's quota that is gone.
    if let Some(hour) = provider.quirks().day_resets_at_hour_utc
        && hints::gemini_daily_quota(&answer.error)
    {
        return hints::until_hour_utc_ms(now_ms, hour);
    }
    let message = answer
        .error
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or_default();
    hints::retry_after_ms(headers, now_ms)
        .or_else(|| hints::gemini_retry_delay_ms(&answer.error))
        .or_else(|| hints::RateHints::from_headers(headers).exhausted_for_ms())
        .or_else(|| hints::try_again_in_ms(message))
        .unwrap_or(UNNAMED_THROTTLE_MS)
        .clamp(0, LONGEST_WAIT_MS)
}

/// An error that came as a piece of a stream, where there is no status of its own any more.
pub(crate) fn classify_in_stream(provider: Provider, error: &Value, now_ms: i64) -> Failure {
    let numeric = ["code", "status_code", "status"]
        .into_iter()
        .filter_map(|name| error.get(name)?.as_u64())
        .find(|code| (400..600).contains(code));
    let throttled = error.get("code").and_then(Value::as_str) == Some("rate_limit_exceeded");
    let status = numeric
        .and_then(|code| u16::try_from(code).ok())
        .or(throttled.then_some(429))
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::json!({ "error": error }).to_string();
    let failure = classify(provider, status, &HeaderMap::new(), body.as_bytes(), now_ms);
    failure.with_status(200)
}

#[cfg(test)]
#[path = "outcome_tests.rs"]
mod tests;
