//! Limits: each of them, what frees it, and that no span ever holds more.

use proptest::prelude::*;

use super::*;
use crate::clock::{DAY_MS, MINUTE_MS};

#[test]
fn concurrency_is_freed_by_an_end() {
    let limits = LimitSettings {
        concurrency: Some(2),
        ..LimitSettings::default()
    };
    let mut counters = LimitCounters::default();
    counters.reserve(&limits, 1, 0).unwrap();
    counters.reserve(&limits, 1, 0).unwrap();
    assert_eq!(counters.reserve(&limits, 1, 0), Err(Full { free_at_ms: None }));
    counters.release();
    assert!(counters.reserve(&limits, 1, 0).is_ok());
}

#[test]
fn each_window_says_when_it_is_free() {
    let none = LimitSettings::default();
    for (limits, span_ms) in [
        (
            LimitSettings {
                requests_per_minute: Some(1),
                ..none
            },
            MINUTE_MS,
        ),
        (
            LimitSettings {
                requests_per_day: Some(1),
                ..none
            },
            DAY_MS,
        ),
        (
            LimitSettings {
                tokens_per_minute: Some(10),
                ..none
            },
            MINUTE_MS,
        ),
        (
            LimitSettings {
                tokens_per_day: Some(10),
                ..none
            },
            DAY_MS,
        ),
    ] {
        let mut counters = LimitCounters::default();
        counters.reserve(&limits, 8, 0).unwrap();
        let full = counters.reserve(&limits, 8, 0).unwrap_err();
        let free_at_ms = full.free_at_ms.unwrap();
        assert!(
            free_at_ms >= span_ms && free_at_ms <= span_ms * 13 / 12,
            "{limits:?} {free_at_ms}"
        );
        assert!(counters.reserve(&limits, 8, free_at_ms - 1).is_err());
        assert!(counters.reserve(&limits, 8, free_at_ms).is_ok());
    }
}

#[test]
fn the_true_number_of_tokens_replaces_the_estimate() {
    let limits = LimitSettings {
        tokens_per_minute: Some(100),
        ..LimitSettings::default()
    };
    let mut counters = LimitCounters::default();
    let first = counters.reserve(&limits, 90, 0).unwrap();
    assert!(counters.reserve(&limits, 50, 0).is_err());
    counters.correct(first, 20);
    assert!(counters.reserve(&limits, 50, 0).is_ok());
    assert_eq!(counters.used(0).tokens_minute, 70);
}

#[test]
fn what_is_above_the_limit_by_itself_goes_alone() {
    let limits = LimitSettings {
        tokens_per_minute: Some(100),
        ..LimitSettings::default()
    };
    let mut counters = LimitCounters::default();
    assert!(counters.reserve(&limits, 500, 0).is_ok());
    assert!(counters.reserve(&limits, 1, 0).is_err());
    let nothing = LimitSettings {
        requests_per_day: Some(0),
        ..LimitSettings::default()
    };
    assert!(LimitCounters::default().reserve(&nothing, 1, 0).is_err());
}

#[test]
fn the_vendors_own_count_is_kept_to() {
    let limits = LimitSettings::default();
    let mut counters = LimitCounters::default();
    let hints = RateHints {
        requests_left: Some(5),
        requests_reset_ms: Some(9_000),
        tokens_left: Some(30),
        tokens_reset_ms: Some(4_000),
    };
    counters.observe(hints, 1_000);
    counters.reserve(&limits, 20, 1_000).unwrap();
    let full = counters.reserve(&limits, 20, 1_000).unwrap_err();
    assert_eq!(full.free_at_ms, Some(5_000));
    assert!(counters.reserve(&limits, 20, 5_000).is_ok());
}

#[test]
fn counts_survive_a_restart_but_not_what_was_in_flight() {
    let limits = LimitSettings {
        concurrency: Some(1),
        requests_per_day: Some(2),
        ..LimitSettings::default()
    };
    let mut counters = LimitCounters::default();
    counters.reserve(&limits, 1, 0).unwrap();
    let json = serde_json::to_string(&counters).unwrap();
    let mut again: LimitCounters = serde_json::from_str(&json).unwrap();
    assert!(again.reserve(&limits, 1, 0).is_ok());
    again.release();
    assert!(again.reserve(&limits, 1, 0).is_err());
}

proptest! {
    #[test]
    fn no_minute_ever_holds_more(
        calls in prop::collection::vec((0i64..30_000, 1u64..40), 1..150),
        requests in 1u64..8,
        tokens in 40u64..120,
    ) {
        let limits = LimitSettings {
            requests_per_minute: Some(requests),
            tokens_per_minute: Some(tokens),
            ..LimitSettings::default()
        };
        let mut counters = LimitCounters::default();
        let mut granted: Vec<(i64, u64)> = Vec::new();
        let mut now_ms = 1_790_000_000_000;
        for (wait_ms, amount) in calls {
            now_ms += wait_ms;
            match counters.reserve(&limits, amount, now_ms) {
                Ok(_) => granted.push((now_ms, amount)),
                Err(full) => {
                    let free_at_ms = full.free_at_ms.unwrap();
                    prop_assert!(free_at_ms > now_ms);
                    prop_assert!(counters.clone().reserve(&limits, amount, free_at_ms).is_ok());
                }
            }
        }
        for (start, _) in &granted {
            let span = granted.iter().filter(|(at, _)| at >= start && *at < start + MINUTE_MS);
            let (count, sum) = span.fold((0, 0), |(count, sum), (_, amount)| (count + 1, sum + amount));
            prop_assert!(count <= requests && sum <= tokens);
        }
    }
}
