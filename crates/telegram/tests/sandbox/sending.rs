//! Sending, and what happens to messages whose outcome is not known.

use std::collections::HashSet;

use alfa_telegram::{Activity, RefusedReason, TelegramError};

use crate::support::{ALFA, ANNA, MemoryVault, PRIVATE, Sim, within};

#[tokio::test]
async fn a_message_is_sent_once_for_one_random_id() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;

    let sent = client.send_text(anna, "Здравствуйте, Анна!", 4711).await.unwrap();
    let again = client.send_text(anna, "Здравствуйте, Анна!", 4711).await;
    assert!(
        matches!(again, Err(TelegramError::RandomIdDuplicate)),
        "{again:?}"
    );

    let found = client
        .find_sent(anna, "Здравствуйте, Анна!", sent.sent_at_ms)
        .await
        .unwrap();
    assert_eq!(
        found.iter().map(|message| message.id).collect::<Vec<_>>(),
        [sent.telegram_message_id]
    );
    assert_eq!(found[0].date_ms, sent.sent_at_ms);
    assert!(
        client
            .find_sent(anna, "Здравствуйте, Анна!", sent.sent_at_ms + 60_000)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        client
            .find_sent(anna, "Другой текст", 0)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_refusal_names_its_reason() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let private = sim.peer(&client, PRIVATE).await;
    let refused = client.send_text(private, "Здравствуйте!", 1).await;
    assert!(
        matches!(refused, Err(TelegramError::Refused(RefusedReason::Privacy))),
        "{refused:?}"
    );

    let mut stranger = sim.peer(&client, ANNA).await;
    stranger.access_hash ^= 1;
    let refused = client.send_text(stranger, "Здравствуйте!", 2).await;
    assert!(
        matches!(refused, Err(TelegramError::Refused(RefusedReason::InvalidPeer))),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_messages_at_once_all_arrive() {
    const MESSAGES: i64 = 1000;
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut calls = tokio::task::JoinSet::new();
    for n in 1..=MESSAGES {
        let client = client.clone();
        calls.spawn(async move { client.send_text(anna, &format!("Сообщение {n}"), n).await });
    }
    let ids: HashSet<_> = within(calls.join_all())
        .await
        .into_iter()
        .map(|sent| sent.unwrap().telegram_message_id)
        .collect();
    assert_eq!(ids.len(), 1000);
    assert_eq!(sim.sent_count(), 1000);
}

#[tokio::test]
async fn a_conversation_is_read_in_pages_and_marked_as_read() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    for n in 1..=5 {
        client.send_text(anna, &format!("Текст {n}"), n).await.unwrap();
    }
    sim.says(ANNA, ALFA, "Ответ");
    let newest = client.history(anna, 2, None).await.unwrap();
    assert_eq!(
        newest
            .iter()
            .map(|message| message.text.as_str())
            .collect::<Vec<_>>(),
        ["Ответ", "Текст 5"]
    );
    assert_eq!(
        newest.iter().map(|message| message.out).collect::<Vec<_>>(),
        [false, true]
    );
    let rest = client
        .history(anna, 10, newest.last().map(|message| message.id))
        .await
        .unwrap();
    assert_eq!(rest.len(), 4);
    assert_eq!(rest[3].text, "Текст 1");

    assert_eq!(sim.unread(ALFA, ANNA), 1);
    client.mark_read(anna, newest[0].id).await.unwrap();
    assert_eq!(sim.unread(ALFA, ANNA), 0);
}

#[tokio::test]
async fn the_activity_counters_come_to_rest() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    let activity = Activity::new();
    options.activity = activity.clone();
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut stream = client.updates().unwrap();
    let before = activity.ticks();
    client.send_text(anna, "Здравствуйте!", 1).await.unwrap();
    assert!(activity.ticks() > before);

    let batch = within(stream.next()).await.unwrap();
    assert!(!batch.updates.is_empty());
    assert!(!activity.is_idle(), "what was taken is not committed yet");
    stream.commit().await.unwrap();
    assert_eq!(activity.uncommitted(), 0);
    within(async {
        while !activity.is_idle() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: prints messages a second"]
async fn how_many_messages_a_second() {
    const MESSAGES: i64 = 20_000;
    const AT_ONCE: i64 = 256;
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let begun = std::time::Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for lane in 0..AT_ONCE {
        let client = client.clone();
        calls.spawn(async move {
            for n in (lane + 1..=MESSAGES).step_by(usize::try_from(AT_ONCE).unwrap()) {
                client
                    .send_text(anna, "Здравствуйте! Это измерение.", n)
                    .await
                    .unwrap();
            }
        });
    }
    within(calls.join_all()).await;
    let per_second = f64::from(u32::try_from(MESSAGES).unwrap()) / begun.elapsed().as_secs_f64();
    println!("{per_second:.0} messages a second");
    assert_eq!(sim.sent_count(), 20_000);
}
