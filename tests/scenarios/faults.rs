//! What Telegram refuses and how it ends: the state that the operator sees, and the queue that is kept.

use alfa::accounts::service as accounts;
use alfa::campaigns::{service, stats};
use alfa_store::types::{AccountState, CampaignState};
use alfa_telegram_sim::fault::{FaultAction, FaultRule, PUSH, When};

use crate::harness::{ACCOUNT_PHONE, Alfa, CODE};
use crate::people::{HOUR_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

async fn campaign_of(alfa: &Alfa, people: usize) -> i64 {
    let mut ids = Vec::new();
    for index in 0..people {
        ids.push(add_willing(alfa, &format!("Имя{index}"), &format!("+7900200{index:04}")).await);
    }
    start_campaign(alfa, "С препятствиями", &ids, SEED_PACE).await
}

fn fault(method: &str, nth: u64, action: FaultAction) -> FaultRule {
    FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when: When::Nth(nth),
        times: None,
        action,
    }
}

async fn sent(alfa: &Alfa, id: i64) -> (i64, i64) {
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    (stats.sent, stats.queued)
}

fn delivered(alfa: &Alfa) -> u64 {
    alfa.world()
        .counters()
        .get("delivered")
        .copied()
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_wait_is_kept_with_ten_seconds_more_and_the_same_message_goes_on() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    alfa.world().add_fault(fault(
        "messages.sendMessage",
        3,
        FaultAction::FloodWait { seconds: 120 },
    ));
    let id = campaign_of(&alfa, 5).await;
    alfa.pass_ms(30 * SECOND_MS).await;
    let account = alfa.account().await;
    assert_eq!(
        (account.state, account.state_reason.as_deref()),
        (AccountState::FloodWait, Some("FLOOD_WAIT_120"))
    );
    assert_eq!(sent(&alfa, id).await, (2, 3));
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(alfa.account().await.state, AccountState::Ready);
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((5, 0), 5));
    let log = alfa.world().log(0, 10_000);
    let times: Vec<i64> = log
        .iter()
        .filter(|entry| entry.what.name() == "dialog_opened")
        .map(|entry| entry.at_ms)
        .collect();
    assert!(times[2] - times[1] >= 130 * SECOND_MS, "{times:?}");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn peer_flood_stops_new_dialogs_until_an_operator_acts() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    alfa.world()
        .add_fault(fault("messages.sendMessage", 3, FaultAction::PeerFlood));
    let id = campaign_of(&alfa, 6).await;
    alfa.pass_ms(HOUR_MS).await;
    let account = alfa.account().await;
    assert_eq!(
        (account.state, account.state_reason.as_deref()),
        (AccountState::Restricted, Some("peer_flood"))
    );
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((2, 4), 2));
    // A person who writes is still answered.
    alfa.world().reset_faults();
    alfa.person_says("+79002000000", "Какая ставка?").await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((2, 4), 3));
    accounts::resume(&alfa.app, account.id).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(sent(&alfa, id).await, (6, 0));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_session_keeps_the_queue_and_a_new_login_goes_on() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    alfa.world()
        .add_fault(fault("messages.sendMessage", 3, FaultAction::RevokeSession));
    let id = campaign_of(&alfa, 5).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let account = alfa.account().await;
    assert_eq!(
        account.state,
        AccountState::LoggedOut,
        "{:?}",
        account.state_reason
    );
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((2, 3), 2));
    alfa.world().reset_faults();
    accounts::request_code(&alfa.app, account.id).await.unwrap();
    assert!(
        accounts::sign_in(&alfa.app, account.id, "99999").await.is_err(),
        "a wrong code"
    );
    assert_eq!(
        accounts::sign_in(&alfa.app, account.id, CODE).await.unwrap(),
        AccountState::Ready
    );
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((5, 0), 5));
    assert_eq!(alfa.account().await.phone.as_deref(), Some(ACCOUNT_PHONE));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_is_asked_for_again_and_nothing_is_sent_twice() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    for (nth, action) in [
        (2, FaultAction::CloseAfter),
        (4, FaultAction::CloseBefore),
        (6, FaultAction::CloseAfter),
    ] {
        alfa.world().add_fault(fault("messages.sendMessage", nth, action));
    }
    let id = campaign_of(&alfa, 8).await;
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!((sent(&alfa, id).await, delivered(&alfa)), ((8, 0), 8));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_cannot_be_written_to_are_skipped_by_reason() {
    let scenario = "seed: 3\nopen_registration: true\npeople:\n\
        \x20 - { phone: \"+79002000000\", persona: private }\n\
        \x20 - { phone: \"+79002000001\", persona: not_on_telegram }\n\
        \x20 - { phone: \"+79002000002\", privacy: { premium_only: true } }\n\
        \x20 - { phone: \"+79002000003\", privacy: { paid_stars: 25 } }\n\
        \x20 - { phone: \"+79002000004\", persona: silent }\n";
    let alfa = Alfa::start(scenario, &[]).await;
    let id = campaign_of(&alfa, 5).await;
    alfa.pass_ms(HOUR_MS).await;
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    assert_eq!(campaign.state, CampaignState::Completed);
    assert_eq!((stats.sent, stats.skipped), (1, 4), "{:?}", stats.by_reason);
    let reasons: Vec<&str> = stats.by_reason.keys().map(String::as_str).collect();
    assert_eq!(
        reasons,
        [
            "no_telegram",
            "payment_required",
            "premium_only",
            "privacy_restricted"
        ]
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pause_resume_and_cancel_hold_at_once() {
    use alfa::campaigns::lifecycle::Action;
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let id = campaign_of(&alfa, 12).await;
    alfa.pass_ms(7 * SECOND_MS).await;
    service::act(&alfa.app, id, Action::Pause).await.unwrap();
    alfa.settle().await;
    let before = delivered(&alfa);
    assert!(before > 0);
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(delivered(&alfa), before, "nothing while paused");
    service::act(&alfa.app, id, Action::Resume).await.unwrap();
    alfa.pass_ms(8 * SECOND_MS).await;
    assert!(delivered(&alfa) > before);
    service::act(&alfa.app, id, Action::Cancel).await.unwrap();
    alfa.settle().await;
    let before = delivered(&alfa);
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(delivered(&alfa), before, "nothing after it was cancelled");
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = stats::of(&alfa.app, &campaign).await.unwrap();
    assert_eq!((stats.sent, stats.sent + stats.cancelled), (before as i64, 12));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_forgotten_gap_swallowed_is_read_from_the_histories() {
    use alfa_store::outreach::people::newest_messages;
    use alfa_store::types::MessageDirection;
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let id = campaign_of(&alfa, 2).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(sent(&alfa, id).await, (2, 0));
    // Telegram pushes nothing of the first person's words, and then does not know our place in the sequence any more.
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some(PUSH.to_owned()),
        when: When::Nth(1),
        times: None,
        action: FaultAction::SkipUpdate,
    });
    alfa.world().add_fault(fault(
        "updates.getDifference",
        1,
        FaultAction::Error {
            code: 400,
            name: "PERSISTENT_TIMESTAMP_OUTDATED".to_owned(),
        },
    ));
    alfa.person_says("+79002000000", "Какая ставка?").await;
    alfa.person_says("+79002000001", "Какая ставка?").await;
    // The client waits in real time for what may fill the gap.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    alfa.pass_ms(30 * MINUTE_MS).await;
    let db = alfa.app.store.reader();
    for phone in ["+79002000000", "+79002000001"] {
        let contact = alfa_store::contacts::find_by_phone(db, phone)
            .await
            .unwrap()
            .unwrap();
        let history = newest_messages(db, contact.id, 50).await.unwrap();
        let directions: Vec<_> = history.iter().map(|message| message.direction).collect();
        assert_eq!(
            directions,
            [MessageDirection::Out, MessageDirection::In, MessageDirection::Out],
            "{phone}"
        );
    }
    assert_eq!(delivered(&alfa), 4);
    alfa.stop().await;
}
