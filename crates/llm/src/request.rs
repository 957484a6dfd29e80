//! What is asked of a chain, and what comes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wire::{Tool, ToolCall, ToolChoice, Usage};
use crate::{Cause, Prompt, Provider};

/// How long a user waits for the assistant, in milliseconds.
pub const ASSISTANT_DEADLINE_MS: i64 = 20_000;
/// How long a classification may take, in milliseconds.
pub const CLASSIFICATION_DEADLINE_MS: i64 = 8_000;
/// How long writing a message may take, in milliseconds.
pub const OUTREACH_DEADLINE_MS: i64 = 60_000;

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A first message or a follow-up.
    Outreach,
    /// An answer in a dialog.
    Reply,
    /// The class of what a person wrote.
    Classification,
    /// Choosing among the best products.
    Recommendation,
    /// The assistant of the product's users.
    Assistant,
    /// An operator's test.
    Test,
}

impl Purpose {
    /// Its deadline, in milliseconds.
    pub const fn deadline_ms(self) -> i64 {
        match self {
            Self::Outreach | Self::Reply => OUTREACH_DEADLINE_MS,
            Self::Classification | Self::Recommendation => CLASSIFICATION_DEADLINE_MS,
            Self::Assistant | Self::Test => ASSISTANT_DEADLINE_MS,
        }
    }

    /// The word for it in records and metrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Outreach => "outreach",
            Self::Reply => "reply",
            Self::Classification => "classification",
            Self::Recommendation => "recommendation",
            Self::Assistant => "assistant",
            Self::Test => "test",
        }
    }
}

/// Whether the answer must be JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// Text.
    #[default]
    No,
    /// An object.
    Object,
    /// An object of this JSON Schema, under this name. The schema is given to the vendor, not checked here: that is
    /// what [`Request::validate`] is for.
    Schema {
        /// Name of the schema.
        name: String,
        /// The schema.
        schema: Value,
    },
}

/// The caller's own check of an answer: what is wrong with it, in a few words without its text (they are recorded).
pub type Validate<'a> = &'a (dyn Fn(&str) -> Result<(), String> + Send + Sync);

/// What is asked.
#[derive(Clone)]
pub struct Request<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The prompt.
    pub prompt: &'a Prompt,
    /// What a provider is asked that may not see all classes of `prompt`; it passes without when there is none.
    pub reduced_prompt: Option<&'a Prompt>,
    /// How long all of it may take, in milliseconds from the call.
    pub deadline_ms: i64,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
    /// The vendor's default when nothing is given.
    pub temperature: Option<f32>,
    /// Against repetition; left out where the vendor knows it not.
    pub frequency_penalty: Option<f32>,
    /// Whether the answer must be JSON.
    pub json: Json,
    /// Functions that the model may ask for.
    pub tools: Vec<Tool>,
    /// Whether it must, may or must not.
    pub tool_choice: Option<ToolChoice>,
    /// An answer that does not pass is a failure of the provider, and the next is asked. Not used by streams.
    pub validate: Option<Validate<'a>>,
}

impl<'a> Request<'a> {
    /// A request with the purpose's deadline and nothing special.
    pub fn new(purpose: Purpose, prompt: &'a Prompt) -> Self {
        Self {
            purpose,
            prompt,
            reduced_prompt: None,
            deadline_ms: purpose.deadline_ms(),
            max_tokens: 600,
            temperature: None,
            frequency_penalty: None,
            json: Json::No,
            tools: Vec::new(),
            tool_choice: None,
            validate: None,
        }
    }
}

/// Why the model stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// It was done.
    Stop,
    /// The limit of tokens: the text may be cut.
    Length,
    /// It wants tools called.
    ToolCalls,
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Completion {
    /// The text; for JSON, the JSON alone.
    pub text: String,
    /// Calls that the model asks for.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped.
    pub finish: Finish,
    /// Who answered.
    pub provider: Provider,
    /// With which model.
    pub model: String,
    /// Its place in the chain, from 0.
    pub position: usize,
    /// Tokens, if the vendor counted.
    pub usage: Option<Usage>,
    /// Cost in millionths of the currency's unit, where prices are configured.
    pub cost_micros: Option<i64>,
    /// Milliseconds from the sending of this provider's request to its first token.
    pub first_token_ms: i64,
    /// Milliseconds from the call of the chain.
    pub total_ms: i64,
    /// Whether the reduced prompt was asked.
    pub reduced: bool,
    /// Why those before did not answer.
    pub passed_by: Vec<ProviderCause>,
}

/// Why one provider gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderCause {
    /// The vendor.
    pub provider: Provider,
    /// The model.
    pub model: String,
    /// Why.
    pub cause: Cause,
}

/// Nobody answered: the offline engine must.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no provider answered: {}", list(causes))]
pub struct Exhausted {
    /// Why, for each provider in the chain's order.
    pub causes: Vec<ProviderCause>,
}

fn list(causes: &[ProviderCause]) -> String {
    let words: Vec<String> = causes
        .iter()
        .map(|one| format!("{} {}", one.provider, one.cause))
        .collect();
    if words.is_empty() {
        "none is in the chain".to_owned()
    } else {
        words.join(", ")
    }
}
