//! Bad input to every endpoint: a 4xx with the field named.

use crate::server::{Server, answer, fields};
use alfa::api::router::ROUTES;
use serde_json::{Value, json};

fn concrete(path: &str, id: &str) -> String {
    path.replace("{id}", id)
        .replace("{contact_id}", id)
        .replace("{attribute}", "rate")
}

#[tokio::test]
async fn ids_that_are_none_are_named() {
    let server = Server::open().await;
    for route in ROUTES.iter().filter(|route| route.path.contains("id}")) {
        let name = if route.path.contains("{id}") {
            "id"
        } else {
            "contact_id"
        };
        for bad in ["0", "-1", "x", "1.5", "9223372036854775808", "%00", "%20"] {
            let path = concrete(route.path, bad);
            let (status, body) = answer(
                server
                    .request(route.method, &path)
                    .send()
                    .await
                    .expect("answered"),
            )
            .await;
            assert_eq!(status, 422, "{} {path} {body}", route.method);
            assert_eq!(fields(&body), [name], "{} {path}", route.method);
        }
        let path = concrete(route.path, "9223372036854775807");
        let (status, body) = answer(
            server
                .request(route.method, &path)
                .send()
                .await
                .expect("answered"),
        )
        .await;
        // What needs a body or an account may say so first; no id, however large, is our fault.
        assert!(
            [404, 409, 415].contains(&status),
            "{} {path} {body}",
            route.method
        );
    }
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_named() {
    let server = Server::open().await;
    server.contact("Иван", "+79991234567").await;
    let long = "x".repeat(5000);
    let cases = [
        ("POST", "/api/contacts/create", json!({}), "name"),
        ("POST", "/api/contacts/create", json!({"name": "  "}), "name"),
        ("POST", "/api/contacts/create", json!({"name": "a\u{0}b"}), "name"),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "phone": "12"}),
            "phone",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "username": "a b"}),
            "username",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "age": 500}),
            "age",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "tags": ["x", 5]}),
            "tags[1]",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "consent": "sure"}),
            "consent",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "country": "??"}),
            "country",
        ),
        (
            "POST",
            "/api/contacts/create",
            json!({"name": "a", "timezone": "Moon"}),
            "timezone",
        ),
        ("PUT", "/api/contacts/1", json!({"colour": 1}), "colour"),
        ("PUT", "/api/contacts/1", json!([null, null]), "body"),
        (
            "POST",
            "/api/contacts/1/consent",
            json!({"basis": "none"}),
            "basis",
        ),
        (
            "POST",
            "/api/contacts/1/consent",
            json!({"basis": "opt_in_form", "reinstate": true}),
            "evidence",
        ),
        ("POST", "/api/contacts/1/revoke-consent", json!({"why": 1}), "why"),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a"}),
            "contact_ids",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "contact_ids": [77]}),
            "contact_ids",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "contact_ids": [1, 0]}),
            "contact_ids[1]",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "contact_ids": [1], "product_id": 999}),
            "product_id",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "contact_ids": [1], "scheduled_at": "soon"}),
            "scheduled_at",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "contact_ids": [1], "message_template": "{{nose}}"}),
            "message_template",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "segment": {"colour": 1}}),
            "segment.colour",
        ),
        (
            "POST",
            "/api/campaigns/create",
            json!({"name": "a", "segment": [null]}),
            "segment",
        ),
        ("PATCH", "/api/campaigns/1", json!({"name": ""}), "name"),
        (
            "POST",
            "/api/campaigns/1/preview",
            json!({"contact_ids": [0]}),
            "contact_ids[0]",
        ),
        (
            "POST",
            "/api/campaigns/1/initiate-dialogs",
            json!({"batch_size": 0}),
            "batch_size",
        ),
        (
            "POST",
            "/api/campaigns/1/initiate-dialogs",
            json!({"delay_between_messages": -1}),
            "delay_between_messages",
        ),
        (
            "POST",
            "/api/campaigns/1/approve",
            json!({"outbox_ids": [0]}),
            "outbox_ids[0]",
        ),
        (
            "POST",
            "/api/messages/send",
            json!({"contact_id": 1, "text": ""}),
            "text",
        ),
        (
            "POST",
            "/api/messages/send",
            json!({"contact_id": 1, "text": long}),
            "text",
        ),
        (
            "POST",
            "/api/messages/send",
            json!({"contact_id": "1", "text": "a"}),
            "contact_id",
        ),
        (
            "POST",
            "/api/groups/1/parse-members",
            json!({"limit": 0}),
            "limit",
        ),
        (
            "POST",
            "/api/ai/handle-objection",
            json!({"objection": ""}),
            "objection",
        ),
        (
            "POST",
            "/api/ai/handle-objection",
            json!({"objection": "дорого", "product_id": 999}),
            "product_id",
        ),
        (
            "POST",
            "/api/ai/check",
            json!({"text": "a", "products": [{"name": ""}]}),
            "products[0].name",
        ),
        (
            "POST",
            "/api/ai/check",
            json!({"text": "a", "profile": {"age": 0}}),
            "profile.age",
        ),
        (
            "POST",
            "/api/tokens",
            json!({"name": "x", "scope": "all"}),
            "scope",
        ),
        ("POST", "/api/auth/login", json!({"password": ""}), "password"),
        (
            "POST",
            "/api/accounts",
            json!({"label": "a", "phone": "not a phone"}),
            "phone",
        ),
        ("POST", "/api/accounts/1/sign-in", json!({"code": ""}), "code"),
        ("POST", "/api/accounts/1/password", json!({}), "password"),
    ];
    for (method, path, body, field) in cases {
        let (status, problem) = answer(
            server
                .request(method, path)
                .json(&body)
                .send()
                .await
                .expect("answered"),
        )
        .await;
        assert_eq!(
            (status, fields(&problem)),
            (422, vec![field.to_owned()]),
            "{method} {path} {body} {problem}"
        );
        assert!(
            problem["errors"][0]["message"]
                .as_str()
                .is_some_and(|text| !text.contains("error.")),
            "{problem}"
        );
    }
}

#[tokio::test]
async fn parameters_that_do_not_fit_are_named() {
    let server = Server::open().await;
    let cases = [
        ("/api/contacts?colour=red", "colour"),
        ("/api/contacts?limit=0", "limit"),
        ("/api/contacts?limit=501", "limit"),
        ("/api/contacts?limit=x", "limit"),
        ("/api/contacts?limit=1&limit=2", "limit"),
        ("/api/contacts?search=%00", "search"),
        ("/api/contacts?search=%ff", "search"),
        ("/api/contacts?status=asleep", "status"),
        ("/api/contacts?sort=colour", "sort"),
        ("/api/contacts?group_id=0", "group_id"),
        ("/api/contacts?opted_out=perhaps", "opted_out"),
        ("/api/contacts/export?consent=x", "consent"),
        ("/api/campaigns?status=x", "status"),
        ("/api/messages/history", "contact_id"),
        ("/api/messages/history?contact_id=0", "contact_id"),
        ("/api/dialogs?tab=x", "tab"),
        ("/api/groups?refresh=x", "refresh"),
        ("/api/imports?limit=-1", "limit"),
        ("/api/audit?cursor=x", "cursor"),
        ("/api/events?last_event_id=-1", "last_event_id"),
        ("/api/knowledge/strategy?current_points=-1", "current_points"),
        ("/api/knowledge/strategy?target_level=Z9", "target_level"),
        ("/api/knowledge/products?x=1", "x"),
        ("/api/knowledge/program?x=1", "x"),
        ("/api/knowledge/versions?limit=0", "limit"),
        ("/api/knowledge/versions?cursor=x", "cursor"),
        ("/api/knowledge/objections/rude", "class"),
        ("/api/knowledge/blocks/rude", "kind"),
        ("/api/ai/recommend-product?age=0", "age"),
        ("/api/ai/recommend-product?has=%00", "has"),
    ];
    for (path, field) in cases {
        let (status, problem) = server.get(path).await;
        assert_eq!(
            (status, fields(&problem)),
            (422, vec![field.to_owned()]),
            "{path} {problem}"
        );
    }
}

#[tokio::test]
async fn good_questions_to_the_engine_are_answered() {
    let server = Server::open().await;
    let (status, body) = server
        .get("/api/ai/recommend-product?profession=Врач&interests=путешествия&age=35")
        .await;
    assert_eq!(
        (status, &body["provider"]),
        (200, &Value::from("offline")),
        "{body}"
    );
    assert!(
        body["product"]["id"].is_i64() && !body["reasons"].as_array().expect("reasons").is_empty(),
        "{body}"
    );
    let (status, body) = server
        .post(
            "/api/ai/handle-objection",
            json!({"objection": "А какая ставка?", "product_id": 3}),
        )
        .await;
    assert_eq!(
        (status, &body["category"]),
        (200, &Value::from("price_rate")),
        "{body}"
    );
    let (status, body) = server
        .post(
            "/api/ai/check",
            json!({"text": "Ставка 1 % годовых!", "product_id": 3}),
        )
        .await;
    assert_eq!((status, &body["ok"]), (200, &Value::from(false)), "{body}");
    assert_eq!(server.get("/api/knowledge/program-info").await.1["sample"], true);
    assert!(
        server.get("/api/knowledge/products").await.1["total"]
            .as_u64()
            .is_some_and(|total| total > 0)
    );
    assert_eq!(
        server.get("/api/knowledge/strategy?current_points=100").await.1["current_points"],
        100
    );
}

#[tokio::test]
async fn a_campaign_is_looked_at_before_it_begins() {
    let server = Server::open().await;
    server.contact("Иван Петров", "+79991234567").await;
    let (status, body) = server
        .post(
            "/api/campaigns/create",
            json!({"name": "a", "product_id": 3, "contact_ids": [1, 2]}),
        )
        .await;
    assert_eq!(
        (status, &body["unknown_contact_ids"]),
        (201, &json!([2])),
        "{body}"
    );
    let (status, body) = server.post("/api/campaigns/1/preview", json!({})).await;
    assert_eq!((status, &body["total"]), (200, &json!(1)), "{body}");
    assert!(
        body["items"][0]["text"]
            .as_str()
            .is_some_and(|text| text.contains("Иван")),
        "{body}"
    );
    let change = server
        .request("PATCH", "/api/campaigns/1")
        .json(&json!({"name": "b"}));
    let (status, body) = answer(change.send().await.expect("answered")).await;
    assert_eq!(
        (status, &body["name"], &body["status"]),
        (200, &json!("b"), &json!("draft"))
    );
    let (status, body) = server.post("/api/campaigns/1/initiate-dialogs", json!({})).await;
    assert_eq!((status, &body["code"]), (409, &json!("no_account")), "{body}");
}
