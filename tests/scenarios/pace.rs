//! The pace of a campaign is what was last asked for, by the campaign or by an administrator.

use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service::{self as campaigns, PaceRequest};
use alfa::campaigns::stats;

use alfa::policy::service as policy;
use alfa::policy::settings::{Changes, Quiet};

use crate::harness::Alfa;
use crate::people::{HOUR_MS, MINUTE_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn going_on_after_a_pause_keeps_the_pace_that_is_left_out() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let mut people = Vec::new();
    for index in 0..3 {
        people.push(add_willing(&alfa, "Анна", &format!("+7900200000{index}")).await);
    }
    let slow = PaceRequest {
        batch_size: Some(7),
        delay_s: Some(600.0),
    };
    let id = start_campaign(&alfa, "Одна", &people, slow).await;
    let pace = async || {
        let row = campaigns::find(alfa.app.store.reader(), id).await.unwrap();
        (row.batch_size, row.delay_ms)
    };
    assert_eq!(pace().await, (7, Some(600_000)));
    campaigns::act(&alfa.app, id, Action::Pause).await.unwrap();
    let nothing = PaceRequest {
        batch_size: None,
        delay_s: None,
    };
    campaigns::initiate(&alfa.app, id, nothing).await.unwrap();
    assert_eq!(pace().await, (7, Some(600_000)));
    campaigns::act(&alfa.app, id, Action::Pause).await.unwrap();
    let faster = PaceRequest {
        batch_size: None,
        delay_s: Some(300.0),
    };
    campaigns::initiate(&alfa.app, id, faster).await.unwrap();
    assert_eq!(pace().await, (7, Some(300_000)));
    alfa.stop().await;
}

async fn five_willing(alfa: &Alfa) -> Vec<i64> {
    let mut people = Vec::new();
    for index in 0..5 {
        people.push(add_willing(alfa, "Анна", &format!("+7900200000{index}")).await);
    }
    people
}

async fn sent(alfa: &Alfa, id: i64) -> i64 {
    let campaign = campaigns::find(alfa.app.store.reader(), id).await.unwrap();
    stats::of(&alfa.app, &campaign).await.unwrap().sent
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_larger_daily_budget_holds_at_once() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "2")]).await;
    let people = five_willing(&alfa).await;
    let id = start_campaign(&alfa, "Одна", &people, SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(sent(&alfa, id).await, 2);
    let more = Changes {
        new_dialogs_per_day: Some(4),
        ..Changes::default()
    };
    policy::change(&alfa.app, &more, "ann").await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(sent(&alfa, id).await, 4);
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(sent(&alfa, id).await, 4, "the new budget is a budget, too");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_the_end_of_quiet_hours_does_not_when_there_are_none() {
    // It is noon.
    let alfa = Alfa::start(QUIET_PEOPLE, &[("QUIET_HOURS", "10:00-20:00")]).await;
    let people = five_willing(&alfa).await;
    let id = start_campaign(&alfa, "Одна", &people, SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(sent(&alfa, id).await, 0);
    let none = Changes {
        quiet_hours: Some(Quiet::Off),
        ..Changes::default()
    };
    policy::change(&alfa.app, &none, "ann").await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(sent(&alfa, id).await, 5);
    alfa.stop().await;
}
