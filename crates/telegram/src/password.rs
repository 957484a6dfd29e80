//! Two-step verification: the proof that one knows the password.

use grammers_crypto::two_factor_auth::{calculate_2fa, check_p_and_g};
use grammers_tl_types as tl;

use crate::{TelegramError, entropy};

/// The answer to the server's challenge. Takes tens of milliseconds of computing.
pub(crate) fn proof(
    challenge: tl::types::account::Password,
    password: &str,
) -> Result<tl::enums::InputCheckPasswordSrp, TelegramError> {
    use tl::enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow as Known;
    let (Some(Known(algorithm)), Some(server_half), Some(srp_id)) =
        (challenge.current_algo, challenge.srp_b, challenge.srp_id)
    else {
        return Err(TelegramError::Handshake(
            "the way of checking the password is not known".to_owned(),
        ));
    };
    // The arithmetic below takes these lengths for granted.
    if algorithm.p.len() != 256 || server_half.len() > 256 {
        return Err(unsafe_parameters());
    }
    if !check_p_and_g(&algorithm.p, &algorithm.g) {
        return Err(unsafe_parameters());
    }
    let (m1, a) = calculate_2fa(
        &algorithm.salt1,
        &algorithm.salt2,
        &algorithm.p,
        &algorithm.g,
        server_half,
        entropy::random::<256>()?.to_vec(),
        password,
    );
    Ok(tl::types::InputCheckPasswordSrp {
        srp_id,
        a: a.to_vec(),
        m1: m1.to_vec(),
    }
    .into())
}

fn unsafe_parameters() -> TelegramError {
    TelegramError::Handshake("the parameters for checking the password are not safe".to_owned())
}
