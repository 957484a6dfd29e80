//! When a campaign will have written to everybody: the pacer, run forward.
//!
//! Pure, on what an account has sent and what waits for it: the campaigns take turns as in the lane, under the gaps and rests,
//! the budget of new dialogs in any 24 hours, and quiet hours. Quiet hours are those of the business's own zone, an
//! approximation: most people of a campaign live there or near. Replies and follow-ups are not foreseen; they hardly slow
//! new dialogs. What repeats itself from day to day is not simulated again but reckoned.

use std::collections::BTreeMap;

use alfa_store::UnixMillis;
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::clock::DAY_MS;
use crate::config::QuietHours;
use crate::outbox::pacer::{Begun, History, Pace, Pacing, next_new_dialog};
use crate::policy::end_of_quiet;

mod load;

pub use load::{Forecasts, Foreseen, expected_finish, foresee};

/// Sends that one forecast simulates at most; what is left then is reckoned at the pace so far.
pub const MAX_SIMULATED_SENDS: usize = 50_000;
/// Days that one forecast reckons at most; beyond them there is no forecast.
const MAX_DAYS: i64 = 3_650;

/// What a campaign has to send from one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub campaign_id: i64,
    pub pace: Pace,
    /// First messages to send.
    pub left: usize,
    /// Not before this moment: when it starts.
    pub from: UnixMillis,
}

/// An account and what waits for it.
#[derive(Debug, Clone)]
pub struct Queue {
    /// The dialogs that it began.
    pub history: History,
    /// It sends nothing before this moment (a flood wait).
    pub free_at: UnixMillis,
    /// By the campaign's id.
    pub shares: Vec<Share>,
}

/// What holds for all accounts.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub pacing: Pacing,
    pub quiet_hours: Option<QuietHours>,
    /// The business's zone.
    pub zone: Tz,
}

impl Rules {
    fn day_of(&self, at: UnixMillis) -> NaiveDate {
        let utc = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
        utc.with_timezone(&self.zone).date_naive()
    }

    fn after_quiet(&self, at: UnixMillis) -> UnixMillis {
        let end = |hours| end_of_quiet(hours, at, self.zone);
        self.quiet_hours.and_then(end).unwrap_or(at)
    }
}

/// When the account will have sent what the campaign has for it; none when it has nothing, or not in ten years.
pub fn finish(queue: Queue, campaign_id: i64, rules: &Rules, most_sends: usize) -> Option<UnixMillis> {
    let watched = queue
        .shares
        .iter()
        .position(|share| share.campaign_id == campaign_id && share.left > 0)?;
    if !rules.pacing.enabled {
        let from = queue.shares.get(watched)?.from.max(queue.free_at);
        return Some(rules.after_quiet(from));
    }
    Run::new(queue, watched).until_done(rules, most_sends)
}

/// The same, with how many leave on each of the business's days, as far as it is simulated.
pub fn days(
    queue: Queue,
    campaign_id: i64,
    rules: &Rules,
    most_sends: usize,
) -> Option<(UnixMillis, BTreeMap<NaiveDate, usize>)> {
    let has = |share: &Share| share.campaign_id == campaign_id && share.left > 0;
    let watched = queue.shares.iter().position(has)?;
    if !rules.pacing.enabled {
        let all = queue.shares.get(watched)?.left;
        let end = finish(queue, campaign_id, rules, most_sends)?;
        return Some((end, [(rules.day_of(end), all)].into()));
    }
    let mut run = Run::new(queue, watched);
    let end = run.until_done(rules, most_sends)?;
    Some((end, run.by_day))
}

struct Run {
    history: History,
    shares: Vec<Share>,
    watched: usize,
    now: UnixMillis,
    began: UnixMillis,
    last_campaign: Option<i64>,
    sends: usize,
    /// When the present day of the simulation began, and what was left then.
    day: (UnixMillis, Vec<usize>),
    days: i64,
    /// What the watched campaign sends on each day.
    by_day: BTreeMap<NaiveDate, usize>,
}

impl Run {
    fn new(queue: Queue, watched: usize) -> Self {
        let left = queue.shares.iter().map(|share| share.left).collect();
        Self {
            history: queue.history,
            shares: queue.shares,
            watched,
            now: queue.free_at,
            began: queue.free_at,
            last_campaign: None,
            sends: 0,
            day: (queue.free_at, left),
            days: 0,
            by_day: BTreeMap::new(),
        }
    }

    fn left(&self) -> usize {
        self.shares.get(self.watched).map_or(0, |share| share.left)
    }

    fn until_done(&mut self, rules: &Rules, most_sends: usize) -> Option<UnixMillis> {
        let all = self.left();
        loop {
            match self.next(rules) {
                Turn::Waits(until) => self.now = until.max(self.now.plus_ms(1)),
                Turn::Goes(index) => {
                    let quiet_until = rules.after_quiet(self.now);
                    if quiet_until > self.now {
                        self.now = quiet_until;
                        continue;
                    }
                    self.send(index);
                    if index == self.watched {
                        *self.by_day.entry(rules.day_of(self.now)).or_default() += 1;
                    }
                    if self.left() == 0 {
                        return Some(self.now);
                    }
                }
                Turn::Nothing => return None,
            }
            if self.now.ms_since(self.day.0) >= DAY_MS {
                self.next_day(rules);
            }
            if self.days > MAX_DAYS {
                return None;
            }
            if self.sends >= most_sends {
                return self.reckoned(all);
            }
        }
    }

    /// The campaign that may send now, as the lane chooses it, or until when it waits.
    fn next(&self, rules: &Rules) -> Turn {
        let after_last = |share: &&(usize, &Share)| Some(share.1.campaign_id) > self.last_campaign;
        let waiting: Vec<(usize, &Share)> = self
            .shares
            .iter()
            .enumerate()
            .filter(|(_, share)| share.left > 0)
            .collect();
        let first = waiting.iter().take_while(|share| !after_last(share)).count();
        let (before, after) = waiting.split_at(first);
        let mut wait: Option<UnixMillis> = None;
        for (index, share) in after.iter().chain(before) {
            let at = if share.from > self.now {
                share.from
            } else {
                next_new_dialog(&self.history, &share.pace, &rules.pacing).at
            };
            if at <= self.now {
                return Turn::Goes(*index);
            }
            wait = Some(wait.map_or(at, |other| other.min(at)));
        }
        wait.map_or(Turn::Nothing, Turn::Waits)
    }

    fn send(&mut self, index: usize) {
        self.sends += 1;
        if let Some(share) = self.shares.get_mut(index) {
            share.left -= 1;
            self.last_campaign = Some(share.campaign_id);
        }
        // The pacer spreads the bits itself: any numbers that differ will do.
        let random_id = i64::try_from(self.sends).unwrap_or(i64::MAX);
        self.history.record_begun(Begun {
            at: self.now,
            random_id,
        });
    }

    /// A simulated day has passed. From the second on the days are alike until a campaign runs out or another begins:
    /// the like ones are skipped.
    fn next_day(&mut self, rules: &Rules) {
        self.days += 1;
        let sent: Vec<usize> = self
            .shares
            .iter()
            .zip(&self.day.1)
            .map(|(share, before)| before.saturating_sub(share.left))
            .collect();
        if self.days >= 2 && self.shares.iter().all(|share| share.from <= self.day.0) {
            let of_one = |(share, sent): (&Share, &usize)| share.left.checked_div(*sent);
            let whole = self.shares.iter().zip(&sent).filter_map(of_one).min();
            // The last of them is simulated: it may end early.
            let skipped = whole.unwrap_or(0).saturating_sub(1);
            for (share, sent) in self.shares.iter_mut().zip(&sent) {
                share.left -= skipped * sent;
            }
            let days = i64::try_from(skipped).unwrap_or(MAX_DAYS).min(MAX_DAYS);
            if let Some(a_day) = sent.get(self.watched).copied().filter(|a_day| *a_day > 0) {
                for day in 0..days {
                    let day = rules.day_of(self.now.plus_ms(day * DAY_MS));
                    *self.by_day.entry(day).or_default() += a_day;
                }
            }
            self.history.shift(days * DAY_MS);
            self.now = self.now.plus_ms(days * DAY_MS);
            self.days += days;
        }
        let left = self.shares.iter().map(|share| share.left).collect();
        self.day = (self.now, left);
    }

    /// The rest at the pace so far.
    fn reckoned(&self, all: usize) -> Option<UnixMillis> {
        let done = all.checked_sub(self.left()).filter(|done| *done > 0)?;
        let took_ms = self.now.ms_since(self.began) as f64;
        let rest_ms = took_ms / done as f64 * self.left() as f64;
        Some(self.now.plus_ms(rest_ms.round() as i64))
    }
}

enum Turn {
    Goes(usize),
    Waits(UnixMillis),
    Nothing,
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
