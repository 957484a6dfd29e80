//! One lane per account: the only sender. All campaigns and all people of the team share it.
//!
//! Each step does one thing: it finds out the fate of a message whose outcome is unknown, or sends in a live dialog, or
//! begins the next dialog, or says when to look again. Campaigns take turns: first it is found whose turn it is, and only
//! then when that campaign may go, so that a slow one is not starved by a quick one.

mod leases;
mod turns;

use std::sync::Arc;

use alfa_store::UnixMillis;
use alfa_store::entity::{campaigns, outbox};
use alfa_store::outreach::lane as store_lane;
use alfa_store::types::{AccountState, OutboxKind};
use alfa_telegram::UserClient;
use tokio::sync::Mutex;

use super::outcome;
use super::pacer::{self, Begun, History, Pace, Pacing};
use super::send::{Leased, Outcome, transmit};
use crate::accounts::{Account, state};
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::error::AppResult;
use crate::workers::Next;
use turns::{Pick, Turns};

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
