//! Randomness for secrets. It comes straight from the operating system and never from `clock`, whose randomness a test
//! may decide and whose seed is too short for a key.

use rand::TryRngCore;
use rand::rngs::OsRng;

/// Fresh random bytes for a key, a nonce or a token.
///
/// # Errors
/// When the operating system has none to give.
pub fn secret_bytes<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
    Ok(bytes)
}
