//! The stream of updates, with explicit commits.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use grammers_session::types::UpdatesState;
use tokio::sync::{mpsc, watch};

use crate::pump::{Counted, Waiting};
use crate::shared::Shared;
use crate::{Incoming, LossReason, TelegramError};

/// Packets taken together at most.
const MAX_PACKETS: usize = 256;

/// Where the receiver lies while nobody reads the stream.
pub(crate) type Slot = Arc<Mutex<Option<mpsc::Receiver<Waiting>>>>;

/// Updates to be handled together and then committed.
#[derive(Debug)]
pub struct Batch {
    /// In the order in which they happened. One may come twice; none is left out.
    pub updates: Vec<Incoming>,
}

/// What Telegram sends to an account. One consumer at a time; when it is dropped, another may take it and begins
/// again after what was last committed.
pub struct UpdateStream {
    shared: Arc<Shared>,
    slot: Slot,
    queue: Option<mpsc::Receiver<Waiting>>,
    lost: watch::Receiver<Option<LossReason>>,
    /// The state that holds once everything taken so far is committed.
    state: Option<(u64, UpdatesState)>,
    taken: Vec<Counted>,
}

impl UpdateStream {
    pub(crate) fn take(shared: &Arc<Shared>, slot: &Slot) -> Result<Self, TelegramError> {
        let queue = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut lost = shared.lost.subscribe();
        // A loss that nobody was there to hear of is told now.
        lost.mark_changed();
        Ok(Self {
            shared: Arc::clone(shared),
            slot: Arc::clone(slot),
            queue: Some(queue.ok_or(TelegramError::StreamTaken)?),
            lost,
            state: None,
            taken: Vec::new(),
        })
    }

    /// Waits for updates; there is at least one. `None` when the client was closed. May be cancelled without losing
    /// anything.
    pub async fn next(&mut self) -> Option<Batch> {
        loop {
            let mut packets = Vec::new();
            tokio::select! {
                biased;
                received = self.queue.as_mut()?.recv_many(&mut packets, MAX_PACKETS) => {
                    if received == 0 {
                        return None;
                    }
                }
                reason = next_loss(&mut self.lost) => {
                    return Some(Batch { updates: vec![Incoming::SessionLost(reason)] });
                }
            }
            let batch = self.batch(packets);
            if !batch.updates.is_empty() {
                return Some(batch);
            }
        }
    }

    fn batch(&mut self, packets: Vec<Waiting>) -> Batch {
        let generation = *self.shared.reload.borrow();
        let mut updates = Vec::new();
        // What an earlier generation queued comes again, or belongs to a login that is gone.
        for packet in packets
            .into_iter()
            .filter(|packet| packet.generation == generation)
        {
            updates.extend(packet.updates);
            if let Some(state) = packet.state {
                self.state = Some((generation, state));
            }
            self.taken.push(packet.count);
        }
        Batch { updates }
    }

    /// Makes everything taken so far count as received: it will not come again after a restart.
    /// Call it only once the product has stored what it took.
    ///
    /// # Errors
    /// [`TelegramError::Vault`] when the session could not be saved; nothing is committed then.
    pub async fn commit(&mut self) -> Result<(), TelegramError> {
        if let Some((generation, state)) = self.state.clone() {
            if *self.shared.reload.borrow() == generation {
                self.shared.session.commit(state).await?;
            }
            self.state = None;
        }
        self.taken.clear();
        Ok(())
    }
}

/// The next loss of a login. Waits for ever when the client is gone: the queue tells that.
async fn next_loss(lost: &mut watch::Receiver<Option<LossReason>>) -> LossReason {
    loop {
        if lost.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
        if let Some(reason) = *lost.borrow_and_update() {
            return reason;
        }
    }
}

impl Drop for UpdateStream {
    fn drop(&mut self) {
        let Some(mut queue) = self.queue.take() else {
            return;
        };
        // What still waits comes again: the pump goes back to the committed state.
        while queue.try_recv().is_ok() {}
        *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(queue);
        self.shared.reload_updates();
    }
}

impl fmt::Debug for UpdateStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateStream")
            .field("uncommitted_packets", &self.taken.len())
            .finish_non_exhaustive()
    }
}
