//! What the product keeps for this crate: the memory of each provider, and a record of each attempt.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Breaker, Cause, LimitCounters, Provider, Purpose};

/// What must survive a restart of one (provider, model, configuration). It holds no key, only a fingerprint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProviderMemory {
    /// The vendor.
    pub provider: Provider,
    /// The model.
    pub model: String,
    /// See [`crate::ProviderSettings::fingerprint`]: a memory with another one is not used.
    pub fingerprint: String,
    /// The breaker.
    pub breaker: Breaker,
    /// What is used of its limits.
    pub limits: LimitCounters,
    /// Sums since the memory began.
    pub totals: Totals,
}

/// Sums over all attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Requests sent.
    pub attempts: u64,
    /// Good answers.
    pub answers: u64,
    /// Tokens of prompts, as the vendor counted them.
    pub prompt_tokens: u64,
    /// Tokens of answers.
    pub completion_tokens: u64,
    /// Cost in millionths of the currency's unit, where prices are configured.
    pub cost_micros: i64,
    /// The last good answer, in milliseconds since 1970 UTC.
    pub last_success_ms: Option<i64>,
    /// The last failed attempt, in milliseconds since 1970 UTC.
    pub last_failure_ms: Option<i64>,
    /// Why it failed.
    pub last_cause: Option<Cause>,
}

/// One request to one provider. No prompt, no answer, no key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// What it was for.
    pub purpose: Purpose,
    /// The vendor.
    pub provider: Provider,
    /// The model.
    pub model: String,
    /// Place in the chain, from 0.
    pub position: usize,
    /// Why there was no answer; nothing when there was one.
    pub cause: Option<Cause>,
    /// The HTTP status, when an answer came at all.
    pub http_status: Option<u16>,
    /// Milliseconds to the first token.
    pub first_token_ms: Option<i64>,
    /// Milliseconds in all.
    pub total_ms: i64,
    /// Tokens of the prompt, if the vendor counted.
    pub prompt_tokens: Option<u64>,
    /// Tokens of the answer, if the vendor counted.
    pub completion_tokens: Option<u64>,
    /// Cost in millionths of the currency's unit, where prices are configured and the vendor counted.
    pub cost_micros: Option<i64>,
    /// When it began, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// The vendor's codes, or what was wrong with the answer. Short; never a text of the vendor or the person.
    pub detail: String,
}

impl Attempt {
    /// `ok`, or the cause's word.
    pub fn outcome(&self) -> &'static str {
        self.cause.map_or("ok", Cause::word)
    }
}

/// The product could not keep or give what it was asked for. It is logged; no answer fails because of it.
#[derive(Clone, Debug, thiserror::Error)]
#[error("journal: {0}")]
pub struct JournalError(pub String);

/// Where the product keeps it (its database).
#[async_trait]
pub trait Journal: Send + Sync + 'static {
    /// Every memory.
    async fn load(&self) -> Result<Vec<ProviderMemory>, JournalError>;
    /// Replaces the memory of these providers (by provider, model and fingerprint) and adds the records of these
    /// attempts: all of it or nothing.
    async fn keep(&self, memories: &[ProviderMemory], attempts: &[Attempt]) -> Result<(), JournalError>;
    /// Something waits to be kept: [`crate::Chain::keep_books`] should be called soon. It must return at once.
    fn waits(&self) {}
}

/// Keeps nothing: for a product without a database, and for tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoJournal;

#[async_trait]
impl Journal for NoJournal {
    async fn load(&self) -> Result<Vec<ProviderMemory>, JournalError> {
        Ok(Vec::new())
    }

    async fn keep(&self, _: &[ProviderMemory], _: &[Attempt]) -> Result<(), JournalError> {
        Ok(())
    }
}
