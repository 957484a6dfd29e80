//! The AI providers in the product: the chains, what they remember, and what is asked of them. Without a provider, or
//! when none answers, the offline engine does the work.

mod answer;
mod author;
mod choose;
mod first;
mod journal;
mod meaning;
pub mod words;

use std::sync::Arc;

use alfa_llm::{BreakerState, Chain, Identity, Masker, Provider, ProviderSettings, ProviderState};
use alfa_store::Store;
use alfa_store::entity::contacts;
use async_trait::async_trait;

use crate::clock::Clock;
use crate::config::{Providers, Writing};
use crate::workers::Wake;
use crate::writing::model::Way;

pub use answer::answer;
pub use author::{Authored, write};
pub use choose::choose;
pub use first::first_message;
pub use journal::{StoreJournal, keep_books, start_worker};
pub use meaning::meaning;

/// The name of what writes when no provider does.
pub const OFFLINE: &str = "offline";

/// The chains of providers.
#[derive(Clone)]
pub struct Ai {
    outreach: Chain,
    assistant: Chain,
    way: Way,
    /// What the chains did waits to be kept.
    books_wake: Wake,
}

/// The product's clock as the chains want it.
struct ChainClock(Clock);

#[async_trait]
impl alfa_llm::Clock for ChainClock {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }

    fn random_u64(&self) -> u64 {
        self.0.random_u64()
    }

    async fn sleep_ms(&self, ms: u64) {
        let wait_ms = i64::try_from(ms).unwrap_or(i64::MAX);
        self.0.sleep_until(self.0.now().plus_ms(wait_ms)).await;
    }
}

impl Ai {
    /// Chains in the configured orders, with what the store remembers of their providers.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub async fn new(providers: &Providers, store: &Store, clock: &Clock) -> anyhow::Result<Self> {
        let names = |of: &[ProviderSettings]| -> Vec<Provider> {
            of.iter().map(|settings| settings.provider).collect()
        };
        let (outreach, assistant) = (names(&providers.outreach), names(&providers.assistant));
        let mut all = providers.outreach.clone();
        // A vendor in both chains is one vendor: one breaker, one set of limits.
        all.extend(
            providers
                .assistant
                .iter()
                .filter(|settings| !outreach.contains(&settings.provider))
                .cloned(),
        );
        let books_wake = Wake::default();
        let journal = Arc::new(StoreJournal::new(
            store.clone(),
            clock.clone(),
            books_wake.clone(),
        ));
        let chain = Chain::new(all, journal, Arc::new(ChainClock(clock.clone()))).await?;
        Ok(Self {
            outreach: chain.select(&outreach),
            assistant: chain.select(&assistant),
            way: match providers.writing {
                Writing::Composed => Way::Composed,
                Writing::Written => Way::Written,
            },
            books_wake,
        })
    }

    /// The chain that writes to people and reads what they mean.
    pub fn outreach(&self) -> &Chain {
        &self.outreach
    }

    /// The chain that answers the product's users.
    pub fn assistant(&self) -> &Chain {
        &self.assistant
    }

    /// How texts are written when a provider is there.
    pub fn way(&self) -> Way {
        self.way
    }
}

/// The product's clock as prompts want it.
pub(crate) fn chain_clock(app: &crate::app::App) -> Box<dyn alfa_llm::Clock> {
    Box::new(ChainClock(app.clock.clone()))
}

/// How well a chain can do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// No provider is configured: the offline engine is what was chosen.
    Offline,
    /// The first configured provider may be asked.
    Full,
    /// Another one stands in for the first.
    StandIn,
    /// Providers are configured, and none may be asked: the offline engine stands in.
    Degraded,
}

impl Service {
    /// The word for it in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Full => "full",
            Self::StandIn => "stand_in",
            Self::Degraded => "degraded",
        }
    }
}

/// How well a chain with these providers can do its work.
pub fn service(states: &[ProviderState]) -> Service {
    let configured: Vec<bool> = states
        .iter()
        .filter(|state| state.configured)
        .map(|state| {
            matches!(
                state.breaker,
                BreakerState::Closed | BreakerState::HalfOpen { .. }
            )
        })
        .collect();
    match configured.iter().position(|may_be_asked| *may_be_asked) {
        None if configured.is_empty() => Service::Offline,
        None => Service::Degraded,
        Some(0) => Service::Full,
        Some(_) => Service::StandIn,
    }
}

/// Whom a text is for, and how long it may take.
#[derive(Debug, Clone)]
pub struct Person {
    /// What must not be in a prompt.
    pub masker: Masker,
    /// For the record of what did not leave.
    pub contact_id: Option<i64>,
    /// How long the providers have in all, in milliseconds.
    pub patience_ms: i64,
}

impl Person {
    /// A contact; without one, what looks like an identifier is taken out of prompts all the same.
    pub fn of(contact: Option<&contacts::Model>, patience_ms: i64) -> Self {
        let masker = contact.map_or_else(Masker::new, |contact| Masker::of(&identity_of(contact)));
        Self {
            masker,
            contact_id: contact.map(|contact| contact.id),
            patience_ms,
        }
    }
}

/// Who a contact is: what must not be in a prompt.
fn identity_of(contact: &contacts::Model) -> Identity {
    Identity {
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
        phone: contact.phone.clone(),
        username: contact.username.clone(),
        telegram_user_id: contact.telegram_user_id,
        email: None,
    }
}
