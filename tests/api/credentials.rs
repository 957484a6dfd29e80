//! What becomes of passwords and tokens later: changed, taken out of the settings, revoked.

use std::io::Write;
use std::process::{Command, Stdio};

use alfa::access::{AccessService, Scope};
use alfa::api;
use alfa::config::Secret;
use serde_json::json;

use crate::server::{PASSWORD, Server};

const OTHER: &str = "another horse battery";

fn access(server: &Server) -> AccessService {
    AccessService::new(server.app.store.clone(), server.app.clock.clone())
}

async fn log_in(server: &Server, password: &str) -> u16 {
    server
        .post("/api/auth/login", json!({"password": password}))
        .await
        .0
}

#[tokio::test]
async fn a_sandbox_with_users_or_tokens_stays_closed_without_the_variable() {
    let server = Server::closed().await.again(&[]).await;
    assert_eq!(server.get("/api/contacts").await.0, 401);
    assert_eq!(log_in(&server, PASSWORD).await, 200);

    let server = Server::open().await;
    let token = access(&server)
        .create_token("test", "program", Scope::Read)
        .await
        .expect("made");
    let server = server.again(&[]).await;
    let notice = api::prepare(&server.app).await.expect("prepared");
    assert_eq!(
        notice.map(|notice| notice.key),
        Some("config.closed_by_credentials")
    );
    assert_eq!(server.get("/api/contacts").await.0, 401);
    access(&server)
        .revoke_token("test", token.id)
        .await
        .expect("revoked");
    let server = server.again(&[]).await;
    assert_eq!(
        server.get("/api/contacts").await.0,
        200,
        "nobody can log in: it is open"
    );
}

#[tokio::test]
async fn a_password_that_was_changed_beats_the_variable_and_the_start_says_so() {
    let server = Server::closed().await;
    assert!(api::prepare(&server.app).await.expect("prepared").is_none());
    let service = access(&server);
    service
        .set_password("test", "admin", &Secret::new(OTHER))
        .await
        .expect("set");
    let notice = api::prepare(&server.app).await.expect("prepared");
    assert_eq!(
        notice.map(|notice| notice.key),
        Some("config.password_not_in_force")
    );
    assert_eq!(
        (log_in(&server, PASSWORD).await, log_in(&server, OTHER).await),
        (401, 200)
    );
    let short = service.set_password("test", "admin", &Secret::new("short")).await;
    assert_eq!(short.expect_err("refused").code(), "invalid");
    let stranger = service.set_password("test", "olga", &Secret::new(OTHER)).await;
    assert_eq!(stranger.expect_err("refused").code(), "not_found");
}

#[tokio::test]
async fn the_command_sets_a_password() {
    let server = Server::closed().await;
    let database = format!("sqlite:///{}/alfa.db", server.folder.path().display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_alfa"))
        .arg("password")
        .current_dir(server.folder.path())
        .env_clear()
        .env("DATABASE_URL", database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = command.stdin.take().expect("input");
    input.write_all(format!("{OTHER}\n").as_bytes()).expect("written");
    drop(input);
    assert!(command.wait_with_output().expect("ended").status.success());
    assert_eq!(
        (log_in(&server, PASSWORD).await, log_in(&server, OTHER).await),
        (401, 200)
    );
}

#[tokio::test]
async fn logins_that_succeed_do_not_lock_the_owner_out() {
    let server = Server::closed().await;
    for _ in 0..12 {
        assert_eq!(log_in(&server, PASSWORD).await, 200);
    }
    // Somebody guesses at another name from the same address.
    for _ in 0..12 {
        server
            .post(
                "/api/auth/login",
                json!({"name": "olga", "password": "wrong password"}),
            )
            .await;
    }
    assert_eq!(log_in(&server, PASSWORD).await, 200);
}
