//! The stream of events: whoever comes back misses nothing.

use crate::server::{Server, fields};
use alfa::events::{Event, Topic};
use futures::StreamExt;
use serde_json::json;
use std::time::Duration;

async fn append(server: &Server, number: i64) {
    let tx = server.app.store.begin().await.expect("begun");
    let event = Event::new(Topic::Job, json!({ "number": number }));
    server
        .app
        .events
        .append(&tx, &event, server.app.clock.now())
        .await
        .expect("appended");
    tx.commit().await.expect("committed");
    server.app.events.announce();
}

/// Reads events until `count` of them have come: their ids.
async fn read(server: &Server, after: Option<i64>, count: usize) -> Vec<i64> {
    let mut request = server.request("GET", "/api/events");
    if let Some(after) = after {
        request = request.header("last-event-id", after);
    }
    let mut chunks = request.send().await.expect("answered").bytes_stream();
    let mut text = String::new();
    let mut ids = Vec::new();
    while ids.len() < count {
        let chunk = tokio::time::timeout(Duration::from_secs(10), chunks.next())
            .await
            .expect("in time");
        text.push_str(std::str::from_utf8(&chunk.expect("open").expect("read")).expect("text"));
        ids = text
            .lines()
            .filter_map(|line| line.strip_prefix("id: ")?.parse().ok())
            .collect();
    }
    ids
}

#[tokio::test]
async fn who_comes_back_too_late_is_told_to_read_anew() {
    let server = Server::open().await;
    for number in 0..10 {
        append(&server, number).await;
    }
    let newest = alfa_store::events::newest_id(server.app.store.reader())
        .await
        .expect("read");
    let tx = server.app.begin().await.expect("begun");
    alfa_store::events::trim(&tx, 3, 100).await.expect("trimmed");
    tx.commit().await.expect("kept");
    // Nothing was missed by who has seen all that is gone.
    assert_eq!(
        read(&server, Some(newest - 3), 3).await,
        [newest - 2, newest - 1, newest]
    );
    for lost in [newest - 4, newest + 1_000] {
        let (ids, ()) = tokio::join!(read(&server, Some(lost), 2), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            append(&server, 10).await;
        });
        assert!(
            ids[0] < ids[1] && ids[0] >= newest,
            "the reset, then what is new: {ids:?}"
        );
    }
}

#[tokio::test]
async fn a_client_that_comes_back_misses_nothing() {
    let server = Server::open().await;
    for number in 0..250 {
        append(&server, number).await;
    }
    let all = read(&server, Some(0), 250).await;
    assert_eq!(all, (all[0]..all[0] + 250).collect::<Vec<_>>());
    assert_eq!(read(&server, Some(all[200]), 49).await, all[201..]);
    let (live, ()) = tokio::join!(read(&server, Some(all[249]), 1), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        append(&server, 250).await;
    });
    assert_eq!(live, [all[249] + 1]);
}

#[tokio::test]
async fn streams_are_bounded_and_bad_ids_named() {
    let server = Server::open().await;
    let mut open = Vec::new();
    for _ in 0..64 {
        open.push(
            server
                .request("GET", "/api/events")
                .send()
                .await
                .expect("answered"),
        );
    }
    assert!(open.iter().all(|response| response.status() == 200));
    assert_eq!(server.get("/api/events").await.1["code"], "too_many_streams");
    drop(open);
    // A stream that was closed is noticed at its next event.
    append(&server, 1).await;
    let ask = async || {
        let request = server.request("GET", "/api/events").header("last-event-id", "x");
        crate::server::answer(request.send().await.expect("answered")).await
    };
    let mut answered = ask().await;
    for _ in 0..50 {
        if answered.0 != 503 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        answered = ask().await;
    }
    let (status, body) = answered;
    assert_eq!((status, fields(&body)), (422, vec!["Last-Event-ID".to_owned()]));
}
