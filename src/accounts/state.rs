//! The state of an account, left by compare-and-set and told to whoever watches.

use alfa_store::entity::accounts;
use alfa_store::types::AccountState;
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::LossReason;
use serde_json::json;

use super::vault::{SESSION_UNREADABLE, WRONG_ENVIRONMENT};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::events::{Event, Topic};

/// Changes the state of an account unless somebody has changed it since it was read; answers whether it did.
///
/// # Errors
/// When the database fails.
pub(crate) async fn change(
    app: &App,
    tx: &Tx,
    read: &accounts::Model,
    state: AccountState,
    reason: Option<&str>,
    until: Option<UnixMillis>,
) -> AppResult<bool> {
    let now = app.clock.now();
    if !alfa_store::accounts::change_state(tx, read, (state, reason, until), now).await? {
        return Ok(false);
    }
    // Between the steps of a login the column carries what the next step needs: the code's hash with the phone, or the
    // owner's hint of the password. That is nobody else's business.
    let told = reason.filter(|_| !signing_in(state));
    let body = json!({"id": read.id, "state": state, "reason": told, "until_ms": until});
    app.events
        .append(tx, &Event::new(Topic::Account, body), now)
        .await?;
    tracing::info!(account_id = read.id, %state, reason = told, "the account's state changed");
    Ok(true)
}

/// Telegram does not let the account write to strangers. It stays so over flood waits and new logins, until an operator
/// says that it is over.
///
/// # Errors
/// When the database fails.
pub(crate) async fn restrict(app: &App, tx: &Tx, read: &accounts::Model, reason: &str) -> AppResult<()> {
    alfa_store::accounts::set_restriction(tx, read.id, Some(reason), app.clock.now()).await?;
    let told = read.state == AccountState::Restricted
        && read.state_reason.as_deref() == Some(reason)
        && read.state_until.is_none();
    if is_signed_in(read.state) && !told {
        change(app, tx, read, AccountState::Restricted, Some(reason), None).await?;
    }
    Ok(())
}

/// The state of an account that is connected and waits for nothing, with its reason.
pub(crate) fn at_work(account: &accounts::Model) -> (AccountState, Option<&str>) {
    match account.restriction.as_deref() {
        Some(reason) => (AccountState::Restricted, Some(reason)),
        None => (AccountState::Ready, None),
    }
}

/// Whether the account has a login, as far as is known.
pub(crate) fn is_signed_in(state: AccountState) -> bool {
    !signing_in(state) && state != AccountState::LoggedOut
}

fn signing_in(state: AccountState) -> bool {
    matches!(state, AccountState::CodeNeeded | AccountState::PasswordNeeded)
}

/// What happened to the account, why, and what to do; nothing when there is nothing to do.
pub(crate) fn explanation(account: &accounts::Model) -> Option<Message> {
    let key = match account.state {
        AccountState::FloodWait => "account.state_flood_wait",
        AccountState::Restricted | AccountState::LoggedOut | AccountState::Connecting => {
            match account.state_reason.as_deref()? {
                "peer_flood" => "account.state_peer_flood",
                "account_frozen" => "account.state_account_frozen",
                SESSION_UNREADABLE => "account.state_session_unreadable",
                WRONG_ENVIRONMENT => "account.state_wrong_environment",
                "auth_key_unregistered" | "session_revoked" | "not_signed_in" => {
                    "account.state_session_revoked"
                }
                "user_deactivated" => "account.state_user_deactivated",
                "auth_key_duplicated" => "account.state_auth_key_duplicated",
                "no_connection" => "account.state_no_connection",
                _ => return None,
            }
        }
        AccountState::Ready | AccountState::CodeNeeded | AccountState::PasswordNeeded => return None,
    };
    Some(Message::new(key))
}

/// Why no account may begin dialogs, as the API names it: Telegram limits those that there are, or there are none.
///
/// # Errors
/// When the database fails.
pub(crate) async fn why_none_sends(app: &App) -> AppResult<&'static str> {
    let rows = alfa_store::accounts::list(app.store.reader(), super::environment(app)).await?;
    let limited = rows.iter().any(|row| row.state == AccountState::Restricted);
    Ok(if limited {
        "account_restricted"
    } else {
        "no_account"
    })
}

/// The refusal of what needs an account that may begin dialogs, when none may.
///
/// # Errors
/// When the database fails.
pub(crate) async fn none_sends(app: &App) -> AppResult<AppError> {
    let code = why_none_sends(app).await?;
    let key = match code {
        "account_restricted" => "campaign.account_restricted",
        _ => "campaign.no_account",
    };
    Ok(AppError::conflict(code, Message::new(key)))
}

/// Why a login is gone, as the API names it.
pub(crate) fn loss_name(reason: LossReason) -> &'static str {
    match reason {
        LossReason::AuthKeyUnregistered => "auth_key_unregistered",
        LossReason::SessionRevoked => "session_revoked",
        LossReason::UserDeactivated => "user_deactivated",
        LossReason::AuthKeyDuplicated => "auth_key_duplicated",
    }
}
