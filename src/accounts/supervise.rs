//! Keeps one account connected, and runs its workers: the lane, whoever writes ahead, and the receiver.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use alfa_store::types::AccountState;
use alfa_store::{StoreError, UnixMillis, entity::accounts};
use alfa_telegram::{ClientOptions, Me, TelegramError, UserClient};

use super::vault::{SESSION_UNREADABLE, Vault};
use super::{Account, environment, lock, state};
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::error::{AppError, AppResult};
use crate::outbox::drafting::Drafting;
use crate::outbox::lane::Lane;
use crate::outbox::prepare;
use crate::workers::{Next, Wake};

/// How often a connection that cannot be made is tried again.
const RECONNECT_MS: i64 = 10 * SECOND_MS;

/// Serves an account from now on. An account is served once.
pub(super) fn serve(app: &Arc<App>, account_id: i64) -> Arc<Account> {
    let mut served = lock(&app.accounts.served);
    if let Some(account) = served.get(&account_id) {
        return account.clone();
    }
    let account = Arc::new(Account {
        id: account_id,
        environment: environment(app),
        lane: Wake::default(),
        prepare: Wake::default(),
        drafting: Drafting::default(),
        supervisor: Wake::default(),
        stop: app.for_ever(),
        client: Mutex::new(None),
        recorded_elsewhere: AtomicBool::new(false),
        loss: Mutex::new(None),
    });
    served.insert(account_id, account.clone());
    drop(served);
    let (owner, supervised) = (app.clone(), account.clone());
    app.workers.run(
        "account",
        account.supervisor.clone(),
        account.stop.clone(),
        move || step(owner.clone(), supervised.clone()),
    );
    let lane = Lane::new(app.clone(), account.clone());
    app.workers
        .run("lane", account.lane.clone(), account.stop.clone(), move || {
            lane.clone().step()
        });
    let (owner, writer) = (app.clone(), account.clone());
    app.workers.run(
        "prepare",
        account.prepare.clone(),
        account.stop.clone(),
        move || prepare::step(owner.clone(), writer.clone()),
    );
    account
}

/// Connects the account when it has a session and is not connected, and sees to it that its state says so.
async fn step(app: Arc<App>, account: Arc<Account>) -> AppResult<Next> {
    let row = alfa_store::accounts::get(app.store.reader(), account.id).await?;
    let signed_out = matches!(
        row.state,
        AccountState::LoggedOut | AccountState::CodeNeeded | AccountState::PasswordNeeded
    );
    if signed_out {
        return Ok(Next::Idle);
    }
    let client = match connect(&app, &account).await {
        Ok(client) => client,
        Err(error @ (TelegramError::WrongEnvironment(_) | TelegramError::Vault(_))) => {
            return session_unusable(&app, &account, &error).await;
        }
        Err(error) => return unreachable_for_now(&app, &row, &error).await,
    };
    match client.me().await {
        Ok(Some(me)) => signed_in(&app, &account, &row, &me).await,
        Ok(None) => {
            // The client has forgotten a login that it lost, and Telegram only says that there is none.
            let reason = account.take_loss().map_or("not_signed_in", state::loss_name);
            logged_out(&app, &account, reason).await
        }
        Err(TelegramError::SessionLost(reason)) => logged_out(&app, &account, state::loss_name(reason)).await,
        Err(error) => unreachable_for_now(&app, &row, &error).await,
    }
}

/// The account's client: the present one, or a new one from the stored session.
pub(super) async fn connect(app: &Arc<App>, account: &Arc<Account>) -> Result<UserClient, TelegramError> {
    if let Some(client) = account.client() {
        return Ok(client);
    }
    let (endpoint, api_id, api_hash) = super::sandbox::endpoint(app)?;
    let options = ClientOptions {
        activity: app.accounts.activity.clone(),
        ..ClientOptions::new(endpoint, api_id, api_hash)
    };
    let client = UserClient::connect(options, Arc::new(vault(app, account))).await?;
    account.set_client(Some(client.clone()));
    crate::inbox::start_receiver(app, account, &client);
    Ok(client)
}

async fn signed_in(app: &App, account: &Account, row: &accounts::Model, me: &Me) -> AppResult<Next> {
    // What was said of an earlier login does not hold for this one.
    account.take_loss();
    let keeps = matches!(
        row.state,
        AccountState::Ready | AccountState::Restricted | AccountState::FloodWait
    );
    if !keeps || row.telegram_user_id != Some(me.user_id) {
        let tx = app.begin().await?;
        let (to, reason) = state::at_work(row);
        if !state::change(app, &tx, row, to, reason, None).await? {
            // Somebody was quicker: what was read is out of date.
            return Ok(Next::Again);
        }
        alfa_store::accounts::set_identity(
            &tx,
            account.id,
            me.user_id,
            me.username.as_deref(),
            me.phone.as_deref(),
            app.clock.now(),
        )
        .await?;
        tx.commit().await?;
        app.events.announce();
    }
    account.lane.signal();
    account.prepare.signal();
    app.wakes.planner.signal();
    Ok(Next::Idle)
}

fn vault(app: &App, account: &Account) -> Vault {
    Vault {
        store: app.store.clone(),
        cipher: app.cipher.clone(),
        clock: app.clock.clone(),
        account_id: account.id,
        environment: account.environment,
    }
}

/// The stored session cannot be used. It stays stored, for the key or the Telegram that it belongs to; the account is
/// logged out, and says why.
async fn session_unusable(app: &App, account: &Account, error: &TelegramError) -> AppResult<Next> {
    let reason = match (vault(app, account).unusable().await?, error) {
        (Some(reason), _) => reason,
        (None, TelegramError::WrongEnvironment(_)) => SESSION_UNREADABLE,
        // The database failed for a moment.
        (None, _) => return Err(AppError::internal(error.clone())),
    };
    tracing::error!(
        account_id = account.id,
        reason,
        "the stored Telegram session cannot be used"
    );
    end_login(app, account, reason, Session::Kept).await
}

/// The session is gone: the queue is kept, and a new login goes on with it.
pub(super) async fn logged_out(app: &App, account: &Account, reason: &str) -> AppResult<Next> {
    if let Some(client) = account.set_client(None) {
        client.close().await;
    }
    end_login(app, account, reason, Session::Forgotten).await
}

/// What becomes of the stored session when the account is logged out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Session {
    Kept,
    Forgotten,
}

async fn end_login(app: &App, account: &Account, reason: &str, session: Session) -> AppResult<Next> {
    let tx = app.begin().await?;
    if session == Session::Forgotten {
        alfa_store::accounts::delete_session(&tx, account.id).await?;
    }
    let row = alfa_store::accounts::get(&tx, account.id).await?;
    if !state::change(app, &tx, &row, AccountState::LoggedOut, Some(reason), None).await? {
        return Err(StoreError::Busy.into());
    }
    tx.commit().await?;
    app.events.announce();
    Ok(Next::Idle)
}

async fn unreachable_for_now(app: &App, row: &accounts::Model, error: &TelegramError) -> AppResult<Next> {
    tracing::warn!(account_id = row.id, %error, "no connection to Telegram");
    if row.state == AccountState::Ready {
        let tx = app.begin().await?;
        let reason = Some("no_connection");
        state::change(app, &tx, row, AccountState::Connecting, reason, None).await?;
        tx.commit().await?;
        app.events.announce();
    }
    Ok(Next::At(UnixMillis(app.clock.now().0 + RECONNECT_MS)))
}
