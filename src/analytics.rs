//! Figures over days of the business: what was sent and what came of it, by day, hour, campaign, product, variant and class.

use std::collections::{BTreeMap, HashMap};

use alfa_store::analytics::{self as rows, Brought, Moment, SLOT_MS, Scope};
use alfa_store::types::FunnelStage;
use alfa_store::{UnixMillis, campaigns};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::app::App;
use crate::error::AppResult;
use crate::funnel::Stage;

/// Most days of one question.
pub const MAX_DAYS: i64 = 366;
/// Days when nothing is said.
const DEFAULT_DAYS: u64 = 30;
/// Campaigns of one product that are looked at.
const MAX_CAMPAIGNS: u64 = 10_000;

/// Days of the business, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// The days that are asked for; without a first one thirty, without a last one up to today.
    #[must_use]
    pub fn of(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Self {
        let to = to.unwrap_or(today);
        let from = from.unwrap_or_else(|| to.checked_sub_days(Days::new(DEFAULT_DAYS - 1)).unwrap_or(to));
        Self { from, to }
    }

    /// Number of days; none or less when the first comes after the last.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// From the first moment to the one after the last.
    fn span(&self, zone: Tz) -> (UnixMillis, UnixMillis) {
        let after = self.to.succ_opt().unwrap_or(self.to);
        (begins(self.from, zone), begins(after, zone))
    }
}

/// When a day begins. Where the clocks skip midnight, it begins an hour later.
fn begins(day: NaiveDate, zone: Tz) -> UnixMillis {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = zone.from_local_datetime(&midnight).earliest();
    let skipped = || zone.from_utc_datetime(&midnight).timestamp_millis();
    UnixMillis(local.map_or_else(skipped, |at| at.timestamp_millis()))
}

/// Of which campaigns: one, those for a product, or all.
///
/// # Errors
/// Of the database.
pub async fn scope(
    app: &App,
    period: Period,
    campaign_id: Option<i64>,
    product_id: Option<i64>,
) -> AppResult<Scope> {
    let (from, to) = period.span(app.config.timezone);
    let db = app.store.reader();
    let mut campaign_ids = campaign_id.map(|id| vec![id]);
    if let Some(product_id) = product_id {
        let of_product = campaigns::of_product(db, product_id, MAX_CAMPAIGNS).await?;
        let wanted = |id: &i64| campaign_id.is_none_or(|only| only == *id);
        campaign_ids = Some(of_product.into_iter().filter(wanted).collect());
    }
    Ok(Scope {
        from,
        to,
        campaign_ids,
    })
}

/// A step of the funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// The stage.
    pub stage: FunnelStage,
    /// People who stand there now.
    pub count: i64,
    /// People who came at least so far; of the ways out, those who took it.
    pub reached: i64,
}

/// Where the people who were written to in these days stand now.
///
/// # Errors
/// Of the database.
pub async fn funnel(app: &App, scope: &Scope) -> AppResult<Vec<FunnelStep>> {
    let counts: HashMap<FunnelStage, i64> = rows::by_stage(app.store.reader(), scope)
        .await?
        .into_iter()
        .collect();
    Ok(funnel_of(&counts))
}

fn funnel_of(counts: &HashMap<FunnelStage, i64>) -> Vec<FunnelStep> {
    let count = |stage: Stage| counts.get(&stage.stored()).copied().unwrap_or_default();
    let way_out = |stage: Stage| matches!(stage, Stage::Lost | Stage::OptedOut);
    let step = |stage: Stage| {
        let beyond = Stage::ALL
            .into_iter()
            .filter(|later| *later >= stage && !way_out(*later));
        FunnelStep {
            stage: stage.stored(),
            count: count(stage),
            reached: if way_out(stage) {
                count(stage)
            } else {
                beyond.map(count).sum()
            },
        }
    };
    Stage::ALL.into_iter().map(step).collect()
}

/// What happened in a part of the time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Happened {
    /// First messages that left; Telegram tells their delivery at the same moment.
    pub sent: i64,
    /// First messages that were read.
    pub read: i64,
    /// First answers.
    pub replied: i64,
    /// People who said stop.
    pub opted_out: i64,
}

impl Happened {
    fn place(&mut self, what: Moment) -> &mut i64 {
        match what {
            Moment::Sent => &mut self.sent,
            Moment::Read => &mut self.read,
            Moment::Replied => &mut self.replied,
            Moment::OptedOut => &mut self.opted_out,
        }
    }
}

/// What happened on each day of the period, days without anything among them.
///
/// # Errors
/// Of the database.
pub async fn by_day(app: &App, period: Period, scope: &Scope) -> AppResult<BTreeMap<NaiveDate, Happened>> {
    let all = period.from.iter_days().take_while(|day| *day <= period.to);
    let mut days: BTreeMap<NaiveDate, Happened> = all.map(|day| (day, Happened::default())).collect();
    gather(app, scope, |at| at.date_naive(), &mut days).await?;
    Ok(days)
}

/// What happened in each hour of the day, over the whole period.
///
/// # Errors
/// Of the database.
pub async fn by_hour(app: &App, scope: &Scope) -> AppResult<BTreeMap<u32, Happened>> {
    let mut hours: BTreeMap<u32, Happened> = (0..24).map(|hour| (hour, Happened::default())).collect();
    gather(app, scope, |at| at.hour(), &mut hours).await?;
    Ok(hours)
}

async fn gather<K: Ord>(
    app: &App,
    scope: &Scope,
    key: impl Fn(DateTime<Tz>) -> K,
    into: &mut BTreeMap<K, Happened>,
) -> AppResult<()> {
    for what in [Moment::Sent, Moment::Read, Moment::Replied, Moment::OptedOut] {
        for (slot, count) in rows::by_slot(app.store.reader(), scope, what).await? {
            let at = DateTime::from_timestamp_millis(slot * SLOT_MS).unwrap_or_default();
            let local = at.with_timezone(&app.config.timezone);
            *into.entry(key(local)).or_default().place(what) += count;
        }
    }
    Ok(())
}

/// What each campaign, or each of its variants, brought.
///
/// # Errors
/// Of the database.
pub async fn brought(app: &App, scope: &Scope) -> AppResult<Vec<Brought>> {
    Ok(rows::brought(app.store.reader(), scope).await?)
}

/// How often replies were given each class, the most frequent first.
///
/// # Errors
/// Of the database.
pub async fn replies(app: &App, scope: &Scope) -> AppResult<Vec<(String, i64)>> {
    let mut classes: BTreeMap<String, i64> = BTreeMap::new();
    for (labels, count) in rows::by_labels(app.store.reader(), scope).await? {
        for class in serde_json::from_str::<Vec<String>>(&labels).unwrap_or_default() {
            *classes.entry(class).or_default() += count;
        }
    }
    let mut classes: Vec<(String, i64)> = classes.into_iter().collect();
    classes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(classes)
}

/// Adds what parts brought into one line.
pub fn add(sum: &mut Brought, part: &Brought) {
    sum.sent += part.sent;
    sum.read += part.read;
    sum.replied += part.replied;
    sum.opted_out += part.opted_out;
    sum.applied += part.applied;
    sum.won += part.won;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_MS;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn a_period_has_both_its_ends_and_days_keep_the_zone_s_length() {
        let period = Period::of(None, None, day(2026, 11, 30));
        assert_eq!((period.from, period.days()), (day(2026, 11, 1), 30));
        let hours = |date, zone| {
            let (from, to) = Period { from: date, to: date }.span(zone);
            to.ms_since(from) / HOUR_MS
        };
        assert_eq!(hours(day(2026, 11, 20), chrono_tz::Europe::Moscow), 24);
        assert_eq!(hours(day(2026, 3, 29), chrono_tz::Europe::Berlin), 23);
        assert_eq!(hours(day(2026, 10, 25), chrono_tz::Europe::Berlin), 25);
    }

    #[test]
    fn who_came_far_came_past_what_lies_before() {
        let counts = HashMap::from([
            (FunnelStage::Contacted, 5),
            (FunnelStage::Interested, 3),
            (FunnelStage::Won, 1),
            (FunnelStage::Lost, 2),
        ]);
        let steps = funnel_of(&counts);
        let reached = |stage| {
            steps
                .iter()
                .find(|step| step.stage == stage)
                .expect("there")
                .reached
        };
        assert_eq!(reached(FunnelStage::Contacted), 9);
        assert_eq!((reached(FunnelStage::Replied), reached(FunnelStage::Won)), (4, 1));
        assert_eq!(reached(FunnelStage::Lost), 2);
    }
}
