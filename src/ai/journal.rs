//! The chain's journal in the product's database.

use alfa_llm::{Attempt, Journal, JournalError, ProviderMemory};
use alfa_store::ai::{self, NewAttempt};
use alfa_store::{Store, StoreError, UnixMillis};
use async_trait::async_trait;

use crate::clock::Clock;

/// Keeps the chain's memory and its attempts in the store.
pub struct StoreJournal {
    store: Store,
    clock: Clock,
}

impl StoreJournal {
    /// A journal in this store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }
}

#[async_trait]
impl Journal for StoreJournal {
    async fn load(&self) -> Result<Vec<ProviderMemory>, JournalError> {
        let bodies = ai::memory(self.store.reader()).await.map_err(failed)?;
        // A memory of an older release that cannot be read is as good as none.
        Ok(bodies
            .iter()
            .filter_map(|body| serde_json::from_str(body).ok())
            .collect())
    }

    async fn save(&self, memory: &ProviderMemory) -> Result<(), JournalError> {
        let body = serde_json::to_string(memory).map_err(|error| JournalError(error.to_string()))?;
        let tx = self.store.begin().await.map_err(failed)?;
        ai::remember(&tx, memory.provider.name(), body, self.clock.now())
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    async fn record(&self, attempt: Attempt) -> Result<(), JournalError> {
        let count = |tokens: Option<u64>| tokens.and_then(|tokens| i64::try_from(tokens).ok());
        let row = NewAttempt {
            purpose: attempt.purpose.word(),
            provider: attempt.provider.name(),
            outcome: attempt.outcome(),
            http_status: attempt.http_status.map(i32::from),
            first_token_ms: attempt.first_token_ms,
            total_ms: attempt.total_ms,
            prompt_tokens: count(attempt.prompt_tokens),
            completion_tokens: count(attempt.completion_tokens),
            cost_micros: attempt.cost_micros,
            at: UnixMillis(attempt.at_ms),
            detail: (!attempt.detail.is_empty()).then_some(attempt.detail),
            model: attempt.model,
        };
        let tx = self.store.begin().await.map_err(failed)?;
        ai::record_attempt(&tx, row).await.map_err(failed)?;
        tx.commit().await.map_err(failed)
    }
}

fn failed(error: StoreError) -> JournalError {
    JournalError(error.to_string())
}
