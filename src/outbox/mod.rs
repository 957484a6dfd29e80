//! The one door out: what may be sent is queued here, and an account's lane sends it.
//!
//! Nothing else in the product sends to people. A row's `random_id` is drawn before its first send; a send whose
//! outcome is unknown is repeated with the same one, and Telegram recognises it.

pub mod drafting;
mod find;
pub mod lane;
mod limits;
mod lookup;
mod outcome;
pub mod pacer;
pub mod prepare;
mod send;
mod turn;

pub(crate) use outcome::{author_of, product_of};

use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::NotSent;
use alfa_store::outreach::plan::{self, NewMessage};
use alfa_store::outreach::prepare::NO_PEER;
use alfa_store::types::{OutboxKind, OutboxState};
use alfa_store::{StoreError, Tx, UnixMillis, entity::outbox};

use crate::clock::{Clock, MINUTE_MS};
use crate::policy::{Intent, Sendable};

/// What becomes of a [`Sendable`] in the table.
fn row(sendable: Sendable, random_id: i64) -> NewMessage {
    let receipt = sendable.receipt().to_owned();
    let intent = sendable.into_intent();
    NewMessage {
        account_id: intent.account_id,
        contact_id: intent.contact_id,
        campaign_id: intent.campaign_id,
        dialog_step: intent.dialog_step,
        kind: intent.kind,
        text: intent.text,
        facts: intent.facts,
        random_id,
        state: OutboxState::Queued,
        not_before: intent.not_before,
        allowed_because: receipt,
        in_reply_to: intent.in_reply_to,
    }
}

/// Queues one message, in the transaction of the change that asks for it.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(tx: &Tx, sendable: Sendable, clock: &Clock) -> Result<outbox::Model, StoreError> {
    plan::enqueue(tx, row(sendable, clock.random_id()), clock.now()).await
}

/// Puts a message into the outbox in this state: queued, or a draft that a person must approve.
///
/// # Errors
/// A conflict when the campaign already has this step for the contact; when the database fails.
pub async fn enqueue_as(
    tx: &Tx,
    sendable: Sendable,
    state: OutboxState,
    clock: &Clock,
) -> Result<outbox::Model, StoreError> {
    let message = NewMessage {
        state,
        ..row(sendable, clock.random_id())
    };
    plan::enqueue(tx, message, clock.now()).await
}

/// Whether a row is a follow-up that nobody asked for: the person is silent.
fn breaks_silence(row: &outbox::Model) -> bool {
    row.kind == OutboxKind::FollowUp && row.campaign_id.is_some() && row.in_reply_to.is_none()
}

/// Queues the first messages of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn enqueue_first(
    tx: &Tx,
    campaign_id: i64,
    sendables: Vec<Sendable>,
    clock: &Clock,
    moves: &mut Moves,
) -> Result<(), StoreError> {
    let rows = sendables
        .into_iter()
        .map(|sendable| row(sendable, clock.random_id()))
        .collect();
    plan::enqueue_first(tx, campaign_id, rows, moves, clock.now()).await
}

/// The day of a moment as the counters name it.
pub(crate) fn day_key(day: chrono::NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// How a batch of first messages is leased or recorded: with one statement for all, or each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Together,
    OneByOne,
}

/// How long a lane may hold a message before another process may take it.
const LEASE_MS: i64 = 120_000;

/// How long a message may wait for its person to be looked up anew, before the lane looks at it again.
const LOOK_UP_ANEW_MS: i64 = 10 * MINUTE_MS;

/// The account cannot address the person any more: the message waits until `prepare` has found them.
fn look_up_anew(now: UnixMillis) -> NotSent<'static> {
    NotSent::Deferred {
        until: now.plus_ms(LOOK_UP_ANEW_MS),
        reason: NO_PEER,
    }
}

fn lease_until(now: UnixMillis) -> UnixMillis {
    now.plus_ms(LEASE_MS)
}

/// What a row of the table wants to send.
fn intent_of(row: &outbox::Model) -> Intent {
    Intent {
        account_id: row.account_id,
        contact_id: row.contact_id,
        campaign_id: row.campaign_id,
        dialog_step: row.dialog_step,
        kind: row.kind,
        text: row.text.clone(),
        facts: row.facts.clone(),
        in_reply_to: row.in_reply_to,
        not_before: row.not_before,
    }
}
