//! Campaigns that share an account take turns, however different their paces are.

use alfa::campaigns::service::PaceRequest;
use alfa::inbox::service;
use alfa_telegram_sim::world::log::LogKind;

use crate::harness::Alfa;
use crate::people::{HOUR_MS, MINUTE_MS, SECOND_MS, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const QUICK: &str = "200";
const SLOW: &str = "300";

fn phone(prefix: &str, index: usize) -> String {
    format!("+7900{prefix}{index:04}")
}

async fn people(alfa: &Alfa, prefix: &str, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for index in 0..count {
        ids.push(add_willing(alfa, "Анна", &phone(prefix, index)).await);
    }
    ids
}

/// When each dialog was begun, and with whom: the three digits after the operator's code.
fn begun(alfa: &Alfa) -> Vec<(i64, String)> {
    let log = alfa.world().log(0, 100_000);
    log.iter()
        .filter(|entry| matches!(entry.what, LogKind::DialogOpened))
        .map(|entry| (entry.at_ms, entry.phone.as_deref().unwrap()[4..7].to_owned()))
        .collect()
}

fn order(begun: &[(i64, String)]) -> Vec<&str> {
    begun.iter().map(|(_, prefix)| prefix.as_str()).collect()
}

async fn two(quick: PaceRequest, slow: PaceRequest, each: usize) -> Alfa {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "500")]).await;
    let (first, second) = (people(&alfa, QUICK, each).await, people(&alfa, SLOW, each).await);
    start_campaign(&alfa, "Быстрая", &first, quick).await;
    start_campaign(&alfa, "Медленная", &second, slow).await;
    alfa
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_with_long_gaps_is_not_starved_by_one_with_short_ones() {
    let quick = PaceRequest {
        batch_size: Some(10),
        delay_s: None,
    };
    let slow = PaceRequest {
        batch_size: Some(10),
        delay_s: Some(30.0),
    };
    let alfa = two(quick, slow, 4).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let begun = begun(&alfa);
    assert_eq!(
        order(&begun),
        [QUICK, SLOW, QUICK, SLOW, QUICK, SLOW, QUICK, SLOW]
    );
    for pair in begun.windows(2) {
        let gap = pair[1].0 - pair[0].0;
        let least = if pair[1].1 == SLOW { 22_500 } else { 2_000 };
        assert!(gap >= least, "{gap} ms before {}", pair[1].1);
    }
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_of_small_batches_gets_its_rest_beside_one_of_large_batches() {
    let pace = |batch_size| PaceRequest {
        batch_size: Some(batch_size),
        delay_s: Some(3.0),
    };
    let alfa = two(pace(500), pace(5), 10).await;
    alfa.pass_ms(HOUR_MS).await;
    let begun = begun(&alfa);
    let first_half = &order(&begun)[..10];
    let of_small = first_half.iter().filter(|prefix| **prefix == SLOW).count();
    assert_eq!((begun.len(), of_small), (20, 5), "{first_half:?}");
    // A message of the small batches never follows five others without the long rest.
    for (index, (_, prefix)) in begun.iter().enumerate().skip(5) {
        let window = &begun[index - 5..=index];
        let rested = window
            .windows(2)
            .any(|pair| pair[1].0 - pair[0].0 >= 60 * SECOND_MS);
        assert!(prefix != SLOW || rested, "at {index}: {window:?}");
    }
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_turn_is_remembered_over_a_restart() {
    let pace = PaceRequest {
        batch_size: Some(10),
        delay_s: Some(20.0),
    };
    let mut alfa = two(pace, pace, 3).await;
    for _ in 0..5 {
        alfa.pass_ms(15 * SECOND_MS).await;
        alfa = alfa.restart_after_ms(SECOND_MS).await;
    }
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(order(&begun(&alfa)), [QUICK, SLOW, QUICK, SLOW, QUICK, SLOW]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_s_own_word_waits_for_one_message_of_a_campaign_at_most() {
    let pace = PaceRequest {
        batch_size: Some(10),
        delay_s: Some(20.0),
    };
    let alfa = two(pace, pace, 3).await;
    alfa.pass_ms(SECOND_MS).await;
    let own = people(&alfa, "400", 1).await;
    service::send(&alfa.app, own[0], "Добрый день, это Ольга.")
        .await
        .unwrap();
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(
        order(&begun(&alfa)),
        [QUICK, "400", SLOW, QUICK, SLOW, QUICK, SLOW]
    );
    alfa.stop().await;
}
