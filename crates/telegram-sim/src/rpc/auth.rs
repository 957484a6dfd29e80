//! `auth.*`: signing in by code, by second password, by QR code; signing out.

use grammers_tl_types::{enums, functions, types};

use super::convert::{self, seconds};
use super::srp::Refusal;
use super::{Context, INPUT_REQUEST_INVALID};
use crate::world::Answer;
use crate::world::error::{AUTH_TOKEN_INVALID, RpcError};
use crate::world::types::{LoginTokenState, SignIn, UserView};

const PASSWORD_HASH_INVALID: RpcError = RpcError::new(400, "PASSWORD_HASH_INVALID");
const SRP_ID_INVALID: RpcError = RpcError::new(400, "SRP_ID_INVALID");
const API_ID_INVALID: RpcError = RpcError::new(400, "API_ID_INVALID");
const PHONE_CODE_EMPTY: RpcError = RpcError::new(400, "PHONE_CODE_EMPTY");
/// Digits of a code.
const CODE_LENGTH: i32 = 5;

pub(super) fn send_code(
    context: &Context<'_>,
    asked: functions::auth::SendCode,
) -> Answer<enums::auth::SentCode> {
    if asked.api_id <= 0 || asked.api_hash.is_empty() {
        return Err(API_ID_INVALID);
    }
    sent_code(context, &asked.phone_number)
}

pub(super) fn resend_code(
    context: &Context<'_>,
    asked: functions::auth::ResendCode,
) -> Answer<enums::auth::SentCode> {
    sent_code(context, &asked.phone_number)
}

fn sent_code(context: &Context<'_>, phone: &str) -> Answer<enums::auth::SentCode> {
    let phone_code_hash = context.world().send_code(phone)?;
    Ok(types::auth::SentCode {
        r#type: types::auth::SentCodeTypeApp { length: CODE_LENGTH }.into(),
        phone_code_hash,
        next_type: None,
        timeout: None,
    }
    .into())
}

pub(super) fn cancel_code(_: &Context<'_>, _: functions::auth::CancelCode) -> Answer<bool> {
    // Codes of the simulator are fixed: there is nothing to take back.
    Ok(true)
}

pub(super) fn sign_in(
    context: &Context<'_>,
    asked: functions::auth::SignIn,
) -> Answer<enums::auth::Authorization> {
    let code = asked
        .phone_code
        .filter(|code| !code.is_empty())
        .ok_or(PHONE_CODE_EMPTY)?;
    let key = context.key.id();
    match context
        .world()
        .sign_in(key, &asked.phone_number, &asked.phone_code_hash, &code)?
    {
        SignIn::Done(view) => Ok(signed_in(context, &view)),
        SignIn::SignUpRequired => Ok(types::auth::AuthorizationSignUpRequired {
            terms_of_service: None,
        }
        .into()),
    }
}

pub(super) fn check_password(
    context: &Context<'_>,
    asked: functions::auth::CheckPassword,
) -> Answer<enums::auth::Authorization> {
    let enums::InputCheckPasswordSrp::Srp(proof) = asked.password else {
        return Err(PASSWORD_HASH_INVALID);
    };
    let key = context.key.id();
    context
        .shared
        .srp
        .check(key, &proof)
        .map_err(|refusal| match refusal {
            Refusal::Challenge => SRP_ID_INVALID,
            Refusal::Password => PASSWORD_HASH_INVALID,
        })?;
    let view = context.world().password_was_right(key)?;
    Ok(signed_in(context, &view))
}

fn signed_in(context: &Context<'_>, view: &UserView) -> enums::auth::Authorization {
    context.listen();
    types::auth::Authorization {
        setup_password_required: false,
        otherwise_relogin_days: None,
        tmp_sessions: None,
        future_auth_token: None,
        user: convert::user(view),
    }
    .into()
}

pub(super) fn log_out(context: &Context<'_>, _: functions::auth::LogOut) -> Answer<enums::auth::LoggedOut> {
    context.world().log_out(context.key.id())?;
    context.listen();
    Ok(types::auth::LoggedOut {
        future_auth_token: None,
    }
    .into())
}

pub(super) fn export_login_token(
    context: &Context<'_>,
    _: functions::auth::ExportLoginToken,
) -> Answer<enums::auth::LoginToken> {
    match context.world().export_login_token(context.key.id())? {
        LoginTokenState::Show(shown) => Ok(types::auth::LoginToken {
            expires: seconds(shown.expires_ms),
            token: shown.token,
        }
        .into()),
        LoginTokenState::Done(view) => Ok(types::auth::LoginTokenSuccess {
            authorization: signed_in(context, &view),
        }
        .into()),
    }
}

pub(super) fn import_login_token(
    context: &Context<'_>,
    asked: functions::auth::ImportLoginToken,
) -> Answer<enums::auth::LoginToken> {
    // Tokens are imported after a change of the data centre; all of ours are one, and its token is the key's.
    if asked.token.is_empty() {
        return Err(AUTH_TOKEN_INVALID);
    }
    match context.world().export_login_token(context.key.id())? {
        LoginTokenState::Done(view) => Ok(types::auth::LoginTokenSuccess {
            authorization: signed_in(context, &view),
        }
        .into()),
        LoginTokenState::Show(_) => Err(AUTH_TOKEN_INVALID),
    }
}

pub(super) fn accept_login_token(
    context: &Context<'_>,
    asked: functions::auth::AcceptLoginToken,
) -> Answer<enums::Authorization> {
    let caller = context.caller()?;
    context.world().accept_login_token(caller.account, &asked.token)?;
    let sessions = context.world().sessions(caller.account);
    // The new session signs in when it asks again; until then the caller's own is shown.
    let own = sessions.iter().find(|session| Some(session.key) == caller.key);
    own.map(|session| super::account::authorization(session, true))
        .ok_or(INPUT_REQUEST_INVALID)
}
