//! One lane per account: the only sender. All campaigns and all people of the team share it.
//!
//! Each step does one thing: it finds out the fate of a message whose outcome is unknown, or sends in a live dialog, or
//! begins the next dialog, or says when to look again. Campaigns take turns: first it is found whose turn it is, and only
//! then when that campaign may go, so that a slow one is not starved by a quick one.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use alfa_store::entity::{campaigns, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::lane::{self as store_lane, Lease};
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::outreach::together;
use alfa_store::types::{AccountState, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::UserClient;
use tokio::sync::Mutex;

use super::lease_until;
use super::outcome;
use super::pacer::{self, Begun, History, Pace, Pacing};
use super::send::{Leased, Outcome, transmit};
use super::turn::{Decision, decide, is_outdated, outdated, wish, without_peer};
use crate::accounts::{Account, state};
use crate::app::App;
use crate::campaigns::settle;
use crate::clock::SECOND_MS;
use crate::error::AppResult;
use crate::policy;
use crate::workers::Next;

/// Messages that go out together when pacing is off.
const UNPACED_BATCH: u64 = 256;
/// Batches of one step when pacing is off; between steps the lane looks at its account's state.
const RUN_BATCHES: usize = 8;
/// The largest batch that a campaign may ask for.
pub const LARGEST_BATCH: usize = 500;

/// What a lane remembers between two steps.
pub struct Lane {
    app: Arc<App>,
    account: Arc<Account>,
    state: Mutex<State>,
}

struct State {
    history: Option<History>,
    turns: Turns,
}

/// Whose turn it was.
#[derive(Debug, Clone, Copy, Default)]
struct Turns {
    /// The campaign that last began a dialog.
    campaign: Option<i64>,
    /// After it a first message of an operator's own went out.
    own_since: bool,
}

/// What the lane may send next.
enum Pick {
    Rows(Vec<outbox::Model>),
    Wait(UnixMillis),
    Nothing,
}

impl Lane {
    /// The lane of an account.
    pub fn new(app: Arc<App>, account: Arc<Account>) -> Arc<Self> {
        Arc::new(Self {
            app,
            account,
            state: Mutex::new(State {
                history: None,
                turns: Turns::default(),
            }),
        })
    }

    fn pacing(&self) -> Pacing {
        pacing(&self.app, self.account.is_real())
    }

    /// Does the next thing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step(self: Arc<Self>) -> AppResult<Next> {
        let mut memory = self.state.lock().await;
        let account_id = self.account.id;
        let Some(client) = self.account.client() else {
            return Ok(Next::Idle);
        };
        let row = alfa_store::accounts::get(self.app.store.reader(), account_id).await?;
        let now = self.app.clock.now();
        let may_begin = match row.state {
            AccountState::Ready => row.restriction.is_none(),
            AccountState::Restricted => match row.state_until {
                Some(until) if until > now => return Ok(Next::At(until)),
                _ => false,
            },
            AccountState::FloodWait => match row.state_until {
                Some(until) if until > now => return Ok(Next::At(until)),
                _ => {
                    let (to, reason) = state::at_work(&row);
                    let tx = self.app.begin().await?;
                    state::change(&self.app, &tx, &row, to, reason, None).await?;
                    tx.commit().await?;
                    // Read again: somebody may have been quicker.
                    return Ok(Next::Again);
                }
            },
            _ => return Ok(Next::Idle),
        };
        // What the receiver recorded as sent is not in the history that this lane keeps.
        let recorded = self.account.take_recorded_elsewhere();
        let needed = History::needed(&self.pacing(), LARGEST_BATCH);
        let fits = |history: &History| !recorded && history.remembers(needed);
        let history = match memory.history.take().filter(fits) {
            Some(history) => history,
            None => {
                let (history, campaign) = self.load_history(now).await?;
                // After a restart the messages themselves tell whose turn it was.
                memory.turns.campaign = memory.turns.campaign.or(campaign);
                history
            }
        };
        let pick = self.pick(&history, memory.turns, may_begin, now).await;
        memory.history = Some(history);
        match pick? {
            Pick::Wait(until) => Ok(Next::At(until)),
            Pick::Nothing => Ok(Next::Idle),
            Pick::Rows(rows) => {
                let next = self.send(&client, rows, now, &mut memory).await?;
                // There is room for the next drafts.
                self.account.prepare.signal();
                Ok(next)
            }
        }
    }

    /// What the account has sent, and the campaign that last began a dialog.
    async fn load_history(&self, now: UnixMillis) -> AppResult<(History, Option<i64>)> {
        // Telegram tells whole seconds: it was in this second, at its end at the latest.
        let latest = |at: UnixMillis| at.plus_ms(SECOND_MS - 1).min(now);
        let (db, id) = (self.app.store.reader(), self.account.id);
        let capacity = History::needed(&self.pacing(), LARGEST_BATCH);
        let begun = store_lane::begun(db, id, capacity as u64).await?;
        let campaign = begun.iter().rev().find_map(|row| row.campaign_id);
        let begun = begun.into_iter().map(|row| Begun {
            at: latest(row.at),
            random_id: row.random_id,
        });
        let last_sent_at = store_lane::last_sent_at(db, id).await?.map(latest);
        Ok((History::new(begun, last_sent_at, capacity), campaign))
    }

    async fn pick(
        &self,
        history: &History,
        turns: Turns,
        may_begin: bool,
        now: UnixMillis,
    ) -> AppResult<Pick> {
        let (db, id, pacing) = (self.app.store.reader(), self.account.id, self.pacing());
        let limit = if pacing.enabled { 1 } else { UNPACED_BATCH };
        let unknown = store_lane::unknown_outcomes(db, id, &self.app.node, now, limit).await?;
        if !unknown.is_empty() {
            return Ok(Pick::Rows(unknown));
        }
        let mut wait = store_lane::next_due(db, id, now).await?;
        let mut no_later = |at: UnixMillis| wait = Some(wait.map_or(at, |other| other.min(at)));
        // A limited account still answers who wrote, and breaks nobody's silence.
        let live = store_lane::due_in_dialogs(db, id, now, limit, !may_begin).await?;
        if !live.is_empty() {
            let slot = pacer::next_in_dialog(history, &pacing);
            if slot.at <= now {
                return Ok(Pick::Rows(live));
            }
            no_later(slot.at);
        }
        if may_begin && let Some((rows, pace)) = self.next_turn(turns, now, limit).await? {
            // Nobody else goes before it, however long its gap is: else who asks for short ones would go always.
            let slot = pacer::next_new_dialog(history, &pace, &pacing);
            if slot.at <= now {
                return Ok(Pick::Rows(rows));
            }
            no_later(slot.at);
        }
        Ok(wait.map_or(Pick::Nothing, Pick::Wait))
    }

    /// The messages whose turn it is to begin a dialog: an operator's own between two of campaigns, then those of the
    /// running campaign after the last one, among those that have something due.
    async fn next_turn(
        &self,
        last: Turns,
        now: UnixMillis,
        limit: u64,
    ) -> AppResult<Option<(Vec<outbox::Model>, Pace)>> {
        let db = self.app.store.reader();
        let mut running = store_lane::running_campaigns(db).await?;
        let first = running
            .iter()
            .position(|campaign| Some(campaign.id) > last.campaign)
            .unwrap_or(0);
        running.rotate_left(first);
        let own = Pace {
            batch_size: pacer::RUN_LENGTH,
            delay_ms: None,
        };
        let mut turns: Vec<(Option<i64>, Pace)> = running
            .iter()
            .map(|campaign| (Some(campaign.id), pace_of(campaign)))
            .collect();
        let place = if last.own_since { turns.len() } else { 0 };
        turns.insert(place, (None, own));
        for (campaign_id, pace) in turns {
            let rows = store_lane::due_first(db, self.account.id, campaign_id, now, limit).await?;
            if !rows.is_empty() {
                return Ok(Some((rows, pace)));
            }
        }
        Ok(None)
    }

    /// Leases what may be sent, sends it, and records what came of it. No transaction spans the call to Telegram. With
    /// pacing off neither waits for the other: while a batch is on its way, the one before it is recorded and the next one
    /// leased.
    async fn send(
        &self,
        client: &UserClient,
        rows: Vec<outbox::Model>,
        now: UnixMillis,
        memory: &mut State,
    ) -> AppResult<Next> {
        let mut leased = self.lease(rows, now).await?;
        let batches = if self.pacing().enabled { 1 } else { RUN_BATCHES };
        let mut sent = Vec::new();
        for left in (0..batches).rev() {
            if leased.is_empty() {
                break;
            }
            crate::crash::point("lane:leased");
            let now = self.app.clock.now();
            let sending = leased
                .iter()
                .map(|leased| transmit(&self.app.store, client, leased, now));
            let (outcomes, ahead) = futures::join!(
                futures::future::join_all(sending),
                self.between(std::mem::take(&mut sent), &leased, left > 0, memory)
            );
            crate::crash::point("lane:sent");
            let smooth = outcomes.iter().all(Outcome::is_sent);
            sent = leased.into_iter().zip(outcomes).collect();
            leased = match ahead {
                Ok(ahead) => ahead.unwrap_or_default(),
                Err(error) => {
                    self.record(sent, memory).await?;
                    return Err(error);
                }
            };
            if !smooth {
                // What was leased ahead stays here.
                sent.extend(leased.drain(..).map(|leased| (leased, Outcome::NotConnected)));
            }
        }
        self.record(sent, memory).await
    }

    /// While a batch is on its way: records the one before it, and leases the next if there is to be one. Whoever wrote
    /// is not kept waiting by it.
    async fn between(
        &self,
        before: Vec<(Leased, Outcome)>,
        on_its_way: &[Leased],
        more: bool,
        memory: &mut State,
    ) -> AppResult<Option<Vec<Leased>>> {
        if !before.is_empty() {
            self.record(before, memory).await?;
        }
        if !more {
            return Ok(None);
        }
        let now = self.app.clock.now();
        let (db, id) = (self.app.store.reader(), self.account.id);
        if !store_lane::due_in_dialogs(db, id, now, 1, false)
            .await?
            .is_empty()
        {
            return Ok(None);
        }
        let turns = on_its_way.iter().fold(memory.turns, Turns::after);
        match self.next_turn(turns, now, UNPACED_BATCH).await? {
            Some((rows, _)) => self.lease(rows, now).await.map(Some),
            None => Ok(None),
        }
    }

    /// Records what became of a batch, in the database and in what the lane remembers.
    async fn record(&self, batch: Vec<(Leased, Outcome)>, memory: &mut State) -> AppResult<Next> {
        if batch.is_empty() {
            return Ok(Next::Again);
        }
        memory.turns = batch
            .iter()
            // One that certainly did not leave keeps its turn.
            .filter(|(_, outcome)| matches!(outcome, Outcome::Sent { .. } | Outcome::Unknown(_)))
            .map(|(leased, _)| leased)
            .fold(memory.turns, Turns::after);
        let consequences = outcome::record(&self.app, batch).await?;
        if let Some(history) = memory.history.as_mut() {
            for (kind, at, random_id) in &consequences.sent {
                if *kind == OutboxKind::FirstMessage {
                    history.record_begun(Begun {
                        at: *at,
                        random_id: *random_id,
                    });
                } else {
                    history.record_sent(*at);
                }
            }
        }
        if let Some(reason) = consequences.session_lost {
            self.account.lost(reason);
            return Ok(Next::Idle);
        }
        Ok(consequences.pause_until.map_or(Next::Again, Next::At))
    }

    /// Asks the gate again and takes the leases, in one transaction. What may not be sent any more leaves the queue here.
    async fn lease(&self, rows: Vec<outbox::Model>, now: UnixMillis) -> AppResult<Vec<Leased>> {
        if may_go_together(&rows)
            && let Some(leased) = self.lease_as(rows.clone(), now, Manner::Together).await?
        {
            return Ok(leased);
        }
        // Somebody was quicker with one of them: row by row it shows with which.
        let leased = self.lease_as(rows, now, Manner::OneByOne).await?;
        Ok(leased.unwrap_or_default())
    }

    /// Answers nothing, and changes nothing, when the rows cannot be leased together.
    async fn lease_as(
        &self,
        rows: Vec<outbox::Model>,
        now: UnixMillis,
        manner: Manner,
    ) -> AppResult<Option<Vec<Leased>>> {
        let app = &self.app;
        let tx = app.begin().await?;
        let mut moves = Moves::new();
        let contact_ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let people = policy::people::load(app, &tx, &contact_ids, self.account.id).await?;
        let peers = prepare::peers(&tx, self.account.id, &contact_ids).await?;
        let peers: HashMap<i64, KnownPeer> = peers.into_iter().map(|peer| (peer.contact_id, peer)).collect();
        let mut wishes = HashMap::new();
        let mut going = Vec::with_capacity(rows.len());
        let mut unwritten = false;
        for row in rows {
            if is_outdated(app, &row) {
                if row.kind != OutboxKind::FirstMessage {
                    leave(app, &tx, &row, &outdated(&row), &mut moves).await?;
                    continue;
                }
                if prepare::take_text_back(&tx, row.id).await? {
                    unwritten = true;
                    continue;
                }
            }
            let (Some(person), Some(&peer)) = (people.get(&row.contact_id), peers.get(&row.contact_id))
            else {
                let outcome = without_peer(&row, now);
                leave(app, &tx, &row, &outcome, &mut moves).await?;
                continue;
            };
            let wish = wish(&tx, &row, &mut wishes).await?;
            match decide(app, &row, person, wish, now) {
                Decision::Stays => {}
                Decision::Leaves(outcome) => leave(app, &tx, &row, &outcome, &mut moves).await?,
                Decision::Goes(sendable) => going.push(Leased {
                    again: row.state == OutboxState::Sending,
                    row,
                    sendable,
                    peer,
                }),
            }
        }
        let leased = match manner {
            Manner::Together => match self.take_together(&tx, going, now).await? {
                Some(leased) => leased,
                None => {
                    tx.rollback().await?;
                    return Ok(None);
                }
            },
            Manner::OneByOne => self.take_each(&tx, going, now, &mut moves).await?,
        };
        settle(app, &tx, moves).await?;
        crate::crash::point("lane:before_lease");
        tx.commit().await?;
        app.events.announce();
        app.wakes.reactor.signal();
        if unwritten {
            self.account.prepare.signal();
        }
        Ok(Some(leased))
    }

    async fn take_together(
        &self,
        tx: &Tx,
        going: Vec<Leased>,
        now: UnixMillis,
    ) -> AppResult<Option<Vec<Leased>>> {
        if going.is_empty() {
            return Ok(Some(going));
        }
        let contact_ids: Vec<i64> = going.iter().map(|leased| leased.row.contact_id).collect();
        let rows: Vec<&outbox::Model> = going.iter().map(|leased| &leased.row).collect();
        let all = together::claim_outreach(tx, &contact_ids, now, self.app.policy().recent_ms).await?
            && together::lease(tx, &rows, self.lease_from(now)).await?;
        Ok(all.then(|| going.into_iter().map(Leased::taken).collect()))
    }

    async fn take_each(
        &self,
        tx: &Tx,
        going: Vec<Leased>,
        now: UnixMillis,
        moves: &mut Moves,
    ) -> AppResult<Vec<Leased>> {
        let mut leased = Vec::with_capacity(going.len());
        let recent_ms = self.app.policy().recent_ms;
        for one in going {
            let row = &one.row;
            let kind = one.sendable.as_ref().ok().map(|sendable| sendable.intent().kind);
            let begins = kind == Some(OutboxKind::FirstMessage) && row.state != OutboxState::Sending;
            if begins && !store_lane::claim_outreach(tx, row.contact_id, now, recent_ms).await? {
                let outcome = NotSent::Skipped {
                    reason: policy::SkipReason::RecentlyContacted.as_str(),
                };
                deliver::record_not_sent(tx, row, row.state, &outcome, moves).await?;
                continue;
            }
            if store_lane::lease(tx, row, self.lease_from(now)).await? {
                leased.push(one.taken());
            }
        }
        Ok(leased)
    }

    fn lease_from(&self, now: UnixMillis) -> Lease<'_> {
        Lease {
            owner: &self.app.node,
            until: lease_until(now),
        }
    }
}

impl Turns {
    /// After a message that may have left.
    fn after(self, leased: &Leased) -> Self {
        match leased.row.campaign_id {
            _ if leased.row.kind != OutboxKind::FirstMessage => self,
            None => Self {
                own_since: true,
                ..self
            },
            campaign => Self {
                campaign,
                own_since: false,
            },
        }
    }
}

/// How the rows of a batch are leased: with one statement for all, or each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Together,
    OneByOne,
}

/// Takes a message out of the queue, or puts it off; the question that it answers is not lost with it.
async fn leave(
    app: &App,
    tx: &Tx,
    row: &outbox::Model,
    outcome: &NotSent<'_>,
    moves: &mut Moves,
) -> AppResult<()> {
    if deliver::record_not_sent(tx, row, row.state, outcome, moves).await? {
        outcome::keep_question(app, tx, row, outcome).await?;
    }
    Ok(())
}

/// Several first messages of a campaign that were not tried yet, to different people.
fn may_go_together(rows: &[outbox::Model]) -> bool {
    let people: HashSet<i64> = rows.iter().map(|row| row.contact_id).collect();
    rows.len() > 1
        && people.len() == rows.len()
        && rows.iter().all(|row| {
            row.kind == OutboxKind::FirstMessage
                && row.state != OutboxState::Sending
                && row.campaign_id.is_some()
        })
}

/// The pacing of an account under the present settings.
pub fn pacing(app: &App, real_account: bool) -> Pacing {
    let settings = app.settings();
    Pacing {
        enabled: app.config.pacing,
        real_account,
        new_dialogs_per_day: settings.new_dialogs_per_day as usize,
        gap_ms: settings.pause_ms,
        reply_gap_ms: 1_000,
    }
}

/// The pace that a campaign asks for.
pub fn pace_of(campaign: &campaigns::Model) -> Pace {
    let batch_size = usize::try_from(campaign.batch_size)
        .unwrap_or(pacer::RUN_LENGTH)
        .clamp(1, LARGEST_BATCH);
    Pace {
        batch_size,
        delay_ms: campaign.delay_ms,
    }
}
