//! The second password: SRP with 2048 bits, the server's side.
//!
//! Source: core.telegram.org/api/srp.

use std::collections::HashMap;
use std::sync::Mutex;

use grammers_tl_types::types;
use num_bigint::BigUint;

use crate::ids::KeyId;
use crate::net::crypto::sha256;
use crate::net::handshake::{DH_G, dh_prime};
use crate::net::rsa::pad_256;
use crate::net::{lock, os};

/// Challenges that wait for their answer at most; then all are forgotten.
const MAX_CHALLENGES: usize = 1024;
/// Passwords whose verifier is remembered at most (computing one takes a tenth of a second).
const MAX_VERIFIERS: usize = 1024;
const PBKDF2_ROUNDS: u32 = 100_000;
/// The salts are the same for every account: guessing resistance is of no use to a simulator.
const SALT1: &[u8] = b"telegram-sim salt 1";
const SALT2: &[u8] = b"telegram-sim salt 2";

struct Challenge {
    srp_id: i64,
    secret: BigUint,
    verifier: BigUint,
    b: [u8; 256],
}

/// What to put into `account.password`.
pub(crate) struct Offer {
    pub(crate) srp_id: i64,
    pub(crate) srp_b: Vec<u8>,
}

/// Why an answer is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// `SRP_ID_INVALID`: no such challenge, or an older one.
    Challenge,
    /// `PASSWORD_HASH_INVALID`: not the password.
    Password,
}

/// The open challenges of all keys.
#[derive(Default)]
pub(crate) struct Srp {
    challenges: Mutex<HashMap<KeyId, Challenge>>,
    verifiers: Mutex<HashMap<String, BigUint>>,
}

impl Srp {
    /// Makes a challenge for a key; an older one of it is void.
    pub(crate) fn challenge(&self, key: KeyId, password: &str) -> Offer {
        let prime = dh_prime();
        let g = BigUint::from(DH_G.unsigned_abs());
        let verifier = self.verifier(password);
        let secret = BigUint::from_bytes_be(&os::random_bytes::<256>());
        let k = BigUint::from_bytes_be(&sha256(&[&pad_256(&prime), &pad_256(&g)]));
        let b = pad_256(&((k * &verifier + g.modpow(&secret, &prime)) % &prime));
        let srp_id = i64::from_le_bytes(os::random_bytes());
        let mut challenges = lock(&self.challenges);
        if challenges.len() >= MAX_CHALLENGES {
            challenges.clear();
        }
        challenges.insert(
            key,
            Challenge {
                srp_id,
                secret,
                verifier,
                b,
            },
        );
        Offer {
            srp_id,
            srp_b: b.to_vec(),
        }
    }

    /// Checks the proof of a password. A challenge is good for one try.
    pub(crate) fn check(&self, key: KeyId, proof: &types::InputCheckPasswordSrp) -> Result<(), Refusal> {
        let challenge = lock(&self.challenges).remove(&key).ok_or(Refusal::Challenge)?;
        if challenge.srp_id != proof.srp_id {
            return Err(Refusal::Challenge);
        }
        let prime = dh_prime();
        let a = BigUint::from_bytes_be(&proof.a);
        if &a % &prime == BigUint::ZERO {
            return Err(Refusal::Password);
        }
        let a_bytes = pad_256(&a);
        let u = BigUint::from_bytes_be(&sha256(&[&a_bytes, &challenge.b]));
        let shared = (a * challenge.verifier.modpow(&u, &prime)).modpow(&challenge.secret, &prime);
        let session_key = sha256(&[&pad_256(&shared)]);
        let mut groups = sha256(&[&pad_256(&prime)]);
        let g_hash = sha256(&[&pad_256(&BigUint::from(DH_G.unsigned_abs()))]);
        groups
            .iter_mut()
            .zip(g_hash)
            .for_each(|(left, right)| *left ^= right);
        let expected = sha256(&[
            &groups,
            &sha256(&[SALT1]),
            &sha256(&[SALT2]),
            &a_bytes,
            &challenge.b,
            &session_key,
        ]);
        if proof.m1 == expected {
            Ok(())
        } else {
            Err(Refusal::Password)
        }
    }

    fn verifier(&self, password: &str) -> BigUint {
        if let Some(known) = lock(&self.verifiers).get(password) {
            return known.clone();
        }
        let verifier = BigUint::from(DH_G.unsigned_abs()).modpow(&password_hash(password), &dh_prime());
        let mut verifiers = lock(&self.verifiers);
        if verifiers.len() >= MAX_VERIFIERS {
            verifiers.clear();
        }
        verifiers.insert(password.to_owned(), verifier.clone());
        verifier
    }
}

/// The algorithm that clients are to use.
pub(crate) fn algorithm() -> types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: SALT1.to_vec(),
        salt2: SALT2.to_vec(),
        g: DH_G,
        p: dh_prime().to_bytes_be(),
    }
}

/// `PH2` of the source: `x`.
fn password_hash(password: &str) -> BigUint {
    let first = salted(&salted(password.as_bytes(), SALT1), SALT2);
    let mut stretched = [0; 64];
    pbkdf2::pbkdf2_hmac::<sha2::Sha512>(&first, SALT1, PBKDF2_ROUNDS, &mut stretched);
    BigUint::from_bytes_be(&salted(&stretched, SALT2))
}

fn salted(data: &[u8], salt: &[u8]) -> [u8; 32] {
    sha256(&[salt, data, salt])
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_crypto::two_factor_auth::calculate_2fa;

    fn proof(offer: &Offer, password: &str) -> types::InputCheckPasswordSrp {
        let algorithm = algorithm();
        let (m1, g_a) = calculate_2fa(
            &algorithm.salt1,
            &algorithm.salt2,
            &algorithm.p,
            &algorithm.g,
            offer.srp_b.clone(),
            vec![0x5a; 256],
            password,
        );
        types::InputCheckPasswordSrp {
            srp_id: offer.srp_id,
            a: g_a.to_vec(),
            m1: m1.to_vec(),
        }
    }

    #[test]
    fn an_independent_client_proves_the_right_password_only() {
        let srp = Srp::default();
        let key = KeyId(7);
        let offer = srp.challenge(key, "tulip");
        let right = proof(&offer, "tulip");
        assert_eq!(srp.check(key, &right), Ok(()));
        assert_eq!(
            srp.check(key, &right),
            Err(Refusal::Challenge),
            "a challenge is good once"
        );
        let offer = srp.challenge(key, "tulip");
        assert_eq!(srp.check(key, &proof(&offer, "rose")), Err(Refusal::Password));
    }
}
