//! People who do not answer.

use alfa::campaigns::{service, stats};

use crate::harness::Alfa;
use crate::people::{DAY_MS, HOUR_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_person_gets_three_messages_of_the_ai_over_all_campaigns() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let mut sent = Vec::new();
    for number in 0..5 {
        if number == 4 {
            // A word of the person, and they are not silent any more.
            alfa.person_says(PHONE, "ок").await;
            alfa.pass_ms(2 * DAY_MS).await;
        }
        let id = start_campaign(&alfa, "Ещё одна", &[contact], SEED_PACE).await;
        alfa.pass_ms(DAY_MS + HOUR_MS).await;
        let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
        let figures = stats::of(&alfa.app, &campaign).await.unwrap();
        if figures.sent == 0 {
            assert_eq!(figures.by_reason.get("unanswered"), Some(&1), "{figures:?}");
        }
        sent.push(figures.sent);
    }
    assert_eq!(sent, [1, 1, 1, 0, 1]);
    alfa.stop().await;
}
