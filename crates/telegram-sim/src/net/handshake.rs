//! The making of an authorization key, the server's side.
//!
//! Source: core.telegram.org/mtproto/auth_key. Three questions and answers, unencrypted as messages:
//! `req_pq_multi`, `req_DH_params`, `set_client_DH_params`.

use grammers_crypto::aes::{ige_decrypt, ige_encrypt};
use grammers_tl_types::{Cursor, Deserializable, Identifiable, Serializable, enums, functions, types};
use num_bigint::BigUint;

use super::crypto::{AuthKey, array_at, sha1, u32_at};
use super::os;
use super::primes;
use super::rsa::{Padding, RsaKey, pad_256};

/// The group of the Diffie–Hellman exchange and of SRP: the prime that Telegram itself uses, which clients know
/// as good and need not test.
pub(crate) const DH_PRIME_HEX: &[u8] = b"c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
    48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
    20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
    2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
    a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
    fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
    e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
    0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";
/// The group's generator.
pub(crate) const DH_G: i32 = 3;
/// Bytes of our secret exponent: 256 bits of secrecy are plenty, and a short exponent makes a handshake cheap.
const SECRET_BYTES: usize = 32;

/// Why a handshake ended. The client is told -404, as by Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HandshakeError {
    #[error("not a handshake message")]
    NotAHandshake,
    #[error("message out of turn")]
    OutOfTurn,
    #[error("nonce differs")]
    Nonce,
    #[error("unknown RSA key")]
    Fingerprint,
    #[error("undecipherable inner data")]
    InnerData,
    #[error("p and q do not fit")]
    Factors,
    #[error("g_b out of range")]
    Range,
}

/// A finished handshake.
pub(crate) struct NewKey {
    pub(crate) key: AuthKey,
    /// The salt both sides derive from the nonces.
    pub(crate) salt: i64,
    /// The key is a temporary one, to be bound to a permanent one.
    pub(crate) temporary: bool,
    /// The data centre the client believes to talk to.
    pub(crate) dc: Option<i32>,
    /// How the client padded the inner data.
    pub(crate) padding: Padding,
}

/// What to answer, and the key if this was the last answer.
pub(crate) struct Answer {
    pub(crate) body: Vec<u8>,
    pub(crate) done: Option<NewKey>,
}

struct Nonces {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
}

struct Exchange {
    nonces: Nonces,
    new_nonce: [u8; 32],
    cipher: ([u8; 32], [u8; 32]),
    secret: BigUint,
    temporary: bool,
    dc: Option<i32>,
    padding: Padding,
}

enum State {
    Idle,
    PqSent { nonces: Nonces, p: u64, q: u64 },
    DhSent(Box<Exchange>),
}

/// One connection's handshake; it can be run again and again.
pub(crate) struct Handshake {
    state: State,
}

impl Handshake {
    pub(crate) fn new() -> Self {
        Self { state: State::Idle }
    }

    /// Takes the next question.
    pub(crate) fn answer(&mut self, question: &[u8], rsa: &RsaKey) -> Result<Answer, HandshakeError> {
        let mut fields = Cursor::from_slice(question.get(4..).unwrap_or_default());
        let fields = &mut fields;
        let broken = |_| HandshakeError::NotAHandshake;
        match u32_at(question, 0) {
            functions::ReqPqMulti::CONSTRUCTOR_ID => {
                let asked = functions::ReqPqMulti::deserialize(fields).map_err(broken)?;
                Ok(self.offer_pq(asked.nonce, rsa))
            }
            functions::ReqPq::CONSTRUCTOR_ID => {
                let asked = functions::ReqPq::deserialize(fields).map_err(broken)?;
                Ok(self.offer_pq(asked.nonce, rsa))
            }
            functions::ReqDhParams::CONSTRUCTOR_ID => {
                let asked = functions::ReqDhParams::deserialize(fields).map_err(broken)?;
                self.offer_dh(&asked, rsa)
            }
            functions::SetClientDhParams::CONSTRUCTOR_ID => {
                let asked = functions::SetClientDhParams::deserialize(fields).map_err(broken)?;
                self.finish(&asked)
            }
            _ => Err(HandshakeError::NotAHandshake),
        }
    }

    fn offer_pq(&mut self, nonce: [u8; 16], rsa: &RsaKey) -> Answer {
        let server_nonce = os::random_bytes();
        let (p, q) = primes::two_primes();
        let body = enums::ResPq::Pq(types::ResPq {
            nonce,
            server_nonce,
            pq: (p * q).to_be_bytes().to_vec(),
            server_public_key_fingerprints: vec![rsa.fingerprint()],
        })
        .to_bytes();
        self.state = State::PqSent {
            nonces: Nonces { nonce, server_nonce },
            p,
            q,
        };
        Answer { body, done: None }
    }

    fn offer_dh(&mut self, asked: &functions::ReqDhParams, rsa: &RsaKey) -> Result<Answer, HandshakeError> {
        let State::PqSent { nonces, p, q } = std::mem::replace(&mut self.state, State::Idle) else {
            return Err(HandshakeError::OutOfTurn);
        };
        nonces.check(asked.nonce, asked.server_nonce)?;
        if asked.public_key_fingerprint != rsa.fingerprint() {
            return Err(HandshakeError::Fingerprint);
        }
        if (big_endian(&asked.p), big_endian(&asked.q)) != (Some(p), Some(q)) {
            return Err(HandshakeError::Factors);
        }
        let (inner, padding) = rsa
            .open_inner_data(&asked.encrypted_data)
            .ok_or(HandshakeError::InnerData)?;
        let inner = InnerData::from(inner);
        nonces.check(inner.nonce, inner.server_nonce)?;
        let cipher = grammers_crypto::generate_key_data_from_nonce(&nonces.server_nonce, &inner.new_nonce);
        let exchange = Exchange {
            new_nonce: inner.new_nonce,
            cipher,
            secret: BigUint::from_bytes_be(&os::random_bytes::<SECRET_BYTES>()),
            temporary: inner.temporary,
            dc: inner.dc,
            padding,
            nonces,
        };
        let body = exchange.offer();
        self.state = State::DhSent(Box::new(exchange));
        Ok(Answer { body, done: None })
    }

    fn finish(&mut self, asked: &functions::SetClientDhParams) -> Result<Answer, HandshakeError> {
        let State::DhSent(exchange) = std::mem::replace(&mut self.state, State::Idle) else {
            return Err(HandshakeError::OutOfTurn);
        };
        exchange.nonces.check(asked.nonce, asked.server_nonce)?;
        let g_b = exchange.open_client_data(&asked.encrypted_data)?;
        let prime = dh_prime();
        check_range(&g_b, &prime)?;
        let key = AuthKey::new(pad_256(&g_b.modpow(&exchange.secret, &prime)));
        let body = enums::SetClientDhParamsAnswer::DhGenOk(types::DhGenOk {
            nonce: exchange.nonces.nonce,
            server_nonce: exchange.nonces.server_nonce,
            new_nonce_hash1: key.nonce_hash(&exchange.new_nonce, 1),
        })
        .to_bytes();
        let salt = i64::from_le_bytes(array_at(&exchange.new_nonce, 0))
            ^ i64::from_le_bytes(array_at(&exchange.nonces.server_nonce, 0));
        let done = NewKey {
            key,
            salt,
            temporary: exchange.temporary,
            dc: exchange.dc,
            padding: exchange.padding,
        };
        Ok(Answer {
            body,
            done: Some(done),
        })
    }
}

impl Nonces {
    fn check(&self, nonce: [u8; 16], server_nonce: [u8; 16]) -> Result<(), HandshakeError> {
        let same = self.nonce == nonce && self.server_nonce == server_nonce;
        same.then_some(()).ok_or(HandshakeError::Nonce)
    }
}

impl Exchange {
    /// `server_DH_params_ok` with our half, `g_a = g ^ secret`.
    fn offer(&self) -> Vec<u8> {
        let prime = dh_prime();
        let inner = enums::ServerDhInnerData::Data(types::ServerDhInnerData {
            nonce: self.nonces.nonce,
            server_nonce: self.nonces.server_nonce,
            g: DH_G,
            dh_prime: prime.to_bytes_be(),
            g_a: pad_256(&BigUint::from(DH_G.unsigned_abs()).modpow(&self.secret, &prime)).to_vec(),
            server_time: os::unix_seconds(),
        })
        .to_bytes();
        let mut encrypted_answer = sha1(&[&inner]).to_vec();
        encrypted_answer.extend(inner);
        let padding: [u8; 16] = os::random_bytes();
        let missing = (16 - encrypted_answer.len() % 16) % 16;
        encrypted_answer.extend(&padding[..missing]);
        ige_encrypt(&mut encrypted_answer, &self.cipher.0, &self.cipher.1);
        enums::ServerDhParams::Ok(types::ServerDhParamsOk {
            nonce: self.nonces.nonce,
            server_nonce: self.nonces.server_nonce,
            encrypted_answer,
        })
        .to_bytes()
    }

    /// The client's half, `g_b`.
    fn open_client_data(&self, encrypted: &[u8]) -> Result<BigUint, HandshakeError> {
        if encrypted.len() < 48 || !encrypted.len().is_multiple_of(16) {
            return Err(HandshakeError::InnerData);
        }
        let mut plain = encrypted.to_vec();
        ige_decrypt(&mut plain, &self.cipher.0, &self.cipher.1);
        let (hash, data) = plain.split_at(20);
        let mut cursor = Cursor::from_slice(data);
        let enums::ClientDhInnerData::Data(inner) =
            enums::ClientDhInnerData::deserialize(&mut cursor).map_err(|_| HandshakeError::InnerData)?;
        if sha1(&[&data[..cursor.pos()]])[..] != *hash {
            return Err(HandshakeError::InnerData);
        }
        self.nonces.check(inner.nonce, inner.server_nonce)?;
        Ok(BigUint::from_bytes_be(&inner.g_b))
    }
}

/// The fields that the four forms of inner data share.
struct InnerData {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    dc: Option<i32>,
    temporary: bool,
}

impl From<enums::PQInnerData> for InnerData {
    fn from(inner: enums::PQInnerData) -> Self {
        use enums::PQInnerData as Form;
        let (nonce, server_nonce, new_nonce, dc, temporary) = match inner {
            Form::Data(d) => (d.nonce, d.server_nonce, d.new_nonce, None, false),
            Form::Dc(d) => (d.nonce, d.server_nonce, d.new_nonce, Some(d.dc), false),
            Form::Temp(d) => (d.nonce, d.server_nonce, d.new_nonce, None, true),
            Form::TempDc(d) => (d.nonce, d.server_nonce, d.new_nonce, Some(d.dc), true),
        };
        Self {
            nonce,
            server_nonce,
            new_nonce,
            dc,
            temporary,
        }
    }
}

/// The prime of [`DH_PRIME_HEX`].
pub(crate) fn dh_prime() -> BigUint {
    BigUint::parse_bytes(DH_PRIME_HEX, 16).unwrap_or_default()
}

/// Both halves must lie between `2^1984` and `prime - 2^1984`.
fn check_range(half: &BigUint, prime: &BigUint) -> Result<(), HandshakeError> {
    let margin = BigUint::from(1u8) << (2048 - 64);
    let inside = *half >= margin && *half <= prime - margin;
    inside.then_some(()).ok_or(HandshakeError::Range)
}

fn big_endian(bytes: &[u8]) -> Option<u64> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[zeros..];
    (digits.len() <= 8).then(|| {
        digits
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prime_is_whole() {
        assert_eq!(dh_prime().bits(), 2048);
        assert_eq!(dh_prime() % BigUint::from(3u8), BigUint::from(2u8));
    }

    #[test]
    fn a_question_out_of_turn_is_refused() {
        let rsa = RsaKey::built_in().unwrap();
        let question = functions::SetClientDhParams {
            nonce: [0; 16],
            server_nonce: [0; 16],
            encrypted_data: vec![0; 64],
        };
        let answer = Handshake::new().answer(&question.to_bytes(), &rsa);
        assert_eq!(answer.err(), Some(HandshakeError::OutOfTurn));
    }

    #[test]
    fn wrong_factors_are_refused() {
        let rsa = RsaKey::built_in().unwrap();
        let mut handshake = Handshake::new();
        let answer = handshake
            .answer(&functions::ReqPqMulti { nonce: [1; 16] }.to_bytes(), &rsa)
            .unwrap();
        let enums::ResPq::Pq(offer) = enums::ResPq::from_bytes(&answer.body).unwrap();
        assert_eq!(offer.pq.len(), 8);
        let question = functions::ReqDhParams {
            nonce: offer.nonce,
            server_nonce: offer.server_nonce,
            p: vec![1],
            q: offer.pq,
            public_key_fingerprint: rsa.fingerprint(),
            encrypted_data: vec![0; 256],
        };
        assert_eq!(
            handshake.answer(&question.to_bytes(), &rsa).err(),
            Some(HandshakeError::Factors)
        );
    }
}
