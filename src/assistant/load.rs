//! Tools about load: how much trainers and places are taken, and when people come.

use std::collections::HashMap;

use alfa_store::crm::occupancy::{self};
use alfa_store::crm::{bookings, places, staff};
use alfa_store::types::{PlaceKind, ResourceKind};
use alfa_store::{Order, Page};
use serde_json::json;

use super::desk::{Desk, Outcome};
use super::names::Noun;
use super::period::{Period, Unit};
use super::tool::Call;
use crate::clock::HOUR_MS;
use crate::crm::shifts;
use crate::error::AppResult;

/// Days that load is looked at for.
const MOST_LOAD_DAYS: i32 = 400;

fn bounded(period: Period) -> Period {
    Period {
        from: period.from.max(period.to.plus(-MOST_LOAD_DAYS)),
        to: period.to,
    }
}

fn hours(ms: i64) -> f64 {
    // To the tenth, which is what is said.
    (ms as f64 / HOUR_MS as f64 * 10.0).round() / 10.0
}

fn decimal(desk: &Desk, value: f64) -> String {
    let text = if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    };
    if desk.lang == crate::text::Lang::Ru {
        text.replace('.', ",")
    } else {
        text
    }
}

/// How much trainers are taken, and the share of their working hours.
pub async fn by_trainer(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = bounded(desk.period(call, desk.this(Unit::Week)));
    let only = match desk.named(call, Noun::Staff) {
        Ok(found) => found.map(|named| named.id),
        Err(outcome) => return Ok(*outcome),
    };
    let span = desk.calendar.span(period.from, period.to);
    let taken: HashMap<i64, i64> = occupancy::load_ms(desk.db(), ResourceKind::Staff, span)
        .await?
        .into_iter()
        .collect();
    let ids: Vec<i64> = desk.names.staff.iter().map(|named| named.id).collect();
    let details = staff::details(desk.db(), &ids).await?;
    let mut rows: Vec<(String, i64, Option<i64>)> = Vec::new();
    for named in desk
        .names
        .staff
        .iter()
        .filter(|named| only.is_none_or(|id| id == named.id))
    {
        let own = taken.get(&named.id).copied().unwrap_or_default();
        let worked = details
            .get(&named.id)
            .filter(|of| !of.hours.is_empty())
            .map(|of| {
                shifts::working(desk.calendar, span, &of.hours)
                    .iter()
                    .map(|piece| piece.to.ms_since(piece.from))
                    .sum::<i64>()
            });
        if own > 0 || only.is_some() {
            rows.push((named.name.clone(), own, worked.filter(|ms| *ms > 0)));
        }
    }
    Ok(load(desk, call, period, "load_trainers", rows))
}

/// How much places are taken.
pub async fn by_place(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = bounded(desk.period(call, desk.this(Unit::Month)));
    let only = match desk.named(call, Noun::Place) {
        Ok(found) => found.map(|named| named.id),
        Err(outcome) => return Ok(*outcome),
    };
    let kind = call
        .args
        .kind
        .as_deref()
        .and_then(|word| word.parse::<PlaceKind>().ok());
    let all = places::list(
        desk.db(),
        &places::Filter::default(),
        Order::NEWEST,
        &Page::first(500),
    )
    .await?
    .items;
    let taken: HashMap<i64, i64> = occupancy::load_ms(
        desk.db(),
        ResourceKind::Place,
        desk.calendar.span(period.from, period.to),
    )
    .await?
    .into_iter()
    .collect();
    let rows = all
        .into_iter()
        .filter(|row| only.is_none_or(|id| id == row.id) && kind.is_none_or(|kind| row.kind == kind))
        .map(|row| (row.name, taken.get(&row.id).copied().unwrap_or_default(), None))
        .filter(|(_, own, _)| *own > 0 || only.is_some())
        .collect();
    Ok(load(desk, call, period, "load_places", rows))
}

/// Whole percent of working hours, rounded.
fn percent(own_ms: i64, worked_ms: i64) -> i64 {
    (own_ms * 100 + worked_ms / 2).div_euclid(worked_ms)
}

fn load(
    desk: &Desk,
    call: &Call,
    period: Period,
    key: &str,
    mut rows: Vec<(String, i64, Option<i64>)>,
) -> Outcome {
    rows.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    rows.truncate(super::tool::MOST_ROWS as usize);
    let line = |(name, own, worked): &(String, i64, Option<i64>)| {
        let share = worked
            .map(|worked| format!(" ({} %)", percent(*own, worked)))
            .unwrap_or_default();
        format!(
            "• {name} — {}{share}",
            desk.say("hours", &[("hours", &decimal(desk, hours(*own)))])
        )
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    let said = if rows.is_empty() {
        format!("{key}_none")
    } else {
        key.to_owned()
    };
    let first = rows.first().map(|(name, ..)| name.clone()).unwrap_or_default();
    let text = desk.say(
        &said,
        &[
            ("period", &desk.days(period)),
            ("first", &first),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = rows
        .iter()
        .map(|(name, own, worked)| json!({"name": name, "hours": hours(*own), "percent": worked.map(|worked| percent(*own, worked))}))
        .collect();
    let people = if key == "load_trainers" {
        rows.into_iter().map(|(name, ..)| name).collect()
    } else {
        Vec::new()
    };
    desk.outcome(call, text)
        .with("rows", items)
        .over(period)
        .naming(people)
}

/// Attended bookings by hour.
pub async fn by_hour(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.last_days(30));
    let mut found = bookings::attended_by_hour(desk.db(), period.from, period.to).await?;
    found.sort_unstable();
    let total: i64 = found.iter().map(|(_, count)| count).sum();
    let busiest = found
        .iter()
        .max_by_key(|(hour, count)| (*count, -*hour))
        .map_or(0, |(hour, _)| *hour);
    let lines: Vec<String> = found
        .iter()
        .map(|(hour, count)| format!("• {hour:02}:00 — {}", desk.number(*count)))
        .collect();
    let key = if total == 0 { "by_hour_none" } else { "by_hour" };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("busiest", &format!("{busiest:02}:00")),
            ("total", &desk.number(total)),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .map(|(hour, count)| json!({"hour": hour, "attended": count}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("attended", total)
        .with("rows", items)
        .over(period))
}
