//! Products from the partner's personal cabinet: one bounded request, and a change of the knowledge base or none.
//!
//! The key goes to the configured host and nowhere else: a redirect to another host, port or scheme is not followed. What
//! the cabinet answers is never repeated in a text or a log, since it could repeat the key.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use reqwest::{Client, Response, Url, redirect};
use serde_json::Value;

use super::edit::Touched;
use super::merge::Merged;
use super::model::KnowledgeBase;
use super::service::{Order, Saved, change};
use crate::app::App;
use crate::config::Secret;
use crate::error::{AppError, AppResult, FieldError, Message};

/// How much time and how many bytes an answer may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub connect: Duration,
    /// All of it: connecting, waiting, reading.
    pub total: Duration,
    pub body_bytes: usize,
}

/// The product's own limits: well within the time of a request to our API.
pub const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    total: Duration::from_secs(20),
    body_bytes: 4 * 1024 * 1024,
};

/// Redirects that are followed, to the same host.
const MAX_REDIRECTS: usize = 3;

/// Asks the cabinet and takes what it tells.
///
/// # Errors
/// `Conflict` when there is no key; `Upstream` with what happened, why and what to do; what [`change`] answers. In each
/// case nothing is changed.
pub async fn sync(app: &App, order: &Order, limits: Limits) -> AppResult<(Saved, Merged)> {
    let key = app.config.cabinet_api_key.as_ref();
    let key =
        key.ok_or_else(|| AppError::conflict("cabinet_no_key", Message::new("knowledge.cabinet_no_key")))?;
    let answer = fetch(&app.config.knowledge_sync_url, key, limits).await?;
    // What does not fit by itself is the cabinet's fault, whatever becomes of the base meanwhile.
    let mut merged = Merged::default();
    let saved = change(app, order, |base, _| {
        merged = take(base, &answer)?;
        Ok(Touched::whole(""))
    })
    .await?;
    Ok((saved, merged))
}

/// Takes the products, and looks whether the base still holds: if not, the cabinet's answer is to blame.
fn take(base: &mut KnowledgeBase, answer: &Value) -> AppResult<Merged> {
    let merged = base.take_products(answer).map_err(bad_products)?;
    let problems = base.first_problems();
    if problems.is_empty() {
        return Ok(merged);
    }
    let fields = problems.into_iter().map(|problem| FieldError {
        field: problem.path,
        message: Message::new(problem.key).with("detail", problem.detail),
    });
    Err(bad_products(fields.collect()))
}

fn bad_products(fields: Vec<FieldError>) -> AppError {
    let places: Vec<&str> = fields.iter().take(3).map(|error| error.field.as_str()).collect();
    AppError::Upstream {
        code: "cabinet_bad_products",
        message: Message::new("knowledge.cabinet_bad_products").with("places", places.join(", ")),
        fields,
    }
}

async fn fetch(address: &str, key: &Secret, limits: Limits) -> AppResult<Value> {
    let url = Url::parse(address).map_err(|_| upstream("cabinet_bad_address"))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose()))
        .map_err(|_| AppError::conflict("cabinet_bad_key", Message::new("knowledge.cabinet_bad_key")))?;
    bearer.set_sensitive(true);
    let request = client(limits)?
        .get(url)
        .header(AUTHORIZATION, bearer)
        .header(ACCEPT, "application/json");
    let response = request
        .send()
        .await
        .map_err(|error| failed(&error, &host, limits))?;
    let status = response.status();
    if !status.is_success() {
        return Err(refused(status.as_u16(), &host));
    }
    let body = read(response, &host, limits).await?;
    serde_json::from_slice(&body).map_err(|_| about("cabinet_not_json", &host))
}

fn client(limits: Limits) -> AppResult<Client> {
    let tls = crate::tls::client_config().map_err(AppError::internal)?;
    let same_place = redirect::Policy::custom(|attempt| {
        let place = |url: &Url| {
            (
                url.scheme().to_owned(),
                url.host_str().map(str::to_owned),
                url.port_or_known_default(),
            )
        };
        let first = attempt.previous().first().map(place);
        let here = first == Some(place(attempt.url()));
        if here && attempt.previous().len() <= MAX_REDIRECTS {
            attempt.follow()
        } else {
            attempt.stop()
        }
    });
    Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .redirect(same_place)
        .referer(false)
        .user_agent(concat!("alfa/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(AppError::internal)
}

async fn read(mut response: Response, host: &str, limits: Limits) -> AppResult<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failed(&error, host, limits))?
    {
        if body.len() + chunk.len() > limits.body_bytes {
            return Err(about("cabinet_too_large", host));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The request did not come to an answer. The error itself is not shown: it may hold the address with a password.
fn failed(error: &reqwest::Error, host: &str, limits: Limits) -> AppError {
    let seconds = limits.total.as_secs().max(1);
    let message = |key| Message::new(key).with("host", host).with("seconds", seconds);
    let (code, message) = if error.is_timeout() {
        ("cabinet_timeout", message("knowledge.cabinet_timeout"))
    } else if error.is_connect() {
        ("cabinet_unreachable", message("knowledge.cabinet_unreachable"))
    } else {
        ("cabinet_broken", message("knowledge.cabinet_broken"))
    };
    AppError::Upstream {
        code,
        message,
        fields: Vec::new(),
    }
}

fn refused(status: u16, host: &str) -> AppError {
    let code = match status {
        300..=399 => "cabinet_redirect",
        401 | 403 => "cabinet_unauthorized",
        404 | 410 => "cabinet_not_found",
        429 => "cabinet_too_often",
        500..=599 => "cabinet_down",
        _ => "cabinet_status",
    };
    match about(code, host) {
        AppError::Upstream {
            code,
            message,
            fields,
        } => AppError::Upstream {
            code,
            message: message.with("status", status),
            fields,
        },
        other => other,
    }
}

fn upstream(code: &'static str) -> AppError {
    about(code, "")
}

/// The refusal of this code, whose text names the host.
fn about(code: &'static str, host: &str) -> AppError {
    let key = match code {
        "cabinet_bad_address" => "knowledge.cabinet_bad_address",
        "cabinet_redirect" => "knowledge.cabinet_redirect",
        "cabinet_unauthorized" => "knowledge.cabinet_unauthorized",
        "cabinet_not_found" => "knowledge.cabinet_not_found",
        "cabinet_too_often" => "knowledge.cabinet_too_often",
        "cabinet_down" => "knowledge.cabinet_down",
        "cabinet_not_json" => "knowledge.cabinet_not_json",
        "cabinet_too_large" => "knowledge.cabinet_too_large",
        _ => "knowledge.cabinet_status",
    };
    AppError::Upstream {
        code,
        message: Message::new(key).with("host", host),
        fields: Vec::new(),
    }
}
