//! Two contacts that a person of the team takes for one person.

use std::sync::Arc;

use alfa_store::Tx;
use alfa_store::contacts::{self as rows, duplicates};
use alfa_store::entity::contacts::Model;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::merge_by_hand::{self, Obstacle};
use serde_json::json;

use crate::app::App;
use crate::campaigns;
use crate::crm::{busy, clients};
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};
use crate::once::{self, Made};

/// Likely duplicates that are shown.
const MAX_DUPLICATES: usize = 20;

/// Contacts that are likely the same person, the likeliest first.
///
/// # Errors
/// `NotFound`.
pub async fn likely(app: &App, id: i64) -> AppResult<Vec<Model>> {
    let db = app.store.reader();
    let contact = rows::get(db, id).await?;
    Ok(duplicates::likely(db, &contact, MAX_DUPLICATES).await?)
}

/// Makes one contact of two: `id` keeps its fields and gets what it lacks, `other` goes with everything it had moved.
///
/// # Errors
/// `NotFound`; `Invalid` naming `with`; `Conflict` with the reason when they cannot be one.
pub async fn merge(app: &Arc<App>, id: i64, other: i64, actor: &str) -> AppResult<Model> {
    if id == other {
        return Err(AppError::invalid("with", Message::new("contact.merge_itself")));
    }
    let now = app.clock.now();
    let tx = app.begin().await?;
    rows::get(&tx, id).await?;
    if rows::find(&tx, other).await?.is_none() {
        return Err(AppError::invalid("with", Message::new("error.contact_not_found")));
    }
    let mut moves = Moves::new();
    let joined = match merge_by_hand::merge_by_hand(&tx, (id, other), &mut moves, now).await? {
        Ok(joined) => joined,
        Err(obstacle) => return Err(refusal(app, &tx, obstacle).await?),
    };
    if let Some(joined) = joined {
        clients::joined(app, &tx, &joined, actor).await?;
    }
    campaigns::settle(app, &tx, moves).await?;
    let (subject, detail) = (format!("contact:{id}"), format!("contact:{other}"));
    alfa_store::access::audit(&tx, actor, "contact.merge", &subject, Some(&detail), now).await?;
    let body = json!({"contact_id": id, "merged": other});
    app.events
        .append(&tx, &Event::new(Topic::Dialog, body).contact(id), now)
        .await?;
    once::made(&tx, &Made::Merged { id }).await?;
    let row = rows::get(&tx, id).await?;
    tx.commit().await?;
    app.events.announce();
    // What waited for the other is planned anew, and what it asked may be due.
    app.wakes.planner.signal();
    app.wakes.reactor.signal();
    app.wakes.notices.signal();
    Ok(row)
}

async fn refusal(app: &App, tx: &Tx, obstacle: Obstacle) -> AppResult<AppError> {
    let (code, message) = match obstacle {
        Obstacle::TwoAccounts => ("two_accounts", Message::new("contact.merge_two_accounts")),
        Obstacle::SameSession(session_id) => return busy::both_booked(app, tx, session_id).await,
        Obstacle::Sending => ("being_sent", Message::new("contact.merge_sending")),
        Obstacle::Answering => ("being_answered", Message::new("contact.merge_answering")),
    };
    Ok(AppError::conflict(code, message))
}
