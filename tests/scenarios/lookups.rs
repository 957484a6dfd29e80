//! Look-ups that Telegram slows down or refuses, and people who must not be written to now: nobody else waits for them.

use alfa::campaigns::service;
use alfa::campaigns::stats::{self, Stats};
use alfa_store::contacts::{self, Profile, consent};
use alfa_store::types::{AccountState, ConsentBasis, ContactSource};
use alfa_telegram_sim::fault::{FaultAction, FaultRule, When};
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;

use crate::harness::Alfa;
use crate::people::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const WORLD: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const IMPORT: &str = "contacts.importContacts";
const RESOLVE: &str = "contacts.resolveUsername";

fn fault(alfa: &Alfa, method: &str, when: When, action: FaultAction) {
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when,
        times: None,
        action,
    });
}

fn refused() -> FaultAction {
    FaultAction::Error {
        code: 400,
        name: "SOMETHING_INVALID".to_owned(),
    }
}

async fn by_phone(alfa: &Alfa, people: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for index in 0..people {
        ids.push(add_willing(alfa, "Анна", &format!("+7900200{index:04}")).await);
    }
    ids
}

async fn add(alfa: &Alfa, profile: Profile) -> i64 {
    let tx = alfa.app.begin().await.unwrap();
    let now = alfa.app.clock.now();
    let id = contacts::create(&tx, profile, ContactSource::Upload, now)
        .await
        .unwrap()
        .id;
    let grant = consent::Grant {
        basis: ConsentBasis::OperatorAttested,
        evidence: None,
        recorded_by: "test".to_owned(),
        wording: None,
    };
    assert!(consent::grant(&tx, id, &grant, now).await.unwrap());
    tx.commit().await.unwrap();
    id
}

/// People whom only a username names.
async fn by_username(alfa: &Alfa, people: usize) -> Vec<i64> {
    let mut ids = Vec::new();
    for index in 0..people {
        let username = format!("person_{index}");
        let mut spec = PersonSpec::new(format!("+7900300{index:04}"), PersonaKind::Silent);
        spec.username = Some(username.clone());
        alfa.world().add_person(&spec);
        let profile = Profile {
            name: "Борис".to_owned(),
            username: Some(username),
            ..Profile::default()
        };
        ids.push(add(alfa, profile).await);
    }
    ids
}

async fn figures(alfa: &Alfa, id: i64) -> Stats {
    let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
    stats::of(&alfa.app, &campaign).await.unwrap()
}

fn waits_for_lookups(stats: &Stats) -> bool {
    let waiting = stats.waiting_for.iter();
    waiting
        .filter(|waiting| waiting.until.is_some())
        .any(|waiting| waiting.reason == "lookups_limited")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limited_account_is_seen_when_it_looks_people_up() {
    for (name, reason) in [
        ("PEER_FLOOD", "peer_flood"),
        ("FROZEN_METHOD_INVALID", "account_frozen"),
    ] {
        let alfa = Alfa::start(WORLD, &[]).await;
        let action = FaultAction::Error {
            code: 400,
            name: name.to_owned(),
        };
        fault(&alfa, IMPORT, When::Always, action);
        let ids = by_phone(&alfa, 3).await;
        let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
        alfa.pass_ms(MINUTE_MS).await;
        let account = alfa.account().await;
        assert_eq!(
            (account.state, account.state_reason.as_deref()),
            (AccountState::Restricted, Some(reason))
        );
        alfa.world().reset_faults();
        alfa::accounts::service::resume(&alfa.app, account.id)
            .await
            .unwrap();
        alfa.pass_ms(MINUTE_MS).await;
        assert_eq!(figures(&alfa, id).await.sent, 3);
        alfa.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_phone_that_telegram_refuses_fails_by_itself() {
    let alfa = Alfa::start(WORLD, &[]).await;
    // All four, the first two, the first one.
    for nth in [1, 2, 3] {
        fault(&alfa, IMPORT, When::Nth(nth), refused());
    }
    let ids = by_phone(&alfa, 4).await;
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.failed), (3, 1), "{:?}", stats.by_reason);
    assert_eq!(stats.by_reason.get("lookup_failed"), Some(&1));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn usernames_that_telegram_refuses_hold_nobody_up() {
    let alfa = Alfa::start(WORLD, &[]).await;
    fault(&alfa, RESOLVE, When::Always, refused());
    let mut ids = by_username(&alfa, 2).await;
    ids.extend(by_phone(&alfa, 3).await);
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(5 * MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.failed), (3, 2), "{:?}", stats.by_reason);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_for_usernames_is_seen_holds_no_phone_up_and_outlives_a_restart() {
    let alfa = Alfa::start(WORLD, &[]).await;
    fault(
        &alfa,
        RESOLVE,
        When::Nth(2),
        FaultAction::FloodWait { seconds: 3_600 },
    );
    let mut ids = by_username(&alfa, 3).await;
    ids.extend(by_phone(&alfa, 3).await);
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(5 * MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!(
        (stats.sent, stats.queued),
        (4, 2),
        "what was found before the wait is kept"
    );
    assert!(waits_for_lookups(&stats), "{:?}", stats.waiting_for);
    // The simulated Telegram forgets its waits with the process, we do not.
    let alfa = alfa.restart_after_ms(MINUTE_MS).await;
    let more = {
        let profile = Profile {
            name: "Борис".to_owned(),
            username: Some("person_9".to_owned()),
            ..Profile::default()
        };
        let mut spec = PersonSpec::new("+79003000009", PersonaKind::Silent);
        spec.username = Some("person_9".to_owned());
        alfa.world().add_person(&spec);
        add(&alfa, profile).await
    };
    let second = start_campaign(&alfa, "Вторая", &[more], SEED_PACE).await;
    alfa.pass_ms(30 * MINUTE_MS).await;
    assert_eq!(
        (figures(&alfa, id).await.sent, figures(&alfa, second).await.sent),
        (4, 0)
    );
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(
        (figures(&alfa, id).await.sent, figures(&alfa, second).await.sent),
        (6, 1)
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_wait_for_requirements_loses_nobody_who_was_found() {
    let alfa = Alfa::start(WORLD, &[]).await;
    let wait = FaultAction::FloodWait { seconds: 60 };
    fault(&alfa, "users.getRequirementsToContact", When::Nth(1), wait);
    fault(&alfa, IMPORT, When::Nth(2), refused());
    let ids = by_phone(&alfa, 3).await;
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(50 * SECOND_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 0, "nobody is written to unasked");
    alfa.pass_ms(2 * MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 3, "found once, asked once");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_sleep_hold_nobody_up() {
    let variables = [("QUIET_HOURS", "21:00-09:00"), ("NEW_DIALOGS_PER_DAY", "500")];
    let alfa = Alfa::start(WORLD, &variables).await;
    let mut ids = Vec::new();
    for index in 0..150 {
        // It is one o'clock at night there.
        let profile = Profile {
            name: "Ann".to_owned(),
            phone: Some(format!("+7900400{index:04}")),
            timezone: Some("America/Los_Angeles".to_owned()),
            ..Profile::default()
        };
        ids.push(add(&alfa, profile).await);
    }
    ids.extend(by_phone(&alfa, 3).await);
    let id = start_campaign(&alfa, "Одна", &ids, SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 3);
    let looked_up = alfa.world().people().len();
    assert!(looked_up < 100, "who sleeps is not looked up: {looked_up}");
    alfa.pass_ms(DAY_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 153);
    alfa.stop().await;
}
