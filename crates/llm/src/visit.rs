//! A visit to one provider: its attempts, and what the chain's table says after each failure.

mod records;

use std::sync::Arc;

use crate::ask::Ask;
use crate::books::Books;
use crate::breaker::Verdict;
use crate::client::Http;
use crate::judge::judge;
use crate::limits::Reservation;
use crate::live::Live;
use crate::outcome::{Failure, Row};
use crate::request::{Completion, ProviderCause, Validate};
use crate::slot::{Permit, Slot};
use crate::times::Times;
use crate::{Cause, Clock, Timeout};

/// The first token must be there in so many milliseconds.
const FIRST_TOKEN_MS: i64 = 10_000;
/// Where others could answer, one provider's silence takes no more than this share (in percent) of the time left: a
/// classification has 8 s in all.
const SHARE_OF_SILENCE: i64 = 60;
/// A throttled provider is waited for so long, in milliseconds.
const SHORT_WAIT_MS: i64 = 2_000;
/// The pause before a retry: this and up to as many milliseconds more.
const RETRY_MS: i64 = 250;
const RETRY_SPREAD_MS: u64 = 501;
/// What all chains of one product share.
pub(crate) struct Shared {
    pub http: Http,
    pub books: Books,
    pub clock: Arc<dyn Clock>,
}

/// An attempt that is under way.
pub(crate) struct Current {
    pub live: Live,
    began_ms: i64,
    reservation: Reservation,
}

/// What to do after a failure.
pub(crate) enum After {
    /// Ask the same provider once more.
    Again,
    /// The next provider.
    Next(Cause),
}

/// A visit.
pub(crate) struct Visit {
    shared: Arc<Shared>,
    permit: Permit,
    ask: Ask,
    position: usize,
    /// Whether somebody else could answer.
    others: bool,
    /// Counted already, for the next attempt.
    reservation: Option<Reservation>,
    /// Since when a request is out that is not recorded yet, in milliseconds since 1970 UTC.
    out_since_ms: Option<i64>,
    retried: bool,
    trimmed: bool,
    /// Without optional parameters.
    bare: bool,
}

impl Visit {
    pub fn new(
        shared: Arc<Shared>,
        entered: (Permit, Reservation),
        ask: Ask,
        position: usize,
        others: bool,
    ) -> Self {
        let (permit, reservation) = entered;
        Self {
            shared,
            permit,
            ask,
            position,
            others,
            reservation: Some(reservation),
            out_since_ms: None,
            retried: false,
            trimmed: false,
            bare: false,
        }
    }

    pub fn slot(&self) -> &Arc<Slot> {
        self.permit.slot()
    }

    fn now_ms(&self) -> i64 {
        self.shared.clock.now_ms()
    }

    /// Asks until there is a good answer, or the table says next.
    pub async fn complete(
        mut self,
        validate: Option<Validate<'_>>,
        passed_by: Vec<ProviderCause>,
    ) -> Result<Completion, (Cause, Vec<ProviderCause>)> {
        loop {
            let failure = match self.start().await {
                Err(failure) => failure,
                Ok(mut current) => match self.finish(&mut current, validate).await {
                    Ok(completion) => {
                        return Ok(Completion {
                            passed_by,
                            ..completion
                        });
                    }
                    Err(failure) => failure,
                },
            };
            if let After::Next(cause) = self.after(&failure).await {
                return Err((cause, passed_by));
            }
        }
    }

    /// Sends one request. A failure is recorded already.
    pub async fn start(&mut self) -> Result<Current, Failure> {
        let slot = self.slot().clone();
        let tokens = self.ask.estimated_tokens();
        let Some(reservation) = self
            .reservation
            .take()
            .or_else(|| self.permit.again(tokens, self.now_ms()))
        else {
            return Err(Failure::new(Cause::Busy { until_ms: None }, ""));
        };
        let Some(url) = &slot.url else {
            return Err(Failure::new(Cause::NotConfigured, ""));
        };
        if slot.settings.limits.has_windows() {
            self.shared.books.keep_limits(&slot).await;
        }
        let began_ms = self.now_ms();
        let request = self.ask.wire_request(&slot.settings, self.bare);
        let times = self.times(began_ms, request.stream);
        self.out_since_ms = Some(began_ms);
        match self.shared.http.send(&slot.settings, url, &request, times).await {
            Ok(live) => Ok(Current {
                live,
                began_ms,
                reservation,
            }),
            Err(failure) => {
                // An error answer costs no tokens; after silence nobody knows.
                let tokens = failure.status.map(|_| 0);
                self.permit
                    .correct(reservation, tokens, Default::default(), self.now_ms());
                let attempt = self.attempt(began_ms, Some(&failure));
                self.record(attempt);
                Err(failure)
            }
        }
    }

    fn times(&self, began_ms: i64, stream: bool) -> Times {
        let left_ms = self.ask.deadline_ms - began_ms;
        let silence_ms = match (stream, self.others) {
            // All of an answer that is not streamed comes at once.
            (false, _) => left_ms,
            (true, true) => FIRST_TOKEN_MS.min(left_ms * SHARE_OF_SILENCE / 100),
            (true, false) => FIRST_TOKEN_MS,
        };
        Times {
            began_ms,
            first_token_by_ms: began_ms.saturating_add(silence_ms),
            deadline_ms: self.ask.deadline_ms,
        }
    }

    /// Reads an answer to its end and judges it. Either way it is recorded; success is settled.
    async fn finish(
        &mut self,
        current: &mut Current,
        validate: Option<Validate<'_>>,
    ) -> Result<Completion, Failure> {
        loop {
            match current.live.next().await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(failure) => return Err(self.failed(current, failure)),
            }
        }
        self.conclude(current, validate)
    }

    /// Judges an answer that is complete.
    pub fn conclude(
        &mut self,
        current: &Current,
        validate: Option<Validate<'_>>,
    ) -> Result<Completion, Failure> {
        let slot = self.slot().clone();
        match judge(&self.ask, &slot.settings, current.live.answer(), validate) {
            Err(failure) => Err(self.failed(current, failure.with_status(current.live.status()))),
            Ok(completion) => {
                let now_ms = self.now_ms();
                self.permit.settle(Verdict::Success, now_ms);
                self.correct(current, now_ms);
                let attempt = self.attempt_of(current, None);
                self.record(attempt);
                Ok(Completion {
                    position: self.position,
                    total_ms: now_ms - self.ask.began_ms,
                    ..completion
                })
            }
        }
    }

    /// Records a failure of an attempt whose answer had begun.
    pub fn failed(&mut self, current: &Current, failure: Failure) -> Failure {
        self.correct(current, self.now_ms());
        let attempt = self.attempt_of(current, Some(&failure));
        self.record(attempt);
        failure
    }

    fn correct(&self, current: &Current, now_ms: i64) {
        let tokens = current.live.answer().usage.map(|usage| usage.total());
        self.permit
            .correct(current.reservation, tokens, current.live.hints(), now_ms);
    }

    /// What the table says. Waits here, when it says to wait.
    pub async fn after(&mut self, failure: &Failure) -> After {
        let again = match failure.row {
            Row::Throttle { wait_ms } if wait_ms <= SHORT_WAIT_MS => self.wait_to_retry(wait_ms).await,
            Row::RetryOnce => {
                let spread = self.shared.clock.random_u64() % RETRY_SPREAD_MS;
                self.wait_to_retry(RETRY_MS + i64::try_from(spread).unwrap_or(0))
                    .await
            }
            Row::Trim if !self.trimmed => {
                self.trimmed = true;
                self.ask.prompt.trimmed().is_some_and(|shorter| {
                    self.ask.prompt = shorter;
                    true
                })
            }
            Row::Reduce if !self.bare => {
                self.bare = true;
                true
            }
            _ => false,
        };
        if again && self.count_again() {
            return After::Again;
        }
        if failure.row == Row::Reduce {
            let slot = self.slot();
            tracing::error!(
                provider = %slot.settings.provider, model = slot.settings.model, status = failure.status,
                detail = failure.detail, "a provider did not understand our request"
            );
        }
        self.give_up(failure);
        After::Next(failure.cause)
    }

    /// Tells the breaker of a failure after which this provider is not asked again.
    pub fn give_up(&mut self, failure: &Failure) {
        let verdict = match (failure.row, failure.cause) {
            (Row::Disable, cause) => Verdict::Disable(cause),
            (Row::Throttle { .. }, cause @ Cause::Throttled { until_ms }) => {
                Verdict::OpenUntil { until_ms, cause }
            }
            (Row::Trim | Row::Reduce | Row::PassBy, _) => Verdict::Neutral,
            (_, cause) => Verdict::Failure(cause),
        };
        let now_ms = self.now_ms();
        self.permit.settle(verdict, now_ms);
        self.shared.books.change(self.slot());
    }

    /// One retry a visit, and only when its pause fits the deadline.
    async fn wait_to_retry(&mut self, wait_ms: i64) -> bool {
        if self.retried || self.now_ms().saturating_add(wait_ms) >= self.ask.deadline_ms {
            return false;
        }
        self.retried = true;
        self.shared.clock.sleep_ms(wait_ms.max(0).unsigned_abs()).await;
        true
    }

    fn count_again(&mut self) -> bool {
        self.reservation = self.permit.again(self.ask.estimated_tokens(), self.now_ms());
        self.reservation.is_some() && self.now_ms() < self.ask.deadline_ms
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(began_ms) = self.out_since_ms {
            // Whoever waited for it went away.
            let abandoned = Failure::new(Cause::Abandoned, "");
            let attempt = self.attempt(began_ms, Some(&abandoned));
            self.record(attempt);
        }
    }
}

/// The cause when there is no time left to ask at all.
pub(crate) const TOO_LATE: Cause = Cause::Timeout {
    limit: Timeout::Total,
};
