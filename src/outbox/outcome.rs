//! What follows from what Telegram said, recorded in one transaction.

mod unsent;

use std::collections::{BTreeSet, HashMap};

use alfa_store::outreach::campaign;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent, Sent};
use alfa_store::outreach::lane as store_lane;
use alfa_store::outreach::together;
use alfa_store::types::{AccountState, CampaignState, MessageAuthor, OutboxKind};
use alfa_store::{StoreError, Tx, UnixMillis, entity::outbox};
use alfa_telegram::LossReason;
use serde_json::json;

use super::Manner;
use super::day_key;
use super::send::{INVALID_PEER, Leased, Outcome};
use crate::accounts::state;
use crate::app::App;
use crate::clock::{HOUR_MS, SECOND_MS};
use crate::error::AppResult;
use crate::events::{Event, Topic};
pub(super) use unsent::keep_question;
use unsent::{back, invalid_peer, not_sent, queued_again, retry_after_ms};

/// A flood wait is kept this much longer than Telegram asks, in milliseconds.
const FLOOD_MARGIN_MS: i64 = 10 * SECOND_MS;
/// A reply that a limited account could not send is tried again after this.
const LIMITED_RETRY_MS: i64 = HOUR_MS;
/// A message that found no connection waits this long.
const RECONNECT_MS: i64 = 5 * SECOND_MS;
/// Sends of one message whose outcome stays unknown, before a person must look. Those that certainly did not happen, in
/// an outage or a flood wait, do not count.
const MOST_UNKNOWN: i32 = 30;

/// What the account's lane must do after a batch.
#[derive(Debug, Default)]
pub(super) struct Consequences {
    /// The dialogs that were begun, and what was sent: for the pacer.
    pub sent: Vec<(OutboxKind, UnixMillis, i64)>,
    /// Not before this moment.
    pub pause_until: Option<UnixMillis>,
    /// The login is gone, and why.
    pub session_lost: Option<LossReason>,
}

/// Records the outcomes of a batch in one transaction.
pub(super) async fn record(app: &App, batch: Vec<(Leased, Outcome)>) -> AppResult<Consequences> {
    if let Some(consequences) = record_as(app, &batch, Manner::Together).await? {
        return Ok(consequences);
    }
    // One of them was not being sent any more: row by row it shows which.
    let consequences = record_as(app, &batch, Manner::OneByOne).await?;
    Ok(consequences.unwrap_or_default())
}

/// What a transaction that records outcomes gathers.
#[derive(Default)]
struct Gathered {
    moves: Moves,
    consequences: Consequences,
    /// Appended last: on PostgreSQL their order is locked until the commit.
    events: Vec<Event>,
    /// What the campaigns of the batch offer.
    products: HashMap<i64, Option<i64>>,
}

/// Answers nothing, and changes nothing, when the batch cannot be recorded together.
async fn record_as(
    app: &App,
    batch: &[(Leased, Outcome)],
    manner: Manner,
) -> AppResult<Option<Consequences>> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let mut gathered = Gathered::default();
    let (sent, others): (Vec<_>, Vec<_>) = match manner {
        Manner::Together => batch.iter().partition(|one| begins_campaign_dialog(one)),
        Manner::OneByOne => (Vec::new(), batch.iter().collect()),
    };
    if !begun_together(app, &tx, &sent, now, &mut gathered).await? {
        tx.rollback().await?;
        return Ok(None);
    }
    for (leased, outcome) in others {
        one(app, &tx, leased, outcome, now, &mut gathered).await?;
    }
    let Gathered {
        moves,
        consequences,
        mut events,
        ..
    } = gathered;
    crate::campaigns::count(app, &tx, moves).await?;
    let campaigns: BTreeSet<i64> = batch
        .iter()
        .filter_map(|(leased, _)| leased.row.campaign_id)
        .collect();
    for campaign_id in campaigns {
        if campaign::complete_if_done(&tx, campaign_id, now).await? {
            let event = Event::new(Topic::Campaign, json!({"id": campaign_id, "state": "completed"}));
            events.push(event.campaign(Some(campaign_id)));
        }
    }
    app.events.append_many(&tx, &events, now).await?;
    crate::crash::point("lane:before_commit");
    tx.commit().await?;
    crate::crash::point("lane:recorded");
    app.events.announce();
    app.wakes.reactor.signal();
    Ok(Some(consequences))
}

fn begins_campaign_dialog((leased, outcome): &(Leased, Outcome)) -> bool {
    leased.row.kind == OutboxKind::FirstMessage
        && leased.row.campaign_id.is_some()
        && matches!(outcome, Outcome::Sent { .. })
}

/// Records first messages of campaigns that were sent; answers whether all of them were still being sent.
async fn begun_together(
    app: &App,
    tx: &Tx,
    batch: &[&(Leased, Outcome)],
    now: UnixMillis,
    gathered: &mut Gathered,
) -> AppResult<bool> {
    if batch.is_empty() {
        return Ok(true);
    }
    let people: BTreeSet<i64> = batch.iter().map(|(leased, _)| leased.row.contact_id).collect();
    if people.len() < batch.len() {
        return Ok(false);
    }
    let mut days = Vec::with_capacity(batch.len());
    for (leased, outcome) in batch {
        if let Outcome::Sent {
            telegram_message_id,
            at,
        } = outcome
        {
            let product_id = product(tx, &leased.row, &mut gathered.products).await?;
            let day = day_key(app.day_of(*at));
            days.push((&leased.row, *telegram_message_id, *at, product_id, day));
        }
    }
    let sent: Vec<Sent<'_>> = days
        .iter()
        .map(|(row, telegram_message_id, at, product_id, day)| Sent {
            row,
            telegram_message_id: *telegram_message_id,
            at: *at,
            author: author_of(row),
            product_id: *product_id,
            day,
        })
        .collect();
    let message_ids = match together::record_sent(tx, &sent, &mut gathered.moves).await {
        Ok(Some(ids)) => ids,
        // A Telegram id that another message has concerns only one of them.
        Ok(None) | Err(StoreError::Conflict { .. }) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    for (sent, message_id) in sent.iter().zip(message_ids) {
        let row = sent.row;
        gathered.consequences.sent.push((row.kind, now, row.random_id));
        gathered.events.push(sent_event(row, message_id));
    }
    Ok(true)
}

fn sent_event(row: &outbox::Model, message_id: i64) -> Event {
    let body = json!({"id": message_id, "direction": "out", "state": "delivered", "outbox_id": row.id});
    Event::new(Topic::Message, body)
        .contact(row.contact_id)
        .campaign(row.campaign_id)
}

/// What the campaign of a message offers, asked once for a batch.
async fn product(
    tx: &Tx,
    row: &outbox::Model,
    known: &mut HashMap<i64, Option<i64>>,
) -> AppResult<Option<i64>> {
    let Some(campaign_id) = row.campaign_id else {
        return Ok(None);
    };
    if let Some(product_id) = known.get(&campaign_id) {
        return Ok(*product_id);
    }
    let product_id = product_of(tx, row).await?;
    known.insert(campaign_id, product_id);
    Ok(product_id)
}

async fn one(
    app: &App,
    tx: &Tx,
    leased: &Leased,
    outcome: &Outcome,
    now: UnixMillis,
    gathered: &mut Gathered,
) -> AppResult<()> {
    let row = &leased.row;
    match outcome {
        Outcome::Sent {
            telegram_message_id,
            at,
        } => {
            let product_id = product(tx, row, &mut gathered.products).await?;
            let day = day_key(app.day_of(*at));
            let sent = Sent {
                row,
                telegram_message_id: *telegram_message_id,
                at: *at,
                author: author_of(row),
                product_id,
                day: &day,
            };
            gathered.consequences.sent.push((row.kind, now, row.random_id));
            if let Some(message_id) = deliver::record_sent(tx, &sent, &mut gathered.moves).await? {
                gathered.events.push(sent_event(row, message_id));
            }
        }
        Outcome::Refused(INVALID_PEER) => invalid_peer(app, tx, leased, now, gathered).await?,
        Outcome::Refused(reason) => {
            not_sent(app, tx, leased, NotSent::Skipped { reason }, gathered).await?;
        }
        Outcome::NotSentAfterAll => {
            let campaign = match row.campaign_id {
                Some(id) => campaign::held_state(tx, id).await?,
                None => None,
            };
            let outcome = if campaign == Some(CampaignState::Paused) {
                NotSent::Back {
                    not_before: now,
                    error: None,
                }
            } else {
                let reason = leased.sendable.as_ref().err().copied();
                NotSent::Cancelled {
                    reason: reason.unwrap_or("no_longer_allowed"),
                }
            };
            not_sent(app, tx, leased, outcome, gathered).await?;
        }
        Outcome::Failed(error) => {
            not_sent(
                app,
                tx,
                leased,
                NotSent::Failed {
                    reason: "telegram_error",
                    error,
                },
                gathered,
            )
            .await?;
        }
        Outcome::Wait { seconds } => {
            let until = now.plus_ms(seconds * SECOND_MS + FLOOD_MARGIN_MS);
            let error = format!("FLOOD_WAIT_{seconds}");
            back(app, tx, leased, (now, until), &error, gathered).await?;
            gathered.consequences.pause_until = gathered.consequences.pause_until.max(Some(until));
            // A limited account stays limited after the wait: only an operator lifts that.
            let account = alfa_store::accounts::get(tx, row.account_id).await?;
            let (to, reason) = match state::at_work(&account) {
                (AccountState::Ready, _) => (AccountState::FloodWait, Some(error.as_str())),
                limited => limited,
            };
            if state::is_signed_in(account.state) {
                state::change(app, tx, &account, to, reason, Some(until)).await?;
            }
        }
        Outcome::Limited(reason) => {
            let outcome = if row.kind == OutboxKind::FirstMessage {
                queued_again(tx, row, now, reason).await?
            } else {
                NotSent::Deferred {
                    until: now.plus_ms(LIMITED_RETRY_MS),
                    reason,
                }
            };
            not_sent(app, tx, leased, outcome, gathered).await?;
            let account = alfa_store::accounts::get(tx, row.account_id).await?;
            state::restrict(app, tx, &account, reason).await?;
        }
        Outcome::SessionLost(reason) => {
            let name = state::loss_name(*reason);
            back(app, tx, leased, (now, now), name, gathered).await?;
            let account = alfa_store::accounts::get(tx, row.account_id).await?;
            if state::is_signed_in(account.state) {
                state::change(app, tx, &account, AccountState::LoggedOut, Some(name), None).await?;
            }
            gathered.consequences.session_lost = Some(*reason);
        }
        Outcome::NotConnected => {
            let not_before = now.plus_ms(RECONNECT_MS);
            gathered.consequences.pause_until = gathered.consequences.pause_until.max(Some(not_before));
            back(
                app,
                tx,
                leased,
                (not_before, not_before),
                "not_connected",
                gathered,
            )
            .await?;
        }
        Outcome::Unknown(error) if row.unknown_outcomes + 1 >= MOST_UNKNOWN => {
            not_sent(
                app,
                tx,
                leased,
                NotSent::Failed {
                    reason: "unknown_outcome",
                    error,
                },
                gathered,
            )
            .await?;
        }
        Outcome::Unknown(error) => {
            let unknown = row.unknown_outcomes + 1;
            tracing::warn!(outbox_id = row.id, unknown, %error, "outcome unknown, it will be sent again");
            let again = now.plus_ms(retry_after_ms(unknown));
            store_lane::keep_unknown(tx, row.id, again).await?;
        }
    }
    Ok(())
}

/// What the campaign of a message offers.
pub(crate) async fn product_of(tx: &Tx, row: &outbox::Model) -> AppResult<Option<i64>> {
    let Some(id) = row.campaign_id else {
        return Ok(None);
    };
    Ok(campaign::get(tx, id)
        .await?
        .and_then(|campaign| campaign.product_id))
}

/// Who a message is from.
pub(crate) fn author_of(row: &outbox::Model) -> MessageAuthor {
    match row.kind {
        // What a person of the team writes names no facts; a notice to a client names its booking.
        OutboxKind::FirstMessage if row.campaign_id.is_none() => match row.facts {
            None => MessageAuthor::Operator,
            Some(_) => MessageAuthor::Rule,
        },
        OutboxKind::Operator => MessageAuthor::Operator,
        OutboxKind::OptOutConfirmation | OutboxKind::Service => MessageAuthor::Rule,
        OutboxKind::FirstMessage | OutboxKind::FollowUp | OutboxKind::Reply => MessageAuthor::Ai,
    }
}

#[cfg(test)]
mod tests;
