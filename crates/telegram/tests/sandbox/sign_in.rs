//! Signing in and out, and sessions that outlive the process.

use std::sync::Arc;

use alfa_telegram::{
    ClientOptions, CodeRequest, Endpoint, LossReason, QrPoll, RsaPublicKey, SessionVault, SignIn,
    TelegramError, UserClient,
};

use crate::support::{ALFA, BETA, BETA_PASSWORD, CODE, MemoryVault, Sim, within};

#[tokio::test]
async fn a_code_signs_in_and_the_session_survives_a_restart() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    let client = sim.client(&vault).await;
    assert_eq!(client.me().await.unwrap(), None);
    let request = client.request_code(ALFA).await.unwrap();

    // The request outlives a restart of ours between asking for the code and typing it.
    let kept = serde_json::to_string(&request).unwrap();
    let request: CodeRequest = serde_json::from_str(&kept).unwrap();
    let SignIn::Done(me) = client.sign_in(&request, CODE).await.unwrap() else {
        panic!("no password was set")
    };
    assert_eq!(me.phone.as_deref(), Some(ALFA));
    assert_eq!(me.first_name.as_deref(), Some("Alfa"));
    client.close().await;

    let again = sim.client(&vault).await;
    assert_eq!(again.me().await.unwrap().map(|me| me.user_id), Some(me.user_id));
    assert!(again.health().connected && again.health().signed_in);
    assert_eq!(sim.sessions(ALFA), 1, "the restart must not have signed in anew");
}

#[tokio::test]
async fn a_code_requested_before_a_restart_still_signs_in() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    let client = sim.client(&vault).await;
    let request = client.request_code(ALFA).await.unwrap();
    client.close().await;
    let client = sim.client(&vault).await;
    assert!(matches!(
        client.sign_in(&request, CODE).await.unwrap(),
        SignIn::Done(_)
    ));
}

#[tokio::test]
async fn wrong_codes_and_phones_are_told() {
    let sim = Sim::start().await;
    let client = sim.client(&MemoryVault::new()).await;
    assert!(matches!(
        client.request_code("+1").await,
        Err(TelegramError::InvalidPhone)
    ));
    let request = client.request_code(ALFA).await.unwrap();
    assert!(matches!(
        client.sign_in(&request, "00000").await,
        Err(TelegramError::WrongCode)
    ));
    assert!(client.sign_in(&request, CODE).await.is_ok());
}

#[tokio::test]
async fn a_second_password_is_asked_for_and_checked() {
    let sim = Sim::start().await;
    let client = sim.client(&MemoryVault::new()).await;
    let request = client.request_code(BETA).await.unwrap();
    let answer = client.sign_in(&request, CODE).await.unwrap();
    assert_eq!(
        answer,
        SignIn::PasswordNeeded {
            hint: Some("animal".to_owned())
        }
    );
    assert!(matches!(
        client.check_password("wrong").await,
        Err(TelegramError::WrongPassword)
    ));
    assert!(!client.health().signed_in);
    let me = client.check_password(BETA_PASSWORD).await.unwrap();
    assert_eq!(me.phone.as_deref(), Some(BETA));
}

#[tokio::test]
async fn a_scanned_qr_code_signs_in() {
    let sim = Sim::start().await;
    let client = sim.client(&MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    let QrPoll::Waiting(shown) = client.start_qr_login().await.unwrap() else {
        panic!("nobody scanned it yet")
    };
    assert!(shown.url.starts_with("tg://login?token="));
    assert!(matches!(
        client.poll_qr_login().await.unwrap(),
        QrPoll::Waiting(_)
    ));

    sim.scan_qr_code(ALFA);
    let batch = within(stream.next()).await.unwrap();
    assert_eq!(batch.updates, [alfa_telegram::Incoming::LoginToken]);
    let QrPoll::Done(me) = client.poll_qr_login().await.unwrap() else {
        panic!("it was scanned")
    };
    assert_eq!(me.phone.as_deref(), Some(ALFA));
    assert_eq!(client.me().await.unwrap(), Some(me));
}

#[tokio::test]
async fn after_signing_out_another_can_sign_in() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    let client = sim.signed_in(ALFA, &vault).await;
    client.log_out().await.unwrap();
    assert_eq!(client.me().await.unwrap(), None);
    assert!(!client.health().signed_in);
    assert_eq!(sim.sessions(ALFA), 0);

    let request = client.request_code(BETA).await.unwrap();
    assert!(matches!(
        client.sign_in(&request, CODE).await.unwrap(),
        SignIn::PasswordNeeded { .. }
    ));
    assert_eq!(
        client
            .check_password(BETA_PASSWORD)
            .await
            .unwrap()
            .phone
            .as_deref(),
        Some(BETA)
    );
}

#[tokio::test]
async fn a_session_of_one_environment_is_refused_in_the_other() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    sim.signed_in(ALFA, &vault).await.close().await;
    let production = ClientOptions::new(Endpoint::Production, 1, "hash");
    let refused = UserClient::connect(production, Arc::clone(&vault) as Arc<dyn SessionVault>).await;
    assert!(matches!(refused, Err(TelegramError::WrongEnvironment(_))));

    let sandbox = String::from_utf8(vault.load().await.unwrap().unwrap()).unwrap();
    vault
        .save(sandbox.replace("sandbox", "production").into_bytes())
        .await
        .unwrap();
    let refused = UserClient::connect(sim.options(), Arc::clone(&vault) as Arc<dyn SessionVault>).await;
    assert!(matches!(refused, Err(TelegramError::WrongEnvironment(_))));
}

#[tokio::test]
async fn another_server_s_key_is_refused() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    if let Endpoint::Sandbox { rsa_public_key, .. } = &mut options.endpoint {
        *rsa_public_key = RsaPublicKey::new(&[0xc5; 256], &[1, 0, 1]);
    }
    let refused = UserClient::connect(options, MemoryVault::new()).await;
    assert!(matches!(refused, Err(TelegramError::Handshake(_))), "{refused:?}");
}

#[tokio::test]
async fn a_login_that_the_server_forgot_is_told_once_and_can_be_made_anew() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    sim.signed_in(ALFA, &vault).await.close().await;

    // Another world at another address knows neither key nor login.
    let other = Sim::start().await;
    let client = other.client(&vault).await;
    let mut stream = client.updates().unwrap();
    let lost = LossReason::AuthKeyUnregistered;
    let batch = within(stream.next()).await.unwrap();
    assert_eq!(batch.updates, [alfa_telegram::Incoming::SessionLost(lost)]);
    let request = client.request_code(ALFA).await.unwrap();
    assert!(matches!(
        client.sign_in(&request, CODE).await.unwrap(),
        SignIn::Done(_)
    ));
}
