//! The simulated Telegram's RSA key. It is public by design, private half and all: it protects invented
//! conversations on the loopback interface, and clients can pin it.

use grammers_crypto::aes::ige_decrypt;
use grammers_tl_types::{Cursor, Deserializable, Serializable, enums};
use num_bigint::BigUint;

use super::crypto::{array_at, sha1, sha256};

const P_HEX: &[u8] = b"cf64cc7fa33cc66af0ff86316d3ed18f1137f7125e40b3f23d35297dba4ab2eaa8bce426f4e44867\
    a608d2f22737148c5029b320c1656905acb963d336b616292ff212a504a763d9f1d7b713e85a2e10\
    330b67c713e4ea03c29d342b5d7a80c3e3b91ccf4a6f1829e6f24b6852d0638ad4b50aeed39156c2\
    aaf64c0133fff5eb";
const Q_HEX: &[u8] = b"b55ca265bdc15514cc3183ed0f1ab942c202734291a332d2a1a72b0722521f799e6a212d3a38c30f\
    2ca976f6588b5e657349024d18e108ee9edd7ec9c7908ee0c53e6e9bb7128fea8172746c658bd1bb\
    8325e99a41ca32c8c12e0a0907fbbf7c6efc27dded1fe7af75045606e92c94fbb98c5fd9a0bd3fa0\
    16ed4238b1f7d91d";
const EXPONENT: u32 = 65537;

/// How a client padded what it encrypted with our key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Padding {
    /// The present way, `RSA_PAD`.
    RsaPad,
    /// The old way: a SHA-1 and random bytes.
    Sha1,
}

/// A key pair of 2048 bits.
pub(crate) struct RsaKey {
    p: BigUint,
    q: BigUint,
    n: BigUint,
    d_p: BigUint,
    d_q: BigUint,
    q_inverse: BigUint,
}

impl RsaKey {
    /// The simulator's one key. None only if the constants above were damaged.
    pub(crate) fn built_in() -> Option<Self> {
        let p = BigUint::parse_bytes(P_HEX, 16)?;
        let q = BigUint::parse_bytes(Q_HEX, 16)?;
        let one = BigUint::from(1u8);
        let e = BigUint::from(EXPONENT);
        let d_p = e.modinv(&(&p - &one))?;
        let d_q = e.modinv(&(&q - &one))?;
        let q_inverse = q.modinv(&p)?;
        Some(Self {
            n: &p * &q,
            p,
            q,
            d_p,
            d_q,
            q_inverse,
        })
    }

    /// The modulus, in decimal, as `grammers_crypto::rsa::Key::new` takes it.
    pub(crate) fn modulus_decimal(&self) -> String {
        self.n.to_string()
    }

    /// The public exponent, in decimal.
    pub(crate) fn exponent_decimal() -> String {
        EXPONENT.to_string()
    }

    /// The number the handshake names the key by: the low 64 bits of the SHA-1 of its TL serialization.
    pub(crate) fn fingerprint(&self) -> i64 {
        let mut serialized = self.n.to_bytes_be().to_bytes();
        serialized.extend(EXPONENT.to_be_bytes()[1..].to_vec().to_bytes());
        i64::from_le_bytes(array_at(&sha1(&[&serialized]), 12))
    }

    /// The public key as a PKCS #1 PEM text.
    pub(crate) fn public_pem(&self) -> String {
        let mut body = der_integer(&self.n.to_bytes_be());
        body.extend(der_integer(&EXPONENT.to_be_bytes()[1..]));
        let der = der_value(0x30, &body);
        let mut pem = String::from("-----BEGIN RSA PUBLIC KEY-----\n");
        for line in base64(&der).as_bytes().chunks(64) {
            pem.push_str(&String::from_utf8_lossy(line));
            pem.push('\n');
        }
        pem.push_str("-----END RSA PUBLIC KEY-----\n");
        pem
    }

    /// Decrypts the `encrypted_data` of `req_DH_params`, whichever way it was padded.
    pub(crate) fn open_inner_data(&self, encrypted: &[u8]) -> Option<(enums::PQInnerData, Padding)> {
        let plain = self.decrypt(encrypted)?;
        if let Some(data) = unpad_rsa_pad(&plain) {
            return Some((enums::PQInnerData::from_bytes(&data).ok()?, Padding::RsaPad));
        }
        // 0x00, SHA-1 of the data, the data, random bytes: the data says itself where it ends.
        let mut cursor = Cursor::from_slice(&plain[21..]);
        let inner = enums::PQInnerData::deserialize(&mut cursor).ok()?;
        let matches = sha1(&[&plain[21..21 + cursor.pos()]]) == array_at(&plain, 1);
        (plain[0] == 0 && matches).then_some((inner, Padding::Sha1))
    }

    /// `encrypted ^ d mod n` by the Chinese remainder theorem: two half-size powers.
    fn decrypt(&self, encrypted: &[u8]) -> Option<[u8; 256]> {
        let cipher = BigUint::from_bytes_be(encrypted);
        if cipher >= self.n {
            return None;
        }
        let m_p = cipher.modpow(&self.d_p, &self.p);
        let m_q = cipher.modpow(&self.d_q, &self.q);
        let difference = (m_p + &self.p - &m_q % &self.p) % &self.p;
        let h = difference * &self.q_inverse % &self.p;
        Some(pad_256(&(m_q + h * &self.q)))
    }
}

/// A number as exactly 256 big-endian bytes.
pub(crate) fn pad_256(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut padded = [0; 256];
    let taken = bytes.len().min(256);
    padded[256 - taken..].copy_from_slice(&bytes[bytes.len() - taken..]);
    padded
}

fn unpad_rsa_pad(plain: &[u8; 256]) -> Option<Vec<u8>> {
    let (temp_key_xor, aes_encrypted) = plain.split_at(32);
    let mut temp_key = sha256(&[aes_encrypted]);
    temp_key.iter_mut().zip(temp_key_xor).for_each(|(a, b)| *a ^= b);
    let mut data_with_hash = aes_encrypted.to_vec();
    ige_decrypt(&mut data_with_hash, &temp_key, &[0; 32]);
    let (reversed, hash) = data_with_hash.split_at_mut(192);
    reversed.reverse();
    (sha256(&[&temp_key, reversed])[..] == *hash).then(|| reversed.to_vec())
}

fn der_integer(big_endian: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(big_endian.len() + 1);
    if big_endian.first().is_some_and(|first| first & 0x80 != 0) {
        value.push(0);
    }
    value.extend_from_slice(big_endian);
    der_value(0x02, &value)
}

fn der_value(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes();
    let mut der = vec![tag];
    match value.len() {
        0..=0x7f => der.push(length[1]),
        0x80..=0xff => der.extend([0x81, length[1]]),
        _ => der.extend([0x82, length[0], length[1]]),
    }
    der.extend_from_slice(value);
    der
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for position in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * position) & 63) as usize];
            text.push(if position <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types::types;

    fn inner_data() -> enums::PQInnerData {
        types::PQInnerDataDc {
            pq: vec![1; 8],
            p: vec![2; 4],
            q: vec![3; 4],
            nonce: [4; 16],
            server_nonce: [5; 16],
            new_nonce: [6; 32],
            dc: 2,
        }
        .into()
    }

    #[test]
    fn opens_rsa_pad_of_an_independent_client() {
        let key = RsaKey::built_in().unwrap();
        let public =
            grammers_crypto::rsa::Key::new(&key.modulus_decimal(), &RsaKey::exponent_decimal()).unwrap();
        let sealed = grammers_crypto::rsa::encrypt_hashed(&inner_data().to_bytes(), &public, &[9; 224]);
        let (opened, padding) = key.open_inner_data(&sealed).unwrap();
        assert_eq!(
            (opened.to_bytes(), padding),
            (inner_data().to_bytes(), Padding::RsaPad)
        );
    }

    #[test]
    fn opens_the_old_padding() {
        let key = RsaKey::built_in().unwrap();
        let data = inner_data().to_bytes();
        let mut plain = vec![0];
        plain.extend(sha1(&[&data]));
        plain.extend(&data);
        plain.resize(256, 0x5a);
        let sealed = BigUint::from_bytes_be(&plain).modpow(&BigUint::from(EXPONENT), &key.n);
        let (opened, padding) = key.open_inner_data(&pad_256(&sealed)).unwrap();
        assert_eq!((opened.to_bytes(), padding), (data, Padding::Sha1));
    }

    #[test]
    fn refuses_noise() {
        assert!(
            RsaKey::built_in()
                .unwrap()
                .open_inner_data(&[0x11; 256])
                .is_none()
        );
    }

    #[test]
    fn the_fingerprint_has_no_leading_zero() {
        // mtcute drops it and then does not find the key. A positive number also reads the same signed.
        assert!(RsaKey::built_in().unwrap().fingerprint() > 1 << 60);
    }

    #[test]
    fn base64_is_the_standard_one() {
        assert_eq!(
            [base64(b"f"), base64(b"fo"), base64(b"foo")],
            ["Zg==", "Zm8=", "Zm9v"]
        );
    }
}
