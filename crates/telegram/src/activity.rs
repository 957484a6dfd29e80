//! What the client is doing right now, for an embedder that runs under a virtual clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Counters that tell whether a client is busy. One may be shared by several clients.
///
/// A virtual clock may move on when [`Activity::is_idle`] holds and [`Activity::ticks`] has not changed since it
/// last looked.
#[derive(Debug, Default)]
pub struct Activity {
    in_flight: AtomicI64,
    uncommitted: AtomicI64,
    stalled: AtomicI64,
    ticks: AtomicU64,
}

impl Activity {
    /// A fresh set of counters, all zero.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Calls to Telegram that are under way, catching up with missed updates included.
    pub fn in_flight(&self) -> u64 {
        self.in_flight.load(Ordering::SeqCst).max(0).unsigned_abs()
    }

    /// Updates that were received and not yet committed by the consumer of the stream.
    pub fn uncommitted(&self) -> u64 {
        self.uncommitted.load(Ordering::SeqCst).max(0).unsigned_abs()
    }

    /// Goes up with every call begun or ended and every update received or committed.
    pub fn ticks(&self) -> u64 {
        self.ticks.load(Ordering::SeqCst)
    }

    /// No call is under way, and no update waits to be committed unless its consumer waits for time to pass.
    pub fn is_idle(&self) -> bool {
        let stalled = self.stalled.load(Ordering::SeqCst) > 0;
        self.in_flight() == 0 && (stalled || self.uncommitted() == 0)
    }

    pub(crate) fn stall(self: &Arc<Self>) -> Stall {
        self.stalled.fetch_add(1, Ordering::SeqCst);
        self.tick();
        Stall(Arc::clone(self))
    }

    pub(crate) fn call(self: &Arc<Self>) -> CallGuard {
        self.in_flight.fetch_add(1, Ordering::SeqCst);
        self.tick();
        CallGuard(Arc::clone(self))
    }

    pub(crate) fn received(&self, updates: usize) {
        self.uncommitted.fetch_add(signed(updates), Ordering::SeqCst);
        self.tick();
    }

    pub(crate) fn settled(&self, updates: usize) {
        self.uncommitted.fetch_sub(signed(updates), Ordering::SeqCst);
        self.tick();
    }

    pub(crate) fn tick(&self) {
        self.ticks.fetch_add(1, Ordering::SeqCst);
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// While this lives, the consumer of updates waits for time to pass: what it has not committed is no activity.
#[derive(Debug)]
pub struct Stall(Arc<Activity>);

impl Drop for Stall {
    fn drop(&mut self) {
        self.0.stalled.fetch_sub(1, Ordering::SeqCst);
        self.0.tick();
    }
}

/// One call under way; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct CallGuard(Arc<Activity>);

impl Drop for CallGuard {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
        self.0.tick();
    }
}
