//! The undoing of large uploads.

use std::time::{Duration, Instant};

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::server::{Server, answer};

const PEOPLE: usize = 100_000;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

async fn upload(server: &Server, people: usize, profession: &str) -> Value {
    let mut file = "name,phone,profession\n".to_owned();
    for index in 0..people {
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
    let made = upload(&server, PEOPLE, "врач").await;
    assert_eq!(made["created"], PEOPLE, "{made}");
    let changed = upload(&server, PEOPLE, "повар").await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_undoing_is_done_though_its_client_went_away() {
    const SOME: usize = 20_000;
    let server = Server::open().await;
    upload(&server, SOME, "врач").await;
    let address = server.address.trim_start_matches("http://").to_owned();
    let mut client = TcpStream::connect(&address).await.expect("connected");
    let request = "POST /api/imports/1/undo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
    client.write_all(request.as_bytes()).await.expect("sent");
    let begun = Instant::now();
    while server.get("/api/contacts?limit=1").await.1["total"] == SOME {
        assert!(begun.elapsed() < LONGEST_WAIT, "the undoing does not begin");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(client);
    loop {
        let import = server.get("/api/imports/1").await.1;
        if import["state"] == "undone" {
            break;
        }
        assert!(begun.elapsed() < LONGEST_WAIT, "{import}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
}
