//! Whatever the simulator can break, told in the product's terms.

use alfa_telegram::{Endpoint, Incoming, LossReason, RefusedReason, TelegramError};

use crate::proxy::Proxy;
use crate::support::{ALFA, ANNA, BORIS, MemoryVault, Sim, fault, within};

const SEND: &str = "messages.sendMessage";

#[tokio::test]
async fn errors_of_the_server_are_told_apart() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    type Expected = fn(&TelegramError) -> bool;
    let cases: [(i32, &str, Expected); 8] = [
        (403, "USER_PRIVACY_RESTRICTED", |e| {
            matches!(e, TelegramError::Refused(RefusedReason::Privacy))
        }),
        (400, "INPUT_USER_DEACTIVATED", |e| {
            matches!(e, TelegramError::Refused(RefusedReason::Deactivated))
        }),
        (400, "USER_IS_BLOCKED", |e| {
            matches!(e, TelegramError::Refused(RefusedReason::BlockedByUser))
        }),
        (403, "PRIVACY_PREMIUM_REQUIRED", |e| {
            matches!(e, TelegramError::Refused(RefusedReason::PremiumOnly))
        }),
        (403, "ALLOW_PAYMENT_REQUIRED_9", |e| {
            matches!(
                e,
                TelegramError::Refused(RefusedReason::PaymentRequired { stars: 9 })
            )
        }),
        (420, "SLOWMODE_WAIT_30", |e| {
            matches!(e, TelegramError::SlowMode { seconds: 30 })
        }),
        (420, "FROZEN_METHOD_INVALID", |e| {
            matches!(e, TelegramError::AccountFrozen)
        }),
        (400, "MESSAGE_TOO_LONG", |e| {
            matches!(e, TelegramError::Rpc { code: 400, .. })
        }),
    ];
    for (n, (code, name, expected)) in cases.into_iter().enumerate() {
        sim.add_fault(fault(
            SEND,
            &format!("action: {{error: {{code: {code}, name: {name}}}}}\ntimes: 1"),
        ));
        let outcome = client
            .send_text(anna, "Здравствуйте!", i64::try_from(n).unwrap() + 1)
            .await;
        assert!(expected(outcome.as_ref().unwrap_err()), "{name}: {outcome:?}");
    }
    assert!(
        client.send_text(anna, "Здравствуйте!", 99).await.is_ok(),
        "the client must have come through"
    );
}

#[tokio::test]
async fn waits_and_limits_are_told_and_not_waited_for() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let boris = sim.peer(&client, BORIS).await;
    sim.add_fault(fault(SEND, "action: {flood_wait: {seconds: 17}}\ntimes: 1"));
    let outcome = within(client.send_text(anna, "Здравствуйте!", 1)).await;
    assert!(
        matches!(outcome, Err(TelegramError::FloodWait { seconds: 17 })),
        "{outcome:?}"
    );
    sim.reset_faults();

    sim.add_fault(fault(SEND, "action: peer_flood\ntimes: 1"));
    let outcome = client.send_text(boris, "Здравствуйте!", 2).await;
    assert!(matches!(outcome, Err(TelegramError::PeerFlood)), "{outcome:?}");
}

#[tokio::test]
async fn a_connection_closed_before_or_after_sending_leaves_the_outcome_unknown() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    for (action, arrived, random_id) in [("close_before", 0, 1), ("close_after", 1, 2)] {
        let text = format!("Текст {random_id}");
        sim.add_fault(fault(SEND, &format!("action: {action}\ntimes: 1")));
        let outcome = within(client.send_text(anna, &text, random_id)).await;
        assert!(
            outcome.as_ref().is_err_and(TelegramError::outcome_is_unknown),
            "{action}: {outcome:?}"
        );
        assert_eq!(
            client.find_sent(anna, &text, 0).await.unwrap().len(),
            arrived,
            "{action}"
        );

        // The lane repeats it with the same random id.
        match (client.send_text(anna, &text, random_id).await, arrived) {
            (Ok(_), 0) | (Err(TelegramError::RandomIdDuplicate), 1) => {}
            (outcome, _) => panic!("{action}: {outcome:?}"),
        }
        assert_eq!(
            client.find_sent(anna, &text, 0).await.unwrap().len(),
            1,
            "{action}"
        );
    }
}

#[tokio::test]
async fn a_silent_server_ends_in_a_timeout_and_a_new_connection() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    options.request_timeout_ms = 300;
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut stream = client.updates().unwrap();
    sim.add_fault(fault(SEND, "action: black_hole\ntimes: 1"));
    let outcome = client.send_text(anna, "В пустоту", 1).await;
    assert!(
        outcome.as_ref().is_err_and(TelegramError::outcome_is_unknown),
        "{outcome:?}"
    );

    within(async {
        while client
            .send_text(anna, "Снова на связи", 2)
            .await
            .is_err_and(|e| !matches!(e, TelegramError::RandomIdDuplicate))
        {}
    })
    .await;
    sim.says(ANNA, ALFA, "Слышно");
    within(async {
        loop {
            let batch = stream.next().await.unwrap();
            if batch
                .updates
                .iter()
                .any(|update| matches!(update, Incoming::Message(m) if m.text == "Слышно"))
            {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_session_is_told_and_a_new_login_works() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut stream = client.updates().unwrap();
    sim.add_fault(fault(SEND, "action: revoke_session\ntimes: 1"));
    let outcome = client.send_text(anna, "Здравствуйте!", 1).await;
    assert!(
        matches!(
            outcome,
            Err(TelegramError::SessionLost(LossReason::SessionRevoked))
        ),
        "{outcome:?}"
    );
    let told = within(async {
        loop {
            if let Some(Incoming::SessionLost(reason)) = stream.next().await.unwrap().updates.pop() {
                return reason;
            }
        }
    })
    .await;
    assert_eq!(told, LossReason::SessionRevoked);
    assert!(!client.health().signed_in);

    sim.sign_in(&client, ALFA).await;
    sim.says(ANNA, ALFA, "С возвращением");
    let anna = sim.peer(&client, ANNA).await;
    assert!(client.send_text(anna, "Здравствуйте!", 1).await.is_ok());
}

#[tokio::test]
async fn a_forgotten_key_is_a_lost_session() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    sim.add_fault(fault(SEND, "action: forget_key\ntimes: 1"));
    let lost = within(async {
        for random_id in 1..20 {
            match client.send_text(anna, "Здравствуйте!", random_id).await {
                Err(TelegramError::SessionLost(reason)) => return Some(reason),
                outcome => assert!(outcome.is_err_and(|error| error.outcome_is_unknown())),
            }
        }
        None
    })
    .await;
    assert_eq!(lost, Some(LossReason::AuthKeyUnregistered));
    sim.sign_in(&client, ALFA).await;
}

#[tokio::test]
async fn protocol_quirks_do_not_show() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    for (n, action) in [
        "bad_salt",
        "{clock_skew: {seconds: 120}}",
        "drop_ack",
        "{delay: {ms: 50}}",
        "{migrate_dc: {dc: 4}}",
    ]
    .into_iter()
    .enumerate()
    {
        sim.add_fault(fault(SEND, &format!("action: {action}\ntimes: 1")));
        let outcome =
            within(client.send_text(anna, &format!("Текст {n}"), i64::try_from(n).unwrap() + 1)).await;
        assert!(outcome.is_ok(), "{action}: {outcome:?}");
        sim.reset_faults();
    }
    assert_eq!(sim.messages_of(ALFA, ANNA).len(), 5);
}

#[tokio::test]
async fn a_damaged_answer_leaves_the_outcome_unknown_and_nothing_else() {
    let sim = Sim::start().await;
    let proxy = Proxy::start(sim.address()).await;
    let mut options = sim.options();
    options.request_timeout_ms = 1_000;
    if let Endpoint::Sandbox { address, .. } = &mut options.endpoint {
        *address = proxy.address;
    }
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut stream = client.updates().unwrap();
    let mut damaged = 0;
    for n in 1..=5 {
        proxy.damage_next_answer();
        let text = format!("Текст {n}");
        match within(client.send_text(anna, &text, n)).await {
            // The damage may have hit something else that the server sent, such as news.
            Ok(_) => {}
            Err(error) => {
                assert!(error.outcome_is_unknown(), "{error:?}");
                damaged += 1;
            }
        }
        within(async {
            loop {
                match client.send_text(anna, &text, n).await {
                    Ok(_) | Err(TelegramError::RandomIdDuplicate) => break,
                    Err(error) => assert!(error.outcome_is_unknown(), "{error:?}"),
                }
            }
        })
        .await;
    }
    assert!(damaged > 0, "no answer was damaged");
    assert_eq!(sim.sent_count(), 5);
    sim.says(ANNA, ALFA, "Всё дошло");
    within(async {
        loop {
            let batch = stream.next().await.unwrap();
            if batch
                .updates
                .iter()
                .any(|update| matches!(update, Incoming::Message(m) if m.text == "Всё дошло"))
            {
                break;
            }
        }
    })
    .await;
}
