//! Of many tries at once exactly one wins.

use alfa_store::crm::occupancy::{Holder, Span};
use alfa_store::crm::{bookings, occupancy, payments, seats, sessions, subscriptions, totals::Moves};
use alfa_store::entity as rows;
use alfa_store::types::{Day, ResourceKind, SubscriptionStatus};
use alfa_store::{Store, StoreError};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{NOW, TODAY, client, filled, minutes, payment, place, service, session};
use crate::harness::on_each;

const TRIES: usize = 200;

/// Runs `attempt` so many times at once and counts those that say yes.
async fn winners<F>(store: &Store, attempt: impl Fn(Store, usize) -> F) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    let tasks: Vec<_> = (0..TRIES)
        .map(|number| tokio::spawn(attempt(store.clone(), number)))
        .collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap());
    }
    won
}

#[test]
fn the_last_seat_goes_to_one() {
    on_each(async |db| {
        let (session, clients) = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            let mut clients = Vec::new();
            for number in 0..TRIES {
                clients.push(client(tx, &format!("Клиент {number}")).await.id);
            }
            (session(tx, yoga.id, 1).await, clients)
        })
        .await;
        let won = winners(&db.store, |store, number| {
            let (session, client_id) = (session.clone(), clients[number]);
            async move {
                let tx = store.begin().await.unwrap();
                if !seats::take(&tx, session.id).await.unwrap() {
                    return false;
                }
                let booking = bookings::in_session(&session, client_id, "test", NOW);
                bookings::create(&tx, booking).await.unwrap();
                tx.commit().await.is_ok()
            }
        })
        .await;
        assert_eq!(won, 1);
        let filter = bookings::Filter {
            session_id: Some(session.id),
            ..bookings::Filter::default()
        };
        assert_eq!(bookings::total(db.store.reader(), &filter).await.unwrap(), 1);
        assert_eq!(
            sessions::get(db.store.reader(), session.id)
                .await
                .unwrap()
                .seats_taken,
            1
        );
    });
}

#[test]
fn the_same_desk_goes_to_one() {
    on_each(async |db| {
        let (desk, booked) = filled(&db.store, async |tx| {
            let desk = place(tx, "Стол 1").await;
            let client = client(tx, "Анна").await;
            let row = rows::bookings::Model {
                place_id: Some(desk.id),
                session_id: None,
                service_id: None,
                active_client_id: None,
                ..bookings::in_session(&super::session_row(0, 1), client.id, "test", NOW)
            };
            (desk, bookings::create(tx, row).await.unwrap())
        })
        .await;
        let won = winners(&db.store, |store, number| {
            let (desk, holder) = ((ResourceKind::Place, desk.id), Holder::Booking(booked.id));
            // Each begins a minute later than the one before, so all of them overlap and no two are the same.
            let from = minutes(i64::try_from(number).unwrap());
            let span = Span {
                from,
                to: from.plus_ms(600 * super::MINUTE_MS),
            };
            async move {
                let tx = store.begin().await.unwrap();
                occupancy::lock(&tx, &[desk]).await.unwrap();
                if occupancy::take(&tx, &[desk], span, holder)
                    .await
                    .unwrap()
                    .is_some()
                {
                    return false;
                }
                tx.commit().await.is_ok()
            }
        })
        .await;
        assert_eq!(won, 1);
    });
}

#[test]
fn the_database_itself_refuses_an_overlap_and_a_seat_too_many() {
    on_each(async |db| {
        let made = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            session(tx, yoga.id, 1).await
        })
        .await;
        let row = |from: i64, to: i64, id: i64| rows::occupancy::ActiveModel {
            resource: Set(ResourceKind::Staff),
            resource_id: Set(id),
            from_at: Set(minutes(from)),
            to_at: Set(minutes(to)),
            session_id: Set(Some(made.id)),
            ..Default::default()
        };
        let tx = db.store.begin().await.unwrap();
        // One after another, and another person at the same time.
        for (from, to, id) in [(0, 60, 1), (60, 120, 1), (30, 90, 2)] {
            rows::occupancy::Entity::insert(row(from, to, id))
                .exec(&tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        for (from, to) in [(59, 60), (0, 60), (119, 300), (-10, 500)] {
            let tx = db.store.begin().await.unwrap();
            let refused = rows::occupancy::Entity::insert(row(from, to, 1)).exec(&tx).await;
            let error = StoreError::from(refused.unwrap_err());
            assert!(matches!(error, StoreError::Overlap), "{from} to {to}: {error:?}");
        }
        let tx = db.store.begin().await.unwrap();
        let full = rows::schedule_sessions::ActiveModel {
            id: Set(made.id),
            seats_taken: Set(2),
            ..Default::default()
        };
        assert!(
            rows::schedule_sessions::Entity::update(full)
                .exec(&tx)
                .await
                .is_err()
        );
    });
}

#[test]
fn the_last_visit_and_the_last_rouble_go_once() {
    on_each(async |db| {
        let (subscription, paid) = filled(&db.store, async |tx| {
            let client = client(tx, "Анна").await;
            let row = rows::subscriptions::Model {
                id: 0,
                client_id: Some(client.id),
                service_id: None,
                number: None,
                starts_on: TODAY,
                ends_on: TODAY.plus(30),
                visits_total: Some(8),
                visits_left: Some(1),
                price_minor: 500_000,
                paid_minor: 0,
                owed_minor: 0,
                status: SubscriptionStatus::Active,
                cancelled_at: None,
                notes: None,
                created_by: "test".to_owned(),
                created_at: NOW,
                updated_at: NOW,
            };
            let subscription = subscriptions::create(tx, row).await.unwrap();
            assert_eq!(subscription.owed_minor, 500_000);
            let mut moves = Moves::new();
            let paid = payments::create(tx, payment(client.id, 100_000, TODAY), &mut moves)
                .await
                .unwrap();
            moves.apply(tx).await.unwrap();
            (subscription.id, paid.id)
        })
        .await;
        let won = winners(&db.store, |store, _| async move {
            let tx = store.begin().await.unwrap();
            let taken = subscriptions::take_visit(&tx, subscription, TODAY).await.unwrap();
            tx.commit().await.unwrap();
            taken
        })
        .await;
        assert_eq!(won, 1);
        let refunded = winners(&db.store, |store, _| async move {
            let tx = store.begin().await.unwrap();
            let reserved = payments::reserve_refund(&tx, paid, 60_000).await.unwrap();
            tx.commit().await.unwrap();
            reserved
        })
        .await;
        assert_eq!(refunded, 1, "of 1,000.00 only once 600.00");
        let late = filled(&db.store, async |tx| {
            subscriptions::give_visit_back(tx, subscription).await.unwrap();
            subscriptions::take_visit(tx, subscription, Day(TODAY.0 + 31))
                .await
                .unwrap()
        })
        .await;
        assert!(!late, "it has ended");
    });
}
