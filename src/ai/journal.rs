//! The chain's journal in the product's database.

use std::sync::Arc;

use alfa_llm::{Attempt, Journal, JournalError, ProviderMemory};
use alfa_store::ai::{self, NewAttempt};
use alfa_store::{Store, StoreError, UnixMillis};
use async_trait::async_trait;

use crate::app::App;
use crate::clock::Clock;
use crate::error::{AppError, AppResult};
use crate::workers::{Next, Wake};

/// Keeps the chain's memory and its attempts in the store.
pub struct StoreJournal {
    store: Store,
    clock: Clock,
    /// Something waits to be kept.
    wake: Wake,
}

impl StoreJournal {
    /// A journal in this store, which signals when something waits to be kept.
    pub fn new(store: Store, clock: Clock, wake: Wake) -> Self {
        Self { store, clock, wake }
    }
}

/// Starts the worker that keeps what the chains do.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    let wake = app.ai.books_wake.clone();
    app.workers.run("ai-books", wake, app.for_ever(), move || {
        let app = owner.clone();
        async move { keep(&app).await.map(|()| Next::Idle) }
    });
}

/// Keeps what waits to be kept: before it is read, and before the process ends. What cannot be kept goes on waiting.
pub async fn keep_books(app: &App) {
    if let Err(error) = keep(app).await {
        tracing::warn!(%error, "the last attempts at AI providers are not recorded yet");
    }
}

/// It is carried to its end, though whoever asks for it goes away.
async fn keep(app: &App) -> AppResult<()> {
    let chain = app.ai.outreach().clone();
    let kept = app
        .workers
        .carry("ai-books", async move { chain.keep_books().await });
    kept.await
        .map_err(AppError::internal)?
        .map_err(AppError::internal)
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

    async fn keep(&self, memories: &[ProviderMemory], attempts: &[Attempt]) -> Result<(), JournalError> {
        let tx = self.store.begin().await.map_err(failed)?;
        for memory in memories {
            let body = serde_json::to_string(memory).map_err(|error| JournalError(error.to_string()))?;
            ai::remember(&tx, memory.provider.name(), body, self.clock.now())
                .await
                .map_err(failed)?;
        }
        let rows = attempts.iter().map(row).collect();
        ai::record_attempts(&tx, rows).await.map_err(failed)?;
        tx.commit().await.map_err(failed)
    }

    fn waits(&self) {
        self.wake.signal();
    }
}

fn row(attempt: &Attempt) -> NewAttempt {
    let count = |tokens: Option<u64>| tokens.and_then(|tokens| i64::try_from(tokens).ok());
    NewAttempt {
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
        detail: (!attempt.detail.is_empty()).then(|| attempt.detail.clone()),
        model: attempt.model.clone(),
    }
}

fn failed(error: StoreError) -> JournalError {
    JournalError(error.to_string())
}
