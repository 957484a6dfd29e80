//! Updates: live, after a broken connection, after a restart with and without a commit.

use std::collections::VecDeque;

use alfa_telegram::{Incoming, IncomingMessage, LossReason, TelegramError, UpdateStream};

use crate::support::{ALFA, ANNA, BORIS, DELETES, EDITS, MemoryVault, Sim, fault, within};

/// Takes updates until one message has the text; returns the texts of all messages seen.
async fn texts_until(stream: &mut UpdateStream, last: &str) -> Vec<String> {
    let mut texts = Vec::new();
    within(async {
        while !texts.iter().any(|text| text == last) {
            let batch = stream.next().await.expect("the stream must not end");
            texts.extend(batch.updates.into_iter().filter_map(|update| match update {
                Incoming::Message(message) => Some(message.text),
                _ => None,
            }));
        }
    })
    .await;
    texts
}

/// Looks at updates one by one; what comes in one batch with the wanted one is looked at later.
struct Reader {
    stream: UpdateStream,
    waiting: VecDeque<Incoming>,
}

impl Reader {
    fn new(stream: UpdateStream) -> Self {
        Self {
            stream,
            waiting: VecDeque::new(),
        }
    }

    async fn first<T>(&mut self, wanted: impl Fn(Incoming) -> Option<T>) -> T {
        within(async {
            loop {
                while let Some(update) = self.waiting.pop_front() {
                    if let Some(found) = wanted(update) {
                        return found;
                    }
                }
                self.waiting
                    .extend(self.stream.next().await.expect("the stream must not end").updates);
            }
        })
        .await
    }
}

fn message(update: Incoming) -> Option<IncomingMessage> {
    match update {
        Incoming::Message(message) => Some(message),
        _ => None,
    }
}

fn answer_from(user_id: i64) -> impl Fn(Incoming) -> Option<IncomingMessage> {
    move |update| message(update).filter(|message| !message.out && message.peer.reference.user_id == user_id)
}

#[tokio::test]
async fn a_message_of_a_person_never_seen_before_can_be_answered() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut reader = Reader::new(client.updates().unwrap());
    sim.says(ANNA, ALFA, "Добрый день");
    let received = reader.first(message).await;
    assert_eq!(received.text, "Добрый день");
    assert!(!received.out && received.edited_ms.is_none());
    assert!(received.date_ms > 1_600_000_000_000);
    assert_eq!(received.peer.first_name.as_deref(), Some("Анна"));
    client
        .send_text(received.peer.reference, "И вам", 1)
        .await
        .unwrap();
    assert_eq!(sim.messages_of(ALFA, ANNA).len(), 2);
}

#[tokio::test]
async fn own_messages_and_receipts_arrive() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let anna = sim.peer(&client, ANNA).await;
    let mut reader = Reader::new(client.updates().unwrap());

    let sent = client.send_text(anna, "Из программы", 4711).await.unwrap();
    let own = reader.first(message).await;
    assert_eq!((own.id, own.out), (sent.telegram_message_id, true));
    assert_eq!(own.peer.reference.user_id, anna.user_id);
    assert_eq!(own.random_id, Some(4711));

    sim.phone_writes(ALFA, ANNA, "С телефона");
    let own = reader.first(message).await;
    assert_eq!((own.text.as_str(), own.out), ("С телефона", true));
    assert_eq!(own.random_id, None);

    // A silent person reads and does not answer.
    let max_id = reader
        .first(|update| match update {
            Incoming::ReadOutbox { user_id, max_id, .. } if user_id == anna.user_id => Some(max_id),
            _ => None,
        })
        .await;
    assert!(max_id >= sent.telegram_message_id);
}

#[tokio::test]
async fn edits_and_deletions_arrive() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let edits = sim.peer(&client, EDITS).await;
    let deletes = sim.peer(&client, DELETES).await;
    let mut reader = Reader::new(client.updates().unwrap());

    client.send_text(edits, "Здравствуйте!", 1).await.unwrap();
    let answer = reader.first(answer_from(edits.user_id)).await;
    let edited = reader
        .first(|update| match update {
            Incoming::Edited(message) => Some(message),
            _ => None,
        })
        .await;
    assert_eq!(edited.id, answer.id);
    assert_ne!(edited.text, answer.text);
    assert!(edited.edited_ms.is_some());

    client.send_text(deletes, "Здравствуйте!", 2).await.unwrap();
    let answer = reader.first(answer_from(deletes.user_id)).await;
    let ids = reader
        .first(|update| match update {
            Incoming::Deleted { ids } => Some(ids),
            _ => None,
        })
        .await;
    assert_eq!(ids, [answer.id]);
}

#[tokio::test]
async fn nothing_is_missed_when_the_server_closes_the_connection() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "До обрыва");
    texts_until(&mut stream, "До обрыва").await;
    for n in 0..3 {
        sim.close_connection(&client).await;
        sim.says(ANNA, ALFA, &format!("Во время обрыва {n}"));
        sim.says(BORIS, ALFA, &format!("После обрыва {n}"));
        let texts = texts_until(&mut stream, &format!("После обрыва {n}")).await;
        assert!(texts.contains(&format!("Во время обрыва {n}")), "{texts:?}");
    }
    assert!(client.health().connected);
}

#[tokio::test]
async fn what_was_not_committed_comes_again_after_a_restart() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    let client = sim.signed_in(ALFA, &vault).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "Первое");
    texts_until(&mut stream, "Первое").await;
    stream.commit().await.unwrap();
    sim.says(ANNA, ALFA, "Второе");
    texts_until(&mut stream, "Второе").await;
    drop(stream);
    client.close().await;
    sim.says(BORIS, ALFA, "Пока нас не было");

    let client = sim.client(&vault).await;
    let mut stream = client.updates().unwrap();
    let texts = texts_until(&mut stream, "Пока нас не было").await;
    assert_eq!(texts, ["Второе", "Пока нас не было"]);
    stream.commit().await.unwrap();
    drop(stream);
    client.close().await;

    let client = sim.client(&vault).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "Последнее");
    assert_eq!(texts_until(&mut stream, "Последнее").await, ["Последнее"]);
}

#[tokio::test]
async fn after_a_restart_a_message_comes_before_what_happened_to_it() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    sim.signed_in(ALFA, &vault).await.close().await;
    sim.says(ANNA, ALFA, "Добрый день");
    sim.phone_writes(ALFA, ANNA, "С телефона");
    within(async {
        while !sim.has_read_all(ANNA, ALFA) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    })
    .await;

    let client = sim.client(&vault).await;
    let mut stream = client.updates().unwrap();
    let mut seen = Vec::new();
    within(async {
        while !seen
            .iter()
            .any(|update| matches!(update, Incoming::ReadOutbox { .. }))
        {
            seen.extend(stream.next().await.unwrap().updates);
        }
    })
    .await;
    let position = |wanted: fn(&Incoming) -> bool| seen.iter().position(wanted).unwrap();
    let first =
        position(|update| matches!(update, Incoming::Message(message) if message.text == "Добрый день"));
    let second =
        position(|update| matches!(update, Incoming::Message(message) if message.text == "С телефона"));
    assert!(first < second && second < position(|update| matches!(update, Incoming::ReadOutbox { .. })));
}

#[tokio::test]
async fn a_commit_that_could_not_be_saved_is_saved_by_the_next() {
    let sim = Sim::start().await;
    let vault = MemoryVault::new();
    let client = sim.signed_in(ALFA, &vault).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "Первое");
    texts_until(&mut stream, "Первое").await;
    vault.set_broken(true);
    assert!(matches!(stream.commit().await, Err(TelegramError::Vault(_))));
    vault.set_broken(false);
    stream.commit().await.unwrap();
    drop(stream);
    client.close().await;

    let client = sim.client(&vault).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "Второе");
    assert_eq!(texts_until(&mut stream, "Второе").await, ["Второе"]);
}

#[tokio::test]
async fn a_stream_taken_anew_begins_at_the_commit() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    assert!(matches!(client.updates(), Err(TelegramError::StreamTaken)));
    sim.says(ANNA, ALFA, "Первое");
    texts_until(&mut stream, "Первое").await;
    stream.commit().await.unwrap();
    sim.says(ANNA, ALFA, "Второе");
    texts_until(&mut stream, "Второе").await;
    drop(stream);
    let mut stream = client.updates().unwrap();
    assert_eq!(texts_until(&mut stream, "Второе").await, ["Второе"]);
}

#[tokio::test]
async fn a_slow_reader_misses_nothing() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    options.updates_capacity = 2;
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    for n in 1..=300 {
        sim.says(ANNA, ALFA, &format!("Сообщение {n}"));
        if n % 50 == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    let mut texts = texts_until(&mut stream, "Сообщение 300").await;
    texts.dedup();
    let expected: Vec<_> = (1..=300).map(|n| format!("Сообщение {n}")).collect();
    assert!(
        expected.iter().all(|text| texts.contains(text)),
        "{} of 300 came",
        texts.len()
    );
}

#[tokio::test]
async fn a_skipped_update_is_fetched_and_a_doubled_one_comes_once() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    sim.add_fault(fault("push", "action: skip_update\ntimes: 1"));
    sim.says(ANNA, ALFA, "Пропавшее");
    sim.says(ANNA, ALFA, "Следующее");
    assert_eq!(
        texts_until(&mut stream, "Следующее").await,
        ["Пропавшее", "Следующее"]
    );

    sim.add_fault(fault("push", "action: duplicate_update\ntimes: 1"));
    sim.says(ANNA, ALFA, "Дважды");
    sim.says(ANNA, ALFA, "Конец");
    assert_eq!(texts_until(&mut stream, "Конец").await, ["Дважды", "Конец"]);
}

#[tokio::test]
async fn a_skipped_update_that_nothing_follows_is_found_in_the_silence() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    options.idle_check_ms = 100;
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "Первое");
    texts_until(&mut stream, "Первое").await;
    sim.add_fault(fault("push", "action: skip_update\ntimes: 1"));
    sim.says(ANNA, ALFA, "Пропавшее");
    assert_eq!(texts_until(&mut stream, "Пропавшее").await, ["Пропавшее"]);
}

#[tokio::test]
async fn a_login_ended_on_another_device_is_noticed_in_the_silence() {
    let sim = Sim::start().await;
    let mut options = sim.options();
    options.idle_check_ms = 100;
    let client = sim.signed_in_with(options, ALFA, &MemoryVault::new()).await;
    let mut reader = Reader::new(client.updates().unwrap());
    assert_eq!(sim.revoke_sessions(ALFA), 1);
    let reason = reader
        .first(|update| match update {
            Incoming::SessionLost(reason) => Some(reason),
            _ => None,
        })
        .await;
    assert!(matches!(
        reason,
        LossReason::SessionRevoked | LossReason::AuthKeyUnregistered
    ));
    assert!(!client.health().signed_in);
}

#[tokio::test]
async fn a_server_that_was_away_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("world.jsonl");
    let sim = Sim::start_with_journal(None, &journal).await;
    let address = sim.address();
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    sim.says(ANNA, ALFA, "До остановки");
    texts_until(&mut stream, "До остановки").await;
    let anna = sim.peer(&client, ANNA).await;
    sim.shutdown().await;
    let outcome = client.send_text(anna, "В пустоту", 1).await;
    assert!(
        matches!(
            outcome,
            Err(TelegramError::NotConnected(_) | TelegramError::UnknownOutcome(_))
        ),
        "{outcome:?}"
    );
    assert!(!client.health().connected);

    let sim = Sim::start_with_journal(Some(address), &journal).await;
    sim.says(ANNA, ALFA, "После остановки");
    assert_eq!(
        texts_until(&mut stream, "После остановки").await,
        ["После остановки"]
    );
    client.send_text(anna, "Снова", 1).await.unwrap();
    assert!(client.health().connected);
}

#[tokio::test]
async fn the_stream_ends_with_the_client() {
    let sim = Sim::start().await;
    let client = sim.signed_in(ALFA, &MemoryVault::new()).await;
    let mut stream = client.updates().unwrap();
    let other = client.clone();
    client.close().await;
    while within(stream.next()).await.is_some() {}
    assert!(matches!(other.me().await, Err(TelegramError::Closed)));
}
