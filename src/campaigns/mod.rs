//! Campaigns: their life, their audience, what they write and what came of it.

pub mod audience;
pub mod draft;
pub mod forecast;
pub mod lifecycle;
mod planner;
pub mod pulse;
pub mod rehearsal;
mod rehearsal_world;
pub mod service;
pub mod silence;
mod silence_rules;
mod silence_text;
pub mod stages;
pub mod stats;
pub mod steps;
pub mod waiting;

pub(crate) use planner::sending_accounts;

use std::sync::Arc;

use alfa_store::entity::campaigns;
use alfa_store::outreach::counters::{self, Moves};
use alfa_store::outreach::{campaign, follow_ups};
use alfa_store::types::{CampaignContactState, CampaignState, CounterKind};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use crate::app::App;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::knowledge::KnowledgeBase;
use lifecycle::{Action, Outcome};

/// Why a campaign failed: its product is not in the knowledge base any more.
pub const PRODUCT_GONE: &str = "product_gone";
/// Why a campaign failed: no text could be made for anybody.
pub const NOTHING_WRITTEN: &str = "nothing_written";

/// Starts the workers of campaigns.
pub fn start_worker(app: &Arc<App>) {
    planner::start_worker(app);
    silence::start_worker(app);
    pulse::start_worker(app);
}

/// Writes what a transaction counted, and ends the campaigns in which nobody waits any more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn settle(app: &App, tx: &Tx, moves: Moves) -> AppResult<()> {
    let settled = moves.settled();
    count(app, tx, moves).await?;
    for id in settled {
        end_if_done(app, tx, id).await?;
    }
    Ok(())
}

/// Writes what a transaction counted; who watches is told.
///
/// # Errors
/// When the database fails.
pub(crate) async fn count(app: &App, tx: &Tx, moves: Moves) -> AppResult<()> {
    app.pulse.counted(moves.campaigns(), app.clock.now());
    Ok(moves.apply(tx).await?)
}

/// Ends the running campaigns that have nobody left to write to, for a process whose planner does not run.
///
/// # Errors
/// When the database fails.
pub(crate) async fn end_those_done(app: &App, tx: &Tx) -> AppResult<()> {
    for running in alfa_store::outreach::lane::running_campaigns(tx).await? {
        end_if_done(app, tx, running.id).await?;
    }
    Ok(())
}

/// Ends a running campaign that has nobody left to write to; answers whether it did.
///
/// # Errors
/// When the database fails.
async fn end_if_done(app: &App, tx: &Tx, id: i64) -> AppResult<bool> {
    if !campaign::nobody_left(tx, id).await? {
        return Ok(false);
    }
    let mut outcome = Outcome::default();
    for (kind, key, value) in counters::of_campaign(tx, id).await? {
        match (kind, key.as_str()) {
            (CounterKind::State, word) if word == CampaignContactState::Sent.as_str() => outcome.sent = value,
            (CounterKind::State, word) if word == CampaignContactState::Failed.as_str() => {
                outcome.failed = value;
            }
            (CounterKind::Reason, "not_written") => outcome.not_written = value,
            _ => {}
        }
    }
    let action = lifecycle::ending(outcome);
    let reason = (action == Action::Fail).then_some(NOTHING_WRITTEN);
    move_running(app, tx, id, action, reason).await
}

/// Ends a running campaign whose product was deleted: there is nothing to offer. What it has not sent is cancelled.
/// Answers whether it did.
///
/// # Errors
/// When the database fails.
async fn fail_if_product_gone(app: &App, tx: &Tx, row: &campaigns::Model) -> AppResult<bool> {
    if !product_gone(&app.knowledge(), row) {
        return Ok(false);
    }
    let mut moves = Moves::new();
    campaign::cancel_unsent(tx, row.id, PRODUCT_GONE, &mut moves).await?;
    count(app, tx, moves).await?;
    move_running(app, tx, row.id, Action::Fail, Some(PRODUCT_GONE)).await
}

fn product_gone(kb: &KnowledgeBase, row: &campaigns::Model) -> bool {
    row.product_id.is_some_and(|id| kb.product(id).is_none())
}

async fn move_running(app: &App, tx: &Tx, id: i64, action: Action, reason: Option<&str>) -> AppResult<bool> {
    let now: UnixMillis = app.clock.now();
    let from = CampaignState::Running;
    let Some(to) = lifecycle::after(from, action) else {
        return Ok(false);
    };
    if !campaign::move_state(tx, id, (from, to), reason, now).await? {
        return Ok(false);
    }
    if to == CampaignState::Failed {
        follow_ups::cancel_of_campaign(tx, id, reason.unwrap_or_default()).await?;
    }
    let body = json!({"id": id, "state": to, "reason": reason});
    let event = Event::new(Topic::Campaign, body).campaign(Some(id));
    app.events.append(tx, &event, now).await?;
    Ok(true)
}
