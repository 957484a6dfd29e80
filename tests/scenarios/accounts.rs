//! The life of an account: limits that outlive a login, logins that are lost, and what the operator is told of it.

use alfa::accounts::service;
use alfa::campaigns::{self, stats};
use alfa::error::AppError;
use alfa_store::types::AccountState;
use alfa_telegram_sim::fault::{FaultAction, FaultRule, When};

use crate::harness::{Alfa, CODE};
use crate::people::{HOUR_MS, MINUTE_MS, SEED_PACE, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";

async fn campaign_of(alfa: &Alfa, people: usize) -> i64 {
    let mut ids = Vec::new();
    for index in 0..people {
        ids.push(add_willing(alfa, "Анна", &format!("+7900200{index:04}")).await);
    }
    start_campaign(alfa, "Одна", &ids, SEED_PACE).await
}

async fn figures(alfa: &Alfa, id: i64) -> stats::Stats {
    let campaign = campaigns::service::find(alfa.app.store.reader(), id)
        .await
        .unwrap();
    stats::of(&alfa.app, &campaign).await.unwrap()
}

async fn state(alfa: &Alfa) -> (AccountState, Option<String>) {
    let account = alfa.account().await;
    (account.state, account.state_reason)
}

fn said(state: AccountState, reason: &str) -> (AccountState, Option<String>) {
    (state, Some(reason.to_owned()))
}

/// An account that Telegram has limited at its second message.
async fn limited(people: usize) -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some("messages.sendMessage".to_owned()),
        when: When::Nth(2),
        times: None,
        action: FaultAction::PeerFlood,
    });
    let id = campaign_of(&alfa, people).await;
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(state(&alfa).await, said(AccountState::Restricted, "peer_flood"));
    (alfa, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_outlives_a_new_login_until_an_operator_lifts_it() {
    let (alfa, id) = limited(4).await;
    let account = alfa.account().await.id;
    service::log_out(&alfa.app, account).await.unwrap();
    service::request_code(&alfa.app, account).await.unwrap();
    service::sign_in(&alfa.app, account, CODE).await.unwrap();
    alfa.world().reset_faults();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(state(&alfa).await, said(AccountState::Restricted, "peer_flood"));
    assert_eq!(figures(&alfa, id).await.sent, 1, "nobody new was written to");
    service::resume(&alfa.app, account).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(state(&alfa).await.0, AccountState::Ready);
    assert_eq!(figures(&alfa, id).await.sent, 4);
    alfa.stop().await;
}

fn is_conflict<T>(outcome: Result<T, AppError>, wanted: &str) -> bool {
    matches!(outcome, Err(AppError::Conflict { code, .. }) if code == wanted)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_not_asked_for_while_the_account_works() {
    let (alfa, id) = limited(2).await;
    let account = alfa.account().await.id;
    let asked = service::request_code(&alfa.app, account).await;
    assert!(is_conflict(asked, "signed_in"), "restricted, and at work");
    let polled = service::poll_qr(&alfa.app, account).await;
    assert!(is_conflict(polled, "signed_in"));
    alfa.world().reset_faults();
    service::resume(&alfa.app, account).await.unwrap();
    assert!(is_conflict(
        service::request_code(&alfa.app, account).await,
        "signed_in"
    ));
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(
        (state(&alfa).await.0, figures(&alfa, id).await.sent),
        (AccountState::Ready, 2)
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_in_progress_tells_nobody_its_phone_and_code() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let phone = "+79990000002";
    let id = service::create(&alfa.app, "Второй", phone).await.unwrap().id;
    service::request_code(&alfa.app, id).await.unwrap();
    let hash = alfa_store::accounts::get(alfa.app.store.reader(), id)
        .await
        .unwrap()
        .state_reason
        .unwrap();
    assert!(hash.contains(&phone[1..]), "the next step finds it: {hash}");
    let events = alfa_store::events::after(alfa.app.store.reader(), 0, 1_000)
        .await
        .unwrap();
    let told: Vec<&str> = events.iter().map(|event| event.body.as_str()).collect();
    assert!(told.iter().any(|body| body.contains("code_needed")), "{told:?}");
    for body in told {
        assert!(!body.contains(&phone[1..]) && !body.contains("hash"), "{body}");
    }
    service::sign_in(&alfa.app, id, CODE).await.unwrap();
    alfa.stop().await;
}

async fn in_database(alfa: &Alfa, sql: &str) {
    use alfa_store::ConnectionTrait;
    let tx = alfa.app.begin().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_cannot_be_used_logs_the_account_out_says_why_and_is_kept() {
    for (sql, reason) in [
        (
            "UPDATE telegram_sessions SET data = x'00112233'",
            "session_unreadable",
        ),
        (
            "UPDATE telegram_sessions SET environment = 'production'",
            "wrong_environment",
        ),
    ] {
        let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
        let id = campaign_of(&alfa, 2).await;
        in_database(&alfa, sql).await;
        // Twice: a process that finds it so must start as well.
        let mut alfa = alfa.restart_after_ms(1_000).await;
        for _ in 0..2 {
            assert_eq!(state(&alfa).await, said(AccountState::LoggedOut, reason));
            alfa = alfa.restart_after_ms(1_000).await;
        }
        let account = alfa.account().await.id;
        let kept = alfa_store::accounts::load_session(
            alfa.app.store.reader(),
            account,
            alfa_store::types::Environment::Sandbox,
        )
        .await;
        assert!(
            matches!(kept, Ok(Some(_)) | Err(alfa_store::StoreError::WrongEnvironment)),
            "{kept:?}"
        );
        service::request_code(&alfa.app, account).await.unwrap();
        service::sign_in(&alfa.app, account, CODE).await.unwrap();
        alfa.pass_ms(10 * MINUTE_MS).await;
        assert_eq!(state(&alfa).await, (AccountState::Ready, None));
        assert_eq!(figures(&alfa, id).await.sent, 2);
        alfa.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_that_was_ended_while_nothing_was_sent_says_so() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let id = campaign_of(&alfa, 1).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 1);
    let rule = |method: &str, action| FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when: When::Nth(1),
        times: None,
        action,
    };
    // A gap makes the idle client ask what it missed; the answer is that its login was ended from another device.
    alfa.world()
        .add_fault(rule(alfa_telegram_sim::fault::PUSH, FaultAction::SkipUpdate));
    alfa.world()
        .add_fault(rule("updates.getDifference", FaultAction::RevokeSession));
    for text in ["раз", "два"] {
        alfa.person_says("+79002000000", text).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(
        state(&alfa).await,
        said(AccountState::LoggedOut, "session_revoked")
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_every_account_is_limited_is_told_as_that_and_not_as_none() {
    let (alfa, id) = limited(2).await;
    let waits: Vec<String> = figures(&alfa, id)
        .await
        .waiting_for
        .into_iter()
        .map(|waiting| waiting.reason)
        .collect();
    assert!(
        waits.iter().all(|reason| reason == "account_restricted"),
        "{waits:?}"
    );
    let more = add_willing(&alfa, "Борис", "+79003000000").await;
    let request = campaigns::service::CampaignRequest {
        name: "Вторая".to_owned(),
        product_id: Some(3),
        contact_ids: vec![more],
        ..campaigns::service::CampaignRequest::default()
    };
    let second = campaigns::service::create(&alfa.app, request)
        .await
        .unwrap()
        .campaign
        .id;
    let started = campaigns::service::initiate(&alfa.app, second, SEED_PACE).await;
    assert!(is_conflict(started, "account_restricted"));
    let written = alfa::inbox::service::send(&alfa.app, more, "Добрый день").await;
    assert!(is_conflict(written, "account_restricted"));
    alfa.stop().await;
}
