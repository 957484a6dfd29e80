//! What is sent to change the knowledge base: strict bodies, words of the path, and `If-Match`.

use super::check::{Checks, Input};
use super::extract::{decode, is_json, misfit, whole};
use super::problem::Refused;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::{Benefit, Block, Fact, Level, Localized, Product, Program, ReplyClass, is_attribute};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// An object of any members.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Members(pub Map<String, Value>);

impl Input for Members {
    fn check(&self, _checks: &mut Checks) {}
}

/// A body in the knowledge base's own shape.
pub trait Shape: DeserializeOwned + Serialize {
    /// Takes away what answers have and bodies need not: so that what was read can be changed and sent back.
    fn drop_read_only(_members: &mut Map<String, Value>) {}
}

/// The programme, and whether the facts are made up.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramInput {
    name: Localized<String>,
    bank: Localized<String>,
    persona: Localized<String>,
    description: Localized<String>,
    levels: Vec<Level>,
    benefits: Vec<Benefit>,
    /// False says that the facts are true; it stays as it is when it is left out.
    #[serde(default)]
    sample: Option<bool>,
}

impl ProgramInput {
    /// The programme and the mark.
    pub fn parts(self) -> (Program, Option<bool>) {
        let program = Program {
            name: self.name,
            bank: self.bank,
            persona: self.persona,
            description: self.description,
            levels: self.levels,
            benefits: self.benefits,
        };
        (program, self.sample)
    }
}

/// The approved answers to a class of reply.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersInput {
    /// The class of the path, if it is given.
    #[serde(default)]
    pub class: Option<ReplyClass>,
    pub answers: Vec<Block>,
}

/// The blocks of one kind.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlocksInput {
    /// The kind of the path, if it is given.
    #[serde(default)]
    pub kind: Option<BlockKind>,
    pub blocks: Vec<Block>,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Greetings,
    Introductions,
    Bridges,
    Offers,
    Questions,
    Closings,
    AiDisclosure,
    StopSentence,
}

impl BlockKind {
    pub const ALL: [Self; 8] = [
        Self::Greetings,
        Self::Introductions,
        Self::Bridges,
        Self::Offers,
        Self::Questions,
        Self::Closings,
        Self::AiDisclosure,
        Self::StopSentence,
    ];

    /// The key in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Greetings => "greetings",
            Self::Introductions => "introductions",
            Self::Bridges => "bridges",
            Self::Offers => "offers",
            Self::Questions => "questions",
            Self::Closings => "closings",
            Self::AiDisclosure => "ai_disclosure",
            Self::StopSentence => "stop_sentence",
        }
    }
}

impl Shape for ProgramInput {}
impl Shape for AnswersInput {}
impl Shape for BlocksInput {}

impl Shape for Product {
    fn drop_read_only(members: &mut Map<String, Value>) {
        members.remove("sample");
        if let Some(Value::Array(facts)) = members.get_mut("facts") {
            for fact in facts.iter_mut().filter_map(Value::as_object_mut) {
                Fact::drop_read_only(fact);
            }
        }
    }
}

impl Shape for Fact {
    fn drop_read_only(members: &mut Map<String, Value>) {
        members.remove("live");
    }
}

/// A JSON body that is a part of the knowledge base.
#[derive(Debug)]
pub struct Part<T>(pub T);

impl<S: Send + Sync, T: Shape> FromRequest<S> for Part<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE).into_response());
        }
        let bytes = whole(request).await?;
        let Members(members) = decode(&bytes)?;
        shaped(members).map(Self).map_err(IntoResponse::into_response)
    }
}

/// The members as a part of the knowledge base.
///
/// # Errors
/// `Invalid` naming what does not fit.
pub fn shaped<T: Shape>(mut members: Map<String, Value>) -> AppResult<T> {
    T::drop_read_only(&mut members);
    let sent = Value::Object(members);
    let taken: T = serde_path_to_error::deserialize(sent.clone())
        .map_err(|error| misfit(&error.path().to_string(), &error.inner().to_string()))?;
    let back = serde_json::to_value(&taken).map_err(AppError::internal)?;
    match list_for_object(&sent, &back, "") {
        None => Ok(taken),
        Some(path) => {
            let message = Message::new("error.wrong_type").with("expected", "{…}");
            Err(AppError::invalid(path, message))
        }
    }
}

/// Where a list was sent in the place of an object: serde would take a struct's fields from it by their order.
fn list_for_object(sent: &Value, taken: &Value, path: &str) -> Option<String> {
    match (sent, taken) {
        (Value::Array(_), Value::Object(_)) => Some(path.to_owned()),
        (Value::Array(sent), Value::Array(taken)) => {
            let mut pairs = sent.iter().zip(taken).enumerate();
            pairs.find_map(|(index, (sent, taken))| list_for_object(sent, taken, &format!("{path}[{index}]")))
        }
        (Value::Object(sent), Value::Object(taken)) => sent.iter().find_map(|(name, sent)| {
            let dot = if path.is_empty() { "" } else { "." };
            list_for_object(sent, taken.get(name)?, &format!("{path}{dot}{name}"))
        }),
        _ => None,
    }
}

/// A JSON merge patch (RFC 7396): members that are sent replace, objects inside are merged, null removes.
pub fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(members) = target.as_object_mut() else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(&name);
        } else {
            merge(members.entry(name).or_insert(Value::Null), value);
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::KnowledgeBase;
    use serde_json::json;

    fn product() -> Map<String, Value> {
        let product = KnowledgeBase::sample().unwrap().products[0].clone();
        serde_json::to_value(product)
            .unwrap()
            .as_object()
            .unwrap()
            .clone()
    }

    fn field(members: Map<String, Value>) -> String {
        let AppError::Invalid { fields } = shaped::<Product>(members).unwrap_err() else {
            panic!("not a bad field")
        };
        fields[0].field.clone()
    }

    #[test]
    fn what_was_read_may_be_sent_back() {
        let mut members = product();
        members.insert("sample".to_owned(), json!(true));
        members["facts"][0]["live"] = json!(true);
        assert_eq!(
            shaped::<Product>(members).unwrap(),
            KnowledgeBase::sample().unwrap().products[0]
        );
    }

    #[test]
    fn strangers_and_lists_in_the_place_of_objects_are_named() {
        let with = |change: fn(&mut Map<String, Value>)| {
            let mut members = product();
            change(&mut members);
            field(members)
        };
        assert_eq!(with(|m| drop(m.insert("colour".to_owned(), json!(1)))), "colour");
        assert_eq!(with(|m| m["facts"][1]["colour"] = json!(1)), "facts[1].colour");
        assert_eq!(with(|m| m["aliases"] = json!([])), "aliases");
        assert_eq!(
            with(|m| m["facts"][0]["label"] = json!(["a", null, null, null, null])),
            "facts[0].label"
        );
        assert_eq!(with(|m| m["points"] = json!("1")), "points");
        assert_eq!(
            with(|m| m["facts"][0]["bound"] = json!("under")),
            "facts[0].bound"
        );
        assert_eq!(with(|m| drop(m.remove("link"))), "link");
    }

    #[test]
    fn a_patch_merges_removes_and_replaces() {
        let mut target = json!({"a": {"ru": "x", "en": "y"}, "b": [1, 2], "c": 1});
        merge(
            &mut target,
            json!({"a": {"en": "z"}, "b": [3], "c": null, "d": {"e": null, "f": 1}}),
        );
        assert_eq!(
            target,
            json!({"a": {"ru": "x", "en": "z"}, "b": [3], "d": {"f": 1}})
        );
    }
}
