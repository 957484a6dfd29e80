//! One person under several rows, and rows whose phone or username has passed to somebody else.

use alfa::campaigns::service::{self as campaigns, CampaignRequest};
use alfa::campaigns::stats::{self, Stats};
use alfa::contacts::manual::{self, Change};
use alfa_store::contacts::{self, Profile, consent};
use alfa_store::outreach::people::newest_messages;
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::types::{Approval, ConsentBasis, ContactSource, ContactStatus, MessageAuthor};
use alfa_telegram_sim::fault::{FaultAction, FaultRule, When};
use alfa_telegram_sim::ids::Peer;
use alfa_telegram_sim::persona::PersonaKind;
use alfa_telegram_sim::scenario::PersonSpec;
use alfa_telegram_sim::world::types::Privacy;

use crate::harness::{ACCOUNT_PHONE, Alfa};
use crate::people::{DAY_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing, start_campaign};

const WORLD: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

/// Anna, silent, with a username; answers her Telegram id.
fn anna(alfa: &Alfa, change: impl FnOnce(&mut PersonSpec)) -> i64 {
    let mut spec = PersonSpec::new(PHONE, PersonaKind::Silent);
    spec.username = Some("anna_smith".to_owned());
    change(&mut spec);
    alfa.world().add_person(&spec).0
}

async fn add(alfa: &Alfa, profile: Profile, source: ContactSource, agreed: bool) -> i64 {
    let tx = alfa.app.begin().await.unwrap();
    let now = alfa.app.clock.now();
    let id = contacts::create(&tx, profile, source, now).await.unwrap().id;
    if agreed {
        let grant = consent::Grant {
            basis: ConsentBasis::OperatorAttested,
            evidence: None,
            recorded_by: "test".to_owned(),
            wording: None,
        };
        assert!(consent::grant(&tx, id, &grant, now).await.unwrap());
    }
    tx.commit().await.unwrap();
    id
}

async fn by_username(alfa: &Alfa) -> i64 {
    let profile = Profile {
        name: "Анна".to_owned(),
        username: Some("anna_smith".to_owned()),
        ..Profile::default()
    };
    add(alfa, profile, ContactSource::Upload, true).await
}

async fn member(alfa: &Alfa, user: i64) -> i64 {
    let profile = Profile {
        name: "annie".to_owned(),
        telegram_user_id: Some(user),
        ..Profile::default()
    };
    add(alfa, profile, ContactSource::Group, false).await
}

async fn figures(alfa: &Alfa, id: i64) -> Stats {
    let campaign = campaigns::find(alfa.app.store.reader(), id).await.unwrap();
    stats::of(&alfa.app, &campaign).await.unwrap()
}

async fn authors(alfa: &Alfa, contact: i64) -> Vec<MessageAuthor> {
    let history = newest_messages(alfa.app.store.reader(), contact, 50)
        .await
        .unwrap();
    history.into_iter().map(|message| message.author).collect()
}

fn delivered(alfa: &Alfa) -> u64 {
    alfa.world()
        .counters()
        .get("delivered")
        .copied()
        .unwrap_or_default()
}

/// Counts the sends from now on without disturbing them.
fn count_sends(alfa: &Alfa) {
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some("messages.sendMessage".to_owned()),
        when: When::Always,
        times: None,
        action: FaultAction::DropAck,
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_member_who_is_also_uploaded_is_one_person() {
    use MessageAuthor::{Ai, Contact, Rule};
    let alfa = Alfa::start(WORLD, &[]).await;
    let user = anna(&alfa, |_| {});
    let member = member(&alfa, user).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 1);
    assert_eq!(authors(&alfa, contact).await, [Ai], "nobody took it over");
    let gone = contacts::find(alfa.app.store.reader(), member).await.unwrap();
    assert!(gone.is_none());
    alfa.person_says(PHONE, "стоп").await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Rule]);
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.replied, stats.opted_out), (1, 1));
    alfa.pass_ms(2 * DAY_MS).await;
    let second = start_campaign(&alfa, "Вторая", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(figures(&alfa, second).await.by_reason.get("opted_out"), Some(&1));
    assert_eq!(
        delivered(&alfa),
        2,
        "the message and the word that confirms the stop"
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_by_phone_and_by_username_is_written_to_once() {
    let alfa = Alfa::start(WORLD, &[]).await;
    anna(&alfa, |_| {});
    let one = add_willing(&alfa, "Анна", PHONE).await;
    let other = by_username(&alfa).await;
    let id = start_campaign(&alfa, "Одна", &[one, other], SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.skipped, delivered(&alfa)), (1, 1, 1));
    assert_eq!(stats.by_reason.get("duplicate"), Some(&1));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_holds_under_every_name() {
    let alfa = Alfa::start(WORLD, &[]).await;
    anna(&alfa, |_| {});
    let first = by_username(&alfa).await;
    start_campaign(&alfa, "Одна", &[first], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    alfa.person_says(PHONE, "стоп").await;
    alfa.pass_ms(MINUTE_MS).await;
    manual::delete(&alfa.app, first, "test").await.unwrap();
    let before = delivered(&alfa);
    let again = add_willing(&alfa, "Анна", PHONE).await;
    alfa.pass_ms(2 * DAY_MS).await;
    let id = start_campaign(&alfa, "Вторая", &[again], SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.by_reason.get("opted_out")), (0, Some(&1)));
    assert_eq!(delivered(&alfa), before);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_username_in_other_hands_joins_nobody() {
    let alfa = Alfa::start(WORLD, &[]).await;
    let profile = Profile {
        name: "Борис".to_owned(),
        username: Some("anna_smith".to_owned()),
        telegram_user_id: Some(999),
        ..Profile::default()
    };
    let boris = add(&alfa, profile, ContactSource::Upload, true).await;
    let user = anna(&alfa, |_| {});
    alfa.person_says(PHONE, "Здравствуйте! Какая ставка?").await;
    alfa.pass_ms(MINUTE_MS).await;
    let db = alfa.app.store.reader();
    let row = contacts::get(db, boris).await.unwrap();
    assert_eq!((row.telegram_user_id, row.last_inbound_at), (Some(999), None));
    let stranger = contacts::find_by_telegram_user_id(db, user).await.unwrap();
    assert_eq!(stranger.unwrap().consent_basis, ConsentBasis::WroteFirst);
    let id = start_campaign(&alfa, "Одна", &[boris], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.by_reason.get("another_person")), (0, Some(&1)));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_goes_to_the_phone_that_the_contact_has_now() {
    let alfa = Alfa::start(WORLD, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let request = CampaignRequest {
        name: "Одна".to_owned(),
        product_id: Some(3),
        contact_ids: vec![contact],
        approval: Some(Approval::Manual),
        ..CampaignRequest::default()
    };
    let id = campaigns::create(&alfa.app, request).await.unwrap().campaign.id;
    campaigns::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    let change = Change {
        phone: Some(Some("+79002000001".to_owned())),
        ..Change::default()
    };
    manual::update(&alfa.app, contact, change).await.unwrap();
    assert_eq!(campaigns::approve(&alfa.app, id, None).await.unwrap(), 1);
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 1);
    let world = alfa.world();
    let account = world.by_phone(ACCOUNT_PHONE).unwrap().id;
    let told = |phone: &str| {
        let person = world.by_phone(phone).unwrap().id;
        world.conversation(account, Peer::User(person)).len()
    };
    assert_eq!((told(PHONE), told("+79002000001")), (0, 1));
    alfa.stop().await;
}

/// A contact whose key, as the account remembers it, Telegram does not take.
async fn with_a_wrong_key(alfa: &Alfa, asked: bool) -> i64 {
    let user = anna(alfa, |_| {});
    let contact = add_willing(alfa, "Анна", PHONE).await;
    let account_id = alfa.account().await.id;
    let tx = alfa.app.begin().await.unwrap();
    let peer = KnownPeer {
        contact_id: contact,
        telegram_user_id: user,
        access_hash: 12_345,
    };
    prepare::identify(&tx, contact, user).await.unwrap();
    prepare::remember_peer(&tx, account_id, peer).await.unwrap();
    if asked {
        let now = alfa.app.clock.now();
        prepare::remember_asked(&tx, account_id, &[user], now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    contact
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_telegram_does_not_take_is_looked_up_anew() {
    for asked in [true, false] {
        let alfa = Alfa::start(WORLD, &[]).await;
        let contact = with_a_wrong_key(&alfa, asked).await;
        let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
        alfa.pass_ms(10 * MINUTE_MS).await;
        let stats = figures(&alfa, id).await;
        assert_eq!(
            (stats.sent, delivered(&alfa)),
            (1, 1),
            "{asked} {:?}",
            stats.by_reason
        );
        alfa.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_refusal_of_the_key_is_final() {
    let alfa = Alfa::start(WORLD, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    alfa.world().add_fault(FaultRule {
        account: None,
        method: Some("messages.sendMessage".to_owned()),
        when: When::Always,
        times: None,
        action: FaultAction::Error {
            code: 400,
            name: "PEER_ID_INVALID".to_owned(),
        },
    });
    let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(DAY_MS / 4).await;
    let stats = figures(&alfa, id).await;
    assert_eq!((stats.sent, stats.by_reason.get("invalid_peer")), (0, Some(&1)));
    let (_, struck) = alfa.world().faults()[0].clone();
    assert_eq!(struck, 2);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hides_the_phone_is_found_by_username() {
    let alfa = Alfa::start(WORLD, &[]).await;
    anna(&alfa, |spec| {
        spec.privacy = Privacy {
            hidden_by_phone: true,
            ..Privacy::default()
        };
    });
    let profile = Profile {
        name: "Анна".to_owned(),
        phone: Some(PHONE.to_owned()),
        username: Some("anna_smith".to_owned()),
        ..Profile::default()
    };
    let contact = add(&alfa, profile, ContactSource::Upload, true).await;
    let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(figures(&alfa, id).await.sent, 1);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_this_account_cannot_reach_is_not_called_absent() {
    let alfa = Alfa::start(WORLD, &[]).await;
    let user = anna(&alfa, |_| {});
    let profile = Profile {
        name: "annie".to_owned(),
        telegram_user_id: Some(user),
        ..Profile::default()
    };
    let contact = add(&alfa, profile, ContactSource::Group, true).await;
    let id = start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    let reasons = figures(&alfa, id).await.by_reason;
    assert_eq!(reasons.get("unreachable_from_account"), Some(&1));
    let status = async || {
        let row = contacts::get(alfa.app.store.reader(), contact).await.unwrap();
        row.status
    };
    assert_eq!(status().await, ContactStatus::Active);
    let tx = alfa.app.begin().await.unwrap();
    prepare::mark_no_telegram(&tx, contact, alfa.app.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    alfa.person_says(PHONE, "Здравствуйте").await;
    assert_eq!(status().await, ContactStatus::Active, "who writes is there");
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_we_know_is_asked_again_what_it_takes_to_write_to_them() {
    let alfa = Alfa::start(WORLD, &[]).await;
    anna(&alfa, |_| {});
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(2 * DAY_MS).await;
    anna(&alfa, |spec| {
        spec.privacy = Privacy {
            premium_only: true,
            ..Privacy::default()
        };
    });
    count_sends(&alfa);
    let id = start_campaign(&alfa, "Вторая", &[contact], SEED_PACE).await;
    alfa.pass_ms(30 * SECOND_MS).await;
    let reasons = figures(&alfa, id).await.by_reason;
    assert_eq!(reasons.get("premium_only"), Some(&1));
    let (_, struck) = alfa.world().faults()[0].clone();
    assert_eq!(struck, 0, "she was not tried");
    alfa.stop().await;
}
