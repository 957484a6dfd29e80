//! What the forecast says, and what then happens.

use alfa::campaigns::service::{self, CampaignRequest};
use alfa::campaigns::stats;
use alfa_store::UnixMillis;
use alfa_store::types::CampaignState;

use crate::harness::{Alfa, sign_in_second};
use crate::people::{DAY_MS, HOUR_MS, MINUTE_MS, SEED_PACE, add_contact, add_willing};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

async fn made(alfa: &Alfa, prefix: &str, people: usize, scheduled_at: Option<UnixMillis>) -> i64 {
    let mut ids = Vec::new();
    for number in 0..people {
        ids.push(add_willing(alfa, "Анна", &format!("+7900{prefix}{number:04}")).await);
    }
    // Who may not be written to takes no time.
    ids.push(add_contact(alfa, "Никто", &format!("+7900{prefix}9999"), None).await);
    let request = CampaignRequest {
        name: prefix.to_owned(),
        product_id: Some(3),
        contact_ids: ids,
        scheduled_at,
        ..CampaignRequest::default()
    };
    service::create(&alfa.app, request).await.unwrap().campaign.id
}

async fn forecast(alfa: &Alfa, id: i64) -> UnixMillis {
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    stats.expected_finish_at.expect("a forecast")
}

async fn ended(alfa: &Alfa, id: i64) -> UnixMillis {
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    assert_eq!(campaign.state, CampaignState::Completed);
    campaign.completed_at.unwrap()
}

fn agrees(name: &str, from: UnixMillis, said: UnixMillis, happened: UnixMillis, percent: f64) {
    let (said, happened) = (said.ms_since(from) as f64, happened.ms_since(from) as f64);
    let off = (said / happened - 1.0).abs() * 100.0;
    assert!(
        off <= percent,
        "{name}: said {said}, happened {happened}, off by {off} %"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nights_budgets_and_other_campaigns_are_foreseen() {
    let settings = [("QUIET_HOURS", "21:00-09:00"), ("NEW_DIALOGS_PER_DAY", "30")];
    let alfa = Alfa::start(QUIET_PEOPLE, &settings).await;
    // Some of today's budget is spent already.
    let before = made(&alfa, "100", 12, None).await;
    service::initiate(&alfa.app, before, SEED_PACE).await.unwrap();
    alfa.pass_ms(3 * HOUR_MS).await;
    let long = made(&alfa, "200", 70, None).await;
    let short = made(&alfa, "300", 40, None).await;
    let from = alfa.app.clock.now();
    let alone = forecast(&alfa, long).await;
    for id in [long, short] {
        service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    }
    alfa.pass_ms(MINUTE_MS).await;
    let (said_long, said_short) = (forecast(&alfa, long).await, forecast(&alfa, short).await);
    assert!(said_long > alone, "two take longer than one");
    alfa.pass_ms(6 * DAY_MS).await;
    agrees("long", from, said_long, ended(&alfa, long).await, 2.0);
    agrees("short", from, said_short, ended(&alfa, short).await, 2.0);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_and_a_schedule_are_foreseen_on_two_accounts() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "500")]).await;
    sign_in_second(&alfa, "+79990000002").await;
    let draft = made(&alfa, "200", 60, None).await;
    let from = alfa.app.clock.now();
    let said = forecast(&alfa, draft).await;
    service::initiate(&alfa.app, draft, SEED_PACE).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    // Gaps are drawn by chance: a short campaign is foreseen to their mean.
    agrees("draft", from, said, ended(&alfa, draft).await, 6.0);

    let at = alfa.app.clock.now().plus_ms(5 * HOUR_MS);
    let scheduled = made(&alfa, "300", 60, Some(at)).await;
    let said = forecast(&alfa, scheduled).await;
    assert!(said > at);
    alfa.pass_ms(7 * HOUR_MS).await;
    agrees("scheduled", at, said, ended(&alfa, scheduled).await, 8.0);
    alfa.stop().await;
}
