//! Uploads through the form.

use crate::server::{Server, answer, fields};
use reqwest::multipart::{Form, Part};
use serde_json::Value;

const TWO_PEOPLE: &str = "name,phone,profession,interests\nИван Петров,+79991234567,Бизнесмен,Инвестиции\nМария Сидорова,+79991234568,Врач,Здоровье\n";

fn form(name: &str, bytes: impl Into<Vec<u8>>) -> Form {
    Form::new().part("file", Part::bytes(bytes.into()).file_name(name.to_owned()))
}

async fn send(server: &Server, form: Form) -> (u16, Value) {
    let request = server.request("POST", "/api/contacts/upload").multipart(form);
    answer(request.send().await.expect("answered")).await
}

fn spooled(server: &Server) -> usize {
    std::fs::read_dir(server.app.config.data_dir.join("uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_becomes_contacts_once() {
    let server = Server::open().await;
    let (status, body) = send(&server, form("contacts.csv", TWO_PEOPLE)).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        (&body["total"], &body["created"], &body["errors"]),
        (&2.into(), &2.into(), &Value::Array(vec![]))
    );
    let (_, body) = send(&server, form("contacts.csv", TWO_PEOPLE)).await;
    assert_eq!((&body["created"], &body["unchanged"]), (&0.into(), &2.into()));
    assert_eq!(
        server.get("/api/contacts?consent=operator_attested").await.1["total"],
        2
    );
    let id = body["import_id"].as_i64().expect("id");
    assert_eq!(server.get(&format!("/api/imports/{id}")).await.1["state"], "done");
    assert_eq!(
        server.post("/api/imports/1/undo", Value::Null).await.1["deleted"],
        2
    );
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
    assert_eq!(server.post("/api/imports/1/undo", Value::Null).await.0, 409);
    assert_eq!(spooled(&server), 0);
}

#[tokio::test]
async fn bad_rows_can_be_downloaded_and_a_dry_run_writes_nothing() {
    let server = Server::open().await;
    let text = format!("{TWO_PEOPLE}Пётр,12,,\n");
    let (status, body) = send(&server, form("c.csv", text.clone()).text("dry_run", "true")).await;
    assert_eq!(
        (status, &body["created"], &body["errors_total"]),
        (200, &2.into(), &1.into()),
        "{body}"
    );
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
    let (_, body) = send(&server, form("c.csv", text)).await;
    assert_eq!(
        (&body["errors"][0]["row"], &body["errors"][0]["field"]),
        (&4.into(), &"phone".into()),
        "{body}"
    );
    let path = format!("/api/imports/{}/problems.csv", body["import_id"]);
    let csv = server
        .request("GET", &path)
        .send()
        .await
        .expect("answered")
        .text()
        .await
        .expect("text");
    assert!(csv.contains("Пётр") && csv.lines().count() == 2, "{csv}");
}

#[tokio::test]
async fn the_form_is_strict_and_refused_files_leave_nothing() {
    let server = Server::open().await;
    let good = || form("c.csv", TWO_PEOPLE);
    let cases: Vec<(&str, Form)> = vec![
        ("file", Form::new().text("dry_run", "true")),
        ("file", form("c.csv", "")),
        ("file", form("c.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())),
        ("colour", good().text("colour", "red")),
        ("dry_run", good().text("dry_run", "perhaps")),
        ("consent", good().text("consent", "surely")),
        ("country", good().text("country", "Atlantis")),
        ("mapping", good().text("mapping", "{")),
        ("file", good().part("file", Part::text("x").file_name("b.csv"))),
    ];
    for (field, form) in cases {
        let (status, body) = send(&server, form).await;
        assert_eq!((status, fields(&body)), (422, vec![field.to_owned()]), "{body}");
    }
    let broken = server
        .request("POST", "/api/contacts/upload")
        .header("content-type", "multipart/form-data; boundary=x");
    let (status, _) = answer(broken.body("--x\r\nnonsense").send().await.expect("answered")).await;
    assert_eq!(status, 400);
    let plain = server.request("POST", "/api/contacts/upload").json(&1);
    assert_eq!(answer(plain.send().await.expect("answered")).await.0, 415);
    assert_eq!(
        (
            server.get("/api/contacts").await.1["total"].as_i64(),
            spooled(&server)
        ),
        (Some(0), 0)
    );
}

#[tokio::test]
async fn an_upload_with_a_key_is_done_once() {
    let server = Server::open().await;
    let ask = async |text: &str| {
        let request = server
            .request("POST", "/api/contacts/upload")
            .header("idempotency-key", "u1");
        answer(
            request
                .multipart(form("c.csv", text.to_owned()))
                .send()
                .await
                .expect("answered"),
        )
        .await
    };
    let first = ask(TWO_PEOPLE).await;
    assert_eq!(ask(TWO_PEOPLE).await, first);
    assert_eq!(server.get("/api/imports").await.1["total"], 1);
    assert_eq!(ask("name,phone\nПётр,+79991234569\n").await.0, 409);
    assert_eq!(spooled(&server), 0);
}

#[tokio::test]
async fn in_the_background_a_job_is_answered() {
    let server = Server::open().await;
    let request = server
        .request("POST", "/api/contacts/upload?background=true")
        .multipart(form("c.csv", TWO_PEOPLE));
    let (status, body) = answer(request.send().await.expect("answered")).await;
    assert_eq!((status, &body["state"]), (202, &"queued".into()), "{body}");
    assert!(body["import_id"].is_i64());
    assert_eq!(server.get(&format!("/api/jobs/{}", body["id"])).await.0, 200);
}
