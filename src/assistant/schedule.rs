//! Tools about the schedule.

use alfa_store::assistant as rows;
use alfa_store::crm::bookings;
use alfa_store::entity::bookings::Model as Booking;
use alfa_store::types::BookingStatus;
use alfa_store::{Order, Page};
use serde_json::json;

use super::clients::{names, number, one};
use super::desk::{Desk, Outcome, stamp};
use super::names::Noun;
use super::period::{Period, Unit};
use super::revenue::trend;
use super::tool::{Call, minute};
use crate::crm::calendar::day_of;
use crate::error::AppResult;

/// Every status but the cancelled one: what "bookings" means.
const KEPT: [BookingStatus; 4] = [
    BookingStatus::Booked,
    BookingStatus::Paid,
    BookingStatus::Attended,
    BookingStatus::NoShow,
];

/// The filter of a call, with the words for what it is limited to.
pub fn filter(
    desk: &Desk,
    call: &Call,
    period: Period,
    statuses: &[BookingStatus],
) -> Result<(bookings::Filter, String), Box<Outcome>> {
    let (staff, service, place) = (
        desk.named(call, Noun::Staff)?,
        desk.named(call, Noun::Service)?,
        desk.named(call, Noun::Place)?,
    );
    let of: Vec<&str> = [staff, service, place]
        .into_iter()
        .flatten()
        .map(|named| named.name.as_str())
        .collect();
    let mut of = if of.is_empty() {
        String::new()
    } else {
        format!(" ({})", of.join(", "))
    };
    // A time is of one day. Free seats look at the times themselves.
    let timed = period.from == period.to && !statuses.is_empty();
    let moment = |time: &Option<String>| {
        let minute = minute(time.as_deref()).filter(|_| timed)?;
        Some(desk.calendar.at_minute(period.from, minute))
    };
    if timed {
        of.push_str(&time_said(desk, call));
    }
    let filter = bookings::Filter {
        from: moment(&call.args.from_time),
        before: moment(&call.args.to_time),
        staff_id: staff.map(|named| named.id),
        service_id: service.map(|named| named.id),
        place_id: place.map(|named| named.id),
        statuses: statuses.to_vec(),
        from_day: Some(period.from),
        to_day: Some(period.to),
        ..Default::default()
    };
    Ok((filter, of))
}

/// The trainer of a call.
#[must_use]
pub fn staff_names(desk: &Desk, call: &Call) -> Vec<String> {
    desk.named(call, Noun::Staff)
        .ok()
        .flatten()
        .map(|named| named.name.clone())
        .into_iter()
        .collect()
}

/// How many bookings.
pub async fn count(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let status = call
        .args
        .status
        .as_deref()
        .and_then(|word| word.parse::<BookingStatus>().ok());
    let period = desk.period(call, desk.this(Unit::Day));
    let statuses: Vec<BookingStatus> = status.map_or_else(|| KEPT.to_vec(), |status| vec![status]);
    let (wanted, of) = match filter(desk, call, period, &statuses) {
        Ok(found) => found,
        Err(outcome) => return Ok(*outcome),
    };
    let found = number(bookings::total(desk.db(), &wanted).await?);
    let state = status
        .map(|status| format!(" ({})", desk.say(&format!("booking_{status}"), &[])))
        .unwrap_or_default();
    let of = format!("{of}{state}");
    if let (Some(with_from), Some(with_to)) = (call.args.with_from, call.args.with_to) {
        let with = Period {
            from: day_of(with_from),
            to: day_of(with_to),
        };
        let (earlier, _) = match filter(desk, call, with, &statuses) {
            Ok(found) => found,
            Err(outcome) => return Ok(*outcome),
        };
        let before = number(bookings::total(desk.db(), &earlier).await?);
        let more = desk.say(
            trend(found, before),
            &[("by", &desk.number((found - before).abs()))],
        );
        let text = desk.say(
            "bookings_compare",
            &[
                ("period", &desk.days(period)),
                ("of", &of),
                ("count", &desk.number(found)),
                ("with", &desk.days(with)),
                ("before", &desk.number(before)),
                ("more", &more),
            ],
        );
        let outcome = desk
            .outcome(call, text)
            .with("bookings", found)
            .with("bookings_before", before)
            .with("change", found - before);
        return Ok(outcome.over(period).naming(staff_names(desk, call)));
    }
    let key = if found == 0 { "bookings_none" } else { "bookings" };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("of", &of),
            ("bookings", &desk.count(found, "booking")),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with("bookings", found)
        .over(period)
        .naming(staff_names(desk, call)))
}

/// Who is booked.
pub async fn list(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Day));
    let status = call
        .args
        .status
        .as_deref()
        .and_then(|word| word.parse::<BookingStatus>().ok());
    let statuses: Vec<BookingStatus> = status.map_or_else(|| KEPT.to_vec(), |status| vec![status]);
    let (wanted, mut of) = match filter(desk, call, period, &statuses) {
        Ok(found) => found,
        Err(outcome) => return Ok(*outcome),
    };
    if let Some(status) = status {
        of.push_str(&format!(" ({})", desk.say(&format!("booking_{status}"), &[])));
    }
    let total = number(bookings::total(desk.db(), &wanted).await?);
    let order = Order::parse("starts_at", bookings::SORT_KEYS).unwrap_or(Order::NEWEST);
    let page = Page::first(u32::try_from(desk.rows(call)).unwrap_or(10));
    let found = bookings::list(desk.db(), &wanted, order, &page).await?.items;
    let who = who(desk, &found).await?;
    let what = |row: &Booking| {
        row.service_id
            .and_then(|id| name_of(desk, Noun::Service, id))
            .or_else(|| row.place_id.and_then(|id| name_of(desk, Noun::Place, id)))
            .unwrap_or_default()
    };
    let lines: Vec<String> = found
        .iter()
        .zip(&who)
        .map(|(row, name)| format!("• {} — {name}: {}", desk.moment(row.starts_at), what(row)))
        .collect();
    let key = if total == 0 {
        "bookings_none"
    } else {
        "bookings_list"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("of", &of),
            ("bookings", &desk.count(total, "booking")),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = found
        .iter()
        .zip(&who)
        .map(|(row, name)| json!({"id": row.id, "client": name, "starts_at": stamp(row.starts_at), "what": what(row), "status": row.status}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("bookings", total)
        .with("items", items)
        .over(period)
        .naming(who)
        .naming(staff_names(desk, call)))
}

async fn who(desk: &Desk, found: &[Booking]) -> AppResult<Vec<String>> {
    let ids: Vec<i64> = found
        .iter()
        .map(|row| row.client_id.unwrap_or_default())
        .collect();
    names(desk, &ids).await
}

/// What an id is called.
#[must_use]
pub fn name_of(desk: &Desk, noun: Noun, id: i64) -> Option<String> {
    desk.names
        .of(noun)
        .iter()
        .find(|named| named.id == id)
        .map(|named| named.name.clone())
}

/// The times of the day that a call is limited to.
#[must_use]
pub fn time_said(desk: &Desk, call: &Call) -> String {
    match (&call.args.from_time, &call.args.to_time) {
        (Some(from), Some(to)) => format!(", {from}–{to}"),
        (Some(from), None) => desk.say("time_from", &[("time", from)]),
        (None, Some(to)) => desk.say("time_to", &[("time", to)]),
        (None, None) => String::new(),
    }
}

/// Cancelled bookings.
pub async fn cancelled(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    ended(desk, call, BookingStatus::Cancelled, "cancelled").await
}

/// Bookings to which nobody came.
pub async fn no_shows(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    ended(desk, call, BookingStatus::NoShow, "no_shows").await
}

async fn ended(desk: &Desk, call: &Call, status: BookingStatus, key: &str) -> AppResult<Outcome> {
    let period = desk.period(call, desk.this(Unit::Month));
    let (wanted, of) = match filter(desk, call, period, &[status]) {
        Ok(found) => found,
        Err(outcome) => return Ok(*outcome),
    };
    let found = number(bookings::total(desk.db(), &wanted).await?);
    let said = if found == 0 {
        format!("{key}_none")
    } else {
        key.to_owned()
    };
    let text = desk.say(
        &said,
        &[
            ("period", &desk.days(period)),
            ("of", &of),
            ("count", &desk.number(found)),
        ],
    );
    Ok(desk
        .outcome(call, text)
        .with(key, found)
        .over(period)
        .naming(staff_names(desk, call)))
}

/// Who does not come most often.
pub async fn no_shows_top(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let period = desk.period(call, desk.last_days(90));
    let found = rows::clients_by_bookings(
        desk.db(),
        BookingStatus::NoShow,
        (period.from, period.to),
        desk.rows(call) as u64,
    )
    .await?;
    let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
    let people = names(desk, &ids).await?;
    let lines: Vec<String> = people
        .iter()
        .zip(&found)
        .map(|(name, (_, count))| format!("• {name} — {}", desk.number(*count)))
        .collect();
    let key = if found.is_empty() {
        "no_shows_none"
    } else {
        "no_shows_top"
    };
    let text = desk.say(
        key,
        &[
            ("period", &desk.days(period)),
            ("of", ""),
            ("count", "0"),
            ("list", &lines.join("\n")),
        ],
    );
    let items: Vec<_> = people
        .iter()
        .zip(&found)
        .map(|(name, (id, count))| json!({"client_id": id, "name": name, "no_shows": count}))
        .collect();
    Ok(desk
        .outcome(call, text)
        .with("clients", items)
        .over(period)
        .naming(people))
}

/// The next booking of a client.
pub async fn next_booking(desk: &Desk, call: &Call) -> AppResult<Outcome> {
    let (client, contact) = match one(desk, call).await? {
        Ok(found) => found,
        Err(outcome) => return Ok(outcome),
    };
    let next = bookings::next_of_client(desk.db(), client.id, desk.now).await?;
    let outcome = match &next {
        Some(row) => {
            let what = row
                .service_id
                .and_then(|id| name_of(desk, Noun::Service, id))
                .or_else(|| row.place_id.and_then(|id| name_of(desk, Noun::Place, id)))
                .unwrap_or_default();
            let text = desk.say(
                "next_booking",
                &[
                    ("name", &contact.name),
                    ("when", &desk.moment(row.starts_at)),
                    ("what", &what),
                ],
            );
            desk.outcome(call, text)
                .with("booking_id", row.id)
                .with("starts_at", stamp(row.starts_at))
                .with("what", what)
        }
        None => desk
            .outcome(call, desk.say("next_booking_none", &[("name", &contact.name)]))
            .with("booking_id", json!(null)),
    };
    Ok(outcome
        .with("client_id", client.id)
        .with("name", contact.name.clone())
        .naming(vec![contact.name]))
}
