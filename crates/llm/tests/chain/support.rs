//! A clock that runs faster, a journal in memory, and short words for the tests.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use alfa_llm::{
    Attempt, BreakerState, Chain, Clock, Journal, JournalError, Masker, Prompt, PromptBuilder, Provider,
    ProviderMemory, ProviderSettings, ProviderState, Secret,
};
use async_trait::async_trait;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

use crate::fake::{Fake, Reply};

/// A moment of late 2026.
const START_MS: i64 = 1_795_000_000_000;
pub const KEY: &str = "sk-invented-key-of-the-tests";

/// Real time, so many times faster.
pub struct ScaledClock {
    began: Instant,
    scale: u32,
    skipped_ms: AtomicI64,
    rng: Mutex<StdRng>,
    slept_ms: Mutex<Vec<u64>>,
}

impl ScaledClock {
    pub fn new(scale: u32) -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            scale,
            skipped_ms: AtomicI64::new(0),
            rng: Mutex::new(StdRng::seed_from_u64(7)),
            slept_ms: Mutex::default(),
        })
    }

    /// How long `ms` of this clock really take.
    pub fn real(&self, ms: u64) -> Duration {
        Duration::from_micros(ms * 1_000 / u64::from(self.scale))
    }

    /// Jumps forward.
    pub fn skip(&self, ms: i64) {
        self.skipped_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// The waits that were begun so far.
    pub fn slept_ms(&self) -> Vec<u64> {
        self.slept_ms.lock().unwrap().clone()
    }
}

#[async_trait]
impl Clock for ScaledClock {
    fn now_ms(&self) -> i64 {
        let elapsed = self.began.elapsed().as_micros() as i64 * i64::from(self.scale) / 1_000;
        START_MS + elapsed + self.skipped_ms.load(Ordering::SeqCst)
    }

    fn random_u64(&self) -> u64 {
        self.rng.lock().unwrap().next_u64()
    }

    async fn sleep_ms(&self, ms: u64) {
        self.slept_ms.lock().unwrap().push(ms);
        tokio::time::sleep(self.real(ms)).await;
    }
}

/// How the journal behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Health {
    Well,
    Fails,
    Hangs,
}

/// The product's journal, in memory.
pub struct Memory {
    pub health: Mutex<Health>,
    attempts: Mutex<Vec<Attempt>>,
    memories: Mutex<HashMap<(Provider, String, String), ProviderMemory>>,
}

impl Memory {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            health: Mutex::new(Health::Well),
            attempts: Mutex::default(),
            memories: Mutex::default(),
        })
    }

    pub fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().unwrap().clone()
    }

    pub fn memories(&self) -> Vec<ProviderMemory> {
        self.memories.lock().unwrap().values().cloned().collect()
    }

    /// The outcomes of the attempts at one provider.
    pub fn outcomes(&self, provider: Provider) -> Vec<&'static str> {
        let attempts = self.attempts.lock().unwrap();
        attempts
            .iter()
            .filter(|attempt| attempt.provider == provider)
            .map(Attempt::outcome)
            .collect()
    }

    async fn work(&self) -> Result<(), JournalError> {
        let health = *self.health.lock().unwrap();
        match health {
            Health::Well => Ok(()),
            Health::Fails => Err(JournalError("disk full".to_owned())),
            Health::Hangs => std::future::pending().await,
        }
    }
}

#[async_trait]
impl Journal for Memory {
    async fn load(&self) -> Result<Vec<ProviderMemory>, JournalError> {
        self.work().await?;
        // As a database would keep it.
        let json = serde_json::to_string(&self.memories()).unwrap();
        Ok(serde_json::from_str(&json).unwrap())
    }

    async fn keep(&self, memories: &[ProviderMemory], attempts: &[Attempt]) -> Result<(), JournalError> {
        self.work().await?;
        for memory in memories {
            let key = (memory.provider, memory.model.clone(), memory.fingerprint.clone());
            self.memories.lock().unwrap().insert(key, memory.clone());
        }
        self.attempts.lock().unwrap().extend_from_slice(attempts);
        Ok(())
    }
}

/// Settings that lead to a fake.
pub fn settings(provider: Provider, fake: &Fake) -> ProviderSettings {
    let mut settings = ProviderSettings::new(provider);
    settings.base_url = match provider {
        Provider::Timeweb => format!("http://{}/agents/{{access_id}}/v1", fake.address),
        _ => format!("http://{}/v1", fake.address),
    };
    settings.key = Some(Secret::new(KEY));
    settings.access_id = Some("agent-7".to_owned());
    settings
}

/// Providers, clock and journal of one test.
pub struct World {
    pub clock: Arc<ScaledClock>,
    pub journal: Arc<Memory>,
    chains: Mutex<Vec<Chain>>,
}

impl World {
    pub fn new(scale: u32) -> Self {
        Self {
            clock: ScaledClock::new(scale),
            journal: Memory::new(),
            chains: Mutex::default(),
        }
    }

    /// The journal when everything that waited is kept.
    pub async fn kept(&self) -> &Memory {
        let chains = self.chains.lock().unwrap().clone();
        for chain in chains {
            chain.keep_books().await.unwrap();
        }
        &self.journal
    }

    pub async fn fake(&self, otherwise: Reply) -> Fake {
        Fake::start(&self.clock, otherwise).await
    }

    /// A product that starts with what the journal has.
    pub async fn chain(&self, order: Vec<ProviderSettings>) -> Chain {
        let chain = Chain::new(order, self.journal.clone(), self.clock.clone())
            .await
            .unwrap();
        self.chains.lock().unwrap().push(chain.clone());
        chain
    }

    /// The same after a product that came to its end by itself.
    pub async fn restarted(&self, order: Vec<ProviderSettings>) -> Chain {
        self.kept().await;
        self.chain(order).await
    }

    /// A provider that answers with `reply`, and another behind it that answers well.
    pub async fn pair(&self, provider: Provider, reply: Reply) -> (Chain, Fake, Fake) {
        let first = self.fake(reply).await;
        let backup = self.fake(Reply::good("from the backup")).await;
        let order = vec![settings(provider, &first), settings(backup_of(provider), &backup)];
        (self.chain(order).await, first, backup)
    }

    pub fn prompt(&self) -> Prompt {
        let builder = PromptBuilder::new("Rules of the test.", Masker::new(), &*self.clock);
        builder.task("Say something.").build()
    }
}

/// Another vendor than this.
pub fn backup_of(provider: Provider) -> Provider {
    if provider == Provider::Ollama {
        Provider::HuggingFace
    } else {
        Provider::Ollama
    }
}

/// The state of one provider.
pub fn state(chain: &Chain, provider: Provider) -> ProviderState {
    chain
        .states()
        .into_iter()
        .find(|state| state.provider == provider)
        .unwrap()
}

pub fn is_closed(chain: &Chain, provider: Provider) -> bool {
    state(chain, provider).breaker == BreakerState::Closed
}

/// For how long from now it is open, in milliseconds.
pub fn open_for_ms(world: &World, chain: &Chain, provider: Provider) -> i64 {
    match state(chain, provider).breaker {
        BreakerState::Open { until_ms, .. } => until_ms - world.clock.now_ms(),
        other => panic!("{provider} is {other:?}"),
    }
}
