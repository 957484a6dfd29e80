//! Campaigns that wait, are approved, are scheduled, and live through restarts.

use alfa::accounts::service as accounts;
use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service::{self, CampaignRequest};
use alfa::campaigns::stats::{self, Stats};
use alfa_store::outreach::people::newest_messages;
use alfa_store::outreach::prepare;
use alfa_store::types::{Approval, CampaignState};

use crate::harness::Alfa;
use crate::people::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

async fn people(alfa: &Alfa, prefix: &str, count: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for index in 0..count {
        ids.push(add_willing(alfa, "Анна", &format!("+7900{prefix}{index:04}")).await);
    }
    ids
}

async fn made(alfa: &Alfa, change: impl FnOnce(&mut CampaignRequest)) -> i64 {
    let mut request = CampaignRequest {
        name: "Одна".to_owned(),
        product_id: Some(3),
        ..CampaignRequest::default()
    };
    change(&mut request);
    service::create(&alfa.app, request).await.unwrap().campaign.id
}

async fn look(alfa: &Alfa, id: i64) -> (CampaignState, Stats) {
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    let sum = stats.pending + stats.queued + stats.sent + stats.failed + stats.skipped + stats.cancelled;
    assert_eq!(stats.total, sum, "{stats:?}");
    (campaign.state, stats)
}

fn reasons(stats: &Stats) -> Vec<&str> {
    stats
        .waiting_for
        .iter()
        .map(|waiting| waiting.reason.as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_wait_for_approval_and_keep_nobody_else_waiting() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "500")]).await;
    let many = people(&alfa, "200", 120).await;
    let manual = made(&alfa, |request| {
        request.contact_ids = many.clone();
        request.approval = Some(Approval::Manual);
    })
    .await;
    service::initiate(&alfa.app, manual, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let db = alfa.app.store.reader();
    let drafts = prepare::drafts(db, manual, 0, 500).await.unwrap();
    assert_eq!(drafts.len(), 120);
    let (state, stats) = look(&alfa, manual).await;
    assert_eq!(
        (state, stats.sent, stats.queued),
        (CampaignState::Running, 0, 120)
    );
    assert_eq!(reasons(&stats), ["approval"]);

    let few = people(&alfa, "300", 3).await;
    let other = start_campaign(&alfa, "Другая", &few, SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(look(&alfa, other).await.1.sent, 3, "the other campaign goes on");

    service::edit_draft(&alfa.app, manual, drafts[0].id, " Здравствуйте, Анна! ")
        .await
        .unwrap();
    assert!(
        service::edit_draft(&alfa.app, manual, drafts[0].id, " ")
            .await
            .is_err()
    );
    assert!(
        service::edit_draft(&alfa.app, other, drafts[0].id, "чужой")
            .await
            .is_err()
    );
    let refused = [drafts[1].id, drafts[2].id];
    assert_eq!(service::reject(&alfa.app, manual, &refused).await.unwrap(), 2);
    assert_eq!(service::reject(&alfa.app, manual, &refused).await.unwrap(), 0);
    let two = [drafts[0].id, drafts[1].id, drafts[3].id];
    assert_eq!(service::approve(&alfa.app, manual, Some(&two)).await.unwrap(), 2);
    alfa.pass_ms(MINUTE_MS).await;
    let (_, stats) = look(&alfa, manual).await;
    assert_eq!((stats.sent, stats.skipped, stats.queued), (2, 2, 116));
    assert_eq!(stats.by_reason.get("rejected"), Some(&2));
    let history = newest_messages(alfa.app.store.reader(), drafts[0].contact_id, 5)
        .await
        .unwrap();
    assert_eq!(history[0].text, "Здравствуйте, Анна!");

    service::act(&alfa.app, manual, Action::Cancel).await.unwrap();
    assert_eq!(
        service::approve(&alfa.app, manual, None).await.unwrap(),
        0,
        "what is cancelled stays so"
    );
    alfa.pass_ms(DAY_MS).await;
    let (state, stats) = look(&alfa, manual).await;
    assert_eq!(
        (state, stats.sent, stats.cancelled),
        (CampaignState::Cancelled, 2, 116)
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_campaign_takes_no_room_from_another() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "500")]).await;
    let many = people(&alfa, "200", 150).await;
    let paused = start_campaign(&alfa, "Большая", &many, SEED_PACE).await;
    alfa.settle().await;
    service::act(&alfa.app, paused, Action::Pause).await.unwrap();
    let few = people(&alfa, "300", 3).await;
    let other = start_campaign(&alfa, "Другая", &few, SEED_PACE).await;
    alfa.pass_ms(2 * MINUTE_MS).await;
    assert_eq!(look(&alfa, other).await.0, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_begins_at_its_moment_also_after_a_pause_and_a_restart() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let ids = people(&alfa, "200", 2).await;
    let at = alfa.app.clock.now().plus_ms(2 * HOUR_MS);
    let id = made(&alfa, |request| {
        request.contact_ids = ids;
        request.scheduled_at = Some(at);
    })
    .await;
    alfa.pass_ms(HOUR_MS / 2).await;
    service::act(&alfa.app, id, Action::Pause).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let resumed = service::act(&alfa.app, id, Action::Resume).await.unwrap();
    assert_eq!(resumed.state, CampaignState::Scheduled);
    let alfa = alfa.restart_after_ms(HOUR_MS).await;
    assert_eq!(look(&alfa, id).await.0, CampaignState::Scheduled);
    alfa.pass_ms(HOUR_MS).await;
    let (state, stats) = look(&alfa, id).await;
    assert_eq!((state, stats.sent), (CampaignState::Completed, 2));
    let started = service::find(alfa.app.store.reader(), id)
        .await
        .unwrap()
        .started_at;
    assert_eq!(started, Some(at));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overdue_schedule_asks_first() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let ids = people(&alfa, "200", 2).await;
    let at = alfa.app.clock.now().plus_ms(HOUR_MS);
    let id = made(&alfa, |request| {
        request.contact_ids = ids;
        request.scheduled_at = Some(at);
    })
    .await;
    let alfa = alfa.restart_after_ms(DAY_MS).await;
    alfa.pass_ms(HOUR_MS).await;
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    assert_eq!(
        (campaign.state, campaign.state_reason.as_deref()),
        (CampaignState::Paused, Some("overdue"))
    );
    service::act(&alfa.app, id, Action::Resume).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(look(&alfa, id).await.0, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_say_why_a_campaign_does_not_move() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("NEW_DIALOGS_PER_DAY", "2")]).await;
    let ids = people(&alfa, "200", 4).await;
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(HOUR_MS).await;
    let (_, stats) = look(&alfa, id).await;
    assert_eq!((stats.sent, reasons(&stats)), (2, vec!["daily_budget"]));
    let account = alfa.account().await.id;
    assert_eq!(stats.waiting_for[0].account_id, Some(account));
    accounts::log_out(&alfa.app, account).await.unwrap();
    alfa.settle().await;
    let (state, stats) = look(&alfa, id).await;
    assert_eq!(state, CampaignState::Running);
    assert_eq!(reasons(&stats), ["no_account", "account_logged_out"]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_at_any_moment_lose_nothing_and_send_nothing_twice() {
    let scenario = "seed: 11\nopen_registration: true\ndelays:\n  read: { min_ms: 500, max_ms: 2000 }\n  reply: { min_ms: 2000, max_ms: 9000 }\n\
        populate:\n  personas: { interested: 2, asks_rate: 2, bursts: 1, says_stop: 1, silent: 1 }\n";
    let mut alfa = Alfa::start(scenario, &[]).await;
    let ids = people(&alfa, "200", 20).await;
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    for step in 0..12_i64 {
        alfa.pass_ms(3 * SECOND_MS + step * 1_777).await;
        alfa = alfa.restart_after_ms(step * 900).await;
    }
    alfa.pass_ms(HOUR_MS).await;
    let (state, stats) = look(&alfa, id).await;
    assert_eq!((state, stats.sent), (CampaignState::Completed, 20));
    let log = alfa.world().log(0, 100_000);
    let begun = log
        .iter()
        .filter(|entry| entry.what.name() == "dialog_opened")
        .count();
    assert_eq!(begun, 20);
    for contact in ids {
        let history = newest_messages(alfa.app.store.reader(), contact, 100)
            .await
            .unwrap();
        let open = history.iter().filter(|message| {
            message.direction == alfa_store::types::MessageDirection::In && message.handled_at.is_none()
        });
        assert_eq!(open.count(), 0, "contact {contact}");
        let mut texts: Vec<&str> = history
            .iter()
            .filter(|message| message.direction == alfa_store::types::MessageDirection::Out)
            .map(|message| message.text.as_str())
            .collect();
        let all = texts.len();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), all, "nothing is said twice to contact {contact}");
    }
    alfa.stop().await;
}
