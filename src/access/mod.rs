//! Who may use Alfa: users with a password, programs with a token; and the key that keeps what is stored from others.

pub mod cipher;
pub mod entropy;
mod password;
mod throttle;

pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, Passwords};
pub use throttle::LoginThrottle;

use crate::clock::{Clock, DAY_MS, MINUTE_MS};
use crate::config::Secret;
use crate::error::{AppError, AppResult, Message};
use alfa_store::entity::users;
use alfa_store::{Store, StoreError, UnixMillis, access as queries};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The first administrator's name.
pub const FIRST_ADMINISTRATOR: &str = "admin";
/// The role of the first administrator. Others come with roles.
const OWNER: &str = "owner";
/// How long a session lasts, in milliseconds.
pub const SESSION_MS: i64 = 14 * DAY_MS;
/// A token's last use is noted no more often than this, in milliseconds.
const TOUCH_MS: i64 = MINUTE_MS;
/// What our API tokens begin with, so that they are recognised in a log or a leak.
const TOKEN_PREFIX: &str = "alfa_pat_";

/// What a token may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Read,
    Write,
    /// Tokens and accounts too.
    Admin,
}

impl Scope {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }

    /// The scope of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Admin]
            .into_iter()
            .find(|scope| scope.as_str() == word)
    }
}

/// A user, as the rest of the product knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: i64,
    pub name: String,
    pub role: String,
}

impl From<users::Model> for User {
    fn from(row: users::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
        }
    }
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Anybody on this machine: nothing is configured.
    Open,
    /// A route that asks for nobody.
    Nobody,
    User(User),
    Token {
        id: i64,
        name: String,
        scope: Scope,
    },
}

impl Caller {
    /// Whether this caller may do what asks for `scope`.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        match self {
            Self::Open | Self::User(_) => true,
            Self::Nobody => false,
            Self::Token { scope: own, .. } => *own >= scope,
        }
    }

    /// The name for the audit log and the consent ledger.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Open => "local".to_owned(),
            Self::Nobody => "nobody".to_owned(),
            Self::User(user) => format!("user:{}", user.name),
            Self::Token { name, .. } => format!("token:{name}"),
        }
    }
}

/// A session in force.
#[derive(Debug, Clone)]
pub struct Session {
    pub user: User,
    pub csrf: String,
}

/// A session that has just begun; its token is not kept and is shown once, as the cookie.
#[derive(Debug)]
pub struct Login {
    pub user: User,
    pub token: Secret,
    pub csrf: String,
}

/// A token that was just made.
#[derive(Debug)]
pub struct NewToken {
    pub id: i64,
    pub created_at: UnixMillis,
    /// Shown once.
    pub token: Secret,
}

/// Users, sessions and tokens. Cheap to clone.
#[derive(Clone)]
pub struct AccessService {
    store: Store,
    clock: Clock,
    passwords: Passwords,
}

impl AccessService {
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            passwords: Passwords::default(),
        }
    }

    /// Makes the first administrator out of `ALFA_ADMIN_PASSWORD` when there is no user yet. Whether that password is in
    /// force: later it is changed with [`AccessService::set_password`] alone, and the variable says nothing any more.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn first_administrator(&self, password: &Secret) -> AppResult<bool> {
        if queries::user_count(self.store.reader()).await? > 0 {
            let user = queries::user_by_name(self.store.reader(), FIRST_ADMINISTRATOR).await?;
            let kept = user.map(|user| user.password_hash);
            return self.passwords.verify(password.expose().to_owned(), kept).await;
        }
        let hash = self.passwords.hash(password.expose().to_owned()).await?;
        let tx = self.store.begin().await?;
        if queries::user_count(&tx).await? == 0 {
            queries::create_user(&tx, FIRST_ADMINISTRATOR, &hash, OWNER, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Gives a user another password and ends the user's sessions. The first administrator is made when there is nobody
    /// yet.
    ///
    /// # Errors
    /// `Invalid` naming `password`; `NotFound`.
    pub async fn set_password(&self, actor: &str, name: &str, password: &Secret) -> AppResult<()> {
        let chars = password.expose().chars().count();
        if !(MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&chars) {
            return Err(AppError::invalid(
                "password",
                Message::new("config.expected.password"),
            ));
        }
        let hash = self.passwords.hash(password.expose().to_owned()).await?;
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let user_id = match queries::user_by_name(&tx, name).await? {
            Some(user) => {
                queries::set_password(&tx, user.id, &hash).await?;
                user.id
            }
            None if name == FIRST_ADMINISTRATOR && queries::user_count(&tx).await? == 0 => {
                queries::create_user(&tx, name, &hash, OWNER, now).await?
            }
            None => return Err(AppError::not_found("user")),
        };
        queries::audit(&tx, actor, "user.password", &format!("user:{user_id}"), None, now).await?;
        Ok(tx.commit().await?)
    }

    /// Whether anybody can log in: a user or a token in force.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn anybody(&self) -> AppResult<bool> {
        let db = self.store.reader();
        Ok(queries::user_count(db).await? > 0
            || queries::tokens(db)
                .await?
                .iter()
                .any(|token| token.revoked_at.is_none()))
    }

    /// Begins a session; `None` when the name or the password is wrong (it is not said which).
    ///
    /// # Errors
    /// `Internal`.
    pub async fn log_in(&self, name: &str, password: String) -> AppResult<Option<Login>> {
        let user = queries::user_by_name(self.store.reader(), name).await?;
        let kept = user.as_ref().map(|user| user.password_hash.clone());
        if !self.passwords.verify(password, kept).await? {
            return Ok(None);
        }
        let Some(user) = user else { return Ok(None) };
        let (token, csrf) = (random_token()?, random_token()?);
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let expires_at = now.plus_ms(SESSION_MS);
        queries::trim_sessions(&tx, now).await?;
        queries::create_session(&tx, user.id, &fingerprint(&token), &csrf, now, expires_at).await?;
        tx.commit().await?;
        Ok(Some(Login {
            user: user.into(),
            token: Secret::new(token),
            csrf,
        }))
    }

    /// The session of a cookie's value.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn session(&self, token: &str) -> AppResult<Option<Session>> {
        let db = self.store.reader();
        let Some(session) = queries::session(db, &fingerprint(token), self.clock.now()).await? else {
            return Ok(None);
        };
        let user = queries::user(db, session.user_id).await?;
        Ok(user.map(|user| Session {
            user: user.into(),
            csrf: session.csrf,
        }))
    }

    /// Ends the session of a cookie's value.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn log_out(&self, token: &str) -> AppResult<()> {
        let tx = self.store.begin().await?;
        queries::delete_session(&tx, &fingerprint(token)).await?;
        Ok(tx.commit().await?)
    }

    /// Makes a token; its text is answered once and never again.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn create_token(&self, actor: &str, name: &str, scope: Scope) -> AppResult<NewToken> {
        let token = format!("{TOKEN_PREFIX}{}", random_token()?);
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let id = queries::create_token(&tx, name, &fingerprint(&token), scope.as_str(), now).await?;
        queries::audit(
            &tx,
            actor,
            "token.create",
            &format!("token:{id}"),
            Some(scope.as_str()),
            now,
        )
        .await?;
        tx.commit().await?;
        Ok(NewToken {
            id,
            created_at: now,
            token: Secret::new(token),
        })
    }

    /// Revokes a token, for good; one that is revoked already stays so.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_token(&self, actor: &str, id: i64) -> AppResult<()> {
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        if queries::revoke_token(&tx, id, now).await? {
            queries::audit(&tx, actor, "token.revoke", &format!("token:{id}"), None, now).await?;
        } else if !queries::tokens(&tx).await?.iter().any(|token| token.id == id) {
            return Err(StoreError::NotFound("token").into());
        }
        Ok(tx.commit().await?)
    }

    /// The caller of a bearer token that is in force.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn caller_of_token(&self, token: &str) -> AppResult<Option<Caller>> {
        if !token.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        let Some(row) = queries::token(self.store.reader(), &fingerprint(token)).await? else {
            return Ok(None);
        };
        let scope = Scope::of(&row.scopes)
            .ok_or_else(|| AppError::internal(anyhow::anyhow!("token {} has no known scope", row.id)))?;
        let now = self.clock.now();
        if row.last_used_at.is_none_or(|at| now.ms_since(at) >= TOUCH_MS) {
            let tx = self.store.begin().await?;
            queries::touch_token(&tx, row.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Caller::Token {
            id: row.id,
            name: row.name,
            scope,
        }))
    }
}

/// 256 bits, as text for a cookie or a header.
fn random_token() -> AppResult<String> {
    Ok(URL_SAFE_NO_PAD.encode(entropy::secret_bytes::<32>()?))
}

/// What is kept of a token. It is long and random, so a plain hash is enough.
fn fingerprint(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
