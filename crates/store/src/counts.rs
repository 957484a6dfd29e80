//! Totals of long lists. Counting a million rows takes tens of milliseconds, and every page of a list shows the total.
//! So a count is kept for a time in proportion to what it cost: while counting takes well under a millisecond it is
//! done anew each time, and in no case does it take more than about a hundredth of the machine.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::Result;
use crate::contacts::Filter;

/// Most counts kept.
const MAX_KEPT: usize = 256;
/// A count is kept for this many times its cost.
const COST_FACTOR: u32 = 100;
/// A count that cost less is not kept.
const CHEAP: Duration = Duration::from_millis(20);
/// Longest time that a count is kept.
const MAX_AGE: Duration = Duration::from_secs(10);

/// A count and until when it is good; locked while it is being made, so that it is made once for all who wait.
type Slot = Arc<Mutex<Option<(u64, Instant)>>>;

/// Kept counts.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    slots: Mutex<HashMap<Filter, Slot>>,
}

impl Counts {
    pub(crate) async fn get(&self, filter: &Filter, count: impl AsyncFnOnce() -> Result<u64>) -> Result<u64> {
        let slot = {
            let mut slots = self.slots.lock().await;
            if slots.len() >= MAX_KEPT && !slots.contains_key(filter) {
                slots.clear();
            }
            Arc::clone(slots.entry(filter.clone()).or_default())
        };
        let mut kept = slot.lock().await;
        if let Some((total, until)) = *kept
            && Instant::now() < until
        {
            return Ok(total);
        }
        let begun = Instant::now();
        let total = count().await?;
        let cost = begun.elapsed();
        *kept = (cost >= CHEAP).then(|| (total, Instant::now() + (cost * COST_FACTOR).min(MAX_AGE)));
        Ok(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_cheap_count_is_made_anew_and_a_dear_one_kept() {
        let counts = Counts::default();
        let all = Filter::default();
        assert_eq!(counts.get(&all, async || Ok(1)).await.unwrap(), 1);
        assert_eq!(counts.get(&all, async || Ok(2)).await.unwrap(), 2);
        let dear = async || {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(3)
        };
        assert_eq!(counts.get(&all, dear).await.unwrap(), 3);
        assert_eq!(
            counts.get(&all, async || Ok(4)).await.unwrap(),
            3,
            "kept for two seconds"
        );
        let other = Filter {
            group_id: Some(1),
            ..Filter::default()
        };
        assert_eq!(counts.get(&other, async || Ok(5)).await.unwrap(), 5);
    }
}
