//! How often a login may be tried: so many failures for one name from one address in a span of time. Whoever guesses at
//! the owner's name from elsewhere does not lock the owner out. How many passwords are looked at side by side is bounded by
//! [`super::Passwords`].

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The span over which failures are counted, in milliseconds.
const SPAN_MS: i64 = 5 * 60 * 1000;
/// Failures for one name from one address in a span.
const FAILURES_PER_NAME: usize = 10;
/// Failures from one address in a span, whatever the names.
const FAILURES_PER_ADDRESS: usize = 100;
/// Names with failures that are remembered; beyond it the oldest are forgotten.
const KEPT_NAMES: usize = 10_000;

/// The recent failures to log in. Holds at most [`KEPT_NAMES`] names, each with at most [`FAILURES_PER_NAME`] times.
#[derive(Debug, Default)]
pub struct LoginThrottle(Mutex<HashMap<(IpAddr, String), Vec<i64>>>);

impl LoginThrottle {
    /// Counts a try at `now_ms`, before the password is looked at: many at once cannot be more than many in a row. One
    /// that succeeds is taken back with [`LoginThrottle::forget`].
    ///
    /// # Errors
    /// The seconds to wait, when there were too many failures.
    pub fn enter(&self, address: IpAddr, name: &str, now_ms: i64) -> Result<(), u64> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, times| {
            times.retain(|at| now_ms - at < SPAN_MS);
            !times.is_empty()
        });
        let key = (address, name.to_lowercase());
        let of_name = failures.get(&key).map_or(0, Vec::len);
        let of_address = failures
            .iter()
            .filter(|((other, _), _)| *other == address)
            .map(|(_, times)| times.len());
        let first = if of_name >= FAILURES_PER_NAME {
            failures.get(&key).and_then(|times| times.first())
        } else if of_address.sum::<usize>() >= FAILURES_PER_ADDRESS {
            let own = failures.iter().filter(|((other, _), _)| *other == address);
            own.filter_map(|(_, times)| times.first()).min()
        } else {
            None
        };
        if let Some(first) = first {
            return Err(u64::try_from((first + SPAN_MS - now_ms).div_euclid(1000) + 1).unwrap_or(1));
        }
        if failures.len() >= KEPT_NAMES && !failures.contains_key(&key) {
            let oldest = failures.iter().min_by_key(|(_, times)| times.last().copied());
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                failures.remove(&oldest);
            }
        }
        failures.entry(key).or_default().push(now_ms);
        Ok(())
    }

    /// A login that succeeded clears the failures of its name from its address.
    pub fn forget(&self, address: IpAddr, name: &str) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&(address, name.to_lowercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[test]
    fn failures_hold_up_their_name_at_their_address_and_nobody_else() {
        let throttle = LoginThrottle::default();
        for _ in 0..FAILURES_PER_NAME {
            assert_eq!(throttle.enter(address(1), "admin", 1_000), Ok(()));
        }
        assert_eq!(throttle.enter(address(1), "Admin", 2_000), Err(300));
        assert_eq!(
            throttle.enter(address(2), "admin", 2_000),
            Ok(()),
            "the owner elsewhere"
        );
        assert_eq!(throttle.enter(address(1), "olga", 2_000), Ok(()));
        assert_eq!(throttle.enter(address(1), "admin", 1_000 + SPAN_MS), Ok(()));
    }

    #[test]
    fn logins_that_succeed_are_never_too_many() {
        let throttle = LoginThrottle::default();
        for _ in 0..10 * FAILURES_PER_ADDRESS {
            assert_eq!(throttle.enter(address(1), "admin", 0), Ok(()));
            throttle.forget(address(1), "admin");
        }
    }

    #[test]
    fn guessing_at_names_is_held_up_too_and_memory_is_bounded() {
        let throttle = LoginThrottle::default();
        for n in 0..FAILURES_PER_ADDRESS {
            assert_eq!(throttle.enter(address(1), &format!("name{n}"), 0), Ok(()));
        }
        assert!(throttle.enter(address(1), "another", 1).is_err());
        for n in 0..KEPT_NAMES + 10 {
            let octets = (n as u32).to_be_bytes();
            let _ = throttle.enter(IpAddr::from(octets), "x", 2);
        }
        assert!(throttle.0.lock().unwrap().len() <= KEPT_NAMES);
    }
}
