//! Why a provider gave no answer, for the product to put into words.

use serde::{Deserialize, Serialize};

/// Which limit of time was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeout {
    /// The connection was not made in 3 s.
    Connect,
    /// No first token in 10 s.
    FirstToken,
    /// The stream stood still for 15 s.
    Idle,
    /// The caller's deadline.
    Total,
}

/// Why a provider gave no answer. The product turns it into a text in the operator's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// Key, access id or a usable address is missing.
    NotConfigured,
    /// The key is not accepted (401): is it whole, not expired, and is the private API on?
    Unauthorized,
    /// The key may not do this (403), also: the country is not served.
    Forbidden,
    /// Timeweb: no agent has this access id (404).
    AgentNotFound,
    /// The vendor does not know this model (any more).
    ModelNotFound,
    /// Nothing of the API is at this address (404 without an error of the API, or a redirect).
    WrongAddress,
    /// The account's money or the month's credit is gone.
    CreditExhausted,
    /// Too many requests or tokens; the vendor wants quiet until then.
    Throttled {
        /// Milliseconds since 1970 UTC.
        until_ms: i64,
    },
    /// The vendor's own failure (5xx, 529).
    ServerError,
    /// Refused, reset, or no such host.
    Unreachable,
    /// A limit of time was reached.
    Timeout {
        /// Which.
        limit: Timeout,
    },
    /// The prompt is too long for the model.
    ContextOverflow,
    /// The vendor did not understand the request: our bug.
    BadRequest,
    /// An answer without content.
    Empty,
    /// The model or the vendor's filter refused to answer.
    Refused,
    /// JSON was asked for, or must have been sent by the vendor, and this is none.
    InvalidJson,
    /// The answer did not pass the caller's own check.
    Rejected,
    /// The stream ended before the answer did.
    CutStream,
    /// The answer is larger than any answer may be.
    TooLarge,
    /// The caller went away before the answer came: it says nothing about the provider.
    Abandoned,
    /// The prompt has a class of data that this provider may not see.
    Privacy,
    /// Our own limits for this provider are used up; nothing when another request's end frees it.
    Busy {
        /// Milliseconds since 1970 UTC.
        until_ms: Option<i64>,
    },
}

impl Cause {
    /// The word for it in records and metrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotConfigured => "not_configured",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::AgentNotFound => "agent_not_found",
            Self::ModelNotFound => "model_not_found",
            Self::WrongAddress => "wrong_address",
            Self::CreditExhausted => "credit_exhausted",
            Self::Throttled { .. } => "throttled",
            Self::ServerError => "server_error",
            Self::Unreachable => "unreachable",
            Self::Timeout { limit } => match limit {
                Timeout::Connect => "timeout_connect",
                Timeout::FirstToken => "timeout_first_token",
                Timeout::Idle => "timeout_idle",
                Timeout::Total => "timeout_total",
            },
            Self::ContextOverflow => "context_overflow",
            Self::BadRequest => "bad_request",
            Self::Empty => "empty",
            Self::Refused => "refused",
            Self::InvalidJson => "invalid_json",
            Self::Rejected => "rejected",
            Self::CutStream => "cut_stream",
            Self::TooLarge => "too_large",
            Self::Abandoned => "abandoned",
            Self::Privacy => "privacy",
            Self::Busy { .. } => "busy",
        }
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
