//! The state machine, row by row and at random.

use proptest::prelude::*;

use super::*;

const DOWN: Cause = Cause::ServerError;

fn fail(breaker: &mut Breaker, now_ms: i64) {
    breaker.settle(false, Verdict::Failure(DOWN), now_ms);
}

fn opened(now_ms: i64) -> Breaker {
    let mut breaker = Breaker::default();
    for _ in 0..FAILURES_IN_A_ROW {
        fail(&mut breaker, now_ms);
    }
    breaker
}

fn until(breaker: &Breaker) -> i64 {
    match breaker.state() {
        BreakerState::Open { until_ms, .. } => until_ms,
        other => panic!("{other:?}"),
    }
}

#[test]
fn three_failures_in_a_row_open_it() {
    let mut breaker = Breaker::default();
    fail(&mut breaker, 0);
    fail(&mut breaker, 1);
    breaker.settle(false, Verdict::Success, 2);
    fail(&mut breaker, 3);
    assert_eq!(breaker.state(), BreakerState::Closed);
    let breaker = opened(10);
    assert_eq!(until(&breaker), 10 + FIRST_COOLDOWN_MS);
}

#[test]
fn half_of_five_in_a_minute_open_it() {
    let mut breaker = Breaker::default();
    for (at_ms, good) in [(0, true), (1, false), (2, true), (3, false)] {
        let verdict = if good {
            Verdict::Success
        } else {
            Verdict::Failure(DOWN)
        };
        breaker.settle(false, verdict, at_ms);
    }
    assert_eq!(breaker.state(), BreakerState::Closed, "four are not judged");
    let mut slow = breaker.clone();
    fail(&mut breaker, 4);
    assert!(matches!(breaker.state(), BreakerState::Open { .. }));
    fail(&mut slow, 3 + JUDGED_MS);
    assert_eq!(
        slow.state(),
        BreakerState::Closed,
        "the earlier ones are too long ago"
    );
}

#[test]
fn a_failed_probe_doubles_the_pause_to_five_minutes() {
    let mut breaker = opened(0);
    let mut pauses = vec![until(&breaker)];
    let mut now_ms = until(&breaker);
    for _ in 0..6 {
        assert_eq!(breaker.admit(now_ms), Admission::Probe);
        assert_eq!(breaker.state(), BreakerState::HalfOpen { cause: DOWN });
        breaker.settle(true, Verdict::Failure(DOWN), now_ms);
        pauses.push(until(&breaker) - now_ms);
        now_ms = until(&breaker);
    }
    assert_eq!(
        pauses,
        [15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]
    );
    assert_eq!(breaker.admit(now_ms), Admission::Probe);
    breaker.settle(true, Verdict::Success, now_ms);
    assert_eq!(breaker.state(), BreakerState::Closed);
    for _ in 0..3 {
        fail(&mut breaker, now_ms);
    }
    assert_eq!(
        until(&breaker) - now_ms,
        FIRST_COOLDOWN_MS,
        "closing forgets the doubling"
    );
}

#[test]
fn one_probe_at_a_time() {
    let mut breaker = opened(0);
    assert_eq!(breaker.admit(FIRST_COOLDOWN_MS - 1), Admission::No(DOWN));
    assert_eq!(breaker.admit(FIRST_COOLDOWN_MS), Admission::Probe);
    assert_eq!(breaker.admit(FIRST_COOLDOWN_MS), Admission::No(DOWN));
    breaker.give_up_probe();
    assert_eq!(breaker.admit(FIRST_COOLDOWN_MS), Admission::Probe);
}

#[test]
fn late_outcomes_change_nothing() {
    let mut breaker = opened(0);
    let before = breaker.state();
    fail(&mut breaker, 9_000);
    breaker.settle(false, Verdict::Success, 9_000);
    assert_eq!(breaker.state(), before);
}

#[test]
fn a_throttle_opens_until_the_named_time() {
    let throttled = |until_ms| Verdict::OpenUntil {
        until_ms,
        cause: Cause::Throttled { until_ms },
    };
    let mut breaker = Breaker::default();
    breaker.settle(false, throttled(40_000), 0);
    breaker.settle(false, throttled(20_000), 0);
    assert_eq!(until(&breaker), 40_000);
    assert_eq!(breaker.admit(40_000), Admission::Probe);
    breaker.settle(true, throttled(50_000), 40_000);
    assert_eq!(until(&breaker), 50_000);
}

#[test]
fn disabled_is_probed_every_six_hours() {
    let mut breaker = Breaker::default();
    breaker.settle(false, Verdict::Disable(Cause::Unauthorized), 0);
    fail(&mut breaker, 1);
    assert_eq!(
        breaker.admit(DISABLED_PROBE_MS - 1),
        Admission::No(Cause::Unauthorized)
    );
    assert_eq!(breaker.admit(DISABLED_PROBE_MS), Admission::Probe);
    breaker.settle(true, Verdict::Failure(DOWN), DISABLED_PROBE_MS);
    let again = BreakerState::Disabled {
        probe_at_ms: 2 * DISABLED_PROBE_MS,
        cause: Cause::Unauthorized,
    };
    assert_eq!(breaker.state(), again);
    assert_eq!(breaker.admit(2 * DISABLED_PROBE_MS), Admission::Probe);
    breaker.settle(true, Verdict::Success, 2 * DISABLED_PROBE_MS);
    assert_eq!(breaker.state(), BreakerState::Closed);
}

#[test]
fn what_says_nothing_changes_nothing() {
    let mut breaker = opened(0);
    breaker.admit(FIRST_COOLDOWN_MS);
    breaker.settle(true, Verdict::Neutral, FIRST_COOLDOWN_MS);
    assert_eq!(breaker.admit(FIRST_COOLDOWN_MS), Admission::Probe);
}

#[derive(Clone, Debug)]
enum Step {
    Wait(i64),
    Ask,
    Settle(usize, u8),
    Drop(usize),
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0i64..400_000).prop_map(Step::Wait),
        Just(Step::Ask),
        Just(Step::Ask),
        (any::<usize>(), 0u8..6).prop_map(|(which, verdict)| Step::Settle(which, verdict)),
        any::<usize>().prop_map(Step::Drop),
        Just(Step::Restart),
    ];
    prop::collection::vec(step, 0..120)
}

fn verdict(number: u8, now_ms: i64) -> Verdict {
    match number {
        0 => Verdict::Success,
        1 | 2 => Verdict::Failure(DOWN),
        3 => Verdict::OpenUntil {
            until_ms: now_ms + 30_000,
            cause: Cause::Throttled {
                until_ms: now_ms + 30_000,
            },
        },
        4 => Verdict::Disable(Cause::Forbidden),
        _ => Verdict::Neutral,
    }
}

proptest! {
    #[test]
    fn whatever_happens_it_holds(steps in steps()) {
        let mut breaker = Breaker::default();
        let mut now_ms = 1_000_000;
        let mut out: Vec<bool> = Vec::new();
        for step in steps {
            match step {
                Step::Wait(ms) => now_ms += ms,
                Step::Ask => {
                    let before = breaker.state();
                    match breaker.admit(now_ms) {
                        Admission::Pass => {
                            prop_assert_eq!(before, BreakerState::Closed);
                            out.push(false);
                        }
                        Admission::Probe => {
                            prop_assert!(!out.contains(&true), "a second probe");
                            out.push(true);
                        }
                        Admission::No(_) => prop_assert_ne!(before, BreakerState::Closed),
                    }
                }
                Step::Settle(which, number) if !out.is_empty() => {
                    let probe = out.swap_remove(which % out.len());
                    breaker.settle(probe, verdict(number, now_ms), now_ms);
                    if probe && number == 0 {
                        prop_assert_eq!(breaker.state(), BreakerState::Closed);
                    }
                    if number == 4 && !out.contains(&true) {
                        let disabled = matches!(breaker.state(), BreakerState::Disabled { .. });
                        prop_assert!(disabled);
                    }
                }
                Step::Drop(which) if !out.is_empty() => {
                    if out.swap_remove(which % out.len()) {
                        breaker.give_up_probe();
                    }
                }
                Step::Restart => {
                    let json = serde_json::to_string(&breaker).unwrap();
                    breaker = serde_json::from_str(&json).unwrap();
                    out.clear();
                }
                Step::Settle(..) | Step::Drop(_) => {}
            }
            // Nothing keeps it from being asked for ever.
            match breaker.state() {
                BreakerState::Closed => prop_assert!(breaker.in_a_row < FAILURES_IN_A_ROW),
                BreakerState::Open { until_ms, .. } => prop_assert!(until_ms <= now_ms + LONGEST_COOLDOWN_MS),
                BreakerState::Disabled { probe_at_ms, .. } => {
                    prop_assert!(probe_at_ms <= now_ms + DISABLED_PROBE_MS);
                }
                BreakerState::HalfOpen { .. } => prop_assert!(out.contains(&true)),
            }
            prop_assert!(breaker.calls.len() <= MAX_REMEMBERED_CALLS);
        }
    }
}
