//! One provider with its state, shared by every chain that has it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Url;

use crate::breaker::{Admission, Verdict};
use crate::hints::RateHints;
use crate::limits::Reservation;
use crate::{Attempt, Breaker, BreakerState, Cause, LimitCounters, ProviderMemory, ProviderSettings, Totals};

/// One provider and model.
pub(crate) struct Slot {
    pub settings: ProviderSettings,
    /// Nothing when it is not configured.
    pub url: Option<Url>,
    fingerprint: String,
    inner: Mutex<Inner>,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub breaker: Breaker,
    pub limits: LimitCounters,
    pub totals: Totals,
}

impl Slot {
    /// Takes up the memory of the same provider, model and configuration, if there is one.
    pub fn new(settings: ProviderSettings, memories: &[ProviderMemory]) -> Self {
        let fingerprint = settings.fingerprint();
        let memory = memories.iter().rfind(|memory| {
            memory.provider == settings.provider
                && memory.model == settings.model
                && memory.fingerprint == fingerprint
        });
        let inner = memory.map_or_else(Inner::default, |memory| Inner {
            breaker: memory.breaker.clone(),
            limits: memory.limits.clone(),
            totals: memory.totals,
        });
        let url = settings.endpoint().ok().filter(|_| settings.is_configured());
        Self {
            url,
            fingerprint,
            inner: Mutex::new(inner),
            settings,
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks to be let in: by the breaker, then by the limits.
    pub fn enter(self: &Arc<Self>, tokens: u64, now_ms: i64) -> Result<(Permit, Reservation), Cause> {
        let mut inner = self.lock();
        let probe = match inner.breaker.admit(now_ms) {
            Admission::Pass => false,
            Admission::Probe => true,
            Admission::No(cause) => return Err(cause),
        };
        match inner.limits.reserve(&self.settings.limits, tokens, now_ms) {
            Ok(reservation) => Ok((self.permit(probe, false), reservation)),
            Err(full) => {
                if probe {
                    inner.breaker.give_up_probe();
                }
                Err(Cause::Busy {
                    until_ms: full.free_at_ms,
                })
            }
        }
    }

    /// Lets an operator's test in, whatever the state.
    pub fn enter_for_test(
        self: &Arc<Self>,
        tokens: u64,
        now_ms: i64,
    ) -> Result<(Permit, Reservation), Cause> {
        let mut inner = self.lock();
        let reserved = inner.limits.reserve(&self.settings.limits, tokens, now_ms);
        let busy = |full: crate::limits::Full| Cause::Busy {
            until_ms: full.free_at_ms,
        };
        reserved
            .map(|reservation| (self.permit(false, true), reservation))
            .map_err(busy)
    }

    fn permit(self: &Arc<Self>, probe: bool, test: bool) -> Permit {
        Permit {
            slot: self.clone(),
            probe,
            test,
        }
    }

    /// Whether it might be asked now.
    pub fn might_answer(&self, now_ms: i64) -> bool {
        self.url.is_some()
            && match self.lock().breaker.state() {
                BreakerState::Closed => true,
                BreakerState::Open { until_ms, .. } => until_ms <= now_ms,
                BreakerState::Disabled { probe_at_ms, .. } => probe_at_ms <= now_ms,
                BreakerState::HalfOpen { .. } => false,
            }
    }

    /// Counts an attempt that is over.
    pub fn count(&self, attempt: &Attempt) {
        let mut inner = self.lock();
        let totals = &mut inner.totals;
        let at_ms = attempt.at_ms.saturating_add(attempt.total_ms);
        totals.attempts = totals.attempts.saturating_add(1);
        totals.prompt_tokens = totals
            .prompt_tokens
            .saturating_add(attempt.prompt_tokens.unwrap_or(0));
        totals.completion_tokens = totals
            .completion_tokens
            .saturating_add(attempt.completion_tokens.unwrap_or(0));
        totals.cost_micros = totals
            .cost_micros
            .saturating_add(attempt.cost_micros.unwrap_or(0));
        match attempt.cause {
            None => {
                totals.answers = totals.answers.saturating_add(1);
                totals.last_success_ms = Some(at_ms);
            }
            Some(Cause::Abandoned) => {}
            Some(cause) => {
                totals.last_failure_ms = Some(at_ms);
                totals.last_cause = Some(cause);
            }
        }
    }

    /// What is to be kept of it now.
    pub fn memory(&self) -> ProviderMemory {
        let inner = self.lock();
        ProviderMemory {
            provider: self.settings.provider,
            model: self.settings.model.clone(),
            fingerprint: self.fingerprint.clone(),
            breaker: inner.breaker.clone(),
            limits: inner.limits.clone(),
            totals: inner.totals,
        }
    }
}

/// The right to one visit. However the visit ends (also when its future is dropped), the place in the limits and a probe
/// that was not settled are given back.
pub(crate) struct Permit {
    slot: Arc<Slot>,
    probe: bool,
    test: bool,
}

impl Permit {
    pub fn slot(&self) -> &Arc<Slot> {
        &self.slot
    }

    /// Tells the breaker what came of the visit.
    pub fn settle(&mut self, verdict: Verdict, now_ms: i64) {
        let mut inner = self.slot.lock();
        if self.test && verdict == Verdict::Success {
            inner.breaker.close();
        } else {
            inner.breaker.settle(self.probe, verdict, now_ms);
        }
        self.probe = false;
    }

    /// Counts a retry.
    pub fn again(&self, tokens: u64, now_ms: i64) -> Option<Reservation> {
        self.slot
            .lock()
            .limits
            .count(&self.slot.settings.limits, tokens, now_ms)
            .ok()
    }

    /// Puts true counts in place of estimates.
    pub fn correct(&self, reservation: Reservation, tokens: Option<u64>, hints: RateHints, now_ms: i64) {
        let mut inner = self.slot.lock();
        if let Some(tokens) = tokens {
            inner.limits.correct(reservation, tokens);
        }
        inner.limits.observe(hints, now_ms);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut inner = self.slot.lock();
        inner.limits.release();
        if self.probe {
            inner.breaker.give_up_probe();
        }
    }
}
