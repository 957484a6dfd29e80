//! What an operator sends: it stands in the history from the moment it is queued.

use alfa::inbox::service;
use alfa_store::Page;
use alfa_store::entity::messages::Model;
use alfa_store::messages;
use alfa_store::types::{MessageAuthor, MessageState};

use crate::harness::Alfa;
use crate::people::{HOUR_MS, MINUTE_MS, add_willing};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

async fn history(alfa: &Alfa, contact: i64) -> Vec<Model> {
    let page = Page::default();
    messages::history(alfa.app.store.reader(), contact, &page)
        .await
        .unwrap()
        .items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queued_message_is_one_row_from_the_history_to_its_two_ticks() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let queued = service::send(&alfa.app, contact, "Здравствуйте!").await.unwrap();
    assert_eq!(
        (queued.state, queued.author, queued.text.as_str()),
        (MessageState::Queued, MessageAuthor::Operator, "Здравствуйте!")
    );
    let told = messages::get(alfa.app.store.reader(), queued.id).await.unwrap();
    assert_eq!(told, queued, "the id is a message's");
    alfa.pass_ms(5 * MINUTE_MS).await;
    let all = history(&alfa, contact).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((all[0].id, all[0].outbox_id), (queued.id, queued.outbox_id));
    assert!(
        matches!(all[0].state, MessageState::Delivered | MessageState::Read),
        "{all:?}"
    );
    assert!(all[0].telegram_message_id.is_some());
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_quiet_hours_a_message_waits_for_their_end() {
    // It is noon in Moscow.
    let alfa = Alfa::start(QUIET_PEOPLE, &[("QUIET_HOURS", "11:00-13:00")]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    service::send(&alfa.app, contact, "Здравствуйте!").await.unwrap();
    alfa.pass_ms(HOUR_MS - MINUTE_MS).await;
    assert_eq!(history(&alfa, contact).await[0].state, MessageState::Queued);
    alfa.pass_ms(10 * MINUTE_MS).await;
    let all = history(&alfa, contact).await;
    assert!(
        matches!(all[0].state, MessageState::Delivered | MessageState::Read),
        "{all:?}"
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_a_stop_cancels_fails_in_the_history() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("QUIET_HOURS", "11:00-13:00")]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    service::send(&alfa.app, contact, "Здравствуйте!").await.unwrap();
    service::record_opt_out(&alfa.app, contact, "test").await.unwrap();
    alfa.pass_ms(3 * HOUR_MS).await;
    let all = history(&alfa, contact).await;
    assert_eq!((all.len(), all[0].state), (1, MessageState::Failed), "{all:?}");
    alfa.stop().await;
}
