//! What the protocol takes from the machine: its clock, its randomness, its tasks.
//!
//! MTProto message ids carry the time, and clients compare it with their own clock. So the protocol always
//! lives in real time, even where the world's [`crate::clock::Clock`] is a virtual one.

use std::future::Future;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::RngCore;

/// Time since 1970 UTC, by the machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "message ids are compared with the client's real clock"
)]
pub(crate) fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Seconds since 1970 UTC, by the machine's clock.
pub(crate) fn unix_seconds() -> i32 {
    i32::try_from(since_epoch().as_secs()).unwrap_or(i32::MAX)
}

/// Fills the buffer with bytes nobody can foresee.
#[expect(
    clippy::disallowed_methods,
    reason = "keys and nonces must not come from the world's seeded dice"
)]
pub(crate) fn fill_random(buffer: &mut [u8]) {
    rand::rng().fill_bytes(buffer);
}

/// `N` bytes nobody can foresee.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut buffer = [0; N];
    fill_random(&mut buffer);
    buffer
}

/// Starts a task of the server. Each one ends with its connection or with the server's shutdown signal.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place of this crate's server that spawns"
)]
pub(crate) fn spawn<F>(task: F) -> tokio::task::JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    tokio::spawn(task)
}
