//! Passwords: Argon2id, a bounded number at a time, off the async threads.

use crate::error::{AppError, AppResult};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Memory of one hash, in KiB (19 MiB: the OWASP minimum for two passes).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes made side by side; further ones wait.
const SIDE_BY_SIDE: usize = 2;
/// Longest password that is hashed.
pub const MAX_PASSWORD_CHARS: usize = 128;
/// Shortest password that is accepted.
pub const MIN_PASSWORD_CHARS: usize = 8;

/// Hashes and verifies passwords. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            slots: Arc::new(Semaphore::new(SIDE_BY_SIDE)),
        }
    }
}

impl Passwords {
    /// The hash to keep, in PHC form.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn hash(&self, password: String) -> AppResult<String> {
        let _slot = self.slots.acquire().await.map_err(AppError::internal)?;
        tokio::task::spawn_blocking(move || hash(&password))
            .await
            .map_err(AppError::internal)?
    }

    /// Whether the password is that of the hash; with no hash the answer takes as long and is no.
    ///
    /// # Errors
    /// `Internal`.
    pub async fn verify(&self, password: String, kept: Option<String>) -> AppResult<bool> {
        let _slot = self.slots.acquire().await.map_err(AppError::internal)?;
        let work = move || match kept {
            Some(kept) => Ok(verify(&password, &kept)),
            // The user is not known: the time must not tell.
            None => hash(&password).map(|_| false),
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(AppError::internal)?
    }
}

fn argon2() -> AppResult<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|cause| anyhow::anyhow!("{cause}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> AppResult<String> {
    let salt = super::entropy::secret_bytes::<16>()?;
    let hash = argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|cause| anyhow::anyhow!("cannot hash: {cause}"))?;
    Ok(hash.to_string())
}

fn verify(password: &str, kept: &str) -> bool {
    argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_verifies() {
        let passwords = Passwords::default();
        let kept = passwords.hash("correct horse".into()).await.expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            passwords
                .verify("correct horse".into(), Some(kept.clone()))
                .await
                .expect("verified")
        );
        assert!(
            !passwords
                .verify("wrong horse".into(), Some(kept))
                .await
                .expect("verified")
        );
        assert!(
            !passwords
                .verify("no user has this password".into(), None)
                .await
                .expect("verified")
        );
    }
}
