//! What would grow without bound is trimmed: events, ended jobs, answers kept for repeated requests. And what the first
//! reply would have to wait for is got ready.

use std::sync::Arc;

use alfa_store::contacts::bulk;
use alfa_store::{ai, events, idempotency, jobs};

use crate::app::App;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::contacts::bulk_undo;
use crate::error::AppResult;
use crate::inbox;
use crate::workers::{Next, Wake};

/// Events kept for those who watch, the newest.
const KEPT_EVENTS: i64 = 100_000;
/// Events deleted by one transaction, so that it does not hold up the others.
const EVENTS_AT_ONCE: i64 = 10_000;
/// Changes of contacts in bulk that are forgotten by one transaction.
const CHANGES_AT_ONCE: u64 = 5_000;
/// How long an ended job can be asked after, in milliseconds.
const KEPT_JOB_MS: i64 = 30 * DAY_MS;
/// How long the records of AI providers are kept, in milliseconds.
const KEPT_ATTEMPT_MS: i64 = 90 * DAY_MS;
/// How long the answer to a request with an `Idempotency-Key` is kept, in milliseconds.
pub const KEPT_ANSWER_MS: i64 = DAY_MS;
/// How often it is looked after, in milliseconds.
const PERIOD_MS: i64 = 10 * MINUTE_MS;

/// Starts the worker that trims.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("housekeeping", Wake::default(), app.for_ever(), move || {
            step(owner.clone())
        });
    let workers = app.workers.clone();
    app.workers.spawn("classifier", async move {
        if let Err(error) = workers.blocking(inbox::classify::warm_up).await {
            tracing::error!(%error, "the classifier was not trained");
        }
    });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let trimmed = events::trim(&tx, KEPT_EVENTS, EVENTS_AT_ONCE).await?;
    jobs::trim(&tx, now.plus_ms(-KEPT_JOB_MS)).await?;
    ai::trim(&tx, now.plus_ms(-KEPT_ATTEMPT_MS)).await?;
    idempotency::expire(&tx, now.plus_ms(-KEPT_ANSWER_MS)).await?;
    let forgotten = bulk::trim(&tx, now.plus_ms(-bulk_undo::KEPT_MS), CHANGES_AT_ONCE).await?;
    tx.commit().await?;
    if trimmed == EVENTS_AT_ONCE.unsigned_abs() || forgotten == CHANGES_AT_ONCE {
        return Ok(Next::Again);
    }
    Ok(Next::At(now.plus_ms(PERIOD_MS)))
}
