//! The stream of events ends with the token or the session that opened it.

use std::time::Duration;

use alfa::access::{AccessService, Scope};
use futures::StreamExt;
use serde_json::json;

use crate::server::{PASSWORD, Server};

const LONGEST_WAIT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_stream_ends_with_its_token_and_with_its_session() {
    let server = Server::closed().await;
    let access = AccessService::new(server.app.store.clone(), server.app.clock.clone());
    let token = access
        .create_token("test", "program", Scope::Read)
        .await
        .expect("made");
    let login = server
        .request("POST", "/api/auth/login")
        .json(&json!({"password": PASSWORD}));
    let login = login.send().await.expect("answered");
    let cookie = login.headers()["set-cookie"].to_str().expect("text").to_owned();
    let cookie = cookie.split(';').next().expect("pair").to_owned();
    let session = cookie.split_once('=').expect("pair").1.to_owned();

    let by_token = server
        .request("GET", "/api/events")
        .bearer_auth(token.token.expose());
    let by_session = server.request("GET", "/api/events").header("cookie", &cookie);
    let mut streams = Vec::new();
    for request in [by_token, by_session] {
        let answer = request.send().await.expect("answered");
        assert_eq!(answer.status(), 200);
        streams.push(answer.bytes_stream().boxed());
    }
    let alive = tokio::time::timeout(Duration::from_millis(300), streams[0].next()).await;
    assert!(alive.is_err(), "nothing happened yet: the stream is open");
    access.revoke_token("test", token.id).await.expect("revoked");
    access.log_out(&session).await.expect("logged out");
    server.app.events.announce();
    for stream in &mut streams {
        let ended = tokio::time::timeout(LONGEST_WAIT, async {
            // A heartbeat may come before the end.
            while let Some(piece) = stream.next().await {
                assert!(piece.is_ok());
            }
        });
        ended.await.expect("the stream ends");
    }
}
