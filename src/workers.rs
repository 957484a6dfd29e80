//! The only place that spawns tasks.
//!
//! A worker is a loop over a step that re-reads the state of the database, does what is due, and says when to look
//! again. It is woken by a signal ([`Wake`]) or by the clock, whichever is first. A step that fails or panics is logged
//! and tried again after a pause that doubles up to a minute.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use alfa_store::UnixMillis;
use futures::FutureExt;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, MINUTE_MS, SECOND_MS};

/// The longest that an idle worker sleeps before it looks again without a signal.
pub const IDLE_PERIOD_MS: i64 = 10 * MINUTE_MS;
const SHUTDOWN_GRACE_MS: u64 = 10_000;

/// A signal that there may be work. A signal that nobody waits for is kept for the next wait.
#[derive(Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Says that there may be work.
    pub fn signal(&self) {
        self.0.notify_one();
    }

    /// Waits for a signal.
    pub async fn wait(&self) {
        self.0.notified().await;
    }
}

/// What a worker's step says about when to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// There may be more to do now.
    Again,
    /// Nothing before this moment, unless a signal comes.
    At(UnixMillis),
    /// Nothing until a signal (or [`IDLE_PERIOD_MS`]).
    Idle,
}

/// How busy the process is: a virtual clock may jump only when nothing is being done.
#[derive(Default)]
pub struct Activity {
    working: AtomicI64,
    steps: AtomicU64,
}

impl Activity {
    /// Marks work until the returned guard is dropped.
    pub fn begin(self: &Arc<Self>) -> Working {
        self.working.fetch_add(1, Ordering::SeqCst);
        self.steps.fetch_add(1, Ordering::SeqCst);
        Working(self.clone())
    }

    /// Pieces of work under way.
    pub fn working(&self) -> i64 {
        self.working.load(Ordering::SeqCst)
    }

    /// Pieces of work begun so far.
    pub fn steps(&self) -> u64 {
        self.steps.load(Ordering::SeqCst)
    }
}

/// Work under way; see [`Activity::begin`].
pub struct Working(Arc<Activity>);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.working.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Spawns, supervises and stops tasks.
#[derive(Clone)]
pub struct Workers {
    clock: Clock,
    tracker: TaskTracker,
    stop: CancellationToken,
    activity: Arc<Activity>,
}

impl Workers {
    /// Workers that live by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            activity: Arc::default(),
        }
    }

    /// How busy the workers are.
    pub fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }

    /// Cancelled when the process stops.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stop
    }

    /// Runs one task; it is dropped when the process stops. A panic is logged.
    pub fn spawn<F>(&self, name: &'static str, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let stop = self.stop.clone();
        let guarded = std::panic::AssertUnwindSafe(task).catch_unwind();
        self.start(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                outcome = guarded => if outcome.is_err() { tracing::error!(worker = name, "a task panicked") },
            }
        });
    }

    /// Runs one task to its end and gives what it answers. It goes on when whoever waits for it goes away (a client
    /// that hangs up, a request that takes too long), and the end of the process waits for it as for every task.
    ///
    /// # Errors
    /// When the task panics.
    pub async fn carry<T, F>(&self, name: &'static str, task: F) -> anyhow::Result<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let (done, answer) = tokio::sync::oneshot::channel();
        let guarded = std::panic::AssertUnwindSafe(task).catch_unwind();
        self.start(async move {
            match guarded.await {
                // Nobody waits any more: the work is done all the same.
                Ok(value) => drop(done.send(value)),
                Err(_) => tracing::error!(worker = name, "a task panicked"),
            }
        });
        answer.await.map_err(|_| anyhow::anyhow!("{name} panicked"))
    }

    /// Runs a task until it ends by itself or the process stops. When it panics it is begun anew after a pause.
    pub fn keep_alive<T, F>(&self, name: &'static str, task: T)
    where
        T: Fn() -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (clock, stop) = (self.clock.clone(), self.stop.clone());
        self.start(async move {
            let mut panics = 0_u32;
            loop {
                let life = std::panic::AssertUnwindSafe(task()).catch_unwind();
                tokio::select! {
                    () = stop.cancelled() => return,
                    ended = life => if ended.is_ok() { return },
                }
                panics = panics.saturating_add(1);
                tracing::error!(worker = name, panics, "a task panicked and is begun anew");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = clock.sleep_ms(pause_after_ms(panics)) => {}
                }
            }
        });
    }

    /// Runs `step` again and again, as [`Next`] says, until the process or `until` stops.
    pub fn run<S, F, E>(&self, name: &'static str, wake: Wake, until: CancellationToken, mut step: S)
    where
        S: FnMut() -> F + Send + 'static,
        F: Future<Output = Result<Next, E>> + Send + 'static,
        E: std::fmt::Display + Send + 'static,
    {
        let (clock, activity, stop) = (self.clock.clone(), self.activity.clone(), self.stop.clone());
        self.start(async move {
            let mut failures_in_a_row = 0_u32;
            loop {
                let working = activity.begin();
                let outcome = tokio::select! {
                    () = stop.cancelled() => return,
                    () = until.cancelled() => return,
                    outcome = std::panic::AssertUnwindSafe(step()).catch_unwind() => outcome,
                };
                let next = match outcome {
                    Ok(Ok(next)) => {
                        failures_in_a_row = 0;
                        next
                    }
                    failed => {
                        failures_in_a_row = failures_in_a_row.saturating_add(1);
                        match failed {
                            Ok(Err(error)) => {
                                tracing::warn!(worker = name, %error, failures_in_a_row, "a step failed")
                            }
                            _ => tracing::error!(worker = name, failures_in_a_row, "a step panicked"),
                        }
                        Next::At(UnixMillis(clock.now().0 + pause_after_ms(failures_in_a_row)))
                    }
                };
                drop(working);
                let wake_at = match next {
                    Next::Again => {
                        tokio::task::yield_now().await;
                        continue;
                    }
                    Next::At(moment) => moment,
                    Next::Idle => UnixMillis(clock.now().0 + IDLE_PERIOD_MS),
                };
                // After a failure only the clock wakes, so that a stream of signals cannot make it spin.
                let signal = async {
                    if failures_in_a_row > 0 {
                        std::future::pending().await
                    } else {
                        wake.wait().await
                    }
                };
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = until.cancelled() => return,
                    () = signal => {}
                    () = clock.sleep_until(wake_at) => {}
                }
            }
        });
    }

    /// Runs blocking code on the pool for it.
    ///
    /// # Errors
    /// When the code panics or the runtime is shutting down.
    pub async fn blocking<T, F>(&self, work: F) -> Result<T, tokio::task::JoinError>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let _working = self.activity.begin();
        tokio::task::spawn_blocking(work).await
    }

    /// Stops every task and waits for them, at most ten seconds.
    pub async fn shut_down(&self) {
        self.stop.cancel();
        self.tracker.close();
        let grace = std::time::Duration::from_millis(SHUTDOWN_GRACE_MS);
        if tokio::time::timeout(grace, self.tracker.wait()).await.is_err() {
            tracing::warn!(
                still_running = self.tracker.len(),
                "not every task stopped in time"
            );
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that spawns")]
    fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        tokio::spawn(self.tracker.track_future(task));
    }
}

fn pause_after_ms(failures_in_a_row: u32) -> i64 {
    (SECOND_MS << failures_in_a_row.saturating_sub(1).min(6)).min(MINUTE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_worker_is_woken_by_signal_and_by_time_and_survives_a_panic() {
        let (clock, time) = Clock::at(UnixMillis(0), 1);
        let workers = Workers::new(clock.clone());
        let wake = Wake::default();
        let seen = Arc::new(AtomicU64::new(0));
        let counted = seen.clone();
        workers.run("test", wake.clone(), CancellationToken::new(), move || {
            let run = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(run != 1, "the second run panics");
                Ok::<_, String>(Next::At(UnixMillis(5_000)))
            }
        });
        let reached = async |count: u64| {
            for _ in 0..1_000 {
                if seen.load(Ordering::SeqCst) >= count && workers.activity().working() == 0 {
                    return;
                }
                tokio::task::yield_now().await;
            }
            panic!("the worker did not run {count} times");
        };
        reached(1).await;
        wake.signal();
        reached(2).await;
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert!(time.advance(UnixMillis(1_000)), "after a panic it waits a second");
        reached(3).await;
        workers.shut_down().await;
    }

    #[tokio::test]
    async fn a_carried_task_outlives_who_waits_for_it_and_the_end_waits_for_it() {
        let (clock, _time) = Clock::at(UnixMillis(0), 1);
        let workers = Workers::new(clock);
        let (open, gate) = tokio::sync::oneshot::channel::<()>();
        let ended = Arc::new(AtomicU64::new(0));
        let counted = ended.clone();
        let waiting = workers.carry("test", async move {
            let _ = gate.await;
            counted.fetch_add(1, Ordering::SeqCst);
        });
        assert!(
            futures::poll!(Box::pin(waiting)).is_pending(),
            "and is dropped here"
        );
        let _ = open.send(());
        workers.shut_down().await;
        assert_eq!(ended.load(Ordering::SeqCst), 1);
        assert!(
            workers
                .carry("test", async { assert!(ends_well()) })
                .await
                .is_err()
        );
    }

    fn ends_well() -> bool {
        false
    }

    #[tokio::test]
    async fn a_task_that_panics_is_begun_anew_until_it_ends() {
        let (clock, time) = Clock::at(UnixMillis(0), 1);
        let workers = Workers::new(clock);
        let begun = Arc::new(AtomicU64::new(0));
        let counted = begun.clone();
        workers.keep_alive("test", move || {
            let life = counted.fetch_add(1, Ordering::SeqCst);
            async move { assert!(life == 2, "the first two lives end by a panic") }
        });
        for lives in 1..=3 {
            for _ in 0..1_000 {
                tokio::task::yield_now().await;
            }
            assert_eq!(begun.load(Ordering::SeqCst), lives);
            assert_eq!(time.advance(UnixMillis(1_000_000)), lives < 3, "after {lives}");
        }
        workers.shut_down().await;
    }

    #[test]
    fn the_pause_doubles_up_to_a_minute() {
        assert_eq!(
            [1, 2, 3, 7, 60].map(pause_after_ms),
            [1_000, 2_000, 4_000, 60_000, 60_000]
        );
    }
}
