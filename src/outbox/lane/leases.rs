//! What may be sent is leased: the gate is asked again, and another process leaves it alone.

use std::collections::{HashMap, HashSet};

use alfa_store::entity::outbox;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::lane::{self as store_lane, Lease};
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::outreach::together;
use alfa_store::types::{OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};

use super::Lane;
use crate::app::App;
use crate::campaigns::settle;
use crate::error::AppResult;
use crate::outbox::send::Leased;
use crate::outbox::turn::{Decision, decide, is_outdated, outdated, wish, without_peer};
use crate::outbox::{Manner, lease_until, outcome};
use crate::policy;

impl Lane {
    /// Asks the gate again and takes the leases, in one transaction. What may not be sent any more leaves the queue here.
    pub(super) async fn lease(&self, rows: Vec<outbox::Model>, now: UnixMillis) -> AppResult<Vec<Leased>> {
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
