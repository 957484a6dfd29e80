//! The pace of a campaign is what was last asked for.

use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service::{self as campaigns, PaceRequest};

use crate::harness::Alfa;
use crate::people::{add_willing, start_campaign};

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
