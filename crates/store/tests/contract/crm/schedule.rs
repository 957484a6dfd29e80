//! What is taken when, visits, and figures of the schedule.

use alfa_store::crm::occupancy::{Holder, Span};
use alfa_store::crm::{bookings, clients, occupancy, seats, sessions, snapshot, subscriptions};
use alfa_store::entity as rows;
use alfa_store::types::{BookingStatus, ResourceKind, SubscriptionStatus};
use alfa_store::{Order, Page};

use super::{NOW, TODAY, client, filled, minutes, place, service, session_row, trainer};
use crate::harness::on_each;

#[test]
fn a_session_takes_its_trainer_and_place_and_frees_them() {
    on_each(async |db| {
        filled(&db.store, async |tx| {
            let (yoga, ann, hall) = (
                service(tx, "Йога").await,
                trainer(tx, "Анна").await,
                place(tx, "Зал").await,
            );
            let row = rows::schedule_sessions::Model {
                staff_id: Some(ann.id),
                place_id: Some(hall.id),
                ..session_row(yoga.id, 5)
            };
            let made = sessions::create(tx, row).await.unwrap();
            let resources = sessions::resources(&made);
            assert_eq!(occupancy::lock(tx, &resources).await.unwrap(), resources);
            let holder = Holder::Session(made.id);
            assert_eq!(
                occupancy::take(tx, &resources, sessions::span(&made), holder)
                    .await
                    .unwrap(),
                None
            );
            let half = Span {
                from: minutes(90),
                to: minutes(600),
            };
            let load = occupancy::load_ms(tx, ResourceKind::Staff, half).await.unwrap();
            assert_eq!(
                load,
                [(ann.id, 30 * super::MINUTE_MS)],
                "the half of it that lies in the stretch"
            );
            let other = occupancy::take(tx, &resources, half, holder)
                .await
                .unwrap()
                .unwrap();
            assert_eq!((other.session_id, other.from_at), (Some(made.id), made.starts_at));
            occupancy::free(tx, holder).await.unwrap();
            assert_eq!(occupancy::take(tx, &resources, half, holder).await.unwrap(), None);
            assert!(services_delete_is_refused(tx, yoga.id).await);
        })
        .await;
    });
}

async fn services_delete_is_refused(tx: &alfa_store::Tx, id: i64) -> bool {
    matches!(
        alfa_store::crm::services::delete(tx, id).await,
        Err(alfa_store::StoreError::StillUsed)
    )
}

#[test]
fn visits_of_a_subscription_and_of_a_client_are_counted() {
    on_each(async |db| {
        let ann = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            let ann = client(tx, "Анна").await;
            let session = sessions::create(tx, session_row(yoga.id, 5)).await.unwrap();
            let row = rows::subscriptions::Model {
                id: 0,
                client_id: Some(ann.id),
                service_id: Some(yoga.id),
                number: Some("А-1".to_owned()),
                starts_on: TODAY,
                ends_on: TODAY.plus(30),
                visits_total: Some(8),
                visits_left: Some(8),
                price_minor: 0,
                paid_minor: 0,
                owed_minor: 0,
                status: SubscriptionStatus::Active,
                cancelled_at: None,
                notes: None,
                created_by: "test".to_owned(),
                created_at: NOW,
                updated_at: NOW,
            };
            let bought = subscriptions::create(tx, row).await.unwrap();
            let usable = subscriptions::usable(tx, ann.id, TODAY).await.unwrap();
            assert_eq!(usable[0].id, bought.id);
            assert!(seats::take(tx, session.id).await.unwrap());
            assert!(subscriptions::take_visit(tx, bought.id, TODAY).await.unwrap());
            let row = rows::bookings::Model {
                subscription_id: Some(bought.id),
                visit_taken: true,
                price_minor: 0,
                ..bookings::in_session(&session, ann.id, "test", NOW)
            };
            let booking = bookings::create(tx, row).await.unwrap();
            assert_eq!(booking.status, BookingStatus::Paid, "by the visit");
            let freeze = rows::subscription_freezes::Model {
                id: 0,
                subscription_id: bought.id,
                from_day: TODAY.plus(1),
                to_day: TODAY.plus(7),
                reason: None,
                created_by: "test".to_owned(),
                created_at: NOW,
            };
            subscriptions::add_freeze(tx, freeze).await.unwrap();
            assert!(
                !subscriptions::take_visit(tx, bought.id, TODAY.plus(3))
                    .await
                    .unwrap(),
                "frozen"
            );
            let attended = rows::bookings::Model {
                status: BookingStatus::Attended,
                ..booking.clone()
            };
            bookings::update(tx, attended).await.unwrap();
            clients::recount_visits(tx, ann.id).await.unwrap();
            ann
        })
        .await;
        let reader = db.store.reader();
        let row = clients::get(reader, ann.id).await.unwrap();
        assert_eq!((row.visits, row.last_visit_day), (1, TODAY));
        assert_eq!(
            bookings::attended_by_hour(reader, TODAY, TODAY).await.unwrap(),
            [(13, 1)]
        );
        assert_eq!(
            bookings::by_status(reader, TODAY, TODAY).await.unwrap(),
            [(BookingStatus::Attended, 1)]
        );
        let filter = clients::Filter {
            no_visit_since: Some(TODAY),
            ..clients::Filter::default()
        };
        assert_eq!(clients::total(reader, &filter).await.unwrap(), 0);
        for (active_on, found) in [
            (TODAY, 1),
            (TODAY.plus(3), 0),
            (TODAY.plus(8), 1),
            (TODAY.plus(31), 0),
        ] {
            let filter = subscriptions::Filter {
                active_on: Some(active_on),
                ..subscriptions::Filter::default()
            };
            assert_eq!(
                subscriptions::total(reader, &filter).await.unwrap(),
                found,
                "{active_on:?}"
            );
        }
        let days = snapshot::Days {
            today: TODAY,
            week: TODAY,
            month: TODAY.plus(-1),
        };
        let seen = snapshot::read(reader, days, NOW).await.unwrap();
        assert_eq!(
            (
                seen.total_clients,
                seen.today_bookings,
                seen.available_slots_today
            ),
            (1, 1, 4)
        );
        let filter = sessions::Filter {
            free: true,
            ..Default::default()
        };
        let page = sessions::list(reader, &filter, Order::NEWEST, &Page::first(5))
            .await
            .unwrap();
        assert_eq!(page.items.len(), 1);
        filled(&db.store, async |tx| {
            let page = bookings::list(tx, &bookings::Filter::default(), Order::NEWEST, &Page::first(1))
                .await
                .unwrap();
            let cancelled = bookings::cancel(tx, &page.items[0], Some("болезнь"), NOW)
                .await
                .unwrap();
            assert_eq!((cancelled.owed_minor, cancelled.visit_taken), (0, false));
            let back = subscriptions::get(tx, cancelled.subscription_id.unwrap())
                .await
                .unwrap();
            assert_eq!(back.visits_left, Some(8));
        })
        .await;
    });
}
