//! The application: what every part shares, its start and its end.

use std::sync::{Arc, PoisonError, RwLock};

use alfa_store::knowledge::NewVersion;
use alfa_store::types::KnowledgeSource;
use alfa_store::{DatabaseUrl, Store};
use tokio_util::sync::CancellationToken;

use crate::access::cipher::Cipher;
use crate::accounts::Accounts;
use crate::ai::Ai;
use crate::clock::Clock;
use crate::config::Config;
use crate::error::AppResult;
use crate::events::Events;
use crate::knowledge::KnowledgeBase;
use crate::policy::settings::{Changes, Settings};
use crate::policy::{self, Policy};
use crate::workers::{Wake, Workers};
use crate::{accounts, ai, assistant, campaigns, contacts, crm, housekeeping, inbox, jobs, once};

/// Bookings that are made at one moment. Each holds a connection of the database while it waits for a lock.
const BOOKING_TURNS: usize = 4;

/// Everything that the parts of the product share.
pub struct App {
    /// What the operator has set.
    pub config: Config,
    /// Time and randomness.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// Encrypts what must not lie about in the clear.
    pub cipher: Cipher,
    /// Tasks.
    pub workers: Workers,
    /// What happened, for whoever watches.
    pub events: Events,
    /// Our Telegram accounts that are connected.
    pub accounts: Accounts,
    /// The AI providers.
    pub ai: Ai,
    /// Signals to the workers.
    pub wakes: Wakes,
    /// Held by every upload while it is imported, and whole by the taking back of what a dead process left: people whom it
    /// takes back must not be counted as known meanwhile.
    pub uploads: Arc<tokio::sync::RwLock<()>>,
    /// Turns to book: so many at once, the others wait in order.
    pub booking_turns: tokio::sync::Semaphore,
    /// What those who watch campaigns are to be told.
    pub pulse: campaigns::pulse::Pulse,
    /// The last forecasts of campaigns.
    pub forecasts: campaigns::forecast::Forecasts,
    /// What the assistant keeps until something is written.
    pub memory: assistant::kept::Memory,
    /// The name under which this process holds leases.
    pub node: String,
    /// The turn to change the policy.
    pub policy_turn: tokio::sync::Mutex<()>,
    knowledge: RwLock<InForce>,
    changes: RwLock<Changes>,
}

/// The knowledge base in force and the version that it is.
#[derive(Clone)]
pub struct InForce {
    /// Id of the version.
    pub version_id: i64,
    /// What it says.
    pub base: Arc<KnowledgeBase>,
}

/// Signals to the workers that are not an account's.
#[derive(Default)]
pub struct Wakes {
    /// A campaign has people to be looked at, or a schedule.
    pub planner: Wake,
    /// Somebody's silence may have lasted long enough.
    pub silence: Wake,
    /// A person wrote.
    pub reactor: Wake,
    /// A job waits.
    pub jobs: Wake,
    /// A client is to be told of a booking.
    pub notices: Wake,
}

impl App {
    /// Opens the database, brings it up to date and loads what is kept in memory. Nothing runs yet.
    ///
    /// # Errors
    /// When the database cannot be opened or its schema is newer than this program.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Arc<Self>> {
        crate::tls::set_up();
        let url = DatabaseUrl::parse(config.database_url.expose())?;
        std::fs::create_dir_all(&config.data_dir)?;
        let store = Store::connect(&url).await?;
        store.migrate().await?;
        let cipher = Cipher::load(config.secret_key_bytes(), &config.data_dir)?;
        let knowledge = load_knowledge(&store, &clock).await?;
        let changes = policy::service::load(&store).await?;
        let ai = Ai::new(&config.providers, &store, &clock).await?;
        let workers = Workers::new(clock.clone());
        let node = format!("{:016x}", clock.random_u64());
        let app = Arc::new(Self {
            events: Events::new(store.clone()),
            accounts: Accounts::default(),
            ai,
            wakes: Wakes::default(),
            uploads: Arc::default(),
            booking_turns: tokio::sync::Semaphore::new(BOOKING_TURNS),
            policy_turn: tokio::sync::Mutex::default(),
            knowledge: RwLock::new(knowledge),
            changes: RwLock::new(changes),
            pulse: campaigns::pulse::Pulse::default(),
            forecasts: campaigns::forecast::Forecasts::default(),
            memory: assistant::kept::Memory::default(),
            config,
            clock,
            store,
            cipher,
            workers,
            node,
        });
        crm::keep_calendar(&app).await?;
        Ok(app)
    }

    /// Starts the workers and connects the accounts; in the sandbox, the simulated Telegram first.
    ///
    /// # Errors
    /// When the simulated Telegram cannot start.
    pub async fn start(self: &Arc<Self>) -> anyhow::Result<()> {
        inbox::release_dead(self).await?;
        jobs::release_dead(self).await?;
        once::release_dead(self).await?;
        contacts::recovery::begin(self).await?;
        campaigns::start_worker(self);
        inbox::start_worker(self);
        jobs::start_worker(self);
        crm::start_worker(self);
        ai::start_worker(self);
        housekeeping::start_worker(self);
        accounts::start(self).await
    }

    /// Stops every task, then closes the database.
    pub async fn shut_down(&self) {
        self.workers.shut_down().await;
        self.accounts.close().await;
        ai::keep_books(self).await;
        if let Err(error) = self.store.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }

    /// The knowledge base in force.
    pub fn knowledge(&self) -> Arc<KnowledgeBase> {
        self.knowledge_in_force().base
    }

    /// The knowledge base in force with its version.
    pub fn knowledge_in_force(&self) -> InForce {
        self.knowledge
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts a committed version in force. Of two writers the one that committed first may come here last: an older
    /// version never takes the place of a newer one.
    pub(crate) fn put_knowledge_in_force(&self, version_id: i64, base: Arc<KnowledgeBase>) {
        let mut present = self.knowledge.write().unwrap_or_else(PoisonError::into_inner);
        if present.version_id < version_id {
            *present = InForce { version_id, base };
        }
    }

    /// What an administrator has set over the environment.
    pub fn changes(&self) -> Changes {
        self.changes
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts committed changes of the settings in force.
    pub(crate) fn put_changes_in_force(&self, changes: Changes) {
        *self.changes.write().unwrap_or_else(PoisonError::into_inner) = changes;
    }

    /// The settings in force.
    pub fn settings(&self) -> Settings {
        Settings::new(&self.config, &self.changes())
    }

    /// The policy in force.
    pub fn policy(&self) -> Policy {
        self.settings().policy()
    }

    /// The business's present day.
    pub fn today(&self) -> chrono::NaiveDate {
        self.day_of(self.clock.now())
    }

    /// The business's day of a moment.
    pub fn day_of(&self, moment: alfa_store::UnixMillis) -> chrono::NaiveDate {
        let utc = chrono::DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
        utc.with_timezone(&self.config.timezone).date_naive()
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When the database is busy or gone.
    pub async fn begin(&self) -> AppResult<alfa_store::Tx> {
        Ok(self.store.begin().await?)
    }

    /// A token that nobody cancels, for workers that end with the process.
    pub fn for_ever(&self) -> CancellationToken {
        self.workers.stopping().child_token()
    }
}

async fn load_knowledge(store: &Store, clock: &Clock) -> anyhow::Result<InForce> {
    let in_force = |version_id, base| InForce {
        version_id,
        base: Arc::new(base),
    };
    if let Some(version) = alfa_store::knowledge::newest(store.reader()).await? {
        return Ok(in_force(version.id, KnowledgeBase::from_json(&version.body)?));
    }
    let sample = KnowledgeBase::sample()?;
    let tx = store.begin().await?;
    let version = NewVersion {
        body: &sample.to_json()?,
        source: KnowledgeSource::Sample,
        author: "alfa",
        parent_id: None,
        action: None,
        subject: None,
    };
    let id = alfa_store::knowledge::append(&tx, &version, clock.now()).await?;
    tx.commit().await?;
    Ok(in_force(id, sample))
}
