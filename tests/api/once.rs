//! Requests with a key whose client or whose process goes away before the answer.

use std::time::{Duration, Instant};

use alfa::api::ApiState;
use alfa::api::idempotency::{Begin, begin, hash_of};
use alfa::campaigns::service::{self as campaigns, CampaignRequest};
use alfa::contacts::manual::{self, NewContact};
use alfa::once;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::server::{Server, answer};

const CLIENTS: usize = 20;
const LONGEST_WAIT: Duration = Duration::from_secs(20);

async fn ask(server: &Server, path: &str, key: &str, body: &Value) -> (u16, Value) {
    let request = server.request("POST", path).header("idempotency-key", key);
    let request = request
        .header("content-type", "application/json")
        .body(body.to_string());
    answer(request.send().await.expect("answered")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_hangs_up_finds_its_answer() {
    let server = Server::open().await;
    let address = server.address.trim_start_matches("http://").to_owned();
    for number in 0..CLIENTS {
        let body = json!({"name": format!("Иван {number}")}).to_string();
        let request = format!(
            "POST /api/contacts/create HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             idempotency-key: k{number}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut client = TcpStream::connect(&address).await.expect("connected");
        client.write_all(request.as_bytes()).await.expect("sent");
        // Hangs up at different moments of the work.
        tokio::time::sleep(Duration::from_micros(300 * number as u64)).await;
        drop(client);
    }
    for number in 0..CLIENTS {
        let body = json!({"name": format!("Иван {number}")});
        let begun = Instant::now();
        loop {
            let (status, told) = ask(&server, "/api/contacts/create", &format!("k{number}"), &body).await;
            if status == 201 {
                break;
            }
            assert!(begun.elapsed() < LONGEST_WAIT, "{number}: {told}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    assert_eq!(server.get("/api/contacts").await.1["total"], CLIENTS);
}

/// Takes the key as a request does whose process then dies.
async fn ticket(server: &Server, path: &str, key: &str, body: &Value) -> once::Ticket {
    let state = ApiState::new(server.app.clone(), false);
    let hash = hash_of(body.to_string().as_bytes());
    match begin(&state, key, &format!("local {path}"), &hash)
        .await
        .expect("begun")
    {
        Begin::Go(ticket) => ticket,
        Begin::Answered(_) => panic!("the key was new"),
    }
}

#[tokio::test]
async fn what_a_killed_process_had_made_is_answered_and_not_made_again() {
    let server = Server::open().await;
    let app = &server.app;
    let body = json!({"name": "Иван"});
    let path = "/api/contacts/create";
    let taken = ticket(&server, path, "k", &body).await;
    let mut new = NewContact::default();
    new.profile.name = "Иван".to_owned();
    let made = once::scope(taken, manual::create(app, new, "local"))
        .await
        .expect("made");
    once::release_dead(app).await.expect("released");
    let (status, told) = ask(&server, path, "k", &body).await;
    assert_eq!((status, told["id"].as_i64()), (201, Some(made.id)), "{told}");
    assert_eq!(server.get("/api/contacts").await.1["total"], 1);

    let body = json!({"name": "Осень", "contact_ids": [made.id, 999]});
    let path = "/api/campaigns/create";
    let taken = ticket(&server, path, "k", &body).await;
    let request = CampaignRequest {
        name: "Осень".to_owned(),
        contact_ids: vec![made.id, 999],
        ..CampaignRequest::default()
    };
    let campaign = once::scope(taken, campaigns::create(app, request))
        .await
        .expect("made");
    once::release_dead(app).await.expect("released");
    let (status, told) = ask(&server, path, "k", &body).await;
    assert_eq!(
        (status, told["id"].as_i64(), &told["unknown_contact_ids"]),
        (201, Some(campaign.campaign.id), &json!([999])),
        "{told}"
    );
    assert_eq!(server.get("/api/campaigns").await.1["total"], 1);
    assert_eq!(
        ask(&server, path, "k", &json!({"name": "Зима", "contact_ids": [1]}))
            .await
            .0,
        409,
        "another request under the same key"
    );
}

#[tokio::test]
async fn a_killed_process_that_had_made_nothing_does_not_hold_its_key() {
    let server = Server::open().await;
    let body = json!({"name": "Иван"});
    ticket(&server, "/api/contacts/create", "k", &body).await;
    assert_eq!(ask(&server, "/api/contacts/create", "k", &body).await.0, 409);
    once::release_dead(&server.app).await.expect("released");
    assert_eq!(ask(&server, "/api/contacts/create", "k", &body).await.0, 201);
}

#[tokio::test]
async fn a_large_answer_is_kept_too() {
    let server = Server::open().await;
    let known = server.contact("Иван", "+79991234567").await;
    // 60,000 ids that nobody has: the answer names them all.
    let mut ids: Vec<i64> = (1_000_000_000..1_000_060_000).collect();
    ids.push(known);
    let body = json!({"name": "Осень", "contact_ids": ids});
    let first = ask(&server, "/api/campaigns/create", "k", &body).await;
    assert_eq!(first.0, 201, "{}", first.1);
    let named = first.1["unknown_contact_ids"].as_array().map(Vec::len);
    assert_eq!(named, Some(60_000));
    assert_eq!(ask(&server, "/api/campaigns/create", "k", &body).await, first);
    assert_eq!(server.get("/api/campaigns").await.1["total"], 1);
}
