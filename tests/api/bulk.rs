//! One change to many contacts, in the background.

use std::time::Duration;

use crate::server::{Server, fields};
use serde_json::{Value, json};

/// Asks for it and waits for its end.
async fn done(server: &Server, body: Value) -> Value {
    let (status, job) = server.post("/api/contacts/bulk", body).await;
    assert_eq!(status, 202, "{job}");
    for _ in 0..400 {
        let job = server.get(&format!("/api/jobs/{}", job["id"])).await.1;
        if job["state"] == "done" {
            assert_eq!(job["progress"], job["progress_total"], "{job}");
            return job["result"].clone();
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
