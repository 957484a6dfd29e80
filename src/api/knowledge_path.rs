//! What a request to the knowledge base says beside its body: words of the path, and `If-Match`.

use super::knowledge_input::BlockKind;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::{ReplyClass, is_attribute};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header;
use axum::http::request::Parts;

/// The version that the caller knows: `If-Match: "12"`. A star stands for any.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> AppResult<Self> {
        let mut values = parts.headers.get_all(header::IF_MATCH).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return match parts.headers.contains_key(header::IF_MATCH) {
                true => Err(bad_tag()),
                false => Ok(Self(None)),
            };
        };
        let text = value.to_str().map_err(|_| bad_tag())?.trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let digits = quoted.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
        let id = digits.and_then(|id| id.parse().ok()).ok_or_else(bad_tag)?;
        Ok(Self(Some(id)))
    }
}

fn bad_tag() -> AppError {
    AppError::invalid("If-Match", Message::new("error.if_match"))
}

async fn parameter<S: Send + Sync>(parts: &mut Parts, state: &S, name: &'static str) -> AppResult<String> {
    let parameters = RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| AppError::invalid(name, Message::new("error.not_utf8")))?;
    let found = parameters.iter().find(|(known, _)| *known == name);
    Ok(found.map(|(_, value)| value.to_owned()).unwrap_or_default())
}

fn unknown_word(field: &str, words: &[&str]) -> AppError {
    AppError::invalid(
        field,
        Message::new("error.unknown_word").with("words", words.join(", ")),
    )
}

/// The `{class}` of the path.
#[derive(Debug, Clone, Copy)]
pub struct Class(pub ReplyClass);

impl<S: Send + Sync> FromRequestParts<S> for Class {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> AppResult<Self> {
        let word = parameter(parts, state, "class").await?;
        let class = ReplyClass::parse(&word).map(Self);
        class.ok_or_else(|| unknown_word("class", &ReplyClass::ALL.map(ReplyClass::name)))
    }
}

/// The `{kind}` of the path.
#[derive(Debug, Clone, Copy)]
pub struct Kind(pub BlockKind);

impl<S: Send + Sync> FromRequestParts<S> for Kind {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> AppResult<Self> {
        let word = parameter(parts, state, "kind").await?;
        let kind = BlockKind::ALL.into_iter().find(|kind| kind.as_str() == word);
        kind.map(Self)
            .ok_or_else(|| unknown_word("kind", &BlockKind::ALL.map(BlockKind::as_str)))
    }
}

/// The `{attribute}` of the path.
#[derive(Debug, Clone)]
pub struct Attribute(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Attribute {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> AppResult<Self> {
        let name = parameter(parts, state, "attribute").await?;
        if is_attribute(&name) {
            return Ok(Self(name));
        }
        let message = Message::new("knowledge.attribute").with("detail", name.replace('\0', ""));
        Err(AppError::invalid("attribute", message))
    }
}
