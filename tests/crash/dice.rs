//! Numbers that follow from a seed, so that a failure can be told by it.

use std::ops::RangeInclusive;

const DEFAULT_SEED: u64 = 20_261_120;

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    /// The seed of `ALFA_CRASH_SEED`, or the usual one; printed, since a failure is told by it.
    pub fn from_environment() -> Self {
        let seed = std::env::var("ALFA_CRASH_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(DEFAULT_SEED);
        println!("ALFA_CRASH_SEED={seed}");
        Self(seed)
    }

    pub fn roll(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        range.start() + (mixed ^ (mixed >> 31)) % (range.end() - range.start() + 1)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.roll(0..=last as u64) as usize;
            items.swap(last, other);
        }
    }
}
