//! Products from the partner's cabinet: a fake one on loopback, well and badly behaved.

use crate::server::{Server, answer, fields};
use alfa::knowledge::service::{Action, Order};
use alfa::knowledge::sync::{LIMITS, Limits, sync};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

const KEY: &str = "cabinet-key-0123456789abcdef";

/// What the fake cabinet answers, and which `Authorization` it saw.
#[derive(Clone, Default)]
struct Cabinet {
    answer: Arc<Mutex<(u16, String, Option<String>)>>,
    seen: Arc<Mutex<Vec<Option<String>>>>,
    slow: Arc<Mutex<Duration>>,
}

impl Cabinet {
    fn say(&self, status: u16, body: impl ToString) {
        *self.answer.lock().expect("lock") = (status, body.to_string(), None);
    }

    fn redirect(&self, to: &str) {
        *self.answer.lock().expect("lock") = (302, String::new(), Some(to.to_owned()));
    }
}

async fn reply(State(cabinet): State<Cabinet>, headers: HeaderMap) -> axum::response::Response {
    let sent = headers
        .get("authorization")
        .map(|value| value.to_str().expect("text").to_owned());
    cabinet.seen.lock().expect("lock").push(sent);
    let wait = *cabinet.slow.lock().expect("lock");
    tokio::time::sleep(wait).await;
    let (status, body, to) = cabinet.answer.lock().expect("lock").clone();
    let response = Response::builder().status(StatusCode::from_u16(status).expect("status"));
    let response = match to {
        Some(to) => response.header("location", to),
        None => response,
    };
    response.body(Body::from(body)).expect("answer").into_response()
}

async fn moved(State(cabinet): State<Cabinet>, headers: HeaderMap) -> axum::response::Response {
    let sent = headers
        .get("authorization")
        .map(|value| value.to_str().expect("text").to_owned());
    cabinet.seen.lock().expect("lock").push(sent);
    axum::Json(json!([{"id": 1, "points": 7}])).into_response()
}

/// A cabinet on a free port, and a server that knows it.
async fn both() -> (Cabinet, Server, String) {
    let cabinet = Cabinet::default();
    let app = Router::new()
        .route("/products", get(reply))
        .route("/moved", get(moved));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let place = format!("http://{}", listener.local_addr().expect("address"));
    let url = format!("{place}/products");
    let server = Server::with(&[("ALFA_API_KEY", KEY), ("KNOWLEDGE_SYNC_URL", &url)]).await;
    let served = app.with_state(cabinet.clone());
    server.app.workers.spawn("cabinet", async move {
        axum::serve(listener, served).await.expect("served");
    });
    (cabinet, server, place)
}

async fn ask(server: &Server) -> (u16, Value) {
    let (status, body) = server.post("/api/knowledge/sync", Value::Null).await;
    assert!(!body.to_string().contains(KEY), "{body}");
    (status, body)
}

#[tokio::test]
async fn products_are_updated_and_added_and_none_goes() {
    let (cabinet, server, _) = both().await;
    let new =
        json!({"id": 12, "name": "Копилка", "points": 40, "priority": 3, "link": "https://example.com/s"});
    cabinet.say(
        200,
        json!({"products": [{"id": 2, "points": 350}, {"id": 1, "points": 500}, new], "page": 1}),
    );
    let (status, body) = ask(&server).await;
    let expected = json!({"changed": true, "added": [12], "updated": [2], "unchanged": 1, "version_id": 2});
    assert_eq!((status, &body), (200, &expected));
    assert_eq!(
        *cabinet.seen.lock().expect("lock"),
        [Some(format!("Bearer {KEY}"))]
    );
    assert_eq!(server.get("/api/knowledge/products").await.1["total"], 6);
    let newest = server.get("/api/knowledge/versions").await.1["items"][0].clone();
    assert_eq!(
        (&newest["source"], &newest["action"]),
        (&json!("sync"), &json!("synced"))
    );
    // A sample stays a sample: its other facts are still made up.
    assert_eq!(server.get("/api/knowledge/program").await.1["sample"], true);
    let (_, body) = ask(&server).await;
    let expected = json!({"changed": false, "added": [], "updated": [], "unchanged": 3, "version_id": 2});
    assert_eq!(body, expected);
    cabinet.say(200, "[]");
    assert_eq!(ask(&server).await.1["changed"], false);
}

#[tokio::test]
async fn a_bad_answer_changes_nothing_and_says_what_to_do() {
    let (cabinet, server, _) = both().await;
    let cases: [(u16, String, &str, &str); 11] = [
        (401, String::new(), "cabinet_unauthorized", "ALFA_API_KEY"),
        (403, String::new(), "cabinet_unauthorized", "ALFA_API_KEY"),
        (404, KEY.to_owned(), "cabinet_not_found", "KNOWLEDGE_SYNC_URL"),
        (429, String::new(), "cabinet_too_often", "minutes"),
        (503, String::new(), "cabinet_down", "later"),
        (418, String::new(), "cabinet_status", "418"),
        (
            200,
            format!("<html>{KEY}"),
            "cabinet_not_json",
            "KNOWLEDGE_SYNC_URL",
        ),
        (200, "{}".to_owned(), "cabinet_bad_products", "body"),
        (
            200,
            json!([{"id": 1, "points": KEY}]).to_string(),
            "cabinet_bad_products",
            "points",
        ),
        (
            200,
            json!([{"id": 1, "link": "nowhere"}]).to_string(),
            "cabinet_bad_products",
            "products[0].link",
        ),
        (
            200,
            format!("\"{}\"", "x".repeat(4 * 1024 * 1024)),
            "cabinet_too_large",
            "4 MiB",
        ),
    ];
    for (status, body, code, told) in cases {
        cabinet.say(status, body);
        let (answered, problem) = ask(&server).await;
        assert_eq!((answered, &problem["code"]), (502, &json!(code)), "{problem}");
        assert!(
            problem["detail"].as_str().expect("text").contains(told),
            "{told}: {problem}"
        );
    }
    cabinet.say(200, json!({"data": [{"id": 1, "points": "5"}, {"id": 1.5}]}));
    assert_eq!(fields(&ask(&server).await.1), ["data[0].points", "data[1].id"]);
    assert_eq!(server.get("/api/knowledge/versions").await.1["total"], 1);
}

#[tokio::test]
async fn the_key_goes_to_the_configured_host_and_nowhere_else() {
    let (cabinet, server, place) = both().await;
    let other = both().await;
    cabinet.redirect(&format!("{}/products", other.2));
    let (status, problem) = ask(&server).await;
    assert_eq!(
        (status, &problem["code"]),
        (502, &json!("cabinet_redirect")),
        "{problem}"
    );
    assert!(other.0.seen.lock().expect("lock").is_empty());
    cabinet.redirect(&format!("{place}/moved"));
    assert_eq!(ask(&server).await.1["updated"], json!([1]));
    cabinet.redirect(&format!("{place}/products"));
    assert_eq!(
        ask(&server).await.1["code"],
        "cabinet_redirect",
        "round and round"
    );
}

#[tokio::test]
async fn an_absent_and_a_silent_cabinet_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = listener.local_addr().expect("address");
    drop(listener);
    let url = format!("http://user:hidden@{address}/products");
    let server = Server::with(&[("ALFA_API_KEY", KEY), ("KNOWLEDGE_SYNC_URL", &url)]).await;
    let (status, problem) = ask(&server).await;
    assert_eq!(
        (status, &problem["code"]),
        (502, &json!("cabinet_unreachable")),
        "{problem}"
    );
    assert!(!problem.to_string().contains("hidden"), "{problem}");

    let (cabinet, server, _) = both().await;
    *cabinet.slow.lock().expect("lock") = Duration::from_secs(30);
    let limits = Limits {
        total: Duration::from_millis(300),
        ..LIMITS
    };
    let order = Order {
        author: "test".to_owned(),
        action: Action::Synced,
        if_match: None,
        dry_run: false,
    };
    let error = sync(&server.app, &order, limits).await.expect_err("refused");
    assert_eq!((error.status(), error.code()), (502, "cabinet_timeout"));
}

#[tokio::test]
async fn without_a_key_nobody_is_asked() {
    let server = Server::open().await;
    let (status, problem) = ask(&server).await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("cabinet_no_key")),
        "{problem}"
    );
    let closed = Server::closed().await;
    let anonymous = closed
        .request("POST", "/api/knowledge/sync")
        .send()
        .await
        .expect("answered");
    assert_eq!(answer(anonymous).await.0, 401);
}
