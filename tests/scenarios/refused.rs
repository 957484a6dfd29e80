//! People who write, and whom the machine may not answer: their words are not lost.

use alfa::inbox::service;
use alfa_store::contacts::consent;
use alfa_store::entity::{contacts, messages};
use alfa_store::outreach::people::{self, newest_messages};
use alfa_store::outreach::prepare;
use alfa_store::types::{AccountState, ContactStatus, DialogOwner, MessageAuthor, MessageDirection};
use alfa_store::{ConnectionTrait, Tx};

use crate::harness::{Alfa, sign_in_second};
use crate::people::{MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

async fn in_dialog() -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    (alfa, contact)
}

async fn change(alfa: &Alfa, with: impl AsyncFnOnce(&Tx)) {
    let tx = alfa.app.begin().await.unwrap();
    with(&tx).await;
    tx.commit().await.unwrap();
}

async fn history(alfa: &Alfa, contact: i64) -> Vec<messages::Model> {
    newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap()
}

async fn contact_row(alfa: &Alfa, contact: i64) -> contacts::Model {
    alfa_store::contacts::get(alfa.app.store.reader(), contact)
        .await
        .unwrap()
}

/// Whether the newest message of the person waits for somebody of the team, who was told.
async fn waits_for_a_person(alfa: &Alfa, contact: i64) -> bool {
    let all = history(alfa, contact).await;
    let last = all.last().unwrap();
    let dialogs = people::load(alfa.app.store.reader(), &[contact], alfa.app.clock.now())
        .await
        .unwrap();
    let events = alfa_store::events::after(alfa.app.store.reader(), 0, 1_000)
        .await
        .unwrap();
    let told = events
        .iter()
        .any(|event| event.kind == "dialog" && event.body.contains("\"notify\":true"));
    last.direction == MessageDirection::In
        && last.handled_how.as_deref() == Some("left_to_human")
        && dialogs[0].dialogs[0].owner == DialogOwner::Human
        && told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_of_who_took_consent_back_is_left_to_a_person() {
    let (alfa, contact) = in_dialog().await;
    let now = alfa.app.clock.now();
    change(&alfa, async |tx: &Tx| {
        consent::revoke(tx, contact, "test", None, now).await.unwrap();
    })
    .await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert!(
        waits_for_a_person(&alfa, contact).await,
        "{:?}",
        history(&alfa, contact).await
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_of_who_was_switched_off_is_left_to_a_person() {
    let (alfa, contact) = in_dialog().await;
    change(&alfa, async |tx: &Tx| {
        let sql = format!("UPDATE contacts SET status = 'inactive' WHERE id = {contact}");
        tx.execute_unprepared(&sql).await.unwrap();
    })
    .await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert!(
        waits_for_a_person(&alfa, contact).await,
        "{:?}",
        history(&alfa, contact).await
    );
    assert_eq!(contact_row(&alfa, contact).await.status, ContactStatus::Inactive);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_writes_is_in_telegram_and_is_answered() {
    let (alfa, contact) = in_dialog().await;
    let now = alfa.app.clock.now();
    change(&alfa, async |tx: &Tx| {
        prepare::mark_no_telegram(tx, contact, now).await.unwrap();
    })
    .await;
    assert_eq!(
        contact_row(&alfa, contact).await.status,
        ContactStatus::NoTelegram
    );
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let authors: Vec<MessageAuthor> = history(&alfa, contact)
        .await
        .into_iter()
        .map(|message| message.author)
        .collect();
    assert_eq!(
        authors,
        [MessageAuthor::Ai, MessageAuthor::Contact, MessageAuthor::Ai]
    );
    assert_eq!(contact_row(&alfa, contact).await.status, ContactStatus::Active);
    service::take_over(&alfa.app, contact).await.unwrap();
    alfa.stop().await;
}

/// The account's lane must wait: an answer is written and queued, but not sent.
async fn hold_lane(alfa: &Alfa, for_ms: i64) {
    let account = alfa.account().await.id;
    let now = alfa.app.clock.now();
    let until = Some(now.plus_ms(for_ms));
    change(alfa, async |tx: &Tx| {
        let (state, reason) = (AccountState::FloodWait, Some("FLOOD_WAIT_110"));
        alfa_store::accounts::set_state(tx, account, state, reason, until, now)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_to_one_account_is_answered_though_its_answer_was_crossed_at_another() {
    let second = "+79990000002";
    let scenario = format!(
        "{QUIET_PEOPLE}accounts:\n  - {{ phone: \"+79990000001\" }}\n  - {{ phone: \"{second}\" }}\n"
    );
    let alfa = Alfa::start(&scenario, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    sign_in_second(&alfa, second).await;
    hold_lane(&alfa, 2 * MINUTE_MS).await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(20 * SECOND_MS).await;
    // The answer waits; the person writes a word to the other account.
    let world = alfa.world();
    let (person, other) = (
        world.by_phone(PHONE).unwrap().id,
        world.by_phone(second).unwrap().id,
    );
    world.say(person, other, "ок").unwrap();
    alfa.pass_ms(20 * MINUTE_MS).await;
    let all = history(&alfa, contact).await;
    let question = all
        .iter()
        .find(|message| message.text.contains("ставка?"))
        .unwrap();
    let answers = all.iter().filter(|message| {
        message.direction == MessageDirection::Out
            && message.account_id == question.account_id
            && message.id > question.id
    });
    assert_eq!(answers.count(), 1, "{all:?}");
    assert!(
        all.iter()
            .filter(|message| message.direction == MessageDirection::In)
            .all(|message| message.handled_at.is_some()),
        "{all:?}"
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_whose_answer_the_gate_refuses_at_the_last_moment_is_left_to_a_person() {
    let (alfa, contact) = in_dialog().await;
    hold_lane(&alfa, 2 * MINUTE_MS).await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(30 * SECOND_MS).await;
    let now = alfa.app.clock.now();
    change(&alfa, async |tx: &Tx| {
        consent::revoke(tx, contact, "test", None, now).await.unwrap();
    })
    .await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert!(
        waits_for_a_person(&alfa, contact).await,
        "{:?}",
        history(&alfa, contact).await
    );
    alfa.stop().await;
}
