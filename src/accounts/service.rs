//! Signing an account in and out, step by step, as the operator does it.

use std::sync::Arc;

use alfa_store::StoreError;
use alfa_store::entity::accounts;
use alfa_store::types::AccountState;
use alfa_telegram::{CodeRequest, QrPoll, SignIn, TelegramError};

use super::vault::{SESSION_UNREADABLE, WRONG_ENVIRONMENT};
use super::{Account, environment, state, supervise};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};

/// Adds an account that is not signed in yet.
///
/// # Errors
/// When the database fails.
pub async fn create(app: &App, label: &str, phone: &str) -> AppResult<accounts::Model> {
    let tx = app.begin().await?;
    let id = alfa_store::accounts::create(&tx, label, environment(app), Some(phone), app.clock.now()).await?;
    let row = alfa_store::accounts::get(&tx, id).await?;
    tx.commit().await?;
    Ok(row)
}

/// An account of the Telegram that this process talks to. One of the other Telegram is left alone.
async fn own(app: &App, account_id: i64) -> AppResult<accounts::Model> {
    let row = alfa_store::accounts::get(app.store.reader(), account_id).await?;
    if row.environment != environment(app) {
        return Err(AppError::conflict(
            "wrong_environment",
            Message::new("account.other_environment"),
        ));
    }
    Ok(row)
}

/// An account that may be signed in now. One that works already would stop working until its login is complete.
async fn to_sign_in(app: &App, account_id: i64) -> AppResult<accounts::Model> {
    let row = own(app, account_id).await?;
    if state::is_signed_in(row.state) {
        return Err(AppError::conflict("signed_in", Message::new("account.signed_in")));
    }
    if has_unusable_session(&row) {
        // It was kept for the operator, who decides by signing in anew.
        let tx = app.begin().await?;
        alfa_store::accounts::delete_session(&tx, account_id).await?;
        tx.commit().await?;
    }
    Ok(row)
}

/// Whether the account is logged out because its stored session cannot be used.
pub(super) fn has_unusable_session(row: &accounts::Model) -> bool {
    let reason = row.state_reason.as_deref();
    row.state == AccountState::LoggedOut && matches!(reason, Some(SESSION_UNREADABLE | WRONG_ENVIRONMENT))
}

/// Asks Telegram to send a login code to the account's phone.
///
/// # Errors
/// A conflict when the account is signed in; what Telegram says, in the operator's words.
pub async fn request_code(app: &Arc<App>, account_id: i64) -> AppResult<()> {
    let row = to_sign_in(app, account_id).await?;
    let phone = row
        .phone
        .clone()
        .ok_or_else(|| AppError::invalid("phone", Message::new("account.phone_needed")))?;
    let account = supervise::serve(app, account_id);
    let client = supervise::connect(app, &account).await.map_err(explain)?;
    let request = client.request_code(&phone).await.map_err(explain)?;
    // The reason column carries what the next step needs, so that a restart between the two steps loses nothing.
    let request = serde_json::to_string(&request).map_err(AppError::internal)?;
    change(app, &row, AccountState::CodeNeeded, Some(&request)).await
}

/// Signs in with the code. The account may then still need its password.
///
/// # Errors
/// A wrong or expired code; what Telegram says.
pub async fn sign_in(app: &Arc<App>, account_id: i64, code: &str) -> AppResult<AccountState> {
    let row = own(app, account_id).await?;
    let request: Option<CodeRequest> = row
        .state_reason
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    let Some(request) = request.filter(|_| row.state == AccountState::CodeNeeded) else {
        return Err(AppError::conflict(
            "code_not_requested",
            Message::new("account.code_not_requested"),
        ));
    };
    let account = supervise::serve(app, account_id);
    let client = supervise::connect(app, &account).await.map_err(explain)?;
    match client.sign_in(&request, code).await.map_err(explain)? {
        SignIn::Done(_) => {
            signed_in(app, &account).await?;
            Ok(AccountState::Ready)
        }
        SignIn::PasswordNeeded { hint } => {
            change(app, &row, AccountState::PasswordNeeded, hint.as_deref()).await?;
            Ok(AccountState::PasswordNeeded)
        }
    }
}

/// Signs in with the second password.
///
/// # Errors
/// A wrong password; what Telegram says.
pub async fn check_password(app: &Arc<App>, account_id: i64, password: &str) -> AppResult<()> {
    let row = own(app, account_id).await?;
    if row.state != AccountState::PasswordNeeded {
        return Err(AppError::conflict(
            "password_not_needed",
            Message::new("account.password_not_needed"),
        ));
    }
    let account = supervise::serve(app, account_id);
    let client = supervise::connect(app, &account).await.map_err(explain)?;
    client.check_password(password).await.map_err(explain)?;
    signed_in(app, &account).await
}

/// Asks for a login by QR code, or how far it has come.
///
/// # Errors
/// A conflict when the account is signed in; what Telegram says.
pub async fn poll_qr(app: &Arc<App>, account_id: i64) -> AppResult<QrPoll> {
    let row = to_sign_in(app, account_id).await?;
    let account = supervise::serve(app, account_id);
    let client = supervise::connect(app, &account).await.map_err(explain)?;
    let poll = client.poll_qr_login().await.map_err(explain)?;
    match &poll {
        QrPoll::Done(_) => signed_in(app, &account).await?,
        QrPoll::PasswordNeeded { hint } => {
            change(app, &row, AccountState::PasswordNeeded, hint.as_deref()).await?;
        }
        QrPoll::Waiting(_) => {}
    }
    Ok(poll)
}

/// Signs the account out. Its queue is kept.
///
/// # Errors
/// When Telegram cannot be reached.
pub async fn log_out(app: &Arc<App>, account_id: i64) -> AppResult<()> {
    own(app, account_id).await?;
    let account = supervise::serve(app, account_id);
    if let Some(client) = account.client() {
        client.log_out().await.map_err(explain)?;
    }
    supervise::logged_out(app, &account, "by_operator").await?;
    Ok(())
}

/// Lets an account that Telegram had limited begin dialogs again: the operator says that the limit is over.
///
/// # Errors
/// When the account is not limited.
pub async fn resume(app: &Arc<App>, account_id: i64) -> AppResult<()> {
    let row = own(app, account_id).await?;
    if row.state != AccountState::Restricted {
        return Err(AppError::conflict(
            "not_restricted",
            Message::new("account.not_restricted"),
        ));
    }
    let now = app.clock.now();
    let tx = app.begin().await?;
    alfa_store::accounts::set_restriction(&tx, account_id, None, now).await?;
    // A flood wait that the account still has to keep is kept.
    let wait = row.state_until.filter(|until| *until > now);
    let (to, reason) = match wait {
        Some(_) => (AccountState::FloodWait, Some("flood_wait")),
        None => (AccountState::Ready, None),
    };
    if !state::change(app, &tx, &row, to, reason, wait).await? {
        return Err(StoreError::Busy.into());
    }
    tx.commit().await?;
    app.events.announce();
    let account = supervise::serve(app, account_id);
    account.lane.signal();
    account.prepare.signal();
    // Who waited for an account that may begin dialogs is looked at now.
    app.wakes.planner.signal();
    Ok(())
}

pub(super) async fn signed_in(app: &Arc<App>, account: &Arc<Account>) -> AppResult<()> {
    let row = alfa_store::accounts::get(app.store.reader(), account.id).await?;
    change(app, &row, AccountState::Connecting, None).await?;
    account.supervisor.signal();
    Ok(())
}

async fn change(app: &App, read: &accounts::Model, to: AccountState, reason: Option<&str>) -> AppResult<()> {
    let tx = app.begin().await?;
    if !state::change(app, &tx, read, to, reason, None).await? {
        // Somebody else was quicker: whoever asks again sees what has become of the account.
        return Err(StoreError::Busy.into());
    }
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

/// What Telegram said, in the operator's words.
pub fn explain(error: TelegramError) -> AppError {
    let refused = |field: &'static str, key: &'static str| AppError::invalid(field, Message::new(key));
    match error {
        TelegramError::WrongCode => refused("code", "account.wrong_code"),
        TelegramError::CodeExpired => refused("code", "account.code_expired"),
        TelegramError::WrongPassword => refused("password", "account.wrong_password"),
        TelegramError::InvalidPhone => refused("phone", "account.invalid_phone"),
        TelegramError::PhoneBanned => refused("phone", "account.phone_banned"),
        TelegramError::NoSuchAccount => refused("phone", "account.no_such_account"),
        TelegramError::FloodWait { seconds } => AppError::TooManyRequests {
            retry_after_s: u64::from(seconds),
        },
        TelegramError::SessionLost(_) => {
            AppError::conflict("session_lost", Message::new("account.session_lost"))
        }
        TelegramError::NotConnected(_) | TelegramError::UnknownOutcome(_) | TelegramError::Closed => {
            AppError::Unavailable {
                code: "telegram_unreachable",
                message: Message::new("account.unreachable"),
                retry_after_s: Some(10),
            }
        }
        other => AppError::internal(other),
    }
}
