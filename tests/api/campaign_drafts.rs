//! Campaigns that have not begun: their pace, and their end.

use crate::server::{Server, fields};
use serde_json::{Value, json};

async fn made(server: &Server, extra: Value) -> (u16, Value) {
    let mut body = json!({"name": "Весна", "contact_ids": [1], "message_template": "Здравствуйте!"});
    for (key, value) in extra.as_object().expect("members") {
        body[key] = value.clone();
    }
    server.post("/api/campaigns/create", body).await
}

#[tokio::test]
async fn a_campaign_keeps_the_pace_it_was_made_with() {
    let server = Server::open().await;
    server.contact("Вера", "+79991234567").await;
    let pace =
        json!({"batch_size": 25, "delay_between_messages": 7.5, "scheduled_at": "2099-01-01T09:00:00Z"});
    let (status, body) = made(&server, pace).await;
    assert_eq!(
        (
            status,
            &body["batch_size"],
            &body["delay_between_messages"],
            &body["status"]
        ),
        (201, &json!(25), &json!(7.5), &json!("scheduled")),
        "{body}"
    );
    let (_, body) = made(&server, json!({})).await;
    assert_eq!(
        (&body["batch_size"], &body["delay_between_messages"]),
        (&json!(10), &Value::Null)
    );
    for (field, bad) in [
        ("batch_size", json!({"batch_size": 0})),
        ("batch_size", json!({"batch_size": 501})),
        ("delay_between_messages", json!({"delay_between_messages": -1})),
        (
            "delay_between_messages",
            json!({"delay_between_messages": "slow"}),
        ),
    ] {
        let (status, body) = made(&server, bad).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]), "{body}");
    }
}

#[tokio::test]
async fn only_a_draft_is_deleted() {
    let server = Server::open().await;
    server.contact("Вера", "+79991234567").await;
    let delete = async |id: &Value| {
        let request = server.request("DELETE", &format!("/api/campaigns/{id}"));
        crate::server::answer(request.send().await.expect("answered")).await
    };
    let (_, draft) = made(&server, json!({"follow_ups": [{"after_hours": 48}]})).await;
    assert_eq!(delete(&draft["id"]).await.0, 204);
    assert_eq!(
        server.get(&format!("/api/campaigns/{}", draft["id"])).await.0,
        404
    );
    assert_eq!(delete(&draft["id"]).await.0, 404);
    assert_eq!(server.get("/api/contacts/1/campaigns").await.1["total"], 0);
    let entry = server.get("/api/audit").await.1["items"][0].clone();
    assert_eq!(
        (&entry["action"], &entry["detail"]),
        (&json!("campaign.delete"), &json!("Весна")),
        "{entry}"
    );
    let (_, later) = made(&server, json!({"scheduled_at": "2099-01-01T09:00:00Z"})).await;
    let (status, body) = delete(&later["id"]).await;
    assert_eq!(
        (status, &body["code"], &body["state"]),
        (409, &json!("campaign_state"), &json!("scheduled")),
        "{body}"
    );
    assert_eq!(
        server.get(&format!("/api/campaigns/{}", later["id"])).await.0,
        200
    );
}
