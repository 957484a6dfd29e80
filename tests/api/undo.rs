//! The undoing of large uploads.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::server::{Server, answer};

const PEOPLE: usize = 100_000;

async fn upload(server: &Server, profession: &str) -> Value {
    let mut file = "name,phone,profession\n".to_owned();
    for index in 0..PEOPLE {
        file += &format!("Вера Номерова,+7901{index:07},{profession}\n");
    }
    let form = Form::new().part("file", Part::text(file).file_name("a.csv"));
    let request = server.request("POST", "/api/contacts/upload").multipart(form);
    let (status, body) = answer(request.send().await.expect("answered")).await;
    assert_eq!(status, 200, "{body}");
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_thousand_rows_are_undone_cleanly() {
    let server = Server::open().await;
    let made = upload(&server, "врач").await;
    assert_eq!(made["created"], PEOPLE, "{made}");
    let changed = upload(&server, "повар").await;
    assert_eq!(changed["updated"], PEOPLE, "{changed}");
    let undo = async |import: &Value| {
        server
            .post(&format!("/api/imports/{}/undo", import["import_id"]), Value::Null)
            .await
    };
    let (status, report) = undo(&changed).await;
    assert_eq!(
        (status, &report),
        (200, &json!({"deleted": 0, "restored": PEOPLE, "kept": []}))
    );
    let one = server.get("/api/contacts?limit=1").await.1;
    assert_eq!(one["items"][0]["profession"], "врач", "{one}");
    let (status, report) = undo(&made).await;
    assert_eq!(
        (status, &report),
        (200, &json!({"deleted": PEOPLE, "restored": 0, "kept": []}))
    );
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
}
