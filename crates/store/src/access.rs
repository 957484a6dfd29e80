//! Who may call: users, their sessions, API tokens, and the audit log. Secrets come here hashed.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QueryTrait, Select,
};

use crate::entity::{api_tokens, audit_log, user_sessions, users};
use crate::matching::begins;
use crate::paging::{Page, PageOf, newest_first};
use crate::types::UnixMillis;
use crate::{Result, StoreError};

const AUDIT: &str = "audit";

/// Adds a user and gives the id.
///
/// # Errors
/// [`StoreError::Conflict`] on `name`.
pub async fn create_user(
    db: &impl ConnectionTrait,
    name: &str,
    password_hash: &str,
    role: &str,
    now: UnixMillis,
) -> Result<i64> {
    let row = users::ActiveModel {
        name: Set(name.to_owned()),
        password_hash: Set(password_hash.to_owned()),
        role: Set(role.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(users::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The user `id`, if there is one.
///
/// # Errors
/// Of the database.
pub async fn user(db: &impl ConnectionTrait, id: i64) -> Result<Option<users::Model>> {
    Ok(users::Entity::find_by_id(id).one(db).await?)
}

/// The user of this name, if there is one.
///
/// # Errors
/// Of the database.
pub async fn user_by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<users::Model>> {
    Ok(users::Entity::find()
        .filter(users::Column::Name.eq(name))
        .one(db)
        .await?)
}

/// Number of users.
///
/// # Errors
/// Of the database.
pub async fn user_count(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(users::Entity::find().count(db).await?)
}

/// Changes a user's password and ends the user's sessions.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn set_password(db: &impl ConnectionTrait, user_id: i64, password_hash: &str) -> Result<()> {
    let changed = users::Entity::update_many()
        .filter(users::Column::Id.eq(user_id))
        .col_expr(users::Column::PasswordHash, Expr::value(password_hash))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 && user(db, user_id).await?.is_none() {
        return Err(StoreError::NotFound("user"));
    }
    user_sessions::Entity::delete_many()
        .filter(user_sessions::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Begins a session.
///
/// # Errors
/// Of the database.
pub async fn create_session(
    db: &impl ConnectionTrait,
    user_id: i64,
    token_hash: &str,
    csrf: &str,
    now: UnixMillis,
    expires_at: UnixMillis,
) -> Result<()> {
    let row = user_sessions::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        user_id: Set(user_id),
        csrf: Set(csrf.to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    user_sessions::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The session of a token, if it has not expired.
///
/// # Errors
/// Of the database.
pub async fn session(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: UnixMillis,
) -> Result<Option<user_sessions::Model>> {
    let query = user_sessions::Entity::find().filter(user_sessions::Column::TokenHash.eq(token_hash));
    Ok(query
        .filter(user_sessions::Column::ExpiresAt.gt(now))
        .one(db)
        .await?)
}

/// Ends a session.
///
/// # Errors
/// Of the database.
pub async fn delete_session(db: &impl ConnectionTrait, token_hash: &str) -> Result<()> {
    user_sessions::Entity::delete_many()
        .filter(user_sessions::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes the expired sessions.
///
/// # Errors
/// Of the database.
pub async fn trim_sessions(db: &impl ConnectionTrait, now: UnixMillis) -> Result<u64> {
    let old = user_sessions::Entity::delete_many().filter(user_sessions::Column::ExpiresAt.lte(now));
    Ok(old.exec(db).await?.rows_affected)
}

/// Adds an API token and gives its id; `scopes` are words separated by blanks.
///
/// # Errors
/// [`StoreError::Conflict`] on `token_hash`.
pub async fn create_token(
    db: &impl ConnectionTrait,
    name: &str,
    token_hash: &str,
    scopes: &str,
    now: UnixMillis,
) -> Result<i64> {
    let row = api_tokens::ActiveModel {
        name: Set(name.to_owned()),
        token_hash: Set(token_hash.to_owned()),
        scopes: Set(scopes.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(api_tokens::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The token of this hash, if it was not revoked.
///
/// # Errors
/// Of the database.
pub async fn token(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<api_tokens::Model>> {
    let query = api_tokens::Entity::find().filter(api_tokens::Column::TokenHash.eq(token_hash));
    Ok(query
        .filter(api_tokens::Column::RevokedAt.is_null())
        .one(db)
        .await?)
}

/// All tokens, revoked ones too, newest first.
///
/// # Errors
/// Of the database.
pub async fn tokens(db: &impl ConnectionTrait) -> Result<Vec<api_tokens::Model>> {
    Ok(api_tokens::Entity::find()
        .order_by_desc(api_tokens::Column::Id)
        .all(db)
        .await?)
}

/// Notes that a token was used; call it at most once a minute for a token.
///
/// # Errors
/// Of the database.
pub async fn touch_token(db: &impl ConnectionTrait, id: i64, now: UnixMillis) -> Result<()> {
    let update = api_tokens::Entity::update_many().filter(api_tokens::Column::Id.eq(id));
    update
        .col_expr(api_tokens::Column::LastUsedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Revokes a token. False: it was not there or revoked before.
///
/// # Errors
/// Of the database.
pub async fn revoke_token(db: &impl ConnectionTrait, id: i64, now: UnixMillis) -> Result<bool> {
    let update = api_tokens::Entity::update_many()
        .filter(api_tokens::Column::Id.eq(id))
        .filter(api_tokens::Column::RevokedAt.is_null());
    Ok(update
        .col_expr(api_tokens::Column::RevokedAt, Expr::value(now))
        .exec(db)
        .await?
        .rows_affected
        == 1)
}

/// Records who did what; in the transaction of the deed.
///
/// # Errors
/// Of the database.
pub async fn audit(
    db: &impl ConnectionTrait,
    actor: &str,
    action: &str,
    subject: &str,
    detail: Option<&str>,
    now: UnixMillis,
) -> Result<()> {
    let row = audit_log::ActiveModel {
        actor: Set(actor.to_owned()),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        detail: Set(detail.map(str::to_owned)),
        created_at: Set(now),
        ..Default::default()
    };
    audit_log::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Which entries of the audit log are wanted. Empty: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of this actor.
    pub actor: Option<String>,
    /// This action (`client.update`), or all of a kind (`client`).
    pub action: Option<String>,
    /// About this subject, such as `client:12`.
    pub subject: Option<String>,
    /// At this moment or later.
    pub from: Option<UnixMillis>,
    /// Before this moment.
    pub to: Option<UnixMillis>,
}

impl AuditFilter {
    fn select(&self) -> Select<audit_log::Entity> {
        use audit_log::Column;
        let kind = |word: &String| {
            Condition::any()
                .add(Column::Action.eq(word))
                .add(begins(Column::Action, &format!("{word}.")))
        };
        audit_log::Entity::find()
            .apply_if(self.actor.as_ref(), |query, actor| {
                query.filter(Column::Actor.eq(actor))
            })
            .apply_if(self.action.as_ref(), |query, word| query.filter(kind(word)))
            .apply_if(self.subject.as_ref(), |query, of| {
                query.filter(Column::Subject.eq(of))
            })
            .apply_if(self.from, |query, from| query.filter(Column::CreatedAt.gte(from)))
            .apply_if(self.to, |query, to| query.filter(Column::CreatedAt.lt(to)))
    }
}

/// The audit log, newest first.
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn audit_list(
    db: &impl ConnectionTrait,
    filter: &AuditFilter,
    page: &Page,
) -> Result<PageOf<audit_log::Model>> {
    newest_first(db, filter.select(), audit_log::Column::Id, page, AUDIT, |row| {
        row.id
    })
    .await
}

/// Number of these entries in the audit log.
///
/// # Errors
/// Of the database.
pub async fn audit_total(db: &impl ConnectionTrait, filter: &AuditFilter) -> Result<u64> {
    Ok(filter.select().count(db).await?)
}
