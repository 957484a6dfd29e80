//! When an account may send next. Pure: history, policy and pace in, a moment out.
//!
//! The rules, for dialogs that we begin:
//!
//! - between two of them lies a gap: random 2–5 s (or as an administrator has set), or the campaign's own delay ±25 % (with a real account never under 2 s);
//! - after each run of ten the account rests 30 s;
//! - after each batch of the campaign's `batch_size` it rests 60 s, whichever campaign comes next, so that two campaigns
//!   never go faster together than one would alone;
//! - a real account and a sandbox one alike begin at most [`Pacing::new_dialogs_per_day`] in any 24 hours.
//!
//! Messages in a live dialog go first and only keep [`Pacing::reply_gap_ms`] from whatever was sent before.
//!
//! The random part of a gap is drawn from the `random_id` of the message before it. So it is the same after a restart,
//! and needs no state besides the messages themselves.

use std::collections::VecDeque;

use alfa_store::UnixMillis;

use crate::clock::DAY_MS;

/// New dialogs after which an account rests, and for how long.
pub const RUN_LENGTH: usize = 10;
/// Rest after a run of [`RUN_LENGTH`] new dialogs.
pub const RUN_REST_MS: i64 = 30_000;
/// Rest between two batches.
pub const BATCH_REST_MS: i64 = 60_000;
/// Bounds of the gap between two new dialogs when neither the campaign nor an administrator names any.
pub const DEFAULT_GAP_MS: (i64, i64) = (2_000, 5_000);
/// The least gap with a real account.
pub const LEAST_REAL_GAP_MS: i64 = 2_000;

/// What is the same for all messages of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pacing {
    /// Off only in the sandbox, to measure and to test.
    pub enabled: bool,
    /// Whether the account is a real one.
    pub real_account: bool,
    /// How many dialogs the account may begin in any 24 hours.
    pub new_dialogs_per_day: usize,
    /// Bounds of the gap between two new dialogs when the campaign names none, in milliseconds.
    pub gap_ms: (i64, i64),
    /// The least gap before a message in a live dialog.
    pub reply_gap_ms: i64,
}

/// The pace that a campaign asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// New dialogs between two long rests, at least 1.
    pub batch_size: usize,
    /// Delay between two messages, in milliseconds; none: [`Pacing::gap_ms`].
    pub delay_ms: Option<i64>,
}

/// A dialog that the account began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// When its first message was sent.
    pub at: UnixMillis,
    /// That message's `random_id`, the source of the gap after it.
    pub random_id: i64,
}

/// What an account has sent, as far as pacing asks.
#[derive(Debug, Clone, Default)]
pub struct History {
    begun: VecDeque<Begun>,
    last_sent_at: Option<UnixMillis>,
    capacity: usize,
}

impl History {
    /// How many dialogs a history must remember under `pacing` and the largest batch.
    pub fn needed(pacing: &Pacing, largest_batch: usize) -> usize {
        pacing.new_dialogs_per_day.max(largest_batch).max(RUN_LENGTH) + 1
    }

    /// A history of the newest `capacity` dialogs (oldest first in `begun`), and when anything was last sent.
    pub fn new(
        begun: impl IntoIterator<Item = Begun>,
        last_sent_at: Option<UnixMillis>,
        capacity: usize,
    ) -> Self {
        let mut history = Self {
            begun: VecDeque::new(),
            last_sent_at,
            capacity,
        };
        begun.into_iter().for_each(|dialog| history.push(dialog));
        history
    }

    /// Whether it goes back far enough.
    pub fn remembers(&self, capacity: usize) -> bool {
        self.capacity >= capacity
    }

    /// Records that a dialog was begun.
    pub fn record_begun(&mut self, dialog: Begun) {
        self.push(dialog);
        self.record_sent(dialog.at);
    }

    /// Records that something was sent.
    pub fn record_sent(&mut self, at: UnixMillis) {
        self.last_sent_at = self.last_sent_at.max(Some(at));
    }

    /// Moves everything later by so much: for a forecast that skips days.
    pub fn shift(&mut self, by_ms: i64) {
        for dialog in &mut self.begun {
            dialog.at = dialog.at.plus_ms(by_ms);
        }
        self.last_sent_at = self.last_sent_at.map(|at| at.plus_ms(by_ms));
    }

    fn push(&mut self, dialog: Begun) {
        self.begun.push_back(dialog);
        while self.begun.len() > self.capacity.max(1) {
            self.begun.pop_front();
        }
    }

    /// How many dialogs were begun since the last rest of at least `rest_ms`.
    fn run_since_rest(&self, rest_ms: i64) -> usize {
        let newest_first = self.begun.iter().rev();
        let gaps = newest_first.clone().zip(newest_first.skip(1));
        let unrested = gaps
            .take_while(|(later, earlier)| later.at.0 - earlier.at.0 < rest_ms)
            .count();
        if self.begun.is_empty() { 0 } else { unrested + 1 }
    }
}

/// Why the next message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The gap between two messages.
    Gap,
    /// The rest after ten new dialogs.
    Run,
    /// The rest between two batches.
    Batch,
    /// The day's budget of new dialogs is spent.
    DailyBudget,
}

/// The earliest moment for the next message, and what it waits for until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Not before this.
    pub at: UnixMillis,
    /// What sets that moment.
    pub waits: Waits,
}

/// When the account may begin its next dialog, for a campaign with this pace.
pub fn next_new_dialog(history: &History, pace: &Pace, pacing: &Pacing) -> Slot {
    let now_is_fine = Slot {
        at: UnixMillis(0),
        waits: Waits::Gap,
    };
    let Some(last) = history.begun.back() else {
        return after_any(history, pacing);
    };
    if !pacing.enabled {
        return now_is_fine;
    }
    let (rest_ms, waits) = if history.run_since_rest(BATCH_REST_MS) >= pace.batch_size.max(1) {
        (BATCH_REST_MS, Waits::Batch)
    } else if history.run_since_rest(RUN_REST_MS) >= RUN_LENGTH {
        (RUN_REST_MS, Waits::Run)
    } else {
        (0, Waits::Gap)
    };
    let gap_ms = gap_after(last.random_id, pace, pacing);
    let rested = Slot {
        at: UnixMillis(last.at.0 + rest_ms.max(gap_ms)),
        waits: if rest_ms >= gap_ms { waits } else { Waits::Gap },
    };
    [rested, within_budget(history, pacing), after_any(history, pacing)]
        .into_iter()
        .fold(now_is_fine, later)
}

/// When the account may send its next message in a live dialog.
pub fn next_in_dialog(history: &History, pacing: &Pacing) -> Slot {
    after_any(history, pacing)
}

fn after_any(history: &History, pacing: &Pacing) -> Slot {
    let gap_ms = if pacing.enabled { pacing.reply_gap_ms } else { 0 };
    Slot {
        at: UnixMillis(history.last_sent_at.map_or(0, |at| at.0 + gap_ms)),
        waits: Waits::Gap,
    }
}

fn within_budget(history: &History, pacing: &Pacing) -> Slot {
    let budget = pacing.new_dialogs_per_day.max(1);
    let oldest_counted = history
        .begun
        .len()
        .checked_sub(budget)
        .and_then(|index| history.begun.get(index));
    Slot {
        at: UnixMillis(oldest_counted.map_or(0, |dialog| dialog.at.0 + DAY_MS)),
        waits: Waits::DailyBudget,
    }
}

fn later(a: Slot, b: Slot) -> Slot {
    if b.at > a.at { b } else { a }
}

/// The bounds of the gap between two new dialogs, in milliseconds, both included.
pub fn gap_bounds_ms(pace: &Pace, pacing: &Pacing) -> (i64, i64) {
    let (low, high) = match pace.delay_ms {
        Some(delay_ms) => (delay_ms - delay_ms / 4, delay_ms + delay_ms / 4),
        None => pacing.gap_ms,
    };
    let least = if pacing.real_account { LEAST_REAL_GAP_MS } else { 0 };
    (low.max(least), high.max(least))
}

/// The gap after the message with this `random_id`, in milliseconds.
pub fn gap_after(random_id: i64, pace: &Pace, pacing: &Pacing) -> i64 {
    let (low, high) = gap_bounds_ms(pace, pacing);
    low + (mix(random_id as u64) % (high - low + 1) as u64) as i64
}

/// Spreads the bits of a number (the finaliser of SplitMix64), so that a gap tells nothing of the `random_id`'s other use.
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PACING: Pacing = Pacing {
        enabled: true,
        real_account: false,
        new_dialogs_per_day: 1_000,
        gap_ms: DEFAULT_GAP_MS,
        reply_gap_ms: 1_000,
    };

    /// Sends `count` new dialogs as soon as each is allowed, with the paces in turn.
    fn run(count: usize, paces: &[Pace], pacing: &Pacing, seed: u64) -> Vec<i64> {
        let mut history = History::new([], None, History::needed(pacing, 100));
        let mut sent = Vec::new();
        for index in 0..count {
            let at = next_new_dialog(&history, &paces[index % paces.len()], pacing).at;
            history.record_begun(Begun {
                at,
                random_id: mix(seed ^ index as u64) as i64,
            });
            sent.push(at.0);
        }
        sent
    }

    #[test]
    fn the_first_dialog_waits_for_nothing() {
        let pace = Pace {
            batch_size: 10,
            delay_ms: Some(3_000),
        };
        assert_eq!(
            next_new_dialog(&History::default(), &pace, &PACING).at,
            UnixMillis(0)
        );
    }

    #[test]
    fn a_batch_longer_than_ten_rests_thirty_seconds_within_and_sixty_after() {
        let sent = run(
            41,
            &[Pace {
                batch_size: 20,
                delay_ms: Some(3_000),
            }],
            &PACING,
            5,
        );
        for (index, pair) in sent.windows(2).enumerate() {
            let gap = pair[1] - pair[0];
            match (index + 1) % 20 {
                0 => assert_eq!(gap, BATCH_REST_MS, "between batches"),
                10 => assert_eq!(gap, RUN_REST_MS, "after ten"),
                _ => assert!((2_250..=3_750).contains(&gap), "{gap}"),
            }
        }
    }

    #[test]
    fn the_day_s_budget_holds_in_any_24_hours() {
        let pacing = Pacing {
            new_dialogs_per_day: 40,
            ..PACING
        };
        let sent = run(
            130,
            &[Pace {
                batch_size: 10,
                delay_ms: None,
            }],
            &pacing,
            1,
        );
        assert!(sent.windows(41).all(|window| window[40] - window[0] >= DAY_MS));
    }

    #[test]
    fn a_real_account_never_goes_under_two_seconds() {
        let pacing = Pacing {
            real_account: true,
            ..PACING
        };
        assert_eq!(
            gap_bounds_ms(
                &Pace {
                    batch_size: 1,
                    delay_ms: Some(1_000)
                },
                &pacing
            ),
            (2_000, 2_000)
        );
    }

    #[test]
    fn with_pacing_off_nothing_waits() {
        let pacing = Pacing {
            enabled: false,
            ..PACING
        };
        assert!(
            run(
                50,
                &[Pace {
                    batch_size: 1,
                    delay_ms: Some(60_000)
                }],
                &pacing,
                1
            )
            .iter()
            .all(|at| *at == 0)
        );
    }

    proptest! {
        #[test]
        fn no_mix_of_campaigns_is_faster_than_the_rules(
            seed: u64,
            paces in proptest::collection::vec((1_usize..30, proptest::option::of(0_i64..10_000)), 1..4),
        ) {
            let paces: Vec<Pace> = paces.into_iter().map(|(batch_size, delay_ms)| Pace { batch_size, delay_ms }).collect();
            let sent = run(80, &paces, &PACING, seed);
            for (index, pair) in sent.windows(2).enumerate() {
                let (low, _) = gap_bounds_ms(&paces[(index + 1) % paces.len()], &PACING);
                prop_assert!(pair[1] - pair[0] >= low);
            }
            for window in sent.windows(RUN_LENGTH + 1) {
                prop_assert!(window.windows(2).any(|pair| pair[1] - pair[0] >= RUN_REST_MS), "ten in a row, then a rest");
            }
            let largest = paces.iter().map(|pace| pace.batch_size).max().unwrap_or(1);
            for window in sent.windows(largest + 1) {
                prop_assert!(window.windows(2).any(|pair| pair[1] - pair[0] >= BATCH_REST_MS), "a batch, then a long rest");
            }
        }
    }
}
