//! The only source of time and randomness.
//!
//! A [`Clock`] is either real or virtual. Under a virtual clock nothing passes by itself: a test moves time to the
//! next thing that somebody waits for, so hours of pacing take seconds and every gap is exact.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alfa_store::UnixMillis;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use tokio::sync::oneshot;

/// Milliseconds in a second, an hour and a day.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// Time and randomness. Cheap to clone; clones share the same time.
#[derive(Clone)]
pub struct Clock {
    time: Time,
    rng: Arc<Mutex<StdRng>>,
}

#[derive(Clone)]
enum Time {
    Real,
    Virtual(Arc<VirtualTime>),
}

impl Clock {
    /// The computer's clock and its randomness.
    #[expect(
        clippy::disallowed_methods,
        reason = "this module is where ambient randomness enters"
    )]
    pub fn real() -> Self {
        let seed = rand::rng().next_u64();
        Self {
            time: Time::Real,
            rng: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }
    }

    /// A clock that stands still until its [`VirtualTime`] is advanced; its randomness is decided by `seed`.
    pub fn at(start: UnixMillis, seed: u64) -> (Self, Arc<VirtualTime>) {
        let time = Arc::new(VirtualTime {
            state: Mutex::new(State {
                now: start,
                next: 0,
                waiting: BTreeMap::new(),
                waking: 0,
            }),
            sleeps: AtomicU64::new(0),
        });
        let clock = Self {
            time: Time::Virtual(time.clone()),
            rng: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        };
        (clock, time)
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this module is where the wall clock enters"
    )]
    pub fn now(&self) -> UnixMillis {
        match &self.time {
            Time::Real => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                UnixMillis(since.map_or(0, |elapsed| elapsed.as_millis() as i64))
            }
            Time::Virtual(time) => time.now(),
        }
    }

    /// Waits until `deadline`; returns at once when it has passed.
    pub async fn sleep_until(&self, deadline: UnixMillis) {
        match &self.time {
            Time::Real => {
                let wait_ms = (deadline.0 - self.now().0).max(0) as u64;
                tokio::time::sleep(std::time::Duration::from_millis(wait_ms)).await;
            }
            Time::Virtual(time) => time.wait(deadline).await,
        }
    }

    /// Waits for `duration_ms` milliseconds.
    pub async fn sleep_ms(&self, duration_ms: i64) {
        self.sleep_until(UnixMillis(self.now().0 + duration_ms)).await;
    }

    /// A random number of 64 bits.
    pub fn random_u64(&self) -> u64 {
        lock(&self.rng).next_u64()
    }

    /// A random, never zero `random_id` for Telegram.
    pub fn random_id(&self) -> i64 {
        loop {
            let id = self.random_u64() as i64;
            if id != 0 {
                return id;
            }
        }
    }

    /// Fills `bytes` with randomness.
    pub fn fill(&self, bytes: &mut [u8]) {
        lock(&self.rng).fill_bytes(bytes);
    }

    /// Whether time is virtual.
    pub fn is_virtual(&self) -> bool {
        matches!(self.time, Time::Virtual(_))
    }
}

/// Time that a test moves.
pub struct VirtualTime {
    state: Mutex<State>,
    sleeps: AtomicU64,
}

struct State {
    now: UnixMillis,
    next: u64,
    waiting: BTreeMap<(i64, u64), oneshot::Sender<()>>,
    waking: usize,
}

/// A wait for a moment, until it is over or given up.
struct Waiting<'a> {
    time: &'a VirtualTime,
    key: (i64, u64),
    receiver: oneshot::Receiver<()>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.time.state);
        // Not there any more: it was woken.
        if state.waiting.remove(&self.key).is_none() {
            state.waking = state.waking.saturating_sub(1);
        }
    }
}

impl VirtualTime {
    /// The present virtual moment.
    pub fn now(&self) -> UnixMillis {
        lock(&self.state).now
    }

    /// How many waits have begun: it moves whenever somebody goes to sleep.
    pub fn sleeps(&self) -> u64 {
        self.sleeps.load(Ordering::Relaxed)
    }

    /// How many were woken and have not run yet: as long as there are any, time must not move on.
    pub fn waking(&self) -> usize {
        lock(&self.state).waking
    }

    /// The earliest moment that somebody still waits for.
    pub fn next_deadline(&self) -> Option<UnixMillis> {
        let mut state = lock(&self.state);
        state.waiting.retain(|_, waiter| !waiter.is_closed());
        state
            .waiting
            .keys()
            .next()
            .map(|(deadline, _)| UnixMillis(*deadline))
    }

    /// Moves time to the earliest awaited moment, but not past `limit`, and wakes whoever waits for it.
    /// Returns whether somebody was woken.
    pub fn advance(&self, limit: UnixMillis) -> bool {
        let Some(deadline) = self.next_deadline() else {
            return false;
        };
        let mut state = lock(&self.state);
        if deadline > limit {
            state.now = state.now.max(limit);
            return false;
        }
        state.now = state.now.max(deadline);
        let now = state.now.0;
        let later = state.waiting.split_off(&(now, u64::MAX));
        for (_, waiter) in std::mem::replace(&mut state.waiting, later) {
            if waiter.send(()).is_ok() {
                state.waking += 1;
            }
        }
        true
    }

    /// Waits until virtual time has reached `deadline`.
    pub async fn wait(&self, deadline: UnixMillis) {
        let woken = {
            let mut state = lock(&self.state);
            if deadline <= state.now {
                None
            } else {
                let (sender, receiver) = oneshot::channel();
                let ticket = state.next;
                state.next += 1;
                let key = (deadline.0, ticket);
                state.waiting.insert(key, sender);
                Some(Waiting {
                    time: self,
                    key,
                    receiver,
                })
            }
        };
        self.sleeps.fetch_add(1, Ordering::Relaxed);
        match woken {
            None => tokio::task::yield_now().await,
            Some(mut waiting) => {
                let _ = (&mut waiting.receiver).await;
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn virtual_time_wakes_in_order_and_stops_at_the_limit() {
        let (clock, time) = Clock::at(UnixMillis(1_000), 1);
        let first = {
            let clock = clock.clone();
            async move {
                clock.sleep_ms(500).await;
                clock.now()
            }
        };
        let mut first = std::pin::pin!(first);
        assert!(futures::poll!(first.as_mut()).is_pending());
        assert_eq!(time.next_deadline(), Some(UnixMillis(1_500)));
        assert!(!time.advance(UnixMillis(1_400)));
        assert_eq!(clock.now(), UnixMillis(1_400));
        assert!(time.advance(UnixMillis(9_000)));
        assert_eq!(time.waking(), 1, "woken, and it has not run yet");
        assert_eq!(first.await, UnixMillis(1_500));
        assert_eq!(time.waking(), 0);
        let mut given_up = Box::pin(clock.sleep_ms(500));
        assert!(futures::poll!(given_up.as_mut()).is_pending());
        drop(given_up);
        assert_eq!((time.waking(), time.next_deadline()), (0, None));
        assert_eq!(time.next_deadline(), None);
    }

    #[test]
    fn the_same_seed_draws_the_same_numbers() {
        let draw = |seed| Clock::at(UnixMillis(0), seed).0.random_u64();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
