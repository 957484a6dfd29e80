//! The breaker of one provider and model. Pure: closed → open(until) → half-open (one probe) → closed; or disabled.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::Cause;
use crate::clock::{HOUR_MS, MINUTE_MS, SECOND_MS};

/// So many failures in a row open it.
pub const FAILURES_IN_A_ROW: u32 = 3;
/// So many calls in a minute are enough to judge by their share of failures.
pub const JUDGED_CALLS: usize = 5;
/// The minute in which calls are judged, in milliseconds.
pub const JUDGED_MS: i64 = MINUTE_MS;
/// The first pause, in milliseconds; each failed probe doubles it.
pub const FIRST_COOLDOWN_MS: i64 = 15 * SECOND_MS;
/// The longest pause, in milliseconds.
pub const LONGEST_COOLDOWN_MS: i64 = 5 * MINUTE_MS;
/// A disabled provider is probed so often, in milliseconds.
pub const DISABLED_PROBE_MS: i64 = 6 * HOUR_MS;
/// Calls of the judged minute that are remembered at most.
const MAX_REMEMBERED_CALLS: usize = 128;

/// What it rests in when no probe is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum Rest {
    Closed,
    Open { until_ms: i64, cause: Cause },
    Disabled { probe_at_ms: i64, cause: Cause },
}

/// The state as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BreakerState {
    /// Asked as usual.
    Closed,
    /// Not asked until then (milliseconds since 1970 UTC); afterwards one probe decides.
    Open {
        /// End of the pause.
        until_ms: i64,
        /// Why.
        cause: Cause,
    },
    /// One probe is out; all others pass by.
    HalfOpen {
        /// Why it was left alone.
        cause: Cause,
    },
    /// Not asked until its configuration changes, a test succeeds, or the next probe does.
    Disabled {
        /// The next probe, in milliseconds since 1970 UTC.
        probe_at_ms: i64,
        /// Why.
        cause: Cause,
    },
}

/// Whether a call may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// As usual.
    Pass,
    /// As the one probe: its outcome must be told by [`Breaker::settle`] or [`Breaker::give_up_probe`].
    Probe,
    /// Not now, because of this.
    No(Cause),
}

/// What came of a call, as far as the breaker cares. A call with its retry counts once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A good answer.
    Success,
    /// A failure that counts towards opening.
    Failure(Cause),
    /// The vendor wants quiet until then.
    OpenUntil {
        /// Milliseconds since 1970 UTC.
        until_ms: i64,
        /// Why.
        cause: Cause,
    },
    /// Nothing will help but a change.
    Disable(Cause),
    /// It says nothing about the provider's health.
    Neutral,
}

/// The state machine. It survives a restart; a probe that was out at the time does not, and may go again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    rest: Rest,
    in_a_row: u32,
    /// Openings since it was last closed: each doubles the pause.
    openings: u32,
    /// When, and whether it was good.
    calls: VecDeque<(i64, bool)>,
    #[serde(skip)]
    probing: bool,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            rest: Rest::Closed,
            in_a_row: 0,
            openings: 0,
            calls: VecDeque::new(),
            probing: false,
        }
    }
}

impl Breaker {
    /// The state now.
    pub fn state(&self) -> BreakerState {
        match self.rest {
            Rest::Closed => BreakerState::Closed,
            Rest::Open { cause, .. } | Rest::Disabled { cause, .. } if self.probing => {
                BreakerState::HalfOpen { cause }
            }
            Rest::Open { until_ms, cause } => BreakerState::Open { until_ms, cause },
            Rest::Disabled { probe_at_ms, cause } => BreakerState::Disabled { probe_at_ms, cause },
        }
    }

    /// Asks whether a call may go now. An answer of [`Admission::Probe`] is given to one caller at a time.
    pub fn admit(&mut self, now_ms: i64) -> Admission {
        let (from_ms, cause) = match self.rest {
            Rest::Closed => return Admission::Pass,
            Rest::Open { until_ms, cause } => (until_ms, cause),
            Rest::Disabled { probe_at_ms, cause } => (probe_at_ms, cause),
        };
        if self.probing || now_ms < from_ms {
            return Admission::No(cause);
        }
        self.probing = true;
        Admission::Probe
    }

    /// The probe came to no end (its caller went away): somebody else may probe.
    pub fn give_up_probe(&mut self) {
        self.probing = false;
    }

    /// Takes the outcome of a call; `probe` says whether it was let through as the probe.
    pub fn settle(&mut self, probe: bool, verdict: Verdict, now_ms: i64) {
        if probe {
            self.probing = false;
        }
        match verdict {
            Verdict::Success => self.succeeded(probe, now_ms),
            Verdict::Failure(cause) => self.failed(probe, cause, now_ms),
            Verdict::OpenUntil { until_ms, cause } => self.hold(probe, until_ms, cause),
            Verdict::Disable(cause) => {
                self.rest = Rest::Disabled {
                    probe_at_ms: now_ms.saturating_add(DISABLED_PROBE_MS),
                    cause,
                };
                self.forget();
            }
            Verdict::Neutral => {}
        }
    }

    /// An operator's test succeeded: whatever it was, it is over. A probe that is out keeps its right.
    pub fn close(&mut self) {
        self.rest = Rest::Closed;
        self.forget();
    }

    fn forget(&mut self) {
        self.in_a_row = 0;
        self.openings = 0;
        self.calls.clear();
    }

    fn succeeded(&mut self, probe: bool, now_ms: i64) {
        if probe {
            self.close();
        } else if self.rest == Rest::Closed {
            self.in_a_row = 0;
            self.remember(now_ms, true);
        }
        // A late success of a call that began before the opening does not close: the probe decides.
    }

    fn failed(&mut self, probe: bool, cause: Cause, now_ms: i64) {
        match self.rest {
            Rest::Closed => {
                self.in_a_row = self.in_a_row.saturating_add(1);
                self.remember(now_ms, false);
                if self.in_a_row >= FAILURES_IN_A_ROW || self.half_failed() {
                    self.open(cause, now_ms);
                }
            }
            Rest::Open { .. } if probe => self.open(cause, now_ms),
            Rest::Disabled { cause: reason, .. } if probe => {
                // The probe did not show that the reason is gone.
                self.rest = Rest::Disabled {
                    probe_at_ms: now_ms.saturating_add(DISABLED_PROBE_MS),
                    cause: reason,
                };
            }
            // Late failures of calls that began before do not prolong the pause.
            Rest::Open { .. } | Rest::Disabled { .. } => {}
        }
    }

    fn open(&mut self, cause: Cause, now_ms: i64) {
        let doubled = FIRST_COOLDOWN_MS.saturating_mul(1_i64 << self.openings.min(16));
        self.openings = self.openings.saturating_add(1);
        self.in_a_row = 0;
        self.calls.clear();
        self.rest = Rest::Open {
            until_ms: now_ms.saturating_add(doubled.min(LONGEST_COOLDOWN_MS)),
            cause,
        };
    }

    fn hold(&mut self, probe: bool, until_ms: i64, cause: Cause) {
        let later = match self.rest {
            Rest::Open {
                until_ms: present, ..
            } if !probe => present >= until_ms,
            // Only its own probe shows that a disabled provider would answer again.
            Rest::Disabled { .. } => !probe,
            _ => false,
        };
        if !later {
            self.rest = Rest::Open { until_ms, cause };
        }
    }

    fn remember(&mut self, now_ms: i64, good: bool) {
        if self.calls.len() >= MAX_REMEMBERED_CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back((now_ms, good));
        self.calls
            .retain(|(at_ms, _)| now_ms.saturating_sub(*at_ms) < JUDGED_MS);
    }

    fn half_failed(&self) -> bool {
        let failures = self.calls.iter().filter(|(_, good)| !good).count();
        self.calls.len() >= JUDGED_CALLS && failures * 2 >= self.calls.len()
    }
}

#[cfg(test)]
#[path = "breaker_tests.rs"]
mod tests;
