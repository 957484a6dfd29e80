//! Storing what Telegram tells, whatever happens: a failure that passes is waited out, and an update that can never be
//! stored is set aside by name, so that it does not hold up all that come after it.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use alfa_store::StoreError;
use alfa_store::outreach::set_aside::{self, SetAside};
use alfa_telegram::{Incoming, UserClient};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;

use super::receive::handle;
use crate::accounts::Account;
use crate::app::App;
use crate::clock::{MINUTE_MS, SECOND_MS};
use crate::error::{AppError, AppResult};
use crate::events::{Event, Topic};

/// How often one update is tried that fails for a reason which does not pass.
const MOST_TRIES: u32 = 5;
/// Pauses between two tries; they double.
const FIRST_PAUSE_MS: i64 = SECOND_MS;
const LONGEST_PAUSE_MS: i64 = MINUTE_MS;
/// Messages of one update that are named when it is set aside.
const NAMED_MESSAGES: usize = 100;

/// Stores an update, or sets it aside. Answers false when the client was closed before: the update comes again.
pub(super) fn keep<'a>(
    app: &'a App,
    account: &'a Account,
    client: &'a UserClient,
    update: &'a Incoming,
) -> BoxFuture<'a, bool> {
    async move {
        let (mut pause_ms, mut lasting) = (FIRST_PAUSE_MS, 0);
        loop {
            let tried = AssertUnwindSafe(handle(app, account, client, update)).catch_unwind();
            let failure = match tried.await {
                Ok(Ok(())) => return true,
                Ok(Err(error)) => Some(error),
                Err(_panic) => None,
            };
            if client.is_closed() {
                return false;
            }
            match &failure {
                Some(error) => {
                    tracing::error!(account_id = account.id, %error, "an update could not be stored");
                }
                None => tracing::error!(account_id = account.id, "storing an update panicked"),
            }
            let mut wait_ms = pause_ms;
            if let Some(error) = failure.as_ref().filter(|error| passes(error)) {
                wait_ms = asked_to_wait_ms(error).unwrap_or(pause_ms);
            } else {
                lasting += 1;
                let code = failure.as_ref().map_or("panic", AppError::code);
                if lasting >= MOST_TRIES && give_up(app, account, update, code).await.is_ok() {
                    return true;
                }
            }
            let _stalled = client.stall();
            app.clock.sleep_ms(wait_ms).await;
            pause_ms = (pause_ms * 2).min(LONGEST_PAUSE_MS);
        }
    }
    .boxed()
}

/// Whether the same change may well succeed later: the database or Telegram is busy or away.
fn passes(error: &AppError) -> bool {
    match error {
        AppError::Unavailable { .. } | AppError::TooManyRequests { .. } => true,
        AppError::Internal(cause) => cause
            .downcast_ref::<StoreError>()
            .is_some_and(StoreError::is_passing),
        _ => false,
    }
}

/// A flood wait of Telegram's is kept, with the margin that lanes keep too.
fn asked_to_wait_ms(error: &AppError) -> Option<i64> {
    let AppError::TooManyRequests { retry_after_s } = error else {
        return None;
    };
    let wait = Duration::from_secs(*retry_after_s).as_millis();
    Some(i64::try_from(wait).unwrap_or(i64::MAX / 2) + 10 * SECOND_MS)
}

/// Names the update where it can be found, and tells whoever watches.
async fn give_up(app: &App, account: &Account, update: &Incoming, failure: &str) -> AppResult<()> {
    let (kind, user_id, message_ids) = named(update);
    let now = app.clock.now();
    let tx = app.begin().await?;
    let mut rows: Vec<Option<i64>> = message_ids.iter().copied().map(Some).collect();
    if rows.is_empty() {
        rows.push(None);
    }
    for telegram_message_id in rows {
        let row = SetAside {
            account_id: account.id,
            kind,
            telegram_user_id: user_id,
            telegram_message_id,
            failure,
        };
        set_aside::add(&tx, &row, now).await?;
    }
    let body = json!({
        "id": account.id,
        "set_aside": kind,
        "telegram_message_ids": message_ids,
        "failure": failure,
    });
    app.events
        .append(&tx, &Event::new(Topic::Account, body), now)
        .await?;
    tx.commit().await?;
    app.events.announce();
    tracing::error!(
        account_id = account.id,
        kind,
        ?message_ids,
        failure,
        "an update was set aside"
    );
    Ok(())
}

fn named(update: &Incoming) -> (&'static str, Option<i64>, Vec<i64>) {
    let of = |id: &i32| i64::from(*id);
    match update {
        Incoming::Message(message) => (
            "message",
            Some(message.peer.reference.user_id),
            vec![of(&message.id)],
        ),
        Incoming::Edited(message) => (
            "edited",
            Some(message.peer.reference.user_id),
            vec![of(&message.id)],
        ),
        Incoming::Deleted { ids } => ("deleted", None, ids.iter().take(NAMED_MESSAGES).map(of).collect()),
        Incoming::ReadOutbox { user_id, max_id, .. } | Incoming::ReadInbox { user_id, max_id } => {
            ("read", Some(*user_id), vec![of(max_id)])
        }
        Incoming::TooLong { .. } => ("gap", None, Vec::new()),
        Incoming::LoginToken | Incoming::SessionLost(_) => ("account", None, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failure_that_passes_is_waited_for_without_end() {
        assert!(passes(&StoreError::Busy.into()));
        assert!(passes(&AppError::TooManyRequests { retry_after_s: 3 }));
        let unique = StoreError::Conflict {
            table: "messages".to_owned(),
            fields: Vec::new(),
        };
        assert!(!passes(&unique.into()));
        assert!(!passes(&StoreError::NotFound("contact").into()));
        assert!(!passes(&AppError::internal(anyhow::anyhow!("anything else"))));
        assert_eq!(
            asked_to_wait_ms(&AppError::TooManyRequests { retry_after_s: 3 }),
            Some(13_000)
        );
    }
}
