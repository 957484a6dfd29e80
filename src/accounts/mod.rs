//! Our Telegram identities: signing in, staying connected, and the workers of each account.

mod sandbox;
pub mod service;
pub(crate) mod state;
mod supervise;
mod vault;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alfa_store::types::Environment;
use alfa_telegram::{Activity, LossReason, UserClient};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::outbox::drafting::Drafting;
use crate::workers::Wake;

/// One account that this process serves.
pub struct Account {
    /// Its row.
    pub id: i64,
    environment: Environment,
    /// Something may be sent.
    pub lane: Wake,
    /// Something may be written ahead.
    pub prepare: Wake,
    /// What AI providers are writing ahead.
    pub drafting: Drafting,
    supervisor: Wake,
    stop: CancellationToken,
    client: Mutex<Option<UserClient>>,
    recorded_elsewhere: AtomicBool,
    loss: Mutex<Option<LossReason>>,
}

impl Account {
    /// The connection, while there is one.
    pub fn client(&self) -> Option<UserClient> {
        lock(&self.client).clone()
    }

    /// Whether it is a real account and not one of the simulated Telegram.
    pub fn is_real(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Says that a message of the lane's was recorded as sent by somebody else: the pacer must count it.
    pub fn recorded_elsewhere(&self) {
        self.recorded_elsewhere.store(true, Ordering::SeqCst);
    }

    /// Whether that was said since it was last asked.
    pub fn take_recorded_elsewhere(&self) -> bool {
        self.recorded_elsewhere.swap(false, Ordering::SeqCst)
    }

    /// Says that the login is gone, and why.
    pub fn lost(&self, reason: LossReason) {
        *lock(&self.loss) = Some(reason);
        self.supervisor.signal();
    }

    /// Why the login was lost, if that was said since it was last asked.
    fn take_loss(&self) -> Option<LossReason> {
        lock(&self.loss).take()
    }

    fn set_client(&self, client: Option<UserClient>) -> Option<UserClient> {
        std::mem::replace(&mut *lock(&self.client), client)
    }
}

/// The accounts that this process serves.
#[derive(Default)]
pub struct Accounts {
    served: Mutex<HashMap<i64, Arc<Account>>>,
    activity: Arc<Activity>,
    simulator_activity: Arc<alfa_telegram_sim::clock::Activity>,
    sandbox: Mutex<Option<sandbox::Sandbox>>,
}

impl Accounts {
    /// An account by id, when it is served.
    pub fn get(&self, id: i64) -> Option<Arc<Account>> {
        lock(&self.served).get(&id).cloned()
    }

    /// All accounts that are served.
    pub fn all(&self) -> Vec<Arc<Account>> {
        let mut all: Vec<_> = lock(&self.served).values().cloned().collect();
        all.sort_unstable_by_key(|account| account.id);
        all
    }

    /// How busy the clients are, for a virtual clock.
    pub fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }

    /// How busy the embedded simulated Telegram is, for a virtual clock.
    pub fn simulator_activity(&self) -> &Arc<alfa_telegram_sim::clock::Activity> {
        &self.simulator_activity
    }

    /// Wakes every lane.
    pub fn wake_lanes(&self) {
        self.all().iter().for_each(|account| account.lane.signal());
    }

    /// Wakes whoever writes ahead.
    pub fn wake_prepare(&self) {
        self.all().iter().for_each(|account| account.prepare.signal());
    }

    /// Where the simulated Telegram's control listens, in the sandbox.
    pub fn simulator_control(&self) -> Option<std::net::SocketAddr> {
        lock(&self.sandbox)
            .as_ref()
            .and_then(sandbox::Sandbox::control_address)
    }

    /// Asks the simulated Telegram, when it lives in this process; it is the referee of the tests.
    pub fn simulator<T>(&self, ask: impl FnOnce(&alfa_telegram_sim::server::Running) -> T) -> Option<T> {
        lock(&self.sandbox)
            .as_ref()
            .and_then(sandbox::Sandbox::running)
            .map(ask)
    }

    /// Closes every connection.
    pub async fn close(&self) {
        for account in self.all() {
            account.stop.cancel();
            if let Some(client) = account.set_client(None) {
                client.close().await;
            }
        }
        let sandbox = lock(&self.sandbox).take();
        if let Some(sandbox) = sandbox {
            sandbox.stop().await;
        }
    }
}

/// Starts the simulated Telegram where there is no real one, and serves every account.
///
/// # Errors
/// When the simulated Telegram cannot start or the database fails.
pub async fn start(app: &Arc<App>) -> anyhow::Result<()> {
    if app.config.sandbox() {
        let sandbox = sandbox::Sandbox::start(app).await?;
        *lock(&app.accounts.sandbox) = Some(sandbox);
    }
    let environment = environment(app);
    // An account of the other Telegram waits until that one is configured again.
    for row in alfa_store::accounts::list(app.store.reader(), environment).await? {
        supervise::serve(app, row.id);
    }
    if app.config.sandbox() {
        sandbox::ensure_account(app).await?;
    }
    Ok(())
}

/// Which Telegram this process talks to.
pub fn environment(app: &App) -> Environment {
    if app.config.sandbox() {
        Environment::Sandbox
    } else {
        Environment::Production
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
