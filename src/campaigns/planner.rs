//! Looks at a running campaign's audience, a bounded number of people at a time: who may be written to is queued, who
//! may not is skipped with the reason. It also starts what was scheduled.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use alfa_store::entity::campaigns;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::people::{self, PersonRow};
use alfa_store::outreach::{campaign, plan, prepare};
use alfa_store::types::{AccountState, CampaignState, OutboxKind};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use crate::app::App;
use crate::clock::MINUTE_MS;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::outbox;
use crate::policy::people::person;
use crate::policy::{self, FREQUENCY_SPAN_MS, Intent, Sendable, SkipReason, Verdict};
use crate::workers::Next;

/// People that one transaction looks at.
const CHUNK_PEOPLE: u64 = 500;
/// A schedule that is found overdue by more than this asks the operator first.
const OVERDUE_MS: i64 = 10 * MINUTE_MS;

/// What one look at the audience did.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub queued: usize,
    pub skipped: Vec<(i64, SkipReason)>,
    /// Nobody is left to look at.
    pub done: bool,
}

/// Starts the worker that plans and that starts schedules.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("planner", app.wakes.planner.clone(), app.for_ever(), move || {
            step(owner.clone())
        });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let next_schedule = start_due(&app).await?;
    let running = campaign::in_state(app.store.reader(), CampaignState::Running).await?;
    let mut more = false;
    for row in running {
        let planned = chunk(&app, &row).await?;
        more |= !planned.done && (planned.queued > 0 || !planned.skipped.is_empty());
    }
    if more {
        return Ok(Next::Again);
    }
    Ok(next_schedule.map_or(Next::Idle, Next::At))
}

/// Starts the campaigns whose time has come; answers when the next one's comes.
async fn start_due(app: &App) -> AppResult<Option<UnixMillis>> {
    let now = app.clock.now();
    let mut next: Option<UnixMillis> = None;
    for row in campaign::in_state(app.store.reader(), CampaignState::Scheduled).await? {
        let Some(at) = row.scheduled_at else { continue };
        if at > now {
            next = Some(next.map_or(at, |other| other.min(at)));
            continue;
        }
        let overdue = now.ms_since(at) > OVERDUE_MS;
        let (to, reason) = if overdue {
            (CampaignState::Paused, Some("overdue"))
        } else {
            (CampaignState::Running, None)
        };
        let tx = app.begin().await?;
        if !campaign::move_state(&tx, row.id, (CampaignState::Scheduled, to), reason, now).await? {
            // An operator was quicker.
            continue;
        }
        let body = json!({"id": row.id, "state": to, "reason": reason});
        app.events
            .append(
                &tx,
                &Event::new(Topic::Campaign, body).campaign(Some(row.id)),
                now,
            )
            .await?;
        tx.commit().await?;
        app.events.announce();
    }
    Ok(next)
}

/// Looks at the next people of one campaign.
pub(super) async fn chunk(app: &App, row: &campaigns::Model) -> AppResult<Planned> {
    let accounts = sending_accounts(app).await?;
    if accounts.is_empty() {
        return Ok(Planned {
            done: true,
            ..Planned::default()
        });
    }
    let now = app.clock.now();
    let tx = app.begin().await?;
    // Read in the transaction: a campaign paused meanwhile is not planned any more.
    let row = match campaign::get(&tx, row.id).await? {
        Some(row) if row.state == CampaignState::Running => row,
        _ => {
            return Ok(Planned {
                done: true,
                ..Planned::default()
            });
        }
    };
    if super::fail_if_product_gone(app, &tx, &row).await? {
        tx.commit().await?;
        app.events.announce();
        return Ok(Planned {
            done: true,
            ..Planned::default()
        });
    }
    let ids = plan::pending(&tx, row.id, CHUNK_PEOPLE).await?;
    if ids.is_empty() {
        super::end_if_done(app, &tx, row.id).await?;
        tx.commit().await?;
        app.events.announce();
        return Ok(Planned {
            done: true,
            ..Planned::default()
        });
    }
    let people = people::load(&tx, &ids, now.plus_ms(-FREQUENCY_SPAN_MS)).await?;
    let mut planned = Planned {
        done: ids.len() < CHUNK_PEOPLE as usize,
        ..Planned::default()
    };
    // Whom only one of our accounts can address is written to from that one.
    let knowing = if accounts.len() > 1 {
        prepare::accounts_knowing(&tx, &accounts, &ids).await?
    } else {
        HashMap::new()
    };
    let mut sendables = Vec::new();
    for known in &people {
        let account_id = account_for(known, &accounts, &knowing);
        match decide(app, &row, known, account_id, now) {
            Ok(sendable) => sendables.push(sendable),
            Err(reason) => planned.skipped.push((known.contact.id, reason)),
        }
    }
    planned.queued = sendables.len();
    record(app, &tx, &row, sendables, &planned.skipped).await?;
    crate::crash::point("plan:before_commit");
    tx.commit().await?;
    crate::crash::point("plan:committed");
    app.events.announce();
    app.accounts.wake_prepare();
    Ok(planned)
}

/// Why a campaign would not write to this person now, if it would not.
pub(super) fn refusal(app: &App, known: &PersonRow, now: UnixMillis) -> Option<SkipReason> {
    // Only the account's own dialog differs by the account, and a first message does not ask about it.
    let person = person(known, 0, app.config.timezone);
    unreachable(known).or_else(|| policy::refusal(&person, OutboxKind::FirstMessage, &app.policy(), now))
}

fn unreachable(known: &PersonRow) -> Option<SkipReason> {
    if known.waiting_campaign_id.is_some() {
        return Some(SkipReason::Duplicate);
    }
    let contact = &known.contact;
    let addressed =
        contact.phone.is_some() || contact.username.is_some() || contact.telegram_user_id.is_some();
    (!addressed).then_some(SkipReason::NoTelegram)
}

fn decide(
    app: &App,
    row: &campaigns::Model,
    known: &PersonRow,
    account_id: i64,
    now: UnixMillis,
) -> Result<Sendable, SkipReason> {
    if let Some(reason) = unreachable(known) {
        return Err(reason);
    }
    let person = person(known, account_id, app.config.timezone);
    let intent = |not_before| Intent {
        account_id,
        contact_id: known.contact.id,
        campaign_id: Some(row.id),
        dialog_step: 0,
        kind: OutboxKind::FirstMessage,
        text: None,
        facts: None,
        in_reply_to: None,
        not_before,
    };
    // Quiet hours do not forbid to queue: the lane asks again when the message's turn comes.
    let policy = policy::Policy {
        quiet_hours: None,
        ..app.policy()
    };
    match policy::admit(&person, intent(now), &policy, now) {
        Verdict::Send(sendable) => Ok(sendable),
        Verdict::Skip(reason) => Err(reason),
        Verdict::Defer(_) => Err(SkipReason::RecentlyContacted),
    }
}

/// A person is written to from the account that knows them; strangers are spread evenly.
fn account_for(known: &PersonRow, accounts: &[i64], knowing: &HashMap<i64, i64>) -> i64 {
    let newest = known.dialogs.iter().max_by_key(|dialog| dialog.last_message_at);
    let own = newest
        .map(|dialog| dialog.account_id)
        .filter(|id| accounts.contains(id));
    let spread = known.contact.id.unsigned_abs() as usize % accounts.len();
    own.or_else(|| knowing.get(&known.contact.id).copied())
        .unwrap_or(accounts[spread])
}

/// Whether an account in this state may begin dialogs, now or after a wait.
pub(super) fn sending(state: AccountState) -> bool {
    matches!(
        state,
        AccountState::Ready | AccountState::FloodWait | AccountState::Connecting
    )
}

/// The accounts that may begin dialogs, now or after a wait.
pub(crate) async fn sending_accounts(app: &App) -> AppResult<Vec<i64>> {
    let rows = alfa_store::accounts::list(app.store.reader(), crate::accounts::environment(app)).await?;
    Ok(rows
        .into_iter()
        .filter(|row| sending(row.state))
        .map(|row| row.id)
        .collect())
}

async fn record(
    app: &App,
    tx: &Tx,
    row: &campaigns::Model,
    sendables: Vec<Sendable>,
    skipped: &[(i64, SkipReason)],
) -> AppResult<()> {
    let mut moves = Moves::new();
    outbox::enqueue_first(tx, row.id, sendables, &app.clock, &mut moves).await?;
    let mut by_reason: BTreeMap<&'static str, Vec<i64>> = BTreeMap::new();
    for (contact_id, reason) in skipped {
        by_reason.entry(reason.as_str()).or_default().push(*contact_id);
    }
    for (reason, ids) in by_reason {
        plan::skip(tx, row.id, &ids, reason, &mut moves).await?;
    }
    super::settle(app, tx, moves).await
}
