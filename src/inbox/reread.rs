//! After a gap that Telegram does not tell one by one, its list of conversations says where something happened, and their
//! histories are read again. What is stored already is recognised; what is new is handled as if it had just come.

use alfa_telegram::{Conversation, HistoryMessage, Incoming, IncomingMessage, TelegramError, UserClient};

use super::keep::keep;
use crate::accounts::Account;
use crate::accounts::service::explain;
use crate::app::App;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::error::{AppError, AppResult};

/// Calls for the list of conversations, of up to 100 each.
const MOST_LIST_CALLS: usize = 20;
/// Messages of one call for a history.
const PAGE_MESSAGES: usize = 100;
/// Calls for one history.
const MOST_PAGES: usize = 10;
/// What is read again reaches this far behind the last moment that is known to be received.
const MARGIN_MS: i64 = MINUTE_MS;
/// How far back is read when that moment is not known.
const UNKNOWN_GAP_MS: i64 = DAY_MS;

/// Reads again what happened in the account's private conversations since `since_ms`.
///
/// # Errors
/// When Telegram cannot be asked now: nothing may be committed before everything was read.
pub(super) async fn histories(
    app: &App,
    account: &Account,
    client: &UserClient,
    since_ms: Option<i64>,
) -> AppResult<()> {
    let known_ms = since_ms.unwrap_or_else(|| app.clock.now().0 - UNKNOWN_GAP_MS);
    let since_ms = known_ms - MARGIN_MS;
    tracing::warn!(
        account_id = account.id,
        since_ms,
        "conversations are read again after a gap"
    );
    let mut place = None;
    for _ in 0..MOST_LIST_CALLS {
        let page = match client.conversations(place.as_ref()).await {
            Ok(page) => page,
            // The next login begins a new sequence of updates.
            Err(TelegramError::SessionLost(_)) => return Ok(()),
            Err(error) => return Err(explain(error)),
        };
        for conversation in &page.conversations {
            if conversation.newest_ms >= since_ms {
                read_again(app, account, client, conversation, since_ms).await?;
            }
        }
        match page.next {
            Some(next) => place = Some(next),
            None => return Ok(()),
        }
    }
    tracing::error!(
        account_id = account.id,
        "there are more conversations than are read again after a gap"
    );
    Ok(())
}

async fn read_again(
    app: &App,
    account: &Account,
    client: &UserClient,
    conversation: &Conversation,
    since_ms: i64,
) -> AppResult<()> {
    for message in missed(account, client, conversation, since_ms).await? {
        let incoming = Incoming::Message(IncomingMessage {
            id: message.id,
            peer: conversation.peer.clone(),
            text: message.text,
            out: message.out,
            random_id: None,
            has_media: message.has_media,
            date_ms: message.date_ms,
            edited_ms: message.edited_ms,
        });
        if !keep(app, account, client, &incoming).await {
            return Err(explain(TelegramError::Closed));
        }
    }
    Ok(())
}

/// What the conversation says since then, oldest first.
async fn missed(
    account: &Account,
    client: &UserClient,
    conversation: &Conversation,
    since_ms: i64,
) -> Result<Vec<HistoryMessage>, AppError> {
    let peer = conversation.peer.reference;
    let mut found = Vec::new();
    let mut before = None;
    for _ in 0..MOST_PAGES {
        let page = match client.history(peer, PAGE_MESSAGES, before).await {
            Ok(page) => page,
            // Nobody can be addressed there any more; the other conversations are read all the same.
            Err(error @ (TelegramError::Refused(_) | TelegramError::Rpc { .. })) => {
                tracing::error!(account_id = account.id, %error, "a history could not be read");
                break;
            }
            Err(error) => return Err(explain(error)),
        };
        let whole = page.len() == PAGE_MESSAGES;
        let reached = page.last().is_none_or(|oldest| oldest.date_ms < since_ms);
        before = page.last().map(|oldest| oldest.id);
        found.extend(page.into_iter().filter(|message| message.date_ms >= since_ms));
        if reached || !whole {
            break;
        }
    }
    found.reverse();
    Ok(found)
}
