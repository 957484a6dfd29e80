//! Named points at which a test kills the process, as hard as a power cut kills it. Not in release builds.

/// Kills the process here when `ALFA_CRASH_AT` is `point:n` and this is the n-th time the point is reached.
#[cfg(debug_assertions)]
pub fn point(name: &'static str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static WANTED: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let wanted = std::env::var("ALFA_CRASH_AT").ok()?;
        let (point, count) = wanted.rsplit_once(':')?;
        Some((point.to_owned(), count.parse().ok()?))
    });
    static REACHED: AtomicU64 = AtomicU64::new(0);

    if let Some((wanted, count)) = WANTED.as_ref()
        && wanted == name
        && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == *count
    {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// Nothing, in release builds.
#[cfg(not(debug_assertions))]
pub fn point(_name: &'static str) {}
