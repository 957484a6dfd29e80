//! Every error answer as RFC 9457 `application/problem+json`, in the reader's language.
//!
//! A handler answers an [`AppError`]; it travels in the response's extensions to [`render`], which knows the language.
//! What axum and its layers refuse by themselves (404, 405, 413, 415, a timeout) is given the same shape there.

use super::language::of;
use super::reason;
use super::time::Time;
use crate::error::{AppError, FieldError, FileProblem, Message};
use crate::text::{Lang, text};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// The content type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Bad fields that the text of a problem names; `errors` has all.
const TOLD_FIELDS: usize = 3;

/// One bad field of the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Path of the field in the body (`contact_ids[2]`), or the name of the parameter.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
    /// The line of the file that was sent, from 1, where it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub line: Option<u64>,
}

/// What is in the way of a session or a booking.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct InTheWay {
    /// `place` or `staff` (taken), `client` (has a seat already), `session` (is full).
    pub kind: String,
    /// Of the place, the trainer, the client or the session.
    pub id: i64,
    pub name: String,
    /// The service of the session that takes it, or the client who booked the place.
    pub taken_by: Option<String>,
    pub starts_at: Time,
    pub ends_at: Time,
    pub session_id: Option<i64>,
    pub booking_id: Option<i64>,
}

/// An error answer (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Kind of the problem: `urn:alfa:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened, why, and what to do.
    pub detail: String,
    /// Short word for programs.
    pub code: String,
    /// For the operator's log: the request's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The bad fields, when the input is bad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<ProblemField>>,
    /// What is in the way, when the schedule refuses: the place, the trainer, the client or the session, and until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<InTheWay>,
    /// More about a conflict (say, the campaign's state).
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Option<serde_json::Map<String, serde_json::Value>>,
}

/// The error on its way to [`render`].
#[derive(Clone)]
struct Failure(Arc<AppError>);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure(Arc::new(self)));
        response
    }
}

/// Gives every error answer its body.
pub async fn render(request: Request, next: Next) -> Response {
    let lang = of(request.headers());
    let request_id = request
        .extensions()
        .get::<super::trace::RequestId>()
        .map(|id| id.0.to_string());
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    if let Some(Failure(error)) = response.extensions().get::<Failure>().cloned() {
        log(&error, request_id.as_deref());
        return written(response, problem(lang, &error), &error, request_id);
    }
    if response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PROBLEM_JSON)
    {
        return response;
    }
    let error = AppError::Internal(anyhow::anyhow!("answered {status} by itself"));
    let body = of_status(lang, status);
    written(response, body, &error, request_id)
}

fn log(error: &AppError, request_id: Option<&str>) {
    let request_id = request_id.unwrap_or_default();
    match error.level() {
        tracing::Level::ERROR => tracing::error!(request_id, %error, "request failed"),
        tracing::Level::WARN => tracing::warn!(request_id, %error, "request failed"),
        tracing::Level::INFO => tracing::info!(request_id, %error, "request refused"),
        _ => tracing::debug!(request_id, %error, "request refused"),
    }
}

fn written(response: Response, mut body: Problem, error: &AppError, request_id: Option<String>) -> Response {
    body.request_id = request_id;
    let (mut parts, _) = response.into_parts();
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    parts.headers.remove(header::CONTENT_LENGTH);
    let retry_after_s = match error {
        AppError::TooManyRequests { retry_after_s } => Some(*retry_after_s),
        AppError::Unavailable { retry_after_s, .. } => *retry_after_s,
        _ => None,
    };
    if let Some(seconds) = retry_after_s {
        parts
            .headers
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(error, AppError::Unauthorized) {
        parts.headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"alfa\""),
        );
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The text of a message in this language.
#[must_use]
pub fn say(lang: Lang, message: &Message) -> String {
    // A reason travels by its name.
    let told = |(name, value): &(&'static str, String)| match *name {
        "reason" => (*name, reason::words(lang, value)),
        name => (name, value.clone()),
    };
    let values: Vec<(&str, String)> = message.params.iter().map(told).collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    text(lang, message.key, &values)
}

/// The body of an error.
#[must_use]
pub fn problem(lang: Lang, error: &AppError) -> Problem {
    let status = error.status();
    let detail = match error {
        AppError::Invalid { fields } => invalid_detail(lang, fields.iter(), fields.len()),
        AppError::BadFile { problems } => invalid_detail(
            lang,
            problems.iter().map(|problem| &problem.error),
            problems.len(),
        ),
        AppError::Malformed { .. } => text(lang, "api.detail_400", &[]),
        AppError::NotFound { what } => {
            text(lang, &format!("error.{}_not_found", what.replace(' ', "_")), &[])
        }
        AppError::Conflict { message, .. }
        | AppError::Forbidden { message }
        | AppError::Stale { message, .. }
        | AppError::Upstream { message, .. }
        | AppError::Unavailable { message, .. } => say(lang, message),
        AppError::Unauthorized => text(lang, "error.unauthorized", &[]),
        AppError::TooManyRequests { retry_after_s } => text(
            lang,
            "error.too_many_requests",
            &[("seconds", &retry_after_s.to_string())],
        ),
        AppError::Internal(_) => text(lang, "error.internal", &[]),
    };
    let errors = match error {
        AppError::Invalid { fields } => {
            Some(fields.iter().map(|field| one_field(lang, field, None)).collect())
        }
        AppError::Upstream { fields, .. } if !fields.is_empty() => {
            Some(fields.iter().map(|field| one_field(lang, field, None)).collect())
        }
        AppError::BadFile { problems } => {
            let told = problems
                .iter()
                .map(|FileProblem { line, error }| one_field(lang, error, *line));
            Some(told.collect())
        }
        AppError::Malformed { field, message } => Some(vec![ProblemField {
            field: (*field).to_owned(),
            message: say(lang, message),
            line: None,
        }]),
        _ => None,
    };
    let mut more = match error {
        AppError::Conflict {
            data: Some(serde_json::Value::Object(members)),
            ..
        }
        | AppError::Stale {
            data: serde_json::Value::Object(members),
            ..
        } => Some(members.clone()),
        _ => None,
    };
    let conflict = more
        .as_mut()
        .and_then(|members| members.remove("conflict"))
        .and_then(|told| serde_json::from_value(told).ok());
    let code = error.code();
    Problem {
        kind: format!("urn:alfa:{code}"),
        title: title(lang, status),
        status,
        detail,
        code: code.to_owned(),
        request_id: None,
        errors,
        conflict,
        more,
    }
}

fn one_field(lang: Lang, field: &FieldError, line: Option<u64>) -> ProblemField {
    ProblemField {
        field: field.field.clone(),
        message: say(lang, &field.message),
        line,
    }
}

fn invalid_detail<'a>(lang: Lang, fields: impl Iterator<Item = &'a FieldError>, count: usize) -> String {
    let listed: Vec<String> = fields
        .take(TOLD_FIELDS)
        .map(|field| {
            format!(
                "{}: {}",
                field.field,
                say(lang, &field.message).trim_end_matches('.')
            )
        })
        .collect();
    let mut listed = listed.join("; ");
    if count > TOLD_FIELDS {
        listed.push_str("; …");
    }
    text(lang, "error.invalid", &[("fields", &listed)])
}

fn title(lang: Lang, status: u16) -> String {
    text(lang, &format!("api.title_{status}"), &[])
}

/// The body for what was answered below us with a status and no more.
fn of_status(lang: Lang, status: StatusCode) -> Problem {
    let known = matches!(
        status.as_u16(),
        400 | 404 | 405 | 408 | 413 | 415 | 422 | 500 | 503
    );
    let status = if known { status.as_u16() } else { 400 };
    let code = match status {
        404 => "route_not_found",
        405 => "method_not_allowed",
        408 | 503 => "timeout",
        413 => "too_large",
        415 => "unsupported_media_type",
        500 => "internal",
        _ => "bad_request",
    };
    Problem {
        kind: format!("urn:alfa:{code}"),
        title: title(lang, status),
        status,
        detail: text(lang, &format!("api.detail_{status}"), &[]),
        code: code.to_owned(),
        request_id: None,
        errors: None,
        conflict: None,
        more: None,
    }
}

/// A refusal that has a status of its own and is no [`AppError`]: a malformed body, a wrong content type.
pub struct Refused(pub StatusCode);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}
