//! Signing in and out, sessions, authorization keys, login tokens.

use std::fmt::Write as _;

use super::error::{
    AUTH_KEY_UNREGISTERED, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_INVALID, HASH_INVALID, PHONE_CODE_EXPIRED,
    PHONE_CODE_INVALID, PHONE_NUMBER_INVALID, SESSION_PASSWORD_NEEDED, SESSION_REVOKED,
};
use super::fact::FactKind;
use super::types::{
    AccountInfo, Caller, Dated, LoginToken, LoginTokenState, PushTo, SessionInfo, SignIn, Update, UserView,
};
use super::{Answer, Locked, World};
use crate::ids::{KeyId, UserId, phone_digits, roll, roll_text};

/// How long a login token can be accepted.
const LOGIN_TOKEN_LIFE_MS: i64 = 30_000;

/// The password asked for by the fault `need_password` when the account has none.
pub const FAULT_PASSWORD: &str = "password";

pub(super) struct PendingToken {
    key: KeyId,
    number: u64,
    expires_ms: i64,
    accepted_by: Option<UserId>,
}

impl World {
    /// Keeps an authorization key (its secret bytes are the server's business).
    pub fn save_key(&self, key: KeyId, secret: &[u8]) {
        let mut secret_hex = String::with_capacity(secret.len() * 2);
        for byte in secret {
            // Writing to a String cannot fail.
            let _ = write!(secret_hex, "{byte:02x}");
        }
        self.commit(
            &mut self.lock(),
            self.now_ms(),
            FactKind::KeySaved { key, secret_hex },
        );
    }

    /// The secret bytes of a key; none: the client gets the transport error -404.
    #[must_use]
    pub fn key(&self, key: KeyId) -> Option<Vec<u8>> {
        self.lock().state.keys.get(&key).cloned()
    }

    /// Drops a key with its session (`auth.dropTempAuthKeys`, or a fault).
    pub fn forget_key(&self, key: KeyId) {
        self.commit(&mut self.lock(), self.now_ms(), FactKind::KeyForgotten { key });
    }

    /// Who speaks through a key.
    ///
    /// # Errors
    /// `SESSION_REVOKED`, or `AUTH_KEY_UNREGISTERED` before sign-in and after sign-out.
    pub fn caller(&self, key: KeyId) -> Answer<Caller> {
        self.lock().caller(key)
    }

    /// Whether the key gave the right code and still owes the second password.
    #[must_use]
    pub fn password_owed_by(&self, key: KeyId) -> Option<AccountInfo> {
        let locked = self.lock();
        let user = locked.passwords_owed.get(&key)?;
        let mut info = locked.state.accounts.get(user)?.info.clone();
        info.password.get_or_insert_with(|| FAULT_PASSWORD.to_owned());
        Some(info)
    }

    /// `auth.sendCode`: the phone code's hash. With open registration an unknown phone becomes an account.
    ///
    /// # Errors
    /// `PHONE_NUMBER_INVALID`.
    pub fn send_code(&self, phone: &str) -> Answer<String> {
        let digits = phone_digits(phone);
        if !(7..=15).contains(&digits.len()) {
            return Err(PHONE_NUMBER_INVALID);
        }
        let mut locked = self.lock();
        if self.inner.scenario.open_registration && locked.account_by_phone(&digits).is_none() {
            self.register(&mut locked, &digits);
        }
        Ok(locked.code_hash(&digits))
    }

    /// `auth.signIn`.
    ///
    /// # Errors
    /// `PHONE_CODE_EXPIRED`, `PHONE_CODE_INVALID`, or `SESSION_PASSWORD_NEEDED`: then the server checks the password
    /// of [`World::password_owed_by`] and calls [`World::password_was_right`].
    pub fn sign_in(&self, key: KeyId, phone: &str, code_hash: &str, code: &str) -> Answer<SignIn> {
        let digits = phone_digits(phone);
        let mut locked = self.lock();
        if code_hash != locked.code_hash(&digits) {
            return Err(PHONE_CODE_EXPIRED);
        }
        let Some(user) = locked.account_by_phone(&digits) else {
            return Ok(SignIn::SignUpRequired);
        };
        let Some(info) = locked
            .state
            .accounts
            .get(&user)
            .map(|account| account.info.clone())
        else {
            return Ok(SignIn::SignUpRequired);
        };
        if info.code != code {
            return Err(PHONE_CODE_INVALID);
        }
        let forced = std::mem::take(&mut locked.faults.password_needed);
        if info.password.is_some() || forced {
            locked.passwords_owed.insert(key, user);
            return Err(SESSION_PASSWORD_NEEDED);
        }
        Ok(SignIn::Done(self.finish_sign_in(&mut locked, key, user)))
    }

    /// `auth.checkPassword` succeeded: signs in the key that owed the password.
    ///
    /// # Errors
    /// `AUTH_KEY_UNREGISTERED` if the key owed none.
    pub fn password_was_right(&self, key: KeyId) -> Answer<UserView> {
        let mut locked = self.lock();
        let user = locked.passwords_owed.remove(&key).ok_or(AUTH_KEY_UNREGISTERED)?;
        Ok(self.finish_sign_in(&mut locked, key, user))
    }

    /// `auth.logOut`.
    ///
    /// # Errors
    /// As [`World::caller`].
    pub fn log_out(&self, key: KeyId) -> Answer<()> {
        let mut locked = self.lock();
        locked.caller(key)?;
        self.commit(
            &mut locked,
            self.now_ms(),
            FactKind::SignedOut { key, revoked: false },
        );
        Ok(())
    }

    /// The sessions of an account (`account.getAuthorizations`).
    #[must_use]
    pub fn sessions(&self, account: UserId) -> Vec<SessionInfo> {
        let locked = self.lock();
        locked
            .state
            .sessions
            .values()
            .filter(|session| session.user == account)
            .cloned()
            .collect()
    }

    /// `account.resetAuthorization`: revokes one session by its hash.
    ///
    /// # Errors
    /// `HASH_INVALID`.
    pub fn reset_authorization(&self, caller: Caller, hash: i64) -> Answer<()> {
        let mut locked = self.lock();
        let mut sessions = locked.state.sessions.values();
        let found = sessions.find(|session| session.user == caller.account && session.hash == hash);
        let key = found.ok_or(HASH_INVALID)?.key;
        self.commit(
            &mut locked,
            self.now_ms(),
            FactKind::SignedOut { key, revoked: true },
        );
        Ok(())
    }

    /// Revokes every session of an account, as the person does in the phone's settings. How many there were.
    pub fn revoke_sessions(&self, account: UserId) -> usize {
        let keys: Vec<KeyId> = self.sessions(account).iter().map(|session| session.key).collect();
        let mut locked = self.lock();
        for key in &keys {
            self.commit(
                &mut locked,
                self.now_ms(),
                FactKind::SignedOut {
                    key: *key,
                    revoked: true,
                },
            );
        }
        keys.len()
    }

    /// `auth.exportLoginToken`: a token to show, or the end of the sign-in when the last one was accepted.
    ///
    /// # Errors
    /// `SESSION_PASSWORD_NEEDED`, as at [`World::sign_in`].
    pub fn export_login_token(&self, key: KeyId) -> Answer<LoginTokenState> {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        locked
            .tokens
            .retain(|_, pending| pending.expires_ms > now_ms || pending.accepted_by.is_some());
        let accepted = locked
            .tokens
            .iter()
            .find(|(_, pending)| pending.key == key && pending.accepted_by.is_some());
        if let Some(token) = accepted.map(|(token, _)| token.clone())
            && let Some(user) = locked
                .tokens
                .remove(&token)
                .and_then(|pending| pending.accepted_by)
        {
            let has_password = locked
                .state
                .accounts
                .get(&user)
                .is_some_and(|found| found.info.password.is_some());
            if has_password {
                locked.passwords_owed.insert(key, user);
                return Err(SESSION_PASSWORD_NEEDED);
            }
            return Ok(LoginTokenState::Done(self.finish_sign_in(&mut locked, key, user)));
        }
        locked.tokens_made += 1;
        let (seed, made) = (locked.state.seed, locked.tokens_made);
        let drawn = (0..4_u64).map(|part| roll(seed, &[7, key.0.cast_unsigned(), made, part]));
        let token: Vec<u8> = drawn.flat_map(u64::to_le_bytes).collect();
        let expires_ms = now_ms + LOGIN_TOKEN_LIFE_MS;
        locked.tokens.insert(
            token.clone(),
            PendingToken {
                key,
                number: made,
                expires_ms,
                accepted_by: None,
            },
        );
        Ok(LoginTokenState::Show(LoginToken { token, expires_ms }))
    }

    /// Accepts a login token as the account's phone does when it scans the code (`auth.acceptLoginToken`).
    ///
    /// # Errors
    /// `AUTH_TOKEN_INVALID`, `AUTH_TOKEN_EXPIRED`.
    pub fn accept_login_token(&self, account: UserId, token: &[u8]) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        if !locked.state.accounts.contains_key(&account) {
            return Err(AUTH_TOKEN_INVALID);
        }
        let pending = locked.tokens.get_mut(token).ok_or(AUTH_TOKEN_INVALID)?;
        if pending.expires_ms <= now_ms {
            return Err(AUTH_TOKEN_EXPIRED);
        }
        pending.accepted_by = Some(account);
        let key = pending.key;
        let shown = Dated {
            update: Update::LoginToken,
            pts: 0,
            pts_count: 0,
            at_ms: now_ms,
        };
        self.push(&mut locked, PushTo::Key(key), shown);
        Ok(())
    }

    /// Tokens that are shown now and wait to be scanned, the oldest first.
    #[must_use]
    pub fn shown_login_tokens(&self) -> Vec<Vec<u8>> {
        let now_ms = self.now_ms();
        let locked = self.lock();
        let mut waiting: Vec<_> = locked
            .tokens
            .iter()
            .filter(|(_, token)| token.accepted_by.is_none() && token.expires_ms > now_ms)
            .collect();
        waiting.sort_by_key(|(_, token)| token.number);
        waiting.into_iter().map(|(token, _)| token.clone()).collect()
    }

    fn finish_sign_in(&self, locked: &mut Locked, key: KeyId, user: UserId) -> UserView {
        let now_ms = self.now_ms();
        let hash = roll(locked.state.seed, &[8, key.0.cast_unsigned()]).cast_signed();
        let first = !locked.state.sessions.values().any(|session| session.user == user);
        let planned = if first {
            self.first_words_of_people(locked, user, now_ms)
        } else {
            Vec::new()
        };
        let session = SessionInfo {
            key,
            user,
            hash,
            created_ms: now_ms,
        };
        self.commit(locked, now_ms, FactKind::SignedIn { session, planned });
        locked
            .state
            .user_view(user, user)
            .unwrap_or_else(|| UserView::unknown(user))
    }
}

impl Locked {
    pub(super) fn caller(&self, key: KeyId) -> Answer<Caller> {
        match self.state.sessions.get(&key) {
            Some(session) => Ok(Caller {
                account: session.user,
                key: Some(key),
            }),
            None if self.state.revoked.contains(&key) => Err(SESSION_REVOKED),
            None => Err(AUTH_KEY_UNREGISTERED),
        }
    }

    pub(super) fn account_by_phone(&self, digits: &str) -> Option<UserId> {
        let user = *self.state.by_phone.get(digits)?;
        self.state.accounts.contains_key(&user).then_some(user)
    }

    fn code_hash(&self, digits: &str) -> String {
        format!("{:016x}", roll_text(self.state.seed ^ 9, digits))
    }
}
