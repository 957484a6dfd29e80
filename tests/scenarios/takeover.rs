//! People of the team in a dialog: from the API and from the phone; and "stop", which nobody can undo.

use alfa::inbox::service;
use alfa_store::outreach::people::newest_messages;
use alfa_store::types::{DialogOwner, FunnelStage, MessageAuthor};

use crate::harness::Alfa;
use crate::people::{DAY_MS, MINUTE_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

async fn in_dialog() -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    (alfa, contact)
}

async fn authors(alfa: &Alfa, contact: i64) -> Vec<MessageAuthor> {
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    history.into_iter().map(|message| message.author).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_s_message_silences_the_ai_until_it_is_handed_back() {
    use MessageAuthor::{Ai, Contact, Operator};
    let (alfa, contact) = in_dialog().await;
    service::send(&alfa.app, contact, "Добрый день, это Ольга.")
        .await
        .unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Operator, Contact]);
    service::hand_back(&alfa.app, contact).await.unwrap();
    alfa.person_says(PHONE, "Так какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(
        authors(&alfa, contact).await,
        [Ai, Operator, Contact, Contact, Ai]
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_from_the_phone_takes_the_dialog_over() {
    use MessageAuthor::{Ai, Contact, Phone};
    let (alfa, contact) = in_dialog().await;
    alfa.phone_writes(PHONE, "Пишу с телефона").await;
    alfa.pass_ms(MINUTE_MS).await;
    alfa.person_says(PHONE, "А какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Phone, Contact]);
    let dialogs =
        alfa_store::outreach::people::load(alfa.app.store.reader(), &[contact], alfa.app.clock.now())
            .await
            .unwrap();
    assert_eq!(dialogs[0].dialogs[0].owner, DialogOwner::Human);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_is_for_good() {
    use MessageAuthor::{Ai, Contact, Rule};
    let (alfa, contact) = in_dialog().await;
    alfa.person_says(PHONE, "стоп").await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Rule]);
    alfa.person_says(PHONE, "стоп!").await;
    alfa.person_says(PHONE, "А какая ставка?").await;
    alfa.pass_ms(2 * DAY_MS).await;
    assert_eq!(
        authors(&alfa, contact).await,
        [Ai, Contact, Rule, Contact, Contact],
        "one confirmation, then silence"
    );
    assert!(
        service::send(&alfa.app, contact, "Ещё предложение")
            .await
            .is_err()
    );
    let id = start_campaign(&alfa, "Вторая", &[contact], SEED_PACE).await;
    alfa.pass_ms(2 * DAY_MS).await;
    assert_eq!(
        authors(&alfa, contact).await.len(),
        5,
        "campaign {id} wrote to nobody"
    );
    let row = alfa_store::contacts::get(alfa.app.store.reader(), contact)
        .await
        .unwrap();
    assert_eq!(row.stage, FunnelStage::OptedOut);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_is_answered_once() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    for text in ["Здравствуйте", "интересно", "а какая ставка?"] {
        alfa.person_says(PHONE, text).await;
        alfa.pass_ms(500).await;
    }
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Contact, Contact, Ai]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_who_writes_becomes_a_contact_and_is_answered() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let known = add_willing(&alfa, "Борис", "+79002000001").await;
    start_campaign(&alfa, "Одна", &[known], SEED_PACE).await;
    alfa.stranger_says("+79005550000", "Здравствуйте! Какие у вас карты?")
        .await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let stranger = alfa_store::contacts::find_by_phone(alfa.app.store.reader(), "+79005550000")
        .await
        .unwrap();
    let stranger = match stranger {
        Some(contact) => contact,
        None => alfa_store::contacts::get(alfa.app.store.reader(), known + 1)
            .await
            .unwrap(),
    };
    assert_eq!(
        stranger.consent_basis,
        alfa_store::types::ConsentBasis::WroteFirst
    );
    assert!(
        authors(&alfa, stranger.id).await.len() >= 2,
        "the stranger is answered"
    );
    alfa.stop().await;
}
