//! The rules of writing to people, changed while Alfa runs.

use crate::server::{Server, fields};
use serde_json::json;

#[tokio::test]
async fn the_rules_tell_their_sources_and_outlive_a_restart() {
    let environment = [("QUIET_HOURS", "22:00-08:30"), ("SETTLE_SECONDS", "1.5")];
    let server = Server::with(&environment).await;
    let (status, policy) = server.get("/api/policy").await;
    assert_eq!(status, 200, "{policy}");
    assert_eq!(
        policy,
        json!({
            "daily_new_dialogs": 40, "quiet_from": "22:00", "quiet_to": "08:30", "recently_contacted_hours": 24,
            "pause_seconds_min": 2.0, "pause_seconds_max": 5.0, "approval": "auto", "settle_seconds": 1.5,
            "max_unanswered": 3,
            "source": {
                "daily_new_dialogs": "default", "quiet_from": "environment", "quiet_to": "environment",
                "recently_contacted_hours": "default", "pause_seconds_min": "default",
                "pause_seconds_max": "default", "approval": "default", "settle_seconds": "environment",
                "max_unanswered": "default",
            },
        })
    );
    let change =
        json!({"daily_new_dialogs": 60, "quiet_to": "09:00", "approval": "manual", "pause_seconds_min": 4});
    let (status, changed) = server.send("PATCH", "/api/policy", &change).await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!(
        (
            &changed["daily_new_dialogs"],
            &changed["quiet_from"],
            &changed["quiet_to"],
            &changed["approval"],
            &changed["pause_seconds_min"]
        ),
        (
            &json!(60),
            &json!("22:00"),
            &json!("09:00"),
            &json!("manual"),
            &json!(4.0)
        )
    );
    assert_eq!(changed["source"]["quiet_from"], "set");
    assert_eq!(changed["source"]["settle_seconds"], "environment");
    let about = server.get("/api/system").await.1;
    assert_eq!(
        (
            &about["new_dialogs_per_day"],
            &about["quiet_hours"],
            &about["approval"]
        ),
        (&json!(60), &json!("22:00-09:00"), &json!("manual"))
    );
    let entry = &server.get("/api/audit").await.1["items"][0];
    let detail: serde_json::Value =
        serde_json::from_str(entry["detail"].as_str().expect("detail")).expect("JSON");
    assert_eq!(
        (&entry["action"], &detail["new_dialogs_per_day"]),
        (&json!("policy.change"), &json!({"from": null, "to": 60})),
        "{entry}"
    );
    let server = server.again(&environment).await;
    assert_eq!(server.get("/api/policy").await.1, changed);
    let (_, quiet) = server
        .send(
            "PATCH",
            "/api/policy",
            &json!({"quiet_from": null, "quiet_to": null}),
        )
        .await;
    assert_eq!(
        (&quiet["quiet_from"], &quiet["quiet_to"]),
        (&json!(null), &json!(null))
    );
}

#[tokio::test]
async fn a_campaign_is_made_under_the_rules_of_the_moment() {
    let server = Server::open().await;
    let vera = server.contact("Вера Номерова", "+79991234567").await;
    let body = json!({"name": "Весна", "contact_ids": [vera], "message_template": "Здравствуйте!"});
    assert_eq!(
        server.post("/api/campaigns/create", body.clone()).await.1["approval"],
        "auto"
    );
    server
        .send("PATCH", "/api/policy", &json!({"approval": "manual"}))
        .await;
    assert_eq!(
        server.post("/api/campaigns/create", body).await.1["approval"],
        "manual"
    );
}

#[tokio::test]
async fn a_bad_rule_is_named_and_changes_nothing() {
    let server = Server::open().await;
    let before = server.get("/api/policy").await.1;
    for (field, change) in [
        ("daily_new_dialogs", json!({"daily_new_dialogs": 0})),
        (
            "daily_new_dialogs",
            json!({"daily_new_dialogs": 10_001, "approval": "manual"}),
        ),
        ("daily_new_dialogs", json!({"daily_new_dialogs": "many"})),
        ("recently_contacted_hours", json!({"recently_contacted_hours": 0})),
        ("pause_seconds_min", json!({"pause_seconds_min": 1.9})),
        ("pause_seconds_min", json!({"pause_seconds_min": 9})),
        ("pause_seconds_max", json!({"pause_seconds_max": 601})),
        ("settle_seconds", json!({"settle_seconds": -1})),
        ("max_unanswered", json!({"max_unanswered": 4})),
        ("approval", json!({"approval": "perhaps"})),
        (
            "quiet_from",
            json!({"quiet_from": "9 in the morning", "quiet_to": "21:00"}),
        ),
        ("quiet_to", json!({"quiet_from": "21:00"})),
        ("quiet_to", json!({"quiet_from": "21:00", "quiet_to": "21:00"})),
        ("quiet_from", json!({"quiet_from": null, "quiet_to": "21:00"})),
        ("daily", json!({"daily": 1})),
    ] {
        let (status, body) = server.send("PATCH", "/api/policy", &change).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec![field.to_owned()]),
            "{change}: {body}"
        );
    }
    assert_eq!(server.get("/api/policy").await.1, before);
    assert_eq!(server.get("/api/audit").await.1["total"], 0);
}
