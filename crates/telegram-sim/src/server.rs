//! The simulator as a whole: a world and the servers in front of it.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::clock::{Activity, Clock, RealClock};
use crate::control;
use crate::journal::JournalError;
use crate::net::hub::Hub;
use crate::net::keys::KeyRing;
use crate::net::rsa::RsaKey;
use crate::net::{connection, lock, os};
use crate::rpc::push;
use crate::rpc::srp::Srp;
use crate::scenario::Scenario;
use crate::world::World;

/// Data centres that the simulator pretends to have; all have its one address.
pub(crate) const DC_COUNT: i32 = 5;
/// The data centre that answers.
const THIS_DC: i32 = 2;
/// Clients served at once; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 16_384;

/// What to simulate, and where.
pub struct Options {
    /// Who is in the world and what goes wrong.
    pub scenario: Scenario,
    /// Where MTProto is served. Port 0: a free one.
    pub address: SocketAddr,
    /// The loopback port of the control API. 0: a free one; none: no control API.
    pub control_port: Option<u16>,
    /// The world's clock.
    pub clock: Arc<dyn Clock>,
    /// Where the simulator reports that it is busy.
    pub activity: Arc<Activity>,
    /// The file that the world is written down in; none: it lives in memory.
    pub journal: Option<PathBuf>,
}

impl Options {
    /// A world in memory and in real time, on a free port of the loopback interface.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            control_port: None,
            clock: Arc::new(RealClock),
            activity: Arc::default(),
            journal: None,
        }
    }
}

/// Why the simulator cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen: {0}")]
    Listen(#[from] std::io::Error),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The built-in RSA key is damaged.
    #[error("the built-in RSA key is damaged")]
    Key,
}

/// How a client pins the simulator's RSA key.
#[derive(Clone, Debug)]
pub struct PublicKey {
    /// PKCS #1, PEM.
    pub pem: String,
    /// The modulus, decimal.
    pub modulus: String,
    /// The exponent, decimal.
    pub exponent: String,
    /// The number the handshake names the key by.
    pub fingerprint: i64,
}

/// A data centre to put into a client's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DcAddress {
    /// Its number.
    pub id: i32,
    /// Where it listens.
    pub address: SocketAddr,
}

/// What every connection shares.
pub(crate) struct Shared {
    pub(crate) world: World,
    pub(crate) activity: Arc<Activity>,
    pub(crate) rsa: RsaKey,
    pub(crate) keys: KeyRing,
    pub(crate) hub: Hub,
    pub(crate) srp: Srp,
    pub(crate) address: SocketAddr,
    pub(crate) this_dc: i32,
    unknown_methods: Mutex<BTreeMap<String, u64>>,
}

impl Shared {
    /// Notes that a client called a method which is not there.
    pub(crate) fn count_unknown(&self, method: String) {
        *lock(&self.unknown_methods).entry(method).or_default() += 1;
    }
}

/// The simulated Telegram.
pub struct Simulator;

impl Simulator {
    /// Makes the world and serves it until [`Running::shutdown`], or until the handle is dropped.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(options: Options) -> Result<Running, StartError> {
        let Options {
            scenario,
            address,
            control_port,
            clock,
            activity,
            journal,
        } = options;
        let world = match journal {
            Some(path) => World::open(&path, scenario, clock, Arc::clone(&activity))?,
            None => World::in_memory(scenario, clock, Arc::clone(&activity))?,
        };
        let listener = TcpListener::bind(address).await?;
        let shared = Arc::new(Shared {
            address: listener.local_addr()?,
            world,
            activity,
            rsa: RsaKey::built_in().ok_or(StartError::Key)?,
            keys: KeyRing::default(),
            hub: Hub::default(),
            srp: Srp::default(),
            this_dc: THIS_DC,
            unknown_methods: Mutex::default(),
        });
        let (stop, stopped) = watch::channel(false);
        let news = shared.world.subscribe();
        let control = match control_port {
            Some(port) => Some(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?),
            None => None,
        };
        let control_address = control.as_ref().map(TcpListener::local_addr).transpose()?;
        let mut tasks = vec![
            os::spawn(accept(Arc::clone(&shared), listener, stopped.clone())),
            os::spawn(push::run(Arc::clone(&shared), news, stopped.clone())),
            os::spawn(let_people_act(shared.world.clone(), stopped.clone())),
        ];
        tasks
            .extend(control.map(|listener| os::spawn(serve_control(Arc::clone(&shared), listener, stopped))));
        Ok(Running {
            shared,
            control_address,
            stop,
            tasks,
        })
    }
}

async fn accept(shared: Arc<Shared>, listener: TcpListener, stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let mut stopping = stop.clone();
    loop {
        tokio::select! {
            // An error means that the handle was dropped: the same as its stop signal.
            _ = stopping.wait_for(|stopped| *stopped) => break,
            Some(ended) = connections.join_next() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a connection's task broke off");
                }
            }
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection::serve(Arc::clone(&shared), stream, stop.clone()));
                }
                Err(error) => tracing::warn!(%error, "cannot accept a connection"),
            },
        }
    }
    while connections.join_next().await.is_some() {}
}

/// The control API of the world, and what only the server knows.
async fn serve_control(shared: Arc<Shared>, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let unknown =
        get(|State(shared): State<Arc<Shared>>| async move { Json(lock(&shared.unknown_methods).clone()) });
    let of_server = Router::new()
        .route("/unknown-methods", unknown)
        .with_state(Arc::clone(&shared));
    let router = control::router(shared.world.clone()).merge(of_server);
    tokio::select! {
        // An error means that the handle was dropped: the same as its stop signal.
        _ = stop.wait_for(|stopped| *stopped) => {}
        served = axum::serve(listener, router) => {
            if let Err(error) = served {
                tracing::error!(%error, "the control API ended");
            }
        }
    }
}

async fn let_people_act(world: World, mut stop: watch::Receiver<bool>) {
    tokio::select! {
        // An error means that the handle was dropped: the same as its stop signal.
        _ = stop.wait_for(|stopped| *stopped) => {}
        () = world.run_people() => {}
    }
}

/// A simulator that runs.
pub struct Running {
    pub(crate) shared: Arc<Shared>,
    control_address: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Where MTProto is served.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// Where the control API is served, if it is.
    #[must_use]
    pub fn control_address(&self) -> Option<SocketAddr> {
        self.control_address
    }

    /// The data centres to put into a client's session; all have the same address.
    #[must_use]
    pub fn data_centres(&self) -> Vec<DcAddress> {
        (1..=DC_COUNT)
            .map(|id| DcAddress {
                id,
                address: self.shared.address,
            })
            .collect()
    }

    /// The data centre that clients meet first.
    #[must_use]
    pub fn this_dc(&self) -> i32 {
        self.shared.this_dc
    }

    /// The RSA key to pin.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey {
            pem: self.shared.rsa.public_pem(),
            modulus: self.shared.rsa.modulus_decimal(),
            exponent: RsaKey::exponent_decimal(),
            fingerprint: self.shared.rsa.fingerprint(),
        }
    }

    /// The world behind the server: log, counters, faults, people.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.shared.world
    }

    /// The code that signs an account in, by phone. None: no such account.
    #[must_use]
    pub fn login_code(&self, phone: &str) -> Option<String> {
        let user = self.world().by_phone(phone)?;
        let accounts = self.world().accounts().into_iter();
        accounts
            .map(|(account, _)| account)
            .find(|account| account.user == user.id)
            .map(|account| account.code)
    }

    /// Methods that clients called and the simulator does not have, with their number of calls.
    #[must_use]
    pub fn unknown_methods(&self) -> BTreeMap<String, u64> {
        lock(&self.shared.unknown_methods).clone()
    }

    /// Closes every connection and waits until all tasks have ended.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task that panicked has ended, too; the panic was reported where it happened.
            let _ = task.await;
        }
    }
}
