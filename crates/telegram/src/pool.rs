//! The connection pool of one account and the task that watches over it.
//!
//! grammers has no timeouts, keeps a connection whose other end fell silent, and panics on some malformed answers. So
//! every call has a timeout here, a silent connection is probed, and a dead pool is rebuilt with growing pauses.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use grammers_mtsender::{ConnectionParams, NoRetries, SenderPool, SenderPoolHandle};
use grammers_tl_types::{self as tl, Serializable};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use crate::pump::{Pump, Waiting};
use crate::shared::Shared;
use crate::tasks::OwnedTask;
use crate::{ClientOptions, Endpoint};

/// How often a signed-in account's connection is tried, in real time.
const KEEPALIVE: Duration = Duration::from_secs(60);
/// How long a probe of a suspicious connection may take.
const PROBE_MS: u64 = 5_000;
/// Pauses between attempts to rebuild a pool.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A pool that lived so long died of something new.
const HEALTHY_LIFE: Duration = Duration::from_secs(60);

/// Why a pool is not there any more.
#[derive(PartialEq, Eq)]
enum End {
    /// Another was asked for, as after a sign-out.
    Asked,
    /// It died, fell silent or could not begin.
    Died,
}

/// Keeps a pool running until this future is dropped.
pub(crate) async fn supervise(shared: Arc<Shared>, out: mpsc::Sender<Waiting>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let born = Instant::now();
        let end = match shared.ensure_key().await {
            Ok(()) => run_pool(&shared, &out).await,
            Err(error) => {
                shared.set_unreachable(&error.to_string());
                End::Died
            }
        };
        shared.note_restart();
        if end == End::Asked || born.elapsed() > HEALTHY_LIFE {
            pause = FIRST_PAUSE;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn run_pool(shared: &Arc<Shared>, out: &mpsc::Sender<Waiting>) -> End {
    let SenderPool {
        runner,
        handle,
        updates,
    } = SenderPool::with_configuration(
        Arc::clone(&shared.session),
        shared.options.api_id,
        connection_params(&shared.options),
    );
    let handle = handle.thin;
    let mut runner = OwnedTask::spawn(runner.run());
    let mut pump = OwnedTask::spawn(Pump::new(Arc::clone(shared), updates, out.clone()).run());
    shared.pool_started(&handle);
    let end = loop {
        let suspicious = tokio::select! {
            _ = runner.ended() => {
                shared.set_unreachable("the connection pool ended");
                break End::Died;
            }
            _ = pump.ended() => {
                shared.set_unreachable("the update pump ended");
                break End::Died;
            }
            () = shared.restart.notified() => break End::Asked,
            () = shared.probe.notified() => true,
            () = sleep(KEEPALIVE) => shared.session.me().is_some(),
        };
        if suspicious && !answers(shared, &handle).await {
            shared.set_unreachable("the connection fell silent");
            break End::Died;
        }
    };
    shared.pool_stopped();
    runner.stop().await;
    pump.stop().await;
    end
}

fn connection_params(options: &ClientOptions) -> ConnectionParams {
    let use_ipv6 = match &options.endpoint {
        Endpoint::Production => false,
        Endpoint::Sandbox { address, .. } => address.is_ipv6(),
    };
    ConnectionParams {
        device_model: options.device_model.clone(),
        app_version: options.app_version.clone(),
        system_lang_code: "en".to_owned(),
        lang_code: "en".to_owned(),
        use_ipv6,
        retry_policy: Box::new(NoRetries),
        updates_channel_capacity: NonZeroUsize::new(options.updates_capacity).unwrap_or(NonZeroUsize::MIN),
        ..ConnectionParams::default()
    }
}

/// Whether the pool still answers anything at all within a short time.
async fn answers(shared: &Shared, handle: &SenderPoolHandle) -> bool {
    let ping = tl::functions::Ping { ping_id: 1 }.to_bytes();
    let patience = Duration::from_millis(shared.options.request_timeout_ms.clamp(1, PROBE_MS));
    timeout(patience, handle.raw_invoke_in_dc(shared.session.home_dc(), ping))
        .await
        .is_ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use alfa_telegram_sim::scenario::Scenario;
    use alfa_telegram_sim::server::{Options, Simulator};
    use async_trait::async_trait;

    use super::*;
    use crate::{RsaPublicKey, SessionVault, UserClient, VaultError};

    #[derive(Default)]
    struct MemoryVault(Mutex<Option<Vec<u8>>>);

    #[async_trait]
    impl SessionVault for MemoryVault {
        async fn load(&self) -> Result<Option<Vec<u8>>, VaultError> {
            Ok(self.0.lock().unwrap().clone())
        }

        async fn save(&self, data: Vec<u8>) -> Result<(), VaultError> {
            *self.0.lock().unwrap() = Some(data);
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_pool_that_died_is_rebuilt_and_calls_wait_for_it() {
        let phone = "+79990000001";
        let scenario = Scenario::parse(&format!("accounts: [{{phone: \"{phone}\"}}]")).unwrap();
        let sim = Simulator::start(Options::new(scenario)).await.unwrap();
        let rsa_public_key = RsaPublicKey::from_pem(&sim.public_key().pem).unwrap();
        let endpoint = Endpoint::Sandbox {
            address: sim.address(),
            rsa_public_key,
        };
        let options = ClientOptions::new(endpoint, 1, "hash");
        let client = UserClient::connect(options, Arc::new(MemoryVault::default()))
            .await
            .unwrap();
        client.request_code(phone).await.unwrap();
        assert_eq!(client.health().restarts, 0);
        for deaths in 1..=3 {
            client.shared().kill_pool();
            timeout(Duration::from_secs(10), async {
                while client.health().restarts < deaths {
                    tokio::task::yield_now().await;
                }
            })
            .await
            .unwrap();
            client.request_code(phone).await.unwrap();
            assert!(client.health().connected);
        }
    }
}
