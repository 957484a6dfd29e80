//! The people of a campaign, its follow-ups, and stages moved by hand.

use crate::server::{Server, answer, fields};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::plan;
use serde_json::{Value, json};

async fn campaign(server: &Server, extra: Value) -> i64 {
    let mut body = json!({"name": "a", "product_id": 3, "contact_ids": [1, 2, 3]});
    for (key, value) in extra.as_object().expect("members") {
        body[key] = value.clone();
    }
    let (status, body) = server.post("/api/campaigns/create", body).await;
    assert_eq!(status, 201, "{body}");
    body["id"].as_i64().expect("id")
}

async fn three(server: &Server) {
    for number in 0..3 {
        server
            .contact(&format!("Имя {number}"), &format!("+7999123456{number}"))
            .await;
    }
}

#[tokio::test]
async fn people_are_listed_with_their_reasons() {
    let server = Server::open().await;
    three(&server).await;
    let id = campaign(&server, json!({"message_template": ["Раз", "Два"]})).await;
    let tx = server.app.begin().await.expect("begun");
    let mut moves = Moves::new();
    plan::skip(&tx, id, &[2], "no_consent", &mut moves)
        .await
        .expect("skipped");
    moves.apply(&tx).await.expect("counted");
    tx.commit().await.expect("kept");
    let path = format!("/api/campaigns/{id}/contacts");
    let (status, all) = server.get(&format!("{path}?limit=2")).await;
    assert_eq!((status, &all["total"]), (200, &json!(3)), "{all}");
    assert_eq!(all["items"][0]["waiting_for"]["reason"], "not_started", "{all}");
    let skipped = &all["items"][1];
    assert_eq!(
        (&skipped["contact_id"], &skipped["state"], &skipped["reason"]),
        (&json!(2), &json!("skipped"), &json!("no_consent"))
    );
    let said = skipped["reason_text"].as_str().expect("words");
    assert!(said.contains("agreed"), "{said}");
    let cursor = all["next_cursor"].as_str().expect("more");
    let (_, rest) = server.get(&format!("{path}?limit=2&cursor={cursor}")).await;
    assert_eq!(rest["items"].as_array().expect("items").len(), 1);
    assert_eq!(rest["items"][0]["contact_id"], 3);
    assert_eq!(server.get(&format!("{path}?state=skipped")).await.1["total"], 1);
    assert_eq!(
        server.get(&format!("{path}?reason=opted_out")).await.1["total"],
        0
    );
    let of = async |variant: i32| {
        let (_, page) = server.get(&format!("{path}?variant={variant}")).await;
        page["total"].as_i64().expect("total")
    };
    assert_eq!(of(0).await + of(1).await, 3);
    let (_, stats) = server.get(&format!("/api/campaigns/{id}/stats")).await;
    let totals: Vec<i64> = stats["by_variant"]
        .as_array()
        .expect("variants")
        .iter()
        .map(|variant| variant["total"].as_i64().expect("total"))
        .collect();
    assert_eq!(totals, [of(0).await, of(1).await], "{stats}");
    for (query, field) in [
        ("state=asleep", "state"),
        ("variant=10", "variant"),
        ("variant=-1", "variant"),
        ("reason=%00", "reason"),
        ("limit=0", "limit"),
        ("cursor=x", "cursor"),
        ("colour=red", "colour"),
    ] {
        let (status, body) = server.get(&format!("{path}?{query}")).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec![field.to_owned()]),
            "{query} {body}"
        );
    }
    let strange = server.get(&format!("{path}?state=skipped&cursor={cursor}")).await;
    assert_eq!(fields(&strange.1), ["cursor"]);
    assert_eq!(server.get("/api/campaigns/77/contacts").await.0, 404);
    let russian = server
        .client
        .get(format!("{}{path}", server.address))
        .header("accept-language", "ru");
    let response = russian.send().await.expect("answered");
    let (_, body) = answer(response).await;
    let said = body["items"][1]["reason_text"].as_str().expect("words");
    assert!(said.contains("соглас"), "{said}");
}

#[tokio::test]
async fn follow_ups_are_set_and_changed_before_the_beginning() {
    let server = Server::open().await;
    three(&server).await;
    let steps =
        json!([{"after_hours": 24}, {"after_hours": 72, "text_template": "{{first_name}}, ещё актуально?"}]);
    let id = campaign(&server, json!({"follow_ups": steps})).await;
    let path = format!("/api/campaigns/{id}");
    let (_, body) = server.get(&path).await;
    assert_eq!(body["follow_ups"][1]["after_hours"], 72, "{body}");
    assert_eq!(body["follow_ups"][0]["text_template"], Value::Null);
    let change = async |body: Value| {
        let request = server.request("PATCH", &path).json(&body);
        answer(request.send().await.expect("answered")).await
    };
    let (status, body) = change(json!({"follow_ups": [{"after_hours": 48}]})).await;
    assert_eq!(
        (status, &body["follow_ups"]),
        (200, &json!([{"after_hours": 48, "text_template": null}]))
    );
    for (wrong, field) in [
        (json!([{"after_hours": 23}]), "follow_ups[0].after_hours"),
        (json!([{"after_hours": 721}]), "follow_ups[0].after_hours"),
        (
            json!([{"after_hours": 24}, {"after_hours": 24}, {"after_hours": 24}]),
            "follow_ups",
        ),
        (
            json!([{"after_hours": 24, "text_template": "{{nose}}"}]),
            "follow_ups[0].text_template",
        ),
        (
            json!([{"after_hours": 24, "text_template": ""}]),
            "follow_ups[0].text_template",
        ),
        (json!([{"after_hours": 24, "colour": 1}]), "follow_ups[0].colour"),
        (json!([{}]), "follow_ups[0].after_hours"),
    ] {
        let (status, body) = change(json!({"follow_ups": wrong})).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]), "{body}");
    }
    assert_eq!(change(json!({"follow_ups": []})).await.1["follow_ups"], json!([]));
    server.post(&format!("{path}/cancel"), json!({})).await;
    let (status, body) = change(json!({"follow_ups": []})).await;
    assert_eq!((status, &body["code"]), (409, &json!("campaign_state")), "{body}");
}

#[tokio::test]
async fn a_stage_is_moved_by_hand_under_the_rules() {
    let server = Server::open().await;
    three(&server).await;
    let move_to = async |body: Value| server.post("/api/contacts/1/stage", body).await;
    for (wrong, field) in [
        (json!({"stage": "asleep"}), "stage"),
        (json!({"stage": "new"}), "stage"),
        (json!({"stage": "opted_out"}), "stage"),
        (json!({"stage": "lost"}), "reason"),
        (json!({"stage": "lost", "reason": "weather"}), "reason"),
        (json!({"stage": "won", "reason": "price"}), "reason"),
        (json!({"stage": "won", "message_id": 77}), "message_id"),
        (json!({"stage": "won", "message_id": 0}), "message_id"),
        (json!({"stage": "won", "colour": 1}), "colour"),
        (json!({}), "stage"),
    ] {
        let (status, body) = move_to(wrong.clone()).await;
        assert_eq!(
            (status, fields(&body)),
            (422, vec![field.to_owned()]),
            "{wrong} {body}"
        );
    }
    let (status, body) = move_to(json!({"stage": "applied"})).await;
    assert_eq!((status, &body["stage"]), (200, &json!("applied")), "{body}");
    let (status, body) = move_to(json!({"stage": "replied"})).await;
    assert_eq!(
        (status, &body["code"], &body["stage"]),
        (409, &json!("stage_forbids"), &json!("applied")),
        "{body}"
    );
    let (status, _) = move_to(json!({"stage": "lost", "reason": "competitor"})).await;
    assert_eq!(status, 200);
    let (_, moves) = server.get("/api/contacts/1/stages?limit=1").await;
    assert_eq!(moves["total"], 2);
    let newest = &moves["items"][0];
    assert_eq!(
        (&newest["from"], &newest["to"], &newest["reason"]),
        (&json!("applied"), &json!("lost"), &json!("competitor"))
    );
    assert!(newest["moved_by"].as_str().is_some_and(|by| !by.is_empty()));
    let (_, audit) = server.get("/api/audit").await;
    let action = &audit["items"][0];
    assert_eq!(
        (&action["action"], &action["subject"]),
        (&json!("contact.stage"), &json!("contact:1")),
        "{audit}"
    );
    assert_eq!(server.get("/api/contacts/77/stages").await.0, 404);
    assert_eq!(
        server
            .post("/api/contacts/77/stage", json!({"stage": "won"}))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn a_rehearsal_is_a_job() {
    let server = Server::open().await;
    three(&server).await;
    let id = campaign(&server, json!({})).await;
    let path = format!("/api/campaigns/{id}/rehearse");
    let (status, body) = server.post(&path, json!({"people": 101})).await;
    assert_eq!((status, fields(&body)), (422, vec!["people".to_owned()]));
    let (status, job) = server.post(&path, json!({"people": 2})).await;
    assert_eq!(
        (status, &job["kind"]),
        (202, &json!("rehearse_campaign")),
        "{job}"
    );
    let (_, again) = server.post(&path, json!({})).await;
    assert_eq!(again["id"], job["id"], "one at a time");
    assert_eq!(server.post("/api/campaigns/77/rehearse", json!({})).await.0, 404);
}
