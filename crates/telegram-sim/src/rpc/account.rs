//! `account.*`: the second password, sessions, online status.

use grammers_tl_types::{enums, functions, types};

use super::Context;
use super::convert::seconds;
use super::srp;
use crate::net::os;
use crate::world::Answer;
use crate::world::error::USER_ID_INVALID;
use crate::world::types::{AccountInfo, SessionInfo};

pub(super) fn get_password(
    context: &Context<'_>,
    _: functions::account::GetPassword,
) -> Answer<enums::account::Password> {
    let key = context.key.id();
    let account = match context.world().password_owed_by(key) {
        Some(account) => account,
        None => own_account(context)?,
    };
    let offer = account
        .password
        .as_deref()
        .map(|password| context.shared.srp.challenge(key, password));
    let new_algo: enums::PasswordKdfAlgo = srp::algorithm().into();
    let (srp_id, srp_b) = offer.map(|offer| (offer.srp_id, offer.srp_b)).unzip();
    Ok(types::account::Password {
        has_recovery: false,
        has_secure_values: false,
        has_password: srp_id.is_some(),
        current_algo: srp_id.is_some().then(|| new_algo.clone()),
        srp_b,
        srp_id,
        hint: account.hint,
        email_unconfirmed_pattern: None,
        new_algo,
        new_secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_random: os::random_bytes::<32>().to_vec(),
        pending_reset_date: None,
        login_email_pattern: None,
    }
    .into())
}

fn own_account(context: &Context<'_>) -> Answer<AccountInfo> {
    let user = context.caller()?.account;
    let mut accounts = context.world().accounts().into_iter().map(|(account, _)| account);
    accounts
        .find(|account| account.user == user)
        .ok_or(USER_ID_INVALID)
}

pub(super) fn update_status(context: &Context<'_>, _: functions::account::UpdateStatus) -> Answer<bool> {
    context.caller().map(|_| true)
}

pub(super) fn get_authorizations(
    context: &Context<'_>,
    _: functions::account::GetAuthorizations,
) -> Answer<enums::account::Authorizations> {
    let caller = context.caller()?;
    let sessions = context.world().sessions(caller.account);
    let shown = sessions
        .iter()
        .map(|session| authorization(session, Some(session.key) == caller.key));
    Ok(types::account::Authorizations {
        authorization_ttl_days: 180,
        authorizations: shown.collect(),
    }
    .into())
}

pub(super) fn reset_authorization(
    context: &Context<'_>,
    asked: functions::account::ResetAuthorization,
) -> Answer<bool> {
    let caller = context.caller()?;
    context
        .world()
        .reset_authorization(caller, asked.hash)
        .map(|()| true)
}

/// A session as the list of sessions shows it; the present one has the number 0.
pub(super) fn authorization(session: &SessionInfo, current: bool) -> enums::Authorization {
    let text = |text: &str| text.to_owned();
    types::Authorization {
        current,
        official_app: false,
        password_pending: false,
        encrypted_requests_disabled: true,
        call_requests_disabled: true,
        unconfirmed: false,
        hash: if current { 0 } else { session.hash },
        device_model: text("unknown"),
        platform: text("unknown"),
        system_version: String::new(),
        api_id: 1,
        app_name: text("telegram-sim"),
        app_version: String::new(),
        date_created: seconds(session.created_ms),
        date_active: seconds(session.created_ms),
        ip: text("127.0.0.1"),
        country: String::new(),
        region: String::new(),
    }
    .into()
}
