//! What a forecast is made from, read from the database, and the last forecasts, kept for a moment: a screen asks for them
//! all the time.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use alfa_store::UnixMillis;
use alfa_store::entity::{accounts, campaigns};
use alfa_store::outreach::{audience, campaign, lane as store_lane, prepare};
use alfa_store::types::CampaignState;
use chrono::NaiveDate;

use super::{MAX_SIMULATED_SENDS, Queue, Rules, Share, days, finish};
use crate::app::App;
use crate::campaigns::draft::unsaved;
use crate::campaigns::planner::sending;
use crate::campaigns::service::{CampaignRequest, PaceRequest};
use crate::clock::SECOND_MS;
use crate::error::{AppError, AppResult};
use crate::outbox::lane::{LARGEST_BATCH, pace_of, pacing};
use crate::outbox::pacer::{Begun, History};

/// Campaigns that a forecast takes into account, besides its own.
const MOST_CAMPAIGNS: usize = 50;
/// People of a campaign that is not planned yet who are looked at; more are taken to be like these.
const MOST_PEOPLE: u64 = 20_000;
/// People that one look-up asks for.
const LOOKUP_PEOPLE: usize = 1_000;
/// How long a forecast is kept while nothing that it rests on changes.
const KEPT_MS: i64 = 30 * SECOND_MS;
/// Forecasts that are kept.
const MOST_KEPT: usize = 1_000;

/// The last forecasts.
#[derive(Debug, Default)]
pub struct Forecasts(Mutex<HashMap<i64, Kept>>);

/// A forecast that was made, and on what.
#[derive(Debug)]
struct Kept {
    basis: Basis,
    at: UnixMillis,
    forecast: Option<UnixMillis>,
}

/// What a forecast rests on, as far as it can be told without making it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Basis {
    state: CampaignState,
    left: i64,
    pace: (i32, Option<i64>),
    starts: Option<UnixMillis>,
    others: Vec<i64>,
    accounts: Vec<(i64, Option<UnixMillis>)>,
}

impl Forecasts {
    /// Forgets them all: the settings that they rest on have changed.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn known(&self, id: i64, basis: &Basis, now: UnixMillis) -> Option<Option<UnixMillis>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&id)?;
        (known.basis == *basis && now.ms_since(known.at) < KEPT_MS).then_some(known.forecast)
    }

    fn keep(&self, id: i64, basis: Basis, now: UnixMillis, forecast: Option<UnixMillis>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let at = now;
        kept.insert(id, Kept { basis, at, forecast });
    }
}

/// When a campaign with so many people left will have written to everybody: a running one from now on, a draft as if it
/// were started now, a scheduled one from its moment on. None when it does not move by itself, or no account may send.
///
/// # Errors
/// When the database fails.
pub async fn expected_finish(
    app: &App,
    campaign: &campaigns::Model,
    left: i64,
) -> AppResult<Option<UnixMillis>> {
    let now = app.clock.now();
    let starts = match campaign.state {
        CampaignState::Running | CampaignState::Draft => now,
        CampaignState::Scheduled => campaign.scheduled_at.unwrap_or(now).max(now),
        _ => return Ok(None),
    };
    let db = app.store.reader();
    let rows = alfa_store::accounts::list(db, crate::accounts::environment(app)).await?;
    let accounts: Vec<accounts::Model> = rows.into_iter().filter(|row| sending(row.state)).collect();
    if left <= 0 || accounts.is_empty() {
        return Ok(None);
    }
    let others = others(app, campaign.id).await?;
    let basis = Basis {
        state: campaign.state,
        left,
        pace: (campaign.batch_size, campaign.delay_ms),
        starts: campaign.scheduled_at,
        others: others.iter().map(|other| other.id).collect(),
        accounts: accounts.iter().map(|row| (row.id, row.state_until)).collect(),
    };
    if let Some(known) = app.forecasts.known(campaign.id, &basis, now) {
        return Ok(known);
    }
    let forecast = forecast(app, (campaign, left, starts), &others, &accounts).await?;
    app.forecasts.keep(campaign.id, basis, now, forecast);
    Ok(forecast)
}

/// The campaigns that send meanwhile: those that run, and those that will begin.
async fn others(app: &App, id: i64) -> AppResult<Vec<campaigns::Model>> {
    let db = app.store.reader();
    let mut found = campaign::in_state(db, CampaignState::Running).await?;
    found.extend(campaign::in_state(db, CampaignState::Scheduled).await?);
    found.retain(|other| other.id != id);
    found.truncate(MOST_CAMPAIGNS);
    Ok(found)
}

async fn forecast(
    app: &App,
    (campaign, left, starts): (&campaigns::Model, i64, UnixMillis),
    others: &[campaigns::Model],
    accounts: &[accounts::Model],
) -> AppResult<Option<UnixMillis>> {
    let ids: Vec<i64> = accounts.iter().map(|row| row.id).collect();
    let own = spread(app, campaign.id, starts, &ids, left).await?;
    let Some(queues) = queues(app, (campaign, own, starts), others, accounts).await? else {
        return Ok(None);
    };
    let (id, rules) = (campaign.id, rules(app));
    let most_sends = MAX_SIMULATED_SENDS / queues.len().max(1);
    let ends = move || -> Option<UnixMillis> {
        let mut last = None;
        for queue in queues.into_iter().filter(|queue| has(queue, id)) {
            // One account that does not come to an end: the campaign does not.
            last = last.max(Some(finish(queue, id, &rules, most_sends)?));
        }
        last
    };
    app.workers.blocking(ends).await.map_err(AppError::internal)
}

/// What becomes of a campaign that is not made yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// When everybody would have been written to; none: no account may send, or not in ten years.
    pub finish: Option<UnixMillis>,
    /// Messages by the business's day.
    pub by_day: BTreeMap<NaiveDate, usize>,
    /// What makes it slow, by name.
    pub limited_by: Vec<&'static str>,
}

/// Runs the pacer forward for so many people that nobody knows in Telegram yet, beside the campaigns that send already.
///
/// # Errors
/// When the database fails.
pub async fn foresee(app: &App, people: u64, pace: PaceRequest, starts: UnixMillis) -> AppResult<Foreseen> {
    let rows = alfa_store::accounts::list(app.store.reader(), crate::accounts::environment(app)).await?;
    let accounts: Vec<accounts::Model> = rows.into_iter().filter(|row| sending(row.state)).collect();
    if accounts.is_empty() {
        let limited_by = vec!["no_account"];
        return Ok(Foreseen {
            limited_by,
            ..Foreseen::default()
        });
    }
    let mut campaign = unsaved(&CampaignRequest::default(), app.clock.now());
    let batch = pace.batch_size.and_then(|size| i32::try_from(size).ok());
    campaign.batch_size = batch.unwrap_or(campaign.batch_size);
    campaign.delay_ms = pace.delay_ms();
    let others = others(app, campaign.id).await?;
    let (each, rest) = (people as usize / accounts.len(), people as usize % accounts.len());
    let share = |(index, row): (usize, &accounts::Model)| (row.id, each + usize::from(index < rest));
    let own = accounts.iter().enumerate().map(share).collect();
    let queues = queues(app, (&campaign, own, starts), &others, &accounts).await?;
    let rules = rules(app);
    let limited_by = limits(people as usize, accounts.len(), starts, &rules, queues.as_deref());
    let most_sends = MAX_SIMULATED_SENDS / accounts.len();
    let id = campaign.id;
    let run = move || {
        let mut foreseen = Foreseen::default();
        let mut ends = true;
        for queue in queues.into_iter().flatten().filter(|queue| has(queue, id)) {
            match days(queue, id, &rules, most_sends) {
                Some((end, by_day)) => {
                    foreseen.finish = foreseen.finish.max(Some(end));
                    for (day, count) in by_day {
                        *foreseen.by_day.entry(day).or_default() += count;
                    }
                }
                None => ends = false,
            }
        }
        foreseen.finish = foreseen.finish.filter(|_| ends);
        foreseen
    };
    let foreseen = app.workers.blocking(run).await.map_err(AppError::internal)?;
    Ok(Foreseen {
        limited_by,
        ..foreseen
    })
}

/// What makes so many messages slow, beside the pacing itself.
fn limits(
    people: usize,
    accounts: usize,
    starts: UnixMillis,
    rules: &Rules,
    queues: Option<&[Queue]>,
) -> Vec<&'static str> {
    let mut found = Vec::new();
    if rules.pacing.enabled && people > rules.pacing.new_dialogs_per_day * accounts {
        found.push("daily_budget");
    }
    if rules.after_quiet(starts) > starts {
        found.push("quiet_hours");
    }
    let waiting = |queue: &Queue| queue.shares.iter().filter(|share| share.left > 0).count();
    if queues.is_some_and(|queues| queues.iter().any(|queue| waiting(queue) > 1)) {
        found.push("other_campaigns");
    }
    if found.is_empty() {
        found.push("pacing");
    }
    found
}

fn has(queue: &Queue, campaign_id: i64) -> bool {
    let wanted = |share: &Share| share.campaign_id == campaign_id && share.left > 0;
    queue.shares.iter().any(wanted)
}

fn rules(app: &App) -> Rules {
    Rules {
        pacing: pacing(app, !app.config.sandbox()),
        quiet_hours: app.policy().quiet_hours,
        zone: app.config.timezone,
    }
}

/// What waits for each account: of the campaign what was planned and `own`, and of the others. None: what the campaign
/// has waits for an account that may not send, and so for an operator.
async fn queues(
    app: &App,
    (campaign, own, starts): (&campaigns::Model, BTreeMap<i64, usize>, UnixMillis),
    others: &[campaigns::Model],
    accounts: &[accounts::Model],
) -> AppResult<Option<Vec<Queue>>> {
    let now = app.clock.now();
    let ids: Vec<i64> = accounts.iter().map(|row| row.id).collect();
    let mut all: Vec<(&campaigns::Model, UnixMillis)> = vec![(campaign, starts)];
    all.extend(others.iter().map(|other| {
        let scheduled = other
            .scheduled_at
            .filter(|_| other.state == CampaignState::Scheduled);
        (other, scheduled.unwrap_or(now).max(now))
    }));
    all.sort_by_key(|(campaign, _)| campaign.id);
    let campaign_ids: Vec<i64> = all.iter().map(|(campaign, _)| campaign.id).collect();
    let mut waiting: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for (campaign_id, account_id, count) in
        audience::waiting_by_account(app.store.reader(), &campaign_ids).await?
    {
        if campaign_id == campaign.id && !ids.contains(&account_id) {
            return Ok(None);
        }
        waiting.insert((campaign_id, account_id), usize::try_from(count).unwrap_or(0));
    }
    for (account_id, count) in own {
        *waiting.entry((campaign.id, account_id)).or_default() += count;
    }
    // What runs is planned within moments.
    let unplanned = |(other, _): &&(&campaigns::Model, UnixMillis)| {
        other.id != campaign.id && other.state != CampaignState::Running
    };
    for (other, from) in all.iter().filter(unplanned) {
        for (account_id, count) in spread(app, other.id, *from, &ids, i64::MAX).await? {
            *waiting.entry((other.id, account_id)).or_default() += count;
        }
    }
    let rules = rules(app);
    let mut queues = Vec::new();
    for account in accounts {
        let share = |(campaign, from): &(&campaigns::Model, UnixMillis)| Share {
            campaign_id: campaign.id,
            pace: pace_of(campaign),
            left: waiting.get(&(campaign.id, account.id)).copied().unwrap_or(0),
            from: *from,
        };
        queues.push(Queue {
            history: history(app, account.id, &rules).await?,
            free_at: account.state_until.unwrap_or(now).max(now),
            shares: all.iter().map(share).collect(),
        });
    }
    Ok(Some(queues))
}

async fn history(app: &App, account_id: i64, rules: &Rules) -> AppResult<History> {
    let db = app.store.reader();
    let capacity = History::needed(&rules.pacing, LARGEST_BATCH);
    let begun = store_lane::begun(db, account_id, capacity as u64).await?;
    let begun = begun.into_iter().map(|row| Begun {
        at: row.at,
        random_id: row.random_id,
    });
    Ok(History::new(
        begun,
        store_lane::last_sent_at(db, account_id).await?,
        capacity,
    ))
}

/// How the people of a campaign that are not planned yet will be spread over the accounts: each to the one that knows
/// them, strangers evenly.
async fn spread(
    app: &App,
    campaign_id: i64,
    from: UnixMillis,
    accounts: &[i64],
    most: i64,
) -> AppResult<BTreeMap<i64, usize>> {
    let db = app.store.reader();
    let since = from.plus_ms(-app.policy().recent_ms);
    let people = audience::reachable(db, campaign_id, since, MOST_PEOPLE).await?;
    let mut found: BTreeMap<i64, usize> = BTreeMap::new();
    for chunk in people.chunks(LOOKUP_PEOPLE) {
        let knowing = if accounts.len() > 1 {
            prepare::accounts_knowing(db, accounts, chunk).await?
        } else {
            HashMap::new()
        };
        for id in chunk {
            let strangers = accounts.get(id.unsigned_abs() as usize % accounts.len().max(1));
            if let Some(account) = knowing.get(id).or(strangers) {
                *found.entry(*account).or_default() += 1;
            }
        }
    }
    let all = usize::try_from(most).unwrap_or(usize::MAX);
    if people.len() as u64 == MOST_PEOPLE && all > people.len() && most < i64::MAX {
        for count in found.values_mut() {
            *count = (*count as f64 * all as f64 / people.len() as f64).round() as usize;
        }
    }
    Ok(found)
}
