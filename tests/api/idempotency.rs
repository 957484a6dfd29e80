//! `Idempotency-Key`.

use crate::server::{Server, answer};
use serde_json::{Value, json};

async fn create(server: &Server, key: &str, body: &Value) -> (u16, Value) {
    let request = server
        .request("POST", "/api/contacts/create")
        .header("idempotency-key", key)
        .json(body);
    answer(request.send().await.expect("answered")).await
}

#[tokio::test]
async fn the_same_request_is_done_once_and_answered_alike() {
    let server = Server::open().await;
    let body = json!({"name": "Иван", "phone": "+79991234567"});
    let first = create(&server, "k1", &body).await;
    assert_eq!(first.0, 201);
    assert_eq!(create(&server, "k1", &body).await, first);
    assert_eq!(server.get("/api/contacts").await.1["total"], 1);
    let (status, problem) = create(&server, "k1", &json!({"name": "Пётр"})).await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (409, Some("idempotency_key_reused"))
    );
    assert_eq!(
        create(&server, "k2", &body).await.0,
        409,
        "the phone is taken: another key does it anew"
    );
}

#[tokio::test]
async fn a_refused_request_gives_its_key_back() {
    let server = Server::open().await;
    assert_eq!(create(&server, "k", &json!({"name": ""})).await.0, 422);
    assert_eq!(create(&server, "k", &json!({"name": "Иван"})).await.0, 201);
    let long = "x".repeat(201);
    assert_eq!(create(&server, &long, &json!({"name": "Иван"})).await.0, 422);
}

#[tokio::test]
async fn many_at_once_do_it_once() {
    let server = Server::open().await;
    let body = json!({"name": "Иван"});
    let all = futures::future::join_all((0..8).map(|_| create(&server, "k", &body))).await;
    assert!(
        all.iter().all(|(status, _)| [201, 409].contains(status)),
        "{all:?}"
    );
    assert!(all.iter().any(|(status, _)| *status == 201));
    assert_eq!(server.get("/api/contacts").await.1["total"], 1);
}

#[tokio::test]
async fn a_kept_token_is_not_kept_in_the_clear() {
    let server = Server::open().await;
    let ask = async || {
        let request = server
            .request("POST", "/api/tokens")
            .header("idempotency-key", "k")
            .json(&json!({"name": "x"}));
        answer(request.send().await.expect("answered")).await
    };
    let first = ask().await;
    assert_eq!(first.0, 201);
    assert_eq!(ask().await, first);
    let token = first.1["token"].as_str().expect("token").to_owned();
    let store = &server.app.store;
    for name in ["alfa.db", "alfa.db-wal"] {
        let folder = server.app.config.data_dir.clone();
        let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
        assert!(
            !bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes()),
            "{name} of {:?}",
            store.url()
        );
    }
}
