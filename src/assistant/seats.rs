//! Tools about what is free: seats in sessions, places.

use std::collections::HashMap;

use alfa_store::assistant as rows;
use alfa_store::crm::occupancy::Span;
use alfa_store::crm::places;
use alfa_store::types::{PlaceKind, ResourceKind};
use alfa_store::{Order, Page};
use serde_json::json;

use super::clients::count_of;
use super::desk::{Desk, Outcome, stamp};
use super::names::Noun;
use super::period::{Period, Unit};
use super::schedule::{filter, name_of, staff_names, time_said};
use super::tool::{Call, minute};
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::crm::calendar::day_of;
use crate::crm::free;
use crate::error::AppResult;

/// Sessions that free seats are summed over.
const MOST_SESSIONS: u64 = 2_000;
/// How long a place must be free when only the beginning is said, in milliseconds.
const LEAST_FREE_MS: i64 = HOUR_MS;

/// Free seats in sessions to come.
pub async fn free_seats(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Day));
    let (wanted, of) = match filter(desk, call, period, &[]) {
        Ok(found) => found,
        Err(outcome) => return Ok(*outcome),
    };
    let only = (wanted.service_id, wanted.staff_id, wanted.place_id);
    let found =
        rows::sessions_with_seats(desk.db(), desk.now, (period.from, period.to), only, MOST_SESSIONS).await?;
    let (from, to) = (
        minute(call.args.from_time.as_deref()),
        minute(call.args.to_time.as_deref()),
    );
    let inside = |at| {
        let local = desk.calendar.local(at);
        let minute = i32::try_from(chrono::Timelike::hour(&local) * 60 + chrono::Timelike::minute(&local))
            .unwrap_or_default();
        from.is_none_or(|from| minute >= from) && to.is_none_or(|to| minute < to)
    };
    let open: Vec<_> = found.iter().filter(|session| inside(session.starts_at)).collect();
    let seats: i64 = open
        .iter()
        .map(|session| i64::from(session.capacity - session.seats_taken))
        .sum();
    let shown: Vec<_> = open.iter().take(super::tool::USUAL_ROWS as usize).collect();
    let what = |id| name_of(desk, Noun::Service, id).unwrap_or_default();
    let lines: Vec<String> = shown
        .iter()
        .map(|session| {
            format!(
                "• {} — {}: {}",
                desk.moment(session.starts_at),
                what(session.service_id),
                desk.number(i64::from(session.capacity - session.seats_taken))
            )
        })
        .collect();
    let key = if seats == 0 {
        "free_seats_none"
    } else {
        "free_seats"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("of", &of),
            ("time", &time_said(desk, call)),
            ("seats", &desk.count(seats, "seat")),
            ("sessions", &desk.count(count_of(open.len()), "session")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = shown
        .iter()
        .map(|session| json!({"session_id": session.id, "starts_at": stamp(session.starts_at), "service": what(session.service_id), "free": session.capacity - session.seats_taken}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("free_seats", seats)
        .with("sessions", count_of(open.len()))
        .with("items", items)
        .over(period)
        .naming(staff_names(desk, call)))
}

/// Places that are free on a day for a time.
pub async fn free_places(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let day = call.args.from.map_or(desk.today, day_of);
    let place = match desk.named(call, Noun::Place) {
        Ok(found) => found.map(|named| named.id),
        Err(outcome) => return Ok(*outcome),
    };
    let kind = call
        .args
        .kind
        .as_deref()
        .and_then(|word| word.parse::<PlaceKind>().ok());
    let (from, to) = (
        minute(call.args.from_time.as_deref()),
        minute(call.args.to_time.as_deref()),
    );
    let start = from.map_or_else(
        || desk.calendar.start(day),
        |minute| desk.calendar.at_minute(day, minute),
    );
    let end = to.map_or_else(
        || desk.calendar.start(day.plus(1)),
        |minute| desk.calendar.at_minute(day, minute),
    );
    // Of a day that has begun only what is left of it, from the next whole minute on.
    let now = desk
        .now
        .plus_ms(MINUTE_MS - 1 - (desk.now.0 - 1).rem_euclid(MINUTE_MS));
    let start = if day == desk.today { start.max(now) } else { start };
    let all = places::list(
        desk.db(),
        &places::Filter {
            active: Some(true),
            ..Default::default()
        },
        Order::NEWEST,
        &Page::first(500),
    )
    .await?
    .items;
    let mut wanted: Vec<_> = all
        .into_iter()
        .filter(|row| kind.is_none_or(|kind| row.kind == kind) && place.is_none_or(|id| row.id == id))
        .collect();
    wanted.sort_by(|left, right| left.name.cmp(&right.name));
    let span = Span { from: start, to: end };
    let taken = if end > start {
        free::taken(&desk.app, ResourceKind::Place, span).await?
    } else {
        HashMap::new()
    };
    let mut open = Vec::new();
    for row in &wanted {
        let busy = taken.get(&row.id).map_or(&[][..], Vec::as_slice);
        let gaps = if end > start {
            free::gaps(span, busy, LEAST_FREE_MS)
        } else {
            Vec::new()
        };
        // With a beginning said, it must be free then; with an end too, all the time.
        let fits = match (from, to) {
            (Some(_), Some(_)) => gaps.first().is_some_and(|gap| gap.from == start && gap.to == end),
            (Some(_), None) => gaps.first().is_some_and(|gap| gap.from == start),
            _ => !gaps.is_empty(),
        };
        if fits {
            open.push((row, gaps));
        }
    }
    let gap_said = |gap: &Span| {
        format!(
            "{}–{}",
            desk.calendar.local(gap.from).format("%H:%M"),
            end_said(desk, gap.to, end)
        )
    };
    let lines: Vec<String> = open
        .iter()
        .map(|(row, gaps)| {
            format!(
                "• {}: {}",
                row.name,
                gaps.iter().map(gap_said).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    let key = if open.is_empty() {
        "free_places_none"
    } else {
        "free_places"
    };
    let text = desk.say(
        key,
        &[
            ("day", &desk.day(day)),
            ("time", &time_said(desk, call)),
            ("count", &desk.number(count_of(open.len()))),
            ("all", &desk.number(count_of(wanted.len()))),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = open
        .iter()
        .map(|(row, gaps)| json!({"place_id": row.id, "name": row.name, "free": gaps.iter().map(|gap| json!({"from": stamp(gap.from), "to": stamp(gap.to)})).collect::<Vec<_>>()}))
        .collect();
    let period = Period { from: day, to: day };
    Ok(desk
        .outcome(call, text)
        .with("free_places", count_of(open.len()))
        .with("places", count_of(wanted.len()))
        .with("items", items)
        .over(period))
}

fn end_said(desk: &Desk, at: alfa_store::UnixMillis, end: alfa_store::UnixMillis) -> String {
    let local = desk.calendar.local(at).format("%H:%M").to_string();
    if at == end && local == "00:00" {
        "24:00".to_owned()
    } else {
        local
    }
}
