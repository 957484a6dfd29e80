//! Ahead of the lane: finds people in Telegram and writes their first messages, a bounded number at a time, so that
//! neither look-ups nor the AI's latency slow the lane.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use alfa_llm::OUTREACH_DEADLINE_MS;
use alfa_store::entity::{campaigns, contacts, outbox};
use alfa_store::outreach::campaign;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::prepare::{self, Ahead, Asked, KnownPeer};
use alfa_store::outreach::together::{self, Written};
use alfa_store::types::{AccountState, Approval, LookupKind, OutboxState};
use alfa_store::{ConnectionTrait, Tx, UnixMillis};
use alfa_telegram::{RefusedReason, TelegramError, UserClient};

use super::drafting;
pub use super::find::ensure_peer;
use super::limits::Limits;
use super::lookup::{Requirements, ask_requirements};
use super::send::{Outcome, classify};
use crate::accounts::{Account, state};
use crate::app::App;
use crate::campaigns::{draft, settle};
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::error::{AppError, AppResult};
use crate::policy;
use crate::workers::Next;

/// Messages of one campaign that wait for an account, at most about this many; `step` bounds one look-up.
const AHEAD: Ahead = Ahead {
    messages: 100,
    drafts: 1_000,
    step: 50,
};
/// The same when pacing is off.
const AHEAD_UNPACED: Ahead = Ahead {
    messages: 2_000,
    drafts: 2_000,
    step: 500,
};
/// The same when an AI provider writes, which takes seconds for each text: few at a time.
const STEP_BY_AI: u64 = 8;
/// What is due within this time is prepared now, in milliseconds.
pub(super) const SOON_MS: i64 = 2 * MINUTE_MS;
/// What it takes to write to a person is asked again after this, in milliseconds.
const ASK_AGAIN_MS: i64 = DAY_MS;

/// One step of preparing an account's next messages.
pub(super) struct Work<'a> {
    pub app: &'a Arc<App>,
    pub account: &'a Arc<Account>,
    pub client: &'a UserClient,
    pub now: UnixMillis,
    pub limits: Limits,
    /// Something changed: there may be more to do at once.
    pub progressed: bool,
    /// When that which is due but waits for Telegram may be asked.
    pub wait: Option<UnixMillis>,
    /// Why Telegram cannot be asked.
    pub stopped: Option<TelegramError>,
    /// Whom this step has found: their keys are as new as can be.
    pub met: HashSet<i64>,
    campaigns: HashMap<i64, campaigns::Model>,
}

/// Prepares the next messages of an account.
///
/// # Errors
/// When the database or Telegram fails; the step is repeated later.
pub async fn step(app: Arc<App>, account: Arc<Account>) -> AppResult<Next> {
    let Some(client) = account.client() else {
        return Ok(Next::Idle);
    };
    let db = app.store.reader();
    let state = alfa_store::accounts::get(db, account.id).await?.state;
    if !matches!(state, AccountState::Ready | AccountState::FloodWait) {
        return Ok(Next::Idle);
    }
    let now = app.clock.now();
    let soon = now.plus_ms(SOON_MS);
    let mut ahead = if app.config.pacing { AHEAD } else { AHEAD_UNPACED };
    let under_way = account.drafting.under_way();
    if app.ai.outreach().is_configured() {
        ahead.step = ahead.step.min(STEP_BY_AI);
        if under_way.len() >= drafting::AT_ONCE {
            // One that ends signals.
            return Ok(Next::Idle);
        }
    }
    let mut rows = prepare::without_peer(db, account.id, ahead.step).await?;
    rows.extend(prepare::unwritten(db, account.id, ahead, soon, &under_way).await?);
    if rows.is_empty() {
        let next = prepare::next_unwritten(db, account.id, soon).await?;
        return Ok(next.map_or(Next::Idle, |at| Next::At(at.plus_ms(-SOON_MS))));
    }
    let mut work = Work {
        app: &app,
        account: &account,
        client: &client,
        now,
        limits: Limits::load(db, account.id, app.config.pacing || account.is_real()).await?,
        progressed: false,
        wait: None,
        stopped: None,
        met: HashSet::new(),
        campaigns: HashMap::new(),
    };
    let rows = work.leave_asleep(rows).await?;
    work.find(&rows).await?;
    if work.stopped.is_none() {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        work.write(&ids).await?;
    }
    if let Some(error) = work.stopped {
        stopped(&app, &account, &error).await?;
        return match classify(error.clone()) {
            Outcome::Limited(_) | Outcome::SessionLost(_) => Ok(Next::Idle),
            _ => Err(AppError::internal(error)),
        };
    }
    if work.progressed {
        return Ok(Next::Again);
    }
    Ok(work.wait.map_or(Next::Idle, Next::At))
}

/// What follows for the account when Telegram does not let it ask about people.
pub(super) async fn stopped(app: &App, account: &Account, error: &TelegramError) -> AppResult<()> {
    match classify(error.clone()) {
        Outcome::Limited(reason) => {
            let tx = app.begin().await?;
            let read = alfa_store::accounts::get(&tx, account.id).await?;
            state::restrict(app, &tx, &read, reason).await?;
            tx.commit().await?;
            app.events.announce();
        }
        // The supervisor finds out by itself what became of the session.
        Outcome::SessionLost(reason) => account.lost(reason),
        _ => {}
    }
    Ok(())
}

impl Work<'_> {
    /// Puts off whom the lane must not write to for long, without looking them up: others go before them.
    async fn leave_asleep(&mut self, rows: Vec<outbox::Model>) -> AppResult<Vec<outbox::Model>> {
        let Some(hours) = self.app.policy().quiet_hours else {
            return Ok(rows);
        };
        let db = self.app.store.reader();
        let ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let people = policy::people::load(self.app, db, &ids, self.account.id).await?;
        let mut asleep: BTreeMap<UnixMillis, Vec<i64>> = BTreeMap::new();
        let mut awake = Vec::with_capacity(rows.len());
        for row in rows {
            let zone = people.get(&row.contact_id).map(|person| person.time_zone);
            let end = zone.and_then(|zone| policy::end_of_quiet(hours, self.now, zone));
            let end = end.filter(|end| *end > self.now.plus_ms(SOON_MS));
            // A draft is for the operator, who is awake; what has a text waits already.
            let goes_by_itself = row.text.is_none()
                && campaign_of(db, &row, &mut self.campaigns)
                    .await?
                    .is_some_and(|campaign| campaign.approval == Approval::Auto);
            match end {
                Some(end) if goes_by_itself => asleep.entry(end).or_default().push(row.id),
                _ => awake.push(row),
            }
        }
        if !asleep.is_empty() {
            let tx = self.app.begin().await?;
            for (end, outbox_ids) in asleep {
                prepare::defer(&tx, &outbox_ids, end, policy::QUIET_HOURS).await?;
            }
            tx.commit().await?;
            self.progressed = true;
        }
        Ok(awake)
    }

    /// Writes those of the messages whose people can be addressed and take messages.
    async fn write(&mut self, outbox_ids: &[i64]) -> AppResult<()> {
        let db = self.app.store.reader();
        let rows = prepare::still_unwritten(db, outbox_ids).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let known = prepare::asked(db, self.account.id, &ids).await?;
        if known.is_empty() {
            return Ok(());
        }
        let fresh = |asked: &Asked| asked.at.is_some_and(|at| self.now.ms_since(at) < ASK_AGAIN_MS);
        let (fresh, stale): (Vec<Asked>, Vec<Asked>) = known.into_iter().partition(fresh);
        let stale: Vec<KnownPeer> = stale.into_iter().map(|asked| asked.peer).collect();
        let told = if stale.is_empty() {
            Requirements::default()
        } else {
            ask_requirements(self.client, &stale, &mut self.limits, self.now).await
        };
        let open: HashSet<i64> = fresh
            .iter()
            .map(|asked| asked.peer.contact_id)
            .chain(told.told.iter().map(|(peer, _)| peer.contact_id))
            .collect();
        let contacts = alfa_store::contacts::get_many(db, &ids).await?;
        let contacts: HashMap<i64, contacts::Model> = contacts.into_iter().map(|row| (row.id, row)).collect();
        let closed_now: HashSet<i64> = told
            .told
            .iter()
            .filter(|(_, reason)| reason.is_some())
            .map(|(peer, _)| peer.contact_id)
            .chain(told.refused.iter().map(|(peer, _, _)| peer.contact_id))
            .collect();
        let to_write = rows
            .iter()
            .filter(|row| open.contains(&row.contact_id) && !closed_now.contains(&row.contact_id));
        let mut texts = self.write_all(to_write, &contacts).await?;

        let tx = self.app.begin().await?;
        let mut moves = Moves::new();
        let closed = self.record_told(&tx, &told).await?;
        let mut written = Vec::with_capacity(rows.len());
        let mut blocked = Vec::new();
        for row in &rows {
            let Some(contact) = contacts.get(&row.contact_id) else {
                continue;
            };
            let outcome = match closed.get(&contact.id) {
                Some(outcome) => outcome.clone(),
                None if open.contains(&contact.id) => match texts.remove(&row.id) {
                    Some(Ok(text)) => {
                        written.push(text);
                        continue;
                    }
                    Some(Err(outcome)) => outcome,
                    None => continue,
                },
                None => {
                    if told.blocked && stale.iter().any(|peer| peer.contact_id == contact.id) {
                        blocked.push(row.id);
                    }
                    continue;
                }
            };
            deliver::record_not_sent(&tx, row, row.state, &outcome, &mut moves).await?;
            self.progressed = true;
        }
        if !blocked.is_empty() {
            self.wait_for(&tx, LookupKind::Requirements, &blocked).await?;
        }
        together::set_texts(&tx, &written).await?;
        self.progressed |= !written.is_empty();
        if !stale.is_empty() {
            self.limits.keep(&tx).await?;
        }
        settle(self.app, &tx, moves).await?;
        crate::crash::point("prepare:before_commit");
        tx.commit().await?;
        crate::crash::point("prepare:committed");
        self.tell_drafts(&rows, &written);
        self.app.events.announce();
        self.account.lane.signal();
        self.stopped = told.stopped;
        Ok(())
    }

    /// Who watches a campaign is told that drafts wait for approval.
    fn tell_drafts(&self, rows: &[outbox::Model], written: &[Written]) {
        let drafts: HashSet<i64> = written
            .iter()
            .filter(|one| one.state == OutboxState::Draft)
            .map(|one| one.outbox_id)
            .collect();
        for row in rows.iter().filter(|row| drafts.contains(&row.id)) {
            if let Some(campaign_id) = row.campaign_id {
                self.app.pulse.drafted(campaign_id, 1, self.now);
            }
        }
    }

    /// Writes the texts of these rows. By id of the row; what cannot be written fails by name instead of waiting for ever.
    /// Those that an AI provider writes are begun, a few at once, and are there later.
    async fn write_all(
        &mut self,
        rows: impl Iterator<Item = &outbox::Model>,
        contacts: &HashMap<i64, contacts::Model>,
    ) -> AppResult<HashMap<i64, Text>> {
        let db = self.app.store.reader();
        let by_provider = self.app.ai.outreach().is_configured();
        let mut texts = HashMap::new();
        for row in rows {
            let Some(contact) = contacts.get(&row.contact_id) else {
                continue;
            };
            let Some(campaign) = campaign_of(db, row, &mut self.campaigns).await? else {
                continue;
            };
            if by_provider {
                drafting::begin(self.app, self.account, row, contact, campaign);
            } else {
                texts.insert(row.id, write(self.app, row, contact, campaign).await);
            }
        }
        Ok(texts)
    }

    /// Records what Telegram told of people; answers who is not written to, and why.
    async fn record_told<'t>(
        &mut self,
        tx: &Tx,
        told: &'t Requirements,
    ) -> AppResult<HashMap<i64, NotSent<'t>>> {
        let users: Vec<i64> = told.told.iter().map(|(peer, _)| peer.telegram_user_id).collect();
        if !users.is_empty() {
            prepare::remember_asked(tx, self.account.id, &users, self.now).await?;
        }
        let mut closed = HashMap::new();
        for (peer, reason) in &told.told {
            if let Some(reason) = reason {
                closed.insert(peer.contact_id, NotSent::Skipped { reason });
            }
        }
        for (peer, error, text) in &told.refused {
            let invalid = matches!(error, TelegramError::Refused(RefusedReason::InvalidPeer));
            if invalid {
                prepare::forget_peer(tx, self.account.id, peer.telegram_user_id).await?;
            }
            if invalid && !self.met.contains(&peer.contact_id) {
                // The key was old: the person is looked up anew.
                self.progressed = true;
                continue;
            }
            let outcome = match error {
                TelegramError::Refused(reason) => NotSent::Skipped {
                    reason: super::send::refusal_name(*reason),
                },
                _ => NotSent::Failed {
                    reason: "lookup_failed",
                    error: text,
                },
            };
            closed.insert(peer.contact_id, outcome);
        }
        Ok(closed)
    }
}

/// The campaign of a row, asked once for a step.
async fn campaign_of<'a, C: ConnectionTrait>(
    db: &C,
    row: &outbox::Model,
    known: &'a mut HashMap<i64, campaigns::Model>,
) -> AppResult<Option<&'a campaigns::Model>> {
    let Some(id) = row.campaign_id else {
        return Ok(None);
    };
    if !known.contains_key(&id)
        && let Some(campaign) = campaign::get(db, id).await?
    {
        known.insert(id, campaign);
    }
    Ok(known.get(&id))
}

/// A text, or why there is none.
pub(super) type Text = Result<Written, NotSent<'static>>;

pub(super) async fn write(
    app: &App,
    row: &outbox::Model,
    contact: &contacts::Model,
    campaign: &campaigns::Model,
) -> Text {
    let seed = row.random_id as u64;
    match draft::first_message(app, campaign, contact, seed, OUTREACH_DEADLINE_MS).await {
        Ok(draft) => Ok(Written {
            outbox_id: row.id,
            text: draft.text,
            facts: draft.facts,
            state: if campaign.approval == Approval::Manual {
                OutboxState::Draft
            } else {
                row.state
            },
        }),
        Err(error) => Err(NotSent::Failed {
            reason: "not_written",
            error,
        }),
    }
}
