//! The product's journal, which may be slow or broken without an answer suffering: what is to be kept waits in a queue
//! of bounded length, and one transaction keeps all of it. Only a request that counts against a window of its limits
//! waits until that is kept, so that a process that is killed never forgets what it has used.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::within;
use crate::slot::Slot;
use crate::{Attempt, Clock, Journal, JournalError, ProviderMemory};

/// How long the journal may take, in milliseconds: no answer waits longer for it.
const JOURNAL_MS: i64 = 2_000;
/// Attempts that wait to be kept at most: later ones are counted in the memory of their provider, but not recorded.
const MOST_WAITING: usize = 10_000;

/// What is to be kept of all providers of one product.
pub(crate) struct Books {
    journal: Arc<dyn Journal>,
    clock: Arc<dyn Clock>,
    waiting: Mutex<Waiting>,
    /// One keeps at a time, so that an older memory never replaces a newer one.
    keeping: tokio::sync::Mutex<()>,
    /// The newest change of a memory that is kept.
    kept: AtomicU64,
}

#[derive(Default)]
struct Waiting {
    attempts: Vec<Attempt>,
    slots: Vec<Arc<Slot>>,
    /// Changes of memories so far.
    changes: u64,
    /// Attempts that found no room.
    lost: u64,
}

impl Waiting {
    fn changed(&mut self, slot: &Arc<Slot>) -> u64 {
        if !self.slots.iter().any(|known| Arc::ptr_eq(known, slot)) {
            self.slots.push(slot.clone());
        }
        self.changes += 1;
        self.changes
    }

    fn put(&mut self, attempt: Attempt) {
        if self.attempts.len() < MOST_WAITING {
            self.attempts.push(attempt);
        } else {
            self.lost = self.lost.saturating_add(1);
        }
    }
}

/// Puts back what was taken out to be kept, unless it was.
struct Taken<'a> {
    books: &'a Books,
    attempts: Vec<Attempt>,
    slots: Vec<Arc<Slot>>,
}

impl Taken<'_> {
    fn kept(mut self) {
        self.attempts.clear();
        self.slots.clear();
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut waiting = self.books.lock();
        for slot in &self.slots {
            waiting.changed(slot);
        }
        let newer = std::mem::take(&mut waiting.attempts);
        for attempt in self.attempts.drain(..).chain(newer) {
            waiting.put(attempt);
        }
    }
}

impl Books {
    pub fn new(journal: Arc<dyn Journal>, clock: Arc<dyn Clock>) -> Self {
        Self {
            journal,
            clock,
            waiting: Mutex::default(),
            keeping: tokio::sync::Mutex::default(),
            kept: AtomicU64::new(0),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub async fn load(&self) -> Vec<ProviderMemory> {
        match within(&*self.clock, JOURNAL_MS, self.journal.load()).await {
            Some(Ok(memories)) => memories,
            Some(Err(error)) => {
                tracing::warn!(%error, "the states of the providers begin anew");
                Vec::new()
            }
            None => {
                tracing::warn!("the journal did not answer: the states of the providers begin anew");
                Vec::new()
            }
        }
    }

    /// Lets the record of an attempt wait to be kept.
    pub fn record(&self, attempt: Attempt) {
        self.lock().put(attempt);
        self.journal.waits();
    }

    /// Lets what changed in the memory of a provider wait to be kept.
    pub fn change(&self, slot: &Arc<Slot>) {
        self.lock().changed(slot);
        self.journal.waits();
    }

    /// Keeps the memory of a provider now: what a request takes of its limits is kept before the request leaves. Whoever
    /// waits meanwhile shares the next transaction.
    pub async fn keep_limits(&self, slot: &Arc<Slot>) {
        let change = self.lock().changed(slot);
        let keeping = async {
            let _one_at_a_time = self.keeping.lock().await;
            if self.kept.load(Ordering::SeqCst) >= change {
                return Ok(());
            }
            // Without the attempts: this may be dropped in the middle, and they would be recorded twice.
            self.keep(Vec::new()).await
        };
        match within(&*self.clock, JOURNAL_MS, keeping).await {
            Some(Ok(())) => {}
            Some(Err(error)) => tracing::warn!(%error, "what a request uses was not kept"),
            None => tracing::warn!("the journal did not answer: what a request uses was not kept"),
        }
    }

    /// Keeps everything that waits. What cannot be kept goes on waiting.
    pub async fn keep_all(&self) -> Result<(), JournalError> {
        let _one_at_a_time = self.keeping.lock().await;
        let (attempts, lost) = {
            let mut waiting = self.lock();
            (
                std::mem::take(&mut waiting.attempts),
                std::mem::take(&mut waiting.lost),
            )
        };
        if lost > 0 {
            tracing::error!(
                lost,
                "attempts were not recorded: too many waited for the database"
            );
        }
        self.keep(attempts).await
    }

    async fn keep(&self, attempts: Vec<Attempt>) -> Result<(), JournalError> {
        let (taken, changes) = {
            let mut waiting = self.lock();
            let slots = std::mem::take(&mut waiting.slots);
            let taken = Taken {
                books: self,
                attempts,
                slots,
            };
            (taken, waiting.changes)
        };
        if taken.attempts.is_empty() && taken.slots.is_empty() {
            return Ok(());
        }
        let memories: Vec<ProviderMemory> = taken.slots.iter().map(|slot| slot.memory()).collect();
        self.journal.keep(&memories, &taken.attempts).await?;
        self.kept.store(changes, Ordering::SeqCst);
        taken.kept();
        Ok(())
    }
}
