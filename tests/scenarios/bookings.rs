//! What clients are told of their bookings: through the gate, once, and nobody who does not want it.

use alfa::crm::bookings::{self, Booked, NewBooking, PaidBy, What};
use alfa::crm::clients::{self, Card, Who};
use alfa::crm::{catalogue, sessions};
use alfa::inbox::service as inbox;
use alfa_store::entity::{messages::Model, schedule_sessions, services};
use alfa_store::types::{BookingStatus, DialogOwner, MessageAuthor, MessageState, OutboxKind};
use alfa_store::{Page, UnixMillis, messages};

use crate::harness::{Alfa, START};
use crate::people::{HOUR_MS, MINUTE_MS, add_willing};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 2 }\n";
const ANNA: &str = "+79002000000";
const BORIS: &str = "+79002000001";

async fn history(alfa: &Alfa, contact: i64) -> Vec<Model> {
    let db = alfa.app.store.reader();
    messages::history(db, contact, &Page::default())
        .await
        .unwrap()
        .items
}

async fn client(alfa: &Alfa, contact: i64) -> i64 {
    clients::create(&alfa.app, Who::Contact(contact), Card::default(), "test")
        .await
        .unwrap()
        .id
}

/// A session of one seat that begins so much after the start.
async fn session(alfa: &Alfa, after_ms: i64) -> schedule_sessions::Model {
    let row = services::Model {
        id: 0,
        name: "Йога".to_owned(),
        name_key: String::new(),
        category: None,
        direction: None,
        duration_minutes: 60,
        price_minor: 80_000,
        capacity: Some(1),
        visits: None,
        period_days: None,
        description: None,
        active: true,
        created_at: UnixMillis(0),
        updated_at: UnixMillis(0),
    };
    let service = catalogue::save_service(&alfa.app, row, "test").await.unwrap();
    let new = sessions::NewSession {
        service_id: service.id,
        staff_id: None,
        place_id: None,
        starts_at: START.plus_ms(after_ms),
        ends_at: None,
        capacity: None,
        price_minor: None,
        notes: None,
        repeat_until: None,
    };
    sessions::create(&alfa.app, new, "test").await.unwrap().remove(0)
}

fn wanted(client_id: i64, session_id: i64) -> NewBooking {
    NewBooking {
        client_id,
        what: What::Seat { session_id },
        paid_by: PaidBy::Money,
        price_minor: None,
        notes: None,
        remind_before_ms: Some(3 * HOUR_MS),
        notify: true,
        wait: true,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_is_told_and_reminded_once_even_over_a_restart() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", ANNA).await;
    let client_id = client(&alfa, contact).await;
    let session = session(&alfa, 6 * HOUR_MS).await;
    bookings::create(&alfa.app, wanted(client_id, session.id), "test")
        .await
        .unwrap();
    alfa.pass_ms(10 * MINUTE_MS).await;
    let told = history(&alfa, contact).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].author, MessageAuthor::Rule);
    assert!(
        matches!(told[0].state, MessageState::Delivered | MessageState::Read),
        "{told:?}"
    );
    // The start is noon in Moscow.
    assert!(
        told[0].text.contains("Йога, 20.11.2026 в 18:00"),
        "{}",
        told[0].text
    );
    assert!(
        told[0].text.contains("стоп"),
        "the first message says how to stop: {}",
        told[0].text
    );
    let dialog = alfa_store::dialogs::of_contact(alfa.app.store.reader(), contact)
        .await
        .unwrap();
    assert!(
        dialog.iter().all(|dialog| dialog.owner == DialogOwner::Ai),
        "nobody of the team wrote"
    );
    let alfa = alfa.restart_after_ms(HOUR_MS).await;
    alfa.pass_ms(HOUR_MS + 30 * MINUTE_MS).await;
    assert_eq!(history(&alfa, contact).await.len(), 1, "not yet");
    alfa.pass_ms(HOUR_MS).await;
    let told = history(&alfa, contact).await;
    assert_eq!(told.len(), 2, "{told:?}");
    let reminder = told.iter().max_by_key(|message| message.id).unwrap();
    assert!(reminder.text.contains("напоминаем"), "{}", reminder.text);
    assert!(!reminder.text.contains("стоп"), "{}", reminder.text);
    alfa.pass_ms(4 * HOUR_MS).await;
    assert_eq!(history(&alfa, contact).await.len(), 2, "once");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_freed_seat_is_told_to_whoever_gets_it_and_not_to_whoever_said_stop() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (anna, boris) = (
        add_willing(&alfa, "Анна", ANNA).await,
        add_willing(&alfa, "Борис", BORIS).await,
    );
    let (anna_card, boris_card) = (client(&alfa, anna).await, client(&alfa, boris).await);
    let session = session(&alfa, 8 * HOUR_MS).await;
    inbox::record_opt_out(&alfa.app, anna, "test").await.unwrap();
    let first = bookings::create(&alfa.app, wanted(anna_card, session.id), "test")
        .await
        .unwrap();
    let Booked::Yes(first) = first else {
        panic!("there was a seat")
    };
    let second = bookings::create(&alfa.app, wanted(boris_card, session.id), "test")
        .await
        .unwrap();
    assert!(matches!(second, Booked::Waits(_, 1)));
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(history(&alfa, boris).await.len(), 0, "waiting is told by nobody");
    let cancelled = BookingStatus::Cancelled;
    bookings::set_status(&alfa.app, first.id, cancelled, None, true, "test")
        .await
        .unwrap();
    alfa.pass_ms(10 * MINUTE_MS).await;
    let told = history(&alfa, boris).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("освободилось место"), "{}", told[0].text);
    sessions::cancel(&alfa.app, session.id, Some("болезнь"), true, "test")
        .await
        .unwrap();
    alfa.pass_ms(10 * MINUTE_MS).await;
    let told = history(&alfa, boris).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter().any(|message| message.text.contains("отменено")),
        "{told:?}"
    );
    assert_eq!(history(&alfa, anna).await.len(), 0, "the gate: she said stop");
    let last = told.iter().filter_map(|message| message.outbox_id).max().unwrap();
    let sent = alfa_store::outbox::get(alfa.app.store.reader(), last)
        .await
        .unwrap();
    assert_eq!(
        sent.kind,
        OutboxKind::Service,
        "in the dialog that there is by now"
    );
    alfa.stop().await;
}
