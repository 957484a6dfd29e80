//! Erasing a person leaves nothing that tells who it was.

use alfa_store::imports;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::server::{Server, answer};

async fn upload(server: &Server, text: &str) -> Value {
    let form = Form::new().part("file", Part::text(text.to_owned()).file_name("a.csv"));
    let request = server.request("POST", "/api/contacts/upload").multipart(form);
    let (status, body) = answer(request.send().await.expect("answered")).await;
    assert_eq!(status, 200, "{body}");
    body
}

#[tokio::test]
async fn nothing_of_an_erased_person_stays() {
    let server = Server::open().await;
    upload(&server, "name,phone,age\nИван Тайный,+79991234567,30\n").await;
    // Changed by an upload; and named in its problem rows, in another spelling.
    let report = upload(
        &server,
        "name,phone,age\nИван Тайный,8 (999) 123-45-67,900\nПётр Явный,+79991234568,900\n",
    )
    .await;
    let changed = upload(&server, "name,phone,age\nИван Тайный,+79991234567,31\n").await;
    assert_eq!(changed["updated"], 1, "{changed}");
    let found = server.get("/api/contacts?search=%2B79991234567").await.1;
    let id = found["items"][0]["id"].as_i64().expect("id");

    let deleted = server.request("DELETE", &format!("/api/contacts/{id}")).send();
    assert_eq!(answer(deleted.await.expect("answered")).await.0, 204);
    let path = format!("/api/imports/{}/problems.csv", report["import_id"]);
    let csv = server.request("GET", &path).send().await.expect("answered");
    let csv = csv.text().await.expect("text");
    assert!(!csv.contains("Тайный") && !csv.contains("123-45-67"), "{csv}");
    assert!(csv.contains("Явный") && csv.contains(",name,phone,age"), "{csv}");
    let import_id = report["import_id"].as_i64().expect("id");
    let kept = imports::rows_after(server.app.store.reader(), import_id, 0)
        .await
        .expect("read");
    let of_ivan: Vec<_> = kept.iter().filter(|row| row.row == 2).collect();
    assert!(!of_ivan.is_empty());
    assert!(of_ivan.iter().all(|row| row.value.is_none()), "{of_ivan:?}");
}
