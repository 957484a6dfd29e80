//! The states of the providers for the operator, and the test call.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ask::Ask;
use crate::request::{Completion, Purpose, Request};
use crate::visit::Visit;
use crate::{
    BreakerState, Cause, Chain, DataClass, LimitSettings, Masker, PromptBuilder, Provider, Totals, Usage,
    Used,
};

/// One provider, as an operator sees it. No key in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProviderState {
    /// The vendor.
    pub provider: Provider,
    /// The model.
    pub model: String,
    /// The host that is asked.
    pub host: String,
    /// Whether everything that the vendor needs is configured.
    pub configured: bool,
    /// The breaker.
    pub breaker: BreakerState,
    /// What it may see.
    pub classes: BTreeSet<DataClass>,
    /// Its limits.
    pub limits: LimitSettings,
    /// What of them is used now.
    pub used: Used,
    /// Sums, last success, last failure.
    pub totals: Totals,
}

/// A test that succeeded: the provider is asked again from now on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestReport {
    /// The vendor.
    pub provider: Provider,
    /// The model.
    pub model: String,
    /// Milliseconds to the first token.
    pub first_token_ms: i64,
    /// Milliseconds in all.
    pub total_ms: i64,
    /// Tokens, if the vendor counted.
    pub usage: Option<Usage>,
}

/// A test that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum TestFailure {
    /// The chain has no such provider.
    #[error("this provider is in no chain")]
    Unknown,
    /// It gave no answer.
    #[error("no answer: {0}")]
    NoAnswer(Cause),
}

const TEST_RULES: &str = "This is a test of the connection. Answer with the one word: ok";
const TEST_TOKENS: u32 = 64;

impl Chain {
    /// Every provider in the chain's order.
    pub fn states(&self) -> Vec<ProviderState> {
        let now_ms = self.shared.clock.now_ms();
        let state = |slot: &std::sync::Arc<crate::slot::Slot>| {
            let inner = slot.lock();
            ProviderState {
                provider: slot.settings.provider,
                model: slot.settings.model.clone(),
                host: slot.settings.host(),
                configured: slot.url.is_some(),
                breaker: inner.breaker.state(),
                classes: slot.settings.classes.clone(),
                limits: slot.settings.limits,
                used: inner.limits.used(now_ms),
                totals: inner.totals,
            }
        };
        self.slots.iter().map(state).collect()
    }

    /// A small real call to the first provider of this name, whatever its state (but within its limits). A success
    /// closes its breaker; a failure counts like any other.
    pub async fn test(&self, provider: Provider) -> Result<TestReport, TestFailure> {
        let named = |slot: &&std::sync::Arc<crate::slot::Slot>| slot.settings.provider == provider;
        let position = self
            .slots
            .iter()
            .position(|slot| named(&slot))
            .ok_or(TestFailure::Unknown)?;
        let slot = self.slots.get(position).ok_or(TestFailure::Unknown)?;
        if slot.url.is_none() {
            return Err(TestFailure::NoAnswer(Cause::NotConfigured));
        }
        let clock = &*self.shared.clock;
        let prompt = PromptBuilder::new(TEST_RULES, Masker::new(), clock)
            .task("ok?")
            .build();
        let mut request = Request::new(Purpose::Test, &prompt);
        request.max_tokens = TEST_TOKENS;
        let began_ms = clock.now_ms();
        let ask = Ask::new(&request, &prompt, false, began_ms);
        let entered = slot
            .enter_for_test(ask.estimated_tokens(), began_ms)
            .map_err(TestFailure::NoAnswer)?;
        let visit = Visit::new(self.shared.clone(), entered, ask, position, false);
        let Completion {
            model,
            usage,
            first_token_ms,
            total_ms,
            ..
        } = Box::pin(visit.complete(None, Vec::new()))
            .await
            .map_err(|(cause, _)| TestFailure::NoAnswer(cause))?;
        Ok(TestReport {
            provider,
            model,
            first_token_ms,
            total_ms,
            usage,
        })
    }
}
