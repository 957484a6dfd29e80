//! A campaign before it is made: whom it would reach, what it would write, when it would end; and the list of campaigns.

use crate::server::{Server, fields};
use alfa_store::types::{AccountState, Environment};
use serde_json::{Value, json};

/// Three who agreed, one of them tagged and one who said stop since, and one who never agreed.
async fn people(server: &Server) -> [i64; 4] {
    let anna = server.contact("Анна Каренина", "+79991234501").await;
    let boris = server.contact("Борис Годунов", "+79991234502").await;
    let clara = server.contact("Клара Новикова", "+79991234503").await;
    let body = json!({"name": "Денис", "phone": "+79991234504", "consent": "none"});
    let denis = server.post("/api/contacts/create", body).await.1["id"]
        .as_i64()
        .expect("id");
    server
        .send("PUT", &format!("/api/contacts/{anna}"), &json!({"tags": ["vip"]}))
        .await;
    server
        .post(&format!("/api/contacts/{clara}/opt-out"), json!({}))
        .await;
    [anna, boris, clara, denis]
}

#[tokio::test]
async fn the_audience_is_told_before_the_campaign_is_made() {
    let server = Server::open().await;
    let [anna, boris, ..] = people(&server).await;
    let (status, all) = server
        .post("/api/campaigns/audience", json!({"segment": {}}))
        .await;
    assert_eq!(
        (status, &all["total"], &all["sendable"]),
        (200, &json!(4), &json!(2)),
        "{all}"
    );
    assert_eq!(all["by_reason"], json!({"no_consent": 1, "opted_out": 1}));
    assert_eq!(all["by_consent"], json!({"none": 2, "operator_attested": 2}));
    assert_eq!(
        all["reasons"][0]["text"],
        "Nobody has recorded that the person agreed to be written to."
    );
    let told = async |body: Value| server.post("/api/campaigns/audience", body).await.1["sendable"].clone();
    assert_eq!(told(json!({"segment": {"tag": "vip"}})).await, 1);
    assert_eq!(
        told(json!({"segment": {"tag": "vip"}, "contact_ids": [anna, boris, 999]})).await,
        2
    );
    assert_eq!(told(json!({"segment": {"opted_out": true}})).await, 0);
    assert_eq!(told(json!({"segment": {"stage": "new"}})).await, 2);
    assert_eq!(
        told(json!({"segment": {"not_contacted_since": "2026-01-01T00:00:00Z"}})).await,
        2
    );
    for (body, field) in [
        (json!({}), "contact_ids"),
        (
            json!({"segment": {"not_contacted_since": "soon"}}),
            "segment.not_contacted_since",
        ),
        (json!({"segment": {"colour": 1}}), "segment.colour"),
        (json!({"contact_ids": [0]}), "contact_ids[0]"),
    ] {
        let (status, body) = server.post("/api/campaigns/audience", body).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]));
    }
    assert_eq!(server.get("/api/contacts?stage=opted_out").await.1["total"], 1);
    assert_eq!(
        server
            .get("/api/contacts?not_contacted_since=2026-01-01T00:00:00Z")
            .await
            .1["total"],
        4
    );
}

#[tokio::test]
async fn drafts_are_shown_for_whom_may_be_written_to_and_nothing_is_kept() {
    let server = Server::open().await;
    let [anna, ..] = people(&server).await;
    let body =
        json!({"segment": {}, "product_id": 3, "message_template": "{{first_name}}, {{product.name}}"});
    let (status, page) = server.post("/api/campaigns/preview", body).await;
    assert_eq!((status, &page["total"]), (200, &json!(2)), "{page}");
    let first = &page["items"][0];
    assert_eq!(
        (&first["contact_id"], &first["provider"]),
        (&json!(anna), &json!("template"))
    );
    let text = first["text"].as_str().expect("text");
    assert!(text.starts_with("Анна, ") && !text.contains("{{"), "{text}");
    let composed = server
        .post("/api/campaigns/preview", json!({"segment": {}, "limit": 1}))
        .await
        .1;
    assert_eq!(
        (&composed["total"], &composed["items"][0]["provider"]),
        (&json!(1), &json!("offline"))
    );
    assert_eq!(server.get("/api/campaigns").await.1["total"], 0);
    for (body, field) in [
        (
            json!({"segment": {}, "message_template": "{{nonsense}}"}),
            "message_template",
        ),
        (json!({"segment": {}, "product_id": 999}), "product_id"),
        (json!({"segment": {}, "limit": 21}), "limit"),
    ] {
        let (status, body) = server.post("/api/campaigns/preview", body).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]));
    }
}

#[tokio::test]
async fn the_forecast_keeps_to_the_budget_of_a_day() {
    let server = Server::open().await;
    let ask = async |body: Value| server.post("/api/campaigns/forecast", body).await;
    let (status, none) = ask(json!({"count": 10})).await;
    assert_eq!((status, &none["limited_by"]), (200, &json!(["no_account"])));
    assert!(none["expected_finish_at"].is_null());

    let tx = server.app.begin().await.expect("begun");
    let now = server.app.clock.now();
    let account = alfa_store::accounts::create(&tx, "main", Environment::Sandbox, None, now)
        .await
        .expect("made");
    alfa_store::accounts::set_state(&tx, account, AccountState::Ready, None, None, now)
        .await
        .expect("set");
    tx.commit().await.expect("kept");
    let few = ask(json!({"count": 10})).await.1;
    assert_eq!(few["limited_by"], json!(["pacing"]), "{few}");
    let many = ask(json!({"count": 100, "batch_size": 20, "delay_between_messages": 2.5}))
        .await
        .1;
    assert_eq!(many["limited_by"], json!(["daily_budget"]));
    let days = many["per_day"].as_array().expect("days");
    let counts: Vec<i64> = days
        .iter()
        .map(|day| day["count"].as_i64().expect("count"))
        .collect();
    assert_eq!(counts.iter().sum::<i64>(), 100);
    assert!(
        counts.len() >= 3 && many["expected_finish_at"].as_str() > many["starts_at"].as_str(),
        "{many}"
    );
    people(&server).await;
    assert_eq!(ask(json!({"segment": {}})).await.1["sendable"], 2);
    for (body, field) in [
        (json!({"count": 1, "segment": {}}), "count"),
        (json!({"count": 0}), "count"),
        (json!({}), "contact_ids"),
        (json!({"count": 1, "scheduled_at": "soon"}), "scheduled_at"),
    ] {
        let (status, body) = ask(body).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]));
    }
}

#[tokio::test]
async fn the_list_of_campaigns_tells_their_progress_and_is_searched() {
    let server = Server::open().await;
    people(&server).await;
    for name in ["Весенняя рассылка", "Осень"] {
        let body = json!({"name": name, "segment": {}, "product_id": 3});
        assert_eq!(server.post("/api/campaigns/create", body).await.0, 201);
    }
    let page = server.get("/api/campaigns?search=ВЕСЕН").await.1;
    assert_eq!(
        (&page["total"], &page["items"][0]["name"]),
        (&json!(1), &json!("Весенняя рассылка"))
    );
    let row = &page["items"][0];
    assert_eq!(
        (&row["progress"]["total"], &row["progress"]["pending"]),
        (&json!(4), &json!(4)),
        "{row}"
    );
    assert!(row["product_name"].is_string() && row["expected_finish_at"].is_null());
    assert_eq!(server.get("/api/campaigns?search=зима").await.1["total"], 0);
}

#[tokio::test]
async fn tags_are_told_the_most_used_first() {
    let server = Server::open().await;
    let [anna, boris, ..] = people(&server).await;
    for (contact, tags) in [(anna, json!(["vip", "Москва"])), (boris, json!(["Москва"]))] {
        server
            .send("PUT", &format!("/api/contacts/{contact}"), &json!({"tags": tags}))
            .await;
    }
    let page = server.get("/api/contacts/tags").await.1;
    assert_eq!(
        page["items"],
        json!([{"tag": "Москва", "count": 2}, {"tag": "vip", "count": 1}])
    );
    assert_eq!(
        server.get("/api/contacts/tags?search=v").await.1["items"][0]["tag"],
        "vip"
    );
}
