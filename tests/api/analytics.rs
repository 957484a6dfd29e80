//! Figures over days.

use std::time::Duration;

use crate::server::{Server, fields};
use serde_json::{Value, json};

#[tokio::test]
async fn every_day_and_hour_is_there_and_bad_periods_are_named() {
    let server = Server::open().await;
    server.contact("Анна", "+79991234501").await;
    let days = server
        .get("/api/analytics/timeline?from=2026-10-24&to=2026-10-26")
        .await
        .1;
    let at: Vec<_> = days["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|row| row["at"].clone())
        .collect();
    assert_eq!(
        at,
        [json!("2026-10-24"), json!("2026-10-25"), json!("2026-10-26")]
    );
    let hours = server.get("/api/analytics/timeline?by=hour").await.1;
    assert_eq!(hours["items"].as_array().expect("items").len(), 24);
    let funnel = server.get("/api/analytics/funnel").await.1;
    assert_eq!(
        funnel["stages"][0],
        json!({"stage": "new", "count": 0, "reached": 0})
    );
    for path in [
        "replies",
        "ai",
        "breakdown?by=campaign",
        "breakdown?by=product",
        "breakdown?by=variant",
    ] {
        let (status, body) = server.get(&format!("/api/analytics/{path}")).await;
        assert_eq!((status, &body["items"]), (200, &json!([])), "{path}");
    }
    for (path, field) in [
        ("timeline?from=yesterday", "from"),
        ("timeline?from=2026-02-30", "from"),
        ("timeline?from=2026-10-02&to=2026-10-01", "from"),
        ("timeline?from=2020-01-01&to=2026-10-01", "from"),
        ("timeline?by=week", "by"),
        ("breakdown", "by"),
        ("funnel?campaign_id=0", "campaign_id"),
        ("ai?campaign_id=1", "campaign_id"),
    ] {
        let (status, body) = server.get(&format!("/api/analytics/{path}")).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]), "{path}");
    }
}

/// Sum of a figure over the items.
fn sum(figures: &Value, name: &str) -> i64 {
    let items = figures["items"].as_array().expect("items").iter();
    items.map(|row| row[name].as_i64().expect("count")).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_agree_with_the_campaign_s_own() {
    let server = Server::with(&[("PACING", "off")]).await;
    server.app.start().await.expect("started");
    let mut ids = Vec::new();
    for (name, phone) in [("Иван", "+79991234567"), ("Мария", "+79991234568")] {
        ids.push(server.contact(name, phone).await);
    }
    let body = json!({"name": "Одна", "product_id": 3, "contact_ids": ids, "message_template": ["Добрый день, {{first_name}}!", "Здравствуйте, {{first_name}}!"]});
    let campaign = server.post("/api/campaigns/create", body).await.1["id"]
        .as_i64()
        .expect("id");
    let begin = format!("/api/campaigns/{campaign}/initiate-dialogs");
    let mut begun = 0;
    for _ in 0..300 {
        // The account of the sandbox signs in first.
        if begun != 202 {
            begun = server.post(&begin, Value::Null).await.0;
        }
        let stats = server.get(&format!("/api/campaigns/{campaign}/stats")).await.1;
        if stats["sent"] == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let days = server.get("/api/analytics/timeline").await.1;
    assert_eq!((sum(&days, "sent"), sum(&days, "delivered")), (2, 2), "{days}");
    let of_campaign = server
        .get(&format!("/api/analytics/timeline?by=hour&campaign_id={campaign}"))
        .await
        .1;
    assert_eq!(sum(&of_campaign, "sent"), 2);
    let of_others = server.get("/api/analytics/timeline?product_id=1").await.1;
    assert_eq!(sum(&of_others, "sent"), 0);
    for (by, id, rows) in [("campaign", json!(campaign), 1), ("product", json!(3), 1)] {
        let parts = server.get(&format!("/api/analytics/breakdown?by={by}")).await.1;
        let items = parts["items"].as_array().expect("items");
        assert_eq!(
            (items.len(), &items[0]["id"], sum(&parts, "sent")),
            (rows, &id, 2),
            "{parts}"
        );
        assert!(items[0]["name"].is_string(), "{parts}");
    }
    assert_eq!(
        sum(&server.get("/api/analytics/breakdown?by=variant").await.1, "sent"),
        2
    );
    let funnel = server.get("/api/analytics/funnel").await.1;
    assert_eq!(funnel["stages"][0]["reached"], 2, "{funnel}");
    server.app.shut_down().await;
}
