//! The only process that serves its database.

use std::sync::Arc;

use alfa_store::ServeLock;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::clock::SECOND_MS;

/// How often it is looked whether the lock is still ours.
const LOOK_MS: i64 = 10 * SECOND_MS;

/// Watches the lock on the database. The token that this answers is cancelled when another process has it: a connection
/// to the database server was lost for a while, and this process must stop before both send the same.
pub fn watch(app: &Arc<App>, lock: Arc<Mutex<ServeLock>>) -> CancellationToken {
    let lost = CancellationToken::new();
    let (clock, told) = (app.clock.clone(), lost.clone());
    app.workers.spawn("serve lock", async move {
        loop {
            clock.sleep_ms(LOOK_MS).await;
            match lock.lock().await.still_held().await {
                Ok(true) => {}
                Ok(false) => {
                    tracing::error!("another process serves this database now: this one stops");
                    return told.cancel();
                }
                // Without a database nothing is sent; it is looked again.
                Err(error) => tracing::warn!(%error, "the lock on the database cannot be looked at"),
            }
        }
    });
    lost
}
