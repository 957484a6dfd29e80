//! What "stop" does: consent revoked, everything that waits cancelled, one confirmation, the dialog closed. For good.

use alfa_store::contacts::consent;
use alfa_store::entity::contacts;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::stages::{Cause, move_stage};
use alfa_store::outreach::{opt_out, react};
use alfa_store::types::{FunnelStage, OutboxKind};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use crate::app::App;
use crate::campaigns::draft::profile_of;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::outbox;
use crate::policy::{self, Intent, Verdict};
use crate::writing::compose::opt_out_confirmation;
use crate::writing::{guess_form, guess_language};

/// Obeys a stop that a person wrote to one of our accounts. Saying it again changes nothing and is not confirmed again.
pub(super) async fn apply(
    app: &App,
    tx: &Tx,
    contact: &contacts::Model,
    account_id: i64,
    message_id: i64,
    moves: &mut Moves,
) -> AppResult<()> {
    if contact.opted_out_at.is_some() {
        return Ok(());
    }
    revoke(app, tx, contact.id, Some(message_id), "contact", moves).await?;
    let kb = app.knowledge();
    let said = alfa_store::messages::get(tx, message_id).await?.text;
    let language = guess_language(&said).unwrap_or_else(|| profile_of(contact).writes_in());
    let seed = app.clock.random_u64();
    let Some(draft) = opt_out_confirmation(&kb, language, guess_form(&said).unwrap_or_default(), seed) else {
        return Ok(());
    };
    let people = policy::people::load(app, tx, &[contact.id], account_id).await?;
    let Some(person) = people.get(&contact.id) else {
        return Ok(());
    };
    let now = app.clock.now();
    let intent = Intent {
        account_id,
        contact_id: contact.id,
        campaign_id: None,
        dialog_step: 0,
        kind: OutboxKind::OptOutConfirmation,
        text: Some(draft.text),
        facts: None,
        in_reply_to: Some(message_id),
        not_before: now,
    };
    if let Verdict::Send(sendable) = policy::admit(person, intent, &app.policy(), now) {
        outbox::enqueue(tx, sendable, &app.clock).await?;
    }
    Ok(())
}

/// Revokes the consent and everything that rested on it.
///
/// # Errors
/// When the database fails.
pub(super) async fn revoke(
    app: &App,
    tx: &Tx,
    contact_id: i64,
    message_id: Option<i64>,
    recorded_by: &str,
    moves: &mut Moves,
) -> AppResult<()> {
    let now: UnixMillis = app.clock.now();
    let campaign_id = alfa_store::outreach::people::campaign_of(tx, contact_id).await?;
    let from: Vec<FunnelStage> = FunnelStage::ALL
        .iter()
        .copied()
        .filter(|stage| *stage != FunnelStage::OptedOut)
        .collect();
    let to = (from.as_slice(), FunnelStage::OptedOut);
    let cause = Cause {
        message_id,
        reason: None,
        by: recorded_by,
        at: now,
    };
    move_stage(tx, contact_id, campaign_id, to, &cause, moves).await?;
    let evidence = message_id.map(|id| format!("message:{id}"));
    consent::opt_out(tx, contact_id, recorded_by, evidence.as_deref(), now).await?;
    opt_out::apply(tx, contact_id, moves, now).await?;
    // What the person wrote just before the stop is not answered any more.
    react::mark_all(tx, (None, contact_id), "opt_out", now).await?;
    let body = json!({"contact_id": contact_id, "stage": "opted_out", "closed": true});
    app.events
        .append(tx, &Event::new(Topic::Dialog, body).contact(contact_id), now)
        .await?;
    Ok(())
}
