//! Where and how to connect.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::{Activity, RsaPublicKey};

/// Where to connect. A session made in one environment is refused by the other.
#[derive(Clone, Debug)]
pub enum Endpoint {
    /// Telegram itself.
    Production,
    /// A simulated Telegram with its own key.
    Sandbox {
        /// Address of its MTProto port (transport "full").
        address: SocketAddr,
        /// The key with which a new authorisation key is agreed on.
        rsa_public_key: RsaPublicKey,
    },
}

impl Endpoint {
    pub(crate) fn environment(&self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox { .. } => "sandbox",
        }
    }
}

/// How a client connects and what it says about itself.
#[derive(Clone)]
pub struct ClientOptions {
    /// Telegram or a simulated one.
    pub endpoint: Endpoint,
    /// Application id from my.telegram.org; the simulator takes any.
    pub api_id: i32,
    /// Application hash that belongs to the id.
    pub api_hash: String,
    /// How long any one call may take, in milliseconds of real time; afterwards its outcome is unknown.
    pub request_timeout_ms: u64,
    /// After so much silence the account is asked whether something was missed, in milliseconds of real time. That
    /// also tells when its login was ended from another device.
    pub idle_check_ms: u64,
    /// Shown to the owner of the account in the list of their devices.
    pub device_model: String,
    /// Shown there too.
    pub app_version: String,
    /// How many updates may wait to be taken; beyond it they are fetched again later (never lost).
    pub updates_capacity: usize,
    /// Counters for an embedder with a virtual clock.
    pub activity: Arc<Activity>,
}

impl ClientOptions {
    /// Sensible values for everything but the endpoint and the application's identity.
    pub fn new(endpoint: Endpoint, api_id: i32, api_hash: impl Into<String>) -> Self {
        Self {
            endpoint,
            api_id,
            api_hash: api_hash.into(),
            request_timeout_ms: 30_000,
            idle_check_ms: 300_000,
            device_model: "Alfa".to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            updates_capacity: 10_000,
            activity: Activity::new(),
        }
    }
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions")
            .field("endpoint", &self.endpoint)
            .field("api_id", &self.api_id)
            .field("request_timeout_ms", &self.request_timeout_ms)
            .field("updates_capacity", &self.updates_capacity)
            .finish_non_exhaustive()
    }
}
