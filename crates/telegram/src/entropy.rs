//! Randomness for keys. It comes from the operating system: a secret must not depend on a seeded clock.

use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::TelegramError;

pub(crate) fn random<const N: usize>() -> Result<[u8; N], TelegramError> {
    let mut bytes = [0; N];
    match OsRng.try_fill_bytes(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(TelegramError::Handshake(
            "the operating system gives no randomness".to_owned(),
        )),
    }
}
