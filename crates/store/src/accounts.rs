//! Our Telegram identities, their sessions, and the people as each of them may address them.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{account_peers, accounts, telegram_sessions};
use crate::outreach::lookups;
use crate::types::{AccountState, Environment, UnixMillis};
use crate::{Result, StoreError};

/// Adds an account, logged out, and gives its id.
///
/// # Errors
/// Of the database.
pub async fn create(
    db: &impl ConnectionTrait,
    label: &str,
    environment: Environment,
    phone: Option<&str>,
    now: UnixMillis,
) -> Result<i64> {
    let row = accounts::ActiveModel {
        label: Set(label.to_owned()),
        environment: Set(environment),
        phone: Set(phone.map(str::to_owned)),
        state: Set(AccountState::LoggedOut),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    Ok(accounts::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The account `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<accounts::Model> {
    accounts::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("account"))
}

/// All accounts of an environment, oldest first. There are few.
///
/// # Errors
/// Of the database.
pub async fn list(db: &impl ConnectionTrait, environment: Environment) -> Result<Vec<accounts::Model>> {
    let query = accounts::Entity::find().filter(accounts::Column::Environment.eq(environment));
    Ok(query.order_by_asc(accounts::Column::Id).all(db).await?)
}

/// Changes an account's state, and why and until when it is so, unless it was changed since `read` was read. Answers
/// whether it was changed now.
///
/// # Errors
/// Of the database.
pub async fn change_state(
    db: &impl ConnectionTrait,
    read: &accounts::Model,
    (state, reason, until): (AccountState, Option<&str>, Option<UnixMillis>),
    now: UnixMillis,
) -> Result<bool> {
    let same_reason = match &read.state_reason {
        Some(reason) => accounts::Column::StateReason.eq(reason.as_str()),
        None => accounts::Column::StateReason.is_null(),
    };
    let same_until = match read.state_until {
        Some(until) => accounts::Column::StateUntil.eq(until),
        None => accounts::Column::StateUntil.is_null(),
    };
    let changed = accounts::Entity::update_many()
        .filter(accounts::Column::Id.eq(read.id))
        .filter(accounts::Column::State.eq(read.state))
        .filter(same_reason)
        .filter(same_until)
        .col_expr(accounts::Column::State, Expr::value(state))
        .col_expr(
            accounts::Column::StateReason,
            Expr::value(reason.map(str::to_owned)),
        )
        .col_expr(accounts::Column::StateUntil, Expr::value(until))
        .col_expr(accounts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Keeps why Telegram does not let the account write to strangers; nothing: it may again.
///
/// # Errors
/// Of the database.
pub async fn set_restriction(
    db: &impl ConnectionTrait,
    id: i64,
    reason: Option<&str>,
    now: UnixMillis,
) -> Result<()> {
    accounts::Entity::update_many()
        .filter(accounts::Column::Id.eq(id))
        .col_expr(
            accounts::Column::Restriction,
            Expr::value(reason.map(str::to_owned)),
        )
        .col_expr(accounts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Changes an account's state whatever it was, and why and until when it is so. For tests; the product knows what it
/// changes: [`change_state`].
///
/// # Errors
/// Of the database.
pub async fn set_state(
    db: &impl ConnectionTrait,
    id: i64,
    state: AccountState,
    reason: Option<&str>,
    until: Option<UnixMillis>,
    now: UnixMillis,
) -> Result<()> {
    accounts::Entity::update_many()
        .filter(accounts::Column::Id.eq(id))
        .col_expr(accounts::Column::State, Expr::value(state))
        .col_expr(
            accounts::Column::StateReason,
            Expr::value(reason.map(str::to_owned)),
        )
        .col_expr(accounts::Column::StateUntil, Expr::value(until))
        .col_expr(accounts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Records who an account turned out to be after it signed in. Telegram's keys to people are of one user only: when
/// somebody else signs in, they are forgotten with what that user had asked Telegram.
///
/// # Errors
/// Of the database.
pub async fn set_identity(
    db: &impl ConnectionTrait,
    id: i64,
    telegram_user_id: i64,
    username: Option<&str>,
    phone: Option<&str>,
    now: UnixMillis,
) -> Result<()> {
    let before = get(db, id).await?.telegram_user_id;
    if before.is_some_and(|before| before != telegram_user_id) {
        account_peers::Entity::delete_many()
            .filter(account_peers::Column::AccountId.eq(id))
            .exec(db)
            .await?;
        lookups::forget(db, id).await?;
    }
    accounts::Entity::update_many()
        .filter(accounts::Column::Id.eq(id))
        .col_expr(accounts::Column::TelegramUserId, Expr::value(telegram_user_id))
        .col_expr(
            accounts::Column::Username,
            Expr::value(username.map(str::to_owned)),
        )
        .col_expr(accounts::Column::Phone, Expr::value(phone.map(str::to_owned)))
        .col_expr(accounts::Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// An account's session (encrypted bytes), if it has one.
///
/// # Errors
/// [`StoreError::WrongEnvironment`] when the session was made in the other environment.
pub async fn load_session(
    db: &impl ConnectionTrait,
    account_id: i64,
    environment: Environment,
) -> Result<Option<Vec<u8>>> {
    let query = telegram_sessions::Entity::find().filter(telegram_sessions::Column::AccountId.eq(account_id));
    match query.one(db).await? {
        Some(session) if session.environment != environment => Err(StoreError::WrongEnvironment),
        session => Ok(session.map(|session| session.data)),
    }
}

/// Keeps an account's session (encrypted bytes).
///
/// # Errors
/// [`StoreError::WrongEnvironment`] when the account is of the other environment; [`StoreError::NotFound`].
pub async fn save_session(
    db: &impl ConnectionTrait,
    account_id: i64,
    environment: Environment,
    data: Vec<u8>,
    now: UnixMillis,
) -> Result<()> {
    if get(db, account_id).await?.environment != environment {
        return Err(StoreError::WrongEnvironment);
    }
    let row = telegram_sessions::ActiveModel {
        account_id: Set(account_id),
        environment: Set(environment),
        data: Set(data),
        updated_at: Set(now),
        ..Default::default()
    };
    let replace = OnConflict::column(telegram_sessions::Column::AccountId)
        .update_columns([
            telegram_sessions::Column::Environment,
            telegram_sessions::Column::Data,
            telegram_sessions::Column::UpdatedAt,
        ])
        .to_owned();
    telegram_sessions::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets an account's session.
///
/// # Errors
/// Of the database.
pub async fn delete_session(db: &impl ConnectionTrait, account_id: i64) -> Result<()> {
    let session = telegram_sessions::Entity::delete_many();
    session
        .filter(telegram_sessions::Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(())
}

/// A Telegram user as an account may address them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Telegram's id of the user.
    pub telegram_user_id: i64,
    /// Telegram's key to the user, good for this account only.
    pub access_hash: i64,
    /// The contact, once known.
    pub contact_id: Option<i64>,
}

/// Keeps peers, set-based. A contact that is known stays known when a peer comes without one.
///
/// # Errors
/// Of the database.
pub async fn save_peers(db: &impl ConnectionTrait, account_id: i64, peers: &[Peer]) -> Result<()> {
    use account_peers::{ActiveModel, Column, Entity};
    for known in [true, false] {
        // The last word on a user counts: PostgreSQL refuses one row twice in a statement.
        let mut last = std::collections::BTreeMap::new();
        for peer in peers.iter().filter(|peer| peer.contact_id.is_some() == known) {
            last.insert(peer.telegram_user_id, *peer);
        }
        let rows: Vec<ActiveModel> = last
            .into_values()
            .map(|peer| ActiveModel {
                account_id: Set(account_id),
                telegram_user_id: Set(peer.telegram_user_id),
                access_hash: Set(peer.access_hash),
                contact_id: Set(peer.contact_id),
                ..Default::default()
            })
            .collect();
        let mut replace = OnConflict::columns([Column::AccountId, Column::TelegramUserId]);
        replace.update_column(Column::AccessHash);
        if known {
            replace.update_column(Column::ContactId);
        }
        for chunk in rows.chunks(PEERS_IN_STATEMENT) {
            let insert = Entity::insert_many(chunk.iter().cloned()).on_conflict(replace.clone());
            insert.exec_without_returning(db).await?;
        }
    }
    Ok(())
}

/// Peers written by one statement.
const PEERS_IN_STATEMENT: usize = 1_000;

/// The peer with this Telegram id.
///
/// # Errors
/// Of the database.
pub async fn peer(
    db: &impl ConnectionTrait,
    account_id: i64,
    telegram_user_id: i64,
) -> Result<Option<account_peers::Model>> {
    let query = account_peers::Entity::find().filter(account_peers::Column::AccountId.eq(account_id));
    Ok(query
        .filter(account_peers::Column::TelegramUserId.eq(telegram_user_id))
        .one(db)
        .await?)
}

/// The peer of a contact.
///
/// # Errors
/// Of the database.
pub async fn peer_of_contact(
    db: &impl ConnectionTrait,
    account_id: i64,
    contact_id: i64,
) -> Result<Option<account_peers::Model>> {
    let query = account_peers::Entity::find().filter(account_peers::Column::AccountId.eq(account_id));
    Ok(query
        .filter(account_peers::Column::ContactId.eq(contact_id))
        .one(db)
        .await?)
}
