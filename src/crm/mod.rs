//! The CRM: clients, what they are offered, the schedule, bookings, subscriptions and payments.
//!
//! What must not happen twice is refused by the database (see `alfa_store::crm`); what is decided is pure
//! (`calendar`, `price`, `progress`, `shifts`); what a client is told goes through the one door (`notices`).

pub mod bookings;
pub(crate) mod busy;
pub mod calendar;
pub mod catalogue;
pub mod clients;
pub mod free;
pub mod notices;
pub mod payments;
pub mod price;
pub mod progress;
pub mod rebooking;
pub mod sessions;
pub mod shifts;
pub mod subscriptions;

use std::sync::Arc;

use alfa_store::crm::{directions, rebase};
use alfa_store::{Tx, UnixMillis, crm::totals::Moves};
use serde_json::Value;

use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};
use calendar::Calendar;

/// The business's calendar.
#[must_use]
pub fn calendar(app: &App) -> Calendar {
    Calendar::new(app.config.timezone)
}

/// Makes every day anew when the time zone was changed since the last start.
///
/// # Errors
/// When the database fails.
pub async fn keep_calendar(app: &App) -> AppResult<()> {
    let calendar = calendar(app);
    let known = rebase::zone(app.store.reader()).await?;
    if known.as_deref() == Some(calendar.zone_name()) {
        return Ok(());
    }
    let tx = app.begin().await?;
    rebase::rebase(&tx, calendar.zone_name(), |moment| calendar.day_and_hour(moment)).await?;
    tx.commit().await?;
    if known.is_some() {
        tracing::info!(
            zone = calendar.zone_name(),
            "the time zone has changed: days and totals were made anew"
        );
    }
    Ok(())
}

/// Starts the worker that tells clients of their bookings.
pub fn start_worker(app: &Arc<App>) {
    notices::start_worker(app);
}

/// Refuses a direction that there is none of.
async fn check_direction(tx: &Tx, field: &str, code: Option<&str>) -> AppResult<()> {
    match code {
        Some(code) if !directions::exists(tx, code).await? => Err(AppError::invalid(
            field,
            Message::new("crm.no_direction").with("code", code),
        )),
        _ => Ok(()),
    }
}

/// Turns "there is none" into the name of the field that says so.
fn named<T>(field: &'static str, found: Result<T, alfa_store::StoreError>) -> AppResult<T> {
    match found {
        Err(alfa_store::StoreError::NotFound(what)) => {
            let message = Message::new("crm.no_such").with("what", what);
            Err(AppError::invalid(field, message))
        }
        other => Ok(other?),
    }
}

/// Writes what happened, for whoever watches: in the caller's transaction.
async fn told(app: &App, tx: &Tx, topic: Topic, body: Value, now: UnixMillis) -> AppResult<()> {
    Ok(app.events.append(tx, &Event::new(topic, body), now).await?)
}

/// Writes who changed what, in the caller's transaction.
async fn audited(
    tx: &Tx,
    actor: &str,
    action: &str,
    (noun, id): (&str, i64),
    detail: Option<&str>,
    now: UnixMillis,
) -> AppResult<()> {
    let subject = format!("{noun}:{id}");
    Ok(alfa_store::access::audit(tx, actor, action, &subject, detail, now).await?)
}

/// The end of every change: totals last, as the order of locks asks for, then the commit, then the signals.
async fn commit(app: &App, tx: Tx, moves: Moves) -> AppResult<()> {
    moves.apply(&tx).await?;
    tx.commit().await?;
    app.events.announce();
    app.wakes.notices.signal();
    Ok(())
}
