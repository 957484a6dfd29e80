//! Whether a message whose turn has come is still to be sent: what it tells, what its campaign wants, and what the gate
//! says now.

use std::collections::HashMap;

use alfa_store::entity::outbox;
use alfa_store::outreach::deliver::NotSent;
use alfa_store::outreach::takeover::AI_KINDS;
use alfa_store::types::{CampaignState, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis};

use crate::app::App;
use crate::clock::MINUTE_MS;
use crate::error::AppResult;
use crate::policy::{self, Verdict};
use crate::writing::ToldFacts;

/// Why an answer leaves the queue when the person wrote meanwhile.
pub(super) const SUPERSEDED: &str = "superseded";
/// Why a follow-up on silence leaves the queue when a fact that it tells was changed or has expired.
const OUTDATED: &str = "facts_changed";
/// A follow-up of a paused campaign is looked at again after this.
const PAUSED_RETRY_MS: i64 = 10 * MINUTE_MS;

/// Whether what the machine wrote tells a fact that does not hold any more, or that says something else by now. What
/// perhaps left already is not written anew.
pub(super) fn is_outdated(app: &App, row: &outbox::Model) -> bool {
    let written = match row.kind {
        OutboxKind::FirstMessage => row.campaign_id.is_some(),
        kind => AI_KINDS.contains(&kind),
    };
    if !written || row.state == OutboxState::Sending {
        return false;
    }
    let told = row
        .facts
        .as_deref()
        .and_then(|facts| serde_json::from_str::<ToldFacts>(facts).ok());
    told.is_some_and(|told| !told.still_hold(&app.knowledge(), app.today()))
}

/// What becomes of an answer or a follow-up that is outdated: the answer is written anew, the follow-up is given up.
pub(super) fn outdated(row: &outbox::Model) -> NotSent<'static> {
    NotSent::Cancelled {
        reason: if row.in_reply_to.is_some() {
            SUPERSEDED
        } else {
            OUTDATED
        },
    }
}

/// What becomes of a message whose person the account cannot address (any more): the person is looked up anew. Whether an
/// earlier send of it arrived cannot be found out without the address.
pub(super) fn without_peer(row: &outbox::Model, now: UnixMillis) -> NotSent<'static> {
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
pub(super) enum Decision {
    /// It keeps its place.
    Stays,
    /// It leaves the queue, or waits until the policy allows it.
    Leaves(NotSent<'static>),
    /// It is sent with the gate's word; without it, for the reason given, its outcome is found out.
    Goes(Result<policy::Sendable, &'static str>),
}

pub(super) fn decide(
    app: &App,
    row: &outbox::Model,
    person: &policy::Person,
    wish: Wish,
    now: UnixMillis,
) -> Decision {
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
pub(super) enum Wish {
    Stands,
    /// Its campaign is paused: it keeps its place.
    Waits,
    Over(&'static str),
}

/// `campaigns`: what the campaigns of this transaction's rows want.
pub(super) async fn wish(
    tx: &Tx,
    row: &outbox::Model,
    campaigns: &mut HashMap<i64, Wish>,
) -> AppResult<Wish> {
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
