//! What becomes of a message that was not sent, and of the question that it answers.

use alfa_store::outreach::campaign;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::lane as store_lane;
use alfa_store::outreach::prepare;
use alfa_store::outreach::react;
use alfa_store::outreach::takeover::{self, AI_KINDS};
use alfa_store::types::{CampaignState, DialogOwner, OutboxKind, OutboxState};
use alfa_store::{Tx, UnixMillis, entity::outbox};
use serde_json::json;

use super::Gathered;
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::outbox::send::{INVALID_PEER, Leased};
use crate::outbox::turn::SUPERSEDED;
use crate::policy::SkipReason;

/// Telegram does not take the key to this person: it is forgotten. The first time, the person is looked up anew.
pub(super) async fn invalid_peer(
    app: &App,
    tx: &Tx,
    leased: &Leased,
    now: UnixMillis,
    gathered: &mut Gathered,
) -> AppResult<()> {
    let row = &leased.row;
    prepare::forget_peer(tx, row.account_id, leased.peer.telegram_user_id).await?;
    let looked_up_anew = row.reason.as_deref() == Some(prepare::PEER_FOUND_AGAIN);
    let outcome = if leased.again || looked_up_anew {
        NotSent::Skipped { reason: INVALID_PEER }
    } else {
        crate::outbox::look_up_anew(now)
    };
    not_sent(app, tx, leased, outcome, gathered).await
}

/// A second, doubling up to a minute.
pub(super) fn retry_after_ms(unknown: i32) -> i64 {
    (SECOND_MS << unknown.saturating_sub(1).clamp(0, 6)).min(60 * SECOND_MS)
}

/// This attempt certainly did not send it: it waits for its turn again. What an earlier attempt may have sent keeps its
/// lease instead, until `again_at`: in the queue it could be cancelled as if nobody had received it.
pub(super) async fn back(
    app: &App,
    tx: &Tx,
    leased: &Leased,
    (not_before, again_at): (UnixMillis, UnixMillis),
    error: &str,
    gathered: &mut Gathered,
) -> AppResult<()> {
    if leased.again {
        return Ok(store_lane::keep_lease(tx, leased.row.id, again_at).await?);
    }
    let outcome = queued_again(tx, &leased.row, not_before, error).await?;
    not_sent(app, tx, leased, outcome, gathered).await
}

/// A message that was not sent waits again, unless its campaign has ended meanwhile: whoever ended it has not seen the
/// message, which was being sent, and nobody would look at it in the queue any more.
pub(super) async fn queued_again<'a>(
    tx: &Tx,
    row: &outbox::Model,
    not_before: UnixMillis,
    error: &'a str,
) -> AppResult<NotSent<'a>> {
    if row.kind == OutboxKind::FirstMessage
        && let Some(id) = row.campaign_id
    {
        let state = campaign::held_state(tx, id).await?;
        if !matches!(state, Some(CampaignState::Running | CampaignState::Paused)) {
            return Ok(NotSent::Cancelled {
                reason: "campaign_cancelled",
            });
        }
    }
    Ok(NotSent::Back {
        not_before,
        error: Some(error),
    })
}

/// What becomes of the question whose answer leaves the queue unsent: it is answered together with what the person wrote
/// since, or a person of the team answers it, and is told so.
pub(in crate::outbox) async fn keep_question(
    app: &App,
    tx: &Tx,
    row: &outbox::Model,
    outcome: &NotSent<'_>,
) -> AppResult<()> {
    let Some(question) = row.in_reply_to.filter(|_| AI_KINDS.contains(&row.kind)) else {
        return Ok(());
    };
    let now = app.clock.now();
    match outcome {
        NotSent::Cancelled { reason } if *reason == SUPERSEDED => {
            if react::unanswer(tx, &[question], None).await? > 0 {
                react::schedule(tx, row.contact_id, now).await?;
            }
        }
        // Who said stop is answered by nobody.
        NotSent::Skipped { reason } | NotSent::Cancelled { reason }
            if *reason == SkipReason::OptedOut.as_str() => {}
        NotSent::Skipped { reason } | NotSent::Cancelled { reason } | NotSent::Failed { reason, .. } => {
            if react::unanswer(tx, &[question], Some(react::LEFT_TO_HUMAN)).await? > 0 {
                takeover::set_owner(tx, row.contact_id, DialogOwner::Human, now).await?;
                let body = json!({
                    "contact_id": row.contact_id,
                    "owner": "human",
                    "notify": true,
                    "refused": reason,
                });
                let event = Event::new(Topic::Dialog, body)
                    .contact(row.contact_id)
                    .campaign(row.campaign_id);
                app.events.append(tx, &event, now).await?;
            }
        }
        NotSent::Back { .. } | NotSent::Deferred { .. } => {}
    }
    Ok(())
}

pub(super) async fn not_sent(
    app: &App,
    tx: &Tx,
    leased: &Leased,
    outcome: NotSent<'_>,
    gathered: &mut Gathered,
) -> AppResult<()> {
    let row = &leased.row;
    let back = !matches!(outcome, NotSent::Skipped { .. } | NotSent::Failed { .. });
    if !deliver::record_not_sent(tx, row, OutboxState::Sending, &outcome, &mut gathered.moves).await? {
        // The receiver was quicker: it was sent.
        return Ok(());
    }
    keep_question(app, tx, row, &outcome).await?;
    if row.kind == OutboxKind::FirstMessage && back {
        store_lane::release_outreach(tx, row.contact_id).await?;
    }
    let body = json!({"outbox_id": row.id, "state": outcome_name(&outcome)});
    let event = Event::new(Topic::Message, body)
        .contact(row.contact_id)
        .campaign(row.campaign_id);
    gathered.events.push(event);
    Ok(())
}

fn outcome_name(outcome: &NotSent<'_>) -> &'static str {
    match outcome {
        NotSent::Back { .. } => "queued",
        NotSent::Deferred { .. } => "deferred",
        NotSent::Skipped { .. } => "skipped",
        NotSent::Failed { .. } => "failed",
        NotSent::Cancelled { .. } => "cancelled",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_outcome_is_asked_after_again_ever_more_slowly() {
        assert_eq!(
            [1, 2, 3, 7, 30].map(retry_after_ms),
            [1_000, 2_000, 4_000, 60_000, 60_000]
        );
    }
}
