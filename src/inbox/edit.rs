//! Messages of ours that the team words anew: those that wait, and those that Telegram still lets be edited.

use std::sync::Arc;

use alfa_store::entity::messages;
use alfa_store::outreach::{known_peers, queued, receipts};
use alfa_store::types::{MessageDirection, MessageState};
use alfa_telegram::{PeerRef, TelegramError};
use serde_json::json;

use super::service::{refuse_early, text_to_send};
use crate::accounts::service::explain;
use crate::app::App;
use crate::clock::HOUR_MS;
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};

/// How long Telegram lets a message be edited, in milliseconds.
const EDITABLE_MS: i64 = 48 * HOUR_MS;

/// Gives a message of ours another text: in the queue as long as it waits, else in Telegram too. How it was worded first
/// is kept.
///
/// # Errors
/// `NotFound`; `Invalid` naming `text`; `Conflict` with the reason when it cannot be edited (any more).
pub async fn edit(app: &Arc<App>, message_id: i64, text: &str, by: &str) -> AppResult<messages::Model> {
    let text = text_to_send(text)?;
    let message = alfa_store::messages::get(app.store.reader(), message_id).await?;
    refuse(app, &message)?;
    if message.text == text {
        return Ok(message);
    }
    refuse_early(app, message.contact_id, message.account_id).await?;
    if message.state != MessageState::Queued {
        edit_in_telegram(app, &message, text).await?;
    }
    record(app, &message, text, by).await
}

fn refuse(app: &App, message: &messages::Model) -> AppResult<()> {
    let conflict = |code, key| Err(AppError::conflict(code, Message::new(key)));
    if message.direction != MessageDirection::Out {
        return conflict("not_ours", "message.edit_not_ours");
    }
    if message.state == MessageState::Failed || message.deleted_at.is_some() {
        return conflict("not_there", "message.edit_not_there");
    }
    let age_ms = app.clock.now().ms_since(message.sent_at);
    if message.state != MessageState::Queued && age_ms > EDITABLE_MS {
        return conflict("too_old", "message.edit_too_old");
    }
    Ok(())
}

async fn edit_in_telegram(app: &App, message: &messages::Model, text: &str) -> AppResult<()> {
    let there = |code, key| AppError::conflict(code, Message::new(key));
    let gone = || there("not_there", "message.edit_not_there");
    let id = message.telegram_message_id.ok_or_else(gone)?;
    let id = i32::try_from(id).map_err(AppError::internal)?;
    let account = app.accounts.get(message.account_id);
    let client = account
        .and_then(|account| account.client())
        .ok_or_else(|| explain(TelegramError::Closed))?;
    let known = known_peers(app.store.reader(), message.account_id, &[message.contact_id]).await?;
    let known = known.first().ok_or_else(gone)?;
    let peer = PeerRef {
        user_id: known.telegram_user_id,
        access_hash: known.access_hash,
    };
    client
        .edit_text(peer, id, text)
        .await
        .map_err(|error| match error {
            TelegramError::Rpc { ref name, .. } if name == "MESSAGE_EDIT_TIME_EXPIRED" => {
                there("too_old", "message.edit_too_old")
            }
            TelegramError::Rpc { .. } | TelegramError::Refused(_) => gone(),
            other => explain(other),
        })
}

async fn record(
    app: &Arc<App>,
    message: &messages::Model,
    text: &str,
    by: &str,
) -> AppResult<messages::Model> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    match (message.state, message.telegram_message_id) {
        (MessageState::Queued, _) => {
            if !queued::reword(&tx, message, text).await? {
                return Err(AppError::conflict(
                    "being_sent",
                    Message::new("message.edit_being_sent"),
                ));
            }
        }
        (_, Some(telegram_id)) => {
            let key = (message.account_id, message.contact_id);
            receipts::edited(&tx, key, telegram_id, text, now).await?;
        }
        (_, None) => {}
    }
    let subject = format!("message:{}", message.id);
    alfa_store::access::audit(&tx, by, "message.edit", &subject, None, now).await?;
    let body = json!({"id": message.id, "edited": true});
    let event = Event::new(Topic::Message, body).contact(message.contact_id);
    app.events.append(&tx, &event, now).await?;
    let row = alfa_store::messages::get(&tx, message.id).await?;
    tx.commit().await?;
    app.events.announce();
    Ok(row)
}
