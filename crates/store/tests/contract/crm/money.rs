//! Payments, refunds, debts and totals agree with each other.

use alfa_store::crm::rebase::{self, DayAndHour};
use alfa_store::crm::{bookings, debts, payments, seats, totals, totals::Moves};
use alfa_store::entity as rows;
use alfa_store::types::{BookingStatus, Day, Measure, PaymentKind, PaymentMethod, TotalBy};
use alfa_store::{Order, Page};

use super::{NOW, TODAY, client, filled, minutes, payment, service, session};
use crate::harness::on_each;

#[test]
fn payments_and_refunds_move_the_totals_and_what_is_owed() {
    on_each(async |db| {
        let (ann, booking) = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            let session = session(tx, yoga.id, 3).await;
            let ann = client(tx, "Анна").await;
            assert!(seats::take(tx, session.id).await.unwrap());
            let booking = bookings::create(tx, bookings::in_session(&session, ann.id, "test", NOW))
                .await
                .unwrap();
            (ann, booking)
        })
        .await;
        let reader = db.store.reader();
        let at = debts::At {
            now: minutes(600),
            today: TODAY,
        };
        assert_eq!(debts::all(reader, at).await.unwrap(), [(ann.id, 80_000)]);
        let before = debts::At { now: NOW, ..at };
        assert_eq!(debts::all(reader, before).await.unwrap(), [], "it has not begun");
        let paid = filled(&db.store, async |tx| {
            let mut moves = Moves::new();
            let row = rows::payments::Model {
                booking_id: Some(booking.id),
                service_id: booking.service_id,
                ..payment(ann.id, 80_000, TODAY)
            };
            let paid = payments::create(tx, row, &mut moves).await.unwrap();
            payments::settle(tx, &paid).await.unwrap();
            moves.apply(tx).await.unwrap();
            paid
        })
        .await;
        let state = async || {
            let row = bookings::get(reader, booking.id).await.unwrap();
            (row.status, row.paid_minor, row.owed_minor)
        };
        assert_eq!(state().await, (BookingStatus::Paid, 80_000, 0));
        filled(&db.store, async |tx| {
            assert!(payments::reserve_refund(tx, paid.id, 30_000).await.unwrap());
            let refund = rows::payments::Model {
                kind: PaymentKind::Refund,
                amount_minor: 30_000,
                refund_of: Some(paid.id),
                method: PaymentMethod::Cash,
                day: Some(TODAY.plus(1)),
                ..paid.clone()
            };
            let mut moves = Moves::new();
            let refund = payments::create(tx, refund, &mut moves).await.unwrap();
            payments::settle(tx, &refund).await.unwrap();
            moves.apply(tx).await.unwrap();
        })
        .await;
        assert_eq!(state().await, (BookingStatus::Booked, 50_000, 30_000));
        assert_eq!(debts::of_client(reader, ann.id, at).await.unwrap(), 30_000);
        let net = async |from: Day, to: Day| totals::revenue(reader, from, to).await.unwrap().net_minor();
        assert_eq!(net(TODAY, TODAY).await, 80_000);
        assert_eq!(net(TODAY.plus(1), TODAY.plus(1)).await, -30_000);
        assert_eq!(net(TODAY, TODAY.plus(1)).await, 50_000);
        let by_method = totals::revenue_by(reader, TotalBy::Method, TODAY, TODAY.plus(1))
            .await
            .unwrap();
        let by_method: Vec<_> = by_method
            .iter()
            .map(|(key, sum)| (key.as_str(), sum.net_minor()))
            .collect();
        assert_eq!(by_method, [("card", 80_000), ("cash", -30_000)]);
        let by_service = totals::revenue_by(reader, TotalBy::Service, TODAY, TODAY.plus(1))
            .await
            .unwrap();
        assert_eq!(by_service[0].0, booking.service_id.unwrap().to_string());
        let top = payments::top_clients(reader, TODAY, TODAY.plus(9), 5)
            .await
            .unwrap();
        assert_eq!(top, [(ann.id, 50_000)]);
        for sort in ["id", "-paid_at", "amount"] {
            let order = Order::parse(sort, payments::SORT_KEYS).unwrap();
            let page = payments::list(reader, &payments::Filter::default(), order, &Page::first(1))
                .await
                .unwrap();
            assert!(page.next_cursor.is_some(), "{sort}");
        }
    });
}

#[test]
fn another_time_zone_makes_every_day_anew() {
    on_each(async |db| {
        filled(&db.store, async |tx| {
            let ann = client(tx, "Анна").await;
            let mut moves = Moves::new();
            payments::create(tx, payment(ann.id, 10_000, TODAY), &mut moves)
                .await
                .unwrap();
            moves.apply(tx).await.unwrap();
            assert_eq!(rebase::zone(tx).await.unwrap(), None);
            let other = DayAndHour {
                day: TODAY.plus(-1),
                hour: 23,
            };
            rebase::rebase(tx, "America/New_York", |_| other).await.unwrap();
            assert_eq!(
                rebase::zone(tx).await.unwrap().as_deref(),
                Some("America/New_York")
            );
            assert_eq!(
                totals::of(tx, Measure::Paid, TODAY, TODAY).await.unwrap().counted,
                0
            );
            let days = totals::by_day(tx, Measure::Paid, TODAY.plus(-9), TODAY)
                .await
                .unwrap();
            assert_eq!(
                (days.len(), days[0].0, days[0].1.amount_minor),
                (1, TODAY.plus(-1), 10_000)
            );
            let new = totals::of(tx, Measure::NewClients, TODAY.plus(-1), TODAY.plus(-1))
                .await
                .unwrap();
            assert_eq!(new.counted, 1);
            assert_eq!(
                totals::clients_by_status(tx).await.unwrap(),
                [("new".to_owned(), 1)]
            );
        })
        .await;
    });
}
