//! One request to one provider.

use std::sync::Arc;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Response, Url, redirect};

use crate::clock::within;
use crate::connect::{ConnectLimit, ConnectTimedOut};
use crate::live::Live;
use crate::outcome::{Failure, Row, classify};
use crate::times::Times;
use crate::wire::ChatRequest;
use crate::{Cause, Clock, ProviderSettings, Timeout};

/// A connection must be made in so many milliseconds.
const CONNECT_MS: i64 = 3_000;
/// So much of an error answer is read, in bytes: the code is at its beginning.
const ERROR_BODY_BYTES: usize = 64 * 1024;
/// And for so long, in milliseconds.
const ERROR_BODY_MS: i64 = 3_000;
/// Idle connections kept to each host.
const IDLE_CONNECTIONS: usize = 32;

/// Makes ring the TLS provider of the process, for other users of reqwest in it: with the feature that this crate
/// chooses, `reqwest::Client::new()` panics until some provider is installed. Harmless when there is one already.
pub fn install_tls_provider() {
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        tracing::debug!("a TLS provider was installed before");
    }
}

/// The HTTP client that all providers share.
#[derive(Clone)]
pub(crate) struct Http {
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
}

impl Http {
    pub fn new(clock: Arc<dyn Clock>) -> Result<Self, String> {
        let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            // A proxy of the environment would see the prompts; a redirect would carry them elsewhere.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .user_agent(concat!("alfa/", env!("CARGO_PKG_VERSION")))
            .connector_layer(ConnectLimit {
                clock: clock.clone(),
                limit_ms: CONNECT_MS,
            })
            .build()
            .map_err(|error| error.without_url().to_string())?;
        Ok(Self { client, clock })
    }

    /// Sends the request and waits for the head of the answer. An error answer is a failure.
    pub async fn send(
        &self,
        settings: &ProviderSettings,
        url: &Url,
        request: &ChatRequest,
        times: Times,
    ) -> Result<Live, Failure> {
        let headers = headers(settings).ok_or_else(|| Failure {
            cause: Cause::Unauthorized,
            row: Row::Disable,
            status: None,
            detail: "key_cannot_be_sent".to_owned(),
        })?;
        let body = serde_json::to_vec(request)
            .map_err(|_| Failure::new(Cause::BadRequest, "request_cannot_be_written"))?;
        let sending = self.client.post(url.clone()).headers(headers).body(body).send();
        let (limit_ms, limit) = times.before_first_token(self.clock.now_ms());
        let response = match within(&*self.clock, limit_ms, sending).await {
            None => return Err(times.timed_out(limit, self.clock.now_ms())),
            Some(Err(error)) => return Err(not_sent(&error)),
            Some(Ok(response)) => response,
        };
        if response.status().is_success() {
            return Ok(Live::new(response, settings.provider, times, self.clock.clone()));
        }
        Err(self.refused(settings, response).await)
    }

    async fn refused(&self, settings: &ProviderSettings, mut response: Response) -> Failure {
        let status = response.status();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        let reading = async {
            while let Ok(Some(bytes)) = response.chunk().await {
                let room = ERROR_BODY_BYTES.saturating_sub(body.len());
                body.extend(bytes.iter().take(room));
                if body.len() >= ERROR_BODY_BYTES {
                    break;
                }
            }
        };
        // What came so far is judged.
        let _ = within(&*self.clock, ERROR_BODY_MS, reading).await;
        classify(settings.provider, status, &headers, &body, self.clock.now_ms())
    }
}

fn headers(settings: &ProviderSettings) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("text/event-stream, application/json"),
    );
    if let Some((name, value)) = settings.provider.quirks().header {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(key) = settings.key.as_ref().filter(|key| !key.is_empty()) {
        let bearer = zeroize::Zeroizing::new(format!("Bearer {}", key.expose()));
        let mut value = HeaderValue::from_str(&bearer).ok()?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    Some(headers)
}

/// The error's own words are not kept: they quote the address, and Timeweb's holds the access id.
fn not_sent(error: &reqwest::Error) -> Failure {
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.is::<ConnectTimedOut>() {
            let limit = Timeout::Connect;
            return Failure::new(Cause::Timeout { limit }, "connect");
        }
        source = inner.source();
    }
    let detail = if error.is_connect() {
        "not_connected"
    } else {
        "connection_lost"
    };
    Failure::new(Cause::Unreachable, detail)
}
