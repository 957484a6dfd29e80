//! What the parts of a client share: the way of making a call, and what follows from its failure.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use grammers_mtproto::authentication;
use grammers_mtsender::{InvocationError, SenderPoolHandle};
use grammers_session::types::UpdatesState;
use grammers_tl_types::{Deserializable, RemoteCall};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout};

use crate::session::Session;
use crate::{ClientOptions, Endpoint, LossReason, TelegramError, handshake};

/// Whether calls can be made.
#[derive(Clone)]
enum PoolState {
    Starting,
    Running(SenderPoolHandle),
    Closed,
}

/// What the client's parts share.
pub(crate) struct Shared {
    pub options: ClientOptions,
    pub session: Arc<Session>,
    /// Goes up when somebody signs in or the stream is taken anew: the pump starts from the committed state.
    pub reload: watch::Sender<u64>,
    /// The loss of the login, for the stream.
    pub lost: watch::Sender<Option<LossReason>>,
    /// Up to where updates were handed to the stream, committed or not.
    delivered: Mutex<Option<UpdatesState>>,
    pool: watch::Sender<PoolState>,
    /// Asks for another pool.
    pub restart: Notify,
    /// Asks whether the pool still answers.
    pub probe: Notify,
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
            pool: watch::Sender::new(PoolState::Starting),
            restart: Notify::new(),
            probe: Notify::new(),
            restarts: AtomicU64::new(0),
            unreachable: Mutex::new(Some((Instant::now(), "connecting".to_owned()))),
        }
    }

    fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.options.request_timeout_ms.max(1))
    }

    /// One call in the account's data centre. It is repeated only if Telegram refers it to another one, undone.
    pub(crate) async fn invoke<R: RemoteCall>(&self, request: &R) -> Result<R::Return, TelegramError> {
        let _call = self.options.activity.call();
        let bytes = request.to_bytes();
        let mut outcome = self.invoke_bytes(bytes.clone()).await;
        if let Err(TelegramError::Rpc {
            code: 303,
            value: Some(dc),
            ..
        }) = outcome
        {
            self.move_home(i32::try_from(dc).unwrap_or(0)).await?;
            outcome = self.invoke_bytes(bytes).await;
        }
        R::Return::from_bytes(&outcome?)
            .map_err(|_| TelegramError::UnknownOutcome("the answer could not be read".to_owned()))
    }

    async fn invoke_bytes(&self, body: Vec<u8>) -> Result<Vec<u8>, TelegramError> {
        let handle = self.handle().await?;
        let call = handle.raw_invoke_in_dc(self.session.home_dc(), body);
        let outcome = match timeout(self.request_timeout(), call).await {
            Ok(Err(error)) if key_is_unknown(&error) => self.lose_key().await,
            Ok(outcome) => outcome.map_err(TelegramError::from_invocation),
            Err(_elapsed) => {
                self.probe.notify_one();
                Err(TelegramError::UnknownOutcome("no answer in time".to_owned()))
            }
        };
        self.note(&outcome);
        if let Err(TelegramError::SessionLost(reason)) = outcome {
            self.lose_login(reason).await;
        }
        outcome
    }

    /// Changes the data centre that calls go to, as Telegram demanded.
    pub(crate) async fn move_home(&self, dc_id: i32) -> Result<(), TelegramError> {
        let before = self.session.home_dc();
        self.session.set_home_dc(dc_id).await?;
        if let PoolState::Running(handle) = &*self.pool.borrow()
            && before != dc_id
        {
            handle.disconnect_from_dc(before);
        }
        Ok(())
    }

    /// The pool's handle; waits for a pool that is being rebuilt.
    async fn handle(&self) -> Result<SenderPoolHandle, TelegramError> {
        let mut watched = self.pool.subscribe();
        let ready = watched.wait_for(|pool| !matches!(pool, PoolState::Starting));
        match timeout(self.request_timeout(), ready).await {
            Ok(Ok(pool)) => match &*pool {
                PoolState::Running(handle) => Ok(handle.clone()),
                PoolState::Starting | PoolState::Closed => Err(TelegramError::Closed),
            },
            Ok(Err(_gone)) => Err(TelegramError::Closed),
            Err(_elapsed) => Err(self.unreachable_error()),
        }
    }

    /// Ends every call that waits for a connection, and those to come.
    pub(crate) fn close(&self) {
        self.pool.send_replace(PoolState::Closed);
    }

    pub(crate) fn is_closed(&self) -> bool {
        matches!(&*self.pool.borrow(), PoolState::Closed)
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

    pub(crate) fn note_restart(&self) {
        self.restarts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn restarts(&self) -> u64 {
        self.restarts.load(Ordering::Relaxed)
    }

    /// Forgets a login that Telegram does not accept any more. Every call under way learns of it; the first acts.
    async fn lose_login(&self, reason: LossReason) {
        if self.session.me().is_none() {
            return;
        }
        tracing::warn!(?reason, "the Telegram login is gone");
        if let Err(error) = self.forget_login().await {
            // After a restart the login is tried again, and lost again.
            tracing::error!(%error, "the lost login is still stored");
        }
        self.lost.send_replace(Some(reason));
    }

    /// The server does not know our key: with it goes the login, if there was one. Nothing was done.
    async fn lose_key<T>(&self) -> Result<T, TelegramError> {
        if self.session.me().is_some() {
            return Err(TelegramError::SessionLost(LossReason::AuthKeyUnregistered));
        }
        self.forget_login().await?;
        Err(TelegramError::NotConnected(
            "the key was not known any more; another is being agreed on".to_owned(),
        ))
    }

    /// Forgets the login and its keys, and starts the pool anew without them.
    pub(crate) async fn forget_login(&self) -> Result<(), TelegramError> {
        let stored = self.session.forget().await;
        self.reload_updates();
        self.pool_stopped();
        self.restart.notify_one();
        stored
    }

    /// Makes the pump start again from the committed state. What it queued before does not count any more.
    pub(crate) fn reload_updates(&self) {
        let mut delivered = self.delivered();
        *delivered = None;
        self.reload.send_modify(|generation| *generation += 1);
    }

    fn delivered(&self) -> MutexGuard<'_, Option<UpdatesState>> {
        self.delivered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the pump of this generation is to start: where another stopped, or at what was committed.
    pub(crate) fn resume_from(&self) -> Option<UpdatesState> {
        self.delivered().clone().or_else(|| self.session.committed())
    }

    /// Notes up to where updates were handed on, if nothing made the pump start again meanwhile.
    pub(crate) fn note_delivered(&self, generation: u64, state: &UpdatesState) {
        let mut delivered = self.delivered();
        if *self.reload.borrow() == generation {
            *delivered = Some(state.clone());
        }
    }

    pub(crate) fn pool_started(&self, handle: &SenderPoolHandle) {
        self.pool.send_if_modified(|pool| {
            let open = !matches!(pool, PoolState::Closed);
            if open {
                *pool = PoolState::Running(handle.clone());
            }
            open
        });
    }

    /// Ends the pool behind the supervisor's back.
    #[cfg(test)]
    pub(crate) fn kill_pool(&self) {
        if let PoolState::Running(handle) = &*self.pool.borrow() {
            handle.quit();
        }
    }

    pub(crate) fn pool_stopped(&self) {
        self.pool.send_if_modified(|pool| {
            let running = matches!(pool, PoolState::Running(_));
            if running {
                *pool = PoolState::Starting;
            }
            running
        });
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
}

/// grammers makes a new key when the server does not know ours. With a simulator's RSA key that cannot succeed, and
/// what it means is that our key is not known any more.
fn key_is_unknown(error: &InvocationError) -> bool {
    matches!(
        error,
        InvocationError::Authentication(authentication::Error::UnknownFingerprints { .. })
    )
}
