//! The limits of time of one attempt.

use crate::outcome::{Failure, Row};
use crate::{Cause, Timeout};

/// A provider that showed nothing for so many milliseconds counts as failing even if it was the caller's deadline that
/// came first: else a provider that hangs would never be left alone by callers with short deadlines.
const COUNTED_SILENCE_MS: i64 = 4_000;

/// The limits of one attempt, as moments in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub began_ms: i64,
    pub first_token_by_ms: i64,
    pub deadline_ms: i64,
}

impl Times {
    /// How long until the first token must be there, and which limit that is.
    pub fn before_first_token(&self, now_ms: i64) -> (i64, Timeout) {
        self.until(self.first_token_by_ms, Timeout::FirstToken, now_ms)
    }

    /// How long until `at_ms` or the deadline, whichever is first, and which limit that is.
    pub fn until(&self, at_ms: i64, limit: Timeout, now_ms: i64) -> (i64, Timeout) {
        if self.deadline_ms <= at_ms {
            (self.deadline_ms - now_ms, Timeout::Total)
        } else {
            (at_ms - now_ms, limit)
        }
    }

    /// The failure when a limit was reached.
    pub fn timed_out(&self, limit: Timeout, now_ms: i64) -> Failure {
        let mut failure = Failure::new(Cause::Timeout { limit }, "");
        if limit == Timeout::Total && now_ms - self.began_ms >= COUNTED_SILENCE_MS {
            failure.row = Row::Fail;
        }
        failure
    }
}
