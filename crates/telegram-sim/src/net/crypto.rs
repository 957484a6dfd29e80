//! Authorization keys and MTProto 2.0 message encryption, the server's side.
//!
//! Source: core.telegram.org/mtproto/description. `x = 0` for what clients send, `x = 8` for what we send.

use grammers_crypto::aes::{ige_decrypt, ige_encrypt};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::os;

/// Bytes before the ciphertext: the key's id (8) and the message key (16).
pub(crate) const ENVELOPE_BYTES: usize = 24;
/// A plaintext is at least: salt, session, message id, sequence number, length, and 12 bytes of padding.
const MIN_PLAINTEXT_BYTES: usize = 48;

/// A secret shared with one client, made by a handshake.
pub(crate) struct AuthKey {
    bytes: [u8; 256],
    id: i64,
    aux_hash: [u8; 8],
}

impl AuthKey {
    pub(crate) fn new(bytes: [u8; 256]) -> Self {
        let hash = sha1(&[&bytes]);
        Self {
            bytes,
            id: i64_at(&hash, 12),
            aux_hash: array_at(&hash, 0),
        }
    }

    /// The number clients name the key by.
    pub(crate) fn id(&self) -> i64 {
        self.id
    }

    pub(crate) fn bytes(&self) -> &[u8; 256] {
        &self.bytes
    }

    /// What a handshake's closing answer proves knowledge of the key by (`new_nonce_hash1..3`).
    pub(crate) fn nonce_hash(&self, new_nonce: &[u8; 32], number: u8) -> [u8; 16] {
        array_at(&sha1(&[new_nonce, &[number], &self.aux_hash]), 4)
    }

    /// Decrypts a client's message in place. None: it was not made with this key.
    pub(crate) fn open<'b>(&self, message: &'b mut [u8]) -> Option<&'b [u8]> {
        let cipher_bytes = message.len().checked_sub(ENVELOPE_BYTES)? / 16 * 16;
        if cipher_bytes < MIN_PLAINTEXT_BYTES {
            return None;
        }
        let (head, rest) = message.split_at_mut(ENVELOPE_BYTES);
        let msg_key: [u8; 16] = array_at(head, 8);
        let (key, iv) = self.message_cipher(&msg_key, 0);
        let plain = &mut rest[..cipher_bytes];
        ige_decrypt(plain, &key, &iv);
        (self.message_key(plain, 0) == msg_key).then_some(&*plain)
    }

    /// Encrypts in place a message for the client: the first [`ENVELOPE_BYTES`] of the buffer are room for
    /// the envelope, the plaintext follows.
    pub(crate) fn seal(&self, message: &mut Vec<u8>) {
        let plain_bytes = message.len() - ENVELOPE_BYTES;
        // 12 to 27 bytes, up to a multiple of 16.
        let padding = 12 + (16 - (plain_bytes + 12) % 16) % 16;
        let random: [u8; 32] = os::random_bytes();
        message.extend_from_slice(&random[..padding]);
        let (head, plain) = message.split_at_mut(ENVELOPE_BYTES);
        let msg_key = self.message_key(plain, 8);
        let (key, iv) = self.message_cipher(&msg_key, 8);
        ige_encrypt(plain, &key, &iv);
        head[..8].copy_from_slice(&self.id.to_le_bytes());
        head[8..].copy_from_slice(&msg_key);
    }

    fn message_key(&self, plain: &[u8], x: usize) -> [u8; 16] {
        array_at(&sha256(&[&self.bytes[88 + x..120 + x], plain]), 8)
    }

    fn message_cipher(&self, msg_key: &[u8; 16], x: usize) -> ([u8; 32], [u8; 32]) {
        let a = sha256(&[msg_key, &self.bytes[x..x + 36]]);
        let b = sha256(&[&self.bytes[40 + x..76 + x], msg_key]);
        let (mut key, mut iv) = (a, b);
        key[8..24].copy_from_slice(&b[8..24]);
        iv[8..24].copy_from_slice(&a[8..24]);
        (key, iv)
    }
}

/// SHA-1 of the parts one after the other.
pub(crate) fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut hasher = Sha1::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// SHA-256 of the parts one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The `N` bytes at an offset; zeros where the slice is too short (callers check lengths first).
pub(crate) fn array_at<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut array = [0; N];
    if let Some(found) = bytes.get(at..at + N) {
        array.copy_from_slice(found);
    }
    array
}

/// The little-endian i64 at an offset.
pub(crate) fn i64_at(bytes: &[u8], at: usize) -> i64 {
    i64::from_le_bytes(array_at(bytes, at))
}

/// The little-endian i32 at an offset.
pub(crate) fn i32_at(bytes: &[u8], at: usize) -> i32 {
    i32::from_le_bytes(array_at(bytes, at))
}

/// The little-endian u32 at an offset: a constructor's number.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(array_at(bytes, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_bytes() -> [u8; 256] {
        std::array::from_fn(|i| u8::try_from(i).unwrap())
    }

    #[test]
    fn opens_what_an_independent_client_sealed() {
        let ours = AuthKey::new(key_bytes());
        let theirs = grammers_crypto::AuthKey::from_bytes(key_bytes());
        let mut buffer = grammers_crypto::DequeBuffer::with_capacity(64, 32);
        buffer.extend(
            b"a message of forty-eight bytes, no more, no less"
                .iter()
                .copied(),
        );
        grammers_crypto::encrypt_data_v2(&mut buffer, &theirs);
        let mut sealed = buffer[..].to_vec();
        assert_eq!(i64_at(&sealed, 0), ours.id());
        let plain = ours.open(&mut sealed).unwrap();
        assert!(plain.starts_with(b"a message of forty-eight bytes, no more, no less"));
    }

    #[test]
    fn seals_what_an_independent_client_opens() {
        let ours = AuthKey::new(key_bytes());
        let theirs = grammers_crypto::AuthKey::from_bytes(key_bytes());
        for length in [36, 40, 44, 48, 52, 1000] {
            let mut message = vec![0; ENVELOPE_BYTES];
            message.extend((0..length).map(|i| u8::try_from(i % 251).unwrap()));
            let expected = message[ENVELOPE_BYTES..].to_vec();
            ours.seal(&mut message);
            let plain = grammers_crypto::decrypt_data_v2(&mut message, &theirs).unwrap();
            let padding = plain.len() - length;
            assert!((12..=1024).contains(&padding) && plain.len().is_multiple_of(16));
            assert_eq!(plain[..length], expected);
        }
    }

    #[test]
    fn refuses_a_message_that_was_changed() {
        let ours = AuthKey::new(key_bytes());
        let mut message = vec![7; ENVELOPE_BYTES + 64];
        ours.seal(&mut message);
        message[40] ^= 1;
        assert!(ours.open(&mut message).is_none());
    }
}
