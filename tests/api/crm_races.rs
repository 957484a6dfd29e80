//! A thousand tries at once for the last seat and for the same desk: exactly one wins, on each database.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::crm::{client, place, service, session};
use crate::server::Server;

#[path = "../../crates/store/tests/contract/harness.rs"]
#[expect(dead_code, reason = "only the server that it starts is needed here")]
mod harness;

const TRIES: usize = 1_000;
/// Clients who try; each of them many times.
const CLIENTS: usize = 40;

/// Sends the bodies all at once and counts the answers by status and code.
async fn all_at_once(server: Arc<Server>, bodies: Vec<Value>) -> BTreeMap<String, usize> {
    let tasks: Vec<_> = bodies
        .into_iter()
        .map(|body| {
            let server = server.clone();
            tokio::spawn(async move { server.post("/api/schedule/bookings", body).await })
        })
        .collect();
    let mut answers = BTreeMap::new();
    for task in tasks {
        let (status, body) = task.await.expect("answered");
        let code = body["code"].as_str().unwrap_or("ok");
        *answers.entry(format!("{status} {code}")).or_default() += 1;
    }
    answers
}

async fn one_wins(server: Server) {
    let server = Arc::new(server);
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        clients.push(client(&server, &format!("Клиент {number}")).await);
    }
    let yoga = service(&server, "Йога", 80_000).await;
    let at = session(
        &server,
        json!({"service_id": yoga, "starts_at": "2031-03-03T10:00:00Z", "capacity": 2}),
    )
    .await;
    let first = client(&server, "Первый").await;
    let taken = server
        .post(
            "/api/schedule/bookings",
            json!({"client_id": first, "session_id": at}),
        )
        .await;
    assert_eq!(taken.0, 201);
    let seats = (0..TRIES).map(|number| json!({"client_id": clients[number % CLIENTS], "session_id": at}));
    let answers = all_at_once(server.clone(), seats.collect()).await;
    assert_eq!(answers.get("201 ok"), Some(&1), "{answers:?}");
    assert_eq!(answers.values().sum::<usize>(), TRIES);
    assert!(
        answers
            .keys()
            .all(|answer| answer.starts_with("201") || answer.starts_with("409")),
        "{answers:?}"
    );
    let seen = server.get(&format!("/api/schedule/sessions/{at}")).await.1;
    assert_eq!(
        (&seen["seats_taken"], &seen["seats_free"]),
        (&json!(2), &json!(0))
    );
    let booked = server
        .get(&format!("/api/schedule/bookings?session_id={at}"))
        .await
        .1;
    assert_eq!(booked["total"], 2);

    let desk = place(&server, "Стол").await;
    let wanted = (0..TRIES).map(|number| {
        // Different stretches that all overlap.
        let minute = number % 60;
        json!({"client_id": clients[number % CLIENTS], "place_id": desk,
            "starts_at": format!("2031-03-03T10:{minute:02}:00Z"), "ends_at": format!("2031-03-03T12:{minute:02}:00Z")})
    });
    let answers = all_at_once(server.clone(), wanted.collect()).await;
    assert_eq!(answers.get("201 ok"), Some(&1), "{answers:?}");
    assert_eq!(answers.get("409 place_taken"), Some(&(TRIES - 1)), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_one_gets_the_last_seat_and_the_desk_on_sqlite() {
    one_wins(Server::open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_one_gets_the_last_seat_and_the_desk_on_postgres() {
    let url = harness::fresh_postgres().await;
    let alfa_store::DatabaseUrl::Postgres(address) = url else {
        panic!("PostgreSQL is asked for");
    };
    one_wins(Server::with(&[("DATABASE_URL", &address)]).await).await;
}
