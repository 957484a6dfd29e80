//! The assistant over HTTP: the seed's request and answer, bad input, the stream, and the tools over MCP.

use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

use crate::crm::{client, service, session, trainer};
use crate::server::{Server, answer, fields};

const CHAT: &str = "/api/ai-assistant/chat";
const SNAPSHOT: [&str; 10] = [
    "total_clients",
    "active_clients",
    "new_clients_today",
    "new_clients_week",
    "new_clients_month",
    "today_bookings",
    "available_slots_today",
    "revenue_today",
    "revenue_week",
    "revenue_month",
];

/// 2026-03-23T09:00:00Z.
const NOW: UnixMillis = UnixMillis(1_774_256_400_000);
const HOUR_MS: i64 = 3_600_000;

/// The figures are kept between questions: not over a write, the beginning of a session or midnight.
#[tokio::test]
async fn figures_are_of_now_whatever_was_asked_before() {
    let (clock, time) = Clock::at(NOW, 1);
    let server = Server::at(&[("ALFA_TIMEZONE", "Europe/Berlin")], clock.clone()).await;
    let later = async |hours: i64| {
        let then = UnixMillis(NOW.0 + hours * HOUR_MS);
        tokio::join!(clock.sleep_until(then), async { while time.advance(then) {} });
    };
    let seen = async |name: &str| {
        let twice = [
            server.get("/api/ai-assistant/stats").await.1[name].clone(),
            server.get("/api/ai-assistant/stats").await.1[name].clone(),
        ];
        assert_eq!(twice[0], twice[1]);
        twice[0].clone()
    };
    for number in 0..3 {
        assert_eq!(seen("new_clients_today").await, number);
        client(&server, &format!("Анна {number}")).await;
    }
    let yoga = service(&server, "Йога", 80_000).await;
    for hour in [10, 12] {
        let body =
            json!({"service_id": yoga, "starts_at": format!("2026-03-23T{hour}:00:00Z"), "capacity": 5});
        session(&server, body).await;
    }
    for (hours, free) in [(0, 10), (1, 5), (2, 5), (3, 0)] {
        later(hours).await;
        assert_eq!(seen("available_slots_today").await, free, "after {hours} h");
    }
    assert_eq!(seen("new_clients_today").await, 3);
    later(24).await;
    assert_eq!(seen("new_clients_today").await, 0);
    // A name of after the first question is known as well.
    let about = json!({"message": "Насколько загружена Ольга Ветрова на этой неделе?"});
    let (_, before) = server.post(CHAT, about.clone()).await;
    trainer(&server, "Ольга Ветрова").await;
    let (_, after) = server.post(CHAT, about).await;
    assert_ne!(before["message"], after["message"], "{before}");
    assert!(
        after["message"].as_str().expect("text").contains("Ольга Ветрова"),
        "{after}"
    );
}

#[tokio::test]
async fn the_seeds_request_is_answered_with_the_snapshot() {
    let server = Server::open().await;
    let asked = json!({"message": "Сколько клиентов в базе?", "conversation_history": []});
    let (status, body) = server.post(CHAT, asked).await;
    assert_eq!(status, 200, "{body}");
    assert!(
        body["message"]
            .as_str()
            .expect("text")
            .starts_with("В базе 0 клиентов"),
        "{body}"
    );
    assert_eq!(
        (&body["provider"], &body["degraded"]),
        (&json!("offline"), &json!(false))
    );
    assert_eq!(body["tools"], json!([{"name": "clients_count", "arguments": {}}]));
    assert!(
        !body["sources"][0]["definition"]
            .as_str()
            .expect("text")
            .is_empty()
    );
    let (status, stats) = server.get("/api/ai-assistant/stats").await;
    assert_eq!(status, 200);
    for name in SNAPSHOT {
        assert_eq!(
            (&body["data"][name], &stats[name]),
            (&json!(0), &json!(0)),
            "{name}"
        );
    }
    let (_, body) = server
        .post(CHAT, json!({"message": "Revenue from 1 to 15 November 2025"}))
        .await;
    assert_eq!(
        body["sources"][0]["period"],
        json!({"from": "2025-11-01", "to": "2025-11-15"})
    );
    assert_eq!(
        (&body["data"]["revenue"], &body["data"]["currency"]),
        (&json!(0), &json!("RUB"))
    );
}

#[tokio::test]
async fn bad_questions_are_refused_by_field() {
    let server = Server::open().await;
    for (body, field) in [
        (json!({}), "message"),
        (json!({"message": " "}), "message"),
        (json!({"message": "а".repeat(2_001)}), "message"),
        (json!({"message": 5}), "message"),
        (json!({"message": "Привет", "mood": 1}), "mood"),
        (
            json!({"message": "Привет", "conversation_history": [{"role": "boss", "content": "x"}]}),
            "conversation_history[0].role",
        ),
        (
            json!({"message": "Привет", "conversation_history": [{"role": "user"}]}),
            "conversation_history[0].content",
        ),
        (
            json!({"message": "Привет", "conversation_history": vec![json!({"role": "user", "content": "x"}); 201]}),
            "conversation_history",
        ),
    ] {
        let (status, answer) = server.post(CHAT, body.clone()).await;
        assert_eq!(
            (status, fields(&answer)),
            (422, vec![field.to_owned()]),
            "{body} {answer}"
        );
    }
    let (status, answer) = server
        .post(&format!("{CHAT}?stream=perhaps"), json!({"message": "Привет"}))
        .await;
    assert_eq!((status, fields(&answer)), (422, vec!["stream".to_owned()]));
}

#[tokio::test]
async fn the_stream_brings_the_same_answer_in_pieces() {
    let server = Server::open().await;
    let asked = json!({"message": "Give me a quick summary"});
    let request = server
        .request("POST", &format!("{CHAT}?stream=true"))
        .json(&asked);
    let response = request.send().await.expect("answered");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let text = response.text().await.expect("body");
    let (mut said, mut done) = (String::new(), Value::Null);
    for event in text.split("\n\n") {
        let data = event
            .lines()
            .find_map(|line| line.strip_prefix("data: "))
            .unwrap_or("null");
        let data: Value = serde_json::from_str(data).expect("JSON");
        if event.starts_with("event: delta") {
            said.push_str(data["text"].as_str().expect("text"));
        } else if event.starts_with("event: done") {
            done = data;
        }
    }
    assert!(text.starts_with("event: start"), "{text}");
    assert_eq!(done["message"], said.as_str());
    let (_, whole) = server.post(CHAT, asked).await;
    assert_eq!(whole["message"], done["message"]);
}

async fn rpc(server: &Server, token: Option<&str>, method: &str, params: Value) -> (u16, Value) {
    let mut request = server
        .request("POST", "/mcp")
        .header("accept", "application/json, text/event-stream")
        .json(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    answer(request.send().await.expect("answered")).await
}

#[tokio::test]
async fn agents_get_the_tools_under_their_token() {
    let server = Server::closed().await;
    let (status, _) = rpc(&server, None, "tools/list", json!({})).await;
    assert_eq!(status, 401, "nobody is nobody");
    let access = alfa::access::AccessService::new(server.app.store.clone(), server.app.clock.clone());
    let made = access
        .create_token("test", "agent", alfa::access::Scope::Read)
        .await
        .expect("made");
    let token = Some(made.token.expose());
    let (status, listed) = rpc(&server, token, "tools/list", json!({})).await;
    assert_eq!(status, 200, "{listed}");
    let tools = listed["result"]["tools"].as_array().expect("tools");
    assert!(
        tools.len() > 30
            && tools
                .iter()
                .all(|tool| tool["annotations"]["readOnlyHint"] == true),
        "{listed}"
    );
    let (_, called) = rpc(
        &server,
        token,
        "tools/call",
        json!({"name": "revenue_total", "arguments": {"from": "2026-11-01", "to": "2026-11-15"}}),
    )
    .await;
    assert_eq!(called["result"]["structuredContent"]["revenue"], 0, "{called}");
    assert_eq!(
        called["result"]["structuredContent"]["period"]["to"],
        "2026-11-15"
    );
    for arguments in [
        json!({"from": "yesterday"}),
        json!({"sql": "DROP"}),
        json!({"from": "2026-11-02", "to": "2026-11-01"}),
    ] {
        let (_, refused) = rpc(
            &server,
            token,
            "tools/call",
            json!({"name": "revenue_total", "arguments": arguments}),
        )
        .await;
        assert_eq!(refused["error"]["code"], -32602, "{refused}");
    }
    let (_, unknown) = rpc(&server, token, "tools/call", json!({"name": "drop_table"})).await;
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
}
