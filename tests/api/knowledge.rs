//! Changing the knowledge base: parts, versions, and two writers at once.

use crate::server::{Server, answer, fields};
use alfa::clock::Clock;
use alfa_store::UnixMillis;
use serde_json::{Value, json};

async fn version(server: &Server) -> i64 {
    server.get("/api/knowledge/versions?limit=1").await.1["items"][0]["id"]
        .as_i64()
        .expect("id")
}

/// A fact that fits every product of the sample.
fn fact(to: Option<&str>) -> Value {
    json!({
        "label": {"ru": "бонус", "en": "bonus"}, "value": 3, "bound": "up_to", "unit": "percent",
        "display": {"ru": "до 3 %", "en": "up to 3%"}, "valid_from": null, "valid_to": to, "source": "test",
        "sentences": {"ru": ["Бонус — {{fact.bonus}}."], "en": ["The bonus is {{fact.bonus}}."]},
    })
}

fn card() -> Value {
    json!({
        "name": {"ru": "Новая карта", "en": "New card"}, "points": 70, "kind": "service",
        "description": {"ru": "Карта.", "en": "A card."}, "link": "https://example.com/new", "facts": [],
    })
}

#[tokio::test]
async fn a_product_lives_and_goes_and_every_step_is_a_version() {
    let server = Server::open().await;
    let (status, made) = server.send("POST", "/api/knowledge/products", &card()).await;
    assert_eq!(
        (status, &made["id"], &made["sample"]),
        (201, &json!(6), &json!(true)),
        "{made}"
    );
    let path = "/api/knowledge/products/6";
    let (status, body) = server
        .send("PUT", &format!("{path}/facts/bonus"), &fact(None))
        .await;
    assert_eq!(
        (status, &body["live"], &body["attribute"]),
        (200, &json!(true), &json!("bonus")),
        "{body}"
    );
    // What was read may be changed and sent back.
    let mut whole = server.get(path).await.1;
    whole["points"] = json!(80);
    let (status, body) = server.send("PUT", path, &whole).await;
    assert_eq!((status, &body["points"]), (200, &json!(80)), "{body}");
    let (status, body) = server
        .send("PATCH", path, &json!({"name": {"en": "Card"}, "priority": 9}))
        .await;
    assert_eq!(
        (status, &body["name"], &body["points"]),
        (200, &json!({"ru": "Новая карта", "en": "Card"}), &json!(80)),
        "{body}"
    );
    assert_eq!(server.get("/api/knowledge/products").await.1["total"], 6);
    for gone in ["/facts/bonus", ""] {
        let sent = server
            .request("DELETE", &format!("{path}{gone}"))
            .send()
            .await
            .expect("answered");
        let before = version(&server).await;
        assert_eq!(sent.headers()["etag"], format!("\"{before}\""));
        assert_eq!(sent.status(), 204);
    }
    assert_eq!(server.get(path).await.0, 404);
    let history = server.get("/api/knowledge/versions").await.1;
    let told: Vec<&str> = history["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|row| row["action"].as_str().unwrap_or("-"))
        .collect();
    let expected = [
        "product_deleted",
        "fact_deleted",
        "product_changed",
        "product_changed",
        "fact_changed",
        "product_added",
        "-",
    ];
    assert_eq!((told, &history["total"]), (expected.to_vec(), &json!(7)));
    for row in history["items"].as_array().expect("items") {
        let text = row["text"].as_str().expect("text");
        assert!(!text.is_empty() && !text.starts_with("knowledge."), "{row}");
        assert_eq!(
            row["author"],
            if row["action"].is_null() { "alfa" } else { "local" }
        );
    }
    let audit = server.get("/api/audit").await.1;
    assert_eq!(
        (&audit["items"][0]["action"], &audit["items"][0]["detail"]),
        (&json!("knowledge.product_deleted"), &json!("6"))
    );
}

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
async fn what_would_break_the_base_is_refused_by_its_field() {
    let server = Server::open().await;
    let before = version(&server).await;
    let with = |change: fn(&mut Value)| {
        let mut value = card();
        change(&mut value);
        value
    };
    let mut program = server.get("/api/knowledge/program").await.1;
    program["levels"][1]["min_points"] = json!(2000);
    let mut answers = server.get("/api/knowledge/objections/price_rate").await.1;
    answers["answers"][0]["ru"]["formal"] = json!("{{fact.unheard_of}}");
    let mut blocks = server.get("/api/knowledge/blocks/offers").await.1;
    blocks["blocks"][0]["products"] = json!([77]);
    let cases = [
        ("POST", "products", with(|c| c["colour"] = json!(1)), "colour"),
        ("POST", "products", with(|c| c["points"] = json!("70")), "points"),
        ("POST", "products", with(|c| c["points"] = json!(-1)), "points"),
        ("POST", "products", with(|c| c["aliases"] = json!([])), "aliases"),
        ("POST", "products", with(|c| c["link"] = json!("example")), "link"),
        (
            "POST",
            "products",
            with(|c| c["name"] = json!({"ru": "а"})),
            "name.en",
        ),
        ("POST", "products", with(|c| c["id"] = json!(3)), "id"),
        (
            "POST",
            "products",
            with(|c| c["description"]["ru"] = json!("a\u{0}b")),
            "description.ru",
        ),
        ("PUT", "products/1", with(|c| c["id"] = json!(2)), "id"),
        ("PATCH", "products/1", json!({"points": null}), "points"),
        ("PATCH", "products/1", json!({"colour": 1}), "colour"),
        ("PUT", "products/1/facts/Bonus", fact(None), "attribute"),
        ("PUT", "products/1/facts/extra", fact(None), "sentences.ru[0]"),
        (
            "PUT",
            "products/1/facts/bonus",
            json!({"attribute": "rate"}),
            "label",
        ),
        ("PUT", "program", program, "levels[1].min_points"),
        ("PUT", "program", json!({"name": 1}), "name"),
        ("PUT", "objections/price_rate", answers, "answers[0].ru.formal"),
        ("PUT", "objections/no_need", json!({"answers": []}), "answers"),
        (
            "PUT",
            "objections/no_need",
            json!({"class": "question", "answers": []}),
            "class",
        ),
        ("PUT", "blocks/offers", blocks, "blocks[0].products"),
        (
            "PUT",
            "blocks/offers",
            json!({"kind": "bridges", "blocks": []}),
            "kind",
        ),
        ("PUT", "blocks/offers", json!({"blocks": [], "x": 1}), "x"),
    ];
    for (method, path, body, field) in cases {
        let (status, problem) = server
            .send(method, &format!("/api/knowledge/{path}"), &body)
            .await;
        let named = fields(&problem);
        assert!(
            status == 422 && named.contains(&field.to_owned()),
            "{method} {path} {field}: {problem}"
        );
        assert!(!problem.to_string().contains("knowledge."), "{problem}");
    }
    // Texts that are for the product alone, or that tell the fact, would be left without it.
    for (path, place) in [
        ("products/5", "blocks.offers"),
        ("products/5/facts/trade_fee", "objections[0].answers"),
    ] {
        let sent = server
            .request("DELETE", &format!("/api/knowledge/{path}"))
            .send()
            .await
            .expect("answered");
        let (status, problem) = answer(sent).await;
        assert_eq!(status, 422, "{path} {problem}");
        assert!(
            fields(&problem).iter().any(|field| field.starts_with(place)),
            "{path} {problem}"
        );
    }
    for path in ["products/99", "products/1/facts/bonus"] {
        let sent = server
            .request("DELETE", &format!("/api/knowledge/{path}"))
            .send()
            .await
            .expect("answered");
        assert_eq!(answer(sent).await.0, 404, "{path}");
    }
    assert_eq!(
        server.send("PUT", "/api/knowledge/products/99", &card()).await.0,
        404
    );
    assert_eq!(version(&server).await, before);
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
async fn a_product_that_campaigns_need_stays() {
    let server = Server::open().await;
    server.contact("Иван Петров", "+79991234567").await;
    let product = server.send("POST", "/api/knowledge/products", &card()).await.1["id"].clone();
    let campaign = json!({"name": "Весна", "product_id": product, "contact_ids": [1]});
    assert_eq!(server.post("/api/campaigns/create", campaign).await.0, 201);
    let delete = async || {
        let sent = server
            .request("DELETE", "/api/knowledge/products/6")
            .send()
            .await
            .expect("answered");
        answer(sent).await
    };
    let (status, problem) = delete().await;
    assert_eq!(
        (status, &problem["code"], &problem["campaigns"]),
        (
            409,
            &json!("product_in_use"),
            &json!([{"id": 1, "name": "Весна", "status": "draft"}])
        ),
        "{problem}"
    );
    assert!(
        problem["detail"].as_str().expect("text").contains("Весна"),
        "{problem}"
    );
    // Nor does it go by another way.
    let (status, _) = server
        .post("/api/knowledge/versions/1/restore", Value::Null)
        .await;
    assert_eq!(status, 409);
    assert_eq!(server.post("/api/campaigns/1/cancel", json!({})).await.0, 200);
    assert_eq!(delete().await.0, 204);
    // The number of a product that is gone is not given again: the campaign's history is its own.
    let again = server.send("POST", "/api/knowledge/products", &card()).await.1;
    assert_eq!(again["id"], 7);
}

#[tokio::test]
async fn a_sample_stays_one_until_somebody_says_otherwise() {
    let server = Server::open().await;
    server
        .send("PATCH", "/api/knowledge/products/1", &json!({"points": 5}))
        .await;
    let mut program = server.get("/api/knowledge/program").await.1;
    program.as_object_mut().expect("object").remove("sample");
    program["bank"]["en"] = json!("Bank");
    let (status, body) = server.send("PUT", "/api/knowledge/program", &program).await;
    assert_eq!(
        (status, &body["sample"], &body["bank"]["en"]),
        (200, &json!(true), &json!("Bank")),
        "{body}"
    );
    program["sample"] = json!(false);
    assert_eq!(
        server.send("PUT", "/api/knowledge/program", &program).await.1["sample"],
        false
    );
    assert_eq!(server.get("/api/knowledge/program-info").await.1["sample"], false);
    assert_eq!(server.get("/api/knowledge/products/1").await.1["sample"], false);
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
