//! Background uploads that fail for good.

use std::time::{Duration, Instant};

use alfa::contacts::spool::Spool;
use alfa::contacts::upload_job::JOB_KIND;
use alfa::jobs as worker;
use alfa_store::contacts::consent::Grant;
use alfa_store::contacts::{ImportRow, Origin, import_chunk};
use alfa_store::types::ConsentBasis;
use alfa_store::{events, jobs};
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::server::{Server, answer};

const LONGEST_WAIT: Duration = Duration::from_secs(20);

async fn queued(server: &Server) -> (i64, i64) {
    let file = Part::text("name,phone\nВера,+79991234567\n").file_name("a.csv");
    let request = server.request("POST", "/api/contacts/upload?background=true");
    let form = Form::new().part("file", file);
    let (status, body) = answer(request.multipart(form).send().await.expect("answered")).await;
    assert_eq!(status, 202, "{body}");
    let id = |name: &str| body[name].as_i64().expect("id");
    (id("id"), id("import_id"))
}

async fn failed(server: &Server, job_id: i64, import_id: i64) {
    let begun = Instant::now();
    loop {
        let job = server.get(&format!("/api/jobs/{job_id}")).await.1;
        let import = server.get(&format!("/api/imports/{import_id}")).await.1;
        let left = Spool::all(&server.app.config.data_dir).expect("folder").len();
        if job["state"] == "failed" && import["state"] == "failed" && left == 0 {
            return;
        }
        assert!(begun.elapsed() < LONGEST_WAIT, "{job} {import} {left}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// What the stream said last of a job.
async fn told(server: &Server) -> Value {
    let rows = events::after(server.app.store.reader(), 0, 100)
        .await
        .expect("read");
    let last = rows.iter().rfind(|row| row.kind == "job").expect("told");
    serde_json::from_str(&last.body).expect("json")
}

#[tokio::test]
async fn an_upload_whose_job_kills_its_processes_is_taken_back() {
    let server = Server::open().await;
    let (job_id, import_id) = queued(&server).await;
    let app = &server.app;
    let now = app.clock.now();
    let tx = app.begin().await.expect("begun");
    for attempt in 0..jobs::MAX_ATTEMPTS {
        // Each process died within its lease of a millisecond.
        let at = now.plus_ms(i64::from(attempt) * 10);
        let claimed = jobs::claim(&tx, &[JOB_KIND], "dead", at, 1)
            .await
            .expect("claimed");
        assert_eq!(claimed.map(|job| job.id), Some(job_id));
    }
    let grant = Grant {
        basis: ConsentBasis::OperatorAttested,
        evidence: None,
        recorded_by: "test".to_owned(),
        wording: None,
    };
    let row = ImportRow {
        name: Some("Вера".to_owned()),
        phone: Some("+79991234567".to_owned()),
        ..ImportRow::default()
    };
    import_chunk(&tx, &[row], &Origin::Upload { import_id, grant }, false, now)
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    tokio::time::sleep(Duration::from_millis(100)).await;
    worker::start_worker(app);
    failed(&server, job_id, import_id).await;
    assert_eq!(server.get("/api/contacts").await.1["total"], 0);
    assert_eq!(told(&server).await["state"], "failed");
}

#[tokio::test]
async fn an_upload_whose_file_is_gone_fails_and_says_so() {
    let server = Server::open().await;
    let (job_id, import_id) = queued(&server).await;
    for spool in Spool::all(&server.app.config.data_dir).expect("folder") {
        spool.remove().expect("removed");
    }
    worker::start_worker(&server.app);
    failed(&server, job_id, import_id).await;
    let begun = Instant::now();
    while told_nothing(&server).await {
        assert!(begun.elapsed() < LONGEST_WAIT);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(told(&server).await["state"], "failed", "not `done`");
}

async fn told_nothing(server: &Server) -> bool {
    let rows = events::after(server.app.store.reader(), 0, 100)
        .await
        .expect("read");
    rows.iter().all(|row| row.kind != "job")
}
