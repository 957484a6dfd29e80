//! A send whose answer was lost: what the next attempt hears does not tell what became of the first one.
//!
//! The difference of updates is withheld, so that the lane must find it out by itself.

use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service as campaigns;
use alfa::campaigns::stats;
use alfa::inbox::service;
use alfa_store::outreach::people::newest_messages;
use alfa_store::types::MessageAuthor;
use alfa_telegram_sim::fault::{FaultAction, FaultRule, When};

use crate::harness::Alfa;
use crate::people::{HOUR_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

fn fault(alfa: &Alfa, method: &str, when: When, action: FaultAction) {
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when,
        times: None,
        action,
    });
}

fn withhold_difference(alfa: &Alfa) {
    let action = FaultAction::Error {
        code: 500,
        name: "INTERNAL".to_owned(),
    };
    fault(alfa, "updates.getDifference", When::Always, action);
}

fn at_send(alfa: &Alfa, nth: u64, action: FaultAction) {
    fault(alfa, "messages.sendMessage", When::Nth(nth), action);
}

fn delivered(alfa: &Alfa) -> u64 {
    alfa.world()
        .counters()
        .get("delivered")
        .copied()
        .unwrap_or_default()
}

async fn first_message_with(faults: impl FnOnce(&Alfa)) -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    withhold_difference(&alfa);
    faults(&alfa);
    let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(20 * SECOND_MS).await;
    (alfa, id)
}

async fn figures(alfa: &Alfa, campaign_id: i64) -> (i64, i64, i64) {
    let campaign = campaigns::find(alfa.app.store.reader(), campaign_id)
        .await
        .unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    (stats.sent, stats.skipped, stats.cancelled)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_messages_of_one_text_are_told_apart_when_both_answers_are_lost() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    withhold_difference(&alfa);
    for text in ["Вы здесь?", "Вы здесь?"] {
        at_send(&alfa, 1, FaultAction::CloseAfter);
        service::send(&alfa.app, contact, text).await.unwrap();
    }
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(delivered(&alfa), 3);
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    let mut ids: Vec<i64> = history.iter().filter_map(|row| row.telegram_message_id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((history.len(), ids.len()), (3, 3), "{history:?}");
    assert!(history.iter().all(|row| row.author != MessageAuthor::Phone));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_that_is_refused_does_not_unsay_what_was_sent() {
    let (alfa, id) = first_message_with(|alfa| {
        at_send(alfa, 1, FaultAction::CloseAfter);
        let refusal = FaultAction::Error {
            code: 403,
            name: "USER_PRIVACY_RESTRICTED".to_owned(),
        };
        at_send(alfa, 2, refusal);
    })
    .await;
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!((delivered(&alfa), figures(&alfa, id).await), (1, (1, 0, 0)));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_that_must_wait_is_not_cancelled_with_its_campaign() {
    let (alfa, id) = first_message_with(|alfa| {
        at_send(alfa, 1, FaultAction::CloseAfter);
        at_send(alfa, 2, FaultAction::FloodWait { seconds: 60 });
    })
    .await;
    campaigns::act(&alfa.app, id, Action::Cancel).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!((delivered(&alfa), figures(&alfa, id).await), (1, (1, 0, 0)));
    alfa.stop().await;
}
