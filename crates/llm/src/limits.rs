//! How much may be asked of one provider. Pure: reserved before sending, corrected from the answers.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::clock::{HOUR_MS, SECOND_MS};
use crate::hints::RateHints;

/// The limits of one provider; `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitSettings {
    /// Requests at the same time.
    pub concurrency: Option<u32>,
    /// Requests in any minute.
    pub requests_per_minute: Option<u64>,
    /// Requests in any 24 hours.
    pub requests_per_day: Option<u64>,
    /// Tokens (of prompts and answers) in any minute.
    pub tokens_per_minute: Option<u64>,
    /// Tokens in any 24 hours.
    pub tokens_per_day: Option<u64>,
}

impl LimitSettings {
    /// Whether anything is counted over time: then what is used must outlive the process.
    pub(crate) fn has_windows(&self) -> bool {
        let windows = [
            self.requests_per_minute,
            self.requests_per_day,
            self.tokens_per_minute,
            self.tokens_per_day,
        ];
        windows.iter().any(Option::is_some)
    }
}

/// A sliding window, counted in slots. It covers one slot more than its span, so that no span of its length ever holds
/// more than the limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Window {
    slot_ms: i64,
    count: i64,
    slots: VecDeque<(i64, u64)>,
}

impl Window {
    fn minute() -> Self {
        Self {
            slot_ms: 5 * SECOND_MS,
            count: 12,
            slots: VecDeque::new(),
        }
    }

    fn day() -> Self {
        Self {
            slot_ms: HOUR_MS,
            count: 24,
            slots: VecDeque::new(),
        }
    }

    fn slot(&self, at_ms: i64) -> i64 {
        at_ms.div_euclid(self.slot_ms.max(1))
    }

    fn used(&self, now_ms: i64) -> u64 {
        let oldest = self.slot(now_ms) - self.count;
        let live = self.slots.iter().filter(|(slot, _)| *slot >= oldest);
        live.fold(0, |sum, (_, used)| sum.saturating_add(*used))
    }

    fn add(&mut self, at_ms: i64, amount: u64) {
        let slot = self.slot(at_ms);
        let oldest = slot - self.count;
        self.slots.retain(|(index, _)| *index >= oldest);
        match self.slots.iter_mut().find(|(index, _)| *index == slot) {
            Some((_, used)) => *used = used.saturating_add(amount),
            None => self.slots.push_back((slot, amount)),
        }
    }

    fn correct(&mut self, at_ms: i64, from: u64, to: u64) {
        let slot = self.slot(at_ms);
        if let Some((_, used)) = self.slots.iter_mut().find(|(index, _)| *index == slot) {
            *used = used.saturating_sub(from).saturating_add(to);
        }
    }

    /// When `amount` more fits, or nothing when it does now. What is above the limit by itself fits an empty window:
    /// the vendor decides about it.
    fn free_at(&self, now_ms: i64, amount: u64, limit: Option<u64>) -> Option<i64> {
        let limit = limit?;
        let amount = amount.min(limit);
        let oldest = self.slot(now_ms) - self.count;
        let mut slots: Vec<_> = self
            .slots
            .iter()
            .filter(|(slot, _)| *slot >= oldest)
            .copied()
            .collect();
        slots.sort_unstable();
        let mut used = self.used(now_ms);
        let mut free_at = None;
        for (slot, part) in slots {
            if used.saturating_add(amount) <= limit {
                break;
            }
            used = used.saturating_sub(part);
            free_at = Some((slot + self.count + 1).saturating_mul(self.slot_ms));
        }
        // A limit of nothing never has room.
        let full = used.saturating_add(amount) > limit || limit == 0;
        if full {
            Some(now_ms.saturating_add(self.slot_ms * self.count))
        } else {
            free_at
        }
    }
}

/// What the vendor itself said is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct VendorLeft {
    left: u64,
    reset_at_ms: i64,
}

/// What was used of one provider's limits. It survives a restart, but for what was in flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitCounters {
    requests_minute: Window,
    requests_day: Window,
    tokens_minute: Window,
    tokens_day: Window,
    vendor_requests: Option<VendorLeft>,
    vendor_tokens: Option<VendorLeft>,
    #[serde(skip)]
    in_flight: u32,
}

impl Default for LimitCounters {
    fn default() -> Self {
        Self {
            requests_minute: Window::minute(),
            requests_day: Window::day(),
            tokens_minute: Window::minute(),
            tokens_day: Window::day(),
            vendor_requests: None,
            vendor_tokens: None,
            in_flight: 0,
        }
    }
}

/// What was counted for one request. It is given back by [`LimitCounters::release`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reservation {
    tokens: u64,
    at_ms: i64,
}

/// There is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// When there is (milliseconds since 1970 UTC); nothing when another request's end makes room.
    pub free_at_ms: Option<i64>,
}

/// What is used at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Requests at this time.
    pub in_flight: u32,
    /// Requests of the last minute.
    pub requests_minute: u64,
    /// Requests of the last 24 hours.
    pub requests_day: u64,
    /// Tokens of the last minute.
    pub tokens_minute: u64,
    /// Tokens of the last 24 hours.
    pub tokens_day: u64,
}

impl LimitCounters {
    /// Counts one request and the tokens that it will take by estimate.
    pub fn reserve(&mut self, limits: &LimitSettings, tokens: u64, now_ms: i64) -> Result<Reservation, Full> {
        if limits.concurrency.is_some_and(|most| self.in_flight >= most) {
            return Err(Full { free_at_ms: None });
        }
        let reservation = self.count(limits, tokens, now_ms)?;
        self.in_flight = self.in_flight.saturating_add(1);
        Ok(reservation)
    }

    /// Counts one more request of a caller that is in flight already: its retry.
    pub fn count(&mut self, limits: &LimitSettings, tokens: u64, now_ms: i64) -> Result<Reservation, Full> {
        let vendor = |left: Option<VendorLeft>, wanted: u64| {
            left.filter(|vendor| now_ms < vendor.reset_at_ms && vendor.left < wanted)
                .map(|vendor| vendor.reset_at_ms)
        };
        let latest = [
            self.requests_minute
                .free_at(now_ms, 1, limits.requests_per_minute),
            self.requests_day.free_at(now_ms, 1, limits.requests_per_day),
            self.tokens_minute
                .free_at(now_ms, tokens, limits.tokens_per_minute),
            self.tokens_day.free_at(now_ms, tokens, limits.tokens_per_day),
            vendor(self.vendor_requests, 1),
            vendor(self.vendor_tokens, tokens),
        ];
        if let Some(free_at_ms) = latest.into_iter().flatten().max() {
            return Err(Full {
                free_at_ms: Some(free_at_ms),
            });
        }
        self.requests_minute.add(now_ms, 1);
        self.requests_day.add(now_ms, 1);
        self.tokens_minute.add(now_ms, tokens);
        self.tokens_day.add(now_ms, tokens);
        for (vendor, amount) in [(&mut self.vendor_requests, 1), (&mut self.vendor_tokens, tokens)] {
            if let Some(vendor) = vendor {
                vendor.left = vendor.left.saturating_sub(amount);
            }
        }
        Ok(Reservation {
            tokens,
            at_ms: now_ms,
        })
    }

    /// Puts the true number of tokens in place of the estimate.
    pub fn correct(&mut self, reservation: Reservation, tokens: u64) {
        self.tokens_minute
            .correct(reservation.at_ms, reservation.tokens, tokens);
        self.tokens_day
            .correct(reservation.at_ms, reservation.tokens, tokens);
    }

    /// A request that was reserved is over, however it ended.
    pub fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Takes what the vendor says is left.
    pub fn observe(&mut self, hints: RateHints, now_ms: i64) {
        let left = |left: Option<u64>, reset_ms: Option<i64>| {
            Some(VendorLeft {
                left: left?,
                reset_at_ms: now_ms.saturating_add(reset_ms?),
            })
        };
        self.vendor_requests = left(hints.requests_left, hints.requests_reset_ms).or(self.vendor_requests);
        self.vendor_tokens = left(hints.tokens_left, hints.tokens_reset_ms).or(self.vendor_tokens);
    }

    /// What is used now.
    pub fn used(&self, now_ms: i64) -> Used {
        Used {
            in_flight: self.in_flight,
            requests_minute: self.requests_minute.used(now_ms),
            requests_day: self.requests_day.used(now_ms),
            tokens_minute: self.tokens_minute.used(now_ms),
            tokens_day: self.tokens_day.used(now_ms),
        }
    }
}

#[cfg(test)]
#[path = "limits_tests.rs"]
mod tests;
