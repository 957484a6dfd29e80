//! What an operator does in a dialog: writes, takes over, hands back, closes, records a stop.

use std::sync::Arc;

use alfa_store::entity::{dialogs, messages};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::takeover::{self, AI_KINDS};
use alfa_store::outreach::{people, plan, queued, react};
use alfa_store::types::{DialogOwner, MessageAuthor, MessageState, OutboxKind};
use alfa_store::{ConnectionTrait, Tx, UnixMillis};
use serde_json::json;

use super::stop;
use crate::accounts::state::none_sends;
use crate::app::App;
use crate::campaigns;
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};
use crate::once::{self, Made};
use crate::outbox::{self, prepare};
use crate::policy::{self, Intent, Person, Policy, Sendable, SkipReason, Verdict};

/// The longest message that Telegram takes, in characters.
pub const LONGEST_MESSAGE_CHARS: usize = 4_096;

/// What Telegram would take of a text that a person of the team wrote.
///
/// # Errors
/// Names `text` when nothing is left of it, or when it is too long.
pub(crate) fn text_to_send(text: &str) -> AppResult<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid("text", Message::new("message.empty")));
    }
    if text.chars().count() > LONGEST_MESSAGE_CHARS {
        let message = Message::new("message.too_long").with("most", LONGEST_MESSAGE_CHARS);
        return Err(AppError::invalid("text", message));
    }
    Ok(text)
}

/// Queues an operator's message. A person whom nobody has written to yet gets it under the pacing of new dialogs.
/// Writing takes the dialog over. The message stands in the history at once, as `queued`.
///
/// # Errors
/// No such contact, a text that Telegram would not take, no account, or the gate's refusal with its reason.
pub async fn send(app: &Arc<App>, contact_id: i64, text: &str) -> AppResult<messages::Model> {
    send_instead(app, contact_id, text, None).await
}

/// Sends an operator's message that was certainly not sent once more: a new one takes its place in the history.
///
/// # Errors
/// No such message, a message that is no operator's or did not fail, and those of [`send`].
pub async fn retry(app: &Arc<App>, message_id: i64) -> AppResult<messages::Model> {
    let failed = alfa_store::messages::get(app.store.reader(), message_id).await?;
    if failed.state != MessageState::Failed || failed.author != MessageAuthor::Operator {
        return Err(not_failed());
    }
    send_instead(app, failed.contact_id, &failed.text, Some(message_id)).await
}

fn not_failed() -> AppError {
    AppError::conflict("not_failed", Message::new("message.not_failed"))
}

async fn send_instead(
    app: &Arc<App>,
    contact_id: i64,
    text: &str,
    failed: Option<i64>,
) -> AppResult<messages::Model> {
    let text = text_to_send(text)?;
    let now = app.clock.now();
    let contact = alfa_store::contacts::get(app.store.reader(), contact_id).await?;
    let account_id = account_for(app, app.store.reader(), contact_id).await?;
    refuse_early(app, contact_id, account_id).await?;
    if let Some(account) = app.accounts.get(account_id) {
        prepare::ensure_peer(app, &account, &contact).await?;
    }
    let tx = app.begin().await?;
    if let Some(id) = failed
        && !alfa_store::messages::withdraw_failed(&tx, id).await?
    {
        return Err(not_failed());
    }
    let loaded = policy::people::load(app, &tx, &[contact_id], account_id).await?;
    let mut person = loaded
        .get(&contact_id)
        .ok_or_else(|| AppError::not_found("contact"))?
        .clone();
    let step = plan::next_step(&tx, None, contact_id).await?;
    if step > 0 {
        // The claim is of the operator's own message before this one, which is perhaps being sent just now.
        person.last_outreach_at = None;
    }
    let kind = if person.dialog_owner.is_some() {
        OutboxKind::Operator
    } else {
        OutboxKind::FirstMessage
    };
    if let Some(reason) = policy::refusal(&person, OutboxKind::Operator, &app.policy(), now) {
        return Err(refused(reason));
    }
    let intent = Intent {
        account_id,
        contact_id,
        campaign_id: None,
        dialog_step: step,
        kind,
        text: Some(text.to_owned()),
        facts: None,
        in_reply_to: None,
        not_before: now,
    };
    let sendable = admitted(&person, intent, &app.policy(), now).map_err(refused)?;
    let row = outbox::enqueue(&tx, sendable, &app.clock).await?;
    let message = queued::note(&tx, &row, outbox::author_of(&row), now).await?;
    once::made(&tx, &Made::Message { id: message.id }).await?;
    let mut moves = Moves::new();
    take_over_in(app, &tx, contact_id, "operator", &mut moves).await?;
    campaigns::settle(app, &tx, moves).await?;
    let body = json!({"id": message.id, "direction": "out", "state": "queued", "outbox_id": row.id});
    let event = Event::new(Topic::Message, body).contact(contact_id);
    app.events.append(&tx, &event, now).await?;
    crate::crash::point("send:before_commit");
    tx.commit().await?;
    crate::crash::point("send:committed");
    app.events.announce();
    wake(app, account_id);
    Ok(message)
}

/// The gate's word. A message that quiet hours hold up is queued for their end: they defer, they never refuse.
pub(crate) fn admitted(
    person: &Person,
    intent: Intent,
    policy: &Policy,
    now: UnixMillis,
) -> Result<Sendable, SkipReason> {
    let until = match policy::admit(person, intent.clone(), policy, now) {
        Verdict::Send(sendable) => return Ok(sendable),
        Verdict::Skip(reason) => return Err(reason),
        Verdict::Defer(until) => until,
    };
    let later = Intent {
        not_before: until,
        ..intent
    };
    // The lane asks again at that moment, with the quiet hours that hold then.
    let policy = Policy {
        quiet_hours: None,
        ..policy.clone()
    };
    match policy::admit(person, later, &policy, now) {
        Verdict::Send(sendable) => Ok(sendable),
        Verdict::Skip(reason) => Err(reason),
        Verdict::Defer(_) => Err(SkipReason::RecentlyContacted),
    }
}

/// Asks the gate before Telegram is asked about the person: who may not be written to is not looked up either.
pub(super) async fn refuse_early(app: &App, contact_id: i64, account_id: i64) -> AppResult<()> {
    let loaded = policy::people::load(app, app.store.reader(), &[contact_id], account_id).await?;
    let refusal = |person| policy::refusal(person, OutboxKind::Operator, &app.policy(), app.clock.now());
    loaded
        .get(&contact_id)
        .and_then(refusal)
        .map_or(Ok(()), |reason| Err(refused(reason)))
}

pub(super) fn refused(reason: SkipReason) -> AppError {
    AppError::Conflict {
        code: reason.as_str(),
        message: Message::new("message.not_allowed").with("reason", reason.as_str()),
        data: Some(json!({ "reason": reason })),
    }
}

/// The account that knows the person, else any that may send.
async fn account_for<C: ConnectionTrait>(app: &App, db: &C, contact_id: i64) -> AppResult<i64> {
    if let Some(dialog) = newest_dialog(app, db, contact_id).await? {
        return Ok(dialog.account_id);
    }
    let accounts = campaigns::sending_accounts(app).await?;
    match accounts.first() {
        Some(id) => Ok(*id),
        None => Err(none_sends(app).await?),
    }
}

pub(super) async fn newest_dialog<C: ConnectionTrait>(
    app: &App,
    db: &C,
    contact_id: i64,
) -> AppResult<Option<dialogs::Model>> {
    let rows = people::load(db, &[contact_id], app.clock.now()).await?;
    Ok(rows
        .into_iter()
        .flat_map(|row| row.dialogs)
        .max_by_key(|dialog| dialog.last_message_at))
}

/// A person of the team takes the dialog over: the AI is silent until it is handed back.
///
/// # Errors
/// When there is no such dialog.
pub async fn take_over(app: &Arc<App>, contact_id: i64) -> AppResult<dialogs::Model> {
    in_dialog(app, contact_id, async |tx, moves| {
        take_over_in(app, tx, contact_id, "operator", moves).await
    })
    .await
}

/// Hands the dialog back to the AI, which answers what nobody has answered.
///
/// # Errors
/// When there is no such dialog.
pub async fn hand_back(app: &Arc<App>, contact_id: i64) -> AppResult<dialogs::Model> {
    let dialog = in_dialog(app, contact_id, async |tx, _| {
        let now = app.clock.now();
        takeover::set_owner(tx, contact_id, DialogOwner::Ai, now).await?;
        react::reopen_left_to_human(tx, contact_id).await?;
        react::schedule(tx, contact_id, now).await?;
        announce(
            app,
            tx,
            contact_id,
            json!({"contact_id": contact_id, "owner": "ai"}),
        )
        .await
    });
    let dialog = dialog.await?;
    app.wakes.reactor.signal();
    Ok(dialog)
}

/// Closes the dialog: what the AI had queued is cancelled.
///
/// # Errors
/// When there is no such dialog.
pub async fn close(app: &Arc<App>, contact_id: i64) -> AppResult<dialogs::Model> {
    in_dialog(app, contact_id, async |tx, moves| {
        takeover::cancel_waiting(tx, contact_id, &AI_KINDS, "closed", moves).await?;
        takeover::close(tx, contact_id, "by_operator", app.clock.now()).await?;
        announce(
            app,
            tx,
            contact_id,
            json!({"contact_id": contact_id, "closed": true}),
        )
        .await
    })
    .await
}

/// Opens a closed dialog again. What was cancelled when it was closed stays so.
///
/// # Errors
/// When there is no such dialog; a conflict when the person has said stop.
pub async fn reopen(app: &Arc<App>, contact_id: i64) -> AppResult<dialogs::Model> {
    in_dialog(app, contact_id, async |tx, _| {
        if alfa_store::contacts::get(tx, contact_id)
            .await?
            .opted_out_at
            .is_some()
        {
            return Err(refused(SkipReason::OptedOut));
        }
        if alfa_store::dialogs::reopen(tx, contact_id).await? {
            announce(
                app,
                tx,
                contact_id,
                json!({"contact_id": contact_id, "closed": false}),
            )
            .await?;
        }
        Ok(())
    })
    .await
}

/// Records that a person wants no messages, told to the operator in another way.
///
/// # Errors
/// When there is no such contact.
pub async fn record_opt_out(app: &Arc<App>, contact_id: i64, recorded_by: &str) -> AppResult<()> {
    let tx = app.begin().await?;
    alfa_store::contacts::get(&tx, contact_id).await?;
    let mut moves = Moves::new();
    stop::revoke(app, &tx, contact_id, None, recorded_by, &mut moves).await?;
    campaigns::settle(app, &tx, moves).await?;
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

/// Gives the dialog to a person of the team, in the caller's transaction.
pub(super) async fn take_over_in(
    app: &App,
    tx: &Tx,
    contact_id: i64,
    by: &str,
    moves: &mut Moves,
) -> AppResult<()> {
    let cancelled = takeover::cancel_waiting(tx, contact_id, &AI_KINDS, "taken_over", moves).await?;
    react::unanswer(tx, &cancelled, Some(react::LEFT_TO_HUMAN)).await?;
    react::mark_all(tx, (None, contact_id), react::LEFT_TO_HUMAN, app.clock.now()).await?;
    if takeover::set_owner(tx, contact_id, DialogOwner::Human, app.clock.now()).await? {
        announce(
            app,
            tx,
            contact_id,
            json!({"contact_id": contact_id, "owner": "human", "by": by}),
        )
        .await?;
    }
    Ok(())
}

pub(super) async fn in_dialog(
    app: &Arc<App>,
    contact_id: i64,
    change: impl AsyncFnOnce(&Tx, &mut Moves) -> AppResult<()>,
) -> AppResult<dialogs::Model> {
    let tx = app.begin().await?;
    if newest_dialog(app, &tx, contact_id).await?.is_none() {
        return Err(AppError::not_found("dialog"));
    }
    let mut moves = Moves::new();
    change(&tx, &mut moves).await?;
    campaigns::settle(app, &tx, moves).await?;
    tx.commit().await?;
    app.events.announce();
    newest_dialog(app, app.store.reader(), contact_id)
        .await?
        .ok_or_else(|| AppError::not_found("dialog"))
}

pub(super) async fn announce(app: &App, tx: &Tx, contact_id: i64, body: serde_json::Value) -> AppResult<()> {
    app.events
        .append(
            tx,
            &Event::new(Topic::Dialog, body).contact(contact_id),
            app.clock.now(),
        )
        .await?;
    Ok(())
}

fn wake(app: &App, account_id: i64) {
    if let Some(account) = app.accounts.get(account_id) {
        account.lane.signal();
        account.prepare.signal();
    }
}
