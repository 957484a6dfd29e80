//! The world's time, and a way to say that the simulator is busy.
//!
//! Dates of messages, personas' delays, flood waits and the log use a [`Clock`], which a test can
//! replace by a virtual one. The embedder passes an [`Activity`] in to learn when nothing is under
//! way any more: only then may a virtual clock jump to the next timer.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// A future that ends when a moment has come.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A source of time, in milliseconds since 1970 UTC.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, in milliseconds since 1970 UTC.
    fn now_ms(&self) -> i64;
    /// Ends when `now_ms() >= at_ms`.
    fn sleep_until_ms(&self, at_ms: i64) -> Sleep;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealClock;

impl Clock for RealClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the simulator's own source of time"
    )]
    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |passed| i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
    }

    fn sleep_until_ms(&self, at_ms: i64) -> Sleep {
        let wait_ms = u64::try_from(at_ms - self.now_ms()).unwrap_or(0);
        Box::pin(tokio::time::sleep(Duration::from_millis(wait_ms)))
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug, Clone)]
pub struct ManualClock {
    now_ms: tokio::sync::watch::Sender<i64>,
}

impl ManualClock {
    /// A clock that shows `start_ms`.
    #[must_use]
    pub fn new(start_ms: i64) -> Self {
        Self {
            now_ms: tokio::sync::watch::Sender::new(start_ms),
        }
    }

    /// Moves the clock forward (never back) and wakes who waited for it.
    pub fn advance_to_ms(&self, at_ms: i64) {
        self.now_ms.send_if_modified(|now| {
            let moved = at_ms > *now;
            *now = at_ms.max(*now);
            moved
        });
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        *self.now_ms.borrow()
    }

    fn sleep_until_ms(&self, at_ms: i64) -> Sleep {
        let mut watched = self.now_ms.subscribe();
        Box::pin(async move {
            // An error means that the clock is gone: nobody can wait for it any more.
            let _ = watched.wait_for(|now| *now >= at_ms).await;
        })
    }
}

/// Counts the work in progress: what was received and is not yet answered, handed out or pushed.
#[derive(Debug, Default)]
pub struct Activity {
    in_progress: AtomicUsize,
    count: AtomicU64,
}

impl Activity {
    /// Marks the beginning of a piece of work; its end is the drop of the guard.
    #[must_use]
    pub fn begin(self: &Arc<Self>) -> ActivityGuard {
        self.in_progress.fetch_add(1, Ordering::SeqCst);
        self.count.fetch_add(1, Ordering::SeqCst);
        ActivityGuard {
            activity: Arc::clone(self),
        }
    }

    /// Pieces of work under way now.
    #[must_use]
    pub fn in_progress(&self) -> usize {
        self.in_progress.load(Ordering::SeqCst)
    }

    /// Pieces of work ever begun: if it did not move between two looks, nothing happened between them.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// A piece of work in progress; it ends when this is dropped.
#[derive(Debug)]
pub struct ActivityGuard {
    activity: Arc<Activity>,
}

impl Drop for ActivityGuard {
    fn drop(&mut self) {
        self.activity.in_progress.fetch_sub(1, Ordering::SeqCst);
    }
}
