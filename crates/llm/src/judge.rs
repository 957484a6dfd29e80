//! Whether an answer that is complete is a good one.

use serde_json::Value;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::outcome::Failure;
use crate::request::{Completion, Finish, Json, Purpose, Validate};
use crate::{Cause, ProviderSettings};

/// Judges it. What the visit alone knows (place, times, who was passed by) is left for it to fill in.
pub(crate) fn judge(
    ask: &Ask,
    settings: &ProviderSettings,
    answer: &Answer,
    validate: Option<Validate<'_>>,
) -> Result<Completion, Failure> {
    let reason = answer
        .finish_reason
        .as_deref()
        .unwrap_or("stop")
        .to_ascii_lowercase();
    let filtered = ["content_filter", "safety", "prohibited_content", "refusal"].contains(&reason.as_str());
    if filtered || (!answer.refusal.trim().is_empty() && answer.text.trim().is_empty()) {
        return Err(Failure::new(Cause::Refused, ""));
    }
    let cut = reason == "length" || reason == "max_tokens";
    // A test asks for so little that a model which thinks first may have nothing left to say.
    let enough = cut && ask.purpose == Purpose::Test;
    if answer.text.trim().is_empty() && answer.tool_calls.is_empty() && !enough {
        return Err(Failure::new(Cause::Empty, ""));
    }
    let mut text = answer.text.trim().to_owned();
    let is_text = answer.tool_calls.is_empty();
    if ask.json != Json::No && is_text {
        text = json_in(&text).ok_or_else(|| Failure::new(Cause::InvalidJson, "content"))?;
    }
    if settings.key.as_ref().is_some_and(|key| key.is_in(&text)) {
        return Err(Failure::new(Cause::Rejected, "our_key"));
    }
    if let Some(validate) = validate.filter(|_| is_text) {
        validate(&text).map_err(|why| Failure::new(Cause::Rejected, &why))?;
    }
    Ok(Completion {
        text,
        tool_calls: answer.tool_calls.clone(),
        finish: match () {
            () if !is_text => Finish::ToolCalls,
            () if cut => Finish::Length,
            () => Finish::Stop,
        },
        provider: settings.provider,
        model: settings.model.clone(),
        position: 0,
        usage: answer.usage,
        cost_micros: answer
            .usage
            .and_then(|usage| Some(settings.prices?.cost_micros(usage))),
        first_token_ms: answer.first_token_ms.unwrap_or(0),
        total_ms: 0,
        reduced: ask.reduced,
        passed_by: Vec::new(),
    })
}

/// The object in an answer; models like to put a fence of Markdown around it.
fn json_in(text: &str) -> Option<String> {
    let inner = text
        .strip_prefix("```")
        .and_then(|rest| rest.strip_suffix("```"))
        .map_or(text, |fenced| {
            fenced.trim_start_matches(|c: char| c.is_ascii_alphabetic())
        });
    let value: Value = serde_json::from_str(inner.trim()).ok()?;
    value.is_object().then(|| inner.trim().to_owned())
}
