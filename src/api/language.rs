//! The language of the answer's texts.

use crate::text::Lang;
use axum::http::{HeaderMap, header};

/// The language that `Accept-Language` asks for.
#[must_use]
pub fn of(headers: &HeaderMap) -> Lang {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Lang::from_accept_language(wanted.unwrap_or_default())
}
