//! Versions of the knowledge base, writers at once, and facts that hold for a time.

use crate::knowledge::{fact, version};
use crate::server::{Server, answer, fields};
use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

#[tokio::test]
async fn a_version_says_what_changed_and_can_be_restored() {
    let server = Server::open().await;
    let first = version(&server).await;
    server
        .send("PATCH", "/api/knowledge/products/3", &json!({"points": 1234}))
        .await;
    let (status, body) = server
        .get(&format!("/api/knowledge/versions/{}", first + 1))
        .await;
    assert_eq!(
        (status, &body["changes"], &body["parent_id"], &body["in_force"]),
        (
            200,
            &json!([{"path": "products[id=3].points", "before": 1000, "after": 1234}]),
            &json!(first),
            &json!(true)
        ),
        "{body}"
    );
    let (_, body) = server.get(&format!("/api/knowledge/versions/{first}")).await;
    assert_eq!(
        (&body["changes_total"], &body["in_force"]),
        (&json!(0), &json!(false)),
        "{body}"
    );
    let undo = format!("/api/knowledge/versions/{first}/restore");
    let (status, body) = server.post(&undo, Value::Null).await;
    assert_eq!(
        (
            status,
            &body["id"],
            &body["action"],
            &body["subject"],
            &body["changes"][0]["after"]
        ),
        (
            200,
            &json!(first + 2),
            &json!("restored"),
            &json!(first.to_string()),
            &json!(1000)
        ),
        "{body}"
    );
    assert_eq!(server.get("/api/knowledge/products/3").await.1["points"], 1000);
    // What is in force already is no new version.
    let (status, body) = server.post(&undo, Value::Null).await;
    assert_eq!(
        (status, &body["id"], &body["changes_total"]),
        (200, &json!(first + 2), &json!(0))
    );
    assert_eq!(
        server
            .post("/api/knowledge/versions/999/restore", Value::Null)
            .await
            .0,
        404
    );
    let page = server.get("/api/knowledge/versions?limit=2").await.1;
    let cursor = page["next_cursor"].as_str().expect("more");
    let rest = server
        .get(&format!("/api/knowledge/versions?limit=2&cursor={cursor}"))
        .await
        .1;
    assert_eq!(
        (&rest["items"][0]["id"], &rest["next_cursor"]),
        (&json!(first), &Value::Null)
    );
}

#[tokio::test]
async fn a_change_on_an_old_version_is_refused() {
    let server = Server::open().await;
    let read = server
        .request("GET", "/api/knowledge/program")
        .send()
        .await
        .expect("answered");
    let tag = read.headers()["etag"].to_str().expect("text").to_owned();
    let ask = async |tag: &str, points: u64| {
        let request = server
            .request("PATCH", "/api/knowledge/products/1")
            .header("if-match", tag);
        let response = request
            .json(&json!({"points": points}))
            .send()
            .await
            .expect("answered");
        let now = response
            .headers()
            .get("etag")
            .map(|tag| tag.to_str().expect("text").to_owned());
        (answer(response).await, now)
    };
    let ((status, _), now) = ask(&tag, 1).await;
    assert_eq!(status, 200);
    let ((status, problem), _) = ask(&tag, 2).await;
    let present = version(&server).await;
    assert_eq!(
        (status, &problem["code"], &problem["version_id"]),
        (412, &json!("stale_version"), &json!(present)),
        "{problem}"
    );
    assert_eq!(ask(&now.expect("tag"), 3).await.0.0, 200);
    assert_eq!(ask("*", 4).await.0.0, 200);
    for bad in ["12", "W/\"1\"", "\"x\"", "\"\"", "\"1\", \"2\""] {
        let ((status, problem), _) = ask(bad, 5).await;
        assert_eq!(
            (status, fields(&problem)),
            (422, vec!["If-Match".to_owned()]),
            "{bad}"
        );
    }
    assert_eq!(server.get("/api/knowledge/products/1").await.1["points"], 4);
}

#[tokio::test]
async fn a_key_stands_for_a_change_on_one_version() {
    let server = Server::open().await;
    let ask = async |tag: Option<&'static str>| {
        let request = server
            .request("POST", "/api/knowledge/versions/1/restore")
            .header("idempotency-key", "r1");
        let request = match tag {
            Some(tag) => request.header("if-match", tag),
            None => request,
        };
        answer(request.send().await.expect("answered")).await
    };
    let first = ask(None).await;
    assert_eq!((first.0, ask(None).await), (200, first));
    for tag in ["", "\"1\"", "\"9\""] {
        let (status, problem) = ask(Some(tag)).await;
        assert_eq!(
            (status, &problem["code"]),
            (409, &json!("idempotency_key_reused")),
            "{problem}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_at_once_all_end_up_in() {
    let server = Server::open().await;
    let first = version(&server).await;
    let writers = (0..12).map(|number| {
        let path = format!("/api/knowledge/products/{}", 1 + number % 5);
        let field = ["points", "priority", "link"][number / 5];
        let value = if field == "link" {
            json!(format!("https://example.com/{number}"))
        } else {
            json!(2000 + number)
        };
        let body = json!({field: value});
        let server = &server;
        async move {
            let (status, answer) = server.send("PATCH", &path, &body).await;
            assert_eq!(status, 200, "{answer}");
            (path, field, value)
        }
    });
    let written = futures::future::join_all(writers).await;
    for (path, field, value) in &written {
        assert_eq!(&server.get(path).await.1[field], value, "{path} {field}");
    }
    assert_eq!(version(&server).await, first + 12);
    // What is kept is what is in force.
    let kept = alfa_store::knowledge::newest(server.app.store.reader())
        .await
        .expect("read")
        .expect("version");
    assert_eq!(kept.body, server.app.knowledge().to_json().expect("json"));
    assert_eq!(server.app.knowledge_in_force().version_id, kept.id);
}

#[tokio::test]
async fn a_fact_holds_to_the_last_minute_of_its_last_day() {
    // 30 June 2026, 20:59:59 UTC: a second before midnight in Moscow, the business's own time.
    let (clock, time) = Clock::at(UnixMillis(1_782_853_199_000), 1);
    let server = Server::at(&[("ALFA_TIMEZONE", "Europe/Moscow")], clock.clone()).await;
    let path = "/api/knowledge/products/1/facts/bonus";
    let (status, body) = server.send("PUT", path, &fact(Some("2026-06-30"))).await;
    assert_eq!((status, &body["live"]), (200, &json!(true)), "{body}");
    let later = {
        let mut later = fact(None);
        later["valid_from"] = json!("2026-07-01");
        serde_json::from_str::<Value>(&later.to_string().replace("fact.bonus", "fact.next")).expect("json")
    };
    let (status, body) = server
        .send("PUT", "/api/knowledge/products/1/facts/next", &later)
        .await;
    assert_eq!((status, &body["live"]), (200, &json!(false)), "{body}");
    let state = async || {
        let listed = server.get("/api/knowledge/products").await.1;
        let whole = server.get("/api/knowledge/products/1").await.1;
        let live = |facts: &Value, name: &str| {
            let facts = facts.as_array().expect("facts").iter();
            let fact = facts
                .clone()
                .find(|fact| fact["attribute"] == name)
                .expect("fact");
            fact["live"].as_bool().expect("flag")
        };
        let text = json!({"text": "Бонус до 3 %", "product_id": 1});
        let check = server.post("/api/ai/check", text).await.1;
        let both = ["bonus", "next"].map(|name| live(&listed["items"][0]["facts"], name));
        assert_eq!(both, ["bonus", "next"].map(|name| live(&whole["facts"], name)));
        (both, check["ok"].as_bool().expect("verdict"))
    };
    assert_eq!(state().await, ([true, false], true));
    let midnight = UnixMillis(1_782_853_200_000);
    let (_, woken) = tokio::join!(clock.sleep_until(midnight), async { time.advance(midnight) });
    assert!(woken);
    assert_eq!(
        state().await,
        ([false, true], true),
        "the next fact says the same"
    );
    let sent = server
        .request("DELETE", "/api/knowledge/products/1/facts/next")
        .send()
        .await
        .expect("answered");
    assert_eq!(sent.status(), 204);
    assert_eq!(state_without_next(&server).await, (false, false));
}

/// Whether the expired fact is live, and whether a text may tell it.
async fn state_without_next(server: &Server) -> (bool, bool) {
    let facts = server.get("/api/knowledge/products/1").await.1["facts"].clone();
    let facts = facts.as_array().expect("facts").clone();
    let bonus = facts
        .iter()
        .find(|fact| fact["attribute"] == "bonus")
        .expect("fact");
    let text = json!({"text": "Бонус до 3 %", "product_id": 1});
    let check = server.post("/api/ai/check", text).await.1;
    (
        bonus["live"].as_bool().expect("flag"),
        check["ok"].as_bool().expect("verdict"),
    )
}
