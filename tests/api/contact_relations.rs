//! Two contacts that are one person, and the campaigns of a contact.

use crate::server::{Server, fields};
use serde_json::{Value, json};

async fn made(server: &Server, body: Value) -> i64 {
    let (status, contact) = server.post("/api/contacts/create", body).await;
    assert_eq!(status, 201, "{contact}");
    contact["id"].as_i64().expect("id")
}

#[tokio::test]
async fn two_contacts_become_one() {
    let server = Server::open().await;
    let kept = server.contact("Вера Номерова", "+79991234567").await;
    let body = json!({"name": "Номерова Вера", "username": "vera_n", "profession": "врач", "tags": ["бег"]});
    let gone = made(&server, body).await;
    let list = server.get(&format!("/api/contacts/{kept}/duplicates")).await.1;
    assert_eq!(
        (&list["total"], &list["items"][0]["id"], &list["items"][0]["tags"]),
        (&json!(1), &json!(gone), &json!(["бег"])),
        "{list}"
    );
    let path = format!("/api/contacts/{kept}/merge");
    let request = || server.request("POST", &path).header("idempotency-key", "m1");
    let answers = [
        crate::server::answer(
            request()
                .json(&json!({"with": gone}))
                .send()
                .await
                .expect("answered"),
        )
        .await,
        crate::server::answer(
            request()
                .json(&json!({"with": gone}))
                .send()
                .await
                .expect("answered"),
        )
        .await,
    ];
    let (status, one) = &answers[0];
    assert_eq!(*status, 200, "{one}");
    assert_eq!(
        (&one["id"], &one["name"], &one["phone"], &one["username"]),
        (
            &json!(kept),
            &json!("Вера Номерова"),
            &json!("+79991234567"),
            &json!("vera_n")
        ),
    );
    assert_eq!(
        (&one["profession"], &one["tags"]),
        (&json!("врач"), &json!(["бег"]))
    );
    assert_eq!(answers[0], answers[1], "once with its key");
    assert_eq!(server.get(&format!("/api/contacts/{gone}")).await.0, 404);
    assert_eq!(server.get("/api/contacts").await.1["total"], 1);
    let audit = server.get("/api/audit").await.1;
    let entry = &audit["items"][0];
    assert_eq!(
        (&entry["action"], &entry["subject"], &entry["detail"]),
        (
            &json!("contact.merge"),
            &json!(format!("contact:{kept}")),
            &json!(format!("contact:{gone}"))
        ),
        "{audit}"
    );
    let list = server.get(&format!("/api/contacts/{kept}/duplicates")).await.1;
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_bad_merge_says_why() {
    let server = Server::open().await;
    let kept = server.contact("Вера Номерова", "+79991234567").await;
    let other = server.contact("Вера Номерова", "+79991234568").await;
    let path = format!("/api/contacts/{kept}/merge");
    for with in [json!(kept), json!(999_999), json!(0), json!("all"), Value::Null] {
        let (status, body) = server.post(&path, json!({"with": with})).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec!["with".to_owned()]),
            "{with}: {body}"
        );
    }
    assert_eq!(server.post(&path, json!({})).await.0, 422);
    let (status, body) = server.post(&path, json!({"with": other, "force": true})).await;
    assert_eq!((status, fields(&body)), (422, vec!["force".to_owned()]), "{body}");
    let nobody = server
        .post("/api/contacts/999999/merge", json!({"with": other}))
        .await;
    assert_eq!(nobody.0, 404);
    assert_eq!(server.get("/api/contacts/999999/duplicates").await.0, 404);
    assert_eq!(server.get("/api/contacts").await.1["total"], 2);
}

#[tokio::test]
async fn a_contact_tells_its_campaigns() {
    let server = Server::open().await;
    let vera = server.contact("Вера Номерова", "+79991234567").await;
    for name in ["Весна", "Лето"] {
        let body = json!({"name": name, "contact_ids": [vera], "message_template": "Здравствуйте!"});
        assert_eq!(server.post("/api/campaigns/create", body).await.0, 201);
    }
    let path = format!("/api/contacts/{vera}/campaigns");
    let (status, list) = server.get(&path).await;
    assert_eq!((status, &list["total"]), (200, &json!(2)), "{list}");
    assert_eq!(
        list["items"][0],
        json!({"campaign_id": 2, "name": "Лето", "state": "pending", "message_id": null,
            "sent_at": null, "replied_at": null, "reason": null, "reason_text": null})
    );
    assert_eq!(list["items"][1]["name"], "Весна");
    assert_eq!(server.get("/api/contacts/999999/campaigns").await.0, 404);
    assert_eq!(fields(&server.get(&format!("{path}?page=2")).await.1), ["page"]);
}
