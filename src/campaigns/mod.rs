//! Campaigns: their life, their audience, what they write and what came of it.

pub mod draft;
pub mod lifecycle;
mod planner;
pub mod service;
pub mod stats;
pub mod waiting;

pub(crate) use planner::sending_accounts;
pub use planner::start_worker;

use alfa_store::Tx;
use alfa_store::outreach::campaign;
use alfa_store::outreach::counters::Moves;
use serde_json::json;

use crate::app::App;
use crate::error::AppResult;
use crate::events::{Event, Topic};

/// Writes what a transaction counted, and completes the campaigns in which nobody waits any more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn settle(app: &App, tx: &Tx, moves: Moves) -> AppResult<()> {
    let settled = moves.settled();
    moves.apply(tx).await?;
    let now = app.clock.now();
    for id in settled {
        if campaign::complete_if_done(tx, id, now).await? {
            let event = Event::new(Topic::Campaign, json!({"id": id, "state": "completed"}));
            app.events.append(tx, &event.campaign(Some(id)), now).await?;
        }
    }
    Ok(())
}
