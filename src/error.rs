//! `AppError`: what can go wrong, as a kind. Each kind knows its HTTP status and its log level; the words for people
//! come from the catalogue by key, in the reader's language, when the answer is encoded.

use thiserror::Error;
use tracing::Level;

/// A text for people that is not yet in any language: a key of the catalogue and what to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub key: &'static str,
    pub params: Vec<(&'static str, String)>,
}

impl Message {
    /// The text at `key`, with nothing to fill in.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            params: Vec::new(),
        }
    }

    /// Fills the slot `name` of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }
}

/// One bad field of a request: its path (`contact_ids[2]`) and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: Message,
}

/// One thing wrong in a file that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// From 1, where it can be told.
    pub line: Option<u64>,
    pub error: FieldError,
}

/// What went wrong, by kind.
#[derive(Debug, Error)]
pub enum AppError {
    /// The request is understood and wrong; the fields are named.
    #[error("invalid input: {}", names(.fields))]
    Invalid { fields: Vec<FieldError> },
    /// The request cannot be read at all: `field` is what is broken (`body`, `file`).
    #[error("malformed {field}")]
    Malformed { field: &'static str, message: Message },
    /// The file that was sent is wrong; each place is named, with its line.
    #[error("a bad file: {} problems", .problems.len())]
    BadFile { problems: Vec<FileProblem> },
    /// There is no such thing. `what` is the noun (`contact`, `campaign`) that the catalogue knows.
    #[error("{what} not found")]
    NotFound { what: &'static str },
    /// The state of things forbids it now. `code` is for programs, `data` is added to the answer's members.
    #[error("conflict: {code}")]
    Conflict {
        code: &'static str,
        message: Message,
        data: Option<serde_json::Value>,
    },
    /// The caller knows an older version than the present one; `data` tells of the present one.
    #[error("precondition failed: {}", .message.key)]
    Stale {
        message: Message,
        data: serde_json::Value,
    },
    /// A service that we asked answered what we cannot use; `fields` name the places in its answer.
    #[error("bad answer of another service: {code}")]
    Upstream {
        code: &'static str,
        message: Message,
        fields: Vec<FieldError>,
    },
    /// The caller is known and may not.
    #[error("forbidden: {}", .message.key)]
    Forbidden { message: Message },
    /// The caller is not known.
    #[error("unauthorized")]
    Unauthorized,
    /// Too often; again after so many seconds.
    #[error("too many requests; retry after {retry_after_s} s")]
    TooManyRequests { retry_after_s: u64 },
    /// Something that we depend on is not there now.
    #[error("unavailable: {code}")]
    Unavailable {
        code: &'static str,
        message: Message,
        retry_after_s: Option<u64>,
    },
    /// Our fault. The cause is logged and never shown.
    #[error("internal: {0:#}")]
    Internal(anyhow::Error),
}

/// Short for what every service answers.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// One bad field.
    #[must_use]
    pub fn invalid(field: impl Into<String>, message: Message) -> Self {
        Self::Invalid {
            fields: vec![FieldError {
                field: field.into(),
                message,
            }],
        }
    }

    /// No such `what`.
    #[must_use]
    pub fn not_found(what: &'static str) -> Self {
        Self::NotFound { what }
    }

    /// A conflict with nothing to add to its text.
    #[must_use]
    pub fn conflict(code: &'static str, message: Message) -> Self {
        Self::Conflict {
            code,
            message,
            data: None,
        }
    }

    /// Our own fault, with its cause.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status that this kind answers with.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid { .. } | Self::BadFile { .. } => 422,
            Self::Stale { .. } => 412,
            Self::Upstream { .. } => 502,
            Self::Malformed { .. } => 400,
            Self::NotFound { .. } => 404,
            Self::Conflict { .. } => 409,
            Self::Forbidden { .. } => 403,
            Self::Unauthorized => 401,
            Self::TooManyRequests { .. } => 429,
            Self::Unavailable { .. } => 503,
            Self::Internal(_) => 500,
        }
    }

    /// How loudly it is logged.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::Internal(_) => Level::ERROR,
            Self::Unavailable { .. } | Self::Upstream { .. } | Self::TooManyRequests { .. } => Level::WARN,
            Self::Forbidden { .. } | Self::Unauthorized => Level::INFO,
            Self::Invalid { .. }
            | Self::Malformed { .. }
            | Self::BadFile { .. }
            | Self::NotFound { .. }
            | Self::Conflict { .. }
            | Self::Stale { .. } => Level::DEBUG,
        }
    }

    /// The short word for programs (`invalid`, `not_found`, or the conflict's own code).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } | Self::BadFile { .. } => "invalid",
            Self::Stale { .. } => "stale_version",
            Self::Malformed { .. } => "bad_request",
            Self::NotFound { .. } => "not_found",
            Self::Conflict { code, .. } | Self::Unavailable { code, .. } | Self::Upstream { code, .. } => {
                code
            }
            Self::Forbidden { .. } => "forbidden",
            Self::Unauthorized => "unauthorized",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(cause: anyhow::Error) -> Self {
        Self::Internal(cause)
    }
}

fn names(fields: &[FieldError]) -> String {
    fields
        .iter()
        .map(|field| field.field.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

impl From<alfa_store::StoreError> for AppError {
    fn from(error: alfa_store::StoreError) -> Self {
        use alfa_store::StoreError;
        match error {
            StoreError::NotFound(what) => Self::NotFound { what },
            StoreError::BadCursor => Self::invalid("cursor", Message::new("error.cursor")),
            StoreError::Busy => Self::Unavailable {
                code: "database_busy",
                message: Message::new("error.database_busy"),
                retry_after_s: Some(1),
            },
            StoreError::Overlap => Self::conflict("taken", Message::new("crm.taken")),
            StoreError::StillUsed => Self::conflict("still_used", Message::new("crm.still_used")),
            other => Self::Internal(other.into()),
        }
    }
}
