//! A year of the demo studio and its next two weeks: classes, who came to them, subscriptions, rooms and desks, money.

use alfa_store::crm::occupancy::{self, Holder, Span};
use alfa_store::crm::totals::Moves;
use alfa_store::crm::{bookings, clients, payments, seats, sessions, subscriptions};
use alfa_store::demo::MARK;
use alfa_store::entity::bookings::Model as Booking;
use alfa_store::entity::payments::Model as Payment;
use alfa_store::entity::schedule_sessions::Model as Session;
use alfa_store::entity::subscriptions::Model as Subscription;
use alfa_store::types::{
    BookingStatus, Day, PaymentKind, PaymentMethod, PaymentStatus, ResourceKind, SessionStatus,
    SubscriptionStatus,
};
use alfa_store::{Tx, UnixMillis};

use super::Made;
use super::dice::Dice;
use super::offer::{CLASSES, COFFEE, DESK, DESKS, EIGHT_VISITS, Offer, PERSONAL, ROOM, ROOMS, UNLIMITED};
use super::people::{DAYS, Person};
use crate::app::App;
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::crm::calendar::{Calendar, weekday};
use crate::error::AppResult;

/// Days of the schedule to come.
const AHEAD_DAYS: i32 = 14;
/// Class of [`super::offer`], hour, trainer and hall, on every day but Sunday.
const TIMETABLE: [(usize, i32, usize, usize); 5] = [
    (0, 10, 0, 1),
    (1, 12, 2, 1),
    (4, 17, 4, 2),
    (2, 18, 3, 1),
    (3, 19, 1, 0),
];
/// The personal trainer and his hour.
const PERSONAL_AT: (i32, usize) = (15, 5);
/// Payments that are given back, in a hundred.
const REFUNDED_PERCENT: usize = 2;

struct Studio<'a> {
    tx: &'a Tx,
    dice: &'a mut Dice,
    offer: &'a Offer,
    people: &'a [Person],
    calendar: Calendar,
    now: UnixMillis,
    moves: Moves,
    made: Made,
}

/// Lives it.
pub async fn live(app: &App, tx: &Tx, dice: &mut Dice, offer: &Offer, people: &[Person]) -> AppResult<Made> {
    let calendar = crate::crm::calendar(app);
    let now = app.clock.now();
    let made = Made {
        clients: people.len(),
        sessions: 0,
        bookings: 0,
        payments: 0,
    };
    let mut studio = Studio {
        tx,
        dice,
        offer,
        people,
        calendar,
        now,
        moves: Moves::new(),
        made,
    };
    let today = calendar.day(now);
    for day in today.0 - DAYS + 1..=today.0 + AHEAD_DAYS {
        studio.day(Day(day)).await?;
    }
    let made = studio.made;
    for person in people {
        clients::recount_visits(tx, person.client.id).await?;
    }
    Ok(made)
}

impl Studio<'_> {
    async fn day(&mut self, day: Day) -> AppResult<()> {
        if weekday(day) != 7 {
            for (class, hour, trainer, hall) in TIMETABLE {
                self.class(day, hour, class, trainer, Some(hall)).await?;
            }
            let (hour, trainer) = PERSONAL_AT;
            self.class(day, hour, PERSONAL, trainer, None).await?;
        }
        for place in ROOMS.chain(DESKS) {
            if self.dice.percent(35) {
                self.place(day, place).await?;
            }
        }
        if self.calendar.start(day) > self.now {
            return Ok(());
        }
        for _ in 0..1 + self.dice.below(2) {
            self.subscribe(day).await?;
        }
        for cup in 0..3 {
            let minor = 35_000 * (1 + i64::try_from(self.dice.below(3)).unwrap_or(0));
            self.pay(day, 9 * 60 + cup * 150, minor, COFFEE, None, None, None)
                .await?;
        }
        Ok(())
    }

    /// Whoever was a client by then.
    fn somebody(&mut self, day: Day) -> Option<i64> {
        let known = self
            .people
            .iter()
            .take_while(|person| person.client.created_day <= day)
            .count();
        self.dice
            .pick(&self.people[..known])
            .map(|person| person.client.id)
    }

    async fn class(
        &mut self,
        day: Day,
        hour: i32,
        class: usize,
        trainer: usize,
        hall: Option<usize>,
    ) -> AppResult<()> {
        let (Some(service), Some(staff)) = (self.offer.services.get(class), self.offer.staff.get(trainer))
        else {
            return Ok(());
        };
        let place = hall.and_then(|hall| self.offer.places.get(hall));
        let starts_at = self.calendar.at_minute(day, hour * 60);
        let ends_at = starts_at.plus_ms(i64::from(service.duration_minutes) * MINUTE_MS);
        let capacity = service.capacity.unwrap_or(1);
        let session = Session {
            id: 0,
            service_id: service.id,
            staff_id: Some(staff.id),
            place_id: place.map(|place| place.id),
            starts_at,
            ends_at,
            day,
            hour,
            capacity,
            seats_taken: 0,
            price_minor: service.price_minor,
            status: SessionStatus::Scheduled,
            cancel_reason: None,
            notes: None,
            series_id: None,
            created_by: MARK.to_owned(),
            created_at: self.now,
            updated_at: self.now,
        };
        let session = sessions::create(self.tx, session).await?;
        let span = Span {
            from: starts_at,
            to: ends_at,
        };
        occupancy::take(
            self.tx,
            &sessions::resources(&session),
            span,
            Holder::Session(session.id),
        )
        .await?;
        self.made.sessions += 1;
        let most = usize::try_from(capacity).unwrap_or(1);
        let wanted = if class < CLASSES {
            self.dice.below(most) + 1
        } else {
            self.dice.below(2)
        };
        let mut booked: Vec<i64> = Vec::new();
        for _ in 0..wanted {
            let Some(client) = self.somebody(day).filter(|client| !booked.contains(client)) else {
                continue;
            };
            booked.push(client);
            self.seat(&session, client).await?;
        }
        Ok(())
    }

    async fn seat(&mut self, session: &Session, client: i64) -> AppResult<()> {
        let past = session.ends_at <= self.now;
        let cancelled = self.dice.percent(8);
        if !cancelled && !seats::take(self.tx, session.id).await? {
            return Ok(());
        }
        let mut row = bookings::in_session(session, client, MARK, self.now);
        row.status = match (cancelled, past) {
            (true, _) => BookingStatus::Cancelled,
            (false, false) => BookingStatus::Booked,
            (false, true) if self.dice.percent(7) => BookingStatus::NoShow,
            (false, true) => BookingStatus::Attended,
        };
        if cancelled {
            row.active_client_id = None;
            row.cancelled_at = Some(session.starts_at.plus_ms(-24 * HOUR_MS).min(self.now));
        }
        // Most have a subscription, which pays for the visit; of the others nearly all pay.
        let by_subscription = self.dice.percent(70);
        if by_subscription {
            row.price_minor = 0;
        }
        let pays = !by_subscription && !cancelled && past && self.dice.percent(96);
        if pays {
            row.paid_minor = row.price_minor;
        }
        let row = bookings::create(self.tx, row).await?;
        self.made.bookings += 1;
        if pays {
            let service = self
                .offer
                .services
                .iter()
                .position(|service| service.id == session.service_id)
                .unwrap_or(0);
            self.pay(
                session.day,
                session.hour * 60,
                row.paid_minor,
                service,
                session.staff_id,
                Some(client),
                Some(row.id),
            )
            .await?;
        }
        Ok(())
    }

    /// A desk for a day, a room for an hour or two.
    async fn place(&mut self, day: Day, place: usize) -> AppResult<()> {
        let (Some(of), Some(client)) = (self.offer.places.get(place), self.somebody(day)) else {
            return Ok(());
        };
        let (service, from, hours) = if DESKS.contains(&place) {
            (DESK, 10, 8)
        } else {
            (ROOM, 9 + self.dice.below(10), 1 + self.dice.below(2))
        };
        let from = i32::try_from(from).unwrap_or(10);
        let starts_at = self.calendar.at_minute(day, from * 60);
        let ends_at = starts_at.plus_ms(i64::try_from(hours).unwrap_or(1) * HOUR_MS);
        let past = ends_at <= self.now;
        let price_minor = of
            .price_day_minor
            .or(of
                .price_hour_minor
                .map(|price| price * i64::try_from(hours).unwrap_or(1)))
            .unwrap_or_default();
        let row = Booking {
            id: 0,
            client_id: Some(client),
            session_id: None,
            active_client_id: None,
            service_id: self.offer.services.get(service).map(|service| service.id),
            staff_id: None,
            place_id: Some(of.id),
            subscription_id: None,
            status: if past {
                BookingStatus::Attended
            } else {
                BookingStatus::Booked
            },
            starts_at,
            ends_at,
            day,
            hour: from,
            price_minor,
            paid_minor: if past { price_minor } else { 0 },
            owed_minor: 0,
            visit_taken: false,
            remind_at: None,
            notice: None,
            cancelled_at: None,
            cancel_reason: None,
            notes: None,
            created_by: MARK.to_owned(),
            created_at: self.now,
            updated_at: self.now,
        };
        let row = bookings::create(self.tx, row).await?;
        let span = Span {
            from: starts_at,
            to: ends_at,
        };
        occupancy::take(
            self.tx,
            &[(ResourceKind::Place, of.id)],
            span,
            Holder::Booking(row.id),
        )
        .await?;
        self.made.bookings += 1;
        if past {
            self.pay(
                day,
                from * 60,
                price_minor,
                service,
                None,
                Some(client),
                Some(row.id),
            )
            .await?;
        }
        Ok(())
    }

    async fn subscribe(&mut self, day: Day) -> AppResult<()> {
        let kind = if self.dice.percent(60) {
            EIGHT_VISITS
        } else {
            UNLIMITED
        };
        let (Some(service), Some(client)) = (self.offer.services.get(kind), self.somebody(day)) else {
            return Ok(());
        };
        let paid = self.dice.percent(95);
        let row = Subscription {
            id: 0,
            client_id: Some(client),
            service_id: Some(service.id),
            number: None,
            starts_on: day,
            ends_on: day.plus(service.period_days.unwrap_or(30) - 1),
            visits_total: service.visits,
            visits_left: service.visits,
            price_minor: service.price_minor,
            paid_minor: if paid { service.price_minor } else { 0 },
            owed_minor: 0,
            status: SubscriptionStatus::Active,
            cancelled_at: None,
            notes: None,
            created_by: MARK.to_owned(),
            created_at: self.now,
            updated_at: self.now,
        };
        let row = subscriptions::create(self.tx, row).await?;
        if paid {
            self.money(
                day,
                11 * 60,
                row.price_minor,
                kind,
                (None, Some(client), None, Some(row.id)),
            )
            .await?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of a payment")]
    async fn pay(
        &mut self,
        day: Day,
        minute: i32,
        minor: i64,
        service: usize,
        staff: Option<i64>,
        client: Option<i64>,
        booking: Option<i64>,
    ) -> AppResult<()> {
        self.money(day, minute, minor, service, (staff, client, booking, None))
            .await
    }

    /// A payment at a minute of a day, unless that is still to come; a few are given back the next day.
    async fn money(
        &mut self,
        day: Day,
        minute: i32,
        amount_minor: i64,
        service: usize,
        (staff_id, client_id, booking_id, subscription_id): (
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
        ),
    ) -> AppResult<()> {
        let paid_at = self.calendar.at_minute(day, minute);
        if paid_at > self.now || amount_minor <= 0 {
            return Ok(());
        }
        let method = match self.dice.below(10) {
            0 | 1 => PaymentMethod::Cash,
            2 => PaymentMethod::Transfer,
            _ => PaymentMethod::Card,
        };
        let back_at = self.calendar.days_later(paid_at, 1);
        // Only what pays for no booking or subscription is given back: their debts stay as they are.
        let refunded = booking_id.is_none()
            && subscription_id.is_none()
            && back_at <= self.now
            && self.dice.percent(REFUNDED_PERCENT);
        let row = Payment {
            id: 0,
            client_id,
            kind: PaymentKind::Payment,
            status: PaymentStatus::Completed,
            method,
            amount_minor,
            refunded_minor: if refunded { amount_minor } else { 0 },
            refund_of: None,
            service_id: self.offer.services.get(service).map(|service| service.id),
            staff_id,
            subscription_id,
            booking_id,
            paid_at: Some(paid_at),
            day: Some(day),
            number: None,
            notes: None,
            created_by: MARK.to_owned(),
            created_at: paid_at,
            updated_at: paid_at,
        };
        let paid = payments::create(self.tx, row, &mut self.moves).await?;
        self.made.payments += 1;
        if refunded {
            let back = Payment {
                id: 0,
                kind: PaymentKind::Refund,
                refunded_minor: 0,
                refund_of: Some(paid.id),
                paid_at: Some(back_at),
                day: Some(self.calendar.day(back_at)),
                created_at: back_at,
                updated_at: back_at,
                ..paid
            };
            payments::create(self.tx, back, &mut self.moves).await?;
        }
        Ok(())
    }
}
