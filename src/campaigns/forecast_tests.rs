use super::*;
use crate::clock::{HOUR_MS, MINUTE_MS, SECOND_MS};

/// 2026-11-20, 12:00 in Moscow.
const NOON: UnixMillis = UnixMillis(1_795_165_200_000);
const PACE: Pace = Pace {
    batch_size: 10,
    delay_ms: Some(3_000),
};

fn rules(per_day: usize, quiet: bool) -> Rules {
    Rules {
        pacing: Pacing {
            enabled: true,
            real_account: true,
            new_dialogs_per_day: per_day,
            gap_ms: crate::outbox::pacer::DEFAULT_GAP_MS,
            reply_gap_ms: 1_000,
        },
        quiet_hours: quiet.then_some(QuietHours {
            from_minute: 21 * 60,
            to_minute: 9 * 60,
        }),
        zone: chrono_tz::Europe::Moscow,
    }
}

fn queue(begun: Vec<Begun>, shares: &[(i64, usize, UnixMillis)]) -> Queue {
    let share = |&(campaign_id, left, from)| Share {
        campaign_id,
        pace: PACE,
        left,
        from,
    };
    Queue {
        history: History::new(begun, None, 501),
        free_at: NOON,
        shares: shares.iter().map(share).collect(),
    }
}

fn after_noon(queue: Queue, rules: &Rules) -> i64 {
    finish(queue, 1, rules, MAX_SIMULATED_SENDS)
        .unwrap()
        .ms_since(NOON)
}

#[test]
fn a_few_take_minutes() {
    let took = after_noon(queue(vec![], &[(1, 20, NOON)]), &rules(500, false));
    // Eighteen gaps of 3 s and one rest of a minute.
    assert!((took - (18 * 3 + 60) * SECOND_MS).abs() < 8 * SECOND_MS, "{took}");
    assert_eq!(
        finish(queue(vec![], &[(2, 20, NOON)]), 1, &rules(500, false), 10),
        None
    );
}

#[test]
fn what_was_sent_today_counts_against_the_budget() {
    let begun = |number: i64| Begun {
        at: NOON.plus_ms(-HOUR_MS + number * MINUTE_MS),
        random_id: number,
    };
    let begun: Vec<Begun> = (0..40).map(begun).collect();
    let took = after_noon(queue(begun, &[(1, 1, NOON)]), &rules(40, false));
    assert_eq!(took, DAY_MS - HOUR_MS);
}

#[test]
fn the_night_is_slept_through_and_other_campaigns_take_their_turns() {
    let alone = after_noon(queue(vec![], &[(1, 40, NOON)]), &rules(1_000, false));
    let with_another = queue(vec![], &[(1, 40, NOON), (2, 100, NOON)]);
    let shared = after_noon(with_another, &rules(1_000, false));
    assert!((shared - 2 * alone).abs() < 2 * MINUTE_MS, "{alone} {shared}");
    let evening = NOON.plus_ms(9 * HOUR_MS);
    let late = queue(vec![], &[(1, 1, evening)]);
    assert_eq!(after_noon(late, &rules(40, true)), 21 * HOUR_MS);
    let mut flooded = queue(vec![], &[(1, 1, NOON)]);
    flooded.free_at = NOON.plus_ms(HOUR_MS);
    assert_eq!(after_noon(flooded, &rules(40, false)), HOUR_MS);
}

#[test]
fn years_are_reckoned_like_days() {
    let of = |people| after_noon(queue(vec![], &[(1, people, NOON)]), &rules(40, true));
    // Forty a day: the hundredth forty begins 99 days later.
    let took = of(40 * 100);
    assert!((took - 99 * DAY_MS).abs() < HOUR_MS, "{took}");
    let took = of(40 * 1_000);
    assert!((took - 999 * DAY_MS).abs() < 4 * HOUR_MS, "{took}");
    let far = queue(vec![], &[(1, 40 * 100_000, NOON)]);
    assert_eq!(finish(far, 1, &rules(40, true), MAX_SIMULATED_SENDS), None);
}

#[test]
fn skipping_days_changes_nothing() {
    let shares = [(1, 300, NOON), (2, 120, NOON), (3, 90, NOON)];
    let skipping = after_noon(queue(vec![], &shares), &rules(40, true));
    let mut run = Run::new(queue(vec![], &shares), 0);
    // With another that begins in the far future no day is like another.
    run.shares.push(Share {
        campaign_id: 9,
        pace: PACE,
        left: 1,
        from: NOON.plus_ms(1_000 * DAY_MS),
    });
    run.day.1.push(1);
    let simulated = run.until_done(&rules(40, true), MAX_SIMULATED_SENDS).unwrap();
    let apart = (skipping - simulated.ms_since(NOON)).abs();
    assert!(apart < HOUR_MS, "{apart}");
}

#[test]
fn the_days_add_up_to_everybody() {
    for (people, day) in [(30, 40), (100, 40), (4_000, 40)] {
        let queue = queue(vec![], &[(1, people, NOON), (2, 60, NOON)]);
        let (_, by_day) = days(queue, 1, &rules(day, true), MAX_SIMULATED_SENDS).unwrap();
        assert_eq!(by_day.values().sum::<usize>(), people);
        // A day has 24 hours of budget, and the skipped days are told by their 24 hours.
        assert!(by_day.values().all(|count| *count <= 2 * day), "{by_day:?}");
    }
}

#[test]
fn the_work_is_bounded() {
    let many = || queue(vec![], &[(1, 2_000, NOON)]);
    let rules = rules(100_000, false);
    let exact = finish(many(), 1, &rules, 10_000).unwrap().ms_since(NOON) as f64;
    let reckoned = finish(many(), 1, &rules, 200).unwrap().ms_since(NOON) as f64;
    assert!((reckoned / exact - 1.0).abs() < 0.05, "{exact} {reckoned}");
}

#[test]
fn without_pacing_only_the_night_is_waited_for() {
    let rules = Rules {
        pacing: Pacing {
            enabled: false,
            ..rules(40, true).pacing
        },
        ..rules(40, true)
    };
    let evening = NOON.plus_ms(10 * HOUR_MS);
    assert_eq!(after_noon(queue(vec![], &[(1, 500, NOON)]), &rules), 0);
    assert_eq!(
        after_noon(queue(vec![], &[(1, 500, evening)]), &rules),
        21 * HOUR_MS
    );
}
