//! The sandbox: a simulated Telegram in this process, or one that already runs, and an account signed in to it.

use std::net::SocketAddr;
use std::sync::Arc;

use alfa_store::types::{AccountState, Environment};
use alfa_telegram::{Endpoint, RsaPublicKey, SignIn, TelegramError};
use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Running, Simulator};

use super::{lock, supervise};
use crate::app::App;

/// The sandbox account's phone. The simulated Telegram lets any phone sign in.
const PHONE: &str = "+79990000001";
/// The file in the data folder that keeps the simulated world.
const WORLD_FILE: &str = "sandbox-telegram.journal";
/// The simulated Telegram takes any application.
const API_ID: i32 = 1;
const API_HASH: &str = "sandbox";

/// The simulated people live by the product's clock, so that a virtual one moves them too.
struct SimulatedTime(crate::clock::Clock);

impl alfa_telegram_sim::clock::Clock for SimulatedTime {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }

    fn sleep_until_ms(&self, at_ms: i64) -> alfa_telegram_sim::clock::Sleep {
        let clock = self.0.clone();
        Box::pin(async move { clock.sleep_until(alfa_store::UnixMillis(at_ms)).await })
    }
}

/// The simulated Telegram that this process talks to.
pub(super) struct Sandbox {
    address: SocketAddr,
    key: RsaPublicKey,
    code: String,
    running: Option<Running>,
}

impl Sandbox {
    /// Starts a simulated Telegram, or finds the one that `SIMULATOR` names.
    pub(super) async fn start(app: &App) -> anyhow::Result<Self> {
        if let Some(at) = &app.config.simulator {
            let key = RsaPublicKey::from_pem(&std::fs::read_to_string(&at.key_file)?)?;
            return Ok(Self {
                address: at.address,
                key,
                code: Scenario::default().code,
                running: None,
            });
        }
        let scenario = match &app.config.sandbox_scenario {
            Some(file) => Scenario::parse(&std::fs::read_to_string(file)?)?,
            None => Scenario::sandbox()?,
        };
        let code = scenario.code.clone();
        let options = Options {
            control_port: Some(0),
            clock: Arc::new(SimulatedTime(app.clock.clone())),
            activity: app.accounts.simulator_activity.clone(),
            journal: Some(app.config.data_dir.join(WORLD_FILE)),
            ..Options::new(scenario)
        };
        let running = Simulator::start(options).await?;
        let key = RsaPublicKey::from_pem(&running.public_key().pem)?;
        tracing::info!(control = ?running.control_address(), "sandbox: a simulated Telegram runs in this process");
        Ok(Self {
            address: running.address(),
            key,
            code,
            running: Some(running),
        })
    }

    pub(super) fn control_address(&self) -> Option<SocketAddr> {
        self.running.as_ref().and_then(Running::control_address)
    }

    pub(super) fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    pub(super) async fn stop(self) {
        if let Some(running) = self.running {
            running.shutdown().await;
        }
    }
}

/// Where to connect and as which application.
pub(super) fn endpoint(app: &App) -> Result<(Endpoint, i32, String), TelegramError> {
    if let Some(telegram) = &app.config.telegram {
        return Ok((
            Endpoint::Production,
            telegram.api_id,
            telegram.api_hash.expose().to_owned(),
        ));
    }
    let sandbox = lock(&app.accounts.sandbox);
    let sandbox = sandbox
        .as_ref()
        .ok_or_else(|| TelegramError::NotConnected("the sandbox is not running".to_owned()))?;
    let endpoint = Endpoint::Sandbox {
        address: sandbox.address,
        rsa_public_key: sandbox.key.clone(),
    };
    Ok((endpoint, API_ID, API_HASH.to_owned()))
}

/// Signs the sandbox's account in when it is not yet, the way an operator would.
pub(super) async fn ensure_account(app: &Arc<App>) -> anyhow::Result<()> {
    let rows = alfa_store::accounts::list(app.store.reader(), Environment::Sandbox).await?;
    let own = rows.into_iter().find(|row| row.phone.as_deref() == Some(PHONE));
    let row = match own {
        Some(row) if row.state != AccountState::LoggedOut => return Ok(()),
        // Its session waits for the operator's word.
        Some(row) if super::service::has_unusable_session(&row) => return Ok(()),
        Some(row) => row,
        None => super::service::create(app, "Sandbox", PHONE).await?,
    };
    let code = lock(&app.accounts.sandbox)
        .as_ref()
        .map(|sandbox| sandbox.code.clone())
        .unwrap_or_default();
    let account = supervise::serve(app, row.id);
    let client = supervise::connect(app, &account).await?;
    let request = client.request_code(PHONE).await?;
    match client.sign_in(&request, &code).await? {
        SignIn::Done(_) => super::service::signed_in(app, &account).await?,
        SignIn::PasswordNeeded { .. } => anyhow::bail!("the sandbox account has a password"),
    }
    Ok(())
}
