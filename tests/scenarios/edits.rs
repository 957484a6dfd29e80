//! Messages that people change and take back.

use alfa_store::outreach::people::newest_messages;
use alfa_store::types::MessageAuthor;
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;

use crate::harness::Alfa;
use crate::people::{HOUR_MS, SEED_PACE, add_willing, start_campaign};

const PHONE: &str = "+79002000000";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_takes_back_before_it_is_answered_is_not_answered() {
    // The person deletes the question some seconds after it; the burst settles later.
    let alfa = Alfa::start("seed: 3\nopen_registration: true\n", &[("SETTLE_SECONDS", "300")]).await;
    alfa.world()
        .add_person(&PersonSpec::new(PHONE, PersonaKind::Deletes));
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(HOUR_MS).await;
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    let taken_back: Vec<_> = history.iter().filter(|row| row.deleted_at.is_some()).collect();
    assert!(!taken_back.is_empty(), "{history:?}");
    for message in taken_back {
        assert_eq!(message.handled_how.as_deref(), Some("deleted"), "{history:?}");
    }
    let answers = history
        .iter()
        .filter(|row| row.author == MessageAuthor::Ai)
        .count();
    let left = history
        .iter()
        .filter(|row| row.author == MessageAuthor::Contact && row.deleted_at.is_none())
        .count();
    assert!(answers <= 1 + left, "{history:?}");
    alfa.stop().await;
}
