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
        // A task whose end was already seen must not be waited for again.
        if !self.0.is_finished() {
            let _cancelled = (&mut self.0).await;
        }
    }
}

impl Drop for OwnedTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_task_and_nothing_else() {
        let mut task = OwnedTask::spawn(async { panic!("malformed answer") });
        assert!(!task.ended().await);
        task.stop().await;
        let mut task = OwnedTask::spawn(async {});
        assert!(task.ended().await);
        task.stop().await;
    }

    #[tokio::test]
    async fn a_task_ends_with_its_owner() {
        let (alive, mut watched) = tokio::sync::mpsc::channel::<()>(1);
        let task = OwnedTask::spawn(async move {
            let _alive = alive;
            std::future::pending::<()>().await;
        });
        drop(task);
        assert_eq!(watched.recv().await, None);
    }
}
