//! Strict decoding: a JSON body, a query string, a path's id. What is not understood is refused by name.

use super::check::{Checks, Input};
use super::paging::NoQuery;
use super::problem::Refused;
use super::router::MAX_BODY_BYTES;
use super::time;
use crate::error::{AppError, AppResult, Message};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::LengthLimitError;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::marker::PhantomData;

/// A JSON body: `application/json`, one value and nothing after it, no unknown fields, no NUL in any text.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: Input> FromRequest<S> for Json<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        no_query(request.uri())?;
        let JsonBeside(value) = JsonBeside::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// The same beside a query that the route reads with [`Query`].
#[derive(Debug)]
pub struct JsonBeside<T>(pub T);

impl<S: Send + Sync, T: Input> FromRequest<S> for JsonBeside<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response());
        }
        let bytes = whole(request).await?;
        decode(&bytes).map(Self)
    }
}

/// An object, never an array: by itself serde would take a struct's fields from an array by their order.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Strict<T>(pub T);

impl<T> std::ops::Deref for Strict<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Strict<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Strict)
    }
}

/// A JSON body that may be left out: its default is used then.
#[derive(Debug)]
pub struct OptionalJson<T>(pub T);

impl<S: Send + Sync, T: Input + Default> FromRequest<S> for OptionalJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        no_query(request.uri())?;
        let json = is_json(request.headers());
        let bytes = whole(request).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        if !json {
            return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response());
        }
        decode(&bytes).map(Self)
    }
}

/// What takes neither a body nor a query: anything else is refused by name. `{}` says as much as nothing.
#[derive(Debug)]
pub struct NoInput;

impl<S: Send + Sync> FromRequest<S> for NoInput {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let OptionalJson(NoQuery {}) = OptionalJson::from_request(request, state).await?;
        Ok(Self)
    }
}

/// Whatever takes a body takes no query.
#[expect(clippy::result_large_err, reason = "the refusal is the answer itself")]
fn no_query(uri: &Uri) -> Result<(), Response> {
    let NoQuery {} = decode_query(uri.query().unwrap_or_default()).map_err(IntoResponse::into_response)?;
    Ok(())
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .eq_ignore_ascii_case("application/json")
}

/// The body, up to its bound. It may also end before it is whole.
pub(super) async fn whole(request: Request) -> Result<Bytes, Response> {
    to_bytes(request.into_body(), MAX_BODY_BYTES)
        .await
        .map_err(|error| {
            let too_long = std::error::Error::source(&error)
                .is_some_and(<dyn std::error::Error>::is::<LengthLimitError>);
            if too_long {
                Refused(StatusCode::PAYLOAD_TOO_LARGE).into_response()
            } else {
                malformed("error.malformed_body")
            }
        })
}

#[expect(clippy::result_large_err, reason = "the refusal is the answer itself")]
pub(super) fn decode<T: Input>(bytes: &[u8]) -> Result<T, Response> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value: T = match serde_path_to_error::deserialize(&mut json) {
        Ok(Strict(value)) => value,
        Err(error) => return Err(bad_json(&error)),
    };
    if json.end().is_err() {
        return Err(AppError::invalid("body", Message::new("error.json_trailing")).into_response());
    }
    let mut checks = Checks::default();
    // A NUL can only stand in JSON as an escape; PostgreSQL cannot keep one.
    if contains(bytes, b"\\u0000") {
        let whole: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        name_nuls(&whole, String::new(), &mut checks);
    }
    value.check(&mut checks);
    checks.finish().map_err(IntoResponse::into_response)?;
    Ok(value)
}

/// The input of a JSON object that did not come as a body.
///
/// # Errors
/// `Invalid`, the fields named.
pub(super) fn decode_object<T: Input>(object: serde_json::Value) -> AppResult<T> {
    let mut checks = Checks::default();
    name_nuls(&object, String::new(), &mut checks);
    checks.finish()?;
    let value: T = serde_path_to_error::deserialize(object)
        .map_err(|error| misfit(&error.path().to_string(), &error.inner().to_string()))?;
    let mut checks = Checks::default();
    value.check(&mut checks);
    checks.finish()?;
    Ok(value)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

pub(super) fn name_nuls(value: &serde_json::Value, path: String, checks: &mut Checks) {
    match value {
        serde_json::Value::String(text) if text.contains('\0') => {
            checks.refuse(path, Message::new("error.nul"))
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                name_nuls(item, format!("{path}[{index}]"), checks);
            }
        }
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                if name.contains('\0') {
                    checks.refuse(path.clone(), Message::new("error.nul"));
                }
                let inner = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                name_nuls(member, inner, checks);
            }
        }
        _ => {}
    }
}

/// Text that is no JSON is a 400; JSON that does not fit is a 422 with the field's path.
fn bad_json(error: &serde_path_to_error::Error<serde_json::Error>) -> Response {
    use serde_json::error::Category;
    let cause = error.inner();
    let too_deep = cause.to_string().starts_with("recursion limit");
    match cause.classify() {
        _ if too_deep => Refused(StatusCode::PAYLOAD_TOO_LARGE).into_response(),
        Category::Syntax | Category::Eof | Category::Io => malformed("error.malformed_json"),
        Category::Data => misfit(&error.path().to_string(), &cause.to_string()).into_response(),
    }
}

fn malformed(key: &'static str) -> Response {
    let message = Message::new(key);
    AppError::Malformed {
        field: "body",
        message,
    }
    .into_response()
}

/// Turns serde's words into the field and the catalogue's words.
pub(super) fn misfit(path: &str, cause: &str) -> AppError {
    let path = if path == "." { "" } else { path };
    let quoted = || cause.split('`').nth(1).unwrap_or_default();
    let inside = |name: &str| match path {
        "" => name.to_owned(),
        _ if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    let whole = || {
        if path.is_empty() {
            "body".to_owned()
        } else {
            path.to_owned()
        }
    };
    if cause.starts_with("unknown field") {
        AppError::invalid(inside(quoted()), Message::new("error.unknown_field"))
    } else if cause.starts_with("missing field") {
        AppError::invalid(inside(quoted()), Message::new("error.missing_field"))
    } else if cause.starts_with("duplicate field") {
        AppError::invalid(inside(quoted()), Message::new("error.duplicate_field"))
    } else if cause.starts_with("unknown variant") {
        let words: Vec<&str> = cause.split('`').skip(3).step_by(2).collect();
        AppError::invalid(
            whole(),
            Message::new("error.unknown_word").with("words", words.join(", ")),
        )
    } else {
        let expected = cause.split("expected ").nth(1).unwrap_or("a value that fits");
        let expected = expected.split(" at line").next().unwrap_or_default();
        match expected {
            time::TIME => return AppError::invalid(whole(), Message::new("error.time")),
            time::DATE => return AppError::invalid(whole(), Message::new("error.date")),
            _ => {}
        }
        AppError::invalid(
            whole(),
            Message::new("error.wrong_type").with("expected", expected),
        )
    }
}

/// A query string: no unknown and no repeated parameters, no NUL.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: Input> FromRequestParts<S> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> AppResult<Self> {
        let raw = parts.uri.query().unwrap_or_default();
        let value: T = decode_query(raw)?;
        let mut checks = Checks::default();
        value.check(&mut checks);
        checks.finish()?;
        Ok(Self(value))
    }
}

fn decode_query<T: DeserializeOwned>(raw: &str) -> AppResult<T> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(raw)
        .map_err(|_| AppError::invalid("query", Message::new("error.query")))?;
    let mut checks = Checks::default();
    for (name, value) in &pairs {
        if name.contains('\0') || value.contains('\0') {
            checks.refuse(name.replace('\0', ""), Message::new("error.nul"));
        } else if value.contains('\u{fffd}') {
            checks.refuse(name, Message::new("error.not_utf8"));
        }
    }
    checks.finish()?;
    let decoder = serde_urlencoded::Deserializer::new(form_urlencoded(raw));
    serde_path_to_error::deserialize(decoder)
        .map_err(|error| misfit(&error.path().to_string(), &error.inner().to_string()))
}

fn form_urlencoded(raw: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(raw.as_bytes())
}

/// Tells a field that is `null` from one that is left out.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// The `{id}` of the path: a whole number from 1 to 2^63 − 1.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> AppResult<Self> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| AppError::invalid("id", Message::new("error.id")))?;
        let (name, value) = params.iter().next().unwrap_or(("id", ""));
        let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let id = plain
            .then(|| value.parse::<i64>().ok())
            .flatten()
            .filter(|id| *id >= 1);
        id.map(Self)
            .ok_or_else(|| AppError::invalid(name, Message::new("error.id")))
    }
}

/// A word in the path, percent-decoded.
///
/// # Errors
/// `Invalid` when it is not UTF-8 or holds a NUL.
pub async fn path_word(parts: &mut Parts, name: &'static str) -> AppResult<String> {
    let word = Path::<String>::from_request_parts(parts, &())
        .await
        .map_err(|_| AppError::invalid(name, Message::new("error.not_utf8")))?;
    if word.0.contains('\0') {
        return Err(AppError::invalid(name, Message::new("error.nul")));
    }
    Ok(word.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only decoded")]
        size: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        name: String,
        #[expect(dead_code, reason = "only decoded")]
        parts: Option<Vec<Strict<Inner>>>,
        limit: Option<u32>,
    }

    impl Input for Body {
        fn check(&self, checks: &mut Checks) {
            checks.text("name", &self.name, 1, 10);
            checks.range("limit", self.limit, 1, 500);
        }
    }

    fn fields(error: AppError) -> Vec<(String, &'static str)> {
        let AppError::Invalid { fields } = error else {
            panic!("{error}")
        };
        fields
            .into_iter()
            .map(|field| (field.field, field.message.key))
            .collect()
    }

    fn json(text: &str) -> (u16, Vec<(String, &'static str)>) {
        let mut deserializer = serde_json::Deserializer::from_slice(text.as_bytes());
        match serde_path_to_error::deserialize::<_, Strict<Body>>(&mut deserializer) {
            Ok(_) => (
                decode::<Body>(text.as_bytes())
                    .err()
                    .map_or(200, |response| response.status().as_u16()),
                vec![],
            ),
            Err(error) if error.inner().classify() == serde_json::error::Category::Data => (
                422,
                fields(misfit(&error.path().to_string(), &error.inner().to_string())),
            ),
            Err(error) => (bad_json(&error).status().as_u16(), vec![]),
        }
    }

    #[test]
    fn misfits_are_named_by_path() {
        let named = |text: &str| json(text).1.remove(0);
        assert_eq!(
            named(r#"{"name":"a","colour":1}"#),
            ("colour".into(), "error.unknown_field")
        );
        assert_eq!(
            named(r#"{"name":"a","parts":[{"size":1},{"size":"x"}]}"#),
            ("parts[1].size".into(), "error.wrong_type")
        );
        assert_eq!(
            named(r#"{"name":"a","parts":[{"size":1,"b":2}]}"#),
            ("parts[0].b".into(), "error.unknown_field")
        );
        assert_eq!(named(r#"{"limit":1}"#), ("name".into(), "error.missing_field"));
        assert_eq!(
            named(r#"{"name":"a","name":"b"}"#),
            ("name".into(), "error.duplicate_field")
        );
        assert_eq!(named(r#"["a", null, null]"#).1, "error.wrong_type");
        assert_eq!(
            named(r#"{"name":"a","parts":[[1]]}"#),
            ("parts[0]".into(), "error.wrong_type")
        );
    }

    #[test]
    fn what_is_no_json_is_bad_and_what_follows_it_too() {
        assert_eq!(json("{").0, 400);
        assert_eq!(json("").0, 400);
        assert_eq!(json(r#"{"name":"a"} x"#).0, 422);
        assert_eq!(json(r#"{"name":"a\u0000"}"#).0, 422);
        assert_eq!(json(r#"{"name":"a"}"#).0, 200);
        let deep = format!(r#"{{"name":"a","parts":{}"#, "[".repeat(100_000));
        assert!(matches!(json(&deep).0, 413 | 422));
    }

    #[test]
    fn queries_are_strict() {
        let named = |raw: &str| fields(decode_query::<Body>(raw).expect_err("refused")).remove(0);
        assert_eq!(named("name=a&colour=1"), ("colour".into(), "error.unknown_field"));
        assert_eq!(named("name=a&limit=x"), ("limit".into(), "error.wrong_type"));
        assert_eq!(
            named("name=a&limit=1&limit=2"),
            ("limit".into(), "error.duplicate_field")
        );
        assert_eq!(named("name=%00"), ("name".into(), "error.nul"));
        assert_eq!(named("name=%ff"), ("name".into(), "error.not_utf8"));
    }
}
