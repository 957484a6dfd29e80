//! Requests that are to be done once, however often they are sent.
//!
//! Such a request runs in a [`scope`]. Whatever does its work notes what it made with [`made`], in its own transaction:
//! when the process is killed behind that commit, the repeated request finds what there is and does nothing again.

use std::future::Future;

use alfa_store::{Tx, idempotency};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::{AppError, AppResult};

/// The key of a request, taken: its answer is to be kept or the key given back.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// As the client sent it.
    pub key: String,
    /// What it is good for: the caller and the route, hashed.
    pub place: String,
}

/// What a request made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Made {
    /// A contact.
    Contact { id: i64 },
    /// One contact of two.
    Merged { id: i64 },
    /// A campaign, and the contacts that it was asked for and that do not exist.
    Campaign {
        id: i64,
        contacts: u64,
        unknown_contact_ids: Vec<i64>,
    },
    /// A message of an operator.
    Message { id: i64 },
    /// A client card.
    Client { id: i64 },
    /// A service.
    Service { id: i64 },
    /// A member of the staff.
    Staff { id: i64 },
    /// A place.
    Place { id: i64 },
    /// A session, and those that repeat it.
    Session { id: i64 },
    /// A booking.
    Booking { id: i64 },
    /// A client who waits for a seat.
    Waiting { session_id: i64, client_id: i64 },
    /// A payment or a refund.
    Payment { id: i64 },
    /// A subscription.
    Subscription { id: i64 },
    /// Work in the background.
    Job { id: i64 },
    /// An upload in the background.
    Upload { job_id: i64, import_id: i64 },
}

tokio::task_local! {
    static REQUEST: Ticket;
}

/// Runs the work of the request that took this ticket.
pub async fn scope<F: Future>(ticket: Ticket, work: F) -> F::Output {
    REQUEST.scope(ticket, work).await
}

/// Notes what the request made, in the transaction that makes it. Nothing, for a request without a key.
///
/// # Errors
/// When the database fails.
pub async fn made(tx: &Tx, what: &Made) -> AppResult<()> {
    let Ok(ticket) = REQUEST.try_with(Clone::clone) else {
        return Ok(());
    };
    let what = serde_json::to_string(what).map_err(AppError::internal)?;
    Ok(idempotency::made(tx, &ticket.key, &ticket.place, &what).await?)
}

/// Frees the keys that a killed process held and did nothing with.
///
/// # Errors
/// When the database fails.
pub async fn release_dead(app: &App) -> AppResult<()> {
    let tx = app.begin().await?;
    idempotency::release_dead(&tx).await?;
    tx.commit().await?;
    Ok(())
}
