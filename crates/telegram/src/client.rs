//! The client of one account.

use std::fmt;
use std::sync::{Arc, Mutex};

use grammers_tl_types as tl;
use tokio::sync::mpsc;

use crate::pool;
use crate::session::Session;
use crate::shared::Shared;
use crate::stream::Slot;
use crate::tasks::OwnedTask;
use crate::{ClientOptions, LossReason, Me, SessionVault, Stall, TelegramError, UpdateStream};

/// How a client is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The last call was answered and the connection was not closed since.
    pub connected: bool,
    /// For how long Telegram could not be reached, in milliseconds of real time.
    pub unreachable_for_ms: Option<u64>,
    /// Why, in technical English.
    pub last_error: Option<String>,
    /// Somebody is signed in.
    pub signed_in: bool,
    /// How often the connection pool was rebuilt.
    pub restarts: u64,
}

/// One account. Cheap to clone; the connection ends with the last clone.
#[derive(Clone)]
pub struct UserClient(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    slot: Slot,
    supervisor: Mutex<Option<OwnedTask>>,
}

impl UserClient {
    /// Starts a client with the session in the vault, or without one. A stored session is used as it is, connected or
    /// not; without one a simulated Telegram must be reachable to agree on a key.
    ///
    /// # Errors
    /// [`TelegramError::WrongEnvironment`] for a session of the other environment or a damaged one,
    /// [`TelegramError::Vault`], and [`TelegramError::NotConnected`] or [`TelegramError::Handshake`] when there is no
    /// session yet and no key could be agreed on.
    pub async fn connect(
        options: ClientOptions,
        vault: Arc<dyn SessionVault>,
    ) -> Result<Self, TelegramError> {
        let session = Session::load(options.endpoint.clone(), vault).await?;
        let capacity = options.updates_capacity.max(1);
        let shared = Arc::new(Shared::new(options, session));
        shared.ensure_key().await?;
        let (out, queue) = mpsc::channel(capacity);
        let supervisor = OwnedTask::spawn(pool::supervise(Arc::clone(&shared), out));
        let slot = Arc::new(Mutex::new(Some(queue)));
        Ok(Self(Arc::new(Inner {
            shared,
            slot,
            supervisor: Mutex::new(Some(supervisor)),
        })))
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    pub(crate) fn session(&self) -> &Session {
        &self.0.shared.session
    }

    pub(crate) async fn invoke<R: tl::RemoteCall>(&self, request: &R) -> Result<R::Return, TelegramError> {
        self.0.shared.invoke(request).await
    }

    /// The account, asked of Telegram; `None` when nobody is signed in.
    ///
    /// # Errors
    /// [`TelegramError::SessionLost`] once, when a login that we had is gone; errors of the connection.
    pub async fn me(&self) -> Result<Option<Me>, TelegramError> {
        let had_login = self.session().me().is_some();
        let request = tl::functions::users::GetUsers {
            id: vec![tl::enums::InputUser::UserSelf],
        };
        match self.invoke(&request).await {
            Ok(users) => {
                self.session().remember(&users);
                Ok(users.iter().find_map(|user| match user {
                    tl::enums::User::User(user) => Some(Me::from_user(user)),
                    tl::enums::User::Empty(_) => None,
                }))
            }
            Err(TelegramError::SessionLost(LossReason::AuthKeyUnregistered)) if !had_login => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The account as it was when it signed in, without asking Telegram.
    pub fn signed_in_as(&self) -> Option<Me> {
        self.session().me()
    }

    /// Takes the stream of updates; they begin after what was last committed.
    ///
    /// # Errors
    /// [`TelegramError::StreamTaken`] while another consumer has it.
    pub fn updates(&self) -> Result<UpdateStream, TelegramError> {
        UpdateStream::take(&self.0.shared, &self.0.slot)
    }

    /// How the client is doing, without asking Telegram.
    pub fn health(&self) -> Health {
        let unreachable = self.0.shared.unreachable();
        let since = |(since, _): &(tokio::time::Instant, String)| {
            u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
        };
        Health {
            connected: unreachable.is_none(),
            unreachable_for_ms: unreachable.as_ref().map(since),
            last_error: unreachable.map(|(_, why)| why),
            signed_in: self.session().me().is_some(),
            restarts: self.0.shared.restarts(),
        }
    }

    /// Says that the consumer of updates waits, say, for a database that is away: for a virtual clock.
    pub fn stall(&self) -> Stall {
        self.0.shared.options.activity.stall()
    }

    /// Whether the client was closed.
    pub fn is_closed(&self) -> bool {
        self.0.shared.is_closed()
    }

    /// Ends the connection. Calls under way end with an unknown outcome; the stream ends.
    pub async fn close(self) {
        let supervisor = self
            .0
            .supervisor
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        if let Some(supervisor) = supervisor {
            supervisor.stop().await;
        }
        self.0.shared.close();
    }
}

impl fmt::Debug for UserClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserClient")
            .field("options", &self.0.shared.options)
            .finish_non_exhaustive()
    }
}
