//! Telegram sessions in our database, encrypted, each bound to its account.

use alfa_store::types::Environment;
use alfa_store::{Store, UnixMillis};
use alfa_telegram::{SessionVault, VaultError};
use async_trait::async_trait;

use crate::access::cipher::Cipher;
use crate::clock::Clock;

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
