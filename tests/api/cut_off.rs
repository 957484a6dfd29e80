//! Uploads whose client or whose process goes away in the middle.

use std::io::Write;
use std::time::{Duration, Instant};

use alfa::contacts::recovery;
use alfa::contacts::spool::Spool;
use alfa_store::contacts::consent::Grant;
use alfa_store::contacts::{ImportRow, Origin, import_chunk};
use alfa_store::imports::{self, NewImport};
use alfa_store::types::ConsentBasis;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::server::Server;

const PEOPLE: usize = 30_000;
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Waits until the upload has left the state `running`.
async fn ended(server: &Server, id: i64) -> Value {
    let begun = Instant::now();
    loop {
        let (status, import) = server.get(&format!("/api/imports/{id}")).await;
        if status == 200 && import["state"] != "running" {
            return import;
        }
        assert!(begun.elapsed() < LONGEST_WAIT, "{status} {import}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn spooled(server: &Server) -> usize {
    Spool::all(&server.app.config.data_dir).expect("folder").len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_here_is_imported_though_its_client_went_away() {
    let server = Server::open().await;
    let mut file = "name,phone\n".to_owned();
    for index in 0..PEOPLE {
        file += &format!("Вера Номерова,+7901{index:07}\n");
    }
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--x--\r\n"
    );
    let head = format!(
        "POST /api/contacts/upload HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=x\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let address = server.address.trim_start_matches("http://").to_owned();
    let mut client = TcpStream::connect(&address).await.expect("connected");
    client.write_all(head.as_bytes()).await.expect("sent");
    client.write_all(body.as_bytes()).await.expect("sent");
    client.flush().await.expect("sent");
    let begun = Instant::now();
    while server.get("/api/imports").await.1["total"] == 0 {
        assert!(begun.elapsed() < LONGEST_WAIT, "the import does not begin");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(client);
    let import = ended(&server, 1).await;
    assert_eq!(
        (&import["state"], &import["created"]),
        (&"done".into(), &PEOPLE.into())
    );
    assert_eq!(server.get("/api/contacts").await.1["total"], PEOPLE);
    assert_eq!(spooled(&server), 0);
}

#[tokio::test]
async fn a_file_that_does_not_arrive_whole_leaves_nothing() {
    let server = Server::open().await;
    let head = "POST /api/contacts/upload HTTP/1.1\r\nhost: localhost\r\n\
                content-type: multipart/form-data; boundary=x\r\ncontent-length: 100000\r\n\r\n\
                --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname,phone\n";
    let address = server.address.trim_start_matches("http://").to_owned();
    let mut client = TcpStream::connect(&address).await.expect("connected");
    client.write_all(head.as_bytes()).await.expect("sent");
    let begun = Instant::now();
    while spooled(&server) == 0 {
        assert!(begun.elapsed() < LONGEST_WAIT, "the file does not arrive");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(client);
    while spooled(&server) > 0 {
        assert!(begun.elapsed() < LONGEST_WAIT, "the file stays");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(server.get("/api/imports").await.1["total"], 0);
}

#[tokio::test]
async fn what_a_dead_process_left_is_taken_back_at_the_start() {
    let server = Server::open().await;
    let app = &server.app;
    let now = app.clock.now();
    let import = NewImport {
        file_name: "a.csv".to_owned(),
        format: "csv".to_owned(),
        dry_run: false,
        consent: ConsentBasis::OperatorAttested,
        country: "RU".to_owned(),
    };
    let grant = Grant {
        basis: ConsentBasis::OperatorAttested,
        evidence: None,
        recorded_by: "test".to_owned(),
        wording: None,
    };
    let tx = app.begin().await.expect("begun");
    let import_id = imports::create(&tx, &import, now).await.expect("made");
    let row = ImportRow {
        name: Some("Половина".to_owned()),
        phone: Some("+79991234567".to_owned()),
        ..ImportRow::default()
    };
    import_chunk(&tx, &[row], &Origin::Upload { import_id, grant }, false, now)
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    let (_, mut orphan) = Spool::create(&app.config.data_dir, 5).expect("made");
    orphan.write_all(b"name,phone").expect("written");

    // A job that waits keeps its upload and its file.
    let form = reqwest::multipart::Form::new().part(
        "file",
        reqwest::multipart::Part::text("name,phone\nЖивая,+79991234568\n").file_name("b.csv"),
    );
    let request = server.request("POST", "/api/contacts/upload?background=true");
    let queued = request.multipart(form).send().await.expect("answered");
    assert_eq!(queued.status(), 202);

    recovery::begin(app).await.expect("begun");
    // Whoever sends the file again at once is not told that its people are known: they are just being taken back.
    let form = reqwest::multipart::Form::new().part(
        "file",
        reqwest::multipart::Part::text("name,phone\nПоловина,+79991234567\n").file_name("a.csv"),
    );
    let again = server.request("POST", "/api/contacts/upload").multipart(form);
    let report: Value = again.send().await.expect("answered").json().await.expect("json");
    assert_eq!(report["created"], 1, "{report}");
    let taken_back = ended(&server, import_id).await;
    assert_eq!(taken_back["state"], "failed", "{taken_back}");
    assert!(
        taken_back["error"].as_str().is_some_and(|text| !text.is_empty()),
        "{taken_back}"
    );
    assert_eq!(
        server.get("/api/contacts").await.1["total"],
        1,
        "those of the second try"
    );
    assert_eq!(spooled(&server), 1, "the job's own");
    assert_eq!(server.get("/api/imports/2").await.1["state"], "running");
}
