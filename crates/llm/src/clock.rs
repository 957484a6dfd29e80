//! Time and randomness, which the product owns.

use async_trait::async_trait;

/// The product's clock. Every wait of this crate goes through it, so a test may stretch or shrink time.
#[async_trait]
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01T00:00:00 UTC.
    fn now_ms(&self) -> i64;
    /// A random number of 64 bits.
    fn random_u64(&self) -> u64;
    /// Waits for `ms` milliseconds. The future may be dropped at any time.
    async fn sleep_ms(&self, ms: u64);
}

/// Milliseconds in a second.
pub(crate) const SECOND_MS: i64 = 1_000;
/// Milliseconds in a minute.
pub(crate) const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in an hour.
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day of 24 hours.
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// Runs `work` for at most `limit_ms`; nothing when the time is over first.
pub(crate) async fn within<T>(clock: &dyn Clock, limit_ms: i64, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        // What is already there wins over a limit that is reached in the same moment.
        biased;
        done = work => Some(done),
        () = clock.sleep_ms(limit_ms.max(0).unsigned_abs()) => None,
    }
}
