//! Totals of long lists. Counting a million rows takes milliseconds, and every page of a list shows the total. So a count
//! is kept while nothing was written, where the database tells ([`crate::quick`]); and one that cost much also for a
//! time in proportion to its cost: in no case does it take more than about a hundredth of the machine.

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

/// Locked while a count is being made, so that it is made once for all who wait.
type Slot = Arc<Mutex<Option<Kept>>>;

/// A count that was made.
#[derive(Clone, Copy, Debug)]
struct Kept {
    total: u64,
    /// The state of the database that it was made in, where that is told.
    version: Option<i64>,
    until: Instant,
}

impl Kept {
    fn is_good(&self, version: Option<i64>) -> bool {
        (version.is_some() && version == self.version) || Instant::now() < self.until
    }
}

/// Kept counts.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    slots: Mutex<HashMap<Filter, Slot>>,
}

impl Counts {
    /// The count of `filter`, made by `count` when none is kept. `version` is another number after each write.
    pub(crate) async fn get(
        &self,
        filter: &Filter,
        version: Option<i64>,
        count: impl AsyncFnOnce() -> Result<u64>,
    ) -> Result<u64> {
        let slot = {
            let mut slots = self.slots.lock().await;
            if let Some(slot) = slots.get(filter) {
                Arc::clone(slot)
            } else {
                if slots.len() >= MAX_KEPT {
                    slots.clear();
                }
                Arc::clone(slots.entry(filter.clone()).or_default())
            }
        };
        let mut kept = slot.lock().await;
        if let Some(kept) = kept.filter(|kept| kept.is_good(version)) {
            return Ok(kept.total);
        }
        let begun = Instant::now();
        let total = count().await?;
        let cost = begun.elapsed();
        let time = if cost < CHEAP {
            Duration::ZERO
        } else {
            (cost * COST_FACTOR).min(MAX_AGE)
        };
        *kept = Some(Kept {
            total,
            version,
            until: Instant::now() + time,
        });
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
        assert_eq!(counts.get(&all, None, async || Ok(1)).await.unwrap(), 1);
        assert_eq!(counts.get(&all, None, async || Ok(2)).await.unwrap(), 2);
        let dear = async || {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(3)
        };
        assert_eq!(counts.get(&all, None, dear).await.unwrap(), 3);
        assert_eq!(
            counts.get(&all, None, async || Ok(4)).await.unwrap(),
            3,
            "kept for two seconds"
        );
        let other = Filter {
            group_id: Some(1),
            ..Filter::default()
        };
        assert_eq!(counts.get(&other, None, async || Ok(5)).await.unwrap(), 5);
    }
    #[tokio::test]
    async fn a_count_is_kept_while_nothing_was_written() {
        let counts = Counts::default();
        let all = Filter::default();
        assert_eq!(counts.get(&all, Some(1), async || Ok(1)).await.unwrap(), 1);
        assert_eq!(counts.get(&all, Some(1), async || Ok(2)).await.unwrap(), 1);
        assert_eq!(counts.get(&all, Some(2), async || Ok(3)).await.unwrap(), 3);
        assert_eq!(counts.get(&all, None, async || Ok(4)).await.unwrap(), 4);
    }
}
