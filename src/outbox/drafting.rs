//! First messages that AI providers write: each by itself, a few at once. One that waits for a provider (the probe of one
//! that hangs takes ten seconds) holds up none of the others.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use alfa_store::entity::{campaigns, contacts, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::{deliver, together};

use super::prepare::{Text, write};
use crate::accounts::Account;
use crate::app::App;
use crate::campaigns::settle;
use crate::clock::SECOND_MS;
use crate::error::AppResult;

/// Texts of one account that are written at once.
pub(super) const AT_ONCE: usize = 4;
/// What could not be kept is tried again after this, in milliseconds.
const RETRY_MS: i64 = SECOND_MS;

/// The messages of one account that are being written.
#[derive(Default)]
pub struct Drafting(Mutex<HashSet<i64>>);

impl Drafting {
    /// Ids of their rows.
    pub(super) fn under_way(&self) -> Vec<i64> {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.iter().copied().collect()
    }

    fn begin(&self, outbox_id: i64) -> bool {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.len() < AT_ONCE && rows.insert(outbox_id)
    }

    fn end(&self, outbox_id: i64) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.remove(&outbox_id);
    }
}

/// A message that is being written. However that ends, its place is free again.
struct UnderWay {
    account: Arc<Account>,
    outbox_id: i64,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.account.drafting.end(self.outbox_id);
        self.account.prepare.signal();
    }
}

/// Begins to write a message, when there is a place and nobody writes it yet.
pub(super) fn begin(
    app: &Arc<App>,
    account: &Arc<Account>,
    row: &outbox::Model,
    contact: &contacts::Model,
    campaign: &campaigns::Model,
) {
    if !account.drafting.begin(row.id) {
        return;
    }
    let under_way = UnderWay {
        account: account.clone(),
        outbox_id: row.id,
    };
    let working = app.workers.activity().begin();
    let (app, row, contact, campaign) = (app.clone(), row.clone(), contact.clone(), campaign.clone());
    let workers = app.workers.clone();
    workers.spawn("draft", async move {
        let text = write(&app, &row, &contact, &campaign).await;
        let kept = keep(&app, &row, text).await;
        drop(working);
        if let Err(error) = kept {
            tracing::warn!(outbox_id = row.id, %error, "a text could not be kept and is written anew");
            app.clock.sleep_ms(RETRY_MS).await;
        }
        under_way.account.lane.signal();
    });
}

async fn keep(app: &App, row: &outbox::Model, text: Text) -> AppResult<()> {
    let tx = app.begin().await?;
    let mut moves = Moves::new();
    match text {
        Ok(written) => together::set_texts(&tx, &[written]).await?,
        Err(outcome) => {
            deliver::record_not_sent(&tx, row, row.state, &outcome, &mut moves).await?;
        }
    }
    settle(app, &tx, moves).await?;
    crate::crash::point("prepare:before_commit");
    tx.commit().await?;
    crate::crash::point("prepare:committed");
    app.events.announce();
    Ok(())
}
