//! The server on the wire, before grammers' bare sender: an implementation of MTProto that is not ours.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "also the helpers of a test may fail it"
)]

mod support;

use std::time::{Duration, Instant};

use alfa_telegram_sim::server::{Options, Simulator};
use grammers_crypto::two_factor_auth::calculate_2fa;
use grammers_mtproto::transport;
use grammers_mtsender::InvocationError;
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{enums, functions, types};
use support::{
    ACCOUNT, Client, PATIENCE, SILENT, TALKATIVE, break_once, error_name, key_for_abridged, new_key,
    scenario, simulator,
};

#[tokio::test]
async fn every_transport_carries_a_call() {
    let running = simulator().await;
    let key = key_for_abridged(&running).await;
    Client::with_key(&running, key)
        .await
        .sign_in(ACCOUNT)
        .await
        .unwrap();
    let asked = functions::users::GetUsers {
        id: vec![enums::InputUser::UserSelf],
    };
    let mut full = Client::over(&running, transport::Full::new(), key).await;
    assert_eq!(full.call(&asked).await.unwrap().len(), 1);
    let mut intermediate = Client::over(&running, transport::Intermediate::new(), key).await;
    assert_eq!(intermediate.call(&asked).await.unwrap().len(), 1);
    let mut abridged = Client::over(&running, transport::Abridged::new(), key).await;
    assert_eq!(abridged.call(&asked).await.unwrap().len(), 1);
    let hidden = transport::Obfuscated::new(transport::Intermediate::new());
    let mut hidden = Client::over(&running, hidden, key).await;
    assert_eq!(hidden.call(&asked).await.unwrap().len(), 1);
    running.shutdown().await;
}

#[tokio::test]
async fn nobody_is_served_before_signing_in() {
    let running = simulator().await;
    let key = new_key(&running).await;
    let mut client = Client::with_key(&running, key).await;
    let asked = functions::updates::GetState {};
    assert_eq!(error_name(client.call(&asked).await), "AUTH_KEY_UNREGISTERED");
}

#[tokio::test]
async fn the_second_password_is_asked_for_and_proved() {
    let running = simulator().await;
    let key = new_key(&running).await;
    let mut client = Client::with_key(&running, key).await;
    assert_eq!(
        error_name(client.sign_in("79007770009").await),
        "SESSION_PASSWORD_NEEDED"
    );
    let enums::account::Password::Password(asked) =
        client.call(&functions::account::GetPassword {}).await.unwrap();
    let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algorithm)) =
        asked.current_algo
    else {
        panic!("no algorithm")
    };
    let (m1, a) = calculate_2fa(
        &algorithm.salt1,
        &algorithm.salt2,
        &algorithm.p,
        &algorithm.g,
        asked.srp_b.unwrap(),
        vec![0x4d; 256],
        "tulip",
    );
    let proof = types::InputCheckPasswordSrp {
        srp_id: asked.srp_id.unwrap(),
        a: a.to_vec(),
        m1: m1.to_vec(),
    };
    client
        .call(&functions::auth::CheckPassword {
            password: proof.into(),
        })
        .await
        .unwrap();
    client.call(&functions::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn a_scanned_code_signs_in() {
    let running = simulator().await;
    let mut client = Client::with_key(&running, new_key(&running).await).await;
    let asked = functions::auth::ExportLoginToken {
        api_id: 1,
        api_hash: "wire".to_owned(),
        except_ids: Vec::new(),
    };
    let shown = client.call(&asked).await.unwrap();
    let enums::auth::LoginToken::Token(shown) = shown else {
        panic!("{shown:?}")
    };
    let account = running.world().by_phone(ACCOUNT).unwrap().id;
    running.world().accept_login_token(account, &shown.token).unwrap();
    let told = async {
        loop {
            for update in client.sender.step().await.unwrap() {
                if let UpdatesLike::Updates(enums::Updates::UpdateShort(news)) = update {
                    return news.update;
                }
            }
        }
    };
    let told = tokio::time::timeout(PATIENCE, told).await.unwrap();
    assert!(matches!(told, enums::Update::LoginToken), "{told:?}");
    let done = client.call(&asked).await.unwrap();
    assert!(matches!(done, enums::auth::LoginToken::Success(_)), "{done:?}");
    client.call(&functions::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn an_answer_comes_as_a_live_update() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(TALKATIVE).await;
    client.send(&peer, "Здравствуйте", 1).await.unwrap();
    let answer = async {
        loop {
            for update in client.sender.step().await.unwrap() {
                let UpdatesLike::Updates(enums::Updates::Updates(news)) = update else {
                    continue;
                };
                if let [enums::Update::NewMessage(new)] = &news.updates[..] {
                    assert!(!news.users.is_empty(), "the sender comes with the message");
                    return new.message.clone();
                }
            }
        }
    };
    let enums::Message::Message(answer) = tokio::time::timeout(PATIENCE, answer).await.unwrap() else {
        panic!("not a message")
    };
    assert!(!answer.out && !answer.message.is_empty());
}

#[tokio::test]
async fn what_happened_meanwhile_is_in_the_difference() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let enums::updates::State::State(before) = client.call(&functions::updates::GetState {}).await.unwrap();
    let key = client.sender.auth_key();
    drop(client);
    let world = running.world();
    let (person, account) = (
        world.by_phone(SILENT).unwrap().id,
        world.by_phone(ACCOUNT).unwrap().id,
    );
    for number in 0..3 {
        world.say(person, account, &format!("message {number}")).unwrap();
    }
    let mut client = Client::with_key(&running, key).await;
    let mut seen = Vec::new();
    let mut pts = before.pts;
    loop {
        let asked = functions::updates::GetDifference {
            pts,
            pts_limit: Some(2),
            pts_total_limit: None,
            date: before.date,
            qts: 0,
            qts_limit: None,
        };
        let (messages, state) = match client.call(&asked).await.unwrap() {
            enums::updates::Difference::Slice(part) => (part.new_messages, part.intermediate_state),
            enums::updates::Difference::Difference(rest) => (rest.new_messages, rest.state),
            enums::updates::Difference::Empty(_) => break,
            other => panic!("{other:?}"),
        };
        let enums::updates::State::State(state) = state;
        pts = state.pts;
        seen.extend(messages.into_iter().map(|message| match message {
            enums::Message::Message(message) => message.message,
            other => panic!("{other:?}"),
        }));
    }
    assert_eq!(seen, ["message 0", "message 1", "message 2"]);
}

#[tokio::test]
async fn a_repeated_random_id_sends_nothing_twice() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(SILENT).await;
    break_once(&running, "messages.sendMessage", r#""close_before""#);
    assert!(matches!(
        client.send(&peer, "once", 7).await,
        Err(InvocationError::Io(_))
    ));
    let mut client = client.reconnect(&running).await;
    assert!(
        client.history(&peer).await.is_empty(),
        "closed before it was processed"
    );

    break_once(&running, "messages.sendMessage", r#""close_after""#);
    assert!(matches!(
        client.send(&peer, "once", 7).await,
        Err(InvocationError::Io(_))
    ));
    let mut client = client.reconnect(&running).await;
    assert_eq!(
        client.history(&peer).await.len(),
        1,
        "closed after it was processed"
    );
    assert_eq!(
        error_name(client.send(&peer, "once", 7).await),
        "RANDOM_ID_DUPLICATE"
    );
    assert_eq!(client.history(&peer).await.len(), 1);
}

#[tokio::test]
async fn a_bad_salt_is_told_and_the_new_one_works() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(SILENT).await;
    break_once(&running, "messages.sendMessage", r#""bad_salt""#);
    let mut sent = client.send(&peer, "salted", 1).await;
    if sent.is_err() {
        // The sender may leave the repetition to its user.
        sent = client.send(&peer, "salted", 1).await;
    }
    sent.unwrap();
    assert_eq!(client.history(&peer).await.len(), 1);
}

#[tokio::test]
async fn a_delayed_answer_comes_late_but_comes() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(SILENT).await;
    break_once(&running, "messages.sendMessage", r#"{"delay":{"ms":400}}"#);
    let asked_at = Instant::now();
    client.send(&peer, "later", 1).await.unwrap();
    assert!(asked_at.elapsed() >= Duration::from_millis(400));
}

#[tokio::test]
async fn a_black_hole_never_answers() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    break_once(&running, "updates.getState", r#""black_hole""#);
    let waited = tokio::time::timeout(
        Duration::from_millis(500),
        client.sender.invoke(&functions::updates::GetState {}),
    );
    assert!(waited.await.is_err());
    let mut client = client.reconnect(&running).await;
    client.call(&functions::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn a_forgotten_key_is_a_transport_error() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    break_once(&running, "updates.getState", r#""forget_key""#);
    let answer = client.call(&functions::updates::GetState {}).await;
    let Err(InvocationError::Transport(error)) = answer else {
        panic!("{answer:?}")
    };
    assert!(
        matches!(error, transport::Error::BadStatus { status: 404 }),
        "{error}"
    );
}

#[tokio::test]
async fn a_revoked_session_is_closed_and_says_so() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let account = running.world().by_phone(ACCOUNT).unwrap().id;
    assert_eq!(running.world().revoke_sessions(account), 1);
    let closed = async { while client.sender.step().await.is_ok() {} };
    tokio::time::timeout(PATIENCE, closed)
        .await
        .expect("the connection stayed open");
    let mut client = client.reconnect(&running).await;
    assert_eq!(
        error_name(client.call(&functions::updates::GetState {}).await),
        "SESSION_REVOKED"
    );
}

#[tokio::test]
async fn errors_are_told_in_telegrams_words() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(SILENT).await;
    break_once(
        &running,
        "messages.sendMessage",
        r#"{"flood_wait":{"seconds":17}}"#,
    );
    assert_eq!(error_name(client.send(&peer, "hello", 1).await), "FLOOD_WAIT 17");
    running.world().reset_faults();
    break_once(&running, "messages.sendMessage", r#"{"migrate_dc":{"dc":4}}"#);
    assert_eq!(error_name(client.send(&peer, "hello", 1).await), "USER_MIGRATE 4");
    assert_eq!(error_name(client.send(&peer, "", 1).await), "MESSAGE_EMPTY");
    assert_eq!(
        error_name(client.send(&peer, &"я".repeat(4097), 1).await),
        "MESSAGE_TOO_LONG"
    );
    let stranger = types::InputPeerUser {
        user_id: 1,
        access_hash: 2,
    }
    .into();
    assert_eq!(
        error_name(client.send(&stranger, "hello", 1).await),
        "PEER_ID_INVALID"
    );
}

#[tokio::test]
async fn a_method_that_is_not_there_is_an_error_and_counted() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    let asked = functions::messages::GetAllStickers { hash: 0 };
    assert!(error_name(client.call(&asked).await).starts_with("INPUT_METHOD_INVALID"));
    let unknown = running.unknown_methods();
    assert_eq!(unknown.len(), 1);
    assert!(
        unknown
            .keys()
            .all(|name| name.starts_with("messages.getAllStickers")),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn a_session_outlives_a_restart_of_the_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options {
        journal: Some(folder.path().join("world.jsonl")),
        ..Options::new(scenario())
    };
    let running = Simulator::start(options()).await.unwrap();
    let mut client = Client::signed_in(&running).await;
    let peer = client.find(SILENT).await;
    client.send(&peer, "before", 1).await.unwrap();
    running.shutdown().await;
    let running = Simulator::start(options()).await.unwrap();
    let mut client = client.reconnect(&running).await;
    client.send(&peer, "after", 2).await.unwrap();
    let texts: Vec<_> = client
        .history(&peer)
        .await
        .into_iter()
        .map(|message| message.message)
        .collect();
    assert_eq!(texts, ["after", "before"]);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    break_once(&running, "updates.getState", r#"{"clock_skew":{"seconds":1000}}"#);
    let mut answer = client.call(&functions::updates::GetState {}).await;
    if answer.is_err() {
        // The sender may leave the repetition to its user.
        answer = client.call(&functions::updates::GetState {}).await;
    }
    answer.unwrap();
}

#[tokio::test]
async fn work_in_progress_ends_when_all_is_written() {
    let running = simulator().await;
    let mut client = Client::signed_in(&running).await;
    client.call(&functions::updates::GetState {}).await.unwrap();
    let activity = running.world().activity().clone();
    assert!(activity.count() > 0);
    let idle = async {
        while activity.in_progress() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, idle)
        .await
        .expect("something is never finished");
}
