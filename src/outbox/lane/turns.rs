//! Whose turn it is, and when that one may go.

use alfa_store::UnixMillis;
use alfa_store::entity::outbox;
use alfa_store::outreach::lane as store_lane;
use alfa_store::types::OutboxKind;

use super::{Lane, UNPACED_BATCH, pace_of};
use crate::error::AppResult;
use crate::outbox::pacer::{self, History, Pace};
use crate::outbox::send::Leased;

/// Whose turn it was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Turns {
    /// The campaign that last began a dialog.
    pub(super) campaign: Option<i64>,
    /// After it a first message of an operator's own went out.
    own_since: bool,
}

impl Turns {
    /// After a message that may have left.
    pub(super) fn after(self, leased: &Leased) -> Self {
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

/// What the lane may send next.
pub(super) enum Pick {
    Rows(Vec<outbox::Model>),
    Wait(UnixMillis),
    Nothing,
}

impl Lane {
    /// What may be sent now.
    pub(super) async fn pick(
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
    pub(super) async fn next_turn(
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
}
