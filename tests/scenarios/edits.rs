//! Messages that people change and take back, and those that the team words anew.

use alfa::error::AppError;
use alfa::inbox::{edit, service};
use alfa_store::outreach::people::newest_messages;
use alfa_store::types::MessageAuthor;
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;
use alfa_telegram_sim::world::log::{LogEntry, LogKind};

use crate::harness::Alfa;
use crate::people::{HOUR_MS, MINUTE_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
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

/// What the account has changed, as the person sees it.
fn edited(alfa: &Alfa) -> Vec<String> {
    let text = |entry: &LogEntry| match &entry.what {
        LogKind::Edited {
            text,
            by_account: true,
        } => Some(text.clone()),
        _ => None,
    };
    alfa.world().log(0, 1_000).iter().filter_map(text).collect()
}

fn code(error: &AppError) -> &str {
    error.code()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sent_message_is_worded_anew_for_48_hours() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let sent = service::send(&alfa.app, contact, "Здраствуйте!").await.unwrap();
    alfa.pass_ms(5 * MINUTE_MS).await;
    let change = |text| edit::edit(&alfa.app, sent.id, text, "ann");
    let row = change("Здравствуйте!").await.unwrap();
    assert_eq!(
        (row.text.as_str(), row.first_text.as_deref(), row.edited_at),
        ("Здравствуйте!", Some("Здраствуйте!"), Some(alfa.app.clock.now()))
    );
    assert_eq!(edited(&alfa), ["Здравствуйте!"]);
    change("Здравствуйте!").await.unwrap();
    assert_eq!(edited(&alfa).len(), 1, "the same text is no change");
    alfa.pass_ms(47 * HOUR_MS).await;
    change("Добрый день!").await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    let late = change("Добрый вечер!").await.unwrap_err();
    assert_eq!(code(&late), "too_old");
    assert_eq!(edited(&alfa), ["Здравствуйте!", "Добрый день!"]);
    assert!(edit::edit(&alfa.app, sent.id, " ", "ann").await.is_err());
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_waits_leaves_with_its_last_wording() {
    // It is noon.
    let alfa = Alfa::start(QUIET_PEOPLE, &[("QUIET_HOURS", "11:00-13:00")]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let queued = service::send(&alfa.app, contact, "Здраствуйте!").await.unwrap();
    let row = edit::edit(&alfa.app, queued.id, "Здравствуйте!", "ann")
        .await
        .unwrap();
    assert_eq!((row.text.as_str(), row.edited_at), ("Здравствуйте!", None));
    alfa.pass_ms(2 * HOUR_MS).await;
    let delivered =
        |entry: &LogEntry| matches!(&entry.what, LogKind::Delivered { text, .. } if text == "Здравствуйте!");
    assert!(alfa.world().log(0, 1_000).iter().any(delivered));
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    assert_eq!((history.len(), history[0].text.as_str()), (1, "Здравствуйте!"));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_ours_or_not_there_is_not_edited() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let sent = service::send(&alfa.app, contact, "Здравствуйте!").await.unwrap();
    alfa.pass_ms(5 * MINUTE_MS).await;
    alfa.person_says(PHONE, "Добрый день").await;
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    let theirs = history
        .iter()
        .find(|row| row.author == MessageAuthor::Contact)
        .unwrap();
    let refused = edit::edit(&alfa.app, theirs.id, "Добрый", "ann")
        .await
        .unwrap_err();
    assert_eq!(code(&refused), "not_ours");
    service::record_opt_out(&alfa.app, contact, "ann").await.unwrap();
    let stopped = edit::edit(&alfa.app, sent.id, "Добрый", "ann").await.unwrap_err();
    assert_eq!(code(&stopped), "opted_out");
    assert!(edited(&alfa).is_empty());
    alfa.stop().await;
}
