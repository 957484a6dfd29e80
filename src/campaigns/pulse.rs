//! Who watches a campaign is told that its counters moved or drafts were written: at most twice a second, however many
//! people are written to. What is told is read when it is told, so nothing is lost by waiting.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alfa_store::UnixMillis;
use alfa_store::outreach::{counters, prepare};
use alfa_store::types::CounterKind;
use serde_json::{Map, json};

use crate::app::App;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::workers::{Next, Wake};

/// The least time between two events of a campaign, and how long a change waits for the commit that it is part of.
const PERIOD_MS: i64 = 500;

/// What is to be told of each campaign.
#[derive(Default)]
pub struct Pulse {
    campaigns: Mutex<BTreeMap<i64, Moved>>,
    wake: Wake,
}

/// What moved in a campaign since it was last told of.
#[derive(Debug, Clone, Copy)]
struct Moved {
    counters: bool,
    drafts_written: u64,
    /// When it is told.
    due_at: UnixMillis,
}

impl Pulse {
    /// The counters of these campaigns moved.
    pub fn counted(&self, campaigns: impl IntoIterator<Item = i64>, now: UnixMillis) {
        for id in campaigns {
            self.moved(id, now, |moved| moved.counters = true);
        }
    }

    /// So many drafts of a campaign were written.
    pub fn drafted(&self, campaign_id: i64, written: u64, now: UnixMillis) {
        self.moved(campaign_id, now, |moved| moved.drafts_written += written);
    }

    fn moved(&self, campaign_id: i64, now: UnixMillis, change: impl FnOnce(&mut Moved)) {
        let quiet = Moved {
            counters: false,
            drafts_written: 0,
            due_at: now.plus_ms(PERIOD_MS),
        };
        change(self.locked().entry(campaign_id).or_insert(quiet));
        self.wake.signal();
    }

    /// Takes out what is due, and tells when the next is.
    fn take_due(&self, now: UnixMillis) -> (Vec<(i64, Moved)>, Option<UnixMillis>) {
        let mut campaigns = self.locked();
        let due = campaigns.extract_if(.., |_, moved| moved.due_at <= now).collect();
        let next = campaigns.values().map(|moved| moved.due_at).min();
        (due, next)
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<i64, Moved>> {
        self.campaigns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts the worker that tells.
pub(super) fn start_worker(app: &Arc<App>) {
    let (owner, wake) = (app.clone(), app.pulse.wake.clone());
    app.workers
        .run("pulse", wake, app.for_ever(), move || step(owner.clone()));
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let (due, next) = app.pulse.take_due(now);
    if !due.is_empty() {
        let mut events = Vec::with_capacity(due.len());
        for (id, moved) in due {
            events.extend(told(&app, id, moved).await?);
        }
        let tx = app.begin().await?;
        app.events.append_many(&tx, &events, now).await?;
        tx.commit().await?;
        app.events.announce();
    }
    Ok(next.map_or(Next::Idle, Next::At))
}

async fn told(app: &App, id: i64, moved: Moved) -> AppResult<Vec<Event>> {
    let db = app.store.reader();
    let mut events = Vec::new();
    if moved.counters {
        let all = counters::of_campaign(db, id).await?.into_iter();
        let states: Map<String, serde_json::Value> = all
            .filter(|(kind, ..)| *kind == CounterKind::State)
            .map(|(_, name, value)| (name, value.into()))
            .collect();
        events.push(Event::new(Topic::Campaign, json!({"id": id, "counters": states})).campaign(Some(id)));
    }
    if moved.drafts_written > 0 {
        let waiting = prepare::drafts_total(db, id).await?;
        let body = json!({"campaign_id": id, "written": moved.drafts_written, "waiting": waiting});
        events.push(Event::new(Topic::Drafts, body).campaign(Some(id)));
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_often_something_moves_it_is_told_twice_a_second() {
        let pulse = Pulse::default();
        let mut told = Vec::new();
        for now in (0..3_000).map(UnixMillis) {
            pulse.counted([7], now);
            pulse.drafted(7, 2, now);
            told.extend(pulse.take_due(now).0.into_iter().map(|(id, moved)| {
                assert_eq!((id, moved.counters), (7, true));
                moved.drafts_written
            }));
        }
        assert_eq!(told.len(), 5, "{told:?}");
        let (rest, next) = pulse.take_due(UnixMillis(3_600));
        assert_eq!((rest.len(), next), (1, None));
        let left: u64 = rest.iter().map(|(_, moved)| moved.drafts_written).sum();
        assert_eq!(told.iter().sum::<u64>() + left, 6_000, "nothing is lost");
    }

    #[test]
    fn a_campaign_does_not_wait_for_another() {
        let pulse = Pulse::default();
        pulse.counted([1], UnixMillis(0));
        pulse.counted([2], UnixMillis(300));
        let (due, next) = pulse.take_due(UnixMillis(500));
        assert_eq!(due.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1]);
        assert_eq!(next, Some(UnixMillis(800)));
    }
}
