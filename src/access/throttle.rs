//! How often a login may be tried: so many failures from one address, and so many in all, in a span of time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The span over which tries are counted, in milliseconds.
const SPAN_MS: i64 = 5 * 60 * 1000;
/// Tries from one address in a span.
const TRIES_PER_ADDRESS: usize = 10;
/// Tries from everywhere in a span.
const TRIES_IN_ALL: usize = 100;

/// The recent tries to log in. Holds at most `TRIES_IN_ALL` of them.
#[derive(Debug, Default)]
pub struct LoginThrottle(Mutex<Tries>);

#[derive(Debug, Default)]
struct Tries {
    by_address: HashMap<IpAddr, Vec<i64>>,
    in_all: Vec<i64>,
}

impl LoginThrottle {
    /// Counts a try at `now_ms`, before the password is looked at.
    ///
    /// # Errors
    /// The seconds to wait, when there were too many.
    pub fn enter(&self, address: IpAddr, now_ms: i64) -> Result<(), u64> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |at: &i64| now_ms - at < SPAN_MS;
        tries.in_all.retain(fresh);
        tries.by_address.retain(|_, times| {
            times.retain(fresh);
            !times.is_empty()
        });
        let of_address = tries.by_address.get(&address);
        let wait = of_address
            .filter(|times| times.len() >= TRIES_PER_ADDRESS)
            .or((tries.in_all.len() >= TRIES_IN_ALL).then_some(&tries.in_all))
            .and_then(|times| times.first().copied());
        if let Some(first) = wait {
            return Err(u64::try_from((first + SPAN_MS - now_ms).div_euclid(1000) + 1).unwrap_or(1));
        }
        tries.by_address.entry(address).or_default().push(now_ms);
        tries.in_all.push(now_ms);
        Ok(())
    }

    /// A login that succeeded clears the address's tries.
    pub fn forget(&self, address: IpAddr) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.by_address.remove(&address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_held_up_and_let_in_again() {
        let throttle = LoginThrottle::default();
        let (one, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([10, 0, 0, 1]));
        for _ in 0..TRIES_PER_ADDRESS {
            assert_eq!(throttle.enter(one, 1_000), Ok(()));
        }
        assert_eq!(throttle.enter(one, 2_000), Err(300));
        assert_eq!(throttle.enter(other, 2_000), Ok(()));
        assert_eq!(throttle.enter(one, 1_000 + SPAN_MS), Ok(()));
    }

    #[test]
    fn many_addresses_are_held_up_together() {
        let throttle = LoginThrottle::default();
        let address = |n: usize| IpAddr::from([10, 0, 0, u8::try_from(n).expect("small")]);
        for n in 0..TRIES_IN_ALL {
            assert_eq!(throttle.enter(address(n), 0), Ok(()));
        }
        assert!(throttle.enter(address(200), 1).is_err());
        throttle.forget(address(1));
        assert!(throttle.enter(address(1), 1).is_err());
    }
}
