//! After a gap that Telegram does not tell one by one, the histories of the dialogs that we know are read again. What is
//! stored already is recognised; what is new is handled as if it had just come.

use alfa_store::outreach::prepare;
use alfa_store::outreach::receive::{self, NewestInbound};
use alfa_telegram::{Incoming, IncomingMessage, Peer, PeerRef, TelegramError, UserClient};

use super::receive::handle;
use crate::accounts::Account;
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::error::AppResult;

/// Dialogs that are read again, the newest.
const MOST_DIALOGS: u64 = 500;
/// Messages of one call.
const PAGE_MESSAGES: usize = 100;
/// Calls for one dialog.
const MOST_PAGES: usize = 5;
/// How often a call that fails is repeated.
const MOST_TRIES: u32 = 5;
const RETRY_MS: i64 = 5 * SECOND_MS;

/// Reads the histories of the account's dialogs again.
///
/// # Errors
/// When the database fails.
pub(super) async fn histories(app: &App, account: &Account) -> AppResult<()> {
    let Some(client) = account.client() else {
        return Ok(());
    };
    let db = app.store.reader();
    let dialogs = receive::newest_inbound(db, account.id, MOST_DIALOGS).await?;
    tracing::warn!(
        account_id = account.id,
        dialogs = dialogs.len(),
        "histories are read again after a gap"
    );
    for dialog in dialogs {
        let known = prepare::peers(db, account.id, &[dialog.contact_id]).await?;
        let Some(known) = known.first() else { continue };
        let peer = Peer {
            reference: PeerRef {
                user_id: known.telegram_user_id,
                access_hash: known.access_hash,
            },
            first_name: None,
            last_name: None,
            username: None,
            phone: None,
            is_bot: false,
            is_deleted: false,
            is_contact: false,
        };
        for message in missed(app, &client, &peer, dialog).await {
            Box::pin(handle(app, account, &Incoming::Message(message))).await?;
        }
    }
    Ok(())
}

/// What the dialog says since the newest message of the person that is stored, oldest first.
async fn missed(app: &App, client: &UserClient, peer: &Peer, dialog: NewestInbound) -> Vec<IncomingMessage> {
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..MOST_PAGES {
        let Some(page) = page(app, client, peer.reference, before).await else {
            break;
        };
        let whole = page.len() == PAGE_MESSAGES;
        before = page.last().map(|message| message.id);
        found.extend(
            page.into_iter()
                .filter(|message| i64::from(message.id) > dialog.telegram_message_id),
        );
        let reached = before.is_none_or(|id| i64::from(id) <= dialog.telegram_message_id);
        if reached || !whole {
            break;
        }
    }
    found.reverse();
    let incoming = |message: alfa_telegram::HistoryMessage| IncomingMessage {
        id: message.id,
        peer: peer.clone(),
        text: message.text,
        out: message.out,
        random_id: None,
        has_media: message.has_media,
        date_ms: message.date_ms,
        edited_ms: message.edited_ms,
    };
    found.into_iter().map(incoming).collect()
}

async fn page(
    app: &App,
    client: &UserClient,
    peer: PeerRef,
    before: Option<i32>,
) -> Option<Vec<alfa_telegram::HistoryMessage>> {
    for _ in 0..MOST_TRIES {
        let wait_ms = match client.history(peer, PAGE_MESSAGES, before).await {
            Ok(page) => return Some(page),
            Err(TelegramError::FloodWait { seconds }) => i64::from(seconds) * SECOND_MS + 10 * SECOND_MS,
            Err(TelegramError::Refused(_) | TelegramError::Closed) => return None,
            Err(error) => {
                tracing::warn!(%error, "a history could not be read");
                RETRY_MS
            }
        };
        app.clock.sleep_ms(wait_ms).await;
    }
    None
}
