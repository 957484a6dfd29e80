//! Follow-ups on silence: whoever does not answer a campaign's first message is written to again, a few times at most.
//!
//! What is to be done lies in rows: the wait begins in the transaction that records the first message as sent, and each
//! look at it is one transaction that queues the step's message and puts the wait off, or ends it. So a process killed
//! at any moment loses nothing and writes nothing twice. The messages take the common way: gate, outbox, lane.

use std::sync::Arc;

use alfa_store::entity::{campaign_steps, campaigns, contacts, dialogs, follow_ups as waits, outbox};
use alfa_store::outreach::people::{self, PersonRow};
use alfa_store::outreach::{audience, campaign, follow_ups};
use alfa_store::types::{Approval, DialogOwner, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};

use super::silence_rules::{Look, Silence, look};
use super::silence_text;
use crate::app::App;
use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::error::AppResult;
use crate::outbox::lane::{LARGEST_BATCH, pace_of, pacing};
use crate::outbox::pacer::{self, Begun, History, Pacing};
use crate::policy::people::person;
use crate::policy::{self, FREQUENCY_SPAN_MS, Intent, MOST_UNANSWERED, Verdict};
use crate::workers::Next;

/// The most steps of a campaign: with the first message they are as many as the AI may write without an answer.
pub const MOST_STEPS: usize = MOST_UNANSWERED as usize - 1;
/// The least and the longest silence before a step, in hours: nobody is written to within 24 h of the last message.
pub const SILENCE_HOURS: (i64, i64) = (24, 30 * 24);
/// Waits that one step of the worker looks at.
const STEP_PEOPLE: u64 = 50;
/// When a wait is looked at again whose message is on its way, or whose campaign or account cannot send now.
const RECHECK_MS: i64 = 10 * MINUTE_MS;
/// A message is queued so long before its turn at most: until then the person may still answer.
const AHEAD_MS: i64 = HOUR_MS;

/// Starts the worker that reminds.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("silence", app.wakes.silence.clone(), app.for_ever(), move || {
            step(owner.clone())
        });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let due = follow_ups::due(app.store.reader(), now, STEP_PEOPLE).await?;
    if due.is_empty() {
        return Ok(follow_ups::next_due(app.store.reader())
            .await?
            .map_or(Next::Idle, Next::At));
    }
    for row in due {
        if let Err(error) = attend(&app, &row, now).await {
            // One that cannot be attended to does not hold up the others.
            tracing::error!(contact_id = row.contact_id, %error, "a follow-up could not be written");
            let tx = app.begin().await?;
            follow_ups::wait(&tx, &row, row.step, now.plus_ms(RECHECK_MS)).await?;
            tx.commit().await?;
        }
    }
    // A sequence that ended may have been the last of its campaign.
    app.wakes.planner.signal();
    Ok(Next::Again)
}

/// Attends to one wait, in one transaction.
async fn attend(app: &App, row: &waits::Model, now: UnixMillis) -> AppResult<()> {
    let tx = app.begin().await?;
    let steps = follow_ups::steps(&tx, &[row.campaign_id]).await?;
    match follow_ups::message_of(&tx, row).await? {
        Some(message) => after(&tx, row, &message, &steps, now).await?,
        None => begin(app, &tx, row, &steps, now).await?,
    }
    crate::crash::point("silence:before_commit");
    tx.commit().await?;
    crate::crash::point("silence:committed");
    if let Some(account) = app.accounts.get(row.account_id) {
        account.lane.signal();
    }
    Ok(())
}

/// The step's message exists: what became of it.
async fn after(
    tx: &Tx,
    row: &waits::Model,
    message: &outbox::Model,
    steps: &[campaign_steps::Model],
    now: UnixMillis,
) -> AppResult<()> {
    match message.state {
        OutboxState::Sent => {
            let next = steps.iter().find(|step| step.step == row.step + 1);
            match (next, message.sent_at) {
                (Some(next), Some(at)) => {
                    follow_ups::wait(tx, row, next.step, at.plus_ms(next.after_ms)).await?
                }
                _ => follow_ups::end(tx, row, "done").await?,
            }
        }
        OutboxState::Draft | OutboxState::Queued | OutboxState::Deferred | OutboxState::Sending => {
            let again = message.not_before.max(now).plus_ms(RECHECK_MS);
            follow_ups::wait(tx, row, row.step, again).await?
        }
        OutboxState::Skipped | OutboxState::Failed | OutboxState::Cancelled => {
            let reason = message.reason.as_deref().unwrap_or(message.state.as_str());
            follow_ups::end(tx, row, reason).await?
        }
    };
    Ok(())
}

/// The step has no message yet: it is written and queued, unless the silence is over or it must wait.
async fn begin(
    app: &App,
    tx: &Tx,
    row: &waits::Model,
    steps: &[campaign_steps::Model],
    now: UnixMillis,
) -> AppResult<()> {
    let found = find(tx, row, now).await?;
    let Some((campaign, known, silence)) = found else {
        follow_ups::end(tx, row, "not_sent").await?;
        return Ok(());
    };
    let Some(step) = steps.iter().find(|step| step.step == row.step) else {
        follow_ups::end(tx, row, "done").await?;
        return Ok(());
    };
    match look(&silence) {
        Look::Ends(reason) => {
            follow_ups::end(tx, row, reason).await?;
        }
        Look::Later => {
            follow_ups::wait(tx, row, row.step, now.plus_ms(RECHECK_MS)).await?;
        }
        Look::Writes => queue(app, tx, row, (&campaign, step), &known, now).await?,
    }
    Ok(())
}

async fn find(
    tx: &Tx,
    row: &waits::Model,
    now: UnixMillis,
) -> AppResult<Option<(campaigns::Model, PersonRow, Silence)>> {
    let Some(campaign) = campaign::get(tx, row.campaign_id).await? else {
        return Ok(None);
    };
    let people = people::load(tx, &[row.contact_id], now.plus_ms(-FREQUENCY_SPAN_MS)).await?;
    let Some(known) = people.into_iter().next() else {
        return Ok(None);
    };
    let membership = audience::member(tx, row.campaign_id, row.contact_id).await?;
    let account = alfa_store::accounts::get(tx, row.account_id).await?;
    let own = |dialog: &&dialogs::Model| dialog.account_id == row.account_id;
    let dialog = known.dialogs.iter().find(own);
    let silence = Silence {
        campaign: campaign.state,
        account: account.state,
        since: membership.and_then(|member| member.sent_at),
        last_inbound_at: known.contact.last_inbound_at,
        human_since: known.dialogs.iter().filter_map(human_since).max(),
        closed: dialog.is_some_and(|dialog| dialog.closed_at.is_some()),
        other_campaign: dialog.is_some_and(|dialog| dialog.campaign_id != Some(row.campaign_id)),
    };
    Ok(Some((campaign, known, silence)))
}

/// Since when a person of the team has had a word in the dialog; also one that was handed back.
fn human_since(dialog: &dialogs::Model) -> Option<UnixMillis> {
    match dialog.owner {
        DialogOwner::Human => Some(UnixMillis(i64::MAX)),
        DialogOwner::Ai => dialog.owner_since,
    }
}

async fn queue(
    app: &App,
    tx: &Tx,
    row: &waits::Model,
    (campaign, step): (&campaigns::Model, &campaign_steps::Model),
    known: &PersonRow,
    now: UnixMillis,
) -> AppResult<()> {
    let turn = turn(app, tx, campaign, row.account_id, now).await?;
    if turn > now.plus_ms(AHEAD_MS) {
        follow_ups::wait(tx, row, row.step, turn.plus_ms(-AHEAD_MS)).await?;
        return Ok(());
    }
    let contact: &contacts::Model = &known.contact;
    let seed = app.clock.random_u64();
    let written = silence_text::write(app, tx, campaign, step.template.as_deref(), contact, seed).await?;
    let written = match written {
        Ok(written) => written,
        Err(reason) => {
            follow_ups::end(tx, row, reason).await?;
            return Ok(());
        }
    };
    let intent = Intent {
        account_id: row.account_id,
        contact_id: row.contact_id,
        campaign_id: Some(row.campaign_id),
        dialog_step: row.step,
        kind: OutboxKind::FollowUp,
        text: Some(written.text),
        facts: written.facts,
        in_reply_to: None,
        not_before: turn,
    };
    let person = person(known, row.account_id, app.config.timezone);
    match policy::admit(&person, intent, &app.policy(), now) {
        Verdict::Send(sendable) => {
            let state = match campaign.approval {
                Approval::Manual => OutboxState::Draft,
                Approval::Auto => OutboxState::Queued,
            };
            crate::outbox::enqueue_as(tx, sendable, state, &app.clock).await?;
            follow_ups::wait(tx, row, row.step, turn.plus_ms(RECHECK_MS)).await?;
        }
        Verdict::Skip(reason) => {
            follow_ups::end(tx, row, reason.as_str()).await?;
        }
        Verdict::Defer(until) => {
            follow_ups::wait(tx, row, row.step, until).await?;
        }
    }
    Ok(())
}

/// When the account's next reminder has its turn. Reminders keep the pace of new dialogs among themselves, so that many
/// that fall due together do not leave as fast as answers do; they take nothing from the day's budget of new dialogs.
async fn turn(
    app: &App,
    tx: &Tx,
    campaign: &campaigns::Model,
    account_id: i64,
    now: UnixMillis,
) -> AppResult<UnixMillis> {
    let pacing = Pacing {
        new_dialogs_per_day: usize::MAX,
        ..pacing(app, !app.config.sandbox())
    };
    let capacity = LARGEST_BATCH + 1;
    let begun = follow_ups::paced(tx, account_id, now.plus_ms(-DAY_MS), capacity as u64).await?;
    let begun = begun.into_iter().map(|(at, random_id)| Begun { at, random_id });
    let history = History::new(begun, None, capacity);
    let slot = pacer::next_new_dialog(&history, &pace_of(campaign), &pacing);
    Ok(slot.at.max(now))
}
