//! Telegram sessions in our database, encrypted, each bound to its account.

use alfa_store::types::Environment;
use alfa_store::{Store, StoreError, UnixMillis};
use alfa_telegram::{SessionVault, VaultError};
use async_trait::async_trait;

use crate::access::cipher::Cipher;
use crate::clock::Clock;

/// The stored session does not decrypt, or is not one: another key was used, or the row is damaged.
pub(super) const SESSION_UNREADABLE: &str = "session_unreadable";
/// The stored session is of the other Telegram.
pub(super) const WRONG_ENVIRONMENT: &str = "wrong_environment";

/// The session of one account.
pub(super) struct Vault {
    pub store: Store,
    pub cipher: Cipher,
    pub clock: Clock,
    pub account_id: i64,
    pub environment: Environment,
}

impl Vault {
    /// A session copied to another account's row or to the other Telegram does not decrypt.
    fn binding(&self) -> String {
        format!("telegram-session:{}:{}", self.environment, self.account_id)
    }

    /// Why the stored session cannot be used, if it cannot: it will not get better by waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn unusable(&self) -> Result<Option<&'static str>, StoreError> {
        let (db, id) = (self.store.reader(), self.account_id);
        Ok(
            match alfa_store::accounts::load_session(db, id, self.environment).await {
                Ok(Some(sealed)) => {
                    let opened = self.cipher.decrypt(&sealed, self.binding().as_bytes());
                    opened.is_err().then_some(SESSION_UNREADABLE)
                }
                Ok(None) => None,
                Err(StoreError::WrongEnvironment) => Some(WRONG_ENVIRONMENT),
                Err(error) => return Err(error),
            },
        )
    }
}

fn failed(error: impl std::fmt::Display) -> VaultError {
    VaultError(error.to_string())
}

#[async_trait]
impl SessionVault for Vault {
    async fn load(&self) -> Result<Option<Vec<u8>>, VaultError> {
        let sealed =
            alfa_store::accounts::load_session(self.store.reader(), self.account_id, self.environment)
                .await
                .map_err(failed)?;
        let Some(sealed) = sealed else { return Ok(None) };
        self.cipher
            .decrypt(&sealed, self.binding().as_bytes())
            .map(Some)
            .map_err(failed)
    }

    async fn save(&self, data: Vec<u8>) -> Result<(), VaultError> {
        let sealed = self
            .cipher
            .encrypt(&data, self.binding().as_bytes())
            .map_err(failed)?;
        let now: UnixMillis = self.clock.now();
        let tx = self.store.begin().await.map_err(failed)?;
        alfa_store::accounts::save_session(&tx, self.account_id, self.environment, sealed, now)
            .await
            .map_err(failed)?;
        tx.commit().await.map_err(failed)
    }
}
