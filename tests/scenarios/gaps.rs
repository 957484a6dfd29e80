//! Updates that were missed, that cannot be fetched now, and that can never be stored.

use alfa_store::ConnectionTrait;
use alfa_store::entity::messages;
use alfa_store::outreach::people::newest_messages;
use alfa_store::outreach::set_aside;
use alfa_store::types::{ConsentBasis, FunnelStage, MessageDirection};
use alfa_telegram_sim::fault::{FaultAction, FaultRule, When};
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;

use crate::harness::{ACCOUNT_PHONE, Alfa};
use crate::people::{MINUTE_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";
const STRANGER: &str = "+79005550000";

fn failing(method: &str, code: i32, name: &str, times: u64) -> FaultRule {
    FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when: When::Always,
        times: Some(times),
        action: FaultAction::Error {
            code,
            name: name.to_owned(),
        },
    }
}

/// A dialog with Anna, and a place in the sequence of updates that Telegram will not know.
async fn before_a_gap() -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    alfa.world()
        .add_person(&PersonSpec::new(STRANGER, PersonaKind::Silent));
    let gone = failing("updates.getDifference", 400, "PERSISTENT_TIMESTAMP_OUTDATED", 1);
    alfa.world().add_fault(gone);
    (alfa, contact)
}

/// Nothing of these words is pushed.
async fn said_in_the_gap(alfa: &Alfa, words: &[(&str, &str)]) {
    let account = alfa.world().by_phone(ACCOUNT_PHONE).unwrap().id;
    for (index, (phone, text)) in words.iter().enumerate() {
        if index + 1 < words.len() {
            alfa.world().add_fault(FaultRule {
                account: None,
                method: Some(alfa_telegram_sim::fault::PUSH.to_owned()),
                when: When::Nth(1),
                times: Some(1),
                action: FaultAction::SkipUpdate,
            });
        }
        let person = alfa.world().by_phone(phone).unwrap().id;
        alfa.world().say(person, account, text).unwrap();
        alfa.settle().await;
    }
    // The client waits in real time for what may fill the gap.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
}

async fn history(alfa: &Alfa, contact: i64) -> Vec<messages::Model> {
    newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_who_first_wrote_in_a_forgotten_gap_is_seen_and_answered() {
    let (alfa, contact) = before_a_gap().await;
    said_in_the_gap(
        &alfa,
        &[
            (STRANGER, "Здравствуйте! Какие у вас карты?"),
            (PHONE, "Какая ставка?"),
        ],
    )
    .await;
    alfa.pass_ms(30 * MINUTE_MS).await;
    let stranger = history(&alfa, contact + 1).await;
    let directions: Vec<_> = stranger.iter().map(|message| message.direction).collect();
    assert_eq!(
        directions,
        [MessageDirection::In, MessageDirection::Out],
        "{stranger:?}"
    );
    let row = alfa_store::contacts::get(alfa.app.store.reader(), contact + 1)
        .await
        .unwrap();
    assert_eq!(row.consent_basis, ConsentBasis::WroteFirst);
    assert_eq!(history(&alfa, contact).await.len(), 3);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_again_now_is_read_again_later() {
    let (alfa, contact) = before_a_gap().await;
    // Telegram fails for longer than a few tries last.
    alfa.world()
        .add_fault(failing("messages.getDialogs", 500, "INTERNAL", 8));
    alfa.world()
        .add_fault(failing("messages.getHistory", 500, "INTERNAL", 8));
    said_in_the_gap(&alfa, &[(PHONE, "стоп"), (STRANGER, "Здравствуйте!")]).await;
    alfa.pass_ms(60 * MINUTE_MS).await;
    let row = alfa_store::contacts::get(alfa.app.store.reader(), contact)
        .await
        .unwrap();
    assert_eq!(row.stage, FunnelStage::OptedOut, "the stop was not lost");
    assert_eq!(history(&alfa, contact + 1).await[0].text, "Здравствуйте!");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_conversations_of_the_account_are_left_alone_after_a_gap() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    // Somebody wrote to the account on a phone, long before it was Alfa's: nothing of it is known here.
    alfa.stranger_says("+79006660000", "Привет, это Олег").await;
    let tx = alfa.app.begin().await.unwrap();
    tx.execute_unprepared("DELETE FROM contacts").await.unwrap();
    tx.commit().await.unwrap();
    alfa.pass_ms(60 * MINUTE_MS).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    alfa.world().add_fault(failing(
        "updates.getDifference",
        400,
        "PERSISTENT_TIMESTAMP_OUTDATED",
        1,
    ));
    alfa.world()
        .add_person(&PersonSpec::new(STRANGER, PersonaKind::Silent));
    said_in_the_gap(&alfa, &[(PHONE, "Какая ставка?"), (STRANGER, "Здравствуйте!")]).await;
    alfa.pass_ms(30 * MINUTE_MS).await;
    assert!(!history(&alfa, contact + 1).await.is_empty(), "the gap was read");
    let known = alfa_store::contacts::find_by_phone(alfa.app.store.reader(), "+79006660000")
        .await
        .unwrap();
    assert!(known.is_none() && history(&alfa, contact + 2).await.is_empty());
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_update_that_can_never_be_stored_is_set_aside_and_does_not_block_the_inbox() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    let tx = alfa.app.begin().await.unwrap();
    let trigger = "CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.text = 'яд' \
                   BEGIN SELECT RAISE(ABORT, 'poison'); END";
    tx.execute_unprepared(trigger).await.unwrap();
    tx.commit().await.unwrap();
    alfa.person_says(PHONE, "яд").await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(20 * MINUTE_MS).await;
    let texts: Vec<String> = history(&alfa, contact)
        .await
        .into_iter()
        .map(|row| row.text)
        .collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert_eq!(texts[1], "Какая ставка?");
    let account = alfa.account().await.id;
    let db = alfa.app.store.reader();
    let named = set_aside::newest(db, account, 10).await.unwrap();
    assert_eq!((named.len(), named[0].kind.as_str()), (1, "message"));
    assert!(named[0].telegram_message_id.is_some() && named[0].telegram_user_id.is_some());
    let events = alfa_store::events::after(db, 0, 1_000).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .filter(|event| event.body.contains("set_aside"))
        .collect();
    assert_eq!(told.len(), 1);
    assert!(!told[0].body.contains("яд"));
    alfa.stop().await;
}
