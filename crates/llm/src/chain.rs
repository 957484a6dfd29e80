//! The chain: providers in order, until one answers well.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ask::Ask;
use crate::books::Books;
use crate::client::Http;
use crate::request::{Completion, Exhausted, ProviderCause, Request};
use crate::slot::Slot;
use crate::stream::TokenStream;
use crate::visit::{Shared, TOO_LATE, Visit};
use crate::{Cause, Clock, DataClass, Journal, JournalError, Prompt, Provider, ProviderSettings};

/// The chain could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the HTTP client cannot be made: {0}")]
pub struct SetupError(pub String);

/// Providers in order. Cheap to clone; clones, and chains made with [`Chain::select`], share the providers' states.
#[derive(Clone)]
pub struct Chain {
    pub(crate) shared: Arc<Shared>,
    pub(crate) slots: Vec<Arc<Slot>>,
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let settings = self.slots.iter().map(|slot| &slot.settings);
        f.debug_list().entries(settings).finish()
    }
}

impl Chain {
    /// A chain that asks in this order and takes up what the journal remembers. A provider that is not configured stays
    /// in it and is passed by, so that its state can be shown.
    pub async fn new(
        order: Vec<ProviderSettings>,
        journal: Arc<dyn Journal>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetupError> {
        let http = Http::new(clock.clone()).map_err(SetupError)?;
        let books = Books::new(journal, clock.clone());
        let memories = books.load().await;
        let slots = order
            .into_iter()
            .map(|settings| Arc::new(Slot::new(settings, &memories)))
            .collect();
        Ok(Self {
            shared: Arc::new(Shared { http, books, clock }),
            slots,
        })
    }

    /// A chain of these of its providers, in this order, with the same states: two chains that share a vendor share its
    /// breaker and its limits. Names that it does not have are left out.
    #[must_use]
    pub fn select(&self, order: &[Provider]) -> Self {
        let mut slots = Vec::new();
        for provider in order {
            let named = self
                .slots
                .iter()
                .filter(|slot| slot.settings.provider == *provider);
            slots.extend(named.cloned());
        }
        Self {
            shared: self.shared.clone(),
            slots,
        }
    }

    /// Keeps what waits for the journal, of every provider that shares its states with this chain. The product calls it
    /// when [`Journal::waits`] says so, and before it ends. It is to be carried to its end: one that is dropped while it
    /// keeps may record attempts twice.
    ///
    /// # Errors
    /// When the journal fails; what was to be kept goes on waiting.
    pub async fn keep_books(&self) -> Result<(), JournalError> {
        self.shared.books.keep_all().await
    }

    /// Whether anything in it is configured: with nothing, only the offline engine is left.
    pub fn is_configured(&self) -> bool {
        self.slots.iter().any(|slot| slot.url.is_some())
    }

    /// Asks one after another. Never waits for a provider to come back: when all are open, it returns at once.
    pub async fn complete(&self, request: &Request<'_>) -> Result<Completion, Exhausted> {
        let began_ms = self.shared.clock.now_ms();
        let mut causes = Vec::new();
        for (position, slot) in self.slots.iter().enumerate() {
            let cause = match self.enter(position, slot, request, began_ms) {
                Err(cause) => cause,
                Ok(visit) => match Box::pin(visit.complete(request.validate, causes)).await {
                    Ok(completion) => return Ok(completion),
                    Err((cause, before)) => {
                        causes = before;
                        cause
                    }
                },
            };
            causes.push(because(slot, cause));
        }
        Err(Exhausted { causes })
    }

    /// Asks one after another until the first token comes from one; then it is that provider's answer, and what goes
    /// wrong afterwards is an event of the stream.
    pub async fn stream(&self, request: &Request<'_>) -> Result<TokenStream, Exhausted> {
        let began_ms = self.shared.clock.now_ms();
        let mut causes = Vec::new();
        for (position, slot) in self.slots.iter().enumerate() {
            let cause = match self.enter(position, slot, request, began_ms) {
                Err(cause) => cause,
                Ok(visit) => match Box::pin(TokenStream::open(visit, causes)).await {
                    Ok(stream) => return Ok(stream),
                    Err((cause, before)) => {
                        causes = before;
                        cause
                    }
                },
            };
            causes.push(because(slot, cause));
        }
        Err(Exhausted { causes })
    }

    fn enter(
        &self,
        position: usize,
        slot: &Arc<Slot>,
        request: &Request<'_>,
        began_ms: i64,
    ) -> Result<Visit, Cause> {
        let now_ms = self.shared.clock.now_ms();
        if slot.url.is_none() {
            return Err(Cause::NotConfigured);
        }
        if now_ms >= began_ms.saturating_add(request.deadline_ms) {
            return Err(TOO_LATE);
        }
        let (prompt, reduced) = allowed_prompt(&slot.settings.classes, request).ok_or(Cause::Privacy)?;
        let ask = Ask::new(request, prompt, reduced, began_ms);
        let entered = slot.enter(ask.estimated_tokens(), now_ms)?;
        let later = self.slots.get(position + 1..).unwrap_or_default();
        let others = later.iter().any(|slot| {
            slot.might_answer(now_ms) && allowed_prompt(&slot.settings.classes, request).is_some()
        });
        Ok(Visit::new(self.shared.clone(), entered, ask, position, others))
    }
}

fn because(slot: &Slot, cause: Cause) -> ProviderCause {
    ProviderCause {
        provider: slot.settings.provider,
        model: slot.settings.model.clone(),
        cause,
    }
}

/// The prompt that a provider with these classes may see, and whether it is the reduced one.
fn allowed_prompt<'a>(classes: &BTreeSet<DataClass>, request: &Request<'a>) -> Option<(&'a Prompt, bool)> {
    let may = |prompt: &Prompt| prompt.classes().is_subset(classes);
    if may(request.prompt) {
        return Some((request.prompt, false));
    }
    request
        .reduced_prompt
        .filter(|prompt| may(prompt))
        .map(|prompt| (prompt, true))
}
