//! What is asked of one provider.

use serde_json::{Value, json};

use crate::request::{Json, Purpose, Request};
use crate::wire::{ChatRequest, StreamOptions, Tool, ToolChoice};
use crate::{Prompt, ProviderSettings};

/// What is asked, owned: a stream outlives its request.
#[derive(Clone)]
pub(crate) struct Ask {
    pub purpose: Purpose,
    pub prompt: Prompt,
    pub reduced: bool,
    pub began_ms: i64,
    pub deadline_ms: i64,
    pub max_tokens: u32,
    pub temperature: Option<f32>,
    pub frequency_penalty: Option<f32>,
    pub json: Json,
    pub tools: Vec<Tool>,
    pub tool_choice: Option<ToolChoice>,
}

impl Ask {
    pub fn new(request: &Request<'_>, prompt: &Prompt, reduced: bool, began_ms: i64) -> Self {
        Self {
            purpose: request.purpose,
            prompt: prompt.clone(),
            reduced,
            began_ms,
            deadline_ms: began_ms.saturating_add(request.deadline_ms),
            max_tokens: request.max_tokens,
            temperature: request.temperature,
            frequency_penalty: request.frequency_penalty,
            json: request.json.clone(),
            tools: request.tools.clone(),
            tool_choice: request.tool_choice.clone(),
        }
    }

    pub fn estimated_tokens(&self) -> u64 {
        self.prompt
            .estimated_tokens()
            .saturating_add(u64::from(self.max_tokens))
    }

    /// The request to this provider; `bare` is without optional parameters.
    pub fn wire_request(&self, settings: &ProviderSettings, bare: bool) -> ChatRequest {
        let quirks = settings.provider.quirks();
        let optional = |value: Option<f32>| value.filter(|_| !bare);
        let limit = Some(self.max_tokens).filter(|_| !bare);
        ChatRequest {
            model: (!quirks.ignores_model).then(|| settings.model.clone()),
            messages: self.prompt.messages(),
            stream: !bare,
            stream_options: (!bare).then_some(StreamOptions { include_usage: true }),
            temperature: optional(self.temperature),
            frequency_penalty: optional(self.frequency_penalty).filter(|_| quirks.frequency_penalty),
            max_tokens: limit.filter(|_| !quirks.max_completion_tokens),
            max_completion_tokens: limit.filter(|_| quirks.max_completion_tokens),
            response_format: if bare { None } else { response_format(&self.json) },
            tools: self.tools.clone(),
            tool_choice: self
                .tool_choice
                .clone()
                .filter(|_| !self.tools.is_empty() && !bare),
        }
    }
}

fn response_format(json: &Json) -> Option<Value> {
    match json {
        Json::No => None,
        Json::Object => Some(json!({ "type": "json_object" })),
        Json::Schema { name, schema } => Some(json!({
            "type": "json_schema",
            "json_schema": { "name": name, "schema": schema, "strict": true },
        })),
    }
}
