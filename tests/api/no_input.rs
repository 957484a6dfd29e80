//! Routes that take nothing refuse what they are given, by name; what cannot be read at all names what is broken.

use serde_json::json;

use crate::server::{Server, answer, fields};

const ACTIONS: [(&str, &str); 17] = [
    ("POST", "/api/campaigns/1/pause"),
    ("POST", "/api/campaigns/1/resume"),
    ("POST", "/api/campaigns/1/cancel"),
    ("POST", "/api/dialogs/1/take-over"),
    ("POST", "/api/dialogs/1/hand-back"),
    ("POST", "/api/dialogs/1/close"),
    ("POST", "/api/contacts/1/opt-out"),
    ("POST", "/api/imports/1/undo"),
    ("POST", "/api/auth/logout"),
    ("POST", "/api/accounts/1/request-code"),
    ("POST", "/api/accounts/1/qr"),
    ("POST", "/api/accounts/1/logout"),
    ("POST", "/api/accounts/1/resume"),
    ("DELETE", "/api/contacts/1"),
    ("DELETE", "/api/tokens/1"),
    ("GET", "/api/auth/me"),
    ("GET", "/api/contacts/1/consent"),
];

#[tokio::test]
async fn what_takes_nothing_refuses_what_it_is_given() {
    let server = Server::open().await;
    let id = server.contact("Иван", "+79991234567").await;
    assert_eq!(id, 1);
    for (method, path) in ACTIONS {
        let strange = server.request(method, &format!("{path}?force=1")).send();
        let (status, body) = answer(strange.await.expect("answered")).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["force".to_owned()]),
            "{method} {path}"
        );
        if method == "GET" {
            continue;
        }
        let strange = server.request(method, path).json(&json!({"force": true})).send();
        let (status, body) = answer(strange.await.expect("answered")).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["force".to_owned()]),
            "{method} {path}"
        );
    }
    assert_eq!(
        server.get("/api/contacts/1").await.1["opted_out_at"],
        json!(null),
        "nothing was done"
    );
    assert_eq!(server.post("/api/contacts/1/opt-out", json!({})).await.0, 200);
}

#[tokio::test]
async fn what_takes_a_body_takes_no_query() {
    let server = Server::open().await;
    for (path, body) in [
        ("/api/contacts/create", json!({"name": "Иван"})),
        ("/api/campaigns/1/initiate-dialogs", json!({})),
    ] {
        let (status, body) = server.post(&format!("{path}?dry_run=1"), body).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["dry_run".to_owned()]),
            "{path}"
        );
    }
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
}

#[tokio::test]
async fn what_cannot_be_read_names_what_is_broken() {
    let server = Server::open().await;
    let broken = server
        .request("POST", "/api/contacts/create")
        .header("content-type", "application/json")
        .body("{\"name\": ");
    let (status, body) = answer(broken.send().await.expect("answered")).await;
    assert_eq!((status, fields(&body)), (400, vec!["body".to_owned()]), "{body}");
    for kind in ["multipart/form-data; boundary=x", "multipart/form-data"] {
        let broken = server
            .request("POST", "/api/contacts/upload")
            .header("content-type", kind)
            .body("--x\r\nnonsense");
        let (status, body) = answer(broken.send().await.expect("answered")).await;
        assert_eq!((status, fields(&body)), (400, vec!["file".to_owned()]), "{body}");
    }
}
