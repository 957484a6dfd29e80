//! What clients are told of their bookings: a reminder, a change, a cancellation, a seat that came free.
//!
//! What is to be told lies in the booking's row (`notice`, `remind_at`), written in the transaction of the change. The
//! worker puts it through the gate into the outbox and clears it, in one transaction: a process killed at any moment
//! tells nothing twice and forgets nothing. Whom the gate refuses is not told.

use std::sync::Arc;

use alfa_store::crm::{bookings, clients, places, services};
use alfa_store::entity::{bookings::Model, contacts};
use alfa_store::outreach::{people, plan, queued};
use alfa_store::types::{BookingNotice, BookingStatus, MessageAuthor, OutboxKind};
use alfa_store::{Tx, UnixMillis};
use serde_json::json;

use crate::app::App;
use crate::campaigns::sending_accounts;
use crate::clock::MINUTE_MS;
use crate::config::QuietHours;
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::inbox::service::admitted;
use crate::outbox;
use crate::policy::{self, Intent, end_of_quiet};
use crate::text::{Lang, text};
use crate::workers::Next;

/// Bookings that one step looks at.
const STEP_BOOKINGS: u64 = 50;
/// When it is looked again while no account can send.
const RECHECK_MS: i64 = 5 * MINUTE_MS;
/// A reminder that would come later than this before the beginning is not sent.
const LEAST_AHEAD_MS: i64 = 10 * MINUTE_MS;
/// How finely the beginning of the quiet hours is looked for, and how far back.
const QUIET_STEP_MS: i64 = 15 * MINUTE_MS;
const QUIET_STEPS: i64 = 24 * 4;

/// Starts the worker.
pub(super) fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("notices", app.wakes.notices.clone(), app.for_ever(), move || {
            step(owner.clone())
        });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let db = app.store.reader();
    let to_tell = bookings::with_notice(db, STEP_BOOKINGS).await?;
    let to_remind = bookings::to_remind(db, now, STEP_BOOKINGS).await?;
    if to_tell.is_empty() && to_remind.is_empty() {
        return Ok(bookings::next_reminder(db).await?.map_or(Next::Idle, Next::At));
    }
    let accounts = sending_accounts(&app).await?;
    let Some(account_id) = accounts.first().copied() else {
        return Ok(Next::At(now.plus_ms(RECHECK_MS)));
    };
    for row in to_tell {
        if let Some(notice) = row.notice {
            tell(&app, row.id, Told::Notice(notice), account_id).await?;
        }
    }
    for row in to_remind {
        if let Some(at) = row.remind_at {
            tell(&app, row.id, Told::Reminder(at), account_id).await?;
        }
    }
    Ok(Next::Again)
}

/// What a client is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Notice(BookingNotice),
    /// That was due at this moment.
    Reminder(UnixMillis),
}

impl Told {
    fn key(self) -> &'static str {
        match self {
            Self::Notice(BookingNotice::Booked) => "notice.booked",
            Self::Notice(BookingNotice::Changed) => "notice.changed",
            Self::Notice(BookingNotice::Cancelled) => "notice.cancelled",
            Self::Notice(BookingNotice::SeatFreed) => "notice.seat_freed",
            Self::Reminder(_) => "notice.reminder",
        }
    }

    /// Whether it is still worth telling. Pure.
    fn still_stands(self, booking: &Model, now: UnixMillis) -> bool {
        let open = matches!(booking.status, BookingStatus::Booked | BookingStatus::Paid);
        match self {
            Self::Notice(BookingNotice::Cancelled) => booking.starts_at > now,
            Self::Notice(_) => open && booking.starts_at > now,
            Self::Reminder(_) => open && booking.starts_at.ms_since(now) >= LEAST_AHEAD_MS,
        }
    }
}

/// Tells one client one thing, in one transaction; or forgets it, when it is too late or the gate refuses.
async fn tell(app: &App, id: i64, told: Told, any_account: i64) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let claimed = match told {
        Told::Notice(notice) => bookings::notice_given(&tx, id, notice).await?,
        Told::Reminder(at) => bookings::reminded(&tx, id, at).await?,
    };
    if !claimed {
        return Ok(());
    }
    let booking = bookings::get(&tx, id).await?;
    let queued = if told.still_stands(&booking, now) {
        queue(app, &tx, &booking, told, any_account).await?
    } else {
        None
    };
    crate::crash::point("notice:before_commit");
    tx.commit().await?;
    crate::crash::point("notice:committed");
    if let Some(account_id) = queued {
        app.events.announce();
        if let Some(account) = app.accounts.get(account_id) {
            account.lane.signal();
            account.prepare.signal();
        }
    }
    Ok(())
}

/// Puts the message through the gate into the outbox. Nothing: the gate refused, or there is nobody to write to.
async fn queue(app: &App, tx: &Tx, booking: &Model, told: Told, any_account: i64) -> AppResult<Option<i64>> {
    let now = app.clock.now();
    let Some(client_id) = booking.client_id else {
        return Ok(None);
    };
    let contact_id = clients::get(tx, client_id).await?.contact_id;
    let Some(row) = people::load(tx, &[contact_id], now).await?.into_iter().next() else {
        return Ok(None);
    };
    // The account that the person talks with, else any that may send.
    let dialog = row.dialogs.iter().max_by_key(|dialog| dialog.last_message_at);
    let account_id = dialog.map_or(any_account, |dialog| dialog.account_id);
    let kind = if dialog.is_some() {
        OutboxKind::Service
    } else {
        OutboxKind::FirstMessage
    };
    let intent = Intent {
        account_id,
        contact_id,
        campaign_id: None,
        dialog_step: plan::next_step(tx, None, contact_id).await?,
        kind,
        text: Some(words(app, tx, booking, &row.contact, told, kind).await?),
        facts: Some(json!({"booking_id": booking.id, "notice": told.key()}).to_string()),
        in_reply_to: None,
        not_before: now,
    };
    let person = policy::people::person(&row, account_id, app.config.timezone);
    let sendable = match admitted(&person, intent, &app.policy(), now) {
        Ok(sendable) => sendable,
        Err(reason) => {
            tracing::info!(
                booking_id = booking.id,
                reason = reason.as_str(),
                "a client is not told of a booking"
            );
            return Ok(None);
        }
    };
    if let Told::Reminder(_) = told
        && sendable.intent().not_before >= booking.starts_at
    {
        return Ok(None);
    }
    let row = outbox::enqueue(tx, sendable, &app.clock).await?;
    let message = queued::note(tx, &row, MessageAuthor::Rule, now).await?;
    let body = json!({"id": message.id, "direction": "out", "state": "queued", "outbox_id": row.id});
    let event = Event::new(Topic::Message, body).contact(contact_id);
    app.events.append(tx, &event, now).await?;
    Ok(Some(account_id))
}

async fn words(
    app: &App,
    tx: &Tx,
    booking: &Model,
    contact: &contacts::Model,
    told: Told,
    kind: OutboxKind,
) -> AppResult<String> {
    let lang = match contact.language.as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Ru,
    };
    let place = match booking.place_id {
        Some(id) => Some(places::get(tx, id).await?.name),
        None => None,
    };
    let service = match booking.service_id {
        Some(id) => Some(services::get(tx, id).await?.name),
        None => None,
    };
    let what = service.or_else(|| place.clone()).unwrap_or_default();
    let place = place
        .filter(|place| *place != what)
        .map(|place| text(lang, "notice.where", &[("place", &place)]))
        .unwrap_or_default();
    let (date, time) = super::calendar(app).spelt(booking.starts_at);
    let name = contact.first_name.as_deref().unwrap_or(&contact.name);
    let values = [
        ("name", name),
        ("what", what.as_str()),
        ("date", date.as_str()),
        ("time", time.as_str()),
        ("where", place.as_str()),
    ];
    let mut words = text(lang, told.key(), &values);
    if kind == OutboxKind::FirstMessage {
        words.push_str("\n\n");
        words.push_str(&text(lang, "notice.stop", &[]));
    }
    Ok(words)
}

/// When a client is reminded of something that begins at `starts_at`: so long before it, and not in the business's
/// quiet hours. Then it is their end when that is early enough, else the evening before. Nothing: too late for it.
#[must_use]
pub fn remind_at(
    quiet: Option<QuietHours>,
    zone: chrono_tz::Tz,
    (starts_at, before_ms): (UnixMillis, i64),
    now: UnixMillis,
) -> Option<UnixMillis> {
    let wanted = starts_at.plus_ms(-before_ms);
    let quiet_end = |at| quiet.and_then(|hours| end_of_quiet(hours, at, zone));
    let at = match quiet_end(wanted) {
        None => wanted,
        Some(end) if starts_at.ms_since(end) >= before_ms.min(60 * MINUTE_MS) => end,
        Some(_) => (1..=QUIET_STEPS)
            .map(|step| wanted.plus_ms(-step * QUIET_STEP_MS))
            .find(|at| quiet_end(*at).is_none())?,
    };
    (at > now).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_MS;
    use crate::crm::calendar::Calendar;

    #[test]
    fn a_reminder_is_early_enough_and_never_at_night() {
        let zone = chrono_tz::Europe::Moscow;
        let calendar = Calendar::new(zone);
        let quiet = Some(QuietHours {
            from_minute: 21 * 60,
            to_minute: 9 * 60,
        });
        let day = super::super::calendar::day_of("2026-11-28".parse().expect("a date"));
        let at = |minute: i32| calendar.at_minute(day, minute);
        let now = at(-3 * 24 * 60);
        let reminded = |starts: i32, before_ms| {
            let found = remind_at(quiet, zone, (at(starts), before_ms), now)?;
            Some(calendar.local(found).to_string())
        };
        assert_eq!(
            reminded(18 * 60, 3 * HOUR_MS).as_deref(),
            Some("2026-11-28 15:00:00")
        );
        assert_eq!(
            reminded(10 * 60, 3 * HOUR_MS).as_deref(),
            Some("2026-11-28 09:00:00"),
            "the morning"
        );
        assert_eq!(
            reminded(7 * 60, 3 * HOUR_MS).as_deref(),
            Some("2026-11-27 20:45:00"),
            "the evening before"
        );
        assert_eq!(
            remind_at(quiet, zone, (at(600), HOUR_MS), at(590)),
            None,
            "too late"
        );
    }
}
