//! Authorization keys and what belongs to each: salts, sessions, the layer its client speaks.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockWriteGuard};

use super::crypto::AuthKey;
use super::session::Session;
use super::{lock, os};
use crate::ids::{KeyId, roll};
use crate::world::World;

/// Sessions remembered for one key; the oldest is forgotten first.
const MAX_SESSIONS_PER_KEY: usize = 32;
/// A salt is the newest for an hour, and good for half an hour more.
const SALT_SECONDS: i32 = 3600;
const SALT_OVERLAP_SECONDS: i32 = 1800;
/// Salts given out at most at once.
const MAX_FUTURE_SALTS: i32 = 64;
/// The layer assumed of a client that never named one.
pub(crate) const NEWEST_LAYER: i32 = grammers_tl_types::LAYER;

/// A server salt and when it is good.
pub(crate) struct Salt {
    pub(crate) valid_since: i32,
    pub(crate) valid_until: i32,
    pub(crate) salt: i64,
}

/// A key with everything the server keeps about it.
pub(crate) struct KeyEntry {
    pub(crate) key: AuthKey,
    /// The salt of the handshake, while the process that made it runs: good until the first bad-salt fault.
    first_salt: Option<i64>,
    salt_generation: AtomicU32,
    layer: AtomicI32,
    /// By how many seconds the server's clock seems to be off to this client (a fault).
    skew_seconds: AtomicI32,
    sessions: Mutex<VecDeque<Arc<Mutex<Session>>>>,
}

impl KeyEntry {
    pub(crate) fn new(key: AuthKey, first_salt: Option<i64>) -> Self {
        Self {
            key,
            first_salt,
            salt_generation: AtomicU32::new(0),
            layer: AtomicI32::new(NEWEST_LAYER),
            skew_seconds: AtomicI32::new(0),
            sessions: Mutex::default(),
        }
    }

    /// The number the world knows the key by.
    pub(crate) fn id(&self) -> KeyId {
        KeyId(self.key.id())
    }

    /// The layer of the client's last `invokeWithLayer`.
    pub(crate) fn layer(&self) -> i32 {
        self.layer.load(Ordering::Relaxed)
    }

    pub(crate) fn set_layer(&self, layer: i32) {
        self.layer.store(layer, Ordering::Relaxed);
    }

    pub(crate) fn set_skew_seconds(&self, seconds: i32) {
        self.skew_seconds.store(seconds, Ordering::Relaxed);
    }

    /// The server's time as this client is to see it, in seconds since 1970 UTC.
    pub(crate) fn now_seconds(&self) -> i32 {
        os::unix_seconds().saturating_add(self.skew_seconds.load(Ordering::Relaxed))
    }

    /// The same in the shape of a message id: seconds in the upper half, the fraction in the lower.
    pub(crate) fn message_time(&self) -> i64 {
        let now = os::since_epoch();
        let seconds =
            i64::try_from(now.as_secs()).unwrap_or(0) + i64::from(self.skew_seconds.load(Ordering::Relaxed));
        (seconds << 32) | ((i64::from(now.subsec_nanos()) << 32) / 1_000_000_000)
    }

    /// The session with this number; a new one if there is none.
    pub(crate) fn session(&self, id: i64) -> Arc<Mutex<Session>> {
        let mut sessions = lock(&self.sessions);
        if let Some(found) = sessions.iter().find(|session| lock(session).id == id) {
            return Arc::clone(found);
        }
        if sessions.len() == MAX_SESSIONS_PER_KEY {
            sessions.pop_front();
        }
        let session = Arc::new(Mutex::new(Session::new(id)));
        sessions.push_back(Arc::clone(&session));
        session
    }

    /// Forgets a session; false: there was none.
    pub(crate) fn destroy_session(&self, id: i64) -> bool {
        let mut sessions = lock(&self.sessions);
        let before = sessions.len();
        sessions.retain(|session| lock(session).id != id);
        sessions.len() < before
    }

    /// Makes every salt given out so far a bad one.
    pub(crate) fn spoil_salts(&self) {
        self.salt_generation.fetch_add(1, Ordering::Relaxed);
    }

    /// The salt to use now.
    pub(crate) fn current_salt(&self) -> i64 {
        self.salt_of(os::unix_seconds() / SALT_SECONDS)
    }

    pub(crate) fn is_good_salt(&self, salt: i64) -> bool {
        let now = os::unix_seconds();
        let hour = now / SALT_SECONDS;
        salt == self.salt_of(hour)
            || (Some(salt) == self.first_salt && self.salt_generation.load(Ordering::Relaxed) == 0)
            || (salt == self.salt_of(hour - 1) && now % SALT_SECONDS < SALT_OVERLAP_SECONDS)
            || salt == self.salt_of(hour + 1)
    }

    /// The present salt and those that follow, at least two (a client that got one would ask again and again).
    pub(crate) fn future_salts(&self, count: i32) -> Vec<Salt> {
        let hour = os::unix_seconds() / SALT_SECONDS;
        let salt = |hour: i32| Salt {
            valid_since: hour * SALT_SECONDS,
            valid_until: (hour + 1) * SALT_SECONDS + SALT_OVERLAP_SECONDS,
            salt: self.salt_of(hour),
        };
        (0..count.clamp(2, MAX_FUTURE_SALTS))
            .map(|ahead| salt(hour + ahead))
            .collect()
    }

    fn salt_of(&self, hour: i32) -> i64 {
        let generation = u64::from(self.salt_generation.load(Ordering::Relaxed));
        let drawn = roll(
            self.key.id().cast_unsigned(),
            &[u64::from(hour.cast_unsigned()), generation],
        );
        drawn.cast_signed() | 1
    }
}

/// All keys. The permanent ones are the world's, which remembers them: a client need not sign in again after a
/// restart. Here is what goes with them.
#[derive(Default)]
pub(crate) struct KeyRing {
    keys: RwLock<HashMap<i64, Arc<KeyEntry>>>,
}

impl KeyRing {
    /// The key with this number. None: the client gets the transport error -404.
    pub(crate) fn get(&self, world: &World, id: i64) -> Option<Arc<KeyEntry>> {
        if let Some(known) = self.keys.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Some(Arc::clone(known));
        }
        let secret: [u8; 256] = world.key(KeyId(id))?.try_into().ok()?;
        let mut keys = self.write();
        let entry = keys
            .entry(id)
            .or_insert_with(|| Arc::new(KeyEntry::new(AuthKey::new(secret), None)));
        Some(Arc::clone(entry))
    }

    /// Keeps a new key; a permanent one also in the world.
    pub(crate) fn add(&self, world: &World, key: AuthKey, first_salt: i64, permanent: bool) {
        if permanent {
            world.save_key(KeyId(key.id()), key.bytes());
        }
        self.write()
            .insert(key.id(), Arc::new(KeyEntry::new(key, Some(first_salt))));
    }

    /// Forgets a key; its client gets the transport error -404 from now on.
    pub(crate) fn forget(&self, world: &World, id: i64) {
        self.write().remove(&id);
        if world.key(KeyId(id)).is_some() {
            world.forget_key(KeyId(id));
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<i64, Arc<KeyEntry>>> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> AuthKey {
        AuthKey::new([seed; 256])
    }

    #[test]
    fn spoiled_salts_are_bad_and_the_new_one_is_good() {
        let entry = KeyEntry::new(key(4), Some(44));
        let old = entry.current_salt();
        assert!(entry.is_good_salt(old) && entry.is_good_salt(44) && !entry.is_good_salt(0));
        entry.spoil_salts();
        assert!(!entry.is_good_salt(old) && !entry.is_good_salt(44));
        assert!(entry.is_good_salt(entry.current_salt()));
        assert_eq!(entry.future_salts(1).len(), 2);
    }

    #[test]
    fn old_sessions_give_way() {
        let entry = KeyEntry::new(key(5), None);
        let first = entry.session(1);
        assert!(Arc::ptr_eq(&first, &entry.session(1)));
        for id in 2..=33 {
            entry.session(id);
        }
        assert!(
            !Arc::ptr_eq(&first, &entry.session(1)),
            "the oldest was forgotten"
        );
        assert!(entry.destroy_session(33) && !entry.destroy_session(33));
    }
}
