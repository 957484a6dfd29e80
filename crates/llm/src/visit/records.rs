//! The record of each attempt.

use super::{Current, Visit};
use crate::Attempt;
use crate::outcome::Failure;

/// A detail is cut to so many characters.
const MOST_DETAIL_CHARS: usize = 200;

impl Visit {
    pub(super) fn attempt_of(&self, current: &Current, failure: Option<&Failure>) -> Attempt {
        let answer = current.live.answer();
        let prices = self.slot().settings.prices;
        Attempt {
            http_status: Some(current.live.status()),
            first_token_ms: answer.first_token_ms,
            prompt_tokens: answer.usage.map(|usage| usage.prompt_tokens),
            completion_tokens: answer.usage.map(|usage| usage.completion_tokens),
            cost_micros: answer.usage.and_then(|usage| Some(prices?.cost_micros(usage))),
            ..self.attempt(current.began_ms, failure)
        }
    }

    pub(super) fn attempt(&self, began_ms: i64, failure: Option<&Failure>) -> Attempt {
        let slot = self.slot();
        let detail = failure.map_or("", |failure| failure.detail.as_str());
        // Some vendors quote the key that they do not take.
        let key = slot.settings.key.as_ref();
        let detail = if key.is_some_and(|key| key.is_in(detail)) {
            "our_key"
        } else {
            detail
        };
        Attempt {
            purpose: self.ask.purpose,
            provider: slot.settings.provider,
            model: slot.settings.model.clone(),
            position: self.position,
            cause: failure.map(|failure| failure.cause),
            http_status: failure.and_then(|failure| failure.status),
            first_token_ms: None,
            total_ms: self.now_ms() - began_ms,
            prompt_tokens: None,
            completion_tokens: None,
            cost_micros: None,
            at_ms: began_ms,
            detail: detail.chars().take(MOST_DETAIL_CHARS).collect(),
        }
    }

    pub(super) fn record(&mut self, attempt: Attempt) {
        self.out_since_ms = None;
        let slot = self.slot();
        tracing::debug!(
            provider = %attempt.provider, model = attempt.model, outcome = attempt.outcome(),
            status = attempt.http_status, total_ms = attempt.total_ms, "attempt"
        );
        slot.count(&attempt);
        self.shared.books.record(attempt);
        self.shared.books.change(slot);
    }
}
