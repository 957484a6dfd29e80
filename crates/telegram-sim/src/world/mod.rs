//! The simulated world: accounts, people, chats, mailboxes with a pts log. It is asked in plain types;
//! the server turns them into TL.
//!
//! Everything that changes the world is a [`fact::Fact`], written to the journal and then applied, under one lock:
//! updates leave in the order of their pts.

mod apply;
mod auth;
mod changes;
mod delivery;
mod difference;
pub mod error;
pub mod fact;
mod faults;
mod groups;
pub mod log;
pub mod mailbox;
pub mod messages;
mod people;
mod plans;
mod reading;
mod setup;
mod state;
#[cfg(test)]
mod tests;
pub mod types;
mod views;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast, watch};

use crate::clock::{Activity, Clock};
use crate::fault::Faults;
use crate::ids::{KeyId, UserId};
use crate::journal::{Journal, JournalError};
use crate::scenario::Scenario;
use auth::PendingToken;
use error::RpcError;
use fact::{Fact, FactKind};
use log::LogEntry;
use state::State;
use types::{Caller, Dated, Push, PushTo, Update};

/// Updates a slow subscriber may fall behind by; then it gets `Lagged` and its clients fetch the difference.
const UPDATES_MAX_BACKLOG: usize = 16_384;

/// The world. Cheap to clone; every clone is the same world.
#[derive(Clone)]
pub struct World {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    activity: Arc<Activity>,
    scenario: Scenario,
    locked: Mutex<Locked>,
    updates: broadcast::Sender<Arc<Push>>,
    plans_changed: Notify,
    log_grew: watch::Sender<u64>,
}

/// What the lock protects.
struct Locked {
    state: State,
    journal: Option<Journal>,
    faults: Faults,
    /// Login tokens shown and not yet used up. They do not survive a restart.
    tokens: HashMap<Vec<u8>, PendingToken>,
    tokens_made: u64,
    /// Keys that gave the right code and still owe the second password.
    passwords_owed: HashMap<KeyId, UserId>,
}

impl World {
    /// A world that lives in memory only.
    ///
    /// # Errors
    /// None in practice: only a journal can fail.
    pub fn in_memory(
        scenario: Scenario,
        clock: Arc<dyn Clock>,
        activity: Arc<Activity>,
    ) -> Result<Self, JournalError> {
        let state = State::new(scenario.seed, scenario.delays);
        Self::start(scenario, clock, activity, state, None)
    }

    /// A world that is written down in a file and read back from it; a torn last line is dropped.
    ///
    /// # Errors
    /// The file cannot be read or written, or a line before the last is damaged.
    pub fn open(
        path: &Path,
        scenario: Scenario,
        clock: Arc<dyn Clock>,
        activity: Arc<Activity>,
    ) -> Result<Self, JournalError> {
        let mut state = State::new(scenario.seed, scenario.delays);
        let journal = Journal::open(path, |fact| {
            state.apply(fact);
        })?;
        Self::start(scenario, clock, activity, state, Some(journal))
    }

    fn start(
        scenario: Scenario,
        clock: Arc<dyn Clock>,
        activity: Arc<Activity>,
        state: State,
        journal: Option<Journal>,
    ) -> Result<Self, JournalError> {
        let faults = Faults::new(scenario.seed, scenario.faults.clone());
        let locked = Locked {
            state,
            journal,
            faults,
            tokens: HashMap::new(),
            tokens_made: 0,
            passwords_owed: HashMap::new(),
        };
        let world = Self {
            inner: Arc::new(Inner {
                clock,
                activity,
                scenario,
                locked: Mutex::new(locked),
                updates: broadcast::Sender::new(UPDATES_MAX_BACKLOG),
                plans_changed: Notify::new(),
                log_grew: watch::Sender::new(0),
            }),
        };
        world.populate()?;
        Ok(world)
    }

    /// The world's clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// Where the server, too, reports that it is busy.
    #[must_use]
    pub fn activity(&self) -> &Arc<Activity> {
        &self.inner.activity
    }

    /// Every update, in order. A subscriber that lags loses the oldest and must tell its clients
    /// to fetch the difference (`updatesTooLong`). An update counts as work in progress until every subscriber took
    /// and dropped it: who subscribes must read.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Push>> {
        self.inner.updates.subscribe()
    }

    /// Entries of the log after `seq` (0: from the beginning), at most `limit`.
    #[must_use]
    pub fn log(&self, after_seq: u64, limit: usize) -> Vec<LogEntry> {
        self.lock().state.log.after(after_seq, limit)
    }

    /// The number of the log's newest entry, to wait for the next one.
    #[must_use]
    pub fn watch_log(&self) -> watch::Receiver<u64> {
        self.inner.log_grew.subscribe()
    }

    /// How often each kind of thing happened, by the name it has in the log.
    #[must_use]
    pub fn counters(&self) -> BTreeMap<String, u64> {
        self.lock().state.log.counters()
    }

    fn lock(&self) -> MutexGuard<'_, Locked> {
        self.inner.locked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> i64 {
        self.inner.clock.now_ms()
    }

    /// Writes a fact down, applies it and sends its updates out. A journal that cannot be written stops being kept
    /// (and says so in the log): the simulator goes on, it only will not survive a kill.
    fn commit(&self, locked: &mut Locked, at_ms: i64, what: FactKind) {
        let fact = Fact { at_ms, what };
        if let Some(journal) = &mut locked.journal
            && let Err(error) = journal.append(&fact)
        {
            tracing::error!(%error, "the simulator's journal cannot be written, going on without it");
            locked.journal = None;
        }
        let plans_before = locked.state.next_plan;
        for (to, dated) in locked.state.apply(&fact) {
            self.push(locked, to, dated);
        }
        self.inner.log_grew.send_if_modified(|seq| {
            let newest = locked.state.log.last_seq();
            std::mem::replace(seq, newest) != newest
        });
        if locked.state.next_plan != plans_before {
            self.inner.plans_changed.notify_one();
        }
    }

    fn push(&self, locked: &mut Locked, to: PushTo, dated: Dated) {
        if self.inner.updates.receiver_count() == 0 {
            return;
        }
        let copies = match to {
            PushTo::Account { account, .. } => self.copies_to_push(locked, account),
            PushTo::Key(_) => 1,
        };
        for _ in 0..copies {
            let mentioned = match (&to, &dated.update) {
                (
                    PushTo::Account { account, .. },
                    Update::NewMessage(message) | Update::EditMessage(message),
                ) => locked.state.mentioned(*account, std::iter::once(message)),
                _ => types::Mentioned::default(),
            };
            let push = Push {
                to,
                dated: dated.clone(),
                mentioned,
                guard: self.inner.activity.begin(),
            };
            // An error means that nobody is connected: the update waits in the difference.
            let _ = self.inner.updates.send(Arc::new(push));
        }
    }
}

/// The answer of every operation that a client asks for.
pub type Answer<T> = Result<T, RpcError>;

impl Caller {
    /// The operator's phone: a client of the account that holds no key here.
    #[must_use]
    pub const fn phone(account: UserId) -> Self {
        Self { account, key: None }
    }
}
