//! The settings that an administrator changes while Alfa runs: kept in the database, at work at once.

use std::sync::Arc;

use alfa_store::Store;
use alfa_store::outreach::lane;
use serde_json::{Map, Value};

use super::settings::{Changes, Settings};
use super::{QUIET_HOURS, SkipReason};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};

/// The key under which the changes are kept.
const KEY: &str = "policy";

/// What was set.
///
/// # Errors
/// When the database fails, or holds what this program does not understand.
pub async fn load(store: &Store) -> anyhow::Result<Changes> {
    match alfa_store::settings::get(store.reader(), KEY).await? {
        Some(text) => Ok(serde_json::from_str(&text)?),
        None => Ok(Changes::default()),
    }
}

/// Sets what `newer` names. It holds for the next message, and what waits for the old quiet hours or the old span is
/// looked at anew.
///
/// # Errors
/// Names the field when the least pause would be longer than the longest.
pub async fn change(app: &Arc<App>, newer: &Changes, actor: &str) -> AppResult<()> {
    // One change after another: each is based on the last, and the last to commit is the one in force.
    let _turn = app.policy_turn.lock().await;
    let before = app.changes();
    let after = before.then(newer);
    let settings = Settings::new(&app.config, &after);
    if settings.pause_ms.0 > settings.pause_ms.1 {
        let field = match newer.pause_min_ms {
            Some(_) => "pause_seconds_min",
            None => "pause_seconds_max",
        };
        return Err(AppError::invalid(field, Message::new("policy.pause_bounds")));
    }
    if after == before {
        return Ok(());
    }
    let now = app.clock.now();
    let text = serde_json::to_string(&after).map_err(AppError::internal)?;
    let detail = difference(&before, newer).map_err(AppError::internal)?;
    let tx = app.begin().await?;
    alfa_store::settings::put(&tx, KEY, &text, now).await?;
    alfa_store::access::audit(&tx, actor, "policy.change", "policy", Some(&detail), now).await?;
    let reasons = [QUIET_HOURS, SkipReason::RecentlyContacted.as_str()];
    lane::ask_anew(&tx, &reasons, now).await?;
    tx.commit().await?;
    app.put_changes_in_force(after);
    app.forecasts.forget();
    app.accounts.wake_lanes();
    app.accounts.wake_prepare();
    app.wakes.planner.signal();
    app.wakes.silence.signal();
    Ok(())
}

/// What was set anew, with what had been set before, as JSON for the audit log.
fn difference(before: &Changes, newer: &Changes) -> serde_json::Result<String> {
    let before = serde_json::to_value(before)?;
    let newer = serde_json::to_value(newer)?;
    let mut told = Map::new();
    for (name, to) in newer.as_object().into_iter().flatten() {
        let from = before.get(name).cloned().unwrap_or(Value::Null);
        if from != *to {
            told.insert(name.clone(), serde_json::json!({"from": from, "to": to}));
        }
    }
    Ok(Value::Object(told).to_string())
}
