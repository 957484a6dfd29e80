//! The connection pool of one account and the task that watches over it.
//!
//! grammers has no timeouts, keeps a connection whose other end fell silent, and panics on some malformed answers. So
//! every call has a timeout here, a silent connection is probed, and a dead pool is rebuilt with growing pauses.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use grammers_mtsender::{ConnectionParams, NoRetries, SenderPool, SenderPoolHandle};
use grammers_session::types::UpdatesState;
use grammers_tl_types::{self as tl, Deserializable, RemoteCall, Serializable};
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::{Instant, sleep, timeout};

use crate::pump::{Pump, Waiting};
use crate::session::Session;
use crate::tasks::OwnedTask;
use crate::{ClientOptions, Endpoint, LossReason, TelegramError, handshake};

/// How often a signed-in account's connection is tried, in real time.
const KEEPALIVE: Duration = Duration::from_secs(60);
/// How long a probe of a suspicious connection may take.
const PROBE_MS: u64 = 5_000;
/// Pauses between attempts to rebuild a pool.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A pool that lived so long died of something new.
const HEALTHY_LIFE: Duration = Duration::from_secs(60);

/// What the client's parts share.
pub(crate) struct Shared {
    pub options: ClientOptions,
    pub session: Arc<Session>,
    /// Goes up when somebody signs in or the stream is taken anew: the pump starts from the committed state.
    pub reload: watch::Sender<u64>,
    /// The loss of the login, for the stream.
    pub lost: watch::Sender<Option<LossReason>>,
    /// Up to where updates were handed to the stream, committed or not.
    pub delivered: Mutex<Option<UpdatesState>>,
    handle: watch::Sender<Option<SenderPoolHandle>>,
    restart: Notify,
    probe: Notify,
    restarts: AtomicU64,
    unreachable: Mutex<Option<(Instant, String)>>,
}

impl Shared {
    pub(crate) fn new(options: ClientOptions, session: Session) -> Self {
        Self {
            options,
            session: Arc::new(session),
            reload: watch::Sender::new(0),
            lost: watch::Sender::new(None),
            delivered: Mutex::default(),
            handle: watch::Sender::new(None),
            restart: Notify::new(),
            probe: Notify::new(),
            restarts: AtomicU64::new(0),
            unreachable: Mutex::new(Some((Instant::now(), "connecting".to_owned()))),
        }
    }

    fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.options.request_timeout_ms.max(1))
    }

    /// One call in the account's data centre; never repeated.
    pub(crate) async fn invoke<R: RemoteCall>(&self, request: &R) -> Result<R::Return, TelegramError> {
        let body = self.invoke_bytes(request.to_bytes()).await?;
        R::Return::from_bytes(&body)
            .map_err(|_| TelegramError::UnknownOutcome("the answer could not be read".to_owned()))
    }

    async fn invoke_bytes(&self, body: Vec<u8>) -> Result<Vec<u8>, TelegramError> {
        let _call = self.options.activity.call();
        let handle = self.handle().await?;
        let call = handle.raw_invoke_in_dc(self.session.home_dc(), body);
        let outcome = match timeout(self.request_timeout(), call).await {
            Ok(outcome) => outcome.map_err(TelegramError::from_invocation),
            Err(_elapsed) => {
                self.probe.notify_one();
                Err(TelegramError::UnknownOutcome("no answer in time".to_owned()))
            }
        };
        self.note(&outcome);
        if let Err(TelegramError::SessionLost(reason)) = outcome {
            self.lose_session(reason).await?;
        }
        outcome
    }

    /// The pool's handle; waits for a pool that is being rebuilt.
    async fn handle(&self) -> Result<SenderPoolHandle, TelegramError> {
        if let Some(handle) = self.handle.borrow().clone() {
            return Ok(handle);
        }
        let mut watched = self.handle.subscribe();
        let waited = timeout(self.request_timeout(), watched.wait_for(Option::is_some)).await;
        match waited {
            Ok(Ok(handle)) => handle.clone().ok_or(TelegramError::Closed),
            Ok(Err(_closed)) => Err(TelegramError::Closed),
            Err(_elapsed) => Err(self.unreachable_error()),
        }
    }

    fn unreachable_error(&self) -> TelegramError {
        let why = self
            .unreachable()
            .map_or_else(|| "no connection".to_owned(), |(_, why)| why);
        TelegramError::NotConnected(why)
    }

    pub(crate) fn unreachable(&self) -> Option<(Instant, String)> {
        self.unreachable
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_unreachable(&self, why: &str) {
        let mut unreachable = self.unreachable.lock().unwrap_or_else(PoisonError::into_inner);
        let since = unreachable
            .as_ref()
            .map_or_else(Instant::now, |(since, _)| *since);
        *unreachable = Some((since, why.to_owned()));
    }

    fn note<T>(&self, outcome: &Result<T, TelegramError>) {
        match outcome {
            Err(TelegramError::UnknownOutcome(why) | TelegramError::NotConnected(why)) => {
                self.set_unreachable(why)
            }
            _ => *self.unreachable.lock().unwrap_or_else(PoisonError::into_inner) = None,
        }
    }

    pub(crate) fn restarts(&self) -> u64 {
        self.restarts.load(Ordering::Relaxed)
    }

    /// Forgets a login that Telegram does not accept any more; the pool starts anew without it.
    async fn lose_session(&self, reason: LossReason) -> Result<(), TelegramError> {
        let keyless =
            matches!(self.options.endpoint, Endpoint::Sandbox { .. }) && self.session.sandbox_key().is_none();
        if keyless || self.session.me().is_none() && reason == LossReason::SessionRevoked {
            return Ok(());
        }
        let was_signed_in = self.session.me().is_some();
        if was_signed_in || reason == LossReason::AuthKeyDuplicated {
            tracing::warn!(?reason, "the Telegram login is gone");
            self.forget_login().await?;
            self.lost.send_replace(Some(reason));
        }
        Ok(())
    }

    /// Forgets the login and its keys, and starts the pool anew without them.
    pub(crate) async fn forget_login(&self) -> Result<(), TelegramError> {
        self.session.forget().await?;
        self.reload_updates();
        self.handle.send_replace(None);
        self.restart.notify_one();
        Ok(())
    }

    /// Makes the pump start again from the committed state.
    pub(crate) fn reload_updates(&self) {
        *self.delivered.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.reload.send_modify(|generation| *generation += 1);
    }

    pub(crate) fn drop_connection(&self, dc_id: i32) {
        if let Some(handle) = self.handle.borrow().as_ref() {
            handle.disconnect_from_dc(dc_id);
        }
    }

    /// Makes sure that a simulated Telegram and we share a key. Telegram itself is left to grammers.
    pub(crate) async fn ensure_key(&self) -> Result<(), TelegramError> {
        let Endpoint::Sandbox {
            address,
            rsa_public_key,
        } = &self.options.endpoint
        else {
            return Ok(());
        };
        if self.session.sandbox_key().is_some() {
            return Ok(());
        }
        let exchange = handshake::new_auth_key(*address, rsa_public_key);
        let key = timeout(self.request_timeout(), exchange)
            .await
            .map_err(|_elapsed| TelegramError::NotConnected("no answer in time".to_owned()))??;
        self.session.set_sandbox_key(*address, key).await
    }

    fn connection_params(&self) -> ConnectionParams {
        let use_ipv6 = match &self.options.endpoint {
            Endpoint::Production => false,
            Endpoint::Sandbox { address, .. } => address.is_ipv6(),
        };
        ConnectionParams {
            device_model: self.options.device_model.clone(),
            app_version: self.options.app_version.clone(),
            system_lang_code: "en".to_owned(),
            lang_code: "en".to_owned(),
            use_ipv6,
            retry_policy: Box::new(NoRetries),
            updates_channel_capacity: NonZeroUsize::new(self.options.updates_capacity)
                .unwrap_or(NonZeroUsize::MIN),
            ..ConnectionParams::default()
        }
    }

    /// Whether the pool still answers anything at all within a short time.
    async fn answers(&self, handle: &SenderPoolHandle) -> bool {
        let ping = tl::functions::Ping { ping_id: 1 }.to_bytes();
        let patience = Duration::from_millis(self.options.request_timeout_ms.clamp(1, PROBE_MS));
        timeout(patience, handle.raw_invoke_in_dc(self.session.home_dc(), ping))
            .await
            .is_ok()
    }
}

/// Keeps a pool running until this future is dropped.
pub(crate) async fn supervise(shared: Arc<Shared>, out: mpsc::Sender<Waiting>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let born = Instant::now();
        match shared.ensure_key().await {
            Ok(()) => run_pool(&shared, &out).await,
            Err(error) => shared.set_unreachable(&error.to_string()),
        }
        shared.restarts.fetch_add(1, Ordering::Relaxed);
        pause = if born.elapsed() > HEALTHY_LIFE {
            FIRST_PAUSE
        } else {
            (pause * 2).min(LONGEST_PAUSE)
        };
        sleep(pause).await;
    }
}

async fn run_pool(shared: &Arc<Shared>, out: &mpsc::Sender<Waiting>) {
    let SenderPool {
        runner,
        handle,
        updates,
    } = SenderPool::with_configuration(
        Arc::clone(&shared.session),
        shared.options.api_id,
        shared.connection_params(),
    );
    let handle = handle.thin;
    let mut runner = OwnedTask::spawn(runner.run());
    let mut pump = OwnedTask::spawn(Pump::new(Arc::clone(shared), updates, out.clone()).run());
    shared.handle.send_replace(Some(handle.clone()));
    loop {
        tokio::select! {
            _ = runner.ended() => break shared.set_unreachable("the connection pool ended"),
            _ = pump.ended() => break shared.set_unreachable("the update pump ended"),
            () = shared.restart.notified() => break,
            () = shared.probe.notified() => if !shared.answers(&handle).await { break },
            () = sleep(KEEPALIVE) => {
                if shared.session.me().is_some() && !shared.answers(&handle).await { break }
            }
        }
    }
    shared.handle.send_replace(None);
    runner.stop().await;
    pump.stop().await;
}
