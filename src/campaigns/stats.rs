//! A campaign's figures, from the counters that its changes moved, and the forecast of its end.

use std::collections::BTreeMap;

use alfa_store::UnixMillis;
use alfa_store::campaigns::Counter;
use alfa_store::entity::campaigns;
use alfa_store::outreach::counters;
use alfa_store::types::CounterKind;
use serde::Serialize;

use super::forecast::expected_finish;
use super::service::variants;
use super::waiting::{Waiting, waiting_for};
use crate::app::App;
use crate::error::AppResult;

/// The figures of `GET /api/campaigns/{id}/stats`. Rates are shares from 0 to 1.
#[derive(Debug, Clone, Serialize)]
pub struct Stats {
    /// People in the campaign.
    pub total: i64,
    /// Not looked at yet.
    pub pending: i64,
    /// Waiting to be sent.
    pub queued: i64,
    /// Sent: the server took them.
    pub sent: i64,
    /// The same as `sent`: Telegram's one tick.
    pub delivered: i64,
    /// Read: Telegram's two ticks.
    pub read: i64,
    /// People who answered.
    pub replied: i64,
    /// Could not be sent.
    pub failed: i64,
    /// Not written to, with a reason.
    pub skipped: i64,
    /// Cancelled before they were sent.
    pub cancelled: i64,
    /// People who said stop.
    pub opted_out: i64,
    /// Delivered of those that were tried (delivered and failed).
    pub success_rate: f64,
    /// Read of the delivered.
    pub read_rate: f64,
    /// Answered of the delivered.
    pub reply_rate: f64,
    /// Mean time to the first answer, in seconds.
    pub avg_response_seconds: Option<f64>,
    /// Skipped and failed, by reason.
    pub by_reason: BTreeMap<String, i64>,
    /// People by funnel stage.
    pub by_stage: BTreeMap<String, i64>,
    /// Sent by the business's day.
    pub by_day: BTreeMap<String, i64>,
    /// What the people who are left wait for, beside the pacing.
    #[serde(skip)]
    pub waiting_for: Vec<Waiting>,
    /// What each variant of an A/B test brought; empty without one.
    pub by_variant: Vec<VariantStats>,
    /// When everybody will have been written to: while it runs, or as if it began now or at its moment.
    #[serde(skip)]
    pub expected_finish_at: Option<UnixMillis>,
}

/// A campaign and its figures.
///
/// # Errors
/// `NotFound`; when the database fails.
pub async fn by_id(app: &App, campaign_id: i64) -> AppResult<(campaigns::Model, Stats)> {
    let (campaign, counters) = alfa_store::campaigns::get_with_counters(&app.store, campaign_id).await?;
    let stats = figures(app, &campaign, counters).await?;
    Ok((campaign, stats))
}

/// The figures of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn of(app: &App, campaign: &campaigns::Model) -> AppResult<Stats> {
    let counters = counters::of_campaign(app.store.reader(), campaign.id).await?;
    figures(app, campaign, counters).await
}

async fn figures(app: &App, campaign: &campaigns::Model, counters: Vec<Counter>) -> AppResult<Stats> {
    let mut maps: BTreeMap<CounterKind, BTreeMap<String, i64>> = BTreeMap::new();
    for (kind, key, value) in counters {
        if value != 0 {
            maps.entry(kind).or_default().insert(key, value);
        }
    }
    let states = maps.remove(&CounterKind::State).unwrap_or_default();
    let state = |key: &str| states.get(key).copied().unwrap_or_default();
    let (pending, queued) = (state("pending"), state("queued"));
    let (sent, failed, skipped, cancelled) = (
        state("sent"),
        state("failed"),
        state("skipped"),
        state("cancelled"),
    );
    let (delivered, read, replied) = (state("delivered"), state("read"), state("replied"));
    let left = pending + queued;
    let waiting_for = if left > 0 {
        waiting_for(app, campaign).await?
    } else {
        Vec::new()
    };
    Ok(Stats {
        waiting_for,
        total: pending + queued + sent + failed + skipped + cancelled,
        pending,
        queued,
        sent,
        delivered,
        read,
        replied,
        failed,
        skipped,
        cancelled,
        opted_out: state("opted_out"),
        success_rate: share(delivered, delivered + failed),
        read_rate: share(read, delivered),
        reply_rate: share(replied, delivered),
        avg_response_seconds: mean_seconds(campaign),
        by_reason: maps.remove(&CounterKind::Reason).unwrap_or_default(),
        by_stage: maps.remove(&CounterKind::Stage).unwrap_or_default(),
        by_variant: by_variant(variants(campaign), &mut maps),
        by_day: maps.remove(&CounterKind::SentDay).unwrap_or_default(),
        expected_finish_at: expected_finish(app, campaign, left).await?,
    })
}

/// What one text of an A/B test brought. Rates are shares from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariantStats {
    /// The template, from 0 in the order of the campaign's list.
    pub variant: usize,
    /// People who get it.
    pub total: i64,
    /// Sent.
    pub sent: i64,
    /// Read.
    pub read: i64,
    /// People who answered.
    pub replied: i64,
    /// People who said stop.
    pub opted_out: i64,
    /// Read of the sent.
    pub read_rate: f64,
    /// Answered of the sent.
    pub reply_rate: f64,
}

fn by_variant(variants: usize, maps: &mut BTreeMap<CounterKind, BTreeMap<String, i64>>) -> Vec<VariantStats> {
    if variants < 2 {
        return Vec::new();
    }
    let mut take = |kind| maps.remove(&kind).unwrap_or_default();
    let (totals, sents) = (take(CounterKind::VariantTotal), take(CounterKind::VariantSent));
    let (reads, replies) = (take(CounterKind::VariantRead), take(CounterKind::VariantReplied));
    let stops = take(CounterKind::VariantOptedOut);
    let of = |variant: usize| {
        let value = |map: &BTreeMap<String, i64>| map.get(&variant.to_string()).copied().unwrap_or_default();
        let (sent, read, replied) = (value(&sents), value(&reads), value(&replies));
        VariantStats {
            variant,
            total: value(&totals),
            sent,
            read,
            replied,
            opted_out: value(&stops),
            read_rate: share(read, sent),
            reply_rate: share(replied, sent),
        }
    };
    (0..variants).map(of).collect()
}

/// A part of a whole, from 0 to 1, in four places; of nothing 0.
pub fn share(part: i64, whole: i64) -> f64 {
    const PLACES: f64 = 10_000.0;
    if whole <= 0 {
        0.0
    } else {
        (part as f64 / whole as f64 * PLACES).round() / PLACES
    }
}

fn mean_seconds(campaign: &campaigns::Model) -> Option<f64> {
    let mean_ms = campaign.response_ms_sum as f64 / campaign.response_count as f64;
    (campaign.response_count > 0).then(|| mean_ms.round() / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(share(0, 0).to_bits(), 0.0_f64.to_bits());
        assert!((share(1, 3) - 0.3333).abs() < f64::EPSILON);
    }
}
