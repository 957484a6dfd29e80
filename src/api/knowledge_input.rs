//! What is sent to change the knowledge base: strict bodies, and merge patches.

use super::check::{Checks, Input};
use super::extract::{decode, is_json, misfit, whole};
use super::problem::Refused;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::{Benefit, Block, Fact, Level, Localized, Product, Program, ReplyClass};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
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
