//! Agreement on an authorisation key with a server whose RSA key is not one of Telegram's.
//!
//! grammers knows Telegram's own keys only, so this is the same Diffie–Hellman exchange over grammers' public plain
//! connection. <https://core.telegram.org/mtproto/auth_key>

use std::net::SocketAddr;

use grammers_crypto::{AuthKey, aes, factorize, generate_key_data_from_nonce, rsa};
use grammers_mtproto::{mtp, transport};
use grammers_mtsender::{Sender, ServerAddr};
use grammers_tl_types::{self as tl, Cursor, Deserializable, Serializable};
use num_bigint::BigUint;
use sha1::{Digest, Sha1};

use crate::entropy::random;
use crate::{RsaPublicKey, TelegramError};

/// Length of the hash in front of what is encrypted.
const SHA1_BYTES: usize = 20;

/// Connects and agrees on a new key. Nothing of the connection is kept.
pub(crate) async fn new_auth_key(
    address: SocketAddr,
    key: &RsaPublicKey,
) -> Result<[u8; 256], TelegramError> {
    let mut sender = Sender::connect(
        transport::Full::new(),
        mtp::Plain::new(),
        ServerAddr::Tcp { address },
    )
    .await
    .map_err(|error| TelegramError::NotConnected(error.kind().to_string()))?;

    let nonce: [u8; 16] = random()?;
    let tl::enums::ResPq::Pq(pq) = sender
        .invoke(&tl::functions::ReqPqMulti { nonce })
        .await
        .map_err(TelegramError::from_invocation)?;
    let exchange = Exchange {
        nonce,
        server_nonce: pq.server_nonce,
        new_nonce: random()?,
    };

    let request = exchange.dh_request(&pq, key)?;
    let answer = sender
        .invoke(&request)
        .await
        .map_err(TelegramError::from_invocation)?;

    let (request, auth_key) = exchange.client_half(answer)?;
    let answer = sender
        .invoke(&request)
        .await
        .map_err(TelegramError::from_invocation)?;
    exchange.confirm(&answer, &auth_key)?;
    Ok(auth_key)
}

struct Exchange {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
}

impl Exchange {
    fn dh_request(
        &self,
        pq: &tl::types::ResPq,
        key: &RsaPublicKey,
    ) -> Result<tl::functions::ReqDhParams, TelegramError> {
        check(pq.nonce == self.nonce, "nonce")?;
        let fingerprint = key.fingerprint();
        check(
            pq.server_public_key_fingerprints.contains(&fingerprint),
            "the server has another RSA key",
        )?;
        let product: [u8; 8] = pq.pq.as_slice().try_into().map_err(|_| failed("size of pq"))?;
        let (p, q) = factorize(u64::from_be_bytes(product));
        let (p, q) = (significant(p), significant(q));
        let inner = tl::enums::PQInnerData::Data(tl::types::PQInnerData {
            pq: pq.pq.clone(),
            p: p.clone(),
            q: q.clone(),
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            new_nonce: self.new_nonce,
        });
        let rsa_key = key.key().ok_or_else(|| failed("RSA key"))?;
        Ok(tl::functions::ReqDhParams {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            p,
            q,
            public_key_fingerprint: fingerprint,
            encrypted_data: rsa::encrypt_hashed(&inner.to_bytes(), &rsa_key, &random()?),
        })
    }

    /// Our half of the Diffie–Hellman exchange, and the key that follows from it.
    fn client_half(
        &self,
        answer: tl::enums::ServerDhParams,
    ) -> Result<(tl::functions::SetClientDhParams, [u8; 256]), TelegramError> {
        let tl::enums::ServerDhParams::Ok(params) = answer else {
            return Err(failed("the server refused"));
        };
        self.check_nonces(&params.nonce, &params.server_nonce)?;
        let (key, iv) = generate_key_data_from_nonce(&self.server_nonce, &self.new_nonce);
        let inner = decrypt_inner(params.encrypted_answer, &key, &iv)?;
        self.check_nonces(&inner.nonce, &inner.server_nonce)?;

        let prime = BigUint::from_bytes_be(&inner.dh_prime);
        let generator = BigUint::from(inner.g.unsigned_abs());
        let g_a = BigUint::from_bytes_be(&inner.g_a);
        let secret = BigUint::from_bytes_be(&random::<256>()?);
        let g_b = generator.modpow(&secret, &prime);
        check_range(&g_a, &prime)?;
        check_range(&g_b, &prime)?;

        let data = tl::enums::ClientDhInnerData::Data(tl::types::ClientDhInnerData {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            retry_id: 0,
            g_b: g_b.to_bytes_be(),
        })
        .to_bytes();
        let mut encrypted_data = Sha1::digest(&data).to_vec();
        encrypted_data.extend(&data);
        let padding = random::<16>()?;
        let missing = (16 - encrypted_data.len() % 16) % 16;
        encrypted_data.extend(&padding[..missing]);
        aes::ige_encrypt(&mut encrypted_data, &key, &iv);

        let request = tl::functions::SetClientDhParams {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            encrypted_data,
        };
        Ok((request, padded_key(&g_a.modpow(&secret, &prime))?))
    }

    fn confirm(
        &self,
        answer: &tl::enums::SetClientDhParamsAnswer,
        auth_key: &[u8; 256],
    ) -> Result<(), TelegramError> {
        let tl::enums::SetClientDhParamsAnswer::DhGenOk(ok) = answer else {
            return Err(failed("the server did not accept the key"));
        };
        self.check_nonces(&ok.nonce, &ok.server_nonce)?;
        let expected = AuthKey::from_bytes(*auth_key).calc_new_nonce_hash(&self.new_nonce, 1);
        check(ok.new_nonce_hash1 == expected, "the keys differ")
    }

    fn check_nonces(&self, nonce: &[u8; 16], server_nonce: &[u8; 16]) -> Result<(), TelegramError> {
        check(
            *nonce == self.nonce && *server_nonce == self.server_nonce,
            "nonce",
        )
    }
}

fn decrypt_inner(
    mut encrypted: Vec<u8>,
    key: &[u8; 32],
    iv: &[u8; 32],
) -> Result<tl::types::ServerDhInnerData, TelegramError> {
    check(
        encrypted.len().is_multiple_of(16) && encrypted.len() > SHA1_BYTES,
        "length of the answer",
    )?;
    aes::ige_decrypt(&mut encrypted, key, iv);
    let (hash, plain) = encrypted.split_at(SHA1_BYTES);
    let mut cursor = Cursor::from_slice(plain);
    let tl::enums::ServerDhInnerData::Data(inner) = tl::enums::ServerDhInnerData::deserialize(&mut cursor)
        .map_err(|_| failed("the answer cannot be read"))?;
    let expected: [u8; SHA1_BYTES] = Sha1::digest(&plain[..cursor.pos()]).into();
    check(hash == expected, "hash of the answer")?;
    Ok(inner)
}

/// A public half must lie far from both ends of the group.
fn check_range(value: &BigUint, prime: &BigUint) -> Result<(), TelegramError> {
    let margin = BigUint::from(1u8) << (2048 - 64);
    check(
        *prime > margin && *value > margin && *value < prime - &margin,
        "a value is out of range",
    )
}

fn padded_key(value: &BigUint) -> Result<[u8; 256], TelegramError> {
    let bytes = value.to_bytes_be();
    let mut key = [0; 256];
    let start = key
        .len()
        .checked_sub(bytes.len())
        .ok_or_else(|| failed("length of the key"))?;
    key[start..].copy_from_slice(&bytes);
    Ok(key)
}

fn significant(number: u64) -> Vec<u8> {
    number
        .to_be_bytes()
        .into_iter()
        .skip_while(|byte| *byte == 0)
        .collect()
}

fn check(holds: bool, what: &str) -> Result<(), TelegramError> {
    if holds { Ok(()) } else { Err(failed(what)) }
}

fn failed(what: &str) -> TelegramError {
    TelegramError::Handshake(what.to_owned())
}
