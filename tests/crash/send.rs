//! An operator's message with an `Idempotency-Key`, whose process is killed around its commit: sent again, it goes out once.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::alfa::{Alfa, Place};
use crate::people;
use crate::records;
use crate::simulator::Simulator;

const POINT_LIMIT: Duration = Duration::from_secs(5);
const LONGEST_SEND: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(50);
const POINT_KILLS: [&str; 2] = ["send:before_commit:1", "send:committed:1"];

async fn ready(place: &Place, alfa: &mut Alfa) {
    assert!(place.is_up(alfa).await, "{}", place.said());
    let begun = Instant::now();
    while place.get("/api/accounts").await["items"][0]["state"] != "ready" {
        assert!(begun.elapsed() < LONGEST_SEND, "{}", place.said());
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_sent_again_after_a_kill_goes_out_once() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = format!(
        "seed: 5\nopen_registration: true\npeople:\n  - {{ phone: \"{}\", persona: silent }}\n",
        people::phone(0)
    );
    let simulator = Simulator::start(folder.path(), &scenario);
    let place = Place::new(folder.path(), simulator.variable());
    let mut alfa = place.start(None);
    ready(&place, &mut alfa).await;
    let contact = json!({"name": "Анна", "phone": people::phone(0)});
    let request = place.http.post(place.url("/api/contacts/create")).json(&contact);
    let (status, made) = place.ask(request).await.unwrap();
    assert_eq!(status, 201, "{made}");
    let contact_id = made["id"].as_i64().unwrap();
    alfa.kill();
    let send = async || {
        let input = json!({"contact_id": contact_id, "text": "Здравствуйте!"});
        let request = place.http.post(place.url("/api/messages/send")).json(&input);
        place.ask(request.header("idempotency-key", "one")).await
    };
    for point in POINT_KILLS {
        let mut alfa = place.start(Some(point));
        ready(&place, &mut alfa).await;
        assert_eq!(send().await, None, "it dies at {point}");
        assert!(alfa.dies_within(POINT_LIMIT).await, "{}", place.said());
    }
    let mut alfa = place.start(None);
    ready(&place, &mut alfa).await;
    let (status, message) = send().await.unwrap();
    assert_eq!(status, 202, "{message}");
    let id = message["id"].as_i64().unwrap();
    let begun = Instant::now();
    loop {
        let told = place.get(&format!("/api/messages/{id}")).await;
        if told["state"] == "delivered" || told["state"] == "read" {
            break;
        }
        assert!(begun.elapsed() < LONGEST_SEND, "{told}: {}", place.said());
        tokio::time::sleep(LOOK_EVERY).await;
    }
    assert_eq!(records::history(&place, contact_id).await.len(), 1);
    alfa.kill();
    assert_eq!(records::rows(&place).await.outbox.len(), 1);
}
