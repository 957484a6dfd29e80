//! The one place of this crate that starts tasks. Every task is owned and is aborted with its owner.

use tokio::task::JoinHandle;

/// A background task that ends at the latest when this is dropped.
pub(crate) struct OwnedTask(JoinHandle<()>);

impl OwnedTask {
    #[expect(
        clippy::disallowed_methods,
        reason = "the task is owned by this value and aborted with it"
    )]
    pub(crate) fn spawn(future: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(future))
    }

    /// Waits until the task has ended; false when it panicked. May be cancelled.
    pub(crate) async fn ended(&mut self) -> bool {
        (&mut self.0).await.is_ok()
    }

    /// Ends the task and waits until it is gone.
    pub(crate) async fn stop(mut self) {
        self.0.abort();
        let _cancelled = (&mut self.0).await;
    }
}

impl Drop for OwnedTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}
