//! What has arrived of an answer.

use crate::Usage;
use crate::wire::{ToolCall, ToolCallDelta};

/// Calls of tools in one answer.
const MOST_TOOL_CALLS: usize = 64;
/// What has arrived.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub text: String,
    pub refusal: String,
    pub tool_calls: Vec<ToolCall>,
    pub finish_reason: Option<String>,
    pub usage: Option<Usage>,
    pub first_token_ms: Option<i64>,
}

impl Answer {
    /// Adds a piece of a call.
    pub fn tool_call(&mut self, piece: ToolCallDelta) {
        let calls = &mut self.tool_calls;
        let id = piece.id.unwrap_or_default();
        // Some vendors number all calls 0 or not at all: a new id begins a new call.
        let last = calls.len().checked_sub(1);
        let index = piece
            .index
            .or(if id.is_empty() { last } else { None })
            .unwrap_or(calls.len());
        let taken = calls
            .get(index)
            .is_some_and(|call| !id.is_empty() && !call.id.is_empty() && call.id != id);
        let index = if taken { calls.len() } else { index };
        if index >= MOST_TOOL_CALLS {
            return;
        }
        while calls.len() <= index {
            calls.push(ToolCall {
                kind: "function".to_owned(),
                ..ToolCall::default()
            });
        }
        let Some(call) = calls.get_mut(index) else {
            return;
        };
        if !id.is_empty() {
            call.id = id;
        }
        if let Some(function) = piece.function {
            call.function.name.push_str(&function.name.unwrap_or_default());
            call.function
                .arguments
                .push_str(&function.arguments.unwrap_or_default());
        }
    }
}
