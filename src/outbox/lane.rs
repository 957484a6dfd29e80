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
use alfa_store::types::{AccountState, CampaignState, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::UserClient;
use tokio::sync::Mutex;

use super::lease_until;
use super::outcome;
use super::pacer::{self, Begun, History, Pace, Pacing};
use super::send::{Leased, Outcome, transmit};
use crate::accounts::{Account, state};
use crate::app::App;
use crate::campaigns::settle;
use crate::clock::{MINUTE_MS, SECOND_MS};
use crate::error::AppResult;
use crate::policy::{self, Verdict};
use crate::workers::Next;
use crate::writing::ToldFacts;

/// Messages that go out together when pacing is off.
const UNPACED_BATCH: u64 = 256;
/// Why an answer leaves the queue when the person wrote meanwhile.
pub(super) const SUPERSEDED: &str = "superseded";
/// A follow-up of a paused campaign is looked at again after this.
const PAUSED_RETRY_MS: i64 = 10 * MINUTE_MS;
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

    /// Leases what may be sent, sends it, and records what came of it. No transaction spans the call to Telegram.
    async fn send(
        &self,
        client: &UserClient,
        rows: Vec<outbox::Model>,
        now: UnixMillis,
        memory: &mut State,
    ) -> AppResult<Next> {
        let leased = self.lease(rows, now).await?;
        if leased.is_empty() {
            return Ok(Next::Again);
        }
        crate::crash::point("lane:leased");
        let outcomes = futures::future::join_all(
            leased
                .iter()
                .map(|leased| transmit(&self.app.store, client, leased, now)),
        )
        .await;
        crate::crash::point("lane:sent");
        let batch: Vec<(Leased, Outcome)> = leased.into_iter().zip(outcomes).collect();
        memory.turns = batch.iter().fold(memory.turns, Turns::after);
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
        let mut outdated = false;
        for row in rows {
            if tells_expired_fact(app, &row) && prepare::take_text_back(&tx, row.id).await? {
                outdated = true;
                continue;
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
        if outdated {
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
    /// A turn is over once a message may have left; one that certainly did not leave keeps it.
    fn after(self, (leased, outcome): &(Leased, Outcome)) -> Self {
        let left = matches!(outcome, Outcome::Sent { .. } | Outcome::Unknown(_));
        match leased.row.campaign_id {
            _ if !left || leased.row.kind != OutboxKind::FirstMessage => self,
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

/// Whether a first message, written ahead, tells a fact that does not hold any more. What perhaps left already is not
/// written anew.
fn tells_expired_fact(app: &App, row: &outbox::Model) -> bool {
    let first = row.kind == OutboxKind::FirstMessage && row.campaign_id.is_some();
    if !first || row.state == OutboxState::Sending {
        return false;
    }
    let Some(told) = row
        .facts
        .as_deref()
        .and_then(|facts| serde_json::from_str::<ToldFacts>(facts).ok())
    else {
        return false;
    };
    let (kb, today) = (app.knowledge(), app.today());
    told.facts.iter().any(|told| {
        let fact = kb
            .product(told.product_id)
            .and_then(|product| product.fact(&told.attribute));
        !fact.is_some_and(|fact| fact.is_live(today))
    })
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

/// What becomes of a message whose person the account cannot address (any more): the person is looked up anew. Whether an
/// earlier send of it arrived cannot be found out without the address.
fn without_peer(row: &outbox::Model, now: UnixMillis) -> NotSent<'static> {
    if row.state == OutboxState::Sending {
        NotSent::Failed {
            reason: "unknown_outcome",
            error: "the account cannot address the person any more",
        }
    } else {
        super::look_up_anew(now)
    }
}

/// What becomes of a message whose turn it is.
enum Decision {
    /// It keeps its place.
    Stays,
    /// It leaves the queue, or waits until the policy allows it.
    Leaves(NotSent<'static>),
    /// It is sent with the gate's word; without it, for the reason given, its outcome is found out.
    Goes(Result<policy::Sendable, &'static str>),
}

fn decide(app: &App, row: &outbox::Model, person: &policy::Person, wish: Wish, now: UnixMillis) -> Decision {
    let again = row.state == OutboxState::Sending;
    match (again, wish) {
        // In the queue of live dialogs it would hold up those behind it.
        (false, Wish::Waits) if super::breaks_silence(row) => {
            return Decision::Leaves(NotSent::Deferred {
                until: now.plus_ms(PAUSED_RETRY_MS),
                reason: "paused",
            });
        }
        (false, Wish::Waits) => return Decision::Stays,
        (false, Wish::Over(reason)) => return Decision::Leaves(NotSent::Cancelled { reason }),
        _ => {}
    }
    // What was perhaps sent already has its claim and had the gate's word: it is repeated unless something has
    // forbidden it since; then the history must tell whether it was sent.
    let mut intent = super::intent_of(row);
    // An operator's second message to a stranger waited behind the first one: now there is a dialog.
    if row.campaign_id.is_none() && row.kind == OutboxKind::FirstMessage && person.dialog_owner.is_some() {
        intent.kind = OutboxKind::Operator;
    }
    let verdict = match wish {
        Wish::Stands if again => policy::admit_again(person, intent, now),
        Wish::Stands => policy::admit(person, intent, &app.policy(), now),
        Wish::Waits | Wish::Over(_) => Verdict::Defer(now),
    };
    match verdict {
        Verdict::Send(sendable) => Decision::Goes(Ok(sendable)),
        Verdict::Skip(reason) if again => Decision::Goes(Err(reason.as_str())),
        Verdict::Defer(_) if again => Decision::Goes(Err(match wish {
            Wish::Over(reason) => reason,
            Wish::Waits | Wish::Stands => "paused",
        })),
        Verdict::Skip(reason) => Decision::Leaves(NotSent::Skipped {
            reason: reason.as_str(),
        }),
        Verdict::Defer(until) => Decision::Leaves(NotSent::Deferred {
            until,
            reason: policy::wait_reason(person, &app.policy(), now),
        }),
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

/// `campaigns`: what the campaigns of this transaction's rows want.
async fn wish(tx: &Tx, row: &outbox::Model, campaigns: &mut HashMap<i64, Wish>) -> AppResult<Wish> {
    let breaks_silence = super::breaks_silence(row);
    if let Some(campaign_id) = row.campaign_id
        && (row.kind == OutboxKind::FirstMessage || breaks_silence)
    {
        let wish = match campaigns.get(&campaign_id) {
            Some(wish) => *wish,
            None => campaign_wish(tx, campaign_id).await?,
        };
        campaigns.insert(campaign_id, wish);
        if !(breaks_silence && wish == Wish::Stands) {
            return Ok(wish);
        }
    }
    let by_ai = row.kind == OutboxKind::FollowUp;
    let answered = alfa_store::outreach::react::unhandled(tx, row.account_id, row.contact_id, 1);
    // The person wrote meanwhile: a newer answer is on its way.
    if by_ai && !answered.await?.is_empty() {
        Ok(Wish::Over(SUPERSEDED))
    } else {
        Ok(Wish::Stands)
    }
}

async fn campaign_wish(tx: &Tx, campaign_id: i64) -> AppResult<Wish> {
    let campaign = alfa_store::outreach::campaign::get(tx, campaign_id).await?;
    Ok(match campaign.map(|campaign| campaign.state) {
        Some(CampaignState::Running) => Wish::Stands,
        Some(CampaignState::Paused) => Wish::Waits,
        _ => Wish::Over("campaign_cancelled"),
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
