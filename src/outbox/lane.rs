//! One lane per account: the only sender. All campaigns and all people of the team share it.
//!
//! Each step does one thing: it finds out the fate of a message whose outcome is unknown, or sends in a live dialog, or
//! begins the next dialog, or says when to look again. Campaigns take turns.

use std::sync::Arc;

use alfa_store::entity::{campaigns, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::lane::{self as store_lane, Lease};
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::types::{AccountState, CampaignState, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::UserClient;
use tokio::sync::Mutex;

use super::lease_until;
use super::outcome::{self, set_account};
use super::pacer::{self, Begun, History, Pace, Pacing};
use super::send::{Leased, Outcome, transmit};
use crate::accounts::Account;
use crate::app::App;
use crate::error::AppResult;
use crate::policy::{self, RECENT_MS, Verdict};
use crate::workers::Next;

/// Messages that go out together when pacing is off.
const UNPACED_BATCH: u64 = 64;
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
    last_campaign: Option<i64>,
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
                last_campaign: None,
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
        let mut state = self.state.lock().await;
        let account_id = self.account.id;
        let Some(client) = self.account.client() else {
            return Ok(Next::Idle);
        };
        let row = alfa_store::accounts::get(self.app.store.reader(), account_id).await?;
        let now = self.app.clock.now();
        let may_begin = match row.state {
            AccountState::Ready => true,
            AccountState::Restricted => false,
            AccountState::FloodWait => match row.state_until {
                Some(until) if until > now => return Ok(Next::At(until)),
                _ => {
                    let tx = self.app.begin().await?;
                    set_account(&self.app, &tx, account_id, AccountState::Ready, None, None).await?;
                    tx.commit().await?;
                    true
                }
            },
            _ => return Ok(Next::Idle),
        };
        let history = match state.history.take() {
            Some(history) => history,
            None => self.load_history().await?,
        };
        let pick = self
            .pick(&history, &mut state.last_campaign, may_begin, now)
            .await;
        state.history = Some(history);
        match pick? {
            Pick::Wait(until) => Ok(Next::At(until)),
            Pick::Nothing => Ok(Next::Idle),
            Pick::Rows(rows) => {
                let next = self.send(&client, rows, now, &mut state).await?;
                // There is room for the next drafts.
                self.account.prepare.signal();
                Ok(next)
            }
        }
    }

    async fn load_history(&self) -> AppResult<History> {
        let (db, id) = (self.app.store.reader(), self.account.id);
        let capacity = History::needed(&self.pacing(), LARGEST_BATCH);
        let begun = store_lane::begun(db, id, capacity as u64).await?;
        let begun = begun.into_iter().map(|row| Begun {
            at: row.at,
            random_id: row.random_id,
        });
        Ok(History::new(
            begun,
            store_lane::last_sent_at(db, id).await?,
            capacity,
        ))
    }

    async fn pick(
        &self,
        history: &History,
        last_campaign: &mut Option<i64>,
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
        let live = store_lane::due_in_dialogs(db, id, now, limit).await?;
        if !live.is_empty() {
            let slot = pacer::next_in_dialog(history, &pacing);
            if slot.at <= now {
                return Ok(Pick::Rows(live));
            }
            no_later(slot.at);
        }
        if may_begin {
            for (campaign_id, pace) in self.turns(*last_campaign).await? {
                let rows = store_lane::due_first(db, id, campaign_id, now, limit).await?;
                if rows.is_empty() {
                    continue;
                }
                let slot = pacer::next_new_dialog(history, &pace, &pacing);
                if slot.at <= now {
                    *last_campaign = campaign_id;
                    return Ok(Pick::Rows(rows));
                }
                no_later(slot.at);
            }
        }
        Ok(wait.map_or(Pick::Nothing, Pick::Wait))
    }

    /// The running campaigns in the order in which they may send: the one after the last first, then messages of none.
    async fn turns(&self, last: Option<i64>) -> AppResult<Vec<(Option<i64>, Pace)>> {
        let mut running = store_lane::running_campaigns(self.app.store.reader()).await?;
        let first = running
            .iter()
            .position(|campaign| Some(campaign.id) > last)
            .unwrap_or(0);
        running.rotate_left(first);
        let mut turns: Vec<_> = running
            .iter()
            .map(|campaign| (Some(campaign.id), pace_of(campaign)))
            .collect();
        turns.push((
            None,
            Pace {
                batch_size: pacer::RUN_LENGTH,
                delay_ms: None,
            },
        ));
        Ok(turns)
    }

    /// Leases what may be sent, sends it, and records what came of it. No transaction spans the call to Telegram.
    async fn send(
        &self,
        client: &UserClient,
        rows: Vec<outbox::Model>,
        now: UnixMillis,
        state: &mut State,
    ) -> AppResult<Next> {
        let leased = self.lease(rows, now).await?;
        if leased.is_empty() {
            return Ok(Next::Again);
        }
        crate::crash::point("lane:leased");
        let outcomes =
            futures::future::join_all(leased.iter().map(|leased| transmit(client, leased, now))).await;
        crate::crash::point("lane:sent");
        let batch: Vec<(Leased, Outcome)> = leased.into_iter().zip(outcomes).collect();
        let consequences = outcome::record(&self.app, batch).await?;
        if let Some(history) = state.history.as_mut() {
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
        if consequences.session_lost {
            self.account.lost();
            return Ok(Next::Idle);
        }
        Ok(consequences.pause_until.map_or(Next::Again, Next::At))
    }

    /// Asks the gate again and takes the lease, in one transaction. What may not be sent any more leaves the queue here.
    async fn lease(&self, rows: Vec<outbox::Model>, now: UnixMillis) -> AppResult<Vec<Leased>> {
        let app = &self.app;
        let tx = app.begin().await?;
        let mut moves = Moves::new();
        let contact_ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        let people = policy::people::load(app, &tx, &contact_ids, self.account.id).await?;
        let peers = prepare::peers(&tx, self.account.id, &contact_ids).await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            let peer = peers
                .iter()
                .find(|peer| peer.contact_id == row.contact_id)
                .copied();
            let (Some(person), Some(peer)) = (people.get(&row.contact_id), peer) else {
                let outcome = NotSent::Skipped {
                    reason: "no_telegram",
                };
                deliver::record_not_sent(&tx, &row, row.state, &outcome, &mut moves).await?;
                continue;
            };
            leased.extend(self.lease_one(&tx, row, person, peer, now, &mut moves).await?);
        }
        moves.apply(&tx).await?;
        tx.commit().await?;
        Ok(leased)
    }

    async fn lease_one(
        &self,
        tx: &Tx,
        row: outbox::Model,
        person: &policy::Person,
        peer: KnownPeer,
        now: UnixMillis,
        moves: &mut Moves,
    ) -> AppResult<Option<Leased>> {
        let again = row.state == OutboxState::Sending;
        let wish = wish(tx, &row).await?;
        match (again, wish) {
            (false, Wish::Waits) => return Ok(None),
            (false, Wish::Over(reason)) => {
                deliver::record_not_sent(tx, &row, row.state, &NotSent::Cancelled { reason }, moves).await?;
                return Ok(None);
            }
            _ => {}
        }
        // What was perhaps sent already has its claim and had the gate's word: it is repeated unless something has
        // forbidden it since; then the history must tell whether it was sent.
        let verdict = match wish {
            Wish::Stands if again => policy::admit_again(person, super::intent_of(&row), now),
            Wish::Stands => policy::admit(person, super::intent_of(&row), &self.app.policy(), now),
            Wish::Waits | Wish::Over(_) => Verdict::Defer(now),
        };
        let sendable = match verdict {
            Verdict::Send(sendable) => Some(sendable),
            Verdict::Skip(_) | Verdict::Defer(_) if again => None,
            Verdict::Skip(reason) => {
                let outcome = NotSent::Skipped {
                    reason: reason.as_str(),
                };
                deliver::record_not_sent(tx, &row, row.state, &outcome, moves).await?;
                return Ok(None);
            }
            Verdict::Defer(until) => {
                let outcome = NotSent::Deferred {
                    until,
                    reason: "quiet_hours",
                };
                deliver::record_not_sent(tx, &row, row.state, &outcome, moves).await?;
                return Ok(None);
            }
        };
        let begins = row.kind == OutboxKind::FirstMessage && !again;
        if begins && !store_lane::claim_outreach(tx, row.contact_id, now, RECENT_MS).await? {
            let outcome = NotSent::Skipped {
                reason: policy::SkipReason::RecentlyContacted.as_str(),
            };
            deliver::record_not_sent(tx, &row, row.state, &outcome, moves).await?;
            return Ok(None);
        }
        let lease = Lease {
            owner: &self.app.node,
            until: lease_until(now),
        };
        if !store_lane::lease(tx, &row, lease).await? {
            return Ok(None);
        }
        let row = outbox::Model {
            state: OutboxState::Sending,
            attempts: row.attempts + 1,
            ..row
        };
        Ok(Some(Leased { row, sendable, peer }))
    }
}

/// Whether a message that was queued is still wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Stands,
    /// Its campaign is paused: it keeps its place.
    Waits,
    Over(&'static str),
}

async fn wish(tx: &Tx, row: &outbox::Model) -> AppResult<Wish> {
    if row.kind == OutboxKind::FirstMessage
        && let Some(campaign_id) = row.campaign_id
    {
        let campaign = alfa_store::outreach::campaign::get(tx, campaign_id).await?;
        return Ok(match campaign.map(|campaign| campaign.state) {
            Some(CampaignState::Running) => Wish::Stands,
            Some(CampaignState::Paused) => Wish::Waits,
            _ => Wish::Over("campaign_cancelled"),
        });
    }
    let by_ai = matches!(row.kind, OutboxKind::FollowUp | OutboxKind::Reply);
    let answered = alfa_store::outreach::react::unhandled(tx, row.account_id, row.contact_id, 1);
    // The person wrote meanwhile: a newer answer is on its way.
    if by_ai && !answered.await?.is_empty() {
        Ok(Wish::Over("superseded"))
    } else {
        Ok(Wish::Stands)
    }
}

/// The pacing of an account under the present configuration.
pub fn pacing(app: &App, real_account: bool) -> Pacing {
    Pacing {
        enabled: app.config.pacing,
        real_account,
        new_dialogs_per_day: app.config.new_dialogs_per_day as usize,
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
