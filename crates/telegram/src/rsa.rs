//! The public key of a simulated Telegram.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use grammers_tl_types::Serializable;
use num_bigint::BigUint;
use sha1::{Digest, Sha1};

use crate::TelegramError;

/// An RSA public key.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaPublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl RsaPublicKey {
    /// Both numbers big-endian, without leading zeros.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Self {
        Self {
            modulus: without_leading_zeros(modulus),
            exponent: without_leading_zeros(exponent),
        }
    }

    /// Reads PEM: PKCS#1 (`RSA PUBLIC KEY`) or X.509 (`PUBLIC KEY`).
    ///
    /// # Errors
    /// [`TelegramError::Handshake`] when the text is not such a key.
    pub fn from_pem(pem: &str) -> Result<Self, TelegramError> {
        let body: String = pem
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("-----"))
            .collect();
        let der = STANDARD.decode(body).map_err(|_| unreadable())?;
        Self::from_der(&der).ok_or_else(unreadable)
    }

    fn from_der(der: &[u8]) -> Option<Self> {
        let mut key = Der(Der(der).read(SEQUENCE)?);
        if key.0.first() == Some(&SEQUENCE) {
            key.read(SEQUENCE)?;
            // X.509: the key itself is inside a bit string, whose first byte counts unused bits.
            let inner = key.read(BIT_STRING)?.get(1..)?;
            key = Der(Der(inner).read(SEQUENCE)?);
        }
        let modulus = key.read(INTEGER)?;
        let exponent = key.read(INTEGER)?;
        Some(Self::new(modulus, exponent))
    }

    pub(crate) fn key(&self) -> Option<grammers_crypto::rsa::Key> {
        let decimal = |bytes: &[u8]| BigUint::from_bytes_be(bytes).to_string();
        grammers_crypto::rsa::Key::new(&decimal(&self.modulus), &decimal(&self.exponent))
    }

    /// The lower 64 bits of the SHA-1 of the key as a TL structure: how the server names it.
    pub(crate) fn fingerprint(&self) -> i64 {
        let mut serialised = Vec::new();
        self.modulus.serialize(&mut serialised);
        self.exponent.serialize(&mut serialised);
        let digest: [u8; 20] = Sha1::digest(&serialised).into();
        let mut tail = [0; 8];
        tail.copy_from_slice(&digest[12..]);
        i64::from_le_bytes(tail)
    }
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaPublicKey({:016x})", self.fingerprint())
    }
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;

/// The rest of some DER.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// Takes the next value, which must have this tag.
    fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (&found, rest) = self.0.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            let bytes = rest.get(..count).filter(|_| count <= 4)?;
            length = bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            rest = &rest[count..];
        }
        let value = rest.get(..length).filter(|_| found == tag)?;
        self.0 = &rest[length..];
        Some(value)
    }
}

fn without_leading_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|byte| *byte == 0).collect()
}

fn unreadable() -> TelegramError {
    TelegramError::Handshake("the RSA public key is not readable PEM".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, value: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x82];
        out.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        out.extend(value);
        out
    }

    #[test]
    fn both_forms_of_pem_are_read() {
        let mut modulus = vec![0];
        modulus.extend((0..256).map(|n| u8::try_from(n % 251).unwrap() | 1));
        let key = der(
            SEQUENCE,
            &[der(INTEGER, &modulus), der(INTEGER, &[1, 0, 1])].concat(),
        );
        let mut bits = vec![0];
        bits.extend(&key);
        let x509 = der(
            SEQUENCE,
            &[der(SEQUENCE, &[5, 0]), der(BIT_STRING, &bits)].concat(),
        );
        let expected = RsaPublicKey::new(&modulus[1..], &[1, 0, 1]);
        for (label, body) in [("RSA PUBLIC KEY", key), ("PUBLIC KEY", x509)] {
            let text = STANDARD.encode(body);
            let pem = format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n");
            assert_eq!(RsaPublicKey::from_pem(&pem).unwrap(), expected);
        }
        assert!(
            RsaPublicKey::from_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----").is_err()
        );
    }
}
