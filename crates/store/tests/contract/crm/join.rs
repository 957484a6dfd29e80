//! Two client cards that become one.

use alfa_store::crm::join::Joined;
use alfa_store::crm::{bookings, clients, seats, sessions, totals, waiting};
use alfa_store::entity as rows;
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::merge_by_hand::{Obstacle, merge_by_hand};
use alfa_store::types::{BookingStatus, ClientStatus, Day, Measure};
use alfa_store::{Tx, UnixMillis};

use super::{NOW, TODAY, client, filled, payment, service, session};
use crate::harness::on_each;

async fn join(tx: &Tx, kept: &rows::clients::Model, gone: &rows::clients::Model) -> Result<Joined, Obstacle> {
    let ids = (kept.contact_id, gone.contact_id);
    let done = merge_by_hand(tx, ids, &mut Moves::new(), NOW).await.unwrap();
    done.map(|joined| joined.unwrap())
}

async fn book(tx: &Tx, session: &rows::schedule_sessions::Model, client_id: i64) -> rows::bookings::Model {
    assert!(seats::take(tx, session.id).await.unwrap());
    let row = bookings::in_session(session, client_id, "test", NOW);
    bookings::create(tx, row).await.unwrap()
}

async fn with_status(tx: &Tx, booking: rows::bookings::Model, status: BookingStatus) {
    let row = rows::bookings::Model { status, ..booking };
    bookings::update(tx, row).await.unwrap();
}

async fn waits(tx: &Tx, session_id: i64) -> Vec<i64> {
    let found = waiting::of_session(tx, session_id).await.unwrap();
    found.iter().map(|row| row.client_id).collect()
}

#[test]
fn everything_hangs_on_the_card_that_stays_and_the_totals_count_one() {
    on_each(async |db| {
        let (kept, gone) = filled(&db.store, async |tx| {
            let yoga = service(tx, "Йога").await;
            let (kept, gone) = (client(tx, "Анна").await, client(tx, "Аня").await);
            let first = session(tx, yoga.id, 3).await;
            let second = session(tx, yoga.id, 3).await;
            let attended = book(tx, &first, kept.id).await;
            with_status(tx, attended, BookingStatus::Attended).await;
            let attended = book(tx, &second, gone.id).await;
            with_status(tx, attended, BookingStatus::Attended).await;
            let cancelled = book(tx, &first, gone.id).await;
            bookings::cancel(tx, &cancelled, None, NOW).await.unwrap();
            let mut moves = totals::Moves::new();
            let older = rows::clients::Model {
                status: ClientStatus::Active,
                created_day: TODAY.plus(-7),
                created_at: UnixMillis(NOW.0 - 1),
                ..gone.clone()
            };
            let gone = clients::update(tx, &gone, older, &mut moves).await.unwrap();
            alfa_store::crm::payments::create(tx, payment(gone.id, 80_000, TODAY), &mut moves)
                .await
                .unwrap();
            moves.apply(tx).await.unwrap();
            (kept, gone)
        })
        .await;
        let joined = filled(&db.store, async |tx| join(tx, &kept, &gone).await.unwrap()).await;
        assert_eq!(
            (joined.kept, joined.gone, joined.cancelled.len()),
            (kept.id, gone.id, 0)
        );
        let reader = db.store.reader();
        let card = clients::get(reader, kept.id).await.unwrap();
        assert_eq!(
            (card.visits, card.last_visit_day, card.created_day, card.status),
            (2, TODAY, TODAY.plus(-7), ClientStatus::Active)
        );
        assert!(clients::get(reader, gone.id).await.is_err());
        assert_eq!(
            joined.differing,
            [("contract number 2", gone.contract_number.unwrap())]
        );
        let contact = alfa_store::contacts::get(reader, kept.contact_id).await.unwrap();
        assert!(contact.extra.unwrap().contains("contract number 2"));
        let filter = bookings::Filter {
            client_id: Some(kept.id),
            ..bookings::Filter::default()
        };
        assert_eq!(bookings::total(reader, &filter).await.unwrap(), 3);
        assert_eq!(
            alfa_store::crm::payments::net_of_client(reader, kept.id)
                .await
                .unwrap(),
            80_000
        );
        let new_on = async |day: Day| {
            let total = totals::of(reader, Measure::NewClients, day, day).await.unwrap();
            total.counted
        };
        assert_eq!((new_on(TODAY.plus(-7)).await, new_on(TODAY).await), (1, 0));
        let by_status = totals::clients_by_status(reader).await.unwrap();
        let counted: Vec<_> = by_status.iter().filter(|(_, number)| *number != 0).collect();
        assert_eq!(counted, [&("active".to_owned(), 1)]);
    });
}

#[test]
fn nobody_waits_twice_or_where_there_is_a_seat() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let yoga = service(&tx, "Йога").await;
        let (kept, gone, boris) = (
            client(&tx, "Анна").await,
            client(&tx, "Аня").await,
            client(&tx, "Борис").await,
        );
        let both_wait = session(&tx, yoga.id, 1).await;
        for id in [gone.id, boris.id, kept.id] {
            waiting::add(&tx, both_wait.id, id, "test", NOW).await.unwrap();
        }
        let has_seat = session(&tx, yoga.id, 1).await;
        book(&tx, &has_seat, gone.id).await;
        waiting::add(&tx, has_seat.id, kept.id, "test", NOW)
            .await
            .unwrap();
        assert!(join(&tx, &kept, &gone).await.is_ok());
        assert_eq!(
            waits(&tx, both_wait.id).await,
            [kept.id, boris.id],
            "the earlier turn holds"
        );
        assert!(waits(&tx, has_seat.id).await.is_empty());
        let seat = bookings::seat_of(&tx, has_seat.id, kept.id).await.unwrap();
        assert!(seat.is_some());
    });
}

#[test]
fn a_second_seat_is_given_back_where_nothing_is_lost() {
    on_each(async |db| {
        let tx = db.store.begin().await.unwrap();
        let yoga = service(&tx, "Йога").await;
        let (kept, gone, boris) = (
            client(&tx, "Анна").await,
            client(&tx, "Аня").await,
            client(&tx, "Борис").await,
        );
        let evening = session(&tx, yoga.id, 2).await;
        let own = book(&tx, &evening, kept.id).await;
        let attended = book(&tx, &evening, gone.id).await;
        with_status(&tx, attended.clone(), BookingStatus::Attended).await;
        waiting::add(&tx, evening.id, boris.id, "test", NOW)
            .await
            .unwrap();
        let joined = join(&tx, &kept, &gone).await.unwrap();
        let cancelled: Vec<_> = joined.cancelled.iter().map(|row| row.id).collect();
        assert_eq!(cancelled, [own.id]);
        let seat = bookings::seat_of(&tx, evening.id, kept.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((seat.id, seat.status), (attended.id, BookingStatus::Attended));
        assert!(
            bookings::seat_of(&tx, evening.id, boris.id)
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(sessions::get(&tx, evening.id).await.unwrap().seats_taken, 2);
        assert_eq!(clients::get(&tx, kept.id).await.unwrap().visits, 1);

        let vera = client(&tx, "Вера").await;
        let next = session(&tx, yoga.id, 2).await;
        for id in [kept.id, vera.id] {
            let seat = book(&tx, &next, id).await;
            with_status(&tx, seat, BookingStatus::Attended).await;
        }
        assert_eq!(join(&tx, &kept, &vera).await, Err(Obstacle::SameSession(next.id)));
    });
}
