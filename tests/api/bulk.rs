//! One change to many contacts, in the background.

use std::time::Duration;

use crate::server::{Server, fields};
use alfa_store::ConnectionTrait;
use serde_json::{Value, json};

/// Asks for it and waits for its end.
async fn done(server: &Server, body: Value) -> Value {
    asked(server, "/api/contacts/bulk", body).await.1
}

/// Asks for a job and waits for its end; answers its id and what came of it.
async fn asked(server: &Server, path: &str, body: Value) -> (i64, Value) {
    let (status, job) = server.post(path, body).await;
    assert_eq!(status, 202, "{job}");
    let id = job["id"].as_i64().expect("id");
    for _ in 0..400 {
        let job = server.get(&format!("/api/jobs/{id}")).await.1;
        if job["state"] == "done" {
            assert_eq!(job["progress"], job["progress_total"], "{job}");
            return (id, job["result"].clone());
        }
        assert_ne!(job["state"], "failed", "{job}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job does not end");
}

async fn people(server: &Server) -> Vec<i64> {
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(
            server
                .contact(&format!("Имя {number}"), &format!("+7999123450{number}"))
                .await,
        );
    }
    alfa::jobs::start_worker(&server.app);
    ids
}

async fn total(server: &Server, filter: &str) -> i64 {
    let page = server.get(&format!("/api/contacts?{filter}")).await.1;
    page["total"].as_i64().expect("total")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filter_is_changed_whole_and_named_contacts_alone() {
    let server = Server::open().await;
    let ids = people(&server).await;
    let tag = json!({"contact_ids": [ids[0], ids[1]], "action": "add_tags", "tags": [" vip ", "vip"]});
    assert_eq!(
        done(&server, tag.clone()).await,
        json!({"changed": 2, "unchanged": 0, "refused": 0})
    );
    assert_eq!(done(&server, tag).await["unchanged"], 2);
    assert_eq!(total(&server, "tag=vip").await, 2);
    // What it changes takes contacts out of its own filter.
    let won = json!({"filter": {"stage": "new"}, "action": "set_stage", "stage": "won"});
    assert_eq!(done(&server, won).await["changed"], 5);
    assert_eq!(total(&server, "stage=won").await, 5);
    let lost = json!({"filter": {}, "action": "set_stage", "stage": "lost", "reason": "price"});
    assert_eq!(done(&server, lost).await["refused"], 5, "a customer is not lost");
    let untag = json!({"filter": {"tag": "vip"}, "action": "remove_tags", "tags": ["vip"]});
    assert_eq!(done(&server, untag).await["changed"], 2);
    assert_eq!(total(&server, "tag=vip").await, 0);
    let stop = json!({"contact_ids": [ids[0], 999], "action": "opt_out"});
    assert_eq!(
        done(&server, stop).await,
        json!({"changed": 1, "unchanged": 0, "refused": 1}),
        "999 is nobody"
    );
    let grant =
        json!({"filter": {}, "action": "grant_consent", "basis": "existing_client", "evidence": "contract"});
    assert_eq!(
        done(&server, grant).await,
        json!({"changed": 4, "unchanged": 0, "refused": 1}),
        "a stop stays"
    );
    let delete = json!({"filter": {"opted_out": false}, "action": "delete"});
    assert_eq!(done(&server, delete).await["changed"], 4);
    assert_eq!(total(&server, "limit=1").await, 1);
}

#[tokio::test]
async fn what_an_action_needs_is_named() {
    let server = Server::open().await;
    for (body, field) in [
        (json!({"action": "delete"}), "contact_ids"),
        (json!({"action": "delete", "contact_ids": []}), "contact_ids"),
        (
            json!({"action": "delete", "contact_ids": [1], "filter": {}}),
            "contact_ids",
        ),
        (json!({"action": "add_tags", "filter": {}, "tags": []}), "tags"),
        (json!({"action": "set_stage", "filter": {}}), "stage"),
        (
            json!({"action": "set_stage", "filter": {}, "stage": "opted_out"}),
            "stage",
        ),
        (
            json!({"action": "set_stage", "filter": {}, "stage": "lost"}),
            "reason",
        ),
        (
            json!({"action": "grant_consent", "filter": {}, "basis": "none", "evidence": "x"}),
            "basis",
        ),
        (
            json!({"action": "grant_consent", "filter": {}, "basis": "opt_in_form"}),
            "evidence",
        ),
        (
            json!({"action": "delete", "filter": {"colour": 1}}),
            "filter.colour",
        ),
        (json!({"action": "fly", "filter": {}}), "action"),
    ] {
        let (status, answer) = server.post("/api/contacts/bulk", body.clone()).await;
        assert_eq!((status, fields(&answer)), (422, vec![field.to_owned()]), "{body}");
    }
}

async fn changed(server: &Server, body: Value) -> i64 {
    asked(server, "/api/contacts/bulk", body).await.0
}

async fn undone(server: &Server, id: i64) -> Value {
    let path = format!("/api/contacts/bulk/{id}/undo");
    asked(server, &path, Value::Null).await.1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tags_and_stages_are_taken_back_but_not_what_came_after() {
    let server = Server::open().await;
    let ids = people(&server).await;
    let tag = |action: &str, tags: Value| json!({"filter": {}, "action": action, "tags": tags});
    let own = json!({"contact_ids": [ids[0]], "action": "add_tags", "tags": ["vip", "бег"]});
    changed(&server, own).await;
    let given = changed(&server, tag("add_tags", json!(["vip"]))).await;
    let taken = changed(&server, tag("remove_tags", json!(["бег"]))).await;
    assert_eq!(
        undone(&server, given).await,
        json!({"changed": 4, "unchanged": 0, "refused": 0})
    );
    assert_eq!(
        total(&server, "tag=vip").await,
        1,
        "who had it before has it still"
    );
    assert_eq!(undone(&server, taken).await["changed"], 1);
    assert_eq!(total(&server, "tag=%D0%B1%D0%B5%D0%B3").await, 1);
    let stage = json!({"filter": {}, "action": "set_stage", "stage": "applied"});
    let moved = changed(&server, stage).await;
    let won = json!({"contact_ids": [ids[1]], "action": "set_stage", "stage": "won"});
    changed(&server, won).await;
    server
        .request("DELETE", &format!("/api/contacts/{}", ids[2]))
        .send()
        .await
        .expect("answered");
    assert_eq!(
        undone(&server, moved).await,
        json!({"changed": 3, "unchanged": 1, "refused": 0}),
        "one has moved on, one is gone"
    );
    assert_eq!(total(&server, "stage=new").await, 3);
    assert_eq!(total(&server, "stage=won").await, 1);
    let told = server.get(&format!("/api/jobs/{moved}")).await.1;
    assert!(
        told["result"]["undone_by"].is_i64() && told["result"]["changed"] == 5,
        "{told}"
    );
    let path = format!("/api/contacts/bulk/{moved}/undo");
    let (status, body) = server.post(&path, Value::Null).await;
    assert_eq!((status, &body["code"]), (409, &json!("undone")), "{body}");
    let audit = server.get("/api/audit?limit=1").await.1;
    assert_eq!(audit["items"][0]["action"], "contacts.bulk_undo", "{audit}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_taken_back_says_why() {
    let server = Server::open().await;
    let ids = people(&server).await;
    let stop = json!({"contact_ids": [ids[0]], "action": "opt_out"});
    let stopped = changed(&server, stop).await;
    let path = |id: i64| format!("/api/contacts/bulk/{id}/undo");
    let (status, body) = server.post(&path(stopped), Value::Null).await;
    assert_eq!((status, &body["code"]), (409, &json!("not_undoable")), "{body}");
    assert_eq!(server.post(&path(999), Value::Null).await.0, 404);
    let tag = json!({"filter": {}, "action": "add_tags", "tags": ["vip"]});
    let tagged = changed(&server, tag).await;
    let day_ago = server.app.clock.now().plus_ms(-25 * 3_600_000).0;
    let tx = server.app.begin().await.expect("begun");
    tx.execute_unprepared(&format!(
        "UPDATE jobs SET finished_at = {day_ago} WHERE id = {tagged}"
    ))
    .await
    .expect("aged");
    tx.commit().await.expect("kept");
    let (status, body) = server.post(&path(tagged), Value::Null).await;
    assert_eq!((status, &body["code"]), (409, &json!("too_late")), "{body}");
}
