//! How often an account may ask Telegram about people. Kept in the database, for a restart changes nothing about it.

use std::collections::BTreeMap;

use alfa_store::outreach::lookups::{self, Used};
use alfa_store::types::LookupKind;
use alfa_store::{ConnectionTrait, StoreError, UnixMillis};

use crate::clock::{HOUR_MS, SECOND_MS};

/// Phones that an account looks up in an hour. Telegram publishes no number; those who measured it met the wall after 30
/// to 40 phones in 275 s, which is about 450 an hour (bellingcat/telegram-phone-number-checker, issue 32).
const PHONES_PER_HOUR: i64 = 450;
/// Usernames that an account resolves in an hour: an account that asked for 160 at once was banned for 15 hours
/// (pypi.org/project/telethon-floodgate).
const USERNAMES_PER_HOUR: i64 = 60;
/// "At most 1 call every 3 seconds", says core.telegram.org/type/contacts.ResolvedPeer.
const USERNAME_GAP_MS: i64 = 3 * SECOND_MS;
/// What a flood wait is kept longer than Telegram asks.
const FLOOD_MARGIN_MS: i64 = 10 * SECOND_MS;
/// People asked about in one step when nothing else bounds it.
const UNPACED_USERNAMES: usize = 50;

/// What an account has used and may use.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    account_id: i64,
    /// Whether budgets hold; a wait that Telegram asks for holds always.
    paced: bool,
    used: BTreeMap<LookupKind, Used>,
}

impl Limits {
    pub async fn load<C: ConnectionTrait>(db: &C, account_id: i64, paced: bool) -> Result<Self, StoreError> {
        let used = lookups::of_account(db, account_id).await?.into_iter().collect();
        Ok(Self {
            account_id,
            paced,
            used,
        })
    }

    /// For one person whom somebody of the team wants to write to now: only Telegram's own waits hold.
    pub fn for_one(mut self, now: UnixMillis) -> Self {
        self.paced = false;
        for used in self.used.values_mut() {
            if used.not_before <= now.plus_ms(USERNAME_GAP_MS) {
                used.not_before = now;
            }
        }
        self
    }

    pub async fn keep<C: ConnectionTrait>(&self, db: &C) -> Result<(), StoreError> {
        for (kind, used) in &self.used {
            lookups::keep(db, self.account_id, *kind, *used).await?;
        }
        Ok(())
    }

    /// How many people may be asked about now.
    pub fn room(&self, kind: LookupKind, now: UnixMillis) -> usize {
        let used = self.of(kind, now);
        if used.not_before > now {
            return 0;
        }
        match (kind, self.paced) {
            (LookupKind::Phones, true) => left(PHONES_PER_HOUR, used.used),
            (LookupKind::Usernames, true) => left(USERNAMES_PER_HOUR, used.used).min(1),
            (LookupKind::Usernames, false) => UNPACED_USERNAMES,
            _ => usize::MAX,
        }
    }

    /// When there is room again.
    pub fn until(&self, kind: LookupKind, now: UnixMillis) -> UnixMillis {
        let used = self.of(kind, now);
        let most = match kind {
            LookupKind::Phones => PHONES_PER_HOUR,
            LookupKind::Usernames => USERNAMES_PER_HOUR,
            LookupKind::Requirements => i64::MAX,
        };
        let full = self.paced && used.used >= most;
        let opens = if full {
            used.window_from.plus_ms(HOUR_MS)
        } else {
            now
        };
        used.not_before.max(opens)
    }

    /// Notes that Telegram was asked about so many.
    pub fn spend(&mut self, kind: LookupKind, people: usize, now: UnixMillis) {
        let mut used = self.of(kind, now);
        used.used = used
            .used
            .saturating_add(i64::try_from(people).unwrap_or(i64::MAX));
        if self.paced && kind == LookupKind::Usernames {
            used.not_before = used.not_before.max(now.plus_ms(USERNAME_GAP_MS));
        }
        self.used.insert(kind, used);
    }

    /// Notes that Telegram asks for a wait.
    pub fn wait(&mut self, kind: LookupKind, seconds: i64, now: UnixMillis) {
        let mut used = self.of(kind, now);
        let until = now.plus_ms(seconds.saturating_mul(SECOND_MS).saturating_add(FLOOD_MARGIN_MS));
        used.not_before = used.not_before.max(until);
        self.used.insert(kind, used);
    }

    /// What was used in the span that `now` falls into.
    fn of(&self, kind: LookupKind, now: UnixMillis) -> Used {
        let used = self.used.get(&kind).copied().unwrap_or_default();
        if now.ms_since(used.window_from) < HOUR_MS {
            return used;
        }
        Used {
            window_from: now,
            used: 0,
            ..used
        }
    }
}

fn left(most: i64, used: i64) -> usize {
    usize::try_from(most - used).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    fn fresh(paced: bool) -> Limits {
        Limits {
            account_id: 1,
            paced,
            used: BTreeMap::new(),
        }
    }

    #[test]
    fn a_budget_is_used_up_and_comes_back_with_the_next_hour() {
        let mut limits = fresh(true);
        limits.spend(LookupKind::Phones, 400, NOW);
        assert_eq!(limits.room(LookupKind::Phones, NOW), 50);
        limits.spend(LookupKind::Phones, 50, NOW.plus_ms(HOUR_MS / 2));
        assert_eq!(limits.room(LookupKind::Phones, NOW.plus_ms(HOUR_MS / 2)), 0);
        let again = NOW.plus_ms(HOUR_MS);
        assert_eq!(limits.until(LookupKind::Phones, NOW.plus_ms(HOUR_MS / 2)), again);
        assert_eq!(limits.room(LookupKind::Phones, again), 450);
        assert_eq!(
            limits.room(LookupKind::Usernames, NOW),
            1,
            "each kind has its own budget"
        );
    }

    #[test]
    fn usernames_are_asked_for_one_at_a_time() {
        let mut limits = fresh(true);
        limits.spend(LookupKind::Usernames, 1, NOW);
        assert_eq!(limits.room(LookupKind::Usernames, NOW.plus_ms(2_999)), 0);
        assert_eq!(limits.room(LookupKind::Usernames, NOW.plus_ms(3_000)), 1);
    }

    #[test]
    fn telegram_s_wait_holds_whatever_the_pacing_and_for_its_kind_only() {
        let mut limits = fresh(false);
        limits.wait(LookupKind::Usernames, 60, NOW);
        assert_eq!(limits.room(LookupKind::Usernames, NOW), 0);
        assert_eq!(limits.until(LookupKind::Usernames, NOW), NOW.plus_ms(70_000));
        assert_eq!(limits.room(LookupKind::Usernames, NOW.plus_ms(70_000)), 50);
        assert!(limits.room(LookupKind::Phones, NOW) > 1_000_000);
        let limits = limits.for_one(NOW);
        assert_eq!(limits.room(LookupKind::Usernames, NOW), 0);
    }
}
