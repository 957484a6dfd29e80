//! Clients: lists, counts, and the end of a person.

use alfa_store::contacts;
use alfa_store::crm::{bookings, clients, payments, seats, sessions, totals, totals::Moves, waiting};
use alfa_store::types::{BookingNotice, BookingStatus, ClientStatus, Measure};
use alfa_store::{Order, Page, StoreError};

use super::{NOW, TODAY, client, filled, payment, service, session};
use crate::harness::on_each;

#[test]
fn clients_are_found_sorted_and_counted() {
    on_each(async |db| {
        let (ann, bob) = filled(&db.store, async |tx| {
            let ann = client(tx, "Анна Ёлкина").await;
            let bob = client(tx, "Борис Берёзов").await;
            let mut moves = Moves::new();
            let before = clients::lock(tx, ann.id).await.unwrap();
            let active = alfa_store::entity::clients::Model {
                status: ClientStatus::Active,
                ..before.clone()
            };
            let ann = clients::update(tx, &before, active, &mut moves).await.unwrap();
            moves.apply(tx).await.unwrap();
            (ann, bob)
        })
        .await;
        let reader = db.store.reader();
        let names = async |search: &str| {
            let filter = clients::Filter {
                search: Some(search.to_owned()),
                ..clients::Filter::default()
            };
            let order = Order::parse("name", clients::SORT_KEYS).unwrap();
            clients::list(reader, &filter, order, &Page::first(10))
                .await
                .unwrap()
                .items
                .into_iter()
                .map(|row| row.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("елкина").await, [ann.id]);
        assert_eq!(names("").await, [ann.id, bob.id]);
        assert_eq!(names(bob.contract_number.as_deref().unwrap()).await, [bob.id]);
        for sort in ["name", "-name", "created_at", "-last_visit", "id"] {
            let order = Order::parse(sort, clients::SORT_KEYS).unwrap();
            let mut page = Page::first(1);
            let first = clients::list(reader, &clients::Filter::default(), order, &page)
                .await
                .unwrap();
            page.cursor = first.next_cursor.clone();
            let second = clients::list(reader, &clients::Filter::default(), order, &page)
                .await
                .unwrap();
            assert_eq!(second.next_cursor, None, "{sort}");
            assert_ne!(first.items[0].id, second.items[0].id, "{sort}");
        }
        let birthday = |from, to| clients::Filter {
            birthday_from: Some(from),
            birthday_to: Some(to),
            ..clients::Filter::default()
        };
        for (from, to, found) in [(101, 103, 2), (1231, 105, 2), (103, 1231, 0), (1230, 101, 0)] {
            assert_eq!(
                clients::total(reader, &birthday(from, to)).await.unwrap(),
                found,
                "{from} to {to}"
            );
        }
        assert_eq!(
            clients::total(reader, &clients::Filter::default()).await.unwrap(),
            2
        );
        let by_status = totals::clients_by_status(reader).await.unwrap();
        assert_eq!(by_status, [("active".to_owned(), 1), ("new".to_owned(), 1)]);
        let new = totals::of(reader, Measure::NewClients, TODAY, TODAY)
            .await
            .unwrap();
        assert_eq!(new.counted, 2);
        let tx = db.store.begin().await.unwrap();
        let twice = clients::create(&tx, ann.clone(), &mut Moves::new()).await;
        assert!(matches!(twice, Err(error) if error.is_conflict_on("contact_id")));
    });
}

#[test]
fn an_erased_person_leaves_the_sums_and_gives_the_seat_to_the_first_who_waits() {
    on_each(async |db| {
        let (session, ann, next) = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            let session = session(tx, yoga.id, 1).await;
            let ann = client(tx, "Анна").await;
            let first = client(tx, "Борис").await;
            let second = client(tx, "Вера").await;
            assert!(seats::take(tx, session.id).await.unwrap());
            bookings::create(tx, bookings::in_session(&session, ann.id, "test", NOW))
                .await
                .unwrap();
            for waiting in [&first, &second] {
                waiting::add(tx, session.id, waiting.id, "test", NOW)
                    .await
                    .unwrap();
            }
            let mut moves = Moves::new();
            payments::create(tx, payment(ann.id, 80_000, TODAY), &mut moves)
                .await
                .unwrap();
            moves.apply(tx).await.unwrap();
            (session, ann, first)
        })
        .await;
        filled(&db.store, async |tx| {
            contacts::delete(tx, ann.contact_id, NOW).await.unwrap()
        })
        .await;
        let reader = db.store.reader();
        assert!(matches!(
            clients::get(reader, ann.id).await,
            Err(StoreError::NotFound(_))
        ));
        let revenue = totals::revenue(reader, TODAY, TODAY).await.unwrap();
        assert_eq!(revenue.net_minor(), 80_000, "the money was paid");
        let page = bookings::list(
            reader,
            &bookings::Filter::default(),
            Order::NEWEST,
            &Page::first(9),
        )
        .await
        .unwrap();
        let states: Vec<_> = page
            .items
            .iter()
            .map(|row| (row.client_id, row.status, row.notice))
            .collect();
        assert_eq!(
            states,
            [
                (
                    Some(next.id),
                    BookingStatus::Booked,
                    Some(BookingNotice::SeatFreed)
                ),
                (None, BookingStatus::Cancelled, None),
            ]
        );
        assert_eq!(sessions::get(reader, session.id).await.unwrap().seats_taken, 1);
        assert_eq!(waiting::count(reader, session.id).await.unwrap(), 1);
        let mut clients: Vec<(String, i64)> = totals::clients_by_status(reader).await.unwrap();
        assert_eq!(clients.remove(0), ("new".to_owned(), 2));
    });
}
