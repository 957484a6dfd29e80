//! The inbox: tabs and their numbers, search, reading, closing, suggested answers, and what could not be sent.

use crate::server::{Server, fields};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::receive::{self, NewMessage};
use alfa_store::outreach::takeover;
use alfa_store::types::{Environment, MessageAuthor, OutboxKind};
use serde_json::{Value, json};

/// A server with an account of ours.
async fn with_account() -> (Server, i64) {
    let server = Server::open().await;
    let tx = server.app.begin().await.expect("begun");
    let now = server.app.clock.now();
    let account = alfa_store::accounts::create(&tx, "main", Environment::Sandbox, Some("+79990000001"), now)
        .await
        .expect("made");
    tx.commit().await.expect("kept");
    (server, account)
}

/// The person writes, as an update of Telegram says it.
async fn says(server: &Server, account_id: i64, contact_id: i64, number: i64, text: &str) {
    let tx = server.app.begin().await.expect("begun");
    let now = server.app.clock.now();
    let message = NewMessage {
        account_id,
        contact_id,
        telegram_message_id: number,
        text,
        sent_at: now,
        author: MessageAuthor::Contact,
    };
    receive::store_once(&tx, &message).await.expect("stored");
    receive::touch_dialog(&tx, (account_id, contact_id), now, None)
        .await
        .expect("touched");
    tx.commit().await.expect("kept");
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("items").iter();
    items.filter_map(|row| row["contact_name"].as_str()).collect()
}

#[tokio::test]
async fn the_tabs_count_what_they_list_and_a_search_narrows_both() {
    let (server, account) = with_account().await;
    let anna = server.contact("Анна Каренина", "+79991234501").await;
    let boris = server.contact("Борис Годунов", "+79991234502").await;
    let clara = server.contact("Клара Новикова", "+79991234503").await;
    for (number, contact) in [(1, anna), (2, boris), (3, clara)] {
        says(&server, account, contact, number, &"Добрый день! ".repeat(30)).await;
    }
    let act = async |contact: i64, verb: &str| {
        server
            .post(&format!("/api/dialogs/{contact}/{verb}"), Value::Null)
            .await
    };
    assert_eq!(act(boris, "take-over").await.1["owner"], "human");
    assert_eq!(act(boris, "read").await.1["unread"], 0);
    assert!(!act(clara, "close").await.1["closed_at"].is_null());

    let (status, counts) = server.get("/api/dialogs/counts").await;
    assert_eq!(status, 200);
    assert_eq!(
        counts,
        json!({"all": 3, "unread": 1, "human": 1, "ai": 1, "closed": 1})
    );
    for (tab, expected) in [
        ("all", vec!["Клара Новикова", "Борис Годунов", "Анна Каренина"]),
        ("unread", vec!["Анна Каренина"]),
        ("human", vec!["Борис Годунов"]),
        ("ai", vec!["Анна Каренина"]),
        ("closed", vec!["Клара Новикова"]),
    ] {
        let page = server.get(&format!("/api/dialogs?tab={tab}")).await.1;
        assert_eq!(names(&page), expected, "{tab}");
        assert_eq!(page["total"], expected.len(), "{tab}");
    }
    for search in ["годун", "%2B79991234502", "8999 123 45 02"] {
        let page = server.get(&format!("/api/dialogs?search={search}")).await.1;
        assert_eq!(names(&page), ["Борис Годунов"], "{search}");
        let counts = server
            .get(&format!("/api/dialogs/counts?search={search}"))
            .await
            .1;
        assert_eq!(
            (&counts["all"], &counts["human"]),
            (&json!(1), &json!(1)),
            "{search}"
        );
    }
    let row = &server.get("/api/dialogs?tab=ai").await.1["items"][0];
    let text = row["last_message"]["text"].as_str().expect("text");
    assert_eq!(text.chars().count(), 200);
    assert_eq!(
        (
            &row["last_message"]["direction"],
            &row["stage"],
            &row["opted_out"],
            &row["answer_due"]
        ),
        (&json!("in"), &json!("new"), &json!(false), &json!(false)),
        "{row}"
    );
    assert_eq!(&server.get(&format!("/api/dialogs/{anna}")).await.1, row);

    assert!(act(clara, "reopen").await.1["closed_at"].is_null());
    assert_eq!(server.get("/api/dialogs/counts").await.1["closed"], 0);
    server
        .post(&format!("/api/contacts/{clara}/opt-out"), json!({}))
        .await;
    let (status, body) = act(clara, "reopen").await;
    assert_eq!((status, body["code"].as_str()), (409, Some("opted_out")));
    for path in ["/api/dialogs/999", "/api/dialogs/999/read"] {
        let method = if path.ends_with("read") { "POST" } else { "GET" };
        let sent = server.request(method, path).send().await.expect("answered");
        assert_eq!(crate::server::answer(sent).await.0, 404, "{path}");
    }
    let bad = server.get("/api/dialogs/counts?campaign_id=0").await;
    assert_eq!((bad.0, fields(&bad.1)), (422, vec!["campaign_id".to_owned()]));
}

#[tokio::test]
async fn an_answer_is_suggested_and_nothing_is_sent() {
    let (server, account) = with_account().await;
    let anna = server.contact("Анна Каренина", "+79991234501").await;
    let suggest = format!("/api/dialogs/{anna}/suggest");
    assert_eq!(server.post(&suggest, Value::Null).await.0, 404, "no dialog yet");
    says(&server, account, anna, 1, "А это точно не мошенники?").await;
    let (status, body) = server.post(&suggest, Value::Null).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        (&body["category"], &body["provider"]),
        (&json!("no_trust"), &json!("offline"))
    );
    let text = body["text"].as_str().expect("text");
    assert!(!text.is_empty() && !text.contains("{{"), "{text}");
    assert_eq!(
        server
            .get(&format!("/api/messages/history?contact_id={anna}"))
            .await
            .1["total"],
        1
    );
    server
        .post(&format!("/api/contacts/{anna}/opt-out"), json!({}))
        .await;
    let (status, body) = server.post(&suggest, Value::Null).await;
    assert_eq!((status, body["code"].as_str()), (409, Some("opted_out")));
}

#[tokio::test]
async fn a_message_that_was_not_sent_says_why_and_is_sent_once_more() {
    let (server, account) = with_account().await;
    let anna = server.contact("Анна Каренина", "+79991234501").await;
    says(&server, account, anna, 1, "Здравствуйте").await;
    let (status, sent) = server
        .post(
            "/api/messages/send",
            json!({"contact_id": anna, "text": "Добрый день"}),
        )
        .await;
    assert_eq!(
        (status, &sent["state"], &sent["error"]),
        (202, &json!("queued"), &Value::Null)
    );
    let retry = format!("/api/messages/{}/retry", sent["id"]);
    assert_eq!(server.post(&retry, Value::Null).await.1["code"], "not_failed");

    let tx = server.app.begin().await.expect("begun");
    takeover::cancel_waiting(
        &tx,
        anna,
        &[OutboxKind::Operator],
        "blocked_us",
        &mut Moves::new(),
    )
    .await
    .expect("cancelled");
    tx.commit().await.expect("kept");
    let failed = server.get(&format!("/api/messages/{}", sent["id"])).await.1;
    assert_eq!(
        (&failed["state"], &failed["error"]),
        (&json!("failed"), &json!("blocked_us"))
    );
    assert_eq!(failed["error_text"], "The person has blocked our account.");

    let (status, again) = server.post(&retry, Value::Null).await;
    assert_eq!(
        (status, &again["state"], &again["text"]),
        (202, &json!("queued"), &sent["text"])
    );
    assert_eq!(
        server.post(&retry, Value::Null).await.0,
        404,
        "its place is taken"
    );
    let history = server
        .get(&format!("/api/messages/history?contact_id={anna}"))
        .await
        .1;
    assert_eq!(
        (&history["total"], &history["items"][1]["id"]),
        (&json!(2), &again["id"])
    );
}
