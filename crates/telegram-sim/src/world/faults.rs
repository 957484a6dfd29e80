//! Faults in force, and the world's own part in them.

use super::fact::FactKind;
use super::{Locked, World};
use crate::fault::{FaultAction, FaultRule, Injected, PUSH, plain_error};
use crate::ids::{KeyId, UserId};

impl World {
    /// Adds a fault rule.
    pub fn add_fault(&self, rule: FaultRule) {
        self.lock().faults.add(rule);
    }

    /// Drops every fault rule, flood wait and restriction.
    pub fn reset_faults(&self) {
        self.lock().faults.reset();
    }

    /// The fault rules in force, each with how often it struck.
    #[must_use]
    pub fn faults(&self) -> Vec<(FaultRule, u64)> {
        self.lock()
            .faults
            .rules()
            .map(|(rule, struck)| (rule.clone(), struck))
            .collect()
    }

    /// Asked once for each call, before it is processed: what goes wrong with it. `method` is the TL name of the
    /// innermost function (`messages.sendMessage`). The world does its own part at once (flood waits that stand,
    /// restrictions, revoking, forgetting the key); the server executes what is returned.
    #[must_use]
    pub fn fault(&self, key: Option<KeyId>, method: &str) -> Option<Injected> {
        let now_ms = self.inner.clock.now_ms();
        let mut locked = self.lock();
        let account = key.and_then(|key| Some(locked.state.sessions.get(&key)?.user));
        if let Some(error) = account.and_then(|account| locked.faults.standing_flood(account, method, now_ms))
        {
            return Some(Injected::Error(error));
        }
        let phone = account.and_then(|account| locked.state.users.get(&account)?.phone.clone());
        let action = locked.faults.decide(phone.as_deref(), method)?;
        let told = serde_json::to_string(&action).unwrap_or_default();
        let injected = FactKind::Injected {
            account,
            method: method.to_owned(),
            action: told,
        };
        self.commit(&mut locked, now_ms, injected);
        match &action {
            FaultAction::FloodWait { seconds } => {
                if let Some(account) = account {
                    locked
                        .faults
                        .start_flood(account, method, now_ms + i64::from(*seconds) * 1000);
                }
            }
            FaultAction::PeerFlood => {
                if let Some(account) = account {
                    locked.faults.restrict(account);
                }
            }
            FaultAction::RevokeSession => {
                if let Some(key) = key {
                    self.commit(&mut locked, now_ms, FactKind::SignedOut { key, revoked: true });
                }
            }
            FaultAction::ForgetKey => {
                if let Some(key) = key {
                    self.commit(&mut locked, now_ms, FactKind::KeyForgotten { key });
                }
            }
            FaultAction::NeedPassword => locked.faults.password_needed = true,
            _ => {}
        }
        injected_by(action)
    }

    pub(super) fn copies_to_push(&self, locked: &mut Locked, account: UserId) -> usize {
        if locked.faults.is_empty() {
            return 1;
        }
        let phone = locked
            .state
            .users
            .get(&account)
            .and_then(|user| user.phone.clone());
        match locked.faults.decide(phone.as_deref(), PUSH) {
            Some(FaultAction::DuplicateUpdate) => 2,
            Some(FaultAction::SkipUpdate) => 0,
            _ => 1,
        }
    }
}

/// What is left for the server to do about a fault.
fn injected_by(action: FaultAction) -> Option<Injected> {
    if let Some(error) = plain_error(&action) {
        return Some(Injected::Error(error));
    }
    match action {
        FaultAction::CloseBefore => Some(Injected::CloseBefore),
        FaultAction::CloseAfter => Some(Injected::CloseAfter),
        FaultAction::Delay { ms } => Some(Injected::DelayMs(ms)),
        FaultAction::DropAck => Some(Injected::DropAck),
        FaultAction::BadSalt => Some(Injected::BadSalt),
        FaultAction::ClockSkew { seconds } => Some(Injected::ClockSkew { seconds }),
        FaultAction::ForgetKey => Some(Injected::ForgetKey),
        FaultAction::BlackHole => Some(Injected::BlackHole),
        _ => None,
    }
}
