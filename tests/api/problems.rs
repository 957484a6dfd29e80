//! Every error is a problem in the reader's language.

use crate::server::{Server, answer};
use serde_json::json;

#[tokio::test]
async fn every_kind_of_refusal_is_a_problem() {
    let server = Server::open().await;
    let create = || server.request("POST", "/api/contacts/create");
    let json = "application/json";
    let cases = [
        (404, "route_not_found", server.request("GET", "/no/such/place")),
        (404, "not_found", server.request("GET", "/api/contacts/77")),
        (
            405,
            "method_not_allowed",
            server.request("DELETE", "/api/contacts"),
        ),
        (
            400,
            "bad_request",
            create().header("content-type", json).body("{"),
        ),
        (
            400,
            "bad_request",
            create().header("content-type", json).body(vec![0xff, 0xfe]),
        ),
        (
            415,
            "unsupported_media_type",
            create().header("content-type", "text/plain").body("{}"),
        ),
        (
            413,
            "too_large",
            create().header("content-type", json).body(" ".repeat(2 << 20)),
        ),
        (422, "invalid", create().json(&json!({"name": 5}))),
        (
            409,
            "no_account",
            server.request("GET", "/api/groups?refresh=true"),
        ),
    ];
    for (status, code, request) in cases {
        let (answered, body) = answer(request.send().await.expect("answered")).await;
        assert_eq!((answered, body["code"].as_str()), (status, Some(code)), "{body}");
        assert!(body["request_id"].is_string());
    }
    let allowed = server
        .request("DELETE", "/api/contacts")
        .send()
        .await
        .expect("answered");
    assert_eq!(allowed.headers()["allow"], "GET,HEAD");
}

#[tokio::test]
async fn texts_follow_accept_language() {
    let server = Server::open().await;
    let ask = async |language: &str| {
        let url = format!("{}/api/contacts/77", server.address);
        let response = server
            .client
            .get(url)
            .header("accept-language", language)
            .send()
            .await
            .expect("answered");
        answer(response).await.1["title"]
            .as_str()
            .expect("title")
            .to_owned()
    };
    assert_eq!(ask("en-GB,ru;q=0.5").await, "Not found");
    assert_eq!(ask("ru").await, "Не найдено");
    assert_eq!(ask("").await, "Не найдено");
}

#[tokio::test]
async fn the_process_says_how_it_is() {
    let server = Server::open().await;
    assert_eq!(server.get("/ready").await.1["database"], "ok");
    server.get("/api/contacts/77").await;
    let text = server
        .request("GET", "/metrics")
        .send()
        .await
        .expect("answered")
        .text()
        .await
        .expect("text");
    let line = "alfa_http_requests_total{method=\"GET\",route=\"/api/contacts/{id}\",status=\"404\"} 1";
    assert!(text.contains(line) && text.ends_with("# EOF\n"), "{text}");
    let page = server
        .request("GET", "/docs/index.html")
        .send()
        .await
        .expect("answered")
        .text()
        .await
        .expect("text");
    assert!(
        page.contains("swagger-ui") && !page.contains("https://"),
        "{page}"
    );
}
